//! What a stock `age` needs to open an object.
//!
//! Keeps: the identity of one object opens that object alone.
//! Deliberately does not know: where it is written to.

use casemate_ports::store::StoreError;
use zeroize::Zeroizing;

use crate::object::StoredObject;
use crate::places;
use crate::{Vault, VaultError};

/// One line of `casemate export --keys`.
#[derive(Clone, Debug)]
pub struct ExportedKey {
    /// The file, from the case folder: an object or a full segment.
    pub file: String,
    /// `AGE-SECRET-KEY-1…`.
    pub identity: Zeroizing<String>,
    /// True length: `age -d -i KEY FILE | head -c LEN`.
    pub size: u64,
    /// SHA-256 of those bytes, in hex; empty for a segment that can't be read to its end.
    pub sha256: String,
}

impl Vault {
    /// The key of one object, to be opened without this program.
    ///
    /// # Errors
    /// The store's, if the object's file is missing.
    pub fn export_key(&self, object: &StoredObject) -> Result<ExportedKey, VaultError> {
        let shelf = places::object(&object.file)?;
        let staged = self.lanes().into_iter().map(|lane| places::staged_object(&lane, &object.file));
        let places = std::iter::once(Ok(shelf.clone())).chain(staged).collect::<Result<Vec<_>, _>>()?;
        let there = places.into_iter().find(|place| self.store.open(place).is_ok());
        let file = there.ok_or_else(|| StoreError::Missing { name: shelf.to_string() })?;
        Ok(ExportedKey {
            file: file.to_string(),
            identity: object.identity.clone(),
            size: object.size,
            sha256: places::hex(&object.sha256),
        })
    }
}
