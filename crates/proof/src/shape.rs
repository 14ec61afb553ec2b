//! The one shape that the salt tree and the Merkle tree of an object share, and RFC 6962 before them:
//! a node of n > 1 leaves has the largest power of two below n on its left.
//!
//! Keeps: a [`Span`] met here is a node of the tree over its n leaves.
//! Does not know: how nodes are hashed.

/// A node of the tree: the leaves below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First leaf.
    pub start: u64,
    /// Leaves below the node, at least 1.
    pub size: u64,
}

impl Span {
    /// The first leaf behind it.
    #[must_use]
    pub fn end(self) -> u64 {
        self.start.saturating_add(self.size)
    }

    /// Its two children; `None` for a leaf.
    #[must_use]
    pub fn children(self) -> Option<(Span, Span)> {
        (self.size > 1).then(|| {
            let left = split(self.size);
            (Span { start: self.start, size: left }, Span { start: self.start + left, size: self.size - left })
        })
    }

    /// Whether `other` lies within it.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end() <= self.end()
    }
}

/// The largest power of two below n; 0 for n ≤ 1, which has no children.
#[must_use]
pub fn split(n: u64) -> u64 {
    if n <= 1 { 0 } else { 1 << (63 - (n - 1).leading_zeros()) }
}

/// Whether `right` is the right sibling of `left` in the tree over n leaves.
fn siblings(n: u64, left: Span, right: Span) -> bool {
    left.size.is_power_of_two()
        && left.start & (2 * left.size - 1) == 0
        && right.start == left.end()
        && right.size == left.size.min(n.saturating_sub(right.start))
}

/// Folds the nodes of a tree, given from left to right in any sizes, into the root: O(log n) memory.
#[derive(Clone, Debug)]
pub struct Fold<S> {
    n: u64,
    stack: Vec<(Span, S)>,
}

impl<S> Fold<S> {
    /// Over a tree of n leaves.
    #[must_use]
    pub fn new(n: u64) -> Self {
        Self { n, stack: Vec::new() }
    }

    /// The leaf that comes next.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.stack.last().map_or(0, |(span, _)| span.end())
    }

    /// Adds the next node, joining what it completes. A fold of a part of the tree may begin at any node.
    ///
    /// # Errors
    /// Those of `join`, which is given the two spans' sizes and contents.
    pub fn push<E>(
        &mut self,
        span: Span,
        content: S,
        mut join: impl FnMut((u64, &S), (u64, &S)) -> Result<S, E>,
    ) -> Result<(), E> {
        let mut top = (span, content);
        while let Some((span, content)) = self.stack.last() {
            if !siblings(self.n, *span, top.0) {
                break;
            }
            let joined = join((span.size, content), (top.0.size, &top.1))?;
            top = (Span { start: span.start, size: span.size + top.0.size }, joined);
            self.stack.pop();
        }
        self.stack.push(top);
        Ok(())
    }

    /// The node over exactly this span, if that is all that was added.
    #[must_use]
    pub fn whole(&self, span: Span) -> Option<&S> {
        match self.stack.as_slice() {
            [(found, content)] if *found == span => Some(content),
            _ => None,
        }
    }

    /// Forgets what was added.
    pub fn clear(&mut self) {
        self.stack.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recursive(start: u64, n: u64) -> String {
        match split(n) {
            0 => start.to_string(),
            k => format!("({} {})", recursive(start, k), recursive(start + k, n - k)),
        }
    }

    #[test]
    fn split_is_the_largest_power_below() {
        let split_of = |n| split(n);
        assert_eq!([0, 1, 2, 3, 4, 5, 8, 9].map(split_of), [0, 0, 1, 2, 2, 4, 4, 8]);
        assert_eq!(split(1 << 40), 1 << 39);
        assert_eq!(split(u64::MAX), 1 << 63);
    }

    fn span(start: u64, size: u64) -> Span {
        Span { start, size }
    }

    #[test]
    fn a_span_contains_what_begins_and_ends_in_it() {
        for (other, within) in
            [(span(4, 4), true), (span(4, 1), true), (span(7, 1), true), (span(3, 2), false), (span(7, 2), false)]
        {
            assert_eq!(span(4, 4).contains(other), within, "{other:?}");
        }
        assert!(!span(4, 4).contains(span(0, 4)) && !span(4, 4).contains(span(8, 1)));
    }

    #[test]
    fn siblings_are_the_two_children_of_one_node() {
        let of = |n, left, right| siblings(n, left, right);
        assert!(of(4, span(0, 1), span(1, 1)) && of(4, span(0, 2), span(2, 2)) && of(8, span(6, 1), span(7, 1)));
        // On the right edge the right child is what is left.
        assert!(of(3, span(0, 2), span(2, 1)) && of(7, span(0, 4), span(4, 3)));
        // Each of these fails in one respect alone.
        assert!(!of(6, span(0, 3), span(3, 3)), "no node has three leaves on its left");
        assert!(!of(8, span(2, 2), span(4, 2)), "the left one is a right child");
        assert!(!of(8, span(0, 2), span(4, 2)), "two leaves lie between them");
        assert!(!of(8, span(0, 2), span(2, 1)), "the right one is not whole");
        assert!(!of(8, span(0, 1), span(1, 2)), "the right one is more than the child");
    }

    #[test]
    fn leaves_fold_into_the_recursive_tree() {
        for n in 1..70 {
            let mut fold = Fold::new(n);
            for i in 0..n {
                assert_eq!(fold.next(), i);
                let span = Span { start: i, size: 1 };
                fold.push(span, i.to_string(), |(_, a), (_, b)| Ok::<_, ()>(format!("({a} {b})"))).unwrap();
            }
            assert_eq!(fold.whole(Span { start: 0, size: n }), Some(&recursive(0, n)));
        }
    }
}
