//! Originals of texts in part: the withheld name is in no byte, however it is written, and the rest is proven.

use crate::common::{Desk, Piece, entries, passage, reading, unwatched};
use casemate_app::AppError;
use casemate_app::catalogue::what;
use casemate_app::disclose::{DiscloseReply, DiscloseRequest, check, disclose};
use casemate_app::redact::{StrikeRequest, StrikeWhat, drop_strike, review, show, strike};
use casemate_app::verify::verify_file;
use casemate_bundle::audit::Forbidden;
use casemate_carve::{Hint, Syntax};
use casemate_case::audience::Profile;
use casemate_case::gate::Block;
use casemate_case::plan::Reason;
use casemate_ports::reading::{Kind, Passage, Place};
use casemate_verify::Status;
use std::path::Path;
use std::process::Command;

fn piece(name: &'static str, bytes: &str, hint: Hint, (kind, media): (Kind, &str), passages: Vec<Passage>) -> Piece {
    let reading = Some(reading(kind, media, passages));
    Piece { name, bytes: bytes.as_bytes().to_vec(), hint, what: what::READING, reading }
}

fn chat() -> Piece {
    let bytes = "31/12/2020, 23:59 - Clerk: good evening\n31/12/2020, 23:59 - Lin Muchuan: I am here\n\
        01/01/2021, 00:01 - Clerk: who is 林\n慕川?\n01/01/2021, 00:02 - Clerk: a quiet night\n";
    let said = [
        ("Clerk", "good evening"),
        ("Lin Muchuan", "I am here"),
        ("Clerk", "who is 林\n慕川?"),
        ("Clerk", "a quiet night"),
    ];
    let message =
        |(number, (speaker, text)): (u64, &(&str, &str))| passage(Place::Message { number }, text, Some(speaker));
    piece("chat.txt", bytes, Hint::Lines, (Kind::Chat, "text/plain"), (1..).zip(&said).map(message).collect())
}

fn table() -> Piece {
    let bytes = "when,who,said\r\n1,\"Lin\n Muchuan\",yes\r\n2,Clerk,\"no, \"\"never\"\"\"\r\n";
    let rows = ["when | who | said", "1 | Lin\n Muchuan | yes", "2 | Clerk | no, \"never\""];
    let row = |(number, text): (u64, &&str)| passage(Place::Row { number, column: None }, text, None);
    piece("table.csv", bytes, Hint::Csv, (Kind::Table, "text/csv"), (1..).zip(&rows).map(row).collect())
}

fn lined(texts: &[&str]) -> Vec<Passage> {
    let line = |(n, text): (u64, &&str)| passage(Place::Lines { first: n, last: n }, text, None);
    (1..).zip(texts).map(line).collect()
}

fn object() -> Piece {
    let bytes = r#"{"messages":[{"from":"\u6797\u6155\u5ddd","text":"come"},{"from":"Clerk","text":["see ","L\u0069n"," Muchuan"],"sha256":"ab12"},{"from":"Clerk","text":"a quiet night"}]}"#;
    // As a reader has it: escapes of other scripts are spelled out.
    let read = bytes.replace(r"\u6797\u6155\u5ddd", "林慕川");
    piece("chat.json", bytes, Hint::Spans(Syntax::Json), (Kind::Text, "text/plain"), lined(&[&read]))
}

fn page() -> Piece {
    let bytes = "<!DOCTYPE html><html><body class=\"lin-muchuan\"><!-- Lin Muchuan --><p>see &#26519;&#x6155;&#24029; tonight</p>\
        <p>and <b>LIN</b> <i>MUCHUAN</i>'s house</p><img alt=\"Muchuan Lin\" src=x><p>a quiet night</p></body></html>";
    let read = ["see 林慕川 tonight", "and LIN MUCHUAN's house", "Muchuan Lin", "a quiet night"];
    piece("page.html", bytes, Hint::Spans(Syntax::Html), (Kind::Web, "text/html"), lined(&read))
}

fn mail() -> Piece {
    let bytes = "Received: from x by y; Tue, 5 Mar 2024 09:10:12 +0800\r\nFrom: =?utf-8?B?5p6X5oWV?=\r\n =?utf-8?B?5bed?= <>\r\n\
        To: Clerk\r\nSubject: =?utf-8?Q?=C3=A9t=C3=A9?=\r\nDate: Tue, 5 Mar 2024 09:10:11 +0800\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed;\r\n boundary=\"=x\"\r\n\r\n--=x\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\nCome to =E6=9E=97=E6=85=\r\n=95=E5=B7=9D now.\r\na quiet ni=\r\nght\r\n\
        --=x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nTGluIE11\r\nY2h1YW4=\r\n--=x--\r\n";
    let at = |part: &str, inside: Place| Place::Part { name: part.into(), inside: Box::new(inside) };
    let line = |n| Place::Lines { first: n, last: n };
    let passages = vec![
        passage(
            at("headers", Place::Whole),
            "From: 林慕川 <>\nTo: Clerk\nDate: 2024-03-05T09:10:11+08:00\nSubject: été",
            None,
        ),
        passage(at("body-1", line(1)), "Come to 林慕川 now.\na quiet night", None),
        passage(at("body-2", line(1)), "Lin Muchuan", None),
    ];
    piece("mail.eml", bytes, Hint::Lines, (Kind::Mail, "message/rfc822"), passages)
}

