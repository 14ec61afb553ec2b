//! `casemate search`: passages that answer a query, with their places.
//!
//! Keeps: every hit is shown unless fewer are asked for; what was asked by meaning and could not be is said, and the exit code
//! tells it. Does not know: tokens, the index.

use super::wording;
use crate::desk::{Desk, Models};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{screen, stop};
use casemate_app::search::{self, MeaningReply, SearchHit, SearchReply, SearchRequest};
use casemate_app::understanding::MeaningState;
use casemate_words::{Language, message};
use std::sync::atomic::Ordering;

const AFTER: &str = "\
Examples:
  casemate search passport                      a word
  casemate search '\"so long\" OR passport*'      a phrase, or words that begin so
  casemate search 地产                          simplified or traditional, as you like
  casemate search 'pinyin:yuanshan'             names by their sound
  casemate search 'kind:recording lang:zh 作证'  recordings in Chinese
  casemate search passport --limit 10 --best-first
  casemate search --meaning 'qui lui a promis le silence ?'
                                                also what says it in other words or languages";

/// Search all texts.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Search {
    /// Words, "phrases", prefix*, AND, OR, NOT, parentheses, field:value
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,

    /// Show at most so many; without it, all (10 of what is close in meaning)
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// Best first, instead of in the order of the case
    #[arg(long)]
    best_first: bool,

    /// Also show what is close in meaning, in whichever language; texts are read for it first
    #[arg(long)]
    meaning: bool,

    #[command(flatten)]
    models: Models,
}

impl Search {
    /// Does it.
    ///
    /// # Errors
    /// A query that can't be read.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let session = desk.read_with(&self.models.engine())?;
        let request = SearchRequest {
            query: self.query.join(" "),
            limit: self.limit,
            ranked: self.best_first,
            meaning: self.meaning,
        };
        let reply = desk.watched(|watch| search::search(&session, &request, watch))?;
        desk.answer(&reply, || text(&reply, desk.language(), screen::watched()))?;
        let cut = |meaning: &MeaningReply| meaning.waiting > 0 && stop::flag().load(Ordering::SeqCst);
        let less = reply.meaning.is_some_and(|meaning| meaning.state.without_model() || cut(&meaning));
        Ok(if less { Exit::Refused } else { Exit::Done })
    }
}

/// The hits, an exhibit a block.
pub fn text(reply: &SearchReply, language: Language, marked: bool) -> String {
    let mut out = String::new();
    let mut last = None;
    for hit in &reply.hits {
        if last != Some(hit.exhibit) {
            if last.is_some() {
                out.push('\n');
            }
            last = Some(hit.exhibit);
            let kind = wording::kind(language, &hit.kind);
            out.push_str(&format!("{} · {kind} · {}\n", hit.exhibit, screen::plain(&wording::tail(&hit.source))));
        }
        out.push_str(&format!("  {:>12}  {}\n", hit.at, snippet(hit, marked)));
    }
    let shown = reply.hits.len() as u64;
    let values = [("total", reply.total.into()), ("shown", shown.into())];
    if !out.is_empty() {
        out.push('\n');
    }
    let id = if shown < reply.total { "cli-search-part" } else { "cli-search-all" };
    out.push_str(&message(language, id, &values));
    out.push('\n');
    if let Some(meaning) = &reply.meaning {
        out.push('\n');
        out.push_str(&close(meaning, language));
    }
    out
}

/// What is close in meaning, the closest first, each with its score.
fn close(reply: &MeaningReply, language: Language) -> String {
    let id = match reply.state {
        MeaningState::NoModel => "cli-search-close-no-model",
        MeaningState::OtherModel => "cli-search-close-other-model",
        MeaningState::NoWords => "cli-search-close-words",
        MeaningState::Asked if reply.hits.is_empty() => "cli-search-close-none",
        MeaningState::Asked => "cli-search-close",
    };
    let mut out = format!("{}\n", message(language, id, &[]));
    for close in &reply.hits {
        let hit = &close.hit;
        let source = screen::plain(&wording::tail(&hit.source));
        let score = wording::hundredths(language, close.score);
        out.push_str(&format!("  {score}  {} · {source} · {}\n", hit.exhibit, hit.at));
        out.push_str(&format!("        {}\n", screen::plain(&hit.text)));
    }
    if reply.waiting > 0 {
        let count = [("count", reply.waiting.into())];
        out.push_str(&format!("\n{}\n", message(language, "cli-search-close-waiting", &count)));
    }
    out
}

/// The text around the hit, its words set off on a terminal.
fn snippet(hit: &SearchHit, marked: bool) -> String {
    let text = screen::plain(&hit.text);
    if !marked {
        return text;
    }
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if hit.marks.iter().any(|m| m.start == n) {
            out.push_str("\u{1b}[1m");
        }
        out.push(c);
        if hit.marks.iter().any(|m| m.end == n + 1) {
            out.push_str("\u{1b}[0m");
        }
    }
    out
}
