//! Notes and SSH signatures of checkpoints; stock `ssh-keygen` is the second verifier.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop,
    clippy::single_range_in_vec_init
)]

use casemate_proof::note::*;
use casemate_proof::sshsig::*;
use casemate_proof::{Hash, SecretKey};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn checkpoint() -> Checkpoint {
    let origin = format!("casemate/{}", Hash([0xab; 32]));
    Checkpoint { origin, size: 20_852_163, root: Hash([0x5c; 32]) }
}

fn ssh_keygen(dir: &std::path::Path, message: &str) -> std::io::Result<bool> {
    let mut child = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-I", "lane", "-n", CHECKPOINT_NAMESPACE, "-f"])
        .arg(dir.join("allowed_signers"))
        .arg("-s")
        .arg(dir.join("checkpoint.sig"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    child.stdin.take().unwrap().write_all(message.as_bytes())?;
    Ok(child.wait()?.success())
}

#[test]
fn stock_ssh_keygen_verifies_a_checkpoint() {
    let key = SecretKey::from_seed(&[3; 32]);
    let text = checkpoint().text();
    let armoured = sign(CHECKPOINT_NAMESPACE, text.as_bytes(), &key);
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("sshsig");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("allowed_signers"), allowed_signer("lane", &key.public())).unwrap();
    std::fs::write(dir.join("checkpoint.sig"), &armoured).unwrap();
    match ssh_keygen(&dir, &text) {
        Ok(accepted) => assert!(accepted),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{error}");
            return println!("skipped: ssh-keygen is not installed");
        }
    }
    assert!(!ssh_keygen(&dir, &text.replace("20852163", "20852164")).unwrap());
    let other = sign("file", text.as_bytes(), &key);
    std::fs::write(dir.join("checkpoint.sig"), other).unwrap();
    assert!(!ssh_keygen(&dir, &text).unwrap());
}

#[test]
fn an_ssh_signature_has_one_spelling() {
    let (key, other) = (SecretKey::from_seed(&[3; 32]), SecretKey::from_seed(&[4; 32]));
    let message = checkpoint().text();
    let armoured = sign(CHECKPOINT_NAMESPACE, message.as_bytes(), &key);
    let check = |namespace: &str, message: &str, text: &str| verify(namespace, message.as_bytes(), &key.public(), text);
    assert_eq!(check(CHECKPOINT_NAMESPACE, &message, &armoured), Ok(()));
    assert_eq!(check("file", &message, &armoured), Err(SshsigError::Namespace));
    assert!(matches!(check(CHECKPOINT_NAMESPACE, "x", &armoured), Err(SshsigError::Key(_))));
    let by_other = sign(CHECKPOINT_NAMESPACE, message.as_bytes(), &other);
    assert_eq!(check(CHECKPOINT_NAMESPACE, &message, &by_other), Err(SshsigError::OtherKey));
    for spelling in [
        armoured.replacen('\n', "\r\n", 1),
        armoured.replace("U1NI", "U1NI\n"),
        armoured.trim_end().to_owned(),
        format!("{armoured}\n"),
        armoured.replacen("AAAA", "AAAA=", 1),
        "A".repeat(SSHSIG_BYTES_MAX + 1),
    ] {
        assert_eq!(check(CHECKPOINT_NAMESPACE, &message, &spelling), Err(SshsigError::Form), "{spelling}");
    }
}

#[test]
fn a_key_id_is_that_of_the_specification() {
    use sha2::Digest as _;
    let public = SecretKey::from_seed(&[3; 32]).public();
    let key = NoteKey::new("example.com/log", public).unwrap();
    let digest = sha2::Sha256::digest([b"example.com/log\n\x01", &public.as_bytes()[..]].concat());
    assert_eq!(key.id()[..], digest[..4]);
    // Published as the name, the id in hex and the base64 of type and key, with plus signs between.
    let [a, b, c, d] = key.id();
    let encoded = encode_base64(&[&[1], &public.as_bytes()[..]].concat());
    assert_eq!(key.to_string(), format!("example.com/log+{a:02x}{b:02x}{c:02x}{d:02x}+{encoded}"));
}

#[test]
fn an_ssh_signature_has_at_most_4096_bytes() {
    // Two lines around base64 in lines of 70 characters: no length lies between these two.
    let key = SecretKey::from_seed(&[3; 32]);
    for (namespace, length, expected) in [(2815, 4095, Ok(())), (2816, 4099, Err(SshsigError::Form))] {
        let namespace = "n".repeat(namespace);
        let armoured = sign(&namespace, b"message", &key);
        assert_eq!(armoured.len(), length);
        assert_eq!(verify(&namespace, b"message", &key.public(), &armoured), expected);
    }
}

