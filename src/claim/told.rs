//! Events that other words of the sentence tell too: the same one by a second word, two in one breath, the damage and the
//! blow that did it.

use super::arms::is_munition;
use super::event::{Event, VIOLENCE};
use super::place::{narrower, place_of_event};
use super::roles::roles;
use super::slots::{Slot, is_glued_pronoun, slots};
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene};
use crate::lexicon::{List, Reading, Row};
use crate::segment::Kind;

/// How far behind a verb the noun may stand that says by what means.
const MEANS: usize = 16;

/// How many events before a damage its blow may be sought.
const NEAR_BLOWS: usize = 4;

/// How far behind a verb the pronoun may stand that takes its noun up.
const RESUMED: usize = 4;

/// Behind a verb, its doer and what he did it to, with what may stand between.
const OWN: usize = 3;

/// How far behind a noun the verb may stand that tells more of it.
const DESCRIBED: usize = 12;

/// The same event told by a second word: its weapon, the verb that its noun is subject of, a noun that only leads to the
/// event's own, a crowd whose protest the sentence names.
pub(super) fn is_told_already(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, kind: &str) -> bool {
    let doc = scene.doc;
    let token = trigger.token;
    let names = |t: usize, kinds: &[&str]| {
        scene.trigger_at(t).is_some_and(|x| x.frame.event.as_deref().is_some_and(|e| kinds.contains(&e)))
    };
    // The words before it in its phrase and its relative clause, nearest first.
    let within = |words: usize| {
        let mut at = token;
        let mut out = Vec::new();
        while out.len() < words {
            let Some(previous) = at.checked_sub(1) else { break };
            let sign = !doc.is_word(previous) && doc.kind(previous) != Some(Kind::Number);
            let and = doc.clitics(at).conjunction.is_some() && !doc.is_particle(at, "rel");
            if sign && !doc.kind(previous).is_some_and(Kind::is_quote)
                || and
                || doc.is_particle(previous, "comp")
                || doc.is_particle(previous, "conj")
            {
                break;
            }
            out.push(previous);
            at = previous;
        }
        out
    };
    // "raided, in operations at one time, several houses": how it was done.
    let how = trigger.row.is_weak() && trigger.shape == Shape::Noun && !doc.is_definite(token);
    let inside = doc.governed_by(token).is_some_and(|row| row.has_role("place"));
    if how && inside && within(4).iter().any(|t| doc.is_finite(*t) && names(*t, &VIOLENCE)) {
        return true;
    }
    // "went out into the streets in demonstrations": the noun tells it.
    if kind == "protest" && trigger.shape.is_verb() && trigger.row.frame.as_deref() != Some("protest") {
        let clause = scene.clause(token);
        let crowd = |t: usize| scene.trigger_at(t).is_some_and(|x| x.row.acting_subject);
        let led = |t: usize| doc.governed_by(t).is_some() || doc.clitics(t).preposition.is_some();
        let named = |t: &usize| names(*t, &["protest"]) && !doc.is_finite(*t) && led(*t) && !crowd(*t);
        if (token + 1..clause.end.min(token + MEANS)).any(|t| named(&t)) {
            return true;
        }
    }
    let weapon = is_munition(trigger.row);
    // "with a rocket that X fired": the verb tells it.
    let fired =
        || (token + 1..token + 4).take_while(|t| doc.is_word(*t)).any(|t| doc.is_finite(t) && names(t, &VIOLENCE));
    if weapon && fired() {
        return true;
    }
    let falls = |t: usize| scene.trigger_at(t).is_some_and(|x| x.row.subject_frame.contains_key("@artillery"));
    let before = || within(3).into_iter().any(|t| names(t, &VIOLENCE) && (!falls(t) || trigger.row.is_weak()));
    if weapon && (before() || is_thrown(scene, trigger) || is_instrument(scene, token)) {
        return true;
    }
    let verb = trigger.shape.is_verb() && VIOLENCE.contains(&kind);
    // A weapon or the fall of one that the verb itself tells does not tell the verb.
    let tells = |t: usize| {
        let idle = |x: &Trigger<'_>| x.row.is_weak() || is_munition(x.row);
        names(t, &VIOLENCE) && !doc.is_finite(t) && !scene.trigger_at(t).is_some_and(idle)
    };
    let words = within(5);
    let related = |noun: usize| words.iter().any(|t| *t > noun && doc.is_particle(*t, "rel"));
    let own = |noun: usize| related(noun) || !is_brought_definite(scene, noun);
    let done = verb && has_own_doer(scene, token);
    if verb && !done && (words.iter().any(|t| tells(*t) && own(*t)) || described_violence(scene, token).is_some()) {
        return true;
    }
    if verb && told_by_means(scene, trigger).is_some() {
        return true;
    }
    // "there fell a shell": the shell is the event; "the shells fell": they fell.
    let shells = |x: &Trigger<'_>| matches!(x.row.class.as_deref(), Some("artillery" | "air_bomb"));
    let fire = |x: &Trigger<'_>| matches!(x.frame.name.as_str(), "shelling" | "airstrike");
    let falling = |x: &Trigger<'_>| x.row.subject_frame.contains_key("@artillery") && fire(x);
    if falling(trigger) {
        let shell = |t: usize| {
            let strong = |x: &Trigger<'_>| shells(x) && !x.row.is_weak();
            scene.trigger_at(t).is_some_and(strong)
        };
        let counted = scene.quantity_at(token + 1).map_or(token + 1, |q| scene.mentions.quantities[q].tokens.end);
        // "the fall of a rocket that was fired from": the firing.
        let mut behind = (token + 1..token + 5).take_while(|t| doc.is_word(*t));
        let fired = behind.any(|t| doc.is_finite(t) && names(t, &VIOLENCE));
        return fired || (token + 1..token + 3).chain(counted..counted + 2).any(shell);
    }
    let fell = || {
        let mut behind = (token + 1..token + 4).take_while(|t| doc.is_word(*t) && !doc.is_particle(*t, "rel"));
        behind.any(|t| scene.trigger_at(t).is_some_and(|x| falling(x) && x.shape.is_verb()))
    };
    if shells(trigger) && fell() {
        return true;
    }
    // "they bomb them a heavy bombing"
    let verb = token.checked_sub(1).and_then(|t| scene.trigger_at(t)).filter(|x| x.shape.is_verb());
    let inner = trigger.shape == Shape::Masdar && trigger.reading.features.accusative;
    if inner && verb.is_some_and(|x| std::ptr::eq(x.row, trigger.row)) {
        return true;
    }
    // "with the support and the backing of X"
    let clitics = doc.clitics(token);
    let beside = clitics.conjunction.is_some() && clitics.preposition.is_none() && !clitics.article;
    if kind == "support" && beside && token.checked_sub(1).is_some_and(|t| names(t, &["support"])) {
        return true;
    }
    // "reinforcements arrived", with the verb before them.
    let comes = kind == "deployment" && trigger.row.is_weak() && trigger.shape.is_verb();
    let they = |t: usize| scene.trigger_at(t).is_some_and(|x| x.shape.is_noun() && !x.row.is_weak());
    if comes && names(token + 1, &["deployment"]) && they(token + 1) {
        return true;
    }
    // "they pushed in with reinforcements": the verb tells it.
    let with = trigger.reading.clitics.preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
    let same = matches!(kind, "deployment" | "destruction");
    let moved = |t: &usize| doc.is_finite(*t) && names(*t, &[kind]);
    if same && trigger.shape.is_noun() && with && within(4).iter().any(moved) {
        return true;
    }
    let leads = trigger.row.is_weak() && trigger.shape == Shape::Noun;
    let next = scene.trigger_at(token + 1).filter(|t| t.frame.event.is_some());
    if leads && next.is_some_and(|t| t.reading.clitics.count() == 0) {
        return true;
    }
    // "regain control", "break the truce": the noun is what the first word does.
    let object = trigger.shape.is_noun() && trigger.reading.clitics.preposition.is_none();
    let does = |t: usize| match scene.trigger_at(t).and_then(|x| x.frame.event.as_deref()) {
        // "reinforcements arrived": they tell it.
        Some("deployment") if !trigger.row.is_weak() && scene.trigger_at(t).is_some_and(|x| x.row.is_weak()) => false,
        // "failed in agreeing on": the agreement that was not reached is one of its own.
        Some("breakdown") => kind == "agreement" && super::unreached::unreached(scene, token).is_none(),
        Some(event) => event == kind && matches!(kind, "capture" | "support" | "clash" | "deployment" | "agreement"),
        None => false,
    };
    let far = match kind {
        "capture" => 5,
        "agreement" => 4,
        "deployment" if trigger.reading.pronoun.is_some() => 4,
        _ => 2,
    };
    let linked = object || kind == "agreement";
    if linked && doc.clitics(token).conjunction.is_none() && within(far).iter().any(|t| does(*t)) {
        return true;
    }
    // "exchanged fire": the object that makes the verb what it is.
    let brings = |t: &usize| {
        let verb = scene.trigger_at(*t).filter(|x| x.shape.is_verb() && x.frame.event.is_some());
        verb.is_some_and(|x| x.row.object_frame.iter().any(|(w, f)| *f == x.frame.name && doc.is_lemma(token, w)))
    };
    if object && !doc.is_definite(token) && doc.clitics(token).conjunction.is_none() && within(4).iter().any(brings) {
        return true;
    }
    trigger.row.acting_subject && {
        let sentence = doc.sentence_range(token);
        // "thousands of protesters went out"
        let head = token.checked_sub(1).and_then(|t| scene.quantity_at(t));
        let first = head.map_or(token, |q| scene.mentions.quantities[q].tokens.start);
        // "24 demonstrators were killed": they do nothing.
        let harmed = |p: usize| scene.trigger_at(p).is_some_and(|x| x.frame.harm.is_some() && x.frame.event.is_none());
        // "protesters had set fire to"
        let deeds = || (token + 1..sentence.end.min(token + DESCRIBED)).any(|t| is_plural_verb(scene, t));
        let had = doc.previous_word(first).is_some_and(|p| doc.is_particle(p, "aux")) && deeds();
        let acts = had
            || doc.previous_word(first).is_some_and(|p| doc.is_finite(p) && !is_plural_verb(scene, p) && !harmed(p))
            || doc.is_finite(token + 1);
        let named = sentence.clone().any(|t| {
            t != token
                && scene.trigger_at(t).is_some_and(|x| x.frame.event.as_deref() == Some(kind) && !x.row.acting_subject)
        });
        let first = (sentence.start..token).any(|t| scene.trigger_at(t).is_some_and(|x| x.row.acting_subject));
        !acts || named || first
    }
}

