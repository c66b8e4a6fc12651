//! Claims: who says what happened, to whom, how many, where and when.
//!
//! Sources are found first, then what happened, then who was harmed; every claim inside a source's words carries that
//! source, the innermost first.

mod accused;
mod aftermath;
mod aimed;
mod alike;
mod antecedent;
mod apart;
mod arms;
pub mod attribution;
mod blame;
mod breakdown;
mod brought;
mod can_act;
mod casualty;
mod cause;
mod charge;
mod charged;
mod circumstance;
mod class;
mod clause;
mod content;
mod control;
mod count;
mod cue;
mod culprit;
mod deeds;
mod denied;
mod described;
mod doer;
mod elided;
mod elsewhere;
mod event;
mod filling;
mod fought;
mod governed;
mod ground;
mod groups;
mod harm_place;
mod harmed;
mod headline;
mod held;
mod identity;
mod incident;
mod individual;
mod inserted;
mod joined;
mod journey;
mod losses;
mod membership;
mod near;
mod nobody;
mod nominal;
mod other_deed;
mod parts;
mod phrase;
mod place;
mod place_lent;
mod place_taken_up;
mod polarity;
mod present;
mod reference;
mod roles;
mod scope;
mod sides;
mod since;
mod slots;
mod speaker;
mod speaker_extent;
mod speech_end;
mod subject;
mod sure;
mod talk;
mod tally;
mod together;
mod told;
mod toll_nouns;
mod topic;
mod trigger;
mod undergone;
mod unreached;
mod victims;
mod voice;
mod ward;
mod when;
mod wielder;

use crate::grammar::Document;
use crate::mention::{Extent, Mentions};

pub use attribution::Attribution;
pub use casualty::{Casualty, casualties};
pub use count::{Count, Group, singles};
pub use event::{Event, events};
pub use scope::Scene;

/// What fills a role: the words, and the mention that they are or stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filler {
    pub at: Extent,
    /// The mention in `Mentions::actors`.
    pub actor: Option<usize>,
    /// The mention in `Mentions::places`.
    pub place: Option<usize>,
}

#[derive(Debug, Default)]
pub struct Claims {
    pub attributions: Vec<Attribution>,
    pub events: Vec<Event>,
    pub casualties: Vec<Casualty>,
}

/// Every claim of a report.
pub fn claims(doc: &Document<'_>, mentions: &Mentions) -> Claims {
    let mut scene = Scene::new(doc, mentions);
    let attributions = attribution::attributions(&scene);
    scene.attribute(attributions);
    let mut events = events(&scene);
    let casualties = casualties(&scene, &events);
    sides::fallen(&scene, &mut events, &casualties);
    Claims { attributions: scene.attributions, events, casualties }
}
