//! The tokens that a bundle carries.
//!
//! Keeps: the newest of each authority, which renews the others, goes along. Does not know: whether they hold (the verifier says so), other lanes.

use crate::AppError;
use crate::covering::{self, Covering};
use casemate_bundle::material::{LoggedAct, StampMaterial};
use casemate_proof::tree::{StoredNodes, prove_consistency};
use casemate_stamp::Kept;
use casemate_vault::VaultError;
use casemate_vault::stamp::StampAct;
use casemate_verify::bag::STAMPS_MAX;
use std::collections::BTreeMap;

/// Tokens of the own lane by the entry that records them.
pub(crate) type Stamps = BTreeMap<u64, StampAct>;

/// The entries of the tokens that go with items at `places`.
pub(crate) fn choose(stamps: &Stamps, places: &[u64]) -> Vec<u64> {
    let of = |(entry, act): (&u64, &StampAct)| (*entry, Covering { by: act.authority.clone(), size: act.size });
    covering::choose(stamps.iter().map(of), places, STAMPS_MAX)
}

/// A token as a bundle of a lane with `size` entries carries it.
pub(crate) fn material(
    act: &StampAct,
    logged: LoggedAct,
    size: u64,
    nodes: &StoredNodes,
) -> Result<StampMaterial, AppError> {
    let damaged = || VaultError::Damaged { what: "a stamped checkpoint".to_owned(), why: "it is not text" };
    Ok(StampMaterial {
        note: String::from_utf8(act.note.clone()).map_err(|_| damaged())?,
        kept: Kept {
            salt: act.salt,
            token: act.token.clone(),
            certificates: act.certificates.clone(),
            lists: act.lists.clone(),
        },
        consistency: prove_consistency(act.size, size, nodes).map_err(VaultError::from)?,
        logged: Some(logged),
    })
}
