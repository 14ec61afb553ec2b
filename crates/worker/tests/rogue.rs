//! A worker that loops, grows, dies, lies or reaches out: each way ends with its finding and no zombie.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic, reason = "tests and their programs")]

mod common;

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use casemate_media::{Limits, MediaError, Outcome, Program, fences, run_job};
use casemate_ports::worker::{Job, ReadJob};
use common::{ids, run, worker};

fn rogue(how: &str) -> Program {
    // Examples are built beside the tests: target/PROFILE/deps/THIS and target/PROFILE/examples/rogue.
    let this = std::env::current_exe().unwrap();
    let path: PathBuf = this.parent().unwrap().parent().unwrap().join("examples/rogue");
    assert!(path.is_file(), "{} is not built", path.display());
    Program { path, args: vec![how.into()] }
}

fn limits() -> Limits {
    Limits { memory: 512 << 20, cpu_seconds: 1, wall: Duration::from_secs(20), ..Limits::reading() }
}

fn job() -> Job {
    Job::Read(ReadJob::default())
}

fn misbehave(how: &str) -> Outcome {
    run(&rogue(how), &job(), b"bytes", &limits(), &mut |_| ()).unwrap()
}

#[test]
fn every_death_has_its_name_and_what_came_before_is_kept() {
    for (how, id) in [
        ("loop", "worker-killed-cpu"),
        ("allocate", "worker-killed-memory"),
        ("nest", "worker-killed-stack"),
        ("die", "worker-crashed"),
        ("exit", "worker-exited"),
        ("stop", "worker-answer-malformed"),
        ("panic", "reader-panicked"),
        ("socket", "worker-killed-fence"),
        ("fork", "worker-killed-fence"),
        ("exec", "worker-killed-fence"),
        ("garbage", "worker-answer-malformed"),
        ("long", "worker-answer-malformed"),
        ("back", "worker-answer-malformed"),
        ("hello", "worker-answer-malformed"),
        ("counts", "worker-answer-malformed"),
        ("samples", "worker-answer-malformed"),
        ("bytes", "worker-answer-malformed"),
    ] {
        let outcome = misbehave(how);
        assert_eq!(ids(&outcome), [id], "{how}");
        assert_eq!(outcome.reading.passages.len(), 1, "{how}");
        assert!(!outcome.whole || how == "panic", "{how}");
    }
}

#[test]
fn a_worker_behind_its_fences_reaches_nothing() {
    for how in ["open", "write", "environment", "thread"] {
        assert_eq!(ids(&misbehave(how)), ["refused"], "{how}");
    }
    // The signal is refused, so the call fails and the worker ends well.
    assert!(ids(&misbehave("kill")).is_empty());
    assert!(misbehave("chatter").whole);
}

#[test]
fn time_on_the_wall_is_kept_even_by_one_that_never_listens() {
    for how in ["sleep", "deaf"] {
        let limits = Limits { wall: Duration::from_millis(300), ..limits() };
        // More than a pipe holds, so that the parent is still writing.
        let outcome = run(&rogue(how), &job(), &vec![0; 4 << 20], &limits, &mut |_| ()).unwrap();
        assert_eq!(ids(&outcome), ["worker-killed-wall"], "{how}");
    }
}

#[test]
fn a_flood_is_stopped_at_the_limit() {
    let limits = Limits { passages: 5000, ..limits() };
    let outcome = run(&rogue("flood"), &job(), b"x", &limits, &mut |_| ()).unwrap();
    assert_eq!(ids(&outcome), ["worker-answer-malformed"]);
    assert!(outcome.reading.passages.len() <= 5000);
}

#[test]
fn more_input_than_the_limit_is_a_finding() {
    let limits = Limits { input: 1000, ..limits() };
    let outcome = run(&worker(), &job(), &vec![b'a'; 3 << 20], &limits, &mut |_| ()).unwrap();
    assert_eq!(ids(&outcome), ["too-large"]);
}

#[test]
fn cancelling_kills_and_reaps() {
    let cancel = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancel);
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        flag.store(true, Ordering::SeqCst);
    });
    let got = run_job(&rogue("sleep"), &job(), &mut &b"x"[..], &limits(), &cancel, &mut |_| ());
    stopper.join().unwrap();
    assert!(matches!(got, Err(MediaError::Cancelled)));
}

#[test]
fn an_exhibit_that_fails_to_read_is_the_callers_error() {
    struct Broken(u32);
    impl Read for Broken {
        fn read(&mut self, b: &mut [u8]) -> std::io::Result<usize> {
            self.0 += 1;
            if self.0 > 3 { Err(std::io::Error::other("gone")) } else { Ok(b.len()) }
        }
    }
    let never = AtomicBool::new(false);
    let got = run_job(&worker(), &job(), &mut Broken(0), &limits(), &never, &mut |_| ());
    assert!(matches!(got, Err(MediaError::Input(_))));
    let none = Program { path: "/nowhere/at/all".into(), args: vec![] };
    let got = run_job(&none, &job(), &mut &b""[..], &limits(), &never, &mut |_| ());
    assert!(matches!(got, Err(MediaError::Start { .. })));
}

#[test]
fn the_required_fences_stand_and_are_told() {
    let all = fences(&worker()).unwrap();
    for name in ["no-new-privileges", "seccomp", "landlock", "memory", "cpu", "file-size", "no-core", "parent-death"] {
        let fence = all.iter().find(|f| f.name == name).unwrap_or_else(|| panic!("{name}"));
        assert!(fence.required && fence.granted, "{fence:?}");
    }
    let told = run(&worker(), &job(), b"text", &limits(), &mut |_| ()).unwrap();
    assert_eq!(told.fences.len(), all.len());
}
