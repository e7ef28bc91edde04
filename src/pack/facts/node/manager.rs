//! The package manager: which one, which version of it, how it installs from its lock file, and what it needs for that.

use serde_json::Value;

use crate::pack::facts::Fact;
use crate::project::Folder;

/// The package managers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Npm,
    /// Yarn 1.
    Yarn,
    /// Yarn 2 and later.
    Berry,
    Pnpm,
    Bun,
}

/// A package manager as the repository uses it.
#[derive(Debug)]
pub(super) struct Manager {
    pub(super) kind: Kind,
    /// The npm package that brings it; empty for npm itself.
    tool: String,
    /// The lock file, where there is one.
    lock: Option<&'static str>,
    because: String,
}

const LOCKS: &[(&str, Kind)] = &[
    ("bun.lock", Kind::Bun),
    ("bun.lockb", Kind::Bun),
    ("pnpm-lock.yaml", Kind::Pnpm),
    ("package-lock.json", Kind::Npm),
    ("npm-shrinkwrap.json", Kind::Npm),
    ("yarn.lock", Kind::Yarn),
];

/// Versions that are installed where the repository names none; see IMAGES.md.
const YARN: &str = "yarn@1.22.22";
const BERRY: &str = "@yarnpkg/cli-dist@4.18.1";
const BUN: &str = "bun@1.4.5";

/// What an installation reads beside `package.json` and the lock file. Folders are copied whole.
const SETTINGS: &[&str] = &[
    ".npmrc",
    ".yarnrc",
    ".yarnrc.yml",
    "pnpm-workspace.yaml",
    ".pnpmfile.cjs",
    "bunfig.toml",
];
const FOLDERS: &[&str] = &[
    "patches",
    ".yarn/releases",
    ".yarn/plugins",
    ".yarn/patches",
];

/// The most `package.json` files of a workspace that are copied one by one.
const MAX_MEMBERS: usize = 50;

/// Scripts that npm runs by itself at an installation.
const HOOKS: &[&str] = &["preinstall", "install", "postinstall", "prepare"];

pub(super) fn find(folder: &Folder<'_>, package: &Value) -> Manager {
    let named = package["packageManager"].as_str().and_then(named);
    let locks = || LOCKS.iter().filter(|(lock, _)| folder.has(lock));
    let lock = match &named {
        Some((kind, _)) => {
            locks().find(|(_, of)| of == kind || matches!((of, kind), (Kind::Yarn, Kind::Berry)))
        }
        None => locks().next(),
    };
    let lock_name = lock.map(|(name, _)| *name);
    if let Some((kind, version)) = named {
        return Manager {
            kind,
            tool: tool(folder, kind, Some(&version)),
            lock: lock_name,
            because: format!(
                "packageManager in package.json names {}",
                package["packageManager"]
                    .as_str()
                    .unwrap_or_default()
                    .split('+')
                    .next()
                    .unwrap_or_default()
            ),
        };
    }
    let Some((name, kind)) = lock.copied() else {
        return Manager {
            kind: Kind::Npm,
            tool: String::new(),
            lock: None,
            because:
                "there is no lock file, so npm takes the newest versions that package.json allows"
                    .to_owned(),
        };
    };
    let is_berry = kind == Kind::Yarn
        && (folder.has(".yarnrc.yml")
            || folder
                .read(name)
                .is_some_and(|text| text.contains("__metadata:")));
    let kind = if is_berry { Kind::Berry } else { kind };
    Manager {
        kind,
        tool: tool(folder, kind, None),
        lock: lock_name,
        because: format!("{name} is there"),
    }
}

/// `pnpm@9.1.0+sha512.…`, without the hash; only plain versions, because the text becomes part of a command.
fn named(text: &str) -> Option<(Kind, String)> {
    let (name, version) = text.split_once('@')?;
    let version = version.split('+').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    if version.is_empty() || !version.chars().all(plain) {
        return None;
    }
    let kind = match name {
        "npm" => Kind::Npm,
        "pnpm" => Kind::Pnpm,
        "bun" => Kind::Bun,
        "yarn" if version.starts_with("1.") => Kind::Yarn,
        "yarn" => Kind::Berry,
        _ => return None,
    };
    Some((kind, version.to_owned()))
}

/// The npm package that brings the package manager.
fn tool(folder: &Folder<'_>, kind: Kind, version: Option<&str>) -> String {
    // Yarn 1 hands over to the release that the repository carries.
    let carried = kind == Kind::Berry && folder.has_folder(".yarn/releases");
    match (kind, version) {
        (Kind::Npm, _) => String::new(),
        (Kind::Yarn, Some(version)) => format!("yarn@{version}"),
        (Kind::Yarn, None) => YARN.to_owned(),
        (Kind::Berry, _) if carried => YARN.to_owned(),
        (Kind::Berry, Some(version)) => format!("@yarnpkg/cli-dist@{version}"),
        (Kind::Berry, None) => BERRY.to_owned(),
        (Kind::Pnpm, Some(version)) => format!("pnpm@{version}"),
        (Kind::Pnpm, None) => {
            pnpm_of(&folder.read("pnpm-lock.yaml").unwrap_or_default()).to_owned()
        }
        (Kind::Bun, Some(version)) => format!("bun@{version}"),
        (Kind::Bun, None) => BUN.to_owned(),
    }
}

