//! Who signs, and how: signers, attributes, digests, signatures, and what the certificate must be for.

use crate::shop::*;
use casemate_stamp::*;

fn usual_token(more: &[&str]) -> TokenDer {
    Shop::usual().token(&Info::usual().der(), "p256", more)
}

/// A token of a signer whose certificate has these extensions.
fn of_signer(extensions: &str) -> Result<Verdict, Refusal> {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("signer", Kind::P256, Some("root"), extensions);
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    verified(&token, &[shop.der("root")], &[], &[])
}

#[test]
fn a_certificate_without_a_usage_is_refused() {
    assert_eq!(id(of_signer("keyUsage=critical,digitalSignature\n")), "usage-missing");
}

#[test]
fn a_usage_that_is_not_critical_is_refused() {
    assert_eq!(id(of_signer("extendedKeyUsage=timeStamping\n")), "usage-not-critical");
}

#[test]
fn a_second_usage_is_refused() {
    assert_eq!(id(of_signer("extendedKeyUsage=critical,timeStamping,emailProtection\n")), "usage-not-alone");
    assert_eq!(id(of_signer("extendedKeyUsage=critical,timeStamping,anyExtendedKeyUsage\n")), "usage-not-alone");
}

#[test]
fn another_usage_is_refused() {
    assert_eq!(id(of_signer("extendedKeyUsage=critical,codeSigning\n")), "usage-other");
    assert_eq!(id(of_signer("extendedKeyUsage=critical,anyExtendedKeyUsage\n")), "usage-other");
}

#[test]
fn a_key_that_may_not_sign_is_refused() {
    let usage =
        |usage: &str| of_signer(&format!("keyUsage=critical,{usage}\nextendedKeyUsage=critical,timeStamping\n"));
    assert_eq!(id(usage("keyAgreement")), "key-usage");
    assert_eq!(id(usage("digitalSignature,keyCertSign")), "key-usage");
    assert!(usage("nonRepudiation").is_ok());
    assert!(of_signer("extendedKeyUsage=critical,timeStamping\n").is_ok());
}

#[test]
fn a_critical_extension_of_the_signer_is_refused() {
    assert_eq!(id(of_signer(&format!("{SIGNER}1.2.3.4=critical,DER:0500\n"))), "critical");
    assert!(of_signer(&format!("{SIGNER}1.2.3.4=DER:0500\n")).is_ok());
}

#[test]
fn a_token_that_does_not_name_its_certificate_is_refused() {
    let shop = Shop::usual();
    shop.write("plain-info", &Info::usual().der());
    shop.openssl(&[
        "cms",
        "-sign",
        "-binary",
        "-nodetach",
        "-outform",
        "DER",
        "-econtent_type",
        "1.2.840.113549.1.9.16.1.4",
        "-in",
        "plain-info",
        "-out",
        "plain-token",
        "-signer",
        "p256.pem",
        "-inkey",
        "p256.key",
        "-md",
        "sha256",
    ]);
    let token = TokenDer::read(&shop.read("plain-token")).unwrap();
    assert_eq!(id(usually(&token)), "signing-certificate-missing");
}

/// A token by a certificate whose key, issuer and number are those of another, so that only the signed name tells them apart.
fn swapped(options: &str) -> Result<Verdict, Refusal> {
    let (root, token) = swapped_token(options);
    verified(&token, &[root], &[], &[])
}

