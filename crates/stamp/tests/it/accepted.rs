//! What holds: answers of `openssl ts` with every kind of key, and what the verdict says of them; `openssl ts -verify` agrees.

use crate::shop::*;
use casemate_stamp::*;

fn asked(policy: Option<Oid>) -> Request {
    Request { imprint: imprint(), nonce: Some(Nonce([0x9a, 1, 2, 3, 4, 5, 6, 7])), policy }
}

fn judged(request: &Request, answer: &[u8], given: &Given<'_>) -> Result<Verdict, Refusal> {
    let asked = Asked { imprint: &request.imprint, nonce: request.nonce, policy: request.policy };
    verify(&TokenDer::read(answer)?, &asked, given)
}

/// Stock `openssl` accepts what we accept: the data, the answer in the form that is kept, root and authority.
fn agrees(shop: &Shop, answer: &[u8], name: &str) {
    let (data, kept) = (format!("{name}.data"), format!("{name}.tsr"));
    shop.write(&data, &stamped_data(&SALT, NOTE));
    shop.write(&kept, &TokenDer::read(answer).unwrap().to_response());
    let usual = ["ts", "-verify", "-data", &data, "-in", &kept, "-CAfile", "root.pem", "-untrusted", "between.pem"];
    let (well, said) = shop.tried(&usual);
    assert!(well, "{name}: {said}");
}

#[test]
fn a_real_authority_is_verified_with_every_kind_of_key() {
    let shop = Shop::usual();
    let roots = [shop.der("root")];
    let given = Given { roots: &roots, ..Given::default() };
    for (signer, digest) in [
        ("rsa", "sha256"),
        ("rsa", "sha512"),
        ("p256", "sha256"),
        ("p256", "sha512"),
        ("p384", "sha384"),
        ("p384", "sha256"),
    ] {
        let request = asked(None);
        let answer = shop.reply(signer, &request.to_der(), &format!("signer_digest={digest}"));
        let verdict =
            judged(&request, &answer, &given).unwrap_or_else(|refusal| panic!("{signer} {digest}: {refusal}"));
        assert_eq!(verdict.trust, Trust::Pinned);
        assert_eq!(verdict.revocation, Revocation::NotChecked);
        assert_eq!(verdict.policy.to_string(), POLICY);
        assert_eq!(verdict.authority, format!("CN={signer}, O=Invented Time"));
        assert_eq!(verdict.root, "CN=root, O=Invented Time");
        assert_eq!(verdict.root_fingerprint, fingerprint(&roots[0]));
        assert_eq!(verdict.accuracy, Some(Accuracy { seconds: 1, milliseconds: 500, microseconds: 100 }));
        assert_eq!(verdict.accuracy.unwrap().to_string(), "1.5001 s");
        assert_eq!(verdict.qualified, Qualified { stamp: false, certificate: false });
        assert_eq!(verdict.valid_until.to_string(), "2045-01-01T00:00:00Z");
        agrees(shop, &answer, &format!("{signer}-{digest}"));
    }
}

#[test]
fn the_older_and_the_newer_name_of_the_signing_certificate_hold() {
    let shop = Shop::usual();
    let roots = [shop.der("root")];
    let given = Given { roots: &roots, ..Given::default() };
    for options in ["ess_cert_id_alg=sha1", "ess_cert_id_alg=sha256", "ess_cert_id_alg=sha512", "ess_cert_id_chain=yes"]
    {
        let request = asked(None);
        let answer = shop.reply("rsa", &request.to_der(), options);
        judged(&request, &answer, &given).unwrap_or_else(|refusal| panic!("{options}: {refusal}"));
        agrees(shop, &answer, options);
    }
}

#[test]
fn rsassa_pss_holds() {
    let shop = Shop::usual();
    let pss = ["-keyopt", "rsa_padding_mode:pss"];
    for (digest, salt) in [("sha256", "32"), ("sha384", "48"), ("sha512", "20")] {
        let length = format!("rsa_pss_saltlen:{salt}");
        let token = shop.token(
            &Info::usual().der(),
            "pss",
            &[&pss[..], &["-keyopt", &length, "-md", digest, "-certfile", "between.pem"]].concat(),
        );
        usually(&token).unwrap_or_else(|refusal| panic!("{digest} {salt}: {refusal}"));
        agrees_on_token(shop, &token, &format!("pss-{digest}"));
    }
}

