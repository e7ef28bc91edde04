//! Whether this machine can give steps a view of their own.

use std::path::Path;

use tekton::run::Exit;

use super::ProcessRunner;
use super::launcher::{Request, View};
use super::step::{Ended, RunningStep};
use crate::files;
use crate::ports::runner::{Isolation, RunError};

/// Whether steps get a view of their own, and why not where that was preferred.
pub(super) async fn choose(
    runner: &ProcessRunner,
    isolation: Isolation,
    folder: &Path,
) -> Result<(bool, Option<String>), RunError> {
    if isolation == Isolation::Host {
        return Ok((false, None));
    }
    let view = View {
        root: folder.join("probe/view"),
        overlay: folder.join("probe/overlay"),
        ..View::default()
    };
    files::create_dir_all(&view.root)?;
    files::create_dir_all(&view.overlay)?;
    let request = Request {
        working_dir: "/landfall".to_owned(),
        log: folder.join("probe/log"),
        view: Some(view),
        is_probe: true,
        ..Request::default()
    };
    let answer = RunningStep::start(runner, &request).await;
    files::remove_dir_all(&folder.join("probe"))?;
    match (answer, isolation) {
        (Err(Ended::By(Exit::Code(0))), _) => Ok((true, None)),
        (Err(Ended::By(Exit::NotStarted(problem))), Isolation::Auto) => Ok((false, Some(problem))),
        (Err(Ended::By(Exit::NotStarted(problem))), _) => Err(RunError::NoIsolation(problem)),
        _ => Ok((false, Some("its launcher gave no answer".to_owned()))),
    }
}
