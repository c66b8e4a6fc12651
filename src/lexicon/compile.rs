//! From rows to a lexicon.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;

use super::inflect::{Inflector, phrases_of};
use super::load::Rows;
use super::near::Near;
use super::{
    Confidence, Facts, Fold, Frames, Joint, Lexicon, List, Mark, Names, Phrase, PhraseRow, PlaceRow, Referent, Row,
    RowId, Start, Turn, builtin, rule_files,
};
use crate::error::LexiconError;
use crate::morph::Morphology;
use crate::pool::both;
use crate::segment::Segmenter;

/// The people of a place that is looked for behind a typing error.
const WELL_KNOWN: i64 = 100_000;

impl Lexicon {
    /// The built-in files with `extra` ones, as (name, text), on top.
    pub fn compile(extra: &[(&str, &str)]) -> Result<Self, LexiconError> {
        Self::with_rules(extra, &[])
    }

    /// The same, with the frames of `rules` files before the built-in ones.
    pub fn with_rules(extra: &[(&str, &str)], rules: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let fold = Fold::from_toml("spelling.toml", builtin::SPELLING)?;
        let mut rows = Rows::read_all(extra, &fold)?;
        let own = rows.own();
        rows.append(Rows::read_all(builtin::FILES, &fold)?);
        rows.override_by(own);
        Self::of_rows(rows, rules, fold)
    }

    /// These files alone, as (name, text), with the built-in grammar; of two words written alike the earlier comes first.
    pub fn of(files: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let fold = Fold::from_toml("spelling.toml", builtin::SPELLING)?;
        Self::of_rows(Rows::read_all(files, &fold)?, &[], fold)
    }

    fn of_rows(rows: Rows, rules: &[(&str, &str)], fold: Fold) -> Result<Self, LexiconError> {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let segmenter = Segmenter::from_toml("segmentation.toml", builtin::SEGMENTATION)?;
        let morphology = Morphology::from_toml("morphology.toml", builtin::MORPHOLOGY)?;
        let inflector = Inflector { fold: &fold, morphology: &morphology, segmenter: &segmenter };
        let (forms, (names, near)) = both(
            || inflector.forms(&rows.words),
            || {
                let names = names(&rows, &fold);
                let near = near(&rows, &names, &fold);
                (names, near)
            },
        );
        let frames = Frames::from_toml(&rule_files(rules), &fold)?;
        let confidence = Confidence::from_toml("confidence.toml", builtin::CONFIDENCE)?;
        let by = rows.words.iter().filter(|(_, row)| row.pos == "prep" && row.has_role("agent"));
        let by = by.map(|(_, row)| row.folded.clone()).collect();
        let name_parts = rows.name_parts.into_iter().map(|(token, part)| (fold.word(&token), part)).collect();
        let prepositions = segmenter.clitics.prepositions();
        let prepositions = prepositions.map(|p| (p, fold.word(&p.to_string()))).collect();
        let mut lexicon = Lexicon {
            id: COUNT.fetch_add(1, Ordering::Relaxed),
            segmenter,
            morphology,
            fold,
            words: rows.words,
            facts: Vec::new(),
            prepositions,
            actors: rows.actors,
            places: rows.places,
            forms,
            names,
            near,
            phrases: Vec::new(),
            phrases_by_row: FxHashMap::default(),
            frames,
            confidence,
            name_parts,
            by,
        };
        lexicon.compile_phrases(rows.phrases);
        let facts = |(n, (list, row)): (usize, &(List, Box<Row>))| {
            Facts::of(*list, row) | Facts::TURN.when(!lexicon.phrases_of(n as RowId).is_empty())
        };
        lexicon.facts = lexicon.words.iter().enumerate().map(facts).collect();
        Ok(lexicon)
    }

