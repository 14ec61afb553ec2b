//! Archives and packed files: what is in them is handed over, each to be sealed and read for itself.
//!
//! Keeps: what is handed over is bounded in number and bytes, and so is the memory of unpacking; names are labels, never
//! paths. Does not know: what a file is.

use std::io::{Cursor, Read as _};

use casemate_ports::reading::{Kind, Place, Severity};
use casemate_ports::worker::MAX_PARTS;

use crate::out::{Out, Read, about, passage, unread};
use crate::package::{Fault, Package};

/// All that is unpacked of one archive, bytes.
const MAX_ALL: u64 = 1 << 30;
/// Longest file that is unpacked, bytes.
const MAX_FILE: u64 = 256 << 20;
/// Memory that a packed file may ask for, bytes.
const MAX_MEMORY: u64 = 512 << 20;
/// Where a TAR says that it is one.
const TAR_MARK: std::ops::Range<usize> = 257..262;

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
    Lz4,
    Zlib,
}

impl Packing {
    fn media_type(self) -> &'static str {
        match self {
            Self::Gzip => "application/gzip",
            Self::Bzip2 => "application/x-bzip2",
            Self::Xz => "application/x-xz",
            Self::Zstd => "application/zstd",
            Self::Lz4 => "application/x-lz4",
            Self::Zlib => "application/zlib",
        }
    }

    /// All that is packed, at most [`MAX_FILE`] and a byte; what came before a fault, and whether there was one.
    fn unpacked(self, bytes: &[u8]) -> (Vec<u8>, bool) {
        let memory = u32::try_from(MAX_MEMORY >> 10).unwrap_or(u32::MAX);
        let mut from: Box<dyn std::io::Read + '_> = match self {
            Self::Gzip => Box::new(flate2::read::MultiGzDecoder::new(bytes)),
            Self::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(bytes)),
            Self::Lz4 => Box::new(lz4_flex::frame::FrameDecoder::new(bytes)),
            Self::Zlib => Box::new(flate2::read::ZlibDecoder::new(bytes)),
            Self::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(bytes, true, memory)),
            Self::Zstd => match ruzstd::decoding::StreamingDecoder::new_with_max_window_size(bytes, MAX_MEMORY) {
                Ok(decoder) => Box::new(decoder),
                Err(_) => return (Vec::new(), true),
            },
        };
        let mut out = Vec::new();
        let mut chunk = vec![0; 64 << 10];
        loop {
            match from.read(&mut chunk) {
                Ok(0) => return (out, false),
                Ok(len) => out.extend_from_slice(chunk.get(..len).unwrap_or_default()),
                Err(_) => return (out, true),
            }
            if out.len() as u64 > MAX_FILE {
                return (out, false);
            }
        }
    }
}

/// Whether the head of a file is a TAR's.
pub fn looks_like_tar(head: &[u8]) -> bool {
    head.get(TAR_MARK).is_some_and(|mark| mark == b"ustar")
}

/// Whether the head of a file is zlib's (RFC 1950): its two bytes could be text, so some of it has to unpack.
pub fn looks_like_zlib(head: &[u8]) -> bool {
    matches!(head, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..])
        && flate2::read::ZlibDecoder::new(head).read(&mut [0; 64]).is_ok_and(|len| len > 0)
}

/// Hands over what is packed: the files of a TAR, or the one file that it is.
pub fn read_packed(packing: Packing, bytes: &[u8], out: &mut Out) -> Read {
    let media_type = packing.media_type();
    let (content, damaged) = packing.unpacked(bytes);
    if content.len() as u64 > MAX_FILE {
        return unread(out, Kind::Other, media_type, "too-much", &format!("more than {MAX_FILE} bytes once unpacked"));
    }
    if content.is_empty() && damaged {
        return unread(out, Kind::Other, media_type, "malformed", "it can't be unpacked");
    }
    if looks_like_tar(&content) {
        read_tar(&content, media_type, out)?;
    } else {
        out.about(about(Kind::Other, media_type, Vec::new()))?;
        let name = (packing == Packing::Gzip).then(|| gzip_name(bytes)).flatten();
        match name {
            Some(name) => drop(Counted::default().hand_over(&name, content, false, out)?),
            // A name of ours is no word of the file's.
            None => out.part("content", "application/octet-stream", &content)?,
        }
    }
    if damaged {
        out.finding("truncated", Severity::Partial, "it can't be unpacked to its end")?;
    }
    Ok(())
}

