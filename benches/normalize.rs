//! Megabytes a second of the normalizer, beside a bare table-driven loop and a plain copy.
//!
//! `cargo bench --bench normalize -- FILE…` takes texts, one a line; without files a built-in sample is used. `--bare` stops
//! after the loop.

use std::hint::black_box;
use std::time::Instant;

use khabar::normalize::{Normalizer, Options};

const SAMPLE: &str = "أعلنت قوات سوريا الديمقراطية، الأربعاء، السيطرة على 3 أحياء في مدينة الرقة عام ٢٠١٧، وقال المتحدث باسمها «إن الاشتباكات مستمرة».";

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let mut texts: Vec<String> = Vec::new();
    for file in &files {
        texts.extend(std::fs::read_to_string(file).expect("a text file").lines().map(str::to_owned));
    }
    if texts.is_empty() {
        texts = vec![SAMPLE.repeat(20); 500];
    }
    let vocalised: Vec<String> = texts.iter().map(|t| vocalise(t)).collect();
    for (name, texts) in [("plain", &texts), ("vocalised", &vocalised)] {
        let bytes: usize = texts.iter().map(String::len).sum();
        println!("{name}: {} texts, {:.1} MB", texts.len(), bytes as f64 / 1e6);
        report("copy", bytes, || texts.iter().map(|t| black_box(t.clone()).len()).sum());
        let table = bare_table();
        report("bare loop", bytes, || texts.iter().map(|t| black_box(bare(&table, t)).len()).sum());
        if std::env::args().any(|a| a == "--bare") {
            break;
        }
        for profile in ["lossless", "light", "search", "analysis", "ml", "social", "wer", "camel", "lucene"] {
            let normalizer = Normalizer::new(Options::profile(profile).expect("a profile"));
            report(profile, bytes, || texts.iter().map(|t| black_box(normalizer.normalize(t)).len()).sum());
            report("  aligned", bytes, || texts.iter().map(|t| black_box(normalizer.align(t)).text.len()).sum());
        }
        let light = Normalizer::new(Options::profile("search").expect("a profile"));
        let memory: usize = texts.iter().map(|t| light.align(t).memory()).sum();
        println!("  alignment of search: {:.3} of the text", memory as f64 / bytes as f64);
    }
}

/// The best of a few runs.
fn report(name: &str, bytes: usize, mut run: impl FnMut() -> usize) {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        black_box(run());
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("  {name:<12} {:>8.0} MB/s", bytes as f64 / 1e6 / best);
}

/// A short vowel on each letter but the alefs.
fn vocalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for (i, c) in text.chars().enumerate() {
        out.push(c);
        if ('\u{628}'..='\u{64A}').contains(&c) && c != '\u{640}' {
            out.push(['\u{64E}', '\u{64F}', '\u{650}', '\u{652}'][i % 4]);
        }
    }
    out
}

fn bare_table() -> Vec<u32> {
    let normalizer = Normalizer::new(Options::profile("search").expect("a profile"));
    (0..0x800u32)
        .map(|c| {
            let c = char::from_u32(c).expect("below the surrogates").to_string();
            let to = if c.trim().is_empty() { c.clone().into() } else { normalizer.normalize(&c) };
            let mut pair = [0; 2];
            let len = to.len().min(2);
            pair[..len].copy_from_slice(&to.as_bytes()[..len]);
            u16::from_le_bytes(pair) as u32 | (len as u32) << 16
        })
        .collect()
}

/// The least that a table-driven pass over UTF-8 can do; longer characters are copied byte by byte.
fn bare(table: &[u32], text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = vec![0u8; bytes.len() + 8];
    let (mut at, mut n) = (0, 0);
    while at + 1 < bytes.len() {
        let (b0, b1) = (bytes[at], bytes[at + 1]);
        let two = b0 >= 0x80;
        let code = if two { ((b0 as usize & 0x1f) << 6) | (b1 as usize & 0x3f) } else { b0 as usize };
        let entry = table[code & 0x7FF];
        out[n..n + 2].copy_from_slice(&(entry as u16).to_le_bytes());
        n += (entry >> 16) as usize;
        at += 1 + two as usize;
    }
    out.truncate(n);
    out
}
