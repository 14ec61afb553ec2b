//! Copies of recordings that a browser can play, and what is known of them, while the case is open.
//!
//! Keeps: memory holds outlines, a few decoded stretches and one preview, whatever the recordings' length; all is gone
//! when the case is locked. Does not know: HTTP.

use casemate_app::sound::{self, Outline, Tape};
use casemate_app::{AppError, Lend, Session, Watch, preview};
use casemate_case::audience::Profile;
use std::collections::VecDeque;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Copies that are kept.
const COPIES_MAX: usize = 8;
/// Bytes of a decoded stretch; a request is answered from one or two.
const BLOCK: u64 = 4 << 20;
/// Decoded stretches that are kept of one copy.
const BLOCKS_MAX: usize = 4;
/// What browsers play as it is. Anything else is decoded.
const PLAYABLE: [&str; 9] = [
    "audio/mpeg",
    "audio/mp4",
    "audio/aac",
    "audio/flac",
    "audio/x-flac",
    "audio/ogg",
    "audio/opus",
    "audio/webm",
    "audio/x-m4a",
];

/// Which sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An exhibit's original.
    Original(String),
    /// The exhibit as a recipient would hear it.
    Preview(String, Profile),
}

/// One copy.
pub struct Copy {
    kind: Kind,
    /// The log's length when it was made: a preview follows the plan.
    acts: u64,
    /// The original's type and length, where it is played as it is.
    as_it_is: Option<(String, u64)>,
    /// The sound of a preview.
    rendered: Option<Arc<Vec<u8>>>,
    outline: OnceLock<Outline>,
    blocks: Mutex<VecDeque<(u64, Arc<Vec<u8>>)>>,
}

/// The copies of an open case, the last used at the end.
#[derive(Default)]
pub struct Tapes(Mutex<Vec<Arc<Copy>>>);

