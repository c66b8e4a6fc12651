//! Patterns over tokens, as linguists write them in `lexicon/rules/*.toml`.
//!
//! A pattern reads tokens from left to right:
//!
//! - a bare word is that word without clitics (the first token of a rule may always carry them); `~word` may carry them;
//! - `[list]`, `[list:kind]` is a word that the lexicon has in that list, `[list:kind art -prep d]` with conditions on its
//!   article, conjunction, preposition, pronoun (`art conj prep pro`, `-` forbids) and number (`s d p`), `glued` to the
//!   token before or with no gap;
//! - `#` is a number in digits, `#d` 1–31, `#m` 1–12, `#h` 0–24, `#y` a year; `'/'` a sign; `.` any word;
//! - `@name` is something found before (a number, an ordinal); `@+name` the same behind a conjunction;
//! - `$name` stands for a fragment of the same file; `( … | … )` groups; `? * + {m,n}` repeat; `slot:x` captures;
//! - `&x`, `!x` look ahead (what `&` captures is kept); `<x`, `<!x` look at the token before, whose words may carry a conjunction.
//!
//! Patterns are compiled once. A rule is tried only where its first token can match, and every attempt is bounded.

mod needs;
mod parse;
mod rules;
mod run;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::lexicon::{Facts, Lexicon, List, RowId, Sieve};
use crate::morph::Features;
use crate::segment::{Letter, Number, Proclitics};

pub use rules::{Example, Rule, RuleBook, RuleBooks};
pub use run::{Capture, Match, Sub, Tape};

/// What one token must be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Test {
    what: What,
    conjunction: Option<bool>,
    preposition: Option<bool>,
    article: Option<bool>,
    pronoun: Option<bool>,
    number: Option<Number>,
    glued: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Literal(u16),
    Classes(SmallVec<[u16; 4]>),
    Digits(Digits),
    Sign(String),
    Word,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digits {
    Any,
    Day,
    Month,
    Hour,
    Year,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Token(Test),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat {
        node: Box<Node>,
        min: u8,
        max: u8,
    },
    Capture(u16, Box<Node>),
    Found {
        name: u16,
        conjunction: bool,
    },
    Look {
        node: Box<Node>,
        behind: bool,
        wanted: bool,
    },
    /// Only where a token begins it that is one of these.
    Guard(needs::Kinds, Box<Node>),
}

impl Node {
    /// The word before may always be joined to what stands before it.
    fn allow_conjunction(&mut self) {
        match self {
            Node::Token(test) if matches!(test.what, What::Literal(_)) => test.conjunction = None,
            Node::Choice(nodes) => nodes.iter_mut().for_each(Node::allow_conjunction),
            _ => {}
        }
    }
}

/// One way a token can be taken: a row of the lexicon behind clitics, perhaps over several tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sense {
    pub row: RowId,
    pub list: List,
    class: u16,
    pub features: Features,
    pub clitics: Proclitics,
    pub pronoun: bool,
    /// Byte of the token behind its conjunction and preposition.
    pub start: u8,
    /// Behind its last token.
    pub end: u32,
}

/// The lists that numbers, times and quantities are read from, whatever the rules ask for.
const READ: [List; 3] = [List::Number, List::Unit, List::Calendar];

/// The names that patterns use, numbered: literal words, classes of rows, slots, found things.
#[derive(Debug, Default)]
pub struct Vocabulary {
    literals: FxHashMap<Box<str>, u16>,
    /// The literal words, roughly: most words of a text are none.
    sieve: Sieve,
    slots: Vec<Box<str>>,
    found: Vec<Box<str>>,
    classes: FxHashMap<(List, Option<Box<str>>), u16>,
    class_of: Vec<u16>,
    /// What each class counts as among the needs of rules.
    kinds: Vec<needs::Kinds>,
    /// Whether a class has words of several words.
    several: Vec<bool>,
    /// Whether a rule takes words of a class, and what such words may be.
    used: Vec<bool>,
    pub(crate) taken: Facts,
    calendar: FxHashMap<Box<str>, u16>,
    /// The letter that joins the parts of a number.
    pub(crate) and: Option<Letter>,
}

impl Vocabulary {
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut out = Vocabulary::default();
        for (list, row) in lexicon.rows() {
            let fresh = out.classes.len() as u16;
            // Nouns have a class where other words have a kind.
            let kind = row.kind.as_deref().or(row.class.as_deref().filter(|_| list == List::Noun));
            let key = (list, kind.map(Into::into));
            if list == List::Number && row.kind.as_deref() == Some("and") {
                out.and = row.texts.first().and_then(|t| Letter::of(t));
            }
            let class = *out.classes.entry(key).or_insert(fresh);
            if let (List::Calendar, Some(kind)) = (list, &row.kind) {
                out.calendar.entry(kind.as_str().into()).or_insert(class);
            }
            out.class_of.push(class);
            out.several.resize(out.classes.len(), false);
            out.several[class as usize] |= row.is_several();
        }
        out.used = vec![false; out.classes.len()];
        out.kinds = (0..out.classes.len()).map(|class| needs::class(class as u16)).collect();
        for list in READ {
            let classes = out.class(list, None);
            out.use_all(&classes);
        }
        out
    }

    /// Notes that words of these classes are asked for.
    fn use_all(&mut self, classes: &[u16]) {
        classes.iter().for_each(|class| self.used[*class as usize] = true);
        let lists = self.classes.iter().filter(|(_, class)| classes.contains(class)).map(|((list, _), _)| *list);
        self.taken = lists.fold(self.taken, |all, list| all | Facts::list(list));
    }

    /// Whether some rule asks for the row.
    fn is_used(&self, row: RowId) -> bool {
        self.used[self.class_of[row as usize] as usize]
    }

    pub fn slot(&self, name: &str) -> Option<u16> {
        self.slots.iter().position(|s| &**s == name).map(|i| i as u16)
    }

    pub fn found(&self, name: &str) -> Option<u16> {
        self.found.iter().position(|s| &**s == name).map(|i| i as u16)
    }

    pub fn literal(&self, word: &str) -> Option<u16> {
        self.literals.get(word).copied()
    }

    fn number(list: &mut Vec<Box<str>>, name: &str) -> Result<u16, String> {
        // Names are compared one by one, and each found thing takes room for every token.
        const MOST: usize = 1000;
        if let Some(i) = list.iter().position(|s| &**s == name) {
            return Ok(i as u16);
        }
        if list.len() == MOST {
            return Err(format!("more than {MOST} different names"));
        }
        list.push(name.into());
        Ok(list.len() as u16 - 1)
    }

    /// The classes of a list, of one kind or of all.
    fn class(&self, list: List, kind: Option<&str>) -> SmallVec<[u16; 4]> {
        let mut out: SmallVec<[u16; 4]> = self
            .classes
            .iter()
            .filter(|((l, k), _)| *l == list && (kind.is_none() || k.as_deref() == kind))
            .map(|(_, c)| *c)
            .collect();
        out.sort_unstable();
        out
    }
}
