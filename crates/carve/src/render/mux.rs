//! What makes a playable file of compressed sound from leaves, one codec at a time.
//!
//! Keeps: what stands for a hidden leaf is a constant of the profile, its place and open leaves before it; a file is
//! written forward, with one leaf in memory.
//! Does not know: which leaves are hidden, or why.

use std::fmt::Debug;

/// A packet's place in its recording.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Packets before it.
    pub(crate) number: u64,
    /// Ticks before it.
    pub(crate) at: u64,
    /// Its own ticks.
    pub(crate) ticks: u64,
}

/// Writes the file of one codec. Leaves come in order, each once.
pub(crate) trait Mux: Debug + Send {
    /// Appends what stands before the first packet.
    fn begin(&mut self, out: &mut Vec<u8>);
    /// Appends an open leaf, whose look was checked; or says what is wrong with it.
    fn open(&mut self, place: Place, payload: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str>;
    /// Appends what stands for a hidden leaf.
    fn hidden(&mut self, place: Place, out: &mut Vec<u8>);
    /// Appends what stands behind the last packet.
    fn end(&mut self, out: &mut Vec<u8>);
}
