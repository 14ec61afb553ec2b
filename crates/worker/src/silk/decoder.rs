//! A decoder of SILK packets, after the SDK 1.0.9 (Skype Limited, 3-clause BSD: see NOTICE), without hiding of losses.
//!
//! Keeps: whole numbers throughout, so that a packet gives the samples that the SDK gives, bit by bit.
//! Does not know: files, rates of others.

use super::fixed::{add_mul_word, at, inverse, mul_wide, mul_word, narrow, power, put, quotient, round};
use super::range::Range;
use super::spectrum::{Book, MOST, taps};
use super::tables as table;
use super::{books, voiced};

/// Longest frame, samples: 20 ms at 24 kHz.
const FRAME: usize = 480;
/// Parts of a frame with a gain of their own.
const PARTS: usize = 4;
/// Most frames of a packet.
const MAX_FRAMES: usize = 5;
/// Longest packet, bytes.
const MAX_PACKET: usize = 1024;
/// Samples that are coded together.
const SHELL: usize = 16;
/// More pulses than this are told with lower bits beside them.
const MAX_PULSES: usize = 18;
/// Most lower bits.
const MAX_LOW_BITS: usize = 16;
/// Taps of the prediction by the pitch.
const PITCH_TAPS: usize = 5;

/// The state between packets.
pub struct Decoder {
    khz: usize,
    pitch: Vec<i32>,
    short: [i32; MOST],
    heard: Vec<i16>,
    inverse_gain: i32,
    gain: i32,
    lines: [i32; MOST],
    fresh: bool,
    sort: usize,
    low_cut: [i32; 2],
}

/// What a frame says.
#[derive(Default)]
struct Frame {
    voiced: bool,
    offset: i32,
    gains: [i32; PARTS],
    taps: [[i32; MOST]; 2],
    interpolated: bool,
    lags: [usize; PARTS],
    pitch_taps: [[i32; PITCH_TAPS]; PARTS],
    scale: i32,
    seed: i32,
    pulses: Vec<i32>,
}

impl Default for Decoder {
    fn default() -> Self {
        let state = Self {
            khz: 0,
            pitch: vec![0; 2 * FRAME],
            short: [0; MOST],
            heard: vec![0; 2 * FRAME],
            inverse_gain: 65_536,
            gain: 1,
            lines: [0; MOST],
            fresh: true,
            sort: 0,
            low_cut: [0; 2],
        };
        let mut state = state;
        state.tune(24);
        state
    }
}

impl Decoder {
    /// Decodes a packet; its rate in kHz, or none where it is damaged.
    pub fn packet(&mut self, bytes: &[u8], samples: &mut Vec<i16>) -> Option<usize> {
        if bytes.is_empty() || bytes.len() > MAX_PACKET {
            return None;
        }
        let mut range = Range::new(bytes);
        for number in 0..MAX_FRAMES {
            let (frame, more) = self.frame(&mut range, number)?;
            self.sound(&frame, samples);
            if !more {
                break;
            }
        }
        Some(self.khz)
    }

    fn tune(&mut self, khz: usize) {
        if self.khz != khz {
            self.khz = khz;
            self.short = [0; MOST];
            self.heard.fill(0);
            self.lines = [0; MOST];
            self.gain = 1;
            self.fresh = true;
        }
    }

    fn len(&self) -> usize {
        20 * self.khz
    }

    fn frame(&mut self, range: &mut Range<'_>, number: usize) -> Option<(Frame, bool)> {
        let before = self.khz;
        let frame = self.told(range, number);
        let ending = range.symbol(&table::ENDING, 2);
        let left = range.left().filter(|_| !range.has_failed());
        let Some(left) = left else {
            self.tune(before);
            return None;
        };
        Some((frame?, left > 0 && ending == 1))
    }

