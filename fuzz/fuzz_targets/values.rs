//! [`landfall_fuzz::values`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::values::check(bytes));
