//! [`landfall_fuzz::provenance`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::provenance::check(bytes));