    /// All that a frame says, up to its ending.
    fn told(&mut self, range: &mut Range<'_>, number: usize) -> Option<Frame> {
        if number == 0 {
            self.tune(at(&[8, 12, 16, 24], range.symbol(&table::RATES, 2)));
        }
        self.sort = match table::TYPE_NEXT.get(self.sort).filter(|_| number > 0) {
            Some(odds) => range.symbol(odds, 2),
            None => range.symbol(&table::TYPE, 2),
        };
        let (sort, high) = (self.sort >> 1, self.sort & 1);
        let mut frame = Frame { voiced: sort == 0, offset: at(table::OFFSETS.get(sort)?, high), ..Frame::default() };
        for (part, gain) in frame.gains.iter_mut().enumerate() {
            *gain = self.gain(range, sort, part == 0 && number == 0)?;
        }
        self.spectrum(range, &mut frame);
        if frame.voiced {
            self.pitched(range, &mut frame);
        }
        frame.seed = range.symbol(&table::SEED, 2) as i32;
        frame.pulses = pulses(range, sort, high, self.len())?;
        range.symbol(&table::VOICE, 1);
        Some(frame)
    }

    fn gain(&mut self, range: &mut Range<'_>, sort: usize, whole: bool) -> Option<i32> {
        /// Steps and origin of gains on a scale of logarithms.
        const STEP: i32 = 1_774_673;
        const FROM: i32 = 2176;
        const MOST_LOG: i32 = 3967;
        self.gain = if whole {
            range.symbol(table::GAIN.get(sort)?, 32) as i32
        } else {
            self.gain.wrapping_add(range.symbol(&table::DELTA_GAIN, 5) as i32 - 4)
        };
        Some(power(mul_word(STEP, self.gain).wrapping_add(FROM).min(MOST_LOG)))
    }

    fn spectrum(&mut self, range: &mut Range<'_>, frame: &mut Frame) {
        let book: &Book = match (frame.voiced, self.khz) {
            (true, 8) => &books::VOICED_SLOW,
            (false, 8) => &books::UNVOICED_SLOW,
            (true, _) => &voiced::VOICED,
            (false, _) => &books::UNVOICED,
        };
        let numbers: Vec<usize> = book.stages.iter().map(|stage| range.symbol(stage.odds, stage.middle)).collect();
        let lines = book.lines(numbers.into_iter());
        let mut between = range.symbol(&table::INTERPOLATION, 4) as i32;
        if self.fresh {
            between = 4;
        }
        frame.interpolated = between < 4;
        let last = taps(&lines, book.order);
        let first = if frame.interpolated {
            let mut mixed = self.lines;
            for (old, new) in mixed.iter_mut().zip(lines) {
                *old += (between * (new - *old)) >> 2;
            }
            taps(&mixed, book.order)
        } else {
            last
        };
        frame.taps = [first, last];
        self.lines = lines;
    }

    fn pitched(&self, range: &mut Range<'_>, frame: &mut Frame) {
        let lag = match self.khz {
            8 => range.symbol(&table::LAG_8, 43),
            12 => range.symbol(&table::LAG_12, 64),
            16 => range.symbol(&table::LAG_16, 86),
            _ => range.symbol(&table::LAG_24, 128),
        };
        let lag = (lag + 2 * self.khz) as i32;
        let slow = self.khz == 8;
        let contour = if slow { range.symbol(&table::CONTOUR_8, 5) } else { range.symbol(&table::CONTOUR, 17) };
        for (part, own) in frame.lags.iter_mut().enumerate() {
            let by = if slow {
                table::LAGS_8.get(part).map(|row| at(row, contour))
            } else {
                table::LAGS.get(part).map(|row| at(row, contour))
            };
            *own = usize::try_from(lag + by.unwrap_or(0)).unwrap_or(0);
        }
        let book = range.symbol(&table::LTP_PER, 1);
        let (odds, vectors): (&[u16], &[[i16; PITCH_TAPS]]) = match book {
            0 => (&table::LTP_GAIN_0, &table::LTP_TAPS_0),
            1 => (&table::LTP_GAIN_1, &table::LTP_TAPS_1),
            _ => (&table::LTP_GAIN_2, &table::LTP_TAPS_2),
        };
        for own in &mut frame.pitch_taps {
            let vector = vectors.get(range.symbol(odds, at(&table::LTP_GAIN_MIDDLES, book)));
            *own = vector.map(|vector| vector.map(i32::from)).unwrap_or_default();
        }
        frame.scale = at(&table::LTP_SCALES, range.symbol(&table::LTP_SCALE, 2));
    }

