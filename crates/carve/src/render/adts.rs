//! The playable copy of AAC as an ADTS stream.
//!
//! Keeps: access units as they are, under new headers of constant fields but for the length.
//! Does not know: where cuts are.

use super::aac::{adts_header, silent_unit};
use super::mux::{Mux, Place};
use crate::scan::adts::parse_config;
use crate::sound::Sound;

/// Writes ADTS.
#[derive(Debug)]
pub(super) struct Adts {
    rate_index: u8,
    channel_config: u8,
    silence: Vec<u8>,
}

impl Adts {
    /// For a sound with this AudioSpecificConfig; none if it is not its.
    pub(super) fn new(sound: Sound, config: &[u8]) -> Option<Self> {
        let (rate_index, channel_config) = parse_config(sound, config)?;
        Some(Self { rate_index, channel_config, silence: silent_unit(channel_config) })
    }

    fn frame(&self, unit: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(&adts_header(self.rate_index, self.channel_config, unit.len()));
        out.extend_from_slice(unit);
    }
}

impl Mux for Adts {
    fn begin(&mut self, _out: &mut Vec<u8>) {}

    fn open(&mut self, _place: Place, payload: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        self.frame(payload, out);
        Ok(())
    }

    fn hidden(&mut self, _place: Place, out: &mut Vec<u8>) {
        self.frame(&self.silence, out);
    }

    fn end(&mut self, _out: &mut Vec<u8>) {}
}
