//! The pass over 16-bit units, as CPython stores Arabic: no bytes to put together, and offsets are code points.
//!
//! It does what nearly every text needs and gives up on the rest, which then goes through the pass over UTF-8.

use smallvec::SmallVec;
use unicode_normalization::char::canonical_combining_class;

use super::options::{Unicode, Whitespace};
use super::pass::{AFTER, Action, DROPPED, Entry, LENGTH, LOW, Pass, SLOW, VOWEL, stops_after};
use crate::text::{Keep, Track};

/// How many units are looked up at a time.
const AT_ONCE: usize = 8;

/// The unit to write, whether it is written, and the flags of the table over bytes.
pub(super) fn entry(c: char, action: &Action) -> Entry {
    let unit = |c: char| match c as u32 {
        c @ 0..=0xFFFF => c | 1 << LENGTH,
        _ => SLOW,
    };
    match action {
        Action::Keep => unit(c),
        Action::Vowel => unit(c) | VOWEL | (VOWEL | DROPPED) << AFTER,
        Action::Drop { owned: true } => DROPPED,
        Action::Text(to) => match (to.chars().next(), to.chars().nth(1)) {
            (Some(to), None) => unit(to),
            _ => SLOW,
        },
        Action::Drop { owned: false } | Action::Joiner | Action::Mark => SLOW,
    }
}

/// What was made of the units; `None` where the text needs the pass over UTF-8.
pub(super) fn apply<K: Keep>(pass: &Pass, units: &[u16], keep: &mut K) -> Option<Vec<u16>> {
    let mut out: Vec<u16> = vec![0; units.len() + 1];
    let (mut at, mut n) = (0, 0);
    loop {
        let start = at;
        let mut stops = VOWEL;
        // Each step reads one unit and writes at most one.
        if out.len() < n + units.len() - at + 1 {
            out.resize(n + units.len() - at + 1, 0);
        }
        let mut stopped = false;
        while at < units.len() && !stopped {
            // As many as the bits of one word.
            let word = at / 64;
            let end = units.len().min(64 * word + 64);
            let mut stayed = 0;
            // Several at a time, as long as nothing among them needs a look at what is beside it.
            while let Some(some) = units[at..end].first_chunk::<AT_ONCE>() {
                let entries = some.map(|unit| pass.wide[(unit as usize).min(LOW)]);
                let any = entries.iter().fold(0, |any, entry| any | entry);
                let mut stop = any & SLOW | entries[0] & stops;
                if any & VOWEL != 0 {
                    stop |= entries.windows(2).fold(0, |stop, two| stop | stops_after(two[0]) & two[1]);
                }
                if stop != 0 {
                    break;
                }
                stops = stops_after(entries[AT_ONCE - 1]);
                let room = out[n..].first_chunk_mut::<AT_ONCE>().expect("as much room as there are units");
                let (mut written, mut bits) = (0, 0);
                for (i, entry) in entries.into_iter().enumerate() {
                    room[written % AT_ONCE] = entry as u16;
                    let len = entry >> LENGTH & 1;
                    bits |= len << i;
                    written += len as usize;
                }
                stayed |= (bits as u64) << (at % 64);
                n += written;
                at += AT_ONCE;
            }
            while at < end {
                let entry = pass.wide[(units[at] as usize).min(LOW)];
                if entry & (SLOW | stops) != 0 {
                    stopped = true;
                    break;
                }
                stops = stops_after(entry);
                out[n] = entry as u16;
                let len = (entry >> LENGTH & 1) as usize;
                stayed |= (len as u64) << (at % 64);
                n += len;
                at += 1;
            }
            keep.stayed(word, stayed);
        }
        if stopped && stops != 0 && at > start {
            n -= 1;
            at -= 1;
        }
        if at == units.len() {
            break;
        }
        let (c, len) = decode(units, at)?;
        if K::ON && len != 1 {
            return None;
        }
        let high;
        let action = match pass.low.get(c as usize) {
            Some(action) => action,
            None => {
                high = pass.high(c);
                &*high
            }
        };
        let mut more: SmallVec<[u16; 8]> = SmallVec::new();
        match action {
            Action::Keep => {
                more.extend_from_slice(&units[at..at + len]);
                keep.stayed(at / 64, 1 << (at % 64));
            }
            Action::Drop { owned: true } => {}
            Action::Drop { owned: false } => keep.left(at),
            Action::Text(to) => {
                more.extend(to.encode_utf16());
                if K::ON && to.chars().count() != more.len() {
                    return None;
                }
                match more.len() {
                    1 => keep.stayed(at / 64, 1 << (at % 64)),
                    more => keep.grew(at, more),
                }
            }
            Action::Vowel => {
                let end = vowels(pass, units, at, &mut more)?;
                write(&mut out, &mut n, &more);
                (at..end).for_each(|at| keep.stayed(at / 64, 1 << (at % 64)));
                at = end;
                continue;
            }
            Action::Joiner | Action::Mark => return None,
        }
        write(&mut out, &mut n, &more);
        at += len;
    }
    out.truncate(n);
    Some(out)
}

