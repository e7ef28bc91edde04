//! The documents on standard output, or in files.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;

use chart::{Error, Hook};

use super::{Documents, HelmTemplate, Stop, other};

impl HelmTemplate {
    /// Prints or writes everything.
    pub(super) fn put_out(
        &self,
        release: &str,
        documents: &Documents,
        stdout: &mut String,
    ) -> Result<(), Stop> {
        let Some(folder) = self.output_dir.as_deref().filter(|dir| !dir.is_empty()) else {
            let stream = self.stream(documents);
            return Ok(self.show(&stream, stdout)?);
        };
        let with_release = if self.use_release_name {
            format!("{}/{release}", folder.trim_end_matches('/'))
        } else {
            folder.to_owned()
        };
        let mut written = BTreeSet::new();
        for (path, content) in self.shown_crds(documents) {
            let append = !written.insert(path);
            // The release is there by now, but not complete.
            self.write(folder, path, content, append, stdout)
                .map_err(Stop::Rendering)?;
        }
        for manifest in &documents.manifests {
            let append = !written.insert(&manifest.path);
            self.write(
                &with_release,
                &manifest.path,
                &manifest.content,
                append,
                stdout,
            )
            .map_err(Stop::Rendering)?;
        }
        for hook in self.shown_hooks(documents) {
            let Hook { manifest, .. } = hook;
            // Helm adds to any file that is there, also to one of an earlier call.
            let append = self
                .folder
                .join(&with_release)
                .join(&manifest.path)
                .exists();
            self.write(
                &with_release,
                &manifest.path,
                &manifest.content,
                append,
                stdout,
            )?;
        }
        Ok(self.show("\n", stdout)?)
    }

    /// `--debug` prints what was rendered before the error.
    pub(super) fn show_broken(&self, rendered: &str, stdout: &mut String) {
        // An error here would only repeat the one that is already known.
        let _ = self.show(&format!("{}\n", rendered.trim()), stdout);
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
    ) -> impl Iterator<Item = &'d Hook> + use<'d> {
        let shown: &[Hook] = if self.no_hooks { &[] } else { &documents.hooks };
        let skip_tests = self.skip_tests;
        shown
            .iter()
            .filter(move |hook| !(skip_tests && hook.is_test()))
    }

    /// The stream, or with `--show-only` the documents of the named templates, in the order of the flags.
    fn show(&self, stream: &str, stdout: &mut String) -> Result<(), Error> {
        if self.show_only.is_empty() {
            stdout.push_str(stream);
            return Ok(());
        }
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

    fn write(
        &self,
        folder: &str,
        path: &str,
        content: &str,
        append: bool,
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
            fs::create_dir_all(parent).map_err(|source| failed("mkdir", source))?;
        }
        let mut file = File::options()
            .create(true)
            .write(true)
            .append(append)
            .truncate(!append)
            .open(&full)
            .map_err(|source| failed("open", source))?;
        file.write_all(format!("---\n# Source: {path}\n{content}\n").as_bytes())
            .map_err(|source| failed("write", source))?;
        let _ = writeln!(stdout, "wrote {name}");
        Ok(())
    }
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
    use super::source_path;

    #[test]
    fn a_source_line_names_the_template() {
        assert_eq!(
            source_path("# Source: c/templates/a.yaml\nx"),
            Some("templates/a.yaml")
        );
        assert_eq!(source_path("a: 1"), None);
    }
}
