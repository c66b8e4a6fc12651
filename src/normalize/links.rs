//! Links, addresses, mentions and hashtags: where they are, and what becomes of them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::data::data;
use super::edit::{Edited, Editor};
use super::options::{Hashtags, Links, Options};
use super::triggers::pairs;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Url,
    Email,
}

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    let stop = regex::escape(&data().words.url_stop);
    let url = format!(
        r#"(?P<url>(?i:(?:https?|ftp)://|www\.)[^\s<>"\u{{200E}}\u{{200F}}\u{{202A}}-\u{{202E}}\u{{2066}}-\u{{2069}}{stop}]+)"#
    );
    let email = r"(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})";
    Regex::new(&format!("{url}|{email}")).expect("a pattern of ours")
});
static MENTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"@\w+").expect("a pattern of ours"));
static HASHTAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"#+\w*\p{L}[\w]*").expect("a pattern of ours"));

/// The links and addresses of a text, in order.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, Kind)> {
    // What no link and no address can do without.
    let hint = |a: u8, b: u8| (a == b'@') | ((a == b':') & (b == b'/')) | ((a | 0x20 == b'w') & (b | 0x20 == b'w'));
    if !pairs(text.as_bytes(), hint) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for link in LINK.captures_iter(text) {
        if let Some(url) = link.name("url") {
            let part_of_word = url.as_str().as_bytes()[0].eq_ignore_ascii_case(&b'w') && inside_word(text, url.start());
            let end = url.start() + trim(url.as_str());
            if !part_of_word && end > url.start() {
                found.push((url.start()..end, Kind::Url));
            }
        } else if let Some(email) = link.name("email") {
            found.push((email.range(), Kind::Email));
        }
    }
    found
}

fn inside_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The length of a link without the punctuation of the sentence that it stands in; 0 when nothing but its scheme is left.
fn trim(url: &str) -> usize {
    // A closing bracket is the sentence's unless it was opened in the link.
    let count = |c| url.matches(c).count();
    let (mut round, mut square) = (count(')').saturating_sub(count('(')), count(']').saturating_sub(count('[')));
    let mut rest = url;
    loop {
        rest = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
        let spare = match rest.as_bytes().last() {
            Some(b')') => &mut round,
            Some(b']') => &mut square,
            _ => break,
        };
        if *spare == 0 {
            break;
        }
        *spare -= 1;
        rest = &rest[..rest.len() - 1];
    }
    let scheme = rest.find("://").map_or(4, |s| s + 3);
    if rest.len() > scheme { rest.len() } else { 0 }
}

pub(super) fn apply(text: &str, options: &Options, track: bool) -> Option<Edited> {
    let quiet = [options.urls, options.emails, options.mentions] == [Links::Keep; 3];
    if quiet && options.hashtags == Hashtags::Keep {
        return None;
    }
    let signs = (options.mentions != Links::Keep && text.contains('@'))
        || (options.hashtags == Hashtags::Words && text.contains('#'));
    if options.urls == Links::Keep && options.emails == Links::Keep && !signs {
        return None;
    }
    let words = &data().words;
    let links = find(text);
    let mut edits: Vec<(Range<usize>, &str)> = Vec::new();
    for (range, kind) in &links {
        let (choice, token) = match kind {
            Kind::Url => (options.urls, &words.url_token),
            Kind::Email => (options.emails, &words.email_token),
        };
        edits.extend(replacement(choice, token).map(|to| (range.clone(), to)));
    }
    let free = Free::new(&links);
    if options.mentions != Links::Keep && text.contains('@') {
        for mention in MENTION.find_iter(text) {
            if free.holds(&mention.range()) && !after_word(text, mention.start()) {
                let to = replacement(options.mentions, &words.mention_token);
                edits.extend(to.map(|to| (mention.range(), to)));
            }
        }
    }
    if options.hashtags == Hashtags::Words && text.contains('#') {
        let mut last = 0;
        for tag in HASHTAG.find_iter(text) {
            if free.holds(&tag.range()) && !after_word(text, tag.start()) && !text[..tag.start()].ends_with('&') {
                let after_tag = last == tag.start() && last > 0;
                words_of(tag.as_str(), tag.start(), if after_tag { " " } else { "" }, &mut edits);
                last = tag.end();
            }
        }
    }
    edits.sort_by_key(|e| e.0.start);
    let mut editor = Editor::new(text, track);
    for (range, to) in edits {
        editor.replace(range, to);
    }
    editor.finish()
}

fn replacement(choice: Links, token: &str) -> Option<&str> {
    match choice {
        Links::Keep => None,
        Links::Drop => Some(""),
        Links::Token => Some(token),
    }
}

fn after_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '/')
}

/// The sign goes, underscores part the words, and those at the ends go too. What is glued to another tag is parted from it.
fn words_of<'a>(tag: &str, at: usize, front: &'a str, edits: &mut Vec<(Range<usize>, &'a str)>) {
    let begin = tag.len() - tag.trim_start_matches(['#', '_']).len();
    edits.push((at..at + begin, front));
    let inner = tag[begin..].trim_end_matches('_');
    let bytes = inner.as_bytes();
    let mut i = 0;
    while let Some(found) = inner[i..].find('_') {
        let start = i + found;
        i = start + bytes[start..].iter().take_while(|&&b| b == b'_').count();
        edits.push((at + begin + start..at + begin + i, " "));
    }
    edits.push((at + begin + inner.len()..at + tag.len(), ""));
}

/// What lies outside of all links.
pub(super) struct Free<'a>(&'a [(Range<usize>, Kind)]);

impl<'a> Free<'a> {
    pub fn new(links: &'a [(Range<usize>, Kind)]) -> Self {
        Free(links)
    }

    pub fn holds(&self, range: &Range<usize>) -> bool {
        let before = self.0.partition_point(|(link, _)| link.end <= range.start);
        self.0.get(before).is_none_or(|(link, _)| range.end <= link.start)
    }
}
