//! Whether the times of a file are near those that the profile gives its frames.
//!
//! Keeps: frame n begins at n frames' length; a file where a player would play it more than [`player_offset`] frames earlier or
//! later, or would leave out its end, does not pass: a cut made by ear would fall beside what was heard.
//! Does not know: how the times are stored.

use super::track::Edits;
use crate::sound::{Codec, Sound};

/// How many frames a player's time may lie off a frame's own. Encoders of AAC put up to four frames before the sound,
/// which most players pass over and some don't; recorders
/// on telephones write times that jitter.
pub(crate) fn player_offset(codec: Codec) -> u64 {
    match codec {
        Codec::Mp4Aac => 4,
        Codec::Mp4AmrNb | Codec::Mp4AmrWb => 5,
        _ => 1,
    }
}

/// Compares times in the unit 1 / (rate · scale · movie scale), exactly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// Lengths of a frame, of a unit of the track, of what is allowed.
    frame: i128,
    unit: i128,
    allowed: i128,
    /// By how much the edits move the track.
    shift: i128,
    /// When a player stops, if before the end.
    stop: Option<i128>,
}

impl Clock {
    pub(super) fn new(sound: Sound, scale: u32, movie_scale: u32, edits: Edits) -> Self {
        let (rate, scale, movie) = (i128::from(sound.rate()), i128::from(scale), i128::from(movie_scale));
        let frame = i128::from(sound.samples()) * scale * movie;
        let (unit, movie_unit) = (rate * movie, rate * scale);
        // 32 bits each for two scales and a rate, 64 for a time: below 2^160, so saturating.
        let shift = movie_unit
            .saturating_mul(i128::from(edits.before))
            .saturating_sub(unit.saturating_mul(i128::from(edits.skipped)));
        let stop = edits
            .played
            .map(|played| movie_unit.saturating_mul(i128::from(edits.before).saturating_add(i128::from(played))));
        let allowed = frame.saturating_mul(i128::from(player_offset(sound.codec())));
        Self { frame, unit, allowed, shift, stop }
    }

    /// Whether a sample that begins with frame `number` may begin at `time`, with the edits and without.
    pub(super) fn is_near(&self, number: u64, time: u64) -> bool {
        let own = self.frame.saturating_mul(i128::from(number));
        let off = self.unit.saturating_mul(i128::from(time)).saturating_sub(own);
        let moved = off.saturating_add(self.shift);
        off.saturating_abs() <= self.allowed && moved.saturating_abs() <= self.allowed
    }

    /// Whether the edits play the sound to its end, but for what is allowed and the last frame.
    pub(super) fn plays_all(&self, frames: u64) -> bool {
        let end = self.frame.saturating_mul(i128::from(frames)).saturating_add(self.shift);
        self.stop.is_none_or(|stop| end.saturating_sub(stop) <= self.allowed.saturating_add(self.frame))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NO_EDITS: Edits = Edits { before: 0, skipped: 0, played: None };

    fn clock(scale: u32, edits: Edits) -> Clock {
        Clock::new(Sound::new(Codec::Mp4Aac, 1_024, 44_100, 2).unwrap(), scale, 600, edits)
    }

    #[test]
    fn times_in_any_scale() {
        assert!(clock(44_100, NO_EDITS).is_near(1_000, 1_024_000));
        assert!(clock(44_100, NO_EDITS).is_near(1_000, 1_024_000 + 4 * 1_024));
        assert!(!clock(44_100, NO_EDITS).is_near(1_000, 1_024_001 + 4 * 1_024));
        assert!(!clock(44_100, NO_EDITS).is_near(1_000, 1_023_999 - 4 * 1_024));
        // A scale of milliseconds or of 1/600 rounds.
        assert!(clock(1_000, NO_EDITS).is_near(1_000, 23_219));
        assert!(clock(600, NO_EDITS).is_near(1_000, 13_932));
        assert!(!clock(1_000, NO_EDITS).is_near(u64::from(u32::MAX), u64::MAX));
    }

    #[test]
    fn edits_may_skip_what_an_encoder_put_before() {
        let skips = |skipped| clock(44_100, Edits { skipped, ..NO_EDITS });
        assert!(skips(2_112).is_near(0, 0) && skips(4_096).is_near(7, 7 * 1_024));
        assert!(!skips(4_097).is_near(0, 0));
        assert!(!skips(2_112).is_near(0, 4_097));
        let waits = |before| clock(44_100, Edits { before, ..NO_EDITS });
        assert!(waits(55).is_near(0, 0) && !waits(56).is_near(0, 0));
    }

    #[test]
    fn the_end_is_played() {
        let plays = |played| clock(44_100, Edits { before: 30, skipped: 2_112, played: Some(played) });
        // 100 frames are 1,393.2 of 1/600 s, less 28.7 skipped; four and one may be missing: 69.7.
        assert!(plays(1_365).plays_all(100) && plays(1_295).plays_all(100) && plays(u64::MAX).plays_all(100));
        assert!(!plays(1_294).plays_all(100) && !plays(0).plays_all(100));
        assert!(clock(44_100, NO_EDITS).plays_all(u64::from(u32::MAX)));
    }
}
