//! The place that stands at the head of a line: what a headline is about, or where a report was written.

use super::Scene;
use crate::lexicon::Referent;
use crate::segment::Kind;

/// How far behind the place of a dateline its agency and its sign may stand.
const CREDIT: usize = 10;

/// "X: five killed", "X.. five killed": the place that a headline sets before all of it. A capital before a colon may be who speaks.
pub(super) fn topic(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let doc = scene.doc;
    let start = doc.sentence_range(token).start;
    let own = scene.place_at(start).filter(|p| {
        let end = scene.mentions.places[*p].at.tokens.end;
        let sign = doc.kind(end) == Some(Kind::Colon) && !is_capital(scene, start)
            || doc.kind(end) == Some(Kind::Symbol) && doc.str(end) == "|";
        sign && !is_dateline(scene, *p)
    });
    own.or_else(|| {
        let before = doc.sentence_range(start.checked_sub(1)?);
        let place = scene.place_at(before.start)?;
        let end = scene.mentions.places[place].at.tokens.end;
        let alone = (end..before.end).all(|t| doc.kind(t) == Some(Kind::End)) && before.end == start;
        (alone && !doc.tokens[start].new_line).then_some(place)
    })
}

/// "X (agency) -", "X - agency:", "X / name / agency": where a report was written, and not where anything happened.
pub(super) fn is_dateline(scene: &Scene<'_, '_>, place: usize) -> bool {
    let doc = scene.doc;
    let at = &scene.mentions.places[place].at.tokens;
    let sentence = doc.sentence_range(at.start);
    let opens = at.start == sentence.start || doc.tokens[at.start].new_line;
    if !opens || !doc.clitics(at.start).is_empty() && !doc.clitics(at.start).article {
        return false;
    }
    let sign = |t: usize| matches!(doc.kind(t), Some(Kind::Clause | Kind::Colon | Kind::BracketOpen { .. }));
    let head =
        (at.end..sentence.end.min(at.end + CREDIT)).take_while(|t| !doc.is_finite(*t) || doc.could_be_nominal(*t));
    let end = scene.time_at(at.end).map_or(at.end, |t| scene.mentions.times[t].tokens.end);
    let credited = |t: usize| is_credit(scene, t) || doc.kind(t) == Some(Kind::Colon) && is_short_credit(scene, end, t);
    sign(end) && head.into_iter().any(credited)
}

/// Behind a dateline: "X (agency) - five were killed".
pub(super) fn past_dateline(scene: &Scene<'_, '_>, start: usize) -> usize {
    let doc = scene.doc;
    let Some(place) = scene.place_at(start).filter(|p| is_dateline(scene, *p)) else { return start };
    let end = scene.mentions.places[place].at.tokens.end;
    let limit = doc.sentence_range(start).end.min(end + CREDIT);
    let sign = |t: &usize| doc.kind(*t) == Some(Kind::Colon) || doc.kind(*t) == Some(Kind::Clause) && !doc.is_word(*t);
    let credit = (end..limit).find(|t| is_credit(scene, *t)).unwrap_or(end + 1);
    (credit..limit).find(sign).map_or(start, |t| t + 1)
}

/// "X - agency:", where no list knows the agency.
fn is_short_credit(scene: &Scene<'_, '_>, dash: usize, colon: usize) -> bool {
    let doc = scene.doc;
    let name = dash + 1..colon;
    let plain = |t: usize| doc.is_word(t) && scene.trigger_at(t).is_none() && doc.clitics(t).conjunction.is_none();
    doc.kind(dash) == Some(Kind::Clause) && (1..=3).contains(&name.len()) && name.clone().all(plain)
}

fn is_credit(scene: &Scene<'_, '_>, token: usize) -> bool {
    scene.actor_at(token).is_some_and(|a| scene.mentions.actors[a].kind == "media")
}

fn is_capital(scene: &Scene<'_, '_>, token: usize) -> bool {
    let capital = |r: &Referent| matches!(r, Referent::Capital(_));
    scene.doc.names_at(token).iter().any(|n| n.referents.iter().any(capital))
}
