//! Tokens of time in a bundle: a real authority (`openssl ts`) stamps a checkpoint, the bundle carries the token, the verifier says what it proves.

use crate::common::{Bundle, Case, failed_ids, press, verify};
use crate::shop::Shop;
use crate::stamps::{ageing, bundle, stamp, stamp_by, stamped_in_turn};
use casemate_bundle::material::StampMaterial;
use casemate_stamp::{TokenDer, stamped_data};
use casemate_verify::{Finding, Pins, Status, words};
use casemate_words::Language;

fn root() -> Pins {
    Pins { roots: vec![Shop::usual().der("root")], ..Pins::default() }
}

fn time(bytes: &[u8], pins: &Pins) -> Finding {
    let verdict = verify(bytes, pins);
    let found: Vec<Finding> = verdict.with_id("time").filter(|finding| finding.item.is_none()).cloned().collect();
    assert_eq!(found.len(), 1);
    found[0].clone()
}

/// Of each item whether its time is proven.
fn of_items(bytes: &[u8], pins: &Pins) -> Vec<(u64, Status)> {
    let verdict = verify(bytes, pins);
    verdict.with_id("time").filter_map(|finding| Some((finding.item?, finding.status))).collect()
}

fn fact<'a>(finding: &'a Finding, name: &str) -> Option<&'a str> {
    finding.facts.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str())
}

#[test]
fn a_token_under_a_given_root_proves_the_time_of_every_item() {
    let case = Case::new(40);
    let bytes = bundle(&case, vec![stamp(&case, case.size())]);
    let verdict = verify(&bytes, &root());
    assert_eq!(failed_ids(&verdict), []);
    let finding = time(&bytes, &root());
    assert_eq!(finding.status, Status::Proven);
    assert_eq!(fact(&finding, "authority"), Some("CN=p256, O=Invented Time"));
    assert_eq!(fact(&finding, "covers"), Some("2/2"));
    assert_eq!(of_items(&bytes, &root()), [(1, Status::Proven), (2, Status::Proven)]);
    assert_eq!((fact(&finding, "trust"), fact(&finding, "revocation")), (Some("pinned"), Some("not-checked")));
    assert_eq!(fact(&finding, "accuracy"), Some("1.5001 s"));
    for language in [Language::En, Language::Fr, Language::ZhHans] {
        let line = words::sentence(language, &finding);
        assert!(line.contains(fact(&finding, "time").unwrap()) && line.contains("p256"), "{line}");
    }
}

#[test]
fn without_a_root_trust_is_not_checked_and_said_so() {
    let case = Case::new(40);
    let bytes = bundle(&case, vec![stamp(&case, case.size())]);
    let stranger = Shop::new();
    stranger.issue("root", crate::shop::Kind::P256, None, crate::shop::ROOT);
    for pins in [Pins::default(), Pins { roots: vec![stranger.der("root")], ..Pins::default() }] {
        let finding = time(&bytes, &pins);
        assert_eq!(finding.status, Status::NotChecked);
        assert_eq!(fact(&finding, "trust"), Some("not-checked"));
        assert_eq!(words::said_as(&finding), "time-unpinned", "an authority does attest it");
        assert_eq!(of_items(&bytes, &pins), []);
        assert!(words::sentence(Language::En, &finding).contains("trust NOT CHECKED"));
        assert!(words::advice(Language::En, &finding).unwrap().contains("--tsa-root"));
        assert!(!verify(&bytes, &pins).failed());
    }
}

#[test]
fn another_root_of_the_same_name_fails_nothing() {
    // Without key identifiers, so that only the signature tells them apart.
    let none = "subjectKeyIdentifier=none\nauthorityKeyIdentifier=none\n";
    let (mine, other) = (Shop::new(), Shop::new());
    for shop in [&mine, &other] {
        shop.issue("root", crate::shop::Kind::P256, None, &format!("basicConstraints=critical,CA:TRUE\n{none}"));
    }
    let usage = format!("extendedKeyUsage=critical,timeStamping\n{none}");
    mine.issue("first", crate::shop::Kind::P256, Some("root"), &usage);
    let (case, stamps) = stamped_in_turn(&mine, &[("first", crate::shop::MADE)]);
    let bytes = bundle(&case, stamps);
    let under = |shop: &Shop| time(&bytes, &Pins { roots: vec![shop.der("root")], ..Pins::default() });
    assert_eq!(under(&mine).status, Status::Proven);
    assert_eq!((under(&other).status, fact(&under(&other), "trust")), (Status::NotChecked, Some("not-checked")));
}

