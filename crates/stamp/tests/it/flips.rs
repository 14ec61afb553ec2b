//! Every byte of a token counts, but for those that no signature covers and nobody reads: these are listed.

use crate::shop::*;
use casemate_stamp::*;
const FLIPS: usize = 10_000;

/// The last byte of `needle`, which stands in `bytes` once.
fn last_of(bytes: &[u8], needle: &[u8]) -> usize {
    let places: Vec<usize> = (0..=bytes.len() - needle.len()).filter(|at| bytes[*at..].starts_with(needle)).collect();
    assert_eq!(places.len(), 1, "the needle stands once");
    places[0] + needle.len() - 1
}

struct Sample {
    answer: Vec<u8>,
    verdict: Verdict,
    roots: Vec<Vec<u8>>,
    request: Request,
    /// What may be anything.
    free: Vec<usize>,
}

impl Sample {
    fn new(signer: &str) -> Self {
        let shop = Shop::usual();
        let request = Request { imprint: imprint(), nonce: Some(Nonce([5; 8])), policy: None };
        let answer = shop.reply(signer, &request.to_der(), "");
        let roots = vec![shop.der("root")];
        // The status: granted, or granted with changes. The answer around the token is not signed.
        let free = vec![last_of(&answer, &[0x30, 3, 2, 1, 0])];
        let mut sample = Self { answer, verdict: placeholder(shop), roots, request, free };
        sample.verdict = sample.judge(&sample.answer.clone()).unwrap();
        sample
    }

    fn judge(&self, answer: &[u8]) -> Result<Verdict, Refusal> {
        let asked = Asked { imprint: &self.request.imprint, nonce: self.request.nonce, policy: None };
        let given = Given { roots: &self.roots, ..Given::default() };
        verify(&TokenDer::read(answer)?, &asked, &given)
    }

    fn is_free(&self, at: usize) -> bool {
        self.free.contains(&at)
    }
}

fn placeholder(shop: &Shop) -> Verdict {
    verified(&shop.token(&Info::usual().der(), "p256", &[]), &[shop.der("root")], &[shop.der("between")], &[]).unwrap()
}

/// SplitMix64: the same flips each time.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

#[test]
fn no_flipped_bit_is_accepted_but_where_nothing_is_signed() {
    for signer in ["p256", "rsa"] {
        let sample = Sample::new(signer);
        let (mut state, mut free) = (1u64, 0);
        for _ in 0..FLIPS / 2 {
            let at = random(&mut state) as usize % sample.answer.len();
            let mut flipped = sample.answer.clone();
            flipped[at] ^= 1 << (random(&mut state) % 8);
            if let Ok(verdict) = sample.judge(&flipped) {
                assert!(sample.is_free(at), "{signer}: byte {at} of {} does not count", sample.answer.len());
                assert_eq!(verdict, sample.verdict);
                free += 1;
            }
        }
        println!("{signer}: {free} of {} flips were where nothing is signed", FLIPS / 2);
    }
}

#[test]
fn every_single_bit_of_the_smallest_token_counts() {
    let sample = Sample::new("p256");
    for at in 0..sample.answer.len() {
        for bit in 0..8 {
            let mut flipped = sample.answer.clone();
            flipped[at] ^= 1 << bit;
            if let Ok(verdict) = sample.judge(&flipped) {
                assert!(sample.is_free(at), "byte {at} bit {bit} of {} does not count", sample.answer.len());
                assert_eq!(verdict, sample.verdict);
            }
        }
    }
}

#[test]
fn an_answer_cut_at_any_byte_is_refused() {
    let sample = Sample::new("p256");
    for length in 0..sample.answer.len() {
        assert!(sample.judge(&sample.answer[..length]).is_err(), "{length}");
    }
}

#[test]
fn a_token_cut_inside_its_frame_is_refused() {
    // The lengths around it say what is left, so that the readers inside meet the end.
    let sample = Sample::new("p256");
    let token = TokenDer::read(&sample.answer).unwrap();
    let inner = &token.as_bytes()[19..];
    for length in 0..inner.len() {
        let mut cut = sequence(&[&inner[..length]]);
        cut = sequence(&[&tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]), &tlv(0xa0, &cut)]);
        assert!(sample.judge(&cut).is_err(), "{length}");
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_refused_without_harm(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let imprint = imprint();
        let asked = Asked { imprint: &imprint, nonce: None, policy: None };
        if let Ok(token) = TokenDer::read(&bytes) {
            proptest::prop_assert!(verify(&token, &asked, &Given::default()).is_err());
        }
        let _ = pem::certificates(&bytes);
    }
}
