//! `.landfall/import.yaml` in the app's folder: which pack was applied, with which answers, and what was written, so that a later upgrade can merge.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::project::Project;
use crate::yaml;

use super::error::PackError;
use super::model::Pack;
use super::plan::{self, PlanInput, PlanPack};
use super::site::Site;
use super::values::PlanValue;

/// Where the record is, in the folder of the app.
pub const PATH: &str = ".landfall/import.yaml";

/// The record of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportRecord {
    /// The app.
    pub app: String,
    /// The owner at the time.
    pub org: String,
    /// The repository's name, where it is not that of the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// The pack.
    pub pack: PlanPack,
    /// The values that templates got.
    pub values: BTreeMap<String, Value>,
    /// The values that nobody chose; a newer pack's take their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub defaults: Vec<String>,
    /// The files as the pack has them, by their path in the repository, with their hashes.
    pub files: BTreeMap<String, String>,
    /// The pack's own text of files that an upgrade merged with the user's, for the next one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bases: BTreeMap<String, String>,
}

impl ImportRecord {
    pub(super) fn new(
        pack: &Pack,
        input: &PlanInput,
        values: &[PlanValue],
        contents: &BTreeMap<String, String>,
    ) -> Self {
        Self {
            app: input.app.0.to_string(),
            org: input.org.0.clone(),
            repository: input.repository.clone(),
            pack: PlanPack::from(pack),
            values: values
                .iter()
                .map(|value| (value.name.clone(), value.value.clone()))
                .collect(),
            defaults: values
                .iter()
                .filter(|value| value.is_default())
                .map(|value| value.name.clone())
                .collect(),
            bases: BTreeMap::new(),
            files: contents
                .iter()
                .map(|(path, text)| (path.clone(), plan::hash(text)))
                .collect(),
        }
    }

    /// The name of its repository.
    pub fn repository(&self) -> &str {
        self.repository.as_ref().unwrap_or(&self.app)
    }

    /// Where the app lives.
    pub fn site(&self) -> Site {
        let dir = self.values.get("dir").and_then(Value::as_str);
        Site::new(dir.unwrap_or_default())
    }

    /// The same import with other values and with the files in `contents` written anew.
    pub(super) fn changed(
        &self,
        values: &[PlanValue],
        contents: &BTreeMap<String, String>,
    ) -> Self {
        let mut changed = self.clone();
        let given = values
            .iter()
            .map(|value| (value.name.clone(), value.value.clone()));
        // What is another value now was chosen.
        changed.defaults.retain(|name| {
            let mut values = values.iter().filter(|value| value.name == *name);
            values.all(|value| self.values.get(name) == Some(&value.value))
        });
        changed.values.extend(given);
        let written = contents
            .iter()
            .map(|(path, text)| (path.clone(), plan::hash(text)));
        changed.files.extend(written);
        changed
    }

    pub(super) fn print(&self) -> Result<String, PackError> {
        let header = "# What `landfall import` did. An upgrade of the pack reads it.\n";
        Ok(header.to_owned() + &yaml::print(self)?)
    }
}

/// The record of an earlier import of the app in `site`; `None` where there is none that can be read.
pub fn read(repository: &Project, site: &Site) -> Option<ImportRecord> {
    let path = site.record();
    yaml::parse(&repository.read(&path)?, Path::new(&path)).ok()
}

/// The records of all apps of a repository that can be read, with where they live.
pub fn read_all(repository: &Project) -> Vec<(Site, ImportRecord)> {
    let sites = repository
        .files()
        .iter()
        .filter_map(|path| Site::of_record(path));
    sites
        .filter_map(|site| {
            let record = read(repository, &site)?;
            Some((site, record))
        })
        .collect()
}
