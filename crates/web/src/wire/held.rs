//! The shapes of files that are looked at: what a bundle holds, what is asked of who passes it on, what an audit found.
//!
//! Keeps: places are counted as the bundle's own formats count them. Does not know: calls.

use super::words::DividedWord;
use super::{FindingView, Speech, finding};
use casemate_app::audit::AuditedFile;
use casemate_app::pass_on::{Content, Divided, Place, Rect, Row, TimeRange, Withhold};
use casemate_app::pass_on::{Contents, PassOnRequest, PassedOn};
use casemate_app::reading::Place as Locator;
use casemate_app::words::ProfileWord;
use casemate_words::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Code of the reason where nobody gives another.
const REASON: &str = "private-life";

/// What a bundle holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BundleContents)]
pub struct ContentsView {
    #[schema(value_type = ProfileWord)]
    profile: String,
    recipient: String,
    purpose: String,
    /// When it was made, RFC 3339.
    date: String,
    /// How many passed it on before, the first included.
    disclosers: u64,
    /// None of a press bundle: it proves nothing that could be passed on.
    items: Vec<ContentView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BundleItem)]
struct ContentView {
    number: u64,
    title: String,
    #[schema(value_type = DividedWord)]
    divided: &'static str,
    duration_ms: Option<u64>,
    made_from: Option<u64>,
    rows: Vec<RowView>,
    /// Whether there are more rows.
    more: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BundleRow)]
struct RowView {
    number: u64,
    place: Option<Locator>,
    speaker: Option<String>,
    /// Labels stand in brackets, `[…]` where something is withheld.
    said: String,
}

impl ContentsView {
    /// As it is sent.
    pub fn of(contents: Contents) -> Self {
        let statement = contents.statement;
        Self {
            disclosers: statement.narrowed.as_ref().map_or(1, |narrowed| narrowed.disclosers),
            profile: statement.profile,
            recipient: statement.recipient,
            purpose: statement.purpose,
            date: statement.date,
            items: contents.items.into_iter().map(content).collect(),
        }
    }
}

fn content(item: Content) -> ContentView {
    let divided = match item.divided {
        Divided::Time => "time",
        Divided::Passages => "passages",
        Divided::Lines => "lines",
        Divided::Rows => "rows",
        Divided::Pages => "pages",
        Divided::Never => "never",
    };
    let row = |r: Row| RowView { number: r.number, place: r.place.map(locator), speaker: r.speaker, said: r.said };
    ContentView {
        number: item.number,
        title: item.title,
        divided,
        duration_ms: item.duration_ms,
        made_from: item.made_from,
        rows: item.rows.into_iter().map(row).collect(),
        more: item.more,
    }
}

fn locator(place: casemate_app::pass_on::Stands) -> Locator {
    use casemate_app::pass_on::Stands;
    const MS: u64 = 1_000;
    match place {
        Stands::Untold => Locator::Whole,
        Stands::Time { start_s, end_s } => {
            Locator::Time { channel: None, start_ms: start_s.saturating_mul(MS), end_ms: end_s.saturating_mul(MS) }
        }
        Stands::Lines { first, last } => Locator::Lines { first, last },
        Stands::Message(number) => Locator::Message { number },
        Stands::Row(number) => Locator::Row { number, column: None },
        Stands::Page(number) => Locator::Page { number: u32::try_from(number).unwrap_or(u32::MAX), rect: None },
    }
}

