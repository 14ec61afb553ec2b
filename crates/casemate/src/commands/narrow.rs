//! `casemate narrow`: passes a bundle on with more withheld, without a case.
//!
//! Keeps: under its own name the new bundle stands whole and verified, or not at all; what was not looked at is said.
//! Does not know: how a part of a bundle is hidden.

use super::timestamp::bounded;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{moment, screen};
use casemate_app::pass_on::{OwnKey, PassOnRequest, pass_on, signed_with};
use casemate_app::{Held, disclose};
use casemate_bundle::narrow::{KEY_BYTES_MAX, Narrowing, PassedOn, Place, Rect, TimeRange, Withhold};
use casemate_verify::{Finding, Status};
use casemate_words::{Language, message};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  casemate narrow court.zip --to copy.zip --key ~/.ssh/registry --recipient 'The other side' \\
    --purpose copy --withhold 1:time:1:02-1:07.5 --name 'Jeanne Martin' --as 'Registry of the court'
  casemate narrow court.zip --to article.zip --key desk --recipient 'The Courier' --purpose article --drop 6

--withhold ITEM:WHERE, several times:
  1:time:1:02-1:07.5      a time of a recording, or what a transcript has of it
  2:passage:7-9           passages of a text, in their order
  4:line:12-14            lines; 4:message:3, 4:row:5, 4:row:5,2 (a cell)
  3:page:2                a page; 3:page:2:0,200,0,30 from edge to edge
                          (x,y,width,height in points from the top left)
  3:box:2:100,200,80,30   only that rectangle; the text of a page is another item, hide it there too

No case and no key of it is needed: only the bundle. With --key, a key as ssh-keygen -t ed25519 makes it,
whoever knows it knows you; without, a key is made for this bundle and nobody keeps it. What was hidden stays hidden. The verdict names each who passed the bundle on.";

/// Form of the JSON answer.
const FORMAT: &str = "casemate-narrow-v1";
/// Hundredths of a point in a point.
const PER_POINT: f64 = 100.0;

/// Pass a bundle on with more withheld; needs no case.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Narrow {
    /// The bundle that was received
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,

    /// The file to make; it must not exist
    #[arg(long, value_name = "FILE")]
    to: PathBuf,

    /// Your own key: a private key of OpenSSH, Ed25519, without a passphrase; without it, one made for this bundle alone
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,

    /// Who receives it, as printed
    #[arg(long, value_name = "TEXT")]
    recipient: String,

    /// What for, as printed
    #[arg(long, value_name = "TEXT")]
    purpose: String,

    /// Who passes it on, as printed: a name or an alias
    #[arg(long = "as", value_name = "TEXT")]
    name: Option<String>,

    /// What to withhold, see below; may be repeated
    #[arg(long, value_name = "ITEM:WHERE", value_parser = withhold)]
    withhold: Vec<Withhold>,

    /// A name to withhold wherever a text has it, in all its written forms, with the sound of those seconds
    #[arg(long = "name", value_name = "NAME")]
    names: Vec<String>,

    /// The same for words as they are written
    #[arg(long = "word", value_name = "WORDS")]
    words: Vec<String>,

    /// An item that is not passed on
    #[arg(long, value_name = "ITEM")]
    drop: Vec<u64>,

    /// Another title of an item: 3='Letter of 2 May'
    #[arg(long, value_name = "ITEM=TEXT", value_parser = title)]
    title: Vec<(u64, String)>,

    /// Why: name, identifier, private-life, privilege or a code of your own
    #[arg(long, value_name = "CODE", default_value = "private-life")]
    reason: String,

    /// An earlier discloser (1 is the first) whose name, purpose and recipient are not told on
    #[arg(long, value_name = "N")]
    untold: Vec<u64>,
}

fn title(text: &str) -> Result<(u64, String), String> {
    let wrong = || format!("{text:?} is no number with a title; write 3='Letter of 2 May'");
    let (number, title) = text.split_once('=').ok_or_else(wrong)?;
    Ok((number.trim().parse().map_err(|_| wrong())?, title.to_owned()))
}

fn withhold(text: &str) -> Result<Withhold, String> {
    let wrong = || format!("{text:?} is no place; casemate narrow --help shows the forms");
    let (item, rest) = text.split_once(':').ok_or_else(wrong)?;
    let (kind, at) = rest.split_once(':').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong());
    let range = |text: &str| match text.split_once('-') {
        Some((first, last)) => Ok((number(first)?, number(last)?)),
        None => number(text).map(|n| (n, n)),
    };
    let place = match kind {
        "time" => {
            let (start, end) = moment::parse_range(at)?;
            Place::Time(TimeRange { start, end })
        }
        "passage" => range(at).map(|(first, last)| Place::Passages(first, last))?,
        "line" => range(at).map(|(first, last)| Place::Lines(first, last))?,
        "message" => Place::Message(number(at)?),
        "row" => match at.split_once(',') {
            Some((row, column)) => Place::Row(number(row)?, Some(number(column)?)),
            None => Place::Row(number(at)?, None),
        },
        "page" | "box" => {
            let (page, rect) = at.split_once(':').map_or((at, None), |(page, rect)| (page, Some(rect)));
            let rect = rect.map(|rect| rectangle(rect).ok_or_else(wrong)).transpose()?;
            Place::Page { page: number(page)?, rect, exact: kind == "box" }
        }
        _ => return Err(wrong()),
    };
    Ok(Withhold { item: number(item)?, place })
}

