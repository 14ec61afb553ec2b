//! What an intake came to, as a job tells it.
//!
//! Keeps: each file's fate is named. Does not know: how files are taken in.

use casemate_app::intake::AddReply;
use casemate_app::reading::NotRead;
use serde::Serialize;
use utoipa::ToSchema;

/// A file that was sealed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sealed)]
struct SealedView {
    exhibit: u64,
    source: String,
    size: u64,
    seal: String,
}

/// A file whose bytes were here.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Duplicate)]
struct DuplicateView {
    source: String,
    exhibit: u64,
}

/// A file that was not taken in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefusedFile)]
struct RefusedView {
    source: String,
    id: &'static str,
    detail: String,
}

/// What an intake or a reading came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AddReply)]
pub struct AddedView {
    sealed: Vec<SealedView>,
    duplicates: Vec<DuplicateView>,
    refused: Vec<RefusedView>,
    not_read: Vec<NotRead>,
    read: u64,
    transcribed: u64,
    stopped: bool,
}

impl From<AddReply> for AddedView {
    fn from(a: AddReply) -> Self {
        let sealed = a.sealed.into_iter().map(|s| SealedView {
            exhibit: s.exhibit,
            source: s.source,
            size: s.size,
            seal: s.seal,
        });
        let duplicates = a.duplicates.into_iter().map(|d| DuplicateView { source: d.source, exhibit: d.exhibit });
        let refused = a.refused.into_iter().map(|r| RefusedView { source: r.source, id: r.id, detail: r.detail });
        Self {
            sealed: sealed.collect(),
            duplicates: duplicates.collect(),
            refused: refused.collect(),
            not_read: a.not_read,
            read: a.read,
            transcribed: a.transcribed,
            stopped: a.stopped,
        }
    }
}
