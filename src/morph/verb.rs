//! Verbs: root and form to perfect, imperfect and participles, active and passive.

use super::{Category, Features, FormTemplates, Inflected, Letters, Morphology, Voice, glue};
use crate::segment::{Gender, Number};

/// What a lexicon says about a verb. Letters are folded.
#[derive(Debug, Clone, Default)]
pub struct VerbRoot<'a> {
    pub root: &'a str,
    pub form: u8,
    /// The third person imperfect, where it does not follow from the root.
    pub imperfect: Option<&'a str>,
}

/// What stands for each radical in a stem: a letter, another letter, or nothing.
type Radicals = [String; 4];

/// The stems of one tense and voice.
struct Stem {
    /// Before endings that begin with a vowel, and without ending.
    full: String,
    /// Before endings that begin with a consonant; the jussive of weak verbs.
    short: String,
    /// Before waw and the feminine teh, where a last weak letter falls.
    cut: Option<String>,
    /// Before a pronoun, where a last yeh is written alef.
    bound: Option<String>,
}

impl Morphology {
    /// Every form of the verb, some twice, without its verbal nouns. Empty if the form or the root is not one the tables know.
    pub fn conjugate(&self, verb: &VerbRoot<'_>) -> Vec<Inflected> {
        let mut out = Vec::new();
        let Some(templates) = self.form.iter().find(|f| f.number == verb.form) else { return out };
        for root in self.spellings(verb.root) {
            let builder = Builder { letters: &self.letters, morphology: self, templates, root };
            builder.perfect(&mut out);
            builder.imperfect(verb.imperfect, &mut out);
            builder.participles(&mut out);
        }
        out
    }

    /// A hamza in a root is written by its neighbours: on alef, or alone (as the engine folds its other seats).
    fn spellings(&self, root: &str) -> Vec<Vec<char>> {
        let mut all: Vec<Vec<char>> = vec![Vec::new()];
        for c in root.chars().filter(|c| !c.is_whitespace()) {
            let options: &[char] = if c == self.letters.hamza || c == self.letters.alef {
                &[self.letters.alef, self.letters.hamza]
            } else {
                &[c]
            };
            all = all.iter().flat_map(|p| options.iter().map(move |o| [p.as_slice(), &[*o]].concat())).collect();
        }
        all.retain(|r| r.len() == 3 || r.len() == 4);
        all
    }
}

struct Builder<'a> {
    letters: &'a Letters,
    morphology: &'a Morphology,
    templates: &'a FormTemplates,
    root: Vec<char>,
}

