//! From the signer to the root, as it was when the stamp was made.

use crate::shop::*;
use casemate_stamp::*;

fn made(time: &str) -> TokenDer {
    Shop::usual().token(&Info::at(time).der(), "p256", &[])
}

/// A shop in which the authority between has these extensions, and what becomes of a stamp.
fn with_between(extensions: &str) -> Result<Verdict, Refusal> {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("between", Kind::P256, Some("root"), extensions);
    shop.issue("signer", Kind::P256, Some("between"), SIGNER);
    let token = shop.token(&Info::usual().der(), "signer", &["-certfile", "between.pem"]);
    verified(&token, &[shop.der("root")], &[], &[])
}

#[test]
fn the_first_and_the_last_second_count() {
    assert!(usually(&made(FROM)).is_ok());
    assert!(usually(&made(TO)).is_ok());
    assert!(usually(&made("20450101000000.5Z")).is_ok(), "the last second is a whole one");
}

#[test]
fn a_stamp_before_the_certificate_is_refused() {
    assert_eq!(id(usually(&made("20191231235959Z"))), "not-yet-valid");
}

#[test]
fn a_stamp_after_the_certificate_is_refused() {
    assert_eq!(id(usually(&made("20450101000001Z"))), "expired");
}

#[test]
fn an_authority_that_had_expired_is_refused() {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.key("between", Kind::P256);
    shop.certify("between", "/CN=between", Some("root"), AUTHORITY, FROM, "20230101000000Z", &[]);
    shop.issue("signer", Kind::P256, Some("between"), SIGNER);
    let token = shop.token(&Info::usual().der(), "signer", &["-certfile", "between.pem"]);
    let refusal = verified(&token, &[shop.der("root")], &[], &[]).unwrap_err();
    assert_eq!(refusal, Refusal::Expired { subject: "CN=between".to_owned() });
}

#[test]
fn a_root_that_had_expired_is_refused() {
    let shop = Shop::new();
    shop.key("root", Kind::P256);
    shop.certify("root", "/CN=root", None, ROOT, FROM, "20230101000000Z", &[]);
    shop.issue("signer", Kind::P256, Some("root"), SIGNER);
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    assert_eq!(id(verified(&token, &[shop.der("root")], &[], &[])), "expired");
}

#[test]
fn a_root_that_is_not_pinned_is_refused() {
    let (shop, other) = (Shop::usual(), Shop::new());
    other.issue("root", Kind::P256, None, ROOT);
    let given = [shop.der("between"), shop.der("root")];
    let refusal = verified(&made(MADE), &[other.der("root")], &given, &[]).unwrap_err();
    assert_eq!(refusal, Refusal::RootNotPinned { fingerprint: fingerprint(&shop.der("root")) });
}

#[test]
fn a_root_of_the_same_name_with_another_key_is_refused() {
    // Without key identifiers, so that only the signature tells.
    let none = "subjectKeyIdentifier=none\nauthorityKeyIdentifier=none\n";
    let plain = &format!("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n{none}");
    let (shop, other) = (Shop::new(), Shop::new());
    shop.issue("root", Kind::P256, None, plain);
    other.issue("root", Kind::P256, None, plain);
    shop.issue("signer", Kind::P256, Some("root"), &format!("extendedKeyUsage=critical,timeStamping\n{none}"));
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    assert!(verified(&token, &[shop.der("root")], &[], &[]).is_ok());
    assert_eq!(id(verified(&token, &[other.der("root")], &[], &[])), "chain-signature");
}

#[test]
fn of_two_roots_of_one_name_the_right_one_is_found() {
    let plain = "basicConstraints=critical,CA:TRUE\n";
    let (shop, other) = (Shop::new(), Shop::new());
    shop.issue("root", Kind::P256, None, plain);
    other.issue("root", Kind::P256, None, plain);
    shop.issue("signer", Kind::P256, Some("root"), "extendedKeyUsage=critical,timeStamping\n");
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    for roots in [[other.der("root"), shop.der("root")], [shop.der("root"), other.der("root")]] {
        assert_eq!(verified(&token, &roots, &[], &[]).unwrap().root_fingerprint, fingerprint(&shop.der("root")));
    }
}

#[test]
fn a_broken_chain_is_refused() {
    let shop = Shop::usual();
    let refusal = verified(&made(MADE), &[shop.der("root")], &[], &[]).unwrap_err();
    assert_eq!(refusal, Refusal::ChainBroken { issuer: "CN=between, O=Invented Time".to_owned() });
}

#[test]
fn a_changed_certificate_between_is_refused() {
    let shop = Shop::usual();
    let between = shop.der("between");
    let changed = edited(&between, &TO.as_bytes()[2..], b"460101000000Z", 1);
    assert_eq!(id(verified(&made(MADE), &[shop.der("root")], &[changed], &[])), "chain-signature");
}

#[test]
fn an_issuer_that_is_no_authority_is_refused() {
    assert_eq!(id(with_between("basicConstraints=critical,CA:FALSE\nsubjectKeyIdentifier=hash\n")), "not-authority");
    assert_eq!(id(with_between("subjectKeyIdentifier=hash\n")), "not-authority");
}

