//! What the lexicon knows about a written word: its readings, each with its clitics, and its part in names.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{Form, Joint, Lexicon, RowId};
use crate::morph::{Category, Features};
use crate::segment::{Agreement, Proclitics};

/// One way to read a word: a row of the lexicon, in a form, between clitics. Bytes count from the word's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub row: RowId,
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
    pub clitics: Proclitics,
    pub start: u8,
}

#[derive(Debug, Default)]
pub struct Analysis {
    /// Best first: the fewest clitics, then the order of the lexicon.
    pub readings: SmallVec<[Reading; 4]>,
    pub keys: SmallVec<[Key; 4]>,
    /// The fronts the word could have, known or not: for words in no lexicon.
    pub is_name_part: bool,
    pub is_common_name: bool,
    /// It is one as it stands, with no clitic cut.
    pub is_whole_name_part: bool,
    /// How it joins its neighbours in a name.
    pub joint: Joint,
}

/// Words longer than this are not words.
const LONGEST: usize = 96;
/// The words a thread remembers.
const REMEMBERED: usize = 1 << 16;

/// The number of the lexicon that a thread's memory is of, and the words it remembers.
type Memory = (u64, FxHashMap<Box<str>, Rc<Analysis>>);

thread_local! {
    static CACHE: RefCell<Memory> = RefCell::default();
}

impl Lexicon {
    /// Everything known about a folded word.
    pub fn analyse(&self, word: &str) -> Rc<Analysis> {
        CACHE.with(|cache| {
            let (owner, known) = &mut *cache.borrow_mut();
            if *owner != self.id || known.len() > REMEMBERED {
                known.clear();
                *owner = self.id;
            }
            if let Some(analysis) = known.get(word) {
                return analysis.clone();
            }
            let analysis = Rc::new(self.analyse_afresh(word));
            known.insert(word.into(), analysis.clone());
            analysis
        })
    }

    fn analyse_afresh(&self, word: &str) -> Analysis {
        let mut out = Analysis::default();
        if word.len() > LONGEST {
            return out;
        }
        for front in self.segmenter.clitics.fronts(word) {
            let named = &word[front.name as usize..];
            let restored;
            let name = if front.assimilated {
                restored = format!("{}{named}", self.segmenter.clitics.article());
                &restored
            } else {
                named
            };
            // A name keeps its article; a front that cut the article is no new beginning of a name.
            if front.assimilated || front.name == front.stem {
                self.add_key(name, front.clitics, front.name, &mut out);
            }
            let stem = &word[front.stem as usize..];
            for back in self.segmenter.clitics.backs(stem) {
                if back.pronoun.is_some() && front.clitics.article {
                    continue;
                }
                self.add_readings(&stem[..back.stem_end as usize], &front, back, &mut out);
            }
        }
        out.readings.sort_by_key(|r| (r.clitics.count() + u8::from(r.pronoun.is_some()), r.row));
        out
    }

    fn add_key(&self, name: &str, clitics: Proclitics, start: u8, out: &mut Analysis) {
        let respelled = self.fold.respell(name);
        let other = self.morphology.other_heh(&respelled);
        let word = self.names.word(&respelled).or_else(|| other.as_deref().and_then(|o| self.names.word(o)));
        if let Some(word) = word {
            out.keys.push(Key { word, clitics, start });
        }
        if (clitics.is_empty() || clitics.preposition.is_some() || clitics.conjunction.is_some())
            && let Some(part) = self.name_parts.get(respelled.as_ref())
        {
            if part.joint == Joint::None {
                out.is_name_part = true;
                out.is_common_name |= part.common;
                out.is_whole_name_part |= clitics.is_empty();
            } else if clitics.is_empty() || part.joint == Joint::Front {
                out.joint = part.joint;
            }
        }
    }

    fn add_readings(&self, stem: &str, front: &crate::segment::Front, back: crate::segment::Back, out: &mut Analysis) {
        let respelled = self.fold.respell(stem);
        let found = self.forms.get(respelled.as_ref()).map(|f| f.as_slice()).unwrap_or_else(|| {
            let other = self.morphology.other_heh(&respelled).filter(|_| back.pronoun.is_none());
            other.and_then(|o| self.forms.get(o.as_str())).map_or(&[], |f| f.as_slice())
        });
        for Form { row, features, bound } in found {
            if *bound != back.pronoun.is_some() && *bound {
                continue;
            }
            let subjunctive = front.clitics.preposition.is_none_or(|p| self.segmenter.clitics.is_subjunctive(p));
            if !fits(features, front.clitics, back.pronoun.is_some(), subjunctive) {
                continue;
            }
            out.readings.push(Reading {
                row: *row,
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

/// Whether these clitics may stand on such a form.
fn fits(features: &Features, clitics: Proclitics, pronoun: bool, subjunctive: bool) -> bool {
    match features.category {
        Category::Perfect => !clitics.article && clitics.preposition.is_none() && !clitics.future,
        Category::Imperfect => !clitics.article && subjunctive,
        Category::Particle => !clitics.future && !clitics.article,
        // An ending of the construct or of case stands neither behind the article nor before a pronoun.
        _ if clitics.future => false,
        _ => !(features.construct && clitics.article || features.accusative && pronoun),
    }
}