/// The name that a GZIP keeps of its file.
fn gzip_name(bytes: &[u8]) -> Option<String> {
    let decoder = flate2::read::GzDecoder::new(bytes);
    let name = decoder.header()?.filename()?;
    Some(crate::text::decode(name)?.text).filter(|name| !name.is_empty())
}

/// Hands over the files of a TAR.
pub fn read_tar(bytes: &[u8], media_type: &str, out: &mut Out) -> Read {
    out.about(about(Kind::Other, media_type, Vec::new()))?;
    let mut archive = tar::Archive::new(Cursor::new(bytes));
    let mut count = Counted::default();
    for entry in archive.entries().into_iter().flatten() {
        let Ok(entry) = entry else {
            count.missed += 1;
            break;
        };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let mut content = Vec::new();
        let read = entry.take(MAX_FILE + 1).read_to_end(&mut content);
        if !count.hand_over(&name, content, read.is_err(), out)? {
            break;
        }
    }
    count.tell(out)
}

/// Hands over the files of a 7z.
pub fn read_sevenz(bytes: &[u8], out: &mut Out) -> Read {
    const TYPE: &str = "application/x-7z-compressed";
    let memory = usize::try_from(MAX_MEMORY >> 10).unwrap_or(usize::MAX);
    let password = sevenz_rust2::Password::empty();
    let reader = sevenz_rust2::ArchiveReader::new_with_memory_limit(Cursor::new(bytes), password, memory);
    let mut reader = match reader {
        Ok(reader) => reader,
        Err(error) => return unread_sevenz(&error, TYPE, out),
    };
    reader.set_thread_count(1);
    out.about(about(Kind::Other, TYPE, Vec::new()))?;
    let mut count = Counted::default();
    let mut broken = None;
    let told = reader.for_each_entries(|entry, from| {
        if entry.is_directory() || !entry.has_stream() {
            return Ok(true);
        }
        let mut content = Vec::new();
        let read = from.take(MAX_FILE + 1).read_to_end(&mut content);
        match count.hand_over(entry.name(), content, read.is_err(), out) {
            Ok(more) => Ok(more),
            Err(error) => {
                broken = Some(error);
                Ok(false)
            }
        }
    });
    if let Some(error) = broken {
        return Err(error);
    }
    match told {
        Err(error) if count.files == 0 => return finding_sevenz(&error, out),
        Err(_) => count.missed += 1,
        Ok(_) => {}
    }
    count.tell(out)
}

fn is_locked(error: &sevenz_rust2::Error) -> bool {
    use sevenz_rust2::Error::{MaybeBadPassword, PasswordRequired, UnsupportedCompressionMethod};
    match error {
        PasswordRequired | MaybeBadPassword(_) => true,
        // Encryption is one of its methods.
        UnsupportedCompressionMethod(method) => method.contains("AES"),
        _ => false,
    }
}

fn unread_sevenz(error: &sevenz_rust2::Error, media_type: &str, out: &mut Out) -> Read {
    out.about(about(Kind::Other, media_type, Vec::new()))?;
    finding_sevenz(error, out)
}

fn finding_sevenz(error: &sevenz_rust2::Error, out: &mut Out) -> Read {
    match is_locked(error) {
        true => out.finding("encrypted", Severity::Unread, "it opens with a password only"),
        false => out.finding("malformed", Severity::Unread, "it can't be unpacked"),
    }
}

/// What was handed over and what was not.
#[derive(Default)]
struct Counted {
    files: u64,
    bytes: u64,
    missed: usize,
    cut: bool,
}

impl Counted {
    /// Hands over a file; whether there is room for more.
    fn hand_over(
        &mut self,
        name: &str,
        content: Vec<u8>,
        damaged: bool,
        out: &mut Out,
    ) -> Result<bool, casemate_fence::ReplyError> {
        let len = content.len() as u64;
        if damaged || len > MAX_FILE {
            self.missed += 1;
            return Ok(true);
        }
        if self.files >= MAX_PARTS || self.bytes.saturating_add(len) > MAX_ALL {
            self.cut = true;
            return Ok(false);
        }
        self.files += 1;
        self.bytes += len;
        // What is in an archive is itself a thing to be found.
        out.passage(passage(Place::Lines { first: self.files, last: self.files }, name))?;
        out.part(name, "application/octet-stream", &content)?;
        Ok(true)
    }