impl Tapes {
    /// The copy of a sound, made if it is not there.
    ///
    /// # Errors
    /// No exhibit, no recording, damage.
    pub fn copy(&self, case: &Mutex<Session>, kind: &Kind) -> Result<Arc<Copy>, AppError> {
        let acts = case.with(|s| s.acts());
        let fits = |c: &Arc<Copy>| c.kind == *kind && (c.acts == acts || matches!(kind, Kind::Original(_)));
        let mut tapes = self.lock();
        if let Some(at) = tapes.iter().position(fits) {
            let copy = tapes.remove(at);
            tapes.push(Arc::clone(&copy));
            return Ok(copy);
        }
        drop(tapes);
        let copy = Arc::new(case.with(|session| make(session, kind, acts))?);
        if copy.as_it_is.is_none() {
            copy.outline(case)?;
        }
        let mut tapes = self.lock();
        // An older preview is of no use, and large.
        tapes.retain(|c| c.kind != *kind && !(c.rendered.is_some() && copy.rendered.is_some()));
        tapes.push(Arc::clone(&copy));
        if tapes.len() > COPIES_MAX {
            tapes.remove(0);
        }
        Ok(copy)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Copy>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make(session: &Session, kind: &Kind, acts: u64) -> Result<Copy, AppError> {
    let (as_it_is, rendered) = match kind {
        Kind::Original(word) => {
            let exhibit = session.exhibit(word)?;
            let read =
                exhibit.newest(casemate_app::catalogue::what::READING).and_then(casemate_app::reading::About::of);
            let media_type = read.map(|a| a.media_type).unwrap_or_default();
            let as_it_is = PLAYABLE.contains(&media_type.as_str());
            let size = session.original(exhibit)?.size();
            (as_it_is.then_some((media_type, size)), None)
        }
        Kind::Preview(word, profile) => {
            let stop = AtomicBool::new(false);
            let bytes = preview::sound(session, word, *profile, &Watch { tell: &|_| (), stop: &stop })?;
            (None, Some(Arc::new(bytes)))
        }
    };
    let (outline, blocks) = (OnceLock::new(), Mutex::default());
    Ok(Copy { kind: kind.clone(), acts, as_it_is, rendered, outline, blocks })
}

impl Copy {
    /// Its MIME type.
    pub fn media_type(&self) -> &str {
        self.as_it_is.as_ref().map_or("audio/wav", |(media_type, _)| media_type)
    }

    /// Whether it is another encoding than the original's.
    pub fn is_decoded(&self) -> bool {
        self.as_it_is.is_none()
    }

    /// Bytes in all.
    pub fn size(&self) -> u64 {
        let decoded = || self.outline.get().map_or(0, |o| o.wav_header().len() as u64 + o.pcm_bytes());
        self.as_it_is.as_ref().map_or_else(decoded, |(_, size)| *size)
    }

    /// Its length and peaks; decoded once.
    ///
    /// # Errors
    /// The worker does not start; damage.
    pub fn outline(&self, case: &Mutex<Session>) -> Result<&Outline, AppError> {
        if let Some(outline) = self.outline.get() {
            return Ok(outline);
        }
        let outline = self.tape(case)?.outline()?;
        Ok(self.outline.get_or_init(|| outline))
    }

    fn tape(&self, case: &Mutex<Session>) -> Result<Tape, AppError> {
        case.with(|session| match (&self.kind, &self.rendered) {
            (_, Some(bytes)) => sound::of_source(session, Box::new(Cursor::new(Shared(Arc::clone(bytes))))),
            (Kind::Original(word) | Kind::Preview(word, _), None) => sound::tape(session, session.exhibit(word)?),
        })
    }

    /// The bytes `from..to`.
    ///
    /// # Errors
    /// The worker's; damage.
    pub fn bytes(&self, case: &Mutex<Session>, from: u64, to: u64) -> Result<Vec<u8>, AppError> {
        if self.as_it_is.is_some() {
            return self.original(case, from, to);
        }
        let header = self.outline(case)?.wav_header();
        let mut out: Vec<u8> = Vec::new();
        let head = header.len() as u64;
        if from < head {
            let cut = |at: u64| usize::try_from(at.min(head)).unwrap_or(0);
            out.extend_from_slice(header.get(cut(from)..cut(to)).unwrap_or_default());
        }
        let (mut at, end) = (from.max(head) - head, to.saturating_sub(head));
        while at < end {
            let block = self.block(case, at / BLOCK)?;
            let start = usize::try_from(at % BLOCK).unwrap_or(0);
            let wanted = usize::try_from(end - at).unwrap_or(usize::MAX);
            let part = block.get(start..start.saturating_add(wanted).min(block.len())).unwrap_or_default();
            if part.is_empty() {
                break;
            }
            out.extend_from_slice(part);
            at += part.len() as u64;
        }
        Ok(out)
    }

    fn block(&self, case: &Mutex<Session>, number: u64) -> Result<Arc<Vec<u8>>, AppError> {
        let lock = || self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, block)) = lock().iter().find(|(n, _)| *n == number) {
            return Ok(Arc::clone(block));
        }
        let pcm = Arc::new(self.tape(case)?.pcm(number * BLOCK, (number + 1) * BLOCK)?);
        let mut blocks = lock();
        blocks.push_back((number, Arc::clone(&pcm)));
        if blocks.len() > BLOCKS_MAX {
            blocks.pop_front();
        }
        Ok(pcm)
    }

    fn original(&self, case: &Mutex<Session>, from: u64, to: u64) -> Result<Vec<u8>, AppError> {
        let (Kind::Original(word) | Kind::Preview(word, _)) = &self.kind;
        let mut reader = case.with(|session| session.original(session.exhibit(word)?))?;
        let failed = |cause| AppError::File { path: "original".into(), cause };
        reader.seek(SeekFrom::Start(from)).map_err(failed)?;
        let mut out = Vec::new();
        reader.take(to.saturating_sub(from)).read_to_end(&mut out).map_err(failed)?;
        Ok(out)
    }
}

/// Bytes that several readers share.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
