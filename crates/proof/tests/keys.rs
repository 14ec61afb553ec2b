//! Ed25519 with one meaning: Wycheproof, and the encodings on which libraries differ.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop,
    clippy::single_range_in_vec_init
)]

use casemate_proof::keys::*;

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

#[test]
fn wycheproof_ed25519_holds() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let mut tests = 0;
    for group in set.test_groups {
        let key = PublicKey::from_bytes(&group.key.pk);
        for test in group.tests {
            tests += 1;
            let accepted = match (&key, Signature::from_slice(&test.sig)) {
                (Ok(key), Some(signature)) => key.verify(&test.msg, &signature).is_ok(),
                _ => false,
            };
            assert_eq!(accepted, !test.result.must_fail(), "{}: {}", test.tc_id, test.comment);
        }
    }
    assert!(tests > 100, "{tests} tests");
}

#[test]
fn keys_of_small_order_and_other_encodings_are_refused() {
    // The eight points of small order, then encodings of y ≥ p (RFC 8032 §5.1.3 refuses them, some libraries don't).
    for point in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        assert!(PublicKey::from_bytes(&unhex(point)).is_err(), "{point}");
    }
    assert_eq!(PublicKey::from_bytes(&[1; 31]), Err(KeyError::Length));
}

#[test]
fn a_key_with_a_component_of_small_order_is_refused() {
    // A + T for T of order 2 is (-x, -y) of A: negate y and the sign of x.
    let key = SecretKey::from_seed(&[7; 32]).public();
    let mut bytes = *key.as_bytes();
    let sign = bytes[31] & 0x80;
    bytes[31] &= 0x7f;
    let p = unhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    let mut borrow = 0i16;
    let mut mixed = [0u8; 32];
    for i in 0..32 {
        let d = i16::from(p[i]) - i16::from(bytes[i]) - borrow;
        borrow = i16::from(d < 0);
        mixed[i] = d.rem_euclid(256) as u8;
    }
    mixed[31] |= sign ^ 0x80;
    assert_eq!(PublicKey::from_bytes(&mixed), Err(KeyError::Torsion));
}

#[test]
fn a_signature_has_one_encoding() {
    let secret = SecretKey::from_seed(&[9; 32]);
    let (key, signature) = (secret.public(), secret.sign(b"checkpoint"));
    key.verify(b"checkpoint", &signature).unwrap();
    assert_eq!(key.verify(b"checkpoint!", &signature), Err(KeyError::Signature));
    // S + L verifies in lax libraries.
    let order = unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut lifted = signature;
    let mut carry = 0u16;
    for i in 0..32 {
        let sum = u16::from(lifted.0[32 + i]) + u16::from(order[i]) + carry;
        lifted.0[32 + i] = sum as u8;
        carry = sum >> 8;
    }
    assert_eq!(key.verify(b"checkpoint", &lifted), Err(KeyError::Signature));
    for byte in 0..64 {
        let mut flipped = signature;
        flipped.0[byte] ^= 1;
        assert_eq!(key.verify(b"checkpoint", &flipped), Err(KeyError::Signature));
    }
    assert_eq!(format!("{secret:?}"), "SecretKey(..)");
}

#[test]
fn a_key_is_that_of_rfc_8032() {
    // RFC 8032 §7.1, test 1: the empty message.
    let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    let secret = SecretKey::from_seed(unhex(seed).as_slice().try_into().unwrap());
    assert_eq!(secret.seed()[..], unhex(seed));
    assert_eq!(format!("{:?}", secret.public()), format!("PublicKey({public})"));
    assert_eq!(format!("{:?}", secret.sign(b"")), format!("Signature({signature})"));
    assert_eq!(Signature::from_slice(&unhex(signature)), Some(secret.sign(b"")));

    // Keys are ordered by their bytes.
    let keys = [1, 2, 3].map(|seed| SecretKey::from_seed(&[seed; 32]).public());
    for (a, b) in [(0, 1), (1, 0), (1, 2), (2, 2)] {
        let bytes = keys[a].as_bytes().cmp(keys[b].as_bytes());
        assert_eq!((keys[a].partial_cmp(&keys[b]), keys[a].cmp(&keys[b])), (Some(bytes), bytes));
    }
}
