//! Time-stamps of RFC 3161 (`docs/format/time.md`): asked for, read, and verified offline.
//!
//! Keeps: everything here is a function of its arguments; salts, nonces, roots and revocation lists are given. Nothing that a
//! signature does not cover reaches a verdict but as what it is; every refusal has its own name. No structure is
//! read by recursion: each reader descends as far as its format goes, and no further.
//! Does not know: networks, files, clocks, which roots deserve trust, what the stamped note says.

mod algorithm;
mod certificate;
mod chain;
mod cose;
mod crl;
mod der;
mod extension;
mod imprint;
mod info;
mod key;
mod limits;
mod moment;
mod name;
mod oid;
pub mod pem;
mod refusal;
mod renewal;
mod request;
mod response;
mod revocation;
mod rsa;
mod signed;
mod signer;
mod verify;

pub use cose::{Beside, CoseAlgorithm, time_of};
pub use imprint::{Imprint, Kept, SALT_BYTES, Salt, stamped, stamped_data};
pub use info::Accuracy;
pub use limits::*;
pub use moment::Moment;
pub use oid::Oid;
pub use refusal::Refusal;
pub use renewal::{Logged, good_until};
pub use request::{Nonce, Request};
pub use response::TokenDer;
pub use verify::{Asked, Given, Qualified, Revocation, Trust, Verdict, fingerprint, verify};
