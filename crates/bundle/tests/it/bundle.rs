//! A whole bundle, verified: what is proven and the facts beside it; the pages for people; stock tools.

use crate::common::{Bundle, Case, court, failed_ids, pinned, press, sounds, verify};
use casemate_verify::{Pins, Status, Verdict};

fn status(verdict: &Verdict, id: &str, item: Option<u64>) -> Option<Status> {
    verdict.with_id(id).find(|f| f.item == item).map(|f| f.status)
}

fn fact<'a>(verdict: &'a Verdict, id: &'a str, item: u64, name: &str) -> &'a str {
    let finding = verdict.with_id(id).find(|f| f.item == Some(item)).unwrap();
    finding.facts.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str()).unwrap()
}

#[test]
fn everything_in_a_court_bundle_is_proven() {
    let case = Case::new(40);
    let bytes = court(&case);
    println!("{} bytes", bytes.len());
    assert_eq!(bytes, court(&case), "the same material makes the same bytes");
    for pins in [pinned(&case.keys.disclosure), pinned(&case.keys.owner)] {
        let verdict = verify(&bytes, &pins);
        assert_eq!(failed_ids(&verdict), [], "{verdict:#?}");
        for id in ["zip-strict", "manifest", "signature", "signer-pinned", "owner-grant", "checkpoint"] {
            assert_eq!(status(&verdict, id, None), Some(Status::Proven), "{id}");
        }
        for item in 1..=6 {
            for id in ["logged", "object", "census"] {
                assert_eq!(status(&verdict, id, Some(item)), Some(Status::Proven), "{id} {item}");
            }
        }
        for item in [1, 2, 3, 4, 6] {
            assert_eq!(status(&verdict, "rendering", Some(item)), Some(Status::Proven), "{item}");
        }
        assert_eq!(status(&verdict, "parent", Some(2)), Some(Status::Proven));
        assert_eq!(status(&verdict, "container", Some(1)), Some(Status::NotChecked));
        assert_eq!(status(&verdict, "container", Some(6)), None);
        for id in ["time", "freshness", "content"] {
            assert_eq!(status(&verdict, id, None), Some(Status::NotChecked), "{id}");
        }
    }
    let verdict = verify(&bytes, &Pins::default());
    assert_eq!(status(&verdict, "signer-pinned", None), Some(Status::NotChecked));
    assert!(!verdict.failed());
}

#[test]
fn the_facts_say_how_much_is_withheld_and_where() {
    let case = Case::new(40);
    let verdict = verify(&court(&case), &Pins::default());
    let facts = |item, names: [&str; 3]| names.map(|n| fact(&verdict, "object", item, n).to_owned());
    let sound = ["duration-ms", "withheld-ms", "withheld-at-ms"];
    assert_eq!(facts(1, sound), ["3000", "1000", "1000-2000"]);
    assert_eq!(facts(3, sound), ["4000", "1000", "3000-4000"]);
    assert_eq!(facts(2, ["profile", "hidden", "leaves"])[..2], ["release-transcript-v1", "2"]);
    assert_eq!(facts(5, ["profile", "hidden", "leaves"]), ["csv-v1", "1", "13"]);
    assert_eq!(facts(6, ["profile", "hidden", "leaves"]), ["chunk-v1", "0", "1"]);
    assert_eq!(fact(&verdict, "census", 1, "acts"), "1");
    assert_eq!(fact(&verdict, "logged", 1, "seal"), case.objects["recording"].root().seal_number().to_string());
}

#[test]
fn compressed_sound_is_proven_with_its_copy() {
    let case = Case::of_sounds(60);
    let bytes = sounds(&case);
    let verdict = verify(&bytes, &pinned(&case.keys.disclosure));
    assert_eq!(failed_ids(&verdict), [], "{verdict:#?}");
    for item in 1..=4 {
        for id in ["object", "rendering"] {
            assert_eq!(status(&verdict, id, Some(item)), Some(Status::Proven), "{id} {item}");
        }
    }
    let names = ["profile", "duration-ms", "withheld-at-ms"];
    let facts = |item| names.map(|name| fact(&verdict, "object", item, name));
    assert_eq!(facts(1), ["mp3-v1;1152;44100;1", "6009", "3004-3997"]);
    assert_eq!(facts(2), ["adts-aac-v1;16000;1", "6400", "3008-3968"]);
    assert_eq!(facts(3), ["flac-v1;1000;8000;1", "7500", "3000-4000"]);
    // Neither digest nor a frame that is withheld stands anywhere, and the tag in the note that is handed over whole alone.
    let count = |part: &[u8]| bytes.windows(part.len()).filter(|window| window == &part).count();
    assert_eq!((count(&[0xd5; 16]), count(crate::common::NAME_LATIN.as_bytes())), (0, 1));
    for name in ["mp3", "aac", "flac"] {
        let object = &case.objects[name];
        let cut = object.hidden[0];
        for leaf in object.shape.packets().step_by(5) {
            assert_eq!(count(&object.leaves[leaf as usize].1) > 0, !cut.contains(leaf), "{name} {leaf}");
        }
    }
}

#[test]
fn what_is_withheld_is_in_no_byte() {
    let case = Case::new(40);
    for bytes in [court(&case), press(&case)] {
        for word in [crate::common::NAME_HAN.as_bytes(), crate::common::NAME_LATIN.as_bytes(), b"Lin Muchuan"] {
            assert!(!bytes.windows(word.len()).any(|w| w == word), "{}", String::from_utf8_lossy(word));
        }
        for object in case.objects.values() {
            let key = object.key.as_bytes();
            assert!(!bytes.windows(key.len()).any(|w| w == key), "an object key left");
        }
        for (ticks, leaf) in case.objects["recording"].leaves.get(60..90).unwrap() {
            assert_eq!(*ticks, 80);
            assert!(!bytes.windows(leaf.len()).any(|w| w == leaf), "a withheld block left");
        }
    }
}

