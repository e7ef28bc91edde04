//! Rules for templates/ and what it renders to (`rules/template.go`).

use gotpl::Value as GoValue;
use goyaml::Value;

use super::stream::{self, Head};
use super::{LintOptions, Linter, Severity, names};
use crate::load::load_any_generation;
use crate::objects::{Root, Templates, template_capabilities};
use crate::values::coalesce::{self, Flavour};
use crate::{Capabilities, Chart, KubeVersion, decode, dependencies, engine, schema, values};

const FOLDER: &str = "templates/";

/// What a release is called while it is checked.
const RELEASE: &str = "test-release";

pub(super) fn check(linter: &mut Linter, options: &LintOptions<'_>) {
    let folder = linter.folder.join(FOLDER.trim_end_matches('/'));
    let missing = (!folder.exists()).then(|| "directory does not exist".to_owned());
    if !linter.rule(Severity::Warning, FOLDER, missing) {
        return;
    }
    let wrong = (!folder.is_dir()).then(|| "not a directory".to_owned());
    if !linter.rule(Severity::Error, FOLDER, wrong) {
        return;
    }
    let mut chart = match load_any_generation(&linter.folder) {
        Ok(chart) => chart,
        Err(cause) => {
            linter.found.log.extend(cause.warnings);
            linter.rule(Severity::Error, FOLDER, Some(cause.error.to_string()));
            return;
        }
    };
    linter.found.log.extend(chart.warnings.iter().cloned());
    let mut capabilities = Capabilities::default();
    if let Some(version) = &options.kube_version {
        capabilities.kube_version = version.clone();
    }
    let Some(files) = render(linter, &mut chart, options, &capabilities) else {
        return;
    };
    let prefix = format!("{}/", chart.name());
    linter.found.rendered = files
        .into_iter()
        .filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?.to_owned(), text)))
        .filter(|(path, _)| path.starts_with(FOLDER))
        .collect();
    let names: Vec<String> = chart
        .templates
        .iter()
        .map(|file| file.name.to_string())
        .collect();
    for name in names {
        if !check_one(linter, &name, options, &capabilities.kube_version) {
            return;
        }
    }
}

/// Everything rendered; what Helm does not report ends the check without a word.
fn render(
    linter: &mut Linter,
    chart: &mut Chart,
    options: &LintOptions<'_>,
    capabilities: &Capabilities,
) -> Option<Vec<(String, Vec<u8>)>> {
    let log = &mut linter.found.log;
    dependencies::process(chart, &options.values, log).ok()?;
    let flavour = Flavour::Coalesce;
    let once = coalesce::values(chart, options.values.clone(), flavour, log).ok()?;
    let coalesced = coalesce::values(chart, once, flavour, log).and_then(|values| {
        if !options.skip_schema {
            schema::check(chart, &values, log)?;
        }
        Ok(values)
    });
    let rendered = coalesced.and_then(|values| {
        let root = Root {
            release: release(&options.namespace),
            capabilities: template_capabilities(capabilities),
            values: values::to_template(&values.into()),
        };
        engine::run_to_lint(&Templates::collect(chart, &root), log)
    });
    match rendered {
        Ok(outputs) => Some(
            outputs
                .into_iter()
                .map(|output| (output.path, output.text))
                .collect(),
        ),
        Err(cause) => {
            linter.rule(Severity::Error, FOLDER, Some(cause.to_string()));
            None
        }
    }
}

fn release(namespace: &str) -> GoValue {
    GoValue::map([
        ("Name", GoValue::from(RELEASE)),
        ("Namespace", GoValue::from(namespace)),
        ("IsUpgrade", GoValue::Bool(false)),
        ("IsInstall", GoValue::Bool(false)),
        ("Revision", GoValue::int(0)),
        ("Service", GoValue::from("Helm")),
    ])
}

