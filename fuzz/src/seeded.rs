//! A fault planted on purpose, by which `script/fuzz seeded` shows that the fuzzing finds one.
//!
//! Keeps: it lies behind four comparisons, each inside the other, of values that stand nowhere in the program; blind bytes meet
//! it once in 2^32 tries.
//! Does not know: any other target; it is built for this alone.

use std::hint::black_box;

/// Falls over four bytes.
///
/// # Panics
/// For the planted fault.
pub fn run(data: &[u8]) {
    let [a, b, c, d, ..] = *data else { return };
    // Each is multiplied by the one before: no constant to be copied from a comparison.
    if step(a, 0xa7) == 0x51 {
        black_box(1);
        if step(b, a) == 0x3d {
            black_box(2);
            if step(c, b) == 0xe0 {
                black_box(3);
                assert!(step(d, c) != 0x08, "the planted fault");
            }
        }
    }
}

#[inline(never)]
fn step(byte: u8, by: u8) -> u8 {
    black_box(byte.wrapping_mul(by | 1).rotate_left(3))
}
