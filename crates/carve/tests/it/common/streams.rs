//! Made-up packets of Opus and Vorbis in Ogg and WebM, put together by a muxer that shares no code with the crate's.
#![allow(dead_code, clippy::unwrap_used)]

use super::{Carved, carve, noise, render};
use casemate_carve::locator::TimeRange;
use casemate_carve::{Hint, Run, cuts};

/// The checksum of a page, bit by bit (RFC 3533).
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = 0u32;
    for byte in bytes {
        sum ^= u32::from(*byte) << 24;
        for _ in 0..8 {
            sum = if sum & 0x8000_0000 != 0 { (sum << 1) ^ 0x04c1_1db7 } else { sum << 1 };
        }
    }
    sum
}

pub struct OggPage<'a> {
    pub flags: u8,
    pub granule: u64,
    pub serial: u32,
    pub number: u32,
    pub lacing: &'a [u8],
    pub body: &'a [u8],
}

pub fn page(page: &OggPage<'_>) -> Vec<u8> {
    let mut out = b"OggS\0".to_vec();
    out.push(page.flags);
    out.extend(page.granule.to_le_bytes());
    out.extend(page.serial.to_le_bytes());
    out.extend(page.number.to_le_bytes());
    out.extend([0; 4]);
    out.push(page.lacing.len() as u8);
    out.extend(page.lacing);
    out.extend(page.body);
    let sum = crc(&out);
    out[22..26].copy_from_slice(&sum.to_le_bytes());
    out
}

/// Makes the checksums of all pages right again, as far as pages are found.
pub fn repair(file: &mut [u8]) {
    let mut at = 0;
    while let Some(head) = file.get(at..at + 27) {
        let segments = usize::from(head[26]);
        let Some(lacing) = file.get(at + 27..at + 27 + segments) else { return };
        let end = at + 27 + segments + lacing.iter().map(|len| usize::from(*len)).sum::<usize>();
        if !head.starts_with(b"OggS") || end > file.len() {
            return;
        }
        file[at + 22..at + 26].fill(0);
        let sum = crc(&file[at..end]);
        file[at + 22..at + 26].copy_from_slice(&sum.to_le_bytes());
        at = end;
    }
}

/// How packets are laid on pages.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// Lacing values of a page, at most 255: packets go on on the next page.
    pub lacing: usize,
    pub serial: u32,
    /// Samples that the last page leaves out.
    pub trim: u64,
    pub has_last: bool,
}

pub const PAGING: Paging = Paging { lacing: 20, serial: 7, trim: 0, has_last: true };

/// One packet of sound with its last sample.
pub type Timed = (Vec<u8>, u64);

/// An Ogg stream: a page for the first header, then the others, then sound.
pub fn ogg(headers: &[&[u8]], packets: &[Timed], paging: Paging) -> Vec<u8> {
    let mut out = Vec::new();
    let mut number = 0;
    let mut pages = |parts: &[(&[u8], u64)], limit: usize, last: bool, out: &mut Vec<u8>| {
        let mut lacing: Vec<(u8, Option<u64>, usize)> = Vec::new();
        for (n, (packet, granule)) in parts.iter().enumerate() {
            let more = packet.len() / 255;
            lacing.extend((0..more).map(|_| (255, None, n)));
            lacing.push(((packet.len() % 255) as u8, Some(*granule), n));
        }
        let body: Vec<u8> = parts.iter().flat_map(|part| part.0).copied().collect();
        let (mut at, mut before_ended) = (0, true);
        let count = lacing.chunks(limit).count();
        for (n, chunk) in lacing.chunks(limit).enumerate() {
            let values: Vec<u8> = chunk.iter().map(|value| value.0).collect();
            let bytes: usize = values.iter().map(|value| usize::from(*value)).sum();
            let is_last = last && n + 1 == count;
            let granule = chunk.iter().rev().find_map(|value| value.1).unwrap_or(u64::MAX);
            out.extend(page(&OggPage {
                flags: u8::from(!before_ended) | u8::from(number == 0) << 1 | u8::from(is_last) << 2,
                granule: if is_last { granule.saturating_sub(paging.trim) } else { granule },
                serial: paging.serial,
                number,
                lacing: &values,
                body: &body[at..at + bytes],
            }));
            before_ended = chunk.last().unwrap().1.is_some();
            at += bytes;
            number += 1;
        }
    };
    pages(&[(headers[0], 0)], 255, false, &mut out);
    let others: Vec<(&[u8], u64)> = headers[1..].iter().map(|header| (*header, 0)).collect();
    pages(&others, 255, false, &mut out);
    let sound: Vec<(&[u8], u64)> = packets.iter().map(|(packet, end)| (packet.as_slice(), *end)).collect();
    pages(&sound, paging.lacing, paging.has_last, &mut out);
    out
}

