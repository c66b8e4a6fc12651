//! What a word may be by any of its readings, in bits: what is not among them need not be looked for.

use std::ops::{BitOr, BitOrAssign};

use super::{List, Row};

/// A set of things that a row of the lexicon, or a word by all its rows, may be. A no is sure of every reading of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts(u64);

impl Facts {
    pub const NONE: Facts = Facts(0);
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
    /// A title or an office.
    pub const TITLED: Facts = Facts(1 << 26);
    /// A fixed turn may begin with it.
    pub const TURN: Facts = Facts(1 << 27);
    /// What is said of an event that stands behind it: carried out, claimed, ascribed.
    pub const BRINGS: Facts = Facts(1 << 28);
    /// Its subject decides what it means.
    pub const SUBJECT_FRAME: Facts = Facts(1 << 29);
    /// "between", "among".
    pub const BETWEEN: Facts = Facts(1 << 30);

    // Of the word as a whole: these are no guesses.
    /// The likeliest reading cannot stand inside a noun phrase.
    pub const FUNCTION: Facts = Facts(1 << 32);
    /// The likeliest reading is a preposition.
    pub const PREPOSITION: Facts = Facts(1 << 33);
    /// The likeliest reading is a finite verb.
    pub const FINITE: Facts = Facts(1 << 34);
    /// Some reading may stand in a noun phrase, or there is none.
    pub const NOMINAL: Facts = Facts(1 << 35);
    /// It may be two of something, by a reading or by its shape.
    pub const DUAL: Facts = Facts(1 << 36);
    /// It has a reading.
    pub const KNOWN: Facts = Facts(1 << 37);
    /// A name may begin with it, rightly spelled.
    pub const NAMED: Facts = Facts(1 << 38);
    /// It is one letter off a word of a long name.
    pub const NEAR: Facts = Facts(1 << 39);
    /// A part of persons' names.
    pub const NAME_PART: Facts = Facts(1 << 40);
    /// Such a part that is an ordinary word too.
    pub const COMMON_NAME: Facts = Facts(1 << 41);
    /// Such a part as it stands, with no clitic cut.
    pub const WHOLE_NAME_PART: Facts = Facts(1 << 42);
    /// It makes one part of a name with the word behind it.
    pub const JOINT_FRONT: Facts = Facts(1 << 43);
    /// The same with the word before it.
    pub const JOINT_BACK: Facts = Facts(1 << 44);
    /// Nothing but a preposition with a pronoun: "in it", "to them".
    pub const BOUND_PRONOUN: Facts = Facts(1 << 45);
    /// The article stands on it, by some reading or by its letters.
    pub const DEFINITE: Facts = Facts(1 << 46);
    /// Some reading is a finite verb.
    pub const VERB: Facts = Facts(1 << 47);

    // Of the token where it stands.
    /// A name begins here.
    pub const NAME_HERE: Facts = Facts(1 << 48);
    /// A function word of several words begins here, or goes on.
    pub const PHRASE_HERE: Facts = Facts(1 << 49);
    /// A phrase that introduces a source begins here.
    pub const CUE_HERE: Facts = Facts(1 << 50);

    pub const fn list(list: List) -> Facts {
        Facts(1 << list as u32)
    }

    /// Either, where a constant is needed.
    pub const fn or(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }

    /// This if `is`, else nothing.
    pub fn when(self, is: bool) -> Facts {
        if is { self } else { Facts::default() }
    }

    pub fn of(list: List, row: &Row) -> Facts {
        let frame = row.frame.as_deref();
        let subject = row.roles.as_ref().and_then(|r| r.subject.as_deref());
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
            (
                Facts::BRINGS,
                matches!(frame, Some("light" | "manage" | "modal"))
                    || frame == Some("prevent") && subject == Some("patient")
                    || row.claims_responsibility
                    || row.has_role("ascribes")
                    || row.class.as_deref() == Some("responsibility")
                    || row.object_frame.values().any(|f| f == "light"),
            ),
            (Facts::BETWEEN, row.has_role("between")),
            (Facts::SUBJECT_FRAME, !row.subject_frame.is_empty()),
            (Facts::TITLED, list == List::Title || row.source_kind.is_some() && row.victim.is_some()),
        ];
        given.into_iter().fold(Facts::list(list), |all, (fact, is)| all | fact.when(is))
    }

    /// Whether any of these is among them.
    #[inline]
    pub fn any(self, of: Facts) -> bool {
        self.0 & of.0 != 0
    }

    /// Those that are not among the others.
    #[inline]
    pub fn without(self, others: Facts) -> Facts {
        Facts(self.0 & !others.0)
    }
}

impl BitOr for Facts {
    type Output = Facts;

    fn bitor(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }
}

impl BitOrAssign for Facts {
    fn bitor_assign(&mut self, other: Facts) {
        self.0 |= other.0;
    }
}
