//! Flags, variables, files and defaults combined once into values that know where they come from. Pure: reads nothing itself.

mod file;
mod home;
mod origin;

use std::path::{Path, PathBuf};

pub use file::{FileSettings, SettingsFile};
pub use home::Home;
pub use origin::{Origin, Setting};

use crate::env_vars;
use crate::failure::{Code, Exit, Explain, Kind};
use crate::process::Process;

/// The port of the gateway unless told otherwise.
pub const DEFAULT_PORT: u16 = 8080;

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{origin}: {key} cannot be \"{value}\": {why}")]
pub struct SettingError {
    /// The key as files spell it.
    pub key: &'static str,
    /// The value as given.
    pub value: String,
    /// Where it was given.
    pub origin: Origin,
    /// What is expected.
    pub why: String,
}

impl Explain for SettingError {
    fn code(&self) -> Option<Code> {
        Some(Code::BAD_SETTING)
    }

    fn kind(&self) -> Kind {
        Kind::Config
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }

    fn hints(&self) -> Vec<String> {
        vec![
            "`landfall config view --show-origin` lists every setting and where it comes from"
                .to_owned(),
        ]
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless the environment says no.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where environments run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlatformKind {
    /// This machine.
    #[default]
    Local,
}

/// What the flags say; `None` where a flag was not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlagSettings {
    /// `--color`.
    pub color: Option<ColorChoice>,
    /// `--batch-mode`.
    pub batch: bool,
    /// `--no-start`.
    pub no_start: bool,
}

/// The resolved settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where local state lives.
    pub home: Setting<Home>,
    /// The owner of new repositories on the local forge.
    pub org: Setting<String>,
    /// The port of the gateway.
    pub port: Setting<u16>,
    /// A folder of packs that come before the built-in ones.
    pub packs: Setting<Option<PathBuf>>,
    /// Where environments run.
    pub platform: Setting<PlatformKind>,
    /// When to colour.
    pub color: Setting<ColorChoice>,
    /// Whether commands may start the local platform in the background.
    pub start: Setting<bool>,
    /// Whether never to ask.
    pub batch: Setting<bool>,
}

impl Settings {
    /// Combines flags, `LANDFALL_` variables, the project's file, the user's file and defaults, in that order of rank.
    ///
    /// # Errors
    /// The first value that cannot be used, with its origin.
    pub fn resolve(
        flags: &FlagSettings,
        process: &Process,
        project: Option<&SettingsFile>,
        user: Option<&SettingsFile>,
    ) -> Result<Self, SettingError> {
        let layers = Layers {
            process,
            project,
            user,
        };
        let home = layers
            .path(env_vars::LANDFALL_HOME, "home", |file| file.home.as_deref())
            .unwrap_or_else(|| Setting::by_default(default_home(process)));
        let org = layers.text(env_vars::LANDFALL_ORG, |file| file.org.as_deref());
        Ok(Self {
            home: home.map(Home::new),
            org: match org {
                Some(org) => org.checked("org", owner)?,
                None => Setting::by_default(default_org(process)),
            },
            port: match layers.text(env_vars::LANDFALL_PORT, |file| file.port.as_deref()) {
                Some(port) => port.checked("port", port_number)?,
                None => Setting::by_default(DEFAULT_PORT),
            },
            packs: layers
                .path(env_vars::LANDFALL_PACKS, "packs", |file| {
                    file.packs.as_deref()
                })
                .map_or(Setting::by_default(None), |packs| packs.map(Some)),
            platform: match layers
                .text(env_vars::LANDFALL_PLATFORM, |file| file.platform.as_deref())
            {
                Some(platform) => platform.checked("platform", platform_kind)?,
                None => Setting::by_default(PlatformKind::Local),
            },
            color: match (
                flags.color,
                layers.text(env_vars::LANDFALL_COLOR, |file| file.color.as_deref()),
            ) {
                (Some(color), _) => Setting::new(color, Origin::Flag("--color")),
                (None, Some(color)) => color.checked("color", color_choice)?,
                (None, None) => Setting::by_default(ColorChoice::Auto),
            },
            start: switch(
                flags.no_start,
                "--no-start",
                process,
                env_vars::LANDFALL_NO_START,
            )
            .map(|never| !never),
            batch: switch(
                flags.batch,
                "--batch-mode",
                process,
                env_vars::LANDFALL_BATCH_MODE,
            ),
        })
    }

