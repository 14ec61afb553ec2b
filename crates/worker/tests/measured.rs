//! What `cargo xtask corpus` measures, as a test: not as much as is wanted there, but no less than was reached.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests and their programs"
)]

#[path = "../../media/examples/corpus/chats.rs"]
mod chats;
mod common;
#[path = "../../media/examples/corpus/expected.rs"]
mod expected;
#[path = "../../media/examples/corpus/mail.rs"]
mod mail;
#[path = "../../media/examples/corpus/measure.rs"]
mod measure;
#[path = "../../media/examples/corpus/recall.rs"]
mod recall;
#[path = "../../media/examples/corpus/whole.rs"]
mod whole;
#[path = "../../media/examples/corpus/words.rs"]
mod words;

use std::path::Path;

use measure::Measure;

/// Checks measures against a floor each.
fn reach(folder: &str, part: fn(&whole::Reader, &Path) -> Vec<Measure>, floors: &[f64]) {
    let Some(folder) = common::data(folder) else { return };
    let reader = whole::Reader { worker: env!("CARGO_BIN_EXE_casemate-worker").into() };
    let measures = part(&reader, folder.parent().unwrap());
    assert!(measures.len() >= floors.len(), "{} measures", measures.len());
    for (measure, floor) in measures.iter().zip(floors) {
        measure.print(true);
        assert!(measure.found >= *floor, "{}: {} is less than {floor}", measure.name, measure.found);
    }
}

#[test]
fn papers_say_what_other_readers_say() {
    reach("docs-peers", recall::measure, &[0.97, 0.65]);
}

#[test]
fn strings_that_others_assert_are_there() {
    reach("docs-tika", expected::measure, &[0.75]);
}

#[test]
fn fields_of_mail_are_what_others_say() {
    reach("email", mail::measure, &[0.97]);
}

#[test]
fn every_message_of_a_chat_has_its_sender_time_and_words() {
    reach("chats", chats::measure, &[1.0]);
}
