//! What the stamp says, and the answer around it: other data, other questions, other forms.

use crate::shop::*;
use casemate_stamp::*;

const WRONG: [u8; 32] = [9; 32];

fn signed(info: &Info) -> TokenDer {
    Shop::usual().token(&info.der(), "p256", &[])
}

fn asking(token: &TokenDer, nonce: Option<Nonce>, policy: Option<Oid>) -> Result<Verdict, Refusal> {
    let shop = Shop::usual();
    let (imprint, roots, between) = (imprint(), [shop.der("root")], [shop.der("between")]);
    let given = Given { roots: &roots, certificates: &between, lists: &[] };
    verify(token, &Asked { imprint: &imprint, nonce, policy }, &given)
}

#[test]
fn a_stamp_of_other_data_is_refused() {
    assert_eq!(id(usually(&signed(&Info { hash: WRONG.to_vec(), ..Info::usual() }))), "imprint");
    let shop = Shop::usual();
    let (roots, other) = ([shop.der("root")], stamped(&[8; 32], NOTE));
    let asked = Asked { imprint: &other, nonce: None, policy: None };
    let given = Given { roots: &roots, ..Given::default() };
    assert_eq!(id(verify(&signed(&Info::usual()), &asked, &given)), "imprint");
}

#[test]
fn a_hash_of_the_wrong_length_is_refused() {
    assert_eq!(id(usually(&signed(&Info { hash: vec![1; 31], ..Info::usual() }))), "form");
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let nonce = Nonce([1, 2, 3, 4, 5, 6, 7, 8]);
    let with = signed(&Info::with(&tlv(2, &nonce.0)));
    assert!(asking(&with, Some(nonce), None).is_ok());
    assert_eq!(id(asking(&with, Some(Nonce([1, 2, 3, 4, 5, 6, 7, 9])), None)), "nonce");
    assert_eq!(id(asking(&signed(&Info::usual()), Some(nonce), None)), "nonce");
}

#[test]
fn another_policy_is_refused() {
    let token = signed(&Info::usual());
    assert!(asking(&token, None, Some(POLICY.parse().unwrap())).is_ok());
    assert_eq!(id(asking(&token, None, Some("1.2.3.4.2".parse().unwrap()))), "policy");
}

#[test]
fn another_version_is_refused() {
    assert_eq!(id(usually(&signed(&Info { version: 2, ..Info::usual() }))), "version");
}

#[test]
fn times_out_of_form_are_refused() {
    for time in ["20240601120000", "20240601120000.50Z", "20241301120000Z", "20240601120000+0100"] {
        assert_eq!(id(usually(&signed(&Info::at(time)))), "form", "{time}");
    }
    let verdict = usually(&signed(&Info::at("20240601120000.125Z"))).unwrap();
    assert_eq!(verdict.time.to_string(), "2024-06-01T12:00:00.125Z");
}

#[test]
fn an_accuracy_out_of_range_is_refused_and_none_is_none() {
    let with = |accuracy: &[u8]| usually(&signed(&Info::with(&tlv(0x30, accuracy))));
    assert_eq!(id(with(&tlv(0x80, &[3, 0xe8]))), "form", "1,000 milliseconds");
    assert_eq!(id(with(&tlv(2, &[0xff]))), "form", "less than nothing");
    assert_eq!(with(&tlv(0x81, &[3, 0xe7])).unwrap().accuracy.unwrap().to_string(), "0.000999 s");
    assert_eq!(usually(&signed(&Info::usual())).unwrap().accuracy, None);
}

#[test]
fn a_critical_extension_is_refused_and_another_is_not() {
    let extension = |critical: bool| {
        let flag: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
        tlv(0xa1, &sequence(&[&tlv(6, &[0x2a, 9]), flag, &tlv(4, &[5, 0])]))
    };
    assert_eq!(id(usually(&signed(&Info::with(&extension(true))))), "critical");
    assert!(usually(&signed(&Info::with(&extension(false)))).is_ok());
}

#[test]
fn an_authority_of_another_name_is_refused() {
    let named = |common: &[u8]| {
        let part = |kind: u8, text: &[u8]| tlv(0x31, &sequence(&[&tlv(6, &[0x55, 4, kind]), &tlv(0x0c, text)]));
        let name = sequence(&[&part(3, common), &part(10, b"Invented Time")]);
        Info::with(&tlv(0xa0, &tlv(0xa4, &name)))
    };
    assert!(usually(&signed(&named(b"p256"))).is_ok());
    assert_eq!(id(usually(&signed(&named(b"p255")))), "authority-name");
    assert_eq!(id(usually(&signed(&Info::with(&tlv(0xa0, &tlv(0x82, b"tsa.example")))))), "authority-name");
}

#[test]
fn bytes_after_the_stamp_are_refused() {
    let mut info = Info::usual().der();
    info.push(0);
    assert_eq!(id(usually(&Shop::usual().token(&info, "p256", &[]))), "trailing");
    let field = Info::with(&tlv(4, b"more")).der();
    assert_eq!(id(usually(&Shop::usual().token(&field, "p256", &[]))), "trailing");
}

#[test]
fn a_refused_request_is_named_by_its_status() {
    let shop = Shop::usual();
    // An algorithm that the authority doesn't take.
    let mut request = Request { imprint: imprint(), nonce: None, policy: None }.to_der();
    request = edited(&request, &SHA256[4..13], &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 4], 1);
    let answer = shop.reply("p256", &request, "");
    let refusal = TokenDer::read(&answer).unwrap_err();
    assert!(matches!(refusal, Refusal::Status { status: 2, failure } if failure != 0), "{refusal}");
}

#[test]
fn each_status_that_grants_nothing_is_refused() {
    let token = signed(&Info::usual());
    for status in 0..=6u8 {
        let answer = sequence(&[&sequence(&[&tlv(2, &[status])]), token.as_bytes()]);
        match TokenDer::read(&answer) {
            Ok(read) => assert!(status <= 1 && read == token),
            Err(refusal) => assert_eq!(refusal, Refusal::Status { status, failure: 0 }),
        }
    }
    assert_eq!(TokenDer::read(&sequence(&[&sequence(&[&tlv(2, &[0])])])).unwrap_err().id(), "no-token");
}

#[test]
fn an_answer_with_bytes_behind_it_is_refused() {
    let token = signed(&Info::usual());
    let mut answer = token.to_response();
    answer.push(0);
    assert_eq!(TokenDer::read(&answer).unwrap_err().id(), "trailing");
    let inside = sequence(&[&sequence(&[&tlv(2, &[0])]), token.as_bytes(), &tlv(5, &[])]);
    assert_eq!(TokenDer::read(&inside).unwrap_err().id(), "trailing");
    let mut bare = token.as_bytes().to_vec();
    bare.push(0);
    assert_eq!(TokenDer::read(&bare).unwrap_err().id(), "trailing");
}

#[test]
fn an_answer_beyond_the_limit_is_refused_unread() {
    let long = vec![0x30; TOKEN_BYTES_MAX + 1];
    assert_eq!(TokenDer::read(&long).unwrap_err().id(), "too-long");
}

#[test]
fn lengths_of_ber_are_refused() {
    for bytes in
        [&[0x30, 0x80, 0, 0][..], &[0x30, 0x81, 2, 5, 0], &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &[0x3f, 0x1f, 0]]
    {
        assert_eq!(TokenDer::read(bytes).unwrap_err().id(), "form", "{bytes:x?}");
    }
}
