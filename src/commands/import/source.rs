//! Where the repository is: a folder, or an address that is cloned first.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::ports::git::RemoteUrl;

use super::ImportArgs;
use super::look;

/// The repository to import.
#[derive(Debug)]
pub(super) struct Source {
    /// Its folder.
    pub(super) folder: PathBuf,
    /// The clone that a look needs, which goes with it.
    _scratch: Option<tempfile::TempDir>,
}

/// The folder that is named, or a clone of what is.
pub(super) fn find(context: &Context<'_>, args: &ImportArgs) -> Result<Source, Failure> {
    // Without a `.` at the end, as people write paths.
    let folder: PathBuf = context
        .current_dir()
        .join(&args.source)
        .components()
        .collect();
    let Some(url) = address(&args.source, &folder)? else {
        return Ok(Source {
            folder,
            _scratch: None,
        });
    };
    let (_, name) = url.owner_and_name().ok_or_else(|| {
        Failure::usage(format!("{url} does not end with the name of a repository"))
    })?;
    let folder = context.current_dir().join(&name);
    if let Some(checkout) = context.ports.git.discover(context.current_dir())? {
        return Err(look::refuse(format!(
            "{} would be a repository inside the repository {}",
            folder.display(),
            checkout.root.display()
        ))
        .hint("run it in a folder that is in no repository"));
    }
    if folder.exists() {
        return already(context, folder, &url);
    }
    if args.undo {
        return Err(look::refuse(format!("{} is not there", folder.display()))
            .hint("name the folder of the clone"));
    }
    context.ports.git.version()?;
    // Made beside its place and moved there whole: a clone that is cut off is in nobody's way.
    let building = tempfile::Builder::new()
        .prefix(".landfall-clone-")
        .tempdir_in(context.current_dir())
        .map_err(|error| {
            Failure::new(format!(
                "cannot clone into {}: {error}",
                context.current_dir().display()
            ))
        })?;
    let clone = building.path().join(&name);
    let progress = context.ui.progress(format!("cloning {url}"));
    let cloned = context.ports.git.clone_new(&url, &clone);
    drop(progress);
    cloned?;
    if args.dry_run {
        return Ok(Source {
            folder: clone,
            _scratch: Some(building),
        });
    }
    files::rename(&clone, &folder)?;
    context
        .ui
        .say(format!("cloned {url} into {}", folder.display()));
    Ok(Source {
        folder,
        _scratch: None,
    })
}

/// The address in what was typed; a path that is there is no address.
fn address(typed: &Path, folder: &Path) -> Result<Option<RemoteUrl>, Failure> {
    let Some(text) = typed.to_str().filter(|text| text.contains(':')) else {
        return Ok(None);
    };
    if folder.exists() {
        return Ok(None);
    }
    match text.parse() {
        Ok(url) => Ok(Some(url)),
        Err(error) if ["://", "::"].iter().any(|mark| text.contains(mark)) => {
            Err(Failure::from(anyhow::Error::new(error)).exit(Exit::Usage))
        }
        Err(_) => Ok(None),
    }
}

/// What is in the clone's place: a clone of the same goes on, anything else is in the way.
fn already(context: &Context<'_>, folder: PathBuf, url: &RemoteUrl) -> Result<Source, Failure> {
    let checkout = context.ports.git.discover(&folder)?;
    let is_it = checkout.is_some_and(|checkout| {
        let origin = checkout.remote("origin");
        origin.and_then(|origin| origin.url.as_ref()) == Some(url)
    });
    if !is_it {
        return Err(look::refuse(format!(
            "{} is there already, and is no clone of {url}",
            folder.display()
        ))
        .exit(Exit::Conflict)
        .hint("run it in another folder, or clone it yourself and import that"));
    }
    context
        .ui
        .say(format!("{} is a clone of {url} already", folder.display()));
    Ok(Source {
        folder,
        _scratch: None,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::address;

    #[test]
    fn an_address_is_no_path_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a:b")).unwrap();
        let address = |text: &str| address(Path::new(text), &folder.path().join(text));
        for text in [
            "https://x.example/a/b",
            "git@x.example:a/b.git",
            "ssh://x/a/b",
            "file:///a/b",
        ] {
            assert!(address(text).unwrap().is_some(), "{text}");
        }
        for text in [".", "a", "a:b", "-u:x"] {
            assert!(address(text).unwrap().is_none(), "{text}");
        }
        for text in ["ext::sh -c x", "http://x/a/b", "ssh://-oProxyCommand=x/a"] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}
