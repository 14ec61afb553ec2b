//! The secret keys of a device's lane, kept encrypted under the identity compartment.
//!
//! Keeps: one key for one use: checkpoints as notes, checkpoints as SSHSIG, disclosures.
//! Deliberately does not know: who holds the device.

use casemate_ports::store::CaseStore;
use casemate_proof::cbor::{CborError, Reader, Writer};
use casemate_proof::log::{LaneKeys, lane_id};
use casemate_proof::{CaseId, LaneId, SecretKey};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::ambient::Ambient;
use crate::places;
use crate::sealed_file;
use crate::secret::Key;

const TAG: &[u8] = b"casemate/lane-keys/v1\0";

/// A lane's secret keys.
pub(crate) struct LaneSecrets {
    pub(crate) lane: SecretKey,
    pub(crate) ssh: SecretKey,
    pub(crate) disclosure: SecretKey,
}

impl LaneSecrets {
    pub(crate) fn draw(ambient: &mut Ambient) -> Result<Self, VaultError> {
        let mut one = || -> Result<SecretKey, VaultError> {
            let seed = Zeroizing::new(ambient.draw::<32>()?);
            Ok(SecretKey::from_seed(&seed))
        };
        Ok(Self { lane: one()?, ssh: one()?, disclosure: one()? })
    }

    pub(crate) fn public(&self) -> LaneKeys {
        LaneKeys { lane: self.lane.public(), ssh: self.ssh.public(), disclosure: self.disclosure.public() }
    }

    pub(crate) fn id(&self, case: &CaseId) -> LaneId {
        lane_id(case, &self.lane.public())
    }

    pub(crate) fn store(
        &self,
        store: &dyn CaseStore,
        case: &CaseId,
        identity: &Key,
        ambient: &mut Ambient,
    ) -> Result<(), VaultError> {
        let mut writer = Writer::new();
        writer
            .map(3)
            .uint(0)
            .bytes(self.lane.seed())
            .uint(1)
            .bytes(self.ssh.seed())
            .uint(2)
            .bytes(self.disclosure.seed());
        let content = Zeroizing::new(writer.into_bytes());
        let name = places::lane_keys(&self.id(case))?;
        sealed_file::put(store, &name, case, 0, &identity.derive(&[TAG]), &content, ambient)
    }

    pub(crate) fn load(
        store: &dyn CaseStore,
        case: &CaseId,
        lane: &LaneId,
        identity: &Key,
    ) -> Result<Self, VaultError> {
        let name = places::lane_keys(lane)?;
        let opened = sealed_file::take(store, &name, case, |_| identity.derive(&[TAG]))?;
        let mut reader = Reader::new(&opened.content);
        let secrets = read(&mut reader).map_err(|_| VaultError::damaged(&name, "not the keys of a lane"))?;
        if secrets.id(case) != *lane {
            return Err(VaultError::damaged(&name, "the keys of another lane"));
        }
        Ok(secrets)
    }
}

fn read(reader: &mut Reader<'_>) -> Result<LaneSecrets, CborError> {
    reader.map_of(3)?;
    let mut key = |n| -> Result<SecretKey, CborError> {
        let seed = Zeroizing::new(reader.key(n)?.fixed::<32>()?);
        Ok(SecretKey::from_seed(&seed))
    };
    Ok(LaneSecrets { lane: key(0)?, ssh: key(1)?, disclosure: key(2)? })
}