#[test]
fn a_note_counts_only_as_signed() {
    let secret = SecretKey::from_seed(&[3; 32]);
    let checkpoint = checkpoint();
    let key = NoteKey::new(&checkpoint.origin, secret.public()).unwrap();
    let mut note = checkpoint.sign(&secret).unwrap();
    assert_eq!(Checkpoint::verify(&note, &key).unwrap(), checkpoint);

    let witness = NoteSignature { name: "witness.example".into(), id: [1, 2, 3, 4], signature: vec![9; 72] };
    note.add(witness).unwrap();
    let bytes = note.encode();
    let again = SignedNote::decode(bytes.as_bytes()).unwrap();
    assert_eq!(again, note);
    assert_eq!(again.encode(), bytes);
    assert_eq!(Checkpoint::verify(&again, &key).unwrap(), checkpoint);

    let stranger = NoteKey::new("witness.example", secret.public()).unwrap();
    assert_eq!(note.verify(&stranger), Err(NoteError::Unsigned));
    let changed = SignedNote::decode(bytes.replace("20852163", "20852164").as_bytes()).unwrap();
    assert!(matches!(changed.verify(&key), Err(NoteError::Key(_))));

    // A second, false signature of the known key refuses the note although the first is good.
    let mut twice = note.clone();
    let mut line = note.signatures()[0].clone();
    line.signature[5] ^= 1;
    twice.add(line).unwrap();
    assert!(matches!(twice.verify(&key), Err(NoteError::Key(_))));

    for broken in [
        bytes.replace("\n\n", "\n"),
        bytes.trim_end().to_owned(),
        bytes.replace('\u{2014}', "-"),
        bytes.replace("casemate/ab", "casemate/\tab"),
        format!("{bytes}\n"),
        bytes.replace("= \n", "\n"),
        "x".repeat(NOTE_BYTES_MAX + 1),
    ] {
        if broken != bytes {
            assert!(SignedNote::decode(broken.as_bytes()).is_err(), "{broken:.200}");
        }
    }
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb"] {
        assert!(NoteKey::new(name, secret.public()).is_err(), "{name:?}");
    }
}

#[test]
fn a_checkpoint_has_three_lines_and_no_more() {
    let good = checkpoint().text();
    assert_eq!(Checkpoint::parse(&good).unwrap(), checkpoint());
    for text in [
        good.replace("20852163", "020852163"),
        good.replace("20852163", "+20852163"),
        good.replace("20852163", "20852163 "),
        good.replace("20852163", "99999999999999999999"),
        format!("{good}extension\n"),
        good.trim_end().to_owned(),
        good.replace('=', ""),
        format!("\n{good}"),
        good.replace("XFw=", "XFx="),
    ] {
        assert!(text == good || Checkpoint::parse(&text).is_err(), "{text}");
    }
}

#[test]
fn a_log_proof_carries_itself() {
    use casemate_proof::tree::{StoredNodes, leaf_hash, prove_inclusion};
    let secret = SecretKey::from_seed(&[3; 32]);
    let mut nodes = StoredNodes::new();
    (0..7u8).for_each(|i| nodes.push(leaf_hash(&[i])));
    let head = Checkpoint { origin: "casemate/00".into(), size: 7, root: nodes.frontier().root() };
    let key = NoteKey::new("casemate/00", secret.public()).unwrap();
    let path = prove_inclusion(4, 7, &nodes).unwrap();
    let proof = TlogProof { index: 4, path, checkpoint: head.sign(&secret).unwrap() };
    let text = proof.encode();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nindex 4\n"));
    let again = TlogProof::decode(text.as_bytes()).unwrap();
    assert_eq!(again, proof);
    assert_eq!(again.verify(&leaf_hash(&[4]), &key).unwrap(), head);
    assert!(again.verify(&leaf_hash(&[5]), &key).is_err());
    for broken in [
        text.replace("index 4", "index 04"),
        text.replace("index 4", "extra AA==\nindex 4"),
        text.replace("proof@v1", "proof@v2"),
        text.replacen("\n\n", "\n", 1),
    ] {
        assert!(TlogProof::decode(broken.as_bytes()).is_err(), "{broken}");
    }
    let moved = TlogProof::decode(text.replace("index 4", "index 5").as_bytes()).unwrap();
    assert!(moved.verify(&leaf_hash(&[4]), &key).is_err());
    let single = TlogProof { index: 0, path: vec![], checkpoint: proof.checkpoint.clone() };
    assert_eq!(TlogProof::decode(single.encode().as_bytes()).unwrap(), single);
}
