use proptest::prelude::*;

use super::{EditError, remove, set_string, set_value};
use crate::{Map, Value, from_yaml, to_yaml};

const VALUES: &str = "# head\nimage:  # the image\n  repository: \"\" # set by the release\n  tag:\n  pull: 'Always'\nlist: [a]\n# tail\n";

fn read(text: &str, path: &[&str]) -> Option<String> {
    let document = crate::document(text).unwrap().unwrap();
    let node = path
        .iter()
        .try_fold(document.root(), |node, key| document.get(node, key))?;
    document.scalar(node).map(str::to_owned)
}

fn value(text: &str) -> Value {
    from_yaml(text.as_bytes()).unwrap()
}

/// The edited text, or what was refused.
fn set(text: &str, path: &[&str], to: &str) -> String {
    set_value(text, path, &value(to)).unwrap_or_else(|error| error.to_string())
}

fn without(text: &str, path: &[&str]) -> String {
    remove(text, path).unwrap_or_else(|error| error.to_string())
}

#[test]
fn a_value_is_replaced_in_its_quotes_and_nothing_else_moves() {
    let edited = set_string(VALUES, &["image", "repository"], "dev.local/shop").unwrap();
    assert_eq!(
        edited,
        VALUES.replace("repository: \"\"", "repository: \"dev.local/shop\"")
    );
    let edited = set_string(VALUES, &["image", "tag"], "1.10").unwrap();
    assert_eq!(edited, VALUES.replace("tag:\n", "tag: \"1.10\"\n"));
    let edited = set_string(VALUES, &["image", "pull"], "it's").unwrap();
    assert_eq!(edited, VALUES.replace("'Always'", "'it''s'"));
}

#[test]
fn values_of_every_type_are_written_in_place() {
    let text = "up: false # why\r\nsize: 1\r\nname: \"x\"\r\nnone: ~\r\n";
    assert_eq!(set(text, &["up"], "true"), text.replace("false", "true"));
    assert_eq!(
        set(text, &["size"], "12"),
        text.replace("size: 1", "size: 12")
    );
    assert_eq!(
        set(text, &["size"], "1.5"),
        text.replace("size: 1", "size: 1.5")
    );
    assert_eq!(set(text, &["name"], "5"), text.replace("\"x\"", "5"));
    assert_eq!(set(text, &["name"], "'5'"), text.replace("\"x\"", "\"5\""));
    assert_eq!(set(text, &["name"], "null"), text.replace("\"x\"", "null"));
    assert_eq!(set(text, &["none"], "{}"), text.replace('~', "{}"));
    assert_eq!(set(text, &["none"], "null"), text);
    assert_eq!(set(text, &["size"], "1"), text);
}

#[test]
fn a_missing_key_goes_to_the_end_of_its_mapping() {
    let edited = set_string(VALUES, &["image", "digest"], "sha256:0a").unwrap();
    assert_eq!(
        read(&edited, &["image", "digest"]).as_deref(),
        Some("sha256:0a")
    );
    assert_eq!(edited.replace("  digest: \"sha256:0a\"\n", ""), VALUES);
    let edited = set_string("a:\n  b: x\rc: y\n", &["a", "d"], "z").unwrap();
    assert_eq!(edited, "a:\n  b: x\r  d: z\nc: y\n");
    let edited = set_string("a: 1\r\nb: 2", &["c", "d"], "x").unwrap();
    assert_eq!(edited, "a: 1\r\nb: 2\r\nc:\r\n  d: x");
    assert_eq!(
        set("a: {b: 1} # c\n", &["a", "c", "d"], "x"),
        "a: {b: 1, c: {d: x}} # c\n"
    );
    assert_eq!(set("a: {b: 1,}\n", &["a", "c"], "2"), "a: {b: 1, c: 2,}\n");
    assert_eq!(set("a: {} # c\n", &["a", "c"], "2"), "a: # c\n  c: 2\n");
    assert_eq!(
        set("x: {a: {}}\n", &["x", "a", "c"], "2"),
        "x: {a: {c: 2}}\n"
    );
    assert_eq!(
        set("a: # c\nb: 1\n", &["a", "c"], "2"),
        "a: # c\n  c: 2\nb: 1\n"
    );
    assert_eq!(set("{}\n", &["a", "b"], "2"), "a:\n  b: 2\n");
}

