//! `landfall template`: Helm's command, so that scripts can swap the binary.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::charts::{Access, Login};
use crate::render::helm::HelmTemplate;
use crate::render::provenance::Trust;

use super::helm::{
    self, CHART_PATH, Flag, GLOBAL, HelmConfig, INSTALL, LOGGING, Parsed, Reading, Shown, TEMPLATE,
    Table, Usage, VALUES,
};

/// Render a chart exactly as helm template does
///
/// Command line, standard output, standard error and exit status are those of Helm 4.3.1. A chart is a folder, a packed
/// chart or its address, a chart of a registry (oci), REPOSITORY/CHART as helm knows it, or with --repo a name. What was
/// fetched once is kept: an exact version or digest is then found without network. Flags that change nothing for template
/// are accepted and not listed here. Global options of landfall stand in front of the word template.
#[derive(Debug, clap::Args)]
pub struct TemplateArgs {
    /// Name of the release and the chart; the name may be left out
    #[arg(value_name = "[NAME] CHART")]
    words: Vec<OsString>,
    #[command(flatten)]
    flags: Shown<TemplateTable>,
}

#[derive(Debug)]
struct TemplateTable;

impl Table for TemplateTable {
    const FLAGS: &'static [&'static [Flag]] =
        &[VALUES, TEMPLATE, INSTALL, CHART_PATH, GLOBAL, LOGGING];
}

const USAGE: Usage = Usage {
    name: "template",
    line: "helm template [NAME] [CHART] [flags]",
    exclusive: &[
        ["force", "force-conflicts"],
        ["force-replace", "force-conflicts"],
        ["validate", "dry-run"],
    ],
};

pub(super) async fn run(context: &Context<'_>, args: &TemplateArgs) -> Result<Exit, Failure> {
    let (parsed, log) = match helm::read(context, &USAGE, TemplateTable::FLAGS, &args.words)? {
        Reading::Run(parsed, log) => (parsed, log),
        Reading::Over(exit) => return Ok(exit),
    };
    let printed = call(context, &parsed).run(&*context.ports.charts).await;
    if let Some(refused) = printed.refused {
        let what = format!("`template {}`", refused.what);
        return Err(Failure::not_there_yet(&what).hint(refused.hint));
    }
    context.ui.pass_on(&log);
    context.ui.pass_on(&printed.stderr);
    context.ui.answer(&printed.stdout)?;
    Ok(if printed.ok { Exit::Done } else { Exit::Failed })
}

fn call(context: &Context<'_>, parsed: &Parsed) -> HelmTemplate {
    let certificate = parsed.filled("cert-file").zip(parsed.filled("key-file"));
    HelmTemplate {
        words: parsed.words.clone(),
        namespace: helm::namespace(context, parsed),
        layers: helm::layers(parsed),
        kube_version: parsed.filled("kube-version"),
        api_versions: parsed.all("api-versions"),
        show_only: parsed.all("show-only"),
        output_dir: parsed.filled("output-dir"),
        use_release_name: parsed.is_on("release-name"),
        include_crds: parsed.is_on("include-crds"),
        no_hooks: parsed.is_on("no-hooks"),
        skip_tests: parsed.is_on("skip-tests"),
        is_upgrade: parsed.is_on("is-upgrade"),
        skip_schema: parsed.is_on("skip-schema-validation"),
        name_template: parsed.filled("name-template"),
        generate_name: parsed.is_on("generate-name"),
        debug: helm::is_debug(context, parsed),
        version: parsed.filled("version").unwrap_or_default(),
        devel: parsed.is_on("devel"),
        dry_run: parsed.text("dry-run").map(str::to_owned),
        validate: parsed.is_on("validate"),
        dependency_update: parsed.is_on("dependency-update"),
        enable_dns: parsed.is_on("enable-dns"),
        trust: parsed.is_on("verify").then(|| trust(context, parsed)),
        repo: parsed.filled("repo"),
        labels: parsed.all("labels"),
        client_certificate: certificate.map(|(certificate, key)| [certificate, key]),
        ca_file: parsed.filled("ca-file"),
        access: access(context, parsed),
        repository_config: HelmConfig { context }
            .repositories(parsed.filled("repository-config").as_deref().map(Path::new)),
        now: context.ports.clock.now(),
        folder: context.current_dir().to_owned(),
    }
}

/// Who has to have signed a chart.
fn trust(context: &Context<'_>, parsed: &Parsed) -> Trust {
    Trust {
        keyring: parsed
            .text("keyring")
            .map_or_else(|| HelmConfig { context }.keyring(), PathBuf::from),
        folder: context.current_dir().to_owned(),
        now: context.ports.clock.now(),
    }
}

/// How to get at a chart that is not on the disk.
fn access(context: &Context<'_>, parsed: &Parsed) -> Access {
    let text = |name: &str| parsed.text(name).unwrap_or_default();
    let file = |name: &str| {
        let file = parsed.filled(name)?;
        Some(context.current_dir().join(file))
    };
    let registry_config = parsed.filled("registry-config");
    Access {
        login: Login::new(text("username"), text("password")),
        login_everywhere: parsed.is_on("pass-credentials"),
        ca_file: file("ca-file"),
        client_certificate: file("cert-file").zip(file("key-file")),
        skip_tls_verify: parsed.is_on("insecure-skip-tls-verify"),
        plain_http: parsed.is_on("plain-http"),
        login_files: HelmConfig { context }.logins(registry_config.as_deref().map(Path::new)),
    }
}
