//! The playable copy of Vorbis: an Ogg file of the open packets, near their places.
//!
//! Keeps: an open packet begins less than a long block from the sample at which it began, and no difference outlives a
//! cut: blocks have lengths of powers of two and a cut has not. Between, packets that decode to silence.
//! Does not know: where cuts are.

use super::mux::{Mux, Place};
use super::ogg::{Pages, comments};
use crate::cell::Cell;
use crate::profile::Shape;
use crate::scan::grid::{Config, Grid, Setup};
use crate::scan::ogg::MAX_PACKET;
use crate::scan::vorbis::{self, Block, Ident, Modes};
use crate::sound::Sound;

/// Writes Ogg Vorbis.
#[derive(Debug)]
pub(super) struct OggVorbis {
    ident: Ident,
    setup: Vec<u8>,
    modes: Modes,
    grid: Grid,
    samples: u64,
    cells: u64,
    pages: Pages,
    /// Samples that what is written decodes to.
    at: u64,
    /// The block that was written last.
    before: Option<Block>,
    /// The sample at which the next packet begins in the recording, and how much later it may be: behind a hidden leaf
    /// a short block does not tell the length of the one before it. None right behind a hidden leaf.
    true_at: Option<(u64, u64)>,
}

impl OggVorbis {
    pub(super) fn new(sound: Sound, shape: Shape, config: &[u8]) -> Option<Self> {
        let config = Config::decode(sound, config)?;
        let grid = config.grid(sound);
        let cells = shape.ticks_total();
        let Setup::Vorbis { ident, header } = config.setup else { return None };
        let modes = Modes::parse(&header, ident.channels)?;
        (grid.cells(config.samples) == cells).then_some(Self {
            ident,
            setup: header,
            modes,
            grid,
            samples: config.samples,
            cells,
            pages: Pages::default(),
            at: 0,
            before: None,
            true_at: Some((0, 0)),
        })
    }

    /// Samples that a block would end behind the last one.
    fn step(&self, long: bool) -> u64 {
        u64::from(vorbis::samples(self.ident, self.before.map(|block| block.long), long))
    }

    fn put(&mut self, packet: &[u8], block: Block, out: &mut Vec<u8>) {
        self.at = self.at.saturating_add(self.step(block.long));
        self.before = Some(block);
        self.pages.packet(packet, self.at, out);
    }

    /// Adds a packet of silence, if it ends at `until` or before. False if it does not, or there is no such block.
    fn put_silence(&mut self, long: bool, after: bool, until: u64, out: &mut Vec<u8>) -> bool {
        let before = long && self.before.is_some_and(|block| block.long);
        let block = Block { long, before, after: long && after };
        let fits = self.at.saturating_add(self.step(long)) <= until;
        match self.modes.silence(block).filter(|_| fits) {
            Some(packet) => {
                self.put(&packet, block, out);
                true
            }
            None => false,
        }
    }

    /// The block of most packets of silence: the short one, which fits gaps best.
    fn usual(&self) -> bool {
        !self.modes.has(false)
    }

    /// Fills up to a sample with silence. Behind a long block that expects a long one, that comes first; before a long
    /// block that expects a long one before it (`next`), that comes last.
    fn silence(&mut self, until: u64, next: bool, out: &mut Vec<u8>) {
        let usual = self.usual();
        if self.before.is_some_and(|block| block.long && block.after) && !usual {
            self.put_silence(true, false, until, out);
        }
        let last = if next && !usual { self.turn() } else { 0 };
        let shorts_until = until.saturating_sub(last);
        // The very first packet ends no sample: one is enough.
        while self.put_silence(usual, usual, shorts_until, out) {}
        if last > 0 {
            self.put_silence(true, true, until, out);
        }
    }

    /// Samples that a long block ends behind a short one.
    fn turn(&self) -> u64 {
        u64::from(vorbis::samples(self.ident, Some(false), true))
    }

    fn end_of(&self, cell: u64) -> u64 {
        self.grid.start(cell.saturating_add(1)).min(self.samples)
    }

    /// Takes the place of the first packet of a cell, behind whatever was hidden.
    fn place(&mut self, start: u64, first: Block, out: &mut Vec<u8>) -> Result<(), &'static str> {
        match self.true_at {
            Some((at, later)) if start != at && start != at.saturating_add(later) => {
                Err("a packet does not begin where the one before it ends")
            }
            Some(_) => Ok(()),
            None => {
                self.silence(start, first.long && first.before, out);
                Ok(())
            }
        }
    }
}

impl Mux for OggVorbis {
    fn begin(&mut self, out: &mut Vec<u8>) {
        self.pages.packet(&self.ident.encode(), 0, out);
        self.pages.turn(out);
        let mut comments = comments(vorbis::COMMENT_MAGIC);
        // The framing bit.
        comments.push(1);
        self.pages.packet(&comments, 0, out);
        let setup = std::mem::take(&mut self.setup);
        self.pages.packet(&setup, 0, out);
        self.pages.turn(out);
    }

    fn open(&mut self, place: Place, payload: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        let cell = Cell::decode(payload).ok_or("no cell")?;
        let end = self.end_of(place.number);
        if cell.ranges.is_empty() {
            return match self.true_at {
                Some((at, later)) if at.saturating_add(later) < end => Err("a cell without its packets"),
                Some(_) => Ok(()),
                None => {
                    self.hidden(place, out);
                    Ok(())
                }
            };
        }
        let start = self.grid.start(place.number).saturating_add(cell.first);
        let (mut at, mut later) = (start, 0);
        for (n, packet) in cell.packets().enumerate() {
            let block = self.modes.block(packet).filter(|_| packet.len() <= MAX_PACKET);
            let block = block.ok_or("no packet of Vorbis")?;
            if at >= self.grid.start(place.number.saturating_add(1)) {
                return Err("a packet begins outside its cell");
            }
            let mut before = self.before.map(|block| block.long);
            if n == 0 {
                self.place(start, block, out)?;
                if self.true_at.is_none() {
                    before = Some(block.long && block.before);
                    later =
                        if block.long { 0 } else { u64::from(self.ident.block(true) - self.ident.block(false)) / 4 };
                }
            }
            at = at.saturating_add(u64::from(vorbis::samples(self.ident, before, block.long)));
            self.put(packet, block, out);
        }
        self.true_at = Some((at, later));
        let is_last = place.number.saturating_add(1) == self.cells;
        if is_last && at != self.samples && at.saturating_add(later) != self.samples {
            return Err("the packets do not end with the recording");
        }
        Ok(())
    }

    fn hidden(&mut self, place: Place, out: &mut Vec<u8>) {
        self.true_at = None;
        // Room for a long block before the next open one.
        let until = self.end_of(place.number).saturating_sub(self.turn());
        self.silence(until, false, out);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        if self.true_at.is_none() {
            self.silence(self.samples, false, out);
        }
        self.pages.end(out);
    }
}
