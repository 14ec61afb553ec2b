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
