//! The container leaf of compressed sound: how META, literal bytes and the bytes of packets alternate in the source.
//!
//! Keeps: one spelling; like records that follow each other are one run, so that a regular file takes a few bytes; read
//! strictly, with a count that is bounded.
//! Does not know: how packets lie in leaves, or how a source is scanned.
//!
//! `{0: 2, 1: [n, l, m, p, b, …], 2: literal}`. A record, n times: l bytes of `literal`, then m bytes of META, then the
//! packets up to the p-th end of a packet from here (the rest of one that has begun counts as one), then b bytes of the
//! next packet, which goes on in a later record.

/// Most records after joining like neighbours; more make the source `chunk-v1`. Three hours of packets of 20 ms, each
/// with a header of its own length, have 540,000.
pub const MAX_RECORDS: u64 = 1 << 20;
const VERSION: u64 = 2;
/// Numbers of a record with its count.
const NUMBERS: usize = 5;

/// One record of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// Literal bytes.
    pub(crate) literal: u64,
    /// Bytes of META.
    pub(crate) meta: u64,
    /// Ends of packets.
    pub(crate) ends: u64,
    /// Bytes of a packet behind them that does not end here.
    pub(crate) part: u64,
}

/// The kinds of bytes in a record, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Literal,
    Meta,
    Packets,
}

impl Record {
    fn first(&self) -> Option<Kind> {
        let order = [Kind::Literal, Kind::Meta, Kind::Packets];
        order.into_iter().find(|kind| self.has(*kind))
    }

    fn last(&self) -> Option<Kind> {
        let order = [Kind::Packets, Kind::Meta, Kind::Literal];
        order.into_iter().find(|kind| self.has(*kind))
    }

    fn has(&self, kind: Kind) -> bool {
        match kind {
            Kind::Literal => self.literal > 0,
            Kind::Meta => self.meta > 0,
            Kind::Packets => self.ends > 0 || self.part > 0,
        }
    }

    /// Whether `next` could not have been written as part of this record.
    fn is_closed_by(&self, next: &Self) -> bool {
        matches!((self.last(), next.first()), (Some(last), Some(first)) if first < last)
    }
}

/// Makes the records of a map from pieces in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Packing {
    /// Runs as they are written.
    encoded: Vec<u8>,
    runs: u64,
    run: (u64, Record),
    open: Record,
}

impl Packing {
    /// Adds bytes of META or literal bytes.
    pub(crate) fn aside(&mut self, kind: Kind, bytes: u64) {
        if bytes == 0 {
            return;
        }
        self.turn_to(kind);
        let field = if kind == Kind::Literal { &mut self.open.literal } else { &mut self.open.meta };
        *field = field.saturating_add(bytes);
    }

    /// Adds bytes of a packet that goes on.
    pub(crate) fn part(&mut self, bytes: u64) {
        if bytes > 0 {
            self.turn_to(Kind::Packets);
            self.open.part = self.open.part.saturating_add(bytes);
        }
    }

    /// Ends a packet here.
    pub(crate) fn end(&mut self) {
        self.turn_to(Kind::Packets);
        self.open.ends = self.open.ends.saturating_add(1);
        self.open.part = 0;
    }

    /// Closes the open record where the next piece can't belong to it.
    fn turn_to(&mut self, kind: Kind) {
        if self.open.last().is_some_and(|last| kind < last) {
            let record = std::mem::take(&mut self.open);
            self.push(1, record);
        }
    }

    fn push(&mut self, count: u64, record: Record) {
        if self.run.0 > 0 && self.run.1 == record {
            self.run.0 = self.run.0.saturating_add(count);
        } else {
            self.flush();
            self.run = (count, record);
        }
    }

    fn flush(&mut self) {
        let (count, record) = std::mem::take(&mut self.run);
        if count > 0 {
            self.runs = self.runs.saturating_add(1);
            let mut enc = minicbor::Encoder::new(&mut self.encoded);
            // Writing into a Vec cannot fail.
            let _ = enc
                .u64(count)
                .and_then(|e| e.u64(record.literal)?.u64(record.meta)?.u64(record.ends)?.u64(record.part));
        }
    }

    /// Runs so far; the caller stops at [`MAX_RECORDS`].
    pub(crate) fn runs(&self) -> u64 {
        self.runs
    }

