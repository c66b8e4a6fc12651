//! One spelling for the many that a text may have, without losing the way back to what was written.
//!
//! [`Options`] says what may change, [`Options::profile`] names useful sets of them, and a [`Normalizer`] does it:
//!
//! ```
//! use khabar::normalize::{Normalizer, Options};
//!
//! let search = Normalizer::new(Options::profile("search").unwrap());
//! assert_eq!(search.normalize("قُصِفَت الرَّقّة عام ٢٠١٧"), "قصفت الرقه عام 2017");
//!
//! let aligned = search.align("قُصِفَت الرَّقّة");
//! assert_eq!(aligned.to_original(0..8), 0.."قُصِفَت".len());
//! ```
//!
//! # Steps
//! 1. What spans several characters: markup, links and hashtags, emoji, hidden words (`html`, `links`, `posts`).
//! 2. One pass over all letters and their marks (`pass`), defined by `letters`, from the tables of
//!    `lexicon/chars.toml`.
//! 3. What depends on neighbours: punctuation, repeats (`neighbours`), white space (`space`).
//! 4. The user's own table.
//!
//! Where steps 1 or 3 changed anything the first three are done again until they find nothing more, so that
//! normalizing twice is normalizing once. Only a long text that is wrapped in itself more than eight times is given up on.

mod data;
mod edit;
mod html;
mod letters;
mod links;
mod neighbours;
mod options;
mod pass;
mod posts;
mod space;
mod triggers;
mod wide;

use std::borrow::Cow;

use crate::text::{Aligned, Alignment, Keep, Runs, Sieve};
use edit::{Edited, Editor};
pub use options::*;

/// How often the steps are done again: text is rarely wrapped in itself more than twice, but a short one may be as often as it
/// likes. So the work has an end that grows no faster than the text.
fn rounds(len: usize) -> usize {
    const BYTES: usize = 1 << 20;
    8 + BYTES / (len + 1)
}

/// Normalizes texts as its [`Options`] say. Cheap to use from many threads at once.
pub struct Normalizer {
    options: Options,
    /// Unicode's form alone, for the steps that come before the letters: they must see one text.
    form: Option<pass::Pass>,
    pass: Option<pass::Pass>,
    /// What the steps round the letters look for; `None` where there are none.
    triggers: Option<triggers::Triggers>,
}

impl Default for Normalizer {
    /// The profile `light`.
    fn default() -> Self {
        Normalizer::new(Options::profile("light").expect("a built-in profile"))
    }
}

impl std::fmt::Debug for Normalizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Normalizer").field(&self.options).finish()
    }
}

impl Normalizer {
    pub fn new(options: Options) -> Self {
        let pass = pass::Pass::new(&options);
        let mut normalizer = Normalizer { options, form: None, pass, triggers: None };
        if normalizer.has_rare_steps() {
            normalizer.triggers = Some(triggers::Triggers::new(&normalizer.options));
        }
        if normalizer.has_steps_before() && normalizer.options.unicode != Unicode::None {
            normalizer.form = pass::Pass::new(&Options { unicode: Unicode::Nfc, ..Options::default() });
        }
        normalizer
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The normalized text; borrowed when there was nothing to do.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// use khabar::normalize::Normalizer;
    ///
    /// let light = Normalizer::default();
    /// assert_eq!(light.normalize("قصــف"), "قصف");
    /// assert!(matches!(light.normalize("قصف"), Cow::Borrowed(_)));
    /// ```
    pub fn normalize<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.run(text, false) {
            Some(edited) => Cow::Owned(edited.text),
            None => Cow::Borrowed(text),
        }
    }

    /// Puts the normalized text behind what `out` holds.
    pub fn normalize_into(&self, text: &str, out: &mut Vec<u8>) {
        let plain = self.options.table.is_empty() && self.triggers.is_none();
        match &self.pass {
            Some(pass) if plain && space::is_regular(text, self.options.whitespace) => {
                let front = out.len();
                pass.append(text, out);
                // Letters may have left white space side by side.
                // SAFETY: the pass writes whole characters.
                let done = unsafe { std::str::from_utf8_unchecked(&out[front..]) };
                if let Some(edited) = space::apply(done, self.options.whitespace, false) {
                    out.truncate(front);
                    out.extend_from_slice(edited.text.as_bytes());
                }
            }
            _ => out.extend_from_slice(self.normalize(text).as_bytes()),
        }
    }

    /// The normalized text of 16-bit units, as CPython stores Arabic; `None` where only [`Normalizer::normalize`] will do.
    ///
    /// ```
    /// use khabar::normalize::Normalizer;
    ///
    /// let units: Vec<u16> = "قصــف".encode_utf16().collect();
    /// let done = Normalizer::default().normalize_units(&units).unwrap();
    /// assert_eq!(String::from_utf16(&done).unwrap(), "قصف");
    /// ```
    pub fn normalize_units(&self, units: &[u16]) -> Option<Vec<u16>> {
        let mut done = self.letters_of_units(units, &mut ())?;
        wide::space(&mut done, self.options.whitespace, &mut ());
        Some(done)
    }

