//! Checking a disclosure while the payloads of its open leaves stream by.
//!
//! Keeps: the walk is fixed by n and the mask alone; nothing counts as verified before [`Verifier::finish`] answers.
//! Memory: O(log n) and the tokens, whatever the object's size.
//! Does not know: whether the object is in a log (`note::TlogProof`), or what its payloads mean.

use super::{Disclosure, DisclosureError, OPEN_LEAF_BYTES_MIN, Terminal, Token};
use crate::ids::{ObjectRoot, Oid};
use crate::object::{
    LeafHasher, Node, ObjectRecord, Salts, Seed, TICKS_MAX, admit_payload, commit_item, join, leaf_node,
};
use crate::shape::{Fold, Span};

/// The open leaves of a disclosure and their salts, in order.
#[derive(Clone, Debug)]
pub(super) struct OpenLeaves {
    /// Open nodes ahead, the next one last.
    ahead: Vec<Span>,
    seeds: Vec<(Span, Seed)>,
    salts: Salts,
}

impl OpenLeaves {
    /// The open leaves and the hidden nodes of a disclosure whose tokens are exactly its mask's.
    pub(super) fn of(disclosure: &Disclosure) -> Result<(Self, Vec<(Span, Node)>), DisclosureError> {
        let mut tokens = disclosure.tokens.iter();
        let (mut seeds, mut hidden) = (Vec::new(), Vec::new());
        for (place, Terminal { span, open }) in (0u64..).zip(disclosure.mask.terminals()) {
            match (tokens.next().ok_or(DisclosureError::TokenMissing(place))?, open) {
                (Token::Open(seed), true) => seeds.push((span, seed.clone())),
                (Token::Hidden { leaves, ticks, hash }, false) if *leaves == span.size => {
                    if *ticks > TICKS_MAX {
                        return Err(DisclosureError::Object(crate::object::ObjectError::Ticks));
                    }
                    hidden.push((span, Node { ticks: *ticks, hash: *hash }));
                }
                _ => return Err(DisclosureError::Token(place)),
            }
        }
        if tokens.next().is_some() {
            return Err(DisclosureError::TokenSurplus);
        }
        let ahead = seeds.iter().rev().map(|(span, _)| *span).collect();
        let salts = Salts::over(seeds.clone());
        Ok((Self { ahead, seeds, salts }, hidden))
    }

    pub(super) fn salts(&self) -> Salts {
        Salts::over(self.seeds.clone())
    }

    pub(super) fn peek(&self) -> Option<u64> {
        self.ahead.last().map(|span| span.start)
    }

    pub(super) fn next_salt(&mut self) -> Option<(u64, [u8; 32])> {
        let span = self.ahead.last_mut()?;
        let index = span.start;
        (span.start, span.size) = (span.start + 1, span.size - 1);
        if span.size == 0 {
            self.ahead.pop();
        }
        Some((index, self.salts.salt(index)?))
    }
}

/// What a verified disclosure says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The object.
    pub record: ObjectRecord,
    /// Its root, to be sought in a log.
    pub object_root: ObjectRoot,
    /// Ticks of open leaves, proven.
    pub open_ticks: u64,
    /// Ticks of hidden leaves: the sealer's claim.
    pub hidden_ticks: u64,
}

/// An open leaf of a small disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenLeaf<'a> {
    /// Its place in the object.
    pub index: u64,
    /// Its ticks.
    pub ticks: u64,
    /// Its payload.
    pub payload: &'a [u8],
}

/// Checks a disclosure.
#[derive(Debug)]
pub struct Verifier {
    record: ObjectRecord,
    leaves: OpenLeaves,
    hidden: std::iter::Peekable<std::vec::IntoIter<(Span, Node)>>,
    fold: Fold<Node>,
    open: Option<(u64, u64, LeafHasher)>,
    open_ticks: u64,
    hidden_ticks: u64,
}

impl Verifier {
    /// Checks the tokens against the mask, and the number of open leaves against the bytes of payloads that are at
    /// hand (the length of the stream that [`super::PayloadReader`] reads). No seed is expanded before that.
    ///
    /// # Errors
    /// Refuses spare, missing and non-maximal tokens, a wrong n, and more open leaves than bytes.
    pub fn new(disclosure: &Disclosure, payload_bytes: u64) -> Result<Self, DisclosureError> {
        if disclosure.mask.leaves() != disclosure.record.leaves() {
            return Err(DisclosureError::Mask);
        }
        let open = disclosure.mask.open_leaves();
        if open.checked_mul(OPEN_LEAF_BYTES_MIN).is_none_or(|least| least > payload_bytes) {
            return Err(DisclosureError::OpenLeaves { open, bytes: payload_bytes });
        }
        let (leaves, hidden) = OpenLeaves::of(disclosure)?;
        Ok(Self {
            record: disclosure.record.clone(),
            leaves,
            hidden: hidden.into_iter().peekable(),
            fold: Fold::new(disclosure.record.leaves()),
            open: None,
            open_ticks: 0,
            hidden_ticks: 0,
        })
    }

