//! Bundles that are passed on with more withheld: what is proven of them, what is in no byte, and what is refused.

use crate::common::{Bundle, Case, Object, court, failed_ids, packed, pinned, press, sounds, verify};
use casemate_bundle::BundleError;
use casemate_bundle::narrow::{Asked, NarrowError, Narrowing, PassedOn, Place, Withhold, narrow};
use casemate_bundle::pack;
use casemate_carve::locator::TimeRange;
use casemate_carve::{Hint, Syntax};
use casemate_proof::disclosure::write_payload;
use casemate_proof::{
    CaseId, Disclosure, Hash, Mask, ObjectHasher, ObjectKey, Oid, Prover, SecretKey, Timebase, Token,
};
use casemate_verify::discloser::{DISCLOSER_PROFILE, Discloser, Head, Part, Passed, Shown, file, sign};
use casemate_verify::statement::Mode;
use casemate_verify::{Pins, Status, Verdict, bag};
use casemate_words::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

fn clerk() -> SecretKey {
    SecretKey::from_seed(&[0xc1; 32])
}

fn desk() -> SecretKey {
    SecretKey::from_seed(&[0xc2; 32])
}

fn narrowing(key: SecretKey, withhold: Vec<Withhold>) -> Narrowing {
    let asked = Asked {
        withhold,
        reason: "private-life".into(),
        name: Some("Registry of the court".into()),
        purpose: "Copy for the file".into(),
        recipient: "The other side".into(),
        ..Asked::default()
    };
    Narrowing { asked, date: "2026-04-01T10:00:00Z".into(), language: Language::En, key, seed: [0x5e; 32] }
}

fn at(item: u64, place: Place) -> Withhold {
    Withhold { item, place }
}

fn time(start: u64, end: u64) -> Place {
    Place::Time(TimeRange { start, end })
}

fn try_narrow(bundle: &[u8], how: &Narrowing) -> Result<(PassedOn, Vec<u8>), NarrowError> {
    let to = tempfile::NamedTempFile::new().unwrap();
    let out = to.reopen().unwrap();
    let done = narrow(&|| Ok(Cursor::new(bundle)), how, out, &|| std::fs::File::open(to.path()))?;
    Ok((done, std::fs::read(to.path()).unwrap()))
}

fn narrowed(bundle: &[u8], how: &Narrowing) -> Vec<u8> {
    try_narrow(bundle, how).unwrap().1
}

/// What the tests narrow: sound with its transcript, a word in a text, a row of a table; and no letter.
fn once(case: &Case) -> Vec<u8> {
    let mut how = narrowing(clerk(), vec![at(1, time(2_300, 2_600)), at(5, Place::Row(4, None))]);
    how.asked.words = vec!["watched".into()];
    how.asked.dropped = BTreeSet::from([6]);
    narrowed(&court(case), &how)
}

fn twice(case: &Case) -> Vec<u8> {
    let mut how = narrowing(desk(), vec![at(3, time(1_200, 1_500))]);
    how.asked.name = None;
    how.asked.untold = BTreeSet::from([1]);
    narrowed(&once(case), &how)
}

fn find<'a>(verdict: &'a Verdict, id: &'a str, item: Option<u64>) -> Vec<(Status, Vec<(&'static str, &'a str)>)> {
    let all = verdict.with_id(id).filter(|f| f.item == item);
    all.map(|f| (f.status, f.facts.iter().map(|(n, v)| (*n, v.as_str())).collect())).collect()
}

fn fact<'a>(found: &(Status, Vec<(&'static str, &'a str)>), name: &str) -> Option<&'a str> {
    found.1.iter().find(|(n, _)| *n == name).map(|(_, v)| *v)
}

fn hex(key: &SecretKey) -> String {
    bag::hex(key.public().as_bytes())
}

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|w| w == needle)
}

#[test]
fn what_is_passed_on_is_proven_and_each_discloser_named() {
    let case = Case::new(40);
    let bytes = once(&case);
    assert_eq!(bytes, once(&case), "the same narrowing makes the same bytes");
    let verdict = verify(&bytes, &pinned(&case.keys.owner));
    assert_eq!(failed_ids(&verdict), [], "{verdict:#?}");
    for item in [1, 2, 3, 4, 5] {
        for id in ["logged", "object", "census"] {
            assert_eq!(find(&verdict, id, Some(item))[0].0, Status::Proven, "{id} {item}");
        }
    }
    assert_eq!(find(&verdict, "parent", Some(2))[0].0, Status::Proven);
    assert_eq!(find(&verdict, "object", Some(6)), []);
    let who = find(&verdict, "discloser", None);
    assert_eq!(who.iter().map(|w| w.0).collect::<Vec<_>>(), [Status::Proven; 2]);
    let told = |w: usize, name| fact(&who[w], name);
    assert_eq!([told(0, "place"), told(1, "place")], [Some("1"), Some("2")]);
    assert_eq!(told(0, "key"), Some(hex(&case.keys.disclosure).as_str()));
    assert_eq!(told(0, "purpose"), Some("Hearing on extradition"));
    assert_eq!(told(0, "items-withheld"), Some("1"));
    assert_eq!(told(1, "key"), Some(hex(&clerk()).as_str()));
    assert_eq!(told(1, "name"), Some("Registry of the court"));
    assert_eq!(told(1, "items-withheld"), None);
    let by = |item| {
        let found = find(&verdict, "withheld-by", Some(item));
        assert_eq!(found[0].0, Status::Proven);
        (fact(&found[0], "by").map(str::to_owned), fact(&found[0], "by-ms").map(str::to_owned))
    };
    assert_eq!(by(1), (Some("1:52;2:50".into()), Some("1:1000-2000;2:2000-3000".into())));
    assert_eq!(by(3).1, Some("1:3000-4000".into()));
    assert_eq!(by(5), (Some("1:1;2:3".into()), None));
    // What the sealer's word alone stands for is the case's; who passed it on nobody has vouched for.
    assert_eq!(find(&verdict, "owner-pinned", None)[0].0, Status::Proven);
    assert_eq!(find(&verdict, "signer-pinned", None)[0].0, Status::NotChecked);
    let verdict = verify(&bytes, &pinned(&clerk()));
    assert_eq!(find(&verdict, "signer-pinned", None)[0].0, Status::Proven);
    assert_eq!(find(&verdict, "owner-pinned", None)[0].0, Status::NotChecked);
    let verdict = verify(&bytes, &pinned(&desk()));
    assert_eq!(failed_ids(&verdict), [("signer-pinned", None)]);
}

