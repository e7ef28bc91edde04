//! `landfall template`: Helm's command, so that scripts can swap the binary.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::render::helm::HelmTemplate;

use super::chart_args::{ClusterArgs, ValuesArgs};

/// Render a chart exactly as helm template does
///
/// Command line, standard output, standard error and exit status are those of Helm 4.3.1. Charts are folders or
/// packed charts on the disk.
#[derive(Debug, clap::Args)]
pub struct TemplateArgs {
    /// Name of the release and the chart; the name may be left out
    #[arg(value_name = "[NAME] CHART")]
    words: Vec<String>,
    #[command(flatten)]
    values: ValuesArgs,
    #[command(flatten)]
    cluster: ClusterArgs,
    /// Show only the documents of these templates (repeatable)
    #[arg(short, long, value_name = "PATH")]
    show_only: Vec<String>,
    /// Write files into this folder instead of standard output
    #[arg(long, value_name = "DIR")]
    output_dir: Option<String>,
    /// Put the release's name into the path of --output-dir
    #[arg(long)]
    release_name: bool,
    /// Print the chart's custom resource definitions too
    #[arg(long)]
    include_crds: bool,
    /// Leave hooks out
    #[arg(long)]
    no_hooks: bool,
    /// Leave tests out
    #[arg(long)]
    skip_tests: bool,
    /// A template for the name of the release
    #[arg(long, value_name = "TEMPLATE")]
    name_template: Option<String>,
    /// Accepted as in helm, where it changes nothing for template
    #[arg(short, long)]
    generate_name: bool,
    #[command(flatten)]
    unused: UnusedArgs,
    #[command(flatten)]
    refused: RefusedArgs,
}

/// Flags of helm that do not change what template prints.
#[derive(Debug, clap::Args)]
struct UnusedArgs {
    #[arg(long, hide = true)]
    skip_crds: bool,
    #[arg(long, hide = true)]
    debug: bool,
    #[arg(long, hide = true)]
    create_namespace: bool,
    #[arg(long, hide = true)]
    replace: bool,
    #[arg(long, hide = true)]
    devel: bool,
    #[arg(long, hide = true)]
    hide_notes: bool,
    #[arg(long, hide = true)]
    render_subchart_notes: bool,
    #[arg(long, hide = true)]
    disable_openapi_validation: bool,
    #[arg(long, hide = true)]
    description: Option<String>,
    #[arg(long, hide = true)]
    timeout: Option<String>,
    #[arg(short, long, hide = true)]
    labels: Vec<String>,
    #[arg(long, hide = true)]
    version: Option<String>,
    #[arg(long, hide = true)]
    kubeconfig: Option<String>,
    #[arg(long, hide = true)]
    kube_context: Option<String>,
}

/// Flags of helm that need what landfall does not have yet.
#[derive(Debug, clap::Args)]
struct RefusedArgs {
    #[arg(long, hide = true)]
    validate: bool,
    #[arg(long, hide = true)]
    dependency_update: bool,
    #[arg(long, hide = true)]
    enable_dns: bool,
    #[arg(long, hide = true)]
    verify: bool,
    #[arg(long, hide = true)]
    repo: Option<String>,
    #[arg(long, hide = true)]
    post_renderer: Option<String>,
    #[arg(long, hide = true, num_args = 0..=1, require_equals = true, default_missing_value = "client")]
    dry_run: Option<String>,
}

impl RefusedArgs {
    fn check(&self) -> Result<(), Failure> {
        let server = self.dry_run.as_deref() == Some("server");
        let refused = [
            (
                self.validate || server,
                "--validate",
                "it asks a cluster, and template works without one",
            ),
            (
                self.dependency_update,
                "--dependency-update",
                "run `landfall dependency update` first",
            ),
            (
                self.enable_dns,
                "--enable-dns",
                "charts cannot look names up here",
            ),
            (
                self.verify,
                "--verify",
                "signatures of charts are not checked here",
            ),
            (self.repo.is_some(), "--repo", "download the chart first"),
            (
                self.post_renderer.is_some(),
                "--post-renderer",
                "pipe the output into the program instead",
            ),
        ];
        match refused.iter().find(|(given, ..)| *given) {
            Some((_, flag, hint)) => {
                Err(Failure::not_there_yet(&format!("`template {flag}`")).hint(*hint))
            }
            None => Ok(()),
        }
    }
}

pub(super) fn run(context: &Context<'_>, args: &TemplateArgs) -> Result<Exit, Failure> {
    args.refused.check()?;
    let template = HelmTemplate {
        words: args.words.clone(),
        namespace: args.cluster.namespace.clone(),
        layers: args.values.layers(),
        kube_version: args
            .cluster
            .kube_version
            .clone()
            .filter(|version| !version.is_empty()),
        api_versions: args.cluster.api_versions.clone(),
        show_only: args.show_only.clone(),
        output_dir: args.output_dir.clone(),
        use_release_name: args.release_name,
        include_crds: args.include_crds,
        no_hooks: args.no_hooks,
        skip_tests: args.skip_tests,
        is_upgrade: args.cluster.is_upgrade,
        skip_schema: args.cluster.skip_schema_validation,
        name_template: args.name_template.clone(),
        generate_name: args.generate_name,
        folder: context.current_dir().to_owned(),
    };
    let printed = template.run();
    context.ui.pass_on(&printed.stderr);
    context.ui.answer(&printed.stdout)?;
    Ok(if printed.ok { Exit::Done } else { Exit::Failed })
}
