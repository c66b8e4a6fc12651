//! Whether a word written like a verb and like a verbal noun stands as the noun.

use super::Scene;
use super::control::lends;
use crate::grammar::Document;
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;

/// How far before a verbal noun the verb may stand that brings it and another.
const BROUGHT: usize = 12;

/// How far before a joined verbal noun the first may stand.
const DEEDS: usize = 8;

/// How far behind a deed the verb may stand that says what it hit.
const HITS: usize = 5;

/// How many words the subject of a verb may have behind which its object stands.
const SUBJECT: usize = 8;

/// Whether only a noun can stand here: behind a preposition, an article, or a noun that it specifies.
pub(super) fn stands_as_noun(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    if doc.readings(token).iter().all(|r| r.features.category.is_finite()) {
        return false;
    }
    let clitics = doc.clitics(token);
    if clitics.article || clitics.preposition.is_some() && !doc.is_category(token, Category::Imperfect) {
        return true;
    }
    if is_deed_told(scene, token) || is_said_to_hit(doc, token) {
        return true;
    }
    if clitics.conjunction.is_some() {
        return goes_on_as_noun(doc, token);
    }
    let Some(previous) = doc.previous_word(token).filter(|p| *p >= doc.sentence_range(token).start) else {
        return false;
    };
    // "any bombing"
    let any = |row: &Row| row.needs_neg && row.scope.as_deref() == Some("word");
    if doc.is_preposition(previous) || doc.particle(previous, "neg").is_some_and(any) {
        return true;
    }
    // "that he …", "did not …": a verb.
    let takes_verb = doc.is_particle(previous, "comp") && doc.readings(previous).iter().any(|r| r.pronoun.is_some());
    if takes_verb && doc.readings(token).iter().any(|r| r.features.category.is_finite()) {
        return false;
    }
    if previous + 1 < token {
        // A quotation mark between: a new sentence begins.
        return false;
    }
    if is_brought_accusative(doc, token) {
        return true;
    }
    // "an attempt to infiltrate"
    let tries = |r: &Reading, row: &Row| {
        r.features.category == Category::Masdar && row.realis.is_some() && r.pronoun.is_none() && !r.clitics.article
    };
    if doc.reading(previous, tries).is_some() {
        return true;
    }
    let before = doc.readings(previous).first();
    before.is_some_and(|r| {
        let row = doc.row(r);
        let helps = row.pos == "aux" || matches!(row.frame.as_deref(), Some("manage" | "modal"));
        let verb_wants_object = r.features.category.is_finite() && doc.is_finite(previous) && !helps;
        let construct = !r.features.category.is_finite()
            && !r.clitics.article
            && matches!(r.features.category, Category::Noun | Category::Masdar)
            && r.pronoun.is_none()
            && !r.features.accusative
            && !matches!(doc.list(r), List::Demonym | List::Adjective)
            && (r.features.construct || !r.features.is_dual())
            && row.victim.is_none()
            && row.source_kind.is_none();
        // "a mined car killed": an adjective that is a noun too, behind a noun that it agrees with.
        let feminine = |t: usize| doc.lexicon.looks_feminine(doc.str(t)) && !doc.is_definite(t);
        let noun = previous.checked_sub(1).filter(|t| doc.continues_phrase(previous) && doc.is_nominal(*t));
        let adjective = |r: &Reading| doc.list(r) == List::Adjective && r.clitics.is_empty();
        let described =
            feminine(previous) && noun.is_some_and(feminine) && doc.readings(previous).iter().any(adjective);
        let construct = construct && !described;
        // "posts that X bombed": a pronoun for them, and the doer behind it.
        let owned = |r: &Reading| r.features.category.is_finite() && r.pronoun.is_some_and(|p| p.person == 3);
        let taken_up = doc.readings(token).iter().any(owned) && scene.actor_at(token + 1).is_some();
        let named = scene.actor_at(previous).is_some() || taken_up || is_time_in_front(scene, previous);
        verb_wants_object || construct && !named
    }) || is_object_of_clause(scene, token)
}

