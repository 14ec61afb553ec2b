//! From line frequencies to the taps of a filter that is stable.
//!
//! Keeps: taps of a filter that would grow without end are drawn inward. Does not know: sound.

use super::fixed::{at, inverse, mul_high, mul_wide, narrow, put, round, round_long};
use super::tables::COSINES;

/// Most taps.
pub const MOST: usize = 16;
/// Rounds in which frequencies are moved apart, and taps inward.
const ROUNDS: usize = 20;
/// From here on a filter counts as unstable: 0.99975.
const LIMIT: i32 = 65_520;

/// A book of vectors in stages, which add up.
pub struct Book {
    pub order: usize,
    /// How far frequencies must be apart.
    pub apart: &'static [i32],
    pub stages: &'static [Stage],
}

/// A stage of a book.
pub struct Stage {
    pub middle: usize,
    pub odds: &'static [u16],
    pub vectors: &'static [i16],
}

impl Book {
    /// The line frequencies that these numbers of vectors stand for.
    pub fn lines(&self, numbers: impl Iterator<Item = usize>) -> [i32; MOST] {
        let mut lines = [0i32; MOST];
        for (stage, number) in self.stages.iter().zip(numbers) {
            for (place, line) in lines.iter_mut().take(self.order).enumerate() {
                *line += i32::from(at(stage.vectors, number * self.order + place));
            }
        }
        self.apart(&mut lines);
        lines
    }

    fn apart(&self, lines: &mut [i32; MOST]) {
        const WHOLE: i32 = 1 << 15;
        let order = self.order;
        for _ in 0..ROUNDS {
            let distance = |place: usize| match place {
                0 => at(lines, 0) - at(self.apart, 0),
                place if place == order => WHOLE - (at(lines, order - 1) + at(self.apart, order)),
                place => at(lines, place) - (at(lines, place - 1) + at(self.apart, place)),
            };
            // Of several that are as near the first is moved.
            let Some((near, place)) = (0..=order).map(|place| (distance(place), place)).min() else { return };
            if near >= 0 {
                return;
            }
            if place == 0 {
                put!(lines, 0, at(self.apart, 0));
            } else if place == order {
                put!(lines, order - 1, WHOLE - at(self.apart, order));
            } else {
                let (gap, half) = (at(self.apart, place), at(self.apart, place) >> 1);
                let low = self.apart.iter().take(place).sum::<i32>() + half;
                let high = WHOLE - self.apart.iter().take(order + 1).skip(place + 1).sum::<i32>() - (gap - half);
                let middle = round(at(lines, place - 1) + at(lines, place), 1).min(high).max(low);
                put!(lines, place - 1, middle - half);
                put!(lines, place, middle - half + gap);
            }
        }
        if let Some(lines) = lines.get_mut(..order) {
            lines.sort_unstable();
        }
        put!(lines, 0, at(lines, 0).max(at(self.apart, 0)));
        for place in 1..order {
            put!(lines, place, at(lines, place).max(at(lines, place - 1) + at(self.apart, place)));
        }
        put!(lines, order - 1, at(lines, order - 1).min(WHOLE - at(self.apart, order)));
        for place in (0..order - 1).rev() {
            put!(lines, place, at(lines, place).min(at(lines, place + 1) - at(self.apart, place + 1)));
        }
    }
}

/// One of the two polynomials of which the filter is made.
fn polynomial(cosines: &[i32], half: usize) -> [i32; MOST / 2 + 1] {
    let mut out = [0i32; MOST / 2 + 1];
    put!(out, 0, 1 << 20);
    put!(out, 1, at(cosines, 0).wrapping_neg());
    let part = |of: i32, by: i32| round_long(i64::from(of) * i64::from(by), 20);
    for k in 1..half {
        let by = at(cosines, 2 * k);
        put!(out, k + 1, (at(&out, k - 1) << 1).wrapping_sub(part(by, at(&out, k))));
        for n in (2..=k).rev() {
            let value = at(&out, n).wrapping_add(at(&out, n - 2)).wrapping_sub(part(by, at(&out, n - 1)));
            put!(out, n, value);
        }
        put!(out, 1, at(&out, 1).wrapping_sub(by));
    }
    out
}

