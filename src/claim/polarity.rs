//! Whether it happened: negation, failure and denial, plans and possibilities.

use super::Scene;
use super::circumstance::is_paid_back;
use super::near::has_preposition;
use super::trigger::{Shape, Trigger};
use crate::grammar::Document;
use crate::lexicon::{Facts, Reading, Row, Turn};
use crate::morph::Category;
use crate::segment::Kind;

pub struct Polarity {
    pub negated: bool,
    pub realis: &'static str,
    /// The word that says so: the negation, the verb of failure or of planning, the source's denial.
    pub cue: Option<usize>,
}

/// How far before a noun the verb may stand that denies it.
const DENIED: usize = 5;

/// A word that makes a plan or a possibility of what stands behind it; one that names an event says so of itself alone.
fn hedges(doc: &Document<'_>, row: &Row) -> bool {
    let names = row.frame.as_deref().and_then(|f| doc.lexicon.frames.get(f)).is_some_and(|f| f.event.is_some());
    row.realis.is_some() && !names
}

/// Negation, failure and denial before the trigger; plans and possibilities.
pub fn polarity(scene: &Scene<'_, '_>, token: usize, trigger: &Trigger<'_>) -> Polarity {
    let doc = scene.doc;
    // "demanded the release of the abducted soldier": he was.
    if trigger.shape == Shape::PassiveParticiple && trigger.reading.clitics.article {
        return Polarity { negated: false, realis: "actual", cue: None };
    }
    if trigger.shape.is_noun() && is_paid_back(scene, token) {
        return Polarity { negated: false, realis: "actual", cue: None };
    }
    let start = scene.clause(token).start;
    let mut negated = false;
    let mut cue = None;
    let mut realis = match trigger.row.realis.as_deref() {
        Some("planned") => "planned",
        Some("possible") => "possible",
        _ => "actual",
    };
    if trigger.reading.clitics.future {
        realis = "planned";
    }
    // "for the sake of", of several words.
    if let Some(previous) = doc.previous_word(token).filter(|p| doc.is_absorbed(*p))
        && doc.governed_by(token).is_some_and(|row| row.has_role("purpose"))
    {
        (realis, cue) = ("planned", Some(previous));
    }
    // "the campaign to take the city": what it is fought for.
    let aims = |p: &usize| doc.reading(*p, |_, row| row.has_role("aims")).is_some() && !doc.is_definite(*p);
    if trigger.frame.event.as_deref() == Some("capture")
        && trigger.reading.features.category == Category::Masdar
        && trigger.reading.clitics.is_empty()
        && let Some(fight) = token.checked_sub(1).filter(aims)
    {
        (realis, cue) = ("planned", Some(fight));
    }
    // "failed during the talks": when it was.
    let when = |row: &Row| row.has_role("time") && !row.has_role("place");
    let meanwhile = doc.governed_by(token).is_some_and(when);
    let mut distance = 0;
    let mut said = false;
    let mut brought = None;
    let mut at = token;
    // A perfect behind "and" tells of something new: what was wanted or denied before it is over.
    let features = trigger.reading.features;
    let anew = features.category == Category::Perfect && trigger.reading.clitics.conjunction.is_some();
    while let Some(previous) = doc.previous_word(at).filter(|p| *p >= start && !anew) {
        at = previous;
        distance += 1;
        if distance > 8 {
            break;
        }
        if doc.is_particle(at, "comp") && distance > 3 {
            break;
        }
        // "nothing but": it did happen.
        if doc.particle(at, "prep").is_some_and(|row| row.has_role("except")) {
            break;
        }
        // A verb that carries its noun says nothing of whether, whatever else is written like it.
        let carries = |row: &Row| matches!(row.frame.as_deref(), Some("light" | "manage"));
        // Nor does a number, though "nine" is written like "seeks".
        if scene.actor_at(at).is_some()
            || scene.quantity_at(at).is_some()
            // "among them", written like "and means to"
            || doc.is_particle(at, "subset")
            || doc.is_finite(at) && doc.reading(at, |r, row| r.features.category.is_finite() && carries(row)).is_some()
        {
            continue;
        }
        // "is still", "both of": no word of it negates.
        let phrase = doc.phrase_at(at).map(|(row, _)| doc.lexicon.row(row));
        let still = phrase.is_some_and(|row| row.aspect.is_some() || row.pos == "adv");
        // A verb that says so, whatever else is written like it ("confirmed" like "I almost").
        let saying = doc.reading(at, |_, row| row.cue.is_some() && row.realis.is_none()).filter(|_| scene.is_cue(at));
        // "threatened to kill" says so too, but not that it happened.
        let wants = |verb: &str| doc.reading(at, |_, row| row.realis.is_some() && row.folded == verb).is_some();
        let says = saying.is_some_and(|(_, row)| !wants(&row.folded));
        // "denied, earlier, the targeting of": what nobody is the source of.
        let denies = |r: &Reading, row: &Row| {
            row.cue.as_deref() == Some("deny") && says_so(r) && (row.needs.is_empty() || !is_brought(doc, at, token))
        };
        let undone = said || at.checked_sub(1).is_some_and(|p| doc.is_particle(p, "neg"));
        // "denied the attack and accused Y of": of what the nearer verb says.
        said |= says && doc.finite(at).is_some_and(|(r, _)| r.clitics.conjunction.is_some());
        let disowned = || is_disowned(scene, token, trigger, Some(at));
        let denied = trigger.shape.is_noun() && distance <= DENIED && !undone;
        if denied && doc.reading(at, denies).is_some() && !disowned() {
            (negated, cue) = (true, Some(at));
            break;
        }
        // "those suspected": people.
        let suspects = doc.turn_at(at).is_some_and(|turn| doc.lexicon.row(turn.row).victim.is_some());
        if still || says || suspects {
            continue;
        }
        // "may" before an imperfect, which before a perfect is no more than "did".
        let may = doc.particle(at, "aux").and_then(|row| row.with_imperfect.as_deref());
        let next = doc.next_word(at);
        let imperfect = doc.has_category(next, Category::Imperfect) && !doc.has_category(next, Category::Perfect);
        if may == Some("possible") && imperfect {
            (realis, cue) = ("possible", Some(at));
            continue;
        }
        // "came off safe from the attack": by its preposition alone.
        let brings = |row: &Row| {
            let safe = row.frame.as_deref() == Some("prevent") && row.realis.as_deref() == Some("actual");
            let event = row.roles.as_ref().and_then(|roles| roles.prep.iter().find(|(_, role)| *role == "event"));
            !safe || event.is_none_or(|(p, _)| has_preposition(doc, at, p))
        };
        let says = |r: &Reading, row: &Row| {
            row.pos == "neg"
                || hedges(doc, row) && brings(row) && (!r.features.category.is_participle() || is_expected(doc, at))
                || row.pos == "prep" && row.has_role("purpose")
                || matches!(row.frame.as_deref(), Some("fail" | "prevent"))
                    && (r.features.category.is_finite() || r.features.category == Category::Masdar)
                    && brings(row)
                    && !meanwhile
                    && (row.needs.is_empty() || (at + 1..token).any(|t| row.needs.iter().any(|w| doc.is_lemma(t, w))))
                    // "the failure of the talks": they were held.
                    && (distance > 1 || !row.subject_frame.contains_key(&format!("@{}", trigger.frame.name)))
        };
        let hedge = if doc.may_be(at, Facts::HEDGE) { doc.reading(at, says) } else { None };
        // "an attempt that led to the killing of two": they were killed. What is wanted or denied of the result stands at its verb.
        if distance > 1 && brought.is_none() && is_result(scene, at) && trigger.frame.harm.is_some() {
            let described = at.checked_sub(1).is_some_and(|t| doc.is_nominal(t));
            brought = Some(if described { distance } else { distance + 2 });
        }
        let far = brought.is_some_and(|b| distance > b);
        let Some((_, row)) = hedge.filter(|_| !far) else {
            if doc.is_finite(at)
                && distance > 1
                && doc.reading(at, |_, r| matches!(r.frame.as_deref(), Some("light" | "manage" | "result"))).is_none()
            {
                break;
            }
            continue;
        };
        let close = distance <= 2;
        if distance == 1 && row.pos == "prep" && row.has_role("purpose") {
            realis = "planned";
        }
        let before = (negated, realis);
        match row.pos.as_str() {
            // "any": strengthens the negation before it.
            "neg" if row.needs_neg => distance -= 1,
            "neg" if row.aspect.is_some() => {}
            // "what led to": the same word, and no negation.
            "neg" if row.is_weak() => negated |= distance == 1 && trigger.shape.is_verb() && opens(doc, at),
            // "aircraft without a pilot to strike X": nothing is said of what it is for.
            "neg" if row.scope.as_deref() == Some("phrase") && distance > 1 && is_purpose(scene, trigger) => {}
            "neg" if row.scope.as_deref() == Some("word") => negated |= distance == 1,
            "neg" if super::unreached::only_described(scene, token, at) => {}
            "neg" => {
                negated |= close
                    || row.scope.as_deref() == Some("clause") && distance <= 4
                    || row.scope.as_deref() == Some("phrase") && distance <= 3
            }
            // "survived the attack": it was made, and killed him not.
            _ if row.realis.as_deref() == Some("actual") && trigger.frame.harm.is_none() => {}
            _ if matches!(row.frame.as_deref(), Some("fail" | "prevent")) => {
                negated |= distance <= 4;
                // "in order to prevent": nothing has happened yet.
                let purpose = doc.clitics(at).preposition.map(|p| doc.lexicon.preposition(p));
                if distance <= 4 && purpose.is_some_and(|p| doc.lexicon.is_subjunctive(p)) {
                    realis = "planned";
                }
            }
            _ => {
                if distance <= 4 {
                    realis = match row.realis.as_deref() {
                        Some("planned") => "planned",
                        Some("possible") => "possible",
                        _ => realis,
                    };
                }
            }
        }
        if before != (negated, realis) {
            cue = Some(at);
        }
    }
    if negated && cue.is_some_and(|at| excepts(doc, at, token)) {
        (negated, cue) = (false, None);
    }
    let harm = trigger.row.harm.is_some();
    if negated && !harm && trigger.shape.is_noun() && is_subject_of_result(scene, token) {
        // "the strike did not result in …": the strike was.
        negated = false;
        cue = None;
    }
    if let Some(denied) = denied_result(scene, token, trigger) {
        negated = true;
        cue = Some(denied);
    }
    if let Some(denied) = untrue(scene, token, trigger) {
        negated = true;
        cue = Some(denied);
    }
    if trigger.shape.is_noun()
        && !negated
        && let Some(unreached) = super::unreached::unreached(scene, token)
    {
        (negated, cue) = (true, Some(unreached));
    }
    if let Some(unheard) = unheard(scene, token, trigger) {
        (negated, realis, cue) = (true, "actual", Some(unheard));
    }
    if let Some(source) = scene.source_of(token).map(|a| &scene.attributions[a]) {
        let said = Some(source.cue.tokens.start);
        match source.cue_class.as_str() {
            // "denied any link with the blast": the blast was.
            "deny" if is_disowned(scene, token, trigger, said) => {}
            "deny" => (negated, cue) = (true, said),
            "accuse" if realis == "actual" => (realis, cue) = ("possible", said),
            _ => {}
        }
    }
    if realis == "actual"
        && !negated
        && let Some(first) = goes_with(scene, token, trigger)
        && let plan = polarity(scene, first.token, first)
        && plan.realis == "planned"
    {
        (negated, realis, cue) = (plan.negated, plan.realis, plan.cue);
    }
    if negated && realis == "actual" {
        realis = "denied";
    }
    Polarity { negated, realis, cue }
}