/// The same for who writes it down: the root, and the token.
pub fn swapped_token(options: &str) -> (Vec<u8>, TokenDer) {
    let shop = Shop::new();
    // Signatures of RSA have one length, so that one certificate fits where another stood.
    shop.issue("root", Kind::Rsa(2048), None, ROOT);
    shop.write("between.pem", &shop.read("root.pem"));
    shop.issue("signer", Kind::P256, Some("root"), SIGNER);
    let request = Request { imprint: imprint(), nonce: None, policy: None }.to_der();
    let answer = shop.reply("signer", &request, options);
    let own = shop.der("signer");
    // The same key, name, issuer and number, and another end.
    let (_, serial) = shop.tried(&["x509", "-in", "signer.pem", "-noout", "-serial"]);
    let serial = serial.trim().trim_start_matches("serial=").to_owned();
    shop.write("number", serial.as_bytes());
    shop.write("index", b"");
    let config = String::from_utf8(shop.read("ca.cnf")).unwrap().replace("rand_serial=yes", "serial=number");
    shop.write("ca.cnf", config.as_bytes());
    shop.certify("signer", "/O=Invented Time/CN=signer", Some("root"), SIGNER, FROM, "20440101000000Z", &[]);
    let other = shop.der("signer");
    assert_ne!(own, other);
    let token = TokenDer::read(&answer).unwrap();
    assert!(verified(&token, &[shop.der("root")], &[], &[]).is_ok());
    // Inside the answer the one that was signed is put aside: the other has its place.
    let bytes = token.as_bytes();
    assert_eq!(own.len(), other.len());
    let token = TokenDer::read(&edited(bytes, &own, &other, 1)).unwrap();
    // Given beside it, the right one is found again.
    assert!(verified(&token, &[shop.der("root")], std::slice::from_ref(&own), &[]).is_ok());
    (shop.der("root"), token)
}

#[test]
fn another_certificate_than_the_signed_one_is_refused_by_the_older_name() {
    assert_eq!(id(swapped("ess_cert_id_alg=sha1")), "signing-certificate-v1");
}

#[test]
fn another_certificate_than_the_signed_one_is_refused_by_the_newer_name() {
    assert_eq!(id(swapped("ess_cert_id_alg=sha256")), "signing-certificate-v2");
}

#[test]
fn a_signer_whose_certificate_is_nowhere_is_refused() {
    assert_eq!(id(usually(&usual_token(&["-nocerts"]))), "signer-absent");
    let shop = Shop::usual();
    let given = [shop.der("between"), shop.der("p256")];
    assert!(verified(&usual_token(&["-nocerts"]), &[shop.der("root")], &given, &[]).is_ok());
}

#[test]
fn a_signer_named_by_its_key_holds() {
    assert!(usually(&usual_token(&["-keyid"])).is_ok());
}

#[test]
fn two_signers_are_refused_and_none_too() {
    let token = usual_token(&["-signer", "rsa.pem", "-inkey", "rsa.key"]);
    assert_eq!(usually(&token).unwrap_err(), Refusal::Signers(2));
    let shop = Shop::usual();
    let digest = &SHA256;
    // Signed data without signers: version, digests, content, an empty set.
    let content = sequence(&[
        &tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 4]),
        &tlv(0xa0, &tlv(4, &Info::usual().der())),
    ]);
    let data = sequence(&[&tlv(2, &[3]), &tlv(0x31, digest), &content, &tlv(0x31, &[])]);
    let none = sequence(&[&tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]), &tlv(0xa0, &data)]);
    assert_eq!(
        verified(&TokenDer::read(&none).unwrap(), &[shop.der("root")], &[], &[]).unwrap_err(),
        Refusal::Signers(0)
    );
}

#[test]
fn a_changed_stamp_is_refused_by_its_digest() {
    let token = usual_token(&[]);
    let later = edited(token.as_bytes(), MADE.as_bytes(), b"20240601120001Z", 1);
    assert_eq!(id(usually(&TokenDer::read(&later).unwrap())), "message-digest");
}

#[test]
fn a_changed_digest_is_refused_by_the_signature() {
    use sha2::Digest as _;
    let token = usual_token(&[]);
    let later = edited(token.as_bytes(), MADE.as_bytes(), b"20240601120001Z", 1);
    let (old, new) =
        (sha2::Sha256::digest(Info::usual().der()), sha2::Sha256::digest(Info::at("20240601120001Z").der()));
    let later = edited(&later, &old, &new, 1);
    assert_eq!(id(usually(&TokenDer::read(&later).unwrap())), "signature");
}

