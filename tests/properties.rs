//! Properties of any report: what `invariants` says, and that neither threads nor batches change a row.

mod invariants;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Mutex;

use arrow_array::RecordBatch;
use invariants::EXTRACTOR;
use khabar::batch;
use khabar::pipeline::Input;
use khabar::pool::Pool;
use khabar::table::rows::Report;
use proptest::prelude::*;
use rayon::prelude::*;
use serde::Deserialize;

/// Reports of words that mean something to the extraction, of signs that meet each other badly, and of any characters.
fn text() -> impl Strategy<Value = String> {
    let words = "قتل مقتل مقتله أصيب جرح اعتقل قصف غارة غارات هجوم سيطر سيطرت أعلن أعلنت قال قالت وقال أضاف نفى نفت أكد إن أن أنه لم لا لن قد \
        الجيش الجيش_السوري القوات قوات_سوريا_الديمقراطية داعش تنظيم_الدولة_الإسلامية المرصد_السوري_لحقوق_الإنسان المتحدث_باسم ناطق مصدر \
        الرقة حلب مدينة بلدة حي_الدرعية شمال غرب قرب في من إلى على عن بين منذ حتى خلال بينهم بينها وبينهم ثلاثة خمسة عشر عشرين مئة ألف عشرات \
        مئات نحو أكثر_من أقل_من ما_لا_يقل_عن مدنيا مدنيين طفل أطفال امرأة جندي جنود شخص أشخاص أمس اليوم الثلاثاء تموز يوليو عام مساء الماضي \
        الجاري كيلومترا دولار بالمئة هو هي هم الذي التي هذا ذلك آخرون آخرين منهم";
    let words: Vec<String> = words.split_whitespace().map(|w| w.replace('_', " ")).collect();
    let signs = [
        " ",
        ". ",
        "، ",
        "؛ ",
        ": ",
        "\n",
        "«",
        "»",
        "\"",
        "(",
        ")",
        "و",
        "ال",
        "ب",
        "ل",
        "ك",
        "ـ",
        "\u{64E}",
        "\u{651}\u{64E}",
        "\u{200F}",
        "\u{202B}",
        "\u{2066}",
        "\0",
        "17",
        "٢٠١٧",
        "2017",
        "3.5",
        "1٬000",
        "%",
        "-",
        "/",
        "ﻷ",
        "ﷺ",
        "😀",
        "e\u{301}",
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(words).prop_map(|w| w + " "),
        3 => prop::sample::select(signs.map(String::from).to_vec()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_report_gives_rows_that_hold_together(text in text()) {
        invariants::extracted(&text);
    }

    #[test]
    fn figures_make_sense(text in text()) {
        invariants::figures(&text);
    }

    #[test]
    fn normalization_holds(text in text()) {
        invariants::normalized(&text);
    }
}

/// Reports of three parts, which are what threads share out.
const REPORTS: usize = 80;

/// What is read, report by report, and the tables, of so many reports that several threads have some to read.
fn read(texts: &[String], threads: usize) -> (Vec<Report>, Vec<Vec<RecordBatch>>) {
    let ids: Vec<String> = (0..texts.len()).map(|n| n.to_string()).collect();
    let inputs: Vec<_> = texts
        .iter()
        .zip(&ids)
        .map(|(text, id)| Input {
            doc_id: id,
            text: Some(text),
            published: Some(invariants::PUBLISHED),
            ..Input::default()
        })
        .collect();
    let reports = Mutex::new(BTreeMap::new());
    let look = |n: usize, report: &mut Report| drop(reports.lock().unwrap().insert(n, report.clone()));
    let tables = batch::tables(&EXTRACTOR, &inputs, &Pool::new(NonZeroUsize::new(threads)), look).unwrap();
    (reports.into_inner().unwrap().into_values().collect(), tables)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn threads_and_batches_change_nothing(texts in prop::collection::vec(text(), 1..12), cut in any::<prop::sample::Index>()) {
        let texts: Vec<String> = texts.iter().cycle().take(REPORTS).cloned().collect();
        let (whole, tables) = read(&texts, 1);
        prop_assert_eq!(whole.len(), REPORTS);
        prop_assert!(tables.len() > 2, "too few parts to show anything");
        for threads in 2..=4 {
            let (reports, parts) = read(&texts, threads);
            prop_assert_eq!(&reports, &whole);
            prop_assert_eq!(&parts, &tables);
        }
        // A batch of its own begins its ids anew, so the reports keep their texts alone.
        let at = cut.index(texts.len());
        let (front, back) = texts.split_at(at);
        let parts: Vec<_> = read(front, 2).0.into_iter().chain(read(back, 2).0).collect();
        for (one, other) in whole.iter().zip(&parts) {
            prop_assert_eq!(format!("{:?}", one.actors), format!("{:?}", other.actors));
            prop_assert_eq!(&one.times, &other.times);
            prop_assert_eq!(one.events.len(), other.events.len());
            prop_assert_eq!(one.casualties.iter().map(|c| c.count).collect::<Vec<_>>(), other.casualties.iter().map(|c| c.count).collect::<Vec<_>>());
        }
    }
}

/// Inputs that the fuzzer kept: those that once went wrong, and those that reach what nothing else does.
fn corpus(target: &str) -> Vec<String> {
    let path = format!("{}/fuzz/corpus/{target}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let lines = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_kept_corpus_of_the_fuzzer_holds() {
    for (target, hold) in [
        ("normalize", invariants::normalized as fn(&str)),
        ("figures", invariants::figures),
        ("extract", |text| drop(invariants::extracted(text))),
        ("lexicon", invariants::lexicon_file),
        ("rules", |text| drop(invariants::rule_file(text))),
    ] {
        let corpus = corpus(target);
        assert!(!corpus.is_empty(), "{target}");
        corpus.iter().for_each(|text| hold(text));
    }
}

/// Every string behind a key `text`.
fn texts(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| match value {
            toml::Value::String(text) if key == "text" => found.push(text.clone()),
            other => texts(other, found),
        }),
        toml::Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[test]
fn a_report_may_break_off_behind_any_word() {
    let mut whole = Vec::new();
    for file in [include_str!("claims.toml"), include_str!("actors.toml"), include_str!("places.toml")] {
        texts(&toml::from_str(file).unwrap(), &mut whole);
    }
    assert!(whole.len() > 1000, "{} texts", whole.len());
    whole.par_iter().for_each(|text| {
        for (end, _) in text.match_indices(' ') {
            invariants::extracted(&text[..end]);
        }
    });
}

/// The cases of `hostile.toml`.
#[derive(Deserialize)]
struct Hostile {
    case: Vec<HostileCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HostileCase {
    about: String,
    /// Put together: the pieces one after the other, each so many times.
    pieces: Vec<(String, usize)>,
    /// Before them, every code point from the first to the last, alone and behind a letter.
    #[serde(default)]
    blocks: Vec<(u32, u32)>,
}

#[test]
fn hostile_reports_give_rows_that_hold_together() {
    let hostile: Hostile = toml::from_str(include_str!("hostile.toml")).unwrap();
    for case in hostile.case {
        let points = case.blocks.iter().flat_map(|&(first, last)| first..=last).filter_map(char::from_u32);
        let mut text: String = points.flat_map(|c| [c, ' ', 'ب', c, ' ']).collect();
        // The whole of it goes through the doors of Python; here every overflow is heard, and that takes its time.
        text.extend(case.pieces.iter().map(|(piece, times)| piece.repeat(times.div_ceil(50))));
        println!("{}: {} bytes", case.about, text.len());
        invariants::extracted(&text);
        invariants::normalized(&text);
    }
}

#[test]
fn rule_files_made_to_harm_are_refused() {
    let rule = |pattern: &str| {
        format!("[[time]]\nname = \"r\"\ngloss = \"g\"\npattern = \"{pattern}\"\nexamples = [\"[كلمة]\"]\n")
    };
    let chain = |pattern: &str| -> String {
        let rest = (1..40).map(|n| {
            let fragment = format!("$f{}", n - 1);
            format!("[[fragment]]\nname = \"f{n}\"\npattern = \"{}\"\n", pattern.replace('x', &fragment))
        });
        std::iter::once("[[fragment]]\nname = \"f0\"\npattern = \"كلمة\"\n".to_owned()).chain(rest).collect()
    };
    // A word for each number.
    let word = |n: usize| -> String {
        n.to_string().bytes().map(|digit| "بتجدرسعفقك".chars().nth(usize::from(digit - b'0')).unwrap()).collect()
    };
    let rules = |kind: &str| -> String {
        let rule = |n| {
            let (name, word) = (format!("name = \"r{n}\"\ngloss = \"g\""), word(n));
            format!("[[{kind}]]\n{name}\npattern = \"{word}\"\nexamples = [\"[{word}]\"]\n")
        };
        (1000..1300).map(rule).collect()
    };
    let fragments = |count: usize| -> String {
        let words = |from| (from..from + 9000).map(|n| word(n) + " ").collect::<String>();
        (0..count).map(|n| format!("[[fragment]]\nname = \"f{n}\"\npattern = \"{}\"\n", words(n * 9000))).collect()
    };
    for (source, message) in [
        (rule("كلمة"), None),
        (rules("time"), Some("there are at most 256 rules of a kind, the built-in ones included")),
        (rules("quantity"), Some("there are at most 256 rules of a kind, the built-in ones included")),
        (fragments(6), None),
        (fragments(8), Some("more than 65,536 words")),
        (chain("x x"), Some("more than 10000 parts, fragments included")),
        (chain("x?"), Some("nested more than 32 deep with the fragment")),
        (rule(&("(".repeat(100_000) + "كلمة")), Some("nested more than 32 deep")),
        (rule(&("&".repeat(100_000) + "كلمة")), Some("nested more than 32 deep")),
        (rule(&"س:".repeat(100_000)), Some("nested more than 32 deep")),
        (rule(&"كلمة ".repeat(20_000)), Some("more than 10000 parts")),
        (rule(&(0..2000).map(|n| format!("@n{n} ")).collect::<String>()), Some("more than 1000 different names")),
        (rule("كلمة{200}"), Some("200 times: at most 32")),
        (rule("كلمة{3,2}"), Some("{3,2}: the first number is the smaller one")),
        (rule("كلمة{300}"), Some("not a number")),
        (rule("كلمة?"), Some("matches nothing at all")),
    ] {
        let found = invariants::rule_file(&source);
        let same = found.as_deref().map_or(message.is_none(), |f| message.is_some_and(|m| f.contains(m)));
        assert!(same, "{message:?}, not {found:?}");
    }
}