#[test]
fn what_was_withheld_on_the_way_is_in_no_byte() {
    let case = Case::new(40);
    let first = Bundle::open(&court(&case));
    let bytes = once(&case);
    let second = Bundle::open(&bytes);
    // Words that went, in a text and in a table, and the letter that was left out.
    for word in ["watched", "come back", "2026-02-03,A,8", "2026-02-03", "Ministry of Concord"] {
        assert!(!contains(&bytes, word.as_bytes()), "{word}");
    }
    let recording = &case.objects["recording"];
    for leaf in 101..=150usize {
        assert!(!contains(&bytes, &recording.leaves[leaf].1), "block {leaf}");
    }
    // No seed above what was hidden, no hash of a file that held it, no signature over those.
    for number in ["001", "002", "004", "005"] {
        let tokens =
            |bundle: &Bundle| Disclosure::decode(&bundle.files[&format!("proof/{number}.object")]).unwrap().tokens;
        let narrow = tokens(&second);
        let gone: Vec<_> = tokens(&first).into_iter().filter(|t| !narrow.contains(t)).collect();
        let seeds = gone.iter().filter_map(|t| if let Token::Open(seed) = t { Some(*seed.as_bytes()) } else { None });
        assert!(seeds.clone().count() > 0);
        seeds.for_each(|seed| assert!(!contains(&bytes, &seed), "{number}"));
    }
    for (path, content) in &first.files {
        if second.files.get(path) != Some(content) {
            let hash = bag::sha256(&mut content.as_slice()).unwrap();
            let previous = path == bag::SIGNATURE;
            assert!(previous || !contains(&bytes, &hash) && !contains(&bytes, bag::hex(&hash).as_bytes()), "{path}");
        }
    }
    assert_eq!(
        second.statement().previous,
        Some(Hash(bag::sha256(&mut first.files[bag::SIGNATURE].as_slice()).unwrap()))
    );
    assert!(second.statement().items.iter().all(|i| i.made_from.is_none_or(|from| from == 1)));
    let text = String::from_utf8(second.files["data/002/text.txt"].clone()).unwrap();
    assert!(text.contains("你好") && text.contains("[B]") && !text.contains("talk"), "{text}");
    let text = String::from_utf8(second.files["data/004/text.txt"].clone()).unwrap();
    assert!(text.contains("Dear [B],") && text.contains("[l. 2]") && !text.contains("house"), "{text}");
}

#[test]
fn passed_on_twice_each_withheld_their_own() {
    let case = Case::new(40);
    let bytes = twice(&case);
    let verdict = verify(&bytes, &pinned(&case.keys.owner));
    assert_eq!(failed_ids(&verdict), [], "{verdict:#?}");
    let who = find(&verdict, "discloser", None);
    let keys = [hex(&case.keys.disclosure), hex(&clerk()), hex(&desk())];
    assert_eq!(who.iter().map(|w| fact(w, "key").unwrap()).collect::<Vec<_>>(), keys);
    assert_eq!(fact(&who[0], "texts-withheld"), Some("name,purpose,recipient"));
    assert_eq!(fact(&who[0], "purpose"), None);
    assert_eq!([fact(&who[1], "purpose"), fact(&who[2], "name")], [Some("Copy for the file"), None]);
    assert!(!contains(&bytes, b"Hearing on extradition"));
    let by =
        |item| find(&verdict, "withheld-by", Some(item))[0].1.iter().map(|(_, v)| (*v).to_owned()).collect::<Vec<_>>();
    assert_eq!(by(1), ["1:52;2:50", "1:1000-2000;2:2000-3000"]);
    assert_eq!(by(3), ["1:52;3:50", "1:3000-4000;3:1000-2000"]);
}