#[test]
fn a_press_bundle_names_neither_case_nor_seal() {
    let case = Case::new(40);
    let bytes = press(&case);
    let verdict = verify(&bytes, &pinned(&case.keys.disclosure));
    assert_eq!(failed_ids(&verdict), []);
    assert_eq!(status(&verdict, "object", Some(1)), Some(Status::NotChecked));
    assert_eq!(status(&verdict, "logged", Some(1)), None);
    assert_eq!(status(&verdict, "owner-grant", None), None);
    let bundle = Bundle::open(&bytes);
    assert!(bundle.files.keys().all(|path| !path.starts_with("proof/")));
    let statement = bundle.statement();
    assert!(statement.case.is_none() && statement.items.iter().all(|i| i.root.is_none() && i.commitment.is_some()));
    let mut secrets: Vec<Vec<u8>> =
        vec![case.id.0.to_vec(), case.lane.0.to_vec(), case.keys.owner.public().as_bytes().to_vec()];
    secrets.extend(case.objects.values().map(|o| o.root().0.to_vec()));
    for secret in secrets {
        let hex = casemate_verify::bag::hex(&secret);
        for (path, content) in &bundle.files {
            let text = String::from_utf8_lossy(content);
            assert!(!content.windows(32).any(|w| w == secret) && !text.contains(&hex[..16]), "{path}");
        }
    }
}

fn columns(line: &str) -> usize {
    line.chars().map(|c| unicode_width::UnicodeWidthChar::width(c).unwrap_or(0)).sum()
}

#[test]
fn the_page_for_the_judge_says_what_the_proof_says() {
    let case = Case::new(40);
    let court = Bundle::open(&court(&case));
    let page = |name: &str| String::from_utf8(court.files[name].clone()).unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    let seal = case.objects["recording"].root().seal_number().to_string();
    for name in casemate_verify::bag::READMES {
        let text = page(name);
        println!("{text}");
        assert!(!text.contains("[readme") && !text.contains("[withheld-"), "{name}");
        assert!(text.lines().all(|l| columns(l) <= 78), "{name}: {:?}", text.lines().find(|l| columns(l) > 78));
        assert!(text.contains(&seal) && text.contains("00:00:01–00:00:02"), "{name}");
        assert!(
            text.contains("sha256sum") && text.contains("casemate-verify") && text.contains("ssh-keygen -Y verify")
        );
        assert!(text.lines().all(|l| l == l.trim_end()), "{name}: spaces at a line's end");
    }
    assert!(page("README.en.txt").contains("1 s of 3 s, in 1 place"));
    assert!(page("README.en.txt").contains("self-asserted, not checked"));
    assert!(page("README.fr.txt").contains("1 s sur 4 s, en 1 endroit"));
    assert!(page("README.zh-Hans.txt").contains("自行申报，未核查"));
    let info = page("bag-info.txt");
    assert!(info.contains("Bagging-Date: 2026-03-01\n") && !info.contains("Oxum"), "{info}");
}

#[test]
fn the_press_page_tells_nothing_of_the_case() {
    let case = Case::new(40);
    let press = Bundle::open(&press(&case));
    for name in casemate_verify::bag::READMES {
        let text = String::from_utf8(press.files[name].clone()).unwrap();
        println!("{text}");
        assert!(text.lines().all(|l| columns(l) <= 78), "{name}");
        assert!(!text.contains("[readme") && !text.contains("09:00") && !text.contains("9\u{202f}h"), "{name}");
        assert!(!text.contains(&case.id.to_string()[..4].repeat(2)), "{name}");
    }
}

/// The commands of the page, as they stand in it, run by a shell in the unpacked bundle.
#[test]
fn the_commands_of_the_page_are_accepted_by_stock_tools() {
    let found = |tool: &str| std::process::Command::new(tool).arg("--help").output().is_ok();
    if !found("ssh-keygen") || !found("sha256sum") {
        assert!(std::env::var_os("CI").is_none(), "ssh-keygen and sha256sum are needed");
        return println!("skipped: ssh-keygen or sha256sum is not installed");
    }
    let case = Case::new(40);
    for bytes in [court(&case), press(&case)] {
        let bundle = Bundle::open(&bytes);
        for name in casemate_verify::bag::READMES {
            let folder = tempfile::tempdir().unwrap();
            for (path, content) in &bundle.files {
                let to = folder.path().join("casemate").join(path);
                std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                std::fs::write(to, content).unwrap();
            }
            let page = String::from_utf8(bundle.files[name].clone()).unwrap();
            let from = page.find("    cd casemate").unwrap();
            let script: String =
                page[from..].lines().filter(|l| l.starts_with("    ")).map(|l| format!("{}\n", &l[4..])).collect();
            let run = || {
                let mut shell = std::process::Command::new("sh");
                shell.args(["-e", "-c", &script]).current_dir(folder.path()).output().unwrap()
            };
            let done = run();
            assert!(done.status.success(), "{name}\n{script}\n{}", String::from_utf8_lossy(&done.stderr));
            assert!(String::from_utf8_lossy(&done.stdout).contains("Good \"disclosure@casemate\" signature"));
            std::fs::write(folder.path().join("casemate/bag-info.txt"), "Contact-Name: another\n").unwrap();
            assert!(!run().status.success());
        }
    }
}
