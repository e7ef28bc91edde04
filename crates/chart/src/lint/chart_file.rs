//! Rules for Chart.yaml (`rules/chartfile.go`).

use std::fs;

use goyaml::{Map, Value};

use super::{Linter, Severity, addresses};
use crate::dependency::DEPENDENCY_FIELDS;
use crate::semver::Version;
use crate::{Error, Metadata, decode};

const FILE: &str = "Chart.yaml";

/// The fields of Chart.yaml and of its parts; Go's JSON takes them in any case.
const FIELDS: &[&str] = &[
    "name",
    "home",
    "sources",
    "version",
    "description",
    "keywords",
    "maintainers",
    "icon",
    "apiVersion",
    "condition",
    "tags",
    "appVersion",
    "deprecated",
    "annotations",
    "kubeVersion",
    "dependencies",
    "type",
];
const MAINTAINER: &[&str] = &["name", "email", "url"];

pub(super) fn check(linter: &mut Linter) {
    let path = linter.folder.join(FILE);
    let folder = path
        .is_dir()
        .then(|| "should be a file, not a directory".to_owned());
    linter.rule(Severity::Error, FILE, folder);
    let read = fs::read(&path).map_err(|error| Error::io("open", &path, error).to_string());
    let loaded = read.and_then(|text| {
        let mut metadata = Metadata::default();
        metadata.read(&text)?;
        Ok((metadata, text))
    });
    let (metadata, text) = match loaded {
        Ok(loaded) => loaded,
        Err(cause) => {
            let problem = format!("unable to parse YAML\n\t{cause}");
            linter.rule(Severity::Error, FILE, Some(problem));
            return;
        }
    };
    let strict = strictly(&text)
        .map(|cause| format!("failed to strictly parse chart metadata file\n\t{cause}"));
    linter.rule(Severity::Warning, FILE, strict);
    let fields = decode::yaml_map(&text).unwrap_or_default();
    for problem in [
        name(&metadata),
        api_version(&metadata),
        is_text(&fields, "version"),
        version(&metadata),
        is_text(&fields, "appVersion"),
        maintainers(&metadata),
        sources(&metadata),
    ] {
        linter.rule(Severity::Error, FILE, problem);
    }
    let icon = &metadata.icon;
    let missing = icon.is_empty().then(|| "icon is recommended".to_owned());
    linter.rule(Severity::Info, FILE, missing);
    let wrong = (!icon.is_empty() && !addresses::is_request_url(icon))
        .then(|| format!("invalid icon URL '{icon}'"));
    linter.rule(Severity::Error, FILE, wrong);
    let generation = &metadata.api_version;
    let old = generation != "v2";
    let kind = (old && !metadata.kind.is_empty()).then(|| {
        format!(
            "chart type is not valid in apiVersion '{generation}'. It is valid in apiVersion 'v2'"
        )
    });
    linter.rule(Severity::Error, FILE, kind);
    let dependencies = (old && !metadata.dependencies.is_empty()).then(|| {
        format!("dependencies are not valid in the Chart file with apiVersion '{generation}'. They are valid in apiVersion 'v2'")
    });
    linter.rule(Severity::Error, FILE, dependencies);
    let version = &metadata.version;
    let strict = (!is_strict_version(version))
        .then(|| format!("version '{version}' is not a valid SemVerV2"));
    linter.rule(Severity::Warning, FILE, strict);
}

fn name(metadata: &Metadata) -> Option<String> {
    let name = &metadata.name;
    if name.is_empty() {
        return Some("name is required".to_owned());
    }
    // Go's `filepath.Base`.
    let trimmed = name.trim_end_matches('/');
    let base = match trimmed.rsplit('/').next() {
        Some("") | None => "/",
        Some(base) => base,
    };
    (base != name).then(|| {
        let name = gotpl::quote::quote(name.as_bytes());
        format!("chart name {name} is invalid")
    })
}

fn api_version(metadata: &Metadata) -> Option<String> {
    match metadata.api_version.as_str() {
        "v1" | "v2" => None,
        "" => Some("apiVersion is required. The value must be either \"v1\" or \"v2\"".to_owned()),
        other => Some(format!(
            "apiVersion '{other}' is not valid. The value must be either \"v1\" or \"v2\""
        )),
    }
}

