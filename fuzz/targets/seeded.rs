//! libFuzzer's way into `casemate_fuzz::seeded`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| casemate_fuzz::seeded::run(data));
