//! A small muxer of ISO base media files in odd layouts, for tests.

use super::noise;

/// Where the sound stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// One `mdat`.
    One,
    /// One for each chunk.
    Each,
    /// One with a 64-bit size.
    Long,
    /// One of size 0, to the end of the file (behind `moov`).
    ToTheEnd,
}

#[derive(Clone, Debug)]
pub struct Movie {
    pub entry: Vec<u8>,
    pub handler: [u8; 4],
    pub scale: u32,
    /// (samples, duration).
    pub times: Vec<(u32, u32)>,
    pub samples: Vec<Vec<u8>>,
    /// Samples of a chunk, over and over.
    pub per_chunk: Vec<usize>,
    /// Between chunks, inside `mdat`.
    pub gap: Vec<u8>,
    pub moov_first: bool,
    pub data: Data,
    pub wide_offsets: bool,
    pub udta: Vec<u8>,
    /// (duration in milliseconds, start in the track; −1 for silence).
    pub edits: Vec<(u64, i64)>,
    /// Handlers of more tracks.
    pub beside: Vec<[u8; 4]>,
    /// Boxes more in `stbl`, in `moov`, and at the end of the file.
    pub in_stbl: Vec<u8>,
    pub in_moov: Vec<u8>,
    pub tail: Vec<u8>,
}

pub fn plain(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
}

pub fn full(kind: &[u8; 4], version_and_flags: u32, body: &[u8]) -> Vec<u8> {
    plain(kind, &[&version_and_flags.to_be_bytes()[..], body].concat())
}

pub fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

pub fn entry(kind: &[u8; 4], boxes: &[u8]) -> Vec<u8> {
    let fixed = [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 16, 0, 0, 0, 0, 0xac, 0x44, 0, 0];
    plain(kind, &[&fixed[..], boxes].concat())
}

/// `rates` are the twelve bytes of buffer size, highest and mean bit rate behind the object type (less one).
pub fn esds(object: u8, rates: &[u8; 11], config: &[u8]) -> Vec<u8> {
    let describe = |tag: u8, body: &[u8]| [&[tag, 0x80, 0x80, 0x80, body.len() as u8][..], body].concat();
    let decoder = describe(4, &[&[object, 0x15][..], rates, &describe(5, config)].concat());
    full(b"esds", 0, &describe(3, &[&[0, 1, 0][..], &decoder, &describe(6, &[2])].concat()))
}

pub const RATES: [u8; 11] = [0, 24, 0, 0, 1, 0xf4, 0, 0, 1, 0xf4, 0];

pub fn cookie(samples: u32, depth: u8, channels: u8, rate: u32) -> Vec<u8> {
    let mut out = samples.to_be_bytes().to_vec();
    out.extend([0, depth, 40, 10, 14, channels, 0, 255, 0, 0, 0x40, 0x12, 0, 1, 2, 3]);
    out.extend(rate.to_be_bytes());
    out
}

impl Movie {
    fn new(entry: Vec<u8>, scale: u32, step: u32, samples: Vec<Vec<u8>>) -> Self {
        Self {
            entry,
            handler: *b"soun",
            scale,
            times: vec![(samples.len() as u32, step)],
            samples,
            per_chunk: vec![3, 1, 4],
            gap: Vec::new(),
            moov_first: false,
            data: Data::One,
            wide_offsets: false,
            udta: plain(b"udta", b"\0\0\0\x13\xa9namOduya Marenka"),
            edits: Vec::new(),
            beside: Vec::new(),
            in_stbl: Vec::new(),
            in_moov: Vec::new(),
            tail: Vec::new(),
        }
    }

    /// AAC-LC, 44.1 kHz, two channels.
    pub fn aac(lens: &[usize]) -> Self {
        Self::new(entry(b"mp4a", &esds(0x40, &RATES, &[0x12, 0x10])), 44_100, 1_024, samples(lens))
    }

    /// Apple Lossless, 16 bits.
    pub fn alac(lens: &[usize], channels: u8, rate: u32) -> Self {
        let setup = full(b"alac", 0, &cookie(4_096, 16, channels, rate));
        Self::new(entry(b"alac", &setup), rate, 4_096, samples(lens))
    }

    /// AMR, so many frames a sample.
    pub fn amr(is_wide: bool, types: &[u8], each: usize) -> Self {
        let frames: Vec<Vec<u8>> = types.iter().enumerate().map(|(n, kind)| amr_frame(is_wide, *kind, n)).collect();
        let samples = frames.chunks(each).map(<[Vec<u8>]>::concat).collect();
        let setup = plain(b"damr", b"test\0\0\x01\0\x01");
        let (kind, scale) = if is_wide { (b"sawb", 16_000) } else { (b"samr", 8_000) };
        Self::new(entry(kind, &setup), scale, scale / 50 * each as u32, samples)
    }

