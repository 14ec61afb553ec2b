//! Ogg pages (RFC 3533): one stream, page by page.
//!
//! Keeps: a page is taken only if its checksum is right, it is of the one stream and goes on where the last ended:
//! what a player would leave out does not count as sound.
//! Does not know: codecs, but for how many packets of headers come first.

use super::feed::Feed;
use super::parts::Parts;
use crate::CarveError;
use std::io::{Read, Seek};

/// Bytes of a page before its lacing.
const HEADER: usize = 27;
/// Longest page, in bytes.
pub(crate) const MAX_PAGE: usize = HEADER + 255 + 255 * 255;
/// Longest packet that is taken, the comment apart: it has room in one page of the playable copy.
pub(crate) const MAX_PACKET: usize = 255 * 255 - 1;
pub(crate) const MAGIC: &[u8] = b"OggS";
pub(crate) const CONTINUED: u8 = 1;
pub(crate) const FIRST: u8 = 2;
pub(crate) const LAST: u8 = 4;
/// A granule position that says nothing: no packet ends on the page.
const NO_GRANULE: u64 = u64::MAX;
/// The header that is META, counted from 0.
const COMMENT: usize = 1;
/// Where the checksum stands in a page.
pub(crate) const CRC_AT: usize = 22;

/// The checksum: polynomial 0x04C11DB7, from the front, nothing inverted.
const CRC: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut n = 0;
    while n < 256 {
        let mut value = (n as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 0x8000_0000 != 0 { value << 1 ^ 0x04c1_1db7 } else { value << 1 };
            bit += 1;
        }
        table[n] = value;
        n += 1;
    }
    table
};

/// Goes on with a checksum over more bytes.
pub(crate) fn crc(so_far: u32, bytes: &[u8]) -> u32 {
    let next = |crc: u32, byte: &u8| crc << 8 ^ CRC.get(usize::from((crc >> 24) as u8 ^ byte)).copied().unwrap_or(0);
    bytes.iter().fold(so_far, next)
}

/// What is found as pages go by.
pub(crate) trait Listener {
    /// The headers that decoding needs, all but the comment; false if they are not of the codec.
    fn headers(&mut self, headers: &[Vec<u8>]) -> bool;
    /// A packet of sound; false if it is none that the codec may have.
    fn packet(&mut self, packet: &[u8], parts: &mut Parts) -> bool;
    /// Behind the last packet that ends on a page, its granule position; false if the clocks don't agree.
    fn granule(&mut self, samples: u64, is_last: bool) -> bool;
}

/// A page, read.
struct Page {
    flags: u8,
    granule: u64,
    serial: u32,
    lacing: Vec<u8>,
    bytes: Vec<u8>,
}

impl Page {
    fn body_at(&self) -> usize {
        HEADER + self.lacing.len()
    }

    /// The packets, or parts, on the page, and whether they end there.
    fn packets(&self) -> impl Iterator<Item = (&[u8], bool)> {
        let mut lacing = self.lacing.as_slice();
        let mut body = self.bytes.get(self.body_at()..).unwrap_or_default();
        std::iter::from_fn(move || {
            if lacing.is_empty() {
                return None;
            }
            let more = lacing.iter().take_while(|len| **len == 255).count();
            let last = lacing.get(more);
            let len = more * 255 + usize::from(last.copied().unwrap_or(0));
            lacing = lacing.get(more + 1..).unwrap_or_default();
            let (packet, rest) = body.split_at(body.len().min(len));
            body = rest;
            Some((packet, last.is_some()))
        })
    }
}

/// What stands at the feed's place.
enum Next {
    Page(Page),
    End,
    /// No whole page.
    Torn,
    /// A page whose checksum is wrong.
    Damaged,
}

fn next_page<R: Read + Seek>(feed: &mut Feed<'_, R>) -> Result<Next, CarveError> {
    if feed.left() == 0 {
        return Ok(Next::End);
    }
    let head = feed.peek(HEADER)?;
    if head.len() < HEADER || !head.starts_with(MAGIC) || head.get(4) != Some(&0) {
        return Ok(Next::Torn);
    }
    let with_lacing = HEADER + usize::from(head.get(26).copied().unwrap_or(0));
    let head = feed.peek(with_lacing)?;
    let lacing = head.get(HEADER..).unwrap_or_default().to_vec();
    let whole = with_lacing + lacing.iter().map(|len| usize::from(*len)).sum::<usize>();
    let bytes = feed.peek(whole)?.to_vec();
    if lacing.len() + HEADER < with_lacing || bytes.len() < whole {
        return Ok(Next::Torn);
    }
    let read = || {
        let (head, rest) = bytes.split_at_checked(CRC_AT)?;
        let (stated, rest) = rest.split_first_chunk::<4>()?;
        let sum = crc(crc(crc(0, head), &[0; 4]), rest);
        (sum == u32::from_le_bytes(*stated)).then_some(())?;
        let granule = u64::from_le_bytes(*head.get(6..)?.first_chunk()?);
        Some((*head.get(5)?, granule, u32::from_le_bytes(*head.get(14..)?.first_chunk()?)))
    };
    let Some((flags, granule, serial)) = read() else { return Ok(Next::Damaged) };
    feed.skip(whole as u64);
    Ok(Next::Page(Page { flags, granule, serial, lacing, bytes }))
}

