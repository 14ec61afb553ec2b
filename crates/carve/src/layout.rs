//! The layout of a source: which profile holds it, and its leaves in order.
//!
//! Keeps: leaf order is the profile's; reading twice gives the same leaves or `SourceChanged`; memory does not grow
//! with the source but for one mark in 256 leaves.
//! Does not know: what leaves are hashed to, or who asks.

use crate::map::{Cfg, MAX_ASIDE, Map, Origin};
use crate::profile::{CHUNK_LEN, Hint, MAX_LEAVES, Profile, Shape, Syntax, TextUnit, Timebase};
use crate::scan::feed::Feed;
use crate::scan::index::{Ended, Index, Walker, walk};
use crate::scan::source::{fill, fill_at, near, span};
use crate::scan::step::{After, RowEnd, Step};
use crate::scan::table::Table;
use crate::scan::{amr, csv, lines, sound, wav};
use crate::{CarveError, Run};
use std::io::{BufRead, Read, Seek};

/// Bytes of the head that are looked at to choose unit or delimiter.
const HEAD_LEN: u64 = 64 * 1024;

/// How a source is cut into leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    shape: Shape,
    len: u64,
    body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    Chunk,
    /// Packets of one length from an offset.
    Blocks {
        start: u64,
        aside: Aside,
    },
    /// Packets of many lengths.
    Walked {
        walker: Walker,
        index: Index,
        aside: Aside,
        rows: Option<csv::Rows>,
    },
    /// Packets among headers.
    Packed {
        table: Table,
        aside: Aside,
    },
}

/// The leaves that are no packets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Aside {
    cfg: Vec<u8>,
    meta: Vec<u8>,
    container: Vec<u8>,
}

impl Layout {
    /// Finds the profile for a source of `len` bytes and its leaves. Anything that is not exactly of the hinted kind
    /// is `chunk-v1`; only reading can fail.
    ///
    /// # Errors
    /// [`CarveError::Io`], [`CarveError::SourceChanged`] when the source ends before `len`, [`CarveError::Shape`]
    /// past 2^40 leaves.
    pub fn scan<R: Read + Seek>(src: &mut R, len: u64, hint: Hint) -> Result<Self, CarveError> {
        let found = match hint {
            Hint::Recording => Self::scan_recording(src, len)?,
            Hint::Lines => Self::scan_lines(src, len)?,
            Hint::Csv => Self::scan_csv(src, len)?,
            Hint::Spans(syntax) => match Self::scan_spans(src, len, syntax)? {
                None => Self::scan_lines(src, len)?,
                found => found,
            },
            Hint::Whole => None,
        };
        match found {
            Some(layout) => Ok(layout),
            None => Self::whole(len),
        }
    }

    /// The `chunk-v1` layout of a source of `len` bytes.
    ///
    /// # Errors
    /// [`CarveError::Shape`] past 2^40 leaves.
    pub fn whole(len: u64) -> Result<Self, CarveError> {
        let shape = Shape::of_ticks(Profile::Chunk, len.div_ceil(CHUNK_LEN).clamp(1, MAX_LEAVES + 1))?;
        Ok(Self { shape, len, body: Body::Chunk })
    }

    fn scan_recording<R: Read + Seek>(src: &mut R, len: u64) -> Result<Option<Self>, CarveError> {
        if let Some(wav) = Self::scan_wav(src, len)? {
            return Ok(Some(wav));
        }
        if let Some(amr) = Self::scan_amr(src, len)? {
            return Ok(Some(amr));
        }
        Ok(sound::scan(src, len)?.map(|found| {
            let aside = Aside { cfg: found.cfg, meta: found.meta, container: found.container };
            Self { shape: found.shape, len, body: Body::Packed { table: found.table, aside } }
        }))
    }

