//! The pass against its definition, the alignment against a plain one, and what must hold for every text.

use super::letters::Letters;
use super::*;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn normalizer(profile: &str) -> Normalizer {
    Normalizer::new(Options::profile(profile).unwrap())
}

/// Characters that meet each other in the ways that matter.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select("ابتهويىةأإآؤئءٱلكیکۀەہےۓگ".chars().map(String::from).collect::<Vec<_>>()),
        4 => prop::sample::select("\u{64B}\u{64E}\u{64F}\u{650}\u{651}\u{652}\u{653}\u{654}\u{655}\u{670}\u{6D6}\u{6DC}ـ".chars().map(String::from).collect::<Vec<_>>()),
        2 => prop::sample::select("\u{200C}\u{200D}\u{200F}\u{FEFF}\u{202B}\u{AD}\u{2066} \n\t\u{A0}".chars().map(String::from).collect::<Vec<_>>()),
        2 => prop::sample::select("٠٣٫٬۵19.,:،؟«»“”\"%#_@&;<>/-!".chars().map(String::from).collect::<Vec<_>>()),
        2 => prop::sample::select("ﻷﻼﷺﷲﷻﹷﹰﱠﳲﺎﻪ\u{FDFD}\u{FEF7}½²…ｱ＃＠é\u{301}\u{344}각\u{11A8}ᄀ\u{1161}\u{338}\u{958}😀👍🏽❤\u{FE0F}".chars().map(String::from).collect::<Vec<_>>()),
        1 => prop::sample::select(vec!["http://a.b/c", "www.x.com", "a@b.co", "@user", "#قوات_سوريا", "&amp;", "&lt;b&gt;", "<br>", "<b>", "&#1593;", "قصـ.ـف", "ا.ستشها.د", "ـ ـ", "و/أو", "<a b=\"", "'", "<![CDATA[", "]]>", "%5", "👨\u{200D}👩\u{200D}👧", "هههههه", "!!!!", "شكراً"].into_iter().map(String::from).collect::<Vec<_>>()),
        1 => Just("قُتِلَ ثلاثة مدنيين في غارة على حيّ من أحياء المدينة، ".repeat(2)),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|p| p.concat())
}

fn profile() -> impl Strategy<Value = &'static str> {
    prop::sample::select(Options::profiles().collect::<Vec<_>>())
}

