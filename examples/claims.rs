//! What every line of standard input gives, as if it were a report of 5 July 2017: for a look at one sentence while a
//! lexicon or a rule is changed.
//!
//!     echo "قتل خمسة جنود في كركوك" | cargo run --quiet --example claims

use std::io::stdin;

use khabar::pipeline::{Extractor, Input};

fn main() {
    let extractor = Extractor::new(&[], &[]).expect("the built-in lexicons");
    for line in stdin().lines() {
        let line = line.expect("text");
        let report = extractor.extract(&Input { text: Some(&line), published: Some(17352), ..Input::default() });
        println!("{line}");
        let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".into());
        for a in &report.actors {
            println!("  actor       {} | {} | {} | {}", a.at.text, or(&a.actor_id), a.kind, a.basis);
        }
        for l in &report.locations {
            println!("  place       {} | {} | {} | {}", l.at.text, or(&l.name), l.kind, or(&l.relation));
        }
        for a in &report.attributions {
            let points = a.content_start.zip(a.content_end).map(|(from, to)| from as usize..to as usize);
            let content = points.map(|p| line.chars().skip(p.start).take(p.len()).collect::<String>());
            let direct = if a.direct { "direct" } else { "indirect" };
            let (kind, content) = (or(&a.source_kind), or(&content));
            println!("  attribution {} | {kind} | {} | {} | {direct} | {content}", a.source, a.cue, a.cue_class);
        }
        for e in &report.events {
            let (agent, patient, c) = (or(&e.agent), or(&e.patient), &e.claim);
            let rest = format!("{} | {} | {} | negated {}", or(&c.place), or(&c.source), c.realis, c.negated);
            println!("  event       {} | {} | {agent} | {patient} | {rest}", e.kind, e.trigger);
        }
        for v in &report.casualties {
            let (count, c) = (v.count.map_or("–".into(), |n| n.to_string()), &v.claim);
            let who = format!("{} | {} | {}", v.victim_class, or(&v.victims), or(&v.perpetrator));
            let rest = format!("{} | {} | {} | negated {}", or(&c.place), or(&c.source), c.realis, c.negated);
            let subset = if v.subset_of.is_some() { " | subset" } else { "" };
            let toll = if v.cumulative { " | cumulative" } else { "" };
            println!(
                "  casualty    {} | {count} | {} | {who} | {} | {rest}{subset}{toll}",
                v.kind,
                v.modifier,
                or(&v.cause)
            );
        }
    }
}
