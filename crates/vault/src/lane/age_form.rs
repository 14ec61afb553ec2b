//! A full segment as an age file: stock `age` opens it, and what comes out is the segment as it was written, with the
//! content of each frame in the place of its ciphertext, byte for byte as long; then a table of where frames begin.
//!
//! Keeps: the identity that opens the file is wrapped to every compartment, in a stanza beside age's own.
//! Deliberately does not know: frames, when a segment is full.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{self, BufReader, Read, Seek};

use age::secrecy::ExposeSecret;
use age::stream::StreamReader;
use age_core::format::{FileKey, Stanza};
use casemate_ports::store::{CaseStore, StoreName, StoreRead};
use casemate_proof::{CaseId, LaneId};
use zeroize::Zeroizing;

use super::compartments::SegmentKeys;
use crate::VaultError;
use crate::ambient::Ambient;
use crate::secret::{NONCE_LEN, decrypt, encrypt};

/// First bytes of an age file of any version.
pub(super) const AGE_START: &[u8; 20] = b"age-encryption.org/v";
/// The stanza of the age header that wraps the file's identity to a compartment.
const STANZA: &str = "casemate-segment";
const TAG: &[u8] = b"casemate/segment-age/v1\0";
const BUFFER: usize = 64 * 1024;
/// Where the last line of an age header begins, how long its rest is (32 bytes in base64, line end), and how long a header may be.
const MAC_MARK: &[u8; 5] = b"\n--- ";
const MAC_LINE: usize = 44;
const HEADER_MOST: u64 = 64 * 1024;
/// Of an age payload: the nonce before it, its pieces, the tag of each.
const PAYLOAD_NONCE: u64 = 16;
const PIECE: u64 = 64 * 1024;
const PIECE_TAG: u64 = 16;
/// What stands between the last frame and the table: the length of no frame.
pub(super) const TABLE_MARK: [u8; 4] = [0; 4];

/// Which segment: case, lane, number.
pub(super) type Which<'a> = (&'a CaseId, &'a LaneId, u32);

fn bound((case, lane, number): Which<'_>, length: u64) -> Vec<u8> {
    [TAG, &case.0, &lane.0, &number.to_be_bytes(), &length.to_be_bytes()].concat()
}

/// Puts the identity, wrapped to each compartment, beside age's own stanza.
struct Wraps {
    length: u64,
    wraps: Vec<(u64, Vec<u8>)>,
}

impl age::Recipient for Wraps {
    fn wrap_file_key(&self, _: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), age::EncryptError> {
        let stanza = |(code, body): &(u64, Vec<u8>)| Stanza {
            tag: STANZA.to_owned(),
            args: vec![code.to_string(), self.length.to_string()],
            body: body.clone(),
        };
        Ok((self.wraps.iter().map(stanza).collect(), HashSet::new()))
    }
}

/// Finds the identity in the header by the compartment keys at hand, and opens the file with it.
struct Opener<'a> {
    which: Which<'a>,
    keys: &'a SegmentKeys<'a>,
    found: RefCell<Option<(Zeroizing<String>, u64)>>,
}

impl Opener<'_> {
    fn identity(&self, stanza: &Stanza) -> Option<(Zeroizing<String>, u64)> {
        let (code, length) = match stanza.args.as_slice() {
            [code, length] if stanza.tag == STANZA => (code.parse::<u64>().ok()?, length.parse().ok()?),
            _ => return None,
        };
        let (_, key) = self.keys.0.iter().find(|(compartment, _)| compartment.code() == code)?;
        let (nonce, sealed) = stanza.body.split_first_chunk::<NONCE_LEN>()?;
        let text = decrypt(&key.derive(&[TAG]), &bound(self.which, length), nonce, sealed)?;
        Some((Zeroizing::new(std::str::from_utf8(&text).ok()?.to_owned()), length))
    }
}

impl age::Identity for Opener<'_> {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, age::DecryptError>> {
        None
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<FileKey, age::DecryptError>> {
        let found = stanzas.iter().find_map(|stanza| self.identity(stanza))?;
        let opened = found.0.parse::<age::x25519::Identity>().ok()?.unwrap_stanzas(stanzas);
        *self.found.borrow_mut() = Some(found);
        opened
    }
}

/// A sealed segment, opened.
pub(super) struct Opened {
    pub(super) stream: Box<dyn StoreRead>,
    pub(super) identity: Zeroizing<String>,
    /// Bytes of the segment as it was written; the table follows.
    pub(super) length: u64,
}