type Values = Vec<(&'static str, &'static [&'static str])>;

fn drawn(values: Values) -> impl Strategy<Value = Vec<(String, Option<toml::Value>)>> {
    let drawn: Vec<_> =
        values.into_iter().map(|(name, of)| prop::sample::select(of).prop_map(move |v| (name, v))).collect();
    drawn.prop_map(|drawn| drawn.into_iter().map(|(name, value)| (name.to_owned(), Some(value.into()))).collect())
}

/// Any options of letters.
fn letters() -> impl Strategy<Value = Options> {
    let values: Values = vec![
        ("unicode", &["none", "nfc", "nfkc"]),
        ("presentation_forms", &["keep", "fold"]),
        ("tatweel", &["keep", "drop"]),
        ("diacritics", &["keep", "strip", "strip_keep_tanween", "strip_keep_shadda"]),
        ("quranic_marks", &["keep", "drop"]),
        ("dagger_alef", &["keep", "drop", "alef"]),
        ("alef", &["keep", "fold"]),
        ("alef_wasla", &["keep", "fold"]),
        ("hamza", &["keep", "fold", "lone"]),
        ("alef_maqsura", &["keep", "yeh"]),
        ("teh_marbuta", &["keep", "heh"]),
        ("persian_letters", &["keep", "arabic"]),
        ("digits", &["keep", "western", "arabic_indic"]),
        ("punctuation", &["keep", "western"]),
        ("quotes", &["keep", "straight"]),
        ("zero_width", &["keep", "drop"]),
        ("bidi", &["keep", "drop"]),
        ("separators", &["keep", "western"]),
        ("whitespace", &["keep", "collapse", "lines"]),
    ];
    drawn(values).prop_map(|changes| Options::default().overlay(changes).unwrap())
}

/// Any options but the user's table.
fn options() -> impl Strategy<Value = Options> {
    let values: Values = vec![
        ("tanween_alef", &["keep", "keep", "drop"]),
        ("punctuation", &["keep", "western", "arabic", "drop"]),
        ("html", &["keep", "keep", "decode"]),
        ("urls", &["keep", "drop", "token"]),
        ("emails", &["keep", "drop", "token"]),
        ("mentions", &["keep", "drop", "token"]),
        ("hashtags", &["keep", "words"]),
        ("emoji", &["keep", "drop"]),
        ("hidden", &["keep", "join"]),
    ];
    let most = || prop::option::of(1..4_u32);
    // Half of them have none of these steps, and take the short way.
    (letters(), prop::option::of((drawn(values), most(), most()))).prop_map(|(options, rare)| match rare {
        Some((changes, max_repeat, max_repeat_punctuation)) => {
            Options { max_repeat, max_repeat_punctuation, ..options.overlay(changes).unwrap() }
        }
        None => options,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 150 }))]

    #[test]
    fn the_pass_is_its_definition(options in letters(), text in text()) {
        let letters = Letters::new(&options);
        let expected = letters.resolve(&text);
        let options = Options { whitespace: Whitespace::Keep, ..options };
        prop_assert_eq!(Normalizer::new(options).normalize(&text), expected);
    }

    #[test]
    fn twice_is_once(options in options(), profile in profile(), text in text()) {
        for n in [Normalizer::new(options), normalizer(profile)] {
            let once = n.normalize(&text).into_owned();
            prop_assert_eq!(n.normalize(&once), once.clone(), "{:?}", n);
        }
    }

    #[test]
    fn stored_forms_meet(options in options(), profile in profile(), text in text()) {
        let options = Options { unicode: if options.unicode == Unicode::None { Unicode::Nfc } else { options.unicode }, ..options };
        let profile = Options { unicode: Unicode::Nfc, ..Options::profile(profile).unwrap() };
        for n in [Normalizer::new(options), Normalizer::new(profile)] {
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(n.normalize(&nfc), n.normalize(&nfd));
        }
    }

    #[test]
    fn aligned_text_is_the_text(options in options(), profile in profile(), text in text()) {
        for n in [Normalizer::new(options), normalizer(profile)] {
            prop_assert_eq!(&n.align(&text).text, &n.normalize(&text));
        }
    }

    #[test]
    fn units_are_the_text(options in options(), profile in profile(), text in text()) {
        for n in [Normalizer::new(options), normalizer(profile)] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let aligned = n.align(&text);
            if let Some(done) = n.normalize_units(&units) {
                prop_assert_eq!(String::from_utf16(&done).unwrap(), aligned.text.clone(), "{:?}", n);
            }
            if let Some((done, alignment)) = n.align_units(&units) {
                prop_assert_eq!(String::from_utf16(&done).unwrap(), aligned.text.clone());
                let points = aligned.in_code_points(&text);
                for start in 0..=done.len() {
                    for end in start..=done.len() {
                        prop_assert_eq!(alignment.to_original(start..end), points.to_original(start..end), "{:?}", n);
                    }
                }
                // A letter that changed its length in bytes is one with its dropped marks, in units it may be two: both
                // agree on whatever a stretch of the result was made of.
                for start in 0..done.len() {
                    for end in start + 1..=done.len() {
                        let made_of = points.to_original(start..end);
                        prop_assert_eq!(alignment.to_normalized(made_of.clone()), points.to_normalized(made_of), "{:?}", n);
                    }
                }
            }
            let mut into = b"x".to_vec();
            n.normalize_into(&text, &mut into);
            prop_assert_eq!(&into[1..], aligned.text.as_bytes());
        }
    }

    #[test]
    fn slices_cover_what_they_came_from(options in options(), profile in profile(), text in text()) {
        for n in [Normalizer::new(options), normalizer(profile)] {
            let aligned = n.align(&text);
            let places: Vec<usize> = aligned.text.char_indices().map(|(i, _)| i).chain([aligned.text.len()]).collect();
            let mut last = 0;
            for pair in places.windows(2) {
                let range = aligned.to_original(pair[0]..pair[1]);
                // Whole characters, in order, something of the text.
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{range:?}");
                prop_assert!(range.start < range.end && range.start >= last, "{range:?} after {last}");
                last = range.start;
                // And back: the slice holds what it came from.
                let back = aligned.to_normalized(range.clone());
                prop_assert!(back.start <= pair[0] && pair[1] <= back.end, "{pair:?} {range:?} {back:?}");
                // A letter keeps its marks: none is left over behind it.
                prop_assert_eq!(aligned.to_original(back.clone()), range);
            }
            for (i, &start) in places.iter().enumerate() {
                for &end in &places[i + 1..] {
                    let range = aligned.to_original(start..end);
                    prop_assert_eq!(range.start, aligned.to_original(start..places[i + 1]).start);
                    let before_end = places[places.binary_search(&end).unwrap() - 1];
                    prop_assert_eq!(range.end, aligned.to_original(before_end..end).end);
                }
            }
        }
    }

    #[test]
    fn each_piece_is_normalized_as_it_stands(text in text()) {
        // In the extractor's view, what a slice came from normalizes to the slice; only a joiner minds what is round it.
        let text = text.replace('\u{200D}', "");
        let n = normalizer("analysis");
        let aligned = n.align(&text);
        for (at, c) in aligned.text.char_indices() {
            let range = aligned.to_original(at..at + c.len_utf8());
            let back = aligned.to_normalized(range.clone());
            prop_assert_eq!(n.normalize(&text[range]), &aligned.text[back]);
        }
    }
}

