//! `casemate serve` and `casemate lock`: the web app on this machine, and locking it from a terminal.
//!
//! Keeps: the link is printed for whoever sits at this terminal and opened in their browser, never written to a file.
//! Does not know: HTTP.

mod port;

use super::doctor;
use crate::desk::{Desk, Engine};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{advice, secret, whereabouts};
use casemate_app::AppError;
use casemate_web::{Advice, Listening, ServeError, Setup};
use casemate_words::{Language, message};
use port::LastPort;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const AFTER: &str = "\
Examples:
  casemate serve                                opens the case in the browser
  casemate serve --no-open --port 4070          prints the link; opens nothing
  casemate serve --idle 5                       locks after five minutes without work

The link works once, on this machine only. Ctrl-C ends the server and closes the case.";

const AFTER_LOCK: &str = "\
Examples:
  casemate lock                                 the served case is locked at once; jobs keep what they finished";

/// The number of the process that serves a case, in its disposable folder.
const PID: &str = "index/serve";

/// Open the case in the browser of this machine.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Serve {
    /// The port on 127.0.0.1, 0 for any that is free; without it, the case's last one where that is free
    #[arg(long, value_name = "N")]
    port: Option<u16>,

    /// Print the link and open no browser
    #[arg(long)]
    no_open: bool,

    /// Lock after so many minutes without work
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=1440))]
    idle: u16,

    #[command(flatten)]
    engine: Engine,
}

/// Lock the case that `casemate serve` holds open.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_LOCK)]
pub struct Lock {}

impl Serve {
    /// Does it.
    ///
    /// # Errors
    /// No case; the port is taken; with a passphrase file, whatever keeps the case shut.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let root = desk.case()?;
        let tools = self.engine.tools();
        let (looked, given) = ((root.clone(), tools.clone()), tools.clone());
        let setup = Setup {
            place: whereabouts::place(&root)?,
            name: fs::canonicalize(&root)
                .ok()
                .and_then(|p| p.file_name().map(|n| n.to_string_lossy().into_owned()))
                .unwrap_or_default(),
            tools,
            advise,
            doctor: Box::new(move |locked| doctor::checks(&looked.1, Some(&looked.0), locked)),
            models: Box::new(move || doctor::installed(&given)),
            idle: Duration::from_secs(60 * u64::from(self.idle)),
        };
        let last = LastPort::of(&root);
        let port = self.port.unwrap_or_else(|| last.free());
        let listening = Listening::bind(setup, port).map_err(failed)?;
        if self.port != Some(port::ANY) {
            last.keep(listening.port());
        }
        if desk.passphrase_file().is_some() {
            listening.unlock(&secret::existing(desk.passphrase_file(), desk.language())?)?;
        }
        let link = listening.link();
        let note = PidFile::write(&root);
        let values = [("link", link.as_str().into())];
        desk.answer(&serde_json::json!({ "link": link }), || {
            message(desk.language(), "cli-serve-link", &values) + "\n"
        })?;
        std::io::stdout().flush().ok();
        if !self.no_open && has_desktop() {
            browse(&link);
        }
        let served = listening.run();
        drop(note);
        served.map_err(failed)?;
        Ok(Exit::Done)
    }
}

impl Lock {
    /// Does it.
    ///
    /// # Errors
    /// Nothing serves the case.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let root = desk.case()?;
        let pid = PidFile::read(&root).ok_or(Failure::Usage("not-served"))?;
        signal(pid)?;
        desk.answer(&serde_json::json!({ "locked": true }), || message(desk.language(), "cli-locked", &[]) + "\n")?;
        Ok(Exit::Done)
    }
}

/// The program's words for the screen.
fn advise(error: &AppError, language: Language) -> Advice {
    let told = advice::told_of(error, language);
    let status = match (told.id, told.exit) {
        ("no-exhibit" | "not-drawn" | "no-plan" | "no-person" | "not-read" | "no-strike", _) => 404,
        ("disk-full", _) => 507,
        (_, Exit::Usage) => 400,
        (_, Exit::Locked) => 403,
        (_, Exit::Damaged) => 500,
        (_, Exit::Done | Exit::Refused) => 409,
    };
    let reasons = told.reasons.iter().map(|r| advice::reason_for_a_screen(r)).collect();
    let advice = advice::for_a_screen(&told, language);
    Advice { id: told.id.to_owned(), title: told.what, advice, reasons, status }
}

fn failed(error: ServeError) -> Failure {
    match error {
        ServeError::Bind { port, cause } => Failure::File { path: PathBuf::from(format!("127.0.0.1:{port}")), cause },
        ServeError::System(cause) => Failure::Output(cause),
    }
}

/// Whether a browser can show itself.
fn has_desktop() -> bool {
    cfg!(target_os = "macos") || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some())
}

/// Hands the link to the browser of the desktop. Where there is none, the printed link serves.
fn browse(link: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    Command::new(opener).arg(link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok();
}

/// Says which process serves the case, while it does.
struct PidFile(PathBuf);

impl PidFile {
    fn write(root: &Path) -> Self {
        let path = root.join(PID);
        // Without it `casemate lock` finds nothing; the server itself needs it not.
        fs::write(&path, std::process::id().to_string()).ok();
        Self(path)
    }

    fn read(root: &Path) -> Option<u32> {
        fs::read_to_string(root.join(PID)).ok()?.trim().parse().ok()
    }
}

impl Drop for PidFile {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}

#[cfg(unix)]
fn signal(pid: u32) -> Result<(), Failure> {
    use rustix::process::{Pid, Signal, kill_process};
    // A number that another program has by now is not ours.
    let own = std::env::current_exe().ok();
    let other = fs::read_link(format!("/proc/{pid}/exe")).ok();
    let process = i32::try_from(pid).ok().and_then(Pid::from_raw).filter(|_| own.is_some() && own == other);
    process.and_then(|p| kill_process(p, Signal::USR1).ok()).ok_or(Failure::Usage("not-served"))
}

#[cfg(not(unix))]
fn signal(_: u32) -> Result<(), Failure> {
    Err(Failure::Usage("not-served"))
}