#[test]
fn narrowing_opens_nothing() {
    let case = Case::new(40);
    let (first, second) = (Bundle::open(&court(&case)), Bundle::open(&twice(&case)));
    for item in &second.statement().items {
        let mask = |bundle: &Bundle| {
            Disclosure::decode(&bundle.files[&format!("proof/{:03}.object", item.number)]).unwrap().mask
        };
        let (wide, narrow) = (mask(&first), mask(&second));
        assert!((0..wide.leaves()).all(|leaf| wide.is_open(leaf) || !narrow.is_open(leaf)), "{}", item.number);
    }
    // Whoever has the wide bundle too can't give back what the clerk withheld and go on as if the clerk had not.
    let mut opened = Bundle::open(&twice(&case));
    for path in ["proof/001.object", "data/001/leaves", "data/001/recording.wav"] {
        opened.files.insert(path.into(), first.files[path].clone());
    }
    let verdict = verify(&opened.clone().sign(&desk()), &Pins::default());
    assert_eq!(failed_ids(&verdict), [("discloser", None)], "the last one's own statement says otherwise");
    let wide = Disclosure::decode(&first.files["proof/001.object"]).unwrap().mask;
    let mut own = last(&opened);
    own.items[0].mask = wide;
    put(&mut opened, 3, &own, &desk());
    let verdict = verify(&opened.sign(&desk()), &Pins::default());
    let failed = find(&verdict, "discloser", None);
    assert_eq!(failed.iter().map(|f| f.0).collect::<Vec<_>>(), [Status::Proven, Status::Proven, Status::Failed]);
    assert!(fact(&failed[2], "cause").unwrap().contains("opens"), "{failed:?}");
    assert_eq!(find(&verdict, "withheld-by", Some(1)), [(Status::NotChecked, vec![])]);
}

/// The discloser at a place, whole.
fn read(bundle: &Bundle, place: u64) -> Shown {
    let part = |ending| &bundle.files[&file(place, ending)];
    Shown::read(&Disclosure::decode(part("object")).unwrap(), part("leaves"), part("sig")).unwrap()
}

fn last(bundle: &Bundle) -> Discloser {
    let statement = bundle.statement();
    let narrowed = statement.narrowed.unwrap();
    let shown = read(bundle, narrowed.disclosers);
    let (purpose, recipient) = (statement.purpose, statement.recipient);
    Discloser { head: shown.head, name: narrowed.name, purpose, recipient, items: shown.items }
}

/// Puts a discloser of one's own making, signed by a key, at a place.
fn put(bundle: &mut Bundle, place: u64, discloser: &Discloser, key: &SecretKey) {
    let payloads = discloser.payloads().unwrap();
    let leaves = payloads.len() as u64;
    let (oid, secret) = (Oid([0x0d; 32]), ObjectKey::new([0x0e; 32]));
    let mut hasher = ObjectHasher::new(&secret, oid, leaves, DISCLOSER_PROFILE, Timebase::UNIT).unwrap();
    let mut stream = Vec::new();
    let hashes: Vec<Hash> = payloads
        .iter()
        .map(|payload| {
            write_payload(&mut stream, 1, payload);
            hasher.leaf(1, payload).unwrap()
        })
        .collect();
    let mut prover = Prover::new(&secret, hasher.finish().unwrap(), Mask::all_open(leaves).unwrap()).unwrap();
    hashes.into_iter().for_each(|hash| prover.leaf(1, hash).unwrap());
    let disclosure = prover.finish().unwrap();
    let signature = sign(&disclosure.record.object_root(), key);
    bundle.files.insert(file(place, "object"), disclosure.encode());
    bundle.files.insert(file(place, "leaves"), stream);
    bundle.files.insert(file(place, "sig"), signature.0.to_vec());
}

fn swap(bundle: &mut Bundle, a: u64, b: u64) {
    for ending in ["object", "leaves", "sig"] {
        bundle.swap(&file(a, ending), &file(b, ending));
    }
}

/// Takes a discloser out of the chain; those behind it move up.
fn drop_discloser(bundle: &mut Bundle, place: u64) {
    let all = bundle.statement().narrowed.unwrap().disclosers;
    for place in place..all {
        swap(bundle, place, place + 1);
    }
    ["object", "leaves", "sig"].iter().for_each(|ending| drop(bundle.files.remove(&file(all, ending)).unwrap()));
    bundle.state(|s| s.narrowed.as_mut().unwrap().disclosers -= 1);
}

