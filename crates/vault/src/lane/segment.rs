//! A segment's bytes: a header with the wrapped segment key, then encrypted frames, each bound to the one before.
//!
//! Keeps: no frame opens in another lane, segment, place or order. Everything read is checked against a limit first.
//! Deliberately does not know: what a frame says.

use std::io::{self, Read};

use casemate_ports::store::StoreRead;
use casemate_proof::cbor::{CborError, Reader, Writer};
use casemate_proof::digest::sha256;
use casemate_proof::{CaseId, Compartment, LaneId};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::ambient::Ambient;
use crate::secret::{KEY_LEN, Key, NONCE_LEN, TAG_LEN, decrypt, encrypt};

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

/// The compartment keys at hand, to wrap and unwrap segment keys.
pub(crate) struct SegmentKeys<'a>(pub(crate) &'a [(Compartment, Key)]);

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

/// Reads a segment from its start.
pub(crate) struct SegmentReader {
    pub(crate) header: Header,
    pub(crate) sealer: FrameSealer,
    file: io::BufReader<Box<dyn StoreRead>>,
    size: u64,
    at: u64,
}

impl SegmentReader {
    /// Reads the header and unwraps the key. `Ok(None)`: the bytes are not a whole header of this lane and number, or no
    /// key at hand opens it.
    pub(crate) fn open(
        file: Box<dyn StoreRead>,
        size: u64,
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
        Ok(Some(Self { sealer: FrameSealer::new(&header, key), header, file, size, at }))
    }

    /// Bytes of the segment.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Where the next frame begins, in bytes from the start of the segment.
    pub(crate) fn position(&self) -> u64 {
        self.at
    }

    /// Goes to a place where a frame begins.
    pub(crate) fn seek(&mut self, at: u64) -> io::Result<()> {
        io::Seek::seek(&mut self.file, io::SeekFrom::Start(at))?;
        self.at = at;
        Ok(())
    }

    /// Passes over a frame without opening it and says its tag; `None` if no whole frame follows.
    pub(crate) fn skip(&mut self) -> io::Result<Option<Tag>> {
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
    pub(crate) fn next(&mut self, number: u64, previous: &mut Tag) -> io::Result<Step> {
        let Some(length) = self.frame_length()? else { return Ok(Step::End) };
        let mut bytes = vec![0; length];
        if !filled(&mut self.file, &mut bytes)? {
            return Ok(Step::End);
        }
        self.at += (LENGTH_LEN + length) as u64;
        let opened = self.sealer.open(number, previous, &bytes);
        if let Some(tag) = bytes.last_chunk::<TAG_LEN>() {
            *previous = *tag;
        }
        Ok(opened.map_or(Step::Bad, Step::Frame))
    }
}

/// Fills the buffer; `false` if the bytes end before.
fn filled(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}
