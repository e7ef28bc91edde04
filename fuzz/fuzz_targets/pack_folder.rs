//! [`landfall_fuzz::pack_folder`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::pack_folder::check(bytes));
