//! [`landfall_fuzz::schema`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::schema::check(bytes));
