//! `casemate disclose`: a bundle for a court or a newspaper.
//!
//! Keeps: the recipient profile comes first; an existing file is never overwritten. Does not know: the gates.

use super::person::profile;
use super::wording;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::moment::clock;
use crate::screen::Table;
use casemate_app::disclose::{self, DiscloseReply, DiscloseRequest, PagesStay, Stays};
use casemate_case::audience::Profile;
use casemate_words::{Language, message};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  casemate disclose --profile court --to court.zip --recipient 'Court of Appeal' --purpose 'annex to our brief' 1 4 7
  casemate disclose --profile press --to press.zip --recipient 'The Courier' --purpose 'article of 9 May' --lang en 7

Nothing leaves while a gate is shut: each plan reviewed, each second heard, no withheld name open, every person's
consent recorded, nothing hidden here that an earlier bundle showed (--cover lets it pass), nothing shown that it
withheld (--uncover lets it pass). The answer names every reason.
The bundle's own papers are written in the language of --lang.";

/// Make a bundle for a court or a newspaper.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Disclose {
    /// For whom: court or press
    #[arg(long, value_parser = profile)]
    profile: Profile,

    /// The file to make; it must not exist
    #[arg(long, value_name = "FILE")]
    to: PathBuf,

    /// Who receives it, as printed
    #[arg(long, value_name = "TEXT")]
    recipient: String,

    /// What for, as printed
    #[arg(long, value_name = "TEXT")]
    purpose: String,

    /// Show what an earlier bundle for the same kind of recipient withheld: who has both reads whom a label stands for
    #[arg(long)]
    uncover: bool,

    /// Hide what an earlier bundle showed: who has that one still reads it, and sees where to look
    #[arg(long)]
    cover: bool,

    /// Beside the text of a mail, a chat, a table, a page, also its original, without the lines, cells or tags that say
    /// what is withheld (court)
    #[arg(long)]
    in_part: bool,

    /// Numbers of the exhibits, in the order of the bundle
    #[arg(required = true, value_name = "EXHIBIT")]
    exhibits: Vec<String>,
}

impl Disclose {
    /// Does it.
    ///
    /// # Errors
    /// A gate that is shut; a file that exists.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        disclose::check_destination(&self.to)?;
        let mut session = desk.write()?;
        let request = DiscloseRequest {
            profile: self.profile,
            exhibits: self.exhibits.clone(),
            recipient: self.recipient.clone(),
            purpose: self.purpose.clone(),
            language: desk.language(),
            uncover: self.uncover,
            cover: self.cover,
            in_part: self.in_part,
            destination: self.to.clone(),
        };
        let reply = desk.watched(|watch| disclose::disclose(&mut session, &request, watch))?;
        session.close();
        desk.answer(&reply, || text(&reply, desk.language()))?;
        Ok(Exit::Done)
    }
}

/// What left, and how its recipient checks it.
pub fn text(reply: &DiscloseReply, language: Language) -> String {
    let name = |id| message(language, id, &[]);
    let mut table = Table::default()
        .column(name("cli-column-item"), true)
        .column(name("cli-column-exhibit"), true)
        .column(name("cli-column-handed-over"), false)
        .column(name("cli-column-withheld"), false)
        .column(name("cli-column-title"), false);
    for item in &reply.items {
        let cuts: u64 = item.cuts.iter().map(|[a, b]| b.saturating_sub(*a)).sum();
        let withheld = match (item.cuts.len(), item.hidden) {
            (0, 0) => "–".to_owned(),
            (0, hidden) if item.pages => message(language, "cli-withheld-squares", &[("count", hidden.into())]),
            (0, hidden) => wording::parts(language, hidden),
            (places, _) => format!("{} × {places}", clock(cuts)),
        };
        let mode = wording::mode(language, item.mode);
        table.row([item.number.to_string(), item.exhibit.to_string(), mode, withheld, item.title.clone()]);
    }
    let mut out = table.text();
    let values = [
        ("path", reply.file.display().to_string().into()),
        ("size", wording::size(language, reply.bytes).into()),
        ("count", reply.items.len().into()),
        ("exhibits", reply.items.iter().map(|i| i.exhibit).collect::<BTreeSet<_>>().len().into()),
    ];
    let _ = write!(out, "\n{}\n", message(language, "cli-disclosed", &values));
    let _ = writeln!(out, "{}", message(language, "cli-disclosed-signer", &[("signer", reply.signer.as_str().into())]));
    for (id, count) in [("cli-disclosed-unasked", reply.unasked), ("cli-disclosed-passed", reply.passed)] {
        if count > 0 {
            let _ = writeln!(out, "{}", message(language, id, &[("count", count.into())]));
        }
    }
    for stay in &reply.pages_stay {
        let _ = writeln!(out, "{}", pages_stay(language, stay));
    }
    for stay in &reply.originals_stay {
        let id = format!("cli-original-{}", stay.why);
        let _ = writeln!(out, "{}", message(language, &id, &[("exhibit", stay.exhibit.into())]));
    }
    let check = format!("casemate-verify --signer {} {}", reply.signer, reply.file.display());
    let _ = writeln!(out, "  {check}");
    out
}

/// Why the pages of a document stay though its text leaves.
pub fn pages_stay(language: Language, stay: &PagesStay) -> String {
    let exhibit = ("exhibit", stay.exhibit.into());
    match &stay.why {
        Stays::NotDrawn { page, finding } => {
            let values = [exhibit, ("page", u64::from(*page).into()), ("finding", finding.as_str().into())];
            message(language, "cli-pages-not-drawn", &values)
        }
        Stays::NotPlaced { page, .. } => {
            message(language, "cli-pages-not-placed", &[exhibit, ("page", u64::from(*page).into())])
        }
        Stays::TooLarge { page } => {
            message(language, "cli-pages-too-large", &[exhibit, ("page", u64::from(*page).into())])
        }
    }
}
