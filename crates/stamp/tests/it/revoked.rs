//! Revocation lists: before and after the stamp, for which reasons, of whom, and how old.

use crate::shop::*;
use casemate_stamp::*;

const BEFORE: &str = "20240601110000Z";
const AFTER: &str = "20240601130000Z";
const LIST_MADE: &str = "20240602000000Z";
const LIST_ENDS: &str = "20240702000000Z";

/// A shop of its own: lists need files that can't be shared.
fn shop() -> Shop {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("between", Kind::P256, Some("root"), AUTHORITY);
    shop.issue("signer", Kind::P256, Some("between"), SIGNER);
    shop
}

fn with(shop: &Shop, lists: &[Vec<u8>]) -> Result<Verdict, Refusal> {
    let token = shop.token(&Info::usual().der(), "signer", &["-certfile", "between.pem"]);
    verified(&token, &[shop.der("root")], &[], lists)
}

fn revoked(at: &str, reason: &str) -> Result<Verdict, Refusal> {
    let shop = shop();
    let list = shop.list("between", &[("signer", at, reason)], LIST_MADE, LIST_ENDS);
    let root = shop.list("root", &[], LIST_MADE, LIST_ENDS);
    with(&shop, &[list, root])
}

#[test]
fn lists_that_name_nobody_are_said_to_be_checked() {
    let shop = shop();
    let lists = [shop.list("between", &[], LIST_MADE, LIST_ENDS), shop.list("root", &[], "20240601180000Z", LIST_ENDS)];
    let verdict = with(&shop, &lists).unwrap();
    let Revocation::Checked { as_of } = verdict.revocation else { panic!("not checked") };
    assert_eq!(as_of.to_string(), "2024-06-01T18:00:00Z", "the older of the two");
    // One of two is not enough.
    assert_eq!(with(&shop, &lists[..1]).unwrap().revocation, Revocation::NotChecked);
    assert_eq!(with(&shop, &[]).unwrap().revocation, Revocation::NotChecked);
}

#[test]
fn revoked_before_the_stamp_is_refused() {
    let refusal = revoked(BEFORE, "superseded").unwrap_err();
    let expected = Refusal::Revoked {
        subject: "CN=signer, O=Invented Time".to_owned(),
        at: "2024-06-01T11:00:00Z".to_owned(),
        reason: "superseded".to_owned(),
    };
    assert_eq!(refusal, expected);
    assert_eq!(id(revoked(MADE, "superseded")), "revoked", "in the same second");
}

#[test]
fn revoked_after_the_stamp_for_a_harmless_reason_is_accepted() {
    for reason in ["superseded", "cessationOfOperation", "affiliationChanged"] {
        let verdict = revoked(AFTER, reason).unwrap_or_else(|refusal| panic!("{reason}: {refusal}"));
        assert!(matches!(verdict.revocation, Revocation::Checked { .. }));
    }
}

#[test]
fn revoked_after_the_stamp_because_the_key_was_lost_is_refused() {
    // RFC 3161 § 4: also where no reason is said.
    for reason in ["keyCompromise", "CACompromise", ""] {
        assert_eq!(id(revoked(AFTER, reason)), "revoked", "{reason:?}");
    }
}

#[test]
fn an_authority_of_the_chain_that_was_revoked_is_refused() {
    let shop = shop();
    let list = shop.list("root", &[("between", BEFORE, "superseded")], LIST_MADE, LIST_ENDS);
    assert_eq!(id(with(&shop, &[list])), "revoked");
}

#[test]
fn a_list_that_ended_before_the_stamp_says_nothing_of_who_it_does_not_name() {
    let shop = shop();
    let root = shop.list("root", &[], LIST_MADE, LIST_ENDS);
    let old = shop.list("between", &[], "20240401000000Z", "20240501000000Z");
    assert_eq!(with(&shop, &[old, root.clone()]).unwrap().revocation, Revocation::NotChecked);
    // Around the stamp: as old as it is.
    let around = shop.list("between", &[], "20240531000000Z", "20240603000000Z");
    assert!(matches!(with(&shop, &[around, root.clone()]).unwrap().revocation, Revocation::Checked { .. }));
    // After the certificate ended: it may have been left out.
    let late = shop.list("between", &[], "20460101000000Z", "20470101000000Z");
    assert_eq!(with(&shop, &[late, root]).unwrap().revocation, Revocation::NotChecked);
}

#[test]
fn an_old_list_that_names_it_counts() {
    let shop = shop();
    let old = shop.list("between", &[("signer", "20240310000000Z", "")], "20240401000000Z", "20240501000000Z");
    assert_eq!(id(with(&shop, &[old])), "revoked");
}

#[test]
fn a_list_with_a_false_signature_is_refused() {
    let shop = shop();
    let list = shop.list("between", &[], LIST_MADE, LIST_ENDS);
    let forged = edited(&list, &LIST_MADE.as_bytes()[2..], b"240603000000Z", 1);
    assert_eq!(id(with(&shop, &[forged])), "crl-signature");
}

#[test]
fn lists_of_others_are_passed_over() {
    let (shop, other) = (shop(), Shop::new());
    other.issue("stranger", Kind::P256, None, ROOT);
    other.issue("between", Kind::P256, Some("stranger"), AUTHORITY);
    let strange = other.list("stranger", &[("between", BEFORE, "")], LIST_MADE, LIST_ENDS);
    // The same name, and another key: its identifier tells.
    let same_name = other.list("between", &[], LIST_MADE, LIST_ENDS);
    assert_eq!(with(&shop, &[strange, same_name]).unwrap().revocation, Revocation::NotChecked);
}

#[test]
fn an_authority_that_may_not_sign_lists_is_refused() {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, &ROOT.replace(",cRLSign", ""));
    shop.issue("signer", Kind::P256, Some("root"), SIGNER);
    let token = shop.token(&Info::usual().der(), "signer", &[]);
    let list = shop.list("root", &[], LIST_MADE, LIST_ENDS);
    assert_eq!(id(verified(&token, &[shop.der("root")], &[], &[list])), "crl-key-usage");
}

#[test]
fn a_list_cut_at_any_byte_is_refused() {
    let shop = shop();
    let list = shop.list("between", &[("signer", AFTER, "superseded")], LIST_MADE, LIST_ENDS);
    let token = shop.token(&Info::usual().der(), "signer", &["-certfile", "between.pem"]);
    for length in 0..list.len() {
        let result = verified(&token, &[shop.der("root")], &[], &[list[..length].to_vec()]);
        assert!(result.is_err(), "{length}");
    }
    assert!(verified(&token, &[shop.der("root")], &[], &[list]).is_ok());
}
