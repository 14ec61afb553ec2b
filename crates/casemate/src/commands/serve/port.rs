//! The port on which a case was served last, so that a tab that is still open goes on after a restart.
//!
//! Keeps: it lies with this person's settings on this machine (XDG state folder), for its owner alone, under a hash of the case's
//! place: neither the case nor its log knows of it, and it names no case. Does not know: servers.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

/// Any port that is free.
pub const ANY: u16 = 0;
/// Ports below it are the system's.
const OWN_FROM: u16 = 1024;
/// Hex digits of the hash in the file's name.
const DIGITS: usize = 16;

/// Where the last port of a case is kept; nowhere on a machine without a state folder.
pub struct LastPort(Option<PathBuf>);

impl LastPort {
    /// Of the case at `root`.
    pub fn of(root: &Path) -> Self {
        let path = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
        let state = path("XDG_STATE_HOME").or_else(|| path("HOME").map(|home| home.join(".local/state")));
        Self(state.and_then(|state| Self::file(&state, root)))
    }

    fn file(state: &Path, root: &Path) -> Option<PathBuf> {
        let place = fs::canonicalize(root).ok()?;
        let hash = casemate_proof::digest::sha256(&[place.as_os_str().as_encoded_bytes()]).to_string();
        Some(state.join("casemate").join(format!("port-{}", hash.get(..DIGITS)?)))
    }

    /// The last port, if it is free now; else any.
    pub fn free(&self) -> u16 {
        let kept = self.0.as_ref().and_then(|file| fs::read_to_string(file).ok()?.trim().parse::<u16>().ok());
        let free = |port: &u16| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, *port))).is_ok();
        kept.filter(|port| *port >= OWN_FROM).filter(free).unwrap_or(ANY)
    }

    /// Keeps a port. Where that can't be, the next server takes another.
    pub fn keep(&self, port: u16) {
        let Some(file) = &self.0 else { return };
        let mut folder = fs::DirBuilder::new();
        let mut open = fs::OpenOptions::new();
        open.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
            std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
        }
        let made = file.parent().map(|dir| folder.recursive(true).create(dir));
        if let (Some(Ok(())), Ok(mut kept)) = (made, open.open(file)) {
            std::io::Write::write_all(&mut kept, port.to_string().as_bytes()).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_port_is_taken_again_where_it_is_free_and_names_no_case() {
        let (state, case) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let last = LastPort(LastPort::file(state.path(), case.path()));
        assert_eq!(last.free(), ANY);
        let busy = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let port = busy.local_addr().unwrap().port();
        last.keep(port);
        assert_eq!(last.free(), ANY, "another has it");
        drop(busy);
        assert_eq!(last.free(), port);
        let name = last.0.as_ref().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let place = case.path().file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with("port-") && !name.contains(&place), "{name}");
        for odd in ["", "80", "x", "70000"] {
            fs::write(last.0.as_ref().unwrap(), odd).unwrap();
            assert_eq!(last.free(), ANY, "{odd}");
        }
    }
}
