//! [`Vault`]: a case that is open.
//!
//! Keeps: everything that writes goes through one lane, under its lock; opening never changes what it could not place
//! but by moving it to quarantine, and only when it holds the lock.
//! Deliberately does not know: folds.

use std::sync::Arc;

use casemate_ports::store::{CaseStore, StoreLock};
use casemate_proof::log::{Grant, Head, lane_id};
use casemate_proof::{CaseId, Compartment, LaneId, PublicKey, SecretKey, SignedNote, sshsig};

use crate::VaultError;
use crate::ambient::Ambient;
use crate::finding::Finding;
use crate::keys::{COMPARTMENTS, CaseKeys};
use crate::lane::{Lane, LaneSecrets, LaneWriter, SegmentKeys, write_head};
use crate::lanes::{compare, open_lane, open_others, own_lane};
use crate::manifest;
use crate::passphrase::{Kdf, Passphrase, unwrap_root, wrap_root};
use crate::places;
use crate::ring::Ring;
use crate::secret::Key;
use crate::snapshot;

/// Namespace of the SSHSIG over a checkpoint.
pub const SSHSIG_NAMESPACE: &str = "checkpoint@casemate";

/// Whether a vault may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads only; needs no lock.
    Read,
    /// Reads and writes; one at a time for each lane.
    Write,
}

/// The signed head of the own lane.
#[derive(Clone, Debug)]
pub struct SignedHead {
    /// The lane.
    pub lane: LaneId,
    /// Size and root.
    pub head: Head,
    /// The signed note.
    pub note: SignedNote,
    /// The same note signed as SSHSIG (namespace [`SSHSIG_NAMESPACE`]), armoured.
    pub sshsig: String,
}

/// The lane that this vault writes.
pub(crate) struct Own {
    pub(crate) at: usize,
    pub(crate) secrets: LaneSecrets,
    /// Present when opened for writing.
    pub(crate) writer: Option<LaneWriter>,
    _lock: Option<Box<dyn StoreLock>>,
}

/// An open case. Dropping it forgets all keys; [`Vault::lock`] also notes where the lane stands.
pub struct Vault {
    pub(crate) store: Arc<dyn CaseStore>,
    pub(crate) ambient: Ambient,
    pub(crate) case: CaseId,
    pub(crate) keys: CaseKeys,
    pub(crate) rings: Vec<(Compartment, Ring)>,
    pub(crate) lanes: Vec<Lane>,
    pub(crate) own: Own,
    /// A write failed: the disk's state is unknown until opened anew.
    pub(crate) stopped: bool,
    pub(crate) since_snapshot: u64,
    findings: Vec<Finding>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({})", self.case)
    }
}

impl Vault {
    /// Makes a case in an empty store, with one lane for this device. `role` is what its holder is in the case (1 to 64
    /// bytes of text, part of the lane's grant).
    ///
    /// # Errors
    /// [`VaultError::CaseExists`], and the store's.
    pub fn create(
        store: Arc<dyn CaseStore>,
        passphrase: &Passphrase,
        kdf: Kdf,
        role: &str,
        mut ambient: Ambient,
    ) -> Result<Self, VaultError> {
        match manifest::read(&*store) {
            Err(VaultError::NoCase) => {}
            Ok(_) => return Err(VaultError::CaseExists),
            Err(e) => return Err(e),
        }
        let case = CaseId(ambient.draw()?);
        let root = Key::draw(&mut ambient)?;
        store.replace(&places::passphrase()?, &wrap_root(&root, passphrase, kdf)?)?;
        let keys = CaseKeys::draw(&mut ambient)?;
        keys.store(&*store, &case, &root, &mut ambient)?;
        for compartment in COMPARTMENTS {
            Ring::create(&*store, case, compartment, keys.key(compartment)?, &mut ambient)?;
        }
        let secrets = LaneSecrets::draw(&mut ambient)?;
        secrets.store(&*store, &case, keys.key(Compartment::Identity)?, &mut ambient)?;
        let grant = Grant { case, keys: secrets.public(), role: role.to_owned() }.sign(&keys.owner)?;
        let lane = secrets.id(&case);
        {
            let _lock = store.lock(&places::lane_lock(&lane)?)?;
            crate::commit::begin_lane(
                &*store,
                (case, lane),
                &grant,
                &secrets,
                &keys,
                crate::commit::Seen::nothing(),
                &mut ambient,
            )?;
            manifest::write(&*store, &case)?;
        }
        Self::unlock(store, &root, None, Access::Write, ambient)
    }