#[test]
fn another_content_type_is_refused() {
    let shop = Shop::usual();
    shop.write("other-info", &Info::usual().der());
    shop.openssl(&[
        "cms",
        "-sign",
        "-binary",
        "-nodetach",
        "-cades",
        "-outform",
        "DER",
        "-econtent_type",
        "1.2.3.4",
        "-in",
        "other-info",
        "-out",
        "other-token",
        "-signer",
        "p256.pem",
        "-inkey",
        "p256.key",
        "-md",
        "sha256",
    ]);
    let plain = shop.read("other-token");
    assert_eq!(id(usually(&TokenDer::read(&plain).unwrap())), "not-stamp");
    // The signed attribute says something else than the content.
    let attribute = sequence(&[
        &tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3]),
        &tlv(0x31, &tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 4])),
    ]);
    let mut other = attribute.clone();
    *other.last_mut().unwrap() = 5;
    let changed = edited(usual_token(&[]).as_bytes(), &attribute, &other, 1);
    assert_eq!(id(usually(&TokenDer::read(&changed).unwrap())), "content-type");
}

#[test]
fn a_token_without_signed_attributes_is_refused() {
    let shop = Shop::usual();
    shop.write("bare-info", &Info::usual().der());
    let usual = ["cms", "-sign", "-binary", "-nodetach", "-noattr", "-outform", "DER", "-md", "sha256"];
    let places = ["-in", "bare-info", "-out", "bare-token", "-signer", "p256.pem", "-inkey", "p256.key"];
    shop.openssl(&[&usual[..], &["-econtent_type", "1.2.840.113549.1.9.16.1.4"], &places].concat());
    let bare = TokenDer::read(&shop.read("bare-token")).unwrap();
    assert_eq!(usually(&bare).unwrap_err(), Refusal::AttributeMissing("content-type"));
    let digest = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
    // Without message-digest: its attribute becomes another one, unknown.
    let mut other = digest;
    *other.last_mut().unwrap() = 0x7f;
    let changed = edited(usual_token(&[]).as_bytes(), &digest, &other, 1);
    assert_eq!(usually(&TokenDer::read(&changed).unwrap()).unwrap_err(), Refusal::AttributeMissing("message-digest"));
}

#[test]
fn an_attribute_that_stands_twice_is_refused() {
    // signing-time becomes a second content-type.
    let (time, kind) = ([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 5], [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3]);
    let changed = edited(usual_token(&[]).as_bytes(), &time, &kind, 1);
    assert_eq!(usually(&TokenDer::read(&changed).unwrap()).unwrap_err(), Refusal::AttributeTwice("content-type"));
}

#[test]
fn a_signature_with_sha_1_is_refused() {
    assert_eq!(usually(&usual_token(&["-md", "sha1"])).unwrap_err(), Refusal::Weak("SHA-1"));
}

#[test]
fn other_data_than_signed_data_is_refused() {
    let bytes = usual_token(&[]).as_bytes().to_vec();
    let (signed, enveloped) =
        ([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2], [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 3]);
    let other = edited(&bytes, &signed, &enveloped, 1);
    assert_eq!(id(usually(&TokenDer::read(&other).unwrap())), "not-signed");
}

#[test]
fn a_short_key_is_refused() {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("signer", Kind::Rsa(1024), Some("root"), SIGNER);
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    assert_eq!(verified(&token, &[shop.der("root")], &[], &[]).unwrap_err(), Refusal::WeakKey(1024));
}

#[test]
fn a_curve_that_is_not_known_is_refused() {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("signer", Kind::P521, Some("root"), SIGNER);
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    assert_eq!(id(verified(&token, &[shop.der("root")], &[], &[])), "key");
}
