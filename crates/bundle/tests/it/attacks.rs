//! Whoever holds a bundle, or even the discloser's own key, tries to make it say something else.

use crate::common::{Bundle, Case, Rng, court, failed_ids, pinned, press, verify};
use casemate_proof::disclosure::write_payload;
use casemate_proof::{Disclosure, ObjectRoot, SecretKey, TlogProof};
use casemate_verify::statement::{File, Mode, Role, Statement};
use casemate_verify::{Pins, Status, Verdict};

fn foreign() -> SecretKey {
    SecretKey::from_seed(&[0xf0; 32])
}

fn has(verdict: &Verdict, id: &str, status: Status) -> bool {
    verdict.with_id(id).any(|f| f.status == status)
}

/// Runs `each` for 0..n on as many threads as there are cores.
fn spread(n: u64, each: impl Fn(u64) + Sync) {
    let threads = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    std::thread::scope(|scope| {
        for first in 0..threads {
            let each = &each;
            scope.spawn(move || (first..n).step_by(threads as usize).for_each(each));
        }
    });
}

#[test]
fn each_of_10_000_flips_insertions_and_cuts_is_refused() {
    let bytes = court(&Case::new(40));
    assert!(bytes.len() <= 80_000, "{}", bytes.len());
    spread(10_000, |n| {
        let mut damaged = bytes.clone();
        Rng(n).damage(&mut damaged);
        let verdict = verify(&damaged, &Pins::default());
        assert!(damaged == bytes || verdict.failed(), "seed {n}");
    });
}

#[test]
fn a_bundle_cut_off_anywhere_is_refused() {
    let bytes = court(&Case::new(40));
    let mut rng = Rng(5);
    for _ in 0..500 {
        let len = rng.below(bytes.len());
        assert!(verify(&bytes[..len], &Pins::default()).failed(), "{len}");
    }
    assert!(verify(&[bytes.as_slice(), &bytes].concat(), &Pins::default()).failed());
}

/// Changes one thing in the files; the statement keeps its form where it can.
fn mutate(bundle: &mut Bundle, rng: &mut Rng) -> String {
    let paths: Vec<String> = bundle.files.keys().filter(|p| !is_redone(p)).cloned().collect();
    let path = paths[rng.below(paths.len())].clone();
    let other = paths[rng.below(paths.len())].clone();
    match rng.below(8) {
        0 if path != other && bundle.files[&path] != bundle.files[&other] => {
            bundle.swap(&path, &other);
            format!("swap {path} {other}")
        }
        1 => {
            bundle.files.remove(&path);
            format!("remove {path}")
        }
        2 => {
            let content = bundle.files[&path].clone();
            bundle.files.insert(format!("{path}.more"), content);
            format!("copy {path}")
        }
        3 | 4 => {
            let mut statement = bundle.statement();
            let what = mutate_statement(&mut statement, rng);
            *bundle.file("disclosure.cbor") = statement.encode().unwrap();
            what.to_owned()
        }
        _ => {
            let mut content = bundle.files[&path].clone();
            if content.is_empty() {
                content.push(0);
            } else {
                rng.damage(&mut content);
            }
            bundle.files.insert(path.clone(), content);
            format!("damage {path}")
        }
    }
}

/// What every signer makes again.
fn is_redone(path: &str) -> bool {
    ["manifest-sha256.txt", "tagmanifest-sha256.txt", "disclosure.sig"].contains(&path)
}

fn mutate_statement(statement: &mut Statement, rng: &mut Rng) -> &'static str {
    let n = rng.below(statement.items.len());
    let other = statement.items[rng.below(statement.items.len())].clone();
    let item = &mut statement.items[n];
    match rng.below(9) {
        0 => {
            item.title.push('!');
            "title"
        }
        1 => {
            statement.purpose.push('!');
            "purpose"
        }
        2 => {
            statement.date = "2019-03-01T09:00:00Z".into();
            "date"
        }
        3 => {
            item.root = Some(ObjectRoot([rng.next() as u8; 32]));
            "another root"
        }
        4 => {
            item.files = other.files;
            "another item's files"
        }
        5 => {
            item.mode = if item.mode == Mode::Whole { Mode::Partial } else { Mode::Whole };
            "another mode"
        }
        6 => {
            item.reasons = vec![("privilege".into(), 1)];
            "reasons"
        }
        7 => {
            statement.items.remove(n);
            "an item left out"
        }
        _ => {
            statement.aliases = vec!["C".into()];
            "aliases"
        }
    }
}

