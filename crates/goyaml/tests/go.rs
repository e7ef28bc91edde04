//! What Go's libraries do with YAML, case by case. The expected texts were printed by Helm 4.3.1 (`fromYaml`, `toYaml`).

use std::fmt::Write as _;

use goyaml::{Value, from_yaml, to_json, to_yaml, to_yaml_pretty};
use proptest::prelude::*;

fn json(yaml: &str) -> String {
    match from_yaml(yaml.as_bytes()) {
        Ok(value) => to_json(&value).expect("finite numbers"),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn values_have_the_types_of_yaml_1_1() {
    for (yaml, expected) in [
        ("y: 1\non: 2", r#"{"true":2}"#),
        (
            "a: 012\nb: 0o12\nc: 08\nd: 1_000",
            r#"{"a":10,"b":10,"c":8,"d":1000}"#,
        ),
        ("a: 1:30\nb: 2001-01-01", r#"{"a":"1:30","b":"2001-01-01"}"#),
        (
            "a: !!str 1\nb: !!int \"2\"\nc: !!binary aGk=",
            r#"{"a":"1","b":2,"c":"hi"}"#,
        ),
        (
            "1.5: a\n2: b\nfalse: c",
            r#"{"1.5":"a","2":"b","false":"c"}"#,
        ),
        ("a: ~\nb:\nc: null", r#"{"a":null,"b":null,"c":null}"#),
        ("", "null"),
        ("# only a comment", "null"),
    ] {
        assert_eq!(json(yaml), expected, "{yaml}");
    }
}

#[test]
fn keys_anchors_and_merges() {
    for (yaml, expected) in [
        // The last of two keys wins.
        ("a: 1\na: 2", r#"{"a":2}"#),
        // A merge overwrites what stands before it and loses to what follows.
        (
            "x: &x {a: 1, b: 1}\ny2: {a: 0, <<: *x, b: 2}",
            r#"{"x":{"a":1,"b":1},"y2":{"a":1,"b":2}}"#,
        ),
        // In a list of merges the first map wins.
        (
            "p: &p {a: 1}\nq: &q {a: 2, c: 3}\nr: {<<: [*p, *q]}",
            r#"{"p":{"a":1},"q":{"a":2,"c":3},"r":{"a":1,"c":3}}"#,
        ),
        ("a: &a [1]\nb: *a", r#"{"a":[1],"b":[1]}"#),
        // What follows the first document is not read.
        ("a: 1\n---\n: : [", r#"{"a":1}"#),
        // A bracket that is closed cannot be a key any more.
        ("[]: x", "[]"),
    ] {
        assert_eq!(json(yaml), expected, "{yaml}");
    }
}

#[test]
fn scalars_are_folded_and_chomped() {
    for (yaml, expected) in [
        ("a: |\n  x\n   y\n", r#"{"a":"x\n y\n"}"#),
        ("a: >-\n  x\n  y\n\n  z\n", r#"{"a":"x y\nz"}"#),
        ("a: |+\n  x\n\n", r#"{"a":"x\n\n"}"#),
        ("a: |2\n   x\n", r#"{"a":" x\n"}"#),
        ("a: x\n  y\n\n  z", r#"{"a":"x y\nz"}"#),
        (
            "a: 'it''s'\nb: \"\\x41\\u00e9\\\n  z\"",
            r#"{"a":"it's","b":"Aéz"}"#,
        ),
        ("a: \"x\n\n  y\"", r#"{"a":"x\ny"}"#),
        ("a: x\u{85}  y", r#"{"a":"x y"}"#),
        ("a: b\r\nc: d\r\n", r#"{"a":"b","c":"d"}"#),
    ] {
        assert_eq!(json(yaml), expected, "{yaml:?}");
    }
}

#[test]
fn errors_have_gos_texts_and_lines() {
    for (yaml, expected) in [
        (
            "a: b: c",
            "yaml: mapping values are not allowed in this context",
        ),
        (
            "x: 1\na: b: c",
            "yaml: line 2: mapping values are not allowed in this context",
        ),
        (
            "a: [1\nb: 2",
            "yaml: line 1: did not find expected ',' or ']'",
        ),
        (
            "a: 1\n b: 2",
            "yaml: line 2: mapping values are not allowed in this context",
        ),
        (
            "a:\n\t- b",
            "yaml: line 2: found character that cannot start any token",
        ),
        ("a: 'x", "yaml: found unexpected end of stream"),
        ("a: *x", "yaml: unknown anchor 'x' referenced"),
        ("a: \"\\/\"", "yaml: found unknown escape character"),
        ("a: \u{7f}", "yaml: control characters are not allowed"),
        (
            "%YAML 1.2\n---\na: 1",
            "yaml: found incompatible YAML document",
        ),
        ("a: &a [*a]", "yaml: anchor 'a' value contains itself"),
        (
            "~: 1",
            "unsupported map key of type: %!s(<nil>), key: <nil>, value: 1",
        ),
        ("a: .inf", "json: unsupported value: +Inf"),
        ("a: !!int x", "yaml: cannot decode !!str `x` as a !!int"),
        (
            "a: {<<: 1}",
            "yaml: map merge requires map or sequence of maps as the value",
        ),
        (
            "- a\nb: 1",
            "yaml: line 1: did not find expected '-' indicator",
        ),
    ] {
        assert_eq!(json(yaml), format!("error: {expected}"), "{yaml:?}");
    }
}

#[test]
fn invalid_bytes_are_named() {
    for (bytes, expected) in [
        (&b"a: \xff"[..], "yaml: invalid leading UTF-8 octet"),
        (b"a: \xc3(", "yaml: invalid trailing UTF-8 octet"),
        (b"a: \xc3", "yaml: incomplete UTF-8 octet sequence"),
    ] {
        assert_eq!(from_yaml(bytes).unwrap_err().to_string(), expected);
    }
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain("a: é".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(
        to_json(&from_yaml(&utf16).unwrap()).unwrap(),
        r#"{"a":"é"}"#
    );
}

#[test]
fn limits_hold() {
    let deep = "[".repeat(5_000);
    assert_eq!(json(&deep), "error: yaml: exceeded max depth of 1000");
    let mut deep = String::new();
    for depth in 0..2_000 {
        deep.push_str(&" ".repeat(depth));
        deep.push_str(
            "a:
",
        );
    }
    assert_eq!(
        json(&deep),
        "error: yaml: line 1001: exceeded max depth of 1000"
    );
    let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for level in 1..9 {
        let inner = format!("*a{}", level - 1);
        let items = [inner.as_str(); 10].join(",");
        _ = writeln!(bomb, "a{level}: &a{level} [{items}]");
    }
    assert_eq!(
        json(&bomb),
        "error: yaml: document contains excessive aliasing"
    );
}

#[test]
fn strings_are_quoted_as_go_quotes_them() {
    for (text, expected) in [
        ("x", "x\n"),
        ("", "\"\"\n"),
        ("yes", "\"yes\"\n"),
        ("1e3", "\"1e3\"\n"),
        ("1:30", "\"1:30\"\n"),
        ("2001-01-01", "\"2001-01-01\"\n"),
        ("~", "\"~\"\n"),
        ("a: b", "'a: b'\n"),
        ("- a", "'- a'\n"),
        ("#a", "'#a'\n"),
        ("it's", "it's\n"),
        ("'a", "'''a'\n"),
        ("=", "=\n"),
        ("<<", "<<\n"),
        (" a", "' a'\n"),
        ("a\tb", "\"a\\tb\"\n"),
        ("😀", "\"\\U0001F600\"\n"),
        ("a\nb", "|-\n  a\n  b\n"),
        ("a\n", "|\n  a\n"),
        ("a\n\n", "|+\n  a\n\n"),
        (" a\nb", "|2-\n   a\n  b\n"),
        ("a \nb", "\"a \\nb\"\n"),
        ("{{ x }}", "'{{ x }}'\n"),
        ("*x", "'*x'\n"),
        ("a:b", "a:b\n"),
    ] {
        assert_eq!(to_yaml(&Value::from(text)).unwrap(), expected, "{text:?}");
    }
}

#[test]
fn long_texts_are_folded_only_by_the_plain_printer() {
    let words = "word ".repeat(30);
    let value = from_yaml(format!("a: {words}\nb: [x, {{c: 1}}]\n").as_bytes()).unwrap();
    let folded = "a: word word word word word word word word word word word word word word word word\n  \
                  word word word word word word word word word word word word word word\nb:\n- x\n- c: 1\n";
    assert_eq!(to_yaml(&value).unwrap(), folded);
    let unfolded = format!("a: {}\nb:\n  - x\n  - c: 1\n", words.trim_end());
    assert_eq!(to_yaml_pretty(&value).unwrap(), unfolded);
}

#[test]
fn numbers_go_through_json_only_in_the_plain_printer() {
    for (number, plain, pretty) in [
        (1_000_000.0, "1000000\n", "1e+06\n"),
        (1e20, "1e+20\n", "1e+20\n"),
        (0.5, "0.5\n", "0.5\n"),
        (-0.0, "0\n", "-0\n"),
        (1e-7, "1e-07\n", "1e-07\n"),
    ] {
        assert_eq!(to_yaml(&Value::Float(number)).unwrap(), plain);
        assert_eq!(to_yaml_pretty(&Value::Float(number)).unwrap(), pretty);
    }
}

fn values() -> impl Strategy<Value = Value> {
    let text = "[ -~\n\t:#'\"é\u{85}\u{2028}😀]{0,12}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(|number| Value::Int(number.into())),
        text.prop_map(Value::String),
        "[0-9eE+_.:xob-]{1,6}".prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::btree_map(text, inner, 0..4).prop_map(Value::Map),
        ]
    })
}

/// NEL is folded away by the JSON step, so a text with it does not come back.
fn survives(value: &Value) -> bool {
    !to_json(value).unwrap_or_default().contains('\u{85}')
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(value in values().prop_filter("no NEL", survives)) {
        let printed = to_yaml(&value).unwrap();
        prop_assert_eq!(&from_yaml(printed.as_bytes()).unwrap(), &value, "{}", printed);
    }

    #[test]
    fn no_text_panics(text in "[ -~\n\t]{0,60}|[\\[\\]{}:,&*!|>'\"%@`#?\\- \nab<]{0,40}") {
        let _ = from_yaml(text.as_bytes());
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = from_yaml(&bytes);
    }
}