/// "denied", "the denial of", "denying"; not "in exile", "those who refuse".
fn says_so(reading: &Reading) -> bool {
    match reading.features.category {
        Category::ActiveParticiple => !reading.clitics.article,
        c => c.is_finite() || c == Category::Masdar,
    }
}

/// "refused the order to attack": the deed is no object of the refusal.
fn is_brought(doc: &Document<'_>, from: usize, token: usize) -> bool {
    (from + 1..=token).any(|t| doc.clitics(t).preposition.is_some() || doc.is_preposition(t))
}

/// "not", where "what" is written like it: at the beginning of what is said.
fn opens(doc: &Document<'_>, token: usize) -> bool {
    let start = doc.sentence_range(token).start;
    let apart = |t: usize| doc.kind(t).is_some_and(|k| k.is_quote() || k == Kind::Colon || k == Kind::Clause);
    token == start || apart(token - 1) || doc.clitics(token).conjunction.is_some()
}

fn is_purpose(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let lexicon = scene.doc.lexicon;
    trigger.reading.clitics.preposition.is_some_and(|p| lexicon.is_subjunctive(lexicon.preposition(p)))
}

/// How far behind a deed the word may stand that excepts it from the negation.
const EXCEPTED: usize = 6;

/// "did not enter but by", "will not be driven out except with": what is negated happens after all.
fn excepts(doc: &Document<'_>, negation: usize, token: usize) -> bool {
    let not = |row: &Row| matches!(row.scope.as_deref(), Some("verb" | "clause"));
    let but = |t: &usize| doc.particle(*t, "prep").is_some_and(|row| row.has_role("except"));
    let that = |t: usize| doc.is_particle(t + 1, "comp") || doc.phrase_at(t).is_some();
    let goes_on = |t: &usize| {
        doc.is_word(*t) && doc.clitics(*t).conjunction.is_none() || doc.kind(*t).is_some_and(Kind::is_quote)
    };
    let found = (token + 1..(token + 1 + EXCEPTED).min(doc.len())).take_while(goes_on).find(but);
    doc.particle(negation, "neg").is_some_and(not) && found.is_some_and(|t| !that(t))
}

