//! Which app a command means when it is not told.

use crate::context::Context;
use crate::failure::Failure;
use crate::files;
use crate::project::AppName;

/// The app of the repository that the command runs in: its one chart's name, else the name of its folder.
///
/// # Errors
/// No repository, several charts, or a folder that no app can be named after; each with the argument to give instead.
pub(super) fn current_app(context: &Context<'_>) -> Result<AppName, Failure> {
    let no_app = |why: String| Failure::usage(why).hint("name the app: `landfall promote APP`");
    let Some(checkout) = context.ports.git.discover(context.current_dir())? else {
        return Err(no_app(format!(
            "{} is in no repository, so there is no app to promote",
            context.current_dir().display()
        )));
    };
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
