//! Where a case folder lies: facts that make it less safe, told once and cheaply.
//!
//! Keeps: a fact that could not be found out is *not checked*, never "fine".
//! Deliberately does not know: what to advise.

use std::path::Path;

/// What is known of the place of a case folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Surroundings {
    /// A network file system: locks and `fsync` may not hold there.
    Network,
    /// Inside a folder that a program copies elsewhere (the marker of a known one was found).
    Synced,
    /// In memory: gone at the next start.
    Volatile,
    /// The kind of file system could not be told on this system.
    NotChecked,
}

/// Magic numbers of `statfs(2)` for file systems behind a network: NFS, SMB, SMB2, CIFS, AFS, Ceph, 9p, CODA, FUSE (whose
/// server is unknown, sshfs for one).
#[cfg(target_os = "linux")]
const NETWORK: [u64; 9] =
    [0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42, 0x5346_414F, 0x00C3_6400, 0x0102_1997, 0x7375_7245, 0x6573_5546];
/// tmpfs, ramfs.
#[cfg(target_os = "linux")]
const VOLATILE: [u64; 2] = [0x0102_1994, 0x8584_58F6];
/// Files and folders that programs which copy a folder elsewhere put at its top.
const SYNC_MARKERS: [&str; 7] = [
    ".dropbox",
    ".dropbox.cache",
    ".stfolder",
    ".sync",
    ".owncloudsync.log",
    ".nextcloudsync.log",
    ".tmp.drivedownload",
];

/// Looks at the file system of `root` and at the folders above it.
#[must_use]
pub fn surroundings(root: &Path) -> Vec<Surroundings> {
    let mut found = Vec::new();
    found.extend(file_system(root));
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    if real.ancestors().any(|dir| SYNC_MARKERS.iter().any(|marker| dir.join(marker).exists())) {
        found.push(Surroundings::Synced);
    }
    found
}

#[cfg(target_os = "linux")]
fn file_system(root: &Path) -> Option<Surroundings> {
    let Ok(stat) = rustix::fs::statfs(root) else { return Some(Surroundings::NotChecked) };
    // The field's width and sign differ between architectures; a magic number is 32 bits.
    let magic = u64::try_from(i128::from(stat.f_type) & 0xFFFF_FFFF).unwrap_or(0);
    if NETWORK.contains(&magic) {
        Some(Surroundings::Network)
    } else if VOLATILE.contains(&magic) {
        Some(Surroundings::Volatile)
    } else {
        None
    }
}

#[cfg(not(target_os = "linux"))]
fn file_system(_root: &Path) -> Option<Surroundings> {
    Some(Surroundings::NotChecked)
}
