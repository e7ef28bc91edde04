//! [`landfall_fuzz::yaml`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::yaml::check(bytes));
