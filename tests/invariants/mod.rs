//! What must hold of any text and of any file: the properties (`properties.rs`), the replay of the kept corpus and the
//! fuzz targets (`fuzz/`) all call these. Each panics with what is wrong.

#![allow(dead_code, reason = "each user takes what it needs")]

use std::collections::HashSet;
use std::sync::LazyLock;

use khabar::grammar::Document;
use khabar::grammar::pattern::{RuleBooks, Vocabulary};
use khabar::lexicon::Lexicon;
use khabar::mention::Figures;
use khabar::normalize::{Normalizer, Options};
use khabar::pipeline::{Extractor, Input};
use khabar::table::rows::{Claim, Place, Report};

/// 2017-07-05.
pub const PUBLISHED: i32 = 17352;

pub static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&[], &[]).unwrap());

static DESK: LazyLock<(Lexicon, Figures)> = LazyLock::new(|| {
    let lexicon = Lexicon::compile(&[]).unwrap();
    let figures = Figures::new(&lexicon).unwrap();
    (lexicon, figures)
});

static NORMALIZERS: LazyLock<Vec<Normalizer>> =
    LazyLock::new(|| Options::profiles().map(|p| Normalizer::new(Options::profile(p).unwrap())).collect());

/// Normalization under one profile, chosen by the text: twice is once, every way in gives the same text, and spans lead
/// there and back.
pub fn normalized(text: &str) {
    let normalizer = &NORMALIZERS[text.len() % NORMALIZERS.len()];
    let once = normalizer.normalize(text);
    assert_eq!(normalizer.normalize(&once), once, "twice is not once");
    let mut out = Vec::new();
    normalizer.normalize_into(text, &mut out);
    assert_eq!(std::str::from_utf8(&out), Ok(&*once), "into a buffer");

    let aligned = normalizer.align(text);
    assert_eq!(aligned.text, once, "aligned");
    let mut last = 0;
    for (at, c) in once.char_indices() {
        let back = aligned.to_original(at..at + c.len_utf8());
        assert!(last <= back.start && back.start < back.end, "{back:?} after {last} for {c:?} at {at}");
        assert!(text.is_char_boundary(back.start) && text.is_char_boundary(back.end), "{back:?} cuts a character");
        let there = aligned.to_normalized(back.clone());
        assert!(there.start <= at && at + c.len_utf8() <= there.end, "{there:?} does not hold {at}");
        assert_eq!(aligned.to_original(there), back, "there and back again");
        last = back.start;
    }

    let units: Vec<u16> = text.encode_utf16().collect();
    if let Some(done) = normalizer.normalize_units(&units) {
        assert_eq!(String::from_utf16(&done).expect("whole characters"), once, "by units");
    }
    if let Some((done, alignment)) = normalizer.align_units(&units) {
        assert_eq!(String::from_utf16(&done).expect("whole characters"), once, "aligned by units");
        // Not compared as they are: runs that say the same may be cut otherwise.
        let points = aligned.in_code_points(text);
        for at in 0..points.normalized_len() {
            assert_eq!(alignment.to_original(at..at + 1), points.to_original(at..at + 1), "by units, to {at}");
        }
        for at in 0..points.original_len() {
            assert_eq!(alignment.to_normalized(at..at + 1), points.to_normalized(at..at + 1), "by units, from {at}");
        }
    }
}

/// Numbers and times alone: their spans, and values that make sense.
pub fn figures(text: &str) {
    let (lexicon, figures) = &*DESK;
    let text = lexicon.fold.text(text);
    let doc = Document::read(&text, lexicon);
    let published = (!text.len().is_multiple_of(4)).then_some(PUBLISHED);
    let times = figures.times(&doc, published);
    for time in &times {
        assert!(text.get(time.span.range()).is_some_and(|t| !t.is_empty()), "{time:?}");
        assert!(time.tokens.start < time.tokens.end && time.tokens.end <= doc.len(), "{time:?}");
    }
    for q in figures.quantities(&doc, &times) {
        assert!(text.get(q.span.range()).is_some_and(|t| !t.is_empty()), "{q:?}");
        assert!(text.get(q.number_span.range()).is_some(), "{q:?}");
        assert!(q.tokens.start < q.tokens.end && q.tokens.end <= doc.len(), "{q:?}");
        for value in [q.value, q.upper, q.low, q.high, q.magnitude].into_iter().flatten() {
            assert!(value.is_finite(), "{q:?}");
        }
        assert!(q.low.zip(q.high).is_none_or(|(low, high)| low <= high), "{q:?}");
    }
}

/// The whole extraction of a report.
pub fn extracted(text: &str) -> Report {
    let published = (!text.len().is_multiple_of(4)).then_some(PUBLISHED);
    let report = EXTRACTOR.extract(&Input { doc_id: "d", text: Some(text), published, ..Input::default() });
    coherent(text, &report);
    report
}