/// "on Friday evening, …" at the beginning of a sentence, which ends with the token: no noun that another specifies.
fn is_time_in_front(scene: &Scene<'_, '_>, last: usize) -> bool {
    let doc = scene.doc;
    let Some(time) = scene.time_at(last) else { return false };
    let first = scene.mentions.times[time].tokens.start;
    first == doc.sentence_range(last).start || !doc.is_word(first - 1) || doc.clitics(first).conjunction.is_some()
}

/// "France condemned the bombing by X of": a clause that begins with its verb and goes on with its subject has no second verb,
/// so that a word that may be a verbal noun is its object.
fn is_object_of_clause(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let bare = |r: &Reading| r.features.category == Category::Masdar && r.clitics.is_empty();
    // "threatened the security of X": a noun that is no verbal noun, written like a verb.
    let plain = |r: &Reading| r.features.category == Category::Noun && r.clitics.is_empty() && r.pronoun.is_none();
    let masdar = doc.readings(token).iter().any(bare);
    let noun = !masdar && doc.reading(token, |r, row| plain(r) && row.frame.is_none() && row.harm.is_none()).is_some();
    let next = token + 1;
    // "of its offices", "of the offices of X"
    let owned = |r: &Reading, _: &Row| !r.features.category.is_finite() && r.pronoun.is_some();
    let of_known = doc.is_nominal(next) && doc.is_definite(next + 1) && doc.continues_phrase(next + 1);
    let definite = doc.is_definite(next) || doc.reading(next, owned).is_some() || of_known;
    let object = scene.is_somebody(next) || scene.place_at(next).is_some() || definite;
    if !(masdar || noun) || !object || !doc.continues_phrase(next) {
        return false;
    }
    // "the spokesman in the name of X"
    let speaks = |_: &Reading, row: &Row| row.source_kind.as_deref() == Some("spokesperson");
    let in_name = |t: usize| t > 0 && doc.reading(t - 1, speaks).is_some();
    let own = |t: &usize| {
        let bare = doc.clitics(*t).preposition.is_none() || in_name(*t);
        doc.is_nominal(*t) && bare || scene.mention_end(*t).is_some()
    };
    let start = doc.sentence_range(token).start;
    // "went on for its part with the bombing of"
    let end = doc.opener_before(token).unwrap_or(token);
    let subject = (start..end).rev().take(SUBJECT).take_while(own).count();
    let Some(verb) = (end - subject).checked_sub(1).filter(|v| *v >= start && subject > 0) else { return false };
    let known = |t: usize| doc.is_definite(t) || scene.mention_end(t).is_some();
    let takes = |r: &Reading, row: &Row| {
        // "went on with the bombing of X", said with the bare noun
        let goes_on = masdar && row.frame.as_deref() == Some("light") && lends(row) == "agent";
        let deed = masdar && matches!(row.frame.as_deref(), Some("support" | "repel"));
        let told = noun || goes_on || deed || row.cue.is_some() || lends(row) == "place" && known(end - 1);
        told && r.features.category.is_finite() && r.pronoun.is_none()
    };
    let opens = doc.clitics(verb).conjunction.is_some()
        || verb == start
        || !doc.is_word(verb - 1)
        || scene.time_at(verb - 1).is_some();
    opens && !doc.could_be_nominal(verb) && doc.reading(verb, takes).is_some()
}

/// "a bombardment with rockets hit X": close before a verb of which only a deed is subject.
fn is_said_to_hit(doc: &Document<'_>, token: usize) -> bool {
    if !doc.is_category(token, Category::Masdar) {
        return false;
    }
    let verb = |t: &usize| doc.is_finite(*t) && !doc.could_be_nominal(*t);
    let own = |t: &usize| doc.is_word(*t) && doc.clitics(*t).conjunction.is_none() && !doc.is_particle(*t, "comp");
    let hits = |r: &Reading, row: &Row| {
        let deed = row.roles.as_ref().and_then(|r| r.subject.as_deref()) == Some("event");
        r.features.category.is_finite() && row.frame.as_deref() == Some("light") && deed
            || row.subject_frame.get("@event").is_some_and(|f| f == "light")
    };
    let behind = (token + 1..token + HITS).take_while(own).find(verb);
    // "the army killed a woman who blew up" (feminine): no killing did.
    let deed = doc.readings(token).iter().find(|r| r.features.category == Category::Masdar);
    let gender = deed.and_then(|r| r.features.agreement.gender);
    let agrees = |r: &Reading| gender.is_none() || r.features.agreement.gender == gender;
    behind.is_some_and(|t| doc.reading(t, |r, row| hits(r, row) && agrees(r)).is_some())
}

