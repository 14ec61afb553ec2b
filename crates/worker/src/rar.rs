//! RAR, of every age: what is in it is handed over as what is in other archives.
//!
//! Keeps: one pass, bounded in number, bytes and memory; a file whose sum does not hold is not handed over.
//! Does not know: passwords, the other volumes of a set.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use casemate_fence::ReplyError;
use casemate_ports::reading::{Kind, Severity};
use rars::{
    Archive, ArchiveMember, ArchiveReadOptions, ArchiveReader, Error, ErrorKind, ExtractionDecision,
    ExtractionErrorAction,
};

use crate::archive::{Counted, MAX_ALL, MAX_FILE, MAX_MEMORY};
use crate::out::{Out, Read, about, unread};
use crate::text::decode;

const TYPE: &str = "application/vnd.rar";
/// Most headers of an archive, and all their bytes.
const MAX_HEADERS: u64 = 100_000;
const MAX_HEADER_BYTES: u64 = 64 << 20;

/// Where a file is unpacked to.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Hands over the files.
pub fn read(bytes: Vec<u8>, out: &mut Out) -> Read {
    let options = ArchiveReadOptions::new()
        .with_max_header_count(MAX_HEADERS)
        .with_max_header_bytes(MAX_HEADER_BYTES)
        .with_max_total_output_bytes(MAX_ALL)
        .with_max_reader_workspace_bytes(MAX_MEMORY)
        .with_rar50_dictionary_size_limit(MAX_MEMORY)
        .with_rar50_buffered_decode_limit(MAX_FILE);
    let archive = match ArchiveReader::read_owned_with_options(bytes, options) {
        Ok(archive) => archive,
        Err(error) => {
            let (id, detail) = match is_locked(&error) {
                true => ("encrypted", "it opens with a password only"),
                false => ("malformed", "its headers can't be read"),
            };
            return unread(out, Kind::Other, TYPE, id, detail);
        }
    };
    let comment = archive.comment_with_options(options).ok().flatten().and_then(|comment| decode(&comment));
    let links = archive.members().filter(|member| member.meta.is_redirection).count();
    let files = archive.members().filter(|member| !member.meta.is_directory && !member.meta.is_redirection).count();
    let mut metadata = vec![("files".to_owned(), files.to_string())];
    metadata.extend((links > 0).then(|| ("links".to_owned(), links.to_string())));
    metadata.extend(comment.map(|comment| ("comment".to_owned(), comment.text.trim_end_matches('\0').to_owned())));
    out.about(about(Kind::Other, TYPE, metadata))?;
    let mut taking = Taking { out, count: Counted::default(), locked: 0, split: 0, open: None, broken: None };
    let ended = taking.take(&archive, options);
    let Taking { count, locked, split, broken, out, .. } = taking;
    broken.map_or(Ok(()), Err)?;
    tell(files, locked, split, count, ended, out)
}

fn tell(files: usize, locked: usize, split: usize, mut count: Counted, ended: Option<Error>, out: &mut Out) -> Read {
    let mut locked = locked;
    match ended.as_ref().map(Error::kind) {
        Some(ErrorKind::ResourceLimit) => count.cut = true,
        Some(_) if ended.as_ref().is_some_and(is_locked) => locked = locked.max(1),
        Some(_) => count.missed += 1,
        None => {}
    }
    if locked > 0 {
        let severity = if count.files == 0 { Severity::Unread } else { Severity::Partial };
        out.finding("encrypted", severity, &format!("{locked} of {files} files need a password"))?;
    }
    if split > 0 {
        let detail = format!("{split} files begin or go on in other volumes of a set");
        out.finding("part-unread", Severity::Partial, &detail)?;
    }
    count.tell(out)
}

fn is_locked(error: &Error) -> bool {
    let locked = matches!(error.kind(), ErrorKind::PasswordRequired | ErrorKind::BadPassword);
    // What is enciphered is left out of this build: nobody gives a password here.
    locked || matches!(error.root_cause(), Error::FeatureDisabled { .. } | Error::Rar50Crypto(_))
}

/// A pass through an archive.
struct Taking<'o> {
    out: &'o mut Out,
    count: Counted,
    locked: usize,
    split: usize,
    /// The file that is being unpacked: whole when the next one is asked for.
    open: Option<(String, Shared)>,
    broken: Option<ReplyError>,
}