/// A verb that shows more than one subject: what stands behind it is its object.
fn is_plural_verb(scene: &Scene<'_, '_>, token: usize) -> bool {
    scene.doc.finite(token).is_some_and(|(r, _)| r.features.is_several())
}

/// "targeted houses with heavy shelling": the noun tells what was done to them.
pub(super) fn told_by_means(scene: &Scene<'_, '_>, verb: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    let clause = scene.clauses.of(verb.token);
    let end = doc.sentence_range(verb.token).end.min(verb.token + MEANS);
    let with = |t: &usize| doc.clitics(*t).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
    // "those who were targeted in the attack"
    let inside = |t: &usize| {
        let led = doc.governed_by(*t).is_some_and(|row| row.has_role("place"));
        led && doc.clitics(*t).article && *t <= verb.token + 2 && verb.reading.pronoun.is_none()
    };
    let told = |t: &usize| (with(t) && !doc.is_definite(*t) || inside(t)) && scene.trigger_at(*t).is_some_and(is_blow);
    let here =
        (verb.token + 1..end).take_while(|t| scene.clauses.of(*t) == clause && doc.kind(*t) != Some(Kind::Comma));
    here.into_iter().find(told).filter(|_| verb.row.has_role("targets") && verb.shape.is_verb())
}

/// "with a shell": what a verb of violence earlier in the clause was done with.
fn is_instrument(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let counted = token.checked_sub(1).and_then(|t| scene.quantity_at(t));
    let first = counted.map_or(token, |q| scene.mentions.quantities[q].tokens.start);
    let with = doc.clitics(first).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
    let violent = |t: usize| scene.trigger_at(t).is_some_and(|x| x.shape.is_verb() && x.is_violent());
    with && (scene.clause(token).start..token).any(violent)
}

