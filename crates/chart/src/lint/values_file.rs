//! Rules for values.yaml (`rules/values.go`): only the chart's own, against its own schema.

use std::fs;

use super::{LintOptions, Linter, Severity};
use crate::values::coalesce;
use crate::{Error, decode, schema};

const FILE: &str = "values.yaml";

pub(super) fn check(linter: &mut Linter, options: &LintOptions<'_>) {
    let exists = linter.folder.join(FILE).exists();
    let missing = (!exists).then(|| "file does not exist".to_owned());
    if linter.rule(Severity::Info, FILE, missing) {
        let problem = problem(linter, options);
        linter.rule(Severity::Error, FILE, problem);
    }
}

fn problem(linter: &mut Linter, options: &LintOptions<'_>) -> Option<String> {
    let path = linter.folder.join(FILE);
    let read = fs::read(&path).map_err(|error| Error::io("open", &path, error).to_string());
    let values = match read.and_then(|text| decode::yaml_map(&text)) {
        Ok(values) => values,
        Err(cause) => {
            // Helm reads into a type of its own here.
            let cause = cause.replace("type map[string]interface {}", "type common.Values");
            return Some(format!("unable to parse YAML: {cause}"));
        }
    };
    let mut merged = options.values.clone();
    coalesce::coalesce_tables(&mut merged, values, &mut linter.found.log);
    let schema = fs::read(linter.folder.join("values.schema.json")).unwrap_or_default();
    if schema.is_empty() || options.skip_schema {
        return None;
    }
    schema::check_one(&merged, &schema).err()
}
