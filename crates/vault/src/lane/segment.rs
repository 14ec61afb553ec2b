//! A segment's bytes: a header with the wrapped segment key, then encrypted frames, each bound to the one before.
//!
//! Keeps: no frame opens in another lane, segment, place or order. Everything read is checked against a limit first.
//! Deliberately does not know: what a frame says.

use std::io::{self, Read};

use casemate_ports::store::{CaseStore, StoreError, StoreName, StoreRead};
use casemate_proof::cbor::{CborError, Reader, Writer};
use casemate_proof::digest::sha256;
use casemate_proof::{CaseId, LaneId};
use zeroize::Zeroizing;

use super::age_form;
use super::compartments::SegmentKeys;
use crate::VaultError;
use crate::ambient::Ambient;
use crate::secret::{KEY_LEN, NONCE_LEN, TAG_LEN, decrypt, encrypt, encrypt_again};

/// First bytes of every segment.
pub(crate) const MAGIC: &[u8; 20] = b"casemate-segment-v1\n";
/// Greatest length of a header's CBOR, in bytes.
const HEADER_MAX: usize = 64 * 1024;
/// Greatest length of an encrypted frame (nonce, content, tag), in bytes.
pub(crate) const FRAME_MAX: usize = 256 * 1024 * 1024;
/// A segment at least this long takes no more frames, in bytes.
pub(crate) const SEGMENT_FULL: u64 = 64 * 1024 * 1024;
const LENGTH_LEN: usize = 4;
const VERSION: u64 = 1;

const WRAP_TAG: &[u8] = b"casemate/segment/v1\0";
const FRAME_TAG: &[u8] = b"casemate/frame/v1\0";

/// The last 16 bytes of the frame before: the chain.
pub(crate) type Tag = [u8; TAG_LEN];

/// What a segment says before its first frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) case: CaseId,
    pub(crate) lane: LaneId,
    pub(crate) number: u32,
    /// Number of the commit in the first frame.
    pub(crate) first: u64,
    /// Tag of the frame before.
    pub(crate) previous: Tag,
    wraps: Vec<(u64, [u8; NONCE_LEN], Vec<u8>)>,
}

impl Header {
    /// A header for a new segment, its key drawn and wrapped to every compartment.
    pub(crate) fn draw(
        (case, lane): (CaseId, LaneId),
        (number, first, previous): (u32, u64, Tag),
        keys: &SegmentKeys<'_>,
        ambient: &mut Ambient,
    ) -> Result<(Self, Zeroizing<[u8; KEY_LEN]>), VaultError> {
        let key = Zeroizing::new(ambient.draw()?);
        let mut header = Self { case, lane, number, first, previous, wraps: Vec::new() };
        for (compartment, wrapping) in keys.0 {
            let boxed = encrypt(&wrapping.derive(&[WRAP_TAG]), &header.bound(), &key[..], ambient)?;
            header.wraps.push((compartment.code(), boxed.nonce, boxed.sealed));
        }
        Ok((header, key))
    }

    fn bound(&self) -> Vec<u8> {
        [WRAP_TAG, &self.case.0, &self.lane.0, &self.number.to_be_bytes(), &self.first.to_be_bytes(), &self.previous]
            .concat()
    }

    fn unwrap(&self, keys: &SegmentKeys<'_>) -> Option<Zeroizing<[u8; KEY_LEN]>> {
        self.wraps.iter().find_map(|(code, nonce, sealed)| {
            let (_, key) = keys.0.iter().find(|(compartment, _)| compartment.code() == *code)?;
            let opened = decrypt(&key.derive(&[WRAP_TAG]), &self.bound(), nonce, sealed)?;
            Some(Zeroizing::new(opened.as_slice().try_into().ok()?))
        })
    }

