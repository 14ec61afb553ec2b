//! Every failure has words, a cure and a code in every language.

use super::*;
use std::io;
use std::path::PathBuf;

fn io_error() -> io::Error {
    io::Error::other("the disk is on fire")
}

fn vault() -> Vec<VaultError> {
    let name = || "heads/a".to_owned();
    vec![
        VaultError::WrongPassphrase,
        VaultError::NoCase,
        VaultError::CaseExists,
        VaultError::Version { what: name(), found: 9, known: 1 },
        VaultError::Damaged { what: name(), why: "cut short" },
        VaultError::ReadOnlyLane { lane: name(), why: "a gap".to_owned() },
        VaultError::Sealed(casemate_proof::Compartment::Press),
        VaultError::Limit { what: "entries", found: 9, limit: 1 },
        VaultError::Source(io_error()),
        VaultError::SourceChanged,
        VaultError::Stopped,
        VaultError::ReadOnly,
        VaultError::Random,
        VaultError::Store(StoreError::Missing { name: name() }),
        VaultError::Store(StoreError::Exists { name: name() }),
        VaultError::Store(StoreError::Full { name: name() }),
        VaultError::Store(StoreError::Locked { name: name() }),
        VaultError::Store(StoreError::BadName { name: name() }),
        VaultError::Store(StoreError::Io { name: name(), source: io_error() }),
    ]
}

fn app() -> Vec<AppError> {
    let mut all: Vec<AppError> = vault().into_iter().map(AppError::from).collect();
    all.extend([
        AppError::Media(MediaError::Input(io_error())),
        AppError::Media(MediaError::Cancelled),
        AppError::Index(casemate_search::Error::Busy),
        AppError::Index(casemate_search::Error::Absent),
        AppError::Query(QueryError::Empty),
        AppError::Case(CaseError::NoSuchPerson),
        AppError::Case(CaseError::AliasTaken),
        AppError::Case(CaseError::AliasFixed),
        AppError::Case(CaseError::AliasTells),
        AppError::Case(CaseError::PersonKnown),
        AppError::Case(CaseError::Empty),
        AppError::Bundle(BundleError::NameInside { file: "data/x".to_owned(), form: "hex" }),
        AppError::Bundle(BundleError::Io(io_error())),
        AppError::File { path: PathBuf::from("x"), cause: io_error() },
        AppError::NoExhibit("7".to_owned()),
        AppError::NotOnePerson { found: 0 },
        AppError::NotOnePerson { found: 2 },
        AppError::NotRead(7),
        AppError::EditedMeanwhile { exhibit: 3 },
        AppError::NotDrawn { exhibit: 3, page: 2, finding: "malformed".to_owned() },
        AppError::NoStrike(7),
        AppError::NoPlan(7),
        AppError::PlanOutdated(7),
        AppError::NamePrinted("purpose"),
        AppError::BundleRefused { path: PathBuf::from("x"), findings: "manifest".to_owned() },
        AppError::CutElsewhere { number: 2, heard_ms: (4_000, 5_000) },
        AppError::SelfCheck(vec!["object".to_owned()]),
        AppError::Form { what: "a date", found: "x".to_owned() },
        AppError::Blocked(Vec::new()),
        AppError::Stopped,
        AppError::KeyFile { path: PathBuf::from("x"), cause: casemate_bundle::narrow::KeyFileError::Locked },
        AppError::Derivative { seal: "ab".to_owned() },
        AppError::NoProgram("casemate-worker"),
        AppError::Cosignature(casemate_proof::note::NoteError::Unsigned),
    ]);
    all
}

fn narrow() -> Vec<NarrowError> {
    vec![
        NarrowError::Refused(Box::default()),
        NarrowError::Unverified(Box::default()),
        NarrowError::Press,
        NarrowError::NoItem { item: 7 },
        NarrowError::Place { item: 7, expected: "a page" },
        NarrowError::Indivisible { item: 7 },
        NarrowError::Word,
        NarrowError::NoDiscloser { place: 3 },
        NarrowError::Printed { what: "recipient", most: 256 },
        NarrowError::Reason,
        NarrowError::Nothing,
        NarrowError::Everything,
        NarrowError::Disclosers,
        NarrowError::TooMany { most: 16 },
        NarrowError::Bundle(BundleError::NameInside { file: "data/x".to_owned(), form: "hex" }),
        NarrowError::Bundle(BundleError::Io(io_error())),
    ]
}