/// What a discloser may say as they like, under their own key.
const FREE: [&str; 5] = ["title", "purpose", "date", "reasons", "aliases"];

#[test]
fn a_thousand_mutations_signed_again_by_a_stranger_are_never_proven() {
    let case = Case::new(40);
    let whole = Bundle::open(&court(&case));
    let stranger = foreign();
    spread(1000, |n| {
        let mut bundle = whole.clone();
        let what = mutate(&mut bundle, &mut Rng(n));
        if let Ok(mut statement) = Statement::decode(&bundle.files.get("disclosure.cbor").cloned().unwrap_or_default())
        {
            statement.key = stranger.public();
            *bundle.file("disclosure.cbor") = statement.encode().unwrap();
        }
        let bytes = bundle.sign(&stranger);
        let open = verify(&bytes, &Pins::default());
        assert!(open.failed(), "{n} {what}");
        let grant = has(&open, "owner-grant", Status::Failed);
        let unread = has(&open, "manifest", Status::Failed) || has(&open, "signature", Status::Failed);
        assert!(grant || unread, "{n} {what}: {:?}", failed_ids(&open));
        for pins in [pinned(&case.keys.disclosure), pinned(&case.keys.owner)] {
            let held = verify(&bytes, &pins);
            assert!(held.failed() && !has(&held, "signer-pinned", Status::Proven), "{n} {what}");
            let read = has(&held, "signature", Status::Proven);
            assert!(!read || has(&held, "signer-pinned", Status::Failed), "{n} {what}");
        }
    });
}

/// The discloser holds the true key: still only what is theirs to say can change.
#[test]
fn even_the_discloser_changes_nothing_but_what_is_theirs_to_say() {
    let case = Case::new(40);
    let whole = Bundle::open(&court(&case));
    spread(1000, |n| {
        let mut bundle = whole.clone();
        let what = mutate(&mut bundle, &mut Rng(n + 5000));
        let verdict = verify(&bundle.clone().sign(&case.keys.disclosure), &pinned(&case.keys.owner));
        // The pages and the bag's description are the discloser's own words.
        let words = |path: &str| path.starts_with("README.") || path == "bag-info.txt";
        let mut parts = what.split(' ').skip(1);
        let own = matches!(what.split(' ').next(), Some("damage" | "swap")) && parts.all(words);
        let theirs = own || FREE.contains(&what.as_str()) || bundle.files == whole.files;
        assert!(theirs || verdict.failed(), "{n} {what}");
        assert!(!own || !verdict.failed(), "{n} {what}: {:?}", failed_ids(&verdict));
    });
}

/// A change of the files, signed by the true discloser; answers what failed.
fn attack(change: impl FnOnce(&mut Bundle)) -> Vec<(&'static str, Option<u64>)> {
    let case = Case::new(40);
    let mut bundle = Bundle::open(&court(&case));
    change(&mut bundle);
    failed_ids(&verify(&bundle.sign(&case.keys.disclosure), &Pins::default()))
}

#[test]
fn without_a_change_the_attackers_tools_make_the_same_bundle() {
    let case = Case::new(40);
    let bytes = court(&case);
    assert_eq!(Bundle::open(&bytes).sign(&case.keys.disclosure), bytes);
}

#[test]
fn leaves_of_another_exhibit_are_refused() {
    assert_eq!(attack(|b| b.swap("data/001/leaves", "data/003/leaves")), [("object", Some(1)), ("object", Some(3))]);
    let failed = attack(|b| {
        b.swap("proof/001.object", "proof/003.object");
        b.swap("data/001/leaves", "data/003/leaves");
        b.swap("data/001/recording.wav", "data/003/recording.amr");
    });
    assert_eq!(failed, [("object", Some(1)), ("object", Some(3))], "a whole object in another's place");
}

#[test]
fn acts_of_another_item_are_refused() {
    let failed = attack(|b| {
        for ending in ["act", "leaves", "tlog"] {
            b.swap(&format!("proof/001.{ending}"), &format!("proof/003.{ending}"));
        }
    });
    assert_eq!(failed, [("logged", Some(1)), ("logged", Some(3))]);
    assert_eq!(attack(|b| b.swap("proof/001.act", "proof/003.act")), [("logged", Some(1)), ("logged", Some(3))]);
    assert_eq!(attack(|b| b.swap("proof/001.census", "proof/003.census")), [("census", Some(1)), ("census", Some(3))]);
    assert_eq!(attack(|b| b.swap("proof/001.tlog", "proof/lane.tlog")), [("owner-grant", None), ("logged", Some(1))]);
}