    /// Magic, length, CBOR.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(7).uint(0).uint(VERSION).uint(1).bytes(&self.case.0).uint(2).bytes(&self.lane.0);
        writer.uint(3).uint(u64::from(self.number)).uint(4).uint(self.first).uint(5).bytes(&self.previous);
        writer.uint(6).array(self.wraps.len());
        for (compartment, nonce, sealed) in &self.wraps {
            writer.array(3).uint(*compartment).bytes(nonce).bytes(sealed);
        }
        let body = writer.into_bytes();
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes();
        [&MAGIC[..], &length, &body].concat()
    }

    fn decode(bytes: &[u8]) -> Result<Self, CborError> {
        let mut reader = Reader::new(bytes);
        reader.map_of(7)?;
        if reader.key(0)?.uint()? != VERSION {
            return Err(CborError::Kind { expected: "a segment of version 1" });
        }
        let case = CaseId(reader.key(1)?.fixed()?);
        let lane = LaneId(reader.key(2)?.fixed()?);
        let number = u32::try_from(reader.key(3)?.uint()?).map_err(|_| CborError::Keys)?;
        let (first, previous) = (reader.key(4)?.uint()?, reader.key(5)?.fixed()?);
        let count = reader.key(6)?.array()?;
        let mut wraps = Vec::new();
        for _ in 0..count {
            reader.array_of(3)?;
            wraps.push((reader.uint()?, reader.fixed()?, reader.bytes()?.to_vec()));
        }
        reader.end()?;
        Ok(Self { case, lane, number, first, previous, wraps })
    }
}

/// Encrypts frames into a segment.
pub(crate) struct FrameSealer {
    key: Zeroizing<[u8; KEY_LEN]>,
    header_hash: [u8; 32],
    lane: LaneId,
}

impl FrameSealer {
    pub(crate) fn new(header: &Header, key: Zeroizing<[u8; KEY_LEN]>) -> Self {
        Self { key, header_hash: sha256(&[&header.encode()]).0, lane: header.lane }
    }

    fn bound(&self, number: u64, previous: &Tag) -> Vec<u8> {
        [FRAME_TAG, &self.lane.0, &number.to_be_bytes(), previous, &self.header_hash].concat()
    }

    /// Length, nonce, ciphertext; and the tag that the next frame is bound to.
    pub(crate) fn seal(
        &self,
        number: u64,
        previous: &Tag,
        content: &[u8],
        ambient: &mut Ambient,
    ) -> Result<(Vec<u8>, Tag), VaultError> {
        let found = content.len().saturating_add(NONCE_LEN + TAG_LEN);
        if found > FRAME_MAX {
            return Err(VaultError::Limit { what: "bytes of a commit", found: found as u64, limit: FRAME_MAX as u64 });
        }
        let boxed = encrypt(&self.key, &self.bound(number, previous), content, ambient)?;
        let tag = *boxed.sealed.last_chunk::<TAG_LEN>().ok_or(VaultError::Encrypt { what: "a commit" })?;
        let length = u32::try_from(found).unwrap_or(u32::MAX).to_be_bytes();
        Ok(([&length[..], &boxed.nonce, &boxed.sealed].concat(), tag))
    }

    fn open(&self, number: u64, previous: &Tag, bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>()?;
        decrypt(&self.key, &self.bound(number, previous), nonce, sealed)
    }

    /// Of a frame that holds its content: whether the tag is that of this content in this place.
    fn check(&self, number: u64, previous: &Tag, bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let (content, tag) = rest.split_last_chunk::<TAG_LEN>()?;
        let sealed = encrypt_again(&self.key, &self.bound(number, previous), nonce, content)?;
        (sealed.last_chunk::<TAG_LEN>() == Some(tag)).then(|| Zeroizing::new(content.to_vec()))
    }
}

/// One step through a segment.
pub(crate) enum Step {
    /// A frame that verified.
    Frame(Zeroizing<Vec<u8>>),
    /// Bytes framed like one that do not verify; the next may.
    Bad,
    /// No more whole frames.
    End,
}

/// Reads a segment from its start, in either form.
pub(crate) struct SegmentReader<'a> {
    pub(crate) header: Header,
    pub(crate) sealer: FrameSealer,
    file: io::BufReader<Box<dyn StoreRead>>,
    size: u64,
    at: u64,
    /// Present if it is an age file: frames then hold their content.
    plain: Option<Plain<'a>>,
}

/// What is needed to open an age file again, behind a piece of it that does not verify.
struct Plain<'a> {
    store: &'a dyn CaseStore,
    name: StoreName,
    identity: Zeroizing<String>,
}