/// One template; false when Helm stops here.
fn check_one(
    linter: &mut Linter,
    name: &str,
    options: &LintOptions<'_>,
    version: &KubeVersion,
) -> bool {
    let extension = extension(name);
    let allowed = [".yaml", ".yml", ".tpl", ".txt"].contains(&extension);
    let wrong = (!allowed).then(|| {
        format!("file extension '{extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt")
    });
    linter.rule(Severity::Error, name, wrong);
    if ![".yaml", ".yml"].contains(&extension.to_lowercase().as_str()) {
        return true;
    }
    let rendered = linter.found.rendered.iter();
    let found = rendered.clone().find(|(path, _)| path == name);
    let Some(text) = found.map(|(_, text)| text.clone()) else {
        return true;
    };
    let whole = String::from_utf8_lossy(&text);
    if whole.trim().is_empty() {
        return true;
    }
    linter.rule(Severity::Warning, name, indent(&whole));
    for document in stream::heads(&text) {
        match document {
            Err(cause) => {
                let problem = format!("unable to parse YAML: {cause}");
                linter.rule(Severity::Error, name, Some(problem));
                return false;
            }
            Ok(None) => {}
            Ok(Some(head)) => {
                linter.rule(Severity::Warning, name, object_name(&head));
                let deprecation = (!head.api_version.is_empty() && !head.kind.is_empty())
                    .then(|| (options.deprecation)(&head.api_version, &head.kind, version))
                    .flatten();
                linter.rule(Severity::Warning, name, deprecation);
                linter.rule(Severity::Error, name, selector(&head, &whole));
                linter.rule(Severity::Error, name, list_annotations(&head, &text));
            }
        }
    }
    true
}

/// What follows the last dot of the last name, with the dot.
fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rfind('.').map_or("", |dot| &name[dot..])
}

fn indent(text: &str) -> Option<String> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    line.starts_with([' ', '\t']).then(|| {
        let line = gotpl::quote::quote(line.as_bytes());
        format!("document starts with an illegal indent: {line}, which may cause parsing problems")
    })
}

fn object_name(head: &Head) -> Option<String> {
    let name = gotpl::quote::quote(head.name.as_bytes());
    let problems: Vec<String> = names::problems(&head.kind, &head.name)
        .into_iter()
        .map(|problem| format!("metadata.name: Invalid value: {name}: {problem}"))
        .collect();
    let text = match problems.as_slice() {
        [] => return None,
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Some(format!(
        "object name does not conform to Kubernetes naming requirements: {name}: {text}"
    ))
}

fn selector(head: &Head, text: &str) -> Option<String> {
    let kind = &head.kind;
    let wants = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"].contains(&kind.as_str());
    let has = text.contains("matchLabels") || text.contains("matchExpressions");
    (wants && !has).then(|| {
        let name = gotpl::quote::quote(head.name.as_bytes());
        format!("a {kind} must contain matchLabels or matchExpressions, and {name} does not")
    })
}

/// Helm reads the whole file again here, that is its first document.
fn list_annotations(head: &Head, text: &[u8]) -> Option<String> {
    if head.kind != "List" {
        return None;
    }
    let value = match decode::yaml(text) {
        Ok(value) => value,
        Err(cause) => return Some(format!("unable to parse YAML: {cause}")),
    };
    let field = |value: &Value, key: &str| {
        let map = value.as_map()?;
        let mut pairs = map.iter();
        let found = pairs.find(|(name, _)| name.eq_ignore_ascii_case(key))?;
        Some(found.1.clone())
    };
    let Some(Value::List(items)) = field(&value, "items") else {
        return None;
    };
    let kept = items.iter().any(|item| {
        field(item, "metadata")
            .and_then(|metadata| field(&metadata, "annotations"))
            .is_some_and(|annotations| annotations.get("helm.sh/resource-policy").is_some())
    });
    kept.then(|| "annotation 'helm.sh/resource-policy' within List objects are ignored".to_owned())
}