/// "The planes went on combing the border and bombing the hills": what "and" joins to a verbal noun is one too, where the
/// subject of the verb that brings them could not be that of a verb so written.
fn goes_on_as_noun(doc: &Document<'_>, token: usize) -> bool {
    let perfect = doc.readings(token).iter().find(|r| r.features.category == Category::Perfect);
    let masdar = |t: usize| doc.is_category(t, Category::Masdar);
    let Some(perfect) = perfect.filter(|r| masdar(token) && r.pronoun.is_none()) else { return false };
    if is_charge(doc, token) || is_described(doc, token) {
        return true;
    }
    verb_that_brings(doc, token).is_some_and(|(v, reading)| {
        let (here, there) = (perfect.features.agreement, reading.features.agreement);
        let other = there.gender.is_some() && here.gender.is_some() && there.gender != here.gender;
        other && (v + 1..token).any(|t| masdar(t) && doc.clitics(t).conjunction.is_none())
    })
}

/// "air strikes and heavy shelling": no verb stands before a bare indefinite adjective.
fn is_described(doc: &Document<'_>, token: usize) -> bool {
    let next = token + 1;
    let adjective = |r: &Reading| matches!(doc.list(r), List::Demonym | List::Adjective);
    let bare = !doc.is_definite(next) && doc.clitics(next).is_empty() && !doc.readings(next).is_empty();
    let deed = |r: &Reading, row: &Row| {
        let bare = r.features.category == Category::Masdar && r.pronoun.is_none();
        bare && row.frame.is_some() && row.harm.is_none() && row.passive_harm.is_none()
    };
    let nominal = token.checked_sub(1).is_some_and(|t| doc.is_nominal(t));
    let nobody = doc.readings(next).iter().all(|r| doc.row(r).victim.is_none());
    nominal && bare && nobody && doc.readings(next).iter().any(adjective) && doc.reading(token, deed).is_some()
}

/// "accused X of killing civilians and burning houses": what "and" joins to the deed that somebody is charged with.
fn is_charge(doc: &Document<'_>, token: usize) -> bool {
    let own = |t: &usize| doc.is_word(*t) && !doc.is_particle(*t, "comp") && !doc.is_particle(*t, "rel");
    let mut before = (doc.sentence_range(token).start..token).rev().take(BROUGHT).take_while(own);
    let Some(verb) = before.find(|t| doc.is_finite(*t) && !doc.could_be_nominal(*t)) else { return false };
    let cue = |class: &[&str]| {
        let says = |row: &Row| row.cue.as_deref().is_some_and(|c| class.contains(&c));
        doc.reading(verb, |r, row| r.features.category.is_finite() && says(row)).is_some()
    };
    let deed = |t: usize, charged: bool| {
        let clitics = doc.clitics(t);
        let tells = doc.reading(t, |r, row| r.features.category == Category::Masdar && row.frame.is_some()).is_some();
        let brought =
            if charged { clitics.preposition.is_some() } else { clitics.article && clitics.preposition.is_none() };
        tells && brought && clitics.conjunction.is_none()
    };
    // "announced the capture of X and the killing of ten": so too what somebody announces.
    let charged = cue(&["accuse"]) && (verb + 1..token).any(|t| deed(t, true));
    charged || cue(&["announce", "confirm"]) && (verb + 1..token).any(|t| deed(t, false))
}

