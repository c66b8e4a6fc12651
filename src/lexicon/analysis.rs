//! What the lexicon knows about a written word: its readings, each with its clitics, and its part in names.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::beginnings::{Beginning, hash, is_told};
use super::{Facts, Form, Joint, Lexicon, List, RowId, Sieve, bit, sieve};
use crate::morph::{Category, Features};
use crate::segment::{Agreement, Back, Front, Letter, Proclitics};

/// One way to read a word: a row of the lexicon, in a form, between clitics. Bytes count from the word's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub row: RowId,
    pub list: List,
    pub features: Features,
    pub clitics: Proclitics,
    pub pronoun: Option<Agreement>,
    /// Where the word begins behind conjunction and preposition, its article included.
    pub start: u8,
    pub stem: u8,
    pub end: u8,
}

/// One way the word may begin or go on in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    pub word: u32,
    /// Where the word leads as the first of a name; 0 if no name begins with it.
    pub node: u32,
    pub clitics: Proclitics,
    pub start: u8,
}

/// What rules ask of almost every word, side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// What the readings may be.
    pub facts: Facts,
    /// One bit for each part of speech of the readings: what is not here need not be looked for.
    pub pos: u64,
    /// The clitics of the likeliest reading; of an unknown word, those that its letters suggest.
    pub clitics: Proclitics,
    /// The byte behind conjunction and preposition.
    pub skip: u8,
    /// The byte behind the conjunction alone.
    pub skip_conjunction: u8,
}

/// What tells of most lemmas that a word is no form of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traces {
    /// One bit for each lemma of the readings.
    lemmas: u64,
    /// One bit for the beginning of each stem.
    stems: u64,
    /// One bit for each class that rules ask for by its name.
    classes: u64,
}

/// What a word leaves in the traces of its forms: a folded lemma, or the words of a class `@…`.
#[derive(Debug, Clone, Copy)]
pub struct Mark(Traces);

impl Mark {
    pub fn of(wanted: &str) -> Self {
        let none = Traces::default();
        Mark(match wanted.strip_prefix('@') {
            Some(class) => Traces { classes: bit(class), ..none },
            None => Traces {
                lemmas: bit(wanted),
                stems: if is_told(wanted) { beginning(wanted) } else { u64::MAX },
                ..none
            },
        })
    }
}

impl Traces {
    /// Whether a word may be what leaves this mark; a no is sure.
    #[inline]
    pub fn may_be(self, Mark(mark): Mark) -> bool {
        self.lemmas & mark.lemmas | self.stems & mark.stems | self.classes & mark.classes != 0
    }

    /// Whether some reading may be of this folded lemma; a no is sure.
    #[inline]
    pub fn may_have_lemma(self, lemma: &str) -> bool {
        self.lemmas & bit(lemma) != 0
    }

    /// Whether some reading may be of this class; a no is sure.
    #[inline]
    pub fn may_be_class(self, class: &str) -> bool {
        self.classes & bit(class) != 0
    }

    /// Whether some stem may begin with these letters; a no is sure.
    #[inline]
    pub fn may_begin(self, letters: &str) -> bool {
        !is_told(letters) || self.stems & beginning(letters) != 0
    }
}

/// Everything known of a word; what is asked most comes first in memory.
#[derive(Debug, Default)]
#[repr(C)]
pub struct Analysis {
    pub traces: Traces,
    /// Best first: the fewest clitics, then the order of the lexicon, a participle behind a perfect.
    pub readings: SmallVec<[Reading; 2]>,
    pub keys: SmallVec<[Key; 2]>,
    /// Every way to cut the front, whether or not the lexicon knows what is behind it.
    pub fronts: SmallVec<[Front; 4]>,
    /// Where the stem behind each of them lies in a sieve.
    sieved: SmallVec<[sieve::Place; 4]>,
    /// How the name behind each of them begins.
    pub begun: SmallVec<[Beginning; 4]>,
    rare: Option<Box<Rare>>,
    /// How it joins its neighbours in a name.
    pub joint: Joint,
    /// No part of the word has another spelling.
    plain: bool,
    pub seen: Seen,
}

