//! Run lengths, as TIFF's PackBits and PDF's `RunLengthDecode` have them.
//!
//! Keeps: one input has one output. A run is written where at least three bytes are equal, as long as it lasts or 128;
//! everything between is literal, in pieces of 128 at most.
//! Does not know: pixels.

/// Longest run or literal piece.
const MOST: usize = 128;
/// Shortest run that is written as one.
const LEAST: usize = 3;
/// One more than the length byte of a run of no bytes.
const RUN: usize = 257;

/// How many bytes from `at` on are equal, `MOST` at most.
fn equal(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take(MOST).take_while(|byte| Some(*byte) == rest.first()).count()
}

/// Appends the run lengths of `bytes`.
pub(super) fn pack(bytes: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while at < bytes.len() {
        let run = equal(bytes, at);
        if run >= LEAST {
            out.push((RUN - run) as u8);
            out.extend(bytes.get(at));
            at += run;
            continue;
        }
        let start = at;
        while at < bytes.len() && at - start < MOST && equal(bytes, at) < LEAST {
            at += 1;
        }
        out.push((at - start - 1) as u8);
        out.extend_from_slice(bytes.get(start..at).unwrap_or_default());
    }
}

/// Exactly `len` bytes from their run lengths.
pub(super) fn unpack(mut data: &[u8], len: usize) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(len);
    while let Some((head, rest)) = data.split_first() {
        let head = usize::from(*head);
        if head < MOST {
            let (literal, rest) = rest.split_at_checked(head + 1)?;
            out.extend_from_slice(literal);
            data = rest;
        } else {
            let (value, rest) = rest.split_first().filter(|_| head > MOST)?;
            out.resize(out.len() + RUN - head, *value);
            data = rest;
        }
        if out.len() > len {
            return None;
        }
    }
    (out.len() == len).then_some(out)
}
