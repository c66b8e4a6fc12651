//! What a word may be by any of its readings, in bits: what is not among them need not be looked for.

use std::ops::BitOr;

use super::{List, Row};

/// A set of things that a row of the lexicon may be. A no is sure of every reading of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts(u64);

impl Facts {
    pub const FRAME: Facts = Facts(1 << 16);
    pub const HARM: Facts = Facts(1 << 17);
    pub const CUE: Facts = Facts(1 << 18);
    pub const VICTIM: Facts = Facts(1 << 19);
    pub const SOURCE: Facts = Facts(1 << 20);
    pub const CLASS: Facts = Facts(1 << 21);
    /// Tells how a toll runs.
    pub const TOLL: Facts = Facts(1 << 22);
    /// Speaks of such things in general.
    pub const GENERAL: Facts = Facts(1 << 23);
    /// Denies, plans or doubts, or a verb of failing and preventing.
    pub const HEDGE: Facts = Facts(1 << 24);
    /// A verb that lends its subject to an event or brings it about.
    pub const CARRIER: Facts = Facts(1 << 25);

    pub const fn list(list: List) -> Facts {
        Facts(1 << list as u32)
    }

    pub fn of(list: List, row: &Row) -> Facts {
        let frame = row.frame.as_deref();
        let given = [
            (Facts::FRAME, frame.is_some()),
            (Facts::HARM, row.harm.is_some()),
            (Facts::CUE, row.cue.is_some()),
            (Facts::VICTIM, row.victim.is_some()),
            (Facts::SOURCE, row.source_kind.is_some()),
            (Facts::CLASS, row.class.is_some()),
            (Facts::TOLL, row.toll),
            (Facts::GENERAL, row.has_role("general")),
            (
                Facts::HEDGE,
                row.pos == "neg"
                    || row.realis.is_some()
                    || row.pos == "prep" && row.has_role("purpose")
                    || matches!(frame, Some("fail" | "prevent")),
            ),
            (Facts::CARRIER, matches!(frame, Some("light" | "manage" | "result" | "rise"))),
        ];
        given.into_iter().filter(|(_, is)| *is).fold(Facts::list(list), |all, (fact, _)| all | fact)
    }

    /// Whether any of these is among them.
    #[inline]
    pub fn any(self, of: Facts) -> bool {
        self.0 & of.0 != 0
    }
}

impl BitOr for Facts {
    type Output = Facts;

    fn bitor(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }
}
