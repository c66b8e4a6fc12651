//! No room's work and no report's memory grows faster than the input: each of the inputs of `hostile.toml` goes through every
//! room once, twice and four times as long, and steps and bytes are counted. Nor does what is kept between reports grow for ever.
//!
//! A step is an edge of the control flow that is taken, in khabar and in every crate under it: the compiler puts a call at each
//! (LLVM's SanitizerCoverage), which is received here. So nothing in the rooms is written for the count, nothing can be left out
//! of it, and no clock is asked. `make steps` builds it so; what the standard library holds compiled already is not counted.

#[path = "../benches/rooms/mod.rs"]
mod rooms;

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use khabar::agree::{self, Policy, Rules};
use khabar::normalize::{Normalizer, Options};
use khabar::pipeline::{Extractor, Input};
use khabar::pool::Pool;
use khabar::table::rows::Report;
use khabar::table::{agreement, columns};
use rooms::{House, ROOMS};
use serde::Deserialize;

static mut STEPS: u64 = 0;

/// Called at every edge. Names that begin so are not instrumented themselves, and it calls nothing that would be.
#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc_guard(_: *const u32) {
    // SAFETY: `TURN` lets one thread work at a time.
    unsafe { STEPS = STEPS.wrapping_add(1) };
}

#[unsafe(no_mangle)]
extern "C" fn __sanitizer_cov_trace_pc_guard_init(_: *const u32, _: *const u32) {}

/// The system's allocator, which is asked how much of it is in use.
struct Counted;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counted = Counted;

// SAFETY: all of it is the system's allocator, which is handed what it is asked for.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        PEAK.fetch_max(LIVE.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}

static TURN: Mutex<()> = Mutex::new(());

fn steps() -> u64 {
    // SAFETY: as above.
    unsafe { STEPS }
}

/// Twice the input may take so many times the steps: sorting takes a little more than twice, all pairs would take four times.
const MOST: f64 = 2.4;
/// Fewer steps or bytes than these are how a room begins, not how it grows.
const FEW: u64 = 50_000;

/// Of what `hostile.toml` says, the longest input is this part: `KHABAR_HOSTILE=1` for all of it. The shortest must have more than
/// one sentence, which holds 1,024 tokens at most: within one, work may grow as it will.
fn part() -> usize {
    std::env::var("KHABAR_HOSTILE").map_or(8, |part| part.parse().expect("KHABAR_HOSTILE is a number"))
}

#[derive(Deserialize)]
struct Hostile {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    about: String,
    pieces: Vec<(String, usize)>,
}

impl Case {
    fn text(&self, quarters: usize) -> String {
        let times = |times: usize| if times == 1 { 1 } else { (times * quarters).div_ceil(4 * part()) };
        self.pieces.iter().map(|(piece, n)| piece.repeat(times(*n))).collect()
    }
}