#[test]
fn a_mask_that_does_not_fit_is_refused() {
    for change in [
        |d: &mut Disclosure| d.tokens.swap(0, 1),
        |d: &mut Disclosure| drop(d.tokens.pop()),
        |d: &mut Disclosure| d.tokens.push(d.tokens[0].clone()),
    ] {
        let failed = attack(|b| {
            let mut disclosure = Disclosure::decode(&b.files["proof/001.object"]).unwrap();
            change(&mut disclosure);
            *b.file("proof/001.object") = disclosure.encode();
        });
        assert_eq!(failed, [("object", Some(1))]);
    }
    let failed = attack(|b| {
        let mut disclosure = Disclosure::decode(&b.files["proof/001.object"]).unwrap();
        let mut runs = disclosure.mask.runs().to_vec();
        runs[1] += 1;
        runs[2] -= 1;
        disclosure.mask = casemate_proof::Mask::from_runs(runs).unwrap();
        *b.file("proof/001.object") = disclosure.encode();
    });
    assert_eq!(failed, [("object", Some(1))], "one leaf more said to be hidden");
}

#[test]
fn surplus_and_doubled_leaves_are_refused() {
    assert_eq!(attack(|b| b.file("data/001/leaves").push(0)), [("object", Some(1))]);
    let failed = attack(|b| {
        let mut more = Vec::new();
        write_payload(&mut more, 1, b"forged");
        b.file("data/002/leaves").extend(more);
    });
    assert_eq!(failed, [("object", Some(2))]);
    assert_eq!(attack(|b| b.file("data/005/leaves").truncate(20)), [("object", Some(5))]);
}

#[test]
fn forged_sound_in_a_withheld_place_is_refused() {
    let case = Case::new(40);
    let withheld = case.objects["recording"].leaves[60].1.clone();
    // The second that is withheld, in the playable copy: header 44 bytes, 4000 bytes a second.
    let failed = attack(|b| b.file("data/001/recording.wav")[44 + 4000..44 + 4080].copy_from_slice(&withheld));
    assert_eq!(failed, [("rendering", Some(1))]);
    assert_eq!(attack(|b| b.file("data/003/recording.amr").extend([0x04; 13])), [("rendering", Some(3))]);
    assert_eq!(attack(|b| b.file("data/003/recording.amr").truncate(1000)), [("rendering", Some(3))]);
    assert_eq!(attack(|b| b.file("data/001/recording.wav").extend(b"LIST")), [("rendering", Some(1))]);
}

#[test]
fn a_text_that_says_more_than_its_leaves_is_refused() {
    let forge = |path: &str, from: &str, to: &str| {
        attack(|b| {
            let text = String::from_utf8(b.files[path].clone()).unwrap();
            assert!(text.contains(from), "{text}");
            *b.file(path) = text.replacen(from, to, 1).into_bytes();
        })
    };
    assert_eq!(forge("data/002/text.txt", "[B]", "[林慕川]"), [("rendering", Some(2))]);
    assert_eq!(forge("data/002/transcript.vtt", "[B]", "[C]"), [("rendering", Some(2))]);
    assert_eq!(forge("data/004/text.txt", "watched", "empty"), [("rendering", Some(4))]);
    assert_eq!(attack(|b| b.file("data/004/text.txt").extend(b"P.S. forged\n")), [("rendering", Some(4))]);
    assert_eq!(attack(|b| b.file("data/006/original.pdf").extend(b"forged")), [("object", Some(6))]);
}