/// A text without signs that join letters, as pairs: what each letter became, and the bytes that are its own.
fn plainly(normalizer: &Normalizer, text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut pairs: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let to = normalizer.normalize(&text[at..end]).into_owned();
        let stays = c == 'ـ' || unicode_normalization::char::is_combining_mark(c);
        match pairs.last_mut() {
            Some(last) if to.is_empty() && stays => last.1.end = end,
            _ if to.is_empty() => {}
            _ => pairs.push((to, at..end)),
        }
    }
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn alignment_is_the_plain_one(text in "[ابأةٱی\u{64B}\u{64E}\u{651}ـ\u{200F}\u{FEFF} ٢٫،«“#ﷺﻷ…a😀]{0,30}") {
        let n = normalizer("analysis");
        let aligned = n.align(&text);
        let pairs = plainly(&n, &text);
        prop_assert_eq!(&aligned.text, &pairs.iter().map(|p| p.0.as_str()).collect::<String>());
        let mut start = 0;
        for (i, first) in pairs.iter().enumerate() {
            let mut end = start;
            for last in &pairs[i..] {
                end += last.0.len();
                prop_assert_eq!(aligned.to_original(start..end), first.1.start..last.1.end);
                prop_assert_eq!(aligned.to_normalized(first.1.start..last.1.end), start..end);
            }
            start += first.0.len();
        }
    }

    #[test]
    fn code_points_are_counted(text in text()) {
        let text = text.repeat(5);
        let points = crate::text::CodePoints::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            prop_assert_eq!(points.of(at), count);
        }
        prop_assert_eq!(points.of(text.len()), text.chars().count());
    }
}

/// Letter by letter, with lists instead of runs: what the alignment of simple drops and folds must be.
#[test]
fn marks_stay_with_their_letter() {
    let text = "\u{200F}مُحَمَّـد\u{200F} قَصَفَ";
    let aligned = normalizer("analysis").align(text);
    assert_eq!(aligned.text, "محمد قصف");
    let slice = |from: usize, to: usize| &text[aligned.to_original(from * 2..to * 2)];
    assert_eq!(slice(0, 1), "مُ");
    assert_eq!(slice(1, 2), "حَ");
    assert_eq!(slice(2, 3), "مَّـ");
    assert_eq!(slice(0, 4), "مُحَمَّـد");
    assert_eq!(&text[aligned.to_original(9..15)], "قَصَفَ");
    assert_eq!(aligned.to_original(9..9), 25..25);
}

#[test]
fn replaced_as_one_is_whole() {
    let text = "قال ﷺ: ﻷن";
    let aligned = normalizer("search").align(text);
    assert_eq!(aligned.text, "قال صلي الله عليه وسلم: لان");
    let found = aligned.text.find("الله").unwrap();
    assert_eq!(&text[aligned.to_original(found..found + 8)], "ﷺ");
    let lam = aligned.text.rfind("ل").unwrap();
    assert_eq!(&text[aligned.to_original(lam..lam + 2)], "ﻷ");
}

#[test]
fn memory_of_alignment() {
    let plain = "أعلنت قوات سوريا الديمقراطية الأربعاء السيطرة على أحياء في مدينة الرقة، ".repeat(100);
    let aligned = normalizer("light").align(&plain);
    assert!(aligned.memory() <= plain.len() / 20, "{} of {}", aligned.memory(), plain.len());
    let vocalised = "قُتِلَ ثَلَاثَةُ مَدَنِيِّينَ وَأُصِيبَ آخَرُونَ ".repeat(1000);
    let aligned = normalizer("search").align(&vocalised);
    assert!(aligned.memory() <= 2 * vocalised.len(), "{} of {}", aligned.memory(), vocalised.len());
}

#[test]
fn hostile_inputs_are_read_and_map_back() {
    // Long enough that anything quadratic would not come to an end.
    let n = 5_000;
    let inputs = [
        "\u{64E}".repeat(n),
        format!("م{}", "\u{651}\u{64E}".repeat(n)),
        format!("ا{}", "\u{654}".repeat(n)),
        "\u{FDFA}".repeat(n / 10),
        "ا\u{64E}\u{654}".repeat(n),
        "<script>".repeat(n),
        "<!--".repeat(n),
        "<b".repeat(n),
        "&amp;".repeat(n),
        format!("&{}", "amp;".repeat(n)),
        "a@".repeat(n),
        "a.".repeat(n),
        "www.".repeat(n),
        "http://".repeat(n),
        "#_".repeat(n),
        "ق.".repeat(n),
        "قـ.".repeat(n),
        "\u{200D}".repeat(n),
        " ".repeat(n),
        "!".repeat(n),
        "😀\u{200D}".repeat(n),
        format!("http://a{}", "(".repeat(n) + &")".repeat(2 * n)),
    ];
    for profile in ["search", "social", "wer"] {
        let normalizer = normalizer(profile);
        for input in &inputs {
            let aligned = normalizer.align(input);
            let back = aligned.to_original(0..aligned.text.len());
            assert!(back.end <= input.len() && input.is_char_boundary(back.end), "{profile}: {back:?}");
            assert_eq!(aligned.original_len(), input.len());
        }
    }
}