    fn compile_phrases(&mut self, rows: Vec<(Turn, PhraseRow)>) {
        for (id, (list, row)) in self.words.iter().enumerate() {
            let several = row.folded.contains(' ') && matches!(list, List::Noun | List::Collective);
            if several {
                let words: Vec<String> = row.folded.split(' ').map(str::to_owned).collect();
                let trigger = row.trigger.as_ref().and_then(|t| words.iter().position(|w| w == t)).unwrap_or(0);
                self.phrases.push(Phrase {
                    turn: Turn::Phrase,
                    marks: marks(&words),
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
            let words: Vec<String> = phrase.words.iter().map(|w| self.fold.term(w)).collect();
            let row = Row {
                lemma: phrase.words.join(" "),
                gloss: phrase.gloss,
                frame: phrase.frame,
                harm: phrase.harm,
                cue: phrase.cue,
                roles: phrase.roles,
                strength: phrase.strength,
                state: phrase.state,
                needs: phrase.needs.iter().map(|w| self.fold.term(w)).collect(),
                ..Row::default()
            };
            let id = self.words.len() as RowId;
            self.words.push((List::Verb, Box::new(row)));
            self.phrases.push(Phrase {
                turn,
                marks: marks(&words),
                words,
                gap: phrase.gap,
                trigger: phrase.trigger,
                row: id,
                of: phrase.of,
                harm_ok: phrase.harm_ok,
            });
        }
        let mut by_word: FxHashMap<String, Vec<Start>> = FxHashMap::default();
        for (n, phrase) in self.phrases.iter().enumerate() {
            let first = &phrase.words[0];
            let forms = self.forms.get(first).map_or(&[][..], |f| f.as_slice());
            let lemmas = || forms.iter().map(|f| &self.words[f.row as usize].1.folded);
            // A verbal noun is read under the lemma of its verb.
            let under: BTreeSet<&String> =
                if lemmas().any(|l| l == first) { BTreeSet::from([first]) } else { lemmas().chain([first]).collect() };
            let second = phrase.marks.get(1).filter(|_| phrase.gap == 0).copied();
            for word in under {
                by_word.entry(word.clone()).or_default().push(Start { phrase: n as u32, second });
            }
        }
        let rows = self.words.iter().enumerate();
        let of_row = rows.filter_map(|(id, (_, row))| Some((id as RowId, by_word.get(&row.folded)?.clone())));
        self.phrases_by_row = of_row.collect();
    }
}

fn marks(words: &[String]) -> Vec<Mark> {
    words.iter().map(|w| Mark::of(w)).collect()
}

/// The names of parties and places, and phrases.
fn names(rows: &Rows, fold: &Fold) -> Names {
    let mut names = Names::default();
    names.reserve(rows.places.len() + 4 * rows.actors.len());
    for (id, (list, row)) in rows.words.iter().enumerate() {
        for text in phrases_of(*list, row) {
            names.add(text, Referent::Phrase(id as RowId), fold);
        }
    }
    let fronts = rows.name_parts.iter().filter(|(_, p)| p.joint == Joint::Front);
    let fronts: Vec<&str> = fronts.map(|(token, _)| token.as_str()).collect();
    for (i, actor) in rows.actors.iter().enumerate() {
        let i = i as u32;
        for name in actor.aliases.iter().chain([&actor.name_ar]).filter(|n| !n.is_empty()) {
            let doubtful = actor.cue.contains(name);
            let referent = if doubtful { Referent::DoubtfulActor(i) } else { Referent::Actor(i) };
            names.add(name, referent, fold);
            // "Abd Allah" is often written as one word.
            if actor.kind == "person"
                && let Some(joined) = joined(name, &fronts)
            {
                names.add(&joined, referent, fold);
            }
        }
        for name in actor.cue.iter().filter(|n| !actor.aliases.contains(n) && **n != actor.name_ar) {
            names.add(name, Referent::DoubtfulActor(i), fold);
        }
        for name in &actor.short {
            names.add(name, Referent::ShortActor(i), fold);
        }
        for name in actor.capital.iter().chain(&actor.capital_aliases) {
            names.add(name, Referent::Capital(i), fold);
        }
    }
    for (i, place) in rows.places.iter().enumerate() {
        names.add(&place.name_ar, Referent::Place(i as u32), fold);
    }
    names
}

/// A name with its compounds written as one word, if it has any.
fn joined(name: &str, fronts: &[&str]) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    let mut words = name.split(' ').peekable();
    while let Some(word) = words.next() {
        out.push_str(word);
        if words.peek().is_some() && !fronts.contains(&word) {
            out.push(' ');
        }
    }
    (out.len() < name.len()).then_some(out)
}

/// The long words of the names of parties and of well-known places.
fn near(rows: &Rows, names: &Names, fold: &Fold) -> Near {
    let mut near = Near::default();
    let long = rows.actors.iter().flat_map(|a| a.aliases.iter().chain(&a.short).chain([&a.name_ar]));
    let known = |p: &&PlaceRow| p.population >= WELL_KNOWN || p.kind == "country";
    let long = long.chain(rows.places.iter().filter(known).map(|p| &p.name_ar));
    for name in long {
        for word in name.split(' ').filter(|w| w.len() > 2 * 5) {
            let word = fold.word(word);
            if let Some(id) = names.word(&word) {
                near.add(&word, id);
            }
        }
    }
    near
}
