//! Which pieces a text begins with.
//!
//! Keeps: pieces come in growing length; nodes stand in one row, the children of a node side by side, so that a vocabulary
//! of 128,000 pieces takes some 6 MB. Does not know: what a piece is worth.

/// No piece ends here.
const NONE: u32 = u32::MAX;

struct Node {
    /// The byte that leads here.
    label: u8,
    /// The piece that ends here.
    piece: u32,
    /// The first of the children.
    first: u32,
    children: u16,
}

/// A prefix tree over bytes.
pub(crate) struct Trie(Vec<Node>);

/// Pieces with one beginning, in order: from, to, how long the beginning is.
struct Run {
    node: usize,
    from: usize,
    to: usize,
    depth: usize,
}

impl Trie {
    /// Of pieces and their numbers; of two with the same bytes the smaller number stands. `None` for more nodes than a `u32`
    /// counts.
    pub(crate) fn new(mut pieces: Vec<(&[u8], u32)>) -> Option<Self> {
        pieces.retain(|(bytes, _)| !bytes.is_empty());
        pieces.sort_unstable();
        pieces.dedup_by(|later, earlier| later.0 == earlier.0);
        let root = Node { label: 0, piece: NONE, first: 0, children: 0 };
        let mut nodes = vec![root];
        let mut open = std::collections::VecDeque::from([Run { node: 0, from: 0, to: pieces.len(), depth: 0 }]);
        while let Some(run) = open.pop_front() {
            let first = u32::try_from(nodes.len()).ok()?;
            let mut children = 0u16;
            let mut at = run.from;
            while let Some(label) = pieces.get(at).filter(|_| at < run.to).and_then(|(bytes, _)| bytes.get(run.depth)) {
                let rest = pieces.get(at..run.to).unwrap_or_default();
                let length = rest.partition_point(|(bytes, _)| bytes.get(run.depth) <= Some(label));
                // Sorted, the piece that ends with this byte stands before those that go on.
                let ends = rest.first().filter(|(bytes, _)| bytes.len() == run.depth + 1);
                let piece = ends.map_or(NONE, |(_, number)| *number);
                let from = at + usize::from(ends.is_some());
                open.push_back(Run { node: nodes.len(), from, to: at + length, depth: run.depth + 1 });
                nodes.push(Node { label: *label, piece, first: 0, children: 0 });
                children += 1;
                at += length;
            }
            if let Some(node) = nodes.get_mut(run.node) {
                (node.first, node.children) = (first, children);
            }
        }
        Some(Self(nodes))
    }

    /// Each piece with which `text` begins, and its length in bytes, the shortest first.
    pub(crate) fn prefixes<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = (u32, usize)> + 'a {
        let mut node = self.0.first();
        let mut bytes = text.iter().zip(1usize..);
        std::iter::from_fn(move || {
            loop {
                let (byte, length) = bytes.next()?;
                node = self.child(node?, *byte);
                let piece = node?.piece;
                if piece != NONE {
                    return Some((piece, length));
                }
            }
        })
    }

    fn child(&self, of: &Node, label: u8) -> Option<&Node> {
        let first = usize::try_from(of.first).ok()?;
        let children = self.0.get(first..first + usize::from(of.children))?;
        let at = children.binary_search_by_key(&label, |node| node.label).ok()?;
        children.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefixes_are_those_that_a_look_at_each_piece_finds() {
        let pieces = ["a", "ab", "abc", "b", "bcd", "地", "地产", "产", "", "ab"];
        let numbered: Vec<(&[u8], u32)> = pieces.iter().map(|p| p.as_bytes()).zip(0..).collect();
        let trie = Trie::new(numbered).unwrap();
        for text in ["abcd", "bcx", "地产商", "产", "x", "", "a"] {
            let found: Vec<(u32, usize)> = trie.prefixes(text.as_bytes()).collect();
            let mut seen: Vec<(u32, usize)> = (0u32..)
                .zip(pieces)
                .filter(|(n, p)| !p.is_empty() && *n < 9 && text.starts_with(p))
                .map(|(n, p)| (n, p.len()))
                .collect();
            seen.sort_unstable_by_key(|(_, length)| *length);
            assert_eq!(found, seen, "{text}");
        }
        assert_eq!(Trie::new(Vec::new()).unwrap().prefixes(b"a").count(), 0);
    }
}
