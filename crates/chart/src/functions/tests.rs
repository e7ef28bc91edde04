use std::sync::Arc;

use gotpl::{MissingKey, TemplateSet};

use super::*;

fn render(text: &str) -> String {
    let mut set = TemplateSet::new("gotpl", functions(), MissingKey::Zero);
    if let Err(error) = set.parse("t", text) {
        return error.to_string();
    }
    let rendered = Arc::new(set).execute(
        "t",
        &Value::map([("n", Value::Nil)]),
        &Environment::default(),
    );
    rendered.map_or_else(|error| error.to_string(), |text| text.to_string())
}

#[test]
fn there_are_all_functions_of_helm_4_3_1() {
    assert_eq!(functions().names().count(), 251);
    assert!(functions().get("env").is_none(), "Helm takes it out");
}

#[test]
fn what_surprises_is_as_in_helm() {
    for (text, expected) in [
        (
            r#"{{int "08"}} {{int "0x10"}} {{int "1.9"}} {{int 1.9}} {{atoi "07"}}"#,
            "0 16 0 1 7",
        ),
        (
            r#"{{add "3" 1.7}} {{mul 2 3.9}} {{max 1 2.9}} {{mod -7 3}}"#,
            "4 6 2 -1",
        ),
        (
            "{{round 123.555 2}} {{toString 1.0}} {{toString 12345678.0}}",
            "123.56 1 1.2345678e+07",
        ),
        (
            r#"{{quote "a" nil 1}} {{squote "a'b"}}"#,
            r#""a" "1" 'a'b'"#,
        ),
        (
            r#"{{cat "a" nil "b"}} {{join "," (list "a" nil 1)}}"#,
            "a b a,1",
        ),
        (
            r#"{{camelcase "aB cD_e-f"}} {{duration 95}}|{{indent 2 ""}}|"#,
            "ABCDEF 0s|  |",
        ),
        (
            r#"{{first (list)}}{{semverCompare ">=1.20-0" "1.21.3-gke.1"}}"#,
            "<no value>true",
        ),
        (
            r#"{{merge (dict "b" false "e" "") (dict "b" true "e" "x")}}"#,
            "map[b:true e:x]",
        ),
        (
            "{{addf 0.1 0.2}} {{divf 10 3}} {{1.5 | mulf 2.1}}",
            "0.3 3.3333333333333335 3.15",
        ),
        (
            r#"{{toYaml (dict "b" (list 1) "a" 1000000.0)}}"#,
            "a: 1000000\nb:\n- 1",
        ),
        (
            r#"{{toJson (dict "a" "<&>" "f" 1e21)}}"#,
            r#"{"a":"\u003c\u0026\u003e","f":1e+21}"#,
        ),
        (
            r#"{{regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W"}}"#,
            "-W-xxW-",
        ),
        (
            r#"{{fromYaml "a: ["}}"#,
            "map[Error:error converting YAML to JSON: yaml: line 1: did not find expected node content]",
        ),
        (
            r#"{{tpl "{{.n}}{{define \"x\"}}y{{end}}{{include \"x\" .}}" .}}"#,
            "y",
        ),
        (
            r#"{{ternary "a" "b" true}} {{dig "a" "b" "none" (dict "a" (dict))}}"#,
            "a none",
        ),
        (
            r#"{{urlParse "http://u@h:1/p?q#f" | urlJoin}}"#,
            "http://u@h:1/p?q#f",
        ),
        (
            r#"{{date "2006-01-02" (toDate "2006-01-02" "2024-02-29")}}"#,
            "2024-02-29",
        ),
    ] {
        assert_eq!(render(text), expected, "{text}");
    }
}

#[test]
fn failures_have_the_texts_of_helm() {
    for (text, part) in [
        (
            r#"{{repeat -1 "a"}}"#,
            "error calling repeat: strings: negative Repeat count",
        ),
        (
            "{{div 1 0}}",
            "error calling div: runtime error: integer divide by zero",
        ),
        (
            r#"{{first "x"}}"#,
            "error calling first: Cannot find first on type string",
        ),
        (
            r#"{{set .n "a" 1}}"#,
            "wrong type for value; expected map[string]interface {}; got interface {}",
        ),
        (
            r#"{{required "give it" .n}}"#,
            "error calling required: HELM_ERR_STARTgive itHELM_ERR_END",
        ),
        (
            r#"{{include "no" .}}"#,
            r#"error calling include: template: no template "no" associated with template "gotpl""#,
        ),
        (
            r#"{{tpl "{{" .}}"#,
            r#"error calling tpl: cannot parse template "{{": template: gotpl:1: unclosed action"#,
        ),
        (
            r#"{{regexFind "[a" "x"}}"#,
            "regexp: Compile(`[a`): error parsing regexp: missing closing ]: `[a`",
        ),
    ] {
        let shown = render(text);
        assert!(shown.contains(part), "{text}: {shown}");
    }
}

#[test]
fn results_are_bounded() {
    for text in [
        r#"{{repeat 1000000000 "abc"}}"#,
        "{{until 1000000000}}",
        r#"{{indent 1000000000 "a"}}"#,
        "{{randAlpha 1000000000}}",
    ] {
        assert!(render(text).contains("more than"), "{text}");
    }
}

#[test]
fn include_stops_a_template_that_never_ends() {
    let text = r#"{{define "a"}}{{include "a" .}}{{end}}{{include "a" .}}"#;
    let shown = gotpl::run_with_stack(|| render(text)).unwrap();
    assert!(
        shown.ends_with("nested reference name: a: unable to execute template"),
        "{}",
        shown.len()
    );
}
