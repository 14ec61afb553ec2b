//! libFuzzer's way into `casemate_fuzz::bundle`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| casemate_fuzz::bundle::run(data));
