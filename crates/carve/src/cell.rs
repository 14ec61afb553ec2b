//! A cell of the 100 ms grid: the payload of a leaf whose packets differ in duration.
//!
//! Keeps: a cell is a deterministic CBOR array of byte strings, one a packet, in their order; none is empty; an empty
//! cell is an empty array.
//! Does not know: what a packet is.

use std::ops::Range;

/// Appends the head of a cell of so many packets.
pub(crate) fn begin(packets: u64, out: &mut Vec<u8>) {
    // Writing into a Vec cannot fail.
    let _ = minicbor::Encoder::new(out).array(packets);
}

/// Appends the head of a packet of so many bytes.
pub(crate) fn begin_packet(bytes: u64, out: &mut Vec<u8>) {
    let _ = minicbor::Encoder::new(out).bytes_len(bytes);
}

/// Where the packets stand in a cell; none if it is not written exactly so.
pub(crate) fn ranges(payload: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut dec = minicbor::Decoder::new(payload);
    let count = dec.array().ok()??;
    let mut again = Vec::new();
    begin(count, &mut again);
    let mut packets = Vec::new();
    for _ in 0..count {
        let packet = dec.bytes().ok().filter(|packet| !packet.is_empty())?;
        let end = dec.position();
        packets.push(end.checked_sub(packet.len())?..end);
        begin_packet(packet.len() as u64, &mut again);
        again.extend_from_slice(packet);
    }
    (again == payload).then_some(packets)
}