/// What few words have. A thread remembers analyses by the ten thousand: a byte less in each is a good deal.
#[derive(Debug, Default)]
struct Rare {
    /// Of an unknown word: the words of long names that are one letter off.
    near: Vec<Key>,
    /// The word itself, if it is a long one.
    word: Box<str>,
}

/// Words longer than this are not words.
pub(super) const LONGEST: usize = 96;
/// The bytes of a word that is its own key where it is remembered.
pub(super) const SHORT: usize = 16;
/// Parts of speech that cannot stand inside a noun phrase.
const FUNCTION: [&str; 11] = ["prep", "conj", "comp", "rel", "neg", "aux", "subset", "adv", "opener", "pron", "dem"];
impl Seen {
    pub const NOTHING: Seen =
        Seen { facts: Facts::NONE, pos: 0, clitics: Proclitics::NONE, skip: 0, skip_conjunction: 0 };
}

impl Lexicon {
    pub(super) fn analyse_afresh(&self, word: &str) -> Analysis {
        let fronts = self.segmenter.clitics.fronts(word).into_iter().collect();
        let mut out = Analysis { fronts, ..Analysis::default() };
        if word.len() > SHORT {
            out.rare.get_or_insert_default().word = word.into();
        }
        if word.len() <= LONGEST {
            self.look_up(word, &mut out);
        }
        let clitics = match self.segmenter.clitics.conjunction(word) {
            alone @ Some(_) => Proclitics { conjunction: alone, ..Proclitics::default() },
            None => likeliest_clitics(&out, |c| self.segmenter.clitics.is_usual_conjunction(c)),
        };
        out.seen.clitics = clitics;
        out.seen.skip = out.front_of(clitics);
        let joined = Proclitics { conjunction: clitics.conjunction, ..Proclitics::default() };
        out.seen.skip_conjunction = out.front_of(joined);
        out.seen.facts |= self.facts_of(word, &out);
        for reading in &out.readings {
            let row = self.row(reading.row);
            out.seen.facts |= self.facts[reading.row as usize];
            out.seen.pos |= bit(&row.pos);
            out.traces.lemmas |= bit(&row.folded);
            out.traces.classes |= row.classes(reading.features.category).fold(0, |all, class| all | bit(class));
        }
        let (mut stems, mut sieved) = (0, SmallVec::new());
        self.stems(word, &out).for_each(|(stem, _)| {
            stems |= beginning(&stem);
            sieved.push(sieve::Place::of(&stem));
        });
        out.traces.stems = stems;
        out.sieved = sieved;
        out.begun = out.fronts.iter().map(|f| Beginning::of(&word[f.name as usize..])).collect();
        out
    }

    fn look_up(&self, word: &str, out: &mut Analysis) {
        let plain = self.fold.is_plain(word);
        out.plain = plain;
        for front in out.fronts.clone() {
            let named = &word[front.name as usize..];
            // A name keeps its article; a front that cut the article is no new beginning of a name.
            if front.assimilated {
                let restored = format!("{}{named}", self.segmenter.clitics.article());
                self.add_key(self.fold.respell(&restored), front.clitics, front.name, out);
            } else if front.name == front.stem {
                self.add_key(self.respell(named, plain), front.clitics, front.name, out);
            }
            let stem = &word[front.stem as usize..];
            for back in self.segmenter.clitics.backs(stem) {
                if back.pronoun.is_some() && front.clitics.article {
                    continue;
                }
                self.add_readings(self.respell(&stem[..back.stem_end as usize], plain), &front, back, out);
                if front.assimilated && back.pronoun.is_none() {
                    self.add_title(&self.respell(stem, plain), &front, back, out);
                }
            }
        }
        if out.readings.is_empty() && out.keys.is_empty() && !out.is_name_part() && out.joint == Joint::None {
            self.add_near(word, plain, out);
        }
        // A participle that names nobody and is written like the perfect of another verb is the rarer of the two.
        let noun = |r: &Reading| r.list != List::Verb && r.clitics.is_empty();
        let perfect = out.readings.iter().any(|r| r.features.category == Category::Perfect && r.clitics.is_empty());
        let perfect = perfect && !out.readings.iter().any(noun);
        // So is "we hit" beside "he set up".
        let told = |r: &Reading| r.features.category == Category::Perfect && r.features.agreement.person == 3;
        let he = out.readings.iter().any(|r| told(r) && r.pronoun.is_none());
        // "a son" beside "let us clear up"
        let named = out.readings.iter().any(noun);
        let rarer = |r: &Reading| {
            named && r.features.jussive && r.features.agreement.person == 1
                || perfect && r.features.category == Category::ActiveParticiple
                || he && r.features.category == Category::Imperfect && r.features.agreement.person == 1
        };
        out.readings.sort_by_key(|r| (r.clitics.count() + u8::from(r.pronoun.is_some()), rarer(r), r.row));
    }

