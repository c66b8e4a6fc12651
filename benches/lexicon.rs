//! How long the built-in lexicons take to compile: what the first extraction of a process waits for.

use std::time::Instant;

use khabar::lexicon::Lexicon;
use khabar::mention::Figures;
use khabar::pipeline::{Extractor, Input};

fn main() {
    for _ in 0..5 {
        let start = Instant::now();
        let lexicon = Lexicon::compile(&[]).unwrap();
        let compiled = start.elapsed();
        let figures = Figures::new(&lexicon).unwrap();
        let ruled = start.elapsed();
        drop((lexicon, figures));
        println!("lexicon {:6.1} ms, rules {:5.1} ms", ms(compiled), ms(ruled - compiled));
    }
    let start = Instant::now();
    let extractor = Extractor::new(&[], &[]).unwrap();
    extractor.extract(&Input { text: Some("قتل خمسة مدنيين في الرقة أمس"), ..Input::default() });
    println!("first report {:6.1} ms", ms(start.elapsed()));
    let own = rows(20_000);
    for _ in 0..3 {
        let start = Instant::now();
        let lexicon = Lexicon::compile(&[("own.csv", &own)]).unwrap();
        println!("with 20,000 rows of one's own {:6.1} ms", ms(start.elapsed()));
        drop(lexicon);
    }
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

fn ms(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
