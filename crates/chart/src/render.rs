//! The way from a chart and values to documents (`action.Install` as far as `helm template` goes).

use std::sync::Arc;

use gotpl::Value as GoValue;
use goyaml::{Map, Value};

use crate::engine::Output;
use crate::model::File;
use crate::objects::{Root, Templates, template_capabilities};
use crate::values::coalesce::{self, Flavour};
use crate::{
    Capabilities, Chart, Error, Hook, Manifest, Profile, Reproducible, TemplateCache, Warning,
    dependencies, engine, manifest, names, schema, values,
};

/// How to render.
#[derive(Debug, Clone, Default)]
pub struct RenderOptions {
    /// `.Release.Name`.
    pub release: String,
    /// `.Release.Namespace`.
    pub namespace: String,
    /// The user's values, merged: see [`crate::values::merge`].
    pub values: Map,
    /// What `.Capabilities` says.
    pub capabilities: Capabilities,
    /// `.Release.IsUpgrade` instead of `.Release.IsInstall`.
    pub is_upgrade: bool,
    /// Leaves values.schema.json out.
    pub skip_schema: bool,
    /// A clock and random numbers that are the same in each run, instead of the machine's.
    pub reproducible: Option<Reproducible>,
    /// Fills [`Rendered::outputs`].
    pub trace: bool,
    /// The version of Helm whose output is wanted.
    pub profile: Profile,
    /// Keeps parsed templates for other renders.
    pub cache: Option<Arc<TemplateCache>>,
}

/// What a chart renders to.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Documents in install order.
    pub manifests: Vec<Manifest>,
    /// Hooks in the same order of kinds.
    pub hooks: Vec<Hook>,
    /// NOTES.txt of the top chart.
    pub notes: String,
    /// Files of crds/ with their path in the release, of all charts that take part.
    pub crds: Vec<(String, File)>,
    /// What the templates saw as `.Values`.
    pub values: Value,
    /// The output of each template with the places that wrote it, when [`RenderOptions::trace`] asks for it.
    pub outputs: Vec<Output>,
}

/// Renders a chart. What Helm would log goes to `log`, also when rendering fails.
///
/// # Errors
/// Everything that `helm template` refuses, with its texts; see [`Error`].
pub fn render(
    chart: &Chart,
    options: &RenderOptions,
    log: &mut Vec<Warning>,
) -> Result<Rendered, Error> {
    log.extend(chart.warnings.iter().cloned());
    chart.metadata.check_installable()?;
    if chart.metadata.deprecated {
        log.push(Warning::warn("this chart is deprecated"));
    }
    dependencies::check_present(chart)?;
    names::check_release(&options.release).map_err(|error| logged(log, error))?;
    let mut chart = chart.clone();
    dependencies::process(&mut chart, &options.values, log)
        .map_err(|error| logged(log, Error::Dependencies(Box::new(error))))?;
    let values = coalesce::values(&chart, options.values.clone(), Flavour::Coalesce, log)?;
    if !options.skip_schema {
        schema::check(&chart, &values, log)?;
    }
    let values = Value::Map(values);
    check_kube_version(&chart, &options.capabilities)?;
    let root = Root {
        release: release(options),
        capabilities: template_capabilities(&options.capabilities),
        values: values::to_template(&values),
    };
    let templates = Templates::collect(&chart, &root);
    let (mut outputs, documents) = manifest::read_while(|read| {
        engine::run(&templates, options, &|path, text| {
            if !is_notes(path) {
                read(path, text);
            }
        })
    })?;
    let notes = take_notes(&chart, &mut outputs);
    let sorted = manifest::sort(documents, &outputs, options.profile, log)?;
    if !options.trace {
        outputs = Vec::new();
    }
    Ok(Rendered {
        manifests: sorted.manifests,
        hooks: sorted.hooks,
        notes,
        crds: chart.crds(),
        values,
        outputs,
    })
}

/// Helm logs two kinds of failures besides returning them.
fn logged(log: &mut Vec<Warning>, error: Error) -> Error {
    let line = match &error {
        Error::ReleaseName(text) => {
            Warning::error("release name check failed").with("error", text.as_str())
        }
        Error::Dependencies(cause) => {
            Warning::error("chart dependencies processing failed").with("error", cause.to_string())
        }
        _ => return error,
    };
    log.push(line);
    error
}

fn check_kube_version(chart: &Chart, capabilities: &Capabilities) -> Result<(), Error> {
    let wanted = &chart.metadata.kube_version;
    let found = &capabilities.kube_version;
    if wanted.is_empty() || dependencies::is_compatible(wanted, &found.normalized) {
        return Ok(());
    }
    Err(Error::KubeVersion {
        wanted: wanted.clone(),
        found: found.version.clone(),
    })
}

fn release(options: &RenderOptions) -> GoValue {
    GoValue::map([
        ("Name", GoValue::from(options.release.as_str())),
        ("Namespace", GoValue::from(options.namespace.as_str())),
        ("IsUpgrade", GoValue::Bool(options.is_upgrade)),
        ("IsInstall", GoValue::Bool(!options.is_upgrade)),
        ("Revision", GoValue::int(1)),
        ("Service", GoValue::from("Helm")),
    ])
}

/// Takes every NOTES.txt out of the files; the one of the top chart is kept.
fn take_notes(chart: &Chart, outputs: &mut Vec<Output>) -> String {
    let own = format!("{}/templates/NOTES.txt", chart.name());
    let mut notes = String::new();
    outputs.retain(|output| {
        if output.path == own {
            notes = String::from_utf8_lossy(&output.text).into_owned();
        }
        !is_notes(&output.path)
    });
    notes
}

fn is_notes(path: &str) -> bool {
    path.ends_with("NOTES.txt")
}
