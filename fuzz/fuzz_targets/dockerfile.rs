//! [`landfall_fuzz::dockerfile`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::dockerfile::check(bytes));