fn write(out: &mut Vec<u16>, n: &mut usize, more: &[u16]) {
    if out.len() < *n + more.len() {
        out.resize(*n + more.len(), 0);
    }
    out[*n..*n + more.len()].copy_from_slice(more);
    *n += more.len();
}

/// The character there, and of how many units; `None` for half of one.
pub(super) fn decode(units: &[u16], at: usize) -> Option<(char, usize)> {
    match char::from_u32(units[at] as u32) {
        Some(c) => Some((c, 1)),
        None => {
            let c = char::decode_utf16(units[at..].iter().take(2).copied()).next()?.ok()?;
            Some((c, 2))
        }
    }
}

/// Vowel signs that follow a letter, in their order; `None` where anything else is among them.
fn vowels(pass: &Pass, units: &[u16], at: usize, more: &mut SmallVec<[u16; 8]>) -> Option<usize> {
    let plain = match pass.low.get(*units.get(at.checked_sub(1)?)? as usize)? {
        Action::Keep => true,
        Action::Text(to) => to.len() <= 2,
        _ => false,
    };
    if !plain {
        return None;
    }
    let mut end = at;
    while end < units.len() {
        match pass.low.get(units[end] as usize) {
            Some(Action::Vowel) if more.len() < 4 => more.push(units[end]),
            Some(Action::Keep | Action::Text(_)) => break,
            Some(Action::Drop { .. }) if before_letter(pass, &units[end..]) => break,
            Some(_) => return None,
            None if pass.high(decode(units, end)?.0).is_letter() => break,
            None => return None,
        }
        end += 1;
    }
    if pass.form() != Unicode::None {
        let class = |&u: &u16| char::from_u32(u as u32).map_or(0, canonical_combining_class);
        more.sort_by_key(class);
    }
    Some(end)
}

/// Whether a letter follows what is dropped.
fn before_letter(pass: &Pass, units: &[u16]) -> bool {
    let kept =
        units.iter().map(|&u| pass.low.get(u as usize)).find(|action| !matches!(action, Some(Action::Drop { .. })));
    matches!(kept, None | Some(Some(Action::Keep | Action::Text(_))))
}

/// White space, in place; whether anything changed.
pub(super) fn space<T: Track>(text: &mut Vec<u16>, choice: Whitespace, track: &mut T) -> bool {
    if choice == Whitespace::Keep {
        return false;
    }
    let Some(begin) = text.iter().position(|&u| !is_space(u)) else {
        let all = text.len();
        text.clear();
        if all > 0 {
            track.gap(0, 0, all, false);
        }
        return all > 0;
    };
    let end = text.iter().rposition(|&u| !is_space(u)).map_or(0, |last| last + 1);
    let mut changed = begin > 0 || end < text.len();
    if begin > 0 {
        track.gap(0, 0, begin, false);
    }
    let (mut read, mut n) = (begin, 0);
    while read < end {
        let found = next_irregular(text, read, end);
        if n != read {
            text.copy_within(read..found, n);
        }
        n += found - read;
        if found == end {
            break;
        }
        let stop = found + text[found..end].iter().take_while(|&&u| is_space(u)).count();
        if stop == found {
            // A control character, no space.
            text[n] = text[found];
            (n, read) = (n + 1, found + 1);
            continue;
        }
        // A single space may stand before what was found.
        let before = (found > read && text[n - 1] == b' ' as u16) as usize;
        n -= before;
        let lines = choice == Whitespace::Lines && text[found..stop].iter().any(|&u| breaks(u));
        let (to, len) = (if lines { b'\n' } else { b' ' } as u16, before + stop - found);
        changed |= len > 1 || text[found] != to;
        if T::ON && len > 1 {
            track.shorten(n, found - before, 1, len);
        }
        text[n] = to;
        (n, read) = (n + 1, stop);
    }
    if end < text.len() {
        track.gap(n, end, text.len() - end, false);
    }
    text.truncate(n);
    changed
}

/// The next place that may be white space other than a single space.
fn next_irregular(text: &[u16], mut at: usize, end: usize) -> usize {
    const STEP: usize = 32;
    let irregular = |u: u16, next: u16| (u < 0x20) | ((u == 0x20) & (next <= 0x20)) | rare_space(u);
    while at + STEP < end {
        let (now, next) = (&text[at..at + STEP], &text[at + 1..at + STEP + 1]);
        if now.iter().zip(next).fold(false, |any, (&u, &n)| any | irregular(u, n)) {
            break;
        }
        at += STEP;
    }
    (at..end).find(|&i| irregular(text[i], text.get(i + 1).copied().unwrap_or(b'.' as u16))).unwrap_or(end)
}

fn rare_space(u: u16) -> bool {
    (u == 0x85)
        | (u == 0xA0)
        | (u == 0x1680)
        | (u.wrapping_sub(0x2000) <= 0xA)
        | (u == 0x2028)
        | (u == 0x2029)
        | (u == 0x202F)
        | (u == 0x205F)
        | (u == 0x3000)
}

fn is_space(u: u16) -> bool {
    u == 0x20 || (9..=13).contains(&u) || rare_space(u)
}

fn breaks(u: u16) -> bool {
    matches!(u, 0xA..=0xD | 0x85 | 0x2028 | 0x2029)
}