    /// Every setting as `(key, value, origin)`, in a fixed order.
    pub fn entries(&self) -> Vec<(&'static str, String, &Origin)> {
        vec![
            (
                "home",
                self.home.value.root().display().to_string(),
                &self.home.origin,
            ),
            ("org", self.org.value.clone(), &self.org.origin),
            ("port", self.port.value.to_string(), &self.port.origin),
            (
                "packs",
                self.packs
                    .value
                    .as_ref()
                    .map_or_else(|| "built in".to_owned(), |path| path.display().to_string()),
                &self.packs.origin,
            ),
            ("platform", "local".to_owned(), &self.platform.origin),
            (
                "color",
                format!("{:?}", self.color.value).to_lowercase(),
                &self.color.origin,
            ),
            ("start", self.start.value.to_string(), &self.start.origin),
            ("batch", self.batch.value.to_string(), &self.batch.origin),
        ]
    }
}

/// The places below the flags.
struct Layers<'a> {
    process: &'a Process,
    project: Option<&'a SettingsFile>,
    user: Option<&'a SettingsFile>,
}

impl Layers<'_> {
    fn text(
        &self,
        variable: &'static str,
        field: impl Fn(&FileSettings) -> Option<&str>,
    ) -> Option<Setting<String>> {
        if let Some(value) = self.process.var(variable).filter(|value| !value.is_empty()) {
            return Some(Setting::new(value.to_owned(), Origin::Variable(variable)));
        }
        [(self.project, true), (self.user, false)]
            .into_iter()
            .find_map(|(file, is_project)| {
                let file = file?;
                let value = field(&file.settings)?;
                let origin = if is_project {
                    Origin::ProjectFile(file.path.clone())
                } else {
                    Origin::UserFile(file.path.clone())
                };
                Some(Setting::new(value.to_owned(), origin))
            })
    }

    /// A path; relative ones are taken from the current folder, or from the folder of the file that names them.
    fn path(
        &self,
        variable: &'static str,
        _key: &'static str,
        field: impl Fn(&FileSettings) -> Option<&str>,
    ) -> Option<Setting<PathBuf>> {
        self.text(variable, field).map(|setting| {
            let base = match &setting.origin {
                Origin::ProjectFile(path) | Origin::UserFile(path) => {
                    path.parent().unwrap_or(Path::new("/"))
                }
                _ => self.process.current_dir(),
            };
            let base = base.to_owned();
            setting.map(|value| base.join(value))
        })
    }
}

fn switch(
    flag: bool,
    name: &'static str,
    process: &Process,
    variable: &'static str,
) -> Setting<bool> {
    if flag {
        return Setting::new(true, Origin::Flag(name));
    }
    match process.var(variable) {
        None | Some("") => Setting::by_default(false),
        Some(value) => Setting::new(
            !matches!(value, "0" | "false" | "no"),
            Origin::Variable(variable),
        ),
    }
}

fn default_home(process: &Process) -> PathBuf {
    let base = process
        .var(env_vars::XDG_DATA_HOME)
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| {
            process
                .var(env_vars::HOME)
                .map(|home| Path::new(home).join(".local/share"))
        });
    base.unwrap_or_else(|| process.current_dir().to_owned())
        .join("landfall")
}

/// The user's name as a DNS label, `me` when it has no letter.
fn default_org(process: &Process) -> String {
    let name: String = process
        .var(env_vars::USER)
        .unwrap_or_default()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    if name.chars().any(|c| c.is_ascii_lowercase()) {
        name.to_owned()
    } else {
        "me".to_owned()
    }
}

fn owner(text: &str) -> Result<String, String> {
    let good = !text.is_empty()
        && text.len() <= 63
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if good {
        Ok(text.to_owned())
    } else {
        Err("a DNS label is expected: a-z, 0-9 and - inside, at most 63".to_owned())
    }
}

fn port_number(text: &str) -> Result<u16, String> {
    text.parse()
        .ok()
        .filter(|port| *port != 0)
        .ok_or_else(|| "a number from 1 to 65535 is expected".to_owned())
}

fn platform_kind(text: &str) -> Result<PlatformKind, String> {
    match text {
        "local" => Ok(PlatformKind::Local),
        "kubernetes" => Err("the kubernetes platform is not there yet; use local".to_owned()),
        _ => Err("local is expected".to_owned()),
    }
}

fn color_choice(text: &str) -> Result<ColorChoice, String> {
    match text {
        "auto" => Ok(ColorChoice::Auto),
        "always" => Ok(ColorChoice::Always),
        "never" => Ok(ColorChoice::Never),
        _ => Err("auto, always or never is expected".to_owned()),
    }
}

#[cfg(test)]
mod tests;