/// Bundles that say something else of who passed them on, signed anew by the last one's key.
fn forged(case: &Case) -> Vec<(&'static str, Vec<u8>)> {
    let open = || Bundle::open(&twice(case));
    let stranger = SecretKey::from_seed(&[0xf0; 32]);
    let mut out = Vec::new();
    let mut add = |name, bundle: Bundle| out.push((name, bundle.sign(&desk())));

    let mut changed = open();
    *changed.file(&file(2, "leaves")).last_mut().unwrap() ^= 1;
    add("reject-earlier-statement-changed", changed);

    let mut dropped = open();
    drop_discloser(&mut dropped, 2);
    add("reject-narrower-dropped", dropped);

    let mut headless = open();
    drop_discloser(&mut headless, 1);
    add("reject-first-dropped", headless);

    let mut reordered = open();
    swap(&mut reordered, 1, 2);
    add("reject-narrowers-reordered", reordered);

    // A stranger's statement in the place of the first: the clerk's no longer follows it.
    let mut foreign = open();
    let first = read(&foreign, 1);
    let head = Head { key: stranger.public(), ..first.head.clone() };
    let said = |head: Head, items: Vec<Passed>| Discloser {
        head,
        name: None,
        purpose: "p".into(),
        recipient: "r".into(),
        items,
    };
    put(&mut foreign, 1, &said(head, first.items.clone()), &stranger);
    add("reject-forged-first-of-another-key", foreign);

    // The same in the name of the key that was granted.
    let mut foreign = open();
    put(&mut foreign, 1, &said(first.head.clone(), first.items.clone()), &stranger);
    add("reject-forged-first-in-the-granted-name", foreign);

    // The desk says that the clerk had withheld what the desk did: the clerk's signature does not stand.
    let mut blamed = open();
    let clerks = read(&blamed, 2);
    let own = last(&blamed);
    put(&mut blamed, 2, &said(clerks.head.clone(), own.items.clone()), &desk());
    add("reject-own-hiding-put-on-another", blamed);

    // The desk says that it withheld what the clerk did.
    let mut claimed = open();
    let wide = |number: u64| first.item(number).unwrap().mask.clone();
    let items = clerks.items.iter().map(|p| Passed { mask: wide(p.number), ..p.clone() }).collect();
    put(&mut claimed, 2, &said(clerks.head.clone(), items), &desk());
    add("reject-anothers-hiding-claimed", claimed);

    // A mask of the last one's statement that is not what the object shows.
    let mut other = open();
    let mut own = last(&other);
    own.items[2].mask = wide(3);
    put(&mut other, 3, &own, &desk());
    add("reject-statement-of-another-mask", other);

    let mut other = open();
    other.state(|s| s.purpose = "Publication".into());
    add("reject-purpose-other-than-signed", other);

    let mut other = open();
    other.state(|s| s.previous = Some(Hash([0xee; 32])));
    add("reject-narrowed-bundle-other-than-signed", other);

    // The desk holds the first bundle too, and gives back what the clerk withheld.
    let mut opened = open();
    let wider = Bundle::open(&court(case));
    for path in ["proof/001.object", "data/001/leaves", "data/001/recording.wav"] {
        opened.files.insert(path.into(), wider.files[path].clone());
    }
    let mut own = last(&opened);
    own.items[0].mask = wide(1);
    put(&mut opened, 3, &own, &desk());
    add("reject-opens-what-was-withheld", opened);

    let mut of_other_case = open();
    let mut own = last(&of_other_case);
    own.head.case = CaseId([0xab; 32]);
    put(&mut of_other_case, 3, &own, &desk());
    add("reject-discloser-of-another-case", of_other_case);

    // An item that an earlier discloser did not have.
    let mut more = open();
    let mut own = last(&more);
    own.items.push(Passed { number: 9, root: casemate_proof::ObjectRoot([9; 32]), mask: Mask::all_open(1).unwrap() });
    put(&mut more, 3, &own, &desk());
    add("reject-item-that-nobody-had", more);

    let mut second_first = open();
    let mut own = last(&second_first);
    own.head.part = Part::First;
    put(&mut second_first, 3, &own, &desk());
    add("reject-first-behind-another", second_first);
    out
}

#[test]
fn a_chain_that_was_forged_is_refused() {
    let case = Case::new(40);
    for (name, bytes) in forged(&case) {
        let verdict = verify(&bytes, &Pins::default());
        assert_eq!(failed_ids(&verdict), [("discloser", None)], "{name} {verdict:#?}");
        // Who withheld what is not told of a chain that does not hold, and nothing behind the fault is proven.
        let who = find(&verdict, "discloser", None);
        let fault = who.iter().position(|w| w.0 == Status::Failed).unwrap();
        assert!(who[..fault].iter().all(|w| w.0 == Status::Proven), "{name}");
        assert!(who[fault + 1..].iter().all(|w| w.0 == Status::NotChecked), "{name}");
        assert!(verdict.with_id("withheld-by").all(|f| f.status == Status::NotChecked && f.facts.is_empty()), "{name}");
        // What stands under the seals stands.
        assert!(verdict.with_id("object").all(|f| f.status == Status::Proven), "{name}");
    }
}

#[test]
fn a_bundle_signed_anew_as_if_it_came_from_the_case_is_refused() {
    let case = Case::new(40);
    // The clerk's bundle as a first one, by the clerk: nobody granted that key.
    let mut bundle = Bundle::open(&once(&case));
    bundle.state(|s| s.narrowed = None);
    bundle.files.retain(|path, _| !path.starts_with("proof/disclosers/"));
    let verdict = verify(&bundle.sign(&clerk()), &Pins::default());
    assert_eq!(failed_ids(&verdict), [("owner-grant", None)]);
    // A first bundle with a chain beside it, and a chain too long.
    let mut bundle = Bundle::open(&once(&case));
    bundle.state(|s| s.narrowed = None);
    assert_eq!(failed_ids(&verify(&bundle.sign(&clerk()), &Pins::default()))[0], ("manifest", None));
    let mut bundle = Bundle::open(&once(&case));
    bundle.state(|s| s.narrowed.as_mut().unwrap().disclosers = 3);
    assert_eq!(failed_ids(&verify(&bundle.sign(&clerk()), &Pins::default()))[0], ("manifest", None));
    let mut bundle = Bundle::open(&once(&case));
    bundle.state(|s| s.narrowed.as_mut().unwrap().disclosers = 17);
    assert_eq!(failed_ids(&verify(&bundle.sign(&clerk()), &Pins::default()))[0], ("signature", None));
}

