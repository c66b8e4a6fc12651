//! From the rows of word lists to all forms that their words take in a text.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::rows::{List, Row};
use super::{Fold, Form, RowId};
use crate::morph::{Category, Features, Inflected, Morphology, NounForms, VerbRoot};
use crate::segment::{Gender, Segmenter};

/// Forms as words are compared, each with the rows that it is a form of.
pub type Forms = FxHashMap<String, SmallVec<[Form; 2]>>;

/// What the forms of a word depend on.
pub struct Inflector<'l> {
    pub fold: &'l Fold,
    pub morphology: &'l Morphology,
    pub segmenter: &'l Segmenter,
}

impl Inflector<'_> {
    /// The forms of all words.
    pub fn forms(&self, words: &[(List, Box<Row>)]) -> Forms {
        // A word has some forty forms, many of them shared.
        let mut forms = Forms::with_capacity_and_hasher(16 * words.len(), Default::default());
        for (id, (list, row)) in words.iter().enumerate() {
            let row_id = id as RowId;
            for Inflected { form, features, bound } in self.forms_of(*list, row) {
                let all = forms.entry(self.fold.respelled(form)).or_default();
                let form = Form { row: row_id, features, bound };
                if !all.contains(&form) {
                    all.push(form);
                }
            }
        }
        forms
    }

    /// The forms of one word, some of them perhaps more than once.
    fn forms_of(&self, list: List, row: &Row) -> Vec<Inflected> {
        match list {
            List::Verb => self.verb_forms(row),
            List::Noun | List::Collective | List::Head if row.folded.contains(' ') => Vec::new(),
            List::Noun | List::Adjective if row.lemma.is_empty() => self.plain_forms(list, row),
            List::Noun | List::Adjective | List::Head | List::Collective => {
                self.noun_forms(&row.lemma, list, row, Category::Noun)
            }
            List::Demonym => self.demonym_forms(row),
            List::Unit if !row.lemma.is_empty() => {
                let mut out = self.noun_forms(&row.lemma, list, row, Category::Noun);
                let features = Features::of(Category::Noun);
                out.extend(row.texts.iter().map(|text| Inflected {
                    form: self.fold.text(text),
                    features,
                    bound: false,
                }));
                out
            }
            List::Word | List::Cue | List::Turn | List::Title | List::Number | List::Unit | List::Calendar => {
                let mut out = Vec::new();
                for text in texts(row).filter(|t| !is_several(t)) {
                    if list == List::Title && !text.starts_with(self.segmenter.clitics.article()) {
                        out.extend(self.noun_forms(text, list, row, Category::Noun));
                    } else {
                        let form = self.fold.text(text);
                        // Words of number and time take the article; others of these lists do not.
                        let counts = matches!(list, List::Number | List::Unit | List::Calendar);
                        let category = if counts { Category::Noun } else { Category::Particle };
                        out.push(Inflected { form, features: Features::of(category), bound: false });
                    }
                }
                out
            }
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
                self.morphology
                    .decline(&NounForms { singular: &singular, plurals, ..NounForms::default() }, Category::Masdar),
            );
        }
        for (category, words) in
            [(Category::ActiveParticiple, &row.active), (Category::PassiveParticiple, &row.passive)]
        {
            for word in words {
                let singular = self.fold.text(word);
                let noun = NounForms { singular: &singular, ..NounForms::default() };
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
        let feminine = feminine.as_deref();
        let people = row.victim.is_some();
        let dual = row.dual.as_deref().map(|d| self.fold.text(d));
        let dual = dual.as_deref();
        let mut out =
            self.morphology.decline(&NounForms { singular: &singular, plurals, feminine, dual, people }, category);
        if row.gender.as_deref() == Some("f") {
            for form in out.iter_mut().filter(|f| !f.features.is_plural()) {
                form.features.agreement.gender = Some(Gender::Feminine);
            }
        }
        if let Some(definite) = &row.definite {
            let form = self.fold.text(definite).trim_start_matches(self.segmenter.clitics.article()).to_owned();
            // With its dual: "the two women".
            let noun = NounForms { singular: &form, people, ..NounForms::default() };
            let two = self.morphology.decline(&noun, category).into_iter().filter(|f| f.features.is_dual());
            out.extend(two);
            out.push(Inflected { form, features: out[0].features, bound: false });
        }
        if let Some(indefinite) = &row.indefinite {
            out.push(Inflected { form: self.fold.text(indefinite), features: out[0].features, bound: false });
        }
        out
    }

    /// Many words of which the row says nothing but that they are words.
    fn plain_forms(&self, list: List, row: &Row) -> Vec<Inflected> {
        let mut out = Vec::new();
        for text in &row.texts {
            let singular = self.fold.text(text);
            let feminine = (list == List::Adjective).then(|| self.morphology.feminine(&singular));
            let noun = NounForms { singular: &singular, feminine: feminine.as_deref(), ..NounForms::default() };
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
            let noun =
                NounForms { singular: &singular, plurals, feminine: feminine.as_deref(), ..NounForms::default() };
            out.extend(self.morphology.decline(&noun, Category::Noun));
        }
        out
    }
}

/// The writings of several words that stand for a row as they are.
pub fn phrases_of(list: List, row: &Row) -> Vec<&str> {
    match list {
        List::Head if row.folded.contains(' ') => {
            [&row.lemma].into_iter().chain(&row.plural).map(String::as_str).collect()
        }
        List::Unit if !row.lemma.is_empty() => Vec::new(),
        List::Word | List::Cue | List::Turn | List::Title | List::Number | List::Unit | List::Calendar => {
            texts(row).filter(|t| is_several(t)).collect()
        }
        _ => Vec::new(),
    }
}

/// The writings of a word that is not inflected. "According to" stands without the preposition that is glued to the next word.
fn texts(row: &Row) -> impl Iterator<Item = &str> {
    let texts = row.texts.iter().chain([&row.text, &row.lemma]).filter(|t| !t.is_empty() && !row.clitic);
    texts.map(|text| match text.trim().rsplit_once(' ') {
        Some((front, last)) if last.chars().count() == 1 => front,
        _ => text.trim(),
    })
}

fn is_several(text: &str) -> bool {
    text.trim().contains(char::is_whitespace)
}
