//! What a rule cannot do without: a rule is not tried where it is not near.

use super::{Node, What};

/// A token of one of these kinds, no further off than a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    kinds: u64,
    window: usize,
}

/// How far the windows reach, in tokens.
pub(super) const WINDOWS: [usize; 4] = [4, 8, 16, 32];
/// The longest that a word of the lexicon, and a thing found before, is taken to be.
const LONGEST_SENSE: usize = 4;
const LONGEST_FOUND: usize = 12;

/// One bit for the digits, two for things found, the rest shared by the classes.
pub(super) const DIGITS: u64 = 1;

pub(super) fn found(name: u16) -> u64 {
    2 << (name % 2)
}

pub(super) fn class(class: u16) -> u64 {
    8 << (class % 61)
}

impl Need {
    /// Whether it is there, by the kinds that lie within each window.
    pub(super) fn is_met(self, near: &[u64; 4]) -> bool {
        near[self.window] & self.kinds != 0
    }
}

/// The needs of a rule, those that lie too far off left out.
pub(super) fn of(node: &Node) -> Vec<Need> {
    let mut all = Vec::new();
    collect(node, 0, &mut all);
    let need = |(kinds, offset): (u64, usize)| {
        let window = WINDOWS.iter().position(|w| offset < *w)?;
        Some(Need { kinds, window })
    };
    all.into_iter().filter_map(need).collect()
}

/// Adds the kinds that must stand in a match, each with the furthest place where it may begin.
fn collect(node: &Node, at: usize, out: &mut Vec<(u64, usize)>) {
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
        Node::Capture(_, node) => collect(node, at, out),
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
        Node::Capture(_, node) => longest(node),
        Node::Look { .. } => 0,
    }
}
