//! The pipelines of a pack: every run of them with what it names, as Tekton's admission judges it.

use tekton::SourceDocument;
use tekton::admission::Gates;

use super::place;
use crate::pack::Pack;
use crate::pack::check::{Finding, Variant};
use crate::pipeline::{Event, EventKind, FOLDER, PipelineFiles, Reading, Refusal, read_documents};

/// What is wrong with the files under `.tekton/`.
pub(super) fn check(pack: &Pack, variant: &Variant) -> Vec<Finding> {
    let texts: Vec<(&String, &String)> = variant
        .files
        .iter()
        .filter(|(path, _)| path.starts_with(FOLDER))
        .map(|(path, file)| (path, &file.text))
        .collect();
    let mut found = Vec::new();
    let mut runs = Vec::new();
    let event = event(variant);
    for (path, text) in &texts {
        match tekton::read_documents(text) {
            Ok(documents) => {
                let is_run = |value: &serde_json::Value| value["kind"] == "PipelineRun";
                if documents.iter().any(|document| is_run(&document.value)) {
                    let name = path.rsplit('/').next().unwrap_or(path);
                    runs.push(
                        name.rsplit_once('.')
                            .map_or(name, |(stem, _)| stem)
                            .to_owned(),
                    );
                }
            }
            Err(error) => {
                let line = error.error.line().map(|line| error.first_line + line - 1);
                found.push(Finding::error(
                    place(pack, variant, path, line),
                    error.to_string(),
                ));
            }
        }
    }
    if !found.is_empty() {
        return found;
    }
    found.extend(unresolved(pack, variant, &texts));
    let files = PipelineFiles::new(
        texts
            .iter()
            .map(|(path, text)| ((*path).clone(), (*text).clone())),
    );
    if runs.is_empty() {
        let file = pack.file();
        found.push(Finding::warning(
            file,
            format!("it writes no PipelineRun below {FOLDER}/"),
        ));
    }
    for name in runs {
        let prepared = match files.named(&name, None, &event) {
            Ok(prepared) => prepared,
            Err(error) => {
                let text = error.to_string();
                let (path, message) = text.split_once(": ").unwrap_or((FOLDER, &text));
                found.push(Finding::error(place(pack, variant, path, None), message));
                continue;
            }
        };
        let mut documents = vec![prepared.run];
        documents.extend(prepared.objects);
        match read_documents(&documents, &prepared.path, Gates::default()) {
            Ok(Reading::Ready(_)) => {}
            Ok(Reading::Denied(refusals)) => {
                for refusal in refusals {
                    let (path, line) =
                        whereabouts(variant, &refusal).unwrap_or((prepared.path.clone(), 1));
                    let place = place(pack, variant, &path, Some(line));
                    found.push(Finding::error(place, refusal.denied.message.clone()));
                }
            }
            Err(error) => {
                let text = error.to_string();
                let message = text
                    .strip_prefix(&format!("{}: ", prepared.path))
                    .unwrap_or(&text);
                let line = named_line(variant, &prepared.path, message);
                found.push(Finding::error(
                    place(pack, variant, &prepared.path, line),
                    message,
                ));
            }
        }
    }
    found
}

/// References to pipelines and tasks that no file has: Tekton finds them out when the run starts.
fn unresolved(pack: &Pack, variant: &Variant, texts: &[(&String, &String)]) -> Vec<Finding> {
    let documents: Vec<(&String, SourceDocument)> = texts
        .iter()
        .flat_map(|(path, text)| {
            let documents = tekton::read_documents(text).unwrap_or_default();
            documents.into_iter().map(move |document| (*path, document))
        })
        .collect();
    let is_there = |kind: &str, name: &str| {
        documents.iter().any(|(_, document)| {
            document.value["kind"] == kind && document.value["metadata"]["name"] == name
        })
    };
    let mut found = Vec::new();
    for (path, document) in &documents {
        let spec = &document.value["spec"];
        let mut references = vec![(
            "Pipeline",
            "spec.pipelineRef.name".to_owned(),
            &spec["pipelineRef"],
        )];
        for list in ["tasks", "finally"] {
            let tasks = spec[list].as_array().into_iter().flatten().enumerate();
            references.extend(tasks.map(|(index, task)| {
                let field = format!("spec.{list}[{index}].taskRef.name");
                ("Task", field, &task["taskRef"])
            }));
        }
        for (kind, field, reference) in references {
            // What a resolver or a custom task gets is not in these files.
            let is_plain = reference["apiVersion"].is_null() && reference["resolver"].is_null();
            if let Some(name) = reference["name"].as_str()
                && is_plain
                && !is_there(kind, name)
            {
                let place = place(pack, variant, path, Some(document.line_of(&field)));
                found.push(Finding::error(
                    place,
                    format!("no file below {FOLDER}/ has a {kind} called {name}"),
                ));
            }
        }
    }
    found
}

/// The file and line of what admission refuses.
fn whereabouts(variant: &Variant, refusal: &Refusal) -> Option<(String, usize)> {
    variant
        .files
        .iter()
        .filter(|(path, _)| path.starts_with(FOLDER))
        .find_map(|(path, file)| {
            let documents = tekton::read_documents(&file.text).ok()?;
            let document = documents.iter().find(|document| {
                document.value["kind"] == refusal.denied.kind
                    && document.value["metadata"]["name"] == refusal.denied.name
            })?;
            Some((path.clone(), document.line_of(&refusal.field)))
        })
}

/// The first line that holds the last name in quotes of a message.
fn named_line(variant: &Variant, path: &str, message: &str) -> Option<usize> {
    let name = message.rsplit('"').nth(1)?;
    let text = &variant.files.get(path)?.text;
    let at = text.lines().position(|line| line.contains(name))?;
    Some(at + 1)
}

/// A push of the app's branch.
fn event(variant: &Variant) -> Event {
    Event {
        kind: EventKind::Push {
            reference: "refs/heads/main".to_owned(),
        },
        owner: "acme".to_owned(),
        repository: variant.app.clone(),
        url: format!("/forge/acme/{}.git", variant.app),
        revision: "0".repeat(40),
        title: "feat: start".to_owned(),
        sender: "ada".to_owned(),
    }
}
