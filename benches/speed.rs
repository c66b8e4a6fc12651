//! Each room by itself, and the compilation of the lexicons, by criterion: `cargo bench --bench speed`.
//!
//! `REPORTS=FILE` takes reports as JSON lines with `text` and perhaps `published`; without it, the reports of the demonstration.

mod rooms;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use khabar::claim::{Claims, Scene};
use khabar::lexicon::Lexicon;
use khabar::mention::Mentions;
use rooms::House;

fn each_room(c: &mut Criterion) {
    let files: Vec<String> = std::env::var("REPORTS").into_iter().filter(|f| !f.is_empty()).collect();
    let texts = rooms::reports(&files);
    let house = House::new();
    let mut group = c.benchmark_group("rooms");
    group.sample_size(20).throughput(Throughput::Bytes(texts.iter().map(|t| t.0.len() as u64).sum()));

    group.bench_function("bare read", |b| {
        b.iter(|| texts.iter().flat_map(|t| t.0.chars()).fold(0, |a, c| a ^ c as u32));
    });
    group.bench_function("normalize", |b| b.iter(|| each(texts.iter().map(|t| rooms::normalize(&house, &t.0)))));
    let aligned: Vec<_> = texts.iter().map(|t| rooms::normalize(&house, &t.0)).collect();
    group.bench_function("segment, look up", |b| b.iter(|| each(aligned.iter().map(|a| rooms::look_up(&house, a)))));
    let docs: Vec<_> = aligned.iter().map(|a| rooms::look_up(&house, a)).collect();
    let of_docs = || docs.iter().zip(&texts).map(|(doc, text)| rooms::times(&house, doc, text.1));
    group.bench_function("numbers, times", |b| b.iter(|| each(of_docs())));
    group.bench_function("quantities", |b| {
        let sheets = || of_docs().collect::<Vec<_>>();
        let work = |sheets: Vec<_>| each(sheets.into_iter().map(|(s, times)| rooms::quantities(&house, s, times)));
        b.iter_batched(sheets, work, BatchSize::LargeInput);
    });
    let found: Vec<_> = of_docs().map(|(sheet, times)| rooms::quantities(&house, sheet, times)).collect();
    let of_found = || docs.iter().zip(&found);
    group.bench_function("actors", |b| b.iter(|| each(of_found().map(|(doc, f)| rooms::actors(doc, &f.1)))));
    let actors: Vec<_> = of_found().map(|(doc, f)| rooms::actors(doc, &f.1)).collect();
    let of_actors = || of_found().zip(&actors);
    group.bench_function("places", |b| b.iter(|| each(of_actors().map(|((d, f), a)| rooms::places(d, a, &f.1)))));
    let places: Vec<_> = of_actors().map(|((doc, f), actors)| rooms::places(doc, actors, &f.1)).collect();
    let parts = found.into_iter().zip(actors).zip(places);
    let mentions: Vec<Mentions> =
        parts.map(|(((times, quantities), actors), places)| Mentions { actors, places, times, quantities }).collect();
    let scenes = || docs.iter().zip(&mentions).map(|(doc, m)| Scene::new(doc, m)).collect::<Vec<_>>();
    group.bench_function("attributions", |b| {
        b.iter_batched(scenes, |mut s| s.iter_mut().for_each(rooms::attributions), BatchSize::LargeInput);
    });
    let mut scenes = scenes();
    scenes.iter_mut().for_each(rooms::attributions);
    group.bench_function("events", |b| b.iter(|| each(scenes.iter().map(rooms::events))));
    let events: Vec<_> = scenes.iter().map(rooms::events).collect();
    let of_events = || scenes.iter().zip(&events);
    group.bench_function("casualties", |b| b.iter(|| each(of_events().map(|(s, e)| rooms::casualties(s, e)))));
    let casualties: Vec<_> = of_events().map(|(scene, events)| rooms::casualties(scene, events)).collect();
    let claims: Vec<Claims> = scenes
        .into_iter()
        .zip(events.into_iter().zip(casualties))
        .map(|(scene, (events, casualties))| Claims { attributions: scene.attributions, events, casualties })
        .collect();
    group.bench_function("rows", |b| {
        let all = || texts.iter().zip(&aligned).zip(docs.iter().zip(&mentions)).zip(&claims);
        b.iter(|| each(all().map(|(((t, a), (d, m)), c)| rooms::rows(&t.0, a, d, m, c))));
    });
    group.bench_function("all", |b| b.iter(|| each(texts.iter().map(|t| house.walk(&t.0, t.1, |_| {})))));
}

/// What the first extraction of a process waits for.
fn lexicons(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    group.sample_size(10);
    group.bench_function("lexicons and rules", |b| b.iter_with_large_drop(House::new));
    let own = rows(20_000);
    group.bench_function("with 20,000 rows of one's own", |b| {
        b.iter_with_large_drop(|| Lexicon::compile(&[("own.csv", &own)]))
    });
}

/// A table of so many places.
fn rows(count: usize) -> String {
    let letters: Vec<char> = "بتجحخدذرزسشصضطعغفقكلمنهي".chars().collect();
    let mut out = "name_ar,name_en,kind,country,lat,lon,place_id\n".to_owned();
    for n in 0..count {
        let letter = |place: usize| letters[n / letters.len().pow(place as u32) % letters.len()];
        let name: String = (0..4).map(letter).collect();
        out += &format!("تل {name},Tell {n},city,SY,35.5,38.5,own:{n}\n");
    }
    out
}

/// Does all the work, and lets the compiler leave none of it out.
fn each<T>(work: impl Iterator<Item = T>) {
    work.for_each(|done| drop(black_box(done)));
}

criterion_group!(benches, each_room, lexicons);
criterion_main!(benches);
