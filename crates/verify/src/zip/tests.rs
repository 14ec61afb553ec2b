//! Tests of the strict zip: any change of one byte is refused, other zips are refused.
//!
//! Keeps: every byte is tried. Does not know: bags.

use super::*;
use std::io::{Cursor, Read, Write};

fn put<W: Write>(w: &mut ZipWriter<W>, name: &str, open: impl Fn() -> Box<dyn Read>) -> Result<(), ZipError> {
    let mut measured = Measured::new(std::io::sink());
    std::io::copy(&mut open(), &mut measured)?;
    w.add(name, measured.finish(), |out| std::io::copy(&mut open(), out).map(drop).map_err(ZipError::from))
}

fn bytes(content: &[u8]) -> impl Fn() -> Box<dyn Read> + use<> {
    let content = content.to_vec();
    move || Box::new(Cursor::new(content.clone()))
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut w = ZipWriter::new(Vec::new());
    for (name, content) in files {
        put(&mut w, name, bytes(content)).unwrap();
    }
    w.finish().unwrap()
}

fn sample() -> Vec<u8> {
    archive(&[("casemate/a.txt", b"alpha"), ("casemate/b/c", b""), ("casemate/d-e_f.0", &[7; 300])])
}

#[test]
fn what_is_written_is_read() {
    let bytes = sample();
    let mut source = Cursor::new(&bytes);
    let a = read(&mut source).unwrap();
    assert_eq!(
        a.entries().iter().map(|e| (e.name.as_str(), e.size)).collect::<Vec<_>>(),
        [("casemate/a.txt", 5), ("casemate/b/c", 0), ("casemate/d-e_f.0", 300)]
    );
    let entry = a.find("casemate/a.txt").unwrap().clone();
    let mut content = String::new();
    a.open(&mut source, &entry).unwrap().read_to_string(&mut content).unwrap();
    assert_eq!(content, "alpha");
    assert!(a.find("casemate/x").is_none());
}

#[test]
fn contents_are_handed_on_in_the_one_pass() {
    let bytes = sample();
    let directory = Directory::read(&mut Cursor::new(&bytes)).unwrap();
    for most in [0, 1, 3, 1 << 20] {
        let mut contents = Vec::new();
        let archive = directory.compare(&mut Cursor::new(&bytes), &mut |content| {
            let mut read = Vec::new();
            content.take(most).read_to_end(&mut read)?;
            contents.push(read);
            Ok(())
        });
        assert_eq!(archive.unwrap().entries().len(), 3);
        let whole: [&[u8]; 3] = [b"alpha", b"", &[7; 300]];
        let begun = whole.map(|content| content.iter().copied().take(most as usize).collect::<Vec<_>>());
        assert_eq!(contents, begun, "what is left is read behind it");
    }
    let failed = directory.compare(&mut Cursor::new(&bytes), &mut |_| Err(std::io::ErrorKind::BrokenPipe.into()));
    assert!(matches!(failed, Err(ZipError::Io(cause)) if cause.kind() == std::io::ErrorKind::BrokenPipe));
}

#[test]
fn a_directory_claims_what_lies_end_to_end() {
    let bytes = sample();
    let claims = |bytes: &[u8]| Directory::read(&mut Cursor::new(bytes)).is_ok_and(|d| d.claimed().is_some());
    assert!(claims(&bytes));
    // What only the comparison can find.
    let mut content = bytes.clone();
    content[44] ^= 1;
    assert!(claims(&content) && read(&mut Cursor::new(content)).is_err());
    // A size, an offset, and where the directory is said to be.
    let central = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    for at in [central + 24, central + 27, central + 42, central + 45] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(!claims(&damaged), "{at}");
    }
    assert!(!claims(&[&bytes[..20], &bytes].concat()), "before the first entry");
}

#[test]
fn python_reads_it_too() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.zip");
    std::fs::write(&path, sample()).unwrap();
    let script = "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(z.namelist())";
    let out = std::process::Command::new("python3").args(["-c", script]).arg(&path).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), "['casemate/a.txt', 'casemate/b/c', 'casemate/d-e_f.0']");
}

#[test]
fn every_flip_cut_and_insertion_is_refused() {
    let bytes = sample();
    for at in 0..bytes.len() {
        for bit in [0x01, 0x80] {
            let mut bad = bytes.clone();
            bad[at] ^= bit;
            assert!(read(&mut Cursor::new(bad)).is_err(), "flip at {at}");
        }
        let mut cut = bytes.clone();
        cut.remove(at);
        assert!(read(&mut Cursor::new(cut)).is_err(), "cut at {at}");
        let mut longer = bytes.clone();
        longer.insert(at, bytes[at]);
        assert!(read(&mut Cursor::new(longer)).is_err(), "insertion at {at}");
    }
}

