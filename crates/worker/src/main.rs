//! The worker: every parser of hostile bytes, one job in one process, behind fences.
//!
//! Keeps: nothing of an exhibit is read before the fences stand; nothing is written but the answer.
//! Does not know: who asks, keys, cases, people.
//!
//! ```text
//! casemate-worker                   one job over stdin and stdout (docs/format/worker.md)
//! casemate-worker --fences --json   which fences can be raised here
//! ```

mod amr;
mod archive;
mod audit;
mod book;
mod c2pa;
mod chats;
mod detect;
mod fonts;
mod html;
mod letters;
mod mail;
mod markup;
mod office;
mod ole;
mod opencore;
mod out;
mod outlook;
mod package;
mod pcm;
mod pdf;
mod photo;
mod picture;
mod read;
mod rtf;
mod scavenge;
mod sound;
mod stamp;
mod table;
mod text;
mod transfer;
mod warc;
mod whatsapp;

use std::process::ExitCode;

use casemate_fence::{Bounds, EXIT_FENCE_MISSING, EXIT_PROTOCOL, Serving, ServingError, tell_fences};

/// Said in the greeting: the program, and the engines whose version changes what is read.
const TOOL: &str = concat!(
    "casemate-worker ",
    env!("CARGO_PKG_VERSION"),
    "; hayro 0.9; image 0.25; symphonia 0.6; libopus; mail-parser 0.11; html5ever 0.40; csv 1; calamine 0.38; quick-xml 0.42; zip 9; cfb 0.16"
);

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    // No library can be mapped behind the fences, so these are loaded before them, from the system's own places.
    let decoders = opencore::Decoders::load();
    let fonts = fonts::Fonts::open();
    match args.next().as_deref() {
        None => serve(&decoders, fonts),
        Some("--fences") => ExitCode::from(tell_fences(&Bounds::of_parent(Vec::new()), &mut std::io::stdout())),
        Some(_) => ExitCode::from(EXIT_PROTOCOL),
    }
}

fn serve(decoders: &opencore::Decoders, fonts: fonts::Fonts) -> ExitCode {
    let served = Serving::start(TOOL, &Bounds::of_parent(Vec::new()))
        .and_then(|serving| serving.finish(|job, spool, out| read::job(job, spool, decoders, fonts, out)));
    match served {
        Ok(()) | Err(ServingError::Spool(_)) => ExitCode::SUCCESS,
        Err(ServingError::FenceMissing(_)) => ExitCode::from(EXIT_FENCE_MISSING),
        Err(_) => ExitCode::from(EXIT_PROTOCOL),
    }
}
