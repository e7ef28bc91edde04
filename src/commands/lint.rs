//! `landfall lint`: Helm's command, and what it does not say.

use std::ffi::OsString;

use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::render::lint::{HelmLint, Linted, Report};

use super::helm::{
    self, Flag, GLOBAL, LINT, LOGGING, Parsed, Reading, Shown, Table, Usage, VALUES,
};

/// Check charts as helm lint does, and for what it does not say
///
/// Command line, texts and exit status are those of Helm 4.3.1. What landfall finds besides (API versions that the Kubernetes
/// version does not serve, keys set twice, what Knative would refuse) are warnings of their own that begin with `landfall:`
/// behind file, line and column; --helm-only leaves them out. Global options of landfall stand in front of the word lint.
#[derive(Debug, clap::Args)]
pub struct LintArgs {
    /// Folders or archives of charts
    #[arg(value_name = "CHART")]
    words: Vec<OsString>,
    #[command(flatten)]
    flags: Shown<LintTable>,
}

#[derive(Debug)]
struct LintTable;

impl Table for LintTable {
    const FLAGS: &'static [&'static [Flag]] = &[VALUES, LINT, GLOBAL, LOGGING];
}

const USAGE: Usage = Usage {
    name: "lint",
    line: "helm lint PATH [flags]",
    exclusive: &[],
};

pub(super) fn run(context: &Context<'_>, args: &LintArgs) -> Result<Exit, Failure> {
    let (parsed, log) = match helm::read(context, &USAGE, LintTable::FLAGS, &args.words)? {
        Reading::Run(parsed, log) => (parsed, log),
        Reading::Over(exit) => return Ok(exit),
    };
    let as_json = match parsed.text("output") {
        None | Some("" | "text") => false,
        Some("json") => true,
        Some(other) => {
            let text = format!("--output {other}: text and json are possible");
            return Err(Failure::usage(text));
        }
    };
    let call = call(context, &parsed);
    let linted = call.run();
    context.ui.pass_on(&log);
    context.ui.pass_on(&linted.stderr);
    if linted.is_wrong {
        return Ok(Exit::Failed);
    }
    let (text, failure) = call.text(&linted);
    let text = if as_json { as_list(&linted)? } else { text };
    context.ui.answer(&text)?;
    match failure {
        None => Ok(Exit::Done),
        Some(failure) => {
            context.ui.pass_on(&format!("Error: {failure}\n"));
            Ok(Exit::Failed)
        }
    }
}

fn call(context: &Context<'_>, parsed: &Parsed) -> HelmLint {
    HelmLint {
        paths: parsed.words.clone(),
        namespace: helm::namespace(context, parsed),
        layers: helm::layers(parsed),
        kube_version: parsed.filled("kube-version"),
        strict: parsed.is_on("strict"),
        with_subcharts: parsed.is_on("with-subcharts"),
        quiet: parsed.is_on("quiet"),
        skip_schema: parsed.is_on("skip-schema-validation"),
        debug: helm::is_debug(context, parsed),
        helm_only: parsed.is_on("helm-only"),
        folder: context.current_dir().to_owned(),
    }
}

/// One item for each message: `from` says whose it is.
fn as_list(linted: &Linted) -> Result<String, Failure> {
    let items: Vec<Value> = linted.reports.iter().flat_map(items).collect();
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
    let text = serde_json::to_string_pretty(&list).map_err(anyhow::Error::new)?;
    Ok(format!("{text}\n"))
}

fn items(report: &Report) -> Vec<Value> {
    let chart = &report.path;
    let error = report.error.iter().map(
        |error| json!({"chart": chart, "from": "helm", "severity": "error", "message": error}),
    );
    let messages = report.messages.iter().map(|message| {
        json!({
            "chart": chart,
            "from": "helm",
            "severity": message.severity.to_string().to_lowercase(),
            "path": message.path,
            "message": message.text,
        })
    });
    let findings = report.findings.iter().map(|finding| {
        json!({
            "chart": chart,
            "from": "landfall",
            "severity": "warning",
            "path": finding.path,
            "line": finding.line,
            "column": finding.column,
            "rendered": finding.is_rendered,
            "message": finding.text,
        })
    });
    error.chain(messages).chain(findings).collect()
}
