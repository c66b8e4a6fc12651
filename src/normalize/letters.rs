//! What happens to letters and their marks, said plainly: the definition that the fast pass must agree with.
//!
//! [`Letters::resolve`] takes any text through the steps one after the other. It is right and slow; the pass asks it
//! once for each character when it is built, and after that only where marks meet letters in a way that matters.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical, decompose_compatible};

use super::data::{Fold, data};
use super::options::*;

pub(super) const JOINER: char = '\u{200D}';
const PRESENTATION: [std::ops::RangeInclusive<char>; 2] = ['\u{FB50}'..='\u{FDFF}', '\u{FE70}'..='\u{FEFC}'];

/// Madda above, hamza above, hamza below: part of the letter that they stand on.
pub(super) fn is_letter_mark(c: char) -> bool {
    matches!(c, '\u{653}'..='\u{655}')
}

/// Vowel signs, shadda, sukun, superscript alef: they sort among themselves and compose with nothing.
pub(super) fn is_vowel(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{670}')
}

pub(super) struct Letters {
    pub form: Unicode,
    presentation: Option<&'static Fold>,
    /// Dropped characters, and whether they stay with the letter before.
    drops: FxHashMap<char, bool>,
    keep_joiners: bool,
    joined: &'static Fold,
    /// The superscript alef as a letter, and after which letters it is none.
    dagger: Option<(&'static Fold, &'static Fold)>,
    /// One character for another, whatever stands round it.
    map: Fold,
    alef: Option<(&'static Fold, &'static Fold)>,
    alefs: FxHashSet<char>,
    hamza: Option<&'static Fold>,
}

impl Letters {
    pub fn new(options: &Options) -> Self {
        let fold = |option, value| data().fold(option, value);
        let mut drops = FxHashMap::default();
        let mut drop = |option, value, owned| drops.extend(fold(option, value).keys().map(|&c| (c, owned)));
        if options.tatweel == Tatweel::Drop {
            drop("tatweel", "drop", true);
        }
        if options.diacritics != Diacritics::Keep {
            drop("diacritics", "strip", true);
        }
        if options.quranic_marks == QuranicMarks::Drop {
            drop("quranic_marks", "drop", true);
        }
        if options.dagger_alef == DaggerAlef::Drop {
            drop("dagger_alef", "drop", true);
        }
        if options.zero_width == ZeroWidth::Drop {
            drop("zero_width", "drop", false);
        }
        if options.bidi == Bidi::Drop {
            drop("bidi", "drop", false);
        }
        let spared = match options.diacritics {
            Diacritics::StripKeepTanween => Some("strip_keep_tanween"),
            Diacritics::StripKeepShadda => Some("strip_keep_shadda"),
            _ => None,
        };
        for c in spared.into_iter().flat_map(|value| fold("diacritics", value).keys()) {
            drops.remove(c);
        }

        let mut map = Fold::default();
        let mut add = |on: bool, option, value| {
            if on {
                map.extend(fold(option, value).iter().map(|(&c, to)| (c, to.clone())));
            }
        };
        add(options.alef_wasla == AlefWasla::Fold, "alef_wasla", "fold");
        add(options.alef_maqsura == AlefMaqsura::Yeh, "alef_maqsura", "yeh");
        add(options.teh_marbuta == TehMarbuta::Heh, "teh_marbuta", "heh");
        add(options.persian_letters == PersianLetters::Arabic, "persian_letters", "arabic");
        add(options.digits == Digits::Western, "digits", "western");
        add(options.digits == Digits::ArabicIndic, "digits", "arabic_indic");
        add(options.separators == Separators::Western, "separators", "western");
        add(options.punctuation == Punctuation::Western, "punctuation", "western");
        add(options.quotes == Quotes::Straight, "quotes", "straight");
        // What one table gives may be what another one takes.
        for _ in 0..3 {
            let before = map.clone();
            for to in map.values_mut() {
                *to = to.chars().map(|c| before.get(&c).cloned().unwrap_or_else(|| c.into())).collect();
            }
        }

        let alefs = fold("alef", "fold").iter().flat_map(|(&c, to)| to.chars().chain([c]));
        Letters {
            form: options.unicode,
            presentation: (options.presentation_forms == PresentationForms::Fold)
                .then(|| fold("presentation_forms", "fold")),
            drops,
            keep_joiners: options.zero_width == ZeroWidth::Drop,
            joined: fold("emoji", "joined"),
            dagger: (options.dagger_alef == DaggerAlef::Alef)
                .then(|| (fold("dagger_alef", "alef"), fold("dagger_alef", "silent_after"))),
            map,
            alef: (options.alef == Alef::Fold).then(|| (fold("alef", "fold"), fold("alef", "marks"))),
            alefs: alefs.chain(fold("alef_wasla", "fold").keys().copied()).collect(),
            hamza: match options.hamza {
                Hamza::Keep => None,
                Hamza::Fold => Some(fold("hamza", "fold")),
                Hamza::Lone => Some(fold("hamza", "lone")),
            },
        }
    }

    /// Every character that a table names.
    pub fn named(&self) -> Vec<char> {
        let mut all: Vec<char> = self.drops.keys().chain(self.map.keys()).copied().collect();
        for table in [self.alef.map(|a| a.0), self.hamza].into_iter().flatten() {
            all.extend(table.keys());
        }
        if self.presentation.is_some() || self.form == Unicode::Nfkc {
            all.extend(PRESENTATION.into_iter().flatten());
        }
        all
    }

    /// Whether nothing at all is asked of letters.
    pub fn is_idle(&self) -> bool {
        self.form == Unicode::None && self.dagger.is_none() && self.named().is_empty()
    }