/// "the helicopters of X dropped several barrel bombs": what the verb of the clause threw or fired.
fn is_thrown(scene: &Scene<'_, '_>, weapon: &Trigger<'_>) -> bool {
    let verb = scene.clauses.at(weapon.token).and_then(|c| c.verb).filter(|v| *v < weapon.token);
    verb.and_then(|v| scene.trigger_at(v)).is_some_and(|x| {
        let class = |key: &String| key.strip_prefix('@').is_some_and(|c| weapon.row.class.as_deref() == Some(c));
        x.row.object_frame.iter().any(|(key, frame)| class(key) && *frame == x.frame.name)
    })
}

/// "after the attack the army shelled the town": a doer right behind the verb, and behind him what he did it to.
pub(super) fn has_own_doer(scene: &Scene<'_, '_>, verb: usize) -> bool {
    let doc = scene.doc;
    let found = slots(scene, verb + 1, doc.sentence_range(verb).end, OWN);
    let mut bare = found.iter().take_while(|s| s.preposition.is_empty()).filter(|s| !s.joined);
    let one_of = |s: &Slot| doc.is_particle(s.tokens.start, "subset");
    let doer = bare.next().filter(|s| s.tokens.start == verb + 1 && scene.names_somebody(s) && !one_of(s));
    let Some((reading, _)) = doc.finite(verb).filter(|(r, _)| r.pronoun.is_none()) else { return false };
    let described = doc.previous_word(verb).is_some_and(|p| doc.is_particle(p, "rel"));
    let fits = |d: &Slot| scene.agrees_with(reading.features.agreement, &scene.filler_of(d.tokens.clone()));
    !described && doer.is_some_and(fits) && bare.next().is_some()
}

