//! The template language alone, on a deployment of some 70 lines: ours against gotmpl, the nearest Rust crate.
//! `cargo bench --bench templates`; `benches/template/main.go` times Go's own on the same files.

#![allow(
    missing_docs,
    reason = "criterion's macros make public items without documents"
)]

use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use gotpl::{Function, Functions, MissingKey, TemplateSet, Type, Value};

const TEMPLATE: &str = include_str!("template/deployment.tmpl");
const VALUES: &str = include_str!("template/values.json");

const FUNCTIONS: &[Function] = &[
    Function::fixed("quote", &[Type::Any], |_, args| {
        let text = gotpl::format::display(&args[0]);
        Ok(gotpl::quote::quote(text.as_bytes()).as_str().into())
    }),
    Function::fixed("default", &[Type::Any, Type::Any], |_, args| {
        Ok(if args[1].truth() { &args[1] } else { &args[0] }.clone())
    }),
];

fn ours() -> impl Fn() -> String {
    let mut set = TemplateSet::new("t", Functions::builtin().with(FUNCTIONS), MissingKey::Zero);
    set.parse("t", TEMPLATE).expect("it parses");
    let set = Arc::new(set);
    let values = Value::from_json(serde_json::from_str(VALUES).expect("JSON"));
    move || {
        let text = set.execute("t", &values, &()).expect("it runs");
        text.to_str().into_owned()
    }
}

fn theirs() -> impl Fn() -> String {
    let template = gotmpl::Template::new("t")
        .missing_key(gotmpl::MissingKey::ZeroValue)
        .func("quote", |args| {
            Ok(gotmpl::Value::String(
                format!("{:?}", args[0].to_string()).into(),
            ))
        })
        .func("default", |args| {
            let chosen = if gotmpl::is_true(&args[1]) {
                &args[1]
            } else {
                &args[0]
            };
            Ok(chosen.clone())
        })
        .parse(TEMPLATE)
        .expect("it parses");
    let values: serde_json::Value = serde_json::from_str(VALUES).expect("JSON");
    let values = gotmpl::to_value(&values).expect("values");
    move || template.execute_to_string(&values).expect("it runs")
}

fn deployment(criterion: &mut Criterion) {
    let (ours, theirs) = (ours(), theirs());
    assert_eq!(ours(), theirs(), "they must do the same work");
    let mut group = criterion.benchmark_group("deployment template");
    group.bench_function("gotpl", |bencher| bencher.iter(&ours));
    group.bench_function("gotmpl", |bencher| bencher.iter(&theirs));
    group.finish();
}

criterion_group!(templates, deployment);
criterion_main!(templates);
