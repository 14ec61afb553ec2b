//! The server from outside, over real sockets: who is let in, and what a locked case answers.
#![allow(clippy::unwrap_used, clippy::panic)]

use casemate_app::{AppError, Place, Tools, session};
use casemate_search::FolderStore;
use casemate_store_local::LocalStore;
use casemate_vault::{Kdf, Passphrase};
use casemate_web::{Advice, Listening, Setup};
use casemate_words::Language;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

const WORDS: &str = "seven words that open it";

/// A server on a new case.
struct Server {
    port: u16,
    token: String,
    _dir: tempfile::TempDir,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|l| l.split_once(": "));
        lines.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v)
    }

    fn error(&self) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body));
        body["error"]["id"].as_str().unwrap_or_default().to_owned()
    }
}

fn advise(error: &AppError, _: Language) -> Advice {
    let status = if matches!(error, AppError::Vault(casemate_vault::VaultError::WrongPassphrase)) { 403 } else { 409 };
    Advice { id: "refused".into(), title: error.to_string(), advice: "stop".into(), reasons: Vec::new(), status }
}

impl Server {
    fn start(idle: Duration) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(LocalStore::create(&dir.path().join("case")).unwrap());
        session::init(store.clone(), &Passphrase::new(WORDS), Kdf::weak_for_tests(1)).unwrap();
        std::fs::create_dir_all(dir.path().join("index")).unwrap();
        let index = Arc::new(FolderStore::new(dir.path().join("index")).unwrap());
        let setup = Setup {
            place: Place { store, index },
            name: "case".into(),
            tools: Tools { worker: None, pictures: None, speech: None, jobs: 1, threads: 1, meaning: None },
            advise,
            doctor: Box::new(|_| Vec::new()),
            models: Box::new(Vec::new),
            idle,
        };
        let listening = Listening::bind(setup, 0).unwrap();
        let link = listening.link();
        let (host, token) = link.strip_prefix("http://127.0.0.1:").unwrap().split_once("/?token=").unwrap();
        let server = Self { port: host.parse().unwrap(), token: token.to_owned(), _dir: dir };
        std::thread::spawn(move || listening.run());
        server
    }

    fn send(&self, request: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(request.replace("PORT", &self.port.to_string()).as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let all = String::from_utf8_lossy(&all).into_owned();
        let (head, body) = all.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// A call with what an honest page sends, but for `other` headers.
    fn call(&self, method: &str, path: &str, other: &str, body: &str) -> Answer {
        let length = body.len();
        let host = if other.contains("Host:") { "" } else { "Host: 127.0.0.1:PORT\r\n" };
        let request = format!(
            "{method} {path} HTTP/1.1\r\n{host}Connection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n{other}\r\n"
        );
        self.send(&request, body.as_bytes())
    }

    fn enter(&self) -> String {
        let answer = self.call("GET", &format!("/?token={}", self.token), "", "");
        assert_eq!(answer.status, 303);
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        format!("Cookie: {}\r\n", cookie.split(';').next().unwrap())
    }
}

/// Every call that reads or changes the case, as the API's description has them: those that a locked case refuses.
fn calls() -> Vec<(String, String)> {
    let document: serde_json::Value = serde_json::from_str(&casemate_web::openapi()).unwrap();
    let mut out = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            if call["responses"].get("423").is_none() {
                continue;
            }
            let mut to = path.trim_start_matches('/').replace("{profile}", "court");
            for place in ["{n}", "{id}", "{job}"] {
                to = to.replace(place, "1");
            }
            let asked = call["parameters"].as_array().into_iter().flatten();
            let asked: Vec<String> = asked
                .filter(|p| p["in"] == "query" && p["required"] == true)
                .map(|p| format!("{}=x", p["name"].as_str().unwrap()))
                .collect();
            if !asked.is_empty() {
                to = format!("{to}?{}", asked.join("&"));
            }
            out.push((method.to_uppercase(), to));
        }
    }
    assert!(out.len() > 40, "{out:?}");
    out
}

