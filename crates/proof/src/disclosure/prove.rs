//! Making a disclosure, from the leaves of the whole object or from a wider disclosure.
//!
//! Keeps: nothing is handed out before the leaves given lead to the record's root. Memory: O(log n) and the tokens.
//! Does not know: payloads of leaves that stay hidden; `L_i` is enough.

use super::verify::OpenLeaves;
use super::{Disclosure, DisclosureError, Mask, Terminal, Token};
use crate::ids::Hash;
use crate::object::{LeafHasher, Node, ObjectKey, ObjectRecord, Salts, TICKS_MAX, commit_item, join, leaf_node};
use crate::shape::{Fold, Span};

/// Builds tokens from nodes given left to right, each within one maximal node of the mask.
#[derive(Debug)]
struct Builder {
    record: ObjectRecord,
    mask: Mask,
    /// The maximal nodes still to be filled, the next one last.
    ahead: Vec<Terminal>,
    below: Fold<Node>,
    above: Fold<Node>,
    salts: Salts,
    tokens: Vec<Token>,
}

impl Builder {
    fn new(record: ObjectRecord, mask: Mask, salts: Salts) -> Result<Self, DisclosureError> {
        let n = record.leaves();
        if mask.leaves() != n {
            return Err(DisclosureError::Mask);
        }
        let mut ahead: Vec<Terminal> = mask.terminals().collect();
        ahead.reverse();
        Ok(Self { record, mask, ahead, below: Fold::new(n), above: Fold::new(n), salts, tokens: Vec::new() })
    }

    fn push(&mut self, span: Span, node: Node) -> Result<(), DisclosureError> {
        let terminal = *self.ahead.last().ok_or(DisclosureError::LeafSurplus)?;
        if !terminal.span.contains(span) || node.ticks > TICKS_MAX {
            return Err(DisclosureError::Order(span.start));
        }
        self.below.push(span, node, join)?;
        let Some(whole) = self.below.whole(terminal.span).copied() else { return Ok(()) };
        self.below.clear();
        self.ahead.pop();
        self.tokens.push(if terminal.open {
            let start = terminal.span.start;
            Token::Open(self.salts.take(terminal.span).ok_or(DisclosureError::Order(start))?)
        } else {
            Token::Hidden { leaves: terminal.span.size, ticks: whole.ticks, hash: whole.hash }
        });
        self.above.push(terminal.span, whole, join)?;
        Ok(())
    }

    fn finish(self) -> Result<Disclosure, DisclosureError> {
        if let Some(next) = self.ahead.last() {
            return Err(DisclosureError::LeafMissing(next.span.start));
        }
        let whole = Span { start: 0, size: self.record.leaves() };
        if self.above.whole(whole) != Some(self.record.root()) {
            return Err(DisclosureError::Root);
        }
        Ok(Disclosure { record: self.record, mask: self.mask, tokens: self.tokens })
    }
}

/// Makes a disclosure from the ticks and `L_i` of every leaf, in order.
#[derive(Debug)]
pub struct Prover {
    builder: Builder,
    next: u64,
}

impl Prover {
    /// Begins a disclosure of an object under its key.
    ///
    /// # Errors
    /// [`DisclosureError::Mask`] if the mask is for another number of leaves.
    pub fn new(key: &ObjectKey, record: ObjectRecord, mask: Mask) -> Result<Self, DisclosureError> {
        let whole = Span { start: 0, size: record.leaves() };
        let salts = Salts::new(whole, key.root_seed(record.oid()));
        Ok(Self { builder: Builder::new(record, mask, salts)?, next: 0 })
    }

    /// Gives the next leaf, open or hidden: its ticks and `L_i` as [`crate::object::ObjectHasher`] answered it.
    ///
    /// # Errors
    /// If there are more leaves than the object has, or their ticks pass the limit.
    pub fn leaf(&mut self, ticks: u64, hash: Hash) -> Result<(), DisclosureError> {
        self.builder.push(Span { start: self.next, size: 1 }, Node { ticks, hash })?;
        self.next += 1;
        Ok(())
    }

    /// The disclosure.
    ///
    /// # Errors
    /// If leaves are missing, or those given are not the record's.
    pub fn finish(self) -> Result<Disclosure, DisclosureError> {
        self.builder.finish()
    }
}