/// The pnpm that wrote a lock file of this version.
fn pnpm_of(lock: &str) -> &'static str {
    let version = lock
        .lines()
        .find_map(|line| line.strip_prefix("lockfileVersion:"))
        .map_or("", |version| version.trim().trim_matches(['\'', '"']));
    match version.split('.').next() {
        Some("5") => "pnpm@7.33.7",
        Some("6") => "pnpm@8.15.9",
        _ => "pnpm@10.34.8",
    }
}

impl Manager {
    pub(super) fn facts(&self, folder: &Folder<'_>, package: &Value, needs_all: bool) -> Vec<Fact> {
        let because = self.because.as_str();
        let hooks: Vec<&str> = HOOKS
            .iter()
            .copied()
            .filter(|hook| package["scripts"][*hook].is_string())
            .collect();
        let (install, silent) = self.install();
        // Scripts of the installation may read sources, so they run after these are there.
        let (first, second, second_because) = if hooks.is_empty() {
            (
                install.clone(),
                String::new(),
                "package.json has no script of the installation".to_owned(),
            )
        } else {
            (
                silent,
                install.clone(),
                format!("package.json has the script {}", hooks.join(", ")),
            )
        };
        let prune = if needs_all {
            Fact::new(
                "node.prune",
                "",
                "the start command needs what devDependencies lists",
            )
        } else {
            Fact::new("node.prune", self.prune(), because)
        };
        let (cache, is_berry) = (self.cache(), self.kind == Kind::Berry);
        vec![
            Fact::new("node.manager", self.name(), because),
            Fact::new("node.tool", &self.tool, because),
            Fact::new("node.install", install, because),
            Fact::new("node.installFirst", first, because),
            Fact::new("node.installSecond", second, second_because),
            prune,
            Fact::new("node.cache", cache, because),
            Fact::new(
                "node.linker",
                if is_berry { "node-modules" } else { "" },
                "a program without node_modules would need Yarn when it runs",
            ),
            self.manifests(folder, package),
        ]
    }

    pub(super) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Npm => "npm",
            Kind::Yarn | Kind::Berry => "yarn",
            Kind::Pnpm => "pnpm",
            Kind::Bun => "bun",
        }
    }

    /// The command that installs, and the one that does it without running scripts of packages.
    fn install(&self) -> (String, String) {
        let locked = self.lock.is_some();
        let (command, frozen) = match self.kind {
            Kind::Npm if locked => return pair("npm ci --no-audit --no-fund", "--ignore-scripts"),
            Kind::Npm => {
                return pair(
                    "npm install --no-audit --no-fund --no-package-lock",
                    "--ignore-scripts",
                );
            }
            Kind::Yarn => ("yarn install --non-interactive", "--frozen-lockfile"),
            Kind::Berry => ("yarn install", "--immutable"),
            Kind::Pnpm => ("pnpm install", "--frozen-lockfile"),
            Kind::Bun => ("bun install", "--frozen-lockfile"),
        };
        let command = if locked {
            format!("{command} {frozen}")
        } else {
            command.to_owned()
        };
        pair(
            &command,
            if self.kind == Kind::Berry {
                "--mode=skip-build"
            } else {
                "--ignore-scripts"
            },
        )
    }

    /// The command that leaves only what the program needs when it runs.
    fn prune(&self) -> &'static str {
        match self.kind {
            Kind::Npm => {
                "npm prune --omit=dev --ignore-scripts --no-audit --no-fund --no-package-lock"
            }
            Kind::Yarn => {
                "yarn install --non-interactive --production --ignore-scripts --prefer-offline"
            }
            // A plugin does it in Yarn 2 and 3, and a repository need not have it.
            Kind::Berry if self.tool.starts_with("@yarnpkg/cli-dist@4") => {
                "yarn workspaces focus --production"
            }
            Kind::Berry => "",
            Kind::Pnpm => "CI=true pnpm prune --prod --ignore-scripts",
            Kind::Bun => "rm -rf node_modules && bun install --production --ignore-scripts",
        }
    }

    /// The folder that the package manager keeps between builds, for root.
    fn cache(&self) -> &'static str {
        match self.kind {
            Kind::Npm => "/root/.npm",
            Kind::Yarn => "/usr/local/share/.cache/yarn",
            Kind::Berry => "/root/.yarn/berry/cache",
            Kind::Pnpm => "/root/.local/share/pnpm/store",
            Kind::Bun => "/root/.bun/install/cache",
        }
    }

    /// What has to be there before the installation, so that it is done again only when one of these changes.
    fn manifests(&self, folder: &Folder<'_>, package: &Value) -> Fact {
        let mut paths: Vec<&str> = vec!["package.json"];
        paths.extend(self.lock);
        paths.extend(SETTINGS.iter().filter(|name| folder.has(name)));
        paths.extend(FOLDERS.iter().filter(|name| folder.has_folder(name)));
        let is_workspace = !package["workspaces"].is_null() || folder.has("pnpm-workspace.yaml");
        let members: Vec<&str> = if is_workspace {
            folder
                .below()
                .filter(|path| path.ends_with("/package.json"))
                .collect()
        } else {
            Vec::new()
        };
        let local = ["dependencies", "devDependencies"].iter().any(|section| {
            package[*section].as_object().is_some_and(|list| {
                list.values()
                    .filter_map(Value::as_str)
                    .any(|version| version.starts_with("file:") || version.starts_with("link:"))
            })
        });
        if members.len() > MAX_MEMBERS || local {
            return Fact::new(
                "node.manifests",
                ".",
                "the installation reads folders of the repository, so all of it comes first",
            );
        }
        paths.extend(members);
        Fact::new(
            "node.manifests",
            paths.join("\n"),
            "the installation reads them",
        )
    }
}