    /// The open leaf that is expected next.
    #[must_use]
    pub fn next_open(&self) -> Option<u64> {
        self.leaves.peek()
    }

    fn oid(&self) -> &Oid {
        self.record.oid()
    }

    fn push_hidden_before(&mut self, leaf: u64) -> Result<(), DisclosureError> {
        while let Some((span, node)) = self.hidden.next_if(|(span, _)| span.end() <= leaf) {
            self.hidden_ticks = self.hidden_ticks.saturating_add(node.ticks);
            self.fold.push(span, node, join)?;
        }
        Ok(())
    }

    fn push_open(&mut self, index: u64, node: Node) -> Result<(), DisclosureError> {
        self.push_hidden_before(index)?;
        self.open_ticks = self.open_ticks.saturating_add(node.ticks);
        Ok(self.fold.push(Span { start: index, size: 1 }, node, join)?)
    }

    fn begin(&mut self, ticks: u64) -> Result<(u64, [u8; 32]), DisclosureError> {
        if self.open.is_some() {
            return Err(DisclosureError::Payloads);
        }
        if ticks > TICKS_MAX {
            return Err(crate::object::ObjectError::Ticks.into());
        }
        self.leaves.next_salt().ok_or(DisclosureError::LeafSurplus)
    }

    /// Gives the next open leaf whole.
    ///
    /// # Errors
    /// If no open leaf is expected, or a limit is passed.
    pub fn leaf(&mut self, ticks: u64, payload: &[u8]) -> Result<(), DisclosureError> {
        admit_payload(payload.len() as u64)?;
        let (index, salt) = self.begin(ticks)?;
        let commitment = commit_item(&salt, self.oid(), index, payload);
        let node = leaf_node(self.oid(), index, ticks, &commitment);
        self.push_open(index, node)
    }

    /// Begins the next open leaf, whose payload of `length` bytes comes in pieces; answers its place.
    ///
    /// # Errors
    /// As [`Verifier::leaf`].
    pub fn start_leaf(&mut self, ticks: u64, length: u64) -> Result<u64, DisclosureError> {
        let (index, salt) = self.begin(ticks)?;
        let hasher = LeafHasher::new(&salt, self.oid(), index, ticks, length)?;
        self.open = Some((index, ticks, hasher));
        Ok(index)
    }

    /// Adds bytes to the leaf begun.
    ///
    /// # Errors
    /// If none was begun, or the bytes are more than announced.
    pub fn piece(&mut self, bytes: &[u8]) -> Result<(), DisclosureError> {
        let (_, _, hasher) = self.open.as_mut().ok_or(DisclosureError::Payloads)?;
        Ok(hasher.piece(bytes)?)
    }

    /// Ends the leaf begun.
    ///
    /// # Errors
    /// If none was begun, or bytes are missing.
    pub fn end_leaf(&mut self) -> Result<(), DisclosureError> {
        let (index, _, hasher) = self.open.take().ok_or(DisclosureError::Payloads)?;
        let node = hasher.finish()?;
        self.push_open(index, node)
    }

    /// Ends the check. Only now is anything proven.
    ///
    /// # Errors
    /// If open leaves are missing, or the leaves do not lead to the record's root and ticks.
    pub fn finish(mut self) -> Result<Verified, DisclosureError> {
        if self.open.is_some() {
            return Err(DisclosureError::Payloads);
        }
        if let Some(index) = self.leaves.peek() {
            return Err(DisclosureError::LeafMissing(index));
        }
        self.push_hidden_before(u64::MAX)?;
        let root = *self.fold.whole(Span { start: 0, size: self.record.leaves() }).ok_or(DisclosureError::Root)?;
        if root.ticks != self.record.ticks() {
            return Err(DisclosureError::Ticks);
        }
        if root.hash != self.record.root().hash {
            return Err(DisclosureError::Root);
        }
        Ok(Verified {
            object_root: self.record.object_root(),
            record: self.record,
            open_ticks: self.open_ticks,
            hidden_ticks: self.hidden_ticks,
        })
    }
}

/// Checks a small disclosure whose payload stream is in memory; answers its open leaves.
///
/// # Errors
/// As [`Verifier`] and [`super::PayloadReader`].
pub fn verify_whole<'a>(
    disclosure: &Disclosure,
    payloads: &'a [u8],
) -> Result<(Verified, Vec<OpenLeaf<'a>>), DisclosureError> {
    let mut verifier = Verifier::new(disclosure, payloads.len() as u64)?;
    let mut reader = crate::cbor::Reader::new(payloads);
    let mut open = Vec::new();
    while let Some(index) = verifier.next_open() {
        let ticks = reader.uint()?;
        let payload = reader.bytes()?;
        verifier.leaf(ticks, payload)?;
        open.push(OpenLeaf { index, ticks, payload });
    }
    reader.end()?;
    Ok((verifier.finish()?, open))
}
