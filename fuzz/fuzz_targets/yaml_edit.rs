//! [`landfall_fuzz::yaml_edit`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::yaml_edit::check(bytes));
