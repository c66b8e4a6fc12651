//! What may be glued to a word: conjunction, preposition, article, future particle, pronoun.

use std::fmt;
use std::num::NonZeroU16;

use serde::Deserialize;
use smallvec::SmallVec;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Gender {
    #[serde(rename = "m")]
    Masculine,
    #[serde(rename = "f")]
    Feminine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Number {
    #[serde(rename = "s")]
    Singular,
    #[serde(rename = "d")]
    Dual,
    #[serde(rename = "p")]
    Plural,
}

/// Person, gender and number, as far as the form shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
pub struct Agreement {
    #[serde(default)]
    pub person: u8,
    #[serde(default)]
    pub gender: Option<Gender>,
    #[serde(default)]
    pub number: Option<Number>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CliticTable {
    conjunction: Vec<String>,
    preposition: Vec<String>,
    place: Vec<char>,
    subjunctive: Vec<char>,
    article: String,
    assimilated: Assimilated,
    future: String,
    pronoun: Vec<PronounRow>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Assimilated {
    form: String,
    preposition: String,
}

#[derive(Debug, Clone, Deserialize)]
struct PronounRow {
    form: String,
    #[serde(flatten)]
    agreement: Agreement,
}

/// A letter that is glued to words, small enough to stand in every reading.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Letter(NonZeroU16);

impl Letter {
    /// The first letter of a text, unless it lies beyond the basic plane.
    pub fn of(text: &str) -> Option<Letter> {
        text.chars().next().and_then(|c| u16::try_from(u32::from(c)).ok()).and_then(NonZeroU16::new).map(Letter)
    }
}

impl From<Letter> for char {
    fn from(letter: Letter) -> char {
        char::from_u32(u32::from(letter.0.get())).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

impl PartialEq<Letter> for char {
    fn eq(&self, other: &Letter) -> bool {
        u32::from(*self) == u32::from(other.0.get())
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        char::from(*self).fmt(f)
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        char::from(*self).fmt(f)
    }
}

/// The letters before a stem. The same letter means the same clitic in every word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Proclitics {
    pub conjunction: Option<Letter>,
    pub preposition: Option<Letter>,
    pub article: bool,
    pub future: bool,
}

impl Proclitics {
    pub const NONE: Proclitics = Proclitics { conjunction: None, preposition: None, article: false, future: false };

    pub fn is_empty(self) -> bool {
        self == Proclitics::default()
    }

    pub fn count(self) -> u8 {
        u8::from(self.conjunction.is_some())
            + u8::from(self.preposition.is_some())
            + u8::from(self.article)
            + u8::from(self.future)
    }
}

/// One way to cut the front of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Front {
    pub clitics: Proclitics,
    /// Byte where a name that keeps its article begins.
    pub name: u8,
    /// Byte where the stem begins, behind the article.
    pub stem: u8,
    /// The article is written as one with the preposition: a name must be read with the article restored.
    pub assimilated: bool,
}

/// One way to cut the end of a word: where the pronoun begins and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Back {
    pub stem_end: u8,
    pub pronoun: Option<Agreement>,
}

/// What stands behind a clitic that a word begins with. The second byte tells most letters apart.
#[inline]
fn behind<'w>(word: &'w str, clitic: &str) -> Option<&'w str> {
    let second = |text: &str| text.as_bytes().get(1).copied();
    if clitic.len() > 1 && second(word) != second(clitic) { None } else { word.strip_prefix(clitic) }
}

/// What stands before a clitic that a word ends with.
#[inline]
fn before<'w>(word: &'w str, clitic: &str) -> Option<&'w str> {
    if word.as_bytes().last() != clitic.as_bytes().last() { None } else { word.strip_suffix(clitic) }
}

impl CliticTable {
    /// A conjunction that stands as a word of its own, before digits or by a slip.
    pub fn conjunction(&self, word: &str) -> Option<Letter> {
        Letter::of(self.conjunction.iter().find(|c| *c == word)?)
    }

    /// Whether a word is nothing but a preposition that is else glued to the next: before a quotation mark.
    pub fn is_preposition(&self, word: &str) -> bool {
        self.preposition.iter().any(|p| p == word)
    }

    /// Every preposition that may be a clitic.
    pub fn prepositions(&self) -> impl Iterator<Item = Letter> {
        let assimilated = Letter::of(&self.assimilated.preposition);
        self.preposition.iter().filter_map(|p| Letter::of(p)).chain(assimilated)
    }