    fn tell(&self, out: &mut Out) -> Read {
        if self.missed > 0 {
            out.finding("part-unread", Severity::Partial, &format!("{} files can't be unpacked", self.missed))?;
        }
        if self.cut {
            out.finding("too-much", Severity::Partial, "more files or bytes than are unpacked; the rest was left")?;
        }
        Ok(())
    }
}

/// Hands over the files of a ZIP.
pub fn read_zip(mut package: Package, out: &mut Out) -> Read {
    let names = package.names();
    out.about(about(Kind::Other, "application/zip", vec![("files".to_owned(), names.len().to_string())]))?;
    let (mut locked, mut count) = (0usize, Counted { cut: package.is_cut(), ..Counted::default() });
    for name in &names {
        match package.read(name) {
            Ok(content) => {
                if !count.hand_over(name, content, false, out)? {
                    break;
                }
            }
            Err(Fault::Encrypted) => locked += 1,
            Err(Fault::TooMuch) => {
                count.cut = true;
                break;
            }
            Err(_) => count.missed += 1,
        }
    }
    if locked > 0 {
        let severity = if locked == names.len() { Severity::Unread } else { Severity::Partial };
        out.finding("encrypted", severity, &format!("{locked} of {} files need a password", names.len()))?;
    }
    count.tell(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::out::tests::{Heard, heard};

    fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = tar::Builder::new(Vec::new());
        for (name, content) in files {
            let mut header = tar::Header::new_ustar();
            header.set_size(content.len() as u64);
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            archive.append(&header, *content).unwrap();
        }
        archive.into_inner().unwrap()
    }

    fn gzipped(content: &[u8], name: Option<&str>) -> Vec<u8> {
        let mut builder = flate2::GzBuilder::new();
        if let Some(name) = name {
            builder = builder.filename(name);
        }
        let mut gzip = builder.write(Vec::new(), flate2::Compression::default());
        gzip.write_all(content).unwrap();
        gzip.finish().unwrap()
    }

    fn parts(heard: &Heard) -> Vec<(&str, &[u8])> {
        heard.parts.iter().map(|(name, _, content)| (name.as_str(), content.as_slice())).collect()
    }

    #[test]
    fn files_of_a_tar_come_out_packed_or_not_and_names_are_no_paths() {
        let tar = tarred(&[("a/b.txt", b"one"), ("../../etc/passwd", b"two")]);
        assert!(looks_like_tar(&tar));
        let expected: [(&str, &[u8]); 2] = [("a/b.txt", b"one"), ("../../etc/passwd", b"two")];
        assert_eq!(parts(&heard(|out| read_tar(&tar, "application/x-tar", out))), expected);
        let h = heard(|out| read_packed(Packing::Gzip, &gzipped(&tar, None), out));
        assert_eq!((parts(&h), h.findings.len()), (expected.to_vec(), 0));
    }

    #[test]
    fn one_packed_file_keeps_its_name_and_what_came_before_a_fault() {
        let packed = gzipped(b"a letter", Some("letter.txt"));
        let h = heard(|out| read_packed(Packing::Gzip, &packed, out));
        assert_eq!(parts(&h), [("letter.txt", &b"a letter"[..])]);
        let long = gzipped(&(0..200_000u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>(), None);
        let h = heard(|out| read_packed(Packing::Gzip, &long[..long.len() / 2], out));
        assert_eq!((h.parts.len(), h.findings.as_slice()), (1, &["truncated".to_owned()][..]));
        for packing in [Packing::Gzip, Packing::Bzip2, Packing::Xz, Packing::Zstd, Packing::Lz4, Packing::Zlib] {
            let h = heard(|out| read_packed(packing, b"no such thing, whatever it says", out));
            assert_eq!((h.parts.len(), h.findings.as_slice()), (0, &["malformed".to_owned()][..]), "{packing:?}");
        }
    }

    #[test]
    fn a_bomb_is_told_and_not_unpacked() {
        let h = heard(|out| read_packed(Packing::Gzip, &gzipped(&vec![0; (MAX_FILE + 2) as usize], None), out));
        assert_eq!((h.parts.len(), h.findings.as_slice()), (0, &["too-much".to_owned()][..]));
    }

    #[test]
    fn what_is_no_sevenz_says_so() {
        let h = heard(|out| read_sevenz(b"7z\xbc\xaf\x27\x1c and no more", out));
        assert_eq!(h.findings, ["malformed"]);
    }
}