impl<'a> SegmentReader<'a> {
    /// Reads the header and unwraps the key. `Ok(None)`: the bytes are not a whole header of this lane and number, or no
    /// key at hand opens it. `size` is that of the file.
    pub(crate) fn open(
        store: &'a dyn CaseStore,
        name: &StoreName,
        size: u64,
        which: (&CaseId, &LaneId, u32),
        keys: &SegmentKeys<'_>,
    ) -> Result<Option<Self>, VaultError> {
        let failed = |e| VaultError::Store(StoreError::from_io(name.as_str(), e));
        let mut file = store.open(name)?;
        let mut start = [0; MAGIC.len()];
        if !filled(&mut file, &mut start).map_err(failed)? {
            return Ok(None);
        }
        io::Seek::seek(&mut file, io::SeekFrom::Start(0)).map_err(failed)?;
        if &start != age_form::AGE_START {
            return Self::read_header(file, size, None, which, keys).map_err(failed);
        }
        let Some(opened) = age_form::open(file, which, keys) else { return Ok(None) };
        let plain = Plain { store, name: name.clone(), identity: opened.identity };
        match Self::read_header(opened.stream, opened.length, Some(plain), which, keys) {
            Err(e) if is_damage(&e) => Ok(None),
            other => other.map_err(failed),
        }
    }

    fn read_header(
        file: Box<dyn StoreRead>,
        size: u64,
        plain: Option<Plain<'a>>,
        (case, lane, number): (&CaseId, &LaneId, u32),
        keys: &SegmentKeys<'_>,
    ) -> io::Result<Option<Self>> {
        let mut file = io::BufReader::with_capacity(256 * 1024, file);
        let mut start = [0; MAGIC.len() + LENGTH_LEN];
        if !filled(&mut file, &mut start)? {
            return Ok(None);
        }
        let (magic, length) = start.split_at(MAGIC.len());
        let length = length.iter().fold(0usize, |n, b| n << 8 | usize::from(*b));
        if magic != MAGIC || length > HEADER_MAX {
            return Ok(None);
        }
        let mut body = vec![0; length];
        if !filled(&mut file, &mut body)? {
            return Ok(None);
        }
        let Ok(header) = Header::decode(&body) else { return Ok(None) };
        if header.case != *case || header.lane != *lane || header.number != number {
            return Ok(None);
        }
        let Some(key) = header.unwrap(keys) else { return Ok(None) };
        let at = (MAGIC.len() + LENGTH_LEN + length) as u64;
        Ok(Some(Self { sealer: FrameSealer::new(&header, key), header, file, size, at, plain }))
    }

    /// The age identity of the file, if it is an age file.
    pub(crate) fn identity(&self) -> Option<&Zeroizing<String>> {
        self.plain.as_ref().map(|plain| &plain.identity)
    }

    /// Bytes of the segment as it was written.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Where the next frame begins, in bytes from the start of the segment.
    pub(crate) fn position(&self) -> u64 {
        self.at
    }

    /// Goes to a place where a frame begins.
    pub(crate) fn seek(&mut self, at: u64) -> Result<(), VaultError> {
        io::Seek::seek(&mut self.file, io::SeekFrom::Start(at)).map_err(reading)?;
        self.at = at;
        Ok(())
    }

    /// Goes right to the frame of a commit, where a table says its place. Says whether it did.
    pub(crate) fn leap(&mut self, number: u64) -> Result<bool, VaultError> {
        match self.listed(number)? {
            Some(place) => self.seek(place).map(|()| true),
            None => Ok(false),
        }
    }

    /// Where the table of an age file says that the frame of a commit begins; where the reader stands is not changed.
    pub(crate) fn listed(&mut self, number: u64) -> Result<Option<u64>, VaultError> {
        let nth = number.saturating_sub(self.header.first);
        let Some(mut file) = self.reopened() else { return Ok(None) };
        match age_form::place_of(&mut file, self.size, nth) {
            Err(e) if is_damage(&e) => Ok(None),
            other => other.map_err(reading),
        }
    }

    fn reopened(&self) -> Option<Box<dyn StoreRead>> {
        self.plain.as_ref().and_then(|plain| age_form::reopen(plain.store, &plain.name, &plain.identity))
    }

    /// Passes over a frame without opening it and says its tag; `None` if no whole frame follows.
    pub(crate) fn skip(&mut self) -> Result<Option<Tag>, VaultError> {
        match self.try_skip() {
            Err(e) if self.plain.is_some() && is_damage(&e) => Ok(None),
            other => other.map_err(reading),
        }
    }

    fn try_skip(&mut self) -> io::Result<Option<Tag>> {
        let Some(length) = self.frame_length()? else { return Ok(None) };
        self.file.seek_relative(i64::try_from(length - TAG_LEN).unwrap_or(i64::MAX))?;
        let mut tag = [0; TAG_LEN];
        if !filled(&mut self.file, &mut tag)? {
            return Ok(None);
        }
        self.at += (LENGTH_LEN + length) as u64;
        Ok(Some(tag))
    }

