//! Where to, and which version.

use super::PromoteArgs;
use crate::context::Context;
use crate::failure::Failure;
use crate::gitops::{Environment, Environments, PromoteError, Strategy};
use crate::project::AppName;
use crate::release::Version;

/// How many releases an error lists.
const LISTED: usize = 10;

/// The environments to promote to, in order.
pub(super) fn choose(
    context: &Context<'_>,
    environments: &Environments,
    args: &PromoteArgs,
) -> Result<Vec<Environment>, Failure> {
    if let Some(name) = &args.environment {
        return Ok(vec![environments.get(name)?]);
    }
    let all = environments.list()?;
    if args.all_auto {
        let auto: Vec<Environment> = all
            .into_iter()
            .filter(|one| one.promotion == Strategy::Auto)
            .collect();
        if auto.is_empty() {
            context
                .ui
                .say("no environment is promoted to automatically");
        }
        return Ok(auto);
    }
    let names: Vec<String> = all
        .iter()
        .map(|one| format!("{} ({})", one.name, one.promotion))
        .collect();
    let index = context
        .ui
        .choose("Promote to which environment?", &names, "--env")?;
    Ok(all.into_iter().skip(index).take(1).collect())
}

/// The version to promote: the one that was asked for, that of another environment, or the highest release.
pub(super) fn version(
    context: &Context<'_>,
    environments: &Environments,
    args: &PromoteArgs,
    app: &AppName,
    targets: &[Environment],
) -> Result<Version, Failure> {
    let store = &context.ports.artifacts;
    let no_release = |version: Option<Version>, known: Vec<Version>| PromoteError::NoRelease {
        app: app.as_str().to_owned(),
        version,
        known: known.into_iter().take(LISTED).collect(),
    };
    if let Some(from) = &args.from {
        return from_environment(environments, from, app, args);
    }
    let known = store.chart_versions(app.as_str())?;
    let Some(version) = &args.version else {
        let highest = known
            .iter()
            .find(|version| !version.is_prerelease())
            .or_else(|| known.first());
        return highest
            .cloned()
            .ok_or_else(|| no_release(None, Vec::new()).into());
    };
    // Another chart repository may have what this machine does not.
    let is_ours = args.helm_repo_url.is_none() && all_ours(environments, targets)?;
    if is_ours && !known.contains(version) {
        return Err(no_release(Some(version.clone()), known).into());
    }
    Ok(version.clone())
}

fn from_environment(
    environments: &Environments,
    from: &str,
    app: &AppName,
    args: &PromoteArgs,
) -> Result<Version, Failure> {
    let environment = environments.get(from)?;
    let namespace = args.namespace.as_deref().unwrap_or(&environment.namespace);
    let installed = environments.installed(&environment)?;
    let found = installed
        .iter()
        .find(|one| one.app == app.as_str() && one.namespace == namespace)
        .ok_or_else(|| {
            let known: Vec<String> = installed.iter().map(|one| one.app.clone()).collect();
            Failure::not_found(&format!("app in {from}"), app.as_str(), &known)
        })?;
    Ok(found.version.parse::<Version>()?)
}

/// Whether the charts of all these environments come from this machine.
fn all_ours(environments: &Environments, targets: &[Environment]) -> Result<bool, Failure> {
    for environment in targets {
        let (repository, head) = environments.head(environment)?;
        let descriptor = environments.descriptor(environment, &repository.path()?, &head)?;
        if !descriptor.has_local_charts() {
            return Ok(false);
        }
    }
    Ok(true)
}
