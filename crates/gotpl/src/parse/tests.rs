use super::*;

fn error(text: &str) -> String {
    parse(&Text::from("t"), text, &Functions::builtin())
        .map_or_else(|error| error.to_string(), |_| "no error".to_owned())
}

fn shown(text: &str) -> String {
    let templates = parse(&Text::from("t"), text, &Functions::builtin()).unwrap();
    let template = templates.last().unwrap();
    template.source.show(&template.root).to_string()
}

#[test]
fn errors_are_those_of_go() {
    for (text, message) in [
        ("{{if}}{{end}}", "template: t:1: missing value for if"),
        ("{{.a", "template: t:1: unclosed action"),
        ("a\n{{if .a}}\n", "template: t:3: unexpected EOF"),
        ("{{end}}", "template: t:1: unexpected {{end}}"),
        ("{{else}}", "template: t:1: unexpected {{else}}"),
        ("{{nope 1}}", "template: t:1: function \"nope\" not defined"),
        ("{{$x}}", "template: t:1: undefined variable \"$x\""),
        (
            "{{define \"a\"}}x{{end}}{{define \"a\"}}y{{end}}",
            "template: t:1: template: multiple definition of template \"a\"",
        ),
        (
            "{{if .a}}{{define \"a\"}}{{end}}{{end}}",
            "template: t:1: unexpected <define> in command",
        ),
        ("{{break}}", "template: t:1: {{break}} outside {{range}}"),
        (
            "{{range .}}{{define \"x\"}}",
            "template: t:1: unexpected <define> in command",
        ),
        (
            "{{1 | 2}}",
            "template: t:1: non executable command in pipeline stage 2",
        ),
        (
            "{{\"a\".b}}",
            "template: t:1: unexpected . after term \"\\\"a\\\"\"",
        ),
        ("{{.a\n\n", "template: t:3: unclosed action started at t:1"),
        (
            "{{(.a\n}}",
            "template: t:2: unclosed left paren in action started at t:1",
        ),
        (
            "{{template .a}}",
            "template: t:1: unexpected \".a\" in template clause",
        ),
        (
            "{{range $a, $b, $c := .}}{{end}}",
            "template: t:1: too many declarations in range",
        ),
        (
            "{{if .a}}{{else}}{{else}}{{end}}",
            "template: t:1: expected end; found {{else}}",
        ),
        ("{{ .a .b, }}", "template: t:1: unexpected \",\" in operand"),
        (
            "{{ 0123456789012345678a }}",
            "template: t:1: bad number syntax: \"0123456789012345678a\"",
        ),
    ] {
        assert_eq!(error(text), message, "{text}");
    }
}

#[test]
fn the_tree_prints_as_go_prints_it() {
    for (text, expected) in [
        (
            "{{- .a.b  |  printf \"%d\"  3 -}} x",
            "{{.a.b | printf \"%d\" 3}}x",
        ),
        (
            "{{if (eq $.x 1)}}a{{else if .b}}c{{end}}",
            "{{if (eq $.x 1)}}a{{else}}{{if .b}}c{{end}}{{end}}",
        ),
        (
            "{{range $i, $e := .l}}{{break}}{{end}}",
            "{{range $i, $e := .l}}{{break}}{{end}}",
        ),
        ("{{template `a` .}}", "{{template \"a\" .}}"),
        ("{{(index . 0).x.y}}", "{{(index . 0).x.y}}"),
        ("{{$x := true}}{{$x = nil}}", "{{$x := true}}{{$x = nil}}"),
    ] {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn a_blank_definition_gives_way() {
    let text = "{{define \"a\"}} {{end}}{{define \"a\"}}x{{end}}{{define \"a\"}}{{end}}";
    let templates = parse(&Text::from("t"), text, &Functions::builtin()).unwrap();
    assert_eq!(
        templates
            .iter()
            .filter(|template| template.name == "a")
            .count(),
        1
    );
}

#[test]
fn deep_nesting_is_an_error() {
    let deep = "(".repeat(MAX_PARSE_DEPTH + 1);
    assert!(error(&format!("{{{{{deep}")).contains("max expression depth exceeded"));
    assert!(error(&"{{if .a}}".repeat(MAX_PARSE_DEPTH + 1)).contains("deeper than"));
    let chain = format!(
        "{{{{if .a}}}}{}{{{{end}}}}",
        "{{else if .b}}".repeat(MAX_PARSE_DEPTH + 1)
    );
    assert!(error(&chain).contains("deeper than"));
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_parses_or_fails_without_panic(text in "\\PC*") {
            let _ = parse(&Text::from("t"), &text, &Functions::builtin());
        }

        #[test]
        fn any_sequence_of_template_words_parses_or_fails_without_panic(
            words in proptest::collection::vec(
                proptest::sample::select(vec![
                    "{{", "}}", "{{-", "-}}", " ", "\n", "if", "else", "end", "range", "with", "define",
                    "block", "template", "break", "continue", "$x", "$", ":=", "=", ",", ".", ".a", "(", ")",
                    "|", "\"s\"", "`r`", "'c'", "1", "0x1p-2", "1.5e3", "nil", "true", "eq", "/*", "*/", "é",
                ]),
                0..40,
            )
        ) {
            let _ = parse(&Text::from("t"), &words.concat(), &Functions::builtin());
        }
    }
}