    /// Whether `c` stays with the letter before it, if it is dropped; `None` if it is not.
    pub fn dropped(&self, c: char) -> Option<bool> {
        self.drops.get(&c).copied()
    }

    /// Whether what `c` becomes may hang on the letter before it.
    pub fn needs_base(&self, c: char) -> bool {
        (is_letter_mark(c) && (self.form != Unicode::None || self.reads_marks()))
            || self.dagger.is_some_and(|d| d.0.contains_key(&c))
    }

    /// Whether it matters on which letter a mark stands, or in which order marks do.
    pub fn minds_marks(&self) -> bool {
        self.form != Unicode::None || self.reads_marks() || self.dagger.is_some()
    }

    fn reads_marks(&self) -> bool {
        self.alef.is_some() || self.hamza.is_some()
    }

    /// Whether the joiner at byte `at` holds an emoji together.
    pub fn joins(&self, text: &str, at: usize) -> bool {
        // A sign that turns into a letter of its own, or into a plain mark, is no emoji any more.
        let composed = |c: char| self.form != Unicode::Nfkc || std::iter::once(c).nfkc().eq([c]);
        let stays = |c: char| composed(c) && !self.map.contains_key(&c) && !self.drops.contains_key(&c);
        let joined = |c: Option<char>| c.is_some_and(|c| self.joined.contains_key(&c) && stays(c));
        self.keep_joiners
            && joined(text[..at].chars().next_back())
            && joined(text[at + JOINER.len_utf8()..].chars().next())
    }

    /// The whole definition.
    pub fn resolve(&self, text: &str) -> String {
        let composed = self.compose(&self.take_apart(text));
        let spelled = self.spell(&composed).map_or(composed, |s| self.compose(&s));
        let folded = self.fold(&spelled);
        // A sign that is gone may have stood between a letter and an accent of its own.
        let accent = |c: char| canonical_combining_class(c) != 0 && !is_vowel(c);
        if folded != spelled && folded.contains(accent) { self.fold(&self.compose(&folded)) } else { folded }
    }

    /// Ligatures and compatibility characters as their letters; what is to be dropped is gone.
    fn take_apart(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if c == JOINER && self.joins(text, at) {
                out.push(c);
                continue;
            }
            let mut push = |c: char| {
                let mut drop = |d: char| {
                    if !self.drops.contains_key(&d) {
                        out.push(d);
                    }
                };
                match self.form {
                    Unicode::None => drop(c),
                    Unicode::Nfc => decompose_canonical(c, drop),
                    Unicode::Nfkc => decompose_compatible(c, drop),
                }
            };
            match self.presentation {
                Some(named) if PRESENTATION.iter().any(|r| r.contains(&c)) => match named.get(&c) {
                    Some(to) => to.chars().for_each(push),
                    None => {
                        // Unicode gives the marks a space to stand on; here they stand on the letter before.
                        let mut first = true;
                        std::iter::once(c)
                            .nfkc()
                            .filter(|&d| !(std::mem::take(&mut first) && d == ' '))
                            .for_each(&mut push);
                    }
                },
                _ => push(c),
            }
        }
        out
    }

    fn compose(&self, text: &str) -> String {
        if self.form != Unicode::None {
            return text.nfc().collect();
        }
        if !self.reads_marks() || !text.contains(is_letter_mark) {
            return text.to_owned();
        }
        // Folding reads the hamza of a letter wherever it is stored, even when Unicode's forms are left alone.
        let mut out: Vec<char> = Vec::with_capacity(text.len());
        let mut base = None;
        for c in text.chars() {
            match base.and_then(|at: usize| compose(out[at], c)).filter(|_| is_letter_mark(c)) {
                Some(letter) => out[base.expect("composed")] = letter,
                None => {
                    if !is_vowel(c) {
                        base = (!is_letter_mark(c)).then_some(out.len());
                    }
                    out.push(c);
                }
            }
        }
        out.into_iter().collect()
    }

    /// One letter for another; `None` when there is nothing to do.
    fn spell(&self, text: &str) -> Option<String> {
        let dagger = |c: &char| self.dagger.is_some_and(|d| d.0.contains_key(c));
        if !text.chars().any(|c| dagger(&c) || self.map.contains_key(&c)) {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        let mut base = None;
        for c in text.chars() {
            if let Some((alef, silent)) = self.dagger.filter(|_| dagger(&c)) {
                if !base.is_some_and(|b| silent.contains_key(&b)) {
                    out.push_str(&alef[&c]);
                }
                continue;
            }
            if canonical_combining_class(c) == 0 {
                base = Some(c);
            }
            match self.map.get(&c) {
                Some(to) => out.push_str(to),
                None => out.push(c),
            }
        }
        Some(out)
    }

    /// The letters that carry a hamza or madda, and signs of theirs that found no letter.
    fn fold(&self, text: &str) -> String {
        if !self.reads_marks() {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut on_alef = false;
        for c in text.chars() {
            if is_letter_mark(c) {
                match (on_alef, self.alef, self.hamza.and_then(|h| h.get(&c))) {
                    (true, Some((_, marks)), _) if marks.contains_key(&c) => {}
                    (false, _, Some(to)) => out.push_str(to),
                    _ => out.push(c),
                }
                continue;
            }
            if canonical_combining_class(c) == 0 {
                on_alef = self.alefs.contains(&c);
            }
            let to = self.alef.and_then(|a| a.0.get(&c)).or_else(|| self.hamza.and_then(|h| h.get(&c)));
            match to {
                Some(to) => out.push_str(to),
                None => out.push(c),
            }
        }
        out
    }
}
