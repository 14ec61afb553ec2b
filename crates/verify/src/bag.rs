//! The bag in the zip (BagIt 1.0, RFC 8493): its manifests list every file, with the right hash.
//!
//! Keeps: a file outside the manifests, or one they list that isn't there, is refused; memory is bounded by the number
//! of files. Does not know: what the files mean.

use crate::statement::Statement;
use crate::zip::{Archive, Directory, Entry, ROOT, ZipError};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Read, Seek};

/// The payload manifest.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The manifest of tag files.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The signature over [`TAG_MANIFEST`].
pub const SIGNATURE: &str = "disclosure.sig";
/// Folder of the payload.
pub const PAYLOAD: &str = "data/";
/// The pages for a reader.
pub const READMES: [&str; 3] = ["README.en.txt", "README.fr.txt", "README.zh-Hans.txt"];
/// The bag's own files, whatever it carries.
const OWN: [&str; 9] = [
    "bagit.txt",
    "bag-info.txt",
    "disclosure.cbor",
    MANIFEST,
    TAG_MANIFEST,
    SIGNATURE,
    READMES[0],
    READMES[1],
    READMES[2],
];
/// What `bagit.txt` holds.
pub const BAGIT_TXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// Longest manifest in bytes.
pub const MANIFEST_BYTES_MAX: u64 = 1 << 25;
/// Most tokens of time of a bundle.
pub const STAMPS_MAX: usize = 64;
/// Endings of the files of a token: those that must be there, and those that may.
const STAMP_FILES: [&str; 4] = ["note", "proof", "salt", "tsr"];
const STAMP_FILES_OPTIONAL: [&str; 2] = ["crl", "crt"];
/// Endings of the files that show the act which records it: all or none.
const STAMP_ACT_FILES: [&str; 3] = ["act", "leaves", "tlog"];
/// Most cosigned checkpoints of a bundle.
pub const WITNESSES_MAX: usize = 64;
/// Endings of the files of a cosigned checkpoint.
const WITNESS_FILES: [&str; 3] = ["note", "proof", "key"];
const BUFFER_BYTES: usize = 64 * 1024;

