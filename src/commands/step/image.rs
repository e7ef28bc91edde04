//! `landfall step image`

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::pack::AppFile;
use crate::ports::artifacts::{ImageConfig, ImageFile, NewImage};
use crate::release::Version;

use super::{app_name, app_root};

/// Make the image from what the build left
///
/// Takes the files, the command and the environment that .landfall/app.yaml names and keeps them in the artifact store.
/// Prints the digest. The same content gets the same digest.
#[derive(Debug, clap::Args)]
pub struct ImageArgs {
    /// The version of the release
    #[arg(long, value_name = "VERSION")]
    version: Version,
}

pub(super) fn run(context: &Context<'_>, args: &ImageArgs) -> Result<Exit, Failure> {
    let root = app_root(context);
    let app = app_name(&root)?;
    let description = AppFile::read(&root)?;
    if description.files.is_empty() || description.command.is_empty() {
        return Err(Failure::new(format!(
            "{} leaves nothing that can run without a container builder",
            AppFile::PATH
        ))
        .hint("name the files and the command in it, or build the Dockerfile with --builder"));
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
