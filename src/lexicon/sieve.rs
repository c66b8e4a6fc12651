//! Short words by a few of their bytes: what is not among those of a set need not be compared.

/// The bit of a short word among 64; words may share one.
#[inline]
pub const fn bit(word: &str) -> u64 {
    if word.is_empty() { 0 } else { 1 << (mixed(word) >> 26) }
}

/// Words of a set, a bit each; several may share one.
#[derive(Debug, Clone)]
pub struct Sieve([u64; BITS / 64]);

const BITS: usize = 4096;

impl Default for Sieve {
    fn default() -> Self {
        Sieve([0; BITS / 64])
    }
}

impl Sieve {
    pub fn add(&mut self, word: &str) {
        let bit = usize::from(Place::of(word).0);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether a word of that place may be one of the set; a no is sure.
    #[inline]
    pub fn may_hold(&self, place: Place) -> bool {
        let bit = usize::from(place.0);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// Where a word lies in every sieve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(u16);

impl Place {
    pub fn of(word: &str) -> Self {
        Place(if word.is_empty() { 0 } else { (mixed(word) >> 20) as u16 })
    }
}

/// Its length and its second, middle and last byte, stirred; of a word that is not empty.
#[inline]
const fn mixed(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let (last, middle, second) = (bytes[bytes.len() - 1], bytes[bytes.len() / 2], bytes[1 % bytes.len()]);
    let mixed = ((last as u32) << 16 | (middle as u32) << 8 | second as u32) ^ bytes.len() as u32;
    mixed.wrapping_mul(0x9E37_79B9)
}
