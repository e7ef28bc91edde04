//! [`landfall_fuzz::chart_archive`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::chart_archive::check(bytes));
