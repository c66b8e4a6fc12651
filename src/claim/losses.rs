//! "suffered ten dead", "inflicted ten dead on X": whose the dead are, and who is to blame, by the verb that counts them.

use super::casualty::{Finder, Harm};
use crate::lexicon::{Reading, Row};

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
        let Some((verb, reading, row)) = found else { return harm.clone() };
        let Some(roles) = row.roles.as_ref() else { return harm.clone() };
        let subject = scene.subject_behind(verb).or_else(|| scene.subject(scene.clauses.of(verb)));
        let subject = subject.filter(|f| f.actor.is_some_and(|a| scene.mentions.actors[a].kind != "person"));
        // "suffered": the subject is who lost them.
        if roles.subject.as_deref() == Some("patient") {
            return Harm { loser: harm.loser.or(subject.and_then(|f| f.actor)), ..harm.clone() };
        }
        if roles.second_object.is_none() {
            return harm.clone();
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
}
