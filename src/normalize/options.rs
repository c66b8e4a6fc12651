//! What a normalizer may change: one field for each thing, with its values, and the profiles that name sets of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::data::data;

/// A name or a value that no option has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OptionError(pub String);

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $first:ident $(, $(#[$vdoc:meta])* $value:ident)* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            #[default]
            $first,
            $($(#[$vdoc])* $value,)*
        }
    )*};
}

choices! {
    /// Unicode's own forms: composed (`nfc`), and with compatibility characters replaced (`nfkc`).
    Unicode { None, Nfc, Nfkc }
    /// The shaped letters and ligatures of old fonts and PDF files: `ﻷ` → `لأ`.
    PresentationForms { Keep, Fold }
    /// `قصــف` → `قصف`.
    Tatweel { Keep, Drop }
    /// Vowel signs: all off, or all but tanween, or all but shadda.
    Diacritics { Keep, Strip, StripKeepTanween, StripKeepShadda }
    /// Pause signs and small high letters of Quran prints.
    QuranicMarks { Keep, Drop }
    /// The superscript alef: `هٰذا` → `هذا` (`drop`), `رحمٰن` → `رحمان` (`alef`).
    DaggerAlef { Keep, Drop, Alef }
    /// `أ إ آ` → `ا`.
    Alef { Keep, Fold }
    /// `ٱ` → `ا`.
    AlefWasla { Keep, Fold }
    /// `ؤ ئ` → `و ي` (`fold`), or → `ء`, so that `مسؤول` and `مسئول` meet (`lone`).
    Hamza { Keep, Fold, Lone }
    /// `على` → `علي`.
    AlefMaqsura { Keep, Yeh }
    /// `مدينة` → `مدينه`.
    TehMarbuta { Keep, Heh }
    /// The alef that only carries fathatan: `شكراً` → `شكر`.
    TanweenAlef { Keep, Drop }
    /// `ی ک گ پ` → `ي ك ك ب`.
    PersianLetters { Keep, Arabic }
    /// `٢٠١٧ ۲۰۱۷` → `2017`, or the other way.
    Digits { Keep, Western, ArabicIndic }
    /// `٣٫١٤` → `٣.١٤`, `١٬٠٠٠` → `١,٠٠٠`.
    Separators { Keep, Western }
    /// `،` → `,` (`western`), `,` → `،` (`arabic`), or none; numbers and links stay whole.
    Punctuation { Keep, Western, Arabic, Drop }
    /// `«قسد»` → `"قسد"`.
    Quotes { Keep, Straight }
    /// Joiners, byte-order marks, soft hyphens; the joiners inside an emoji stay.
    ZeroWidth { Keep, Drop }
    /// Direction marks, embeddings, isolates.
    Bidi { Keep, Drop }
    /// Entities decoded, tags gone: `<b>قصف</b>&nbsp;` → `قصف`; `س < 5` stays.
    Html { Keep, Decode }
    /// Links, addresses, mentions: as they are, gone, or a token in their place.
    Links { Keep, Drop, Token }
    /// `#قوات_سوريا` → `قوات سوريا`.
    Hashtags { Keep, Words }
    /// Pictographs, each with its skin tones and joiners.
    Emoji { Keep, Drop }
    /// Words hidden from filters: `قصـ.ـف`, `ا.ستشها.د` → `قصف`, `استشهاد`.
    Hidden { Keep, Join }
    /// Runs of white space: one space, or (`lines`) one line break where there was one; none at the ends.
    Whitespace { Keep, Collapse, Lines }
}

/// What a [`Normalizer`](super::Normalizer) does. The default keeps everything.
///
/// ```
/// use khabar::normalize::{Digits, Normalizer, Options};
///
/// let options = Options { digits: Digits::Western, ..Options::profile("light").unwrap() };
/// assert_eq!(Normalizer::new(options).normalize("عــام ٢٠١٧"), "عام 2017");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    pub unicode: Unicode,
    pub presentation_forms: PresentationForms,
    pub tatweel: Tatweel,
    pub diacritics: Diacritics,
    pub quranic_marks: QuranicMarks,
    pub dagger_alef: DaggerAlef,
    pub alef: Alef,
    pub alef_wasla: AlefWasla,
    pub hamza: Hamza,
    pub alef_maqsura: AlefMaqsura,
    pub teh_marbuta: TehMarbuta,
    pub tanween_alef: TanweenAlef,
    pub persian_letters: PersianLetters,
    pub digits: Digits,
    pub separators: Separators,
    pub punctuation: Punctuation,
    pub quotes: Quotes,
    pub zero_width: ZeroWidth,
    pub bidi: Bidi,
    pub html: Html,
    pub urls: Links,
    pub emails: Links,
    pub mentions: Links,
    pub hashtags: Hashtags,
    pub emoji: Emoji,
    pub hidden: Hidden,
    /// At most so many of one letter in a row: `راااائع` → `راائع` with 2. Digits are never touched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_repeat: Option<u32>,
    /// At most so many of one punctuation mark in a row: `!!!!` → `!` with 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_repeat_punctuation: Option<u32>,
    pub whitespace: Whitespace,
    /// The user's own replacements, done once and last.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub table: BTreeMap<char, String>,
}