pub fn opus_head(channels: u8, pre_skip: u16) -> Vec<u8> {
    let mut out = b"OpusHead\x01".to_vec();
    out.push(channels);
    out.extend(pre_skip.to_le_bytes());
    out.extend(44_100u32.to_le_bytes());
    out.extend([0, 0, 0]);
    out
}

pub const OPUS_TAGS: &[u8] = b"OpusTags\x08\0\0\0recorder\x01\0\0\0\x09\0\0\0ARTIST=Bo";

/// Samples of the frames of a packet that begins so.
pub fn opus_samples(toc: u8) -> u64 {
    match toc >> 3 {
        config @ 0..=11 => [480, 960, 1_920, 2_880][usize::from(config & 3)],
        config @ 12..=15 => [480, 960][usize::from(config & 1)],
        config => [120, 240, 480, 960][usize::from(config & 3)],
    }
}

/// A packet of `frames` frames of this configuration, about `len` bytes, with padding where `padding` says so.
pub fn opus_packet(config: u8, frames: u8, len: usize, padding: Option<&[u8]>) -> Vec<u8> {
    let toc = config << 3;
    let each = (len / usize::from(frames)).min(1_275);
    let body = noise(each * usize::from(frames) + len % 13);
    let body = &body[len % 13..];
    match (frames, padding) {
        (1, None) => [&[toc], body].concat(),
        (2, None) => [&[toc | 1], body].concat(),
        (_, None) => [&[toc | 3, frames], body].concat(),
        (_, Some(padding)) => {
            let mut lengths = vec![255; padding.len() / 254];
            lengths.push((padding.len() % 254) as u8);
            [&[toc | 3, frames | 0x40], &lengths[..], body, padding].concat()
        }
    }
}

/// Packets with the samples at which they end.
pub fn timed(packets: Vec<Vec<u8>>) -> Vec<Timed> {
    let mut at = 0;
    let end = |packet: Vec<u8>| {
        let frames = match packet[0] & 3 {
            0 => 1,
            1 | 2 => 2,
            _ => u64::from(packet[1] & 63),
        };
        at += opus_samples(packet[0]) * frames;
        (packet, at)
    };
    packets.into_iter().map(end).collect()
}

pub fn ogg_opus(channels: u8, pre_skip: u16, packets: &[Timed], paging: Paging) -> Vec<u8> {
    ogg(&[&opus_head(channels, pre_skip), OPUS_TAGS], packets, paging)
}

/// How packets are laid in a WebM file.
#[derive(Clone, Copy, Debug)]
pub struct Webm {
    /// Masters say how long they are.
    pub sized: bool,
    /// Blocks of a cluster.
    pub blocks: usize,
    /// 0 none, 1 Xiph, 2 fixed (where packets are as long as each other), 3 EBML; two frames a block.
    pub lacing: u8,
    /// Blocks in groups.
    pub grouped: bool,
    /// Void, CRC-32, Cues, Tags.
    pub extras: bool,
}

pub const WEBM: Webm = Webm { sized: false, blocks: 10, lacing: 0, grouped: false, extras: true };

pub fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
    [id, &size(body.len() as u64), body].concat()
}

fn size(len: u64) -> Vec<u8> {
    if len < 127 {
        vec![0x80 | len as u8]
    } else {
        [&[0x08 | (len >> 32) as u8], &(len as u32).to_be_bytes()[..]].concat()
    }
}

pub fn tracks(head: &[u8], extra: &[u8]) -> Vec<u8> {
    let entry = [
        element(&[0xd7], &[1]),
        element(&[0x83], &[2]),
        element(&[0x86], b"A_OPUS"),
        element(&[0x63, 0xa2], head),
        extra.to_vec(),
    ];
    element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &entry.concat()))
}