    fn scan_wav<R: Read + Seek>(src: &mut R, len: u64) -> Result<Option<Self>, CarveError> {
        Ok(wav::scan(src, len)?.map(|wav| {
            let aside = Aside { cfg: wav.cfg, meta: wav.meta, container: wav.container };
            Self { shape: wav.shape, len, body: Body::Blocks { start: wav.data_start, aside } }
        }))
    }

    fn scan_amr<R: Read + Seek>(src: &mut R, len: u64) -> Result<Option<Self>, CarveError> {
        let start = amr::MAGIC.len() as u64;
        let mut head = Vec::new();
        if len <= start {
            return Ok(None);
        }
        fill_at(src, 0, amr::MAGIC.len(), &mut head)?;
        if head != amr::MAGIC {
            return Ok(None);
        }
        let mut reader = span(src, start, len.saturating_sub(start))?;
        let (index, ended) = walk(Walker::Amr, &mut reader, start, |_| true)?;
        let tail_len = len.saturating_sub(index.end());
        if ended == Ended::TooMany || index.count() == 0 || tail_len > MAX_ASIDE {
            return Ok(None);
        }
        let mut map = Map::default();
        map.push_literal(&head);
        map.push(Origin::Packets, index.end().saturating_sub(start));
        let mut tail = Vec::new();
        fill_at(src, index.end(), tail_len as usize, &mut tail)?;
        map.push_literal(&tail);
        let shape = Shape::of_ticks(Profile::AmrNb, index.count())?;
        let cfg = Cfg { profile: Profile::AmrNb, packets: index.count(), extensible: None };
        let aside = Aside { cfg: cfg.encode(), meta: Vec::new(), container: map.encode() };
        Ok(Some(Self { shape, len, body: Body::Walked { walker: Walker::Amr, index, aside, rows: None } }))
    }

    fn scan_lines<R: Read + Seek>(src: &mut R, len: u64) -> Result<Option<Self>, CarveError> {
        let Some(unit) = lines::detect(&head_of(src, len)?) else { return Ok(None) };
        Self::scan_pieces(src, len, Profile::Lines(unit), Walker::Lines(unit))
    }

    fn scan_spans<R: Read + Seek>(src: &mut R, len: u64, syntax: Syntax) -> Result<Option<Self>, CarveError> {
        if lines::detect(&head_of(src, len)?) != Some(TextUnit::Byte) {
            return Ok(None);
        }
        Self::scan_pieces(src, len, Profile::Spans(syntax), Walker::Spans(syntax))
    }

    /// Pieces that follow each other, and an empty container.
    fn scan_pieces<R: Read + Seek>(
        src: &mut R,
        len: u64,
        profile: Profile,
        walker: Walker,
    ) -> Result<Option<Self>, CarveError> {
        let (index, ended) = walk(walker, &mut span(src, 0, len)?, 0, |_| true)?;
        if ended != Ended::Clean {
            return Ok(None);
        }
        let shape = Shape::of_ticks(profile, index.count())?;
        let body = Body::Walked { walker, index, aside: Aside::default(), rows: None };
        checked_len(Self { shape, len, body })
    }

    fn scan_csv<R: Read + Seek>(src: &mut R, len: u64) -> Result<Option<Self>, CarveError> {
        let head = head_of(src, len)?;
        if lines::detect(&head) != Some(TextUnit::Byte) {
            return Ok(None);
        }
        let delimiter = csv::detect(&head);
        let walker = Walker::Csv { delimiter };
        let mut rows = csv::Rows::new(delimiter);
        let (mut index, ended) = walk(walker, &mut span(src, 0, len)?, 0, |after| rows.push(after))?;
        // A delimiter at the very end opens one more cell, an empty one.
        let one_more = !rows.is_closed();
        let closed = !one_more || rows.push(After::RowEnd(RowEnd::Source));
        if ended != Ended::Clean || !closed {
            return Ok(None);
        }
        if one_more {
            index.push(0);
        }
        let shape = Shape::of_ticks(Profile::Csv, index.count())?;
        let aside = Aside { container: rows.encode(), ..Aside::default() };
        checked_len(Self { shape, len, body: Body::Walked { walker, index, aside, rows: Some(rows) } })
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.shape.profile()
    }

