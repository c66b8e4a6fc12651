//! From byte offsets to code points, the index of a Python string.

/// Counts the code points before any byte of a text, in constant time after one pass over it.
///
/// ```
/// use khabar::text::CodePoints;
///
/// let text = "قصف 3 مواقع";
/// let points = CodePoints::new(text);
/// assert_eq!(points.of(text.find('3').unwrap()), 4);
/// assert_eq!(points.of(text.len()), text.chars().count());
/// ```
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    bytes: &'a [u8],
    /// How many code points begin before byte `i * STEP`; empty when every byte is one.
    before: Vec<u32>,
}

const STEP: usize = 32;

impl<'a> CodePoints<'a> {
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut before = Vec::new();
        if !text.is_ascii() {
            before.reserve(bytes.len() / STEP + 1);
            let mut count = 0;
            for chunk in bytes.chunks(STEP) {
                before.push(count);
                count += starts(chunk);
            }
        }
        CodePoints { bytes, before }
    }

    /// The number of code points before the byte offset `byte`.
    pub fn of(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        if self.before.is_empty() || byte == 0 {
            return byte;
        }
        let block = (byte - 1) / STEP;
        (self.before[block] + starts(&self.bytes[block * STEP..byte])) as usize
    }
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from((b as i8) >= -0x40)).sum()
}
