//! [`landfall_fuzz::annotations`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::annotations::check(bytes));