    /// The same with its alignment, in units, which are code points; `None` also where a character has two units.
    pub fn align_units(&self, units: &[u16]) -> Option<(Vec<u16>, Alignment)> {
        let mut sieve = Sieve::new(units.len());
        let mut done = self.letters_of_units(units, &mut sieve)?;
        let middle = done.len();
        let mut spaces = Runs::default();
        wide::space(&mut done, self.options.whitespace, &mut spaces);
        let alignment = if spaces.is_empty() || sieve.only_drops() {
            sieve.thin(&spaces, middle, done.len());
            Alignment::sieved(sieve, done.len(), units.len())
        } else {
            let runs = sieve.runs().then(&spaces, units.len(), middle, done.len());
            Alignment::new(runs, done.len(), units.len())
        };
        Some((done, alignment))
    }

    fn letters_of_units<K: Keep>(&self, units: &[u16], keep: &mut K) -> Option<Vec<u16>> {
        let waits = |units: &[u16]| self.triggers.as_ref().is_some_and(|t| t.in_units(units));
        if !self.options.table.is_empty() || waits(units) {
            return None;
        }
        let done = match &self.pass {
            Some(pass) => wide::apply(pass, units, keep)?,
            None => {
                keep.all(units.len());
                units.to_vec()
            }
        };
        (!waits(&done)).then_some(done)
    }

    /// The normalized text with its alignment to `text`. Panics on a text of 2 GiB or more.
    pub fn align(&self, text: &str) -> Aligned {
        match self.run(text, true) {
            Some(edited) => Aligned::new(edited.text, text.len(), edited.runs),
            None => Aligned::identity(text),
        }
    }

    fn run(&self, text: &str, track: bool) -> Option<Edited> {
        let mut work = Work { source: text, edited: None, track };
        if self.is_plain(&mut work) {
            work.step(|t, track| space::apply(t, self.options.whitespace, track));
        } else {
            if let Some(form) = &self.form {
                work.step(|t, track| form.apply(t, track));
            }
            let mut again = true;
            for round in 0..rounds(text.len()) {
                let found = self.before(&mut work);
                // The letters of a text that they have been through stay as they are.
                if round > 0 && !found && !again {
                    break;
                }
                self.letters(&mut work);
                again = self.after(&mut work);
                work.step(|t, track| space::apply(t, self.options.whitespace, track));
            }
        }
        if !self.options.table.is_empty() {
            work.step(|t, track| self.table(t, track));
        }
        work.edited
    }

    /// Does the letters; whether that was all but white space. If not, nothing has been done.
    fn is_plain(&self, work: &mut Work<'_>) -> bool {
        let Some(triggers) = &self.triggers else {
            self.letters(work);
            return true;
        };
        if triggers.in_text(work.source, &self.options) {
            return false;
        }
        self.letters(work);
        let plain = work.edited.as_ref().is_none_or(|e| !triggers.in_text(&e.text, &self.options));
        if !plain {
            work.edited = None;
        }
        plain
    }

    fn has_steps_before(&self) -> bool {
        let o = &self.options;
        o.html != Html::Keep
            || [o.urls, o.emails, o.mentions] != [Links::Keep; 3]
            || o.hashtags != Hashtags::Keep
            || o.emoji != Emoji::Keep
            || o.hidden != Hidden::Keep
            || o.tanween_alef != TanweenAlef::Keep
    }

    fn has_rare_steps(&self) -> bool {
        let o = &self.options;
        self.has_steps_before()
            || matches!(o.punctuation, Punctuation::Arabic | Punctuation::Drop)
            || o.max_repeat.is_some()
            || o.max_repeat_punctuation.is_some()
    }

    /// The steps that find words and markup; whether they found any.
    fn before(&self, work: &mut Work<'_>) -> bool {
        let o = &self.options;
        let mut found = o.html == Html::Decode && work.step(html::apply);
        found |= work.step(|t, track| links::apply(t, o, track));
        found |= o.emoji == Emoji::Drop && work.step(posts::drop_emoji);
        found |= o.hidden == Hidden::Join && work.step(posts::join_hidden);
        found | (o.tanween_alef == TanweenAlef::Drop && work.step(posts::drop_tanween_alef))
    }

    /// The steps that look at neighbours; whether they changed any.
    fn after(&self, work: &mut Work<'_>) -> bool {
        let o = &self.options;
        let marks = work.step(|t, track| neighbours::punctuation(t, o.punctuation, track));
        marks | work.step(|t, track| neighbours::repeats(t, o, track))
    }

    fn letters(&self, work: &mut Work<'_>) -> bool {
        self.pass.as_ref().is_some_and(|pass| work.step(|t, track| pass.apply(t, track)))
    }

    fn table(&self, text: &str, track: bool) -> Option<Edited> {
        let mut editor = Editor::new(text, track);
        for (at, c) in text.char_indices() {
            if let Some(to) = self.options.table.get(&c) {
                editor.replace(at..at + c.len_utf8(), to);
            }
        }
        editor.finish()
    }
}

/// A text on its way through the steps.
struct Work<'a> {
    source: &'a str,
    edited: Option<Edited>,
    track: bool,
}

impl Work<'_> {
    /// Does one step; whether it changed anything.
    fn step(&mut self, step: impl FnOnce(&str, bool) -> Option<Edited>) -> bool {
        let now = self.edited.as_ref().map_or(self.source, |e| &e.text);
        let Some(next) = step(now, self.track) else { return false };
        self.edited = Some(match self.edited.take() {
            Some(before) => before.then(next, self.source.len(), self.track),
            None => next,
        });
        true
    }
}

#[cfg(test)]
mod tests;