/// What is to be withheld more, who does it, and for whom.
#[derive(Deserialize, ToSchema)]
pub struct PassOn {
    #[serde(default)]
    withhold: Vec<WithholdView>,
    /// Names, in each of their written forms, with the sound of those seconds.
    #[serde(default)]
    names: Vec<String>,
    /// Words as they are written.
    #[serde(default)]
    words: Vec<String>,
    /// Items that are not passed on.
    #[serde(default)]
    drop: Vec<u64>,
    /// Other titles of items.
    #[serde(default)]
    titles: Vec<TitleView>,
    /// Code of the reason; without it `private-life`.
    reason: Option<String>,
    /// Earlier disclosers, from 1, whose name, purpose and recipient are not told on.
    #[serde(default)]
    untold: Vec<u64>,
    /// Who passes it on, as printed.
    name: Option<String>,
    recipient: String,
    purpose: String,
    #[serde(default)]
    language: Speech,
    /// A private key of OpenSSH, Ed25519, without a passphrase; without it one is made for this bundle, and nobody keeps it.
    key: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[schema(as = NewTitle)]
struct TitleView {
    item: u64,
    title: String,
}

/// A place of an item.
#[derive(Deserialize, ToSchema)]
#[schema(as = Withhold)]
struct WithholdView {
    item: u64,
    #[serde(flatten)]
    place: WithholdPlace,
}

#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum WithholdPlace {
    /// A time of a recording.
    Time { start_ms: u64, end_ms: u64 },
    /// Passages from 1, both ends included.
    Passages { first: u64, last: u64 },
    /// Lines from 1, both ends included.
    Lines { first: u64, last: u64 },
    /// A message from 1.
    Message { number: u64 },
    /// A row from 1, or one cell of it.
    Row { number: u64, column: Option<u64> },
    /// A page from 1, or a rectangle (x, y, width, height; the width is from edge to edge unless `exact`).
    Page {
        number: u64,
        #[schema(value_type = Option<(u32, u32, u32, u32)>)]
        rect: Option<[u32; 4]>,
        #[serde(default)]
        exact: bool,
    },
}

impl From<WithholdPlace> for Place {
    fn from(place: WithholdPlace) -> Self {
        match place {
            WithholdPlace::Time { start_ms, end_ms } => Self::Time(TimeRange { start: start_ms, end: end_ms }),
            WithholdPlace::Passages { first, last } => Self::Passages(first, last),
            WithholdPlace::Lines { first, last } => Self::Lines(first, last),
            WithholdPlace::Message { number } => Self::Message(number),
            WithholdPlace::Row { number, column } => Self::Row(number, column),
            WithholdPlace::Page { number, rect, exact } => {
                Self::Page { page: number, rect: rect.map(|[x, y, w, h]| Rect { x, y, w, h }), exact }
            }
        }
    }
}

impl PassOn {
    /// The request, the language of the new bundle, and the key.
    pub fn request(self) -> (PassOnRequest, Speech, Option<String>) {
        let printed = |text: String| text.trim().to_owned();
        let request = PassOnRequest {
            withhold: self.withhold.into_iter().map(|w| Withhold { item: w.item, place: w.place.into() }).collect(),
            names: self.names,
            words: self.words,
            dropped: self.drop.into_iter().collect(),
            titles: self.titles.into_iter().map(|t| (t.item, t.title)).collect(),
            reason: self.reason.unwrap_or_else(|| REASON.to_owned()),
            untold: self.untold.into_iter().collect(),
            name: self.name.map(printed).filter(|name| !name.is_empty()),
            recipient: printed(self.recipient),
            purpose: printed(self.purpose),
        };
        (request, self.language, self.key)
    }
}

/// A bundle that was passed on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PassedOn)]
pub struct PassedOnView {
    /// Its name when it is saved.
    file: String,
    bytes: u64,
    signer: String,
    /// Items of which more is withheld.
    narrowed: Vec<u64>,
    /// Items in which no words could be looked for.
    unread: Vec<u64>,
    /// Files in which a passage that is withheld elsewhere still stands.
    elsewhere: Vec<String>,
    findings: Vec<FindingView>,
}

impl PassedOnView {
    /// In the reader's language.
    pub fn of(file: String, done: PassedOn, language: Language) -> Self {
        Self {
            file,
            bytes: done.packed.bytes,
            signer: done.packed.signer,
            narrowed: done.narrowed,
            unread: done.unread,
            elsewhere: done.elsewhere,
            findings: done.verdict.findings.iter().map(|f| finding(language, f)).collect(),
        }
    }
}

/// What an audit found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Audited)]
pub struct AuditedView {
    /// Whose names were looked for; null: nobody's.
    pub names_of: Option<ProfileWord>,
    /// The documents inside a bundle, and the bundle last; or the document.
    pub files: Vec<AuditedFile>,
}
