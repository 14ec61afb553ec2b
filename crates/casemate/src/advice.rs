//! Facts turned into words: what happened, to what, and what to do about it.
//!
//! Keeps: every failure has an id, a sentence and a cure in every language, and one exit code; no name of a person and
//! no content in any of them. Does not know: how they are printed.

use crate::exit::Exit;
use crate::failure::Failure;
use casemate_app::AppError;
use casemate_authority::AuthorityError;
use casemate_bundle::BundleError;
use casemate_bundle::narrow::NarrowError;
use casemate_case::fold::CaseError;
use casemate_case::gate::Block;
use casemate_media::MediaError;
use casemate_ports::store::StoreError;
use casemate_search::QueryError;
use casemate_vault::VaultError;
use casemate_verify::Verdict;
use casemate_words::{Language, Value, message};
use serde::Serialize;

/// What is told of a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Stable id, listed in `docs/errors.md`.
    pub id: &'static str,
    /// What happened, to what.
    pub what: String,
    /// What to do.
    pub advice: String,
    /// The reasons one by one, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// The exit code.
    #[serde(serialize_with = "as_code")]
    pub exit: Exit,
}

fn as_code<S: serde::Serializer>(exit: &Exit, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_u8(exit.code())
}

/// An id, its values, and the exit code.
struct Fact {
    id: &'static str,
    values: Vec<(&'static str, Value<'static>)>,
    exit: Exit,
}

fn fact(id: &'static str, exit: Exit) -> Fact {
    Fact { id, values: Vec::new(), exit }
}

impl Fact {
    fn count(mut self, name: &'static str, value: usize) -> Self {
        self.values.push((name, Value::from(value)));
        self
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, Value::from(value.to_string())));
        self
    }
}

/// The words for a failure.
pub fn told(failure: &Failure, language: Language) -> Told {
    match failure {
        Failure::App(error) => told_of(error, language),
        other => worded(of(other), Vec::new(), language),
    }
}

/// The words for what a use case reports.
pub fn told_of(error: &AppError, language: Language) -> Told {
    let reasons = match error {
        AppError::Blocked(blocks) => blocks.iter().map(|b| reason(b, language)).collect(),
        _ => Vec::new(),
    };
    worded(of_app(error), reasons, language)
}

fn worded(Fact { id, values, exit }: Fact, reasons: Vec<String>, language: Language) -> Told {
    let what = message(language, &format!("cli-error-{id}"), &values);
    let advice = message(language, &format!("cli-error-{id}-do"), &values);
    Told { id, what, advice, reasons, exit }
}

fn of(failure: &Failure) -> Fact {
    match failure {
        Failure::App(error) => of_app(error),
        Failure::NoCaseNamed => fact("no-case-named", Exit::Usage),
        Failure::NotACase(path) => fact("not-a-case", Exit::Usage).with("path", path.display()),
        Failure::NoPassphrase => fact("no-passphrase", Exit::Locked),
        Failure::PassphraseFile { path, cause } => {
            fact("passphrase-file", Exit::Locked).with("path", path.display()).with("cause", cause)
        }
        Failure::PassphraseShort { least } => fact("passphrase-short", Exit::Usage).with("least", least),
        Failure::PassphrasesDiffer => fact("passphrases-differ", Exit::Refused),
        Failure::Interrupted => fact("interrupted", Exit::Refused),
        Failure::File { path, cause } => of_file(path, cause),
        Failure::Output(cause) => fact("output", Exit::Refused).with("cause", cause),
        Failure::Usage(id) => fact(id, Exit::Usage),
        Failure::NoDemo => fact("no-demo", Exit::Usage),
        Failure::DemoForm { file, why } => {
            fact("demo-form", Exit::Refused).with("path", file.display()).with("cause", why)
        }
    }
}

