//! `helm lint` with what it does not say: its checks are in [`chart::lint`], ours in [`ours`], marked as such.
//!
//! Our findings are warnings that begin with `landfall:` and name a line and a column. They come behind Helm's messages of the
//! same chart, and without any the output is Helm's, byte for byte. Like Helm's warnings they fail the chart only with `--strict`.

mod ours;
mod unpacked;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chart::lint::{LintOptions, Message, Severity};
use chart::values::{Layers, merge};
use chart::{Capabilities, Error, KubeVersion, Level, Warning};

use super::documents::read;
use crate::manifest::api;
use unpacked::Unpacked;

/// One call of `helm lint`.
#[derive(Debug, Clone, Default)]
pub struct HelmLint {
    /// The charts as typed.
    pub paths: Vec<String>,
    /// `--namespace`.
    pub namespace: String,
    /// The values flags.
    pub layers: Layers,
    /// `--kube-version`.
    pub kube_version: Option<String>,
    /// `--strict`.
    pub strict: bool,
    /// `--with-subcharts`.
    pub with_subcharts: bool,
    /// `--quiet`.
    pub quiet: bool,
    /// `--skip-schema-validation`.
    pub skip_schema: bool,
    /// `--debug`.
    pub debug: bool,
    /// Leaves our findings out.
    pub helm_only: bool,
    /// The folder that paths are relative to.
    pub folder: PathBuf,
}

/// What was found in one chart.
#[derive(Debug, Default)]
pub struct Report {
    /// The chart as typed, or as found below charts/.
    pub path: String,
    /// Helm's messages.
    pub messages: Vec<Message>,
    /// Ours.
    pub findings: Vec<Finding>,
    /// Why the chart could not be checked at all.
    pub error: Option<String>,
    /// Whether it fails.
    pub failed: bool,
}

/// Something that Helm does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, in the chart.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// Line and column are those of the rendered text, as the template has no such line.
    pub is_rendered: bool,
    /// What is wrong.
    pub text: String,
}

impl Report {
    /// Whether there is anything that `--quiet` shows.
    fn is_worth_saying(&self) -> bool {
        let loud = |message: &Message| message.severity > Severity::Info;
        self.failed || !self.findings.is_empty() || self.messages.iter().any(loud)
    }
}

/// Everything a call has to say.
#[derive(Debug, Default)]
pub struct Linted {
    /// Standard error: log lines, and the error that ends the call.
    pub stderr: String,
    /// The charts in order; none when the call itself is wrong.
    pub reports: Vec<Report>,
    /// The call itself is wrong.
    pub is_wrong: bool,
}

impl HelmLint {
    /// Checks all charts.
    pub fn run(&self) -> Linted {
        let mut log = Vec::new();
        let result = self.check(&mut log);
        let mut stderr = String::new();
        for line in &log {
            if self.debug || line.level != Level::Debug {
                // Writing to a String cannot fail.
                let _ = writeln!(stderr, "{line}");
            }
        }
        match result {
            Ok(reports) => Linted {
                stderr,
                reports,
                is_wrong: false,
            },
            Err(error) => Linted {
                stderr: format!("{stderr}Error: {error}\n"),
                reports: Vec::new(),
                is_wrong: true,
            },
        }
    }

    /// Helm's text on standard output, and the error it ends with.
    pub fn text(&self, linted: &Linted) -> (String, Option<String>) {
        let mut text = String::new();
        let mut worth_saying = 0;
        for report in &linted.reports {
            worth_saying += usize::from(report.is_worth_saying());
            if self.quiet && !report.is_worth_saying() {
                continue;
            }
            let _ = writeln!(text, "==> Linting {}", report.path);
            if let Some(error) = &report.error {
                let _ = writeln!(text, "Error {error}");
            }
            for message in &report.messages {
                if !self.quiet || message.severity > Severity::Info {
                    let _ = writeln!(text, "{message}");
                }
            }
            for finding in &report.findings {
                let Finding {
                    path,
                    line,
                    column,
                    text: what,
                    ..
                } = finding;
                let place = if finding.is_rendered {
                    " (of the rendered text)"
                } else {
                    ""
                };
                let _ = writeln!(
                    text,
                    "[WARNING] {path}:{line}:{column}{place}: landfall: {what}"
                );
            }
            text.push('\n');
        }
        let failed = linted.reports.iter().filter(|report| report.failed).count();
        let summary = format!(
            "{} chart(s) linted, {failed} chart(s) failed",
            linted.reports.len()
        );
        if failed > 0 {
            return (text, Some(summary));
        }
        if !self.quiet || worth_saying > 0 {
            let _ = writeln!(text, "{summary}");
        }
        (text, None)
    }

