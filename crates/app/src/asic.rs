//! ASiC-E (ETSI EN 319 162-1): a bundle in a container that European tools of signatures open, with a time-stamp over it.
//!
//! Keeps: the bundle stands in it as it is, byte for byte; a container is made only of a bundle that holds and of a token that answers the question about it.
//! Does not know: how a question is sent; it proves no more than the bundle does, but when it existed.

use crate::timestamp::kept::Kept;
use crate::timestamp::{Answer, OnlineRequest, Says};
use crate::unnamed::Unnamed;
use crate::verify::verify_held;
use crate::{AppError, Held, Watch};
use casemate_authority::{Address, PATIENCE, Way};
use casemate_proof::note::encode_base64;
use casemate_stamp::{Asked, Given, Imprint, Nonce, Oid, Request, TOKEN_BYTES_MAX, TokenDer, verify};
use casemate_vault::{Random, SystemRandom};
use casemate_verify::bag::{self, hex};
use casemate_verify::{Pins, Status};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{Seek, Write};
use std::path::Path;
use utoipa::ToSchema;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Longest kept question, bytes.
pub const QUESTION_BYTES_MAX: u64 = 4096;
/// What such a container is.
const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";
const MANIFEST: &str = "META-INF/ASiCManifest.xml";
const TOKEN: &str = "META-INF/timestamp.tst";
/// Name of the bundle inside: what it was called stays outside.
const BUNDLE: &str = "bundle.zip";
const PIECE: usize = 256 * 1024;
const NOT_A_QUESTION: &str = "a kept question about a container";

/// A question to an authority about a bundle, and what must be kept until the answer comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsicQuestion {
    bundle: [u8; 32],
    nonce: Nonce,
    policy: Option<Oid>,
}

impl AsicQuestion {
    /// About a bundle that holds.
    ///
    /// # Errors
    /// [`AppError::BundleRefused`]; [`AppError::File`]; a policy that is no object identifier.
    pub fn about(bundle: &Held, policy: Option<&str>) -> Result<Self, AppError> {
        let policy = policy.map(str::parse).transpose()?;
        let verdict = verify_held(bundle, &Pins::default())?;
        let ids: Vec<&str> = verdict.findings.iter().filter(|f| f.status == Status::Failed).map(|f| f.id).collect();
        if !ids.is_empty() {
            return Err(AppError::BundleRefused { path: bundle.path().to_owned(), findings: ids.join(", ") });
        }
        let mut nonce = [0; 8];
        SystemRandom.fill(&mut nonce)?;
        let sum = bag::sha256(&mut bundle.open()?).map_err(bundle.failed())?;
        Ok(Self { bundle: sum, nonce: Nonce(nonce), policy })
    }

    /// The request, DER: a body of type `application/timestamp-query`.
    #[must_use]
    pub fn request(&self) -> Vec<u8> {
        Request { imprint: self.imprint(), nonce: Some(self.nonce), policy: self.policy }.to_der()
    }

    /// What the token covers: the manifest, which names the bundle by its SHA-256.
    #[must_use]
    pub fn manifest(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n\
             <asic:SigReference URI=\"{TOKEN}\" MimeType=\"application/vnd.etsi.timestamp-token\"/>\n\
             <asic:DataObjectReference URI=\"{BUNDLE}\" MimeType=\"application/zip\">\n\
             <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\n\
             <ds:DigestValue>{}</ds:DigestValue>\n\
             </asic:DataObjectReference>\n\
             </asic:ASiCManifest>\n",
            encode_base64(&self.bundle)
        )
    }

    fn imprint(&self) -> Imprint {
        Imprint::of_data(self.manifest().as_bytes())
    }

    /// What is kept beside a request that travels as a file.
    ///
    /// # Errors
    /// None for a question of ours.
    pub fn to_bytes(&self) -> Result<Vec<u8>, AppError> {
        let kept = Kept { of: self.bundle.to_vec(), nonce: self.nonce, policy: self.policy, more: None };
        kept.to_bytes().ok_or_else(|| other("other bytes".to_owned()))
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// [`AppError::Form`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AppError> {
        let read = || {
            let Kept { of, nonce, policy, more } = Kept::from_bytes(bytes)?;
            more.is_none().then_some(Self { bundle: of.try_into().ok()?, nonce, policy })
        };
        read().ok_or_else(|| other("other bytes".to_owned()))
    }
}

