//! What a stock `age` needs to open an object.
//!
//! Keeps: the identity of one object opens that object alone.
//! Deliberately does not know: where it is written to.

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
        let file = match self.store.open(&shelf) {
            Ok(_) => shelf,
            Err(_) => {
                let staged = places::staged_object(&self.lane_id(), &object.file)?;
                self.store.open(&staged)?;
                staged
            }
        };
        Ok(ExportedKey {
            file: file.to_string(),
            identity: object.identity.clone(),
            size: object.size,
            sha256: places::hex(&object.sha256),
        })
    }
}