/// A block of one track with the frames of `packets`.
fn block(time: i16, packets: &[Timed], lacing: u8) -> Vec<u8> {
    let mut out = vec![0x81];
    out.extend(time.to_be_bytes());
    let kind = if packets.len() == 1 { 0 } else { lacing };
    out.push(kind << 1);
    let lens: Vec<usize> = packets.iter().map(|packet| packet.0.len()).collect();
    if kind > 0 {
        out.push(packets.len() as u8 - 1);
    }
    for (n, len) in lens.iter().enumerate().take(packets.len() - 1) {
        match kind {
            1 => out.extend([vec![255; len / 255], vec![(len % 255) as u8]].concat()),
            3 if n == 0 => out.extend((0x4000u16 | *len as u16).to_be_bytes()),
            3 => out.extend((0x4000u16 | (*len as i32 - lens[n - 1] as i32 + 0x1fff) as u16).to_be_bytes()),
            _ => {}
        }
    }
    packets.iter().for_each(|packet| out.extend(&packet.0));
    out
}

pub fn webm(head: &[u8], packets: &[Timed], how: Webm) -> Vec<u8> {
    let master = |id: &[u8], body: &[u8]| match how.sized {
        true => element(id, body),
        false => [id, &[0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], body].concat(),
    };
    let extra = |bytes: Vec<u8>| if how.extras { bytes } else { Vec::new() };
    let mut body = extra(element(&[0xec], b"void of what was here"));
    body.extend(element(&[0x15, 0x49, 0xa9, 0x66], &element(&[0x4d, 0x80], b"a recorder")));
    body.extend(tracks(head, &[]));
    let each = if how.lacing == 0 { 1 } else { 2 };
    let mut begin = 0;
    for cluster in packets.chunks(how.blocks * each) {
        let start_ms = begin / 48;
        let mut inside = extra(element(&[0xbf], &[1, 2, 3, 4]));
        inside.extend(element(&[0xe7], &(start_ms as u32).to_be_bytes()));
        for group in cluster.chunks(each) {
            let is_alike = group.iter().all(|packet| packet.0.len() == group[0].0.len());
            let lacing = if how.lacing == 2 && !is_alike { 1 } else { how.lacing };
            let bytes = block((begin / 48 - start_ms) as i16, group, lacing);
            begin = group.last().unwrap().1;
            inside.extend(match how.grouped {
                true => element(&[0xa0], &[element(&[0xa1], &bytes), extra(element(&[0x9b], &[20]))].concat()),
                false => element(&[0xa3], &bytes),
            });
        }
        body.extend(master(&[0x1f, 0x43, 0xb6, 0x75], &inside));
    }
    body.extend(extra(element(&[0x1c, 0x53, 0xbb, 0x6b], &[0xbb, 0x80])));
    body.extend(extra(element(&[0x12, 0x54, 0xc3, 0x67], b"\x73\x73\x80")));
    let header = element(&[0x1a, 0x45, 0xdf, 0xa3], &element(&[0x42, 0x82], b"webm"));
    [header, master(&[0x18, 0x53, 0x80, 0x67], &body)].concat()
}

/// Bits, least significant first.
#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    bits: usize,
}

impl BitWriter {
    fn put(&mut self, value: u64, count: usize) {
        for n in 0..count {
            if self.bits.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= ((value >> n & 1) as u8) << (self.bits % 8);
            self.bits += 1;
        }
    }
}

/// Blocks of 2^8 and 2^11 samples.
pub const VORBIS_POWERS: [u8; 2] = [8, 11];

pub fn vorbis_ident(rate: u32, channels: u8) -> Vec<u8> {
    let mut out = b"\x01vorbis\0\0\0\0".to_vec();
    out.push(channels);
    out.extend(rate.to_le_bytes());
    out.extend([0xff, 0xff, 0xff, 0x7f, 0x80, 0xbb, 0, 0, 1, 0, 0, 0]);
    out.extend([VORBIS_POWERS[0] | VORBIS_POWERS[1] << 4, 1]);
    out
}

