//! The vault through its public face.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod faults;
mod full;
mod hurt;
mod kit;
mod lanes;
mod local;
mod session;
mod vectors;
