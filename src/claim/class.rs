//! What class those harmed are of where no noun says it: that of the group told before, of the party, of whoever flees.

use std::ops::Range;

use super::casualty::{Finder, Harm};
use super::count::{Group, harm_of, people};
use super::trigger::Shape;
use crate::segment::Kind;

impl Finder<'_, '_, '_> {
    /// "and his colleague": of the class of the one before.
    pub(super) fn is_companion(&self, noun: usize) -> bool {
        people(self.scene, noun)
            .is_some_and(|(r, row)| r.pronoun.is_some() && row.victim.as_deref() == Some("same") && !row.collective)
    }

    /// "the killing of two soldiers and the wounding of 4": a bare number in one breath with the row before.
    pub(super) fn goes_with(&self, token: usize, group: &Group) -> bool {
        let doc = self.scene.doc;
        let shape = self.scene.trigger_at(token).map(|t| t.shape);
        let masdar = shape == Some(Shape::Masdar);
        // "five civilians and 12 wounded": the noun of the harm behind its number.
        let number = group.anchor.as_ref().map_or(token, |a| a.start);
        let listed = number > token && group.victims.as_ref().is_some_and(|v| harm_of(self.scene, v.start).is_some());
        let noun = shape == Some(Shape::Noun) && number < token || listed;
        let first = if noun { number } else { token };
        let measure = masdar || noun || shape.is_some_and(|s| s.is_verb());
        // Before digits "and" stands by itself.
        let apart = first > 0 && doc.after_and(first - 1) == first;
        let joined = measure && (doc.clitics(first).conjunction.is_some() || apart);
        let unsaid = group.victims.as_ref().is_none_or(|v| v.len() == 1 && harm_of(self.scene, v.start).is_some());
        let bare = unsaid && (group.count.value.is_some() || group.anchor.is_some());
        let Some(before) = self.row_before(first).filter(|r| joined && bare && r.anchor.tokens.end <= first) else {
            return false;
        };
        // Behind a verb they need not be children or women too.
        if !masdar && !matches!(before.victim_class.as_str(), "civilian" | "combatant") {
            return false;
        }
        // "four soldiers met their death and six were wounded": past the verb that told of the four.
        let told =
            |t: usize| self.scene.trigger_at(t).is_some_and(|x| x.frame.harm.is_some()) || doc.turn_at(t).is_some();
        let words = |t: usize| doc.is_word(t) && (!doc.is_finite(t) || doc.could_be_nominal(t) || told(t));
        let from =
            before.victims.as_ref().map_or(before.anchor.tokens.end, |v| v.at.tokens.end.max(before.anchor.tokens.end));
        // "three civilians, among them a medic, and the wounding of seven": past the part between commas.
        // "six gunmen killed, and the arrest of two": two of them.
        let trigger = self.scene.trigger_at(token);
        let held = masdar && trigger.is_some_and(|t| t.frame.harm.as_deref() == Some("detained"));
        let part = doc.kind(from) == Some(Kind::Comma) && doc.is_particle(from + 1, "subset");
        (before.anchor.tokens.end..first).all(|t| words(t) || (part || held) && doc.kind(t) == Some(Kind::Comma))
    }

    /// "more than thirty of them", "many of them"
    pub(super) fn is_of_them(&self, anchor: &Range<usize>, group: &Group) -> bool {
        let doc = self.scene.doc;
        let counted = group.victims.as_ref().is_none_or(|v| *v == *anchor);
        counted && doc.particle(anchor.end, "subset").is_some_and(|r| r.count.is_none() && r.share.is_none())
    }

    /// Nobody says who they are: so many who flee are civilians, unless a nation is all that is said of them.
    pub(super) fn class_unsaid(&self, harm: &Harm<'_, '_>, group: &Group) -> String {
        let nation = |v: &Range<usize>| v.clone().any(|t| self.scene.doc.is_demonym(t).is_some());
        let several = group.count.value.is_some_and(|n| n > 1);
        let flee = harm.kind == "displaced" && several && !group.victims.as_ref().is_some_and(nation);
        if flee { "civilian" } else { "unknown" }.to_owned()
    }

    /// Members of a fighting party, or people known by nothing but it, are combatants.
    pub(super) fn class_of_members(
        &self,
        class: String,
        victims: Option<Range<usize>>,
        party: Option<usize>,
    ) -> String {
        let fights = |a: usize| self.scene.mentions.actors[a].is_force();
        let grouped =
            victims.clone().and_then(|v| people(self.scene, v.start)).is_some_and(|(_, row)| row.class_of_group);
        let member = victims.is_none_or(|v| {
            let named = self.scene.actor_at(v.start).is_some_and(|a| party.is_some_and(|p| self.same_side(a, p)));
            let of_others = self.scene.doc.is_particle(v.start, "other");
            // "thirteen dead of the army": called by nothing but what befell them.
            let harmed = harm_of(self.scene, v.start).is_some();
            // "a number of its men"
            let of_group = |t: usize| people(self.scene, t).is_some_and(|(_, row)| row.class_of_group);
            let counted =
                self.scene.quantity_at(v.start).map_or(v.start, |q| self.scene.mentions.quantities[q].tokens.end);
            let noun = if self.scene.doc.is_preposition(counted) { counted + 1 } else { counted };
            named || of_others || harmed || of_group(v.start) || v.contains(&noun) && of_group(noun)
        });
        // Whoever leads an armed group holds no office.
        let armed = |a: usize| self.scene.mentions.actors[a].kind == "armed_group";
        // Volunteers of a force fight for it.
        let fighter = (class == "unknown" || class == "civilian" && grouped) && member && party.is_some_and(fights);
        if fighter || class == "official" && party.is_some_and(armed) { "combatant".to_owned() } else { class }
    }
}