/// Evidence is the slice it says it is, and rows point at rows that are there.
pub fn coherent(text: &str, report: &Report) {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let n = ends.len() - 1;
    assert_eq!(report.document.n_chars as usize, n);
    let evidence = |start: i32, end: i32, copy: &str| {
        let (start, end) = (start as usize, end as usize);
        assert!(start < end && end <= n, "{start}..{end} of {n}: {copy:?}");
        assert_eq!(&text[ends[start]..ends[end]], copy);
    };
    let at = |place: &Place| {
        assert!((0..report.document.n_sentences).contains(&place.sentence), "{place:?}");
        evidence(place.start, place.end, &place.text);
    };
    let point = |lat: Option<f64>, lon: Option<f64>| {
        assert_eq!(lat.is_some(), lon.is_some());
        assert!(lat.is_none_or(|l| (-90.0..=90.0).contains(&l)) && lon.is_none_or(|l| (-180.0..=180.0).contains(&l)));
    };
    let order = |from: Option<i64>, to: Option<i64>| assert!(from.zip(to).is_none_or(|(from, to)| from < to));
    let known =
        |ids: &HashSet<&str>, id: &Option<String>| assert!(id.as_deref().is_none_or(|i| ids.contains(i)), "{id:?}");

    for actor in &report.actors {
        at(&actor.at);
        let refers = actor.refers_to;
        assert!(refers.is_none_or(|start| report.actors.iter().any(|a| a.at.start == start)), "{actor:?}");
    }
    for location in &report.locations {
        at(&location.at);
        point(location.lat, location.lon);
    }
    for time in &report.times {
        at(&time.at);
        order(time.from, time.to);
    }
    let attributions: HashSet<_> = report.attributions.iter().map(|a| a.attribution_id.as_str()).collect();
    let events: HashSet<_> = report.events.iter().map(|e| e.claim.claim_id.as_str()).collect();
    let casualties: HashSet<_> = report.casualties.iter().map(|c| c.claim.claim_id.as_str()).collect();
    assert_eq!(attributions.len(), report.attributions.len());
    assert_eq!(events.len() + casualties.len(), report.events.len() + report.casualties.len());
    for quantity in &report.quantities {
        at(&quantity.at);
        assert!(quantity.low.zip(quantity.high).is_none_or(|(low, high)| low <= high), "{quantity:?}");
        known(&casualties, &quantity.claim_id);
    }
    for a in &report.attributions {
        assert!((0..report.document.n_sentences).contains(&a.sentence));
        if a.source_start < a.source_end {
            evidence(a.source_start, a.source_end, &a.source);
        }
        evidence(a.cue_start, a.cue_end, &a.cue);
        if let (Some(start), Some(end)) = (a.content_start, a.content_end) {
            assert!(0 <= start && start <= end && end as usize <= n, "{a:?}");
        }
        known(&attributions, &a.parent);
        assert!(a.parent.as_ref() != Some(&a.attribution_id), "its own source: {a:?}");
    }
    let claim = |c: &Claim| {
        at(&c.at);
        point(c.lat, c.lon);
        order(c.time_from, c.time_to);
        known(&attributions, &c.attribution_id);
        assert!((0.0..=1.0).contains(&c.confidence) && !c.rule.is_empty() && !c.realis.is_empty(), "{c:?}");
    };
    for event in &report.events {
        claim(&event.claim);
        evidence(event.trigger_start, event.trigger_end, &event.trigger);
    }
    for casualty in &report.casualties {
        claim(&casualty.claim);
        evidence(casualty.anchor_start, casualty.anchor_end, &casualty.anchor);
        assert!(casualty.low.zip(casualty.high).is_none_or(|(low, high)| low <= high), "{casualty:?}");
        assert!(casualty.count.is_none_or(|c| c >= 0), "{casualty:?}");
        known(&events, &casualty.event_id);
        known(&casualties, &casualty.subset_of);
        assert!(casualty.subset_of.as_ref() != Some(&casualty.claim.claim_id), "part of itself: {casualty:?}");
    }
}

/// A lexicon file of a stranger: rows, or an error that names a line of the file. A gazetteer begins with its columns.
pub fn lexicon_file(source: &str) {
    let name = if source.starts_with("name_ar") { "mine.tsv" } else { "mine.toml" };
    if let Err(error) = Lexicon::of(&[(name, source)]) {
        assert!(error.file == name && error.line <= 1 + source.matches('\n').count(), "{error}");
        assert!(!error.message.is_empty());
    }
}

/// A rule file of a stranger: a book of rules, or an error that names a line of the file, which comes back.
pub fn rule_file(source: &str) -> Option<String> {
    let (lexicon, _) = &*DESK;
    let outcome = RuleBooks::compile(&[("mine.toml", source)], lexicon, &mut Vocabulary::default());
    if let Err(error) = &outcome {
        assert!(error.file == "mine.toml" && error.line <= 1 + source.matches('\n').count(), "{error}");
        assert!(!error.message.is_empty());
    }
    outcome.err().map(|e| e.to_string())
}
