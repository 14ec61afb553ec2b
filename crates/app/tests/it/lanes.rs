//! A case that two devices write: one catalogue, and bundles that prove what either sealed.

use crate::common::{Desk, lines, open, passphrase, read_again, unwatched};
use crate::shop::Shop;
use casemate_app::catalogue::{Catalogue, what};
use casemate_app::disclose::disclose;
use casemate_app::listing::{list, log};
use casemate_app::timestamp::{Answer, ask, record};
use casemate_app::verify::verify_pinned;
use casemate_carve::Hint;
use casemate_case::audience::Profile;
use casemate_ports::reading::Kind;
use casemate_proof::LaneId;
use casemate_store_local::LocalStore;
use casemate_vault::acts::{ExhibitAct, SealAct, value_map};
use casemate_vault::{Access, Ambient, Vault};
use casemate_verify::{Finding, Pins, Status};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

fn vault(root: &Path, lane: Option<LaneId>) -> Vault {
    let store = Arc::new(LocalStore::open(root).unwrap());
    match lane {
        None => Vault::open(store, &passphrase(), Access::Write, Ambient::system()).unwrap(),
        Some(lane) => Vault::open_lane(store, &passphrase(), lane, Access::Write, Ambient::system()).unwrap(),
    }
}

fn seal(vault: &mut Vault, number: u64, text: &str) {
    let object = vault.seal(&mut Cursor::new(text.as_bytes().to_vec()), Hint::Lines).unwrap();
    let root = object.root();
    let sealed = SealAct { name: "letter.txt".into(), source: value_map([]), object, at_ms: 1 };
    let exhibit = ExhibitAct { number, kind: "text".into(), root };
    vault.append(vec![sealed.to_act(), exhibit.to_act()]).unwrap();
}

/// A case with a letter of the first device, and then a letter of the second.
fn two() -> (Desk, LaneId) {
    let letter = |name| lines(name, Kind::Text, &["Dear Sir", "come home"]);
    let mut desk = Desk::new(vec![letter("a.txt")]);
    desk.man();
    let root = desk.root();
    let Desk { dir, session } = desk;
    session.close();
    let mut first = vault(&root, None);
    let lane = first.add_lane("counsel").unwrap();
    first.lock();
    let mut second = vault(&root, Some(lane));
    seal(&mut second, 2, "from counsel\n");
    second.lock();
    let session = open(&root);
    (Desk { dir, session }, lane)
}

#[test]
fn what_another_device_sealed_is_listed_with_its_lane() {
    let (desk, lane) = two();
    assert_eq!(list(&desk.session).exhibits.iter().map(|e| e.exhibit).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(desk.session.catalogue().number(2).unwrap().lane, lane);
    let reply = log(&desk.session).unwrap();
    let of_counsel: Vec<_> = reply.acts.iter().filter(|a| a.lane.is_some()).collect();
    assert!(of_counsel.iter().any(|a| a.kind == "seal") && of_counsel.iter().any(|a| a.kind == "lane"));
    assert!(of_counsel.iter().all(|a| a.lane.as_deref() == Some(lane.to_string().as_str())));
}

#[test]
fn a_bundle_proves_what_either_device_sealed() {
    let (mut desk, lane) = two();
    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "court.zip");
    let reply = unwatched(|w| disclose(&mut desk.session, &request, w)).unwrap();
    assert!(reply.findings.iter().all(|f| f.status != casemate_verify::Status::Failed), "{:?}", reply.findings);
    assert!(reply.findings.iter().any(|f| f.id == "census" && f.status == casemate_verify::Status::Proven));
    // The first device has read and reviewed the letter of the other; the letter's own act is in the other's lane.
    let reading = lines("letter.txt", Kind::Text, &["from counsel"]).reading.unwrap();
    let mut desk = read_again(desk, 2, what::READING, &reading);
    desk.plan("2", Profile::Court);
    let request = desk.request(Profile::Court, &["1", "2"], "both.zip");
    let reply = unwatched(|w| disclose(&mut desk.session, &request, w)).unwrap();
    assert!(reply.findings.iter().all(|f| f.status != Status::Failed), "{:?}", reply.findings);
    let of_other = |id: &str| {
        let has = |f: &&casemate_verify::Finding| {
            f.id == id
                && f.status == Status::Proven
                && f.facts.iter().any(|(name, value)| *name == "lane" && *value == lane.to_string())
        };
        reply.findings.iter().filter(has).count()
    };
    assert_eq!(of_other("logged"), 1, "{:?}", reply.findings);
    let files = crate::common::entries(&desk.out("both.zip"));
    let vias: Vec<&String> = files.keys().filter(|name| name.ends_with(".via")).collect();
    assert_eq!(vias.len(), 1, "{vias:?}");
}

