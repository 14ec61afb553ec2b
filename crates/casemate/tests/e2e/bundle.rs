//! A court bundle made by the command line, attacked.

use crate::calls::disclosed;
use crate::kit::seed;
use crate::tools::{Bundle, Rng, failed_ids, pinned, verify};
use casemate_proof::SecretKey;
use casemate_verify::statement::Mode;
use casemate_verify::{Pins, Status, Verdict};

fn small() -> Option<(Vec<u8>, Pins)> {
    let made = disclosed()?;
    let pins = Pins { signers: vec![made.signer.clone()], ..Pins::default() };
    let bytes = std::fs::read(&made.small).unwrap();
    let verdict = verify(&bytes, &pins);
    assert!(!verdict.failed(), "{:?}", failed_ids(&verdict));
    Some((bytes, pins))
}

/// Runs `each` for 0..n on as many threads as there are cores.
fn spread(n: u64, each: impl Fn(u64) + Sync) {
    let threads = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    std::thread::scope(|scope| {
        for first in 0..threads {
            let each = &each;
            scope.spawn(move || (first..n).step_by(threads as usize).for_each(each));
        }
    });
}

#[test]
fn every_byte_of_the_court_bundle_counts() {
    let Some((bytes, pins)) = small() else { return };
    let seed = seed();
    println!("{} bytes", bytes.len());
    spread(10_000, |n| {
        let mut rng = Rng(seed.wrapping_mul(1_000_003).wrapping_add(n));
        let mut damaged = bytes.clone();
        match n % 4 {
            // A flip of one bit or byte, an insertion, or a byte taken out; and each fourth time a cut anywhere.
            3 => damaged.truncate(rng.below(bytes.len())),
            _ => rng.damage(&mut damaged),
        }
        if damaged != bytes {
            let verdict = verify(&damaged, &pins);
            assert!(verdict.failed(), "mutation {n} of seed {seed} is not refused");
        }
    });
}

fn status(verdict: &Verdict, id: &str) -> Option<Status> {
    verdict.with_id(id).next().map(|f| f.status)
}

/// Changes one thing; answers what.
fn mutate(bundle: &mut Bundle, rng: &mut Rng) -> &'static str {
    let redone = ["manifest-sha256.txt", "tagmanifest-sha256.txt", "disclosure.sig"];
    let paths: Vec<String> = bundle.files.keys().filter(|p| !redone.contains(&p.as_str())).cloned().collect();
    let path = paths[rng.below(paths.len())].clone();
    let other = paths[rng.below(paths.len())].clone();
    match rng.below(7) {
        0 if path != other => {
            bundle.swap(&path, &other);
            "two files exchanged"
        }
        1 => {
            bundle.files.remove(&path);
            "a file taken out"
        }
        2 => {
            let content = bundle.files[&path].clone();
            bundle.files.insert(format!("{path}.more"), content);
            "a file more"
        }
        3 => {
            let mut statement = bundle.statement();
            let n = rng.below(statement.items.len());
            match rng.below(5) {
                0 => statement.items[n].title.push('!'),
                1 => statement.date = "2019-03-01T09:00:00Z".into(),
                2 => statement.items[n].mode = Mode::Whole,
                3 => drop(statement.items.remove(n)),
                _ => statement.purpose.push('!'),
            }
            *bundle.file("disclosure.cbor") = statement.encode().unwrap();
            "another statement"
        }
        _ => {
            let mut content = bundle.files[&path].clone();
            if content.is_empty() {
                content.push(0);
            } else {
                rng.damage(&mut content);
            }
            bundle.files.insert(path, content);
            "a file changed"
        }
    }
}

#[test]
fn a_bundle_signed_anew_by_a_stranger_is_never_proven() {
    let Some((bytes, pins)) = small() else { return };
    let (whole, seed) = (Bundle::open(&bytes), seed());
    let stranger = SecretKey::from_seed(&[0xf0; 32]);
    let strangers = pinned(&stranger);
    spread(1_000, |n| {
        let mut rng = Rng(seed.wrapping_mul(7_919).wrapping_add(n));
        let mut bundle = whole.clone();
        let what = mutate(&mut bundle, &mut rng);
        if n % 2 == 0 && bundle.files.contains_key("disclosure.cbor") {
            // The statement names the stranger's key, so that the signature holds.
            if let Ok(mut statement) = casemate_verify::statement::Statement::decode(&bundle.files["disclosure.cbor"]) {
                statement.key = stranger.public();
                *bundle.file("disclosure.cbor") = statement.encode().unwrap();
            }
        }
        let bytes = bundle.sign(&stranger);
        let pinned = verify(&bytes, &pins);
        assert!(pinned.failed(), "mutation {n} ({what}): proven for who knows the signer");
        assert_ne!(status(&pinned, "signer-pinned"), Some(Status::Proven), "mutation {n} ({what})");
        let unpinned = verify(&bytes, &Pins::default());
        assert_ne!(status(&unpinned, "signer-pinned"), Some(Status::Proven), "mutation {n} ({what})");
        assert!(
            unpinned.failed() || status(&unpinned, "signer-pinned") == Some(Status::NotChecked),
            "mutation {n} ({what}): neither failed nor said to be unpinned"
        );
        // Not even for who was told to trust the stranger: no grant of the case names that key.
        assert!(verify(&bytes, &strangers).failed(), "mutation {n} ({what}): the stranger's key is not of the case");
    });
}
