//! A stamp and its renewals: what each covers, and when it must be made.

use crate::shop::*;
use casemate_stamp::*;

struct Case {
    shop: Shop,
    stamps: Vec<Kept>,
}

impl Case {
    /// A first stamp at a time, by a signer whose certificate ends in 2025.
    fn new(time: &str) -> Self {
        let shop = Shop::new();
        shop.issue("root", Kind::P256, None, ROOT);
        shop.key("first", Kind::P256);
        shop.certify("first", "/CN=first", Some("root"), SIGNER, FROM, "20250101000000Z", &[]);
        shop.issue("second", Kind::P384, Some("root"), SIGNER);
        let token = shop.token(&Info::at(time).der(), "first", &[]);
        let kept = Kept { salt: SALT, token: token.as_bytes().to_vec(), certificates: vec![], lists: vec![] };
        Self { shop, stamps: vec![kept] }
    }

    fn renew(&mut self, time: &str) -> &mut Self {
        let salt = [self.stamps.len() as u8; 32];
        let hash = renewed(&salt, NOTE, &self.stamps).hash().to_vec();
        let token = self.shop.token(&Info { hash, ..Info::at(time) }.der(), "second", &[]);
        self.stamps.push(Kept { salt, token: token.as_bytes().to_vec(), certificates: vec![], lists: vec![] });
        self
    }

    fn judge(&self) -> Result<Vec<Verdict>, Refusal> {
        verify_all(NOTE, &self.stamps, &[self.shop.der("root")])
    }
}

#[test]
fn a_stamp_that_was_renewed_in_time_holds() {
    let mut case = Case::new(MADE);
    let verdicts = case.renew("20241201000000Z").renew("20300101000000Z").judge().unwrap();
    let times: Vec<String> = verdicts.iter().map(|verdict| verdict.time.to_string()).collect();
    assert_eq!(times, ["2024-06-01T12:00:00Z", "2024-12-01T00:00:00Z", "2030-01-01T00:00:00Z"]);
    assert_eq!(verdicts[0].valid_until.to_string(), "2025-01-01T00:00:00Z");
}

#[test]
fn a_renewal_after_the_end_is_refused() {
    let refusal = Case::new(MADE).renew("20250101000001Z").judge().unwrap_err();
    assert_eq!(refusal, Refusal::RenewedLate { subject: "CN=first".to_owned() });
}

#[test]
fn a_renewal_before_its_stamp_is_refused() {
    assert_eq!(Case::new(MADE).renew(MADE).judge().unwrap_err(), Refusal::RenewedBefore);
    assert_eq!(Case::new(MADE).renew("20240501000000Z").judge().unwrap_err(), Refusal::RenewedBefore);
}

#[test]
fn a_renewal_covers_everything_kept_before_it() {
    let mut case = Case::new(MADE);
    case.renew("20241201000000Z");
    assert!(case.judge().is_ok());
    let root = case.shop.der("root");
    case.stamps[0].certificates.push(root);
    assert_eq!(case.judge().unwrap_err().id(), "imprint");
    case.stamps[0].certificates.clear();
    case.stamps.remove(0);
    assert_eq!(case.judge().unwrap_err().id(), "imprint", "a renewal is no first stamp");
    case.stamps.clear();
    assert_eq!(case.judge().unwrap_err().id(), "no-stamp");
}