#[test]
fn one_number_given_by_two_devices_hides_no_exhibit() {
    let (desk, lane) = two();
    let root = desk.root();
    let Desk { dir: _dir, session } = desk;
    session.close();
    let (mut first, mut second) = (vault(&root, None), vault(&root, Some(lane)));
    seal(&mut first, 3, "third of the first\n");
    seal(&mut second, 3, "third of the second\n");
    drop((first, second));
    let told = |lane| {
        let vault = vault(&root, lane);
        let mut catalogue = Catalogue::default();
        for entry in vault.acts().unwrap() {
            let entry = entry.unwrap();
            entry.act().into_iter().for_each(|act| catalogue.apply(act, entry.order));
        }
        catalogue.exhibits().map(|e| (e.number, e.root)).collect::<Vec<_>>()
    };
    let (a, b) = (told(None), told(Some(lane)));
    assert_eq!(a, b, "whichever lane opens");
    assert_eq!(a.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[test]
fn a_stamp_of_the_own_log_says_nothing_of_what_stands_in_another() {
    let (desk, _) = two();
    let reading = lines("letter.txt", Kind::Text, &["from counsel"]).reading.unwrap();
    let mut desk = read_again(desk, 2, what::READING, &reading);
    let question = ask(&mut desk.session, None).unwrap();
    let roots = vec![Shop::usual().der("root")];
    let answer = Shop::usual().reply("rsa", &question.request(), "");
    let answer = Answer { answer, roots: roots.clone(), ..Answer::default() };
    let stamped = record(&mut desk.session, question, answer).unwrap().size;
    desk.plan("1", Profile::Court);
    desk.plan("2", Profile::Court);
    let request = desk.request(Profile::Court, &["1", "2"], "both.zip");
    unwatched(|w| disclose(&mut desk.session, &request, w)).unwrap();
    let verdict = verify_pinned(&request.destination, &Pins { roots, ..Pins::default() }).unwrap();
    assert!(!verdict.failed(), "{verdict:#?}");
    let fact = |f: &Finding, id: &str| f.facts.iter().find(|(name, _)| *name == id).map(|(_, value)| value.clone());
    let time = |item| verdict.with_id("time").find(|f| f.item == Some(item)).unwrap().status;
    let (other, own): (Vec<_>, Vec<_>) = verdict.with_id("logged").partition(|f| fact(f, "lane").is_some());
    let [other] = other.as_slice() else { panic!("{other:?}") };
    // Its place in its own lane is lower than the size that was stamped: a comparison of the two would mislead.
    assert!(fact(other, "index").unwrap().parse::<u64>().unwrap() < stamped);
    assert_eq!(time(other.item.unwrap()), Status::NotChecked);
    let mut before = 0;
    for finding in own {
        let early = fact(finding, "index").unwrap().parse::<u64>().unwrap() < stamped;
        assert_eq!(time(finding.item.unwrap()), if early { Status::Proven } else { Status::NotChecked });
        before += usize::from(early);
    }
    assert!(before > 0);
}