impl Builder<'_> {
    fn weak(&self, radical: usize) -> bool {
        self.root.get(radical - 1).is_some_and(|c| *c == self.letters.waw || *c == self.letters.yeh)
    }

    /// Forms that keep a weak middle radical as it is.
    fn middle_holds(&self) -> bool {
        matches!(self.templates.number, 2 | 3 | 5 | 6) || self.root.len() == 4
    }

    fn hollow(&self) -> bool {
        self.weak(2) && !self.weak(3) && !self.middle_holds()
    }

    fn doubled(&self) -> bool {
        self.root.len() == 3 && self.root[1] == self.root[2] && !matches!(self.templates.number, 2 | 5)
    }

    fn defective(&self) -> bool {
        self.root.len() == 3 && self.weak(3)
    }

    fn radicals(&self) -> Radicals {
        let mut out: Radicals = Default::default();
        for (slot, c) in out.iter_mut().zip(&self.root) {
            *slot = c.to_string();
        }
        out
    }

    fn with(&self, radical: usize, text: impl Into<String>) -> Radicals {
        let mut radicals = self.radicals();
        radicals[radical - 1] = text.into();
        radicals
    }

    /// Fills a template; form VIII changes its teh after some first letters and swallows a first waw.
    fn fill(&self, template: &str, radicals: &Radicals) -> String {
        let mut out = String::new();
        let mut chars = template.chars().peekable();
        let (eighth, long) = (self.templates.number == 8, matches!(self.templates.number, 3 | 6));
        let alef = self.letters.alef;
        while let Some(c) = chars.next() {
            match c.to_digit(10) {
                Some(1) if eighth => {
                    chars.next();
                    let teh = self.letters.teh.to_string();
                    let first = &radicals[0];
                    let infix = self.morphology.infix.get(first).unwrap_or(&teh);
                    if self.weak(1) {
                        out.push_str(&teh);
                    } else {
                        out.push_str(first);
                        out.push_str(infix);
                    }
                }
                Some(d) => out.push_str(&radicals[d as usize - 1]),
                // A madda. Elsewhere the letters of such forms are those of other words too (آمن beside أمن).
                None if long && c == alef && out.ends_with(alef) => {}
                None => out.push(c),
            }
        }
        out
    }

    fn stem(&self, template: &str, middle: char, last: char) -> Stem {
        let plain = self.fill(template, &self.radicals());
        if self.hollow() {
            Stem {
                full: self.fill(template, &self.with(2, middle)),
                short: self.fill(template, &self.with(2, "")),
                cut: None,
                bound: None,
            }
        } else if self.defective() {
            Stem {
                full: self.fill(template, &self.with(3, last)),
                short: plain,
                cut: Some(self.fill(template, &self.with(3, ""))),
                bound: Some(self.fill(template, &self.with(3, self.letters.alef))),
            }
        } else if self.doubled() {
            Stem { full: self.fill(template, &self.with(3, "")), short: plain, cut: None, bound: None }
        } else {
            Stem { full: plain.clone(), short: plain, cut: None, bound: None }
        }
    }

    fn perfect(&self, out: &mut Vec<Inflected>) {
        let l = self.letters;
        let last = if self.templates.number == 1 && self.root.get(2) == Some(&l.waw) { l.alef } else { l.yeh };
        let active = self.stem(&self.templates.perfect, l.alef, last);
        let template = self.templates.passive_perfect.as_ref().unwrap_or(&self.templates.perfect);
        let passive = self.stem(template, l.yeh, l.yeh);
        let alike = active.full == passive.full;
        let voice = if alike { Voice::Either } else { Voice::Active };
        self.perfect_of(&active, voice, out);
        if !alike {
            self.perfect_of(&passive, Voice::Passive, out);
        }
    }

    fn perfect_of(&self, stem: &Stem, voice: Voice, out: &mut Vec<Inflected>) {
        for e in &self.morphology.perfect {
            let features = Features { voice, agreement: e.agreement(), ..Features::of(Category::Perfect) };
            let base = if e.short { &stem.short } else { &stem.full };
            let bases: Vec<&String> = match &stem.cut {
                // The last weak letter falls before waw and the feminine teh; verbs in -iya keep it before the latter.
                Some(cut) if !e.short && e.ending.starts_with(self.letters.waw) => vec![cut],
                Some(cut) if !e.short && !e.ending.is_empty() => vec![cut, &stem.short],
                _ => vec![base],
            };
            for base in bases {
                // Two letters alike with no vowel between them are written once.
                let merged = if e.short { base.strip_suffix(|c| e.ending.starts_with(c)) } else { None };
                self.push(merged.unwrap_or(base), &e.ending, e.before_pronoun.as_deref(), features, out);
            }
            if let (Some(bound), "") = (&stem.bound, e.ending.as_str()) {
                out.push(Inflected { form: bound.clone(), features, bound: true });
            }
        }
    }

    fn push(&self, base: &str, ending: &str, bound: Option<&str>, features: Features, out: &mut Vec<Inflected>) {
        out.push(Inflected { form: glue(base, ending), features, bound: false });
        if let Some(bound) = bound {
            out.push(Inflected { form: glue(base, bound), features, bound: true });
        }
    }

    fn imperfect(&self, given: Option<&str>, out: &mut Vec<Inflected>) {
        let l = self.letters;
        let first = self.templates.number == 1;
        let middle = match self.templates.number {
            1 => *self.root.get(1).unwrap_or(&l.yeh),
            7 | 8 => l.alef,
            _ => l.yeh,
        };
        let last = if first { *self.root.get(2).unwrap_or(&l.yeh) } else { l.yeh };
        let mut active = self.stem(&self.templates.imperfect, middle, last);
        let passive = self.stem(&self.templates.imperfect, l.alef, l.yeh);
        if first && self.weak(1) {
            for s in [&mut active.full, &mut active.short].into_iter().chain(active.cut.as_mut()) {
                *s = s.chars().skip(1).collect();
            }
        }
        if let Some(given) = given {
            active.full = given.chars().skip(1).collect();
            if let Some(cut) = &mut active.cut {
                *cut = active.full.clone();
                cut.pop();
                active.short.clone_from(&active.full);
            }
        }
        let alike = active.full == passive.full;
        self.imperfect_of(&active, if alike { Voice::Either } else { Voice::Active }, out);
        if !alike {
            self.imperfect_of(&passive, Voice::Passive, out);
        }
    }

    fn imperfect_of(&self, stem: &Stem, voice: Voice, out: &mut Vec<Inflected>) {
        for e in &self.morphology.imperfect {
            let features = Features { voice, agreement: e.agreement(), ..Features::of(Category::Imperfect) };
            let base = match &stem.cut {
                Some(cut) if e.ending.starts_with(self.letters.waw) => cut,
                Some(_) if !e.ending.is_empty() => &stem.short,
                _ if e.short => &stem.short,
                _ => &stem.full,
            };
            self.push(&glue(&e.prefix, base), &e.ending, e.before_pronoun.as_deref(), features, out);
            if e.ending.is_empty() {
                // The jussive, where it differs.
                let jussive = stem.cut.as_ref().unwrap_or(&stem.short);
                if *jussive != stem.full && (self.hollow() || stem.cut.is_some()) {
                    let features = Features { jussive: true, ..features };
                    out.push(Inflected { form: glue(&e.prefix, jussive), features, bound: false });
                }
                if let Some(bound) = stem.bound.as_ref().filter(|_| voice == Voice::Passive) {
                    out.push(Inflected { form: glue(&e.prefix, bound), features, bound: true });
                }
            }
        }
    }

    fn participles(&self, out: &mut Vec<Inflected>) {
        let l = self.letters;
        let first = self.templates.number == 1;
        let active_middle = match self.templates.number {
            1 => l.hamza,
            7 | 8 => l.alef,
            _ => l.yeh,
        };
        let active = self.participle(&self.templates.active, active_middle, first);
        let passive = if self.hollow() {
            let middle = if first { String::new() } else { l.alef.to_string() };
            vec![self.fill(&self.templates.passive, &self.with(2, middle))]
        } else if self.defective() && first {
            let stem = self.fill(&self.templates.passive, &self.with(3, ""));
            let stem: String = stem.trim_end_matches(l.waw).to_owned();
            vec![format!("{stem}{}", self.root[2])]
        } else {
            self.participle(&self.templates.passive, l.alef, first)
        };
        for (category, stems) in [(Category::ActiveParticiple, active), (Category::PassiveParticiple, passive)] {
            for stem in stems {
                self.decline_participle(&stem, category, out);
            }
        }
    }

    fn participle(&self, template: &str, middle: char, first: bool) -> Vec<String> {
        if self.hollow() {
            vec![self.fill(template, &self.with(2, middle))]
        } else if self.defective() {
            vec![self.fill(template, &self.with(3, "")), self.fill(template, &self.with(3, self.letters.yeh))]
        } else if self.doubled() && !(first && template.contains(self.letters.waw)) {
            vec![self.fill(template, &self.with(3, ""))]
        } else {
            vec![self.fill(template, &self.radicals())]
        }
    }

    fn decline_participle(&self, stem: &str, category: Category, out: &mut Vec<Inflected>) {
        let noun = &self.morphology.noun;
        let base = Features::of(category);
        let mut push =
            |form: String, number: Number, gender: Gender, construct: bool, accusative: bool, bound: bool| {
                let mut features = Features { construct, accusative, ..base };
                features.agreement.number = Some(number);
                features.agreement.gender = Some(gender);
                out.push(Inflected { form, features, bound });
            };
        use Gender::{Feminine as F, Masculine as M};
        push(stem.to_owned(), Number::Singular, M, false, false, false);
        push(glue(stem, &noun.accusative), Number::Singular, M, false, true, false);
        push(glue(stem, &noun.feminine), Number::Singular, F, false, false, false);
        push(glue(stem, &noun.feminine_bound), Number::Singular, F, false, false, true);
        push(glue(stem, &noun.plural_feminine), Number::Plural, F, false, false, false);
        for e in &noun.plural_masculine {
            push(glue(stem, e), Number::Plural, M, false, false, false);
        }
        for e in &noun.plural_masculine_construct {
            push(glue(stem, e), Number::Plural, M, true, false, false);
        }
        for e in &noun.dual[..1] {
            push(glue(stem, e), Number::Dual, M, false, false, false);
        }
        for e in &noun.dual {
            push(format!("{stem}{}{e}", noun.feminine_bound), Number::Dual, F, false, false, false);
        }
    }
}