#[test]
fn nobody_comes_in_without_the_link_and_the_link_opens_once() {
    let server = Server::start(Duration::from_secs(600));
    let open = [
        ("GET", "state"),
        ("POST", "unlock"),
        ("POST", "lock"),
        ("GET", "events"),
        ("GET", "doctor"),
        ("POST", "verify"),
    ];
    let open = open.map(|(method, path)| (method.to_owned(), path.to_owned()));
    for (method, path) in calls().into_iter().chain(open) {
        let answer = server.call(&method, &format!("/api/v1/{path}"), "X-Casemate: 1\r\n", "{}");
        assert_eq!((answer.status, answer.error().as_str()), (401, "no-session"), "{method} {path}");
        let guessed = format!("X-Casemate: 1\r\nCookie: casemate-{}={}\r\n", server.port, "0".repeat(64));
        assert_eq!(server.call(&method, &format!("/api/v1/{path}"), &guessed, "{}").status, 401, "{method} {path}");
    }
    // The words of the screen are the same for everybody: with them the page says what is missing.
    let words = server.call("GET", "/api/v1/messages/fr.ftl", "", "");
    assert!(words.status == 200 && words.body.contains("web-"), "{}", words.status);
    assert!(server.call("GET", "/?token=0000", "", "").header("set-cookie").is_none());
    server.enter();
    let again = server.call("GET", &format!("/?token={}", server.token), "", "");
    assert!(again.header("set-cookie").is_none(), "the link is spent");
}

#[test]
fn a_page_of_another_site_is_refused_whatever_it_sends() {
    let server = Server::start(Duration::from_secs(600));
    let cookie = server.enter();
    let call = |method: &str, path: &str, other: &str| {
        server.call(method, &format!("/api/v1/{path}"), &format!("{cookie}{other}"), "{}")
    };
    assert_eq!(call("GET", "state", "").status, 200);
    for host in ["evil.example", "127.0.0.1", "localhost", "127.0.0.1:1", "127.0.0.1.nip.example:PORT", ""] {
        let answer = call("GET", "state", &format!("Host: {host}\r\n"));
        assert_eq!((answer.status, answer.error().as_str()), (421, "other-host"), "{host}");
        let page = server.call("GET", "/", &format!("Host: {host}\r\n"), "");
        assert_eq!(page.status, 421, "{host}");
    }
    assert_eq!(call("GET", "state", "Host: localhost:PORT\r\n").status, 200);
    for origin in ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:PORT"] {
        let answer = call("POST", "lock", &format!("X-Casemate: 1\r\nOrigin: {origin}\r\n"));
        assert_eq!((answer.status, answer.error().as_str()), (403, "other-origin"), "{origin}");
    }
    for site in ["cross-site", "same-site"] {
        let answer = call("GET", "state", &format!("Sec-Fetch-Site: {site}\r\n"));
        assert_eq!((answer.status, answer.error().as_str()), (403, "other-site"), "{site}");
    }
    // A form can send neither the header nor this type.
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(call(method, "lock", "").error(), "no-header", "{method}");
    }
    assert_eq!(call("POST", "lock", "X-Casemate: 1\r\nOrigin: http://127.0.0.1:PORT\r\n").status, 200);
}

