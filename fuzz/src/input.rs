//! Reading a target's bytes as numbers and pieces; whatever they are, they mean something.
//!
//! Keeps: past the end there are zeros; a piece is never longer than what is there. `fuzz/seeds.py` writes the same form.
//! Does not know: what the pieces are for.

/// What is left of the bytes.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    /// All of them.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn fixed<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        let (front, back) = self.0.split_at(N.min(self.0.len()));
        out[..front.len()].copy_from_slice(front);
        self.0 = back;
        out
    }

    /// One byte.
    pub fn byte(&mut self) -> u8 {
        self.fixed::<1>()[0]
    }

    /// Two bytes, little-endian.
    pub fn short(&mut self) -> u16 {
        u16::from_le_bytes(self.fixed())
    }

    /// Eight bytes, little-endian.
    pub fn long(&mut self) -> u64 {
        u64::from_le_bytes(self.fixed())
    }

    /// A place among `count` things; 0 where there is none.
    pub fn below(&mut self, count: usize) -> usize {
        usize::from(self.short()) % count.max(1)
    }

    /// A piece behind its length of two bytes.
    pub fn piece(&mut self) -> &'a [u8] {
        let len = usize::from(self.short()).min(self.0.len());
        let (front, back) = self.0.split_at(len);
        self.0 = back;
        front
    }

    /// Everything that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