fn of_narrow(path: &std::path::Path, error: &NarrowError) -> Fact {
    let failed = |verdict: &Verdict| {
        let ids = verdict.findings.iter().filter(|f| f.status == casemate_verify::Status::Failed).map(|f| f.id);
        ids.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
    };
    match error {
        NarrowError::Refused(verdict) => {
            fact("narrow-refused", Exit::Refused).with("path", path.display()).with("findings", failed(verdict))
        }
        NarrowError::Unverified(verdict) => fact("narrow-unverified", Exit::Refused).with("findings", failed(verdict)),
        NarrowError::Press => fact("narrow-press", Exit::Refused),
        NarrowError::NoItem { item } => fact("narrow-no-item", Exit::Usage).with("item", item),
        NarrowError::Place { item, .. } => fact("narrow-place", Exit::Usage).with("item", item),
        NarrowError::Indivisible { item } => fact("narrow-indivisible", Exit::Refused).with("item", item),
        NarrowError::Word => fact("narrow-word", Exit::Usage).with("least", casemate_bundle::narrow::WORD_BYTES_MIN),
        NarrowError::Printed { what, most } => {
            fact("narrow-printed", Exit::Usage).with("what", what).with("most", most)
        }
        NarrowError::NoDiscloser { place } => fact("narrow-no-discloser", Exit::Usage).with("place", place),
        NarrowError::Reason => fact("narrow-reason", Exit::Usage),
        NarrowError::Nothing => fact("narrow-nothing", Exit::Refused),
        NarrowError::Everything => fact("narrow-everything", Exit::Refused),
        NarrowError::TooMany { most } => fact("narrow-too-many", Exit::Refused).with("most", most),
        NarrowError::Bundle(BundleError::NameInside { file, form }) => {
            fact("narrow-word-inside", Exit::Refused).with("file", file).with("form", form)
        }
        other => fact("narrow-unread", Exit::Refused).with("cause", other),
    }
}

fn of_authority(error: &AuthorityError) -> Fact {
    let (id, exit) = match error {
        AuthorityError::Address { .. } | AuthorityError::Proxy { .. } => ("authority-address", Exit::Usage),
        AuthorityError::NotReached { .. } | AuthorityError::Slow { .. } => ("authority-not-reached", Exit::Refused),
        AuthorityError::Elsewhere { address, to } => {
            let plain = crate::screen::plain;
            return fact("authority-elsewhere", Exit::Refused).with("address", plain(address)).with("to", plain(to));
        }
        AuthorityError::Status { .. } | AuthorityError::Kind { .. } | AuthorityError::TooLong { .. } => {
            ("authority-answer", Exit::Refused)
        }
    };
    fact(id, exit).with("cause", crate::screen::plain(&error.to_string()))
}

fn of_file(path: &std::path::Path, cause: &std::io::Error) -> Fact {
    let id = match cause.kind() {
        std::io::ErrorKind::AlreadyExists => "file-exists",
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "disk-full",
        _ => "file",
    };
    fact(id, Exit::Refused).with("path", path.display()).with("name", path.display()).with("cause", cause)
}

