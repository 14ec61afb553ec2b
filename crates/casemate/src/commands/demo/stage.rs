//! The demo's page: each step with a heading, what it came to, and its time.
//!
//! Keeps: with `--json` nothing is written before the end, and then one object. Does not know: the steps.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::progress::Line;
use crate::{screen, stop};
use casemate_app::{AppError, Watch};
use casemate_words::{Language, Value, message};
use serde::Serialize;
use std::time::Instant;

/// Width of a heading, columns.
const HEADING: usize = 78;

/// A step that is over.
#[derive(Serialize)]
struct Step {
    number: usize,
    id: String,
    seconds: f64,
    lines: Vec<String>,
    /// What came out otherwise than planned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    odd: Vec<String>,
}

/// Where steps are shown.
pub struct Stage<'d> {
    desk: &'d Desk,
    line: Line,
    began: Instant,
    steps: Vec<Step>,
    facts: serde_json::Map<String, serde_json::Value>,
}

/// What a step says while it runs.
#[derive(Default)]
pub struct Says {
    text: String,
    odd: Vec<String>,
}

impl Says {
    /// A line, or several.
    pub fn say(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    /// Something came out otherwise than planned.
    pub fn odd(&mut self, text: String) {
        self.say(&format!("! {text}"));
        self.odd.push(text);
    }
}

impl<'d> Stage<'d> {
    /// Nothing shown yet.
    pub fn new(desk: &'d Desk) -> Self {
        stop::listen(desk.language());
        let line = Line::new(desk.language(), desk.json());
        Self { desk, line, began: Instant::now(), steps: Vec::new(), facts: serde_json::Map::new() }
    }

    /// The language of what is shown.
    pub fn language(&self) -> Language {
        self.desk.language()
    }

    /// A fact of the JSON answer.
    pub fn fact(&mut self, name: &str, value: impl Serialize) {
        self.facts.insert(name.to_owned(), serde_json::json!(value));
    }

    /// Text between steps.
    ///
    /// # Errors
    /// It can't be written.
    pub fn text(&self, text: &str) -> Result<(), Failure> {
        if self.desk.json() { Ok(()) } else { screen::write(text) }
    }

    /// Does one step: `id` names its title `cli-demo-<id>`.
    ///
    /// # Errors
    /// The step's own; a stop asked for between steps.
    pub fn step<R>(
        &mut self,
        id: &str,
        work: impl FnOnce(&Watch<'_>, &mut Says) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        if stop::flag().load(std::sync::atomic::Ordering::SeqCst) {
            return Err(AppError::Stopped.into());
        }
        let number = self.steps.len() + 1;
        let title = message(self.language(), &format!("cli-demo-{id}"), &[]);
        let heading = format!("── {number} · {title} ");
        let rule = "─".repeat(HEADING.saturating_sub(unicode_width::UnicodeWidthStr::width(heading.as_str())));
        self.text(&format!("\n{heading}{rule}\n"))?;
        let began = Instant::now();
        let mut says = Says::default();
        let tell = |progress| self.line.tell(&progress);
        let done = work(&Watch { tell: &tell, stop: stop::flag() }, &mut says);
        self.line.clear();
        let seconds = began.elapsed().as_secs_f64();
        let Says { text, odd } = says;
        for line in text.lines() {
            let end = if line.is_empty() { String::new() } else { format!("   {line}") };
            self.text(&format!("{end}\n"))?;
        }
        self.text(&format!("   {}\n", self.took(seconds)))?;
        let lines = text.lines().map(str::to_owned).collect();
        self.steps.push(Step { number, id: id.to_owned(), seconds: (seconds * 1000.0).round() / 1000.0, lines, odd });
        done
    }

    fn took(&self, seconds: f64) -> String {
        let time = format!("{seconds:.1}");
        let time = if self.language() == Language::Fr { time.replace('.', ",") } else { time };
        message(self.language(), "cli-demo-took", &[("seconds", Value::from(time))])
    }

    /// The end: the JSON answer, or the time in all.
    ///
    /// # Errors
    /// It can't be written.
    pub fn close(self) -> Result<Exit, Failure> {
        let seconds = self.began.elapsed().as_secs_f64();
        let odd = self.steps.iter().any(|s| !s.odd.is_empty());
        if self.desk.json() {
            let mut answer = self.facts;
            answer.insert("steps".to_owned(), serde_json::json!(self.steps));
            answer.insert("seconds".to_owned(), serde_json::json!(seconds.round()));
            answer.insert("as_planned".to_owned(), serde_json::json!(!odd));
            screen::json(&answer)?;
        } else {
            let id = if odd { "cli-demo-odd" } else { "cli-demo-end" };
            let total = crate::progress::spell(self.language(), seconds.ceil() as u64);
            screen::write(&format!("\n{}\n", message(self.language(), id, &[("time", total.into())])))?;
        }
        Ok(if odd { Exit::Refused } else { Exit::Done })
    }
}