    /// The container leaf.
    pub(crate) fn finish(mut self, literal: &[u8]) -> Vec<u8> {
        let record = std::mem::take(&mut self.open);
        if record != Record::default() {
            self.push(1, record);
        }
        self.flush();
        let mut out = Vec::with_capacity(self.encoded.len().saturating_add(literal.len()).saturating_add(32));
        let mut enc = minicbor::Encoder::new(&mut out);
        let _ = enc.map(3).and_then(|e| e.u8(0)?.u64(VERSION)?.u8(1)?.array(self.runs.saturating_mul(NUMBERS as u64)));
        out.extend_from_slice(&self.encoded);
        let mut enc = minicbor::Encoder::new(&mut out);
        let _ = enc.u8(2).and_then(|e| e.bytes(literal));
        out
    }
}

/// A container leaf, read: where its records and its literal bytes stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unpacking<'a> {
    /// The runs of records as they are written.
    pub(crate) records: &'a [u8],
    /// The literal bytes.
    pub(crate) literal: &'a [u8],
}

impl<'a> Unpacking<'a> {
    /// Reads a container leaf strictly.
    pub(crate) fn decode(bytes: &'a [u8]) -> Result<Self, &'static str> {
        let (at, runs) = Self::head(bytes).ok_or("not a map of the source")?;
        let body = bytes.get(at..).unwrap_or_default();
        let mut runs_left = runs;
        let mut used = 0usize;
        let mut packing = Packing::default();
        let mut before: Option<Record> = None;
        while runs_left > 0 {
            let rest = body.get(used..).unwrap_or_default();
            let (count, record, len) = read_run(rest).ok_or("not a run of records")?;
            let is_closed = before.is_none_or(|before| before != record && before.is_closed_by(&record));
            if count == 0 || record == Record::default() || !is_closed || (count > 1 && !record.is_closed_by(&record)) {
                return Err("not canonical");
            }
            // Shortest forms, run by run.
            packing.encoded.clear();
            packing.run = (count, record);
            packing.flush();
            if rest.get(..len) != Some(packing.encoded.as_slice()) {
                return Err("not canonical");
            }
            before = Some(record);
            used = used.saturating_add(len);
            runs_left = runs_left.saturating_sub(1);
        }
        let (records, tail) = body.split_at_checked(used).ok_or("cut short")?;
        let mut dec = minicbor::Decoder::new(tail);
        let literal = match (dec.u8(), dec.bytes()) {
            (Ok(2), Ok(literal)) => literal,
            _ => return Err("not a map of the source"),
        };
        let read = Self { records, literal };
        if read.ends_as(bytes, runs) { Ok(read) } else { Err("not canonical") }
    }

    /// From the first run on, of a leaf that was decoded before.
    pub(crate) fn records_from(bytes: &[u8]) -> Option<&[u8]> {
        bytes.get(Unpacking::head(bytes)?.0..)
    }

    /// Version and count of runs, and where the runs begin.
    fn head(bytes: &[u8]) -> Option<(usize, u64)> {
        let mut dec = minicbor::Decoder::new(bytes);
        if dec.map().ok()?? != 3 || dec.u8().ok()? != 0 || dec.u64().ok()? != VERSION || dec.u8().ok()? != 1 {
            return None;
        }
        let numbers = dec.array().ok()??;
        let runs = numbers / NUMBERS as u64;
        (numbers % NUMBERS as u64 == 0 && runs <= MAX_RECORDS).then_some((dec.position(), runs))
    }

    /// Whether the leaf is spelled as [`Packing::finish`] spells it.
    fn ends_as(&self, bytes: &[u8], runs: u64) -> bool {
        let frame = Packing { encoded: self.records.to_vec(), runs, ..Packing::default() };
        frame.finish(self.literal) == bytes
    }
}

/// Reads one run: its count, its record, and the bytes it takes.
pub(crate) fn read_run(bytes: &[u8]) -> Option<(u64, Record, usize)> {
    let mut dec = minicbor::Decoder::new(bytes);
    let count = dec.u64().ok()?;
    let record =
        Record { literal: dec.u64().ok()?, meta: dec.u64().ok()?, ends: dec.u64().ok()?, part: dec.u64().ok()? };
    Some((count, record, dec.position()))
}
