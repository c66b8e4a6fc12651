//! The lexicons: loaded, checked, compiled. Built-in and user files go the same way.

mod analysis;
mod beginnings;
mod builtin;
mod confidence;
mod facts;
mod fold;
mod frames;
pub mod lint;
mod load;
mod memory;
mod names;
mod near;
mod over;
mod rows;
mod sieve;
mod table;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::error::LexiconError;
use crate::morph::{Category, Features, Inflected, Morphology, NounForms, VerbRoot};
use crate::segment::{Letter, Segmenter};

pub use analysis::{Analysis, Key, Reading, Seen, Traces};
pub use beginnings::Beginnings;
pub use confidence::{Confidence, Weights};
pub use facts::Facts;
pub use fold::Fold;
pub use frames::{Frame, Frames};
pub use load::{Joint, NamePart, Rows, Turn};
pub use names::{Names, Referent};
pub use rows::{ActorRow, List, PhraseRow, PlaceRow, Roles, Row};
pub use sieve::{Sieve, bit};

/// The number of a word's row.
pub type RowId = u32;

/// One form of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form {
    pub row: RowId,
    pub features: Features,
    pub bound: bool,
}

/// Compiled lexicons, shared by all threads.
#[derive(Debug)]
pub struct Lexicon {
    id: u64,
    pub segmenter: Segmenter,
    morphology: Morphology,
    pub fold: Fold,
    words: Vec<(List, Row)>,
    /// What each row may be.
    facts: Vec<Facts>,
    /// The glued prepositions as words are compared.
    prepositions: Vec<(Letter, String)>,
    pub actors: Vec<ActorRow>,
    pub places: Vec<PlaceRow>,
    forms: FxHashMap<String, SmallVec<[Form; 2]>>,
    pub names: Names,
    /// The long words of the names of parties and large places.
    near: near::Near,
    pub frames: Frames,
    pub confidence: Confidence,
    pub phrases: Vec<Phrase>,
    /// The phrases that may begin with a word of a row.
    phrases_by_row: FxHashMap<RowId, SmallVec<[u32; 2]>>,
    name_parts: FxHashMap<String, NamePart>,
    /// Prepositions that name the doer.
    by: Vec<String>,
}

/// The people of a place that is looked for behind a typing error.
const WELL_KNOWN: i64 = 100_000;

/// Words that only together mean something.
#[derive(Debug)]
pub struct Phrase {
    pub turn: Turn,
    pub words: Vec<String>,
    pub gap: usize,
    pub trigger: usize,
    /// The row of a noun of several words, or one made of the phrase's own fields.
    pub row: RowId,
    pub of: Option<String>,
    pub harm_ok: bool,
}

/// Rule files of one's own, as (name, text), and behind them the built-in ones.
pub fn rule_files<'a>(own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    own.iter().chain(builtin::RULES).copied().collect()
}

impl Lexicon {
    /// The built-in files with `extra` ones, as (name, text), on top.
    pub fn compile(extra: &[(&str, &str)]) -> Result<Self, LexiconError> {
        Self::with_rules(extra, &[])
    }

    /// The same, with the frames of `rules` files before the built-in ones.
    pub fn with_rules(extra: &[(&str, &str)], rules: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let mut rows = Rows::default();
        rows.read_all(extra)?;
        let own = rows.own();
        rows.read_all(builtin::FILES)?;
        rows.override_by(own);
        Self::of_rows(rows, rules)
    }

    /// These files alone, as (name, text), with the built-in grammar; of two words written alike the earlier comes first.
    pub fn of(files: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let mut rows = Rows::default();
        rows.read_all(files)?;
        Self::of_rows(rows, &[])
    }

