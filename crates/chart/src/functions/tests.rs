use super::*;

#[test]
fn every_function_has_one_name() {
    let functions = functions();
    assert!(functions.names().count() > 200);
}
