//! Writing the bundle: through the last look for names, into a file beside its destination, verified, then renamed.
//!
//! Keeps: under its own name a bundle stands whole and verified, or not at all. Does not know: what is in it.

use crate::progress::Stage;
use crate::{AppError, Watch};
use casemate_bundle::audit::Forbidden;
use casemate_bundle::material::Material;
use casemate_bundle::{BundleError, Packed, pack};
use casemate_verify::{Pins, Verdict, verify_bundle, zip};
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes that are scanned at once: many times the longest name.
const SCAN_BYTES: usize = 256 * 1024;
/// Longest entry that is read to say where a name stood.
const NAMED_ENTRY_MAX: u64 = 64 << 20;

/// A bundle that is written but has not got its name. Dropped, it is removed.
pub(super) struct Unnamed {
    partial: PathBuf,
    destination: PathBuf,
    pub packed: Packed,
    pub verdict: Verdict,
}

impl Drop for Unnamed {
    fn drop(&mut self) {
        // Gone already once it was renamed.
        let _ = std::fs::remove_file(&self.partial);
    }
}

/// Refuses a destination that exists.
pub(super) fn free(destination: &Path) -> Result<(), AppError> {
    match std::fs::symlink_metadata(destination) {
        Ok(_) => Err(AppError::file(destination)(std::io::ErrorKind::AlreadyExists.into())),
        Err(_) => Ok(()),
    }
}

/// Packs, scans, verifies.
pub(super) fn write(
    material: &Material<'_>,
    forbidden: &Forbidden,
    destination: &Path,
    watch: &Watch<'_>,
) -> Result<Unnamed, AppError> {
    let mut name = destination.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    let partial = destination.with_file_name(name);
    let file = private(&partial).map_err(AppError::file(&partial))?;
    let packed = Packed { signature_hash: [0; 32], bytes: 0, signer: String::new() };
    let mut unnamed = Unnamed { partial, destination: destination.to_owned(), packed, verdict: Verdict::default() };
    unnamed.fill(material, forbidden, file, watch)?;
    unnamed.check()?;
    Ok(unnamed)
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    options.write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private(path: &Path) -> std::io::Result<File> {
    File::create(path)
}

impl Unnamed {
    fn fill(
        &mut self,
        material: &Material<'_>,
        forbidden: &Forbidden,
        file: File,
        watch: &Watch<'_>,
    ) -> Result<(), AppError> {
        let told = Told { file, watch, done: 0 };
        let out = BufWriter::with_capacity(SCAN_BYTES, forbidden.scan(told));
        let failed = |cause: BundleError| if watch.stopped() { AppError::Stopped } else { cause.into() };
        let (packed, out) = pack(material, out).map_err(failed)?;
        let scanner = out.into_inner().map_err(|e| AppError::file(&self.partial)(e.into_error()))?;
        let (found, told) = scanner.finish();
        told.file.sync_all().map_err(AppError::file(&self.partial))?;
        self.packed = packed;
        match found {
            None => Ok(()),
            Some(form) => Err(BundleError::NameInside { file: self.where_found(forbidden), form }.into()),
        }
    }

    /// The entry that holds a name; empty if it is in none of them alone.
    fn where_found(&self, forbidden: &Forbidden) -> String {
        let look = || -> Option<String> {
            let mut file = File::open(&self.partial).ok()?;
            let archive = zip::read(&mut file).ok()?;
            archive.entries().iter().find_map(|entry| {
                let mut bytes = Vec::new();
                archive.open(&mut file, entry).ok()?.take(NAMED_ENTRY_MAX).read_to_end(&mut bytes).ok()?;
                forbidden.find(&bytes).map(|_| entry.name.clone())
            })
        };
        look().unwrap_or_default()
    }

    /// The bundle as the recipient will verify it.
    fn check(&mut self) -> Result<(), AppError> {
        let pins = Pins { signers: vec![self.packed.signer.clone()], ..Pins::default() };
        let open = || File::open(&self.partial);
        self.verdict = verify_bundle(&open, &pins).map_err(AppError::file(&self.partial))?;
        if !self.verdict.failed() {
            return Ok(());
        }
        let failed = self.verdict.findings.iter().filter(|f| f.status == casemate_verify::Status::Failed);
        let name = |f: &casemate_verify::Finding| match f.item {
            Some(item) => format!("{} (item {item})", f.id),
            None => f.id.to_owned(),
        };
        Err(AppError::SelfCheck(failed.map(name).collect()))
    }

    /// Gives it its name.
    pub fn publish(self) -> Result<(), AppError> {
        free(&self.destination)?;
        std::fs::rename(&self.partial, &self.destination).map_err(AppError::file(&self.destination))?;
        let parent = self.destination.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sync_folder(parent).map_err(AppError::file(parent))
    }
}

/// Makes a rename durable.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A file that tells how much was written, and stops when it is asked to.
struct Told<'w> {
    file: File,
    watch: &'w Watch<'w>,
    done: u64,
}

impl Write for Told<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.watch.stopped() {
            return Err(std::io::Error::other("stopped"));
        }
        let n = self.file.write(bytes)?;
        self.done += n as u64;
        self.watch.tell(Stage::Packing, self.done, None, None);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
