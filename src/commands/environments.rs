//! The registered environments as commands use them.

use crate::context::Context;
use crate::gitops::{Environments, chart_repository};

/// The environments of this `LANDFALL_HOME`; nothing is made yet.
pub(super) fn environments(context: &Context<'_>) -> Environments {
    let chart_repository = chart_repository(context.settings.port.value);
    Environments::new(
        context.home().environments(),
        &context.settings.org.value,
        &chart_repository,
        context.ports.forge.clone(),
        context.ports.objects.clone(),
        context.ports.clock.clone(),
    )
}
