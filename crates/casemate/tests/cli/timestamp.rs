//! A log stamped from the command line: by real authorities on loopback (`openssl ts`), by files that travel, and by what is no authority.

use crate::loopback::{request, respond, server};
use crate::shop::Shop;
use crate::{casemate, code, json, stderr, stdout};
use serde_json::Value;
use std::net::TcpStream;
use std::process::Output;
use std::sync::atomic::Ordering;

struct Case {
    dir: tempfile::TempDir,
}

impl Case {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let made = casemate(dir.path(), &["init", "case", "--generate", "--json"]);
        std::fs::write(dir.path().join("p"), json(&made)["passphrase"].as_str().unwrap()).unwrap();
        std::fs::copy(Shop::usual().path("root.pem"), dir.path().join("root.pem")).unwrap();
        Self { dir }
    }

    fn run(&self, args: &[&str]) -> Output {
        let all = [&["timestamp", "--case", "case", "--passphrase-file", "p"], args].concat();
        casemate(self.dir.path(), &all)
    }

    fn answer(&self, args: &[&str]) -> Value {
        let out = self.run(&[args, &["--json"]].concat());
        assert_eq!((code(&out), stderr(&out).as_str()), (0, ""), "{args:?}: {}", stdout(&out));
        json(&out)
    }

    fn refused(&self, args: &[&str]) -> (i32, String) {
        let out = self.run(&[args, &["--json"]].concat());
        (code(&out), json(&out)["error"]["id"].as_str().unwrap_or_default().to_owned())
    }

    fn stamps(&self) -> Vec<Value> {
        self.answer(&["--tsa-root", "root.pem"])["stamps"].as_array().unwrap().clone()
    }
}

/// An authority's address; it answers with the signer of this name.
fn authority(signer: &'static str) -> String {
    let serve = move |mut stream: TcpStream| {
        let (head, question) = request(&mut stream);
        assert!(head.starts_with("post /tsa http/1.1\r\n"), "{head}");
        let answer = Shop::usual().reply(signer, &question, "");
        respond(&mut stream, "200 OK\r\nContent-Type: application/timestamp-reply", &answer);
    };
    format!("http://{}/tsa", server(serve).0)
}

#[test]
fn authorities_are_asked_and_their_stamps_are_listed() {
    let case = Case::new();
    let none = case.run(&[]);
    assert_eq!(code(&none), 0);
    assert!(stdout(&none).contains("self-asserted"), "{}", stdout(&none));

    let one = authority("rsa");
    let out = case.run(&["--url", &one, "--tsa-root", "root.pem"]);
    assert_eq!(code(&out), 0, "{}", stderr(&out));
    assert!(stderr(&out).contains("a salted SHA-256") && stderr(&out).contains(&one), "what is sent is said");
    for told in
        ["CN=rsa, O=Invented Time", "as given", "Revocation NOT CHECKED", "Neither it nor the certificate", "1.5001 s"]
    {
        assert!(stdout(&out).contains(told), "{told}: {}", stdout(&out));
    }
    let several = case.answer(&["--url", &one, "--url", &authority("p256")]);
    let asked = several["asked"].as_array().unwrap();
    assert_eq!(asked[0]["stamp"]["size"], asked[1]["stamp"]["size"], "of one head");
    assert_eq!(
        (&asked[0]["address"], &asked[1]["stamp"]["authority"]),
        (&one.as_str().into(), &"CN=p256, O=Invented Time".into())
    );
    assert_eq!(asked[1]["stamp"]["pinned"], false);

    let listed = case.stamps();
    let of = |what: &str| listed.iter().map(|stamp| stamp["says"][what].clone()).collect::<Vec<_>>();
    assert_eq!(of("authority"), ["CN=rsa, O=Invented Time", "CN=rsa, O=Invented Time", "CN=p256, O=Invented Time"]);
    assert_eq!(of("pinned"), [true, true, true]);
    assert!(listed.iter().all(|stamp| stamp["state"] == "good"), "{listed:?}");
    let text = stdout(&case.run(&[]));
    for told in ["CN=p256", "trust NOT CHECKED; revocation NOT CHECKED", "are stamped"] {
        assert!(text.contains(told), "{told}: {text}");
    }
}

#[test]
fn question_and_answer_travel_as_files() {
    let case = Case::new();
    let asked = case.answer(&["--request-file", "q.tsq"]);
    assert_eq!((&asked["request"], &asked["kept"]), (&"q.tsq".into(), &"q.tsq.kept".into()));
    assert_eq!(case.refused(&["--request-file", "q.tsq"]), (1, "file-exists".to_owned()));
    let question = std::fs::read(case.dir.path().join("q.tsq")).unwrap();
    std::fs::write(case.dir.path().join("q.tsr"), Shop::usual().reply("p384", &question, "")).unwrap();
    let reply = case.answer(&["--request-file", "q.tsq", "--response-file", "q.tsr", "--tsa-root", "root.pem"]);
    assert_eq!((&reply["authority"], &reply["pinned"]), (&"CN=p384, O=Invented Time".into(), &true.into()));
    std::fs::write(case.dir.path().join("q.tsr"), b"no answer").unwrap();
    let no_answer = ["--request-file", "q.tsq", "--response-file", "q.tsr"];
    assert_eq!(case.refused(&no_answer), (1, "stamp".to_owned()));
    assert_eq!(case.stamps().len(), 1);
}

#[test]
fn what_is_no_authority_is_told_and_nothing_is_recorded() {
    let case = Case::new();
    let (other, came) = server(|_| {});
    let says = |head: String| {
        let serve = move |mut stream: TcpStream| {
            request(&mut stream);
            respond(&mut stream, &head, b"");
        };
        format!("http://{}/tsa", server(serve).0)
    };
    let elsewhere = says(format!("307 There\r\nLocation: http://{other}/tsa"));
    assert_eq!(case.refused(&["--url", &elsewhere]), (1, "authority-elsewhere".to_owned()));
    assert!(stderr(&case.run(&["--url", &elsewhere])).contains(&other), "where to is said");
    assert_eq!(came.load(Ordering::SeqCst), 0);
    assert_eq!(case.refused(&["--url", &says("500 No".to_owned())]), (1, "authority-answer".to_owned()));
    assert_eq!(case.refused(&["--url", &says("200 OK".to_owned())]), (1, "stamp".to_owned()));
    assert_eq!(case.refused(&["--url", "ftp://tsa.example/"]), (2, "authority-address".to_owned()));
    let with_proxy = ["--url", "http://tsa.invalid/", "--proxy", "socks5h://127.0.0.1:1"];
    assert_eq!(case.refused(&with_proxy), (1, "authority-not-reached".to_owned()));
    // Of several, those that answer are recorded, and the run says that not all did.
    let out = case.run(&["--url", &elsewhere, "--url", &authority("p256"), "--json"]);
    let asked = json(&out)["asked"].as_array().unwrap().clone();
    assert_eq!((code(&out), &asked[0]["error"]["id"]), (1, &"authority-elsewhere".into()));
    assert_eq!(asked[1]["stamp"]["authority"], "CN=p256, O=Invented Time");
    assert_eq!(case.stamps().len(), 1);
}