    /// The length before the next frame, if the frame can be whole.
    fn frame_length(&mut self) -> io::Result<Option<usize>> {
        let left = self.size.saturating_sub(self.at);
        let mut length = [0; LENGTH_LEN];
        if left < LENGTH_LEN as u64 || !filled(&mut self.file, &mut length)? {
            return Ok(None);
        }
        let length = u32::from_be_bytes(length) as usize;
        let whole = length as u64 + LENGTH_LEN as u64;
        Ok(((NONCE_LEN + TAG_LEN..=FRAME_MAX).contains(&length) && whole <= left).then_some(length))
    }

    /// The next frame, if it is commit `number` and follows `previous`; sets `previous` to its tag, also if it is bad.
    pub(crate) fn next(&mut self, number: u64, previous: &mut Tag) -> Result<Step, VaultError> {
        match self.try_next(number, previous) {
            Err(e) if self.plain.is_some() && is_damage(&e) => self.pass_over(number, previous),
            other => other.map_err(reading),
        }
    }

    fn try_next(&mut self, number: u64, previous: &mut Tag) -> io::Result<Step> {
        let Some(bytes) = self.frame_bytes()? else { return Ok(Step::End) };
        let opened = match &self.plain {
            None => self.sealer.open(number, previous, &bytes),
            Some(_) => self.sealer.check(number, previous, &bytes),
        };
        if let Some(tag) = bytes.last_chunk::<TAG_LEN>() {
            *previous = *tag;
        }
        Ok(opened.map_or(Step::Bad, Step::Frame))
    }

    /// Nonce, ciphertext or content, tag.
    fn frame_bytes(&mut self) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let Some(length) = self.frame_length()? else { return Ok(None) };
        let mut bytes = Zeroizing::new(vec![0; length]);
        if !filled(&mut self.file, &mut bytes)? {
            return Ok(None);
        }
        self.at += (LENGTH_LEN + length) as u64;
        Ok(Some(bytes))
    }

    /// The next frame as it stands in an age file: length, nonce, content, tag. `None` if it is not commit `number`.
    pub(crate) fn opened(&mut self, number: u64, previous: &mut Tag) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let Some(bytes) = self.frame_bytes().map_err(reading)? else { return Ok(None) };
        let content = match &self.plain {
            None => self.sealer.open(number, previous, &bytes),
            Some(_) => self.sealer.check(number, previous, &bytes),
        };
        let (Some(content), Some(nonce), Some(tag)) =
            (content, bytes.first_chunk::<NONCE_LEN>(), bytes.last_chunk::<TAG_LEN>())
        else {
            return Ok(None);
        };
        *previous = *tag;
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
        Ok(Some(Zeroizing::new([&length[..], nonce, &content, tag].concat())))
    }

    /// A piece of an age file does not verify: commit `number` is lost, and the table says where the one after begins.
    fn pass_over(&mut self, number: u64, previous: &mut Tag) -> Result<Step, VaultError> {
        let place = self.listed(number.saturating_add(1))?;
        let Some((place, before)) = place.and_then(|p| Some((p, p.checked_sub(TAG_LEN as u64)?))) else {
            return Ok(Step::End);
        };
        // The tag of the lost frame, if it is not lost too: the next frame is bound to it.
        let mut tag = [0; TAG_LEN];
        *previous = [0; TAG_LEN];
        if let Some(mut file) = self.reopened()
            && io::Seek::seek(&mut file, io::SeekFrom::Start(before)).and_then(|_| file.read_exact(&mut tag)).is_ok()
        {
            *previous = tag;
        }
        let Some(file) = self.reopened() else { return Ok(Step::End) };
        self.file = io::BufReader::with_capacity(256 * 1024, file);
        match self.seek(place) {
            // The next frame begins in the damaged piece too.
            Err(_) => {
                self.at = place;
                Ok(Step::Bad)
            }
            Ok(()) => Ok(Step::Bad),
        }
    }
}

/// Bytes that were read and do not verify, as opposed to a disk that does not answer.
fn is_damage(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
}

fn reading(e: io::Error) -> VaultError {
    VaultError::Store(StoreError::from_io("a segment", e))
}

/// Fills the buffer; `false` if the bytes end before.
fn filled(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}
