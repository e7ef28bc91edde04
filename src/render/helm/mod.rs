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
use jiff::Timestamp;

pub(super) use locate::clean;

use self::locate::Located;
use super::Documents;
use super::dependency::{Call, Talk, Update};
use super::documents::{read, render_loaded};
use super::provenance::Trust;
use crate::ports::charts::{Access, ChartRepository};

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
    /// `--verify`: who has to have signed the chart.
    pub trust: Option<Trust>,
    /// `--repo`.
    pub repo: Option<String>,
    /// `--labels`, as `key=value`.
    pub labels: Vec<String>,
    /// `--cert-file` and `--key-file`, as typed.
    pub client_certificate: Option<[String; 2]>,
    /// `--ca-file`, as typed.
    pub ca_file: Option<String>,
    /// How to get at a chart that is not on the disk.
    pub access: Access,
    /// Helm's repositories.yaml.
    pub repository_config: PathBuf,
    /// The time that a lock file gets.
    pub now: Timestamp,
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

/// What is printed so far.
#[derive(Debug, Default)]
struct Out {
    stdout: String,
    stderr: String,
    is_debug: bool,
}

impl Out {
    fn push(&mut self, line: &Warning) {
        if self.is_debug || line.level != Level::Debug {
            self.log(&line.to_string());
        }
    }
}

impl Talk for Out {
    fn line(&mut self, line: &str) {
        self.stdout.push_str(line);
        self.stdout.push('\n');
    }

    fn log(&mut self, line: &str) {
        self.stderr.push_str(line);
        self.stderr.push('\n');
    }

    fn pulled(&mut self, line: &str) {
        self.log(line);
    }
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
    /// Does what Helm does. Files are written only for `--output-dir` and `--dependency-update`.
    pub async fn run(&self, charts: &dyn ChartRepository) -> Printed {
        let mut out = Out {
            is_debug: self.debug,
            ..Out::default()
        };
        let result = self.print(charts, &mut out).await;
        let Out {
            stdout, mut stderr, ..
        } = out;
        let ok = result.is_ok();
        let mut refused = None;
        match result {
            Ok(()) => {}
            // Writing to a String cannot fail.
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

    async fn print(&self, charts: &dyn ChartRepository, out: &mut Out) -> Result<(), Stop> {
        let capabilities = Capabilities::new(self.kube_version.as_deref(), &self.api_versions)?;
        locate::check_client_files(self)?;
        let asks_server = self.asks_server(out)?;
        out.push(&Warning::debug("Original chart version").with("version", self.version.as_str()));
        if self.version.is_empty() && self.devel {
            out.push(&Warning::debug("setting version to >0.0.0-0"));
        }
        let (release, reference) = self.name_and_chart()?;
        let located = locate::chart(self, &reference, charts, out).await?;
        let values = merge(&self.layers, &|name| read(&self.folder, name))?;
        let mut chart = located.load(out)?;
        self.refuse_what_is_missing(&chart)?;
        if self.dependency_update
            && !chart.metadata.is_library()
            && chart::lacks_dependencies(&chart)
        {
            self.update_dependencies(&located, charts, out).await?;
            chart = located.load(out).map_err(|error| {
                other(format!("failed reloading chart after repo update: {error}"))
            })?;
        }
        let options = RenderOptions {
            release,
            namespace: self.namespace.clone(),
            values,
            capabilities,
            is_upgrade: self.is_upgrade,
            skip_schema: self.skip_schema,
            ..RenderOptions::default()
        };
        let mut warnings = Vec::new();
        let rendered = render_loaded(&chart, &options, &mut warnings);
        for warning in &warnings {
            out.push(warning);
        }
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
                    self.show_broken(rendered, &mut out.stdout);
                }
                return Err(Stop::Rendering(error));
            }
            Err(error) => return Err(error.into()),
        };
        if asks_server {
            served::check(&chart, &documents, &options.capabilities)?;
        }
        self.put_out(&options.release, &documents, &mut out.stdout)
    }

    /// Whether `--dry-run` names the server, with Helm's notes about its older forms.
    fn asks_server(&self, out: &mut Out) -> Result<bool, Error> {
        let strategy = match self.dry_run.as_deref() {
            None | Some("client") => false,
            Some("server") => true,
            Some("unset") => {
                out.push(&Warning::warn(
                    "--dry-run is deprecated and should be replaced with '--dry-run=client'",
                ));
                false
            }
            Some(value @ ("1" | "t" | "T" | "TRUE" | "true" | "True")) => {
                out.push(&Warning::warn(&format!(
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

    /// A flag that matters only for some charts, and is refused for those.
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
        if self.enable_dns && asks_names(chart) {
            return Err(Stop::Refused(Refused {
                what: "--enable-dns".to_owned(),
                hint: "charts cannot look names up here",
            }));
        }
        Ok(())
    }

    /// `--dependency-update`, for a chart whose charts/ lacks something.
    async fn update_dependencies(
        &self,
        located: &Located,
        charts: &dyn ChartRepository,
        out: &mut Out,
    ) -> Result<(), Error> {
        let Located::Path(path) = located else {
            return Err(other("only unpacked charts can be updated"));
        };
        let update = Update {
            call: Call::Update,
            words: vec![path.to_string_lossy().into_owned()],
            skip_refresh: false,
            repository_config: self.repository_config.clone(),
            registry: self.access.clone(),
            // Helm checks the chart, not what it needs.
            trust: None,
            folder: self.folder.clone(),
            now: self.now,
        };
        update.perform(charts, out).await
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
    use crate::backend::memory::charts::MemoryCharts;

    #[tokio::test]
    async fn wrong_words_are_refused_as_helm_does() {
        for (words, expected) in [
            (
                vec!["a", "./no-such-chart"],
                "Error: path \"./no-such-chart\" not found\n",
            ),
            (
                vec!["a", "b", "c"],
                "Error: expected at most two arguments, unexpected arguments: c\n",
            ),
        ] {
            let call = HelmTemplate {
                words: words.into_iter().map(str::to_owned).collect(),
                ..HelmTemplate::default()
            };
            let printed = call.run(&MemoryCharts::default()).await;
            assert_eq!(printed.stderr, expected);
        }
    }
}
