//! Time-stamps by whoever wants another time believed, and whatever else is read as DER or PEM.
//!
//! Keeps: no time is accepted but one that an authority stamped; the verdict is the same each time.
//! Does not know: how tokens are made; the true ones are those of `tests/vectors/time`, whose keys are gone.
//!
//! Input: a byte that chooses, then what that needs.

use crate::edit::edit;
use crate::input::Input;
use crate::memory;
use casemate_proof::note::decode_base64;
use casemate_stamp::{
    Asked, Beside, CoseAlgorithm, Given, Imprint, Logged, Moment, Nonce, Oid, Refusal, Request, TokenDer, Trust,
    Verdict, fingerprint, good_until, pem, stamped, time_of, verify,
};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Numbers of 8,192 bits and what is made of them; the rest is slices of the token.
const HELD: usize = 8 << 20;
const HELD_EACH: usize = 256;

macro_rules! vectors {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../tests/vectors/time/", $name, ".json")))),*]
    };
}

const VECTORS: [(&str, &str); 29] = vectors!(
    "accept-first-second-of-the-certificate" "accept-fraction-of-a-second" "accept-last-second-of-the-certificate"
    "accept-no-root-trust-not-checked" "accept-older-name-of-the-certificate" "accept-p256-sha256" "accept-p256-sha512"
    "accept-p384-sha384" "accept-qualified-stated-by-the-certificate" "accept-qualified-stated-by-the-stamp"
    "accept-revocation-checked" "accept-revoked-afterwards-as-superseded" "accept-rsa-pss" "accept-rsa-sha256"
    "accept-rsa-sha512" "accept-signer-named-by-key"
    "reject-certificate-named-by-the-newer-attribute" "reject-chain-broken" "reject-expired-at-the-time"
    "reject-key-usage" "reject-list-with-a-false-signature" "reject-nonce-other" "reject-policy-other"
    "reject-revoked-before" "reject-signer-absent" "reject-trailing-byte" "reject-two-signers"
    "reject-usage-not-critical" "reject-unknown-critical-extension"
);

struct Vector {
    imprint: Imprint,
    nonce: Option<Nonce>,
    policy: Option<Oid>,
    answer: Vec<u8>,
    roots: Vec<Vec<u8>>,
    certificates: Vec<Vec<u8>>,
    lists: Vec<Vec<u8>>,
}

struct Known {
    vectors: Vec<Vector>,
    /// Every time that one of the authorities stamped.
    times: BTreeSet<Moment>,
    verdict: Verdict,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let vectors: Vec<Vector> = VECTORS.iter().map(|(_, text)| read(text)).collect();
        let times = vectors.iter().filter_map(|vector| time_of(&vector.answer).ok()).collect();
        for ((name, _), vector) in VECTORS.iter().zip(&vectors) {
            assert_eq!(judge(vector, &vector.answer).is_ok(), name.starts_with("accept"), "{name}");
        }
        let verdict = judge(&vectors[0], &vectors[0].answer).expect("accepted");
        Known { vectors, times, verdict }
    })
}