    /// Whether a glued preposition can say where something is.
    pub fn is_place(&self, preposition: Letter) -> bool {
        self.place.iter().any(|p| *p == preposition)
    }

    /// The conjunction that an unknown word may be thought to begin with: the first of the table.
    pub fn is_usual_conjunction(&self, conjunction: Letter) -> bool {
        self.conjunction.first().is_some_and(|c| c.starts_with(char::from(conjunction)))
    }

    /// Whether the word is nothing but a preposition with a pronoun: "in it", "to them".
    pub fn is_bound_pronoun(&self, word: &str) -> bool {
        let pronoun = |rest: &str| self.pronoun.iter().any(|p| p.form == rest);
        self.preposition.iter().any(|p| behind(word, p).is_some_and(pronoun))
    }

    /// Whether an unknown word ends like a noun with a pronoun of several letters.
    pub fn ends_in_pronoun(&self, word: &str) -> bool {
        let long = |form: &str, stem: &str| form.chars().nth(1).is_some() && stem.chars().nth(3).is_some();
        self.pronoun.iter().any(|p| before(word, &p.form).is_some_and(|stem| long(&p.form, stem)))
    }

    /// Whether a glued preposition can stand before a verb: "in order to".
    pub fn is_subjunctive(&self, preposition: Letter) -> bool {
        self.subjunctive.iter().any(|p| *p == preposition)
    }

    pub fn article(&self) -> &str {
        &self.article
    }

    /// Every way to cut the front, the uncut one first. `word` shorter than 255 bytes.
    pub fn fronts(&self, word: &str) -> SmallVec<[Front; 8]> {
        let mut out = SmallVec::new();
        self.after_conjunction(word, 0, None, &mut out);
        for c in &self.conjunction {
            if let Some(rest) = behind(word, c)
                && rest.chars().nth(1).is_some()
            {
                self.after_conjunction(word, c.len(), Letter::of(c), &mut out);
            }
        }
        out
    }

    fn after_conjunction(&self, word: &str, at: usize, conjunction: Option<Letter>, out: &mut SmallVec<[Front; 8]>) {
        let rest = &word[at..];
        let base = Proclitics { conjunction, ..Proclitics::default() };
        self.with_article(word, at, base, out);
        if let Some(stem) = behind(rest, &self.assimilated.form)
            && stem.chars().nth(1).is_some()
        {
            let start = (word.len() - stem.len()) as u8;
            let preposition = Letter::of(&self.assimilated.preposition);
            let clitics = Proclitics { preposition, article: true, ..base };
            out.push(Front { clitics, name: start, stem: start, assimilated: true });
        }
        for p in &self.preposition {
            if let Some(stem) = behind(rest, p)
                && stem.chars().nth(1).is_some()
            {
                let clitics = Proclitics { preposition: Letter::of(p), ..base };
                self.with_article(word, at + p.len(), clitics, out);
            }
        }
        if let Some(stem) = behind(rest, &self.future)
            && stem.chars().nth(2).is_some()
        {
            let start = (word.len() - stem.len()) as u8;
            out.push(Front {
                clitics: Proclitics { future: true, ..base },
                name: start,
                stem: start,
                assimilated: false,
            });
        }
    }

    fn with_article(&self, word: &str, at: usize, clitics: Proclitics, out: &mut SmallVec<[Front; 8]>) {
        out.push(Front { clitics, name: at as u8, stem: at as u8, assimilated: false });
        if let Some(stem) = behind(&word[at..], &self.article)
            && stem.chars().nth(1).is_some()
        {
            let clitics = Proclitics { article: true, ..clitics };
            out.push(Front { clitics, name: at as u8, stem: (word.len() - stem.len()) as u8, assimilated: false });
        }
    }

    /// Every way to cut the end, the uncut one first.
    pub fn backs(&self, word: &str) -> SmallVec<[Back; 4]> {
        let mut out = SmallVec::new();
        out.push(Back { stem_end: word.len() as u8, pronoun: None });
        for p in &self.pronoun {
            if let Some(stem) = before(word, &p.form)
                && stem.chars().nth(1).is_some()
            {
                out.push(Back { stem_end: stem.len() as u8, pronoun: Some(p.agreement) });
            }
        }
        out
    }
}
