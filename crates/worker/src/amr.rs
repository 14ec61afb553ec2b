//! AMR speech: raw files (RFC 4867 storage format) and the track of a 3GP or MP4 file.
//!
//! Keeps: every offset and count of a file is checked against its length. Does not know: how frames are decoded.

/// Speech bytes of a narrow-band frame by its type (3GPP TS 26.101), without the header byte; `None` is no type.
const NARROW: [Option<usize>; 16] = [
    Some(12),
    Some(13),
    Some(15),
    Some(17),
    Some(19),
    Some(20),
    Some(26),
    Some(31),
    Some(5),
    None,
    None,
    None,
    None,
    None,
    None,
    Some(0),
];
/// The same for wide band (3GPP TS 26.201).
const WIDE: [Option<usize>; 16] = [
    Some(17),
    Some(23),
    Some(32),
    Some(36),
    Some(40),
    Some(46),
    Some(50),
    Some(58),
    Some(60),
    Some(5),
    None,
    None,
    None,
    None,
    Some(0),
    Some(0),
];
/// Most boxes looked at in one container.
const MAX_BOXES: usize = 4096;

/// Frames of a recording.
#[derive(Debug, PartialEq, Eq)]
pub struct Frames<'a> {
    /// Wide band (16 kHz) or narrow (8 kHz).
    pub wide: bool,
    /// Each with its header byte, and whether it is whole and good.
    pub frames: Vec<(&'a [u8], bool)>,
    /// Bytes at the end that are no whole frame, or a sample table that points outside.
    pub cut: bool,
    /// Header bytes of no known type that were skipped.
    pub odd: usize,
}

/// The frames of a raw file, `None` if it is none.
pub fn raw(bytes: &[u8]) -> Option<Frames<'_>> {
    let (wide, mut rest) = match bytes {
        [b'#', b'!', b'A', b'M', b'R', b'\n', rest @ ..] => (false, rest),
        [b'#', b'!', b'A', b'M', b'R', b'-', b'W', b'B', b'\n', rest @ ..] => (true, rest),
        _ => return None,
    };
    let mut all = Frames { wide, frames: Vec::new(), cut: false, odd: 0 };
    while !rest.is_empty() {
        rest = all.take(rest);
    }
    Some(all)
}

impl<'a> Frames<'a> {
    /// Takes one frame from the front; gives what is left.
    fn take(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let Some(&header) = bytes.first() else {
            return &[];
        };
        let sizes = if self.wide { &WIDE } else { &NARROW };
        let Some(size) = sizes.get(usize::from(header >> 3 & 0x0f)).copied().flatten() else {
            self.odd += 1;
            return bytes.get(1..).unwrap_or_default();
        };
        match bytes.split_at_checked(size + 1) {
            Some((frame, rest)) => {
                self.frames.push((frame, header & 4 != 0));
                rest
            }
            None => {
                self.cut = true;
                &[]
            }
        }
    }
}

/// The frames of the first AMR track of a container, `None` if it has none.
pub fn container(bytes: &[u8]) -> Option<Frames<'_>> {
    let moov = child(bytes, b"moov")?;
    boxes(moov).filter(|(kind, _)| *kind == *b"trak").find_map(|(_, trak)| track(bytes, trak))
}

fn track<'a>(file: &'a [u8], trak: &'a [u8]) -> Option<Frames<'a>> {
    let table = child(child(child(trak, b"mdia")?, b"minf")?, b"stbl")?;
    // stsd: version and flags, a count, then the first entry's size and code.
    let wide = match child(table, b"stsd")?.get(12..16)? {
        b"samr" => false,
        b"sawb" => true,
        _ => return None,
    };
    let mut all = Frames { wide, frames: Vec::new(), cut: false, odd: 0 };
    for (offset, length) in samples(table)? {
        let sample = usize::try_from(offset).ok().and_then(|from| file.get(from..from.checked_add(length)?));
        let Some(mut sample) = sample else {
            all.cut = true;
            continue;
        };
        while !sample.is_empty() {
            sample = all.take(sample);
        }
    }
    Some(all)
}

