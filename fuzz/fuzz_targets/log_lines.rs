//! [`landfall_fuzz::log_lines`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::log_lines::check(bytes));
