//! What is read of files that others made, against what they or other programs say is in them: `cargo xtask corpus`.
//!
//!     corpus WORKER DATA [--only NAME] [--misses]
//!
//! Keeps: a line for each measure, with its limit; exit 1 where one is missed. `--misses` names each file or string that was.
//! Does not know: how anything is read; it speaks to the worker as the product does.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measure prints, and may end"
)]

mod chats;
mod expected;
mod mail;
mod measure;
mod recall;
mod whole;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use measure::Measure;

/// Everything that is measured, by the name that `--only` takes.
type Part = fn(&whole::Reader, &Path) -> Vec<Measure>;
const PARTS: [(&str, Part); 4] =
    [("text", recall::measure), ("strings", expected::measure), ("mail", mail::measure), ("chats", chats::measure)];

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let with_misses = arguments.iter().position(|a| a == "--misses").map(|at| arguments.remove(at)).is_some();
    let (worker, data, only) = match arguments.as_slice() {
        [worker, data] => (worker, data, None),
        [worker, data, option, name] if option == "--only" => (worker, data, Some(name.as_str())),
        _ => {
            eprintln!("usage: corpus WORKER DATA [--only text|strings|mail|chats] [--misses]");
            return ExitCode::from(2);
        }
    };
    let (reader, data) = (whole::Reader { worker: PathBuf::from(worker) }, PathBuf::from(data));
    println!("{:<46} {:>7} {:>7}", "measure", "found", "wanted");
    let mut met = true;
    for (name, part) in PARTS.iter().filter(|(name, _)| only.is_none_or(|only| only == *name)) {
        let measures = part(&reader, &data);
        if measures.is_empty() {
            println!("{name:<46} NOT CHECKED: {} has no such files", data.display());
            met = false;
        }
        for measure in measures {
            measure.print(with_misses);
            met &= measure.is_met();
        }
    }
    if met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