fn is_text(fields: &Map, key: &str) -> Option<String> {
    let value = fields.get(key)?;
    let kind = match value {
        Value::String(_) => return None,
        Value::Null => "<nil>",
        other => crate::values::go_type(other),
    };
    Some(format!(
        "{key} should be of type string but it's of type {kind}"
    ))
}

fn version(metadata: &Metadata) -> Option<String> {
    let version = &metadata.version;
    if version.is_empty() {
        return Some("version is required".to_owned());
    }
    let Ok(parsed) = Version::parse(version) else {
        return Some(format!("version '{version}' is not a valid SemVer"));
    };
    // The constraint is `>0.0.0-0`.
    let text = parsed.to_string();
    let core = text.split('+').next().unwrap_or(&text);
    (core == "0.0.0-0").then(|| {
        let version = gotpl::quote::quote(version.as_bytes());
        format!("version {version} is less than or equal to \"0.0.0-0\"")
    })
}

/// `StrictNewVersion`: three numbers, no `v`.
fn is_strict_version(version: &str) -> bool {
    let core = version.split(['-', '+']).next().unwrap_or(version);
    let numbers: Vec<&str> = core.split('.').collect();
    numbers.len() == 3
        && numbers.iter().all(|number| {
            number.bytes().all(|byte| byte.is_ascii_digit())
                && !number.is_empty()
                && (number.len() == 1 || !number.starts_with('0'))
        })
        && Version::parse(version).is_ok()
}

fn maintainers(metadata: &Metadata) -> Option<String> {
    metadata.maintainers.iter().find_map(|maintainer| {
        let Some(maintainer) = maintainer else {
            return Some("a maintainer entry is empty".to_owned());
        };
        let (name, email, url) = (&maintainer.name, &maintainer.email, &maintainer.url);
        if name.is_empty() {
            Some("each maintainer requires a name".to_owned())
        } else if !email.is_empty() && !addresses::is_email(email) {
            Some(format!("invalid email '{email}' for maintainer '{name}'"))
        } else if !url.is_empty() && !addresses::is_url(url) {
            Some(format!("invalid url '{url}' for maintainer '{name}'"))
        } else {
            None
        }
    })
}

fn sources(metadata: &Metadata) -> Option<String> {
    let wrong = metadata
        .sources
        .iter()
        .find(|source| !addresses::is_request_url(source))?;
    Some(format!("invalid source URL '{wrong}'"))
}

/// `UnmarshalStrict`: keys that are set twice, and fields that are not known.
fn strictly(text: &[u8]) -> Option<String> {
    let source = String::from_utf8_lossy(text);
    let twice: Vec<String> = crate::duplicate_keys(&source)
        .into_iter()
        .map(|found| {
            let key = gotpl::quote::quote(found.key.as_bytes());
            format!("\n  line {}: key {key} already set in map", found.line)
        })
        .collect();
    if !twice.is_empty() {
        return Some(format!(
            "error converting YAML to JSON: yaml: unmarshal errors:{}",
            twice.concat()
        ));
    }
    let Ok(Value::Map(map)) = decode::yaml(text) else {
        return None;
    };
    let unknown = unknown_field(&map, FIELDS).or_else(|| {
        let parts = [
            ("maintainers", MAINTAINER),
            ("dependencies", DEPENDENCY_FIELDS),
        ];
        parts.iter().find_map(|(key, fields)| {
            let Some(Value::List(items)) = map.get(*key) else {
                return None;
            };
            let mut maps = items.iter().filter_map(Value::as_map);
            maps.find_map(|item| unknown_field(item, fields))
        })
    })?;
    let unknown = gotpl::quote::quote(unknown.as_bytes());
    Some(format!(
        "error unmarshaling JSON: while decoding JSON: json: unknown field {unknown}"
    ))
}

fn unknown_field<'m>(map: &'m Map, known: &[&str]) -> Option<&'m str> {
    map.keys()
        .map(String::as_str)
        .find(|key| !known.iter().any(|field| field.eq_ignore_ascii_case(key)))
}