#[test]
fn a_bundle_from_before_is_passed_on_and_what_can_not_be_known_is_said() {
    let vector = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/bundle/court.zip");
    let golden = std::fs::read(vector).unwrap();
    assert!(!contains(&golden, b"Casemate-Discloser"));
    let case = Case::new(40);
    let bytes = narrowed(&golden, &narrowing(clerk(), vec![at(1, time(100, 200))]));
    let bytes = narrowed(&bytes, &narrowing(desk(), vec![at(3, time(100, 200))]));
    let verdict = verify(&bytes, &Pins::default());
    assert_eq!(failed_ids(&verdict), [], "{verdict:#?}");
    let who = find(&verdict, "discloser", None);
    assert_eq!(who.iter().map(|w| w.0).collect::<Vec<_>>(), [Status::NotChecked, Status::Proven, Status::Proven]);
    assert_eq!(fact(&who[0], "key"), Some(hex(&case.keys.disclosure).as_str()));
    assert_eq!(fact(&who[0], "reason"), Some("no-statement"));
    assert_eq!([fact(&who[1], "place"), fact(&who[2], "place")], [Some("2"), Some("3")]);
    let by = |item| find(&verdict, "withheld-by", Some(item));
    assert_eq!((by(1)[0].0, fact(&by(1)[0], "by")), (Status::NotChecked, Some("1-2:102")));
    assert_eq!((by(3)[0].0, fact(&by(3)[0], "by")), (Status::NotChecked, Some("1-2:52;3:50")));
}

#[test]
fn what_was_handed_over_whole_is_cut() {
    let case = Case::of_sounds(60);
    let (done, bytes) = try_narrow(&sounds(&case), &narrowing(clerk(), vec![at(4, time(100, 200))])).unwrap();
    assert_eq!(done.narrowed, [4]);
    let verdict = verify(&bytes, &Pins::default());
    assert_eq!(failed_ids(&verdict), [], "{verdict:#?}");
    let object = find(&verdict, "object", Some(4));
    assert_eq!(fact(&object[0], "withheld-at-ms"), Some("0-993"));
    // The tag in front of the note went with it, as metadata do.
    assert!(!contains(&bytes, crate::common::NAME_LATIN.as_bytes()));
    let bundle = Bundle::open(&bytes);
    assert!(bundle.files.contains_key("data/004/recording.mp3") && !bundle.files.contains_key("data/004/original.mp3"));
    for name in ["data/001/leaves", "data/001/recording.mp3", "proof/001.object"] {
        assert_eq!(bundle.files[name], Bundle::open(&sounds(&case)).files[name], "{name}");
    }
}

#[test]
fn a_name_goes_wherever_it_is_read_and_the_sound_with_it() {
    let case = Case::new(40);
    let mut how = narrowing(clerk(), Vec::new());
    // Said in the first passage of the transcript: its seconds go from the recording.
    how.asked.words = vec!["请问是哪位".into()];
    let (done, bytes) = try_narrow(&court(&case), &how).unwrap();
    assert_eq!(done.narrowed, [1, 2]);
    assert_eq!(done.unread, [3, 6], "the call has no transcript; the letter is whole");
    let verdict = verify(&bytes, &Pins::default());
    assert_eq!(fact(&find(&verdict, "object", Some(1))[0], "withheld-at-ms"), Some("0-3000"));
    assert!(!contains(&bytes, "哪位".as_bytes()));
    // What stays says so: an alias of somebody of whom nothing is left is not listed.
    let mut how = narrowing(clerk(), vec![at(2, Place::Passages(1, 9)), at(4, Place::Lines(1, 2))]);
    how.asked.words = vec!["1234567".into()];
    let statement = Bundle::open(&narrowed(&court(&case), &how)).statement();
    assert_eq!(statement.aliases, ["B"], "speaker of the second passage");
    let mut how = narrowing(clerk(), vec![at(4, Place::Lines(1, 1))]);
    how.asked.dropped = BTreeSet::from([2]);
    let statement = Bundle::open(&narrowed(&court(&case), &how)).statement();
    assert_eq!(statement.aliases, [""; 0]);
}

/// Texts of others' making in one place each: lines, a table, a text in passages.
fn texts(title: &str) -> (Case, Vec<u8>) {
    let lines =
        "CHLOÉ BÉNOIT called.\nHe asked for Benoit\nChloé, and no one else.\nLin Mu-chuan came.\nA quiet evening.\n";
    let table = "family,given,what\nBénoit,Chloé,called\nWest,Ann,wrote\n";
    let object = |seed, text: &str, hint| Object::of_source(seed, text.as_bytes().to_vec(), hint, |_| Vec::new());
    let objects = BTreeMap::from([
        ("lines", object(71, lines, Hint::Lines)),
        ("table", object(72, table, Hint::Csv)),
        ("mail", Object::of_lines(73, &["She is called Chloé", "Bénoit, said the clerk.", "A quiet evening."])),
    ]);
    let case = Case::holding(70, objects);
    let mut items = vec![
        case.item(1, "lines", Mode::Whole, "txt"),
        case.item(2, "table", Mode::Whole, "csv"),
        case.item(3, "mail", Mode::Release, "txt"),
    ];
    items[0].title = title.to_owned();
    let bundle = packed(&case.material(Some(case.log()), items));
    (case, bundle)
}

/// However a name is written, in whatever it stands: nothing of it goes on, and the rest does.
#[test]
fn a_name_in_other_letters_and_over_a_border_is_withheld() {
    let (_, bundle) = texts("Item 1: lines");
    let mut how = narrowing(clerk(), Vec::new());
    how.asked.names = vec!["Chloé Bénoit".into(), "林慕川".into()];
    let (done, bytes) = try_narrow(&bundle, &how).unwrap();
    assert_eq!((done.narrowed, done.unread), (vec![1, 2, 3], vec![]));
    let all = Bundle::open(&bytes);
    for (path, content) in &all.files {
        let text = String::from_utf8_lossy(content).to_lowercase();
        for part in ["chloé", "bénoit", "benoit", "mu-chuan"] {
            assert!(!text.contains(part), "{path}: {part}");
        }
    }
    for (folder, stays) in
        [("data/001/", "A quiet evening."), ("data/002/", "wrote"), ("data/003/", "A quiet evening.")]
    {
        let mut files = all.files.iter().filter(|(path, _)| path.starts_with(folder));
        assert!(files.any(|(_, content)| contains(content, stays.as_bytes())), "{folder}");
    }
}

