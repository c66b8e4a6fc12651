//! "suffered ten dead", "inflicted ten dead on X": whose the dead are, and who is to blame, by the verb that counts them.

use super::Filler;
use super::casualty::{Finder, Harm};
use super::count::{harm_of, people};
use super::roles::Roles;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;

/// How far before the dead the verb may stand.
const FAR: usize = 12;

impl<'t, 'a> Finder<'_, '_, 'a> {
    /// The harm with the party that lost them and the one that inflicted it, where a verb of loss counts the dead.
    pub(super) fn with_loser(&self, harm: &Harm<'t, 'a>) -> Harm<'t, 'a> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        let start = scene.clause(token).start.max(token.saturating_sub(FAR));
        let counts = |r: &Reading, row: &Row| {
            let roles = row.roles.as_ref();
            let effect = |role: Option<&String>| role.is_some_and(|role| role == "effect");
            let lost = roles.is_some_and(|x| effect(x.object.as_ref()) || effect(x.second_object.as_ref()));
            lost && r.features.category.is_finite() && row.harm.is_none()
        };
        // A form that both verbs may have is rather that of suffering.
        let suffers = |r: &Reading, row: &Row| {
            counts(r, row) && row.roles.as_ref().is_some_and(|x| x.object.as_deref() == Some("effect"))
        };
        let verb = |t: usize| doc.reading(t, suffers).or_else(|| doc.reading(t, counts)).map(|(r, row)| (t, r, row));
        let found = (start..token).rev().find_map(verb);
        let Some((verb, reading, row)) = found else {
            // "there fell of the army's three dead"
            let falls = |t: usize| {
                doc.reading(t, |r, row| r.features.category.is_finite() && row.subject_frame.contains_key("@harm"))
            };
            let owner = (start + 1..token).find(|t| {
                let own = doc.clitics(*t).preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
                own && falls(t - 1).is_some()
            });
            return Harm { loser: harm.loser.or(owner.and_then(|t| scene.actor_at(t))), ..harm.clone() };
        };
        let Some(roles) = row.roles.as_ref() else { return harm.clone() };
        let subject = scene.subject_behind(verb).or_else(|| scene.subject(scene.clauses.of(verb)));
        let party = |f: &Filler| f.actor.is_some_and(|a| scene.mentions.actors[a].kind != "person");
        let living = |t: usize| people(scene, t).is_some() && harm_of(scene, t).is_none();
        let people = |f: &Filler| f.actor.is_none() && living(f.at.tokens.start);
        // "suffered": the subject is who lost them.
        if roles.subject.as_deref() == Some("patient") {
            let next = || scene.actor_at(verb + 1).filter(|a| scene.mentions.actors[*a].kind != "person");
            let loser = subject.filter(party).and_then(|f| f.actor).or_else(next);
            return Harm { loser: harm.loser.or(loser), ..harm.clone() };
        }
        let subject = subject.filter(|f| party(f) || people(f) && f.at.tokens.end <= token);
        // "the army left ten dead": it did it. What happened does nothing by itself, and is looked for as the cause.
        if roles.second_object.is_none() {
            let does = |f: &Filler| people(f) || f.actor.is_some_and(|a| scene.mentions.actors[a].fights());
            let doer = subject.filter(|f| does(f) && f.at.tokens.end <= token);
            let result = row.frame.as_deref() == Some("result");
            return Harm { perpetrator: doer.filter(|_| result), ..harm.clone() };
        }
        // "inflicted on X", "inflicted on it": the object.
        let source = scene.source_of(token).and_then(|a| scene.attributions[a].source.actor);
        let doer = subject.as_ref().and_then(|f| f.actor).or(source);
        let force = |a: &usize| {
            let actor = &scene.mentions.actors[*a];
            (actor.is_force() || actor.kind == "collective") && doer.is_none_or(|d| !self.same_side(d, *a))
        };
        let between = (verb + 1..token).filter_map(|t| scene.actor_at(t)).find(force);
        let meant = || {
            let pronoun = reading.pronoun?;
            let fits = |a: &usize| force(a) && scene.agrees_with(pronoun, &scene.actor_filler(*a));
            (doc.sentence_range(token).start..verb).rev().filter_map(|t| scene.actor_at(t)).find(fits)
        };
        let loser = between.or_else(meant);
        // A force that tells of it, where nobody else is subject.
        let told = || {
            let source = source?;
            let other = loser.is_some_and(|l| !self.same_side(l, source));
            (other && scene.mentions.actors[source].is_force()).then(|| scene.actor_filler(source))
        };
        let perpetrator = subject.filter(|_| loser.is_some()).or_else(told);
        Harm { loser: harm.loser.or(loser), perpetrator, ..harm.clone() }
    }

    /// "the army suffered losses", "inflicted losses on them": a verb of loss, and none but the parties up to the noun.
    pub(super) fn is_suffered(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let start = self.scene.clause(token).start.max(token.saturating_sub(FAR));
        let effect = |role: &Option<String>| role.as_deref() == Some("effect");
        let loses = |r: &Reading, row: &Row| {
            let roles = row.roles.as_ref();
            let tells = r.features.category.is_finite() || r.features.category == Category::Masdar;
            tells && roles.is_some_and(|x| effect(&x.object) || effect(&x.second_object))
        };
        let before = (start..token).rev().find(|t| doc.reading(*t, loses).is_some());
        let other = |t: usize| doc.is_finite(t) && !doc.could_be_nominal(t) && self.scene.actor_at(t).is_none();
        before.is_some_and(|verb| !(verb + 1..token).any(other))
    }

    /// "the army lost 60 soldiers": whoever loses people who are not said to be missing has them dead.
    pub(super) fn lost(&self, harm: &mut Harm<'_, '_>, found: &Roles, victims: usize) {
        let loses = harm.trigger.row.roles.as_ref().is_some_and(|r| r.subject.as_deref() == Some("patient"));
        let active = harm.trigger.shape.is_verb() && victims > harm.trigger.token;
        let party = found.patient.as_ref().filter(|_| harm.kind == "missing" && loses && active);
        let force = |a: &usize| self.scene.mentions.actors[*a].fights();
        if let Some(loser) = party.filter(|f| f.at.tokens.start < victims).and_then(|f| f.actor).filter(force) {
            "killed".clone_into(&mut harm.kind);
            harm.loser = Some(loser);
        }
    }
}
