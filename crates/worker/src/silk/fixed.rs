//! Arithmetic of whole numbers as SILK's decoder has it: products of 32 and 16 bits, shifts that round, quotients.
//!
//! Keeps: nothing overflows aloud, nothing is read outside of a slice. Does not know: sound.

/// What stands at a place; nothing beyond the end.
pub fn at<T: Copy + Default>(from: &[T], place: usize) -> T {
    from.get(place).copied().unwrap_or_default()
}

/// Writes to a place of a slice; nothing beyond the end.
macro_rules! put {
    ($to:expr, $place:expr, $value:expr) => {{
        let (place, value) = ($place, $value);
        if let Some(slot) = $to.get_mut(place) {
            *slot = value;
        }
    }};
}
pub(super) use put;

/// The upper part of 32 × 16 bits.
pub fn mul_word(a: i32, b: i32) -> i32 {
    ((i64::from(a) * i64::from(b as i16)) >> 16) as i32
}

pub fn add_mul_word(sum: i32, a: i32, b: i32) -> i32 {
    sum.wrapping_add(mul_word(a, b))
}

/// The middle part of 32 × 32 bits.
pub fn mul_wide(a: i32, b: i32) -> i32 {
    mul_word(a, b).wrapping_add(a.wrapping_mul(round(b, 16)))
}

/// The upper part of 32 × 32 bits.
pub fn mul_high(a: i32, b: i32) -> i32 {
    ((i64::from(a) * i64::from(b)) >> 32) as i32
}

/// A shift to the right that rounds.
pub fn round(a: i32, by: u32) -> i32 {
    if by == 1 { (a >> 1).wrapping_add(a & 1) } else { (a >> (by - 1)).wrapping_add(1) >> 1 }
}

pub fn round_long(a: i64, by: u32) -> i32 {
    (((a >> (by - 1)) + 1) >> 1) as i32
}

pub fn narrow(a: i32) -> i16 {
    a.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

fn headroom(a: i32) -> u32 {
    a.wrapping_abs().leading_zeros().saturating_sub(1)
}

/// A shift by so many bits: to the right, or to the left and no further than the largest number.
fn scaled(result: i32, right: i32) -> i32 {
    match (right, u32::try_from(right)) {
        (_, Ok(right)) if right > 0 => result.checked_shr(right).unwrap_or(0),
        _ => {
            let left = right.unsigned_abs().min(31);
            result.clamp(i32::MIN >> left, i32::MAX >> left) << left
        }
    }
}

/// About `(a << shift) / b`.
pub fn quotient(a: i32, b: i32, shift: i32) -> i32 {
    let (over, under) = (headroom(a), headroom(b));
    let (upper, lower) = (a.wrapping_shl(over), b.wrapping_shl(under));
    let inverse = (i32::MAX >> 2).checked_div(lower >> 16).unwrap_or(0);
    let first = mul_word(upper, inverse);
    let rest = upper.wrapping_sub(mul_high(lower, first).wrapping_shl(3));
    let result = add_mul_word(first, rest, inverse);
    scaled(result, 29 + over as i32 - under as i32 - shift)
}

/// About `(1 << shift) / b`.
pub fn inverse(b: i32, shift: i32) -> i32 {
    let under = headroom(b);
    let lower = b.wrapping_shl(under);
    let inverse = (i32::MAX >> 2).checked_div(lower >> 16).unwrap_or(0);
    let first = inverse.wrapping_shl(16);
    let error = mul_word(lower, inverse).wrapping_neg().wrapping_shl(3);
    let result = add_mul_word(first, error, inverse).wrapping_add(error.wrapping_mul(round(inverse, 16)));
    scaled(result, 61 - under as i32 - shift)
}

/// Two to the power of a number of 128ths.
pub fn power(log: i32) -> i32 {
    if log < 0 {
        return 0;
    }
    if log >= 31 << 7 {
        return i32::MAX;
    }
    let (out, rest) = (1i32 << (log >> 7), log & 0x7f);
    let curve = add_mul_word(rest, rest * (128 - rest), -174);
    if log < 2048 {
        out.wrapping_add(out.wrapping_mul(curve) >> 7)
    } else {
        out.wrapping_add((out >> 7).wrapping_mul(curve))
    }
}
