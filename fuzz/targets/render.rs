//! libFuzzer's way into `casemate_fuzz::render`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| casemate_fuzz::render::run(data));
