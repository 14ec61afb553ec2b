//! SHA-256 and HMAC-SHA-256 as the formats use them: big-endian lengths, prefixes, short messages on the stack.
//!
//! Keeps: the same bytes as RFC 6234 and RFC 2104, whichever path computes them.
//! Does not know: what is being hashed.

use crate::ids::Hash;
use sha2::block_api::compress256;
use sha2::{Digest as _, Sha256};

const BLOCK: usize = 64;
const INNER_PAD: u8 = 0x36;
const OUTER_PAD: u8 = 0x5c;
/// Bytes of padding that SHA-256 needs at least: 0x80 and the length.
const PADDING_MIN: usize = 9;
/// Blocks of a [`short`] message.
const SHORT_BLOCKS: usize = 3;
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// SHA-256 of the parts, one after the other.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    Hash(hasher.finalize().into())
}

/// A byte length as the formats write it.
#[must_use]
pub fn length(bytes: &[u8]) -> [u8; 8] {
    (bytes.len() as u64).to_be_bytes()
}

#[inline]
fn output(state: &[u32; 8]) -> [u8; 32] {
    let words = state.map(u32::to_be_bytes);
    let mut out = [0u8; 32];
    out.copy_from_slice(words.as_flattened());
    out
}

/// SHA-256 of a message that fits [`SHORT_BLOCKS`], made on the stack: the seeds, leaves and nodes of objects. A
/// longer one takes the ordinary path. Inlined, so that the lengths of the parts are known where it is called.
#[inline(always)]
pub(crate) fn short(parts: &[&[u8]]) -> Hash {
    let mut blocks = [[0u8; BLOCK]; SHORT_BLOCKS];
    let room = blocks.as_flattened_mut();
    let mut used = 0;
    for part in parts {
        let Some(slot) = room.get_mut(used..used + part.len()) else { return sha256(parts) };
        slot.copy_from_slice(part);
        used += part.len();
    }
    let Some(filled) = blocks.get_mut(..(used + PADDING_MIN).div_ceil(BLOCK)) else { return sha256(parts) };
    let message = filled.as_flattened_mut();
    if let Some(mark) = message.get_mut(used) {
        *mark = 0x80;
    }
    if let Some(tail) = message.last_chunk_mut::<8>() {
        *tail = (used as u64 * 8).to_be_bytes();
    }
    let mut state = INITIAL;
    compress256(&mut state, filled);
    Hash(output(&state))
}

/// Messages of one length that begin alike, padded: only what differs is written for each.
pub(crate) struct Form<const BLOCKS: usize> {
    blocks: [[u8; BLOCK]; BLOCKS],
    prefix: usize,
    length: usize,
}

impl<const BLOCKS: usize> Form<BLOCKS> {
    /// Messages of `length` bytes that begin with `first` and `tag`. In a constant only: what doesn't fit doesn't compile.
    pub(crate) const fn new(first: &[u8], tag: &[u8], length: usize) -> Self {
        let (mut blocks, prefix) = ([[0; BLOCK]; BLOCKS], first.len() + tag.len());
        let mut at = 0;
        while at < prefix {
            blocks[at / BLOCK][at % BLOCK] = if at < first.len() { first[at] } else { tag[at - first.len()] };
            at += 1;
        }
        assert!((length + PADDING_MIN).div_ceil(BLOCK) == BLOCKS && prefix <= length, "blocks of the message");
        blocks[length / BLOCK][length % BLOCK] = 0x80;
        let bits = (length as u64 * 8).to_be_bytes();
        let mut at = 0;
        while at < bits.len() {
            blocks[BLOCKS - 1][BLOCK - bits.len() + at] = bits[at];
            at += 1;
        }
        Self { blocks, prefix, length }
    }

