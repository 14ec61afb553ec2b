//! Small encrypted files: `{0: version, 1: generation, 2: nonce, 3: ciphertext}`.
//!
//! Keeps: version and generation are under the tag (they are part of the associated data), so is the file's name.
//! Deliberately does not know: what is inside.

use casemate_ports::store::{CaseStore, StoreName};
use casemate_proof::CaseId;
use casemate_proof::cbor::{CborError, Reader, Writer};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::ambient::Ambient;
use crate::secret::{Boxed, KEY_LEN, decrypt, encrypt};

const VERSION: u64 = 1;
const TAG: &[u8] = b"casemate/file/v1\0";

/// What was in a small encrypted file.
pub(crate) struct Opened {
    pub(crate) generation: u64,
    pub(crate) content: Zeroizing<Vec<u8>>,
}

/// Encrypts a small file and puts it in its place.
pub(crate) fn put(
    store: &dyn CaseStore,
    name: &StoreName,
    case: &CaseId,
    generation: u64,
    key: &[u8; KEY_LEN],
    content: &[u8],
    ambient: &mut Ambient,
) -> Result<(), VaultError> {
    let Boxed { nonce, sealed } = encrypt(key, &bound(case, name, generation), content, ambient)?;
    let mut writer = Writer::new();
    writer.map(4).uint(0).uint(VERSION).uint(1).uint(generation).uint(2).bytes(&nonce).uint(3).bytes(&sealed);
    Ok(store.replace(name, &writer.into_bytes())?)
}

/// Reads a small encrypted file; `key` is asked for once the generation is known.
pub(crate) fn take(
    store: &dyn CaseStore,
    name: &StoreName,
    case: &CaseId,
    key: impl FnOnce(u64) -> Zeroizing<[u8; KEY_LEN]>,
) -> Result<Opened, VaultError> {
    let bytes = store.small(name)?;
    let malformed = |_: CborError| VaultError::damaged(name, "not an encrypted record");
    let mut reader = Reader::new(&bytes);
    let (version, generation, nonce, sealed) = read(&mut reader).map_err(malformed)?;
    if version != VERSION {
        return Err(VaultError::Version { what: name.to_string(), found: version, known: VERSION });
    }
    let content = decrypt(&key(generation), &bound(case, name, generation), &nonce, sealed)
        .ok_or_else(|| VaultError::damaged(name, "its tag does not verify"))?;
    Ok(Opened { generation, content })
}

type Parts<'a> = (u64, u64, [u8; 24], &'a [u8]);

fn read<'a>(reader: &mut Reader<'a>) -> Result<Parts<'a>, CborError> {
    reader.map_of(4)?;
    let parts = (reader.key(0)?.uint()?, reader.key(1)?.uint()?, reader.key(2)?.fixed()?, reader.key(3)?.bytes()?);
    reader.clone().end()?;
    Ok(parts)
}

fn bound(case: &CaseId, name: &StoreName, generation: u64) -> Vec<u8> {
    [TAG, &case.0, &generation.to_be_bytes(), &VERSION.to_be_bytes(), name.as_str().as_bytes()].concat()
}