fn every() -> Vec<Failure> {
    let path = || PathBuf::from("x");
    let mut all: Vec<Failure> = app().into_iter().map(Failure::from).collect();
    let not_passed_on = |cause| AppError::Narrow { path: path(), cause: Box::new(cause) }.into();
    all.extend(narrow().into_iter().map(not_passed_on));
    all.extend([
        Failure::NoCaseNamed,
        Failure::NotACase(path()),
        Failure::NoPassphrase,
        Failure::PassphraseFile { path: path(), cause: io_error() },
        Failure::PassphraseShort { least: 8 },
        Failure::PassphrasesDiffer,
        Failure::Interrupted,
        Failure::File { path: path(), cause: io_error() },
        Failure::File { path: path(), cause: io::ErrorKind::AlreadyExists.into() },
        Failure::File { path: path(), cause: io::ErrorKind::StorageFull.into() },
        Failure::Output(io_error()),
        Failure::Usage("no-name"),
        Failure::Usage("no-reason"),
        Failure::Usage("asic-to"),
        Failure::Usage("not-served"),
        Failure::NoDemo,
        Failure::DemoForm { file: path(), why: "no people".to_owned() },
    ]);
    all
}

#[test]
fn every_failure_has_words_and_a_cure_in_every_language() {
    for failure in every() {
        for language in Language::ALL {
            let told = told(&failure, language);
            for text in [&told.what, &told.advice] {
                assert!(!text.is_empty() && !text.starts_with('['), "{language:?} {failure:?}: {text}");
            }
            assert_ne!(told.exit, Exit::Done);
        }
    }
}

#[test]
fn every_failure_is_listed_in_the_papers_with_its_code() {
    let paper = include_str!("../../../../docs/errors.md");
    for failure in every() {
        let told = told(&failure, Language::En);
        let row = paper.lines().find(|l| l.starts_with('|') && l.contains(&format!("`{}`", told.id)));
        // An id may stand among the findings too: the row that counts has the exit code.
        let code = format!("| {} |", told.exit.code());
        let mut rows = paper.lines().filter(|l| l.contains(&format!("`{}`", told.id)));
        assert!(row.is_some() && rows.any(|l| l.contains(&code)), "{} with exit {}", told.id, told.exit.code());
    }
}

#[test]
fn exit_codes_follow_the_cause() {
    let code = |failure: Failure| told(&failure, Language::En).exit;
    assert_eq!(code(VaultError::WrongPassphrase.into()), Exit::Locked);
    assert_eq!(code(Failure::NoPassphrase), Exit::Locked);
    assert_eq!(code(VaultError::Damaged { what: String::new(), why: "" }.into()), Exit::Damaged);
    assert_eq!(code(StoreError::Locked { name: String::new() }.into()), Exit::Refused);
    assert_eq!(code(Failure::NoCaseNamed), Exit::Usage);
    assert_eq!(code(AppError::Stopped.into()), Exit::Refused);
}

#[test]
fn control_characters_of_what_was_typed_are_not_repeated() {
    let told = told(&AppError::NoExhibit("7\u{1b}[2J".to_owned()).into(), Language::En);
    assert!(told.what.contains("7·[2J"), "{}", told.what);
}

#[test]
fn a_screen_is_told_of_no_command() {
    for language in Language::ALL {
        for error in app() {
            let told = told_of(&error, language);
            let said = for_a_screen(&told, language);
            for command in ["casemate ", "--", "script/", "CASEMATE_"] {
                assert!(!said.contains(command), "{} {language:?}: {said}", told.id);
            }
            let first = said.chars().next().unwrap();
            assert!(!first.is_lowercase(), "{} {language:?}: {said}", told.id);
        }
        let blocks = [Block::NotReviewed { exhibit: 3 }, Block::OpenedBefore { exhibit: 3, leaves: 2 }];
        for said in blocks.map(|b| reason_for_a_screen(&reason(&b, language))) {
            assert!(said.contains('3') && !said.contains("casemate"), "{said}");
        }
    }
}
