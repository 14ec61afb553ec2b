//! The bag and its zip: manifests over the files, the signature over the manifests, everything stored.
//!
//! Keeps: a file is made once to be measured and once to be written, and has to be the same both times.
//! Does not know: what the files are.

use crate::audit::Forbidden;
use crate::content::{Content, Measure};
use crate::error::BundleError;
use casemate_proof::{SecretKey, sshsig};
use casemate_verify::bag;
use casemate_verify::check::DISCLOSURE_NAMESPACE;
use casemate_verify::zip::{ROOT, ZipWriter};
use std::collections::BTreeMap;
use std::io::Write;

/// What a bundle came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// SHA-256 of `disclosure.sig`: what a later disclosure names as its previous.
    pub signature_hash: [u8; 32],
    /// Bytes of the bundle.
    pub bytes: u64,
    /// The key that signed, 64 hex digits: what the recipient pins.
    pub signer: String,
}

/// The files of a bag, by path.
pub(crate) type Files<'a> = BTreeMap<String, Content<'a>>;

/// Adds the manifests and the signature, and writes the zip; nothing that `forbidden` names may stand in it.
pub(crate) fn write<W: Write>(
    key: &SecretKey,
    mut files: Files<'_>,
    forbidden: Option<&Forbidden>,
    out: W,
) -> Result<(Packed, W), BundleError> {
    let mut measures: BTreeMap<String, Measure> = BTreeMap::new();
    for (path, content) in &files {
        measures.insert(path.clone(), content.measure()?);
        if let Some(form) = forbidden.map(|f| content.find(f)).transpose()?.flatten() {
            return Err(BundleError::NameInside { file: path.clone(), form });
        }
    }
    let list = |measures: &BTreeMap<String, Measure>, payload: bool| -> String {
        let files = measures.iter().filter(|(path, _)| path.starts_with(bag::PAYLOAD) == payload);
        files.map(|(path, m)| bag::line(&m.sha256, path)).collect()
    };
    let mut add = |path: &str, bytes: Vec<u8>, measures: &mut BTreeMap<String, Measure>| -> Result<(), BundleError> {
        let content = Content::Bytes(bytes);
        measures.insert(path.to_owned(), content.measure()?);
        files.insert(path.to_owned(), content);
        Ok(())
    };
    add(bag::MANIFEST, list(&measures, true).into_bytes(), &mut measures)?;
    let tags = list(&measures, false).into_bytes();
    let signature = sshsig::sign(DISCLOSURE_NAMESPACE, &tags, key);
    add(bag::TAG_MANIFEST, tags, &mut measures)?;
    let signature_hash = bag::sha256(&mut signature.as_bytes())?;
    add(bag::SIGNATURE, signature.into_bytes(), &mut measures)?;
    let mut zip = ZipWriter::new(casemate_verify::zip::Measured::new(out));
    for (path, content) in &files {
        let measure = measures.get(path).map(|m| m.zip).unwrap_or_default();
        zip.add(&format!("{ROOT}{path}"), measure, |out| content.write(out))?;
    }
    let ((bytes, _), out) = zip.finish()?.into_parts();
    Ok((Packed { signature_hash, bytes, signer: bag::hex(key.public().as_bytes()) }, out))
}
