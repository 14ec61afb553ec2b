//! The vault: a case as a folder of encrypted objects and a signed log (`docs/format/vault.md`).
//!
//! Keeps: I1 bytes out are bytes in; I2 the log only grows; I4 what was acknowledged outlives a crash at any write; no
//! plaintext in any file. Nothing is ever deleted: what has no place is set aside.
//! Deliberately does not know: what acts other than its own mean, where a store lies, how a passphrase is asked for.

pub mod acts;
mod ambient;
mod commit;
mod devices;
mod error;
mod export;
mod finding;
mod full;
mod keys;
mod lane;
mod lanes;
mod manifest;
mod object;
mod passphrase;
mod places;
mod read;
mod ring;
mod seal;
mod sealed_file;
mod secret;
mod snapshot;
pub mod stamp;
mod vault;
mod verify;
pub mod witness;
mod write;

pub use ambient::{Ambient, Clock, Random, SystemClock, SystemRandom};
pub use error::VaultError;
pub use export::ExportedKey;
pub use finding::{Finding, Status};
pub use object::{Form, ObjectReader, PAD_FLOOR, Source, StoredObject, padded_len};
pub use passphrase::{GENERATED_WORDS, Kdf, LOG_N, LOG_N_MAX, PASSPHRASE_MIN_CHARS, Passphrase};
pub use places::FileId;
pub use read::{Acts, Content, Entry};
pub use seal::{Draft, seal_drafts};
pub use vault::SSHSIG_NAMESPACE;
pub use vault::{Access, SignedHead, Vault};
pub use write::{COMMIT_ACTS_MAX, Receipt};