#[test]
fn files_that_nothing_checks_are_refused() {
    for path in ["data/001/extra.txt", "proof/007.object", "proof/notes", "data/009/a", "NOTICE.txt"] {
        let failed = attack(|b| drop(b.files.insert(path.into(), b"forged".to_vec())));
        assert_eq!(failed, [("manifest", None)], "{path}");
    }
    assert_eq!(attack(|b| drop(b.files.remove("README.fr.txt"))), [("manifest", None)]);
    let second_text = attack(|b| {
        b.files.insert("data/002/more.txt".into(), b"forged".to_vec());
        b.state(|s| s.items[1].files.push(File { path: "data/002/more.txt".into(), role: Role::Text }));
    });
    assert_eq!(second_text, [("signature", None)], "a second file of a role");
    let original = attack(|b| {
        b.files.insert("data/001/original.wav".into(), b"forged".to_vec());
        b.state(|s| s.items[0].files.push(File { path: "data/001/original.wav".into(), role: Role::Original }));
    });
    assert_eq!(original, [("signature", None)], "an original beside a partial disclosure");
    let proof = attack(|b| b.state(|s| s.items[5].files[0].path = "proof/checkpoint".into()));
    assert_eq!(proof, [("signature", None)], "a proof shown as an original");
}

#[test]
fn another_lanes_log_does_not_carry_a_bundle() {
    let other = Bundle::open(&court(&Case::new(90)));
    let proofs = |b: &mut Bundle, of: &dyn Fn(&str) -> bool| {
        for (path, content) in other.files.iter().filter(|(p, _)| p.starts_with("proof/") && of(p)) {
            b.files.insert(path.clone(), content.clone());
        }
    };
    assert_eq!(attack(|b| proofs(b, &|_| true))[0], ("owner-grant", None), "the whole log of another case");
    let checkpoint = attack(|b| proofs(b, &|p| p.starts_with("proof/checkpoint")));
    assert!(
        checkpoint.contains(&("checkpoint", None)) && checkpoint.contains(&("owner-grant", None)),
        "{checkpoint:?}"
    );
    assert!(checkpoint.contains(&("logged", Some(1))), "{checkpoint:?}");
    assert_eq!(attack(|b| proofs(b, &|p| p == "proof/checkpoint.sig")), [("checkpoint", None)]);
    assert_eq!(attack(|b| proofs(b, &|p| p.starts_with("proof/lane.")))[0], ("owner-grant", None));
    let stolen = attack(|b| {
        for file in b.files.iter_mut().filter(|(p, _)| p.ends_with(".tlog")) {
            let mut proof = TlogProof::decode(file.1).unwrap();
            proof.index += 1;
            *file.1 = proof.encode().into_bytes();
        }
    });
    assert!(stolen.contains(&("owner-grant", None)) && stolen.contains(&("logged", Some(6))), "{stolen:?}");
}

#[test]
fn an_item_made_from_another_than_its_act_says_is_refused() {
    assert_eq!(attack(|b| b.state(|s| s.items[1].made_from = Some(3))), [("parent", Some(2))]);
    assert_eq!(attack(|b| b.state(|s| s.items[1].made_from = Some(99))), [("parent", Some(2))]);
    assert_eq!(attack(|b| b.state(|s| s.items[0].made_from = Some(1))), [("parent", Some(1))]);
}

#[test]
fn court_and_press_do_not_mix() {
    let case = Case::new(40);
    let signature = [("signature", None)];
    let as_press = attack(|b| b.state(|s| s.profile = "press".into()));
    assert_eq!(as_press, signature, "a court bundle under a press statement");
    assert_eq!(attack(|b| b.state(|s| s.profile = "ccf".into())), signature);
    assert_eq!(attack(|b| b.state(|s| s.case = None)), signature);
    assert_eq!(
        attack(|b| b.state(|s| s.items[1].mode = Mode::Text)),
        signature,
        "text without proof among proven items"
    );
    let mut bundle = Bundle::open(&press(&case));
    let statement = Bundle::open(&court(&case)).files["disclosure.cbor"].clone();
    *bundle.file("disclosure.cbor") = statement;
    let verdict = verify(&bundle.sign(&case.keys.disclosure), &Pins::default());
    assert!(has(&verdict, "manifest", Status::Failed) && has(&verdict, "owner-grant", Status::Failed));
    let mut bundle = Bundle::open(&press(&case));
    bundle.state(|s| s.profile = "court".into());
    assert!(verify(&bundle.sign(&case.keys.disclosure), &Pins::default()).failed());
}

#[test]
fn another_case_or_key_in_the_statement_is_refused() {
    assert_eq!(attack(|b| b.state(|s| s.case.as_mut().unwrap().0[0] ^= 1))[0], ("owner-grant", None));
    assert_eq!(attack(|b| b.state(|s| s.key = foreign().public())), [("signature", None)]);
}
