//! `landfall step image`

use std::path::Path;

use crate::context::Context;
use crate::env_vars;
use crate::failure::{Code, Exit, Failure};
use crate::pack::AppFile;
use crate::pack::detect::detect;
use crate::ports::artifacts::{ImageConfig, ImageFile, NewImage};
use crate::ports::image_builder::Builder;
use crate::project::Project;
use crate::release::Version;

use super::super::app_here::AppHere;

/// Make the image from what the build left
///
/// Takes the files, the command and the environment that .landfall/app.yaml names and keeps them in the artifact store.
/// Prints the digest. The same content gets the same digest. With a builder, the Dockerfile is built as well.
#[derive(Debug, clap::Args)]
pub struct ImageArgs {
    /// The version of the release
    #[arg(long, value_name = "VERSION")]
    version: Version,
    /// Build the Dockerfile too, with this program, as dev.local/APP:VERSION
    #[arg(long, value_name = "podman|buildah", env = env_vars::LANDFALL_BUILDER, hide_env_values = true)]
    builder: Option<Builder>,
}

pub(super) fn run(context: &Context<'_>, args: &ImageArgs) -> Result<Exit, Failure> {
    let here = AppHere::find(context, context.current_dir())?;
    let root = here.folder();
    let app = here.record()?.app;
    let description = AppFile::read(&root)?;
    if let Some(builder) = args.builder {
        build(context, &root, &app, args, builder)?;
    }
    if description.files.is_empty() || description.command.is_empty() {
        return Err(Failure::new(format!(
            "{} leaves nothing that can run without a container builder",
            AppFile::PATH
        ))
        .hint("name the files and the command in it; a Dockerfile alone runs on a cluster only"));
    }
    let files = description.collect(&root)?;
    let mut environment = description.environment.clone();
    environment
        .entry("VERSION".to_owned())
        .or_insert_with(|| args.version.to_string());
    let image = NewImage {
        app,
        config: ImageConfig {
            command: description.command,
            environment,
            port: Some(description.port),
            health: (!description.health.is_empty()).then_some(description.health),
        },
        files: files
            .into_iter()
            .map(|(source, path)| ImageFile { source, path })
            .collect(),
    };
    let count = image.files.len();
    let reference = context.ports.artifacts.put_image(&image)?;
    context
        .ui
        .say(format!("{reference}: {}", crate::ui::count(count, "file")));
    context.ui.answer(&format!("{}\n", reference.digest()))?;
    Ok(Exit::Done)
}

/// Builds the repository's Dockerfile.
fn build(
    context: &Context<'_>,
    root: &Path,
    app: &str,
    args: &ImageArgs,
    builder: Builder,
) -> Result<(), Failure> {
    let dockerfile = detect(&Project::load(root)?, &[])
        .dockerfile
        .ok_or_else(|| {
            Failure::new(format!("{} has no Dockerfile to build", root.display()))
                .code(Code::NOT_FOUND)
                .exit(Exit::NotFound)
        })?;
    let tag = format!("dev.local/{app}:{}", args.version);
    context
        .ports
        .image_builder
        .build(builder, &root.join(&dockerfile), root, &tag)?;
    context
        .ui
        .say(format!("{builder} built {dockerfile} as {tag}"));
    Ok(())
}