/// `None`: it does not open with the keys at hand.
pub(super) fn open(file: Box<dyn StoreRead>, which: Which<'_>, keys: &SegmentKeys<'_>) -> Option<Opened> {
    let opener = Opener { which, keys, found: RefCell::new(None) };
    let stream = Content::open(file, &opener)?;
    let (identity, length) = opener.found.take()?;
    Some(Opened { stream: Box::new(stream), identity, length })
}

/// Opens it again with the identity that is known.
pub(crate) fn reopen(store: &dyn CaseStore, name: &StoreName, identity: &str) -> Option<Box<dyn StoreRead>> {
    let identity: age::x25519::Identity = identity.parse().ok()?;
    Some(Box::new(Content::open(store.open(name).ok()?, &identity)?))
}

/// What an age file holds. `age`'s own reader must not be asked to go behind its end, wherever the file was cut.
struct Content {
    stream: StreamReader<BufReader<Box<dyn StoreRead>>>,
    /// Bytes that there can be, by the file's length; the last may not verify.
    most: u64,
    at: u64,
}

impl Content {
    fn open(mut file: Box<dyn StoreRead>, identity: &dyn age::Identity) -> Option<Self> {
        let most = most_content(&mut file).ok()??;
        let decryptor = age::Decryptor::new_buffered(BufReader::with_capacity(BUFFER, file)).ok()?;
        let stream = decryptor.decrypt(std::iter::once(identity)).ok()?;
        Some(Self { stream, most, at: 0 })
    }
}

/// The length of the content by the length of the file (C2SP age, "Payload"); the file is then at its start again.
fn most_content(file: &mut Box<dyn StoreRead>) -> io::Result<Option<u64>> {
    let size = file.seek(io::SeekFrom::End(0))?;
    file.seek(io::SeekFrom::Start(0))?;
    let mut start = Vec::new();
    file.by_ref().take(HEADER_MOST).read_to_end(&mut start)?;
    file.seek(io::SeekFrom::Start(0))?;
    let Some(mac) = start.windows(MAC_MARK.len()).position(|w| w == MAC_MARK) else { return Ok(None) };
    let header = (mac + MAC_MARK.len() + MAC_LINE) as u64;
    let Some(payload) = size.checked_sub(header + PAYLOAD_NONCE) else { return Ok(None) };
    Ok(Some(payload.saturating_sub(payload.div_ceil(PIECE + PIECE_TAG) * PIECE_TAG)))
}

impl Read for Content {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.most {
            return Ok(0);
        }
        let n = self.stream.read(buf)?;
        self.at = self.at.saturating_add(n as u64);
        Ok(n)
    }
}

impl Seek for Content {
    fn seek(&mut self, pos: io::SeekFrom) -> io::Result<u64> {
        let target = match pos {
            io::SeekFrom::Start(at) => Some(at),
            io::SeekFrom::Current(by) => self.at.checked_add_signed(by),
            io::SeekFrom::End(by) => self.most.checked_add_signed(by),
        };
        let target = target.ok_or(io::ErrorKind::InvalidInput)?;
        if target < self.most {
            self.stream.seek(io::SeekFrom::Start(target))?;
        }
        self.at = target;
        Ok(target)
    }
}

/// Where a frame begins, by the table.
pub(super) fn place_of(stream: &mut (impl Read + Seek), length: u64, nth: u64) -> io::Result<Option<u64>> {
    let at = length.saturating_add(TABLE_MARK.len() as u64).saturating_add(nth.saturating_mul(8));
    stream.seek(io::SeekFrom::Start(at))?;
    let mut entry = [0; 8];
    match stream.read_exact(&mut entry) {
        Ok(()) => Ok(Some(u64::from_be_bytes(entry)).filter(|place| *place < length)),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(e) => Err(e),
    }
}

/// What encrypts a segment of this length: to an identity of its own, which is wrapped to every compartment.
pub(super) fn encryptor(
    which: Which<'_>,
    length: u64,
    keys: &SegmentKeys<'_>,
    ambient: &mut Ambient,
) -> Result<age::Encryptor, VaultError> {
    let identity = age::x25519::Identity::generate();
    let text = Zeroizing::new(identity.to_string().expose_secret().to_owned());
    let mut wraps = Vec::new();
    for (compartment, key) in keys.0 {
        let boxed = encrypt(&key.derive(&[TAG]), &bound(which, length), text.as_bytes(), ambient)?;
        wraps.push((compartment.code(), [&boxed.nonce[..], &boxed.sealed].concat()));
    }
    let (own, beside) = (identity.to_public(), Wraps { length, wraps });
    let recipients: [&dyn age::Recipient; 2] = [&own, &beside];
    age::Encryptor::with_recipients(recipients.into_iter()).map_err(|_| VaultError::Encrypt { what: "a segment" })
}