    /// The samples of a frame.
    fn sound(&mut self, frame: &Frame, samples: &mut Vec<i16>) {
        let len = self.len();
        let mut seed = frame.seed;
        let mut excited = vec![0i32; len];
        for (place, (to, pulse)) in excited.iter_mut().zip(&frame.pulses).enumerate() {
            debug_assert!(place < FRAME);
            seed = seed.wrapping_mul(196_314_165).wrapping_add(907_633_515);
            let sign = seed >> 31;
            *to = (pulse.wrapping_shl(10).wrapping_add(frame.offset) ^ sign).wrapping_sub(sign);
            seed = seed.wrapping_add(*pulse);
        }
        let mut at_pitch = len;
        for (part, excited) in excited.chunks(len / PARTS).enumerate() {
            self.part(frame, part, excited, &mut at_pitch);
        }
        let (past, now) = self.heard.split_at_mut(len);
        past.copy_from_slice(now.get(..len).unwrap_or_default());
        self.fresh = false;
        self.cut_low(len, samples);
    }

    fn part(&mut self, frame: &Frame, part: usize, excited: &[i32], at_pitch: &mut usize) {
        let filter = frame.taps.get(part >> 1).copied().unwrap_or_default();
        let gain = at(&frame.gains, part);
        let inverse_gain = inverse(gain.max(1), 32).min(i32::from(i16::MAX));
        let by =
            if inverse_gain == self.inverse_gain { 1 << 16 } else { quotient(inverse_gain, self.inverse_gain, 16) };
        let mut rest = excited.to_vec();
        if frame.voiced {
            let lag = at(&frame.lags, part);
            self.pitch_state(frame, part, &filter, lag, inverse_gain, by, *at_pitch);
            for state in &mut self.short {
                *state = mul_wide(by, *state);
            }
            let pitch_taps = frame.pitch_taps.get(part).copied().unwrap_or_default();
            for rest in &mut rest {
                let from = (*at_pitch + PITCH_TAPS / 2).saturating_sub(lag);
                let past = (0..PITCH_TAPS).fold(0, |sum, tap| {
                    add_mul_word(sum, at(&self.pitch, from.saturating_sub(tap)), at(&pitch_taps, tap))
                });
                *rest = rest.wrapping_add(round(past, 4));
                put!(self.pitch, *at_pitch, rest.wrapping_shl(6));
                *at_pitch += 1;
            }
        } else {
            for state in &mut self.short {
                *state = mul_wide(by, *state);
            }
            // Nothing is said of the pitch: its state stays, its place goes on only where it is used.
        }
        self.inverse_gain = inverse_gain;
        let order = if self.khz == 8 { 10 } else { MOST };
        let from = self.len() + part * excited.len();
        for (place, rest) in rest.iter().enumerate() {
            let states = self.short.iter().rev();
            let past = states.zip(&filter).take(order).fold(0, |sum, (state, tap)| add_mul_word(sum, *state, *tap));
            let value = rest.wrapping_add(past);
            self.short.rotate_left(1);
            put!(self.short, MOST - 1, value.wrapping_shl(4));
            put!(self.heard, from + place, narrow(round(mul_wide(value, gain), 10)));
        }
    }