/// "denied its responsibility for the attack": a definite deed, behind the word for the part that somebody had in it.
fn is_disowned(scene: &Scene<'_, '_>, token: usize, trigger: &Trigger<'_>, said: Option<usize>) -> bool {
    let doc = scene.doc;
    let part = |_: &Reading, row: &Row| row.class.as_deref() == Some("responsibility") || row.has_role("part_in");
    let near = said.map_or(token, |s| s + 1).max(token.saturating_sub(TOGETHER))..token;
    let known = |t: usize| scene.trigger_at(t).is_some_and(|x| x.reading.clitics.article);
    let own = trigger.shape.is_noun() && trigger.reading.clitics.article;
    // What a relative clause tells of it happened too.
    let described = || near.clone().any(known);
    near.clone().any(|t| doc.reading(t, part).is_some()) && (own || described())
}

/// How far before a deed the one may stand that it is told with.
const TOGETHER: usize = 12;

/// "with the aim of arresting or killing X", "to kidnap and kill": the deed that a verbal noun behind "and" or "or" goes
/// on with, which stands first and under the same word.
fn goes_with<'s>(scene: &'s Scene<'_, 's>, token: usize, trigger: &Trigger<'_>) -> Option<&'s Trigger<'s>> {
    let doc = scene.doc;
    let clitics = trigger.reading.clitics;
    let or =
        |t: usize| doc.previous_word(t).is_some_and(|p| doc.particle(p, "conj").is_some_and(|row| row.alternative));
    // Many a verbal noun is written like the verb.
    let beside = || token.checked_sub(1).and_then(|t| scene.trigger_at(t)).is_some_and(|x| x.shape == Shape::Masdar);
    let alike = || doc.could_be_nominal(token) && (trigger.reading.pronoun.is_some() || or(token) || beside());
    let joined = trigger.shape == Shape::Masdar || alike();
    if !joined || clitics.article || clitics.preposition.is_some() || !(clitics.conjunction.is_some() || or(token)) {
        return None;
    }
    let deed = |t: usize| scene.trigger_at(t).filter(|x| x.shape == Shape::Masdar);
    let goes_on = |t: &usize| {
        let noun = deed(*t).is_some() || doc.could_be_nominal(*t) || !doc.is_finite(*t);
        (doc.is_word(*t) || doc.kind(*t).is_some_and(Kind::is_quote)) && noun && !doc.is_particle(*t, "comp")
    };
    let near = (token.saturating_sub(TOGETHER)..token).rev().take_while(goes_on);
    let led = |t: usize| {
        doc.clitics(t).preposition.is_some()
            || doc.governed_by(t).is_some()
            || scene.subject(scene.clauses.of(t)).is_some()
    };
    near.into_iter().find_map(|t| deed(t).filter(|x| x.reading.clitics.conjunction.is_none() && !or(t) && led(t)))
}

