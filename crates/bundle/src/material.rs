//! What a bundle is made of: acts with their log proofs, objects with their keys and leaves.
//!
//! Keeps: keys stay in here; what leaves is made from them by `pack`. Does not know: where any of it was stored.

use crate::error::BundleError;
use casemate_carve::{Run, Shape};
use casemate_proof::act::SealedAct;
use casemate_proof::log::{MapProof, MapRow, Via};
use casemate_proof::note::WitnessKey;
use casemate_proof::{CaseId, Hash, ObjectKey, ObjectRecord, ObjectRoot, SecretKey, TlogProof};
use casemate_stamp::Kept;
use casemate_verify::statement::Mode;
use casemate_words::Language;

/// Takes one leaf: its ticks and payload.
pub type LeafSink<'s> = dyn FnMut(u64, &[u8]) -> Result<(), BundleError> + 's;

/// The leaves of an object, read as often as needed, always the same.
pub trait LeafSource {
    /// Gives every leaf in order.
    ///
    /// # Errors
    /// [`BundleError::Unreadable`], or the sink's own.
    fn for_each(&self, sink: &mut LeafSink<'_>) -> Result<(), BundleError>;

    /// Writes the source itself, byte for byte, where there is one (not for release layers).
    ///
    /// # Errors
    /// [`BundleError::Unreadable`], or the output's own.
    fn copy(&self, out: &mut dyn std::io::Write) -> Result<(), BundleError>;
}

/// An act and its place in the own lane's log.
#[derive(Clone)]
pub struct LoggedAct {
    /// The act with its key.
    pub act: SealedAct,
    /// Its proof under the bundle's checkpoint.
    pub proof: TlogProof,
}

/// An act that holds an object, of whichever lane.
pub enum HoldingAct {
    /// Of the own lane.
    Own(Box<LoggedAct>),
    /// Of another lane, reached by what a commit of the own lane has seen.
    Other(Box<OtherAct>),
}

/// An act of another lane, and the way to it.
pub struct OtherAct {
    /// The act with its key.
    pub act: SealedAct,
    /// Its way to a commit's lane map.
    pub via: Via,
    /// The commit act.
    pub commit: LoggedAct,
}

impl HoldingAct {
    /// The act.
    #[must_use]
    pub fn act(&self) -> &SealedAct {
        match self {
            Self::Own(logged) => &logged.act,
            Self::Other(other) => &other.act,
        }
    }

    /// Its place in its lane.
    #[must_use]
    pub fn index(&self) -> u64 {
        match self {
            Self::Own(logged) => logged.proof.index,
            Self::Other(other) => other.via.index,
        }
    }

    /// Entries of its lane under the bundle's checkpoint; `own` is the count of the own lane.
    #[must_use]
    pub fn entries(&self, own: u64) -> u64 {
        match self {
            Self::Own(_) => own,
            Self::Other(other) => other.via.head.size,
        }
    }
}

/// The log part of a court bundle.
pub struct LogMaterial {
    /// The case.
    pub case: CaseId,
    /// The checkpoint, as a signed note's bytes.
    pub checkpoint: String,
    /// Its SSHSIG.
    pub checkpoint_sig: String,
    /// Entry 0 of the lane.
    pub lane: LoggedAct,
    /// The census act.
    pub census: LoggedAct,
    /// Tokens over earlier checkpoints of this lane, at most `casemate_verify::bag::STAMPS_MAX`.
    pub stamps: Vec<StampMaterial>,
    /// Cosigned earlier checkpoints of this lane, at most `casemate_verify::bag::WITNESSES_MAX`.
    pub witnesses: Vec<WitnessMaterial>,
}

/// A checkpoint that a witness cosigned and the bundle's extends.
#[derive(Clone)]
pub struct WitnessMaterial {
    /// The checkpoint, a signed note's bytes: the lane's line, then the witness's.
    pub note: String,
    /// The witness's key.
    pub key: WitnessKey,
    /// That the bundle's checkpoint extends it.
    pub consistency: Vec<Hash>,
}

/// A token of time over a checkpoint that the bundle's extends.
#[derive(Clone)]
pub struct StampMaterial {
    /// The stamped checkpoint, a signed note's bytes.
    pub note: String,
    /// Salt, token, certificates and lists.
    pub kept: Kept,
    /// That the bundle's checkpoint extends the stamped one.
    pub consistency: Vec<Hash>,
    /// The act that records the token, where it is shown: a later token that covers it renews this one.
    pub logged: Option<LoggedAct>,
}

/// One item of a bundle.
pub struct ItemMaterial<'a> {
    /// Number in the bundle, from 1.
    pub number: u64,
    /// Title for the recipient.
    pub title: String,
    /// How it is shown.
    pub mode: Mode,
    /// File name ending of the original or the playable copy (`wav`, `amr`, `pdf` …), ASCII.
    pub ending: String,
    /// The object.
    pub record: ObjectRecord,
    /// Its key.
    pub key: ObjectKey,
    /// Its shape.
    pub shape: Shape,
    /// Leaves to hide.
    pub hidden: Vec<Run>,
    /// Its leaves.
    pub leaves: &'a dyn LeafSource,
    /// Its act in the log; absent for press.
    pub act: Option<HoldingAct>,
    /// Its census row; absent for press.
    pub census: Option<(MapRow, MapProof)>,
    /// Reasons for what is withheld, and how often.
    pub reasons: Vec<(String, u64)>,
    /// The item it was made from.
    pub made_from: Option<u64>,
}

impl ItemMaterial<'_> {
    /// The object's root.
    #[must_use]
    pub fn root(&self) -> ObjectRoot {
        self.record.object_root()
    }
}

/// A whole bundle before it is packed.
pub struct Material<'a> {
    /// The log; absent for press.
    pub log: Option<LogMaterial>,
    /// The key that signs the bundle.
    pub key: SecretKey,
    /// 32 random bytes, kept in the `disclose` act.
    pub seed: [u8; 32],
    /// Purpose, as printed.
    pub purpose: String,
    /// Recipient, as printed.
    pub recipient: String,
    /// RFC 3339, UTC, seconds.
    pub date: String,
    /// SHA-256 of the previous disclosure's signature.
    pub previous: Option<Hash>,
    /// Aliases that stand in it.
    pub aliases: Vec<String>,
    /// Language of the recipient.
    pub language: Language,
    /// Items by number.
    pub items: Vec<ItemMaterial<'a>>,
}