    /// Profile, leaf count and ticks.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// How many leaves, at least 1.
    #[must_use]
    pub fn leaf_count(&self) -> u64 {
        self.shape.leaf_count()
    }

    /// The sum of all ticks.
    #[must_use]
    pub fn ticks_total(&self) -> u64 {
        self.shape.ticks_total()
    }

    /// Seconds a tick.
    #[must_use]
    pub fn timebase(&self) -> Timebase {
        self.profile().timebase()
    }

    /// The leaves of a row of a `csv-v1` source, or of one cell of it; both from 1, every record counted (the
    /// heading and blank lines too).
    ///
    /// # Errors
    /// [`CarveError::NotApplicable`] for other profiles, [`CarveError::NoSuchPlace`].
    pub fn row_leaves(&self, row: u64, column: Option<u32>) -> Result<Run, CarveError> {
        let Body::Walked { rows: Some(rows), .. } = &self.body else {
            return Err(CarveError::NotApplicable { what: "a row", profile: self.profile().to_string() });
        };
        let (start, len) =
            rows.leaves_of(row, column.map(u64::from)).ok_or(CarveError::NoSuchPlace { what: "row or column" })?;
        Ok(Run { start, len })
    }

    /// Calls `each(index, ticks, payload)` for every leaf in order, reading forward with one leaf in memory.
    ///
    /// # Errors
    /// The callback's own, or a [`CarveError`] of reading.
    pub fn for_each_leaf<R, E, F>(&self, src: &mut R, mut each: F) -> Result<(), E>
    where
        R: Read + Seek,
        E: From<CarveError>,
        F: FnMut(u64, u64, &[u8]) -> Result<(), E>,
    {
        let packets = self.shape.packets();
        let mut emit = |index: u64, payload: &[u8]| each(index, self.shape.ticks_of(index).unwrap_or(0), payload);
        if packets.start > 0 {
            emit(0, &self.aside().cfg)?;
        }
        let mut leaf = Vec::new();
        if let Body::Packed { table, aside } = &self.body {
            let (mut feed, mut place) = (Feed::new(src, 0, self.len), Default::default());
            for index in packets {
                table.read_leaf(&aside.container, &mut feed, &mut place, &mut leaf)?;
                emit(index, &leaf)?;
            }
        } else {
            let (start, len) = self.packet_span();
            let mut reader = span(src, start, len)?;
            let mut at = start;
            for index in packets {
                at = self.next_packet(&mut reader, at, index, &mut leaf)?;
                emit(index, &leaf)?;
            }
        }
        if let Some(index) = self.shape.meta() {
            emit(index, &self.aside().meta)?;
        }
        if let Some(index) = self.shape.container() {
            emit(index, &self.aside().container)?;
        }
        Ok(())
    }

    /// Reads one leaf into `out` and answers its ticks.
    ///
    /// # Errors
    /// [`CarveError::NoSuchLeaf`], or a failure to read.
    pub fn read_leaf<R: Read + Seek>(&self, src: &mut R, index: u64, out: &mut Vec<u8>) -> Result<u64, CarveError> {
        let missing = CarveError::NoSuchLeaf { index, leaves: self.leaf_count() };
        let ticks = self.shape.ticks_of(index).ok_or(missing)?;
        let packets = self.shape.packets();
        out.clear();
        if packets.contains(&index) {
            self.read_packet(src, index, out)?;
        } else if Some(index) == self.shape.container() {
            out.extend_from_slice(&self.aside().container);
        } else if Some(index) == self.shape.meta() {
            out.extend_from_slice(&self.aside().meta);
        } else {
            out.extend_from_slice(&self.aside().cfg);
        }
        Ok(ticks)
    }

