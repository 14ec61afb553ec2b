//! What a bundle is, in the words of other fields: RO-Crate for archives, CASE/UCO for laboratories of digital evidence.
//!
//! Keeps: nothing stands in it that its recipient can't read in the bundle; it is made of a bundle that was verified, and lies beside it, never inside. Does
//! not know: the case behind it; it proves nothing itself.

mod case_uco;
mod ro_crate;

use crate::verify::verify_held;
use crate::{AppError, Held};
use casemate_verify::bag::{self, MANIFEST, MANIFEST_BYTES_MAX};
use casemate_verify::statement::{STATEMENT_BYTES_MAX, Statement};
use casemate_verify::{Pins, Status, zip};
use serde_json::Value;
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;
use std::io::{Seek, SeekFrom};

/// Which words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// RO-Crate 1.1 (schema.org), JSON-LD.
    RoCrate,
    /// CASE 1.4 over UCO 1.4, JSON-LD.
    CaseUco,
}

/// A bundle that holds, as its recipient reads it.
struct Described {
    /// Its file's name.
    name: String,
    bytes: u64,
    sha256: [u8; 32],
    statement: Statement,
    /// Of each delivered file its SHA-256, hex.
    sums: BTreeMap<String, String>,
    /// Of each delivered file its size.
    sizes: BTreeMap<String, u64>,
}

/// Describes a bundle.
///
/// # Errors
/// [`AppError::BundleRefused`] for one that fails its verification; [`AppError::File`].
pub fn describe(bundle: &Held, vocabulary: Vocabulary) -> Result<Value, AppError> {
    let described = Described::read(bundle)?;
    Ok(match vocabulary {
        Vocabulary::RoCrate => ro_crate::document(&described),
        Vocabulary::CaseUco => case_uco::document(&described),
    })
}

impl Described {
    fn read(bundle: &Held) -> Result<Self, AppError> {
        let verdict = verify_held(bundle, &Pins::default())?;
        let ids: Vec<&str> = verdict.findings.iter().filter(|f| f.status == Status::Failed).map(|f| f.id).collect();
        let refused =
            |ids: &[&str]| AppError::BundleRefused { path: bundle.path().to_owned(), findings: ids.join(", ") };
        if !ids.is_empty() {
            return Err(refused(&ids));
        }
        let mut file = bundle.open()?;
        let archive = zip::read(&mut file).map_err(|_| refused(&["zip-strict"]))?;
        let statement = bag::small(&archive, &mut file, "disclosure.cbor", STATEMENT_BYTES_MAX);
        let statement = statement.ok().and_then(|bytes| Statement::decode(&bytes).ok());
        let manifest =
            bag::small(&archive, &mut file, MANIFEST, MANIFEST_BYTES_MAX).map_err(|_| refused(&["manifest"]))?;
        let lines = String::from_utf8_lossy(&manifest).into_owned();
        let sums =
            lines.lines().filter_map(|line| line.split_once("  ")).map(|(sum, path)| (path.to_owned(), sum.to_owned()));
        let entry = |e: &zip::Entry| Some((e.name.strip_prefix(zip::ROOT)?.to_owned(), e.size));
        Ok(Self {
            name: bundle.file_name(),
            bytes: file.seek(SeekFrom::End(0)).map_err(bundle.failed())?,
            sha256: bag::sha256(&mut bundle.open()?).map_err(bundle.failed())?,
            statement: statement.ok_or_else(|| refused(&["signature"]))?,
            sums: sums.collect(),
            sizes: archive.entries().iter().filter_map(entry).collect(),
        })
    }

    /// An id that is the same for the same bundle and thing: a UUID of version 5 (RFC 9562 § 5.5), which CASE asks for; the bundle's SHA-256 is its namespace.
    fn uuid(&self, of: &str) -> String {
        let mut id: [u8; 16] = [0; 16];
        let digest = Sha1::new().chain_update(self.sha256).chain_update(of).finalize();
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        id[6] = (id[6] & 0x0f) | 0x50;
        id[8] = (id[8] & 0x3f) | 0x80;
        let hex = bag::hex(&id);
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
        [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
    }
}

/// The media type of a delivered file, by the ending that the bundle gave it.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("txt") => "text/plain",
        Some("vtt") => "text/vtt",
        Some("csv") => "text/csv",
        Some("pdf") => "application/pdf",
        Some("wav") => "audio/vnd.wave",
        Some("mp3") => "audio/mpeg",
        Some("amr") => "audio/AMR",
        Some("flac") => "audio/flac",
        Some("m4a" | "mp4") => "audio/mp4",
        Some("ogg" | "opus") => "audio/ogg",
        Some("webm") => "audio/webm",
        _ => "application/octet-stream",
    }
}
