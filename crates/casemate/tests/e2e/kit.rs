//! A private place with a case in it, and the programs run in it.

use casemate_app::{Place, Session, Tools};
use casemate_media::Program;
use casemate_search::FolderStore;
use casemate_store_local::LocalStore;
use casemate_vault::{Access, Kdf, Passphrase};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Opens every case of these tests.
pub const PASSPHRASE: &str = "quarry lantern seven boats asleep";
/// What a command may take before the tests give up. Far above what any takes: a hang must be a failure, not a wait.
const PATIENCE: Duration = Duration::from_secs(540);

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A program built beside `casemate`.
pub fn program(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_casemate")).with_file_name(name);
    assert!(path.is_file(), "{name} is not built: cargo build --workspace");
    path
}

fn there(path: PathBuf, what: &str) -> Option<PathBuf> {
    if path.is_dir() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{what} missing: {}", path.display());
    println!("skipped: no {what} in {}", path.display());
    None
}

/// A folder of outside test data.
pub fn data(folder: &str) -> Option<PathBuf> {
    let root =
        std::env::var_os("CASEMATE_TEST_DATA").map_or_else(|| repository().join("../shared/data"), PathBuf::from);
    there(root.join(folder), "test data").map(|path| path.canonicalize().unwrap())
}

/// The folder of the models.
pub fn models() -> Option<PathBuf> {
    let root = std::env::var_os("CASEMATE_MODELS").map_or_else(|| repository().join(".setup/models"), PathBuf::from);
    there(root.join("whisper-base"), "models").and_then(|p| p.parent().map(Path::to_path_buf))
}

/// The number that everything drawn comes from: `CASEMATE_SEED`, else always the same.
pub fn seed() -> u64 {
    let seed = std::env::var("CASEMATE_SEED").map_or(20_250_324, |s| s.parse().expect("CASEMATE_SEED is a number"));
    println!("CASEMATE_SEED={seed}");
    seed
}

/// Every regular file below a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                all.push(entry.path());
            }
        }
    }
    all.sort();
    all
}

/// A private root: home, temporary and cache folders of its own, and the case.
pub struct Room {
    dir: tempfile::TempDir,
}

