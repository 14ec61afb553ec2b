//! A text put together from what its pieces say, with the way back from a place to the pieces that it touches.
//!
//! Keeps: a find that reaches over borders names every piece on its way. Does not know: what is looked for.

/// What pieces say, in their order.
pub(super) struct Stream {
    parts: Vec<(usize, String)>,
}

/// The parts of a stream as one text; places are counted in characters.
pub(super) struct Joined {
    pub text: String,
    /// First character of each part, and whose it is.
    starts: Vec<(usize, usize)>,
}

/// Without white space, which readers change.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect()
}

impl Stream {
    pub(super) fn of(parts: impl Iterator<Item = (usize, String)>) -> Self {
        Self { parts: parts.filter(|(_, text)| !text.is_empty()).collect() }
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.parts.iter().map(|(at, text)| (*at, text.as_str()))
    }

    /// The parts with `between` between them.
    pub(super) fn joined(&self, between: &str) -> Joined {
        Joined::of(self.parts(), between)
    }

    /// The parts without white space, one directly behind the other.
    pub(super) fn squeezed(&self) -> Joined {
        let parts: Vec<(usize, String)> = self.parts().map(|(at, text)| (at, squeezed(text))).collect();
        Joined::of(parts.iter().map(|(at, text)| (*at, text.as_str())), "")
    }
}

impl Joined {
    fn of<'t>(parts: impl Iterator<Item = (usize, &'t str)>, between: &str) -> Self {
        let (mut text, mut starts, mut chars) = (String::new(), Vec::new(), 0);
        for (at, part) in parts.filter(|(_, part)| !part.is_empty()) {
            // What stands alone between two parts does not part them.
            if !text.is_empty() {
                text.push_str(between);
                chars += between.chars().count();
            }
            starts.push((chars, at));
            text.push_str(part);
            chars += part.chars().count();
        }
        Self { text, starts }
    }

    /// Whose characters from `at` to `end` are.
    pub(super) fn pieces(&self, at: usize, end: usize) -> impl Iterator<Item = usize> {
        let first = self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let last = self.starts.partition_point(|(start, _)| *start < end);
        self.starts.get(first..last.max(first)).unwrap_or_default().iter().map(|(_, piece)| *piece)
    }

    /// The pieces that every occurrence of the words touches, and how many there are that don't overlap.
    pub(super) fn find(&self, words: &str) -> (Vec<usize>, u64) {
        let (mut out, mut count, mut free) = (Vec::new(), 0, 0);
        let (mut from, mut chars) = (0, 0);
        let len = words.chars().count();
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(words)) {
            let start = from + at;
            chars += self.text.get(from..start).map_or(0, |before| before.chars().count());
            out.extend(self.pieces(chars, chars + len));
            if start >= free {
                count += 1;
                free = start + words.len();
            }
            // The next may begin within this one.
            let Some(first) = words.chars().next() else { break };
            from = start + first.len_utf8();
            chars += 1;
        }
        (out, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_the_pieces_that_it_touches() {
        let stream =
            Stream::of([(3, "上 ab".to_owned()), (5, String::new()), (7, "c".into()), (9, "d ".into())].into_iter());
        let joined = stream.joined(" ");
        assert_eq!(joined.text, "上 ab c d ");
        let touched = |at, end| joined.pieces(at, end).collect::<Vec<_>>();
        assert_eq!(
            [touched(0, 4), touched(3, 6), touched(2, 8), touched(5, 6)],
            [vec![3], vec![3, 7], vec![3, 7, 9], vec![7]]
        );
        let squeezed = stream.squeezed();
        assert_eq!(squeezed.find("abcd"), (vec![3, 7, 9], 1));
        let twice = Stream::of([(0, "aa a".to_owned()), (1, "b".to_owned())].into_iter()).squeezed();
        assert_eq!(twice.find("aa"), (vec![0, 0], 1));
        assert_eq!(twice.find("ab"), (vec![0, 1], 1));
        assert_eq!(twice.find("x"), (vec![], 0));
    }
}