impl Taking<'_> {
    /// Unpacks what can be; the fault that ended it.
    fn take(&mut self, archive: &Archive, options: ArchiveReadOptions<'_>) -> Option<Error> {
        let solid = archive.members().any(|member| member.is_solid());
        let encrypted = archive.members().filter(|member| member.meta.is_encrypted).count();
        if solid && encrypted > 0 {
            self.locked = encrypted;
            return None;
        }
        let taking = RefCell::new(&mut *self);
        let ended = archive.extract_with_control_and_errors(
            options,
            |member| Ok(taking.borrow_mut().decide(member, solid)),
            |_, error| {
                let mut taking = taking.borrow_mut();
                taking.open = None;
                match is_locked(error) {
                    true => taking.locked += 1,
                    false => taking.count.missed += 1,
                }
                Ok(ExtractionErrorAction::Continue)
            },
        );
        match ended {
            Ok(_) => {
                self.flush();
                None
            }
            Err(error) => Some(error),
        }
    }

    fn decide(&mut self, member: &ArchiveMember, solid: bool) -> ExtractionDecision {
        if !self.flush() {
            return ExtractionDecision::Stop;
        }
        let meta = &member.meta;
        if meta.is_directory || meta.is_redirection {
            return ExtractionDecision::Skip;
        }
        if meta.is_split_before || meta.is_split_after {
            self.split += 1;
            return ExtractionDecision::Skip;
        }
        if meta.is_encrypted {
            self.locked += 1;
            return ExtractionDecision::Skip;
        }
        if meta.unpacked_size > MAX_FILE {
            self.count.cut = true;
            return if solid { ExtractionDecision::Extract(Box::new(io::sink())) } else { ExtractionDecision::Skip };
        }
        let name = decode(&meta.name).map_or_else(|| meta.name_lossy(), |name| name.text);
        let to = Shared::default();
        self.open = Some((name, to.clone()));
        ExtractionDecision::Extract(Box::new(to))
    }

    /// Hands over what is whole; whether to go on.
    fn flush(&mut self) -> bool {
        let Some((name, content)) = self.open.take() else { return self.broken.is_none() };
        match self.count.hand_over(&name, content.0.take(), false, self.out) {
            Ok(more) => more,
            Err(error) => {
                self.broken = Some(error);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::out::tests::{Heard, heard};

    /// A header of RAR 5: its sum, its size, what it says.
    fn header(said: &[u8]) -> Vec<u8> {
        let mut sized = vec![u8::try_from(said.len()).unwrap()];
        sized.extend_from_slice(said);
        let mut crc = flate2::Crc::new();
        crc.update(&sized);
        [crc.sum().to_le_bytes().to_vec(), sized].concat()
    }

    /// An archive of stored files.
    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut all = b"Rar!\x1a\x07\x01\x00".to_vec();
        all.extend(header(&[1, 0, 0]));
        for (name, content) in files {
            let len = u8::try_from(content.len()).unwrap();
            let mut crc = flate2::Crc::new();
            crc.update(content);
            // A file, with data; its sizes, attributes, sum, stored, on Unix, its name.
            let mut said = vec![2, 2, len, 4, len, 0];
            said.extend(crc.sum().to_le_bytes());
            said.extend([0, 1, u8::try_from(name.len()).unwrap()]);
            said.extend(name.as_bytes());
            all.extend(header(&said));
            all.extend_from_slice(content);
        }
        all.extend(header(&[5, 0, 0]));
        all
    }

    fn parts(heard: &Heard) -> Vec<(&str, &[u8])> {
        heard.parts.iter().map(|(name, _, content)| (name.as_str(), content.as_slice())).collect()
    }

    #[test]
    fn files_come_out_and_names_are_no_paths() {
        let files: [(&str, &[u8]); 2] = [("合同.txt", b"one"), ("../../etc/passwd", b"two")];
        let h = heard(|out| read(packed(&files), out));
        assert_eq!((parts(&h), h.findings.len()), (files.to_vec(), 0), "{:?}", h.findings);
        assert_eq!(h.passages[0].text, "合同.txt");
    }

    #[test]
    fn a_file_whose_sum_does_not_hold_is_left_and_told() {
        let mut bytes = packed(&[("a", b"first"), ("b", b"second")]);
        let at = bytes.windows(5).position(|w| w == b"first").unwrap();
        bytes[at] = b'F';
        let h = heard(|out| read(bytes, out));
        assert_eq!((parts(&h), h.findings.as_slice()), (vec![("b", &b"second"[..])], &["part-unread".to_owned()][..]));
    }

    #[test]
    fn every_cut_and_every_changed_byte_ends_with_a_reading() {
        let whole = packed(&[("a", b"first"), ("b", b"second")]);
        for end in 0..whole.len() {
            let h = heard(|out| read(whole[..end].to_vec(), out));
            assert!(!h.parts.is_empty() || !h.findings.is_empty() || end >= 16, "{end}");
        }
        for at in 0..whole.len() {
            for bit in [1u8, 0x80] {
                let mut bytes = whole.clone();
                bytes[at] ^= bit;
                heard(|out| read(bytes, out));
            }
        }
        assert_eq!(heard(|out| read(b"Rar!\x1a\x07\x01\x00 and no more".to_vec(), out)).findings, ["malformed"]);
    }
}
