//! A court bundle and a press bundle of the same exhibits, laid side by side by whoever got both: beyond the words that
//! stand in both, nothing joins them. What bundles of two cases that have nothing to do with each other share is the form.

use crate::common::{Desk, call, entries, lines, unwatched};
use casemate_app::disclose::disclose;
use casemate_case::audience::Profile;
use casemate_ports::reading::Kind;
use std::collections::{BTreeMap, BTreeSet};

const LETTER: [&str; 3] = ["Dear Lin Muchuan,", "your accounts are watched since the fourth of March.", "Yours"];
/// Bytes of a window: half of the shortest identifier (a seal number), and no chance meeting.
const WINDOW: usize = 8;

type Files = BTreeMap<String, Vec<u8>>;
/// What of a bundle is compared.
type Look<'a> = &'a dyn Fn(&Files) -> BTreeSet<String>;

/// A case of the same letter and call, or of others, and its bundle for an audience.
fn bundles(seed: u32, letter: &[&str]) -> (Files, Files) {
    let mut desk = Desk::new(vec![call(seed), lines("letter.txt", Kind::Text, letter)]);
    desk.man();
    desk.heard("1", &[]);
    let mut made = Profile::ALL.into_iter().map(|profile| {
        ["1", "2"].iter().for_each(|exhibit| desk.plan(exhibit, profile));
        let request = desk.request(profile, &["1", "2"], profile.word());
        unwatched(|watch| disclose(&mut desk.session, &request, watch)).unwrap();
        (profile, entries(&request.destination))
    });
    let mut all: BTreeMap<Profile, Files> = made.by_ref().collect();
    (all.remove(&Profile::Court).unwrap(), all.remove(&Profile::Press).unwrap())
}

/// Runs of letters and digits that could be an identifier, a count or a length: with a digit, of three characters at least.
fn marks(files: &Files) -> BTreeSet<String> {
    let texts = files.iter().flat_map(|(name, bytes)| [name.clone(), String::from_utf8_lossy(bytes).into_owned()]);
    let mut out = BTreeSet::new();
    for text in texts {
        let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
        out.extend(runs.filter(|r| r.len() >= 3 && r.bytes().any(|b| b.is_ascii_digit())).map(str::to_lowercase));
    }
    out
}

/// Windows of bytes of the files that are no text.
fn windows(files: &Files) -> BTreeSet<[u8; WINDOW]> {
    let all = files.values().filter(|bytes| std::str::from_utf8(bytes).is_err());
    let binary = all.flat_map(|bytes| bytes.windows(WINDOW)).filter(|w| w.iter().any(|b| !b.is_ascii()));
    binary.map(|w| w.try_into().unwrap()).collect()
}

#[test]
fn nothing_but_the_words_joins_what_a_court_and_a_newspaper_got() {
    let (court, press) = bundles(7, &LETTER);
    let (other_court, other_press) =
        bundles(900, &["Nobody wrote, Lin Muchuan.", "A list of ships that left, and of ports", "x"]);
    assert!(!press.keys().any(|name| name.starts_with("proof/")), "a newspaper gets no proofs: {:?}", press.keys());

    // What is of the form alone stands in the bundles of another case as well.
    let joined = |press: &Files, of: Look<'_>| -> Vec<String> {
        let form: BTreeSet<String> = of(&other_court).intersection(&of(&other_press)).cloned().collect();
        of(&court).intersection(&of(press)).filter(|mark| !form.contains(*mark)).cloned().collect()
    };
    let hex = |files: &Files| windows(files).iter().map(|w| w.iter().map(|b| format!("{b:02x}")).collect()).collect();
    let lengths = |files: &Files| files.values().map(|bytes| bytes.len().to_string()).collect();
    let looks: [(&str, Look<'_>); 3] = [("identifiers, counts", &marks), ("lengths", &lengths), ("hashes, keys", &hex)];
    for (what, look) in looks {
        assert_eq!(joined(&press, look), Vec::<String>::new(), "{what}");
        assert!(joined(&court, look).len() > 5, "{what}: two copies of one bundle would be joined");
    }
    let aliases = |files: &Files, alias: &str| files.values().any(|b| String::from_utf8_lossy(b).contains(alias));
    assert!(aliases(&court, "Monsieur A") && !aliases(&press, "Monsieur A"), "an alias belongs to its audience");
}
