//! A reading, and what was seen in it besides.
//!
//! Keeps: nothing of the reading is lost but the findings that said what was not yet read; pages stay in order.
//! Does not know: exhibits, logs.

use casemate_media::Outcome;
use casemate_ports::reading::{Kind, Passage, Place, READING_VERSION, ReadFinding, Reading, Severity};

/// Findings that say that text is only to be seen.
pub(super) const SEEN_ONLY: [&str; 2] = ["no-text-layer", "picture-unread"];
/// Words below this confidence are doubtful, of 1000.
const DOUBTFUL: u16 = 700;

/// What was seen so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// In the order of pages.
    pub passages: Vec<Passage>,
    /// The last page that is finished.
    pub until: u64,
    findings: Vec<ReadFinding>,
    tool: String,
    parameters: Vec<(String, String)>,
}

impl Seen {
    /// What else an answer says; its passages were heard page by page.
    pub fn take(&mut self, outcome: Outcome) {
        let Reading { findings, tool, parameters, .. } = outcome.reading;
        self.findings.extend(findings);
        (self.tool, self.parameters) = (tool, parameters);
    }

    /// Leaves the page at which a worker died: what was its end is that page's alone.
    pub fn skip(&mut self) {
        self.until = self.until.saturating_add(1);
        if let Some(end) = self.findings.last_mut() {
            end.detail = format!("page {}: {} {}", self.until, end.id, end.detail);
            end.id = "page-unread".to_owned();
            end.severity = Severity::Partial;
        }
    }

    /// As it is kept when it is stopped.
    pub fn as_part(&self) -> Reading {
        Reading {
            version: READING_VERSION,
            kind: Kind::Document,
            media_type: String::new(),
            metadata: Vec::new(),
            duration_ms: None,
            passages: self.passages.clone(),
            parts: Vec::new(),
            findings: self.findings.clone(),
            tool: "casemate-worker".to_owned(),
            parameters: Vec::new(),
        }
    }
}

/// Both in one.
pub(super) fn merged(mut reading: Reading, seen: Seen) -> Reading {
    let found = !seen.passages.is_empty();
    let note = note(&seen.passages);
    reading.findings.retain(|f| !SEEN_ONLY.contains(&f.id.as_str()));
    reading.findings.extend(seen.findings);
    if found {
        reading.findings.push(note);
        if reading.kind == Kind::Other {
            reading.kind = Kind::Document;
        }
    } else if reading.passages.is_empty() && reading.findings.is_empty() {
        let detail = "no text is to be seen in it".to_owned();
        reading.findings.push(ReadFinding { id: "no-text".into(), severity: Severity::Note, detail });
    }
    reading.passages = in_order(reading.passages, seen.passages);
    if !seen.tool.is_empty() {
        reading.tool = seen.tool;
    }
    reading.parameters.extend(seen.parameters);
    reading.parameters.sort();
    reading
}

/// How much was read off pictures, and how much of that is doubtful.
fn note(passages: &[Passage]) -> ReadFinding {
    let words = || passages.iter().flat_map(|p| &p.marks);
    let doubtful = words().filter(|mark| mark.confidence < DOUBTFUL).count();
    let detail = format!("{} words were read off pictures, {doubtful} of them doubtful", words().count());
    ReadFinding { id: "text-recognised".into(), severity: Severity::Note, detail }
}

/// A page's own text, then what was seen on it; what stands on no page stays with what is before it.
fn in_order(own: Vec<Passage>, seen: Vec<Passage>) -> Vec<Passage> {
    let mut page = 0;
    let mut keyed: Vec<(u32, Passage)> = Vec::with_capacity(own.len() + seen.len());
    for passage in own {
        page = page_of(&passage).unwrap_or(page);
        keyed.push((page, passage));
    }
    keyed.extend(seen.into_iter().map(|passage| (page_of(&passage).unwrap_or(u32::MAX), passage)));
    keyed.sort_by_key(|(page, _)| *page);
    keyed.into_iter().map(|(_, passage)| passage).collect()
}

fn page_of(passage: &Passage) -> Option<u32> {
    match passage.place {
        Place::Page { number, .. } => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_ports::reading::Mark;

    fn passage(place: Place, text: &str) -> Passage {
        let (words, marks) = (Vec::new(), Vec::new());
        Passage { place, text: text.into(), language: None, speaker: None, when: None, words, marks }
    }

    fn page(number: u32, text: &str) -> Passage {
        passage(Place::Page { number, rect: None }, text)
    }

    fn reading(passages: Vec<Passage>, ids: &[&str]) -> Reading {
        let finding = |id: &&str| ReadFinding { id: (*id).into(), severity: Severity::Partial, detail: String::new() };
        let findings = ids.iter().map(finding).collect();
        Reading { passages, kind: Kind::Other, findings, ..Seen::default().as_part() }
    }

    #[test]
    fn what_was_seen_stands_on_its_page_behind_what_was_there() {
        let own = vec![passage(Place::Whole, "bookmark"), page(1, "one"), page(3, "three"), page(3, "note")];
        let mark = |confidence| Mark { at: 0, chars: 3, rect: [0, 0, 1, 1], confidence };
        let mut two = page(2, "two");
        two.marks = vec![mark(990), mark(DOUBTFUL - 1)];
        let seen = Seen { passages: vec![two, page(3, "stamp")], ..Seen::default() };
        let all = merged(reading(own, &["no-text-layer", "layer-off"]), seen);
        let texts: Vec<&str> = all.passages.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["bookmark", "one", "two", "three", "note", "stamp"]);
        let ids: Vec<&str> = all.findings.iter().map(|f| f.id.as_str()).collect();
        assert_eq!(ids, ["layer-off", "text-recognised"]);
        assert_eq!(all.findings[1].detail, "2 words were read off pictures, 1 of them doubtful");
        assert_eq!(all.kind, Kind::Document);
    }

    #[test]
    fn a_picture_without_text_says_so_and_a_page_that_kills_is_named() {
        let all = merged(reading(Vec::new(), &["picture-unread"]), Seen::default());
        assert_eq!((all.findings[0].id.as_str(), all.kind), ("no-text", Kind::Other));
        let end = ReadFinding { id: "worker-crashed".into(), severity: Severity::Unread, detail: "signal 11".into() };
        let mut seen = Seen { findings: vec![end], until: 4, ..Seen::default() };
        seen.skip();
        assert_eq!((seen.until, seen.findings[0].detail.as_str()), (5, "page 5: worker-crashed signal 11"));
        let all = merged(reading(Vec::new(), &["no-text-layer"]), seen);
        assert_eq!(all.findings.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), ["page-unread"]);
    }
}