    /// SHA-256 of the message with these fields behind the tag. Inlined, so that their lengths are known where it is called.
    #[inline(always)]
    pub(crate) fn hash(&self, fields: &[&[u8]]) -> Hash {
        let mut blocks = self.blocks;
        let room = blocks.as_flattened_mut();
        let mut used = self.prefix;
        for field in fields {
            if let Some(slot) = room.get_mut(used..used + field.len()) {
                slot.copy_from_slice(field);
            }
            used += field.len();
        }
        debug_assert_eq!(used, self.length, "the fields of the form");
        let mut state = INITIAL;
        compress256(&mut state, &blocks);
        Hash(output(&state))
    }
}

fn padded(key: &[u8; 32], pad: u8) -> [u8; BLOCK] {
    let mut block = [pad; BLOCK];
    block.iter_mut().zip(key).for_each(|(slot, byte)| *slot ^= byte);
    block
}

/// HMAC-SHA-256 of the parts, one after the other, under a 32-byte key.
#[must_use]
pub fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut inner = Sha256::new_with_prefix(padded(key, INNER_PAD));
    parts.iter().for_each(|part| inner.update(part));
    sha256(&[&padded(key, OUTER_PAD), &inner.finalize()]).0
}

/// HKDF-SHA-256 (RFC 5869) without salt, 32 bytes out.
#[must_use]
pub fn hkdf(secret: &[u8; 32], info: &[&[u8]]) -> [u8; 32] {
    let extracted = hmac(&[0; 32], &[secret]);
    let parts: Vec<&[u8]> = info.iter().copied().chain([&[1u8][..]]).collect();
    hmac(&extracted, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_messages_hash_as_sha256() {
        let bytes: Vec<u8> = (0..SHORT_BLOCKS * BLOCK + 80).map(|i| i as u8).collect();
        for end in 0..=bytes.len() {
            let (a, b) = bytes[..end].split_at(end / 3);
            assert_eq!(short(&[a, b]), sha256(&[&bytes[..end]]), "length {end}");
        }
    }

    #[test]
    fn a_form_hashes_as_sha256() {
        const FORM: Form<2> = Form::new(&[1], b"tag\0", 105);
        let fields = [[7u8; 60].as_slice(), &[8; 40]];
        assert_eq!(FORM.hash(&fields), sha256(&[&[1], b"tag\0", fields[0], fields[1]]));
        // The longest message of one block, and the shortest of two.
        const FULL: Form<1> = Form::new(&[], b"", 55);
        const OVER: Form<2> = Form::new(&[], b"", 56);
        assert_eq!(FULL.hash(&[&[9; 55]]), sha256(&[&[9; 55]]));
        assert_eq!(OVER.hash(&[&[9; 56]]), sha256(&[&[9; 56]]));
    }

    #[test]
    fn hmac_and_hkdf_are_those_of_the_crates() {
        use hmac::{KeyInit as _, Mac as _};
        let key: [u8; 32] = core::array::from_fn(|i| i as u8 * 5);
        for length in [0, 1, 31, 32, 55, 56, 63, 64, 65, 200] {
            let message: Vec<u8> = (0..length).map(|i| i as u8).collect();
            let mut mac = hmac::Hmac::<Sha256>::new_from_slice(&key).unwrap();
            mac.update(&message);
            assert_eq!(hmac(&key, &[&message]), <[u8; 32]>::from(mac.finalize().into_bytes()));
            let mut out = [0; 32];
            hkdf::Hkdf::<Sha256>::new(None, &key).expand(&message, &mut out).unwrap();
            assert_eq!(super::hkdf(&key, &[&message]), out);
        }
    }

    #[test]
    fn hmac_is_rfc_4231() {
        // RFC 4231 case 1: a 20-byte key, filled with zeros to 32, is the same HMAC key.
        let mut key = [0u8; 32];
        key[..20].fill(0x0b);
        let hex = Hash(hmac(&key, &[b"Hi ", b"There"])).to_string();
        assert_eq!(hex, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }
}
