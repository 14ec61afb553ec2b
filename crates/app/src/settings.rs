//! What a person is told of the case's keys and of what is installed beside it.
//!
//! Keeps: what does not exist yet (backup, recovery) reads *not known*, never "fine". Does not know: where models lie.

use crate::doctor::{Health, ModelFile, model};
use crate::listing::{Said, compartment_word};
use crate::words::CompartmentWord;
use crate::{AppError, Session};
use casemate_proof::log::SignedGrant;
use casemate_proof::{LaneId, PublicKey};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A device's log and keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Lane)]
pub struct LaneView {
    /// The lane, 64 hex digits.
    pub id: String,
    /// Whether it is this device's.
    pub own: bool,
    /// What its person is in the case.
    pub role: String,
    /// The key that signs its checkpoints, 64 hex digits.
    pub lane_key: String,
    /// The key that signs its disclosures, 64 hex digits: what a court's bundle names.
    pub disclosure_key: String,
    /// The time of its first act that has one, RFC 3339, by that device's clock: it began then or before.
    pub since: Option<String>,
    /// Entries that are at hand.
    pub entries: u64,
}

/// Somebody who may open the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Member {
    /// What they are in the case.
    pub role: String,
    /// Their key, 64 hex digits: the owner's signs every lane's grant.
    pub key: String,
}

/// A model as it lies in its folder.
#[derive(Clone, Debug)]
pub struct InstalledModel {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Licence.
    pub licence: String,
    /// Languages, BCP 47; `*` for all.
    pub languages: Vec<String>,
    /// Those in which its text is a draft.
    pub draft: Vec<String>,
    /// Its files, with the sums that are pinned.
    pub files: Vec<ModelFile>,
}

/// A model that is installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Model)]
pub struct ModelView {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Licence.
    pub licence: String,
    /// Languages, BCP 47; `*` for all.
    pub languages: Vec<String>,
    /// Those in which its text is a draft.
    pub draft: Vec<String>,
    /// Whether every file has the SHA-256 that is pinned.
    pub intact: bool,
}

impl From<InstalledModel> for ModelView {
    /// Reads the files whole.
    fn from(m: InstalledModel) -> Self {
        let intact = !m.files.is_empty() && m.files.iter().all(|f| model(f).status == Health::Ok);
        Self { name: m.name, version: m.version, licence: m.licence, languages: m.languages, draft: m.draft, intact }
    }
}

/// The case's keys, and what guards them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeysReply {
    /// The case's id, hex.
    pub case: String,
    /// The lanes of all devices, the own one first.
    pub lanes: Vec<LaneView>,
    /// The compartments that are open here.
    #[schema(value_type = Vec<CompartmentWord>)]
    pub compartments: Vec<&'static str>,
    /// Who may open the case; as yet its owner alone.
    pub members: Vec<Member>,
    /// When a backup was last made, RFC 3339. Always null as yet: no command makes one.
    pub backup: Option<String>,
    /// When recovery was last tried, RFC 3339. Always null as yet: nothing sets it up.
    pub recovery: Option<String>,
}

/// The keys of an open case.
///
/// # Errors
/// The vault's.
pub fn keys(session: &Session) -> Result<KeysReply, AppError> {
    let vault = &session.vault;
    let mut grants: BTreeMap<LaneId, SignedGrant> = BTreeMap::new();
    let mut since: BTreeMap<LaneId, String> = BTreeMap::new();
    for entry in vault.acts()? {
        // Damage is listed by `log` as a whole and by `verify` in detail.
        let Ok(entry) = entry else { continue };
        let (Some(act), lane) = (entry.act(), entry.order.lane) else { continue };
        if let Ok(grant) = SignedGrant::from_act(act) {
            grants.entry(lane).or_insert(grant);
        }
        if let Some(at) = Said::of(act).at {
            since.entry(lane).or_insert(at);
        }
    }
    let own = vault.lane_id();
    let lane = |(id, head): (LaneId, casemate_proof::log::Head)| {
        let granted = grants.get(&id).map(|g| &g.grant);
        LaneView {
            id: id.to_string(),
            own: id == own,
            role: granted.map(|g| g.role.clone()).unwrap_or_default(),
            lane_key: granted.map(|g| hex(&g.keys.lane)).unwrap_or_default(),
            disclosure_key: granted.map(|g| hex(&g.keys.disclosure)).unwrap_or_default(),
            since: since.get(&id).cloned(),
            entries: head.size,
        }
    };
    let mut lanes: Vec<LaneView> = vault.heads().into_iter().map(lane).collect();
    lanes.sort_by_key(|l| !l.own);
    Ok(KeysReply {
        case: vault.case_id().to_string(),
        lanes,
        compartments: vault.compartments().map(compartment_word).collect(),
        members: vec![Member { role: "owner".to_owned(), key: hex(&vault.owner()) }],
        backup: None,
        recovery: None,
    })
}

fn hex(key: &PublicKey) -> String {
    casemate_verify::bag::hex(key.as_bytes())
}