/// Makes a narrower disclosure from a wider one: no key is needed, only the payloads that the wider one opens.
#[derive(Debug)]
pub struct Narrower {
    builder: Builder,
    leaves: OpenLeaves,
    hidden: std::vec::IntoIter<(Span, Node)>,
    open: Option<(u64, LeafHasher)>,
    ahead: Option<(Span, Node)>,
}

impl Narrower {
    /// Begins to narrow a disclosure to another mask.
    ///
    /// # Errors
    /// If the disclosure's tokens are not those of its mask, or the new mask opens what the old one hides.
    pub fn new(wide: &Disclosure, mask: Mask) -> Result<Self, DisclosureError> {
        if mask.leaves() != wide.mask.leaves() {
            return Err(DisclosureError::Mask);
        }
        if let Some(leaf) = first_widened(&wide.mask, &mask) {
            return Err(DisclosureError::Widens(leaf));
        }
        let (leaves, hidden) = OpenLeaves::of(wide)?;
        let builder = Builder::new(wide.record.clone(), mask, leaves.salts())?;
        let mut hidden = hidden.into_iter();
        let ahead = hidden.next();
        Ok(Self { builder, leaves, hidden, open: None, ahead })
    }

    fn push_hidden_before(&mut self, leaf: u64) -> Result<(), DisclosureError> {
        while let Some((span, node)) = self.ahead.take_if(|(span, _)| span.end() <= leaf) {
            self.builder.push(span, node)?;
            self.ahead = self.hidden.next();
        }
        Ok(())
    }

    /// Gives the payload of the next leaf that the wider disclosure opens.
    ///
    /// # Errors
    /// If that disclosure opens no more.
    pub fn leaf(&mut self, ticks: u64, payload: &[u8]) -> Result<(), DisclosureError> {
        let (index, salt) = self.leaves.next_salt().ok_or(DisclosureError::LeafSurplus)?;
        let oid = *self.builder.record.oid();
        let node = leaf_node(&oid, index, ticks, &commit_item(&salt, &oid, index, payload));
        self.push_hidden_before(index)?;
        self.builder.push(Span { start: index, size: 1 }, node)
    }

    /// Begins the next open leaf, whose payload of `length` bytes comes in pieces.
    ///
    /// # Errors
    /// As [`Narrower::leaf`].
    pub fn start_leaf(&mut self, ticks: u64, length: u64) -> Result<(), DisclosureError> {
        let (index, salt) = self.leaves.next_salt().ok_or(DisclosureError::LeafSurplus)?;
        self.open = Some((index, LeafHasher::new(&salt, self.builder.record.oid(), index, ticks, length)?));
        Ok(())
    }

    /// Adds bytes to the leaf begun.
    ///
    /// # Errors
    /// If none was begun, or the bytes are more than announced.
    pub fn piece(&mut self, bytes: &[u8]) -> Result<(), DisclosureError> {
        let (_, hasher) = self.open.as_mut().ok_or(DisclosureError::Payloads)?;
        Ok(hasher.piece(bytes)?)
    }

    /// Ends the leaf begun.
    ///
    /// # Errors
    /// If none was begun, or bytes are missing.
    pub fn end_leaf(&mut self) -> Result<(), DisclosureError> {
        let (index, hasher) = self.open.take().ok_or(DisclosureError::Payloads)?;
        let node = hasher.finish()?;
        self.push_hidden_before(index)?;
        self.builder.push(Span { start: index, size: 1 }, node)
    }

    /// The narrower disclosure.
    ///
    /// # Errors
    /// If open leaves are missing, or the payloads are not the record's.
    pub fn finish(mut self) -> Result<Disclosure, DisclosureError> {
        if let Some((index, _)) = self.leaves.next_salt() {
            return Err(DisclosureError::LeafMissing(index));
        }
        self.push_hidden_before(u64::MAX)?;
        self.builder.finish()
    }
}

/// The first leaf that `narrow` opens and `wide` hides.
fn first_widened(wide: &Mask, narrow: &Mask) -> Option<u64> {
    let mut hidden = wide.ranges().filter(|(_, open)| !open).map(|(range, _)| range).peekable();
    for (open, _) in narrow.ranges().filter(|(_, open)| *open) {
        while hidden.next_if(|range| range.end <= open.start).is_some() {}
        if let Some(range) = hidden.peek().filter(|range| range.start < open.end) {
            return Some(range.start.max(open.start));
        }
    }
    None
}
