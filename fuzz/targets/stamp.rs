//! libFuzzer's way into `casemate_fuzz::stamp`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| casemate_fuzz::stamp::run(data));
