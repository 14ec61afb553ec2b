//! AMR decoders of the system, loaded by name where they are installed (OpenCORE, Apache-2.0).
//!
//! Keeps: the C functions are called with frames that are as long as their header says, and with room for the samples
//! that they write. Does not know: files.
#![allow(unsafe_code, reason = "two C libraries are loaded at run time; there is no safe binding")]

use std::ffi::c_void;

use libloading::{Library, Symbol};

/// Samples of a narrow-band frame (20 ms at 8 kHz).
pub const NARROW_SAMPLES: usize = 160;
/// Samples of a wide-band frame (20 ms at 16 kHz).
pub const WIDE_SAMPLES: usize = 320;
/// Longest frame with its header, bytes; shorter ones are padded for the decoder.
const MAX_FRAME: usize = 64;

const NARROW: &str = "libopencore-amrnb.so.0";
const WIDE: &str = "libopencore-amrwb.so.0";

type Init = unsafe extern "C" fn() -> *mut c_void;
type Exit = unsafe extern "C" fn(*mut c_void);
type Decode = unsafe extern "C" fn(*mut c_void, *const u8, *mut i16, i32);

/// What is installed.
#[derive(Debug, Default)]
pub struct Decoders {
    narrow: Option<Library>,
    wide: Option<Library>,
}

impl Decoders {
    /// Loads what is there.
    pub fn load() -> Self {
        // SAFETY: both are plain libraries of functions without initialisers that do anything.
        unsafe { Self { narrow: Library::new(NARROW).ok(), wide: Library::new(WIDE).ok() } }
    }

    /// A decoder, or the library's name that is missing.
    pub fn start(&self, wide: bool) -> Result<Decoder<'_>, &'static str> {
        let (library, name) = if wide { (&self.wide, WIDE) } else { (&self.narrow, NARROW) };
        let library = library.as_ref().ok_or(name)?;
        let names: [&[u8]; 3] = if wide {
            [b"D_IF_init", b"D_IF_decode", b"D_IF_exit"]
        } else {
            [b"Decoder_Interface_init", b"Decoder_Interface_Decode", b"Decoder_Interface_exit"]
        };
        let [init, decode, exit] = names;
        // SAFETY: the types are those of interf_dec.h and dec_if.h; init takes nothing and gives a state or null.
        unsafe {
            let init: Symbol<'_, Init> = library.get(init).map_err(|_| name)?;
            let decode = library.get(decode).map_err(|_| name)?;
            let exit = library.get(exit).map_err(|_| name)?;
            let state = init();
            if state.is_null() { Err(name) } else { Ok(Decoder { state, decode, exit, wide }) }
        }
    }
}

/// A decoder of one stream.
pub struct Decoder<'a> {
    state: *mut c_void,
    decode: Symbol<'a, Decode>,
    exit: Symbol<'a, Exit>,
    wide: bool,
}

impl Decoder<'_> {
    /// Decodes a frame with its header byte; `bad` has the decoder hide its loss.
    pub fn frame(&mut self, frame: &[u8], bad: bool, samples: &mut Vec<i16>) {
        let mut padded = [0u8; MAX_FRAME];
        for (to, from) in padded.iter_mut().zip(frame) {
            *to = *from;
        }
        let mut room = [0i16; WIDE_SAMPLES];
        // SAFETY: the state is live until drop; the longest frame is 61 bytes and the buffer has 64; at most 320
        // samples are written.
        unsafe { (self.decode)(self.state, padded.as_ptr(), room.as_mut_ptr(), i32::from(bad)) };
        let count = if self.wide { WIDE_SAMPLES } else { NARROW_SAMPLES };
        samples.extend(room.iter().take(count));
    }
}

impl Drop for Decoder<'_> {
    fn drop(&mut self) {
        // SAFETY: the state came from init and is not used again.
        unsafe { (self.exit)(self.state) };
    }
}
