//! [`landfall_fuzz::template`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::template::check(bytes));