fn of_app(error: &AppError) -> Fact {
    match error {
        AppError::Vault(e) => of_vault(e),
        AppError::Store(e) => of_store(e),
        AppError::Media(MediaError::Cancelled) | AppError::Stopped => fact("stopped", Exit::Refused),
        AppError::Media(e) => fact("worker", Exit::Refused).with("cause", e),
        AppError::Index(casemate_search::Error::Query(e)) | AppError::Query(e) => of_query(e),
        AppError::Index(casemate_search::Error::Busy) => fact("busy", Exit::Refused).with("name", "index"),
        AppError::Index(e) => fact("index", Exit::Refused).with("cause", e),
        AppError::Case(e) => of_case(e),
        AppError::Bundle(BundleError::NameInside { file, form }) => {
            fact("name-inside", Exit::Refused).with("file", file).with("form", form)
        }
        AppError::Narrow { path, cause } => of_narrow(path, cause),
        AppError::KeyFile { path, cause } => {
            fact("key-file", Exit::Refused).with("path", path.display()).with("cause", cause)
        }
        AppError::Authority(error) => of_authority(error),
        AppError::Stamp(e) => fact("stamp", Exit::Refused).with("cause", crate::screen::plain(&e.to_string())),
        AppError::Cosignature(e) => fact("cosignature", Exit::Refused).with("cause", e),
        AppError::Bundle(e) => fact("bundle", Exit::Refused).with("cause", e),
        AppError::File { path, cause } => of_file(path, cause),
        AppError::NoExhibit(word) => fact("no-exhibit", Exit::Refused).with("exhibit", crate::screen::plain(word)),
        AppError::NotOnePerson { found } => {
            fact(if *found == 0 { "no-person" } else { "many-people" }, Exit::Refused).count("found", *found)
        }
        AppError::NotRead(n) => fact("not-read", Exit::Refused).with("exhibit", n),
        AppError::EditedMeanwhile { exhibit } => fact("edited-meanwhile", Exit::Refused).with("exhibit", exhibit),
        AppError::NoStrike(n) => fact("no-strike", Exit::Refused).with("strike", n),
        AppError::NotDrawn { exhibit, page, finding } => {
            fact("not-drawn", Exit::Refused).with("exhibit", exhibit).with("page", page).with("finding", finding)
        }
        AppError::BundleRefused { path, findings } => {
            fact("bundle-refused", Exit::Refused).with("path", path.display()).with("findings", findings)
        }
        AppError::NamePrinted(what) => fact("name-printed", Exit::Refused).with("what", what),
        AppError::CutElsewhere { number, heard_ms: (from, to) } => {
            let at = |ms: &u64| format!("{}.{}", crate::moment::clock(*ms), ms % 1_000 / 100);
            fact("cut-elsewhere", Exit::Refused).with("strike", number).with("from", at(from)).with("to", at(to))
        }
        AppError::NoPlan(n) => fact("no-plan", Exit::Refused).with("exhibit", n),
        AppError::PlanOutdated(n) => fact("plan-outdated", Exit::Refused).with("exhibit", n),
        AppError::SelfCheck(findings) => fact("self-check", Exit::Refused).with("findings", findings.join(", ")),
        AppError::Form { what, found } => {
            fact("form", Exit::Usage).with("what", what).with("found", crate::screen::plain(found))
        }
        AppError::Blocked(blocks) => fact("blocked", Exit::Refused).count("count", blocks.len()),
        AppError::Derivative { seal } => fact("derivative", Exit::Refused).with("seal", seal),
        AppError::NoProgram(name) => fact("no-program", Exit::Refused).with("program", name),
        #[allow(unreachable_patterns, reason = "a use case may come to know more than this program says in words")]
        other => fact("other", Exit::Refused).with("cause", other),
    }
}

fn of_vault(error: &VaultError) -> Fact {
    match error {
        VaultError::Store(e) => of_store(e),
        VaultError::WrongPassphrase => fact("wrong-passphrase", Exit::Locked),
        VaultError::NoCase => fact("no-case", Exit::Usage),
        VaultError::CaseExists => fact("case-exists", Exit::Refused),
        VaultError::Version { what, found, known } => {
            fact("version", Exit::Refused).with("what", what).with("found", found).with("known", known)
        }
        VaultError::Damaged { what, why } => fact("damaged", Exit::Damaged).with("what", what).with("why", why),
        VaultError::ReadOnlyLane { lane, why } => {
            fact("lane-damaged", Exit::Damaged).with("lane", lane).with("why", why)
        }
        VaultError::Sealed(_) => fact("no-key", Exit::Locked),
        VaultError::NoObject(root) => fact("no-exhibit", Exit::Refused).with("exhibit", root),
        VaultError::Limit { what, found, limit } => {
            fact("limit", Exit::Refused).with("what", what).with("found", found).with("limit", limit)
        }
        VaultError::Source(cause) => fact("source", Exit::Refused).with("cause", cause),
        VaultError::SourceChanged => fact("source-changed", Exit::Refused),
        VaultError::Stopped => fact("write-failed", Exit::Refused),
        other => fact("other", Exit::Refused).with("cause", other),
    }
}

