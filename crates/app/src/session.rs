//! An open case: the vault, and the folds of its log kept up to date with every append.
//!
//! Keeps: the folds are those of the log, act for act. Does not know: use cases.

use crate::AppError;
use crate::catalogue::{Catalogue, Exhibit};
use crate::planned::Remembered;
use crate::understanding::Understanding;
use crate::understood::{NotUnderstood, Strange};
use casemate_case::fold::CaseFile;
use casemate_case::kinds::ExhibitRef;
use casemate_case::person::Person;
use casemate_media::Program;
use casemate_ports::store::CaseStore;
use casemate_proof::{Act, CaseId};
use casemate_search::IndexStore;
use casemate_vault::{Access, Ambient, Kdf, ObjectReader, Passphrase, Receipt, Vault};
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The programs beside this one, and how much of the machine they may take.
#[derive(Clone, Debug)]
pub struct Tools {
    /// The reader of hostile bytes.
    pub worker: Option<Program>,
    /// The same, with the model folder as argument: it reads pictures too.
    pub pictures: Option<Program>,
    /// The speech engine, with the model folder as argument.
    pub speech: Option<Program>,
    /// Workers at a time.
    pub jobs: usize,
    /// Threads of the speech engine.
    pub threads: u8,
    /// The folder of the sentence encoder's model.
    pub meaning: Option<PathBuf>,
}

/// Where a case lives: given by the composition root.
#[derive(Clone)]
pub struct Place {
    /// Objects, lanes, keys.
    pub store: Arc<dyn CaseStore>,
    /// The index of the identity compartment; disposable.
    pub index: Arc<dyn IndexStore>,
}

/// An open case.
pub struct Session {
    pub(crate) vault: Vault,
    pub(crate) catalogue: Catalogue,
    pub(crate) case: CaseFile,
    pub(crate) census: casemate_proof::log::Census,
    pub(crate) acts: u64,
    pub(crate) damaged: Vec<String>,
    strange: Strange,
    pub(crate) plan_states: Remembered,
    pub(crate) index: Arc<dyn IndexStore>,
    pub(crate) tools: Tools,
    pub(crate) understanding: Understanding,
}

/// Makes a new case in an empty store.
///
/// # Errors
/// A case is there already; the store's own.
pub fn init(store: Arc<dyn CaseStore>, passphrase: &Passphrase, kdf: Kdf) -> Result<CaseId, AppError> {
    let vault = Vault::create(store, passphrase, kdf, "owner", Ambient::system())?;
    let id = vault.case_id();
    vault.lock();
    Ok(id)
}

/// A fresh passphrase of seven words.
///
/// # Errors
/// The system gives no random bytes.
pub fn generate_passphrase() -> Result<Passphrase, AppError> {
    Ok(Passphrase::generate(&mut Ambient::system())?)
}

impl Session {
    /// Opens the case at `place`.
    ///
    /// # Errors
    /// No case, a wrong passphrase, another writer, damage that leaves nothing to read; for writing also
    /// [`casemate_vault::VaultError::Version`] where the log holds a critical act that this version doesn't understand.
    pub fn open(place: Place, passphrase: &Passphrase, access: Access, tools: Tools) -> Result<Self, AppError> {
        let vault = Vault::open(place.store, passphrase, access, Ambient::system())?;
        let mut session = Self {
            vault,
            catalogue: Catalogue::default(),
            case: CaseFile::default(),
            census: casemate_proof::log::Census::new(),
            acts: 0,
            damaged: Vec::new(),
            strange: Strange::default(),
            plan_states: Remembered::default(),
            index: place.index,
            tools,
            understanding: Understanding::default(),
        };
        session.fold()?;
        if access == Access::Write {
            session.strange.admit_writing()?;
        }
        Ok(session)
    }