#[test]
fn collections_are_written_as_the_text_around_them_is() {
    let text = "a:\n    b:\n    - 1\nc: 0 # why\n# tail\n";
    assert_eq!(
        set(text, &["c"], "{x: {v: [1, {z: 2, w: []}]}}"),
        "a:\n    b:\n    - 1\nc: # why\n    x:\n        v:\n        - 1\n        - w: []\n          z: 2\n# tail\n"
    );
    assert_eq!(
        set("a: [1] # c\n", &["a"], "[1, {b: 2}]"),
        "a: [1, {b: 2}] # c\n"
    );
    assert_eq!(set("a: [] # c\nb: 1", &["a"], "[x]"), "a: # c\n  - x\nb: 1");
    assert_eq!(
        set("a: |\n  x\n  y\n\nb: 1\n", &["a"], "[x]"),
        "a:\n  - x\n\nb: 1\n"
    );
    assert_eq!(
        set("a: |\n  x\n  y\n\nb: 1\n", &["a"], "z"),
        "a: z\n\nb: 1\n"
    );
    assert_eq!(
        set("a: # c\n  b: 1 # d\n# e\nf: 2\n", &["a"], "3"),
        "a: 3 # c\n# e\nf: 2\n"
    );
    assert_eq!(
        set("a:\n- 1 # one\n- 2\nb: 1\n", &["a"], "[3]"),
        "a:\n- 3\nb: 1\n"
    );
}

#[test]
fn entries_that_stay_in_a_mapping_keep_their_comments() {
    let text = "a:\n  one: 1 # first\n  # second\n  two: 2\n  three: 3\n";
    assert_eq!(
        set(text, &["a"], "{one: 1, two: 5, four: 4}"),
        "a:\n  one: 1 # first\n  # second\n  two: 5\n  four: 4\n"
    );
}

#[test]
fn a_key_is_removed_with_its_lines() {
    let text = "a: 1 # one\r\nb:\r\n  c: 1\r\n  d: |\r\n    x\r\n# e\r\ne: [1,\r\n  2]\r\n";
    assert_eq!(without(text, &["a"]), text.replace("a: 1 # one\r\n", ""));
    assert_eq!(
        without(text, &["b", "d"]),
        text.replace("  d: |\r\n    x\r\n", "")
    );
    assert_eq!(
        without(text, &["e"]),
        text.replace("e: [1,\r\n  2]\r\n", "")
    );
    assert_eq!(without(text, &["b", "x"]), text);
    assert_eq!(without("a: 1\nb: 2", &["b"]), "a: 1");
    assert_eq!(
        without("a: # c\n  b: 1\nd: 2\n", &["a", "b"]),
        "a: {} # c\nd: 2\n"
    );
    assert_eq!(without("# c\na: 1\n", &["a"]), "# c\n{}\n");
    assert_eq!(
        without("a: {b: 1, c: 2, d: 3}\n", &["a", "b"]),
        "a: {c: 2, d: 3}\n"
    );
    assert_eq!(
        without("a: {b: 1, c: 2, d: 3}\n", &["a", "d"]),
        "a: {b: 1, c: 2}\n"
    );
    assert_eq!(without("a: {b: 1,}\n", &["a", "b"]), "a: {}\n");
}

