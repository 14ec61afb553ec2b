//! The tray: files that are looked at while the case is open, bundles that came and documents that are about to leave; none of them is an exhibit.
//!
//! Keeps: they lie encrypted under keys that only this tray has, and are gone when the case is locked. Does not know: what is in them.

use crate::spool::Kept;
use casemate_app::Held;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most files on it.
pub const MOST: usize = 50;

/// A file on it.
#[derive(Clone)]
pub struct OnTray {
    /// Its name, as it was given.
    pub name: String,
    kept: Arc<Kept>,
}

impl OnTray {
    /// Its bytes.
    pub fn size(&self) -> u64 {
        self.kept.size()
    }

    /// Whether it begins as a zip does.
    pub fn is_zip(&self) -> bool {
        let mut head = [0; 4];
        self.kept.open().and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *b"PK\x03\x04"
    }

    /// To be read.
    pub fn held(&self) -> Held {
        held(&self.name, Arc::clone(&self.kept))
    }
}

/// An upload under a name, to be read.
pub fn held(name: &str, kept: Arc<Kept>) -> Held {
    Held::new(name, move || Ok(Box::new(kept.open()?)))
}

/// The tray.
#[derive(Default)]
pub struct Tray {
    all: Mutex<Laid>,
}

#[derive(Default)]
struct Laid {
    files: BTreeMap<u64, OnTray>,
    last: u64,
}

impl Tray {
    fn lock(&self) -> MutexGuard<'_, Laid> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a file on it; it and its number, or none where it is full.
    pub fn put(&self, name: String, kept: Kept) -> Option<(u64, OnTray)> {
        let mut all = self.lock();
        if all.files.len() >= MOST {
            return None;
        }
        all.last += 1;
        let number = all.last;
        let file = OnTray { name, kept: Arc::new(kept) };
        all.files.insert(number, file.clone());
        Some((number, file))
    }

    /// One of them.
    pub fn file(&self, number: u64) -> Option<OnTray> {
        self.lock().files.get(&number).cloned()
    }

    /// All of them.
    pub fn files(&self) -> Vec<(u64, OnTray)> {
        self.lock().files.iter().map(|(number, file)| (*number, file.clone())).collect()
    }

    /// Takes one away.
    pub fn take(&self, number: u64) -> bool {
        self.lock().files.remove(&number).is_some()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::spool::Spool;

    fn kept() -> Kept {
        Spool::new().unwrap().finish().unwrap()
    }

    #[test]
    fn a_file_is_there_until_it_is_taken_and_a_full_tray_takes_no_more() {
        let tray = Tray::default();
        let numbers: Vec<u64> = (0..MOST).map(|n| tray.put(format!("{n}.zip"), kept()).unwrap().0).collect();
        assert!(tray.put("more.zip".to_owned(), kept()).is_none());
        let last = *numbers.last().unwrap();
        assert!(tray.take(last) && !tray.take(last) && tray.file(last).is_none());
        let (number, more) = tray.put("more.zip".to_owned(), kept()).unwrap();
        assert_eq!((number, more.is_zip()), (last + 1, false), "a number is given once");
        assert_eq!(tray.files().len(), MOST);
    }
}
