//! Keys in memory and the cipher for small things.
//!
//! Keeps: a key is wiped when dropped, kept out of swap where the system grants it, and never printed.
//! Deliberately does not know: which key opens what.

use casemate_proof::digest::hkdf;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, Zeroizing};

use crate::VaultError;
use crate::ambient::Ambient;

/// Bytes of every symmetric key.
pub(crate) const KEY_LEN: usize = 32;
/// Bytes of an XChaCha20 nonce.
pub(crate) const NONCE_LEN: usize = 24;
/// Bytes of a Poly1305 tag.
pub(crate) const TAG_LEN: usize = 16;

/// Memory of pages of its own, so that locking and unlocking it touches no neighbour.
#[repr(align(4096))]
struct OwnPages<const N: usize>([u8; N]);

/// Long-lived key bytes: wiped when dropped and, where granted, locked into memory.
pub(crate) struct Guarded<const N: usize> {
    pages: Box<OwnPages<N>>,
    /// Absent where the system grants no more locked memory.
    lock: Option<region::LockGuard>,
}

impl<const N: usize> Guarded<N> {
    pub(crate) fn zeroed() -> Self {
        let pages = Box::new(OwnPages([0; N]));
        let lock = region::lock(pages.0.as_ptr(), N).ok();
        Self { pages, lock }
    }

    pub(crate) fn new(bytes: &[u8; N]) -> Self {
        let mut guarded = Self::zeroed();
        guarded.pages.0.copy_from_slice(bytes);
        guarded
    }

    pub(crate) fn bytes(&self) -> &[u8; N] {
        &self.pages.0
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8; N] {
        &mut self.pages.0
    }

    /// Whether the system granted locked memory.
    pub(crate) fn is_locked(&self) -> bool {
        self.lock.is_some()
    }
}

impl<const N: usize> Drop for Guarded<N> {
    fn drop(&mut self) {
        self.pages.0.zeroize();
        // Unlocked before the memory is given back.
        self.lock.take();
    }
}

/// A 32-byte key that lives as long as the vault.
pub(crate) type Key = Guarded<KEY_LEN>;

impl Key {
    pub(crate) fn draw(ambient: &mut Ambient) -> Result<Self, VaultError> {
        let mut key = Self::zeroed();
        ambient.random.fill(key.bytes_mut())?;
        Ok(key)
    }

    /// A key for one purpose, derived from this one.
    pub(crate) fn derive(&self, info: &[&[u8]]) -> Zeroizing<[u8; KEY_LEN]> {
        Zeroizing::new(hkdf(self.bytes(), info))
    }
}

/// A nonce and what was encrypted under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Boxed {
    pub(crate) nonce: [u8; NONCE_LEN],
    pub(crate) sealed: Vec<u8>,
}

/// XChaCha20-Poly1305 under a random nonce.
pub(crate) fn encrypt(
    key: &[u8; KEY_LEN],
    ad: &[u8],
    plain: &[u8],
    ambient: &mut Ambient,
) -> Result<Boxed, VaultError> {
    let nonce: [u8; NONCE_LEN] = ambient.draw()?;
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: ad })
        .map_err(|_| VaultError::Encrypt { what: "a record" })?;
    Ok(Boxed { nonce, sealed })
}

/// The ciphertext and tag under a nonce that was used for these very bytes: to make again what was written.
pub(crate) fn encrypt_again(key: &[u8; KEY_LEN], ad: &[u8], nonce: &[u8; NONCE_LEN], plain: &[u8]) -> Option<Vec<u8>> {
    XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(*nonce), Payload { msg: plain, aad: ad }).ok()
}

/// The inverse; `None` for another key, other associated data or changed bytes.
pub(crate) fn decrypt(
    key: &[u8; KEY_LEN],
    ad: &[u8],
    nonce: &[u8; NONCE_LEN],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: ad })
        .ok()
        .map(Zeroizing::new)
}
