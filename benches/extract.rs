//! Megabytes a second of extraction on one thread, and what each room takes of it.
//!
//! `cargo bench --bench extract -- FILE…` takes reports as JSON lines with `text` and perhaps `published`; without files
//! the reports of the demonstration, again and again, whose few words are all remembered: faster than any news.

mod rooms;

use std::hint::black_box;
use std::time::{Duration, Instant};

use rooms::{House, ROOMS};

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let mut texts = rooms::reports(&files);
    if files.is_empty() {
        texts = texts.iter().cycle().take(500).cloned().collect();
    }
    let bytes: usize = texts.iter().map(|t| t.0.len()).sum();
    println!("{} reports, {:.1} MB", texts.len(), bytes as f64 / 1e6);
    let house = House::new();
    let read = best(|| texts.iter().map(|t| t.0.chars().map(|c| c as usize).fold(0, |a, c| a ^ c)).sum());
    let mut shares = [Duration::MAX; ROOMS.len()];
    let whole = best(|| {
        let mut spent = [Duration::ZERO; ROOMS.len()];
        let mut claims = 0;
        for (text, published) in &texts {
            let mut start = Instant::now();
            let report = house.walk(text, *published, |room| {
                let now = Instant::now();
                spent[room] += now - start;
                start = now;
            });
            claims += report.events.len() + report.casualties.len();
        }
        let sum = |all: &[Duration]| all.iter().fold(Duration::ZERO, |a, b| a.saturating_add(*b));
        if sum(&spent) < sum(&shares) {
            shares = spent;
        }
        claims
    });
    let sum: f64 = shares.iter().map(Duration::as_secs_f64).sum();
    for (room, spent) in ROOMS.iter().zip(&shares) {
        println!("  {room:<16} {:5.1} %", spent.as_secs_f64() / sum * 100.0);
    }
    println!("  extraction       {:5.1} MB/s", bytes as f64 / 1e6 / whole);
    println!("  bare read        {:5.1} MB/s, {:.0} times as fast", bytes as f64 / 1e6 / read, whole / read);
}

/// The seconds of the best of a few runs.
fn best(mut run: impl FnMut() -> usize) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        black_box(run());
        best = best.min(start.elapsed().as_secs_f64());
    }
    best
}
