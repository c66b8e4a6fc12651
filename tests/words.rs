//! The cases of `segment.toml`, `morph.toml`, `lexicon_errors.toml` and `rule_errors.toml`.

use khabar::grammar::Document;
use khabar::lexicon::{Fold, Lexicon, List, Row};
use khabar::mention::Figures;
use khabar::morph::{Category, Inflected, Morphology, NounForms, VerbRoot};
use khabar::segment::Segmenter;
use serde::Deserialize;
use serde::de::DeserializeOwned;

fn file(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn cases<T: DeserializeOwned>(name: &str) -> T {
    toml::from_str(&file(&format!("tests/{name}"))).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn fold() -> Fold {
    Fold::from_toml("spelling.toml", &file("lexicon/spelling.toml")).unwrap()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Segmented {
    text: Vec<Text>,
    word: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    #[serde(default)]
    about: String,
    text: String,
    sentences: Option<Vec<String>>,
    quotations: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    #[serde(default)]
    about: String,
    word: String,
    #[serde(default)]
    cuts: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
}

#[test]
fn texts_and_words_are_cut() {
    let segmenter = Segmenter::from_toml("segmentation.toml", &file("lexicon/segmentation.toml")).unwrap();
    let fold = fold();
    let folded = |all: &[String]| all.iter().map(|t| fold.text(t)).collect::<Vec<_>>();
    let mut wrong = Vec::new();
    let Segmented { text: texts, word: words } = cases("segment.toml");
    for case in texts {
        let text = fold.text(&case.text);
        let found = segmenter.segment(&text);
        let between = |from: usize, to: usize| {
            text[found.tokens[from].span.start as usize..found.tokens[to - 1].span.end as usize].to_owned()
        };
        let sentences: Vec<_> = found.sentences.iter().map(|s| between(s.start, s.end)).collect();
        let quotations: Vec<_> =
            found.quotations.iter().map(|q| between(q.open + 1, q.close) + if q.closed { "" } else { "…" }).collect();
        for (wanted, got) in [(&case.sentences, sentences), (&case.quotations, quotations)] {
            if wanted.as_ref().is_some_and(|w| folded(w) != got) {
                wrong.push(format!("{} {:?}\n  got    {got:?}\n  wanted {wanted:?}", case.about, case.text));
            }
        }
    }
    for case in words {
        let word = fold.text(&case.word);
        let mut cuts = Vec::new();
        for front in segmenter.clitics.fronts(&word) {
            let glued = [
                front.clitics.conjunction.map(|c| c.to_string()),
                front.clitics.preposition.map(|c| c.to_string()),
                front.clitics.article.then(|| segmenter.clitics.article().to_owned()),
                front.clitics.future.then(|| "س".to_owned()),
            ];
            let front: String = glued.into_iter().flatten().map(|c| c + "-").chain([String::new()]).collect::<String>()
                + "|"
                + &word[front.stem as usize..];
            let (glued, stem) = front.split_once('|').unwrap();
            for back in segmenter.clitics.backs(stem) {
                let (stem, pronoun) = stem.split_at(back.stem_end as usize);
                let plus = if pronoun.is_empty() { "" } else { "+" };
                cuts.push(format!("{glued}{stem}{plus}{pronoun}"));
            }
        }
        for (all, is_cut) in [(&case.cuts, true), (&case.never, false)] {
            for cut in folded(all).iter().filter(|c| cuts.contains(c) != is_cut) {
                wrong.push(format!("{} {}: {cut} should be cut: {is_cut}\n  {cuts:?}", case.about, case.word));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inflections {
    verb: Vec<Verb>,
    noun: Vec<Noun>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verb {
    about: String,
    root: String,
    form: u8,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Noun {
    about: String,
    singular: String,
    plurals: Vec<String>,
    feminine: Option<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[test]
fn words_are_inflected() {
    let fold = fold();
    let morphology = Morphology::from_toml("morphology.toml", &file("lexicon/morphology.toml")).unwrap();
    let mut wrong = Vec::new();
    let mut check = |about: &str, made: Vec<Inflected>, yes: &[String], no: &[String]| {
        for (forms, wanted) in [(yes, true), (no, false)] {
            for form in forms {
                let (bare, bound) = form.strip_suffix('-').map_or((form.as_str(), false), |f| (f, true));
                let bare = fold.text(bare);
                if made.iter().any(|m| m.form == bare && (!bound || m.bound)) != wanted {
                    let what = if wanted { "is not made" } else { "is made" };
                    wrong.push(format!("{about}: {form} {what}"));
                }
            }
        }
    };
    let Inflections { verb: verbs, noun: nouns } = cases("morph.toml");
    for case in verbs {
        let root = fold.text(&case.root);
        let made = morphology.conjugate(&VerbRoot { root: &root, form: case.form, imperfect: None });
        check(&format!("{} {}", case.about, case.root), made, &case.yes, &case.no);
    }
    for case in nouns {
        let (singular, feminine) = (fold.text(&case.singular), case.feminine.as_deref().map(|f| fold.text(f)));
        let plurals: Vec<String> = case.plurals.iter().map(|p| fold.text(p)).collect();
        let plurals = plurals.iter().map(String::as_str).collect();
        let noun = NounForms { singular: &singular, plurals, feminine: feminine.as_deref(), ..NounForms::default() };
        let made = morphology.decline(&noun, Category::Noun);
        check(&format!("{} {}", case.about, case.singular), made, &case.yes, &case.no);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases<T> {
    case: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BrokenFile {
    about: String,
    file: String,
    text: String,
    line: usize,
    message: String,
}

#[test]
fn a_broken_file_is_told_with_its_line() {
    let mut wrong = Vec::new();
    for case in cases::<Cases<BrokenFile>>("lexicon_errors.toml").case {
        match Lexicon::compile(&[(&case.file, &case.text)]) {
            Ok(_) => wrong.push(format!("{}: no error", case.about)),
            Err(e) if e.file == case.file && e.line == case.line && e.message.contains(&case.message) => {}
            Err(e) => wrong.push(format!("{}: got {e}; wanted line {}: {}", case.about, case.line, case.message)),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BrokenRules {
    about: String,
    text: String,
    line: usize,
    message: String,
}

#[test]
fn a_broken_rule_is_told_with_its_line() {
    let mut wrong = Vec::new();
    for case in cases::<Cases<BrokenRules>>("rule_errors.toml").case {
        let own = [("mine.toml", case.text.as_str())];
        let outcome = Lexicon::with_rules(&[], &own).and_then(|l| Figures::with_rules(&l, &own).map(drop));
        match outcome {
            Ok(()) => wrong.push(format!("{}: no error", case.about)),
            Err(e) if e.file == "mine.toml" && e.line == case.line && e.message.contains(&case.message) => {}
            Err(e) => wrong.push(format!("{}: got {e}; wanted line {}: {}", case.about, case.line, case.message)),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_the_guide_shows_can_be_written_so() {
    let guide = file("CONTRIBUTING.md");
    let blocks: Vec<&str> = guide.split("```toml\n").skip(1).filter_map(|b| b.split("```").next()).collect();
    assert!(blocks.len() >= 2);
    for block in blocks {
        Lexicon::compile(&[("guide.toml", block)]).unwrap();
    }
}

/// What is looked for all over a sentence or inside quotations stays in bounds, whatever the text.
#[test]
fn no_sentence_and_no_nest_of_quotations_is_endless() {
    let lexicon = Lexicon::compile(&[]).unwrap();
    let words = lexicon.segmenter.segment(&"a ".repeat(10_000));
    assert!(words.sentences.len() > 5 && words.sentences.iter().all(|s| s.len() <= 1024));
    let nested = lexicon.segmenter.segment(&"«a ".repeat(10_000));
    let around = |token: usize| nested.quotations.iter().filter(|q| q.holds(token)).count();
    assert!((0..nested.tokens.len()).step_by(997).all(|token| around(token) <= 40));
    let stops = lexicon.segmenter.segment(&". ".repeat(10_000));
    assert_eq!(stops.sentences.iter().map(|s| s.len()).sum::<usize>(), stops.tokens.len());
}

/// A turn whose first word is in no list would never be looked for.
#[test]
fn every_fixed_turn_is_found_in_its_own_words() {
    let lexicon = Lexicon::compile(&[]).unwrap();
    let mut wrong = Vec::new();
    for phrase in lexicon.phrases.iter().filter(|p| !p.words.iter().any(|w| w.starts_with('@'))) {
        let text = phrase.words.join(" ");
        let doc = Document::read(&text, &lexicon);
        if doc.turn_at(0).is_none_or(|turn| turn.tokens.len() != phrase.words.len()) {
            wrong.push(text);
        }
    }
    assert!(wrong.is_empty(), "not found: {wrong:?}");
}

/// A root or form that is not the lemma's would make another verb's forms.
#[test]
fn every_verb_is_found_by_its_lemma() {
    let lexicon = Lexicon::compile(&[]).unwrap();
    let verbs = lexicon.rows().filter(|(list, row)| *list == List::Verb && !row.root.is_empty()).map(|(_, row)| row);
    // The past of these has the letters of other words, and is left to them (src/morph/verb.rs).
    let told_apart = verbs.filter(|row| row.form != 4 || !row.root.starts_with('ء'));
    let is_perfect = |row: &Row| {
        let doc = Document::read(&row.folded, &lexicon);
        doc.reading(0, |r, found| r.features.category == Category::Perfect && found.lemma == row.lemma).is_some()
    };
    let wrong: Vec<_> = told_apart.filter(|row| !is_perfect(row)).map(|row| &row.lemma).collect();
    assert!(wrong.is_empty(), "root or form: {wrong:?}");
}
