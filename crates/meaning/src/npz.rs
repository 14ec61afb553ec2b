//! NumPy's archive of arrays, as far as the pinned model uses it: a zip of `NAME.npy` (NEP 1, version 1.0), numbers
//! little-endian, row after row.
//!
//! Keeps: an array has the type and the shape that is asked for, and its CRC-32 is true; no more than it takes is unpacked.
//! Does not know: what the arrays are for.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::Error;
use crate::matrix::Matrix;

/// The file's name, for errors.
pub(crate) const FILE: &str = "weights.npz";
/// Longest head of an array, in bytes.
const HEAD_LIMIT: usize = 4096;
/// What an array of version 1.0 begins with.
const MAGIC: &[u8] = b"\x93NUMPY\x01\x00";

/// The arrays of an archive.
pub(crate) struct Arrays<'a>(ZipArchive<Cursor<&'a [u8]>>);

fn malformed(what: &'static str) -> Error {
    Error::Malformed { file: FILE, what }
}

impl<'a> Arrays<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        ZipArchive::new(Cursor::new(bytes)).map(Self).map_err(|_| malformed("not an archive"))
    }

    /// A matrix of 32-bit numbers.
    pub(crate) fn matrix(&mut self, name: &str, rows: usize, columns: usize) -> Result<Matrix, Error> {
        let values = self.floats(name, &[rows, columns])?;
        Ok(Matrix { rows, columns, values })
    }

    /// A row of 32-bit numbers.
    pub(crate) fn row(&mut self, name: &str, length: usize) -> Result<Vec<f32>, Error> {
        self.floats(name, &[length])
    }

    /// One 64-bit number.
    pub(crate) fn number(&mut self, name: &str) -> Result<f64, Error> {
        let bytes = self.array(name, "<f8", &[], 8)?;
        let (numbers, _) = bytes.as_chunks::<8>();
        numbers.first().map(|number| f64::from_le_bytes(*number)).ok_or(malformed("a number"))
    }

    /// A table of bytes.
    pub(crate) fn bytes(&mut self, name: &str, rows: usize, columns: usize) -> Result<Vec<u8>, Error> {
        self.array(name, "|u1", &[rows, columns], 1)
    }

    fn floats(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let bytes = self.array(name, "<f4", shape, 4)?;
        let (numbers, _) = bytes.as_chunks::<4>();
        let values: Vec<f32> = numbers.iter().map(|number| f32::from_le_bytes(*number)).collect();
        if values.iter().all(|value| value.is_finite()) { Ok(values) } else { Err(malformed("not a number")) }
    }

    fn array(&mut self, name: &str, kind: &str, shape: &[usize], width: usize) -> Result<Vec<u8>, Error> {
        let mut entry = self.0.by_name(&format!("{name}.npy")).map_err(|_| malformed("an array is missing"))?;
        let size = shape.iter().try_fold(width, |size, side| size.checked_mul(*side)).ok_or(malformed("a shape"))?;
        let mut start = [0u8; 10];
        entry.read_exact(&mut start).map_err(|_| malformed("an array is cut"))?;
        let length = match start.split_first_chunk::<8>() {
            Some((magic, [low, high])) if magic == MAGIC => usize::from(u16::from_le_bytes([*low, *high])),
            _ => return Err(malformed("not an array")),
        };
        if length > HEAD_LIMIT {
            return Err(malformed("the head of an array"));
        }
        let mut head = vec![0u8; length];
        entry.read_exact(&mut head).map_err(|_| malformed("an array is cut"))?;
        if String::from_utf8_lossy(&head).trim_end() != head_of(kind, shape) {
            return Err(malformed("an array of another type or shape"));
        }
        let mut values = Vec::with_capacity(size);
        // One byte more than it may have: the end, where the sum is compared, is reached.
        let limit = u64::try_from(size).map_err(|_| malformed("a shape"))?.saturating_add(1);
        entry.take(limit).read_to_end(&mut values).map_err(|_| malformed("an array is cut or altered"))?;
        if values.len() == size { Ok(values) } else { Err(malformed("an array of another length")) }
    }
}

/// The head as NumPy writes it.
fn head_of(kind: &str, shape: &[usize]) -> String {
    let shape = match shape {
        [one] => format!("({one},)"),
        many => format!("({})", many.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    };
    format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn archive(entries: &[(&str, &str, &[usize], &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, kind, shape, values) in entries {
            zip.start_file(format!("{name}.npy"), zip::write::SimpleFileOptions::default()).unwrap();
            let head = format!("{}\n", head_of(kind, shape));
            zip.write_all(MAGIC).unwrap();
            zip.write_all(&u16::try_from(head.len()).unwrap().to_le_bytes()).unwrap();
            zip.write_all(head.as_bytes()).unwrap();
            zip.write_all(values).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn arrays_are_read_by_name_type_and_shape() {
        let values: Vec<u8> = [1.5f32, -2.0].iter().flat_map(|v| v.to_le_bytes()).collect();
        let bytes = archive(&[("a", "<f4", &[2], &values), ("q", "|u1", &[2, 3], &[1, 2, 3, 4, 5, 6])]);
        let mut arrays = Arrays::read(&bytes).unwrap();
        assert_eq!(arrays.row("a", 2).unwrap(), [1.5, -2.0]);
        assert_eq!(arrays.bytes("q", 2, 3).unwrap(), [1, 2, 3, 4, 5, 6]);
        let refused =
            [arrays.row("a", 3).map(drop), arrays.matrix("a", 1, 2).map(drop), arrays.bytes("q", 3, 2).map(drop)];
        assert!(refused.iter().all(Result::is_err), "{refused:?}");
        assert!(arrays.row("missing", 1).is_err() && arrays.number("a").is_err());
    }

    #[test]
    fn a_cut_or_lengthened_array_and_one_altered_bit_are_refused() {
        let long = archive(&[("a", "|u1", &[1, 3], &[1, 2, 3, 4])]);
        assert_eq!(Arrays::read(&long).unwrap().bytes("a", 1, 3), Err(malformed("an array of another length")));
        let short = archive(&[("a", "|u1", &[1, 3], &[1, 2])]);
        assert_eq!(Arrays::read(&short).unwrap().bytes("a", 1, 3), Err(malformed("an array of another length")));
        let nan = archive(&[("a", "<f4", &[1], &f32::NAN.to_le_bytes())]);
        assert_eq!(Arrays::read(&nan).unwrap().row("a", 1), Err(malformed("not a number")));
        let whole = archive(&[("a", "|u1", &[4, 16], &[7; 64])]);
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            // What is said beside the entry (times, versions) doesn't count; what is in it does.
            if let Ok(read) = Arrays::read(&flipped).and_then(|mut arrays| arrays.bytes("a", 4, 16)) {
                assert_eq!(read, [7; 64], "{at}");
            }
            if let Ok(mut arrays) = Arrays::read(&whole[..at]) {
                assert!(arrays.bytes("a", 4, 16).is_err(), "{at}");
            }
        }
    }
}