/// Why a bag is refused.
#[derive(Debug, thiserror::Error)]
pub enum BagError {
    /// The archive.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// The file could not be read.
    #[error("reading the bundle: {0}")]
    Io(#[from] std::io::Error),
    /// A file that must be there is not.
    #[error("{0} is missing")]
    Missing(String),
    /// Longer than its limit.
    #[error("{0} is longer than its limit")]
    TooLong(String),
    /// A manifest is not, byte for byte, the one that the files make.
    #[error("{manifest} is not the list of the files that are there: {file}")]
    Manifest {
        /// Which manifest.
        manifest: &'static str,
        /// The first file that differs.
        file: String,
    },
    /// A file that the statement does not call for.
    #[error("{0} belongs to nothing that the statement names")]
    Surplus(String),
    /// `bagit.txt` differs.
    #[error("bagit.txt is not that of BagIt 1.0")]
    Declaration,
}

/// Lower-case hex of a SHA-256.
#[must_use]
pub fn hex(hash: &[u8]) -> String {
    hash.iter().fold(String::new(), |mut out, b| {
        // Writing to a string can't fail.
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// SHA-256 of a stream.
///
/// # Errors
/// When it can't be read.
pub fn sha256(from: &mut dyn Read) -> std::io::Result<[u8; 32]> {
    sha256_by(from, &mut vec![0; BUFFER_BYTES])
}

/// The same by way of a buffer that is at hand.
fn sha256_by(from: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<[u8; 32]> {
    let mut hasher = Sha256::new();
    loop {
        let n = from.read(buffer)?;
        match buffer.get(..n) {
            Some(part) if n > 0 => hasher.update(part),
            _ => return Ok(hasher.finalize().into()),
        }
    }
}

/// A line of a manifest.
#[must_use]
pub fn line(hash: &[u8; 32], path: &str) -> String {
    format!("{}  {path}\n", hex(hash))
}

/// Reads a whole small file of the bag.
///
/// # Errors
/// Missing, longer than `most`, unreadable.
pub fn small<R: Read + Seek>(archive: &Archive, source: &mut R, path: &str, most: u64) -> Result<Vec<u8>, BagError> {
    let entry = archive.find(&format!("{ROOT}{path}")).ok_or_else(|| BagError::Missing(path.to_owned()))?;
    if entry.size > most {
        return Err(BagError::TooLong(path.to_owned()));
    }
    let mut out = Vec::new();
    archive.open(source, entry)?.read_to_end(&mut out)?;
    Ok(out)
}

/// An archive that was compared, and the SHA-256 of each entry, taken in the same pass.
#[derive(Debug)]
pub struct Summed<'a> {
    archive: &'a Archive,
    sums: Vec<[u8; 32]>,
}

impl<'a> Summed<'a> {
    /// Compares the archive of a directory.
    ///
    /// # Errors
    /// As [`Directory::compare`].
    pub fn compare<R: Read + Seek>(directory: &'a Directory, source: &mut R) -> Result<Self, ZipError> {
        let (mut sums, mut buffer) = (Vec::new(), vec![0; BUFFER_BYTES]);
        let archive = directory.compare(source, &mut |content| {
            sums.push(sha256_by(content, &mut buffer)?);
            Ok(())
        })?;
        Ok(Self { archive, sums })
    }

    /// The archive.
    #[must_use]
    pub fn archive(&self) -> &'a Archive {
        self.archive
    }
}

/// Checks both manifests against the files; answers the bytes of the tag manifest, which are signed.
///
/// # Errors
/// The first thing that is not as a bag has it.
pub fn check<R: Read + Seek>(summed: &Summed<'_>, source: &mut R) -> Result<Vec<u8>, BagError> {
    let archive = summed.archive;
    if small(archive, source, "bagit.txt", BAGIT_TXT.len() as u64)? != BAGIT_TXT.as_bytes() {
        return Err(BagError::Declaration);
    }
    let path = |e: &Entry| e.name.strip_prefix(ROOT).unwrap_or_default().to_owned();
    let payload = |p: &str| p.starts_with(PAYLOAD);
    let tag = |p: &str| !payload(p) && p != TAG_MANIFEST && p != SIGNATURE;
    compare(summed, source, MANIFEST, |e| payload(&path(e)))?;
    compare(summed, source, TAG_MANIFEST, |e| tag(&path(e)))
}

/// Checks that the files are exactly those that a statement calls for, beside the bag's own.
///
/// # Errors
/// [`BagError::Missing`], [`BagError::Surplus`].
pub fn exactly(archive: &Archive, statement: &Statement) -> Result<(), BagError> {
    let mut expected = statement.files();
    expected.extend(OWN.map(str::to_owned));
    for number in statement.items.iter().map(|item| item.number).filter(|_| statement.case.is_some()) {
        let name = |ending: &str| format!("proof/{number:03}.{ending}");
        // Of an act of another lane the way there stands in the place of the own lane's proof.
        if archive.find(&format!("{ROOT}{}", name("via"))).is_some() {
            expected.remove(&name("tlog"));
            expected.extend(["via", "commit.act", "commit.leaves", "commit.tlog"].map(name));
        }
    }
    if statement.case.is_some() {
        expected.extend(stamp_files(archive));
        expected.extend(witness_files(archive));
    }
    let names = archive.entries().iter().map(|e| e.name.strip_prefix(ROOT).unwrap_or_default());
    let mut seen = BTreeSet::new();
    for name in names {
        if !expected.contains(name) {
            return Err(BagError::Surplus(name.to_owned()));
        }
        seen.insert(name);
    }
    let missing = expected.iter().find(|path| !seen.contains(path.as_str()));
    missing.map_or(Ok(()), |path| Err(BagError::Missing(path.clone())))
}

/// What the files of the token of a number, from 1, are called below `proof/`, without their endings.
#[must_use]
pub fn stamp_name(number: usize) -> String {
    format!("time/{number:02}")
}

/// A file of the token of a number, from 1.
#[must_use]
pub fn stamp_file(number: usize, ending: &str) -> String {
    format!("proof/{}.{ending}", stamp_name(number))
}

/// The files of the tokens that are there: numbered without a gap.
fn stamp_files(archive: &Archive) -> Vec<String> {
    let has = |file: &String| archive.find(&format!("{ROOT}{file}")).is_some();
    let numbers = (1..=STAMPS_MAX).take_while(|number| has(&stamp_file(*number, STAMP_FILES[0])));
    let files = numbers.flat_map(|number| {
        let file = |ending: &&str| stamp_file(number, ending);
        let may = STAMP_FILES_OPTIONAL.iter().map(file).filter(&has);
        let act: Vec<String> = STAMP_ACT_FILES.iter().map(file).collect();
        let act = if act.iter().any(&has) { act } else { Vec::new() };
        STAMP_FILES.iter().map(file).chain(may).chain(act).collect::<Vec<_>>()
    });
    files.collect()
}

/// A file of the cosigned checkpoint of a number, from 1.
#[must_use]
pub fn witness_file(number: usize, ending: &str) -> String {
    format!("proof/witness/{number:02}.{ending}")
}

/// The files of the cosigned checkpoints that are there: numbered without a gap.
fn witness_files(archive: &Archive) -> Vec<String> {
    let has = |number: &usize| archive.find(&format!("{ROOT}{}", witness_file(*number, WITNESS_FILES[0]))).is_some();
    let numbers = (1..=WITNESSES_MAX).take_while(has);
    numbers.flat_map(|number| WITNESS_FILES.map(|ending| witness_file(number, ending))).collect()
}

fn compare<R: Read + Seek>(
    summed: &Summed<'_>,
    source: &mut R,
    manifest: &'static str,
    listed: impl Fn(&Entry) -> bool,
) -> Result<Vec<u8>, BagError> {
    let bytes = small(summed.archive, source, manifest, MANIFEST_BYTES_MAX)?;
    let mut rest = bytes.as_slice();
    for (index, entry) in summed.archive.entries().iter().enumerate().filter(|(_, e)| listed(e)) {
        let path = entry.name.strip_prefix(ROOT).unwrap_or_default();
        let want = summed.sums.get(index).map(|sum| line(sum, path));
        rest = want
            .and_then(|want| rest.strip_prefix(want.as_bytes()))
            .ok_or_else(|| BagError::Manifest { manifest, file: path.to_owned() })?;
    }
    if rest.is_empty() {
        Ok(bytes)
    } else {
        Err(BagError::Manifest { manifest, file: "a file that is not there".to_owned() })
    }
}