/// However a syntax spells a name, and whatever of it stands between its letters.
#[test]
fn a_name_in_strings_and_tags_and_escapes_is_withheld() {
    let json =
        r#"{"from":"\u6797\u6155\u5ddd","said":["Chlo\u00e9","B\u00e9noit"],"to":"Ann","text":"A quiet evening."}"#;
    let page = "<p title=\"Chlo&eacute; B&eacute;noit\">He asked</p><p>Chlo&eacute; <b>B&#233;noit</b></p><p>&#26519;&#x6155;&#24029;</p><p>A quiet evening.</p>";
    let mail = "Subject: x\nContent-Transfer-Encoding: quoted-printable\n\nit is Chlo=C3=A9 B=C3=\n=A9noit\nA quiet evening.\n";
    let object = |seed, text: &str, hint| Object::of_source(seed, text.as_bytes().to_vec(), hint, |_| Vec::new());
    let objects = BTreeMap::from([
        ("json", object(81, json, Hint::Spans(Syntax::Json))),
        ("page", object(82, page, Hint::Spans(Syntax::Html))),
        ("lines", object(83, mail, Hint::Lines)),
    ]);
    let case = Case::holding(80, objects);
    let items = [(1, "json", "json"), (2, "page", "html"), (3, "lines", "eml")];
    let items = items.map(|(number, name, ending)| case.item(number, name, Mode::Whole, ending)).into();
    let bundle = packed(&case.material(Some(case.log()), items));
    let mut how = narrowing(clerk(), Vec::new());
    how.asked.names = vec!["Chloé Bénoit".into(), "林慕川".into()];
    let (done, bytes) = try_narrow(&bundle, &how).unwrap();
    assert_eq!((done.narrowed, done.unread), (vec![1, 2, 3], vec![]));
    let all = Bundle::open(&bytes);
    for (number, more) in [(1, "Ann"), (2, "He asked"), (3, "quoted-printable")] {
        let leaves = String::from_utf8_lossy(&all.files[&format!("data/{number:03}/leaves")]).to_lowercase();
        for part in ["chlo", "noit", "6797", "26519", "6155", "title"] {
            assert!(!leaves.contains(part), "{number}: {part} in {leaves}");
        }
        assert!(leaves.contains("a quiet evening.") && leaves.contains(&more.to_lowercase()), "{number}: {leaves}");
    }
    let how = narrowing(clerk(), vec![at(1, Place::Lines(1, 1))]);
    let refused = try_narrow(&bundle, &how);
    assert!(matches!(refused, Err(NarrowError::Place { item: 1, .. })), "{refused:?}");
}

#[test]
fn a_name_in_what_is_printed_is_refused_in_whatever_form() {
    let (_, bundle) = texts("Letter of LIN MUCHUAN");
    let mut how = narrowing(clerk(), Vec::new());
    how.asked.names = vec!["林慕川".into()];
    let inside = |how: &Narrowing| match try_narrow(&bundle, how) {
        Err(NarrowError::Bundle(BundleError::NameInside { file, .. })) => file,
        other => panic!("{other:?}"),
    };
    assert_eq!(inside(&how), "title 1");
    how.asked.titles = BTreeMap::from([(1, "A letter".into())]);
    assert!(try_narrow(&bundle, &how).is_ok());
    how.asked.recipient = "Lin Muchuan's friend".into();
    assert_eq!(inside(&how), "recipient");
}

#[test]
fn a_transcript_that_is_left_out_still_tells_where_a_name_is_said() {
    let case = Case::new(40);
    let mut how = narrowing(clerk(), Vec::new());
    how.asked.words = vec!["请问是哪位".into()];
    how.asked.dropped = BTreeSet::from([2]);
    let (done, bytes) = try_narrow(&court(&case), &how).unwrap();
    assert_eq!(done.narrowed, [1]);
    let verdict = verify(&bytes, &Pins::default());
    assert_eq!(fact(&find(&verdict, "object", Some(1))[0], "withheld-at-ms"), Some("0-3000"));
}

