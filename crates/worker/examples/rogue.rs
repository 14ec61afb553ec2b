//! A worker that misbehaves in the way that its first argument names: for tests of the parent.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic, reason = "tests and their programs")]
#![allow(unsafe_code, reason = "it makes system calls that a fence must stop")]

use std::io::Write;

use casemate_fence::{Bounds, Reply, Serving};
use casemate_ports::reading::{Kind, Passage, Place, Severity};
use casemate_ports::worker::{About, Answer, Done, Hello, PROTOCOL, Progress};

type Out = Reply<Box<dyn Write>>;

fn passage(place: Place) -> Passage {
    Passage {
        place,
        text: "said".into(),
        language: None,
        speaker: None,
        when: None,
        words: Vec::new(),
        marks: Vec::new(),
    }
}

fn main() {
    let how = std::env::args().nth(1).unwrap_or_default();
    // It neither greets nor listens.
    if how == "deaf" {
        std::thread::sleep(std::time::Duration::from_secs(3600));
    }
    let Ok(serving) = Serving::start("rogue", &Bounds::of_parent(Vec::new())) else {
        std::process::exit(4);
    };
    let done = serving.finish(|_, _, out| {
        let about =
            |kind| About { kind, media_type: "x/y".into(), metadata: vec![], duration_ms: None, parameters: vec![] };
        out.about(about(Kind::Text))?;
        out.passage(passage(Place::Lines { first: 5, last: 6 }))?;
        out.flush()?;
        act(&how, out);
        Ok(())
    });
    if done.is_err() {
        std::process::exit(4);
    }
}

fn act(how: &str, out: &mut Out) {
    let mut raw = std::io::stdout();
    let mut say = |answer: Answer| {
        let _gone = answer.write(&mut raw);
        let _gone = raw.flush();
    };
    match how {
        "loop" => loop {
            std::hint::spin_loop();
        },
        "sleep" => std::thread::sleep(std::time::Duration::from_secs(3600)),
        "allocate" => {
            let mut all: Vec<Vec<u8>> = Vec::new();
            loop {
                all.push(vec![1; 16 << 20]);
            }
        }
        "nest" => {
            println!("{}", nest(0));
        }
        "die" => std::process::abort(),
        "exit" => std::process::exit(7),
        "stop" => std::process::exit(0),
        "panic" => panic!("with the exhibit's words"),
        "socket" => call(|| unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) }),
        "fork" => call(|| unsafe { libc::fork() }),
        "exec" => {
            let _refused = std::process::Command::new("/bin/true").status();
        }
        "open" => report(out, std::fs::read("/etc/passwd").is_ok()),
        "write" => report(out, std::fs::write("/tmp/casemate-rogue", b"x").is_ok()),
        "kill" => call(|| unsafe { libc::kill(libc::getppid(), libc::SIGTERM) }),
        "environment" => report(out, std::env::vars().any(|(n, _)| !n.starts_with("CASEMATE_WORKER_"))),
        "thread" => report(out, std::thread::spawn(|| 1).join().is_err()),
        "garbage" => {
            let _gone = raw.write_all(&[0x5a; 4096]);
        }
        "long" => {
            let _gone = raw.write_all(&[0xff; 64]);
        }
        "back" => say(Answer::Passages(vec![passage(Place::Lines { first: 4, last: 4 })])),
        "hello" => say(Answer::Hello(Hello { protocol: PROTOCOL, tool: String::new(), fences: vec![] })),
        "counts" => say(Answer::Done(Done { passages: 9, ..Done::default() })),
        "samples" => say(Answer::Samples(vec![1, 2])),
        "bytes" => say(Answer::PartBytes(vec![0; 10])),
        "flood" => loop {
            say(Answer::Passages(vec![passage(Place::Lines { first: 9, last: 9 }); 1000]));
        },
        "chatter" => {
            for done in 0..100_000 {
                say(Answer::Progress(Progress { done, total: None }));
            }
        }
        _ => {}
    }
}

fn call(what: impl Fn() -> i32) {
    if what() >= 0 {
        // It got through: the parent sees an exit that no test expects.
        std::process::exit(99);
    }
}

fn report(out: &mut Out, through: bool) {
    let _gone = out.finding(if through { "got-through" } else { "refused" }, Severity::Note, "");
}

#[allow(unconditional_recursion, reason = "that is the fault")]
fn nest(n: u64) -> u64 {
    let room = [n; 512];
    std::hint::black_box(&room);
    nest(n + 1) + room[(n % 512) as usize]
}