    fn add_near(&self, word: &str, plain: bool, out: &mut Analysis) {
        for front in out.fronts.clone() {
            let named = &word[front.name as usize..];
            let named = match front.assimilated {
                true => Cow::Owned(format!("{}{named}", self.segmenter.clitics.article())),
                false if front.name == front.stem || front.clitics.article => Cow::Borrowed(named),
                false => continue,
            };
            if front.clitics.article && !front.assimilated {
                continue;
            }
            for word in self.near.find(&self.respell(&named, plain)) {
                // A name with an ending is another word.
                if named.starts_with(self.near.spelled(word)) {
                    continue;
                }
                let node = self.names.step(0, word).unwrap_or(0);
                let key = Key { word, node, clitics: front.clitics, start: front.name };
                out.rare.get_or_insert_default().near.push(key);
            }
        }
    }

    /// `plain`: nothing in the word that holds the part has another spelling.
    fn respell<'w>(&self, part: &'w str, plain: bool) -> Cow<'w, str> {
        if plain { Cow::Borrowed(part) } else { self.fold.respell(part) }
    }

    /// What the word is as a whole.
    fn facts_of(&self, word: &str, analysis: &Analysis) -> Facts {
        let readings = &analysis.readings;
        let row = |r: &Reading| self.row(r.row);
        let finite = |r: &Reading| r.features.category.is_finite();
        let nominal = readings.is_empty() || readings.iter().any(|r| !finite(r) && row(r).pos.is_empty());
        let two = |r: &Reading| r.features.is_dual() || r.pronoun.is_some_and(|p| p.person == 1);
        let first = readings.first();
        let function = first.is_some_and(|r| match r.list {
            List::Cue | List::Turn => true,
            List::Word => FUNCTION.contains(&row(r).pos.as_str()),
            _ => false,
        });
        Facts::KNOWN.when(first.is_some())
            | Facts::NOMINAL.when(nominal)
            | Facts::DUAL.when(readings.iter().any(two) || self.feminine_dual(word).is_some())
            | Facts::FUNCTION.when(function)
            | Facts::PREPOSITION.when(first.is_some_and(|r| row(r).pos == "prep"))
            | Facts::FINITE.when(first.is_some_and(finite))
            | Facts::VERB.when(readings.iter().any(finite))
            | Facts::DEFINITE.when(analysis.seen.clitics.article || readings.iter().any(|r| r.clitics.article))
            | Facts::NAMED.when(analysis.keys.iter().any(|k| k.node != 0))
            | Facts::NEAR.when(!analysis.near().is_empty())
            | Facts::BOUND_PRONOUN.when(self.segmenter.clitics.is_bound_pronoun(word))
            | Facts::JOINT_FRONT.when(analysis.joint == Joint::Front)
            | Facts::JOINT_BACK.when(analysis.joint == Joint::Back)
    }

    /// The stems that the word may have behind its clitics, as the lexicons spell them.
    #[inline]
    pub fn stems<'w>(&self, word: &'w str, analysis: &'w Analysis) -> impl Iterator<Item = (Cow<'w, str>, &'w Front)> {
        let fronts = if word.len() <= LONGEST { analysis.fronts.as_slice() } else { &[] };
        fronts.iter().map(|f| (self.respell(&word[f.stem as usize..], analysis.plain), f))
    }

    /// Those of the stems that may be among the words of a set.
    #[inline]
    pub fn stems_in<'w>(
        &self,
        set: &Sieve,
        word: &'w str,
        analysis: &'w Analysis,
    ) -> impl Iterator<Item = (Cow<'w, str>, &'w Front)> {
        let near = analysis.fronts.iter().zip(&analysis.sieved).filter(|(_, place)| set.may_hold(**place));
        near.map(|(f, _)| (self.respell(&word[f.stem as usize..], analysis.plain), f))
    }

    fn add_key(&self, respelled: Cow<'_, str>, clitics: Proclitics, start: u8, out: &mut Analysis) {
        let other = self.morphology.other_heh(&respelled);
        let word = self.names.word(&respelled).or_else(|| other.as_deref().and_then(|o| self.names.word(o)));
        if let Some(word) = word {
            out.keys.push(Key { word, node: self.names.step(0, word).unwrap_or(0), clitics, start });
        }
        if (clitics.is_empty() || clitics.preposition.is_some() || clitics.conjunction.is_some())
            && let Some(part) = self.name_parts.get(respelled.as_ref())
        {
            if part.joint == Joint::None {
                out.seen.facts |= Facts::NAME_PART
                    | Facts::COMMON_NAME.when(part.common)
                    | Facts::WHOLE_NAME_PART.when(clitics.is_empty());
            } else if clitics.is_empty() || part.joint == Joint::Front {
                out.joint = part.joint;
            }
        }
    }

    /// A title that is listed with its article, behind a preposition that has swallowed it.
    fn add_title(&self, stem: &str, front: &Front, back: Back, out: &mut Analysis) {
        let articled = format!("{}{stem}", self.segmenter.clitics.article());
        let forms = self.forms.get(&articled).map_or(&[][..], |f| f.as_slice());
        for form in forms.iter().filter(|f| self.list(f.row) == List::Title && !f.bound) {
            out.readings.push(Reading {
                row: form.row,
                list: List::Title,
                features: form.features,
                clitics: front.clitics,
                pronoun: None,
                start: front.name,
                stem: front.stem,
                end: front.stem + back.stem_end,
            });
        }
    }

    fn add_readings(&self, respelled: Cow<'_, str>, front: &Front, back: Back, out: &mut Analysis) {
        let found = self.forms.get(respelled.as_ref()).map(|f| f.as_slice()).unwrap_or_else(|| {
            let other = self.morphology.other_heh(&respelled).filter(|_| back.pronoun.is_none());
            other.and_then(|o| self.forms.get(o.as_str())).map_or(&[], |f| f.as_slice())
        });
        for Form { row, features, bound } in found {
            if *bound != back.pronoun.is_some() && *bound {
                continue;
            }
            let subjunctive = front.clitics.preposition.is_none_or(|p| self.segmenter.clitics.is_subjunctive(p));
            // "took to flight" is written like "to" and "since": a conjunction has no preposition.
            let governed = features.category == Category::Particle && front.clitics.preposition.is_some();
            if !fits(features, front.clitics, back.pronoun.is_some(), subjunctive)
                || governed && self.words[*row as usize].1.pos == "conj"
            {
                continue;
            }
            out.readings.push(Reading {
                row: *row,
                list: self.list(*row),
                features: *features,
                clitics: front.clitics,
                pronoun: back.pronoun,
                start: front.name,
                stem: front.stem,
                end: front.stem + back.stem_end,
            });
        }
    }
}

