//! What volumes hold.

use super::environment::PodFacts;
use super::protocol::{FileEntry, VolumeContent};
use crate::model::{ConfigMapSource, DownwardSource, KeyToPath, ProjectedSource, Volume};
use crate::objects::{Data, Objects};

const DEFAULT_MODE: u32 = 0o644;

/// What a volume holds at first.
///
/// # Errors
/// What is missing for it, in words; a pod that mounts it waits for ever.
pub(super) fn content(
    volume: &Volume,
    objects: &Objects,
    facts: &PodFacts,
    is_scratch_claim: impl Fn(&str) -> bool,
) -> Result<VolumeContent, String> {
    if let Some(claim) = &volume.persistent_volume_claim {
        return Ok(VolumeContent::Claim {
            name: claim.claim_name.clone(),
            is_scratch: is_scratch_claim(&claim.claim_name),
        });
    }
    if let Some(source) = &volume.secret {
        let name = &source.secret_name;
        let data = find(&objects.secrets, "secret", name, source.optional)?;
        return files(data, &source.items, source.default_mode, source.optional)
            .map(VolumeContent::Files);
    }
    if let Some(source) = &volume.config_map {
        return config_map(source, source.default_mode, objects).map(VolumeContent::Files);
    }
    if let Some(source) = &volume.projected {
        return projected(source, objects, facts).map(VolumeContent::Files);
    }
    if let Some(source) = &volume.downward_api {
        return Ok(VolumeContent::Files(downward(
            source,
            source.default_mode,
            facts,
        )));
    }
    Ok(VolumeContent::Empty)
}

fn find<'a>(
    objects: &'a std::collections::BTreeMap<String, Data>,
    kind: &str,
    name: &str,
    is_optional: bool,
) -> Result<Option<&'a Data>, String> {
    match objects.get(name) {
        Some(data) => Ok(Some(data)),
        None if is_optional => Ok(None),
        None => Err(format!("{kind} {name:?} not found")),
    }
}

fn config_map(
    source: &ConfigMapSource,
    default_mode: Option<i64>,
    objects: &Objects,
) -> Result<Vec<FileEntry>, String> {
    let data = find(
        &objects.config_maps,
        "configmap",
        &source.name,
        source.optional,
    )?;
    files(data, &source.items, default_mode, source.optional)
}

fn projected(
    source: &ProjectedSource,
    objects: &Objects,
    facts: &PodFacts,
) -> Result<Vec<FileEntry>, String> {
    let mut all = Vec::new();
    for projection in &source.sources {
        if let Some(secret) = &projection.secret {
            let data = find(&objects.secrets, "secret", &secret.name, secret.optional)?;
            all.extend(files(
                data,
                &secret.items,
                source.default_mode,
                secret.optional,
            )?);
        }
        if let Some(map) = &projection.config_map {
            all.extend(config_map(map, source.default_mode, objects)?);
        }
        if let Some(downward_api) = &projection.downward_api {
            all.extend(downward(downward_api, source.default_mode, facts));
        }
    }
    Ok(all)
}

fn downward(
    source: &DownwardSource,
    default_mode: Option<i64>,
    facts: &PodFacts,
) -> Vec<FileEntry> {
    let items = source.items.iter().map(|item| {
        let path = item
            .field_ref
            .as_ref()
            .map_or("", |field| &field.field_path);
        FileEntry {
            path: item.path.clone(),
            content: facts.field(path).into_bytes(),
            mode: mode(item.mode.or(default_mode)),
        }
    });
    items.collect()
}

fn files(
    data: Option<&Data>,
    items: &[KeyToPath],
    default_mode: Option<i64>,
    is_optional: bool,
) -> Result<Vec<FileEntry>, String> {
    let Some(data) = data else {
        return Ok(Vec::new());
    };
    if items.is_empty() {
        let all = data.iter().map(|(key, value)| FileEntry {
            path: key.clone(),
            content: value.clone(),
            mode: mode(default_mode),
        });
        return Ok(all.collect());
    }
    let mut files = Vec::new();
    for item in items {
        match data.get(&item.key) {
            Some(value) => files.push(FileEntry {
                path: item.path.clone(),
                content: value.clone(),
                mode: mode(item.mode.or(default_mode)),
            }),
            None if is_optional => {}
            None => return Err(format!("references non-existent key: {}", item.key)),
        }
    }
    Ok(files)
}

fn mode(mode: Option<i64>) -> u32 {
    mode.and_then(|mode| u32::try_from(mode).ok())
        .map_or(DEFAULT_MODE, |mode| mode & 0o777)
}