/// "raids on the town yesterday that hit a school": the noun that a verb without a subject of its own tells of.
pub(super) fn described_violence(scene: &Scene<'_, '_>, verb: usize) -> Option<usize> {
    let doc = scene.doc;
    let relative = |t: usize| doc.is_particle(t, "rel");
    let (reading, row) = doc.finite(verb)?;
    if row.has_role("targets")
        && let Some(noun) = resumed(scene, verb)
    {
        return Some(noun);
    }
    if doc.clitics(verb).conjunction.is_some() || scene.subject_behind(verb).is_some() || has_own_doer(scene, verb) {
        return None;
    }
    let wanted = reading.features.agreement;
    let start = scene.clause(verb).start;
    let mut at = verb;
    let mut related = false;
    while let Some(previous) = at.checked_sub(1).filter(|p| *p >= start && verb - *p <= DESCRIBED) {
        let comma = doc.kind(previous) == Some(Kind::Comma);
        if comma && !relative(at) || doc.is_particle(previous, "comp") {
            return None;
        }
        // "the strikes that X launched hit …": past what describes the noun.
        let (here, there) = (scene.clauses.of(verb), scene.clauses.of(previous));
        let aside = here != there && scene.clauses.holds(here, there);
        if doc.is_finite(previous) && !aside && !doc.could_be_nominal(previous) && scene.mention_end(previous).is_none()
        {
            return None;
        }
        at = previous;
        related |= relative(at);
        // "after the attack aircraft struck X": what is definite and brought by a preposition has its own verb before it.
        if !related && is_brought_definite(scene, at) {
            return None;
        }
        // "a bomb that went off": the verb tells it.
        let violent = scene.trigger_at(at).is_some_and(is_blow);
        if violent {
            return scene.agrees_with(wanted, &scene.phrase(at..at + 1)).then_some(at);
        }
    }
    None
}

