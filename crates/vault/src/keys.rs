//! What the root key opens: the owner's signing key and the compartment keys.
//!
//! Keeps: one small file under the root key, so that a new passphrase (a new root key) rewrites that file alone.
//! Deliberately does not know: subjects.

use casemate_ports::store::CaseStore;
use casemate_proof::cbor::{CborError, Reader, Writer};
use casemate_proof::{CaseId, Compartment, SecretKey};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::ambient::Ambient;
use crate::places;
use crate::sealed_file;
use crate::secret::{KEY_LEN, Key};

const TAG: &[u8] = b"casemate/keys/v1\0";
/// Compartments of a case, in the order of their numbers.
pub(crate) const COMPARTMENTS: [Compartment; 3] = [Compartment::Identity, Compartment::Case, Compartment::Press];

/// The keys right under the root key.
pub(crate) struct CaseKeys {
    pub(crate) owner: SecretKey,
    pub(crate) compartments: Vec<(Compartment, Key)>,
}

impl CaseKeys {
    pub(crate) fn draw(ambient: &mut Ambient) -> Result<Self, VaultError> {
        let seed = Zeroizing::new(ambient.draw::<32>()?);
        let mut compartments = Vec::new();
        for compartment in COMPARTMENTS {
            compartments.push((compartment, Key::draw(ambient)?));
        }
        Ok(Self { owner: SecretKey::from_seed(&seed), compartments })
    }

    pub(crate) fn key(&self, compartment: Compartment) -> Result<&Key, VaultError> {
        let found = self.compartments.iter().find(|(c, _)| *c == compartment);
        found.map(|(_, key)| key).ok_or(VaultError::Sealed(compartment))
    }

    pub(crate) fn store(
        &self,
        store: &dyn CaseStore,
        case: &CaseId,
        root: &Key,
        ambient: &mut Ambient,
    ) -> Result<(), VaultError> {
        let mut writer = Writer::new();
        writer.map(2).uint(0).bytes(self.owner.seed()).uint(1).array(self.compartments.len());
        for (compartment, key) in &self.compartments {
            writer.array(2).uint(compartment.code()).bytes(key.bytes());
        }
        let content = Zeroizing::new(writer.into_bytes());
        sealed_file::put(store, &places::root()?, case, 0, &root.derive(&[TAG]), &content, ambient)
    }

    pub(crate) fn load(store: &dyn CaseStore, case: &CaseId, root: &Key) -> Result<Self, VaultError> {
        let name = places::root()?;
        let opened = sealed_file::take(store, &name, case, |_| root.derive(&[TAG]))?;
        let mut reader = Reader::new(&opened.content);
        read(&mut reader).map_err(|_| VaultError::damaged(&name, "not the keys of a case"))
    }
}

fn read(reader: &mut Reader<'_>) -> Result<CaseKeys, CborError> {
    reader.map_of(2)?;
    let seed = Zeroizing::new(reader.key(0)?.fixed::<32>()?);
    let count = reader.key(1)?.array()?;
    let mut compartments = Vec::new();
    for _ in 0..count {
        reader.array_of(2)?;
        let compartment = Compartment::from_code(reader.uint()?);
        let key = Zeroizing::new(reader.fixed::<KEY_LEN>()?);
        compartments.push((compartment, Key::new(&key)));
    }
    Ok(CaseKeys { owner: SecretKey::from_seed(&seed), compartments })
}
