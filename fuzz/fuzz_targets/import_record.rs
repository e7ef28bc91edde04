//! [`landfall_fuzz::import_record`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::import_record::check(bytes));
