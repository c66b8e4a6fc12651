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
    let extractor = Extractor::new(&[]).unwrap();
    extractor.extract(&Input { text: Some("قتل خمسة مدنيين في الرقة أمس"), ..Input::default() });
    println!("first report {:6.1} ms", ms(start.elapsed()));
}

fn ms(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
