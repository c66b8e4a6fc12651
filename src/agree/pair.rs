//! How much two claims have in common.

use rustc_hash::FxHashSet;

use super::item::{Item, Side, Sort};
use super::kin::Tie;
use super::rules::{Points, Rules};
use super::words::{shared, weight_shared};

/// Parties of which the reports say that one attacks the other, both ways round.
pub type Enemies = FxHashSet<(u32, u32)>;

/// The enemies of a sheet's claims.
pub fn enemies(items: &[Item<'_>]) -> Enemies {
    let fights = |i: &&Item| i.sort == Sort::Casualty || i.sort == Sort::Event && i.traits.hostile;
    let pairs = items.iter().filter(fights).filter_map(|i| i.agent?.kin.zip(i.patient?.kin));
    let foes = pairs.filter(|(a, b)| a.tie(b) == Tie::Apart).map(|(a, b)| (a.number(), b.number()));
    foes.flat_map(|(a, b)| [(a, b), (b, a)]).collect()
}

/// Sums of points in another order may differ by this much.
const ROUNDING: f32 = 0.01;

/// Points for all that two claims share; `None` if they cannot be about one thing, or if they share less than is `needed`.
pub fn points(a: &Item<'_>, b: &Item<'_>, rules: &Rules, enemies: &Enemies, needed: f32) -> Option<f32> {
    if a.sort != b.sort || a.cumulative != b.cumulative || a.unit != b.unit {
        return None;
    }
    // One source does not deny what it tells.
    if a.doc == b.doc && a.is_denial() != b.is_denial() && shared(&a.sources, &b.sources) > 0 {
        return None;
    }
    // A report that names two places tells of two things.
    if a.doc == b.doc
        && let (Some(one), Some(other)) = (&a.spot, &b.spot)
        && !(one.assumed || other.assumed || one.is_or_holds(other, &rules.near))
    {
        return None;
    }
    let p = &rules.points;
    // What is planned has not happened yet; who denies a part denies nothing that others tell of the whole.
    let unlike = a.is_ahead() != b.is_ahead() || a.denies_a_part && !b.is_denial() || b.denies_a_part && !a.is_denial();
    if unlike && (a.doc == b.doc || !is_one_text(a, b, rules)) {
        return None;
    }
    let time = a.window.compare(&b.window, a.traits.lasting && b.traits.lasting, p, &rules.time)?;
    let told = match a.sort {
        Sort::Event => events(a, b, rules, enemies)?,
        Sort::Casualty => casualties(a, b, rules)?,
        Sort::Quantity => quantities(a, b, rules)?,
    };
    let place = match (&a.spot, &b.spot) {
        (Some(one), Some(other)) => match one.compare(other, p, &rules.near) {
            Some(points) => points,
            // A place that only stood before it keeps no text apart from itself.
            None if (one.assumed || other.assumed) && a.doc != b.doc && is_one_text(a, b, rules) => 0.0,
            None if (one.assumed || other.assumed) && a.traits.placeless => 0.0,
            None => return None,
        },
        _ => 0.0,
    };
    let most = p.most_words.max(0.0) + if a.doc == b.doc { 0.0 } else { p.same_text.max(0.0) };
    if place + time + told + most < needed - ROUNDING {
        return None;
    }
    let words = words(a, b, rules);
    if a.sort == Sort::Quantity && !is_told_alike(a, b, words, p) {
        return None;
    }
    let text = if a.doc != b.doc && is_one_text(a, b, rules) { p.same_text } else { 0.0 };
    Some(place + time + (told + words) + text)
}

/// Whether two passages are one text, carried twice.
pub fn is_one_text(a: &Item<'_>, b: &Item<'_>, rules: &Rules) -> bool {
    let fewer = a.shingles.len().min(b.shingles.len());
    // A passage of a few words is like many.
    fewer >= 6 && a.shingles.share(&b.shingles, rules.passage.shared * fewer as f64)
}

fn events(a: &Item<'_>, b: &Item<'_>, rules: &Rules, enemies: &Enemies) -> Option<f32> {
    let p = &rules.points;
    let kind = match a.what == b.what {
        true => p.same_type,
        false if a.traits.are_alike(&b.traits) => p.alike_type,
        false => return None,
    };
    let agents = a.agent.and_then(|s| s.kin).zip(b.agent.and_then(|s| s.kin));
    if a.traits.exclusive && agents.is_some_and(|(one, other)| enemies.contains(&(one.number(), other.number()))) {
        return None;
    }
    let symmetric = a.traits.symmetric || b.traits.symmetric;
    // A report that names two parties tells of two events.
    if a.doc == b.doc && !symmetric && agents.is_some_and(|(one, other)| one.tie(&other) == Tie::Apart) {
        return None;
    }
    let straight = sides(&a.agent, &b.agent, rules) + sides(&a.patient, &b.patient, rules);
    let crossed = sides(&a.agent, &b.patient, rules) + sides(&a.patient, &b.agent, rules);
    if a.traits.hostile && !symmetric && crossed > straight.max(0.0) {
        return None;
    }
    let parties = if symmetric { straight.max(crossed) } else { straight };
    Some(kind + if a.traits.placeless { 2.0 * parties } else { parties })
}

fn casualties(a: &Item<'_>, b: &Item<'_>, rules: &Rules) -> Option<f32> {
    let p = &rules.points;
    let same_class = a.class == b.class;
    if a.what != b.what || !same_class && a.class != "unknown" && b.class != "unknown" {
        return None;
    }
    // "Among them ten children" is no count of all.
    if !same_class && a.subset != b.subset {
        return None;
    }
    // Two who are named are two.
    if !a.person.is_empty() && !b.person.is_empty() && shared(&a.person, &b.person) == 0 {
        return None;
    }
    // That both count one or two dead says little.
    let few = a.figure.most().is_some_and(|n| n <= 2.0);
    let numbers = a.figure.compare(&b.figure, p, &rules.number)?.min(if few { p.near_number } else { f32::MAX });
    // On a day of war many are killed: two numbers are of two events more often than not.
    let other = a.figure.agrees(&b.figure, &rules.number) == Some(false);
    let numbers = if other { p.other_number } else { numbers };
    // One sentence sets the groups apart that it counts; a report that gives two numbers means two things.
    let apart = a.at.sentence == b.at.sentence || other;
    if a.doc == b.doc && !a.cumulative && apart && !one_named_person(a, b) {
        return None;
    }
    let cause = match (a.cause, b.cause) {
        (Some((one, _)), Some((other, _))) if one == other => p.same_party / 2.0,
        (Some((_, one)), Some((_, other))) if !one.are_alike(&other) => return None,
        _ => 0.0,
    };
    let victims = sides(&a.patient, &b.patient, rules);
    if victims < 0.0 {
        return None;
    }
    let class = if same_class && a.class != "unknown" { p.same_type } else { p.alike_type };
    Some(class + numbers + cause + victims + sides(&a.agent, &b.agent, rules))
}

fn one_named_person(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.figure.value == Some(1.0) && a.figure.value == b.figure.value && a.victims.is_some() && a.victims == b.victims
}

fn quantities(a: &Item<'_>, b: &Item<'_>, rules: &Rules) -> Option<f32> {
    let p = &rules.points;
    if a.what != b.what || a.noun != b.noun || a.doc == b.doc && a.at.sentence == b.at.sentence {
        return None;
    }
    // The fifth round is not the seventh; one report that gives two numbers means two things.
    let apart = a.figure.agrees(&b.figure, &rules.number) == Some(false);
    if apart && (a.doc == b.doc || a.what == "ordinal") {
        return None;
    }
    Some(same_noun(a, p) + a.figure.compare(&b.figure, p, &rules.number)?)
}

fn same_noun(a: &Item<'_>, p: &Points) -> f32 {
    if a.noun.is_some() { p.same_noun } else { 0.0 }
}

/// Two numbers of one unit are about one thing only if the words around them are.
fn is_told_alike(a: &Item<'_>, b: &Item<'_>, words: f32, p: &Points) -> bool {
    let same = a.figure.value.is_some() && a.figure.value == b.figure.value;
    (same || words >= p.most_words / 2.0) && (words != 0.0 || same_noun(a, p) != 0.0)
}

fn words(a: &Item<'_>, b: &Item<'_>, rules: &Rules) -> f32 {
    let p = &rules.points;
    (weight_shared(&a.context, &b.context) * p.shared_word).min(p.most_words)
}

/// Points for the parties in one role; nothing where either is not named.
fn sides(a: &Option<Side<'_>>, b: &Option<Side<'_>>, rules: &Rules) -> f32 {
    match (a, b) {
        (Some(a), Some(b)) => match tie(a, b) {
            Some(Tie::One) => {
                let p = &rules.points;
                p.common_party + (p.same_party - p.common_party) * a.weight.max(b.weight)
            }
            Some(Tie::Apart) => rules.points.other_party,
            _ => 0.0,
        },
        _ => 0.0,
    }
}

/// Whether two parties are one, or parts of one; `None` where the words do not tell, or both are of one state.
pub fn are_one(a: &Side<'_>, b: &Side<'_>) -> Option<bool> {
    match tie(a, b)? {
        Tie::One => Some(true),
        Tie::State => None,
        Tie::Ally | Tie::Apart => Some(false),
    }
}

fn tie(a: &Side<'_>, b: &Side<'_>) -> Option<Tie> {
    match (&a.kin, &b.kin) {
        (Some(one), Some(other)) => Some(one.tie(other)),
        _ if a.words.is_some() && a.words == b.words => Some(Tie::One),
        _ => None,
    }
}
