//! JUMBF (ISO/IEC 19566-5): boxes in boxes, each with a type and a label.
//!
//! Keeps: what lies outside of its box is never read; nothing is read by recursion.
//! Does not know: claims.

use super::fault::Fault;

/// Boxes in one box.
const BOXES_MAX: usize = 10_000;
/// A length and a type.
const HEADER: usize = 8;
/// Bytes of a type of content.
const UUID: usize = 16;
/// The end of every type of content of C2PA and of JUMBF's own.
const UUID_END: [u8; 12] = *b"\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71";
/// Toggles of a description: it has a label.
const LABELLED: u8 = 2;

/// A box: its type and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    pub kind: [u8; 4],
    pub body: &'a [u8],
}

/// A box that describes itself, with boxes in it.
#[derive(Clone, Debug)]
pub struct Superbox<'a> {
    /// The four letters that tell types of C2PA apart; none of another's type.
    pub sort: Option<[u8; 4]>,
    pub label: &'a str,
    /// What is hashed where a claim names it: all but its length and `jumb`.
    pub hashed: &'a [u8],
    /// The boxes behind the description.
    pub pieces: Vec<Piece<'a>>,
}

/// The first box, and the bytes behind it.
fn piece(bytes: &[u8]) -> Option<(Piece<'_>, &[u8])> {
    let (header, rest) = bytes.split_first_chunk::<HEADER>()?;
    let [length @ .., a, b, c, d] = *header;
    let (body, behind) = match u32::from_be_bytes(length) {
        0 => (rest, &[][..]),
        1 => {
            let (long, rest) = rest.split_first_chunk::<8>()?;
            let length = usize::try_from(u64::from_be_bytes(*long)).ok()?;
            rest.split_at_checked(length.checked_sub(2 * HEADER)?)?
        }
        length => rest.split_at_checked(usize::try_from(length).ok()?.checked_sub(HEADER)?)?,
    };
    Some((Piece { kind: [a, b, c, d], body }, behind))
}

fn pieces(mut bytes: &[u8]) -> Result<Vec<Piece<'_>>, Fault> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        if all.len() == BOXES_MAX {
            return Err(Fault::TooMuch { what: "boxes in a box", limit: BOXES_MAX as u64 });
        }
        let (found, behind) = piece(bytes).ok_or(Fault::Form("a box of it does not end where it says"))?;
        all.push(found);
        bytes = behind;
    }
    Ok(all)
}

impl<'a> Superbox<'a> {
    /// The box at the start of some bytes.
    ///
    /// # Errors
    /// [`Fault`], where it is none.
    pub fn first(bytes: &'a [u8]) -> Result<Self, Fault> {
        let (found, _) = piece(bytes).ok_or(Fault::Form("it does not end where it says"))?;
        Self::of(found)
    }

    fn of(piece: Piece<'a>) -> Result<Self, Fault> {
        const FORM: Fault = Fault::Form("a box of it does not say what it is");
        let all = if piece.kind == *b"jumb" { pieces(piece.body)? } else { return Err(FORM) };
        let (description, pieces) = all.split_first().filter(|(first, _)| first.kind == *b"jumd").ok_or(FORM)?;
        let (uuid, rest) = description.body.split_first_chunk::<UUID>().ok_or(FORM)?;
        let [a, b, c, d, end @ ..] = *uuid;
        let (toggles, rest) = rest.split_first().ok_or(FORM)?;
        let label = if toggles & LABELLED == 0 { &[][..] } else { rest.split(|byte| *byte == 0).next().ok_or(FORM)? };
        Ok(Self {
            sort: (end == UUID_END).then_some([a, b, c, d]),
            label: std::str::from_utf8(label).map_err(|_| FORM)?,
            hashed: piece.body,
            pieces: pieces.to_vec(),
        })
    }

    /// The boxes in it that describe themselves.
    ///
    /// # Errors
    /// [`Fault`], where one can't be read.
    pub fn inside(&self) -> Result<Vec<Self>, Fault> {
        self.pieces.iter().filter(|piece| piece.kind == *b"jumb").map(|piece| Self::of(*piece)).collect()
    }

    /// The first box in it of a type.
    pub fn content(&self, kind: [u8; 4]) -> Option<&'a [u8]> {
        self.pieces.iter().find(|piece| piece.kind == kind).map(|piece| piece.body)
    }
}

/// How a store of manifests begins, from the fifth byte of its description on.
pub const STORE_MARK: &[u8; 20] = b"jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71";
/// Bytes of a store in front of [`STORE_MARK`].
pub const STORE_MARK_AT: usize = HEADER + 4;

/// Whether a box begins there that holds manifests.
pub fn is_store(bytes: &[u8]) -> bool {
    // With a long length eight bytes more stand in front.
    [STORE_MARK_AT, STORE_MARK_AT + HEADER]
        .iter()
        .any(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(STORE_MARK)))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
    }

    pub fn superbox(sort: &[u8; 4], label: &str, inside: &[Vec<u8>]) -> Vec<u8> {
        let description = [sort.as_slice(), &UUID_END, &[3], label.as_bytes(), &[0]].concat();
        boxed(b"jumb", &[boxed(b"jumd", &description), inside.concat()].concat())
    }

    #[test]
    fn boxes_say_what_they_are() {
        let inner = superbox(b"c2ma", "urn:x", &[boxed(b"cbor", b"\xa0")]);
        let store = superbox(b"c2pa", "c2pa", std::slice::from_ref(&inner));
        assert!(is_store(&store) && !is_store(&inner) && !is_store(&store[1..]));
        let read = Superbox::first(&store).unwrap();
        assert_eq!((read.sort, read.label), (Some(*b"c2pa"), "c2pa"));
        let inside = read.inside().unwrap();
        assert_eq!((inside.len(), inside[0].label, inside[0].hashed), (1, "urn:x", &inner[8..]));
        assert_eq!(inside[0].content(*b"cbor"), Some(&b"\xa0"[..]));
        assert_eq!(inside[0].content(*b"json"), None);
        // A long length, and none: to the end.
        let long = [b"\0\0\0\x01jumb".as_slice(), &(store.len() as u64 + 8).to_be_bytes(), &store[8..]].concat();
        let open = [b"\0\0\0\0jumb".as_slice(), &store[8..]].concat();
        assert!(is_store(&long));
        assert!([long, open].iter().all(|bytes| Superbox::first(bytes).unwrap().label == "c2pa"));
    }

    #[test]
    fn what_ends_outside_of_its_box_is_refused() {
        let store = superbox(b"c2pa", "c2pa", &[superbox(b"c2ma", "a", &[])]);
        for end in 0..store.len() {
            assert!(Superbox::first(&store[..end]).is_err(), "{end}");
        }
        let many = superbox(b"c2pa", "c2pa", &vec![boxed(b"free", b""); BOXES_MAX + 1]);
        assert!(matches!(Superbox::first(&many), Err(Fault::TooMuch { .. })));
        assert!(Superbox::first(b"\0\0\0\x01jumb\0\0\0\0\0\0\0\x01").is_err());
        assert!(Superbox::first(b"\0\0\0\x07jumb").is_err());
    }
}