/// The steps of each room, by its name.
#[derive(Default)]
struct Meter(Vec<(&'static str, u64)>);

impl Meter {
    fn take<T>(&mut self, room: &'static str, work: impl FnOnce() -> T) -> T {
        let before = steps();
        let out = work();
        self.0.push((room, steps() - before));
        out
    }
}

/// The steps in every room, in normalizing by three families of profiles, and in cutting into sentences alone.
fn walked(house: &House, normalizers: &[(&'static str, Normalizer)], text: &str) -> Meter {
    let mut meter = Meter::default();
    for (profile, normalizer) in normalizers {
        meter.take(profile, || normalizer.align(text));
    }
    let folded = house.lexicon.fold.text(text);
    meter.take("segment", || house.lexicon.segmenter.segment(&folded));
    let live = LIVE.load(Relaxed);
    PEAK.store(live, Relaxed);
    let mut before = steps();
    house.walk(text, Some(17_352), |room| {
        let now = steps();
        meter.0.push((ROOMS[room], now - before));
        before = now;
    });
    meter.0.push(("bytes at most", (PEAK.load(Relaxed) - live) as u64));
    meter
}

/// What grew by more than it may, of one input at its three lengths.
fn grown(about: &str, meters: &[Meter; 3]) -> Vec<String> {
    let [one, two, four] = meters.each_ref().map(|m| &m.0);
    let rooms = one.iter().zip(two).zip(four);
    let wrong = rooms.filter_map(|((&(room, one), &(_, two)), &(_, four))| {
        let (first, second) = (two as f64 / one as f64, four as f64 / two as f64);
        println!("{about:<70} {room:<22} {one:>12} {first:>6.2} {second:>6.2}");
        let grew = one > FEW && first > MOST || two > FEW && second > MOST;
        grew.then(|| format!("{about}, {room}: {one}, {two}, {four} steps"))
    });
    wrong.collect()
}

fn assert_counted(meters: &[Meter; 3]) {
    let counted: u64 = meters[2].0.iter().map(|(_, steps)| steps).sum();
    assert!(counted > 0, "the steps are not counted in this build; `make steps` builds it so that they are");
}

#[test]
fn no_room_takes_more_than_in_proportion() {
    let _turn = TURN.lock();
    let house = House::new();
    let profiles = ["light", "search", "social"];
    let normalizers = profiles.map(|p| (p, Normalizer::new(Options::profile(p).unwrap())));
    let hostile: Hostile = toml::from_str(include_str!("hostile.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in hostile.case.iter().filter(|c| c.pieces.iter().any(|(_, times)| *times > 1)) {
        let meters = [1, 2, 4].map(|quarters| walked(&house, &normalizers, &case.text(quarters)));
        assert_counted(&meters);
        wrong.extend(grown(&case.about, &meters));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reports as agreement meets them; their number is the size.
type Reports = fn(usize) -> String;

const CROWDS: [(&str, Reports); 4] = [
    ("everybody tells the same", |_| "قُتل ثلاثة مدنيين في قصف على مدينة الرقة أمس.".into()),
    ("everybody counts otherwise", |n| format!("قُتل {n} مدنيين في قصف على مدينة الرقة أمس.")),
    ("nobody says where or when", |n| format!("قُتل {n} جنود، وقالت مصادر إن {} أصيبوا.", n + 1)),
    ("many claims of one day and place", |n| {
        format!("اشتبك الجيش مع داعش في حلب أمس. قُتل {n} جنود في حلب أمس. سيطر الجيش على حلب أمس. قصف الجيش حلب أمس.")
    }),
];

#[test]
fn agreement_takes_no_more_than_in_proportion() {
    let _turn = TURN.lock();
    let extractor = Extractor::new(&[], &[]).unwrap();
    let rules = Rules::new(extractor.lexicon()).unwrap();
    let one_thread = Pool::new(NonZeroUsize::new(1));
    let mut wrong = Vec::new();
    for (about, text) in CROWDS {
        let meters = [1, 2, 4].map(|quarters| {
            // Of a crowded place and day 256 groups are compared: beyond them the work must not grow with the crowd.
            let reports: Vec<Report> = (0..quarters * 1_000)
                .map(|n| {
                    let (id, text) = (n.to_string(), text(n));
                    extractor.extract(&Input {
                        doc_id: &id,
                        text: Some(&text),
                        published: Some(17_352),
                        ..Input::default()
                    })
                })
                .collect();
            let tables: HashMap<_, _> = agreement::SOURCES
                .iter()
                .map(|name| (*name, vec![columns::named(name).unwrap().batch(&reports)]))
                .collect();
            let mut meter = Meter::default();
            meter.take("agreement", || {
                let sheet = agreement::read(&tables).unwrap();
                let agree = || agree::agree(&sheet, &rules, extractor.lexicon(), Policy::default());
                // Steps of two threads at once would be counted as one.
                one_thread.run(agree).unwrap()
            });
            meter
        });
        assert_counted(&meters);
        wrong.extend(grown(about, &meters));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Millions of words that nobody has written before: what a thread remembers of words has an end.
#[test]
fn what_is_remembered_of_words_has_an_end() {
    let _turn = TURN.lock();
    let house = House::new();
    let letters: Vec<char> = ('ب'..='ي').filter(|c| c.is_alphabetic() && *c != 'ـ').collect();
    // Words of two to six letters and of twelve to sixteen, half of them behind clitics.
    let word = |n: usize| {
        let spelled: String = (0..6)
            .map_while(|place| Some(n / letters.len().pow(place)).filter(|rest| *rest > 0))
            .map(|rest| letters[rest % letters.len()])
            .collect();
        let front = if n.is_multiple_of(2) { "وبال" } else { "" };
        let back = if n.is_multiple_of(3) { "مستشفياتهم" } else { "" };
        format!("{front}{spelled}{back} ")
    };
    let mut kept = Vec::new();
    let mut words = 0;
    for times in [1, 2, 4] {
        while words < times * 150_000 {
            let text: String = (words..words + 1000).map(word).collect();
            house.walk(&text, None, |_| {});
            words += 1000;
        }
        kept.push(LIVE.load(Relaxed) / 1_000_000);
    }
    println!("MB in use after 150,000, 300,000 and 600,000 words: {kept:?}");
    // The half that is being filled may be empty or full.
    assert!(kept[2] < kept[0] + kept[0] / 4, "{kept:?} MB");
}

/// The count finds what it is there for.
#[test]
fn work_that_grows_with_the_square_is_found() {
    let _turn = TURN.lock();
    let meters = [1, 2, 4].map(|quarters| {
        let words: Vec<String> = (0..quarters * 500).map(|n| n.to_string()).collect();
        let mut meter = Meter::default();
        meter.take("pairs", || {
            words.iter().flat_map(|a| words.iter().filter(move |b| a.eq_ignore_ascii_case(b))).count()
        });
        meter
    });
    assert_counted(&meters);
    assert_eq!(grown("all pairs", &meters).len(), 1);
}
