//! libFuzzer's way into `casemate_fuzz::proof`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| casemate_fuzz::proof::run(data));