    fn of_rows(rows: Rows, rules: &[(&str, &str)]) -> Result<Self, LexiconError> {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let segmenter = Segmenter::from_toml("segmentation.toml", builtin::SEGMENTATION)?;
        let morphology = Morphology::from_toml("morphology.toml", builtin::MORPHOLOGY)?;
        let fold = Fold::from_toml("spelling.toml", builtin::SPELLING)?;
        let frames = Frames::from_toml(&rule_files(rules), &fold)?;
        let confidence = Confidence::from_toml("confidence.toml", builtin::CONFIDENCE)?;
        let mut lexicon = Lexicon {
            id: COUNT.fetch_add(1, Ordering::Relaxed),
            segmenter,
            morphology,
            fold,
            words: rows.words,
            facts: Vec::new(),
            prepositions: Vec::new(),
            actors: rows.actors,
            places: rows.places,
            forms: FxHashMap::default(),
            names: Names::default(),
            near: near::Near::default(),
            phrases: Vec::new(),
            phrases_by_row: FxHashMap::default(),
            frames,
            confidence,
            name_parts: FxHashMap::default(),
            by: Vec::new(),
        };
        lexicon.fold_rows();
        let by = lexicon.words.iter().filter(|(_, row)| row.pos == "prep" && row.has_role("agent"));
        lexicon.by = by.map(|(_, row)| row.folded.clone()).collect();
        lexicon.compile_words();
        lexicon.compile_phrases(rows.phrases);
        lexicon.compile_names(rows.name_parts);
        let facts = |(n, (list, row)): (usize, &(List, Row))| {
            Facts::of(*list, row) | Facts::TURN.when(!lexicon.phrases_of(n as RowId).is_empty())
        };
        lexicon.facts = lexicon.words.iter().enumerate().map(facts).collect();
        let prepositions = lexicon.segmenter.clitics.prepositions();
        lexicon.prepositions = prepositions.map(|p| (p, lexicon.fold.word(&p.to_string()))).collect();
        Ok(lexicon)
    }

    /// A glued preposition as words are compared.
    pub fn preposition(&self, clitic: Letter) -> &str {
        self.prepositions.iter().find(|(p, _)| *p == clitic).map_or("", |(_, word)| word)
    }

    /// What a row may be.
    pub fn facts(&self, id: RowId) -> Facts {
        self.facts[id as usize]
    }

    pub fn row(&self, id: RowId) -> &Row {
        &self.words[id as usize].1
    }

    /// Whether a word as it is written ends like a feminine adjective of relation.
    pub fn is_written_feminine(&self, word: &str) -> bool {
        self.morphology.is_written_feminine(word)
    }

    /// Whether a word ends like an indefinite accusative.
    pub fn looks_accusative(&self, word: &str) -> bool {
        self.morphology.looks_accusative(word)
    }

