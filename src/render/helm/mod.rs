//! `helm template`: what it prints and how it ends (`pkg/cmd/template.go` of helm.sh/helm/v4 4.3.1).
//!
//! [`locate`] finds the chart, [`output`] prints or writes the documents, [`served`] is `--dry-run=server` without a server.

mod locate;
mod output;
mod served;

use std::fmt::Write as _;
use std::path::PathBuf;

use chart::values::{Layers, merge};
use chart::{Capabilities, Chart, Error, Level, RenderOptions, Warning};

pub(super) use locate::clean;

use super::Documents;
use super::documents::{read, render_loaded};

/// One call of `helm template`.
#[derive(Debug, Clone, Default)]
pub struct HelmTemplate {
    /// NAME and CHART as typed.
    pub words: Vec<String>,
    /// `--namespace`.
    pub namespace: String,
    /// The values flags.
    pub layers: Layers,
    /// `--kube-version`.
    pub kube_version: Option<String>,
    /// `--api-versions`.
    pub api_versions: Vec<String>,
    /// `--show-only`.
    pub show_only: Vec<String>,
    /// `--output-dir`.
    pub output_dir: Option<String>,
    /// `--release-name`.
    pub use_release_name: bool,
    /// `--include-crds`.
    pub include_crds: bool,
    /// `--no-hooks`.
    pub no_hooks: bool,
    /// `--skip-tests`.
    pub skip_tests: bool,
    /// `--is-upgrade`.
    pub is_upgrade: bool,
    /// `--skip-schema-validation`.
    pub skip_schema: bool,
    /// `--name-template`.
    pub name_template: Option<String>,
    /// `--generate-name`.
    pub generate_name: bool,
    /// `--debug`.
    pub debug: bool,
    /// `--version`, or what `--devel` stands for.
    pub version: String,
    /// `--devel`.
    pub devel: bool,
    /// `--dry-run`, where it is given.
    pub dry_run: Option<String>,
    /// `--validate`.
    pub validate: bool,
    /// `--dependency-update`.
    pub dependency_update: bool,
    /// `--enable-dns`.
    pub enable_dns: bool,
    /// `--verify`.
    pub verify: bool,
    /// `--repo`.
    pub repo: Option<String>,
    /// `--labels`, as `key=value`.
    pub labels: Vec<String>,
    /// `--cert-file` and `--key-file`.
    pub client_certificate: Option<[String; 2]>,
    /// `--ca-file`.
    pub ca_file: Option<String>,
    /// The folder that paths are relative to.
    pub folder: PathBuf,
}

/// What the call prints and whether its status is 0; otherwise it is 1.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The status is 0.
    pub ok: bool,
    /// The call needs what landfall does not have yet; nothing is printed.
    pub refused: Option<Refused>,
}

/// Something of Helm that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What.
    pub what: String,
    /// What to do instead.
    pub hint: &'static str,
}

/// Why a call ends early.
enum Stop {
    /// As Helm does.
    Error(Error),
    /// As Helm does, once the release exists: what is rendered until then can be shown.
    Rendering(Error),
    /// Because landfall cannot do it yet.
    Refused(Refused),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Behind errors that arise when the release exists but does not render.
const DEBUG_HINT: &str = "\n\nUse --debug flag to render out invalid YAML";

/// The name of a release that nobody named.
const DEFAULT_RELEASE: &str = "release-name";

/// Labels that Helm keeps for itself.
const SYSTEM_LABELS: [&str; 6] = [
    "name",
    "owner",
    "status",
    "version",
    "createdAt",
    "modifiedAt",
];

impl HelmTemplate {
    /// Does what Helm does. Files are written only for `--output-dir`.
    pub fn run(&self) -> Printed {
        let mut log = Vec::new();
        let mut stdout = String::new();
        let result = self.print(&mut stdout, &mut log);
        let mut stderr = String::new();
        for line in &log {
            if self.debug || line.level != Level::Debug {
                // Writing to a String cannot fail.
                let _ = writeln!(stderr, "{line}");
            }
        }
        let ok = result.is_ok();
        let mut refused = None;
        match result {
            Ok(()) => {}
            Err(Stop::Error(error)) => _ = writeln!(stderr, "Error: {error}"),
            Err(Stop::Rendering(error)) => {
                let hint = if self.debug { "" } else { DEBUG_HINT };
                let _ = writeln!(stderr, "Error: {error}{hint}");
            }
            Err(Stop::Refused(what)) => refused = Some(what),
        }
        Printed {
            stdout,
            stderr,
            ok,
            refused,
        }
    }