    pub fn build(&self) -> Vec<u8> {
        let ftyp = plain(b"ftyp", b"M4A \0\0\0\0M4A isom");
        let free = plain(b"free", b"between");
        // The places in the file don't change the length of `moov`.
        let moov_len = self.moov(&vec![0; self.chunk_count()]).len();
        let before = ftyp.len() + free.len() + if self.moov_first { moov_len } else { 0 };
        let (data, places) = self.data(before as u64);
        let moov = self.moov(&places);
        assert_eq!(moov.len(), moov_len);
        match self.moov_first {
            true => [ftyp, free, moov, data, self.tail.clone()].concat(),
            false => [ftyp, free, data, moov, self.tail.clone()].concat(),
        }
    }

    /// The `mdat` boxes from `start` on, and where the chunks are.
    fn data(&self, start: u64) -> (Vec<u8>, Vec<u64>) {
        let (mut chunks, mut at) = (Vec::new(), 0);
        for count in self.per_chunk.iter().cycle() {
            if at >= self.samples.len() {
                break;
            }
            let end = (at + count).min(self.samples.len());
            chunks.push(self.samples[at..end].concat());
            at = end;
        }
        let (mut out, mut places) = (Vec::new(), Vec::new());
        let head = |len: usize| match self.data {
            Data::Long => [&[0, 0, 0, 1][..], b"mdat", &(len as u64 + 16).to_be_bytes()].concat(),
            Data::ToTheEnd => [&[0, 0, 0, 0][..], b"mdat"].concat(),
            _ => [&(len as u32 + 8).to_be_bytes()[..], b"mdat"].concat(),
        };
        if self.data != Data::Each {
            out = head(chunks.iter().map(|chunk| chunk.len() + self.gap.len()).sum());
        }
        for chunk in chunks {
            if self.data == Data::Each {
                out.extend(plain(b"free", &self.gap));
                out.extend(head(chunk.len() + self.gap.len()));
            }
            places.push(start + out.len() as u64);
            out.extend(chunk);
            out.extend(&self.gap);
        }
        (out, places)
    }

    fn stsc(&self, chunks: usize) -> Vec<u8> {
        let mut rows = Vec::new();
        let mut left = self.samples.len();
        for (n, count) in self.per_chunk.iter().cycle().take(chunks).enumerate() {
            rows.extend(words(&[n as u32 + 1, left.min(*count) as u32, 1]));
            left -= left.min(*count);
        }
        full(b"stsc", 0, &[words(&[chunks as u32]), rows].concat())
    }

    fn chunk_count(&self) -> usize {
        let mut left = self.samples.len();
        self.per_chunk
            .iter()
            .cycle()
            .take_while(|count| {
                let is_open = left > 0;
                left -= left.min(**count);
                is_open
            })
            .count()
    }

    fn stbl(&self, places: &[u64]) -> Vec<u8> {
        let count = self.samples.len() as u32;
        let times: Vec<u8> = self.times.iter().flat_map(|(n, step)| words(&[*n, *step])).collect();
        let sizes: Vec<u32> = self.samples.iter().map(|sample| sample.len() as u32).collect();
        let is_same = sizes.windows(2).all(|pair| pair[0] == pair[1]) && !sizes.is_empty();
        let sizes = match is_same {
            true => words(&[sizes[0], count]),
            false => [words(&[0, count]), words(&sizes)].concat(),
        };
        let offsets: Vec<u8> = places
            .iter()
            .flat_map(|place| match self.wide_offsets {
                true => place.to_be_bytes().to_vec(),
                false => (*place as u32).to_be_bytes().to_vec(),
            })
            .collect();
        let offsets = [words(&[places.len() as u32]), offsets].concat();
        let tables = [
            full(b"stsd", 0, &[words(&[1]), self.entry.clone()].concat()),
            full(b"stts", 0, &[words(&[self.times.len() as u32]), times].concat()),
            self.stsc(self.chunk_count()),
            full(b"stsz", 0, &sizes),
            full(if self.wide_offsets { b"co64" } else { b"stco" }, 0, &offsets),
            self.in_stbl.clone(),
        ];
        plain(b"stbl", &tables.concat())
    }

    fn trak(&self, handler: &[u8; 4], places: &[u64]) -> Vec<u8> {
        let dinf = plain(b"dinf", &full(b"dref", 0, &[words(&[1]), full(b"url ", 1, b"")].concat()));
        let minf = plain(b"minf", &[full(b"smhd", 0, &[0; 4]), dinf, self.stbl(places)].concat());
        let hdlr = full(b"hdlr", 0, &[&[0; 4][..], handler, &[0; 13]].concat());
        let mdhd = full(b"mdhd", 0, &words(&[0, 0, self.scale, 0, 0]));
        let tkhd = full(b"tkhd", 7, &[words(&[0, 0, 1]), vec![0; 68]].concat());
        let edits: Vec<u8> = self
            .edits
            .iter()
            .flat_map(|(played, start)| [words(&[*played as u32, *start as u32, 0x1_0000])].concat())
            .collect();
        let edts = match self.edits.is_empty() {
            true => Vec::new(),
            false => plain(b"edts", &full(b"elst", 0, &[words(&[self.edits.len() as u32]), edits].concat())),
        };
        plain(b"trak", &[tkhd, edts, plain(b"mdia", &[mdhd, hdlr, minf].concat()), plain(b"free", b"room")].concat())
    }