    /// The dual ending of a word that has the form of a feminine dual.
    pub fn feminine_dual<'w>(&self, word: &'w str) -> Option<&'w str> {
        self.morphology.feminine_dual(word)
    }

    /// Whether an unknown word has the shape of an imperfect verb.
    pub fn looks_finite(&self, word: &str) -> bool {
        self.morphology.looks_imperfect(word)
    }

    /// Whether a preposition can stand before a verb: "in order to".
    pub fn is_subjunctive(&self, preposition: &str) -> bool {
        let one = preposition.chars().nth(1).is_none();
        one && Letter::of(preposition).is_some_and(|p| self.segmenter.clitics.is_subjunctive(p))
    }

    /// Whether an unknown word ends like a feminine adjective of relation.
    pub fn looks_feminine_adjective(&self, word: &str) -> bool {
        self.morphology.looks_feminine_adjective(word)
    }

    /// Whether a word makes one part of a name with the word behind it.
    pub fn is_front_part(&self, word: &str) -> bool {
        self.name_parts.get(self.fold.respell(word).as_ref()).is_some_and(|p| p.joint == Joint::Front)
    }

    /// Whether a word has the feminine ending.
    pub fn looks_feminine(&self, word: &str) -> bool {
        self.morphology.looks_feminine(word)
    }

    /// Whether an unknown word ends like a noun with a pronoun: "his grace".
    pub fn looks_owned(&self, word: &str) -> bool {
        self.segmenter.clitics.ends_in_pronoun(word) || self.morphology.ends_in_heh(word)
    }

    /// Whether an unknown word ends like an adjective of relation.
    pub fn looks_related(&self, word: &str) -> bool {
        self.morphology.looks_related(word)
    }

    /// Whether a glued preposition can say where something is.
    pub fn is_place_clitic(&self, preposition: Letter) -> bool {
        self.segmenter.clitics.is_place(preposition)
    }

    /// Whether a glued preposition names an owner: the one that also means "in order to".
    pub fn is_possessive(&self, preposition: Letter) -> bool {
        self.segmenter.clitics.is_subjunctive(preposition)
    }

    /// Whether a preposition names the doer: "by", "at the hands of".
    pub fn is_by(&self, preposition: &str) -> bool {
        self.by.iter().any(|p| p == preposition)
    }

    /// Every row with its list, in the order of their numbers.
    pub fn rows(&self) -> impl Iterator<Item = (List, &Row)> {
        self.words.iter().map(|(list, row)| (*list, row))
    }

    pub fn list(&self, id: RowId) -> List {
        self.words[id as usize].0
    }

    /// The phrases that may begin with a word of this row.
    pub fn phrases_of(&self, row: RowId) -> &[u32] {
        self.phrases_by_row.get(&row).map_or(&[], |p| p.as_slice())
    }

    /// Brings every word that is compared with a text to the spelling of the comparison.
    fn fold_rows(&mut self) {
        let fold = &self.fold;
        let word = |w: &mut String| {
            if !w.starts_with('@') {
                *w = fold.word(w);
            }
        };
        let keys = |map: &mut std::collections::BTreeMap<String, String>| {
            *map = std::mem::take(map)
                .into_iter()
                .map(|(mut k, v)| {
                    word(&mut k);
                    (k, v)
                })
                .collect();
        };
        for (_, row) in &mut self.words {
            let own = [&row.lemma, &row.text].into_iter().find(|t| !t.is_empty());
            row.folded = own.map(|t| fold.word(t)).unwrap_or_default();
            for list in [
                &mut row.needs,
                &mut row.not_with,
                &mut row.needs_next,
                &mut row.strong_with,
                &mut row.not_before,
                &mut row.not_after,
            ] {
                list.iter_mut().for_each(word);
            }
            for map in [&mut row.object_frame, &mut row.subject_frame, &mut row.prep_frame, &mut row.with, &mut row.by]
            {
                keys(map);
            }
            for text in
                [&mut row.needs_before, &mut row.needs_prep, &mut row.masdar_of, &mut row.anchor, &mut row.trigger]
            {
                text.iter_mut().for_each(word);
            }
            if let Some(roles) = &mut row.roles {
                keys(&mut roles.prep);
            }
        }
    }

    fn compile_phrases(&mut self, rows: Vec<(Turn, PhraseRow)>) {
        for (id, (list, row)) in self.words.iter().enumerate() {
            let several = row.folded.contains(' ') && matches!(list, List::Noun | List::Collective);
            if several {
                let words: Vec<String> = row.folded.split(' ').map(str::to_owned).collect();
                let trigger = row.trigger.as_ref().and_then(|t| words.iter().position(|w| w == t)).unwrap_or(0);
                self.phrases.push(Phrase {
                    turn: Turn::Phrase,
                    words,
                    gap: 0,
                    trigger,
                    row: id as RowId,
                    of: None,
                    harm_ok: false,
                });
            }
        }
        for (turn, phrase) in rows {
            let words =
                phrase.words.iter().map(|w| if w.starts_with('@') { w.clone() } else { self.fold.word(w) }).collect();
            let row = Row {
                lemma: phrase.words.join(" "),
                gloss: phrase.gloss,
                frame: phrase.frame,
                harm: phrase.harm,
                cue: phrase.cue,
                roles: phrase.roles,
                strength: phrase.strength,
                needs: phrase
                    .needs
                    .iter()
                    .map(|w| if w.starts_with('@') { w.clone() } else { self.fold.word(w) })
                    .collect(),
                ..Row::default()
            };
            let id = self.words.len() as RowId;
            self.words.push((List::Verb, row));
            self.phrases.push(Phrase {
                turn,
                words,
                gap: phrase.gap,
                trigger: phrase.trigger,
                row: id,
                of: phrase.of,
                harm_ok: phrase.harm_ok,
            });
        }
        let mut by_word: FxHashMap<String, SmallVec<[u32; 2]>> = FxHashMap::default();
        for (n, phrase) in self.phrases.iter().enumerate() {
            let first = &phrase.words[0];
            let forms = self.forms.get(first).map_or(&[][..], |f| f.as_slice());
            let lemmas = || forms.iter().map(|f| &self.words[f.row as usize].1.folded);
            // A verbal noun is read under the lemma of its verb.
            let under: BTreeSet<&String> =
                if lemmas().any(|l| l == first) { BTreeSet::from([first]) } else { lemmas().chain([first]).collect() };
            for word in under {
                by_word.entry(word.clone()).or_default().push(n as u32);
            }
        }
        let rows = self.words.iter().enumerate();
        let of_row = rows.filter_map(|(id, (_, row))| Some((id as RowId, by_word.get(&row.folded)?.clone())));
        self.phrases_by_row = of_row.collect();
    }

    fn compile_words(&mut self) {
        // A word has some forty forms, many of them shared.
        let mut forms: FxHashMap<String, SmallVec<[Form; 2]>> =
            FxHashMap::with_capacity_and_hasher(16 * self.words.len(), Default::default());
        let mut phrases: Vec<(String, RowId)> = Vec::new();
        for (id, (list, row)) in self.words.iter().enumerate() {
            let id = id as RowId;
            let mut add = |Inflected { form, features, bound }: Inflected| {
                let all = forms.entry(self.fold.respell(&form).into_owned()).or_default();
                let form = Form { row: id, features, bound };
                if !all.contains(&form) {
                    all.push(form);
                }
            };
            match list {
                List::Verb => self.verb_forms(row).into_iter().for_each(&mut add),
                List::Noun | List::Collective if row.folded.contains(' ') => {}
                List::Head if row.folded.contains(' ') => {
                    phrases.extend([&row.lemma].into_iter().chain(&row.plural).map(|t| (t.clone(), id)));
                }
                List::Noun | List::Adjective if row.lemma.is_empty() => {
                    self.plain_forms(*list, row).into_iter().for_each(&mut add)
                }
                List::Noun | List::Adjective | List::Head | List::Collective => {
                    self.noun_forms(&row.lemma, *list, row, Category::Noun).into_iter().for_each(&mut add)
                }
                List::Demonym => self.demonym_forms(row).into_iter().for_each(&mut add),
                List::Unit if !row.lemma.is_empty() => {
                    self.noun_forms(&row.lemma, *list, row, Category::Noun).into_iter().for_each(&mut add);
                    for text in &row.texts {
                        add(Inflected {
                            form: self.fold.text(text),
                            features: Features::of(Category::Noun),
                            bound: false,
                        });
                    }
                }
                List::Word | List::Cue | List::Turn | List::Title | List::Number | List::Unit | List::Calendar => {
                    if row.clitic {
                        continue;
                    }
                    let texts = row.texts.iter().chain([&row.text, &row.lemma]).filter(|t| !t.is_empty());
                    for text in texts {
                        // "according to" with its preposition glued to the next word.
                        let text = self.without_clitic(text);
                        if text.trim().contains(char::is_whitespace) {
                            phrases.push((text.to_owned(), id));
                        } else if *list == List::Title && !text.starts_with(self.segmenter.clitics.article()) {
                            self.noun_forms(text, *list, row, Category::Noun).into_iter().for_each(&mut add);
                        } else {
                            let form = self.fold.text(text);
                            // Words of number and time take the article; others of these lists do not.
                            let counts = matches!(list, List::Number | List::Unit | List::Calendar);
                            let category = if counts { Category::Noun } else { Category::Particle };
                            add(Inflected { form, features: Features::of(category), bound: false });
                        }
                    }
                }
            }
        }
        self.forms = forms;
        for (text, id) in phrases {
            self.names.add(&text, Referent::Phrase(id), &self.fold);
        }
    }

    /// A phrase without a last preposition that is written with the word behind it.
    fn without_clitic<'t>(&self, text: &'t str) -> &'t str {
        match text.trim().rsplit_once(' ') {
            Some((front, last)) if last.chars().count() == 1 => front,
            _ => text.trim(),
        }
    }

    fn verb_forms(&self, row: &Row) -> Vec<Inflected> {
        let root = self.fold.text(&row.root);
        let imperfect = row.imperfect.as_deref().map(|i| self.fold.text(i));
        let verb = VerbRoot { root: &root, form: row.form, imperfect: imperfect.as_deref() };
        let mut out = self.morphology.conjugate(&verb);
        if row.voice.as_deref() == Some("passive") {
            for form in &mut out {
                form.features.voice = crate::morph::Voice::Passive;
            }
        }
        // A masdar's plurals are given together; each masdar takes those that are its own by the sound ending or all.
        let plurals: Vec<String> = row.masdar_plural.iter().map(|p| self.fold.text(p)).collect();
        for (i, masdar) in row.masdar.iter().enumerate() {
            let singular = self.fold.text(masdar);
            let plurals = if i == 0 { plurals.iter().map(String::as_str).collect() } else { Vec::new() };
            out.extend(
                self.morphology.decline(&NounForms { singular: &singular, plurals, feminine: None }, Category::Masdar),
            );
        }
        for (category, words) in
            [(Category::ActiveParticiple, &row.active), (Category::PassiveParticiple, &row.passive)]
        {
            for word in words {
                let singular = self.fold.text(word);
                let noun = NounForms { singular: &singular, plurals: Vec::new(), feminine: None };
                out.extend(self.morphology.decline(&noun, category));
            }
        }
        out
    }

    fn noun_forms(&self, lemma: &str, list: List, row: &Row, category: Category) -> Vec<Inflected> {
        let singular = self.fold.text(lemma);
        let plurals: Vec<String> = row.plural.iter().map(|p| self.fold.text(p)).collect();
        let feminine = row.feminine.as_deref().map(|f| self.fold.text(f));
        let feminine = feminine.or_else(|| (list == List::Adjective).then(|| self.morphology.feminine(&singular)));
        let plurals = plurals.iter().map(String::as_str).collect();
        let mut out = self
            .morphology
            .decline(&NounForms { singular: &singular, plurals, feminine: feminine.as_deref() }, category);
        if let Some(definite) = &row.definite {
            let form = self.fold.text(definite).trim_start_matches(self.segmenter.clitics.article()).to_owned();
            out.push(Inflected { form, features: out[0].features, bound: false });
        }
        out
    }

    /// Many words of which the row says nothing but that they are words.
    fn plain_forms(&self, list: List, row: &Row) -> Vec<Inflected> {
        let mut out = Vec::new();
        for text in &row.texts {
            let singular = self.fold.text(text);
            let feminine = (list == List::Adjective).then(|| self.morphology.feminine(&singular));
            let noun = NounForms { singular: &singular, plurals: Vec::new(), feminine: feminine.as_deref() };
            out.extend(self.morphology.decline(&noun, Category::Noun));
        }
        let plurals: Vec<String> = row.plural.iter().map(|p| self.fold.text(p)).collect();
        let plurals = plurals.iter().map(String::as_str).collect();
        out.extend(self.morphology.decline(&NounForms { plurals, ..NounForms::default() }, Category::Noun));
        out
    }

    fn demonym_forms(&self, row: &Row) -> Vec<Inflected> {
        let fold = |t: &String| self.fold.text(t);
        let mut out = Vec::new();
        let feminine = row.fem.as_ref().map(fold);
        let mut plurals: Vec<String> = row.masc_plural.iter().chain(&row.fem_plural).map(fold).collect();
        plurals.extend(row.broken_plural.iter().map(fold));
        for masc in row.masc.iter().chain(&row.variants) {
            let singular = fold(masc);
            let plurals = plurals.iter().map(String::as_str).collect();
            let noun = NounForms { singular: &singular, plurals, feminine: feminine.as_deref() };
            out.extend(self.morphology.decline(&noun, Category::Noun));
        }
        out
    }

    fn compile_names(&mut self, name_parts: Vec<(String, NamePart)>) {
        self.names.reserve(self.places.len() + 4 * self.actors.len());
        let fronts: Vec<String> =
            name_parts.iter().filter(|(_, p)| p.joint == Joint::Front).map(|(t, _)| t.clone()).collect();
        for (i, actor) in self.actors.iter().enumerate() {
            let i = i as u32;
            for name in actor.aliases.iter().chain([&actor.name_ar]).filter(|n| !n.is_empty()) {
                let doubtful = actor.cue.contains(name);
                let referent = if doubtful { Referent::DoubtfulActor(i) } else { Referent::Actor(i) };
                self.names.add(name, referent, &self.fold);
                // "Abd Allah" is often written as one word.
                if actor.kind == "person"
                    && let Some(joined) = joined(name, &fronts)
                {
                    self.names.add(&joined, referent, &self.fold);
                }
            }
            for name in actor.cue.iter().filter(|n| !actor.aliases.contains(n) && **n != actor.name_ar) {
                self.names.add(name, Referent::DoubtfulActor(i), &self.fold);
            }
            for name in &actor.short {
                self.names.add(name, Referent::ShortActor(i), &self.fold);
            }
            for name in actor.capital.iter().chain(&actor.capital_aliases) {
                self.names.add(name, Referent::Capital(i), &self.fold);
            }
        }
        for (i, place) in self.places.iter().enumerate() {
            self.names.add(&place.name_ar, Referent::Place(i as u32), &self.fold);
        }
        let long = self.actors.iter().flat_map(|a| a.aliases.iter().chain(&a.short).chain([&a.name_ar]));
        let known = |p: &&PlaceRow| p.population >= WELL_KNOWN || p.kind == "country";
        let long = long.chain(self.places.iter().filter(known).map(|p| &p.name_ar));
        for name in long {
            for word in name.split(' ').filter(|w| w.len() > 2 * 5) {
                let word = self.fold.word(word);
                if let Some(id) = self.names.word(&word) {
                    self.near.add(&word, id);
                }
            }
        }
        for (token, part) in name_parts {
            self.name_parts.insert(self.fold.word(&token), part);
        }
    }
}

/// A name with its compounds written as one word, if it has any.
fn joined(name: &str, fronts: &[String]) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    let mut words = name.split(' ').peekable();
    while let Some(word) = words.next() {
        out.push_str(word);
        let front = fronts.iter().any(|f| f == word);
        if words.peek().is_some() && !front {
            out.push(' ');
        }
    }
    (out.len() < name.len()).then_some(out)
}
