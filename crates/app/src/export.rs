//! Export: every original back, byte for byte, under names that are safe anywhere; with keys if asked.
//!
//! Keeps: I1; a file that is there already with the right bytes is left, one with others is never overwritten; an original
//! gets its name only when it is whole and durable. Does not know: derivatives.

use crate::catalogue::Exhibit;
use crate::progress::Stage;
use crate::unnamed::sync_folder;
use crate::{AppError, Session, Watch};
use casemate_vault::{ExportedKey, ObjectReader, VaultError};
use serde::Serialize;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use utoipa::ToSchema;

/// Longest name that is kept of an original's, in bytes, before its ending.
const STEM_BYTES_MAX: usize = 100;
/// Longest ending kept, in characters.
const ENDING_CHARS_MAX: usize = 16;
const PIECE: usize = 256 * 1024;
/// Names that some systems keep for devices.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Where to.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// The folder; it is made if it is not there.
    pub folder: PathBuf,
    /// Whether to write the key of each original and full segment, so that stock `age` opens the case's own files.
    pub keys: bool,
}

/// An original that was not written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NotExported {
    /// The exhibit's number.
    pub exhibit: u64,
    /// Why.
    pub why: String,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExportReply {
    /// The folder.
    #[schema(value_type = String)]
    pub folder: PathBuf,
    /// Originals written now.
    pub written: u64,
    /// Originals that were there already, compared byte for byte.
    pub same: u64,
    /// Bytes written now.
    pub bytes: u64,
    /// What could not be written.
    pub failed: Vec<NotExported>,
    /// Key files written.
    pub keys: u64,
}

/// Writes every original.
///
/// # Errors
/// [`AppError::File`] if the folder can't be written, [`AppError::Stopped`]; a damaged original is in the reply instead.
pub fn export(session: &Session, request: &ExportRequest, watch: &Watch<'_>) -> Result<ExportReply, AppError> {
    let folder = &request.folder;
    std::fs::create_dir_all(folder).map_err(AppError::file(folder))?;
    let mut reply = ExportReply { folder: folder.clone(), written: 0, same: 0, bytes: 0, failed: Vec::new(), keys: 0 };
    let total = session.catalogue.len() as u64;
    for (done, exhibit) in (0u64..).zip(session.catalogue.exhibits()) {
        watch.tell(Stage::Exporting, done, Some(total), Some(exhibit.number));
        if watch.stopped() {
            return Err(AppError::Stopped);
        }
        match original(session, exhibit, folder, watch) {
            Ok(Some(bytes)) => {
                reply.written += 1;
                reply.bytes += bytes;
            }
            Ok(None) => reply.same += 1,
            Err(Failure::Here(cause)) => return Err(cause),
            Err(Failure::There(why)) => reply.failed.push(NotExported { exhibit: exhibit.number, why }),
        }
    }
    if request.keys {
        reply.keys = keys(session, folder)?;
    }
    sync_folder(folder).map_err(AppError::file(folder))?;
    watch.tell(Stage::Exporting, total, Some(total), None);
    Ok(reply)
}

/// Why one original was not written: the folder (all stop), or the original (the others go on).
enum Failure {
    Here(AppError),
    There(String),
}

impl From<VaultError> for Failure {
    fn from(cause: VaultError) -> Self {
        Self::There(cause.to_string())
    }
}

fn here(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    move |cause| Failure::Here(AppError::file(path)(cause))
}

/// Writes one original; `None` if it was there already.
fn original(session: &Session, exhibit: &Exhibit, folder: &Path, watch: &Watch<'_>) -> Result<Option<u64>, Failure> {
    let Some(sealed) = &exhibit.sealed else {
        return Err(Failure::There("its name and keys are sealed".into()));
    };
    let path = folder.join(safe_name(exhibit.number, &sealed.name));
    let mut reader = session.vault.read(&sealed.object)?;
    match File::open(&path) {
        Ok(there) => return if same(there, &mut reader)? { Ok(None) } else { Err(other(&path)) },
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(here(&path)(e)),
    }
    let partial = folder.join(format!("{:05}.partial", exhibit.number));
    let written = copy(&mut reader, &partial, watch);
    if written.is_err() {
        // What was written so far is no original.
        let _ = std::fs::remove_file(&partial);
    }
    let bytes = written?;
    std::fs::rename(&partial, &path).map_err(here(&path))?;
    Ok(Some(bytes))
}

/// Writes what the reader gives into a file that only its owner may read.
fn copy(reader: &mut ObjectReader, partial: &Path, watch: &Watch<'_>) -> Result<u64, Failure> {
    let mut file = private(partial).map_err(here(partial))?;
    let mut piece = vec![0; PIECE];
    let mut bytes = 0u64;
    loop {
        if watch.stopped() {
            return Err(Failure::Here(AppError::Stopped));
        }
        let n = match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) => return Err(Failure::There(format!("its object can't be read to the end: {e}"))),
        };
        file.write_all(piece.get(..n).unwrap_or_default()).map_err(here(partial))?;
        bytes += n as u64;
    }
    file.sync_all().map_err(here(partial))?;
    Ok(bytes)
}

fn other(path: &Path) -> Failure {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Failure::There(format!("another file is called {name} there"))
}

