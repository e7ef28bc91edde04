//! The app that a command runs in: that of the nearest folder upward, since a repository may hold several.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::pack::{ImportRecord, Site};
use crate::ports::git::Checkout;
use crate::yaml;

/// A place in a repository.
#[derive(Debug)]
pub(super) struct AppHere {
    /// The top of the repository.
    pub(super) root: PathBuf,
    /// Where the app lives in it.
    pub(super) site: Site,
    /// The repository; `None` where Git knows none, as in an unpacked archive.
    pub(super) checkout: Option<Checkout>,
}

impl AppHere {
    /// The app around `folder`; the one at the top where no folder on the way holds one.
    ///
    /// # Errors
    /// A repository that cannot be read.
    pub(super) fn find(context: &Context<'_>, folder: &Path) -> Result<Self, Failure> {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let here = real(folder);
        let checkout = context.ports.git.discover(&here)?;
        let root = match &checkout {
            Some(checkout) => real(&checkout.root),
            None => here
                .ancestors()
                .find(|folder| folder.join(".landfall").is_dir())
                .unwrap_or(&here)
                .to_owned(),
        };
        let site = Site::around(&root, &here);
        Ok(Self {
            root,
            site,
            checkout,
        })
    }

    /// The folder of the app.
    pub(super) fn folder(&self) -> PathBuf {
        self.site.folder(&self.root)
    }

    /// What its import recorded; `None` when it was not imported.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub(super) fn record_if_there(&self) -> Result<Option<ImportRecord>, Failure> {
        Ok(yaml::read_if_there(&self.root.join(self.site.record()))?)
    }

    /// What its import recorded.
    ///
    /// # Errors
    /// No record, or one that cannot be read.
    pub(super) fn record(&self) -> Result<ImportRecord, Failure> {
        let path = self.root.join(self.site.record());
        self.record_if_there()?.ok_or_else(|| {
            Failure::new(format!(
                "{} is not there: this repository was not imported",
                path.display()
            ))
            .code(Code::NOT_FOUND)
            .exit(Exit::NotFound)
            .hint("`landfall import` writes it")
        })
    }
}
