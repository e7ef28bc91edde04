//! [`landfall_fuzz::forge_records`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::forge_records::check(bytes));