    /// Makes what was heard before into what this part's prediction by the pitch begins with.
    #[allow(clippy::too_many_arguments, reason = "all of them change with each part")]
    fn pitch_state(
        &mut self,
        frame: &Frame,
        part: usize,
        filter: &[i32; MOST],
        lag: usize,
        inverse_gain: i32,
        by: i32,
        to: usize,
    ) {
        let (len, back) = (self.len(), lag + PITCH_TAPS / 2);
        let anew = part & (3 - (usize::from(frame.interpolated) << 1)) == 0;
        if !anew {
            if by != 1 << 16 {
                for back in 1..=back {
                    let place = to.saturating_sub(back);
                    let value = mul_wide(by, at(&self.pitch, place));
                    put!(self.pitch, place, value);
                }
            }
            return;
        }
        let order = if self.khz == 8 { 10 } else { MOST };
        let start = (len).saturating_sub(back + order);
        let heard = self.heard.get(start + part * (len / PARTS)..).unwrap_or_default();
        let mut scale = inverse_gain.wrapping_shl(16);
        if part == 0 {
            scale = mul_word(scale, frame.scale).wrapping_shl(2);
        }
        for back in 1..=back {
            let Some(place) = (len - start).checked_sub(back) else { break };
            let past =
                (0..order).filter_map(|tap| Some(i32::from(at(heard, place.checked_sub(tap + 1)?)) * at(filter, tap)));
            let past = past.fold(0i32, i32::wrapping_add);
            let white = narrow(round((i32::from(at(heard, place)) << 12).wrapping_sub(past), 12));
            put!(self.pitch, to.saturating_sub(back), mul_word(scale, i32::from(white)));
        }
    }

    fn cut_low(&mut self, len: usize, samples: &mut Vec<i16>) {
        let rate = [8, 12, 16, 24].iter().position(|khz| *khz == self.khz).unwrap_or(3);
        let [back, further] = table::LOW_CUT.get(rate).copied().unwrap_or_default();
        let [one, two, three] = table::LOW_CUT_FORWARD;
        let [mut first, mut second] = self.low_cut;
        for sample in self.heard.iter().take(len) {
            let sample = i32::from(*sample);
            let out = first.wrapping_add(sample * one);
            first = second.wrapping_add(sample * two).wrapping_add(mul_word(out, -back).wrapping_shl(3));
            second = mul_word(out, -further).wrapping_shl(3).wrapping_add(sample * three);
            samples.push(narrow(round(out, 13).wrapping_add(1)));
        }
        self.low_cut = [first, second];
    }
}

/// The pulses of a frame with their signs.
fn pulses(range: &mut Range<'_>, sort: usize, high: usize, len: usize) -> Option<Vec<i32>> {
    let level = range.symbol(table::RATE_LEVELS.get(sort)?, 4);
    let blocks = len / SHELL;
    let mut sums = Vec::with_capacity(blocks);
    for _ in 0..blocks {
        let (mut sum, mut low) = (range.symbol(table::PULSES.get(level)?, 6), 0);
        while sum > MAX_PULSES {
            low += 1;
            if low > MAX_LOW_BITS {
                return None;
            }
            sum = range.symbol(table::PULSES.last()?, 6);
        }
        sums.push((sum, low));
    }
    let mut pulses = vec![0i32; blocks * SHELL];
    for ((sum, _), block) in sums.iter().zip(pulses.chunks_mut(SHELL)) {
        if *sum > 0 {
            split(range, *sum, block);
        }
    }
    for ((_, low), block) in sums.iter().zip(pulses.chunks_mut(SHELL)).filter(|((_, low), _)| *low > 0) {
        for pulse in block {
            for _ in 0..*low {
                *pulse = pulse.wrapping_shl(1).wrapping_add(range.symbol(&table::LOW_BIT, 1) as i32);
            }
        }
    }
    let signs = [0, at(&table::SIGNS, 9 * (2 * sort + high) + level), 65_535];
    for pulse in pulses.iter_mut().filter(|pulse| **pulse > 0) {
        if range.symbol(&signs, 1) == 0 {
            *pulse = pulse.wrapping_neg();
        }
    }
    Some(pulses)
}

/// Shares pulses out to both halves of a block, and so on.
fn split(range: &mut Range<'_>, sum: usize, block: &mut [i32]) {
    let odds: &[u16] = match block.len() {
        16 => &table::SHELL_3,
        8 => &table::SHELL_2,
        4 => &table::SHELL_1,
        2 => &table::SHELL_0,
        _ => {
            put!(block, 0, sum as i32);
            return;
        }
    };
    let first = match odds.get(at(&table::SHELL_FROM, sum)..).filter(|_| sum > 0) {
        Some(odds) => range.symbol(odds, sum >> 1),
        None => 0,
    };
    let (left, right) = block.split_at_mut(block.len() / 2);
    split(range, first, left);
    split(range, sum.saturating_sub(first), right);
}