#[test]
fn names_outside_the_form_are_refused() {
    for name in [
        "a",
        "/casemate/a",
        "casemate/",
        "casemate/../a",
        "casemate/a//b",
        "casemate/é",
        "casemate/a b",
        "casemate/./a",
    ] {
        let mut w = ZipWriter::new(Vec::new());
        assert!(matches!(put(&mut w, name, bytes(b"")), Err(ZipError::Name(0))), "{name}");
    }
    let mut w = ZipWriter::new(Vec::new());
    put(&mut w, "casemate/b", bytes(b"")).unwrap();
    assert!(matches!(put(&mut w, "casemate/a", bytes(b"")), Err(ZipError::Order(1))));
    assert!(matches!(put(&mut w, "casemate/b", bytes(b"")), Err(ZipError::Order(1))));
}

#[test]
fn content_that_changed_since_it_was_measured_is_refused() {
    let mut w = ZipWriter::new(Vec::new());
    let wrong: Result<(), ZipError> = w.add("casemate/a", (3, 7), |out| Ok(out.write_all(b"abc")?));
    assert!(matches!(wrong, Err(ZipError::Changed(0))));
}

#[test]
fn other_zips_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.zip");
    let script = "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1],'w'); z.writestr('casemate/a','x'); z.close()";
    let ok = std::process::Command::new("python3").args(["-c", script]).arg(&path).status().unwrap();
    assert!(ok.success());
    assert!(matches!(read(&mut Cursor::new(std::fs::read(&path).unwrap())), Err(ZipError::Differs(_))));
    assert!(read(&mut Cursor::new(b"")).is_err());
    assert!(read(&mut Cursor::new(archive(&[]))).unwrap().entries().is_empty());
}

#[test]
fn zip64_fields_stand_exactly_where_needed() {
    let big = Entry { name: "casemate/a".into(), size: 5 << 30, crc: 1, offset: 6 << 30 };
    let local = layout::local(&big);
    assert_eq!(local.len(), 30 + 10 + 20);
    assert_eq!(&local[18..26], &[0xFF; 8]);
    assert_eq!(layout::central(&big).len(), 46 + 10 + 28);
    let far = Entry { size: 3, ..big };
    assert_eq!(layout::central(&far).len(), 46 + 10 + 12);
    assert_eq!(layout::local(&far).len(), 40);
    assert_eq!(layout::end(3, 10, 10).len(), 22);
    assert_eq!(layout::end(0xFFFF, 10, 10).len(), 98);
    assert_eq!(layout::end(3, 5 << 30, 10).len(), 98);
}

/// A file of mostly zeros that takes no room: the blocks that are not zero.
#[derive(Default)]
struct Sparse {
    blocks: Vec<(u64, Vec<u8>)>,
    len: u64,
    at: u64,
}

impl std::io::Write for Sparse {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.iter().any(|b| *b != 0) {
            self.blocks.push((self.len, bytes.to_vec()));
        }
        self.len += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Read for Sparse {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = out.len().min(usize::try_from(self.len - self.at).unwrap_or(usize::MAX));
        out[..n].fill(0);
        for (start, block) in &self.blocks {
            for (i, b) in block.iter().enumerate() {
                let p = start + i as u64;
                if p >= self.at && p < self.at + n as u64 {
                    out[(p - self.at) as usize] = *b;
                }
            }
        }
        self.at += n as u64;
        Ok(n)
    }
}

impl std::io::Seek for Sparse {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            std::io::SeekFrom::Start(n) => n,
            std::io::SeekFrom::End(n) => self.len.checked_add_signed(n).unwrap(),
            std::io::SeekFrom::Current(n) => self.at.checked_add_signed(n).unwrap(),
        };
        Ok(self.at)
    }
}

#[test]
fn an_archive_past_4_gib_round_trips() {
    let size = (4u64 << 30) + 5;
    let mut w = ZipWriter::new(Sparse::default());
    put(&mut w, "casemate/a", || Box::new(std::io::repeat(0).take(size))).unwrap();
    put(&mut w, "casemate/b", bytes(b"end")).unwrap();
    let a = read(&mut w.finish().unwrap()).unwrap();
    assert_eq!((a.entries()[0].size, a.entries()[1].size), (size, 3));
}
