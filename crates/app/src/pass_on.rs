//! Passing a received bundle on with more withheld; needs no case.
//!
//! Keeps: a key that was made for one bundle is gone with the call; under its own name the new bundle stands whole and verified, or not at all; the one received is only read. Does
//! not know: how a part of a bundle is hidden.

use crate::disclose::names_nobody;
use crate::held::ReadSeek;
use crate::unnamed::Unnamed;
use crate::{AppError, Held, Session, Watch, clock};
use casemate_bundle::narrow::{self, KeyFileError, NarrowError, Narrowing, narrow};
pub use casemate_bundle::narrow::{
    Asked as PassOnRequest, Content, Contents, Divided, PassedOn, Place, Rect, Row, TimeRange, Withhold,
};
pub use casemate_carve::release::Place as Stands;
use casemate_case::audience::Profile;
use casemate_proof::SecretKey;
use casemate_vault::{Clock, Random, SystemClock, SystemRandom};
use casemate_words::Language;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// A private key of OpenSSH, Ed25519, without a passphrase.
pub struct OwnKey<'k> {
    /// As errors name it.
    pub path: &'k Path,
    /// What the file holds.
    pub bytes: &'k [u8],
}

impl OwnKey<'_> {
    fn read(&self) -> Result<SecretKey, AppError> {
        let text = std::str::from_utf8(self.bytes).map_err(|_| KeyFileError::Form);
        text.and_then(narrow::secret_key).map_err(|cause| AppError::KeyFile { path: self.path.to_owned(), cause })
    }
}

/// That what is printed names nobody whom a case withholds from a court: asked where one is open beside the bundle.
///
/// # Errors
/// [`AppError::NamePrinted`].
pub fn names_nobody_of(request: &PassOnRequest, session: &Session) -> Result<(), AppError> {
    let own = request.own().map(|(what, text, _)| (what, text.as_str()));
    let titles = request.titles.values().map(|title| ("title", title.as_str()));
    names_nobody(session, Profile::Court, own.chain(titles))
}

/// A request with the day, and a key: one of the user's own, or one that is made now and that nobody keeps.
///
/// # Errors
/// [`AppError::KeyFile`]; no random bytes.
pub fn signed_with(asked: PassOnRequest, key: Option<OwnKey<'_>>, language: Language) -> Result<Narrowing, AppError> {
    let mut seed = [0; 32];
    SystemRandom.fill(&mut seed)?;
    let key = match key {
        Some(own) => own.read()?,
        None => {
            let mut own = zeroize::Zeroizing::new([0; 32]);
            SystemRandom.fill(&mut *own)?;
            SecretKey::from_seed(&own)
        }
    };
    Ok(Narrowing { asked, date: clock::rfc3339(SystemClock.now_ms()), language, key, seed })
}

/// What could be withheld of a bundle.
///
/// # Errors
/// [`AppError::Narrow`] for a bundle that does not hold; [`AppError::File`].
pub fn contents(received: &Held) -> Result<Contents, AppError> {
    narrow::contents(&|| received.reader()).map_err(refused(received))
}

fn refused(received: &Held) -> impl Fn(NarrowError) -> AppError {
    |cause| AppError::Narrow { path: received.path().to_owned(), cause: Box::new(cause) }
}

/// Passes the bundle `received` on to `destination`.
///
/// # Errors
/// [`AppError::Narrow`]; [`AppError::File`] for a bundle that can't be read, a destination that exists or can't be
/// written; [`AppError::Stopped`].
pub fn pass_on(
    received: &Held,
    destination: &Path,
    narrowing: &Narrowing,
    watch: &Watch<'_>,
) -> Result<PassedOn, AppError> {
    // Named before anything is made.
    received.open()?;
    let unnamed = Unnamed::new(destination)?;
    let open = || Ok(Heard { file: received.reader()?, stop: watch.stop });
    let done = narrow(&open, narrowing, unnamed.writer(watch), &unnamed.opener());
    let failed = |cause| unnamed.ended(watch).unwrap_or_else(|| refused(received)(cause));
    let done = done.map_err(failed)?;
    unnamed.publish()?;
    Ok(done)
}

/// A file that reads on until the user stops it.
struct Heard<'w> {
    file: Box<dyn ReadSeek>,
    stop: &'w AtomicBool,
}

impl Read for Heard<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.stop.load(Ordering::SeqCst) {
            return Err(std::io::Error::other("stopped"));
        }
        self.file.read(into)
    }
}

impl Seek for Heard<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}
