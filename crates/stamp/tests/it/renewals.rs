//! Stamps of one log that renew each other: by what, and until when.

use crate::shop::*;
use casemate_stamp::*;

/// Signers whose certificates end in 2025, 2035 and 2045.
fn shop() -> Shop {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    for (name, until) in [("first", "20250101000000Z"), ("second", "20350101000000Z"), ("third", TO)] {
        shop.key(name, Kind::P256);
        shop.certify(name, &format!("/CN={name}"), Some("root"), SIGNER, FROM, until, &[]);
    }
    shop
}

fn made(shop: &Shop, signer: &str, time: &str) -> Verdict {
    verified(&shop.token(&Info::at(time).der(), signer, &[]), &[shop.der("root")], &[], &[]).unwrap()
}

fn logged(verdict: &Verdict, size: u64, recorded: u64) -> Logged<'_> {
    Logged { verdict, size, recorded: Some(recorded), renews: true }
}

fn years(stamps: &[Logged<'_>]) -> Vec<String> {
    good_until(stamps).iter().map(|until| until.to_string()[..4].to_owned()).collect()
}

#[test]
fn a_stamp_is_good_until_the_last_of_its_renewals_ends() {
    let shop = shop();
    let (first, second, third) =
        (made(&shop, "first", MADE), made(&shop, "second", "20250101000000Z"), made(&shop, "third", "20340101000000Z"));
    let of = |sizes: [u64; 3], places: [u64; 3]| {
        let stamps = [&first, &second, &third];
        let stamps: Vec<_> = (0..3).map(|at| logged(stamps[at], sizes[at], places[at])).collect();
        (stamps.clone(), years(&stamps))
    };
    // Each covers the entry of the one before: size 11 covers entry 10.
    let (mut stamps, good) = of([5, 11, 21], [10, 20, 30]);
    assert_eq!(good, ["2045", "2045", "2045"]);
    stamps.reverse();
    assert_eq!(years(&stamps), ["2045", "2045", "2045"]);
    // One entry less, and it doesn't.
    assert_eq!(of([5, 10, 21], [10, 20, 30]).1, ["2025", "2045", "2045"]);
    assert_eq!(of([5, 11, 20], [10, 20, 30]).1, ["2035", "2035", "2045"]);
    // What isn't known to be in the log, or isn't trusted, renews nothing and is not renewed.
    stamps.reverse();
    stamps[0].recorded = None;
    assert_eq!(years(&stamps), ["2025", "2045", "2045"]);
    stamps[0].recorded = Some(10);
    stamps[2].renews = false;
    assert_eq!(years(&stamps), ["2035", "2035", "2045"]);
    assert_eq!(good_until(&[]), []);
}

#[test]
fn a_renewal_after_the_end_or_before_its_stamp_is_none() {
    let shop = shop();
    let first = made(&shop, "first", MADE);
    for (time, good) in [
        ("20241231235959Z", "2035"),
        ("20250101000000Z", "2035"),
        ("20250101000001Z", "2025"),
        (MADE, "2025"),
        ("20240501000000Z", "2025"),
    ] {
        let second = made(&shop, "second", time);
        assert_eq!(years(&[logged(&first, 5, 10), logged(&second, 11, 20)])[0], good, "{time}");
    }
}