    fn moov(&self, places: &[u64]) -> Vec<u8> {
        let mvhd = full(b"mvhd", 0, &[words(&[1, 2, 1_000, 3]), vec![0; 80]].concat());
        let mut boxes = vec![mvhd, self.udta.clone(), self.trak(&self.handler, places)];
        boxes.extend(self.beside.iter().map(|handler| self.trak(handler, places)));
        boxes.push(self.in_moov.clone());
        plain(b"moov", &boxes.concat())
    }
}

/// How the fragments of a file are written.
#[derive(Clone, Copy, Debug)]
pub struct Fragments {
    pub each: usize,
    /// Sizes and durations in `trex` or `tfhd` where all are the same, else in the run.
    pub with_base: bool,
    pub with_time: bool,
    pub with_offset: bool,
    pub durations_in_run: bool,
}

impl Movie {
    /// The file in fragments: an empty `moov`, then `moof` and `mdat` in turn.
    pub fn fragmented(&self, how: Fragments) -> Vec<u8> {
        let step = self.times[0].1;
        let empty = Self { samples: Vec::new(), times: Vec::new(), ..self.clone() };
        let trex = full(b"trex", 0, &words(&[1, 1, step, 77, 0]));
        let moov = Self { in_moov: [self.in_moov.clone(), plain(b"mvex", &trex)].concat(), ..empty }.moov(&[]);
        let mut out = [plain(b"ftyp", b"iso6\0\0\0\0"), moov].concat();
        for (n, samples) in self.samples.chunks(how.each).enumerate() {
            let body: Vec<u8> = samples.concat();
            let make = |offset: u32, base: u64| {
                let flags = if how.with_base { 1 } else { 0x2_0000 };
                let base = if how.with_base { base.to_be_bytes().to_vec() } else { Vec::new() };
                let tfhd = full(b"tfhd", flags, &[words(&[1]), base].concat());
                let tfdt = full(b"tfdt", 1 << 24, &((n * how.each) as u64 * u64::from(step)).to_be_bytes());
                let mut run = words(&[samples.len() as u32]);
                if how.with_offset {
                    run.extend(offset.to_be_bytes());
                }
                for sample in samples {
                    if how.durations_in_run {
                        run.extend(step.to_be_bytes());
                    }
                    run.extend((sample.len() as u32).to_be_bytes());
                }
                let flags = 0x200 | u32::from(how.with_offset) | if how.durations_in_run { 0x100 } else { 0 };
                let tfdt = if how.with_time { tfdt } else { Vec::new() };
                let traf = plain(b"traf", &[tfhd, tfdt, full(b"trun", flags, &run)].concat());
                plain(b"moof", &[full(b"mfhd", 0, &words(&[n as u32 + 1])), traf].concat())
            };
            let start = out.len() as u64;
            let len = make(0, 0).len();
            // The base is the fragment's start, or, where the run has no offset, the data's.
            let base = if how.with_offset { start } else { start + len as u64 + 8 };
            out.extend(make(len as u32 + 8, base));
            out.extend(plain(b"mdat", &body));
        }
        out.extend(&self.tail);
        out
    }
}

fn samples(lens: &[usize]) -> Vec<Vec<u8>> {
    lens.iter().enumerate().map(|(n, len)| noise(len + n % 97)[n % 97..].to_vec()).collect()
}

/// One AMR frame with noise in it.
pub fn amr_frame(is_wide: bool, kind: u8, seed: usize) -> Vec<u8> {
    const NARROW: [usize; 9] = [13, 14, 16, 18, 20, 21, 27, 32, 6];
    const WIDE: [usize; 10] = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6];
    let lens: &[usize] = if is_wide { &WIDE } else { &NARROW };
    let len = lens.get(usize::from(kind)).map_or(1, |len| *len);
    let mut out = vec![kind << 3 | 4];
    out.extend(&noise(len + seed)[seed..seed + len - 1]);
    out
}

/// A file of AMR-WB.
pub fn awb(types: &[u8]) -> Vec<u8> {
    let frames: Vec<Vec<u8>> = types.iter().enumerate().map(|(n, kind)| amr_frame(true, *kind, n)).collect();
    [b"#!AMR-WB\n".to_vec(), frames.concat()].concat()
}
