//! Time from outside: a question for a time-stamping authority about the log's newest checkpoint, and its answer, recorded as an act
//! (`docs/format/time.md`).
//!
//! Keeps: an answer is recorded only after its token was verified against the question, and the question's checkpoint is one of this lane.
//! Does not know: how a question is sent, which authorities deserve trust.

pub(crate) mod carried;
pub(crate) mod kept;
mod online;
mod status;

pub use online::{AskedOne, OnlineRequest, online};
pub use status::{StampState, StampStatus, TimestampStatus, status};

use crate::{AppError, Session, clock};
use casemate_proof::log::origin;
use casemate_proof::note::NoteKey;
use casemate_proof::tree::root_at;
use casemate_proof::{Checkpoint, SignedNote};
use casemate_stamp::{
    Asked, Given, Nonce, Oid, Request, Revocation, SALT_BYTES, Salt, TokenDer, Trust, Verdict, pem, stamped, verify,
};
use casemate_vault::stamp::StampAct;
use kept::Kept;
use serde::Serialize;
use utoipa::ToSchema;

/// Longest kept question, bytes: a note and little more.
pub const QUESTION_BYTES_MAX: u64 = 1 << 17;
const NOT_A_QUESTION: &str = "a kept question";

/// A question to an authority, and what must be kept until the answer comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    note: Vec<u8>,
    salt: Salt,
    nonce: Nonce,
    policy: Option<Oid>,
}

impl Question {
    /// The request, DER: a body of type `application/timestamp-query`.
    #[must_use]
    pub fn request(&self) -> Vec<u8> {
        let imprint = stamped(&self.salt, &self.note);
        Request { imprint, nonce: Some(self.nonce), policy: self.policy }.to_der()
    }

    /// What is kept beside a request that travels as a file: it says which checkpoint was asked about, and nothing of the case.
    ///
    /// # Errors
    /// None for a question of ours.
    pub fn to_bytes(&self) -> Result<Vec<u8>, AppError> {
        let Self { note, salt, nonce, policy } = self;
        let kept = Kept { of: salt.to_vec(), nonce: *nonce, policy: *policy, more: Some(note.clone()) };
        kept.to_bytes().ok_or_else(not_a_question)
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// [`AppError::Form`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AppError> {
        let read = || {
            let Kept { of, nonce, policy, more } = Kept::from_bytes(bytes)?;
            Some(Self { note: more?, salt: of.try_into().ok()?, nonce, policy })
        };
        read().ok_or_else(not_a_question)
    }
}

fn not_a_question() -> AppError {
    AppError::Form { what: NOT_A_QUESTION, found: "other bytes".to_owned() }
}

/// The certificates of a file, PEM or DER.
///
/// # Errors
/// [`AppError::Stamp`].
pub fn certificates_of(file: &[u8]) -> Result<Vec<Vec<u8>>, AppError> {
    Ok(pem::certificates(file)?)
}

/// The revocation lists of a file, PEM or DER.
///
/// # Errors
/// [`AppError::Stamp`].
pub fn lists_of(file: &[u8]) -> Result<Vec<Vec<u8>>, AppError> {
    Ok(pem::lists(file)?)
}

/// What a token says that was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TokenSays)]
pub struct Says {
    /// When the authority says that it was there, RFC 3339.
    pub time: String,
    /// How exact its clock is, where it says so.
    pub accuracy: Option<String>,
    /// The authority's name, as its certificate has it.
    pub authority: String,
    /// Under which policy.
    pub policy: String,
    /// SHA-256 of the root's certificate, hex.
    pub root: String,
    /// Whether that root was given; if not, trust is not checked.
    pub pinned: bool,
    /// Until when a revocation list says that nothing was revoked, RFC 3339; none: not checked.
    pub revocation_as_of: Option<String>,
    /// Whether token or certificate state that they are qualified; stated, not checked.
    pub states_qualified: bool,
    /// Until when every certificate behind it is valid, RFC 3339.
    pub valid_until: String,
}

/// What is recorded of a token over the log: it must have been stamped anew before the token ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Timestamped)]
pub struct TimestampReply {
    /// What it says.
    #[serde(flatten)]
    pub says: Says,
    /// Where it was asked; none for an answer that came as a file.
    pub address: Option<String>,
    /// Entries of the checkpoint: everything in the log before was there.
    pub size: u64,
}

