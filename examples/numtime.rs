use khabar::grammar::Document;
use khabar::lexicon::Lexicon;
use khabar::mention::Figures;
use std::io::Read;
fn main() {
    // input: records separated by \x1e: published-days|text ; output: one line per record
    let lexicon = Lexicon::compile(&[]).unwrap();
    let figures = match Figures::new(&lexicon) {
        Ok(f) => f,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(1)
        }
    };
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).unwrap();
    let t = std::time::Instant::now();
    let mut bytes = 0;
    let (mut a, mut b, mut c, mut d) = (0u128, 0u128, 0u128, 0u128);
    for record in input.split('\x1e') {
        let Some((p, text)) = record.split_once('|') else { continue };
        let text = lexicon.fold.text(text);
        bytes += text.len();
        let t0 = std::time::Instant::now();
        let doc = Document::read(&text, &lexicon);
        let t1 = std::time::Instant::now();
        let sheet = figures.sheet(&doc);
        let t2 = std::time::Instant::now();
        let times = figures.times_of(&sheet, p.parse().ok());
        let t3 = std::time::Instant::now();
        let quantities = figures.quantities_of(&sheet, &times);
        d += t3.elapsed().as_micros();
        c += t2.elapsed().as_micros();
        b += (t2 - t1).as_micros();
        a += (t1 - t0).as_micros();
        for t in &times {
            let r = t.span.range();
            println!(
                "T\t{}\t{}\t{}\t{}\t{}",
                r.start,
                r.end,
                t.kind.name(),
                t.value.as_deref().unwrap_or("null"),
                t.rule.map_or("", |r| &figures.times.rules[r].name)
            );
        }
        let n = |v: Option<f64>| v.map_or("null".into(), |v| format!("{v}"));
        for q in &quantities {
            let r = q.span.range();
            println!(
                "Q\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                r.start,
                r.end,
                q.kind.name(),
                n(q.value),
                n(q.low),
                n(q.high),
                q.modifier.name(),
                n(q.magnitude),
                q.unit.as_deref().unwrap_or("null")
            );
        }
        println!("E");
    }
    eprintln!("{bytes} bytes {:?} read {a} sheet {b} rules {c} us of which quantities {d}", t.elapsed());
}
