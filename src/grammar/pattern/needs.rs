//! What a rule cannot do without: a rule is not tried where it is not near, nor a part of it where it cannot begin.

use super::{Node, What};

/// What a token may be taken for, a bit each; classes may share one.
pub(super) type Kinds = u128;

/// A token of one of these kinds, no further off than a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    kinds: Kinds,
    window: usize,
}

/// How far the windows reach, in tokens.
pub(super) const WINDOWS: [usize; 4] = [4, 8, 16, 32];
/// The longest that a word of the lexicon, and a thing found before, is taken to be.
const LONGEST_SENSE: usize = 4;
const LONGEST_FOUND: usize = 12;

/// One bit each for digits, literal words, signs and words of any kind, two for things found, the rest for the classes.
pub(super) const DIGITS: Kinds = 1;
pub(super) const LITERAL: Kinds = 1 << 1;
pub(super) const SIGN: Kinds = 1 << 2;
pub(super) const WORD: Kinds = 1 << 3;

pub(super) fn found(name: u16) -> Kinds {
    1 << (4 + name % 2)
}

pub(super) fn class(class: u16) -> Kinds {
    1 << (6 + class % 122)
}

impl Need {
    /// Whether it is there, by the kinds that lie within each window.
    pub(super) fn is_met(self, near: &[Kinds; 4]) -> bool {
        near[self.window] & self.kinds != 0
    }
}

/// The needs of a rule, those that lie too far off left out.
pub(super) fn of(node: &Node) -> Vec<Need> {
    let mut all = Vec::new();
    collect(node, 0, &mut all);
    let need = |(kinds, offset): (Kinds, usize)| {
        let window = WINDOWS.iter().position(|w| offset < *w)?;
        Some(Need { kinds, window })
    };
    all.into_iter().filter_map(need).collect()
}

/// Adds the kinds that must stand in a match, each with the furthest place where it may begin.
fn collect(node: &Node, at: usize, out: &mut Vec<(Kinds, usize)>) {
    match node {
        Node::Token(test) => match &test.what {
            What::Classes(all) => out.push((all.iter().fold(0, |kinds, c| kinds | class(*c)), at)),
            What::Digits(_) => out.push((DIGITS, at)),
            What::Literal(_) | What::Sign(_) | What::Word => {}
        },
        Node::Found { name, .. } => out.push((found(*name), at)),
        Node::Sequence(all) => {
            let mut at = at;
            for node in all {
                collect(node, at, out);
                at += longest(node);
            }
        }
        Node::Choice(all) => {
            // Each way needs something: one of these is needed. The last of a way says the most.
            let mut either = (0, at);
            for node in all {
                let mut needs = Vec::new();
                collect(node, at, &mut needs);
                let Some((kinds, offset)) = needs.pop() else { return };
                either = (either.0 | kinds, either.1.max(offset));
            }
            out.push(either);
        }
        Node::Repeat { node, min, .. } if *min > 0 => collect(node, at, out),
        Node::Capture(_, node) | Node::Guard(_, node) => collect(node, at, out),
        Node::Repeat { .. } | Node::Look { .. } => {}
    }
}

/// The most tokens that a node may take.
fn longest(node: &Node) -> usize {
    match node {
        Node::Token(test) if matches!(test.what, What::Classes(_)) => LONGEST_SENSE,
        Node::Token(_) => 1,
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
            What::Classes(all) => (all.iter().fold(0, |kinds, c| kinds | class(*c)), false),
            What::Digits(_) => (DIGITS, false),
            What::Literal(_) => (LITERAL, false),
            What::Sign(_) => (SIGN, false),
            What::Word => (WORD, false),
        },
        Node::Found { name, .. } => (found(*name), false),
        Node::Sequence(all) => all.iter().fold((0, true), |(kinds, open), node| {
            let (more, empty) = if open { first(node) } else { (0, false) };
            (kinds | more, open && empty)
        }),
        Node::Choice(all) => all.iter().map(first).fold((0, false), |a, b| (a.0 | b.0, a.1 | b.1)),
        Node::Repeat { node, min, .. } => {
            let (kinds, empty) = first(node);
            (kinds, empty || *min == 0)
        }
        Node::Capture(_, node) | Node::Guard(_, node) => first(node),
        Node::Look { .. } => (0, true),
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