/// A definite noun of violence behind a preposition: no subject, and nothing that a clause without a relative pronoun describes.
pub(super) fn is_brought_definite(scene: &Scene<'_, '_>, noun: usize) -> bool {
    let doc = scene.doc;
    let violent = |x: &Trigger<'_>| x.shape.is_noun() && x.is_violent();
    let clitics = doc.clitics(noun);
    clitics.article
        && (clitics.preposition.is_some() || doc.governed_by(noun).is_some())
        && scene.trigger_at(noun).is_some_and(violent)
}

/// "raids on the capital, in which it targeted stores": the noun that a pronoun behind the verb takes up.
fn resumed(scene: &Scene<'_, '_>, verb: usize) -> Option<usize> {
    let doc = scene.doc;
    let sentence = doc.sentence_range(verb);
    let brought = |t: usize| doc.is_preposition(t) || is_glued_pronoun(scene, t);
    let pronoun = |t: usize| {
        let third = doc.readings(t).iter().filter_map(|r| r.pronoun).find(|p| p.person == 3);
        third.filter(|_| brought(t) && scene.mention_end(t).is_none())
    };
    let near = (verb + 1..sentence.end.min(verb + RESUMED)).take_while(|t| doc.is_word(*t));
    let wanted = near.into_iter().find_map(pronoun)?;
    let violent =
        |t: &usize| scene.trigger_at(*t).is_some_and(is_blow) && scene.agrees_with(wanted, &scene.phrase(*t..*t + 1));
    (sentence.start..verb).rev().find(violent)
}

/// "an attack and air strikes": whoever did the first did the second, if nothing but their own words stands between.
pub(super) fn agent_beside(scene: &Scene<'_, '_>, first: &Event, token: usize) -> Option<Filler> {
    let doc = scene.doc;
    let clitics = doc.clitics(token);
    let noun = |t: usize| scene.trigger_at(t).is_some_and(|x| x.shape.is_noun() && x.reading.pronoun.is_none());
    let at = first.trigger.tokens.start;
    let joined = clitics.conjunction.is_some() && clitics.preposition.is_none() && noun(at) && noun(token);
    let own = |t: usize| {
        let clitics = doc.clitics(t);
        doc.is_nominal(t) && clitics.preposition.is_none() && scene.mention_end(t).is_none()
    };
    let kin = scene.trigger_at(at).zip(scene.trigger_at(token)).is_some_and(|(a, b)| {
        let violent = |f: &str| VIOLENCE.contains(&f);
        a.frame.event == b.frame.event || violent(&first.kind) && b.frame.event.as_deref().is_some_and(violent)
    });
    // "Israeli raids and shelling": the adjective says whose.
    let nation = || (at + 1..token).any(|t| doc.is_demonym(t).is_some());
    let before = first.agent.as_ref().is_some_and(|f| f.at.tokens.end <= at) || nation();
    (joined && kin && before && (at + 1..token).all(own)).then(|| first.agent.clone()).flatten()
}