pub const VORBIS_COMMENT: &[u8] = b"\x03vorbis\x08\0\0\0recorder\x01\0\0\0\x09\0\0\0ARTIST=Bo\x01";

/// A set-up header with one book of each kind, both floors, and four modes: short, long, long, short.
pub fn vorbis_setup(channels: u8) -> Vec<u8> {
    let mut w = BitWriter::default();
    let book = |w: &mut BitWriter| w.put(0x56_4342, 24);
    w.put(3 - 1, 8);
    // Unordered, dense, no lookup: two entries of one bit.
    book(&mut w);
    [(1, 16), (2, 24), (0, 1), (0, 1), (0, 5), (0, 5), (0, 4)].iter().for_each(|(value, bits)| w.put(*value, *bits));
    // Ordered, lookup 1: nine entries of two dimensions, three values of four bits.
    book(&mut w);
    [(2, 16), (9, 24), (1, 1), (2, 5), (7, 4), (2, 2), (1, 4), (0, 64), (3, 4), (0, 1), (0, 12)]
        .iter()
        .for_each(|(value, bits)| w.put(*value, *bits));
    // Sparse, lookup 2.
    book(&mut w);
    [(1, 16), (3, 24), (0, 1), (1, 1), (1, 1), (0, 5), (0, 1), (1, 1), (0, 5), (2, 4), (0, 64), (0, 4), (1, 1), (5, 3)]
        .iter()
        .for_each(|(value, bits)| w.put(*value, *bits));
    [(0, 6), (0, 16)].iter().for_each(|(value, bits)| w.put(*value, *bits));
    // Floor 1 with one class of two dimensions and one of one, then floor 0 with one book.
    w.put(2 - 1, 6);
    [(1, 16), (2, 5), (0, 4), (1, 4), (1, 3), (1, 2), (0, 8), (1, 8), (2, 8), (0, 3), (0, 2), (0, 8)]
        .iter()
        .for_each(|(value, bits)| w.put(*value, *bits));
    [(1, 2), (7, 4), (5, 7), (6, 7), (9, 7)].iter().for_each(|(value, bits)| w.put(*value, *bits));
    [(0, 16), (4, 8), (44_100, 16), (10, 16), (5, 6), (90, 8), (0, 4), (0, 8)]
        .iter()
        .for_each(|(value, bits)| w.put(*value, *bits));
    // One residue of two classes.
    [(0, 6), (2, 16), (0, 24), (64, 24), (7, 24), (1, 6), (0, 8), (5, 3), (0, 1), (1, 3), (1, 1), (9, 5), (0, 8)]
        .iter()
        .for_each(|(value, bits)| w.put(*value, *bits));
    (0..4).for_each(|_| w.put(1, 8));
    // One mapping, coupled where there are two channels.
    [(0, 6), (0, 16), (0, 1)].iter().for_each(|(value, bits)| w.put(*value, *bits));
    match channels {
        2 => [(1, 1), (0, 8), (0, 1), (1, 1)].iter().for_each(|(value, bits)| w.put(*value, *bits)),
        _ => w.put(0, 1),
    }
    [(0, 2), (0, 8), (0, 8), (0, 8)].iter().for_each(|(value, bits)| w.put(*value, *bits));
    w.put(4 - 1, 6);
    for long in [0, 1, 1, 0] {
        [(long, 1), (0, 32), (0, 8)].iter().for_each(|(value, bits)| w.put(*value, *bits));
    }
    w.put(1, 1);
    [b"\x05vorbis", &w.bytes[..]].concat()
}

/// Packets with blocks as told, and the samples at which they end.
pub fn vorbis_packets(long: &[bool], len: impl Fn(usize) -> usize) -> Vec<Timed> {
    let mut at = 0;
    let block = |long: bool| 1u64 << VORBIS_POWERS[usize::from(long)];
    let packet = |n: usize| {
        let mut w = BitWriter::default();
        w.put(0, 1);
        // Modes 0 and 3 are short, 1 and 2 long.
        w.put(if long[n] { 1 + n as u64 % 2 } else { n as u64 % 2 * 3 }, 2);
        if long[n] {
            let near = |at: Option<usize>| u64::from(at.and_then(|at| long.get(at)).copied().unwrap_or(true));
            w.put(near(n.checked_sub(1)) | near(Some(n + 1)) << 1, 2);
        }
        for byte in noise(len(n)) {
            w.put(u64::from(byte), 8);
        }
        if n > 0 {
            at += block(long[n - 1]) / 4 + block(long[n]) / 4;
        }
        (w.bytes, at)
    };
    (0..long.len()).map(packet).collect()
}