    fn fold(&mut self) -> Result<(), AppError> {
        for entry in self.vault.acts()? {
            match entry {
                Ok(entry) => {
                    self.acts += 1;
                    if let Some(act) = entry.act() {
                        self.strange.count(act);
                        self.catalogue.apply(act, entry.order);
                        self.case.apply(act);
                        self.census.count(entry.order, act);
                    }
                }
                Err(damage) => self.damaged.push(damage.to_string()),
            }
        }
        Ok(())
    }

    /// Appends acts in one commit and folds them.
    pub(crate) fn append(&mut self, acts: Vec<Act>) -> Result<Receipt, AppError> {
        let folded = acts.clone();
        let receipt = self.vault.append(acts)?;
        for (index, act) in (receipt.first..).zip(&folded) {
            let order = casemate_proof::log::ActOrder { lamport: receipt.lamport, lane: receipt.lane, index };
            self.catalogue.apply(act, order);
            self.case.apply(act);
            self.census.count(order, act);
            self.acts += 1;
        }
        // The commit act itself.
        self.acts += 1;
        Ok(receipt)
    }

    /// The exhibits.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// People, consents, plans.
    #[must_use]
    pub fn case(&self) -> &CaseFile {
        &self.case
    }

    /// Acts in the log, commits' own among them.
    #[must_use]
    pub fn acts(&self) -> u64 {
        self.acts
    }

    /// The vault.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// What of the log could not be read, in words of the vault.
    #[must_use]
    pub fn damaged(&self) -> &[String] {
        &self.damaged
    }

    /// The acts that this version does not understand, by kind and version. They are kept and verified as all others.
    #[must_use]
    pub fn not_understood(&self) -> Vec<NotUnderstood> {
        self.strange.list()
    }

    /// The exhibit that a word names.
    ///
    /// # Errors
    /// [`AppError::NoExhibit`].
    pub fn exhibit(&self, word: &str) -> Result<&Exhibit, AppError> {
        self.catalogue.find(word).ok_or_else(|| AppError::NoExhibit(word.chars().take(64).collect()))
    }

    /// The one person who answers to a name, an alias or an id.
    ///
    /// # Errors
    /// [`AppError::NotOnePerson`].
    pub fn one_person(&self, word: &str) -> Result<&Person, AppError> {
        match self.case.people_called(word).as_slice() {
            [one] => Ok(one),
            many => Err(AppError::NotOnePerson { found: many.len() }),
        }
    }

    pub(crate) fn now(&self) -> String {
        crate::clock::rfc3339(self.vault.now_ms())
    }

    /// The original of an exhibit, byte for byte, each checked before it is given out.
    ///
    /// # Errors
    /// [`AppError::NotRead`] where its compartment is closed; damage, by the object's name.
    pub fn original(&self, exhibit: &Exhibit) -> Result<ObjectReader, AppError> {
        let sealed = exhibit.sealed.as_ref().ok_or(AppError::NotRead(exhibit.number))?;
        Ok(self.vault.read(&sealed.object)?)
    }

    pub(crate) fn reference(exhibit: &Exhibit) -> ExhibitRef {
        ExhibitRef { subject: exhibit.subject, root: exhibit.root }
    }

    /// Closes the case; what remains on disk opens faster next time.
    pub fn close(self) {
        self.vault.lock();
    }
}

/// Whatever lends a session for a moment: long work takes it only to write down what is finished, so that a server's
/// other tasks don't wait for it.
pub trait Lend {
    /// Has the session for as long as `work` takes. Never called inside itself.
    fn with<R>(&self, work: impl FnOnce(&mut Session) -> R) -> R;
}

/// A session at which one task works.
impl Lend for RefCell<&mut Session> {
    fn with<R>(&self, work: impl FnOnce(&mut Session) -> R) -> R {
        work(&mut self.borrow_mut())
    }
}

/// A session at which several tasks work. One that died left the log whole: a commit is appended in one step, and what is
/// folded is what was appended.
impl Lend for Mutex<Session> {
    fn with<R>(&self, work: impl FnOnce(&mut Session) -> R) -> R {
        work(&mut self.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
