//! The playable copy of AMR as a file of RFC 4867 §5, narrow band or wide.
//!
//! Keeps: frames as they are; a hidden one is the tone in the mode of the last open speech frame before it.
//! Does not know: where cuts are, or what the file was before.

use super::amr_tone;
use super::mux::{Mux, Place};
use crate::scan::amr::Band;

/// Writes AMR.
#[derive(Debug)]
pub(super) struct Amr {
    band: Band,
    mode: u8,
}

impl Amr {
    /// The tone is in the highest mode until a frame of speech was open.
    pub(super) fn new(band: Band) -> Self {
        Self { band, mode: u8::MAX }
    }
}

impl Mux for Amr {
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.band.magic());
    }

    fn open(&mut self, _place: Place, payload: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        self.mode = self.band.mode(payload).unwrap_or(self.mode);
        out.extend_from_slice(payload);
        Ok(())
    }

    fn hidden(&mut self, _place: Place, out: &mut Vec<u8>) {
        out.extend_from_slice(match self.band {
            Band::Narrow => amr_tone::frame(self.mode),
            Band::Wide => amr_tone::wide_frame(self.mode),
        });
    }

    fn end(&mut self, _out: &mut Vec<u8>) {}
}