    fn aside(&self) -> &Aside {
        static NONE: Aside = Aside { cfg: Vec::new(), meta: Vec::new(), container: Vec::new() };
        match &self.body {
            Body::Chunk => &NONE,
            Body::Blocks { aside, .. } | Body::Walked { aside, .. } | Body::Packed { aside, .. } => aside,
        }
    }

    /// Where the packets lie in the source.
    fn packet_span(&self) -> (u64, u64) {
        let start = match &self.body {
            Body::Chunk => 0,
            Body::Blocks { start, .. } => *start,
            Body::Walked { walker: Walker::Amr, .. } => amr::MAGIC.len() as u64,
            Body::Walked { .. } | Body::Packed { .. } => 0,
        };
        (start, self.len.saturating_sub(start))
    }

    /// Reads the packet that begins at `at` and answers where the next begins.
    fn next_packet<R: BufRead>(
        &self,
        reader: &mut R,
        at: u64,
        index: u64,
        leaf: &mut Vec<u8>,
    ) -> Result<u64, CarveError> {
        if let Body::Walked { walker, .. } = &self.body {
            return match walker.step(reader, at == 0, leaf)? {
                Step::Leaf { used, .. } => Ok(at.saturating_add(used)),
                // The empty cell behind a delimiter at the very end.
                Step::End if at == self.len && at > 0 => Ok(at),
                _ => Err(CarveError::SourceChanged { at }),
            };
        }
        let len = self.fixed_len(index);
        fill(reader, at, len, leaf)?;
        Ok(at.saturating_add(len as u64))
    }

    /// Bytes of a packet, where the profile fixes them.
    fn fixed_len(&self, index: u64) -> usize {
        let len = match self.profile().frame_bytes() {
            Some(bytes) => self.shape.ticks_of(index).unwrap_or(0).saturating_mul(bytes),
            None => self.len.saturating_sub(index.saturating_mul(CHUNK_LEN)).min(CHUNK_LEN),
        };
        usize::try_from(len).unwrap_or(usize::MAX)
    }

    fn read_packet<R: Read + Seek>(&self, src: &mut R, index: u64, out: &mut Vec<u8>) -> Result<(), CarveError> {
        let number = index.saturating_sub(self.shape.packets().start);
        if let Body::Walked { index: marks, .. } = &self.body {
            let (mut at, skip) = marks.mark(number).ok_or(CarveError::SourceChanged { at: 0 })?;
            let mut reader = near(src, at, self.len.saturating_sub(at))?;
            for step in 0..=skip {
                at = self.next_packet(&mut reader, at, index.saturating_sub(skip).saturating_add(step), out)?;
            }
            return Ok(());
        }
        if let Body::Packed { table, aside } = &self.body {
            let changed = CarveError::SourceChanged { at: 0 };
            let (mut place, skip) = table.mark(number).ok_or(changed)?;
            for _ in 0..skip {
                table.pass(&aside.container, &mut place).ok_or(CarveError::SourceChanged { at: place.at() })?;
            }
            let mut feed = Feed::near(src, place.at(), self.len);
            return table.read_leaf(&aside.container, &mut feed, &mut place, out);
        }
        let each = match self.profile().frame_bytes() {
            Some(bytes) => self.profile().packet_ticks().saturating_mul(bytes),
            None => CHUNK_LEN,
        };
        let at = self.packet_span().0.saturating_add(number.saturating_mul(each));
        fill_at(src, at, self.fixed_len(index), out)
    }
}

/// The first bytes of the source.
fn head_of<R: Read + Seek>(src: &mut R, len: u64) -> Result<Vec<u8>, CarveError> {
    let mut head = Vec::new();
    fill_at(src, 0, len.min(HEAD_LEN) as usize, &mut head)?;
    Ok(head)
}

/// A walked text layout, if the walk reached the end that the caller named.
fn checked_len(layout: Layout) -> Result<Option<Layout>, CarveError> {
    match &layout.body {
        Body::Walked { index, .. } if index.end() != layout.len => Err(CarveError::SourceChanged { at: index.end() }),
        _ => Ok(Some(layout)),
    }
}
