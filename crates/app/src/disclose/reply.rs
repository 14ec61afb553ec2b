//! What is told of a bundle that left.
//!
//! Keeps: plain data. Does not know: how it was made.

use super::Stays;
use casemate_verify::Finding;
use serde::Serialize;
use std::path::PathBuf;

/// An item that left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemReply {
    /// Number in the bundle.
    pub number: u64,
    /// Number of the exhibit in the case.
    pub exhibit: u64,
    /// Title, as printed.
    pub title: String,
    /// `whole`, `partial`, `release` or `text`.
    pub mode: &'static str,
    /// Seal number; none for press.
    pub seal: Option<String>,
    /// Sound withheld, [start, end] in milliseconds.
    pub cuts: Vec<[u64; 2]>,
    /// Leaves withheld.
    pub hidden: u64,
    /// Whether it is pictures of pages, and the leaves are their tiles.
    pub pages: bool,
    /// Reasons, and how often.
    pub reasons: Vec<(String, u64)>,
}

/// A bundle that left.
#[derive(Clone, Debug, Serialize)]
pub struct DiscloseReply {
    /// The file.
    pub file: PathBuf,
    /// Its length.
    pub bytes: u64,
    /// The key that signed, 64 hex digits: what the recipient pins.
    pub signer: String,
    /// The profile's word.
    pub profile: String,
    /// Aliases that stand in it.
    pub aliases: Vec<String>,
    /// What it holds.
    pub items: Vec<ItemReply>,
    /// Documents whose pages stay though their text leaves, and why.
    pub pages_stay: Vec<PagesStay>,
    /// Texts whose originals were asked for in part and stay, and why.
    pub originals_stay: Vec<OriginalStays>,
    /// People who stand in it and can't be asked: somebody decided for them.
    pub unasked: u64,
    /// Places let pass on request though an earlier bundle treated them otherwise.
    pub passed: u64,
    /// Its own verification.
    pub findings: Vec<Finding>,
}

/// A document whose text leaves and whose pages don't.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PagesStay {
    /// The exhibit.
    pub exhibit: u64,
    /// Why.
    #[serde(flatten)]
    pub why: Stays,
}

/// A text whose original stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginalStays {
    /// The exhibit.
    pub exhibit: u64,
    /// Why: `undivided`, `too-long`, `not-placed` or `nothing-open`.
    pub why: &'static str,
}
