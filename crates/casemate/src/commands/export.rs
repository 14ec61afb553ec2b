//! `casemate export`: the originals back on a disk, or the keys that open them.
//!
//! Keeps: what could not be written is named, and the exit code says so. Does not know: names that are safe on disks.

use super::wording;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen;
use casemate_app::export::{self, ExportReply, ExportRequest};
use casemate_words::{Language, message};
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  casemate export originals
  casemate export originals --keys              also an age identity for each original, and a list of commands

Whoever has a file of keys/ can read that original. Keep the folder as carefully as the case.";

/// Write the originals out, byte for byte.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Export {
    /// The folder to write into; files in it are never overwritten
    dir: PathBuf,

    /// Also write the key of each original, so that a stock age opens the case's own files
    #[arg(long)]
    keys: bool,
}

impl Export {
    /// Does it.
    ///
    /// # Errors
    /// A folder that can't be written.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let session = desk.read()?;
        let request = ExportRequest { folder: self.dir.clone(), keys: self.keys };
        let reply = desk.watched(|watch| export::export(&session, &request, watch))?;
        desk.answer(&reply, || text(&reply, desk.language()))?;
        Ok(if reply.failed.is_empty() { Exit::Done } else { Exit::Refused })
    }
}

fn text(reply: &ExportReply, language: Language) -> String {
    let values = [
        ("count", reply.written.into()),
        ("size", wording::size(language, reply.bytes).into()),
        ("path", reply.folder.display().to_string().into()),
    ];
    let mut out = message(language, "cli-exported", &values) + "\n";
    if reply.same > 0 {
        out.push_str(&format!("{}\n", message(language, "cli-exported-same", &[("count", reply.same.into())])));
    }
    if reply.keys > 0 {
        out.push_str(&format!("{}\n", message(language, "cli-exported-keys", &[("count", reply.keys.into())])));
    }
    for f in &reply.failed {
        let values = [("exhibit", f.exhibit.into()), ("why", screen::plain(&f.why).into())];
        out.push_str(&format!("{}\n", message(language, "cli-exported-failed", &values)));
    }
    out
}
