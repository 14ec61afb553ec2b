//! An authority on loopback that behaves, and many that do not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, clippy::print_stdout)]
#[path = "../../stamp/tests/it/shop.rs"]
mod shop;

mod loopback;

use casemate_authority::{Address, AuthorityError, PATIENCE, Way, ask};
use casemate_stamp::{Nonce, Request, TokenDer, pem};
use loopback::{request, respond, server};
use shop::Shop;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

const MOST: u64 = 1 << 18;

fn straight() -> Way<'static> {
    Way { proxy: None, tls_roots: &[], patience: PATIENCE, most: MOST }
}

fn answered(stream: &mut (impl Read + Write)) {
    let (head, question) = request(stream);
    assert!(head.starts_with("post /tsa?x=1 http/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/timestamp-query\r\n"), "{head}");
    assert!(head.contains("accept: application/timestamp-reply\r\n"), "{head}");
    // Nothing tells which program asks.
    assert!(!head.contains("user-agent") && !head.contains("casemate") && !head.contains("cookie"), "{head}");
    let answer = Shop::usual().reply("p256", &question, "");
    respond(stream, "200 OK\r\nContent-Type: application/timestamp-reply", &answer);
}

fn question() -> Vec<u8> {
    Request { imprint: shop::imprint(), nonce: Some(Nonce([9; 8])), policy: None }.to_der()
}

fn asked(scheme: &str, place: &str, way: &Way<'_>) -> Result<Vec<u8>, AuthorityError> {
    ask(&Address::parse(&format!("{scheme}://{place}/tsa?x=1")).unwrap(), &question(), way)
}

fn refused(serve: impl Fn(TcpStream) + Send + Sync + 'static, way: &Way<'_>) -> AuthorityError {
    asked("http", &server(serve).0, way).unwrap_err()
}

#[test]
fn an_authority_answers() {
    let (place, came) = server(|mut stream| answered(&mut stream));
    let answer = asked("http", &place, &straight()).unwrap();
    shop::usually(&TokenDer::read(&answer).unwrap()).unwrap();
    assert_eq!(came.load(Ordering::SeqCst), 1);
}

#[test]
fn an_answer_in_pieces_is_joined() {
    let (place, _) = server(|mut stream| {
        request(&mut stream);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
            .unwrap();
    });
    assert_eq!(asked("http", &place, &straight()).unwrap(), b"abc");
}

#[test]
fn nothing_is_sent_elsewhere() {
    let (other, came) = server(|_| {});
    for code in ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"] {
        let to = format!("http://{other}/tsa");
        let head = format!("{code}\r\nLocation: {to}");
        let error = refused(
            move |mut stream| {
                request(&mut stream);
                respond(&mut stream, &head, b"");
            },
            &straight(),
        );
        assert!(matches!(&error, AuthorityError::Elsewhere { to: told, .. } if *told == to), "{error}");
    }
    assert_eq!(came.load(Ordering::SeqCst), 0);
}

#[test]
fn an_answer_without_end_is_cut_off() {
    let endless = |length: &'static str| {
        move |mut stream: TcpStream| {
            request(&mut stream);
            write!(stream, "HTTP/1.1 200 OK\r\n{length}\r\n").unwrap();
            while stream.write_all(&[0; 4096]).is_ok() {}
        }
    };
    for length in ["", "Content-Length: 9999999999\r\n"] {
        let error = refused(endless(length), &straight());
        assert!(matches!(error, AuthorityError::TooLong { limit: MOST, .. }), "{error}");
    }
    let head = |mut stream: TcpStream| {
        request(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\n").unwrap();
        while stream.write_all(b"X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n").is_ok() {}
    };
    let error = refused(head, &straight());
    assert!(matches!(error, AuthorityError::NotReached { .. }), "{error}");
}