impl Analysis {
    /// Whether some stem may be among the words of a set; a no is sure.
    #[inline]
    pub fn may_have_stem_in(&self, set: &Sieve) -> bool {
        self.sieved.iter().any(|place| set.may_hold(*place))
    }

    /// Of an unknown word: the words of long names that are one letter off.
    pub fn near(&self) -> &[Key] {
        self.rare.as_ref().map_or(&[], |r| &r.near)
    }

    /// Whether it is the analysis of this word, if that is a long one.
    pub(super) fn is_of_long(&self, word: &str) -> bool {
        self.rare.as_ref().is_some_and(|r| *r.word == *word)
    }

    pub fn is_name_part(&self) -> bool {
        self.seen.facts.any(Facts::NAME_PART)
    }

    /// It is one as it stands, with no clitic cut.
    pub fn is_whole_name_part(&self) -> bool {
        self.seen.facts.any(Facts::WHOLE_NAME_PART)
    }

    /// Where the name behind these clitics begins; the article is part of a name.
    fn front_of(&self, clitics: Proclitics) -> u8 {
        if clitics.count() == u8::from(clitics.article) {
            return 0;
        }
        self.fronts.iter().find(|f| f.clitics == clitics).map_or(0, |f| f.name)
    }
}

/// A bit for the first letters of a word; words may share one.
#[inline]
fn beginning(word: &str) -> u64 {
    1 << (hash(word) % 64)
}

