//! Apps in environments, as a table.

use crate::context::Context;
use crate::ports::platform::{Application, Health};
use crate::ui::Table;

/// One row per app and environment; empty when there is none.
pub(super) fn table(applications: &[Application], is_wide: bool) -> String {
    if applications.is_empty() {
        return String::new();
    }
    let mut table = if is_wide {
        Table::new([
            "APPLICATION",
            "ENVIRONMENT",
            "VERSION",
            "READY",
            "HEALTH",
            "REVISION",
            "URL",
        ])
    } else {
        Table::new(["APPLICATION", "ENVIRONMENT", "VERSION", "READY", "URL"])
    };
    for application in applications {
        let mut row = vec![
            application.app.clone(),
            application.environment.clone(),
            application.version.clone(),
            ready(application),
        ];
        if is_wide {
            row.push(application.health.to_string());
            row.push(application.revision.clone());
        }
        row.push(application.url.clone().unwrap_or_default());
        table.row(row);
    }
    table.print()
}

/// Instances that answer and that there should be, or why these numbers say nothing.
fn ready(application: &Application) -> String {
    match application.health {
        Health::Unknown => "<unknown>".to_owned(),
        Health::Healthy if application.asleep => "asleep".to_owned(),
        _ => format!("{}/{}", application.ready, application.desired),
    }
}

/// Says why the newest release of an app does not answer.
pub(super) fn say_problems<'a>(
    context: &Context<'_>,
    applications: impl IntoIterator<Item = &'a Application>,
) {
    for application in applications {
        if application.health == Health::Degraded {
            context.ui.warn(format!(
                "{} in {}: {}",
                application.app,
                application.environment,
                application.message.as_deref().unwrap_or("not ready")
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Application, Health, table};

    #[test]
    fn an_app_that_sleeps_and_one_that_nobody_runs_have_no_numbers() {
        let application = |environment: &str, asleep, health, ready| Application {
            app: "shop".to_owned(),
            environment: environment.to_owned(),
            version: "1.2.0".to_owned(),
            url: Some(format!("http://shop.{environment}.localhost:8080")),
            ready,
            desired: ready,
            asleep,
            health,
            revision: "shop-0a1b2c3d4e5f".to_owned(),
            message: None,
        };
        let applications = [
            application("production", false, Health::Unknown, 0),
            application("staging", true, Health::Healthy, 0),
            application("test", false, Health::Healthy, 2),
        ];
        insta::assert_snapshot!(table(&applications, false), @"
        APPLICATION   ENVIRONMENT   VERSION   READY       URL
        shop          production    1.2.0     <unknown>   http://shop.production.localhost:8080
        shop          staging       1.2.0     asleep      http://shop.staging.localhost:8080
        shop          test          1.2.0     2/2         http://shop.test.localhost:8080
        ");
        insta::assert_snapshot!(table(&applications[2..], true), @"
        APPLICATION   ENVIRONMENT   VERSION   READY   HEALTH    REVISION            URL
        shop          test          1.2.0     2/2     Healthy   shop-0a1b2c3d4e5f   http://shop.test.localhost:8080
        ");
        assert_eq!(table(&[], false), "");
    }
}
