//! Each report once through every room, for a count of instructions by callgrind: `make instructions`.

mod rooms;

use std::hint::black_box;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let texts = rooms::reports(&files);
    let house = rooms::House::new();
    println!("{} bytes", texts.iter().map(|t| t.0.len()).sum::<usize>());
    measured(&house, &texts);
}

/// What is counted: the lexicons are compiled before it.
#[inline(never)]
fn measured(house: &rooms::House, texts: &[rooms::Given]) {
    for (text, published) in texts {
        black_box(house.walk(text, *published, |_| {}));
    }
}
