//! The custody log and the object construction (`docs/format/log.md`, `docs/format/objects.md`).
//!
//! Keeps: everything here is a function of its arguments; keys, salts and nonces are given, never drawn. Every
//! decoder accepts one encoding of a value and refuses the rest, within limits that its error names.
//! Does not know: files, clocks, randomness, ciphers of stored bytes, what a profile's payloads mean.

pub mod act;
pub mod cbor;
pub mod commitment;
pub mod digest;
pub mod disclosure;
pub mod ids;
pub mod keys;
pub mod log;
pub mod note;
pub mod object;
pub mod selection;
pub mod shape;
pub mod sshsig;
pub mod tree;
pub mod value;

pub use act::{Act, Class, Compartment, SealedAct, SubjectId};
pub use disclosure::{Disclosure, Mask, Prover, Token, Verifier};
pub use ids::{CaseId, Hash, LaneId, ObjectRoot, Oid, SealNumber};
pub use keys::{PublicKey, SecretKey, Signature};
pub use note::{Checkpoint, NoteKey, SignedNote, TlogProof};
pub use object::{ObjectHasher, ObjectKey, ObjectRecord, Timebase};
pub use tree::Frontier;
pub use value::Value;
