//! Sealing and reading objects in a vault.
//!
//! Keeps: a sealed object lies staged, not yet durable, until an act that holds it is committed; staged files that no act
//! names are moved to quarantine when the vault is next opened for writing.
//! Deliberately does not know: leaves, pieces, threads.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use casemate_carve::Hint;
use casemate_ports::store::{CaseStore, StoreName, StoreRead};
use casemate_proof::{ObjectKey, ObjectRoot, Oid, Timebase};
use zeroize::Zeroizing;

use crate::acts::stored_object;
use crate::object::{ObjectReader, Sealing, Source, StoredObject, seal_leaves, seal_source};
use crate::places::{self, FileId};
use crate::read::Content;
use crate::{Vault, VaultError};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An object that is drawn and not sealed yet: its name, its key, and the store that takes it.
///
/// Keeps: what it seals lies staged, as all that no act names yet. Does not know: the vault.
pub struct Draft {
    store: Arc<dyn CaseStore>,
    name: StoreName,
    file: FileId,
    oid: Oid,
    key: ObjectKey,
}

impl Draft {
    /// Seals a source, as [`Vault::seal`].
    ///
    /// # Errors
    /// As [`Vault::seal`].
    pub fn seal(self, source: &mut dyn Source, hint: Hint) -> Result<StoredObject, VaultError> {
        let Self { store, name, file, oid, key } = self;
        seal_source(source, hint, Sealing { store: &*store, name, file, oid, key })
    }
}

/// Seals sources, `at_once` of them side by side. The answers come in the order of the sources; each source's own errors
/// are in its answer.
pub fn seal_drafts<S: Source>(
    drafts: Vec<(Draft, &mut S, Hint)>,
    at_once: usize,
) -> Vec<Result<StoredObject, VaultError>> {
    if drafts.len() < 2 || at_once < 2 {
        return drafts.into_iter().map(|(draft, source, hint)| draft.seal(source, hint)).collect();
    }
    let hands = at_once.min(drafts.len());
    let sealed: Vec<Mutex<_>> = drafts.iter().map(|_| Mutex::new(None)).collect();
    let tasks = Mutex::new(drafts.into_iter().enumerate());
    let work = || loop {
        // The lock must not outlive this line.
        let next = lock(&tasks).next();
        let Some((at, (draft, source, hint))) = next else { return };
        if let Some(slot) = sealed.get(at) {
            *lock(slot) = Some(draft.seal(source, hint));
        }
    };
    std::thread::scope(|scope| {
        // One that can't be started leaves its share to the others.
        (1..hands).for_each(|_| drop(std::thread::Builder::new().spawn_scoped(scope, work)));
        work();
    });
    let done = sealed.into_iter().map(|slot| slot.into_inner().unwrap_or_else(PoisonError::into_inner));
    done.map(|one| one.unwrap_or(Err(VaultError::Stopped))).collect()
}

impl Vault {
    /// Seals a source from its start to the end it has now: encrypted, hashed and committed to, in one pass. `hint` says
    /// what it is taken for; what does not hold becomes `chunk-v1`. Nothing names the object until an act with it
    /// ([`crate::acts::SealAct`], [`crate::acts::DeriveAct`]) is appended.
    ///
    /// # Errors
    /// [`VaultError::Source`] if it can't be read; the store's errors, after which sealing something else is possible.
    pub fn seal(&mut self, source: &mut dyn Source, hint: Hint) -> Result<StoredObject, VaultError> {
        self.draft()?.seal(source, hint)
    }

    /// An object that is drawn, to be sealed without the vault: whoever shares the vault goes on meanwhile.
    ///
    /// # Errors
    /// [`VaultError::ReadOnly`], [`VaultError::Stopped`].
    pub fn draft(&mut self) -> Result<Draft, VaultError> {
        self.writable()?;
        let (file, oid, key) = self.draw_object()?;
        let name = places::staged_object(&self.lane_id(), &file)?;
        Ok(Draft { store: Arc::clone(&self.store), name, file, oid, key })
    }

