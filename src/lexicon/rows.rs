//! The rows of the lexicon files, as a linguist writes them. `lexicon/README.md` explains each field.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::Fold;
use crate::morph::Category;

/// Which list of a file a row stands in: `[[verb]]`, `[[noun]]`, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    Verb,
    Noun,
    /// A word or phrase that is not inflected.
    Word,
    /// A phrase that introduces a source.
    Cue,
    /// A phrase that announces another speaker.
    Turn,
    Adjective,
    Head,
    Collective,
    Demonym,
    Title,
    /// Number words.
    Number,
    /// Units of measure, money and time.
    Unit,
    /// Months, weekdays, parts of the day and words that place a time.
    Calendar,
}

impl List {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "verb" => List::Verb,
            "noun" => List::Noun,
            "word" => List::Word,
            "cue" => List::Cue,
            "turn" => List::Turn,
            "adj" => List::Adjective,
            "head" => List::Head,
            "collective" => List::Collective,
            "demonym" => List::Demonym,
            "title" => List::Title,
            "number" => List::Number,
            "unit" => List::Unit,
            "calendar" => List::Calendar,
            _ => return None,
        })
    }

    pub const NAMES: &'static str = "verb, noun, adj, word, cue, turn, phrase, idiom, negation, head, collective, demonym, title, number, unit, calendar, actor";
}

/// What the slots of a trigger hold, where it differs from its frame.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Roles {
    pub subject: Option<String>,
    pub object: Option<String>,
    pub second_object: Option<String>,
    pub passive_subject: Option<String>,
    /// What follows a phrase.
    pub tail: Option<String>,
    pub masdar: Option<String>,
    pub prep: BTreeMap<String, String>,
}

