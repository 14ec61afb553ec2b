//! Reads one file with a worker and shows what came back: `look WORKER FILE [decode]`.
#![allow(clippy::print_stdout, reason = "it is a program to look with")]

use std::fs::File;
use std::sync::atomic::AtomicBool;

use casemate_media::{Event, Limits, Program, run_job};
use casemate_ports::worker::{DecodeJob, Job, ReadJob};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let program = Program { path: args.next().ok_or("no worker")?.into(), args: Vec::new() };
    let path = args.next().ok_or("no file")?;
    let extension = path.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    let decoding = args.next().is_some();
    let job =
        if decoding { Job::Decode(DecodeJob { rate: 16_000, extension }) } else { Job::Read(ReadJob { extension }) };
    let limits = if decoding { Limits::decoding() } else { Limits::reading() };
    let mut hear = |e: Event<'_>| {
        if let Event::Part(p) = e {
            println!("part {p:?}");
        }
    };
    let outcome = run_job(&program, &job, &mut File::open(path)?, &limits, &AtomicBool::new(false), &mut hear)?;
    let r = outcome.reading;
    println!(
        "{:?} {} {:?} {:?}\n{:?}\n{:?}",
        r.kind, r.media_type, r.duration_ms, outcome.sound, r.metadata, r.findings
    );
    for p in r.passages {
        println!("{:?} {:?} {:?} {:?}", p.place, p.when, p.speaker, p.text);
    }
    Ok(())
}