fn other(found: String) -> AppError {
    AppError::Form { what: NOT_A_QUESTION, found }
}

/// A container that was made, and what its token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AsicMade)]
pub struct AsicReply {
    /// SHA-256 of the bundle that stands in it, hex.
    pub bundle: String,
    /// What the token says.
    #[serde(flatten)]
    pub says: Says,
}

/// Asks the first address of a request about a bundle, and makes the container of its answer. `announce` is told the address before anything is sent.
///
/// # Errors
/// No address, or one that is none; no answer; those of [`AsicQuestion::about`] and [`contain`].
pub fn online(
    bundle: &Held,
    request: &OnlineRequest,
    destination: &Path,
    announce: &dyn Fn(&str),
    watch: &Watch<'_>,
) -> Result<AsicReply, AppError> {
    crate::unnamed::check_destination(destination)?;
    let address = Address::parse(request.addresses.first().map_or("", String::as_str))?;
    let question = AsicQuestion::about(bundle, request.policy.as_deref())?;
    let proxy = request.proxy.as_deref().filter(|proxy| !proxy.is_empty());
    let way = Way { proxy, tls_roots: &request.tls_roots, patience: PATIENCE, most: TOKEN_BYTES_MAX as u64 };
    announce(address.as_str());
    let answer = casemate_authority::ask(&address, &question.request(), &way)?;
    contain(bundle, &question, &Answer { answer, ..request.given.clone() }, destination, watch)
}

/// Makes the container of a bundle, the question about it, and its answer.
///
/// # Errors
/// [`AppError::Stamp`] for an answer that does not hold; [`AppError::Form`] for a question about another bundle; [`AppError::File`]; [`AppError::Stopped`].
pub fn contain(
    bundle: &Held,
    question: &AsicQuestion,
    answer: &Answer,
    destination: &Path,
    watch: &Watch<'_>,
) -> Result<AsicReply, AppError> {
    let token = TokenDer::read(&answer.answer)?;
    let imprint = question.imprint();
    let asked = Asked { imprint: &imprint, nonce: Some(question.nonce), policy: question.policy };
    let given = Given { roots: &answer.roots, certificates: &answer.certificates, lists: &answer.lists };
    let verdict = verify(&token, &asked, &given)?;
    let unnamed = Unnamed::new(destination)?;
    let written = write(bundle, question, &token, &mut unnamed.writer(watch));
    let sum = written.map_err(|cause| unnamed.ended(watch).unwrap_or_else(|| AppError::file(destination)(cause)))?;
    if sum != question.bundle {
        return Err(other(format!("a bundle with the SHA-256 {}", hex(&sum))));
    }
    unnamed.publish()?;
    Ok(AsicReply { bundle: hex(&sum), says: Says::of(&verdict) })
}

/// Writes the container; answers the SHA-256 of the bundle that stands in it.
fn write(
    bundle: &Held,
    question: &AsicQuestion,
    token: &TokenDer,
    out: &mut (impl Write + Seek),
) -> std::io::Result<[u8; 32]> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(out);
    // EN 319 162-1, 4.4.3.2 and annex A.1: the first file, stored, so that its type stands at a fixed place.
    let manifest = question.manifest();
    for (name, bytes) in
        [("mimetype", MEDIA_TYPE.as_bytes()), (MANIFEST, manifest.as_bytes()), (TOKEN, token.as_bytes())]
    {
        zip.start_file(name, stored)?;
        zip.write_all(bytes)?;
    }
    zip.start_file(BUNDLE, stored.large_file(true))?;
    let (mut sum, mut reader) = (Sha256::new(), bundle.reader()?);
    let mut piece = vec![0; PIECE];
    loop {
        let n = reader.read(&mut piece)?;
        let Some(bytes) = piece.get(..n).filter(|bytes| !bytes.is_empty()) else { break };
        sum.update(bytes);
        zip.write_all(bytes)?;
    }
    zip.finish()?;
    Ok(sum.finalize().into())
}