/// One word. Which fields mean something depends on the list. They lie in memory as they are written here.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[repr(C)]
#[serde(deny_unknown_fields, default)]
pub struct Row {
    // what is asked of nearly every word, side by side
    /// The lemma or text as words are compared; filled when the lexicon is compiled.
    #[serde(skip)]
    pub folded: String,
    pub pos: String,
    pub frame: Option<String>,
    pub harm: Option<String>,
    pub cue: Option<String>,
    pub class: Option<String>,
    pub victim: Option<String>,
    #[serde(deserialize_with = "one_or_many")]
    pub role: Vec<String>,
    pub kind: Option<String>,
    pub strength: Option<String>,
    pub makes: Option<String>,
    pub joins: Option<String>,
    // the word and its forms
    pub lemma: String,
    pub text: String,
    pub texts: Vec<String>,
    pub gloss: String,
    pub note: String,
    pub root: String,
    pub form: u8,
    pub imperfect: Option<String>,
    pub voice: Option<String>,
    pub masdar: Vec<String>,
    pub masdar_plural: Vec<String>,
    pub masdar_of: Option<String>,
    pub active: Vec<String>,
    pub passive: Vec<String>,
    pub plural: Vec<String>,
    pub feminine: Option<String>,
    /// What the endings of the dual stand on, where it is not the singular.
    pub dual: Option<String>,
    /// The form with the article, where it is irregular.
    pub definite: Option<String>,
    /// The form without article and genitive, where it drops its last letter.
    pub indefinite: Option<String>,
    // function words
    pub relation: Option<String>,
    pub direction: Option<toml::Value>,
    pub clitic: bool,
    pub breaks_scope: bool,
    pub new_frame: bool,
    pub scope: Option<String>,
    pub denies: bool,
    pub needs_neg: bool,
    pub negative: bool,
    pub aspect: Option<String>,
    pub tense: Option<String>,
    pub with_perfect: Option<String>,
    pub with_imperfect: Option<String>,
    pub share: Option<String>,
    pub count: Option<f64>,
    pub same_count: bool,
    pub cumulative: bool,
    pub background: bool,
    pub turn: bool,
    pub time: bool,
    pub place: bool,
    pub repeat: bool,
    pub approx: bool,
    pub alternative: bool,
    pub partitive: bool,
    pub cause: Option<String>,
    pub after: Vec<String>,
    pub gender: Option<String>,
    pub number: Option<String>,
    pub person: Option<u8>,
    pub bound: Option<String>,
    // events and casualties
    pub passive_harm: Option<String>,
    pub toll: bool,
    pub roles: Option<Roles>,
    pub needs: Vec<String>,
    pub not_with: Vec<String>,
    pub needs_next: Vec<String>,
    pub object_frame: BTreeMap<String, String>,
    pub subject_frame: BTreeMap<String, String>,
    pub prep_frame: BTreeMap<String, String>,
    pub with: BTreeMap<String, String>,
    pub masdar_strength: Option<String>,
    pub strong_with: Vec<String>,
    /// The imperfect tells a state that lasts, and nothing that happens.
    pub state: bool,
    pub anaphor: bool,
    pub acting_subject: bool,
    pub trigger: Option<String>,
    pub realis: Option<String>,
    pub negated: Option<bool>,
    pub modifier: Option<String>,
    // speech
    pub source: Option<String>,
    pub source_kind: Option<String>,
    #[serde(deserialize_with = "one_or_many")]
    pub then: Vec<String>,
    pub anchor: Option<String>,
    pub alone: Option<bool>,
    pub needs_before: Option<String>,
    pub needs_content: bool,
    pub needs_prep: Option<String>,
    pub claims_responsibility: bool,
    // people and parties
    pub collective: bool,
    pub class_of_group: bool,
    /// A name behind it is a person's: the murder of, the resignation of.
    pub of_person: bool,
    /// Whether these people, counted and not harmed, are a row of kind `present`.
    pub present: Option<bool>,
    pub name: Option<String>,
    pub sort: Option<String>,
    #[serde(deserialize_with = "one_or_many")]
    pub takes: Vec<String>,
    pub strip: bool,
    pub not_before: Vec<String>,
    /// Words behind which it is an ordinary noun.
    pub not_after: Vec<String>,
    pub refers: bool,
    pub country: Option<String>,
    pub group: Option<String>,
    pub region: Option<String>,
    pub common: bool,
    pub by: BTreeMap<String, String>,
    // demonyms
    pub masc: Option<String>,
    pub masc_plural: Option<String>,
    pub fem: Option<String>,
    pub fem_plural: Option<String>,
    pub broken_plural: Vec<String>,
    pub variants: Vec<String>,
    pub unit: Option<String>,
    // numbers, units and the calendar
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub month: Option<u8>,
    pub weekday: Option<u8>,
    /// What the word contributes to a value: a TIMEX3 code, `dual`, `plural`…
    pub code: Option<String>,
}