fn pair(command: &str, silent: &str) -> (String, String) {
    (command.to_owned(), format!("{command} {silent}"))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::find;
    use crate::project::Project;

    /// The value of a fact about the package manager.
    fn fact(files: &[(&str, &str)], name: &str) -> String {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        let folder = project.top();
        let package: Value = serde_json::from_str(&folder.read("package.json").unwrap_or_default())
            .unwrap_or_default();
        find(&folder, &package)
            .facts(&folder, &package, false)
            .into_iter()
            .find(|fact| fact.name == name)
            .unwrap()
            .value
    }

    #[test]
    fn every_package_manager_installs_from_its_lock_file() {
        for (files, tool, install) in [
            (
                vec![("package-lock.json", "{}")],
                "",
                "npm ci --no-audit --no-fund",
            ),
            (
                vec![],
                "",
                "npm install --no-audit --no-fund --no-package-lock",
            ),
            (
                vec![("yarn.lock", "# yarn lockfile v1\n")],
                "yarn@1.22.22",
                "yarn install --non-interactive --frozen-lockfile",
            ),
            (
                vec![("yarn.lock", "__metadata:\n  version: 8\n")],
                "@yarnpkg/cli-dist@4.18.1",
                "yarn install --immutable",
            ),
            (
                vec![
                    ("package.json", r#"{"packageManager":"yarn@3.6.1"}"#),
                    ("yarn.lock", ""),
                    (".yarn/releases/yarn-3.6.1.cjs", ""),
                ],
                "yarn@1.22.22",
                "yarn install --immutable",
            ),
            (
                vec![("pnpm-lock.yaml", "lockfileVersion: '6.0'\n")],
                "pnpm@8.15.9",
                "pnpm install --frozen-lockfile",
            ),
            (
                vec![
                    (
                        "package.json",
                        r#"{"packageManager":"pnpm@9.1.0+sha512.aa"}"#,
                    ),
                    ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n"),
                ],
                "pnpm@9.1.0",
                "pnpm install --frozen-lockfile",
            ),
            (
                vec![("bun.lockb", "x")],
                "bun@1.4.5",
                "bun install --frozen-lockfile",
            ),
        ] {
            assert_eq!(fact(&files, "node.tool"), tool, "{files:?}");
            assert_eq!(fact(&files, "node.install"), install, "{files:?}");
        }
    }

    #[test]
    fn a_package_manager_is_never_part_of_a_command_unless_it_is_plain() {
        let files = [("package.json", r#"{"packageManager":"pnpm@1; rm -rf /"}"#)];
        assert_eq!(fact(&files, "node.tool"), "");
    }

    #[test]
    fn what_an_installation_reads_comes_first() {
        assert_eq!(
            fact(
                &[
                    ("package.json", r#"{"workspaces":["apps/*"]}"#),
                    ("package-lock.json", "{}"),
                    (".npmrc", ""),
                    ("apps/web/package.json", "{}"),
                ],
                "node.manifests"
            ),
            "package.json\npackage-lock.json\n.npmrc\napps/web/package.json"
        );
        let local = [("package.json", r#"{"dependencies":{"a":"file:lib/a"}}"#)];
        assert_eq!(fact(&local, "node.manifests"), ".");
    }

    #[test]
    fn scripts_of_the_installation_wait_for_the_sources() {
        let files = [
            (
                "package.json",
                r#"{"scripts":{"postinstall":"prisma generate"}}"#,
            ),
            ("package-lock.json", "{}"),
        ];
        assert_eq!(
            fact(&files, "node.installFirst"),
            "npm ci --no-audit --no-fund --ignore-scripts"
        );
        assert_eq!(
            fact(&files, "node.installSecond"),
            "npm ci --no-audit --no-fund"
        );
        assert_eq!(fact(&[("package.json", "{}")], "node.installSecond"), "");
    }
}
