//! [`landfall_fuzz::commits`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::commits::check(bytes));