pub fn ogg_vorbis(rate: u32, channels: u8, packets: &[Timed], paging: Paging) -> Vec<u8> {
    ogg(&[&vorbis_ident(rate, channels), VORBIS_COMMENT, &vorbis_setup(channels)], packets, paging)
}

/// The packets of a cell, and the samples before the first.
pub fn cell(payload: &[u8]) -> (u64, Vec<Vec<u8>>) {
    let mut dec = minicbor::Decoder::new(payload);
    let items = dec.array().unwrap().unwrap();
    let first = if items > 0 { dec.u64().unwrap() } else { 0 };
    (first, (1..items.max(1)).map(|_| dec.bytes().unwrap().to_vec()).collect())
}

/// The runs that a cut hides.
pub fn cut(carved: &Carved, start: u64, end: u64) -> Vec<Run> {
    cuts::recording(carved.layout.shape(), &[TimeRange::new(start, end).unwrap()]).unwrap().runs
}

/// The packets of all open cells, in their order.
pub fn packets(carved: &Carved, hidden: &[Run]) -> Vec<Vec<u8>> {
    let open = carved.layout.shape().packets().filter(|index| !hidden.iter().any(|run| run.contains(*index)));
    open.flat_map(|index| cell(&carved.leaves[index as usize].1).1).collect()
}

/// The copy has the open packets as they are, at their places, and is as long as the original.
pub fn check_copy(carved: &Carved, hidden: &[Run]) {
    let copy = render(carved, hidden).unwrap();
    let again = carve(&copy, Hint::Recording);
    let (shape, other) = (carved.layout.shape(), again.layout.shape());
    let text = shape.profile().to_string();
    assert_eq!(other.profile().to_string(), text.replace("webm-opus", "ogg-opus"));
    let open = packets(carved, hidden);
    let all = packets(&again, &[]);
    // In their order, among silence.
    let mut rest = all.iter();
    assert!(open.iter().all(|packet| rest.any(|other| other == packet)));
    if text.contains("vorbis") {
        assert!(shape.ticks_total().abs_diff(other.ticks_total()) <= 1);
        return;
    }
    // Opus keeps every place, and the whole.
    assert_eq!(configured(carved), configured(&again));
    let (before, after) = (placed(carved, hidden), placed(&again, &[]));
    let mut rest = after.iter();
    assert!(before.iter().all(|packet| rest.any(|other| other == packet)));
    // Without a cut it is the same recording.
    assert!(!hidden.is_empty() || carved.leaves[1..carved.leaves.len() - 2] == again.leaves[1..again.leaves.len() - 2]);
}

/// Samples and pre-skip of a recording of Opus, from CFG.
pub fn configured(carved: &Carved) -> (u64, u64) {
    let cfg = &carved.leaves[0].1;
    let mut dec = minicbor::Decoder::new(cfg);
    dec.map().unwrap();
    (0..11).for_each(|_| dec.skip().unwrap());
    let mut dec = minicbor::Decoder::new(dec.bytes().unwrap());
    dec.array().unwrap();
    (dec.u64().unwrap(), dec.u64().unwrap())
}

/// The open packets of Opus with the samples at which they begin.
pub fn placed(carved: &Carved, hidden: &[Run]) -> Vec<(u64, Vec<u8>)> {
    let pre_skip = configured(carved).1;
    let open = carved.layout.shape().packets().filter(|index| !hidden.iter().any(|run| run.contains(*index)));
    let of_cell = |index: u64| {
        let (first, packets) = cell(&carved.leaves[index as usize].1);
        let start = if index == 1 { 0 } else { pre_skip + (index - 1) * 4_800 };
        timed(packets)
            .into_iter()
            .scan(start + first, |at, (packet, end)| {
                let begin = std::mem::replace(at, start + first + end);
                Some((begin, packet))
            })
            .collect::<Vec<_>>()
    };
    open.flat_map(of_cell).collect()
}
