//! Tokens of others: the authority of Sigstore's tests, and CMS that is no token. The files stay outside the project (`CASEMATE_TEST_DATA`).

use casemate_stamp::*;
use std::path::PathBuf;

fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let root = std::env::var_os("CASEMATE_TEST_DATA").map_or(beside, PathBuf::from);
    let folder = root.join("crypto-vectors");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("NOT CHECKED: {} is not there", folder.display());
    None
}

/// SHA-512 of `hello`: what these answers stamp.
fn hello() -> Imprint {
    use sha2::Digest as _;
    Imprint::of_hash(&sha2::Sha512::digest(b"hello")).unwrap()
}

/// The nonce of a request: an INTEGER of eight bytes, or of nine with a zero first.
fn nonce_of(request: &[u8]) -> Nonce {
    let at = (0..request.len()).rfind(|at| matches!(request[*at..], [2, 8, ..] | [2, 9, 0, ..])).unwrap();
    let end = at + 2 + usize::from(request[at + 1]);
    Nonce(request[end - 8..end].try_into().unwrap())
}

#[test]
fn sigstore_s_authority_is_verified_and_what_was_injected_is_passed_over() {
    let Some(folder) = folder() else { return };
    let folder = folder.join("rfc3161/test_tsa");
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let chain = pem::certificates(&read("ts_chain.pem")).unwrap();
    let (root, others) = chain.split_last().unwrap();
    let roots = [root.clone()];
    let given = Given { roots: &roots, certificates: others, lists: &[] };
    let imprint = hello();
    let judge = |answer: &str, request: Option<&str>| {
        let nonce = request.map(|request| nonce_of(&read(request)));
        let asked = Asked { imprint: &imprint, nonce, policy: Some("1.3.6.1.4.1.57264.2".parse().unwrap()) };
        verify(&TokenDer::read(&read(answer)).unwrap(), &asked, &given)
    };
    let verdict = judge("response.tsr", Some("request.der")).unwrap();
    assert_eq!(verdict.time.to_string(), "2024-10-08T15:40:32Z");
    assert_eq!((verdict.trust, verdict.authority.as_str()), (Trust::Pinned, "CN=Test TSA Timestamping, O=local"));
    // Each answers its own question only.
    // The other one is of another instance of that authority, whose chain is not at hand.
    assert_eq!(judge("other_response.tsr", None).unwrap_err().id(), "chain-broken");
    let other = TokenDer::read(&read("other_response.tsr")).unwrap();
    let asked = Asked { imprint: &imprint, nonce: None, policy: None };
    let unpinned = verify(&other, &asked, &Given::default()).unwrap();
    assert_eq!((unpinned.trust, unpinned.time.to_string().as_str()), (Trust::NotChecked, "2024-10-31T13:31:44Z"));
    assert_eq!(judge("other_response.tsr", Some("request.der")).unwrap_err().id(), "nonce");
    assert_eq!(judge("response.tsr", Some("other_request.der")).unwrap_err().id(), "nonce");
    // Certificates that were put inside change nothing of who signed.
    assert_eq!(judge("response-injected-certs.tsr", Some("request.der")).unwrap(), verdict);
}

#[test]
fn cms_that_is_no_token_is_refused() {
    let Some(folder) = folder() else { return };
    let imprint = hello();
    let (mut seen, mut files) =
        (0, std::fs::read_dir(folder.join("cms")).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>());
    files.sort();
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        let asked = Asked { imprint: &imprint, nonce: None, policy: None };
        let result = TokenDer::read(&bytes).and_then(|token| verify(&token, &asked, &Given::default()));
        let refusal = result.expect_err("no token");
        println!("{}: {refusal}", path.file_name().unwrap().to_string_lossy());
        seen += 1;
    }
    assert!(seen > 0, "no file was seen");
}

#[test]
fn tokens_inside_time_stamped_data_are_verified_as_far_as_their_authority_is_known() {
    // RFC 5544: the stamp lies somewhere inside; it is found by its beginning, a ContentInfo of signed data.
    let Some(folder) = folder() else { return };
    let (mut seen, mut held) = (0, 0);
    for entry in std::fs::read_dir(folder.join("cms")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "tsd") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let signed = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
        for at in (4..bytes.len().saturating_sub(signed.len())).filter(|at| bytes[*at..].starts_with(&signed)) {
            let start = at - 4;
            let length = 4 + usize::from(u16::from_be_bytes([bytes[start + 2], bytes[start + 3]]));
            let Some(token) = bytes.get(start..start + length).filter(|token| token.starts_with(&[0x30, 0x82])) else {
                continue;
            };
            let Some(imprint) = imprint_inside(token) else { continue };
            let asked = Asked { imprint: &imprint, nonce: None, policy: None };
            let result = TokenDer::read(token).and_then(|token| verify(&token, &asked, &Given::default()));
            println!("{}: {result:?}", path.file_name().unwrap().to_string_lossy());
            match result {
                Ok(verdict) => {
                    assert_eq!(verdict.trust, Trust::NotChecked);
                    held += 1;
                }
                Err(refusal) => assert!(!refusal.to_string().is_empty()),
            }
            seen += 1;
        }
    }
    assert!(held > 0, "of {seen} tokens none holds");
}

/// The first hash after an algorithm in the token's stamp, whichever it is.
fn imprint_inside(token: &[u8]) -> Option<Imprint> {
    let kind = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 4];
    let start = token.windows(kind.len()).position(|window| window == kind)?;
    let after = &token[start..];
    [32usize, 48, 64].into_iter().find_map(|length| {
        let head = [5, 0, 4, length as u8];
        let at = after.windows(head.len()).position(|window| window == head)?;
        Imprint::of_hash(after.get(at + head.len()..at + head.len() + length)?)
    })
}
