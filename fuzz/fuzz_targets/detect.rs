//! [`landfall_fuzz::detect`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::detect::check(bytes));
