//! `helm template`: what it prints and how it ends (`pkg/cmd/template.go` of helm.sh/helm/v4 4.3.1).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chart::values::{Layers, merge};
use chart::{Capabilities, Error, RenderOptions, Warning};

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
}

/// Behind errors that arise when the release exists but does not render.
const DEBUG_HINT: &str = "\n\nUse --debug flag to render out invalid YAML";

impl HelmTemplate {
    /// Does what Helm does. Files are written only for `--output-dir`.
    pub fn run(&self) -> Printed {
        let mut log = Vec::new();
        let mut stdout = String::new();
        let result = self.print(&mut stdout, &mut log);
        let mut stderr: String = log.iter().fold(String::new(), |mut text, line| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{line}");
            text
        });
        let ok = result.is_ok();
        if let Err(error) = result {
            let hint = match error {
                Error::Template { .. } | Error::Manifest { .. } | Error::KubeVersion { .. } => {
                    DEBUG_HINT
                }
                _ => "",
            };
            let _ = writeln!(stderr, "Error: {error}{hint}");
        }
        Printed { stdout, stderr, ok }
    }

    fn print(&self, stdout: &mut String, log: &mut Vec<Warning>) -> Result<(), Error> {
        if self.words.is_empty() {
            return Err(other(
                "\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]",
            ));
        }
        let capabilities = Capabilities::new(self.kube_version.as_deref(), &self.api_versions)?;
        let (release, reference) = self.name_and_chart()?;
        let path = self.locate(&reference)?;
        let values = merge(&self.layers, &|name| read(&self.folder, name))?;
        let chart = chart::load(&path)?;
        let options = RenderOptions {
            release,
            namespace: self.namespace.clone(),
            values,
            capabilities,
            is_upgrade: self.is_upgrade,
            skip_schema: self.skip_schema,
            reproducible: None,
            trace: false,
            cache: None,
        };
        let documents = render_loaded(&chart, &options, log)?;
        match &self.output_dir {
            Some(folder) => self.write(folder, &options.release, &documents, stdout),
            None if self.show_only.is_empty() => {
                stdout.push_str(&self.stream(&documents));
                Ok(())
            }
            None => self.show(&self.stream(&documents), stdout),
        }
    }

    fn name_and_chart(&self) -> Result<(String, String), Error> {
        match self.words.as_slice() {
            [chart] => {
                let name = if let Some(template) = self
                    .name_template
                    .as_deref()
                    .filter(|text| !text.is_empty())
                {
                    chart::release_name(template)?
                } else {
                    // `--generate-name` changes nothing: Helm has a default name before it gets there.
                    DEFAULT_RELEASE.to_owned()
                };
                Ok((name, chart.clone()))
            }
            [_, _] if self.generate_name => {
                Err(other("cannot set --generate-name and also specify a name"))
            }
            [_, _]
                if self
                    .name_template
                    .as_deref()
                    .is_some_and(|text| !text.is_empty()) =>
            {
                Err(other("cannot set --name-template and also specify a name"))
            }
            [name, chart] => Ok((name.clone(), chart.clone())),
            [_, _, more @ ..] => Err(other(format!(
                "expected at most two arguments, unexpected arguments: {}",
                more.join(", ")
            ))),
            [] => Err(other(
                "must either provide a name or specify --generate-name",
            )),
        }
    }

    /// Finds the chart on the disk; repositories and registries are not there yet.
    fn locate(&self, reference: &str) -> Result<PathBuf, Error> {
        let reference = reference.trim();
        let path = self.folder.join(reference);
        if path.exists() {
            return Ok(path);
        }
        if reference.starts_with('.') || Path::new(reference).is_absolute() {
            return Err(Error::PathNotFound(reference.to_owned()));
        }
        if reference.contains("://") {
            return Err(other(format!(
                "charts from addresses are not there yet: download {reference} first"
            )));
        }
        match reference.split_once('/') {
            Some((repository, _)) => Err(other(format!("repo {repository} not found"))),
            None => Err(other(format!(
                "non-absolute URLs should be in form of repo_name/path_to_chart, got: {reference}"
            ))),
        }
    }

    /// Everything as one text.
    fn stream(&self, documents: &Documents) -> String {
        let mut text = String::new();
        for (path, content) in self.shown_crds(documents) {
            push_document(&mut text, path, content);
        }
        for manifest in &documents.manifests {
            push_document(&mut text, &manifest.path, &manifest.content);
        }
        let mut text = format!("{}\n", text.trim());
        for hook in self.shown_hooks(documents) {
            push_document(&mut text, &hook.manifest.path, &hook.manifest.content);
        }
        text
    }

    fn shown_crds<'d>(
        &self,
        documents: &'d Documents,
    ) -> impl Iterator<Item = (&'d str, &'d str)> + use<'d> {
        let shown: &[(String, String)] = if self.include_crds {
            &documents.crds
        } else {
            &[]
        };
        shown
            .iter()
            .map(|(path, content)| (path.as_str(), content.as_str()))
    }

    fn shown_hooks<'d>(
        &self,
        documents: &'d Documents,
    ) -> impl Iterator<Item = &'d chart::Hook> + use<'d> {
        let shown: &[chart::Hook] = if self.no_hooks { &[] } else { &documents.hooks };
        let skip_tests = self.skip_tests;
        shown
            .iter()
            .filter(move |hook| !(skip_tests && hook.is_test()))
    }

    /// `--show-only`: the documents of the named templates, in the order of the flags.
    fn show(&self, stream: &str, stdout: &mut String) -> Result<(), Error> {
        let documents = chart::split_documents(stream);
        let mut shown = String::new();
        for pattern in &self.show_only {
            let mut found = false;
            for document in &documents {
                let path = source_path(document);
                if path.is_some_and(|path| chart::glob::path_match(pattern, path).unwrap_or(false))
                {
                    let _ = writeln!(shown, "---\n{document}");
                    found = true;
                }
            }
            if !found {
                return Err(other(format!("could not find template {pattern} in chart")));
            }
        }
        stdout.push_str(&shown);
        Ok(())
    }

    /// `--output-dir`: one file for each template.
    fn write(
        &self,
        folder: &str,
        release: &str,
        documents: &Documents,
        stdout: &mut String,
    ) -> Result<(), Error> {
        let with_release = if self.use_release_name {
            format!("{}/{release}", folder.trim_end_matches('/'))
        } else {
            folder.to_owned()
        };
        let mut written = BTreeSet::new();
        for (path, content) in self.shown_crds(documents) {
            self.write_one(folder, path, content, &mut written, stdout)?;
        }
        let hooks = self.shown_hooks(documents).map(|hook| &hook.manifest);
        for manifest in documents.manifests.iter().chain(hooks) {
            self.write_one(
                &with_release,
                &manifest.path,
                &manifest.content,
                &mut written,
                stdout,
            )?;
        }
        stdout.push('\n');
        Ok(())
    }

    fn write_one(
        &self,
        folder: &str,
        path: &str,
        content: &str,
        written: &mut BTreeSet<String>,
        stdout: &mut String,
    ) -> Result<(), Error> {
        let name = format!("{folder}/{path}");
        let full = self.folder.join(&name);
        let failed = |operation, source| Error::Io {
            operation,
            path: name.clone().into(),
            source,
        };
        if let Some(parent) = full.parent() {
            std::fs::create_dir_all(parent).map_err(|source| failed("mkdir", source))?;
        }
        let append = !written.insert(name.clone());
        let mut options = std::fs::OpenOptions::new();
        options
            .create(true)
            .write(true)
            .append(append)
            .truncate(!append);
        let mut file = options
            .open(&full)
            .map_err(|source| failed("open", source))?;
        std::io::Write::write_all(
            &mut file,
            format!("---\n# Source: {path}\n{content}\n").as_bytes(),
        )
        .map_err(|source| failed("write", source))?;
        let _ = writeln!(stdout, "wrote {name}");
        Ok(())
    }
}

/// The name of a release that nobody named.
const DEFAULT_RELEASE: &str = "release-name";

fn other(text: impl Into<String>) -> Error {
    Error::Other(text.into())
}

fn push_document(text: &mut String, path: &str, content: &str) {
    let _ = writeln!(text, "---\n# Source: {path}\n{content}");
}

/// The path behind the chart's name in the first `# Source:` of a document.
fn source_path(document: &str) -> Option<&str> {
    document.lines().find_map(|line| {
        let (_, path) = line.split_once("# Source: ")?;
        let (chart, path) = path.split_once('/')?;
        (!chart.is_empty() && !path.is_empty()).then_some(path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_line_names_the_template() {
        assert_eq!(
            source_path("# Source: c/templates/a.yaml\nx"),
            Some("templates/a.yaml")
        );
        assert_eq!(source_path("a: 1"), None);
    }

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
            run(&[]).stderr,
            "Error: \"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]\n"
        );
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
