//! One constant AMR-NB frame a mode.

/// A frame a mode, with its first octet.
pub const AMR_TONE: [&[u8]; 8] = [&[0x04], &[0x0c], &[0x14], &[0x1c], &[0x24], &[0x2c], &[0x34], &[0x3c]];

/// The frame of a mode; of the highest for anything that is no speech mode.
pub(crate) fn frame(mode: u8) -> &'static [u8] {
    AMR_TONE.get(usize::from(mode)).or(AMR_TONE.last()).copied().unwrap_or_default()
}