#[test]
fn a_checkpoint_before_an_item_does_not_prove_its_time() {
    let case = Case::new(40);
    let index = |number: u64| {
        let verdict = verify(&bundle(&case, vec![]), &Pins::default());
        let finding = verdict.with_id("logged").find(|finding| finding.item == Some(number)).unwrap();
        fact(finding, "index").unwrap().parse::<u64>().unwrap()
    };
    let last = index(1).max(index(2));
    let (late, early) = if index(1) == last { (1, 2) } else { (2, 1) };
    let bytes = bundle(&case, vec![stamp(&case, last)]);
    let finding = time(&bytes, &root());
    assert_eq!((finding.status, fact(&finding, "covers")), (Status::Proven, Some("1/2")));
    let mut expected = [(early, Status::Proven), (late, Status::NotChecked)];
    expected.sort_unstable_by_key(|(item, _)| *item);
    assert_eq!(of_items(&bytes, &root()), expected);
    let finding = time(&bundle(&case, vec![stamp(&case, last + 1)]), &root());
    assert_eq!((finding.status, fact(&finding, "covers")), (Status::Proven, Some("2/2")));
    // Of two tokens the one that covers more speaks.
    let both = bundle(&case, vec![stamp(&case, last), stamp(&case, case.size())]);
    assert_eq!(fact(&time(&both, &root()), "covers"), Some("2/2"));
    assert_eq!(of_items(&both, &root()), [(1, Status::Proven), (2, Status::Proven)]);
}

#[test]
fn a_bundle_without_a_token_says_that_times_are_self_asserted() {
    let case = Case::new(40);
    let finding = time(&bundle(&case, vec![]), &root());
    assert_eq!((finding.status, finding.facts.len()), (Status::NotChecked, 0));
    assert!(words::sentence(Language::En, &finding).contains("self-asserted"));
}

