//! The language, from text to output. Expected results are those of Go 1.26 with `missingkey=zero`, as Helm sets it.

use std::sync::Arc;

use gotpl::{Functions, MissingKey, TemplateSet, Value};

fn data() -> Value {
    Value::from_json(serde_json::json!({
        "s": "text", "empty": "", "t": true, "f": false, "n": 3, "z": 0, "nil": null, "big": 12_345_678,
        "l": ["a", "b", "c"], "none": [], "m": {"b": 2, "a": 1}, "deep": {"x": {"y": "found"}},
        "items": [{"name": "one"}, {"name": "two"}, null]
    }))
}

fn render_in(text: &str, missing: MissingKey) -> String {
    let mut set = TemplateSet::new("root", Functions::builtin(), missing);
    if let Err(error) = set.parse("t", text) {
        return error.to_string();
    }
    match Arc::new(set).execute("t", &data(), &()) {
        Ok(text) => text.to_string(),
        Err(error) => error.to_string(),
    }
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(render_in(text, MissingKey::Zero), *expected, "{text}");
    }
}

#[test]
fn fields_and_nil() {
    check(&[
        (
            "{{.s}} {{.deep.x.y}} {{.n}} {{.big}}",
            "text found 3 1.2345678e+07",
        ),
        (
            "{{.missing}}|{{.nil}}|{{.deep.no}}",
            "<no value>|<no value>|<no value>",
        ),
        (
            "{{.missing.x}}",
            "template: t:1:10: executing \"t\" at <.missing.x>: nil pointer evaluating interface {}.x",
        ),
        (
            "{{(.missing).x}}|{{((.missing).x).y}}",
            "<no value>|<no value>",
        ),
        ("{{$v := .missing}}{{$v.x}}", "<no value>"),
        (
            "{{.s.x}}",
            "template: t:1:4: executing \"t\" at <.s.x>: can't evaluate field x in type interface {}",
        ),
        (
            "{{$v := .s}}{{$v.x}}",
            "template: t:1:16: executing \"t\" at <$v.x>: can't evaluate field x in type string",
        ),
        (
            "{{range .items}}{{.name}} {{end}}",
            "template: t:1:18: executing \"t\" at <.name>: nil pointer evaluating interface {}.name",
        ),
        (
            "{{.s 1}}",
            "template: t:1:2: executing \"t\" at <.s>: s is not a method but has arguments",
        ),
        (
            "{{1 2}}",
            "template: t:1:2: executing \"t\" at <1>: can't give argument to non-function 1",
        ),
        (
            "{{nil}}",
            "template: t:1:2: executing \"t\" at <nil>: nil is not a command",
        ),
        (
            "{{$}}{{.}}",
            &format!(
                "{0}{0}",
                "map[big:1.2345678e+07 deep:map[x:map[y:found]] empty: f:false \
          items:[map[name:one] map[name:two] <nil>] l:[a b c] m:map[a:1 b:2] n:3 nil:<nil> none:[] s:text t:true z:0]"
            ),
        ),
    ]);
}

#[test]
fn strict_sets_refuse_missing_keys() {
    assert_eq!(
        render_in("{{.deep.no}}", MissingKey::Error),
        "template: t:1:7: executing \"t\" at <.deep.no>: map has no entry for key \"no\""
    );
}

