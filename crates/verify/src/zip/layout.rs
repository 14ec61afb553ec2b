//! The header bytes of a strict zip, as functions of an entry. Source: PKWARE APPNOTE 6.3.10, §4.3.
//!
//! Keeps: one encoding for each entry. Does not know: files.

use super::Entry;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
const END: u32 = 0x0605_4b50;
const ZIP64_FIELD: u16 = 0x0001;
const VERSION_PLAIN: u16 = 20;
const VERSION_ZIP64: u16 = 45;
/// 1980-01-01 in DOS form.
const DATE: u16 = 0x0021;
const FULL32: u64 = 0xFFFF_FFFF;
const FULL16: u64 = 0xFFFF;
/// Bytes of the zip64 end record after its size field.
const END64_REST: u64 = 44;
/// Length of the plain end record.
pub(super) const END_BYTES: u64 = 22;
/// Length of the zip64 locator.
pub(super) const LOCATOR64_BYTES: u64 = 20;
/// Length of the zip64 end record.
pub(super) const END64_BYTES: u64 = 56;

/// A number in a 32-bit field: itself, or all ones where it needs zip64.
fn short(n: u64) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}

fn short16(n: u64) -> [u8; 2] {
    u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes()
}

fn needs64(n: u64) -> bool {
    n >= FULL32
}

fn version(zip64: bool) -> [u8; 2] {
    if zip64 { VERSION_ZIP64 } else { VERSION_PLAIN }.to_le_bytes()
}

fn extra(values: &[u64]) -> Vec<u8> {
    if values.is_empty() {
        return Vec::new();
    }
    let mut out = ZIP64_FIELD.to_le_bytes().to_vec();
    out.extend(short16(values.len() as u64 * 8));
    values.iter().for_each(|v| out.extend(v.to_le_bytes()));
    out
}

/// The local header of an entry.
pub(super) fn local(entry: &Entry) -> Vec<u8> {
    let big = needs64(entry.size);
    let sizes = [entry.size; 2];
    let extra = extra(if big { &sizes } else { &[] });
    let mut out = LOCAL.to_le_bytes().to_vec();
    out.extend(version(big));
    out.extend([0; 4]); // flags, method
    out.extend([0; 2]); // time
    out.extend(DATE.to_le_bytes());
    out.extend(entry.crc.to_le_bytes());
    out.extend(short(entry.size));
    out.extend(short(entry.size));
    out.extend(short16(entry.name.len() as u64));
    out.extend(short16(extra.len() as u64));
    out.extend(entry.name.as_bytes());
    out.extend(extra);
    out
}

/// The central header of an entry.
pub(super) fn central(entry: &Entry) -> Vec<u8> {
    let mut values = Vec::new();
    if needs64(entry.size) {
        values.extend([entry.size; 2]);
    }
    if needs64(entry.offset) {
        values.push(entry.offset);
    }
    let big = !values.is_empty();
    let extra = extra(&values);
    let mut out = CENTRAL.to_le_bytes().to_vec();
    out.extend(version(big)); // made by
    out.extend(version(big)); // needed
    out.extend([0; 4]); // flags, method
    out.extend([0; 2]); // time
    out.extend(DATE.to_le_bytes());
    out.extend(entry.crc.to_le_bytes());
    out.extend(short(entry.size));
    out.extend(short(entry.size));
    out.extend(short16(entry.name.len() as u64));
    out.extend(short16(extra.len() as u64));
    out.extend([0; 10]); // comment, disk, internal and external attributes
    out.extend(short(entry.offset));
    out.extend(entry.name.as_bytes());
    out.extend(extra);
    out
}

/// Whether the archive as a whole needs the zip64 end records.
pub(super) fn end_needs64(entries: u64, directory_offset: u64, directory_bytes: u64) -> bool {
    entries >= FULL16 || needs64(directory_offset) || needs64(directory_bytes)
}

/// The end records.
pub(super) fn end(entries: u64, directory_offset: u64, directory_bytes: u64) -> Vec<u8> {
    let mut out = Vec::new();
    if end_needs64(entries, directory_offset, directory_bytes) {
        out.extend(END64.to_le_bytes());
        out.extend(END64_REST.to_le_bytes());
        out.extend(VERSION_ZIP64.to_le_bytes());
        out.extend(VERSION_ZIP64.to_le_bytes());
        out.extend([0; 8]); // disks
        for n in [entries, entries, directory_bytes, directory_offset] {
            out.extend(n.to_le_bytes());
        }
        out.extend(LOCATOR64.to_le_bytes());
        out.extend([0; 4]);
        out.extend(directory_offset.saturating_add(directory_bytes).to_le_bytes());
        out.extend(1u32.to_le_bytes());
    }
    out.extend(END.to_le_bytes());
    out.extend([0; 4]); // disks
    out.extend(short16(entries));
    out.extend(short16(entries));
    out.extend(short(directory_bytes));
    out.extend(short(directory_offset));
    out.extend([0; 2]); // comment
    out
}