/// The taps of a stable filter.
pub fn taps(lines: &[i32; MOST], order: usize) -> [i32; MOST] {
    let mut taps = unstable_taps(lines, order);
    for turn in 0..ROUNDS as i32 {
        if is_stable(&taps, order) {
            return taps;
        }
        inward_short(&mut taps, order, 65_536 - (10 + turn) * turn);
    }
    [0; MOST]
}

fn unstable_taps(lines: &[i32; MOST], order: usize) -> [i32; MOST] {
    let mut cosines = [0i32; MOST];
    for (cosine, line) in cosines.iter_mut().zip(lines).take(order) {
        let whole = usize::try_from(line >> 8).unwrap_or(0);
        let (from, to) = (at(&COSINES, whole), at(&COSINES, whole + 1));
        *cosine = (from << 8).wrapping_add((to - from).wrapping_mul(line & 0xff));
    }
    let half = order / 2;
    let (even, odd) = (polynomial(&cosines, half), polynomial(cosines.get(1..).unwrap_or_default(), half));
    let mut taps = [0i32; MOST];
    for k in 0..half {
        let one = at(&even, k + 1).wrapping_add(at(&even, k));
        let other = at(&odd, k + 1).wrapping_sub(at(&odd, k));
        put!(taps, k, round(one.wrapping_add(other), 9).wrapping_neg());
        put!(taps, order - k - 1, round(other.wrapping_sub(one), 9));
    }
    for _ in 0..10 {
        let loudest =
            taps.iter().take(order).enumerate().max_by_key(|(place, tap)| (tap.wrapping_abs(), -(*place as i64)));
        let Some((place, loud)) = loudest.map(|(place, tap)| (place as i32, tap.wrapping_abs())) else { break };
        if loud <= i32::from(i16::MAX) {
            break;
        }
        let loud = loud.min(98_369);
        let over =
            ((65_470 >> 2) * (loud - i32::from(i16::MAX))).checked_div(loud.wrapping_mul(place + 1) >> 2).unwrap_or(0);
        inward(&mut taps, order, 65_470 - over);
    }
    taps.map(|tap| i32::from(narrow(tap)))
}

fn inward(taps: &mut [i32; MOST], order: usize, by: i32) {
    let mut now = by;
    for (place, tap) in taps.iter_mut().take(order).enumerate() {
        *tap = mul_wide(*tap, now);
        if place + 1 < order {
            now = mul_wide(by, now);
        }
    }
}

fn inward_short(taps: &mut [i32; MOST], order: usize, by: i32) {
    let (mut now, less) = (by, by - 65_536);
    for tap in taps.iter_mut().take(order) {
        *tap = i32::from(round(now.wrapping_mul(*tap), 16) as i16);
        now = now.wrapping_add(round(now.wrapping_mul(less), 16));
    }
}

/// Whether all poles lie within the circle.
fn is_stable(taps: &[i32; MOST], order: usize) -> bool {
    let mut now = taps.map(|tap| tap << 4);
    for k in (0..order).rev() {
        let last = at(&now, k);
        if last.abs() > LIMIT {
            return false;
        }
        if k == 0 {
            break;
        }
        let reflected = last.wrapping_shl(15).wrapping_neg();
        let kept = (i32::MAX >> 1).wrapping_sub(mul_high(reflected, reflected));
        let inverse = inverse(kept, 46);
        let room = inverse.wrapping_abs().leading_zeros().saturating_sub(1);
        let by = inverse.wrapping_shl(room);
        let before = now;
        for n in 0..k {
            let value = at(&before, n).wrapping_sub(mul_high(at(&before, k - n - 1), reflected).wrapping_shl(1));
            let shift = 16i32 - room as i32;
            let product = mul_high(value, by);
            let product = match u32::try_from(shift) {
                Ok(left) => product.wrapping_shl(left),
                Err(_) => product >> shift.unsigned_abs().min(31),
            };
            put!(now, n, product);
        }
    }
    true
}