/// "the advance of X into the town and the capture of its north": whoever did the first did the second, which has only
/// its object behind it.
pub(super) fn agent_of_joined(scene: &Scene<'_, '_>, first: &Event, token: usize) -> Option<Filler> {
    let doc = scene.doc;
    let at = first.trigger.tokens.start;
    let deed = |t: usize| scene.trigger_at(t).filter(|x| x.shape == Shape::Masdar && x.reading.pronoun.is_none());
    let (one, other) = (deed(at)?, deed(token)?);
    let clitics = doc.clitics(token);
    let taking = |x: &Trigger<'_>| {
        let event = x.frame.event.as_deref();
        matches!(event, Some("attack" | "advance" | "capture" | "retreat" | "siege" | "destruction"))
    };
    let joined = clitics.conjunction.is_some() && clitics.preposition.is_none() && clitics.article;
    let goes_on = joined && taking(one) && taking(other) && scene.clauses.of(at) == scene.clauses.of(token);
    let doer = first.agent.as_ref().filter(|f| goes_on && f.at.tokens.start == at + 1 && f.actor.is_some());
    doer.cloned()
}

/// "the destruction of a house in a raid by X": X destroyed it.
pub(super) fn is_done_by(scene: &Scene<'_, '_>, damage: &Event, blow: &Event) -> bool {
    let doc = scene.doc;
    let (from, to) = (damage.trigger.tokens.start, blow.trigger.tokens.start);
    let open = damage.agent.as_ref().is_none_or(|f| scene.in_source(f.at.tokens.start));
    let ties = |row: &Row| ["instrument", "cause"].iter().any(|r| row.has_role(r));
    let brought = doc.clitics(to).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p))
        || doc.governed_by(to).is_some_and(|row| ties(row) || row.relation.as_deref() == Some("in"));
    damage.kind == "destruction"
        && open
        && brought
        && VIOLENCE.contains(&blow.kind.as_str())
        && blow.agent.as_ref().is_some_and(|f| f.actor.is_some())
        && scene.clauses.of(from) == scene.clauses.of(to)
}

/// "hit a shop, which led to its burning": the thing that the blow before it in the sentence hit, where nobody is meant.
pub(super) fn hit_before(scene: &Scene<'_, '_>, damage: &Event, out: &[Event]) -> Option<Filler> {
    let doc = scene.doc;
    let token = damage.trigger.tokens.start;
    let pronoun = scene.trigger_at(token).filter(|t| t.shape.is_noun()).and_then(|t| t.reading.pronoun)?;
    let thing = |f: &Filler| f.actor.is_none_or(|a| scene.mentions.actors[a].at.tokens.start > f.at.tokens.start);
    let open = damage.patient.as_ref().is_none_or(|f| !thing(f) || scene.is_somebody(f.at.tokens.start));
    if damage.kind != "destruction" || !open || pronoun.person != 3 {
        return None;
    }
    let here = doc.sentence_range(token);
    let near = out.iter().rev().take(NEAR_BLOWS).take_while(|e| here.contains(&e.trigger.tokens.start));
    let hits = |e: &&Event| VIOLENCE.contains(&e.kind.as_str()) || e.kind == "destruction";
    let hit = |f: &Filler| thing(f) && !scene.is_somebody(f.at.tokens.start) && scene.agrees_with(pronoun, f);
    near.filter(hits).filter_map(|e| e.patient.clone()).find(hit)
}

/// "the raids that followed hit a school": what the verb says more of the noun that it tells of.
pub(super) fn described_further(scene: &Scene<'_, '_>, verb: usize, out: &mut [Event]) {
    let Some(trigger) = scene.trigger_at(verb).filter(|t| t.shape.is_verb()) else { return };
    if !trigger.is_violent() {
        return;
    }
    let Some(noun) = described_violence(scene, verb) else { return };
    let at = out.partition_point(|e| e.trigger.tokens.start < noun);
    let Some(event) = out.get_mut(at).filter(|e| e.trigger.tokens.start == noun) else { return };
    if event.patient.is_some() {
        return;
    }
    let more = roles(scene, trigger);
    let them = trigger.reading.pronoun.is_some();
    let patient = more.patient.filter(|f| f.at.tokens.start > verb || them && f.at.tokens.end <= noun);
    // "blasts that struck the town": a named place is where.
    let named = |t: usize| {
        scene.whereabouts(t).is_some() || scene.doc.readings(t).iter().any(|r| scene.doc.list(r) == List::Head)
    };
    let only = |f: &&Filler| f.actor.is_none() && f.at.tokens.clone().all(named);
    let struck = patient.as_ref().filter(only).and_then(|f| f.at.tokens.clone().find_map(|t| scene.whereabouts(t)));
    let patient = patient.filter(|_| struck.is_none());
    event.place = event.place.or(struck);
    if patient.is_some() || event.place.is_none() {
        event.place =
            event.place.or(more.place).or_else(|| patient.as_ref().and_then(|_| place_of_event(scene, trigger, None)));
    }
    event.patient = patient;
}