    /// Opens a case. For writing it takes the lane's lock, rolls forward over whole commits whose head was not written,
    /// and moves to quarantine what no commit names.
    ///
    /// # Errors
    /// [`VaultError::NoCase`], [`VaultError::WrongPassphrase`], [`VaultError::Damaged`] where keys or lane can't be
    /// read at all; for writing [`VaultError::ReadOnlyLane`] if commits before the head can't be read, and
    /// [`casemate_ports::store::StoreError::Locked`].
    pub fn open(
        store: Arc<dyn CaseStore>,
        passphrase: &Passphrase,
        access: Access,
        ambient: Ambient,
    ) -> Result<Self, VaultError> {
        manifest::read(&*store)?;
        let root = unwrap_root(&store.small(&places::passphrase()?)?, passphrase)?;
        Self::unlock(store, &root, None, access, ambient)
    }

    /// As [`Vault::open`], as the device of this lane ([`Vault::add_lane`]). Without it the lane that the case begins with is
    /// the own one, where the keys of several lie here.
    ///
    /// # Errors
    /// As [`Vault::open`]; [`VaultError::Damaged`] if this lane's keys do not lie here.
    pub fn open_lane(
        store: Arc<dyn CaseStore>,
        passphrase: &Passphrase,
        lane: LaneId,
        access: Access,
        ambient: Ambient,
    ) -> Result<Self, VaultError> {
        manifest::read(&*store)?;
        let root = unwrap_root(&store.small(&places::passphrase()?)?, passphrase)?;
        Self::unlock(store, &root, Some(lane), access, ambient)
    }

    fn unlock(
        store: Arc<dyn CaseStore>,
        root: &Key,
        lane: Option<LaneId>,
        access: Access,
        ambient: Ambient,
    ) -> Result<Self, VaultError> {
        let case = manifest::read(&*store)?;
        let keys = CaseKeys::load(&*store, &case, root)?;
        let own_id = own_lane(&*store, case, &keys, lane)?;
        let lock = match access {
            Access::Write => Some(store.lock(&places::lane_lock(&own_id)?)?),
            Access::Read => None,
        };
        let secrets = LaneSecrets::load(&*store, &case, &own_id, keys.key(Compartment::Identity)?)?;
        let mut findings = Vec::new();
        let mut rings = Vec::new();
        for (compartment, key) in &keys.compartments {
            let ring = Ring::open(&*store, case, *compartment, key)?;
            findings
                .extend(ring.damaged().map(|why| Finding::failed("ring-page-damaged", why, "its keys can't be read")));
            rings.push((*compartment, ring));
        }
        let lane = open_lane(&*store, case, own_id, &keys, &mut findings)?;
        let mut lanes = open_others(&*store, case, &own_id, &keys, &mut findings)?;
        findings.extend(compare(&lanes, &lane));
        lanes.insert(0, lane);
        let own = Own { at: 0, secrets, writer: None, _lock: lock };
        let mut vault =
            Self { store, ambient, case, keys, rings, lanes, own, stopped: false, since_snapshot: 0, findings };
        if access == Access::Write {
            vault.resume()?;
        }
        Ok(vault)
    }

    /// Makes the lane ready for writing: the head rolled forward, the writer placed, staged objects placed.
    fn resume(&mut self) -> Result<(), VaultError> {
        let lane = self.lanes.get(self.own.at).ok_or(VaultError::ReadOnly)?;
        if let Some(why) = &lane.broken {
            return Err(VaultError::ReadOnlyLane { lane: lane.id.to_string(), why: why.clone() });
        }
        let keys = SegmentKeys(&self.keys.compartments);
        if let Some(why) = crate::lane::hole(&*self.store, (self.case, lane.id), &keys, lane.position)? {
            return Err(VaultError::ReadOnlyLane { lane: lane.id.to_string(), why });
        }
        for slot in &lane.heads.damaged {
            self.store.quarantine(slot)?;
        }
        let size = lane.state.head().size;
        if lane.heads.newest().is_none_or(|head| head.size < size) {
            write_head(&*self.store, &lane.id, lane.position.number.saturating_sub(1), &lane.note)?;
        }
        self.own.writer = Some(LaneWriter::resume(&*self.store, self.case, lane, &keys)?);
        self.place_staged()?;
        self.seal_full_segment();
        Ok(())
    }

    /// The case.
    #[must_use]
    pub fn case_id(&self) -> CaseId {
        self.case
    }