fn is_result(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    doc.may_be(token, Facts::CARRIER)
        && doc
            .reading(token, |r, row| row.frame.as_deref() == Some("result") && r.features.category.is_finite())
            .is_some()
}

/// The noun stands right behind a verb of result: it is the cause, not the effect.
fn is_subject_of_result(scene: &Scene<'_, '_>, token: usize) -> bool {
    scene.doc.clitics(token).preposition.is_none()
        && scene.doc.previous_word(token).is_some_and(|p| is_result(scene, p))
}

/// The negation of a verb of result behind whose preposition the token stands.
fn denied_result(scene: &Scene<'_, '_>, token: usize, trigger: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    let start = scene.clause(token).start;
    let verb = (start..token).rev().take(8).find(|t| is_result(scene, *t))?;
    // "nobody fell in the blast": what falls is denied, and not the blast.
    let result = doc.reading(verb, |_, row| row.frame.as_deref() == Some("result"));
    let subject = result.and_then(|(_, row)| row.roles.as_ref()).and_then(|r| r.subject.as_deref());
    if trigger.frame.harm.is_none() && subject == Some("patient") {
        return None;
    }
    let denied =
        doc.previous_word(verb).filter(|p| *p >= start && doc.particle(*p, "neg").is_some_and(|row| !row.is_weak()))?;
    let behind = (verb + 1..token).any(|t| doc.is_preposition(t) || doc.clitics(t).preposition.is_some());
    behind.then_some(denied)
}