/// Offset and length of every sample, from the chunk tables (ISO/IEC 14496-12, 8.7).
fn samples(table: &[u8]) -> Option<Vec<(u64, usize)>> {
    let stsz = child(table, b"stsz")?;
    let (same, count) = (word(stsz, 4)?, word(stsz, 8)? as usize);
    let listed = stsz.len().saturating_sub(12) / 4;
    // A table can't name more samples than it has entries, nor, where all are the same, than there are bytes.
    let count = if same == 0 { count.min(listed) } else { count };
    let size = |i: usize| if same == 0 { word(stsz, 12 + 4 * i).map(|s| s as usize) } else { Some(same as usize) };
    let chunks = chunk_offsets(table)?;
    let runs = child(table, b"stsc")?;
    let run = |i: usize| Some((word(runs, 8 + 12 * i)?, word(runs, 12 + 12 * i)?));
    let mut all = Vec::new();
    let (mut entry, mut sample) = (0, 0);
    for (number, start) in (1u32..).zip(chunks) {
        while run(entry + 1).is_some_and(|(first, _)| first <= number) && entry < runs.len() {
            entry += 1;
        }
        let (_, in_chunk) = run(entry)?;
        let mut offset = start;
        for _ in 0..in_chunk {
            if sample >= count {
                return Some(all);
            }
            let length = size(sample)?;
            all.push((offset, length));
            offset = offset.checked_add(length as u64)?;
            sample += 1;
            // Samples of no length would never end.
            if length == 0 && all.len() > listed {
                return Some(all);
            }
        }
    }
    Some(all)
}

fn chunk_offsets(table: &[u8]) -> Option<Vec<u64>> {
    if let Some(stco) = child(table, b"stco") {
        return Some(stco.get(8..)?.as_chunks::<4>().0.iter().map(|c| u64::from(u32::from_be_bytes(*c))).collect());
    }
    let co64 = child(table, b"co64")?;
    Some(co64.get(8..)?.as_chunks::<8>().0.iter().map(|c| u64::from_be_bytes(*c)).collect())
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|b| u32::from_be_bytes(*b))
}

fn child<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|(k, _)| k == kind).map(|(_, content)| content)
}

/// The boxes of a container at one level: kind and content. A box that goes past the end is cut to it.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let short = u64::from(word(rest, 0)?);
        let kind = *rest.get(4..)?.first_chunk::<4>()?;
        let (head, size) = match short {
            1 => (16, u64::from_be_bytes(*rest.get(8..)?.first_chunk::<8>()?)),
            0 => (8, rest.len() as u64),
            other => (8, other),
        };
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(rest.len());
        let content = rest.get(head..size)?;
        rest = rest.get(size..)?;
        Some((kind, content))
    })
    .take(MAX_BOXES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_frames_are_counted_and_a_cut_is_seen() {
        let mut file = b"#!AMR\n".to_vec();
        for _ in 0..3 {
            file.push(0x3c);
            file.extend([0u8; 31]);
        }
        file.push(0x7c); // no data
        let all = raw(&file).unwrap();
        assert_eq!((all.frames.len(), all.wide, all.cut, all.odd), (4, false, false, 0));
        file.push(0x3c);
        assert!(raw(&file).unwrap().cut);
        assert_eq!(raw(b"#!AMR-WB\n").unwrap(), Frames { wide: true, frames: vec![], cut: false, odd: 0 });
        assert!(raw(b"RIFF").is_none());
    }

    #[test]
    fn lying_tables_end() {
        let mut stbl = Vec::new();
        let boxed = |kind: &[u8; 4], content: &[u8]| {
            let mut b = (content.len() as u32 + 8).to_be_bytes().to_vec();
            b.extend(kind);
            b.extend(content);
            b
        };
        let mut stsd = vec![0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 16];
        stsd.extend(b"samr\0\0\0\0");
        stbl.extend(boxed(b"stsd", &stsd));
        stbl.extend(boxed(b"stsz", &[0, 0, 0, 0, 0, 0, 0, 13, 0xff, 0xff, 0xff, 0xff]));
        stbl.extend(boxed(b"stco", &[0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0]));
        stbl.extend(boxed(b"stsc", &[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0, 1]));
        let file = boxed(b"moov", &boxed(b"trak", &boxed(b"mdia", &boxed(b"minf", &boxed(b"stbl", &stbl)))));
        let all = container(&file).unwrap();
        assert!(all.cut && all.frames.is_empty());
        for cut in 0..file.len() {
            let _ = container(&file[..cut]);
        }
    }
}