#[test]
fn what_an_edit_would_change_elsewhere_is_refused_with_its_line() {
    assert!(matches!(
        set_string(VALUES, &["list"], "x"),
        Err(EditError::NotAScalar { line: 6, .. })
    ));
    assert!(matches!(
        set_string(VALUES, &["list", "a"], "x"),
        Err(EditError::NotAMapping { line: 6, .. })
    ));
    assert!(matches!(
        set_string("a: &x 1\n", &["a"], "x"),
        Err(EditError::Anchored { .. })
    ));
    let alias = "x: &x {b: 1}\na: *x\n";
    assert_eq!(
        set(alias, &["a", "b"], "2"),
        "line 2: a is the alias *x, so a change below it would change x everywhere"
    );
    assert_eq!(set(alias, &["a"], "2"), "x: &x {b: 1}\na: 2\n");
    assert_eq!(
        set(alias, &["x", "b"], "2"),
        "line 1: x.b is written in a form that cannot be edited"
    );
    let merged = "x: &x\n  b: 1\na:\n  <<: *x\n";
    assert_eq!(set(merged, &["a", "b"], "2"), [merged, "  b: 2\n"].concat());
    for alone in ["a:\n  ?\n  : 1\n", "a: {b }\n", "a: {b}\n", "a:\n  ? b\n"] {
        let edited = set_string(alone, &["a", "b"], "x");
        assert!(matches!(edited, Err(EditError::OddForm { .. })), "{alone}");
    }
    assert_eq!(set("# only", &["a", "b"], "x"), "# only\na:\n  b: x\n");
    assert!(matches!(
        set_string("a: [\n", &["a"], "x"),
        Err(EditError::Yaml(_))
    ));
}

/// Keys that need no quotes, and some that do.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-d]",
        "[a-d]-[a-d]",
        Just("on".to_owned()),
        Just("7".to_owned())
    ]
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-99i64..99).prop_map(Value::Int),
        (-9i32..9).prop_map(|halves| Value::Float(f64::from(halves) + 0.5)),
        "[a-z :#'\"\\-]{0,8}|true|1\\.0|é".prop_map(Value::from),
        "[a-z]{1,4}\n[a-z]{1,3}\n?".prop_map(Value::from),
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::List),
            prop::collection::btree_map(key(), inner, 0..3).prop_map(Value::Map),
        ]
    })
}

fn mapping() -> impl Strategy<Value = Map> {
    prop::collection::btree_map(key(), tree(), 1..5)
}

/// A printed mapping with a comment above each top-level key, and as people write files otherwise.
fn written(map: &Map, windows: bool, ended: bool) -> String {
    let mut text = String::new();
    for (key, value) in map {
        let one = to_yaml(&Value::Map(Map::from([(key.clone(), value.clone())]))).unwrap();
        text.push_str("# about it\n");
        text.push_str(&one);
    }
    // A block of text would notice both.
    if windows && !text.contains('|') && !text.contains('>') {
        text = text.replace('\n', "\r\n");
    }
    if !ended && !text.contains('|') && !text.contains('>') {
        text.truncate(text.trim_end().len());
    }
    text
}

/// What is written before the lines of a key, its comment included, and behind them; a key that is not there has its lines
/// at the end.
fn around(map: &Map, key: &str, text: &str) -> (String, String) {
    let windows = text.contains("\r\n");
    let part = |keys: Vec<&String>| {
        let map = keys.into_iter().map(|key| (key.clone(), map[key].clone()));
        written(&map.collect(), windows, true)
    };
    if !map.contains_key(key) {
        return (text.to_owned(), String::new());
    }
    let comment = if windows {
        "# about it\r\n"
    } else {
        "# about it\n"
    };
    let before = part(map.keys().filter(|other| *other.as_str() < *key).collect());
    let mut behind = part(map.keys().filter(|other| *other.as_str() > *key).collect());
    if !text.ends_with('\n') {
        behind.truncate(behind.trim_end().len());
    }
    ([&before, comment].concat(), behind)
}