/// "there were no reports of casualties", "no news came of dead": the negation before the noun of what is told.
fn unheard(scene: &Scene<'_, '_>, token: usize, trigger: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    let start = scene.clause(token).start.max(token.saturating_sub(UNHEARD));
    let light = |t: usize| doc.reading(t, |_, row| matches!(row.frame.as_deref(), Some("light" | "die"))).is_some();
    let led = |t: &usize| doc.is_preposition(*t) || light(*t) && !doc.is_finite(*t);
    let report = (start..token).rev().find(|t| !led(t)).filter(|t| trigger.frame.harm.is_some() && *t + 1 < token)?;
    doc.reading(report, |_, row| row.source_kind.as_deref() == Some("document"))?;
    let none = |t: &usize| doc.particle(*t, "neg").is_some_and(|row| !row.is_weak());
    (start.max(report.saturating_sub(2))..report).find(none)
}

/// How far before a harm the negation may stand of a report of it.
const UNHEARD: usize = 7;

/// How far behind an event what calls the report of it untrue may stand.
const REACH: usize = 16;

/// "the news that X was taken is untrue": the words behind it that say so.
fn untrue(scene: &Scene<'_, '_>, token: usize, trigger: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    let clause = scene.clause(token);
    let mut behind = token + 1..clause.end.min(token + 1 + REACH);
    let denies = |t: &usize| {
        doc.turn_at(*t).is_some_and(|turn| {
            let phrase = &doc.lexicon.phrases[turn.phrase];
            turn.tokens[0] == *t && phrase.turn == Turn::Negation && phrase.of.as_deref() == Some("claim")
        })
    };
    let parts = |t: usize| doc.is_finite(t) && !doc.could_be_nominal(t) || doc.may_be_particle(t, "comp");
    let at = behind.find(denies).filter(|at| !(token + 1..*at).any(parts))?;
    let report = |t: usize| doc.reading(t, |_, row| row.source_kind.as_deref() == Some("document")).is_some();
    let reported = (clause.start..token).rev().take(8).any(report);
    // "untrue news": the words describe the noun before them if that is indefinite too.
    let before = doc.previous_word(at)?;
    let predicate = trigger.shape.is_noun() && (doc.is_definite(before) || scene.mention_end(before).is_some());
    (reported || predicate).then_some(at)
}

/// "it is expected", written as "of the expected"; another participle of such a verb is a person or a quality.
fn is_expected(doc: &Document<'_>, token: usize) -> bool {
    doc.is_absorbed(token)
        || doc.is_definite(token) && doc.governed_by(token).is_some_and(|row| row.has_role("partitive"))
}