#[test]
fn an_authority_whose_key_may_not_sign_certificates_is_refused() {
    assert_eq!(
        id(with_between("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,cRLSign\n")),
        "authority-key-usage"
    );
}

#[test]
fn an_authority_for_something_else_is_refused() {
    let usage = |usage: &str| with_between(&format!("{AUTHORITY}extendedKeyUsage={usage}\n"));
    assert_eq!(id(usage("serverAuth")), "authority-usage");
    assert!(usage("serverAuth,timeStamping").is_ok());
    assert!(usage("anyExtendedKeyUsage").is_ok());
}

#[test]
fn a_critical_extension_of_an_authority_is_refused() {
    assert_eq!(id(with_between(&format!("{AUTHORITY}nameConstraints=critical,permitted;DNS:example\n"))), "critical");
}

#[test]
fn a_chain_longer_than_its_authority_allows_is_refused() {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("upper", Kind::P256, Some("root"), AUTHORITY);
    shop.issue("lower", Kind::P256, Some("upper"), AUTHORITY);
    shop.issue("signer", Kind::P256, Some("lower"), SIGNER);
    let given = [shop.der("upper"), shop.der("lower")];
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    let refusal = verified(&token, &[shop.der("root")], &given, &[]).unwrap_err();
    assert_eq!(refusal, Refusal::PathLength { subject: "CN=upper, O=Invented Time".to_owned() });
}

#[test]
fn a_chain_beyond_the_limit_is_refused() {
    let shop = Shop::new();
    let long = AUTHORITY.replace(",pathlen:0", "");
    shop.issue("a0", Kind::P256, None, ROOT);
    for step in 1..=CHAIN_MAX {
        shop.issue(&format!("a{step}"), Kind::P256, Some(&format!("a{}", step - 1)), &long);
    }
    let given: Vec<Vec<u8>> = (1..=CHAIN_MAX).map(|step| shop.der(&format!("a{step}"))).collect();
    for (below, fits) in [(CHAIN_MAX - 2, true), (CHAIN_MAX - 1, false)] {
        let name = format!("signer{below}");
        shop.issue(&name, Kind::P256, Some(&format!("a{below}")), SIGNER);
        let token = shop.token(&Info::usual().der(), &name, &[]);
        let result = verified(&token, &[shop.der("a0")], &given, &[]);
        assert_eq!(result.is_ok(), fits, "{below}");
        if !fits {
            assert_eq!(id(result), "chain-limit");
        }
    }
}

#[test]
fn a_crowd_of_cross_signed_authorities_ends_at_the_limit() {
    // Two names with one key that certify each other again and again: without a limit the ways through them multiply.
    let shop = Shop::new();
    let plain = "basicConstraints=critical,CA:TRUE\n";
    shop.issue("ring0", Kind::P256, None, plain);
    shop.write("ring1.key", &shop.read("ring0.key"));
    shop.certify("ring1", "/O=Invented Time/CN=ring1", Some("ring0"), plain, FROM, TO, &[]);
    let mut given = vec![shop.der("ring1")];
    for copy in 0..12 {
        let name = format!("copy{copy}");
        let (own, issuer) = (format!("/O=Invented Time/CN=ring{}", copy % 2), format!("ring{}", (copy + 1) % 2));
        shop.write(&format!("{name}.key"), &shop.read("ring0.key"));
        shop.certify(&name, &own, Some(&issuer), plain, FROM, TO, &[]);
        given.push(shop.der(&name));
    }
    shop.issue("signer", Kind::P256, Some("ring0"), "extendedKeyUsage=critical,timeStamping\n");
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    let other = Shop::usual().der("root");
    let begun = std::time::Instant::now();
    assert_eq!(id(verified(&token, &[other], &given, &[])), "chain-limit");
    println!("given up after {:?}", begun.elapsed());
    // The root at hand is found in the crowd.
    assert!(verified(&token, &[shop.der("ring0")], &given, &[]).is_ok());
}

#[test]
fn a_certificate_signed_with_sha_1_is_refused() {
    let shop = Shop::new();
    shop.issue("root", Kind::Rsa(2048), None, ROOT);
    shop.key("signer", Kind::P256);
    shop.certify("signer", "/CN=signer", Some("root"), SIGNER, FROM, TO, &["-md", "sha1"]);
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    assert_eq!(verified(&token, &[shop.der("root")], &[], &[]).unwrap_err(), Refusal::Weak("SHA-1"));
}

#[test]
fn a_pinned_authority_between_is_enough() {
    let shop = Shop::usual();
    let verdict = verified(&made(MADE), &[shop.der("between")], &[], &[]).unwrap();
    assert_eq!((verdict.trust, verdict.root_fingerprint), (Trust::Pinned, fingerprint(&shop.der("between"))));
}

#[test]
fn a_root_that_can_not_be_read_is_refused() {
    assert_eq!(id(verified(&made(MADE), &[vec![0x30, 0]], &[], &[])), "form");
    let many = vec![Shop::usual().der("root"); CERTIFICATES_MAX + 1];
    assert_eq!(id(verified(&made(MADE), &many, &[], &[])), "too-many");
}
