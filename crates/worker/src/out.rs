//! The answer as readers see it, and small builders of what goes into it.
//!
//! Keeps: nothing. Does not know: formats.

use std::io::Write;

use casemate_fence::{Reply, ReplyError};
use casemate_ports::reading::{Kind, Passage, Place, Severity};
use casemate_ports::worker::About;

/// Where readers put what they read.
pub type Out = Reply<Box<dyn Write>>;
/// How a reader ends.
pub type Read = Result<(), ReplyError>;

/// A passage with nothing but its text.
pub fn passage(place: Place, text: impl Into<String>) -> Passage {
    Passage {
        place,
        text: text.into(),
        language: None,
        speaker: None,
        when: None,
        words: Vec::new(),
        marks: Vec::new(),
    }
}

/// What the source is.
pub fn about(kind: Kind, media_type: &str, metadata: Vec<(String, String)>) -> About {
    About { kind, media_type: media_type.to_owned(), metadata, duration_ms: None, parameters: Vec::new() }
}

/// A source of which nothing was read.
pub fn unread(out: &mut Out, kind: Kind, media_type: &str, id: &str, detail: &str) -> Read {
    out.about(about(kind, media_type, Vec::new()))?;
    out.finding(id, Severity::Unread, detail)
}

/// A finding about a part that was not read, or the whole when nothing else was.
pub fn trouble(out: &mut Out, id: &str, detail: &str) -> Read {
    let nothing = out.passages() == 0 && out.sent_samples() == 0;
    out.finding(id, if nothing { Severity::Unread } else { Severity::Partial }, detail)
}

#[cfg(test)]
pub mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use casemate_ports::worker::Answer;

    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Rc<RefCell<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, b: &[u8]) -> std::io::Result<usize> {
            self.0.borrow_mut().write(b)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// All that a reader answers.
    #[derive(Debug, Default)]
    pub struct Heard {
        pub about: Option<About>,
        pub passages: Vec<Passage>,
        pub parts: Vec<(String, String, Vec<u8>)>,
        pub findings: Vec<String>,
        pub samples: Vec<i16>,
    }

    pub fn heard(reader: impl FnOnce(&mut Out) -> Read) -> Heard {
        let wire = Shared::default();
        let mut out: Out = Reply::new(Box::new(wire.clone()));
        reader(&mut out).unwrap();
        out.done().unwrap();
        let bytes = wire.0.borrow();
        let mut from = bytes.as_slice();
        let mut heard = Heard::default();
        while let Some(answer) = Answer::read(&mut from).unwrap() {
            match answer {
                Answer::About(a) => heard.about = Some(a),
                Answer::Passages(p) => heard.passages.extend(p),
                Answer::Part(p) => heard.parts.push((p.name, p.media_type, Vec::new())),
                Answer::PartBytes(b) => heard.parts.last_mut().unwrap().2.extend(b),
                Answer::Finding(f) => heard.findings.push(f.id),
                Answer::Samples(s) => heard.samples.extend(s),
                _ => {}
            }
        }
        heard
    }
}
