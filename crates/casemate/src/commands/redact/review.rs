//! The review of a plan on a terminal: each strike with its context, kept struck or judged to be no name.
//!
//! Keeps: choices are applied only once all were made; leaving before that changes nothing but the proposal. Does not
//! know: how a plan is stored.

use super::{keep_request, strike, text};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen;
use casemate_app::Session;
use casemate_app::redact::{self, StrikeView, Which};
use casemate_case::audience::Profile;
use casemate_words::{Language, message};
use std::io::stdin;

/// What a person decides about one strike.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Choice {
    /// It stays struck.
    Strike,
    /// It is no name, and why.
    NoName(String),
    /// Taken out: nobody's name.
    Drop,
}

/// Reviews the plan of `exhibit`.
///
/// # Errors
/// The use cases'; a terminal that is gone.
pub fn run(desk: &Desk, exhibit: &str, profile: Profile, by: Option<&str>) -> Result<Exit, Failure> {
    let language = desk.language();
    let mut session = desk.write()?;
    let plan = redact::propose(&mut session, exhibit, profile)?;
    screen::write(&format!("{}\n\n", message(language, "cli-review-how", &[("count", plan.strikes.len().into())])))?;
    let mut choices = Vec::new();
    for s in &plan.strikes {
        screen::write(&strike(s, language))?;
        match choose(s, language)? {
            Some(choice) => choices.push((s.number, choice)),
            None => return left(session, language),
        }
    }
    screen::write("\n")?;
    let by = match by {
        Some(name) => name.to_owned(),
        None => asked(&message(language, "cli-review-name", &[]))?.unwrap_or_default(),
    };
    if by.trim().is_empty() {
        return left(session, language);
    }
    // Whoever answers for each has looked at each; what goes is none any more.
    let looked = choices.iter().filter(|(_, choice)| matches!(choice, Choice::Strike)).count() as u64;
    // From the last to the first: the numbers before a strike that goes stay what they are.
    for (number, choice) in choices.into_iter().rev() {
        match choice {
            Choice::Strike => {}
            Choice::NoName(why) => {
                let request = keep_request(exhibit, profile, Which::Number(number), &by, Some(&why));
                redact::keep(&mut session, &request)?;
            }
            Choice::Drop => drop(redact::drop_strike(&mut session, exhibit, profile, number)?),
        }
    }
    let plan = redact::review(&mut session, exhibit, profile, &by, Some(looked))?;
    session.close();
    screen::write(&text(&plan, language))?;
    Ok(Exit::Done)
}

fn left(session: Session, language: Language) -> Result<Exit, Failure> {
    session.close();
    screen::write(&format!("{}\n", message(language, "cli-review-left", &[])))?;
    Ok(Exit::Refused)
}

/// `None` where the person leaves.
fn choose(s: &StrikeView, language: Language) -> Result<Option<Choice>, Failure> {
    let find = s.sure.is_some();
    loop {
        let id = if find { "cli-review-ask-find" } else { "cli-review-ask-strike" };
        let Some(answer) = asked(&message(language, id, &[]))? else { return Ok(None) };
        match answer.trim().to_lowercase().as_str() {
            "" | "a" => return Ok(Some(Choice::Strike)),
            "q" => return Ok(None),
            "s" if find => match asked(&message(language, "cli-review-why", &[]))? {
                Some(why) if !why.trim().is_empty() => return Ok(Some(Choice::NoName(why.trim().to_owned()))),
                _ => {}
            },
            "s" => return Ok(Some(Choice::Drop)),
            _ => {}
        }
    }
}

/// A line typed; `None` at the end of input.
fn asked(question: &str) -> Result<Option<String>, Failure> {
    screen::write(&format!("       {question} "))?;
    let mut line = String::new();
    let read = stdin().read_line(&mut line).map_err(Failure::Output)?;
    Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}
