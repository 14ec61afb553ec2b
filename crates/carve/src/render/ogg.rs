//! Writing an Ogg stream (RFC 3533) with nothing of the original's in its pages.
//!
//! Keeps: serial number, page breaks and flags follow from the packets alone.
//! Does not know: codecs.

use crate::scan::ogg::{CRC_AT, FIRST, LAST, MAGIC, crc};

/// The serial number of every playable copy.
const SERIAL: &[u8; 4] = b"CASE";
/// Most packets that end on a page.
const PAGE_PACKETS: u32 = 50;
/// Most lacing values of a page.
const PAGE_LACING: usize = 255;
/// A lacing value that goes on.
const GOES_ON: usize = 255;

/// The page that is being filled.
#[derive(Debug, Default)]
pub(super) struct Pages {
    lacing: Vec<u8>,
    body: Vec<u8>,
    packets: u32,
    granule: u64,
    number: u32,
}

impl Pages {
    /// Adds a packet that ends at sample `granule`. A page that was full goes to `out` first. The packet must fit a page,
    /// as the scanner's do.
    pub(super) fn packet(&mut self, packet: &[u8], granule: u64, out: &mut Vec<u8>) {
        let lacing = packet.len() / GOES_ON + 1;
        if self.packets >= PAGE_PACKETS || self.lacing.len().saturating_add(lacing) > PAGE_LACING {
            self.flush(0, out);
        }
        self.lacing.resize(self.lacing.len().saturating_add(lacing - 1), GOES_ON as u8);
        self.lacing.push((packet.len() % GOES_ON) as u8);
        self.body.extend_from_slice(packet);
        self.packets = self.packets.saturating_add(1);
        self.granule = granule;
    }

    /// Ends the page, if anything is on it.
    pub(super) fn turn(&mut self, out: &mut Vec<u8>) {
        if self.packets > 0 {
            self.flush(0, out);
        }
    }

    /// Ends the stream.
    pub(super) fn end(&mut self, out: &mut Vec<u8>) {
        self.flush(LAST, out);
    }

    fn flush(&mut self, flags: u8, out: &mut Vec<u8>) {
        let from = out.len();
        let first = if self.number == 0 { FIRST } else { 0 };
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&[0, flags | first]);
        out.extend_from_slice(&self.granule.to_le_bytes());
        out.extend_from_slice(SERIAL);
        out.extend_from_slice(&self.number.to_le_bytes());
        out.extend_from_slice(&[0; 4]);
        out.push(u8::try_from(self.lacing.len()).unwrap_or(u8::MAX));
        out.append(&mut self.lacing);
        out.append(&mut self.body);
        let sum = crc(0, out.get(from..).unwrap_or_default()).to_le_bytes();
        if let Some(slot) = out.get_mut(from + CRC_AT..from + CRC_AT + sum.len()) {
            slot.copy_from_slice(&sum);
        }
        self.number = self.number.wrapping_add(1);
        self.packets = 0;
    }
}

/// The comment header of every playable copy, behind its magic: a vendor, and no comment.
pub(super) fn comments(magic: &[u8]) -> Vec<u8> {
    const VENDOR: &[u8] = b"casemate";
    let mut out = magic.to_vec();
    out.extend_from_slice(&(VENDOR.len() as u32).to_le_bytes());
    out.extend_from_slice(VENDOR);
    out.extend_from_slice(&[0; 4]);
    out
}
