//! EBML (RFC 8794): element heads, numbers, children.
//!
//! Keeps: nothing is read past its master. Does not know: any element by name.

/// Longest head of an element: four bytes of identifier, eight of size.
pub(crate) const MAX_HEAD: usize = 12;
/// Most children of a master that is looked into.
const MAX_CHILDREN: usize = 4_096;

/// The head of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    /// With its marker bits.
    pub(crate) id: u32,
    /// Bytes of the head.
    pub(crate) head: u64,
    /// Bytes of the body; none if that is unknown.
    pub(crate) size: Option<u64>,
}

impl Element {
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let len = bytes.first()?.leading_zeros() as usize + 1;
        if len > 4 {
            return None;
        }
        let id = bytes.get(..len)?.iter().fold(0u32, |id, byte| (id << 8) + u32::from(*byte));
        let (size, used) = number(bytes.get(len..)?)?;
        let unknown = (1u64 << (7 * used)) - 1;
        Some(Self { id, head: (len + used) as u64, size: (size != unknown).then_some(size) })
    }
}

/// A number of variable length without its marker, and the bytes it takes.
pub(crate) fn number(bytes: &[u8]) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let len = first.leading_zeros() as usize + 1;
    if len > 8 {
        return None;
    }
    let raw = bytes.get(..len)?.iter().fold(0u64, |value, byte| (value << 8) + u64::from(*byte));
    Some((raw & ((1u64 << (7 * len)) - 1), len))
}

/// A number that lacing means with a sign: half of its range is taken off.
pub(crate) fn signed(value: u64, len: usize) -> Option<i64> {
    let bias = (1i64 << (7 * len - 1)) - 1;
    i64::try_from(value).ok()?.checked_sub(bias)
}

/// An unsigned integer element, at most eight bytes.
pub(crate) fn unsigned(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| bytes.iter().fold(0u64, |value, byte| (value << 8) + u64::from(*byte)))
}

/// A text element without its zero padding.
pub(crate) fn text(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    bytes.get(..end).unwrap_or_default()
}

/// The children of a master, if they fill it exactly.
pub(crate) fn children(mut body: &[u8]) -> Option<Vec<(u32, &[u8])>> {
    let mut all = Vec::new();
    while !body.is_empty() {
        let found = Element::parse(body)?;
        let from = usize::try_from(found.head).ok()?;
        let end = from.checked_add(usize::try_from(found.size?).ok()?)?;
        all.push((found.id, body.get(from..end)?));
        (all.len() <= MAX_CHILDREN).then_some(())?;
        body = body.get(end..)?;
    }
    Some(all)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_numbers() {
        let of = |bytes: &[u8]| Element::parse(bytes).map(|e| (e.id, e.head, e.size));
        assert_eq!(of(&[0x1a, 0x45, 0xdf, 0xa3, 0x84]), Some((0x1a45_dfa3, 5, Some(4))));
        assert_eq!(of(&[0xa3, 0x40, 0x02]), Some((0xa3, 3, Some(2))));
        assert_eq!(of(&[0xa3, 0xff]), Some((0xa3, 2, None)));
        assert_eq!(of(&[0xa3, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Some((0xa3, 9, None)));
        assert_eq!([of(&[]), of(&[0x08, 0, 0, 0, 0, 0x81]), of(&[0xa3]), of(&[0xa3, 0x40])], [None; 4]);
        assert_eq!(number(&[0]), None);
        assert_eq!([signed(0, 1), signed(63, 1), signed(126, 1)], [Some(-63), Some(0), Some(63)]);
        assert_eq!(unsigned(&[1; 9]), None);
        assert_eq!(text(b"webm\0\0"), b"webm");
        let two: &[(u32, &[u8])] = &[(0xa3, &[7]), (0xec, &[])];
        assert_eq!(children(&[0xa3, 0x81, 7, 0xec, 0x80]).as_deref(), Some(two));
        assert_eq!([children(&[0xa3, 0x82, 7]), children(&[0xa3, 0xff])], [None, None]);
    }
}