    /// The own lane.
    #[must_use]
    pub fn lane_id(&self) -> LaneId {
        lane_id(&self.case, &self.own.secrets.lane.public())
    }

    /// The owner's public key: what every lane's grant is signed with.
    #[must_use]
    pub fn owner(&self) -> PublicKey {
        self.keys.owner.public()
    }

    /// The key that signs disclosures of this device.
    #[must_use]
    pub fn disclosure_key(&self) -> &SecretKey {
        &self.own.secrets.disclosure
    }

    /// The device's public keys: lane, SSHSIG, disclosure.
    #[must_use]
    pub fn lane_keys(&self) -> casemate_proof::log::LaneKeys {
        self.own.secrets.public()
    }

    /// The compartments whose keys are at hand.
    pub fn compartments(&self) -> impl Iterator<Item = Compartment> + '_ {
        self.rings.iter().map(|(compartment, _)| *compartment)
    }

    /// What opening found that is not as it should be. Empty for a whole case.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The time of the vault's clock, in milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        self.ambient.clock.now_ms()
    }

    /// Random bytes of the vault's source: ids, salts, seeds of plans.
    ///
    /// # Errors
    /// [`VaultError::Random`].
    pub fn draw<const N: usize>(&mut self) -> Result<[u8; N], VaultError> {
        self.ambient.draw()
    }

    /// The signed head of the own lane.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if the last commit carries no valid checkpoint.
    pub fn checkpoint(&self) -> Result<SignedHead, VaultError> {
        let lane = self.own_lane()?;
        let (head, note) = lane
            .signed_head()
            .ok_or_else(|| VaultError::damaged(format_args!("lane {}", lane.id), "no signed head"))?;
        let sshsig = sshsig::sign(SSHSIG_NAMESPACE, note.encode().as_bytes(), &self.own.secrets.ssh);
        Ok(SignedHead { lane: lane.id, head, note, sshsig })
    }

    /// The map root that the next commit will hold: over the own lane as it stands now and the others that are open. A census
    /// act names it, to say which heads were counted.
    ///
    /// # Errors
    /// [`VaultError::ReadOnly`] without a lane.
    pub fn next_map_root(&self) -> Result<casemate_proof::Hash, VaultError> {
        Ok(self.own_lane()?.state.map_root(&self.seen()?.heads))
    }

    /// A key for bytes beside the acts (a search index, a snapshot) of one compartment. Another label, another key; it
    /// changes when the compartment's ring is rotated, and what lies under it is then rebuilt.
    ///
    /// # Errors
    /// [`VaultError::Sealed`].
    pub fn side_key(&self, compartment: Compartment, label: &str) -> Result<zeroize::Zeroizing<[u8; 32]>, VaultError> {
        Ok(self.ring(compartment)?.side_key(label.as_bytes()))
    }

    /// Begins a new segment after so many bytes instead of 64 MiB: for tests, which can't write that much.
    pub fn limit_segments_for_tests(&mut self, bytes: u64) {
        if let Some(writer) = &mut self.own.writer {
            writer.limit(bytes);
        }
    }

    /// Notes where the lane stands, so that the next opening is quick, and forgets all keys.
    pub fn lock(mut self) {
        self.note_position();
    }

    /// Writes the snapshot; it is disposable, so a failure is none of the caller's.
    pub(crate) fn note_position(&mut self) {
        if self.stopped || self.own.writer.is_none() {
            return;
        }
        let Some(lane) = self.lanes.get(self.own.at) else { return };
        let Some((_, key)) = self.keys.compartments.first() else { return };
        let noted =
            crate::lane::Snapshot { state: lane.state.clone(), position: lane.position, note: lane.note.clone() };
        if snapshot::write(&*self.store, &self.case, &noted, key, &mut self.ambient).is_ok() {
            self.since_snapshot = 0;
        }
    }

    pub(crate) fn own_lane(&self) -> Result<&Lane, VaultError> {
        self.lanes.get(self.own.at).ok_or(VaultError::ReadOnly)
    }

    pub(crate) fn ring(&self, compartment: Compartment) -> Result<&Ring, VaultError> {
        let found = self.rings.iter().find(|(c, _)| *c == compartment);
        found.map(|(_, ring)| ring).ok_or(VaultError::Sealed(compartment))
    }

    /// How many pages of keys the system keeps out of swap, and how many there are.
    #[must_use]
    pub fn locked_pages(&self) -> (usize, usize) {
        self.rings.iter().map(|(_, ring)| ring.locked()).fold((0, 0), |(a, b), (c, d)| (a + c, b + d))
    }
}