    fn print(&self, stdout: &mut String, log: &mut Vec<Warning>) -> Result<(), Stop> {
        let capabilities = Capabilities::new(self.kube_version.as_deref(), &self.api_versions)?;
        locate::check_client_files(self)?;
        let asks_server = self.asks_server(log)?;
        log.push(Warning::debug("Original chart version").with("version", self.version.as_str()));
        if self.version.is_empty() && self.devel {
            log.push(Warning::debug("setting version to >0.0.0-0"));
        }
        let (release, reference) = self.name_and_chart()?;
        let path = locate::chart(self, &reference, log)?;
        let shown = path.to_string_lossy().into_owned();
        log.push(Warning::debug("Chart path").with("path", shown));
        let values = merge(&self.layers, &|name| read(&self.folder, name))?;
        let chart = chart::load(&path)?;
        self.refuse_what_is_missing(&chart)?;
        let options = RenderOptions {
            release,
            namespace: self.namespace.clone(),
            values,
            capabilities,
            is_upgrade: self.is_upgrade,
            skip_schema: self.skip_schema,
            ..RenderOptions::default()
        };
        let rendered = render_loaded(&chart, &options, log);
        if rendered.is_ok() {
            self.check_labels()?;
        }
        let documents = match rendered {
            Ok(documents) => documents,
            Err(
                error @ (Error::Template { .. }
                | Error::Manifest { .. }
                | Error::KubeVersion { .. }),
            ) => {
                if self.debug {
                    let rendered = match &error {
                        Error::Manifest { rendered, .. } => rendered.as_str(),
                        _ => "",
                    };
                    self.show_broken(rendered, stdout);
                }
                return Err(Stop::Rendering(error));
            }
            Err(error) => return Err(error.into()),
        };
        if asks_server {
            served::check(&chart, &documents, &options.capabilities)?;
        }
        self.put_out(&options.release, &documents, stdout)
    }

    /// Whether `--dry-run` names the server, with Helm's notes about its older forms.
    fn asks_server(&self, log: &mut Vec<Warning>) -> Result<bool, Error> {
        let strategy = match self.dry_run.as_deref() {
            None | Some("client") => false,
            Some("server") => true,
            Some("unset") => {
                log.push(Warning::warn(
                    "--dry-run is deprecated and should be replaced with '--dry-run=client'",
                ));
                false
            }
            Some(value @ ("1" | "t" | "T" | "TRUE" | "true" | "True")) => {
                log.push(Warning::warn(&format!(
                    "boolean '--dry-run={value}' flag is deprecated and must be replaced with '--dry-run=client'"
                )));
                false
            }
            Some(value) => {
                let ways = match value {
                    "none" | "0" | "f" | "F" | "FALSE" | "false" | "False" => {
                        r#""server" or "client""#
                    }
                    _ => r#""none", "server", or "client""#,
                };
                return Err(other(format!(
                    "invalid dry-run value ({}). Must be {ways}",
                    chart::go_quote(value)
                )));
            }
        };
        Ok(strategy || self.validate)
    }

    fn name_and_chart(&self) -> Result<(String, String), Error> {
        let name_template = self
            .name_template
            .as_deref()
            .filter(|text| !text.is_empty());
        match (self.words.as_slice(), name_template) {
            ([chart], Some(template)) => Ok((chart::release_name(template)?, chart.clone())),
            // `--generate-name` changes nothing: Helm has a default name before it gets there.
            ([chart], None) => Ok((DEFAULT_RELEASE.to_owned(), chart.clone())),
            ([_, _], _) if self.generate_name => {
                Err(other("cannot set --generate-name and also specify a name"))
            }
            ([_, _], Some(_)) => Err(other("cannot set --name-template and also specify a name")),
            ([name, chart], None) => Ok((name.clone(), chart.clone())),
            ([_, _, more @ ..], _) => Err(other(format!(
                "expected at most two arguments, unexpected arguments: {}",
                more.join(", ")
            ))),
            ([], _) => Err(other(
                "\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]",
            )),
        }
    }

    /// Flags that matter only for some charts, and are refused for those.
    fn refuse_what_is_missing(&self, chart: &Chart) -> Result<(), Stop> {
        let asks_names = |chart: &Chart| {
            let mut charts = vec![chart];
            while let Some(chart) = charts.pop() {
                let mut texts = chart.templates.iter().map(|file| &file.data);
                if texts.any(|text| String::from_utf8_lossy(text).contains("getHostByName")) {
                    return true;
                }
                charts.extend(&chart.dependencies);
            }
            false
        };
        let refused = if self.dependency_update && chart::lacks_dependencies(chart) {
            ("--dependency-update", "run `helm dependency update` first")
        } else if self.enable_dns && asks_names(chart) {
            ("--enable-dns", "charts cannot look names up here")
        } else {
            return Ok(());
        };
        Err(Stop::Refused(Refused {
            what: refused.0.to_owned(),
            hint: refused.1,
        }))
    }

    fn check_labels(&self) -> Result<(), Error> {
        let is_system = |label: &String| {
            let key = label.split('=').next().unwrap_or_default();
            SYSTEM_LABELS.contains(&key)
        };
        if self.labels.iter().any(is_system) {
            return Err(other(format!(
                "user supplied labels contains system reserved label name. System labels: [{}]",
                SYSTEM_LABELS.join(" ")
            )));
        }
        Ok(())
    }
}

fn other(text: impl Into<String>) -> Error {
    Error::Other(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_words_are_refused_as_helm_does() {
        let run = |words: &[&str]| {
            let words = words.iter().map(|&word| word.to_owned()).collect();
            HelmTemplate {
                words,
                ..HelmTemplate::default()
            }
            .run()
        };
        assert_eq!(
            run(&["a", "./no-such-chart"]).stderr,
            "Error: path \"./no-such-chart\" not found\n"
        );
        assert_eq!(
            run(&["a", "b", "c"]).stderr,
            "Error: expected at most two arguments, unexpected arguments: c\n"
        );
    }
}
