//! The sealed form of one index file: a header that wraps the file's own key, then frames of 16 KiB.
//!
//! Keeps: every write of a file has a fresh random key and id; a frame opens only in its file, at its number, as the
//! last one or not; a file opens only under its own name. The format is in `docs/format/index.md`.
//! Does not know: stores, caches, what is inside.

use chacha20poly1305::aead::{Aead, AeadInOut, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Clear bytes in a frame; the last may hold fewer.
pub(crate) const FRAME: usize = 16 << 10;
/// Bytes of a tag.
pub(crate) const TAG: usize = 16;
/// Bytes before the first frame: magic, file id, nonce, wrapped key.
pub(crate) const HEADER: usize = 8 + 16 + 24 + 32 + TAG;

const MAGIC: &[u8; 8] = b"CMINDEX1";
const WRAP: &[u8] = b"casemate/index-file/v1\0";
const WRAP_KEY: &[u8] = b"casemate/index-wrap-key/v1\0";
const NAME_KEY: &[u8] = b"casemate/index-name-key/v1\0";
const NAME: &[u8] = b"casemate/index-name/v1\0";
const TEXT_KEY: &[u8] = b"casemate/index-text-key/v1\0";
const TEXT: &[u8] = b"casemate/index-text/v1\0";

/// Fills a buffer with random bytes.
pub type Random = fn(&mut [u8]) -> std::io::Result<()>;

/// What is wrong with a sealed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken(pub &'static str);

/// The compartment's index key, and what is made of it.
pub(crate) struct IndexKeys {
    wrap: Zeroizing<[u8; 32]>,
    name: Zeroizing<[u8; 32]>,
    text: Zeroizing<[u8; 32]>,
}

fn prf(key: &[u8; 32], label: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes a key of any length: a 32-byte one can't be refused.
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(label);
            mac.update(message);
            mac.finalize().into_bytes().into()
        }
        Err(_) => [0; 32],
    }
}

impl IndexKeys {
    pub(crate) fn new(index_key: &[u8; 32]) -> Self {
        Self {
            wrap: Zeroizing::new(prf(index_key, WRAP_KEY, b"")),
            name: Zeroizing::new(prf(index_key, NAME_KEY, b"")),
            text: Zeroizing::new(prf(index_key, TEXT_KEY, b"")),
        }
    }

    /// The name under which the store knows the engine's file `logical`.
    pub(crate) fn stored_name(&self, logical: &str) -> String {
        prf(&self.name, NAME, logical.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// A number that stands for a text: the same for the same characters, and nobody without the key finds two texts of one.
    pub(crate) fn text_key(&self, text: &str) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = prf(&self.text, TEXT, text.as_bytes());
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    fn wrapping(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.wrap).into())
    }
}

/// Whether a store's name has the form of [`IndexKeys::stored_name`]; anything else in a store is not ours.
pub(crate) fn ours(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
}

fn wrap_data(id: &[u8; 16], logical: &str) -> Vec<u8> {
    [WRAP, id.as_slice(), logical.as_bytes()].concat()
}

/// Seals and opens the frames of one file.
pub(crate) struct FrameCipher {
    id: [u8; 16],
    cipher: ChaCha20Poly1305,
}

impl FrameCipher {
    /// A new file: its cipher and its header.
    pub(crate) fn create(keys: &IndexKeys, logical: &str, random: Random) -> std::io::Result<(Self, Vec<u8>)> {
        let (mut id, mut nonce, mut key) = ([0u8; 16], [0u8; 24], Zeroizing::new([0u8; 32]));
        random(&mut id)?;
        random(&mut nonce)?;
        random(key.as_mut_slice())?;
        let aad = wrap_data(&id, logical);
        let wrapped = keys
            .wrapping()
            .encrypt(&nonce.into(), Payload { msg: key.as_slice(), aad: &aad })
            .map_err(|_| std::io::Error::other("a file key could not be wrapped"))?;
        let header = [MAGIC.as_slice(), &id, &nonce, &wrapped].concat();
        Ok((Self { id, cipher: ChaCha20Poly1305::new(&(*key).into()) }, header))
    }

    /// The cipher of a file, from its first [`HEADER`] bytes.
    pub(crate) fn open(keys: &IndexKeys, logical: &str, header: &[u8; HEADER]) -> Result<Self, Broken> {
        let rest = header.strip_prefix(MAGIC.as_slice()).ok_or(Broken("not an index file of this version"))?;
        let (id, rest) = rest.split_first_chunk::<16>().ok_or(Broken("short header"))?;
        let (nonce, wrapped) = rest.split_first_chunk::<24>().ok_or(Broken("short header"))?;
        let aad = wrap_data(id, logical);
        let key = keys
            .wrapping()
            .decrypt(&(*nonce).into(), Payload { msg: wrapped, aad: &aad })
            .map_err(|_| Broken("the file key does not open: another key, another name, or altered"))?;
        let key = Zeroizing::new(key);
        let cipher = ChaCha20Poly1305::new_from_slice(&key).map_err(|_| Broken("a file key of the wrong length"))?;
        Ok(Self { id: *id, cipher })
    }

