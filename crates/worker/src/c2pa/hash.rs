//! The digests that claims name.
//!
//! Keeps: one that is not known is none. Does not know: what is hashed.

use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// A digest that is being made.
#[derive(Clone, Debug)]
pub enum Hash {
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Hash {
    /// By its name in a claim; without one it is SHA-256.
    pub fn named(name: Option<&str>) -> Option<Self> {
        match name {
            None | Some("sha256") => Some(Self::Sha256(Sha256::new())),
            Some("sha384") => Some(Self::Sha384(Sha384::new())),
            Some("sha512") => Some(Self::Sha512(Sha512::new())),
            Some(_) => None,
        }
    }

    pub fn take(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hash) => hash.update(bytes),
            Self::Sha384(hash) => hash.update(bytes),
            Self::Sha512(hash) => hash.update(bytes),
        }
    }

    pub fn made(self) -> Vec<u8> {
        match self {
            Self::Sha256(hash) => hash.finalize().to_vec(),
            Self::Sha384(hash) => hash.finalize().to_vec(),
            Self::Sha512(hash) => hash.finalize().to_vec(),
        }
    }
}
