//! Nouns: singular, plurals and feminine to their forms in case, dual and construct state.

use super::{Category, Features, Inflected, Morphology, glue};
use crate::segment::{Gender, Number};

/// What a lexicon says about a noun. Letters are folded; plurals are in the nominative.
#[derive(Debug, Clone, Default)]
pub struct NounForms<'a> {
    pub singular: &'a str,
    pub plurals: Vec<&'a str>,
    pub feminine: Option<&'a str>,
    /// What the endings of the dual stand on, where it is not the singular.
    pub dual: Option<&'a str>,
    /// It names people, who are somebody's: "his two children".
    pub people: bool,
}

impl Morphology {
    /// Every form of the noun, some twice.
    pub fn decline(&self, noun: &NounForms<'_>, category: Category) -> Vec<Inflected> {
        let mut out = Vec::new();
        if !noun.singular.is_empty() {
            self.singular(noun.singular, noun.dual, category, &mut out);
            self.two_owned(noun, category, &mut out);
        }
        if let Some(feminine) = noun.feminine {
            self.singular(feminine, None, category, &mut out);
            if let Some(stem) = feminine.strip_suffix(self.noun.feminine.as_str()) {
                let features = Self::features(category, Number::Plural, Some(Gender::Feminine));
                out.push(Inflected { form: glue(stem, &self.noun.plural_feminine), features, bound: false });
            }
        }
        for plural in &noun.plurals {
            self.plural(plural, noun.singular, category, &mut out);
        }
        out
    }

    fn features(category: Category, number: Number, gender: Option<Gender>) -> Features {
        let mut features = Features::of(category);
        features.agreement.number = Some(number);
        features.agreement.gender = gender;
        features
    }

    fn singular(&self, word: &str, dual_stem: Option<&str>, category: Category, out: &mut Vec<Inflected>) {
        let e = &self.noun;
        let push = |form: String, features: Features, bound: bool, out: &mut Vec<Inflected>| {
            out.push(Inflected { form, features, bound });
        };
        let stem = word.strip_suffix(e.feminine.as_str());
        let gender = if stem.is_some() { Gender::Feminine } else { Gender::Masculine };
        let singular = Self::features(category, Number::Singular, Some(gender));
        push(word.to_owned(), singular, false, out);
        // A last alef or yeh is written alef before a pronoun.
        let joined = match stem {
            Some(stem) => {
                push(glue(stem, &e.feminine_bound), singular, true, out);
                glue(stem, &e.feminine_bound)
            }
            None => {
                let yeh = self.letters.yeh;
                if let Some(stem) = word.strip_suffix(yeh) {
                    push(format!("{stem}{}", self.letters.alef), singular, true, out);
                }
                if !word.ends_with(self.letters.alef) {
                    let accusative = Features { accusative: true, ..singular };
                    push(glue(word, &e.accusative), accusative, false, out);
                }
                word.to_owned()
            }
        };
        let dual = Self::features(category, Number::Dual, Some(gender));
        let joined = dual_stem.unwrap_or(&joined);
        for ending in &e.dual {
            push(glue(joined, ending), dual, false, out);
        }
        for ending in &e.dual_construct {
            // Before a genitive; a singular with the accusative alef or a pronoun looks the same for most nouns.
            if stem.is_some() || *ending == e.dual_construct[0] {
                push(glue(joined, ending), Features { construct: true, ..dual }, false, out);
            }
        }
    }

    /// The oblique dual of a masculine before a pronoun. Of things it is rare, and written like an adjective with heh for teh marbuta.
    fn two_owned(&self, noun: &NounForms<'_>, category: Category, out: &mut Vec<Inflected>) {
        if noun.people && !noun.singular.ends_with(self.noun.feminine.as_str()) {
            let dual = Self::features(category, Number::Dual, Some(Gender::Masculine));
            let form = glue(noun.dual.unwrap_or(noun.singular), &self.noun.dual_construct[1]);
            out.push(Inflected { form, features: Features { construct: true, ..dual }, bound: true });
        }
    }

    fn plural(&self, word: &str, singular: &str, category: Category, out: &mut Vec<Inflected>) {
        let e = &self.noun;
        let plural = Self::features(category, Number::Plural, None);
        // A broken plural may end alike, with the last letter of the root.
        let rooted = |stem: &str| singular.strip_prefix(stem).is_some_and(|end| word.ends_with(end) && !end.is_empty());
        if let Some(stem) = word.strip_suffix(e.plural_masculine[0].as_str()).filter(|stem| !rooted(stem)) {
            let plural = Self::features(category, Number::Plural, Some(Gender::Masculine));
            for ending in &e.plural_masculine {
                out.push(Inflected { form: glue(stem, ending), features: plural, bound: false });
            }
            for ending in &e.plural_masculine_construct {
                let features = Features { construct: true, ..plural };
                out.push(Inflected { form: glue(stem, ending), features, bound: false });
            }
            return;
        }
        out.push(Inflected { form: word.to_owned(), features: plural, bound: false });
        match word.strip_suffix(e.feminine.as_str()) {
            Some(stem) => {
                out.push(Inflected { form: glue(stem, &e.feminine_bound), features: plural, bound: true });
            }
            None if word.ends_with(self.letters.yeh) => {
                let stem = word.trim_end_matches(self.letters.yeh);
                out.push(Inflected { form: format!("{stem}{}", self.letters.alef), features: plural, bound: true });
            }
            None if !word.ends_with(self.letters.alef) && !word.ends_with(e.plural_feminine.as_str()) => {
                let features = Features { accusative: true, ..plural };
                out.push(Inflected { form: glue(word, &e.accusative), features, bound: false });
            }
            None => {}
        }
    }

    /// The feminine of an adjective.
    pub fn feminine(&self, masculine: &str) -> String {
        glue(masculine, &self.noun.feminine)
    }

    /// The ending of a feminine dual, if the word has one.
    pub fn feminine_dual<'w>(&self, word: &'w str) -> Option<&'w str> {
        let e = &self.noun;
        let ending = e
            .dual
            .iter()
            .find(|d| word.strip_suffix(d.as_str()).is_some_and(|stem| stem.ends_with(e.feminine_bound.as_str())))?;
        Some(&word[word.len() - ending.len()..])
    }

    /// A last teh marbuta written as heh, or the other way: the other spelling, if the word ends in either.
    pub fn other_heh(&self, word: &str) -> Option<String> {
        let (heh, teh) = (self.letters.heh, self.letters.teh_marbuta);
        word.strip_suffix(heh).map(|stem| format!("{stem}{teh}"))
    }
}