/// "made in X great progress": an accusative written like the perfect of two, which a verb of doing brings.
fn is_brought_accusative(doc: &Document<'_>, token: usize) -> bool {
    let two = |r: &Reading| r.features.category == Category::Perfect && r.features.is_dual();
    let named = |r: &Reading| r.features.category == Category::Noun && doc.row(r).frame.is_some();
    let deed = |r: &Reading| (r.features.category == Category::Masdar || named(r)) && r.features.accusative;
    // "a position belonging to": an adjective behind another accusative goes on with it. A verbal noun does not: "that a man
    // and a boy were killed".
    let accusative = |t: usize| {
        let open = |r: &Reading| r.features.accusative && !r.features.category.is_finite() && !r.clitics.article;
        doc.readings(t).iter().any(open)
    };
    let goes_on = || token.checked_sub(1).is_some_and(accusative) && doc.clitics(token).is_empty();
    let verbal = doc.readings(token).iter().any(deed);
    if !verbal && doc.readings(token).iter().any(two) && accusative(token) && goes_on() {
        return true;
    }
    // "fleeing the shelling", where no two are told of.
    let start = doc.sentence_range(token).start;
    let of_two = |t: usize| doc.readings(t).iter().any(|r| r.features.is_dual());
    let flees = doc.reading(token, |_, row| row.has_role("intransitive")).is_some();
    // So is what a verb with its subject, which is one, takes: "the army watched an infiltration".
    let taken = || is_behind_subject(doc, token);
    let nobody = || (flees || taken()) && !(start.max(token.saturating_sub(BROUGHT))..token).any(of_two);
    doc.readings(token).iter().any(two)
        && doc.readings(token).iter().any(deed)
        && (nobody() || verb_that_brings(doc, token).is_some_and(|(_, r)| !r.features.is_dual()))
}

/// Right behind a verb and its definite subject.
fn is_behind_subject(doc: &Document<'_>, token: usize) -> bool {
    let nominal = |t: &usize| doc.continues_phrase(*t) && !doc.is_finite(*t);
    let start = doc.sentence_range(token).start;
    let subject = (start..token).rev().take(SUBJECT).take_while(nominal).count();
    let Some(verb) = (token - subject).checked_sub(1).filter(|v| *v >= start && subject > 0) else { return false };
    doc.is_finite(verb) && !doc.could_be_nominal(verb) && doc.is_definite(token - 1)
}

/// The nearest verb before a token, if it is one of doing, managing or wanting.
fn verb_that_brings<'d>(doc: &'d Document<'_>, token: usize) -> Option<(usize, &'d Reading)> {
    let own = |t: &usize| doc.is_word(*t) && !doc.is_particle(*t, "comp") && !doc.is_particle(*t, "rel");
    let mut before = (doc.sentence_range(token).start..token).rev().take(BROUGHT).take_while(own);
    let verb = before.find(|t| doc.is_finite(*t) && !doc.could_be_nominal(*t))?;
    let brings = |row: &Row| {
        matches!(row.frame.as_deref(), Some("light" | "manage" | "modal"))
            || row.object_frame.iter().any(|(w, f)| f == "light" && doc.is_lemma(token, w))
    };
    doc.finite(verb).filter(|(_, row)| brings(row)).map(|(reading, _)| (verb, reading))
}

/// "the army announced its killing ten", "its advance and its killing ten": a verbal noun with its doer, and those counted
/// behind it.
pub(super) fn is_deed_told(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let deed = |t: usize| {
        let masdar = doc.readings(t).iter().find(|r| r.features.category == Category::Masdar && r.pronoun.is_some());
        masdar.and_then(|r| r.pronoun).filter(|p| p.person == 3)
    };
    let Some(pronoun) = deed(token).filter(|_| scene.quantity_at(token + 1).is_some()) else { return false };
    let start = doc.sentence_range(token).start;
    if doc.clitics(token).conjunction.is_some() {
        let clause = (start..token).rev().take(DEEDS).take_while(|t| doc.is_word(*t) && !doc.is_particle(*t, "comp"));
        return clause.into_iter().any(|t| deed(t) == Some(pronoun));
    }
    let Some(sayer) = doc.previous_word(token).and_then(|p| scene.actor_at(p)) else { return false };
    let first = scene.mentions.actors[sayer].at.tokens.start;
    let says = |t: usize| doc.reading(t, |r, row| r.features.category.is_finite() && row.cue.is_some()).is_some();
    doc.previous_word(first).is_some_and(says)
}