impl Options {
    /// The options of a profile of `lexicon/chars.toml`.
    ///
    /// ```
    /// use khabar::normalize::Options;
    ///
    /// assert!(Options::profile("light").is_ok());
    /// assert!(Options::profile("strict").unwrap_err().to_string().contains("search"));
    /// ```
    pub fn profile(name: &str) -> Result<Options, OptionError> {
        let profiles = &data().profiles;
        profiles.get(name).cloned().ok_or_else(|| {
            let known: Vec<&str> = Options::profiles().collect();
            OptionError(format!("unknown profile `{name}`, expected one of `{}`", known.join("`, `")))
        })
    }

    /// The names of all profiles.
    pub fn profiles() -> impl Iterator<Item = &'static str> {
        data().profiles.keys().map(String::as_str)
    }

    /// These options with some replaced by name; `None` gives an option back its default.
    ///
    /// ```
    /// use khabar::normalize::{Hamza, Options};
    ///
    /// let options = Options::profile("light").unwrap();
    /// let options = options.overlay([("hamza".to_owned(), Some("fold".into()))]).unwrap();
    /// assert_eq!(options.hamza, Hamza::Fold);
    /// ```
    pub fn overlay(
        &self,
        changes: impl IntoIterator<Item = (String, Option<toml::Value>)>,
    ) -> Result<Options, OptionError> {
        let mut table = self.to_table();
        let known = Options::names();
        for (name, value) in changes {
            if !known.contains(&name.as_str()) {
                return Err(OptionError(format!("unknown option `{name}`, expected one of `{}`", known.join("`, `"))));
            }
            match value {
                Some(value) => {
                    let value = checked(&name, value)?;
                    table.insert(name, value)
                }
                None => table.remove(&name),
            };
        }
        table.try_into().map_err(|e: toml::de::Error| OptionError(e.message().to_owned()))
    }

    /// The options as a table of plain values, as in a profile; [`Options::overlay`] is the way back.
    pub fn to_table(&self) -> toml::Table {
        toml::Table::try_from(self).expect("options are plain values")
    }

    /// The names of all options, in the order of the steps.
    pub fn names() -> &'static [&'static str] {
        &[
            "unicode",
            "presentation_forms",
            "tatweel",
            "diacritics",
            "quranic_marks",
            "dagger_alef",
            "alef",
            "alef_wasla",
            "hamza",
            "alef_maqsura",
            "teh_marbuta",
            "tanween_alef",
            "persian_letters",
            "digits",
            "separators",
            "punctuation",
            "quotes",
            "zero_width",
            "bidi",
            "html",
            "urls",
            "emails",
            "mentions",
            "hashtags",
            "emoji",
            "hidden",
            "max_repeat",
            "max_repeat_punctuation",
            "whitespace",
            "table",
        ]
    }
}

/// The value, if the option `name` can have it.
fn checked(name: &str, value: toml::Value) -> Result<toml::Value, OptionError> {
    let wrong = |what: &str| OptionError(format!("{name}: {what}"));
    let value = match value {
        toml::Value::Integer(1..) if name.starts_with("max_") => value,
        other if name.starts_with("max_") => {
            return Err(wrong(&format!("{other} is no whole number above 0")));
        }
        // What is no name of a value is told the names like any other mistake.
        toml::Value::Integer(_) | toml::Value::Boolean(_) | toml::Value::Float(_) if name != "table" => {
            toml::Value::String(value.to_string())
        }
        other => other,
    };
    let alone = toml::Table::from_iter([(name.to_owned(), value.clone())]);
    alone.try_into::<Options>().map_err(|e| wrong(e.message()))?;
    Ok(value)
}