/// `x,y,width,height` in points; a width of 0 reaches from edge to edge.
fn rectangle(text: &str) -> Option<Rect> {
    let units = |text: &str| {
        let points: f64 = text.trim().parse().ok()?;
        let fits = points.is_finite() && (0.0..=f64::from(u32::MAX) / PER_POINT).contains(&points);
        fits.then_some((points * PER_POINT).round() as u32)
    };
    let numbers: Vec<u32> = text.split(',').map(units).collect::<Option<_>>()?;
    let [x, y, w, h] = numbers.as_slice() else { return None };
    Some(Rect { x: *x, y: *y, w: (*w).max(1), h: *h })
}

/// The answer.
#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    file: String,
    bytes: u64,
    signer: &'a str,
    /// Items of which more is withheld.
    narrowed: &'a [u64],
    /// Items in which no words could be looked for.
    unread: &'a [u64],
    /// Files in which a passage that is withheld elsewhere still stands.
    elsewhere: &'a [String],
    findings: &'a [Finding],
}

impl Narrow {
    /// Does it.
    ///
    /// # Errors
    /// A bundle that does not hold; places that are not there; a word that stays; a file that exists.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        disclose::check_destination(&self.to)?;
        let narrowing = self.narrowing(desk.language())?;
        let done = desk.watched(|watch| pass_on(&Held::on_disk(&self.bundle), &self.to, &narrowing, watch))?;
        let answer = Answer {
            format: FORMAT,
            file: self.to.display().to_string(),
            bytes: done.packed.bytes,
            signer: &done.packed.signer,
            narrowed: &done.narrowed,
            unread: &done.unread,
            elsewhere: &done.elsewhere,
            findings: &done.verdict.findings,
        };
        desk.answer(&answer, || text(&self.to, &done, desk.language()))?;
        Ok(Exit::Done)
    }

    fn narrowing(&self, language: Language) -> Result<Narrowing, Failure> {
        let request = PassOnRequest {
            withhold: self.withhold.clone(),
            names: self.names.clone(),
            words: self.words.clone(),
            dropped: BTreeSet::from_iter(self.drop.iter().copied()),
            titles: BTreeMap::from_iter(self.title.iter().cloned()),
            reason: self.reason.clone(),
            untold: BTreeSet::from_iter(self.untold.iter().copied()),
            name: self.name.clone(),
            recipient: self.recipient.clone(),
            purpose: self.purpose.clone(),
        };
        let Some(path) = &self.key else { return Ok(signed_with(request, None, language)?) };
        let bytes = zeroize::Zeroizing::new(bounded(path, KEY_BYTES_MAX as u64)?);
        Ok(signed_with(request, Some(OwnKey { path, bytes: &bytes }), language)?)
    }
}

/// What was passed on, and how its recipient checks it.
fn text(to: &Path, done: &PassedOn, language: Language) -> String {
    let list = |numbers: &[u64]| numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    let mut out = String::new();
    let mut say = |id: &str, values: &[(&str, casemate_words::Value<'_>)]| {
        out.push_str(&message(language, id, values));
        out.push('\n');
    };
    let values = [("path", to.display().to_string().into()), ("items", list(&done.narrowed).into())];
    say(if done.narrowed.is_empty() { "cli-narrowed-dropped" } else { "cli-narrowed" }, &values);
    if !done.unread.is_empty() {
        say("cli-narrowed-unread", &[("items", list(&done.unread).into())]);
    }
    if !done.elsewhere.is_empty() {
        let files: Vec<String> = done.elsewhere.iter().map(|file| screen::plain(file)).collect();
        say("cli-narrowed-elsewhere", &[("files", files.join(", ").into())]);
    }
    let unknown = done.verdict.with_id("discloser").any(|f| f.status == Status::NotChecked);
    if unknown {
        say("cli-narrowed-first-unknown", &[]);
    }
    say("cli-disclosed-signer", &[("signer", done.packed.signer.as_str().into())]);
    out.push_str(&format!("  casemate-verify --signer {} {}\n", done.packed.signer, to.display()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written() {
        let time = Place::Time(TimeRange { start: 62_000, end: 67_500 });
        assert_eq!(withhold("1:time:1:02-1:07.5"), Ok(Withhold { item: 1, place: time }));
        assert_eq!(withhold("2:passage:7").map(|w| w.place), Ok(Place::Passages(7, 7)));
        assert_eq!(withhold("4:line:12-14").map(|w| w.place), Ok(Place::Lines(12, 14)));
        assert_eq!(withhold("4:row:5,2").map(|w| w.place), Ok(Place::Row(5, Some(2))));
        assert_eq!(withhold("3:page:2").map(|w| w.place), Ok(Place::Page { page: 2, rect: None, exact: false }));
        let rect = Some(Rect { x: 10_000, y: 20_050, w: 8_000, h: 3_000 });
        assert_eq!(
            withhold("3:box:2:100,200.5,80,30").map(|w| w.place),
            Ok(Place::Page { page: 2, rect, exact: true })
        );
        for wrong in
            ["1", "1:time", "1:time:5", "x:line:1", "1:line:a", "1:page:2:1,2,3", "1:box:2:1,2,-3,4", "1:all:1"]
        {
            assert!(withhold(wrong).is_err(), "{wrong}");
        }
    }
}
