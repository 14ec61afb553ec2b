//! A model on disk: a folder with a `MANIFEST.toml` that names each file with its SHA-256, the licence and the
//! languages. Other models drop in by bringing such a folder.
//!
//! Keeps: nothing of a model is used before every pinned hash was found true; a file that the manifest doesn't name
//! is not read; only the bytes that were hashed are handed out where they fit in memory.
//! Does not know: what the files mean.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::error::SpeechError;

/// Name of the manifest in a model's folder.
pub const MANIFEST: &str = "MANIFEST.toml";
/// Longest manifest, in bytes.
pub const MAX_MANIFEST: u64 = 64 << 10;
/// Most files of one model.
pub const MAX_FILES: usize = 32;
/// Longest file that is read into memory whole, in bytes.
pub const MAX_SMALL_FILE: u64 = 32 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ManifestFile {
    name: String,
    version: String,
    licence: String,
    source: String,
    languages: Vec<String>,
    #[serde(default)]
    draft: Vec<String>,
    file: Vec<PinnedFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PinnedFile {
    name: String,
    sha256: String,
}

/// A model whose files were all found to be the pinned ones.
#[derive(Clone, Debug)]
pub struct Model {
    folder: PathBuf,
    /// Name, as the manifest has it.
    pub name: String,
    /// Version, as the manifest has it.
    pub version: String,
    /// Licence, SPDX.
    pub licence: String,
    /// Where it came from.
    pub source: String,
    /// BCP 47 primary tags; empty where languages mean nothing (voice activity).
    pub languages: Vec<String>,
    /// Languages in which this model's text is only a draft.
    pub draft: Vec<String>,
    files: Vec<(String, String)>,
}

impl Model {
    /// Reads the manifest in `folder` and hashes every file that it names.
    ///
    /// # Errors
    /// [`SpeechError::File`], [`SpeechError::Manifest`], [`SpeechError::Mismatch`].
    pub fn open(folder: &Path) -> Result<Self, SpeechError> {
        let manifest = read_manifest(folder)?;
        let mut files = Vec::with_capacity(manifest.file.len());
        for pinned in manifest.file {
            let found = hash_file(&folder.join(&pinned.name), &pinned.name)?;
            agree(&pinned.name, &pinned.sha256, found)?;
            files.push((pinned.name, pinned.sha256));
        }
        Ok(Self {
            folder: folder.to_owned(),
            name: manifest.name,
            version: manifest.version,
            licence: manifest.licence,
            source: manifest.source,
            languages: manifest.languages,
            draft: manifest.draft,
            files,
        })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The pinned hash of a file, hex.
    #[must_use]
    pub fn sha256(&self, file: &str) -> Option<&str> {
        self.files.iter().find(|(name, _)| name == file).map(|(_, hash)| hash.as_str())
    }

    /// The first file whose name ends so.
    #[must_use]
    pub fn file_ending(&self, ending: &str) -> Option<&str> {
        self.files.iter().map(|(name, _)| name.as_str()).find(|name| name.ends_with(ending))
    }

    /// The bytes of a small file, hashed again as they are in memory.
    ///
    /// # Errors
    /// As [`Model::open`]; a file over [`MAX_SMALL_FILE`] or not in the manifest is refused.
    pub fn bytes(&self, file: &str) -> Result<Vec<u8>, SpeechError> {
        let refuse = |why: &str| SpeechError::Manifest { model: self.name.clone(), why: format!("{file}: {why}") };
        let pinned = self.sha256(file).ok_or_else(|| refuse("not named"))?;
        let bytes = read_limited(&self.folder.join(file), file, MAX_SMALL_FILE)?
            .ok_or_else(|| refuse("longer than MAX_SMALL_FILE"))?;
        agree(file, pinned, hex(&Sha256::digest(&bytes)))?;
        Ok(bytes)
    }
}

fn read_manifest(folder: &Path) -> Result<ManifestFile, SpeechError> {
    let model = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let refuse = |why: String| SpeechError::Manifest { model: model.clone(), why };
    let bytes = read_limited(&folder.join(MANIFEST), MANIFEST, MAX_MANIFEST)?
        .ok_or_else(|| refuse(format!("longer than {MAX_MANIFEST} bytes")))?;
    let text = String::from_utf8(bytes).map_err(|_| refuse("not UTF-8".into()))?;
    let manifest: ManifestFile = toml::from_str(&text).map_err(|e| refuse(e.message().to_owned()))?;
    if manifest.file.is_empty() || manifest.file.len() > MAX_FILES {
        return Err(refuse(format!("{} files, allowed 1 to {MAX_FILES}", manifest.file.len())));
    }
    for pinned in &manifest.file {
        let plain = pinned.name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
            && !pinned.name.starts_with('.')
            && !pinned.name.is_empty();
        if !plain {
            return Err(refuse(format!("file name {:?}", pinned.name)));
        }
        if pinned.sha256.len() != 64 || !pinned.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(refuse(format!("sha256 of {}", pinned.name)));
        }
    }
    Ok(manifest)
}

fn agree(file: &str, pinned: &str, found: String) -> Result<(), SpeechError> {
    if pinned == found {
        return Ok(());
    }
    Err(SpeechError::Mismatch { file: file.to_owned(), pinned: pinned.to_owned(), found })
}

fn read_limited(path: &Path, name: &str, limit: u64) -> Result<Option<Vec<u8>>, SpeechError> {
    let told = |cause| SpeechError::File { file: name.to_owned(), cause };
    let mut bytes = Vec::new();
    File::open(path).map_err(told)?.take(limit + 1).read_to_end(&mut bytes).map_err(told)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn hash_file(path: &Path, name: &str) -> Result<String, SpeechError> {
    let told = |cause| SpeechError::File { file: name.to_owned(), cause };
    let mut file = File::open(path).map_err(told)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0u8; 256 << 10];
    loop {
        let n = file.read(&mut buffer).map_err(told)?;
        match buffer.get(..n) {
            Some(read) if n > 0 => hash.update(read),
            _ => return Ok(hex(&hash.finalize())),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("casemate-speech-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        dir
    }

    fn manifest(file: &str, sha256: &str) -> String {
        format!(
            "name = \"m\"\nversion = \"1\"\nlicence = \"MIT\"\nsource = \"s\"\nlanguages = [\"zh\"]\n\
             [[file]]\nname = \"{file}\"\nsha256 = \"{sha256}\"\n"
        )
    }

    // printf abc | sha256sum
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_right_hash_opens_and_a_wrong_one_is_refused() {
        let dir = folder("hash");
        std::fs::write(dir.join("w.bin"), b"abc").unwrap();
        std::fs::write(dir.join(MANIFEST), manifest("w.bin", ABC)).unwrap();
        let model = Model::open(&dir).unwrap();
        assert_eq!((model.sha256("w.bin"), model.sha256("x")), (Some(ABC), None));
        assert_eq!(model.bytes("w.bin").unwrap(), b"abc");
        // Changed after opening: the bytes handed out are hashed again.
        std::fs::write(dir.join("w.bin"), b"abd").unwrap();
        assert!(matches!(model.bytes("w.bin"), Err(SpeechError::Mismatch { .. })));
        assert!(matches!(Model::open(&dir), Err(SpeechError::Mismatch { file, .. }) if file == "w.bin"));
        std::fs::remove_file(dir.join("w.bin")).unwrap();
        assert!(matches!(Model::open(&dir), Err(SpeechError::File { .. })));
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_manifest_that_reaches_outside_is_refused() {
        let dir = folder("outside");
        for name in ["../w.bin", "/etc/passwd", "", ".hidden", "a/b"] {
            std::fs::write(dir.join(MANIFEST), manifest(name, ABC)).unwrap();
            assert!(matches!(Model::open(&dir), Err(SpeechError::Manifest { .. })), "{name}");
        }
        for text in ["", "name = 1", &manifest("w", "00"), &" ".repeat(MAX_MANIFEST as usize + 1)] {
            std::fs::write(dir.join(MANIFEST), text).unwrap();
            assert!(matches!(Model::open(&dir), Err(SpeechError::Manifest { .. })));
        }
        std::fs::remove_dir_all(dir).unwrap();
    }
}
