//! What a rule cannot do without: a rule is not tried where it is not near, nor a part of it where it cannot begin.

use std::ops::{BitOr, BitOrAssign};

use super::{Node, What};

/// What a token may be taken for, a bit each; classes may share one, and so may literal words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Kinds {
    classes: u128,
    literals: u128,
}

/// A token of one of these kinds, so many tokens off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    kinds: Kinds,
    nearest: usize,
    /// One more than the furthest.
    reach: usize,
}

/// The kinds of the tokens of a text, one by one and block by block.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    pub(super) tokens: Vec<Kinds>,
    blocks: Vec<Kinds>,
}

const BLOCK: usize = 16;

impl Stretch {
    pub(super) fn new(tokens: Vec<Kinds>) -> Self {
        let all = |block: &[Kinds]| block.iter().fold(Kinds::default(), |all, kinds| all | *kinds);
        Stretch { blocks: tokens.chunks(BLOCK).map(all).collect(), tokens }
    }
}

/// How far a need may reach, in tokens.
const WINDOWS: [usize; 5] = [2, 4, 8, 24, 64];
/// The longest that what the lexicon writes in several words, and a thing found before, is taken to be.
const LONGEST_SENSE: usize = 4;
const LONGEST_FOUND: usize = 12;

/// One bit each for digits, signs and words of any kind, two for things found, the rest for the classes.
pub(super) const DIGITS: Kinds = Kinds { classes: 1, literals: 0 };
pub(super) const SIGN: Kinds = Kinds { classes: 1 << 1, literals: 0 };
pub(super) const WORD: Kinds = Kinds { classes: 1 << 2, literals: 0 };

pub(super) fn found(name: u16) -> Kinds {
    Kinds { classes: 1 << (3 + name % 2), literals: 0 }
}

pub(super) fn class(class: u16) -> Kinds {
    Kinds { classes: 1 << (5 + class % 123), literals: 0 }
}

pub(super) fn literal(id: u16) -> Kinds {
    Kinds { classes: 0, literals: 1 << (id % 128) }
}

/// One of these classes.
fn any_class(classes: &[u16]) -> Kinds {
    classes.iter().fold(Kinds::default(), |kinds, c| kinds | class(*c))
}

/// How many kinds there are.
pub(super) const KINDS: usize = 256;

impl Kinds {
    /// The numbers of the kinds that are among them.
    #[inline]
    pub(super) fn numbers(self) -> impl Iterator<Item = usize> {
        let blocks =
            [self.classes as u64, (self.classes >> 64) as u64, self.literals as u64, (self.literals >> 64) as u64];
        blocks.into_iter().enumerate().flat_map(|(n, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(64 * n + bit)
            })
        })
    }

    /// Whether any of these is among them.
    #[inline]
    pub(super) fn any(self, of: Kinds) -> bool {
        self.classes & of.classes | self.literals & of.literals != 0
    }
}

impl BitOr for Kinds {
    type Output = Kinds;

    #[inline]
    fn bitor(self, other: Kinds) -> Kinds {
        Kinds { classes: self.classes | other.classes, literals: self.literals | other.literals }
    }
}

impl BitOrAssign for Kinds {
    #[inline]
    fn bitor_assign(&mut self, other: Kinds) {
        *self = *self | other;
    }
}

impl Need {
    /// Whether it may be there, for a rule that begins at a token; a no is sure.
    #[inline]
    pub(super) fn is_met(self, all: &Stretch, token: usize) -> bool {
        let (from, to) = (token + self.nearest, (token + self.reach).min(all.tokens.len()));
        let near = if to <= from {
            &[]
        } else if self.reach > BLOCK {
            &all.blocks[from / BLOCK..=(to - 1) / BLOCK]
        } else {
            &all.tokens[from..to]
        };
        near.iter().any(|kinds| kinds.any(self.kinds))
    }
}

/// The needs of a rule, those that lie too far off left out. `several`: the classes that have words of several words.
pub(super) fn of(node: &Node, several: &[bool]) -> Vec<Need> {
    let mut all = Vec::new();
    collect(node, (0, 0), several, &mut all);
    let need = |(kinds, (nearest, furthest)): (Kinds, Offsets)| {
        let reach = *WINDOWS.iter().find(|w| furthest < **w)?;
        Some(Need { kinds, nearest, reach })
    };
    // What a rule begins with is why it is tried at all.
    all.into_iter().filter(|(_, (_, furthest))| *furthest > 0).filter_map(need).collect()
}

/// The nearest and the furthest place where something may begin.
type Offsets = (usize, usize);

/// Adds the kinds that must stand in a match, each with the places where it may begin.
fn collect(node: &Node, at: Offsets, several: &[bool], out: &mut Vec<(Kinds, Offsets)>) {
    match node {
        Node::Token(test) => match &test.what {
            What::Classes(all) => out.push((any_class(all), at)),
            What::Literal(id) => out.push((literal(*id), at)),
            What::Digits(_) => out.push((DIGITS, at)),
            What::Sign(_) | What::Word => {}
        },
        Node::Found { name, .. } => out.push((found(*name), at)),
        Node::Sequence(all) => {
            let mut at = at;
            for node in all {
                collect(node, at, several, out);
                at = (at.0 + shortest(node), at.1 + longest(node, several));
            }
        }
        Node::Choice(all) => {
            // Each way needs something: one of these is needed. The last of a way says the most.
            let mut either = (Kinds::default(), (usize::MAX, at.1));
            for node in all {
                let mut needs = Vec::new();
                collect(node, at, several, &mut needs);
                let Some((kinds, offset)) = needs.pop() else { return };
                either = (either.0 | kinds, (either.1.0.min(offset.0), either.1.1.max(offset.1)));
            }
            out.push(either);
        }
        Node::Repeat { node, min, .. } if *min > 0 => collect(node, at, several, out),
        Node::Capture(_, node) | Node::Guard(_, node) => collect(node, at, several, out),
        Node::Repeat { .. } | Node::Look { .. } => {}
    }
}

