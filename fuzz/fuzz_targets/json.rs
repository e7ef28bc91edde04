//! [`landfall_fuzz::json`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::json::check(bytes));
