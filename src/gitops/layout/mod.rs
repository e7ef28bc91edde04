//! How environment repositories are laid out: one file per layout, and one function that tells them apart.

pub mod own;

/// A layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `environment.yaml`, a folder per app: [`own`].
    Own,
    /// Jenkins X 2: `env/requirements.yaml`.
    Jx2,
    /// Jenkins X 3: `helmfile.yaml`.
    Jx3,
    /// Argo CD applications.
    ArgoCd,
    /// Flux kustomizations.
    Flux,
}

impl Layout {
    /// The layout of a repository with these files; `None` when it is no environment repository of a known kind.
    pub fn detect<'a>(files: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut found = None;
        for file in files {
            let layout = match file {
                "environment.yaml" => return Some(Self::Own),
                "env/requirements.yaml" => Self::Jx2,
                "helmfile.yaml" | "helmfile.yaml.gotmpl" => Self::Jx3,
                _ if file.starts_with("helmfiles/") => Self::Jx3,
                _ if file.ends_with("applicationset.yaml") || file.starts_with("argocd/") => {
                    Self::ArgoCd
                }
                _ if file.ends_with("gotk-sync.yaml") => Self::Flux,
                _ => continue,
            };
            found.get_or_insert(layout);
        }
        found
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "an environment repository of landfall",
            Self::Jx2 => "a Jenkins X 2 environment repository",
            Self::Jx3 => "a Jenkins X 3 cluster repository",
            Self::ArgoCd => "an Argo CD repository",
            Self::Flux => "a Flux repository",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn layouts_are_told_apart_by_their_files() {
        for (files, layout) in [
            (&["README.md", "environment.yaml"][..], Some(Layout::Own)),
            (
                &["env/Chart.yaml", "env/requirements.yaml"],
                Some(Layout::Jx2),
            ),
            (&["helmfiles/jx/helmfile.yaml"], Some(Layout::Jx3)),
            (&["helmfile.yaml", "environment.yaml"], Some(Layout::Own)),
            (
                &["clusters/a/flux-system/gotk-sync.yaml"],
                Some(Layout::Flux),
            ),
            (&["README.md"], None),
        ] {
            assert_eq!(Layout::detect(files.iter().copied()), layout, "{files:?}");
        }
    }
}
