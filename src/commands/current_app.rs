//! Which app a command means when it is not told.

use super::app_here::AppHere;
use crate::context::Context;
use crate::failure::Failure;
use crate::files;
use crate::pack::Site;
use crate::project::AppName;

/// The app that the command runs in: that of the nearest folder upward which was imported, else the repository's one chart's name, else
/// the name of its folder.
///
/// # Errors
/// No repository, several charts, or a folder that no app can be named after; each with the argument to give instead.
pub(super) fn current_app(context: &Context<'_>) -> Result<AppName, Failure> {
    let no_app = |why: String| Failure::usage(why).hint("name the app: `landfall promote APP`");
    let here = AppHere::find(context, context.current_dir())?;
    let Some(checkout) = &here.checkout else {
        return Err(no_app(format!(
            "{} is in no repository, so there is no app to promote",
            context.current_dir().display()
        )));
    };
    if let Some(record) = here.record_if_there()? {
        return Ok(AppName::parse(&record.app)?);
    }
    let apps: Vec<String> = super::repository_files::load(context, &checkout.root)?
        .files()
        .iter()
        .filter_map(|path| Site::of_record(path))
        .map(|site| site.dir().to_owned())
        .collect();
    if !apps.is_empty() {
        return Err(no_app(format!(
            "the apps of this repository are in folders: {}",
            apps.join(", ")
        ))
        .hint("or run it in the folder of the app"));
    }
    let charts: Vec<String> = files::list_dir(&checkout.root.join("charts"))?
        .iter()
        .filter(|chart| chart.join("Chart.yaml").is_file())
        .filter_map(|chart| Some(chart.file_name()?.to_str()?.to_owned()))
        .collect();
    match charts.as_slice() {
        [chart] => Ok(AppName::parse(chart)?),
        [] => checkout
            .root
            .file_name()
            .and_then(|name| AppName::from_text(name.to_str()?))
            .ok_or_else(|| no_app(format!("{} has no chart", checkout.root.display()))),
        several => Err(no_app(format!(
            "there are several apps here: {}",
            several.join(", ")
        ))),
    }
}