#[test]
fn what_can_not_be_passed_on_is_refused_with_its_reason() {
    let case = Case::new(40);
    let court = court(&case);
    let refused = |how: &Narrowing| try_narrow(&court, how).map(|_| ()).unwrap_err();
    let mut broken = Bundle::open(&court);
    broken.file("data/004/text.txt")[0] ^= 1;
    let broken = broken.sign(&case.keys.disclosure);
    let how = narrowing(clerk(), vec![at(1, time(100, 200))]);
    assert!(matches!(try_narrow(&broken, &how), Err(NarrowError::Refused(v)) if v.failed()));
    assert!(matches!(try_narrow(&press(&case), &how), Err(NarrowError::Press)));
    assert!(matches!(refused(&narrowing(clerk(), vec![])), NarrowError::Nothing));
    let already = narrowing(clerk(), vec![at(1, time(1_300, 1_400))]);
    let mut already_only = narrowing(clerk(), already.asked.withhold.clone());
    already_only.asked.dropped = BTreeSet::from([2]);
    assert!(try_narrow(&court, &already_only).is_ok(), "something else is left out");
    assert!(matches!(refused(&narrowing(clerk(), vec![at(7, time(0, 1))])), NarrowError::NoItem { item: 7 }));
    assert!(matches!(
        refused(&narrowing(clerk(), vec![at(6, Place::Lines(1, 1))])),
        NarrowError::Indivisible { item: 6 }
    ));
    for (item, place) in [
        (1, time(9_000, 9_001)),
        (1, time(5, 5)),
        (1, Place::Lines(1, 1)),
        (2, Place::Passages(9, 9)),
        (2, time(90_000, 91_000)),
        (4, Place::Page { page: 1, rect: None, exact: false }),
        (5, Place::Row(9, None)),
        (5, Place::Lines(1, 1)),
    ] {
        let failed = refused(&narrowing(clerk(), vec![at(item, place.clone())]));
        assert!(matches!(failed, NarrowError::Place { item: i, .. } if i == item), "{place:?} {failed:?}");
    }
    let mut all = narrowing(clerk(), vec![]);
    all.asked.dropped = (1..=6).collect();
    assert!(matches!(refused(&all), NarrowError::Everything));
    // A word that stays somewhere where it can't be withheld: in a title, in a letter that is whole.
    let mut stays = narrowing(clerk(), vec![]);
    stays.asked.words = vec!["troubles".into()];
    let failed = refused(&stays);
    assert!(failed.to_string().contains("data/006/original.pdf"), "{failed}");
    stays.asked.words = vec!["Item 4".into(), "watched".into()];
    assert!(refused(&stays).to_string().contains("title 4"));
    stays.asked.titles = BTreeMap::from([(4, "Letter".into())]);
    assert!(try_narrow(&court, &stays).is_ok());
    stays.asked.words = vec!["abc".into()];
    assert!(matches!(refused(&stays), NarrowError::Word));
    stays.asked.words.clear();
    stays.asked.reason = "Because".into();
    assert!(matches!(refused(&stays), NarrowError::Reason));
    let mut untold = narrowing(clerk(), vec![at(1, time(100, 200))]);
    for place in [0, 2] {
        untold.asked.untold = BTreeSet::from([1, place]);
        assert!(matches!(refused(&untold), NarrowError::NoDiscloser { place: p } if p == place));
    }
    let mut long = narrowing(clerk(), vec![at(1, time(100, 200))]);
    for name in [String::new(), "x".repeat(257)] {
        long.asked.name = Some(name);
        assert!(matches!(refused(&long), NarrowError::Printed { what: "name", most: 256 }));
    }
}

#[test]
fn a_passage_that_stands_elsewhere_is_told() {
    let case = Case::new(40);
    let items = vec![case.item(1, "mail", Mode::Release, "txt"), case.item(2, "mail", Mode::Release, "txt")];
    let bundle = pack(&case.material(Some(case.log()), items), Vec::new()).unwrap().1;
    let (done, _) = try_narrow(&bundle, &narrowing(clerk(), vec![at(2, Place::Lines(2, 2))])).unwrap();
    assert_eq!(done.elsewhere, ["data/001/leaves", "data/001/text.txt"]);
    let (done, _) =
        try_narrow(&bundle, &narrowing(clerk(), [1, 2].map(|n| at(n, Place::Lines(2, 2))).to_vec())).unwrap();
    assert_eq!(done.elsewhere, [""; 0]);
}

#[test]
fn an_earlier_purpose_that_names_what_is_withheld_is_not_told_on() {
    let case = Case::new(40);
    let mut how = narrowing(clerk(), vec![]);
    how.asked.words = vec!["extradition".into(), "watched".into()];
    let bytes = narrowed(&court(&case), &how);
    let verdict = verify(&bytes, &Pins::default());
    let who = find(&verdict, "discloser", None);
    assert_eq!((who[0].0, fact(&who[0], "texts-withheld")), (Status::Proven, Some("purpose")));
    assert!(!contains(&bytes, b"extradition"));
}

#[test]
fn time_and_log_go_along() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/time");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        if !name.ends_with(".zip") || verify(&bytes, &Pins::default()).failed() {
            continue;
        }
        let mut how = narrowing(clerk(), vec![]);
        how.asked.dropped = BTreeSet::from([2]);
        let (before, after) = (verify(&bytes, &Pins::default()), verify(&narrowed(&bytes, &how), &Pins::default()));
        let facts = |verdict: &Verdict| {
            let time = find(verdict, "time", None).remove(0);
            let kept = time.1.iter().filter(|(n, _)| *n != "covers").map(|(n, v)| (*n, (*v).to_owned()));
            (time.0, kept.collect::<Vec<_>>())
        };
        assert_eq!(facts(&before), facts(&after), "{name}");
        seen += 1;
    }
    assert!(seen > 0);
}

/// A place in an item, by the profile of its object.
fn some_place(profile: &str, duration: Option<&str>) -> Option<Place> {
    match (profile.split(['-', ';']).next().unwrap(), duration) {
        (_, Some(ms)) => Some(time(0, ms.parse::<u64>().unwrap() / 2)),
        ("csv", _) => Some(Place::Row(1, None)),
        ("lines", _) => Some(Place::Lines(1, 1)),
        ("tiles", _) => Some(Place::Page { page: 1, rect: None, exact: false }),
        ("release", _) => Some(Place::Passages(1, 1)),
        _ => None,
    }
}

