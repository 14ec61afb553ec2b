//! The playable copy of Opus, from Ogg or WebM: an Ogg file of the open packets, at their places.
//!
//! Keeps: an open packet begins at the very sample at which it began; between, packets of silence that do not depend on
//! what they stand for.
//! Does not know: where cuts are.

use super::mux::{Mux, Place};
use super::ogg::{Pages, comments};
use crate::cell::Cell;
use crate::profile::Shape;
use crate::scan::grid::{Config, Grid, Setup};
use crate::scan::opus::{self, Head, Packet};
use crate::sound::Sound;

/// Writes Ogg Opus.
#[derive(Debug)]
pub(super) struct OggOpus {
    head: Head,
    grid: Grid,
    /// Samples of the whole recording, and cells.
    samples: u64,
    cells: u64,
    pages: Pages,
    /// Samples written, and whether the next packet must begin there: no leaf was hidden since the last.
    at: u64,
    is_exact: bool,
}

impl OggOpus {
    pub(super) fn new(sound: Sound, shape: Shape, config: &[u8]) -> Option<Self> {
        let config = Config::decode(sound, config)?;
        let Setup::Opus { pre_skip, gain } = config.setup else { return None };
        let grid = config.grid(sound);
        let cells = shape.ticks_total();
        (grid.cells(config.samples) == cells).then_some(Self {
            head: Head { channels: sound.channels(), pre_skip, gain },
            grid,
            samples: config.samples,
            cells,
            pages: Pages::default(),
            at: 0,
            is_exact: true,
        })
    }

    /// Fills up to a sample with silence; what is shorter than `least` stays open.
    fn silence(&mut self, until: u64, least: u32, out: &mut Vec<u8>) {
        while let Some(samples) = opus::silence_samples(until.saturating_sub(self.at)).filter(|n| *n >= least) {
            self.at = self.at.saturating_add(u64::from(samples));
            self.pages.packet(&opus::silence(samples, self.head.channels), self.at, out);
        }
    }

    /// The end of a cell, and of the recording.
    fn end_of(&self, cell: u64) -> u64 {
        self.grid.start(cell.saturating_add(1)).min(self.samples)
    }
}

/// Samples of the longest packet of silence.
const WHOLE: u32 = 960;
/// And of the shortest.
const SHORT: u32 = 120;

impl Mux for OggOpus {
    fn begin(&mut self, out: &mut Vec<u8>) {
        self.pages.packet(&self.head.encode(), 0, out);
        self.pages.turn(out);
        self.pages.packet(&comments(opus::TAGS_MAGIC), 0, out);
        self.pages.turn(out);
    }

    fn open(&mut self, place: Place, payload: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        let cell = Cell::decode(payload).ok_or("no cell")?;
        let end = self.end_of(place.number);
        if cell.ranges.is_empty() {
            if self.is_exact && self.at < end {
                return Err("a cell without its packets");
            }
            self.silence(end, WHOLE, out);
        } else {
            let start = self.grid.start(place.number).checked_add(cell.first).filter(|start| *start < end);
            let start = start.ok_or("a packet begins outside its cell")?;
            if !self.is_exact {
                self.silence(start, SHORT, out);
            }
            if self.at != start {
                return Err("a packet does not begin where the one before it ends");
            }
            self.is_exact = true;
        }
        for packet in cell.packets() {
            let samples = Packet::parse(packet).ok_or("no packet of Opus")?.samples;
            if self.at >= end {
                return Err("a packet begins outside its cell");
            }
            self.at = self.at.saturating_add(u64::from(samples));
            self.pages.packet(packet, self.at, out);
        }
        let is_last = place.number.saturating_add(1) == self.cells;
        if self.is_exact && is_last && self.at != self.samples {
            return Err("the packets do not end with the recording");
        }
        Ok(())
    }

    fn hidden(&mut self, place: Place, out: &mut Vec<u8>) {
        self.is_exact = false;
        self.silence(self.end_of(place.number), WHOLE, out);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        self.silence(self.samples, SHORT, out);
        self.pages.end(out);
    }
}
