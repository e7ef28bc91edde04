//! [`landfall_fuzz::chart_render`] under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| landfall_fuzz::chart_render::check(bytes));