#[test]
fn patience_ends() {
    let way = Way { patience: Duration::from_millis(300), ..straight() };
    let silent = |mut stream: TcpStream| {
        request(&mut stream);
        thread::sleep(Duration::from_secs(20));
    };
    // A byte now and then doesn't buy more time.
    let trickle = |mut stream: TcpStream| {
        request(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n").unwrap();
        while stream.write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    };
    let from = Instant::now();
    for error in [refused(silent, &way), refused(trickle, &way)] {
        assert!(matches!(error, AuthorityError::Slow { .. }), "{error}");
    }
    assert!(from.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_is_no_answer_is_named() {
    let says = |head: &'static str| {
        move |mut stream: TcpStream| {
            request(&mut stream);
            respond(&mut stream, head, b"<html>");
        }
    };
    for (head, expected) in [("503 Busy", 503), ("404 Not Found", 404), ("204 Empty", 204)] {
        let error = refused(says(head), &straight());
        assert!(matches!(error, AuthorityError::Status { code, .. } if code == expected), "{error}");
    }
    let error = refused(says("200 OK\r\nContent-Type: text/html; charset=utf-8"), &straight());
    assert!(matches!(&error, AuthorityError::Kind { found, .. } if found.starts_with("text/html")), "{error}");
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    for error in [asked("http", &gone, &straight()).unwrap_err(), refused(drop, &straight())] {
        assert!(matches!(error, AuthorityError::NotReached { .. }), "{error}");
    }
}

#[test]
fn only_addresses_of_the_web_are_asked_and_none_with_a_password() {
    for bad in [
        "",
        "tsa.example",
        "ftp://tsa.example/",
        "file:///etc/passwd",
        "http://",
        "http://me:secret@tsa.example/",
        "http://tsa.example/#x",
        "http://tsa.example/a b",
        "http://tsa.example/\u{e9}\n",
    ] {
        assert!(matches!(Address::parse(bad), Err(AuthorityError::Address { .. })), "{bad}");
    }
    assert!(Address::parse(&format!("http://tsa.example/{}", "x".repeat(2048))).is_err());
    assert_eq!(Address::parse("https://tsa.example:8443/a?b=c").unwrap().as_str(), "https://tsa.example:8443/a?b=c");
    let way = Way { proxy: Some("ftp://127.0.0.1:1"), ..straight() };
    assert!(matches!(asked("http", "tsa.invalid", &way).unwrap_err(), AuthorityError::Proxy { .. }));
}

#[test]
fn a_proxy_is_given_the_name_and_looks_it_up() {
    let (place, came) = server(|mut stream| {
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).unwrap();
        assert_eq!(greeting, [5, 1, 0]);
        stream.write_all(&[5, 0]).unwrap();
        let mut head = [0; 5];
        stream.read_exact(&mut head).unwrap();
        assert_eq!(head, [5, 1, 0, 3, "tsa.invalid".len() as u8]);
        let mut name = [0; 13];
        stream.read_exact(&mut name).unwrap();
        assert_eq!(&name, b"tsa.invalid\0\x50");
        stream.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 80]).unwrap();
        answered(&mut stream);
    });
    let proxy = format!("socks5h://{place}");
    let answer = asked("http", "tsa.invalid", &Way { proxy: Some(&proxy), ..straight() }).unwrap();
    shop::usually(&TokenDer::read(&answer).unwrap()).unwrap();
    assert_eq!(came.load(Ordering::SeqCst), 1);
}

#[test]
fn https_is_believed_under_a_root_alone() {
    let (shop, server_of) = (Shop::new(), "basicConstraints=CA:FALSE\nsubjectAltName=IP:127.0.0.1\n");
    shop.issue("web-root", shop::Kind::P256, None, shop::ROOT);
    shop.issue("web", shop::Kind::P256, Some("web-root"), server_of);
    shop.issue(
        "elsewhere",
        shop::Kind::P256,
        Some("web-root"),
        "basicConstraints=CA:FALSE\nsubjectAltName=DNS:other.example\n",
    );
    let tls = |name: &str| {
        use rustls::pki_types::pem::PemObject;
        use rustls::pki_types::{CertificateDer, PrivateKeyDer};
        let key = PrivateKeyDer::from_pem_slice(&shop.read(&format!("{name}.key"))).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth();
        Arc::new(config.with_single_cert(vec![CertificateDer::from(shop.der(name))], key).unwrap())
    };
    let serving = |name: &str| {
        let config = tls(name);
        let serve = move |stream| {
            let connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream);
            // Who doesn't believe the certificate hangs up.
            if stream.conn.complete_io(&mut stream.sock).is_ok() {
                answered(&mut stream);
            }
        };
        server(serve).0
    };
    let roots = pem::certificates(&shop.read("web-root.pem")).unwrap();
    let way = Way { tls_roots: &roots, ..straight() };
    let place = serving("web");
    let answer = asked("https", &place, &way).unwrap();
    shop::usually(&TokenDer::read(&answer).unwrap()).unwrap();
    for error in [
        asked("https", &place, &straight()).unwrap_err(),
        asked("https", &serving("elsewhere"), &way).unwrap_err(),
        asked("https", &server(|mut stream| answered(&mut stream)).0, &way).unwrap_err(),
    ] {
        assert!(matches!(error, AuthorityError::NotReached { .. }), "{error}");
    }
}
