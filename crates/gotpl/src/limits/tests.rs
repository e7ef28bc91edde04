//! What a template that means harm is stopped by: never by the machine, always by an error.

use std::sync::Arc;

use crate::format::sprint_value;
use crate::{Function, Functions, MissingKey, TemplateSet, Type, Value, run_with_stack};

const ANY: &[Type] = &[Type::Any];

const FUNCTIONS: &[Function] = &[
    Function::variadic("list", ANY, |_, args| Ok(Value::list(args.to_vec()))),
    Function::variadic("dict", ANY, |_, args| {
        let pairs = args.chunks_exact(2);
        Ok(Value::map(
            pairs.map(|pair| (sprint_value(&pair[0]), pair[1].clone())),
        ))
    }),
];

fn run(text: &str) -> Result<String, String> {
    let mut set = TemplateSet::new(
        "root",
        Functions::builtin().with(FUNCTIONS),
        MissingKey::Zero,
    );
    set.parse("t", text).map_err(|error| error.to_string())?;
    let data = Value::map([("s", Value::from("text"))]);
    match Arc::new(set).execute("t", &data, &()) {
        Ok(text) => Ok(text.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

fn run_deep(text: &str) -> Result<String, String> {
    run_with_stack(|| run(text)).unwrap()
}

fn refused(result: &Result<String, String>, why: &str) {
    match result {
        Err(message) => assert!(message.contains(why), "{message:.300}"),
        Ok(output) => panic!("no error, but {} bytes", output.len()),
    }
}

#[test]
fn text_that_doubles_is_stopped() {
    for function in [
        "print",
        "println",
        "html",
        "js",
        "urlquery",
        "printf `%s%s`",
    ] {
        let text =
            format!("{{{{$x := `<`}}}}{{{{range 40}}}}{{{{$x = {function} $x $x}}}}{{{{end}}}}");
        refused(&run(&text), "more than");
    }
}

#[test]
fn a_tree_that_holds_itself_twice_at_each_level_is_stopped() {
    let tree = "{{$x := list 1}}{{range 40}}{{$x = list $x $x}}{{end}}";
    for use_of_it in [
        "{{$x}}",
        "{{print $x}}",
        "{{printf `%v` $x}}",
        "{{printf `%d %q %.0s` $x $x $x}}",
        "{{html $x}}",
        "{{$x | js}}",
    ] {
        refused(&run(&format!("{tree}{use_of_it}")), "more than");
    }
    for use_of_it in [
        "{{range 1.5}}{{end}}",
        "{{eq $x $x}}",
        "{{index $x `a`}}",
        "{{$x.a}}",
        "{{lt $x 1}}",
        "{{eq $x 1}}",
    ] {
        refused(&run(&format!("{tree}{use_of_it}")), "t:1:");
    }
    let map = "{{$x := dict}}{{range 40}}{{$x = dict `a` $x `b` $x}}{{end}}";
    refused(&run(&format!("{map}{{{{$x}}}}")), "more than");
}

#[test]
fn a_value_as_deep_as_the_steps_allow_is_dropped_without_recursion() {
    let text = "{{$x := list}}{{range 300000}}{{$x = list $x}}{{end}}{{len $x}}";
    assert_eq!(run(text), Ok("1".to_owned()));
    let text = "{{$x := dict}}{{range 300000}}{{$x = dict `a` $x}}{{end}}{{len $x}}";
    assert_eq!(run(text), Ok("1".to_owned()));
    let text = "{{$x := list}}{{range 3000}}{{$x = list $x}}{{end}}{{print $x | len}}";
    assert!(run(text).is_ok());
}

#[test]
fn texts_that_are_kept_are_counted_together() {
    let text = "{{$x := printf `%1000000d` 1}}{{$l := list}}\
                {{range 1000000}}{{$l = list $l (print $x $x $x $x $x $x $x $x .)}}{{end}}";
    refused(&run(text), "more than");
}

#[test]
fn recursion_below_nested_blocks_is_stopped() {
    let nested = |left: &str, right: &str, count: usize, inside: &str| {
        format!("{}{inside}{}", left.repeat(count), right.repeat(count))
    };
    for body in [
        nested("{{if .}}", "{{end}}", 150, "{{template `a` .}}"),
        nested("{{with .}}", "{{end}}", 150, "{{template `a` .}}"),
        nested("{{range 1}}", "{{end}}", 150, "{{template `a` .}}"),
        format!("{{{{template `a` {}}}}}", nested("(print ", ")", 150, "1")),
        nested(
            "{{if .}}{{else}}{{end}}{{if .}}",
            "{{end}}",
            150,
            &format!("{{{{template `a` {}}}}}", nested("(print ", ")", 150, "1")),
        ),
    ] {
        let text = format!("{{{{define `a`}}}}{body}{{{{end}}}}{{{{template `a` 1}}}}");
        refused(&run(&text), "exceeded maximum template depth");
        // On a deep stack the steps or the output may come to their end first.
        refused(&run_deep(&text), "t:1:");
    }
}

#[test]
fn nesting_in_a_text_is_bounded() {
    for (left, right) in [
        ("{{if 1}}", "{{end}}"),
        ("{{range 1}}", "{{end}}"),
        ("{{block `a` 1}}", "{{end}}"),
        ("{{if 1}}{{else if 1}}", "{{end}}"),
    ] {
        let text = format!("{}{}", left.repeat(100_000), right.repeat(100_000));
        refused(&run(&text), "nested");
    }
    let text = format!("{{{{{}1{}}}}}", "(".repeat(100_000), ")".repeat(100_000));
    refused(&run(&text), "max expression depth exceeded");
    let text = format!("{{{{if 1}}}}{}{{{{end}}}}", "{{else if 1}}".repeat(100_000));
    refused(&run(&text), "deeper");
}

#[test]
fn long_texts_take_time_in_proportion() {
    let numbered = |count: usize, left: &str, right: &str| {
        let mut text = String::new();
        for number in 0..count {
            text.push_str(left);
            text.push_str(&number.to_string());
            text.push_str(right);
        }
        text
    };
    let defines = numbered(50_000, "{{define `d", "`}}x{{end}}");
    assert!(run(&defines).is_ok());
    let variables = numbered(10_000, "{{$v", " := 1}}");
    assert!(run(&format!("{variables}{{{{$v0}}}}")).is_ok());
    refused(
        &run(&format!(
            "{variables}{{{{range 10000}}}}{{{{$v0}}}}{{{{end}}}}"
        )),
        "steps",
    );
    let fields = format!("{{{{.s{}}}}}", ".x".repeat(100_000));
    refused(&run(&fields), "can't evaluate field x");
    let pipeline = format!("{{{{1{}}}}}", " | print".repeat(100_000));
    assert_eq!(run(&pipeline), Ok("1".to_owned()));
    let arguments = format!("{{{{print{} | len}}}}", " 1".repeat(100_000));
    assert_eq!(run(&arguments), Ok("199999".to_owned()));
}

#[test]
fn widths_are_those_go_allows() {
    assert_eq!(
        run("{{printf `%9999999999d` 1}}"),
        Ok("%!(NOVERB)%!(EXTRA int=1)".to_owned())
    );
    let arguments = " 1".repeat(100);
    let text = format!("{{{{printf `{}`{arguments}}}}}", "%1000000d".repeat(100));
    refused(&run(&text), "more than");
}
