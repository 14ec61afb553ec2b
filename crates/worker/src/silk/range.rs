//! The coder of SILK's packets: symbols by their odds.
//!
//! Keeps: a packet that ends early or that no coder makes is told, and from there on says nothing. Does not know: what symbols mean.

use super::fixed::at;

/// A packet that is being read.
pub struct Range<'b> {
    bytes: &'b [u8],
    next: usize,
    base: u32,
    range: u32,
    failed: bool,
}

impl<'b> Range<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        let base = (0..4).fold(0, |base, place| base << 8 | u32::from(at(bytes, place)));
        Self { bytes, next: 0, base, range: 0xffff, failed: false }
    }

    pub fn has_failed(&self) -> bool {
        self.failed
    }

    fn shifted(&mut self) {
        self.base <<= 8;
        if self.next < self.bytes.len() {
            self.base |= u32::from(at(self.bytes, 4 + self.next));
            self.next += 1;
        }
    }

    fn fail(&mut self) -> usize {
        self.failed = true;
        0
    }

    /// The next symbol; `middle` is where the search begins.
    pub fn symbol(&mut self, odds: &[u16], middle: usize) -> usize {
        if self.failed {
            return 0;
        }
        let odd = |place: usize| odds.get(place).map(|odd| u32::from(*odd));
        let product = |odd: u32| self.range.wrapping_mul(odd);
        let mut place = middle;
        let Some(mut high) = odd(place) else { return self.fail() };
        let mut low;
        if product(high) > self.base {
            loop {
                let Some(below) = place.checked_sub(1) else { return self.fail() };
                place = below;
                low = odd(place).unwrap_or(0);
                if product(low) <= self.base {
                    break;
                }
                high = low;
                if high == 0 {
                    return self.fail();
                }
            }
        } else {
            loop {
                low = high;
                place += 1;
                let Some(above) = odd(place) else { return self.fail() };
                high = above;
                if product(high) > self.base {
                    place -= 1;
                    break;
                }
                if high == 0xffff {
                    return self.fail();
                }
            }
        }
        self.narrowed(low, high);
        if self.failed { 0 } else { place }
    }

    fn narrowed(&mut self, low: u32, high: u32) {
        self.base = self.base.wrapping_sub(self.range.wrapping_mul(low));
        let range = self.range.wrapping_mul(high.wrapping_sub(low));
        if range & 0xff00_0000 != 0 {
            self.range = range >> 16;
        } else if range & 0xffff_0000 != 0 {
            self.range = range >> 8;
            self.failed |= self.base >> 24 != 0;
            self.shifted();
        } else {
            self.range = range;
            self.failed |= self.base >> 16 != 0;
            self.shifted();
            self.shifted();
        }
        self.failed |= self.range == 0;
    }

    /// How many bytes are left of the packet; none where more were used than it has, or where its last bits are none.
    pub fn left(&mut self) -> Option<usize> {
        let bits = (self.next << 3) as i64 + i64::from(self.range.wrapping_sub(1).leading_zeros()) - 14;
        let used = usize::try_from((bits + 7) >> 3).ok()?;
        let left = self.bytes.len().checked_sub(used)?;
        let mask = 0xffu8.checked_shr(u32::try_from(bits & 7).ok()?).unwrap_or(0);
        if left == 0 && bits & 7 != 0 && at(self.bytes, used.checked_sub(1)?) & mask != mask {
            return None;
        }
        Some(left)
    }
}