/// What a command came to.
pub struct Ran {
    pub code: Option<i32>,
    pub json: Value,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let json = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        Self { code: output.status.code(), json, out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The answer; the exit code must be `code`.
    pub fn code(self, code: i32) -> Value {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self.json
    }

    /// The answer of a command that was done.
    pub fn done(self) -> Value {
        self.code(0)
    }
}

impl Room {
    /// With folders, a passphrase file and no case yet.
    pub fn new() -> Self {
        let dir = tempfile::Builder::new().prefix("casemate-e2e-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        for folder in ["home", "tmp", "cache", "config", "state", "run", "sources", "out"] {
            std::fs::create_dir(dir.path().join(folder)).unwrap();
        }
        std::fs::write(dir.path().join("sources/passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        Self { dir }
    }

    /// With a new case, as `casemate init` makes it.
    pub fn with_shipped_case() -> Self {
        let room = Self::new();
        let case = room.case();
        room.run(&["init", case.to_str().unwrap()]).done();
        room
    }

    /// With a new case that differs in one thing: its passphrase costs little to try. Every command opens the case anew,
    /// and the shipped cost, 256 MB and most of a second each time, was half of what these tests took.
    pub fn with_case() -> Self {
        let room = Self::new();
        let store = Arc::new(LocalStore::create(&room.case()).unwrap());
        let weak = Kdf::weak_for_tests(4);
        casemate_app::session::init(store, &Passphrase::new(PASSPHRASE), weak).unwrap();
        room
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    pub fn case(&self) -> PathBuf {
        self.path("case")
    }

    /// A program in this room, with nothing of the outer environment.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.dir.path()).stdin(Stdio::null());
        let folders = [
            ("HOME", "home"),
            ("TMPDIR", "tmp"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_DATA_HOME", "state"),
            ("XDG_RUNTIME_DIR", "run"),
            ("CASEMATE_CASE", "case"),
            ("CASEMATE_PASSPHRASE_FILE", "sources/passphrase"),
        ];
        for (name, below) in folders {
            command.env(name, self.path(below));
        }
        command.env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin").env("LC_ALL", "en_US.UTF-8");
        let models =
            std::env::var_os("CASEMATE_MODELS").map_or_else(|| repository().join(".setup/models"), PathBuf::from);
        command.env("CASEMATE_MODELS", models);
        command
    }

    /// `casemate … --json`.
    pub fn casemate(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(Path::new(env!("CARGO_BIN_EXE_casemate")));
        command.args(arguments).arg("--json");
        command
    }

    /// Runs `casemate … --json` to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let began = Instant::now();
        let ran = finished(self.casemate(arguments));
        println!("casemate {}: exit {:?}, {:.1} s", arguments.join(" "), ran.code, began.elapsed().as_secs_f32());
        ran
    }

    /// Starts `casemate … --json` with its answer kept.
    /// Hands one exhibit to a court, to a file of this room: what `disclose` came to, and the file.
    pub fn hand(&self, exhibit: &str) -> (Ran, PathBuf) {
        let to = self.path(&format!("out/{exhibit}.zip"));
        let to_court = ["disclose", "--profile", "court", "--recipient", "Court", "--purpose", "brief"];
        let ran = self.run(&[&to_court[..], &["--to", to.to_str().unwrap(), exhibit]].concat());
        (ran, to)
    }

    pub fn start(&self, arguments: &[&str]) -> Child {
        self.casemate(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// The case, opened in this process.
    pub fn session(&self, access: Access) -> Session {
        let program = |name: &str| Program { path: program(name), args: Vec::new() };
        let speech = models()
            .map(|models| Program { args: vec!["--models".into(), models.into()], ..program("casemate-speech") });
        let pictures = models()
            .map(|models| Program { args: vec!["--models".into(), models.into()], ..program("casemate-worker") });
        let tools =
            Tools { worker: Some(program("casemate-worker")), pictures, speech, jobs: 2, threads: 2, meaning: None };
        let case = self.case();
        let index = case.join("index/identity");
        std::fs::create_dir_all(&index).unwrap();
        let place = Place {
            store: Arc::new(LocalStore::open(&case).unwrap()),
            index: Arc::new(FolderStore::new(&index).unwrap()),
        };
        Session::open(place, &Passphrase::new(PASSPHRASE), access, tools).unwrap()
    }

    /// How many objects lie in the case, placed or not.
    pub fn objects(&self) -> usize {
        let all = files(&self.case());
        all.iter().filter(|p| p.components().any(|c| ["objects", "staged"].iter().any(|n| c.as_os_str() == *n))).count()
    }
}

/// Runs a command to its end, or fails once patience is over.
/// The verdict of `casemate-verify` on a bundle under the key that its maker told.
pub fn verdict(made: &Value, bundle: &Path) -> Value {
    let mut verify = Command::new(program("casemate-verify"));
    verify.args(["--json", "--signer", made["signer"].as_str().unwrap()]).arg(bundle);
    finished(verify).done()
}

pub fn finished(mut command: Command) -> Ran {
    waited(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

/// Waits for a process; one that does not end is killed, and that is a failure.
pub fn waited(child: Child) -> Ran {
    let pid = rustix::process::Pid::from_child(&child);
    let (tell, over) = std::sync::mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        let late = over.recv_timeout(PATIENCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout);
        if late {
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
        }
        late
    });
    let output = child.wait_with_output().unwrap();
    drop(tell);
    assert!(!watch.join().unwrap(), "a command did not end in {PATIENCE:?}");
    Ran::of(output)
}

/// Sends a signal.
pub fn signal(child: &Child, signal: rustix::process::Signal) {
    rustix::process::kill_process(rustix::process::Pid::from_child(child), signal).ok();
}

/// Waits until `so`, looking often; answers whether it came to be before the process ended.
pub fn until(child: &mut Child, so: impl Fn() -> bool) -> bool {
    loop {
        if so() {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The rows of an array in an answer.
pub fn rows<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no {key} in {value}"))
}

/// The number of the exhibit that was made from a file whose path ends so.
pub fn exhibit_of(added: &Value, ending: &str) -> u64 {
    let is = |row: &&Value| row["source"].as_str().unwrap().ends_with(ending);
    let mut all = rows(added, "sealed").iter().chain(rows(added, "duplicates"));
    all.find(is).unwrap_or_else(|| panic!("{ending} was not added"))["exhibit"].as_u64().unwrap()
}
