//! Where each thing of a case lies (`docs/format/vault.md`, "Files").
//!
//! Keeps: every name in a case is made here. Deliberately does not know: what lies there.

use std::fmt::Write as _;

use casemate_ports::store::{StoreError, StoreName};
use casemate_proof::{Compartment, LaneId};

/// Bytes of an object's random file name.
pub(crate) const FILE_ID_LEN: usize = 16;

/// The random name of an object's file: it says nothing of the object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub [u8; FILE_ID_LEN]);

impl std::fmt::Display for FileId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl std::fmt::Debug for FileId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileId({self})")
    }
}

type Named = Result<StoreName, StoreError>;

pub(crate) fn manifest() -> Named {
    StoreName::new("casemate.toml")
}

pub(crate) fn passphrase() -> Named {
    StoreName::new("keys/passphrase.age")
}

pub(crate) fn root() -> Named {
    StoreName::new("keys/root")
}

pub(crate) fn ring(compartment: &str) -> Named {
    StoreName::new(format!("keys/{compartment}/root"))
}

pub(crate) fn ring_pages(compartment: &str) -> Named {
    StoreName::new(format!("keys/{compartment}/pages"))
}

pub(crate) fn ring_page(compartment: &str, lane: &LaneId, number: u32) -> Named {
    StoreName::new(format!("keys/{compartment}/pages/{lane}.{number:08x}"))
}

pub(crate) fn lanes() -> Named {
    StoreName::new("lanes")
}

pub(crate) fn lane_keys(lane: &LaneId) -> Named {
    StoreName::new(format!("lanes/{lane}/keys"))
}

pub(crate) fn lane_lock(lane: &LaneId) -> Named {
    StoreName::new(format!("lanes/{lane}/lock"))
}

/// Slot 0 is `head-a`, slot 1 `head-b`.
pub(crate) fn head(lane: &LaneId, slot: u64) -> Named {
    StoreName::new(format!("lanes/{lane}/head-{}", if slot == 0 { 'a' } else { 'b' }))
}

pub(crate) fn segments(lane: &LaneId) -> Named {
    StoreName::new(format!("lanes/{lane}/segments"))
}

pub(crate) fn segment(lane: &LaneId, number: u32) -> Named {
    StoreName::new(format!("lanes/{lane}/segments/{number:08x}"))
}

/// A segment that is being rewritten as an age file.
pub(crate) fn staged_segment(lane: &LaneId, number: u32) -> Named {
    StoreName::new(format!("lanes/{lane}/staged/segment-{number:08x}"))
}

pub(crate) fn staged(lane: &LaneId) -> Named {
    StoreName::new(format!("lanes/{lane}/staged"))
}

pub(crate) fn staged_object(lane: &LaneId, id: &FileId) -> Named {
    StoreName::new(format!("lanes/{lane}/staged/{id}"))
}

pub(crate) fn objects() -> Named {
    StoreName::new("objects")
}

pub(crate) fn object(id: &FileId) -> Named {
    let name = id.to_string();
    let shelf: String = name.chars().take(2).collect();
    StoreName::new(format!("objects/{shelf}/{name}"))
}

pub(crate) fn quarantine() -> Named {
    StoreName::new("quarantine")
}

/// The word for a compartment in names of files; `None` for one of a later version.
pub(crate) fn compartment_word(compartment: Compartment) -> Option<&'static str> {
    match compartment {
        Compartment::Identity => Some("identity"),
        Compartment::Case => Some("case"),
        Compartment::Press => Some("press"),
        Compartment::Later(_) => None,
    }
}

/// Lower-case hex of any bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// The inverse of [`hex`] for a fixed size.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let bytes = text.as_bytes();
    if bytes.len() != N * 2 {
        return None;
    }
    let mut out = [0; N];
    for (slot, pair) in out.iter_mut().zip(bytes.chunks_exact(2)) {
        *slot = match pair {
            [high, low] => digit(*high)? << 4 | digit(*low)?,
            _ => return None,
        };
    }
    Some(out)
}
