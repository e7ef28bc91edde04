//! [`landfall_fuzz::environment`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::environment::check(bytes));
