//! Boxes of the ISO base media file format (ISO/IEC 14496-12 §4.2) in a byte string, and numbers read from them.
//!
//! Keeps: a box never reaches past what holds it; every read is checked.
//! Does not know: what any box means.

/// Most boxes side by side in one box.
const MAX_CHILDREN: usize = 4_096;
/// Size and type.
const HEADER: usize = 8;
/// Size, type and a 64-bit size.
const LONG_HEADER: usize = 16;

/// A box in a byte string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) kind: [u8; 4],
    /// Where its header begins, in the string that was searched.
    pub(super) start: usize,
    /// Bytes with the header.
    pub(super) len: usize,
    pub(super) body: &'a [u8],
}

/// The size that a box header states (0: to the end) and the bytes of the header.
pub(super) fn header(bytes: &[u8]) -> Option<([u8; 4], u64, usize)> {
    let kind = *bytes.get(4..)?.first_chunk::<4>()?;
    match u32_at(bytes, 0)? {
        1 => Some((kind, u64_at(bytes, 8)?, LONG_HEADER)),
        size => Some((kind, u64::from(size), HEADER)),
    }
}

/// The boxes side by side in `bytes`. Less than a header may stand behind the last (QuickTime ends lists with four
/// zero bytes); none if a box is smaller than its header or larger than what is left.
pub(super) fn children(bytes: &[u8]) -> Option<Vec<Found<'_>>> {
    let mut found = Vec::new();
    let mut start = 0usize;
    while bytes.len().saturating_sub(start) >= HEADER {
        let rest = bytes.get(start..)?;
        let (kind, size, head) = header(rest)?;
        let len = usize::try_from(size).ok()?;
        if len < head || found.len() >= MAX_CHILDREN {
            return None;
        }
        found.push(Found { kind, start, len, body: rest.get(head..len)? });
        start = start.checked_add(len)?;
    }
    Some(found)
}

/// The only child of a kind; none if there is none or more than one.
pub(super) fn only<'a>(children: &[Found<'a>], kind: &[u8; 4]) -> Option<&'a [u8]> {
    let mut of_kind = children.iter().filter(|child| child.kind == *kind);
    let first = of_kind.next()?;
    if of_kind.next().is_some() { None } else { Some(first.body) }
}

/// Whether a child of a kind is there.
pub(super) fn has(children: &[Found<'_>], kind: &[u8; 4]) -> bool {
    children.iter().any(|child| child.kind == *kind)
}

/// Version, flags and what follows, of a full box.
pub(super) fn full(body: &[u8]) -> Option<(u8, u32, &[u8])> {
    let word = u32_at(body, 0)?;
    Some(((word >> 24) as u8, word & 0x00ff_ffff, body.get(4..)?))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_be_bytes(*b))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_be_bytes(*b))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|b| u64::from_be_bytes(*b))
}

/// A table behind a count: the rows of `width` bytes that the count names, none if they are not all there.
pub(super) fn rows(body: &[u8], width: usize) -> Option<std::slice::ChunksExact<'_, u8>> {
    let count = usize::try_from(u32_at(body, 0)?).ok()?;
    let bytes = body.get(4..)?.get(..count.checked_mul(width)?)?;
    Some(bytes.chunks_exact(width.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_fit_or_are_refused() {
        let two =
            [&[0, 0, 0, 9][..], b"freeX", &[0, 0, 0, 1], b"skip", &[0, 0, 0, 0, 0, 0, 0, 17], b"Y", &[0; 4]].concat();
        let found = children(&two).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].body, found[1].body), (&b"X"[..], &b"Y"[..]));
        assert_eq!((found[1].start, found[1].len), (9, 17));
        for bad in [7u32, 0, 10, u32::MAX] {
            let mut one = bad.to_be_bytes().to_vec();
            one.extend_from_slice(b"freeX");
            assert_eq!(children(&one), None, "{bad}");
        }
        let huge = [&[0, 0, 0, 1][..], b"free", &[0xff; 8]].concat();
        assert_eq!(children(&huge), None);
        let many = [&[0, 0, 0, 8][..], b"free"].concat().repeat(4_097);
        assert_eq!(children(&many), None);
    }

    #[test]
    fn tables_are_whole() {
        assert_eq!(rows(&[0, 0, 0, 2, 1, 2, 3, 4], 2).unwrap().count(), 2);
        assert!(rows(&[0, 0, 0, 3, 1, 2, 3, 4], 2).is_none());
        assert!(rows(&[0xff; 8], 8).is_none());
    }
}
