//! Signatures against Wycheproof: RSA PKCS #1 v1.5, RSASSA-PSS, ECDSA on P-256 and P-384.

use super::Key;
use crate::algorithm::{Digest, Pss, Scheme};
use crate::der::Cursor;
use wycheproof::TestResult;

fn key(info: &[u8]) -> Result<Key, crate::Refusal> {
    Key::read(Cursor::new(info, "test").any()?)
}

/// Accepted and refused, after each was as it must be.
fn judge(name: &str, id: usize, accepted: bool, result: TestResult, count: &mut (usize, usize)) {
    match result {
        TestResult::Valid => assert!(accepted, "{name} {id} is valid"),
        TestResult::Invalid => assert!(!accepted, "{name} {id} is invalid"),
        // RSA's digest without NULL: of two encodings only one is right.
        TestResult::Acceptable => assert!(!accepted, "{name} {id} has a second encoding"),
    }
    if accepted { count.0 += 1 } else { count.1 += 1 }
}

#[test]
fn wycheproof_rsa_pkcs1_holds() {
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
    let mut count = (0, 0);
    for (name, digest) in [
        (TestName::Rsa2048Sha256, Digest::Sha256),
        (TestName::Rsa2048Sha384, Digest::Sha384),
        (TestName::Rsa2048Sha512, Digest::Sha512),
        (TestName::Rsa3072Sha256, Digest::Sha256),
        (TestName::Rsa3072Sha384, Digest::Sha384),
        (TestName::Rsa3072Sha512, Digest::Sha512),
        (TestName::Rsa4096Sha256, Digest::Sha256),
        (TestName::Rsa4096Sha384, Digest::Sha384),
        (TestName::Rsa4096Sha512, Digest::Sha512),
        (TestName::Rsa8192Sha256, Digest::Sha256),
        (TestName::Rsa8192Sha384, Digest::Sha384),
        (TestName::Rsa8192Sha512, Digest::Sha512),
    ] {
        for group in TestSet::load(name).unwrap().test_groups {
            let key = key(&group.der).unwrap();
            for test in &group.tests {
                let accepted = key.verifies(Scheme::Pkcs1(digest), &test.msg, &test.sig).unwrap();
                judge(&format!("{name:?}"), test.tc_id, accepted, test.result, &mut count);
            }
        }
    }
    assert!(count.0 > 50 && count.1 > 1000, "{count:?}");
}

#[test]
fn wycheproof_rsa_pss_holds() {
    use wycheproof::rsa_pss_verify::{TestName, TestSet};
    let mut count = (0, 0);
    for (name, digest) in [
        (TestName::RsaPss2048Sha256Mgf1SaltLen0, Digest::Sha256),
        (TestName::RsaPss2048Sha256Mgf1SaltLen32, Digest::Sha256),
        (TestName::RsaPss2048Sha384Mgf1SaltLen48, Digest::Sha384),
        (TestName::RsaPss3072Sha256Mgf1SaltLen32, Digest::Sha256),
        (TestName::RsaPss4096Sha256Mgf1SaltLen32, Digest::Sha256),
        (TestName::RsaPss4096Sha384Mgf1SaltLen48, Digest::Sha384),
        (TestName::RsaPss4096Sha512Mgf1SaltLen32, Digest::Sha512),
        (TestName::RsaPss4096Sha512Mgf1SaltLen64, Digest::Sha512),
    ] {
        for group in TestSet::load(name).unwrap().test_groups {
            let key = key(&group.der).unwrap();
            let pss = Pss { digest, salt: group.salt_size };
            for test in &group.tests {
                let accepted = key.verifies(Scheme::Pss(pss), &test.msg, &test.sig).unwrap();
                judge(&format!("{name:?}"), test.tc_id, accepted, test.result, &mut count);
            }
        }
    }
    assert!(count.0 > 100 && count.1 > 100, "{count:?}");
}

#[test]
fn wycheproof_ecdsa_holds() {
    use wycheproof::ecdsa::{TestName, TestSet};
    let mut count = (0, 0);
    for (name, digest) in [
        (TestName::EcdsaSecp256r1Sha256, Digest::Sha256),
        (TestName::EcdsaSecp256r1Sha512, Digest::Sha512),
        (TestName::EcdsaSecp384r1Sha256, Digest::Sha256),
        (TestName::EcdsaSecp384r1Sha384, Digest::Sha384),
        (TestName::EcdsaSecp384r1Sha512, Digest::Sha512),
    ] {
        for group in TestSet::load(name).unwrap().test_groups {
            let key = key(&group.der).unwrap();
            for test in &group.tests {
                let accepted = key.verifies(Scheme::Ecdsa(digest), &test.msg, &test.sig).unwrap();
                judge(&format!("{name:?}"), test.tc_id, accepted, test.result, &mut count);
            }
        }
    }
    assert!(count.0 > 200 && count.1 > 500, "{count:?}");
}

#[test]
fn a_signature_of_another_kind_than_its_key_is_refused() {
    let set = wycheproof::ecdsa::TestSet::load(wycheproof::ecdsa::TestName::EcdsaSecp256r1Sha256).unwrap();
    let key = key(&set.test_groups[0].der).unwrap();
    let refusal = key.verifies(Scheme::Pkcs1(Digest::Sha256), b"", b"").unwrap_err();
    assert_eq!(refusal.id(), "algorithms-differ");
}
