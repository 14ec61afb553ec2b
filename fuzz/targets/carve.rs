//! libFuzzer's way into `casemate_fuzz::carve`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| casemate_fuzz::carve::run(data));
