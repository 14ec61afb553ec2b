//! The models that read pictures: opened before the fences, used only if their bytes are those that were measured.
//!
//! Keeps: other bytes are refused before anything is read of them. Does not know: where the folder comes from.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use casemate_ocr::{MAX_MODEL, Reader};
use sha2::{Digest, Sha256};

/// The folder's name among the models.
const FOLDER: &str = "pp-ocr-v6";
/// Their files, and the SHA-256 of each (docs/adr/0078-text-in-pictures.md).
const PINNED: [(&str, &str); 3] = [
    ("detector.onnx", "f42c0fbd294d95eac1a550e131b277dac97462c8025fa4b6c3cec1b7894bd3d5"),
    ("quick.onnx", "38cd559cb4b24c5056592d981b13e086f9472db9b3c8968296f0d0c2b4a65531"),
    ("careful.onnx", "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"),
];

/// What is there.
pub struct Models(Result<Vec<File>, String>);

impl Models {
    /// Opens those in a folder of models.
    pub fn open(folder: Option<OsString>) -> Self {
        let Some(folder) = folder else { return Self(Err("no folder of models was named".to_owned())) };
        let folder = Path::new(&folder).join(FOLDER);
        let open = |(name, _): &(&str, &str)| File::open(folder.join(name)).map_err(|why| format!("{name}: {why}"));
        Self(PINNED.iter().map(open).collect())
    }

    /// What a reading names of them.
    pub fn parameters() -> Vec<(String, String)> {
        let pair = |(name, sha256): &(&str, &str)| (format!("ocr.{name}"), (*sha256).to_owned());
        PINNED.iter().map(pair).collect()
    }

    /// Ready to read.
    pub fn reader(self) -> Result<Reader, String> {
        let mut bytes = Vec::new();
        for (file, (name, pinned)) in self.0?.into_iter().zip(PINNED) {
            let mut model = Vec::new();
            file.take(MAX_MODEL as u64).read_to_end(&mut model).map_err(|why| format!("{name}: {why}"))?;
            let found: String = Sha256::digest(&model).iter().map(|byte| format!("{byte:02x}")).collect();
            if found != pinned {
                return Err(format!(
                    "{name} is not the pinned file: its SHA-256 begins {}",
                    found.get(..16).unwrap_or_default()
                ));
            }
            bytes.push(model);
        }
        let mut next = bytes.into_iter();
        let (Some(detector), Some(quick), Some(careful)) = (next.next(), next.next(), next.next()) else {
            return Err("a model is not there".to_owned());
        };
        let models = casemate_ocr::Models { detector, quick, careful };
        // One job, one thread: the parent runs as many jobs as there are cores.
        Reader::new(models, 1).map_err(|why| why.to_string())
    }
}