fn agrees_on_token(shop: &Shop, token: &TokenDer, name: &str) {
    // `openssl ts` checks through PKCS #7, which knows no PSS; `openssl cms` does.
    let (file, content) = (format!("{name}.token"), format!("{name}.info"));
    shop.write(&file, token.as_bytes());
    let usual = ["cms", "-verify", "-inform", "DER", "-in", &file, "-CAfile", "root.pem"];
    let (well, said) =
        shop.tried(&[&usual[..], &["-purpose", "timestampsign", "-binary", "-cades", "-out", &content]].concat());
    assert!(well, "{name}: {said}");
    assert_eq!(shop.read(&content), Info::usual().der());
}

#[test]
fn a_certificate_for_pss_alone_holds() {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("only", Kind::RsaPss, Some("root"), SIGNER);
    let token = shop.token(&Info::usual().der(), "only", &["-keyopt", "rsa_pss_saltlen:32"]);
    verified(&token, &[shop.der("root")], &[], &[]).unwrap();
}

#[test]
fn certificates_signed_with_pss_hold() {
    let shop = Shop::new();
    shop.key("root", Kind::Rsa(3072));
    let pss = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"];
    shop.certify("root", "/CN=root", None, ROOT, FROM, TO, &pss);
    shop.key("signer", Kind::P384);
    shop.certify("signer", "/CN=signer", Some("root"), SIGNER, FROM, TO, &pss);
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    let verdict = verified(&token, &[shop.der("root")], &[], &[]).unwrap();
    assert_eq!(verdict.time.to_string(), "2024-06-01T12:00:00Z");
    assert_eq!(verdict.serial, "1122");
}

#[test]
fn a_policy_that_was_asked_for_is_given() {
    let shop = Shop::usual();
    let roots = [shop.der("root")];
    let request = asked(Some("1.2.3.4.5".parse().unwrap()));
    let answer = shop.reply("p256", &request.to_der(), "");
    let verdict = judged(&request, &answer, &Given { roots: &roots, ..Given::default() }).unwrap();
    assert_eq!(verdict.policy.to_string(), "1.2.3.4.5");
}

#[test]
fn without_a_pinned_root_the_token_holds_and_trust_is_not_checked() {
    let shop = Shop::usual();
    let token = shop.token(&Info::usual().der(), "p256", &["-certfile", "between.pem"]);
    let verdict = verified(&token, &[], &[], &[]).unwrap();
    assert_eq!(verdict.trust, Trust::NotChecked);
    assert_eq!(
        (verdict.root.as_str(), verdict.root_fingerprint),
        ("CN=between, O=Invented Time", fingerprint(&shop.der("between")))
    );
    let verdict = verified(&token, &[], &[shop.der("root")], &[]).unwrap();
    assert_eq!(verdict.trust, Trust::NotChecked);
    assert_eq!(verdict.root_fingerprint, fingerprint(&shop.der("root")));
}

#[test]
fn an_answer_in_the_kept_form_says_the_same() {
    let shop = Shop::usual();
    let answer = shop.reply("p256", &asked(None).to_der(), "");
    let token = TokenDer::read(&answer).unwrap();
    assert_eq!(TokenDer::read(&token.to_response()).unwrap(), token);
    assert_eq!(TokenDer::read(token.as_bytes()).unwrap(), token);
}

#[test]
fn openssl_reads_the_request_as_it_was_meant() {
    let shop = Shop::new();
    shop.write("query", &asked(Some("1.2.3.4.5".parse().unwrap())).to_der());
    let (well, said) = shop.tried(&["ts", "-query", "-in", "query", "-text"]);
    assert!(well, "{said}");
    for line in [
        "Version: 1",
        "Hash Algorithm: sha256",
        "Policy OID: 1.2.3.4.5",
        "Nonce: 0x9A01020304050607",
        "Certificate required: yes",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
}

#[test]
fn what_is_stated_of_being_qualified_is_said_as_stated() {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    // QCStatements with QcCompliance (0.4.0.1862.1.1).
    let qualified = format!("{SIGNER}1.3.6.1.5.5.7.1.3=DER:300a3008060604008e460101\n");
    shop.issue("signer", Kind::P256, Some("root"), &qualified);
    // … and esi4-qtstStatement-1 (0.4.0.19422.1.1) in the stamp.
    let statement = sequence(&[&sequence(&[&tlv(6, &[4, 0, 0x81, 0x97, 0x5e, 1, 1])])]);
    let extension = sequence(&[&tlv(6, &[0x2b, 6, 1, 5, 5, 7, 1, 3]), &tlv(4, &statement)]);
    let token = shop.token(&Info::with(&tlv(0xa1, &extension)).der(), "signer", &[]);
    let verdict = verified(&token, &[shop.der("root")], &[], &[]).unwrap();
    assert_eq!(verdict.qualified, Qualified { stamp: true, certificate: true });
}
