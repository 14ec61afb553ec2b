//! A ZIP as a folder of small files: what papers of office programs, books and archives are made of.
//!
//! Keeps: what one entry and all together may come to is bounded, whatever their headers say; names are never paths.
//! Does not know: what the entries are.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

/// Most entries that are looked at.
const MAX_ENTRIES: usize = 20_000;
/// Longest entry once unpacked, bytes.
const MAX_ENTRY: u64 = 256 << 20;
/// All entries together, bytes.
const MAX_ALL: u64 = 1 << 30;

/// Why an entry was not had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is none of this name.
    Absent,
    /// It needs a password.
    Encrypted,
    /// It, or all so far, would be longer than the limit.
    TooMuch,
    /// It can't be unpacked.
    Damaged,
}

impl Fault {
    /// The finding that tells of it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::TooMuch => "too-much",
            Self::Absent | Self::Damaged => "part-unread",
        }
    }
}

/// An open package.
pub struct Package {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    left: u64,
}

impl Package {
    /// None if the bytes are no ZIP.
    pub fn open(bytes: Vec<u8>) -> Option<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        Some(Self { zip, left: MAX_ALL })
    }

    /// Names of its files in the order of its table, at most [`MAX_ENTRIES`]; one that is no text is left out.
    pub fn names(&self) -> Vec<String> {
        (0..self.zip.len().min(MAX_ENTRIES))
            .filter_map(|index| self.zip.name_for_index(index)?.ok().map(|name| name.into_owned()))
            .filter(|name| !name.ends_with('/'))
            .collect()
    }

    /// Whether it has more files than are looked at.
    pub fn is_cut(&self) -> bool {
        self.zip.len() > MAX_ENTRIES
    }

    /// The bytes of a file.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Fault> {
        let entry = self.zip.by_name(name).map_err(|error| match error {
            ZipError::FileNotFound => Fault::Absent,
            ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Fault::Encrypted,
            _ => Fault::Damaged,
        })?;
        let most = MAX_ENTRY.min(self.left);
        let mut bytes = Vec::new();
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|_| Fault::Damaged)?;
        if bytes.len() as u64 > most {
            return Err(Fault::TooMuch);
        }
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }
}

#[cfg(test)]
pub mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A package of these files.
    pub fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored))
                .unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn files_come_out_and_folders_are_none() {
        let mut package = Package::open(packed(&[("a/b.txt", b"text"), ("a/", b"")])).unwrap();
        assert_eq!(package.names(), ["a/b.txt"]);
        assert_eq!(package.read("a/b.txt").unwrap(), b"text");
        assert_eq!(package.read("c"), Err(Fault::Absent));
        assert!(Package::open(b"PK\x03\x04 and no more".to_vec()).is_none());
    }

    #[test]
    fn all_together_stay_within_the_limit() {
        let mut package = Package::open(packed(&[("a", b"1234"), ("b", b"5")])).unwrap();
        package.left = 4;
        assert_eq!(package.read("a").unwrap(), b"1234");
        assert_eq!(package.read("b"), Err(Fault::TooMuch));
    }
}
