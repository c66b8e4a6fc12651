//! How the words of a set begin, roughly: most words need not be looked up in it.

/// The first letters of words, a bit each; several may share one.
#[derive(Debug, Clone)]
pub struct Beginnings([u64; BITS / 64]);

const BITS: usize = 4096;
/// The bytes that tell how a word begins.
const LONGEST: usize = 4;

/// Where the beginning of a word lies in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning(u16);

impl Beginning {
    #[inline]
    pub fn of(word: &str) -> Self {
        Beginning((hash(word) as usize % BITS) as u16)
    }
}

impl Default for Beginnings {
    fn default() -> Self {
        Beginnings([0; BITS / 64])
    }
}

impl Beginnings {
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut out = Self::default();
        words.for_each(|word| out.add(word));
        out
    }

    pub fn add(&mut self, word: &str) {
        let bit = usize::from(Beginning::of(word).0);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether some word of the set may begin like this one; a no is sure.
    #[inline]
    pub fn may_hold(&self, word: &str) -> bool {
        self.may_begin(Beginning::of(word))
    }

    /// The same by where the beginning of a word lies.
    #[inline]
    pub fn may_begin(&self, beginning: Beginning) -> bool {
        let bit = usize::from(beginning.0);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// Of the first letters of a word, or of all if they are fewer; `LONGEST` bytes are enough to tell.
#[inline]
pub(super) fn hash(word: &str) -> u32 {
    let first = match word.as_bytes() {
        [a, b, c, d, ..] => [*a, *b, *c, *d],
        [a, b, c] => [*a, *b, *c, 0],
        [a, b] => [*a, *b, 0, 0],
        [a] => [*a, 0, 0, 0],
        [] => [0; LONGEST],
    };
    u32::from_le_bytes(first).wrapping_mul(0x9E37_79B9) >> 16
}

/// Whether `hash` tells as much of a word as of every longer one that begins with it.
#[inline]
pub(super) fn is_told(word: &str) -> bool {
    word.len() >= LONGEST
}