/// Reads a stream to its end, sorting its bytes into `parts`. False if it is not one stream, whole, of this codec:
/// `headers` packets of headers, then sound.
pub(crate) fn read<R: Read + Seek>(
    feed: &mut Feed<'_, R>,
    parts: &mut Parts,
    listener: &mut impl Listener,
    headers: usize,
) -> Result<bool, CarveError> {
    let mut stream = Stream { headers, ..Stream::default() };
    loop {
        match next_page(feed)? {
            Next::Page(page) => {
                if stream.take(&page, parts, listener).is_none() {
                    return Ok(false);
                }
            }
            Next::Damaged => return Ok(false),
            Next::End => return Ok(stream.finish(&[], parts)),
            Next::Torn => {
                let tail = feed.peek(MAX_PAGE)?.to_vec();
                let is_all = tail.len() as u64 == feed.left();
                return Ok(is_all && is_torn(&tail) && stream.finish(&tail, parts));
            }
        }
    }
}

/// Whether what stands behind the last page can be a page that was cut off, and nothing else.
fn is_torn(tail: &[u8]) -> bool {
    let another = tail.get(1..).unwrap_or_default().windows(MAGIC.len()).any(|window| window == MAGIC);
    tail.len() < MAX_PAGE && !another
}

/// The stream so far.
#[derive(Default)]
struct Stream {
    serial: Option<u32>,
    headers: usize,
    /// Header packets that have ended.
    headers_ended: usize,
    kept: Vec<Vec<u8>>,
    /// Whether a packet goes on on the next page, and its bytes so far where it is sound.
    is_open: bool,
    packet: Vec<u8>,
    /// What was read since that packet began: page headers, and whether it is of the packet. It is sound only once
    /// the packet has ended.
    held: Vec<(bool, Vec<u8>)>,
    is_ended: bool,
}

impl Stream {
    /// Takes a page; none if it is not of this stream.
    fn take(&mut self, page: &Page, parts: &mut Parts, listener: &mut impl Listener) -> Option<()> {
        let is_first = self.serial.is_none();
        let is_ours = *self.serial.get_or_insert(page.serial) == page.serial;
        let flags_fit = is_first == (page.flags & FIRST != 0)
            && self.is_open == (page.flags & CONTINUED != 0)
            && page.flags & !(CONTINUED | FIRST | LAST) == 0;
        if !is_ours || self.is_ended || !flags_fit {
            return None;
        }
        self.is_ended = page.flags & LAST != 0;
        let header = page.bytes.get(..page.body_at())?;
        if self.headers_ended < self.headers {
            return self.take_headers(page, header, is_first, parts, listener);
        }
        self.literal(header, parts)?;
        let mut has_end = false;
        for (bytes, ends) in page.packets() {
            has_end |= ends;
            self.sound(bytes, ends, parts, listener)?;
        }
        let speaks = page.granule != NO_GRANULE && (has_end || self.is_ended);
        (!speaks || listener.granule(page.granule, self.is_ended)).then_some(())
    }

    /// A page of headers. The first packet has a page of its own, and sound begins on a new page (RFC 7845 §3, Vorbis I
    /// §A.2).
    fn take_headers(
        &mut self,
        page: &Page,
        header: &[u8],
        is_first: bool,
        parts: &mut Parts,
        listener: &mut impl Listener,
    ) -> Option<()> {
        parts.literal(header).then_some(())?;
        for (bytes, ends) in page.packets() {
            (self.headers_ended < self.headers && !(is_first && self.headers_ended > 0)).then_some(())?;
            if self.headers_ended == COMMENT {
                parts.meta(bytes).then_some(())?;
            } else {
                if !self.is_open {
                    self.kept.push(Vec::new());
                }
                let kept = self.kept.last_mut()?;
                kept.extend_from_slice(bytes);
                (kept.len() <= MAX_PACKET && parts.literal(bytes)).then_some(())?;
            }
            self.is_open = !ends;
            self.headers_ended += usize::from(ends);
        }
        let is_done = self.headers_ended == self.headers;
        (!is_done || listener.headers(&self.kept)).then_some(())
    }

    /// Bytes that are no packet's: in order behind what is held.
    fn literal(&mut self, bytes: &[u8], parts: &mut Parts) -> Option<()> {
        if self.is_open {
            self.held.push((false, bytes.to_vec()));
            return Some(());
        }
        parts.literal(bytes).then_some(())
    }

    fn sound(&mut self, bytes: &[u8], ends: bool, parts: &mut Parts, listener: &mut impl Listener) -> Option<()> {
        self.packet.extend_from_slice(bytes);
        (self.packet.len() <= MAX_PACKET).then_some(())?;
        if !ends {
            self.held.push((true, bytes.to_vec()));
            self.is_open = true;
            return Some(());
        }
        self.is_open = false;
        // A packet without a byte says nothing and sounds like nothing.
        if self.packet.is_empty() {
            return Some(());
        }
        listener.packet(&self.packet, parts).then_some(())?;
        self.packet.clear();
        for (is_sound, bytes) in self.held.drain(..) {
            let fits = if is_sound { parts.part(bytes.len() as u64) } else { parts.literal(&bytes) };
            fits.then_some(())?;
        }
        parts.packet(bytes.len() as u64).then_some(())
    }

    /// Ends the stream: a packet that never ended, and what stands behind the last page, are literal.
    fn finish(self, tail: &[u8], parts: &mut Parts) -> bool {
        let held = self.held.iter().all(|(_, bytes)| parts.literal(bytes));
        held && parts.literal(tail) && self.headers_ended == self.headers
    }
}