/// Whether a file holds the bytes of an object.
fn same(mut there: File, reader: &mut ObjectReader) -> Result<bool, Failure> {
    let (mut a, mut b) = (vec![0; PIECE], vec![0; PIECE]);
    let unreadable = |e: std::io::Error| Failure::There(format!("it can't be compared: {e}"));
    if there.metadata().map_err(unreadable)?.len() != reader.size() {
        return Ok(false);
    }
    loop {
        let n = reader.read(&mut a).map_err(unreadable)?;
        if n == 0 {
            return Ok(true);
        }
        let (ours, theirs) = (a.get(..n).unwrap_or_default(), b.get_mut(..n).unwrap_or_default());
        there.read_exact(theirs).map_err(unreadable)?;
        if ours != theirs {
            return Ok(false);
        }
    }
}

/// The exhibit's number, then what of the original's name is safe on every system.
fn safe_name(number: u64, name: &str) -> String {
    let leaf = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let keep = |c: char| {
        let bad = c.is_control()
            || "<>:\"|?*/\\".contains(c)
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if bad { '_' } else { c }
    };
    let clean: String = leaf.chars().map(keep).collect();
    let clean = clean.trim_matches(|c: char| c == '.' || c == ' ');
    let (stem, ending) = match clean.rsplit_once('.') {
        Some((stem, ending)) if !ending.is_empty() && ending.chars().count() <= ENDING_CHARS_MAX => (stem, ending),
        _ => (clean, ""),
    };
    let mut cut = stem.len().min(STEM_BYTES_MAX);
    while !stem.is_char_boundary(cut) {
        cut -= 1;
    }
    let stem = stem.get(..cut).unwrap_or_default();
    let stem = if DEVICES.contains(&stem.to_ascii_lowercase().as_str()) { "_" } else { stem };
    let mut out = format!("{number:05}");
    if !stem.is_empty() {
        let _ = write!(out, "-{stem}");
    }
    if !ending.is_empty() {
        let _ = write!(out, ".{ending}");
    }
    out
}

/// One line of `keys/manifest.json`.
#[derive(Serialize)]
struct Key {
    /// Absent for a segment of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    exhibit: Option<u64>,
    /// The file, from the case folder: an exhibit's object, or a full segment of the log.
    object: String,
    /// The identity's file, beside the manifest.
    identity: String,
    /// True length: what follows in the object is padding.
    size: u64,
    sha256: String,
    command: String,
}

/// Writes an identity and tells its line of the manifest.
fn key_line(folder: &Path, identity: String, exhibit: Option<u64>, key: ExportedKey) -> Result<Key, AppError> {
    let path = folder.join(&identity);
    let mut text = zeroize::Zeroizing::new(String::new());
    text.push_str(&key.identity);
    text.push('\n');
    secret(&path, text.as_bytes()).map_err(AppError::file(&path))?;
    let command = format!("age -d -i keys/{identity} CASE/{} | head -c {}", key.file, key.size);
    Ok(Key { exhibit, object: key.file, identity, size: key.size, sha256: key.sha256, command })
}

/// Writes `keys/`: an age identity for each original and each full segment of the log, and a manifest.
fn keys(session: &Session, folder: &Path) -> Result<u64, AppError> {
    let folder = folder.join("keys");
    std::fs::create_dir_all(&folder).map_err(AppError::file(&folder))?;
    let mut manifest = Vec::new();
    for exhibit in session.catalogue.exhibits() {
        let Some(sealed) = &exhibit.sealed else { continue };
        // An original whose file is gone stands in the reply already.
        let Ok(key) = session.vault.export_key(&sealed.object) else { continue };
        manifest.push(key_line(&folder, format!("{:05}.key", exhibit.number), Some(exhibit.number), key)?);
    }
    for key in session.vault.export_segments()? {
        let number = key.file.rsplit('/').next().unwrap_or_default();
        manifest.push(key_line(&folder, format!("segment-{number}.key"), None, key)?);
    }
    let path = folder.join("manifest.json");
    let text = serde_json::to_vec_pretty(&manifest).map_err(|e| AppError::file(&path)(e.into()))?;
    secret(&path, &text).map_err(AppError::file(&path))?;
    sync_folder(&folder).map_err(AppError::file(&folder))?;
    Ok(manifest.len() as u64)
}

/// A file that only its owner reads.
fn secret(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = private(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new file, or an old one emptied, that only its owner may read.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_begin_with_the_number() {
        let table = [
            ("call.amr", "00007-call.amr"),
            ("../../etc/passwd", "00007-passwd"),
            ("C:\\x\\NUL.txt", "00007-_.txt"),
            ("a\u{202e}gpj.exe", "00007-a_gpj.exe"),
            ("录音 2025.wav", "00007-录音 2025.wav"),
            ("...", "00007"),
            ("", "00007"),
            (".hidden", "00007-hidden"),
            ("a:b?.txt\n", "00007-a_b_.txt_"),
        ];
        for (name, want) in table {
            assert_eq!(safe_name(7, name), want, "{name:?}");
        }
        let long = safe_name(1, &"录".repeat(300));
        assert!(long.len() < 120, "{}", long.len());
        assert!(safe_name(1, &format!("{}.wav", "x".repeat(400))).ends_with("x.wav"));
    }
}