fn of_store(error: &StoreError) -> Fact {
    match error {
        StoreError::Missing { name } => fact("store-missing", Exit::Damaged).with("name", name),
        StoreError::Exists { name } => fact("not-empty", Exit::Refused).with("name", name),
        StoreError::Full { name } => fact("disk-full", Exit::Refused).with("name", name),
        StoreError::Locked { name } => fact("busy", Exit::Refused).with("name", name),
        StoreError::Io { name, source } => fact("file", Exit::Refused).with("path", name).with("cause", source),
        other => fact("other", Exit::Refused).with("cause", other),
    }
}

fn of_query(error: &QueryError) -> Fact {
    fact("query", Exit::Usage).with("cause", crate::screen::plain(&error.to_string()))
}

fn of_case(error: &CaseError) -> Fact {
    match error {
        CaseError::NoSuchPerson => fact("no-person", Exit::Refused),
        CaseError::AliasTaken => fact("alias-taken", Exit::Refused),
        CaseError::AliasFixed => fact("alias-fixed", Exit::Refused),
        CaseError::AliasTells => fact("alias-tells", Exit::Refused),
        CaseError::PersonKnown => fact("person-known", Exit::Refused),
        CaseError::Empty => fact("alias-empty", Exit::Usage),
    }
}

/// The cure for who sits at a screen: no command of a shell in it, and a sentence of its own.
pub fn for_a_screen(told: &Told, language: Language) -> String {
    let id = format!("cli-error-{}-screen", told.id);
    let own = message(language, &id, &[]);
    let words = if own == format!("[{id}]") { told.advice.clone() } else { own };
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// A reason for who sits at a screen: without the command that the terminal names behind it.
pub fn reason_for_a_screen(reason: &str) -> String {
    let command = ["(casemate ", "（casemate "].iter().filter_map(|form| reason.find(form)).min();
    reason.get(..command.unwrap_or(reason.len())).unwrap_or(reason).trim_end().to_owned()
}

/// One reason why something may not leave. People appear by the beginning of their id, as `casemate person ls` lists it.
pub fn reason(block: &Block, language: Language) -> String {
    let short = |id: &dyn std::fmt::Display| id.to_string().chars().take(8).collect::<String>();
    let n = |n: u64| Value::Number(n);
    match block {
        Block::NotReviewed { exhibit } => message(language, "cli-block-not-reviewed", &[("exhibit", n(*exhibit))]),
        Block::NotHeard { exhibit, .. } if block.is_of_unknown_length() => {
            message(language, "cli-block-not-heard-unknown", &[("exhibit", n(*exhibit))])
        }
        Block::NotHeard { exhibit, gaps } => {
            let at: Vec<String> = gaps.ranges().iter().map(|r| range(r.start, r.end)).collect();
            message(language, "cli-block-not-heard", &[("exhibit", n(*exhibit)), ("ranges", at.join(", ").into())])
        }
        Block::NameOpen { exhibit, person, finds } => {
            let values = [("exhibit", n(*exhibit)), ("person", short(person).into()), ("finds", n(*finds))];
            message(language, "cli-block-name-open", &values)
        }
        Block::IdentifierOpen { exhibit, finds } => {
            message(language, "cli-block-identifier-open", &[("exhibit", n(*exhibit)), ("finds", n(*finds))])
        }
        Block::NoConsent { exhibit, person, refused } => {
            let values = [("exhibit", n(*exhibit)), ("person", short(person).into())];
            let id = if *refused { "cli-block-consent-refused" } else { "cli-block-no-consent" };
            message(language, id, &values)
        }
        Block::OpenedBefore { exhibit, leaves } => {
            message(language, "cli-block-opened-before", &[("exhibit", n(*exhibit)), ("leaves", n(*leaves))])
        }
        Block::Uncovered { exhibit, places } => {
            message(language, "cli-block-uncovered", &[("exhibit", n(*exhibit)), ("places", n(*places))])
        }
    }
}

fn range(start: u64, end: u64) -> String {
    format!("{}–{}", crate::moment::clock(start), crate::moment::clock(end.saturating_add(999)))
}

#[cfg(test)]
mod tests;