/// An answer, and what is given with it.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// As it came.
    pub answer: Vec<u8>,
    /// Where it came from; none for a file.
    pub authority: Option<String>,
    /// Roots that are trusted, DER; none: trust is not checked.
    pub roots: Vec<Vec<u8>>,
    /// Certificates to keep beside the token, DER.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists to keep beside the token, DER.
    pub lists: Vec<Vec<u8>>,
}

/// A question about the newest checkpoint of this lane.
///
/// # Errors
/// A policy that is no object identifier; the vault's.
pub fn ask(session: &mut Session, policy: Option<&str>) -> Result<Question, AppError> {
    let policy = policy.map(str::parse).transpose()?;
    let note = session.vault.checkpoint()?.note.encode().into_bytes();
    let (salt, nonce) = (session.vault.draw::<SALT_BYTES>()?, Nonce(session.vault.draw()?));
    Ok(Question { note, salt, nonce, policy })
}

/// Verifies an answer and records its token.
///
/// # Errors
/// [`AppError::Stamp`] for an answer that does not hold; [`AppError::Form`] for a question of another case.
pub fn record(session: &mut Session, question: Question, answer: Answer) -> Result<TimestampReply, AppError> {
    let one = record_all(session, vec![(question, answer)])?.pop();
    one.unwrap_or_else(|| Err(not_a_question()))
}

/// Verifies answers, of one authority or several, and records the tokens of those that hold in one commit; what came of each, in their order.
///
/// # Errors
/// The vault's; nothing is recorded then.
pub fn record_all(
    session: &mut Session,
    answered: Vec<(Question, Answer)>,
) -> Result<Vec<Result<TimestampReply, AppError>>, AppError> {
    let case = session.vault.case_id();
    let (mut replies, mut acts) = (Vec::new(), Vec::new());
    for (question, answer) in answered {
        replies.push(judge(session, question, answer).map(|(act, reply)| {
            acts.push(act.to_act(&case));
            reply
        }));
    }
    if !acts.is_empty() {
        session.append(acts)?;
    }
    Ok(replies)
}

/// An answer held against its question: what is to be recorded, and what it says.
fn judge(session: &Session, question: Question, answer: Answer) -> Result<(StampAct, TimestampReply), AppError> {
    let size = own_size(session, &question.note)?;
    let token = TokenDer::read(&answer.answer)?;
    let imprint = stamped(&question.salt, &question.note);
    let asked = Asked { imprint: &imprint, nonce: Some(question.nonce), policy: question.policy };
    let given = Given { roots: &answer.roots, certificates: &answer.certificates, lists: &answer.lists };
    let verdict = verify(&token, &asked, &given)?;
    let reply = TimestampReply::of(&verdict, size, answer.authority.clone());
    let act = StampAct {
        salt: question.salt,
        note: question.note,
        size,
        token: token.as_bytes().to_vec(),
        certificates: answer.certificates,
        lists: answer.lists,
        authority: answer.authority,
        on: clock::rfc3339(session.vault.now_ms()),
    };
    Ok((act, reply))
}

impl TimestampReply {
    fn of(verdict: &Verdict, size: u64, address: Option<String>) -> Self {
        Self { says: Says::of(verdict), address, size }
    }
}

impl Says {
    /// Of a token that holds.
    pub(crate) fn of(verdict: &Verdict) -> Self {
        Self {
            time: verdict.time.to_string(),
            accuracy: verdict.accuracy.map(|accuracy| accuracy.to_string()),
            authority: verdict.authority.clone(),
            policy: verdict.policy.to_string(),
            root: verdict.root_fingerprint.clone(),
            pinned: verdict.trust == Trust::Pinned,
            revocation_as_of: match verdict.revocation {
                Revocation::Checked { as_of } => Some(as_of.to_string()),
                Revocation::NotChecked => None,
            },
            states_qualified: verdict.qualified.stamp || verdict.qualified.certificate,
            valid_until: verdict.valid_until.to_string(),
        }
    }
}

/// The size of a checkpoint that this lane signed and that its log extends.
pub(crate) fn own_size(session: &Session, note: &[u8]) -> Result<u64, AppError> {
    let other = || AppError::Form { what: "a question of this case", found: "one of another log".to_owned() };
    let lane = session.vault.lane_id();
    let key = NoteKey::new(&origin(&lane), session.vault.lane_keys().lane).map_err(|_| other())?;
    let note = SignedNote::decode(note).map_err(|_| other())?;
    let checkpoint = Checkpoint::verify(&note, &key).map_err(|_| other())?;
    let root = root_at(checkpoint.size, &session.vault.tree(&lane)?).map_err(|_| other())?;
    if root == checkpoint.root { Ok(checkpoint.size) } else { Err(other()) }
}