impl Row {
    /// Classes of words by what else their rows say.
    const PERSON: &'static str = "person";
    const HARM: &'static str = "harm";
    const EVENT: &'static str = "event";
    /// Frames whose words are a class of that name.
    const FRAME_CLASSES: [&'static str; 2] = ["talks", "agreement"];

    pub fn has_role(&self, role: &str) -> bool {
        self.role.iter().any(|r| r == role)
    }

    /// The classes by which rules may ask for a form of this category.
    pub fn classes(&self, category: Category) -> impl Iterator<Item = &str> {
        let event = self.frame.is_some() && matches!(category, Category::Noun | Category::Masdar);
        let frame = self.frame.as_deref().filter(|f| Self::FRAME_CLASSES.contains(f));
        let own = [
            self.class.as_deref(),
            frame,
            self.victim.as_ref().map(|_| Self::PERSON),
            self.harm.as_ref().map(|_| Self::HARM),
            event.then_some(Self::EVENT),
        ];
        own.into_iter().flatten()
    }

    /// Whether a form of this category is of a class.
    pub fn is_of_class(&self, class: &str, category: Category) -> bool {
        match class {
            Self::PERSON => self.victim.is_some(),
            Self::HARM => self.harm.is_some(),
            Self::EVENT => self.frame.is_some() && matches!(category, Category::Noun | Category::Masdar),
            _ => {
                self.class.as_deref() == Some(class)
                    || self.frame.as_deref() == Some(class) && Self::FRAME_CLASSES.contains(&class)
            }
        }
    }

    /// Some writing of it has several words.
    pub fn is_several(&self) -> bool {
        let texts = [&self.lemma, &self.text].into_iter().chain(&self.texts).chain(&self.plural);
        texts.into_iter().any(|t| t.trim().contains(char::is_whitespace))
    }

    /// Brings every word that is compared with a text to the spelling of the comparison.
    pub fn fold(&mut self, fold: &Fold) {
        let word = |w: &mut String| *w = fold.term(w);
        let keys = |map: &mut BTreeMap<String, String>| {
            *map = std::mem::take(map).into_iter().map(|(k, v)| (fold.term(&k), v)).collect();
        };
        let own = [&self.lemma, &self.text].into_iter().find(|t| !t.is_empty());
        self.folded = own.map(|t| fold.word(t)).unwrap_or_default();
        for list in [
            &mut self.needs,
            &mut self.not_with,
            &mut self.needs_next,
            &mut self.strong_with,
            &mut self.not_before,
            &mut self.not_after,
            &mut self.takes,
        ] {
            list.iter_mut().for_each(word);
        }
        for map in [&mut self.object_frame, &mut self.subject_frame, &mut self.prep_frame, &mut self.with, &mut self.by]
        {
            keys(map);
        }
        for text in
            [&mut self.needs_before, &mut self.needs_prep, &mut self.masdar_of, &mut self.anchor, &mut self.trigger]
        {
            text.iter_mut().for_each(word);
        }
        if let Some(roles) = &mut self.roles {
            keys(&mut roles.prep);
        }
    }

    pub fn is_weak(&self) -> bool {
        self.strength.as_deref() == Some("weak")
    }
}

/// Words that only together mean something: `[[phrase]]`, `[[idiom]]` and `[[negation]]`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PhraseRow {
    /// Lemmas in order; folded when the lexicon is compiled.
    pub words: Vec<String>,
    /// How many other words may stand between two of them.
    pub gap: usize,
    /// Which of the words is the trigger, from 0.
    pub trigger: usize,
    pub gloss: String,
    pub frame: Option<String>,
    pub harm: Option<String>,
    pub cue: Option<String>,
    pub roles: Option<Roles>,
    pub strength: Option<String>,
    pub needs: Vec<String>,
    /// The imperfect tells a state that lasts.
    pub state: bool,
    /// Of an idiom: a harm beside it still counts.
    pub harm_ok: bool,
    /// Of a negation: what it denies.
    pub of: Option<String>,
}

fn one_or_many<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Either::deserialize(value)? {
        Either::One(one) => vec![one],
        Either::Many(many) => many,
    })
}

/// A party with a name.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ActorRow {
    pub id: String,
    pub name: String,
    pub name_ar: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub country: Option<String>,
    pub parent: Option<String>,
    pub aliases: Vec<String>,
    /// Definite short forms, which need an earlier full mention or nothing that contradicts them.
    pub short: Vec<String>,
    /// The capital that stands for the government, and its other spellings.
    pub capital: Option<String>,
    pub capital_aliases: Vec<String>,
    /// Aliases that are ordinary words too and need a cue.
    pub cue: Vec<String>,
    /// The name is a place's name too.
    pub place_alias: bool,
    /// Of a user's file.
    #[serde(skip)]
    pub own: bool,
    /// The line of its file.
    #[serde(skip)]
    pub line: u32,
}

/// A name of a place: one row of a gazetteer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceRow {
    pub name_ar: String,
    pub name_en: String,
    pub kind: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub population: i64,
    pub place_id: String,
    /// Also an ordinary word or a person's name: needs a cue.
    pub common: bool,
    /// Of a user's file.
    pub own: bool,
    /// The line of its file.
    pub line: u32,
}