/// The page of a bundle, its lines joined.
fn page(bytes: &[u8], name: &str) -> String {
    let page = String::from_utf8(Bundle::open(bytes).files[name].clone()).unwrap();
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_for_a_reader_says_what_stands_behind_the_times() {
    let case = Case::new(40);
    let one = stamp(&case, case.size());
    let (without, with) = (bundle(&case, vec![]), bundle(&case, vec![one.clone()]));
    let two = bundle(&case, vec![stamp(&case, case.size() - 1), one]);
    for (name, none, some) in [
        ("README.en.txt", "Without a timestamp", "carries a timestamp of an independent authority"),
        ("README.fr.txt", "En l'absence d'horodatage", "contient un horodatage d'une autorité indépendante"),
    ] {
        assert!(page(&without, name).contains(none) && !page(&without, name).contains("--tsa-root"), "{name}");
        assert!(page(&with, name).contains(some) && page(&with, name).contains("--tsa-root FILE"), "{name}");
        assert!(!page(&with, name).contains(none), "{name}");
    }
    assert!(page(&with, "README.zh-Hans.txt").contains("--tsa-root"));
    assert!(!page(&without, "README.zh-Hans.txt").contains("--tsa-root"));
    assert!(page(&two, "README.en.txt").contains("carries 2 timestamps"));
    let day = "The day and hour of any recording, document or seal: self-asserted";
    assert!(page(&without, "README.en.txt").contains(day) && !page(&with, "README.en.txt").contains(day));
}

/// What the sender, who holds the key, can change of a token: the cause of the failure.
fn changed(case: &Case, change: impl FnOnce(&mut Bundle)) -> Finding {
    let mut bundle = Bundle::open(&bundle(case, vec![stamp(case, case.size())]));
    change(&mut bundle);
    time(&bundle.sign(&case.keys.disclosure), &root())
}

#[test]
fn a_token_that_does_not_hold_fails_whoever_signed_the_bundle() {
    let (case, other) = (Case::new(40), Case::new(41));
    let cause = |finding: &Finding| {
        assert_eq!(finding.status, Status::Failed, "{finding:?}");
        fact(finding, "cause").unwrap().to_owned()
    };
    let salt = changed(&case, |b| b.file("proof/time/01.salt")[0] ^= 1);
    assert_eq!(cause(&salt), "the stamp is for other data");
    let short = changed(&case, |b| b.file("proof/time/01.salt").truncate(31));
    assert!(cause(&short).contains("salt"));
    // An earlier checkpoint of the same lane: validly signed, not the one that was stamped.
    let (note, consistency) = case.earlier(case.size() - 1);
    let proof = casemate_verify::check::encode_consistency(&consistency).unwrap();
    let note_alone = changed(&case, |b| *b.file("proof/time/01.note") = note.clone().into_bytes());
    assert!(cause(&note_alone).contains("checkpoint"));
    let both = changed(&case, |b| {
        *b.file("proof/time/01.note") = note.into_bytes();
        *b.file("proof/time/01.proof") = proof;
    });
    assert_eq!(cause(&both), "the stamp is for other data");
    // The checkpoint of another lane, truly stamped.
    let foreign = stamp(&other, other.size());
    let foreign = changed(&case, |b| {
        *b.file("proof/time/01.note") = foreign.note.clone().into_bytes();
        *b.file("proof/time/01.tsr") = TokenDer::read(&foreign.kept.token).unwrap().to_response();
    });
    assert!(cause(&foreign).contains("note"), "{foreign:?}");
    // A token with something beside it that no signature covers.
    let loose = changed(&case, |b| {
        let answer = b.file("proof/time/01.tsr");
        let at = answer.windows(5).position(|window| window == [0x30, 3, 2, 1, 0]).unwrap();
        answer[at + 4] = 1;
    });
    assert!(cause(&loose).contains("token's file"));
    let flipped = changed(&case, |b| *b.file("proof/time/01.tsr").last_mut().unwrap() ^= 1);
    assert!(cause(&flipped).contains("signature"));
    let list = changed(&case, |b| drop(b.files.insert("proof/time/01.crl".into(), b"no list".to_vec())));
    assert!(cause(&list).contains("PEM"));
}

#[test]
fn a_token_that_a_later_one_covers_is_good_as_long_as_that() {
    let shop = ageing();
    let pins = Pins { roots: vec![shop.der("root")], ..Pins::default() };
    let until = |case: &Case, stamps: Vec<StampMaterial>| {
        let finding = time(&bundle(case, stamps), &pins);
        assert_eq!((finding.status, fact(&finding, "authority")), (Status::Proven, Some("CN=first")));
        assert_eq!(fact(&finding, "valid-until"), Some("2025-01-01T00:00:00Z"));
        fact(&finding, "renewed-until").map(str::to_owned)
    };
    let renewed = Some("2045-01-01T00:00:00Z".to_owned());
    let (case, stamps) = stamped_in_turn(&shop, &[("first", crate::shop::MADE), ("second", "20241231000000Z")]);
    assert_eq!(until(&case, stamps.clone()), renewed);
    let line = words::sentence(Language::En, &time(&bundle(&case, stamps.clone()), &pins));
    assert!(line.contains("renewed by later tokens until"), "{line}");
    // Alone, or without the act that records it, it ends when its certificate does.
    assert_eq!(until(&case, stamps[..1].to_vec()), None);
    let mut unlogged = stamps;
    unlogged[0].logged = None;
    assert_eq!(until(&case, unlogged), None);
    let (case, late) = stamped_in_turn(&shop, &[("first", crate::shop::MADE), ("second", "20250101000001Z")]);
    assert_eq!(until(&case, late), None);
}

#[test]
fn the_act_that_records_a_token_must_be_of_that_token() {
    let shop = ageing();
    let pins = Pins { roots: vec![shop.der("root")], ..Pins::default() };
    let (case, stamps) = stamped_in_turn(&shop, &[("first", crate::shop::MADE), ("second", "20241231000000Z")]);
    let cause = |change: &dyn Fn(&mut Bundle)| {
        let mut bundle = Bundle::open(&bundle(&case, stamps.clone()));
        change(&mut bundle);
        let finding = time(&bundle.sign(&case.keys.disclosure), &pins);
        assert_eq!((finding.status, fact(&finding, "stamp")), (Status::Failed, Some("1")));
        fact(&finding, "cause").unwrap().to_owned()
    };
    let moved = |b: &mut Bundle, from: &str, endings: &[&str]| {
        for ending in endings {
            *b.file(&format!("proof/time/01.{ending}")) = b.files[&format!("proof/{from}.{ending}")].clone();
        }
    };
    assert!(cause(&|b| moved(b, "time/02", &["act", "leaves", "tlog"])).contains("another salt"));
    assert!(cause(&|b| moved(b, "census", &["act", "leaves", "tlog"])).contains("kind census"));
    cause(&|b| moved(b, "time/02", &["tlog"]));
    cause(&|b| b.file("proof/time/01.leaves").truncate(40));
    cause(&|b| drop(b.files.remove("proof/time/01.tlog")));
    let pem = casemate_stamp::pem::of_certificates(&[shop.der("root")]);
    let beside = |b: &mut Bundle| drop(b.files.insert("proof/time/01.crt".into(), pem.clone().into_bytes()));
    assert!(cause(&beside).contains("list of certificates"));
}

#[test]
fn files_of_tokens_that_belong_to_none_are_refused() {
    let case = Case::new(40);
    let failed = |change: &dyn Fn(&mut Bundle)| {
        let mut bundle = Bundle::open(&bundle(&case, vec![stamp(&case, case.size())]));
        change(&mut bundle);
        failed_ids(&verify(&bundle.sign(&case.keys.disclosure), &root()))
    };
    let refused = |change: &dyn Fn(&mut Bundle)| assert_eq!(failed(change), [("manifest", None)]);
    // A token of which a part is missing does not stand either.
    assert_eq!(failed(&|b| drop(b.files.remove("proof/time/01.salt"))), [("manifest", None), ("time", None)]);
    refused(&|b| drop(b.files.remove("proof/time/01.note")));
    refused(&|b| drop(b.files.insert("proof/time/03.note".into(), vec![1])));
    refused(&|b| drop(b.files.insert("proof/time/01.txt".into(), vec![1])));
    let mut press = Bundle::open(&press(&case));
    press.files.insert("proof/time/01.note".into(), vec![1]);
    assert_eq!(failed_ids(&verify(&press.sign(&case.keys.disclosure), &root())), [("manifest", None)]);
}

#[test]
fn stock_openssl_verifies_the_token_of_a_bundle() {
    let case = Case::new(40);
    let shop = Shop::usual();
    let stamps = ["rsa", "p256", "p384"].map(|signer| stamp_by(&case, case.size(), signer));
    let bundle = Bundle::open(&bundle(&case, stamps.to_vec()));
    let file = |number: usize, ending: &str| bundle.files[&format!("proof/time/{number:02}.{ending}")].clone();
    for number in 1..=3 {
        let (data, answer) = (format!("bundle-{number}.data"), format!("bundle-{number}.tsr"));
        let usual = ["ts", "-verify", "-data", &data, "-in", &answer, "-CAfile", "root.pem"];
        shop.write(&answer, &file(number, "tsr"));
        let salt = file(number, "salt").try_into().unwrap();
        shop.write(&data, &stamped_data(&salt, &file(number, "note")));
        let (well, said) = shop.tried(&usual);
        assert!(well, "{number}: {said}");
        // And refuses it for other data.
        shop.write(&data, &stamped_data(&[0; 32], &file(number, "note")));
        assert!(!shop.tried(&usual).0, "{number}");
    }
}