fn ready() -> Desk {
    let mut desk = Desk::new(vec![chat(), table(), object(), page(), mail()]);
    desk.man();
    for exhibit in ["1", "2", "3", "4", "5"] {
        desk.plan(exhibit, Profile::Court);
    }
    desk
}

fn request(desk: &Desk, exhibits: &[&str], file: &str) -> DiscloseRequest {
    DiscloseRequest { in_part: true, ..desk.request(Profile::Court, exhibits, file) }
}

fn go(desk: &mut Desk, request: &DiscloseRequest) -> Result<DiscloseReply, AppError> {
    unwatched(|watch| disclose(&mut desk.session, request, watch))
}

fn blocked(desk: &mut Desk, request: &DiscloseRequest) -> Vec<Block> {
    match go(desk, request) {
        Err(AppError::Blocked(blocks)) => blocks,
        other => panic!("not blocked: {other:?}"),
    }
}

/// The open leaves of an item, one after the other.
fn open(bundle: &Path, item: u64) -> String {
    let files = entries(bundle);
    let mut stream = files[&format!("data/{item:03}/leaves")].as_slice();
    let mut out = Vec::new();
    while let [_ticks, head, rest @ ..] = stream {
        let (len, rest) = match head - 0x40 {
            len @ 0..24 => (usize::from(len), rest),
            24 => (usize::from(rest[0]), &rest[1..]),
            _ => panic!("a leaf of 256 bytes or more"),
        };
        out.extend(&rest[..len]);
        stream = &rest[len..];
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[test]
fn of_every_kind_of_text_the_original_leaves_without_the_name_and_is_proven() {
    let mut desk = ready();
    let request = request(&desk, &["1", "2", "3", "4", "5"], "court.casemate");
    let would = unwatched(|watch| check(&desk.session, &request, watch)).unwrap();
    assert!(would.items.iter().all(|i| i.original == "partial" && i.text), "{would:?}");
    let reply = go(&mut desk, &request).unwrap();
    let modes: Vec<(u64, &str)> = reply.items.iter().map(|i| (i.exhibit, i.mode)).collect();
    let both = |exhibit| [(exhibit, "partial"), (exhibit, "release")];
    assert_eq!(modes, [1, 2, 3, 4, 5].map(both).concat());
    assert!(reply.originals_stay.is_empty());
    assert!(reply.items.iter().all(|i| i.reasons.iter().any(|(why, _)| why == "name")), "{:?}", reply.items);

    let bundle = &request.destination;
    assert_eq!(open(bundle, 1), "31/12/2020, 23:59 - Clerk: good evening\n01/01/2021, 00:02 - Clerk: a quiet night\n");
    assert!(open(bundle, 3).starts_with("whenwhosaid1yes2Clerk\"no, \"\"never\"\"\""));
    let json = open(bundle, 5);
    assert!(json.contains(r#""Clerk","text":"a quiet night"}]}"#) && json.contains(r#""text":"come""#), "{json}");
    assert!(!json.contains("Muchuan") && !json.contains("ab12") && !json.contains(r"\u"), "{json}");
    let html = open(bundle, 7);
    assert!(html.starts_with("<!DOCTYPE html><html><p></p><p>and <b></b>"), "{html}");
    assert!(html.ends_with("<p>a quiet night</p></body></html>") && !html.contains("src"), "{html}");
    let mail = open(bundle, 9);
    let lines: Vec<&str> = mail.lines().filter(|line| !line.is_empty()).collect();
    let date = "Date: Tue, 5 Mar 2024 09:10:11 +0800";
    assert_eq!(lines, ["To: Clerk", "Subject: =?utf-8?Q?=C3=A9t=C3=A9?=", date, "a quiet ni=", "ght"]);

    assert_nobody_named(&desk, bundle);
    let verdict = verify_file(bundle, std::slice::from_ref(&reply.signer)).unwrap();
    assert!(!verdict.failed(), "{verdict:#?}");
    let proven = verdict.with_id("object").filter(|f| f.status == Status::Proven).count();
    assert_eq!(proven, 10);
    let profiles: Vec<&str> = verdict
        .with_id("object")
        .flat_map(|f| &f.facts)
        .filter(|(name, _)| *name == "profile")
        .map(|(_, v)| v.as_str())
        .collect();
    assert!(profiles.contains(&"spans-v1;json") && profiles.contains(&"spans-v1;html"), "{profiles:?}");
    another_verifier_agrees(bundle, &reply.signer, &verdict);
}

fn assert_nobody_named(desk: &Desk, bundle: &Path) {
    let forbidden = Forbidden::names_of(desk.session.case().people());
    let parts = Forbidden::words(["慕川", "林慕", "\\u6797", "&#26519;", "=E6=9E=97", "5p6X"].map(str::to_owned));
    for (name, content) in entries(bundle) {
        assert_eq!(forbidden.find(&content).or_else(|| parts.find(&content)), None, "{name}");
        // White space, tags and soft breaks part nothing for who reads.
        let text = String::from_utf8_lossy(&content).replace("=\r\n", "");
        let said: String = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, said)| said)).collect();
        let said: String = said.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(forbidden.find(said.as_bytes()), None, "{name}");
    }
}

/// The verifier in Python finds the same.
fn another_verifier_agrees(bundle: &Path, signer: &str, verdict: &casemate_verify::Verdict) {
    if Command::new("python3").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "python3 is needed");
        return println!("skipped: python3 is not installed");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../verifiers/python/verify.py");
    let judged =
        Command::new("python3").arg(script).arg("--json").args(["--signer", signer]).arg(bundle).output().unwrap();
    let found: Vec<serde_json::Value> = serde_json::from_slice(&judged.stdout).unwrap();
    let theirs: Vec<(String, Option<u64>, String)> = found
        .iter()
        .map(|f| (f["id"].as_str().unwrap().into(), f["item"].as_u64(), f["status"].as_str().unwrap().into()))
        .collect();
    let word = |status| match status {
        Status::Proven => "proven",
        Status::Failed => "failed",
        Status::NotChecked => "not-checked",
    };
    let ours: Vec<(String, Option<u64>, String)> =
        verdict.findings.iter().map(|f| (f.id.to_owned(), f.item, word(f.status).to_owned())).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn an_original_stays_where_it_is_not_asked_for_or_what_is_struck_is_not_in_it() {
    let whole = Piece { hint: Hint::Whole, ..chat() };
    let mut other = chat();
    other.bytes.truncate(other.bytes.len() / 2);
    let mut desk = Desk::new(vec![chat(), whole, other]);
    desk.man();
    for exhibit in ["1", "2", "3"] {
        desk.plan(exhibit, Profile::Court);
    }
    let plain = desk.request(Profile::Court, &["1"], "plain");
    assert_eq!(go(&mut desk, &plain).unwrap().items.iter().map(|i| i.mode).collect::<Vec<_>>(), ["release"]);
    let asked = request(&desk, &["2", "3"], "asked");
    let reply = go(&mut desk, &asked).unwrap();
    assert_eq!(reply.items.iter().map(|i| i.mode).collect::<Vec<_>>(), ["release", "release"]);
    let why: Vec<(u64, &str)> = reply.originals_stay.iter().map(|stay| (stay.exhibit, stay.why)).collect();
    assert_eq!(why, [(2, "undivided"), (3, "not-placed")]);
}

fn quiet() -> StrikeRequest {
    StrikeRequest {
        exhibit: "1".into(),
        profile: Profile::Court,
        what: StrikeWhat::Text("quiet".into()),
        person: None,
        reason: Reason::PrivateLife,
    }
}

#[test]
fn what_a_mask_showed_or_withheld_once_is_not_changed_by_accident() {
    let mut desk = ready();
    let first = request(&desk, &["1"], "first");
    go(&mut desk, &first).unwrap();
    strike(&mut desk.session, &quiet()).unwrap();
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    let mut second = request(&desk, &["1"], "second");
    let found = blocked(&mut desk, &second);
    assert!(found.iter().any(|b| matches!(b, Block::OpenedBefore { exhibit: 1, .. })), "{found:?}");
    second.cover = true;
    let reply = go(&mut desk, &second).unwrap();
    assert!(!open(&second.destination, 1).contains("quiet"), "{reply:?}");
    let number =
        show(&desk.session, "1", Profile::Court).unwrap().strikes.iter().find(|s| s.words == "quiet").unwrap().number;
    drop_strike(&mut desk.session, "1", Profile::Court, number).unwrap();
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    let third = request(&desk, &["1"], "third");
    let found = blocked(&mut desk, &third);
    // The line of the original, and the word of the text.
    assert!(found.iter().any(|b| matches!(b, Block::Uncovered { exhibit: 1, places: 2 })), "{found:?}");
}