    fn associated(&self, number: u64, last: bool) -> [u8; 25] {
        let mut data = [0u8; 25];
        data[..16].copy_from_slice(&self.id);
        data[16..24].copy_from_slice(&number.to_be_bytes());
        data[24] = u8::from(last);
        data
    }

    fn nonce(number: u64) -> [u8; 12] {
        let mut nonce = [0u8; 12];
        nonce[4..].copy_from_slice(&number.to_be_bytes());
        nonce
    }

    /// Seals `frame` in place and appends its tag.
    pub(crate) fn seal(&self, number: u64, last: bool, frame: &mut Vec<u8>) -> std::io::Result<()> {
        self.cipher
            .encrypt_in_place(&Self::nonce(number).into(), &self.associated(number, last), frame)
            .map_err(|_| std::io::Error::other("a frame could not be sealed"))
    }

    /// Opens `frame` (with its tag) in place.
    pub(crate) fn open_frame(&self, number: u64, last: bool, frame: &mut Vec<u8>) -> Result<(), Broken> {
        self.cipher
            .decrypt_in_place(&Self::nonce(number).into(), &self.associated(number, last), frame)
            .map_err(|_| Broken("a frame does not open"))
    }
}

/// How a file of a given size divides into frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Frames, at least one.
    pub frames: u64,
    /// Clear bytes in all.
    pub clear: u64,
}

impl Layout {
    /// From the size on the store.
    pub(crate) fn of(stored: u64) -> Result<Self, Broken> {
        let body = stored.checked_sub(HEADER as u64).ok_or(Broken("shorter than its header"))?;
        let sealed = (FRAME + TAG) as u64;
        let frames = body.div_ceil(sealed).max(1);
        let last = body - (frames - 1) * sealed;
        if last < TAG as u64 || (frames > 1 && last == TAG as u64) {
            return Err(Broken("cut short"));
        }
        Ok(Self { frames, clear: body - frames * TAG as u64 })
    }

    /// Offset on the store and sealed length of a frame.
    pub(crate) fn place(self, number: u64) -> (u64, usize) {
        let sealed = (FRAME + TAG) as u64;
        let offset = HEADER as u64 + number * sealed;
        let end = (offset + sealed).min(HEADER as u64 + self.clear + self.frames * TAG as u64);
        (offset, usize::try_from(end - offset).unwrap_or(0))
    }

    pub(crate) fn last(self, number: u64) -> bool {
        number + 1 == self.frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn os(into: &mut [u8]) -> std::io::Result<()> {
        getrandom::fill(into).map_err(std::io::Error::other)
    }

    #[test]
    fn a_frame_opens_only_in_its_place() {
        let keys = IndexKeys::new(&[7; 32]);
        let (cipher, header) = FrameCipher::create(&keys, "a.term", os).unwrap();
        let header: [u8; HEADER] = header.try_into().unwrap();
        let mut frame = b"some words".to_vec();
        cipher.seal(3, false, &mut frame).unwrap();
        let again = FrameCipher::open(&keys, "a.term", &header).unwrap();
        let mut good = frame.clone();
        again.open_frame(3, false, &mut good).unwrap();
        assert_eq!(good, b"some words");
        assert!(again.open_frame(2, false, &mut frame.clone()).is_err());
        assert!(again.open_frame(3, true, &mut frame.clone()).is_err());
        assert!(FrameCipher::open(&keys, "b.term", &header).is_err());
        assert!(FrameCipher::open(&IndexKeys::new(&[8; 32]), "a.term", &header).is_err());
        let (other, _) = FrameCipher::create(&keys, "a.term", os).unwrap();
        assert!(other.open_frame(3, false, &mut frame.clone()).is_err());
    }

    #[test]
    fn sizes_divide() {
        let header = HEADER as u64;
        let sealed = (FRAME + TAG) as u64;
        assert_eq!(Layout::of(header + 16), Ok(Layout { frames: 1, clear: 0 }));
        assert_eq!(Layout::of(header + sealed), Ok(Layout { frames: 1, clear: FRAME as u64 }));
        assert_eq!(Layout::of(header + sealed + 17), Ok(Layout { frames: 2, clear: FRAME as u64 + 1 }));
        assert!(Layout::of(header + sealed + 16).is_err());
        assert!(Layout::of(header + sealed + 1).is_err());
        assert!(Layout::of(header + 15).is_err());
        assert!(Layout::of(header - 1).is_err());
        assert_eq!(Layout { frames: 2, clear: FRAME as u64 + 1 }.place(1), (header + sealed, 17));
    }
}
