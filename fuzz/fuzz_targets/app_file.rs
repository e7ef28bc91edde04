//! [`landfall_fuzz::app_file`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::app_file::check(bytes));
