use super::*;

#[test]
fn escapes_as_go() {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    assert_eq!(
        text(html_escape(b"<a href='x'>&\"\0")),
        "&lt;a href=&#39;x&#39;&gt;&amp;&#34;\u{fffd}"
    );
    assert_eq!(
        text(js_escape("a'b\"\\<=\n\u{2028}é".as_bytes())),
        "a\\'b\\\"\\\\\\u003C\\u003D\\u000A\\u2028é"
    );
    assert_eq!(
        text(query_escape("a b/c?d=é~".as_bytes())),
        "a+b%2Fc%3Fd%3D%C3%A9~"
    );
    assert_eq!(js_escape(b"\xff'"), b"\xff\\'");
}

#[test]
fn deep_equality_looks_at_types() {
    assert!(equals(
        &Value::list(vec![Value::int(1)]),
        &Value::list(vec![Value::int(1)])
    ));
    assert!(!equals(
        &Value::list(vec![Value::int(1)]),
        &Value::list(vec![Value::int64(1)])
    ));
    assert!(!equals(
        &Value::strings(["a"]),
        &Value::list(vec![Value::from("a")])
    ));
}
