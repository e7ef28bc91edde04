//! [`landfall_fuzz::pack_address`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::pack_address::check(bytes));