proptest! {
    #[test]
    fn any_string_reads_back(value in "\\PC{0,20}|[\\n\\t :#'\"\\\\-]{0,6}|true|null|1.0|0x1|~") {
        for path in [&["image", "repository"][..], &["image", "tag"], &["image", "pull"], &["image", "new"], &["new", "deep"]] {
            let edited = set_string(VALUES, path, &value).unwrap();
            prop_assert_eq!(read(&edited, path).unwrap(), value.clone(), "{}", edited);
            prop_assert_eq!(set_string(&edited, path, &value).unwrap(), edited);
        }
    }

    #[test]
    fn any_text_is_edited_or_refused_without_a_panic(text in "([a-c]: ?|[-\\[\\]{}&*!'\"|> \\n#\\r]){0,30}") {
        let _ = set_string(&text, &["a", "b"], "x");
        let _ = remove(&text, &["a", "b"]);
        let _ = remove(&text, &["a"]);
        let list = Value::List(vec![Value::Bool(true)]);
        let _ = set_value(&text, &["a"], &list);
        let _ = set_value(&text, &["b", "c"], &Value::Map(Map::from([("x".to_owned(), list)])));
    }

    /// Only the value's own lines change, it reads back, and the same edit again changes nothing.
    #[test]
    fn a_value_set_in_plain_yaml_changes_its_own_lines_alone(
        map in mapping(), key in key(), to in tree(), windows: bool, ended: bool,
    ) {
        let text = written(&map, windows, ended);
        let edited = set_value(&text, &[&key], &to).unwrap();
        let mut expected = map.clone();
        expected.insert(key.clone(), to.clone());
        prop_assert_eq!(from_yaml(edited.as_bytes()).unwrap(), Value::Map(expected), "{}\n--\n{}", text, edited);
        prop_assert_eq!(&set_value(&edited, &[&key], &to).unwrap(), &edited);
        // What stands before and behind the value's lines is there as before.
        let (before, behind) = around(&map, &key, &text);
        prop_assert!(edited.starts_with(&before), "{} does not begin with\n{}", edited, before);
        prop_assert!(edited.ends_with(&behind), "{} does not end with\n{}", edited, behind);
    }

    /// What was added and is removed again leaves the same bytes.
    #[test]
    fn an_edit_taken_back_leaves_the_same_bytes(
        map in mapping(), to in tree(), windows: bool, ended: bool, below: bool,
    ) {
        let text = written(&map, windows, ended);
        let first = map.keys().next().unwrap().clone();
        let non_empty = matches!(&map[&first], Value::Map(inner) if !inner.is_empty());
        let path: &[&str] = if below && non_empty { &[&first, "zz"] } else { &["zz"] };
        let edited = set_value(&text, path, &to).unwrap();
        prop_assert_ne!(&edited, &text);
        prop_assert_eq!(remove(&edited, path).unwrap(), text, "{}", edited);
    }

    #[test]
    fn a_removed_key_takes_its_lines_and_no_others(
        map in prop::collection::btree_map(key(), tree(), 2..5), ended: bool,
    ) {
        let text = written(&map, false, ended);
        for key in map.keys() {
            let mut rest = map.clone();
            rest.remove(key);
            let edited = remove(&text, &[key]).unwrap();
            prop_assert_eq!(from_yaml(edited.as_bytes()).unwrap(), Value::Map(rest), "{}", edited);
            let (before, behind) = around(&map, key, &text);
            let joined = [before, behind].concat();
            prop_assert_eq!(edited.trim_end(), joined.trim_end(), "{}", text);
        }
    }

    /// A switch thrown and thrown back.
    #[test]
    fn a_switch_thrown_back_leaves_the_same_bytes(map in mapping(), on: bool, windows: bool) {
        let mut map = map;
        map.insert("hpa".to_owned(), Value::Map(Map::from([("enabled".to_owned(), Value::Bool(on))])));
        let text = written(&map, windows, true);
        let there = set_value(&text, &["hpa", "enabled"], &Value::Bool(!on)).unwrap();
        prop_assert_ne!(&there, &text);
        prop_assert_eq!(set_value(&there, &["hpa", "enabled"], &Value::Bool(on)).unwrap(), text);
    }
}
