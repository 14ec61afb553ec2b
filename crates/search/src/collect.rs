//! One page out of any number of answers.
//!
//! Keeps: memory holds one page, however many passages answer; every answer is counted and is on exactly one page.
//! Does not know: passages; it sees the columns that order them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::passage::{Cursor, Order};
use crate::schema::{NUMBER, ORDINAL, TEXT_KEY};

/// Where an answer stands; less is earlier.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing(pub Cursor);

impl Ord for Standing {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (&self.0, &other.0);
        b.score
            .total_cmp(&a.score)
            .then_with(|| (a.exhibit_no, a.ordinal, a.address).cmp(&(b.exhibit_no, b.ordinal, b.address)))
    }
}

impl PartialOrd for Standing {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Standing {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Standing {}

/// Segment and document of a standing.
pub(crate) fn address(cursor: &Cursor) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h] = cursor.address.to_be_bytes();
    (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]))
}

/// Collects `limit` answers after `after`, in order, and counts all.
pub(crate) struct OnePage {
    pub after: Option<Cursor>,
    pub limit: usize,
    pub order: Order,
}

/// One segment's share.
pub(crate) struct SegmentPage {
    numbers: Column<u64>,
    ordinals: Column<u64>,
    after: Option<Standing>,
    limit: usize,
    segment: u64,
    scored: bool,
    total: u64,
    heap: BinaryHeap<Standing>,
}

/// The earliest standings in order, and how many there were in all.
pub(crate) type Share = (u64, Vec<Standing>);

impl Collector for OnePage {
    type Fruit = Share;
    type Child = SegmentPage;

    fn for_segment(&self, ordinal: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentPage> {
        Ok(SegmentPage {
            numbers: reader.fast_fields().u64(NUMBER)?,
            ordinals: reader.fast_fields().u64(ORDINAL)?,
            after: self.after.map(Standing),
            limit: self.limit,
            segment: u64::from(ordinal) << 32,
            scored: self.order == Order::Relevance,
            total: 0,
            heap: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Relevance
    }

    fn merge_fruits(&self, shares: Vec<Share>) -> tantivy::Result<Share> {
        let total = shares.iter().map(|(total, _)| total).sum();
        let mut all: Vec<Standing> = shares.into_iter().flat_map(|(_, page)| page).collect();
        all.sort_unstable();
        all.truncate(self.limit);
        Ok((total, all))
    }
}

/// Collects the numbers that stand for the texts of the answers.
pub(crate) struct Keys;

/// One segment's.
pub(crate) struct SegmentKeys {
    column: Column<u64>,
    keys: Vec<u64>,
}

impl Collector for Keys {
    type Fruit = Vec<u64>;
    type Child = SegmentKeys;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentKeys> {
        Ok(SegmentKeys { column: reader.fast_fields().u64(TEXT_KEY)?, keys: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, shares: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        Ok(shares.concat())
    }
}

impl SegmentCollector for SegmentKeys {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.keys.extend(self.column.first(doc));
    }

    fn harvest(self) -> Vec<u64> {
        self.keys
    }
}

impl SegmentCollector for SegmentPage {
    type Fruit = Share;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        if self.limit == 0 {
            return;
        }
        let exhibit_no = self.numbers.values.get_val(doc);
        let full = self.heap.len() >= self.limit;
        let score = if self.scored { score } else { 0.0 };
        if let Some(worst) = self.heap.peek()
            && full
            && !self.scored
            && exhibit_no > worst.0.exhibit_no
        {
            return;
        }
        let ordinal = self.ordinals.values.get_val(doc);
        let standing = Standing(Cursor { score, exhibit_no, ordinal, address: self.segment | u64::from(doc) });
        if self.after.is_some_and(|after| standing <= after) {
            return;
        }
        if full {
            if self.heap.peek().is_some_and(|worst| standing >= *worst) {
                return;
            }
            self.heap.pop();
        }
        self.heap.push(standing);
    }

    fn harvest(self) -> Share {
        (self.total, self.heap.into_sorted_vec())
    }
}