/// "the blast happened in X": a definite noun that takes up the event of the same kind in its sentence shares its roles, and the
/// two sides of the last fight are those of a fight "between the two".
pub(super) fn share(scene: &Scene<'_, '_>, out: &mut [Event]) {
    let doc = scene.doc;
    for n in 0..out.len() {
        let token = out[n].trigger.tokens.start;
        let Some(trigger) = scene.trigger_at(token).filter(|t| t.shape.is_noun()) else { continue };
        if out[n].kind == "clash" && out[n].agent.is_none() && out[n].patient.is_none() && is_between_both(scene, token)
        {
            let told = out[..n].iter().rev().find(|e| e.kind == "clash" && e.agent.is_some() && e.patient.is_some());
            if let Some((agent, patient)) = told.map(|e| (e.agent.clone(), e.patient.clone())) {
                (out[n].agent, out[n].patient) = (agent, patient);
            }
        }
        let kind = out[n].kind.as_str();
        if !trigger.reading.clitics.article || !VIOLENCE.contains(&kind) && !matches!(kind, "clash" | "protest") {
            continue;
        }
        let sentence = doc.sentence_range(token);
        let plural = trigger.reading.features.is_plural();
        let same = |e: &Event| {
            let at = e.trigger.tokens.start;
            let several = scene.trigger_at(at).is_some_and(|t| t.shape.is_noun() && t.reading.features.is_plural());
            sentence.contains(&at) && e.kind == out[n].kind && several == plural
        };
        // "where the raid happened, two helicopters attacked …": told further on.
        let struck = out[n].kind == "airstrike" && out[n].agent.is_none();
        let later = || (n + 1..out.len()).find(|m| struck && same(&out[*m]) && out[*m].agent.is_some());
        let first = (0..n).rev().find(|m| same(&out[*m])).or_else(later);
        let Some(first) = first else { continue };
        let (agent, patient) = (out[first].agent.clone(), out[first].patient.clone());
        let (here, there) = (out[n].place, out[first].place);
        let event = &mut out[n];
        event.agent = event.agent.take().or(agent);
        if event.kind == "clash" {
            event.patient = event.patient.take().or(patient);
        }
        event.place = here.or(there);
        // "a bomb went off in X, and the blast happened in Y": in Y.
        let happens = |r: &Reading, row: &Row| {
            let subject = row.roles.as_ref().and_then(|r| r.subject.as_deref());
            r.features.category.is_finite() && row.frame.as_deref() == Some("light") && subject == Some("event")
        };
        let told = doc.previous_word(token).is_some_and(|p| doc.reading(p, happens).is_some());
        if told || there.is_none() {
            event.place = narrower(scene, here, there);
            out[first].place = event.place;
        }
    }
}

/// "between the two sides" right behind the noun.
fn is_between_both(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let both = |t: &usize| doc.reading(*t, |r, row| r.features.is_dual() && row.has_role("both")).is_some();
    (token + 1..token + 5).take_while(|t| doc.is_word(*t)).any(|t| both(&t))
}

/// A noun of violence that is no weapon.
fn is_blow(trigger: &Trigger<'_>) -> bool {
    trigger.shape.is_noun() && !is_munition(trigger.row) && trigger.is_violent()
}