/// The second verifier's bundle of every profile, in part and whole, with an act of another lane: narrowed, and judged by both.
#[test]
fn every_profile_is_passed_on() {
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "python3 is needed");
        return println!("skipped: python3 is not installed");
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("every.zip"), folder.path().join("narrowed.zip"));
    let made =
        std::process::Command::new("python3").arg(root.join("script/every-profile")).arg(&from).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let bytes = std::fs::read(&from).unwrap();
    let before = verify(&bytes, &Pins::default());
    let mut places = Vec::new();
    for object in before.with_id("object") {
        let fact = |name| object.facts.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
        places.extend(
            some_place(fact("profile").unwrap(), fact("duration-ms")).map(|place| at(object.item.unwrap(), place)),
        );
    }
    assert!(places.len() > 30, "{}", places.len());
    let asked: BTreeSet<u64> = places.iter().map(|p| p.item).collect();
    let (done, bytes) = try_narrow(&bytes, &narrowing(clerk(), places)).unwrap();
    let verdict = verify(&bytes, &Pins::default());
    assert_eq!(failed_ids(&verdict), [], "{verdict:#?}");
    for item in &done.narrowed {
        assert!(asked.contains(item));
        let by = find(&verdict, "withheld-by", Some(*item));
        assert!(fact(&by[0], "by").is_some_and(|by| !by.is_empty()), "{item}");
    }
    assert_eq!(done.narrowed, Vec::from_iter(asked), "each that was asked for");
    assert!(verdict.with_id("logged").any(|f| f.facts.iter().any(|(n, _)| *n == "lane")), "an act of another lane");
    std::fs::write(&to, &bytes).unwrap();
    let script = root.join("verifiers/python/verify.py");
    let judged = std::process::Command::new("python3").arg(script).arg("--json").arg(&to).output().unwrap();
    let theirs: serde_json::Value = serde_json::from_slice(&judged.stdout).unwrap();
    let ours = expected(&verdict);
    let (theirs, ours) = (theirs.as_array().unwrap(), ours.as_array().unwrap());
    assert_eq!(theirs.len(), ours.len());
    let empty = serde_json::json!({});
    for (theirs, ours) in theirs.iter().zip(ours) {
        assert_eq!(theirs["id"], ours["id"]);
        assert_eq!(theirs["item"], *ours.get("item").unwrap_or(&serde_json::Value::Null));
        assert_eq!(theirs["status"], ours["status"], "{theirs} {ours}");
        assert_eq!(theirs["facts"], *ours.get("facts").unwrap_or(&empty), "{theirs} {ours}");
    }
}

#[test]
fn every_byte_of_a_narrowed_bundle_counts() {
    let case = Case::new(40);
    let bytes = twice(&case);
    let mut rng = crate::common::Rng(7);
    for round in 0..400 {
        let mut other = bytes.clone();
        rng.damage(&mut other);
        if other != bytes {
            assert!(verify(&other, &Pins::default()).failed(), "{round}");
        }
    }
}

#[test]
fn the_page_says_who_passed_it_on() {
    let case = Case::new(40);
    let bundle = Bundle::open(&twice(&case));
    for name in bag::READMES {
        let page = String::from_utf8(bundle.files[name].clone()).unwrap();
        assert!(
            !page.contains("[readme") && !page.contains("[reason") && page.contains("Registry of the court"),
            "{name}"
        );
        let digits = hex(&clerk());
        assert!(page.replace(['\u{a0}', '\n', ' '], "").contains(&digits), "{name}");
    }
    assert!(!String::from_utf8(bundle.files["bag-info.txt"].clone()).unwrap().contains("Casemate-Discloser"));
}

fn expected(verdict: &Verdict) -> serde_json::Value {
    let findings = serde_json::to_value(&verdict.findings).unwrap();
    let mut findings = findings.as_array().unwrap().clone();
    for finding in &mut findings {
        // The words of a cause are free.
        if let Some(facts) = finding.get_mut("facts").and_then(serde_json::Value::as_object_mut) {
            facts.remove("cause");
        }
    }
    findings.into()
}

#[test]
#[ignore = "writes the vectors; run it after a new version of the format, by name"]
fn write_vectors() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/narrow");
    let golden = std::fs::read(folder.join("../bundle/court.zip")).unwrap();
    let case = Case::new(40);
    let mut all = forged(&case);
    all.push(("accept-once", once(&case)));
    all.push(("accept-twice", twice(&case)));
    all.push(("accept-first-without-statement", narrowed(&golden, &narrowing(clerk(), vec![at(1, time(100, 200))]))));
    for (name, bytes) in all {
        // Of those that are refused it says nothing more whose key is expected.
        let keys = [None, Some(&case.keys.owner), Some(&clerk()), Some(&desk())].map(|key| key.map(hex));
        let keys = if name.starts_with("reject") { &keys[..1] } else { &keys[..] };
        let cases = keys.iter().map(|key| {
            let signers: Vec<String> = key.iter().cloned().collect();
            let verdict = verify(&bytes, &Pins { signers: signers.clone(), ..Pins::default() });
            let findings = expected(&verdict);
            let lines: Vec<String> = findings.as_array().unwrap().iter().map(|f| format!("  {f}")).collect();
            format!("{{\"signers\": {}, \"findings\": [\n{}\n]}}", serde_json::json!(signers), lines.join(",\n"))
        });
        let text = format!("[{}]\n", cases.collect::<Vec<_>>().join(",\n"));
        std::fs::write(folder.join(format!("{name}.expected.json")), text).unwrap();
        std::fs::write(folder.join(format!("{name}.zip")), bytes).unwrap();
    }
}
