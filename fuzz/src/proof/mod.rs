//! Every decoder of `casemate-proof` over any bytes, and every verifier over true things that were changed.
//!
//! Keeps: what is accepted encodes to the same bytes again; what verifies is what was made true, to the last byte.
//! Does not know: how the true things leave a case.
//!
//! Input: a byte that chooses, then what that needs.

mod act;
mod decoders;
mod disclosed;
mod log;
mod signed;

use crate::input::Input;
use crate::memory;
use casemate_proof::SecretKey;

/// Decoders hold a tree of values: some tens of bytes for each byte.
const HELD: usize = 16 << 20;
const HELD_EACH: usize = 512;

/// Shows the bytes to one decoder or verifier.
///
/// # Panics
/// Where a promise does not hold.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let which = input.byte();
    memory::within(HELD + HELD_EACH * data.len(), || match which % 24 {
        0..=13 => decoders::read(which % 24, input.rest()),
        14 => act::payloads(input),
        15 => act::sealed(input),
        16 => act::granted(input),
        17 => disclosed::changed(input),
        18 => disclosed::narrowed(input),
        19 => disclosed::any(input),
        20 => log::inclusion(input),
        21 => log::consistency(input),
        22 => log::elsewhere(input),
        _ => signed::changed(input),
    });
}

/// A key that signs what is true here.
fn key(number: u8) -> SecretKey {
    SecretKey::from_seed(&[number; 32])
}
