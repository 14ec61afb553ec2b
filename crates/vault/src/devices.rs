//! Several devices on one case: what a commit has seen of the others, and a lane for one more.
//!
//! Keeps: what a commit says it has seen never goes back, and nothing damaged is vouched for.
//! Deliberately does not know: how lanes are opened and compared.

use std::collections::{BTreeMap, BTreeSet};

use casemate_proof::log::{Grant, Head};
use casemate_proof::{Compartment, LaneId};

use crate::commit::{Seen, begin_lane};
use crate::lane::LaneSecrets;
use crate::lanes::open_lane;
use crate::{Vault, VaultError, places};

impl Vault {
    /// The heads that the next commit says it has seen: never less than the one before said, nothing that is damaged.
    pub(crate) fn seen(&self) -> Result<Seen, VaultError> {
        let own = self.own_lane()?;
        let mut seen = Seen::nothing();
        for (lane, head) in own.state.seen() {
            seen.heads.insert(*lane, *head);
            // The own clock is past it already.
            seen.clocks.insert(*lane, 0);
        }
        for lane in self.lanes.iter().filter(|lane| lane.id != own.id && lane.broken.is_none()) {
            let head = lane.state.head();
            if own.state.seen().get(&lane.id).is_none_or(|before| head.size > before.size) {
                seen.heads.insert(lane.id, head);
                seen.clocks.insert(lane.id, lane.state.lamport());
            }
        }
        Ok(seen)
    }

    /// A lane for another device: its keys, and its first commit, which has seen all lanes that are open here. `role` as in
    /// [`Vault::create`]. That device opens the case with [`Vault::open_lane`].
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn add_lane(&mut self, role: &str) -> Result<LaneId, VaultError> {
        self.writable()?;
        let secrets = LaneSecrets::draw(&mut self.ambient)?;
        let grant = Grant { case: self.case, keys: secrets.public(), role: role.to_owned() }.sign(&self.keys.owner)?;
        let lane = secrets.id(&self.case);
        let own = self.own_lane()?;
        let mut seen = self.seen()?;
        seen.heads.insert(own.id, own.state.head());
        seen.clocks.insert(own.id, own.state.lamport());
        // The clocks of lanes that are not at hand are below the own one's, which has seen them.
        let _lock = self.store.lock(&places::lane_lock(&lane)?)?;
        secrets.store(&*self.store, &self.case, self.keys.key(Compartment::Identity)?, &mut self.ambient)?;
        begin_lane(&*self.store, (self.case, lane), &grant, &secrets, &self.keys, seen, &mut self.ambient)?;
        let opened = open_lane(&*self.store, self.case, lane, &self.keys, &mut Vec::new())?;
        self.lanes.push(opened);
        Ok(lane)
    }

    /// The head of each lane that is open.
    #[must_use]
    pub fn heads(&self) -> BTreeMap<LaneId, Head> {
        self.lanes.iter().map(|lane| (lane.id, lane.state.head())).collect()
    }

    /// The lanes that are open, by id.
    #[must_use]
    pub fn lanes(&self) -> BTreeSet<LaneId> {
        self.lanes.iter().map(|lane| lane.id).collect()
    }
}