fn read(text: &str) -> Vector {
    let value: serde_json::Value = serde_json::from_str(text).expect("a vector");
    let field = |name: &str| value[name].as_str();
    let raw = |text: &str| decode_base64(text).expect("base64");
    let blocks = |name: &str| -> Vec<Vec<u8>> {
        value[name].as_array().expect("a list").iter().map(|block| raw(block.as_str().expect("text"))).collect()
    };
    let hex = |text: &str| -> Vec<u8> {
        (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hex")).collect()
    };
    let salt = hex(field("salt").expect("a salt")).try_into().expect("32 bytes");
    Vector {
        imprint: stamped(&salt, field("note").expect("a note").as_bytes()),
        nonce: field("nonce").map(|nonce| Nonce(hex(nonce).try_into().expect("eight bytes"))),
        policy: field("policy").map(|policy| policy.parse().expect("a policy")),
        answer: raw(field("answer").expect("an answer")),
        roots: blocks("roots"),
        certificates: blocks("certificates"),
        lists: blocks("lists"),
    }
}

fn judge(vector: &Vector, answer: &[u8]) -> Result<Verdict, Refusal> {
    let asked = Asked { imprint: &vector.imprint, nonce: vector.nonce, policy: vector.policy };
    let given = Given { roots: &vector.roots, certificates: &vector.certificates, lists: &vector.lists };
    verify(&TokenDer::read(answer)?, &asked, &given)
}

/// Reads or verifies the bytes.
///
/// # Panics
/// Where a promise does not hold.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let known = known();
    memory::within(HELD + HELD_EACH * data.len(), || match input.byte() % 8 {
        0 | 1 => token(input, known),
        2 => beside(input, known),
        3 => bare(input.rest(), known),
        4 => files(input.rest()),
        5 => certificate(input),
        6 => asked(input),
        _ => renewed(input, known),
    });
}

/// The verdict is the same each time, and its time was stamped by somebody.
fn look(vector: &Vector, answer: &[u8], known: &Known) {
    let verdict = judge(vector, answer);
    let again = judge(vector, answer);
    let Ok(verdict) = verdict else {
        let (first, second) = (verdict.map_err(|refusal| refusal.id()), again.map_err(|refusal| refusal.id()));
        assert!(first.as_ref().err() == second.as_ref().err(), "two refusals of one token");
        return;
    };
    assert!(again.is_ok_and(|again| again == verdict), "two verdicts of one token");
    assert!(known.times.contains(&verdict.time), "nobody stamped {}", verdict.time);
    let is_given = vector.roots.iter().any(|root| fingerprint(root) == verdict.root_fingerprint);
    assert_eq!(verdict.trust == Trust::Pinned, is_given, "trust in {}", verdict.root);
}

/// An answer that was true, changed.
fn token(mut input: Input<'_>, known: &Known) {
    let vector = &known.vectors[input.below(known.vectors.len())];
    let mut answer = vector.answer.clone();
    edit(&mut answer, &mut input);
    look(vector, &answer, known);
    if let (Ok(time), Ok(stamped), Ok(_)) = (time_of(&answer), time_of(&vector.answer), judge(vector, &answer)) {
        assert_eq!(time, stamped, "another time than this token's");
    }
}

/// What lies beside a true answer, changed.
fn beside(mut input: Input<'_>, known: &Known) {
    let vector = &known.vectors[input.below(known.vectors.len())];
    let (mut roots, mut certificates, mut lists) =
        (vector.roots.clone(), vector.certificates.clone(), vector.lists.clone());
    let of = input.byte();
    let group = match of % 3 {
        0 => &mut roots,
        1 => &mut certificates,
        _ => &mut lists,
    };
    if of & 4 != 0 || group.is_empty() {
        group.push(input.piece().to_vec());
    }
    let at = input.below(group.len());
    edit(&mut group[at], &mut input);
    let Vector { imprint, nonce, policy, answer, .. } = vector;
    let changed = Vector {
        imprint: imprint.clone(),
        nonce: *nonce,
        policy: *policy,
        answer: answer.clone(),
        roots,
        certificates,
        lists,
    };
    look(&changed, answer, known);
}

/// Any bytes as an answer or a token.
fn bare(bytes: &[u8], known: &Known) {
    let Ok(token) = TokenDer::read(bytes) else {
        assert!(time_of(bytes).is_err(), "a time without a token");
        return;
    };
    assert!(TokenDer::read(&token.to_response()).as_ref() == Ok(&token), "a token that is kept is another");
    // What an answer grants is taken out as it is; whether it is a token shows when it is read.
    if let Ok(time) = time_of(bytes) {
        assert!(TokenDer::read(token.as_bytes()).as_ref() == Ok(&token) && time_of(token.as_bytes()) == Ok(time));
    }
    look(&known.vectors[0], bytes, known);
}