fn likeliest_clitics(analysis: &Analysis, is_usual: impl Fn(Letter) -> bool) -> Proclitics {
    let reading = analysis.readings.first().map(|r| r.clitics);
    // "and the forces", "to the party" go on in some name: that is no reason to take "and" and "to" for a part of the word.
    let glued = |c: Proclitics| c.conjunction.is_some() || c.preposition.is_some();
    let cut = reading.is_some_and(glued) || analysis.keys.iter().any(|k| k.node != 0);
    let keys = analysis.keys.iter().filter(|k| k.node != 0 || !cut);
    let key = keys.map(|k| k.clitics).min_by_key(|c| c.count());
    match (reading, key) {
        // A name keeps its article, a reading shows it: the two may say the same.
        (Some(r), Some(k)) => {
            let article = r.article || k.article;
            let (r, k) = (Proclitics { article: false, ..r }, Proclitics { article: false, ..k });
            if r == k || r.count() <= k.count() { Proclitics { article, ..r } } else { k }
        }
        (Some(c), None) => c,
        (None, Some(c)) => {
            let bare = |p: Proclitics| Proclitics { article: false, ..p };
            let article = analysis.fronts.iter().any(|f| f.clitics.article && bare(f.clitics) == bare(c));
            Proclitics { article, ..c }
        }
        (None, None) if analysis.seen.facts.any(Facts::WHOLE_NAME_PART) => Proclitics::default(),
        (None, None) => {
            let fronts = &analysis.fronts;
            let articled = fronts.iter().filter(|f| f.clitics.article).min_by_key(|f| f.clitics.count());
            let usual = |f: &&Front| f.clitics.count() == 1 && f.clitics.conjunction.is_some_and(&is_usual);
            let joined = || fronts.iter().find(usual);
            articled.filter(|_| !analysis.is_name_part()).or_else(joined).map_or(Proclitics::default(), |f| f.clitics)
        }
    }
}

/// Whether these clitics may stand on such a form.
fn fits(features: &Features, clitics: Proclitics, pronoun: bool, subjunctive: bool) -> bool {
    match features.category {
        Category::Perfect => !clitics.article && clitics.preposition.is_none() && !clitics.future,
        Category::Imperfect => !clitics.article && subjunctive,
        Category::Particle => !clitics.future && !clitics.article,
        // An ending of the construct stands not behind the article, one of case neither before a pronoun nor behind a preposition.
        _ if clitics.future => false,
        _ => {
            let oblique = pronoun || clitics.preposition.is_some();
            !(features.construct && clitics.article || features.accusative && oblique)
        }
    }
}
