//! The stream of open payloads beside a disclosure: for each open leaf in order, its ticks and its payload.
//!
//! Keeps: one encoding (a CBOR sequence of an unsigned number and a byte string for each leaf); O(1) memory.
//! Does not know: how many leaves there should be; the [`Verifier`] does.

use super::{DisclosureError, Verifier};
use crate::cbor::{CborError, Item, Writer, head};

/// Longest head of an item, bytes.
const HEAD_MAX: usize = 9;

/// Writes what precedes the bytes of a leaf's payload.
pub fn write_payload_head(out: &mut Vec<u8>, ticks: u64, length: u64) {
    let mut writer = Writer::new();
    writer.uint(ticks).bytes_head(length);
    out.extend(writer.into_bytes());
}

/// Writes a leaf's ticks and payload.
pub fn write_payload(out: &mut Vec<u8>, ticks: u64, payload: &[u8]) {
    write_payload_head(out, ticks, payload.len() as u64);
    out.extend_from_slice(payload);
}

/// What a stream holds next. Nothing of it is proven before [`Verifier::finish`] has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadEvent<'a> {
    /// A leaf begins.
    Leaf {
        /// Its place in the object.
        index: u64,
        /// Its ticks.
        ticks: u64,
        /// The length of its payload, bytes.
        length: u64,
    },
    /// The next bytes of its payload.
    Piece(&'a [u8]),
    /// The leaf ends.
    End,
}

#[derive(Debug)]
enum Expect {
    Ticks,
    Length { ticks: u64 },
    Payload { missing: u64 },
}

/// Feeds a [`Verifier`] from a stream of payloads that comes in pieces of any size.
#[derive(Debug)]
pub struct PayloadReader {
    verifier: Verifier,
    expect: Expect,
    /// The beginning of a head that was cut by the end of a piece.
    held: Vec<u8>,
}

impl PayloadReader {
    /// Around a verifier that has been given no leaf yet.
    #[must_use]
    pub fn new(verifier: Verifier) -> Self {
        Self { verifier, expect: Expect::Ticks, held: Vec::with_capacity(HEAD_MAX) }
    }

    /// Reads the next bytes of the stream.
    ///
    /// # Errors
    /// Refuses other encodings, leaves beyond the open ones, and what the verifier refuses.
    pub fn feed(&mut self, mut bytes: &[u8], sink: &mut dyn FnMut(PayloadEvent<'_>)) -> Result<(), DisclosureError> {
        while !bytes.is_empty() {
            if let Expect::Payload { missing } = self.expect {
                let length = usize::try_from(missing).unwrap_or(usize::MAX).min(bytes.len());
                let (piece, rest) = bytes.split_at(length);
                bytes = rest;
                self.payload(piece, missing - length as u64, sink)?;
            } else if let Some(item) = self.item(&mut bytes)? {
                self.head(item, sink)?;
            }
        }
        Ok(())
    }

    fn item(&mut self, bytes: &mut &[u8]) -> Result<Option<Item>, DisclosureError> {
        while let Some((first, rest)) = bytes.split_first() {
            *bytes = rest;
            self.held.push(*first);
            if let Some((item, _)) = head(&self.held)? {
                self.held.clear();
                return Ok(Some(item));
            }
        }
        Ok(None)
    }

    fn head(&mut self, item: Item, sink: &mut dyn FnMut(PayloadEvent<'_>)) -> Result<(), DisclosureError> {
        match (&self.expect, item) {
            (Expect::Ticks, Item::Uint(ticks)) => self.expect = Expect::Length { ticks },
            (Expect::Length { ticks }, Item::Bytes(length)) => {
                let ticks = *ticks;
                let index = self.verifier.start_leaf(ticks, length)?;
                sink(PayloadEvent::Leaf { index, ticks, length });
                self.payload(&[], length, sink)?;
            }
            _ => return Err(CborError::Kind { expected: "ticks and a payload in turn" }.into()),
        }
        Ok(())
    }

    fn payload(
        &mut self,
        piece: &[u8],
        missing: u64,
        sink: &mut dyn FnMut(PayloadEvent<'_>),
    ) -> Result<(), DisclosureError> {
        if !piece.is_empty() {
            self.verifier.piece(piece)?;
            sink(PayloadEvent::Piece(piece));
        }
        self.expect = Expect::Payload { missing };
        if missing == 0 {
            self.verifier.end_leaf()?;
            sink(PayloadEvent::End);
            self.expect = Expect::Ticks;
        }
        Ok(())
    }

    /// Ends the stream: gives the verifier back, to be finished.
    ///
    /// # Errors
    /// [`DisclosureError::Payloads`] if the stream ended inside a leaf.
    pub fn finish(self) -> Result<Verifier, DisclosureError> {
        if matches!(self.expect, Expect::Ticks) && self.held.is_empty() {
            Ok(self.verifier)
        } else {
            Err(DisclosureError::Payloads)
        }
    }
}