    /// As [`Vault::seal`], for several sources, `at_once` of them side by side. The answers come in the order of the sources.
    ///
    /// # Errors
    /// [`VaultError::ReadOnly`], [`VaultError::Stopped`]; a source's own errors are in its answer.
    pub fn seal_each<S: Source>(
        &mut self,
        sources: Vec<(&mut S, Hint)>,
        at_once: usize,
    ) -> Result<Vec<Result<StoredObject, VaultError>>, VaultError> {
        let mut drafts = Vec::with_capacity(sources.len());
        for (source, hint) in sources {
            drafts.push((self.draft()?, source, hint));
        }
        Ok(seal_drafts(drafts, at_once))
    }

    /// Seals leaves (ticks, payload) of a profile whose objects have no source but their leaves: release layers.
    ///
    /// # Errors
    /// As [`Vault::seal`]; [`VaultError::Object`] if a limit is passed.
    pub fn seal_leaves(
        &mut self,
        profile: &str,
        timebase: Timebase,
        leaves: &[(u64, Vec<u8>)],
    ) -> Result<StoredObject, VaultError> {
        self.writable()?;
        let (file, oid, key) = self.draw_object()?;
        let name = places::staged_object(&self.lane_id(), &file)?;
        seal_leaves(profile, timebase, leaves, Sealing { store: &*self.store, name, file, oid, key })
    }

    fn draw_object(&mut self) -> Result<(FileId, Oid, ObjectKey), VaultError> {
        let key = Zeroizing::new(self.ambient.draw()?);
        Ok((FileId(self.ambient.draw()?), Oid(self.ambient.draw()?), ObjectKey::new(*key)))
    }

    /// Opens an object for reading: its original bytes, each verified before it is given out.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] naming the object.
    pub fn read(&self, object: &StoredObject) -> Result<ObjectReader, VaultError> {
        ObjectReader::new(self.open_file(&object.file)?, object)
    }

    pub(crate) fn open_file(&self, file: &FileId) -> Result<Box<dyn StoreRead>, VaultError> {
        let shelved = self.store.open(&places::object(file)?);
        match shelved {
            Err(e) if e.is_missing() => {
                // Committed, and the crash came before it was put on its shelf; or not committed yet.
                for lane in self.lanes() {
                    if let Ok(staged) = self.store.open(&places::staged_object(&lane, file)?) {
                        return Ok(staged);
                    }
                }
                Err(e.into())
            }
            other => Ok(other?),
        }
    }

    /// The object of a root, from the acts that can be read. It looks through the acts; keep a fold to look up many.
    ///
    /// # Errors
    /// [`VaultError::NoObject`].
    pub fn find(&self, root: &ObjectRoot) -> Result<StoredObject, VaultError> {
        for entry in self.acts()? {
            if let Ok(entry) = entry
                && let Content::Act(sealed) = entry.content
                && let Some(object) = stored_object(&sealed.act)
                && object.root() == *root
            {
                return Ok(object);
            }
        }
        Err(VaultError::NoObject(*root))
    }

    /// After a crash: staged objects that an act names go to their shelves, others to quarantine.
    pub(crate) fn place_staged(&mut self) -> Result<(), VaultError> {
        let lane = self.lane_id();
        let staged = self.store.list(&places::staged(&lane)?)?;
        if staged.is_empty() {
            return Ok(());
        }
        let mut named = BTreeSet::new();
        let mut all_read = true;
        for entry in self.acts()? {
            match entry.map(|entry| entry.content) {
                Ok(Content::Act(sealed)) => named.extend(stored_object(&sealed.act).map(|object| object.file)),
                _ => all_read = false,
            }
        }
        for listed in staged {
            let file = places::unhex(listed.name.leaf()).map(FileId);
            match file.filter(|file| named.contains(file)) {
                Some(file) => self.store.publish(&listed.name, &places::object(&file)?)?,
                // An act that can't be read may name it: it stays.
                None if !all_read => {}
                None => {
                    self.store.quarantine(&listed.name)?;
                }
            }
        }
        Ok(())
    }
}