#[test]
fn control_flow() {
    check(&[
        (
            "{{if .t}}a{{else}}b{{end}}{{if .empty}}a{{else if .z}}b{{else}}c{{end}}",
            "ac",
        ),
        (
            "{{with .deep.x}}{{.y}}{{end}}{{with .nil}}x{{else with .s}}{{.}}{{end}}",
            "foundtext",
        ),
        (
            "{{range .l}}{{.}},{{end}}{{range $i, $e := .l}}{{$i}}={{$e}};{{end}}",
            "a,b,c,0=a;1=b;2=c;",
        ),
        (
            "{{range $k, $v := .m}}{{$k}}{{$v}}{{end}}{{range .none}}x{{else}}empty{{end}}",
            "a1b2empty",
        ),
        (
            "{{range 3}}{{.}}{{end}}{{range $i := 2}}{{$i}}{{end}}",
            "01201",
        ),
        (
            "{{range .l}}{{if eq . \"b\"}}{{continue}}{{end}}{{.}}{{end}}",
            "ac",
        ),
        (
            "{{range .l}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}}",
            "a",
        ),
        ("{{$x := 1}}{{range .l}}{{$x = .}}{{end}}{{$x}}", "c"),
        ("{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "21"),
        ("{{range .missing}}x{{else}}none{{end}}", "none"),
        (
            "{{range .n}}{{end}}",
            "template: t:1:8: executing \"t\" at <.n>: range can't iterate over 3",
        ),
        (
            "{{range $a, $b := 3}}{{end}}",
            "template: t:1:18: executing \"t\" at <3>: can't use 3 to iterate over more than one variable",
        ),
        ("a {{- \" b \" -}} c", "a b c"),
    ]);
}

#[test]
fn templates_call_one_another() {
    check(&[
        (
            "{{define \"a\"}}[{{.}}]{{end}}{{template \"a\" .s}}{{template \"a\"}}",
            "[text][<no value>]",
        ),
        ("{{block \"b\" .n}}{{.}}{{end}}", "3"),
        (
            "{{template \"no\"}}",
            "template: t:1:11: executing \"t\" at <{{template \"no\"}}>: template \"no\" not defined",
        ),
        (
            "{{define \"a\"}}\n  {{.x.y}}{{end}}{{template \"a\" .}}",
            "template: t:2:6: executing \"a\" at <.x.y>: nil pointer evaluating interface {}.y",
        ),
        (
            "{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}",
            "template: t:1:25: executing \"a\" at <{{template \"a\"}}>: exceeded maximum template depth (100000)",
        ),
    ]);
}

#[test]
fn builtins() {
    check(&[
        (
            "{{and .t .s}} {{and .f .s.x.y}} {{or .f .s}} {{or .t (index .l 9)}} {{not .f}}",
            "text false text true true",
        ),
        (
            "{{eq .n 3.0}} {{eq .s \"x\" \"text\"}} {{ne .s \"x\"}} {{lt 1 2}} {{ge 2 2}} {{eq .nil nil}}",
            "true true true true true true",
        ),
        (
            "{{eq .n 3}}",
            "template: t:1:2: executing \"t\" at <eq .n 3>: error calling eq: incompatible types for comparison: float64 and int",
        ),
        (
            "{{lt .l 1}}",
            "template: t:1:2: executing \"t\" at <lt .l 1>: error calling lt: invalid type for comparison",
        ),
        (
            "{{index .l 1}} {{index .m \"a\"}} {{index .deep \"x\" \"y\"}} {{index .m \"no\"}}",
            "b 1 found <no value>",
        ),
        (
            "{{index .l 5}}",
            "template: t:1:2: executing \"t\" at <index .l 5>: error calling index: index out of range: 5",
        ),
        (
            "{{index .nil 1}}",
            "template: t:1:2: executing \"t\" at <index .nil 1>: error calling index: index of untyped nil",
        ),
        ("{{slice .s 1 3}} {{len .l}} {{len .s}}", "ex 3 4"),
        (
            "{{len .n}}",
            "template: t:1:2: executing \"t\" at <len .n>: error calling len: len of type float64",
        ),
        (
            "{{len .missing}}",
            "template: t:1:2: executing \"t\" at <len .missing>: error calling len: len of nil pointer",
        ),
        (
            "{{print 1 2 \"a\" 3}} {{.s | printf \"%s-%q\" \"x\"}}",
            "1 2a3 x-\"text\"",
        ),
        (
            "{{html \"<a>\"}}{{js \"'\"}}{{urlquery \"a b\"}}",
            "&lt;a&gt;\\'a+b",
        ),
        (
            "{{printf .n}}",
            "template: t:1:9: executing \"t\" at <.n>: wrong type for value; expected string; got float64",
        ),
        (
            "{{printf .missing}}",
            "template: t:1:9: executing \"t\" at <.missing>: wrong type for value; expected string; got interface {}",
        ),
        (
            "{{printf 3}}",
            "template: t:1:9: executing \"t\" at <3>: expected string; found 3",
        ),
        (
            "{{printf}}",
            "template: t:1:2: executing \"t\" at <printf>: wrong number of args for printf: want at least 1 got 0",
        ),
        (
            "{{not}}",
            "template: t:1:2: executing \"t\" at <not>: wrong number of args for not: want 1 got 0",
        ),
        (
            "{{call .s}}",
            "template: t:1:2: executing \"t\" at <call .s>: error calling call: non-function .s of type string",
        ),
        ("{{1_000}}", "1000"),
        ("{{0x10}} {{1e3}} {{'a'}} {{1.50}}", "16 1000 97 1.5"),
        ("{{true | printf \"%v\"}}", "true"),
    ]);
}