#[test]
fn a_locked_case_answers_nothing_and_a_passphrase_is_never_repeated() {
    let server = Server::start(Duration::from_secs(600));
    let own = format!("{}X-Casemate: 1\r\n", server.enter());
    let locked = |why: &str| {
        for (method, path) in calls() {
            let answer = server.call(&method, &format!("/api/v1/{path}"), &own, "{}");
            assert_eq!((answer.status, answer.error().as_str()), (423, "locked"), "{method} {path}, {why}");
        }
    };
    locked("at the beginning");
    let unlock = |body: &str| server.call("POST", "/api/v1/unlock", &own, body);
    let wrong = unlock(r#"{"passphrase":"a wrong one of mine"}"#);
    assert_eq!(wrong.status, 403);
    let malformed = unlock(r#"{"passphrase":"half a secret"#);
    assert_eq!((malformed.status, malformed.error().as_str()), (400, "malformed"));
    for answer in [&wrong, &malformed] {
        assert!(!answer.body.contains("mine") && !answer.body.contains("secret"), "{}", answer.body);
    }
    locked("after wrong ones");
    let open = unlock(&format!(r#"{{"passphrase":"{WORDS}"}}"#));
    assert_eq!(open.status, 200, "{}", open.body);
    assert!(open.body.contains("\"locked\":false") && !open.body.contains(WORDS));
    assert_eq!(server.call("GET", "/api/v1/exhibits", &own, "").status, 200);
    assert_eq!(server.call("POST", "/api/v1/lock", &own, "").status, 200);
    locked("after the lock");
}

#[test]
fn every_answer_forbids_caching_framing_sniffing_and_other_origins() {
    let server = Server::start(Duration::from_secs(600));
    let own = server.enter();
    for path in
        ["/", "/read/3", "/nothing.js", "/api/v1/state", "/api/v1/exhibits", "/api/v1/nothing", "/api/v1/jobs/x"]
    {
        let answer = server.call("GET", path, &own, "");
        let is = |name: &str, value: &str| assert_eq!(answer.header(name), Some(value), "{path} {name}");
        is("cache-control", "no-store");
        is("x-content-type-options", "nosniff");
        is("x-frame-options", "DENY");
        is("referrer-policy", "no-referrer");
        is("cross-origin-resource-policy", "same-origin");
        assert!(answer.header("access-control-allow-origin").is_none(), "{path}");
        if let Some(policy) = answer.header("content-security-policy") {
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        }
    }
}

#[test]
fn no_path_leads_out_of_the_app() {
    let server = Server::start(Duration::from_secs(600));
    let own = server.enter();
    for path in [
        "/../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../Cargo.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/casemate.toml",
        "/api/v1/../../casemate.toml",
        "/api/v1/messages/..%2f..%2fcasemate.toml",
    ] {
        let answer = server.call("GET", path, &own, "");
        assert!(!answer.body.contains("root:") && !answer.body.contains("format = 1"), "{path}: {}", answer.body);
    }
}

#[test]
fn an_upload_is_sealed_once_and_a_monstrous_name_is_refused() {
    let server = Server::start(Duration::from_secs(600));
    let own = format!("{}X-Casemate: 1\r\n", server.enter());
    server.call("POST", "/api/v1/unlock", &own, &format!(r#"{{"passphrase":"{WORDS}"}}"#));
    let put = |name: &str, body: &str| server.call("PUT", &format!("/api/v1/intake/file?name={name}"), &own, body);
    let first = put("a.txt", "what she said");
    assert!(first.status == 200 && first.body.contains(r#""fate":"sealed","exhibit":1"#), "{}", first.body);
    let again = put("b.txt", "what she said");
    assert!(again.body.contains(r#""fate":"duplicate","exhibit":1"#), "{}", again.body);
    assert!(put("empty.txt", "").body.contains(r#""fate":"sealed","exhibit":2"#));
    let long = "x".repeat(4_000);
    assert!(put(&long, "long").body.contains(r#""exhibit":3"#));
    assert_eq!(put(&"x".repeat(5_000), "longer").status, 409);
    // Control and direction characters stay in the name, as data.
    let odd = put("%E2%80%AEfdp.exe%0A%00", "odd");
    assert!(odd.body.contains(r#""exhibit":4"#), "{}", odd.body);
    let original = server.call("GET", "/api/v1/exhibits/4/original", &own, "");
    assert_eq!(original.header("content-disposition"), Some("attachment; filename=\"exhibit-4\""));
    assert_eq!(original.body, "odd");
}

#[test]
fn it_locks_when_nobody_works() {
    let server = Server::start(Duration::from_millis(1));
    let own = format!("{}X-Casemate: 1\r\n", server.enter());
    assert_eq!(server.call("POST", "/api/v1/unlock", &own, &format!(r#"{{"passphrase":"{WORDS}"}}"#)).status, 200);
    let open = |path: &str| server.call("GET", path, &own, "").body.contains("\"locked\":false");
    // The server looks every few seconds; each look at it here is work, so look seldom.
    let locked = (0..20).any(|_| {
        std::thread::sleep(Duration::from_secs(3));
        !open("/api/v1/state")
    });
    assert!(locked);
}
