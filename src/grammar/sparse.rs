//! Values that stand at few of many tokens.

#[derive(Debug, Clone)]
pub struct Sparse<T> {
    /// One more than the number of the token's value; 0 for none.
    at: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Sparse::new(0)
    }
}

impl<T> Sparse<T> {
    pub fn new(len: usize) -> Self {
        Sparse { at: vec![0; len], values: Vec::new() }
    }

    pub fn get(&self, token: usize) -> Option<&T> {
        match self.at.get(token) {
            Some(0) | None => None,
            Some(n) => Some(&self.values[*n as usize - 1]),
        }
    }

    /// The tokens that have a value.
    pub fn tokens(&self) -> impl Iterator<Item = usize> {
        self.at.iter().enumerate().filter(|(_, n)| **n > 0).map(|(token, _)| token)
    }

    pub fn set(&mut self, token: usize, value: T) {
        self.values.push(value);
        self.at[token] = self.values.len() as u32;
    }
}
