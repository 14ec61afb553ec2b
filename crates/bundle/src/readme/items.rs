//! The list of what is handed over, and how much of each item is withheld, where and why.
//!
//! Keeps: amounts are those that the mask makes; no length or place of a withheld text is told but its line.
//! Does not know: the layout of the page.

use super::setting::{clean, paragraph};
use super::{Page, Told, ToldItem};
use casemate_carve::locator::TimeRange;
use casemate_carve::{Profile, Run};
use casemate_verify::check::withheld_times;
use casemate_verify::statement::Mode;
use casemate_verify::words::{duration, range};

/// Most runs of withheld lines that are listed: a longer list is read by nobody.
const LINES_LISTED: usize = 200;

/// Entries of the log under a checkpoint: the second line of the note; 0 where it is none.
pub(crate) fn log_size(checkpoint: &str) -> u64 {
    checkpoint.lines().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Adds every item.
pub(super) fn add(page: &mut Page, told: &Told<'_>) {
    for item in &told.items {
        let head = page.words("item", &[("number", item.number.into()), ("title", clean(item.title).into())]);
        paragraph(&mut page.text, "", &head);
        let rows = rows(page, item);
        page.rows("    ", &rows);
    }
}

fn rows(page: &Page, item: &ToldItem<'_>) -> Vec<(String, String)> {
    let mode = match item.mode {
        Mode::Whole => "mode-whole",
        Mode::Partial if item.shape.profile() == Profile::Tiles => "mode-pages",
        Mode::Partial => "mode-partial",
        Mode::Release => "mode-release",
        Mode::Text => "mode-text",
    };
    let mut rows = vec![(page.words("row-mode", &[]), page.words(mode, &[]))];
    if let Some(logged) = &item.logged {
        rows.push((page.words("row-seal", &[]), logged.seal.clone()));
        let entry = page.words("entry", &[("index", logged.index.into()), ("entries", logged.entries.into())]);
        rows.push((page.words("row-entry", &[]), entry));
    }
    if let Some(from) = item.made_from {
        rows.push((page.words("row-made-from", &[]), page.words("made-from", &[("number", from.into())])));
    }
    rows.push((page.words("row-withheld", &[]), amount(page, item)));
    let places = places(page, item);
    if !places.is_empty() {
        rows.push((page.words("row-where", &[]), places));
    }
    if !item.reasons.is_empty() {
        rows.push((page.words("row-why", &[]), reasons(page, item)));
    }
    let files = page.words("files", &[("folder", format!("casemate/data/{:03}/", item.number).into())]);
    rows.push((page.words("row-files", &[]), files));
    rows
}

fn cut_times(item: &ToldItem<'_>) -> Vec<TimeRange> {
    withheld_times(item.shape, item.hidden)
}

fn amount(page: &Page, item: &ToldItem<'_>) -> String {
    let hidden: u64 = item.hidden.iter().fold(0, |sum, r| sum.saturating_add(r.len));
    if hidden == 0 {
        return page.words("withheld-nothing", &[]);
    }
    let profile = item.shape.profile();
    if let Some(whole) = item.shape.duration_ms() {
        let cuts = cut_times(item);
        let withheld = cuts.iter().fold(0u64, |sum, c| sum.saturating_add(c.len()));
        let sound = page.words(
            "withheld-sound",
            &[
                ("withheld", duration(page.language, withheld).into()),
                ("whole", duration(page.language, whole).into()),
                ("places", cuts.len().into()),
            ],
        );
        return if cuts.is_empty() { page.words("withheld-head-only", &[]) } else { sound };
    }
    let id = match profile {
        Profile::Lines(_) => "withheld-lines",
        Profile::Csv => "withheld-cells",
        Profile::Spans(_) => "withheld-spans",
        Profile::Tiles => "withheld-tiles",
        _ => return page.words("withheld-passages", &[("count", hidden.into())]),
    };
    let packets = item.shape.packets();
    let total = packets.end.saturating_sub(packets.start);
    page.words(id, &[("count", hidden.into()), ("total", total.into())])
}

fn places(page: &Page, item: &ToldItem<'_>) -> String {
    let language = page.language;
    if item.shape.profile().is_timed() {
        let places: Vec<String> = cut_times(item).iter().map(|c| range(language, c.start, c.end)).collect();
        return places.join(", ");
    }
    if matches!(item.shape.profile(), Profile::Lines(_)) {
        let line = |r: &Run| {
            let (first, last) = (r.start.saturating_add(1), r.end());
            if first == last { first.to_string() } else { format!("{first}\u{2013}{last}") }
        };
        let lines: Vec<String> = item.hidden.iter().take(LINES_LISTED + 1).map(line).collect();
        return if lines.is_empty() || lines.len() > LINES_LISTED {
            String::new()
        } else {
            page.words("where-lines", &[("lines", lines.join(", ").into())])
        };
    }
    if item.shape.profile() == Profile::Tiles && !item.hidden.is_empty() {
        return page.words("where-black", &[]);
    }
    let marked = matches!(item.mode, Mode::Release | Mode::Text) && !item.hidden.is_empty();
    if marked { page.words("where-marked", &[]) } else { String::new() }
}

fn reasons(page: &Page, item: &ToldItem<'_>) -> String {
    let reason = |(code, count): &(String, u64)| {
        let words = match code.as_str() {
            "name" | "identifier" | "private-life" | "privilege" => page.words(&format!("reason-{code}"), &[]),
            _ => clean(code),
        };
        page.words("reason", &[("reason", words.into()), ("count", (*count).into())])
    };
    let reasons: Vec<String> = item.reasons.iter().map(reason).collect();
    reasons.join(&page.words("semicolon", &[]))
}
