//! Text as drawings, charts, comments and slides of OOXML hold it: paragraphs of runs.
//!
//! Keeps: what a field shows is read; a prompt of a master ("Click to edit") only where it is asked for.
//! Does not know: where anything stands.

use super::paragraphs::Said;
use crate::markup::{Mark, walk};

/// What to do with the prompts of placeholders.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Prompts {
    Told,
    /// Of a master: only what stands on each slide that it makes (headers, footers, dates, numbers) is told.
    LeftOut,
}

/// Placeholders whose text stands on the page.
const STANDING: [&str; 4] = ["hdr", "ftr", "dt", "sldNum"];

/// The paragraphs of a part.
pub fn paragraphs(bytes: &[u8], prompts: Prompts) -> Vec<Said> {
    whole(bytes, prompts).0
}

/// The same, and whether the part went on to its end.
pub fn whole(bytes: &[u8], prompts: Prompts) -> (Vec<Said>, bool) {
    let mut all: Vec<Said> = Vec::new();
    let (mut open, mut says) = (String::new(), false);
    let (mut is_prompt, mut by) = (false, None);
    let mut authors: Vec<String> = Vec::new();
    let whole = walk(bytes, |mark| match mark {
        Mark::Open("t" | "text" | "v" | "author", _) => says = true,
        Mark::Close("t" | "text" | "v") => says = false,
        Mark::Close("author") => {
            says = false;
            authors.push(std::mem::take(&mut open));
        }
        Mark::Open("sp", _) => is_prompt = false,
        Mark::Open("ph", attributes) => {
            let is_standing = attributes.get("type").is_some_and(|sort| STANDING.contains(&sort.as_str()));
            is_prompt = prompts == Prompts::LeftOut && !is_standing;
        }
        Mark::Open("comment", attributes) => {
            by = attributes.get("authorId").and_then(|id| authors.get(id.parse::<usize>().ok()?).cloned());
        }
        Mark::Open("br", _) => open.push('\n'),
        Mark::Open("tab", _) => open.push('\t'),
        Mark::Close("p" | "cm" | "pt" | "comment" | "threadedComment") => {
            let text = std::mem::take(&mut open);
            if !is_prompt {
                all.push(Said { text: text.trim().to_owned(), by: by.clone(), when: None });
            }
        }
        Mark::Text(text) if says => open.push_str(text),
        _ => {}
    });
    all.push(Said::plain(open.trim().to_owned()));
    all.retain(|said| !said.text.is_empty());
    (all, whole)
}

/// The text of each element of that name.
pub fn paragraphs_of(bytes: &[u8], element: &str) -> Vec<String> {
    let (mut all, mut open) = (Vec::new(), None);
    walk(bytes, |mark| match mark {
        Mark::Open(name, _) if name == element => open = Some(String::new()),
        Mark::Close(name) if name == element => all.extend(open.take().map(|text| text.trim().to_owned())),
        Mark::Text(text) => open.as_mut().into_iter().for_each(|open| open.push_str(text)),
        _ => {}
    });
    all.retain(|text| !text.is_empty());
    all
}
