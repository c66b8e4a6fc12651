//! What the fuzz targets share: what must hold (`tests/invariants`), and mutations that know words.
//!
//! Bytes at random rarely make an Arabic word, so half of the mutations put words of the project's own tests into the text,
//! move them and take them out.

use std::sync::LazyLock;

use libfuzzer_sys::fuzzer_mutate;
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

#[path = "../../tests/invariants/mod.rs"]
pub mod invariants;

/// What stands between words, and what has made trouble elsewhere.
const SIGNS: &[&str] = &[
    " ", "، ", ". ", "؛ ", ": ", "\n", "«", "»", "\"", "(", ")", "[", "]", "ـ", "و", "ال", "ب", "ل", "\u{64E}", "\u{651}",
    "\u{651}\u{64E}", "\u{200F}", "\u{202B}", "\u{202C}", "\u{2066}", "\u{2069}", "\u{FEFF}", "\0", "ﻷ", "ﷺ", "٪", "%", "٣٫٥", "1٬000",
    "17", "٢٠١٧", "2017", "-", "–", "/", "#", "@", "http://a.b/c", "&amp;", "<b>", "😀", "e\u{301}", "0", "999999999999999999999",
];

const FILES: &[&str] = &[
    include_str!("../../tests/claims.toml"),
    include_str!("../../tests/times.toml"),
    include_str!("../../tests/numbers.toml"),
    include_str!("../../tests/actors.toml"),
    include_str!("../../tests/places.toml"),
    include_str!("../../lexicon/rules/frames.toml"),
];

/// The words of the tests' sentences.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    fn strings(value: &toml::Value, out: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => out.extend(text.split_whitespace().map(str::to_owned)),
            toml::Value::Array(all) => all.iter().for_each(|v| strings(v, out)),
            toml::Value::Table(table) => table.values().for_each(|v| strings(v, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for file in FILES {
        strings(&file.parse::<toml::Table>().expect("TOML").into(), &mut out);
    }
    out.sort();
    out.dedup();
    out
});

/// A mutation of `data[..size]` in place: the fuzzer's own or one by words. Returns the new size.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = SmallRng::seed_from_u64(seed.into());
    let text = match std::str::from_utf8(&data[..size]) {
        Ok(text) if random.random_bool(0.75) => text.to_owned(),
        _ => return fuzzer_mutate(data, size, max_size),
    };
    let mut text = text;
    for _ in 0..random.random_range(1..4) {
        by_words(&mut text, &mut random);
    }
    let mut end = text.len().min(max_size).min(data.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    data[..end].copy_from_slice(&text.as_bytes()[..end]);
    end
}

fn by_words(text: &mut String, random: &mut SmallRng) {
    let boundary = |text: &str, random: &mut SmallRng| {
        let mut at = random.random_range(0..=text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    // Mostly where a word begins.
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    let mut place = |text: &str| match starts.choose(random) {
        Some(&at) if random.random_bool(0.8) => at,
        _ => boundary(text, random),
    };
    let (at, other) = (place(text), place(text));
    let (from, to) = (at.min(other), at.max(other));
    match random.random_range(0..10) {
        0..4 => {
            let word = WORDS.choose(random).expect("words");
            text.insert_str(at, &format!("{word} "));
        }
        4..6 => text.insert_str(at, SIGNS.choose(random).expect("signs")),
        6 => text.replace_range(from..to, WORDS.choose(random).expect("words")),
        7 => text.replace_range(from..to, ""),
        8 => {
            let part = text[from..to].to_owned();
            let at = boundary(text, random);
            text.insert_str(at, &part);
        }
        _ => {
            let part = text[from..to].to_owned();
            text.replace_range(from..to, "");
            let at = boundary(text, random);
            text.insert_str(at, &part);
        }
    }
}