/// Any bytes as a file of certificates or lists.
fn files(bytes: &[u8]) {
    if let Ok(blocks) = pem::certificates(bytes) {
        assert!(!blocks.is_empty());
        let again = pem::certificates(pem::of_certificates(&blocks).as_bytes());
        assert!(again.is_ok_and(|again| again == blocks), "certificates that are kept are others");
    }
    if let Ok(blocks) = pem::lists(bytes) {
        assert!(!blocks.is_empty());
        let again = pem::lists(pem::of_lists(&blocks).as_bytes());
        assert!(again.is_ok_and(|again| again == blocks), "lists that are kept are others");
    }
}

/// Any bytes as a certificate, and as what was signed with its key.
fn certificate(mut input: Input<'_>) {
    let numbers = [-7, -35, -36, -37, -38, -39];
    let algorithm = CoseAlgorithm::of(numbers[input.below(numbers.len())]).expect("known");
    let (message, signature, bytes) = (input.piece(), input.piece(), input.rest());
    let Ok(read) = Beside::read(bytes) else { return };
    let (from, to) = read.valid();
    assert!([from, to].iter().all(|moment| moment.to_string().ends_with('Z')));
    let shown = [read.subject(), read.issuer()];
    // Whom a certificate names is shown to people: a line each.
    assert!(shown.iter().all(|name| !name.chars().any(char::is_control)), "{shown:?}");
    if let Ok(signed) = read.has_signed(algorithm, message, signature) {
        assert!(!signed, "a signature by a key that is gone");
    }
}

/// Questions and their parts.
fn asked(mut input: Input<'_>) {
    let seconds = input.long();
    if let Some(moment) = Moment::of_seconds(seconds) {
        assert!(moment.seconds() == seconds && moment.to_string().ends_with('Z'), "{moment}");
    }
    let (nonce, hash) = (Nonce(input.long().to_be_bytes()), input.piece());
    let policy = std::str::from_utf8(input.rest()).ok().and_then(|text| {
        let read = text.parse::<Oid>().ok()?;
        assert_eq!(read.to_string(), text, "an identifier has one spelling");
        Some(read)
    });
    let Some(imprint) = Imprint::of_hash(hash) else { return };
    let request = Request { imprint, nonce: Some(nonce), policy }.to_der();
    assert!(request.starts_with(&[0x30]) && request.len() <= 256 && request.windows(hash.len()).any(|w| w == hash));
}

/// Stamps that renew each other.
fn renewed(mut input: Input<'_>, known: &Known) {
    const STAMPS: usize = 12;
    let moment = |input: &mut Input<'_>| Moment::of_seconds(1_700_000_000 + u64::from(input.short())).expect("a time");
    let (mut verdicts, mut places) = (Vec::new(), Vec::new());
    while !input.is_empty() && verdicts.len() < STAMPS {
        verdicts.push(Verdict { time: moment(&mut input), valid_until: moment(&mut input), ..known.verdict.clone() });
        places.push((input.byte(), input.byte(), input.byte()));
    }
    let stamps = verdicts.iter().zip(&places).map(|(verdict, (size, recorded, flags))| Logged {
        verdict,
        size: u64::from(*size),
        recorded: (flags & 1 == 1).then_some(u64::from(*recorded)),
        renews: flags & 2 == 2,
    });
    let stamps: Vec<Logged<'_>> = stamps.collect();
    let good = good_until(&stamps);
    assert_eq!(good.len(), stamps.len());
    for (stamp, until) in stamps.iter().zip(&good) {
        let own = stamp.verdict.valid_until;
        assert!(*until >= own && verdicts.iter().any(|verdict| verdict.valid_until == *until));
        // Only a later stamp of an earlier entry makes it longer.
        let renews = |other: &&Logged<'_>| {
            other.renews
                && stamp.recorded.is_some_and(|entry| entry < other.size)
                && other.verdict.time > stamp.verdict.time
        };
        assert!(*until == own || stamps.iter().any(|other| renews(&other)), "renewed by nobody");
    }
}