    fn check(&self, log: &mut Vec<Warning>) -> Result<Vec<Report>, Error> {
        let kube_version = match self.kube_version.as_deref() {
            Some(version) => Some(Capabilities::new(Some(version), &[])?.kube_version),
            None => None,
        };
        let mut paths = self.paths.clone();
        if self.with_subcharts {
            for path in &self.paths {
                let charts = Path::new(path).join("charts");
                self.subcharts(&charts, &mut paths);
            }
        }
        let options = LintOptions {
            values: merge(&self.layers, &|name| read(&self.folder, name))?,
            namespace: self.namespace.clone(),
            kube_version,
            skip_schema: self.skip_schema,
            deprecation: &|api_version, kind, version| {
                api::deprecation(api_version, kind, minor(version)?)
            },
        };
        let report = |path: String| self.report(path, &options, log);
        Ok(paths.into_iter().map(report).collect())
    }

    /// Every chart below a folder of charts, in the order of names.
    fn subcharts(&self, folder: &Path, found: &mut Vec<String>) {
        let Ok(entries) = std::fs::read_dir(self.folder.join(folder)) else {
            return;
        };
        let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        for name in names {
            let path = folder.join(&name);
            let text = path.to_string_lossy().into_owned();
            if name == "Chart.yaml" {
                found.push(folder.to_string_lossy().into_owned());
            } else if is_archive(&text) {
                found.push(text);
            }
            let full = self.folder.join(&path);
            if full.is_dir() && !full.is_symlink() {
                self.subcharts(&path, found);
            }
        }
    }

    fn report(&self, path: String, options: &LintOptions<'_>, log: &mut Vec<Warning>) -> Report {
        let mut report = Report {
            path,
            ..Report::default()
        };
        let full = self.folder.join(&report.path);
        let unpacked = if is_archive(&report.path) {
            match Unpacked::new(&full, &report.path) {
                Ok(unpacked) => Some(unpacked),
                Err(error) => {
                    report.error = Some(error.to_string());
                    report.failed = true;
                    return report;
                }
            }
        } else {
            None
        };
        let (folder, shown) = match &unpacked {
            Some(unpacked) => {
                let folder = unpacked.chart().to_owned();
                (folder.clone(), folder)
            }
            None => (full, PathBuf::from(&report.path)),
        };
        let folder = super::helm::clean(&folder);
        if let Err(source) = std::fs::metadata(folder.join("Chart.yaml")) {
            let cause = Error::Io {
                operation: "stat",
                path: super::helm::clean(&shown.join("Chart.yaml")),
                source,
            };
            report.error = Some(format!("unable to check Chart.yaml file in chart: {cause}"));
            report.failed = true;
            return report;
        }
        let lint = chart::lint::lint(&folder, options);
        log.extend(lint.log);
        let least = if self.strict {
            Severity::Warning
        } else {
            Severity::Error
        };
        report.failed = lint.messages.iter().any(|found| found.severity >= least);
        report.messages = lint.messages;
        if !self.helm_only {
            let version = options.kube_version.clone();
            let version = version.unwrap_or_else(|| Capabilities::default().kube_version);
            report.findings = ours::find(&folder, &lint.rendered, &version);
            report.failed |= self.strict && !report.findings.is_empty();
        }
        report
    }
}

fn is_archive(path: &str) -> bool {
    [".tgz", ".tar.gz"].iter().any(|end| path.ends_with(end))
}

fn minor(version: &KubeVersion) -> Option<api::Minor> {
    Some((version.major.parse().ok()?, version.minor.parse().ok()?))
}