/// The fewest tokens that a node may take.
fn shortest(node: &Node) -> usize {
    match node {
        Node::Token(_) | Node::Found { .. } => 1,
        Node::Sequence(all) => all.iter().map(shortest).sum(),
        Node::Choice(all) => all.iter().map(shortest).min().unwrap_or(0),
        Node::Repeat { node, min, .. } => shortest(node) * usize::from(*min),
        Node::Capture(_, node) | Node::Guard(_, node) => shortest(node),
        Node::Look { .. } => 0,
    }
}

/// The most tokens that a node may take.
fn longest(node: &Node, several: &[bool]) -> usize {
    let longest = |node: &Node| longest(node, several);
    match node {
        Node::Token(test) => match &test.what {
            What::Classes(all) if all.iter().any(|class| several[*class as usize]) => LONGEST_SENSE,
            _ => 1,
        },
        Node::Found { .. } => LONGEST_FOUND,
        Node::Sequence(all) => all.iter().map(longest).sum(),
        Node::Choice(all) => all.iter().map(longest).max().unwrap_or(0),
        Node::Repeat { node, max, .. } => longest(node) * usize::from(*max),
        Node::Capture(_, node) | Node::Guard(_, node) => longest(node),
        Node::Look { .. } => 0,
    }
}

/// What a node may begin with, and whether it may take no token.
pub(super) fn first(node: &Node) -> (Kinds, bool) {
    match node {
        Node::Token(test) => match &test.what {
            What::Classes(all) => (any_class(all), false),
            What::Digits(_) => (DIGITS, false),
            What::Literal(id) => (literal(*id), false),
            What::Sign(_) => (SIGN, false),
            What::Word => (WORD, false),
        },
        Node::Found { name, .. } => (found(*name), false),
        Node::Sequence(all) => first_of(all),
        Node::Choice(all) => all.iter().map(first).fold((Kinds::default(), false), |a, b| (a.0 | b.0, a.1 | b.1)),
        Node::Repeat { node, min, .. } => {
            let (kinds, empty) = first(node);
            (kinds, empty || *min == 0)
        }
        Node::Capture(_, node) | Node::Guard(_, node) => first(node),
        Node::Look { .. } => (Kinds::default(), true),
    }
}

/// The same of nodes one behind the other.
fn first_of(all: &[Node]) -> (Kinds, bool) {
    all.iter().fold((Kinds::default(), true), |(kinds, open), node| {
        let (more, empty) = if open { first(node) } else { (Kinds::default(), false) };
        (kinds | more, open && empty)
    })
}

/// What may stand right behind the first token of a node, and whether that token may be all of it; `None` where its first part may be
/// longer than a token.
pub(super) fn second(node: &Node, several: &[bool]) -> Option<(Kinds, bool)> {
    match node {
        Node::Token(_) if longest(node, several) == 1 => Some((Kinds::default(), true)),
        Node::Token(_) | Node::Found { .. } => None,
        Node::Sequence(all) => {
            let (mut kinds, mut whole) = (Kinds::default(), false);
            for (n, node) in all.iter().enumerate() {
                let (more, ends) = second(node, several)?;
                kinds |= more;
                if ends {
                    let (behind, empty) = first_of(&all[n + 1..]);
                    kinds |= behind;
                    whole |= empty;
                }
                if !first(node).1 {
                    break;
                }
            }
            Some((kinds, whole))
        }
        Node::Choice(all) => all.iter().try_fold((Kinds::default(), false), |(kinds, whole), node| {
            let (more, ends) = second(node, several)?;
            Some((kinds | more, whole || ends))
        }),
        Node::Repeat { node, .. } => {
            let (kinds, ends) = second(node, several)?;
            Some((if ends { kinds | first(node).0 } else { kinds }, ends))
        }
        Node::Capture(_, node) | Node::Guard(_, node) => second(node, several),
        Node::Look { .. } => Some((Kinds::default(), false)),
    }
}

/// The same node, with a guard before each of its ways that says where it cannot begin.
pub(super) fn guarded(node: Node) -> Node {
    let guard = |node: Node| match first(&node) {
        (kinds, false) => Node::Guard(kinds, Box::new(guarded(node))),
        _ => guarded(node),
    };
    match node {
        Node::Sequence(all) => Node::Sequence(all.into_iter().map(guarded).collect()),
        Node::Choice(all) => Node::Choice(all.into_iter().map(guard).collect()),
        Node::Repeat { node, min, max } => Node::Repeat { node: Box::new(guard(*node)), min, max },
        Node::Capture(slot, node) => Node::Capture(slot, Box::new(guarded(*node))),
        Node::Look { node, behind, wanted } => Node::Look { node: Box::new(guarded(*node)), behind, wanted },
        other => other,
    }
}
