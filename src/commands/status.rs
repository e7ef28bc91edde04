//! `landfall status`

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::platform::{Instance, PlatformStatus};
use crate::ui::output::{OutputArgs, OutputFormat};
use crate::ui::{Table, age, count};

/// Show what runs on the local platform
///
/// The instances of all apps, as `kubectl get pods` lists pods. What the environments ask for and this platform does not
/// do is listed below.
#[derive(Debug, clap::Args)]
pub struct StatusArgs {
    /// Only this environment
    #[arg(short, long, value_name = "ENV")]
    namespace: Option<String>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &StatusArgs) -> Result<Exit, Failure> {
    let status = context.ports.platform.status().await?;
    let mut instances = context.ports.platform.instances().await?;
    let chosen = |environment: &str| {
        args.namespace
            .as_deref()
            .is_none_or(|wanted| wanted == environment)
    };
    if let Some(name) = args
        .namespace
        .as_deref()
        .filter(|name| status.environments.iter().all(|known| known.name != **name))
    {
        let known: Vec<String> = status
            .environments
            .iter()
            .map(|environment| environment.name.clone())
            .collect();
        return Err(Failure::not_found("environment", name, &known));
    }
    instances.retain(|instance| chosen(&instance.environment));
    let now = context.ports.clock.now();
    let text = match args.output.output {
        None => table(&instances, now, false),
        Some(OutputFormat::Wide) => table(&instances, now, true),
        Some(OutputFormat::Name) => {
            let names = instances.iter().map(|instance| &instance.name);
            context.ui.names("pod", names)?;
            return Ok(Exit::Done);
        }
        Some(OutputFormat::Jsonl) => {
            context.ui.list(OutputFormat::Jsonl, &instances)?;
            return Ok(Exit::Done);
        }
        Some(format) => {
            let document =
                json!({"apiVersion": "v1", "kind": "List", "items": instances, "status": status});
            context.ui.document(format, &document)?;
            return Ok(Exit::Done);
        }
    };
    context.ui.answer(&text)?;
    say_rest(context, &status, instances.is_empty(), chosen);
    Ok(Exit::Done)
}

fn table(instances: &[Instance], now: Timestamp, wide: bool) -> String {
    if instances.is_empty() {
        return String::new();
    }
    let short = |instance: &Instance| {
        [
            instance.name.clone(),
            format!("{}/1", u8::from(instance.ready)),
            instance.phase.to_string(),
            instance.restarts.to_string(),
            age(Duration::try_from(now.duration_since(instance.started)).unwrap_or_default()),
        ]
    };
    if !wide {
        let mut table = Table::new(["NAME", "READY", "STATUS", "RESTARTS", "AGE"]);
        for instance in instances {
            table.row(short(instance));
        }
        return table.print();
    }
    let mut table = Table::new([
        "NAMESPACE",
        "NAME",
        "READY",
        "STATUS",
        "RESTARTS",
        "AGE",
        "PORT",
        "PID",
        "REQUESTS",
    ]);
    let number =
        |value: Option<u32>| value.map_or_else(|| "<none>".to_owned(), |value| value.to_string());
    for instance in instances {
        let mut row = vec![instance.environment.clone()];
        row.extend(short(instance));
        row.extend([
            number(instance.port.map(u32::from)),
            number(instance.pid),
            instance.in_flight.to_string(),
        ]);
        table.row(row);
    }
    table.print()
}

/// What is no instance: the gateway, environments with problems, objects that do not run here.
fn say_rest(
    context: &Context<'_>,
    status: &PlatformStatus,
    none: bool,
    chosen: impl Fn(&str) -> bool,
) {
    let ui = context.ui;
    if none {
        ui.say("no instances: every app is asleep, or there is none");
    }
    ui.say(format!("gateway: {}", status.gateway));
    for environment in status
        .environments
        .iter()
        .filter(|environment| chosen(&environment.name))
    {
        if let Some(problem) = &environment.problem {
            ui.warn(format!(
                "environment {} stays as it was: {problem}",
                environment.name
            ));
        }
    }
    let missing: Vec<_> = status
        .not_simulated
        .iter()
        .filter(|object| chosen(&object.environment))
        .collect();
    if missing.is_empty() {
        return;
    }
    ui.say(format!(
        "not simulated here: {}",
        count(missing.len(), "object")
    ));
    for object in missing {
        ui.say(format!(
            "  {} {}/{}: {}",
            object.environment,
            object.kind.to_lowercase(),
            object.name,
            object.reason
        ));
        if let Some(hint) = &object.hint {
            ui.hint(hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::platform::Phase;

    #[test]
    fn instances_are_listed_as_kubectl_lists_pods() {
        let now: Timestamp = "2026-01-01T00:01:30Z".parse().expect("a time");
        let instance = |name: &str, ready, phase, restarts| Instance {
            environment: "staging".to_owned(),
            app: "shop".to_owned(),
            revision: "shop-0a1b2c3d4e5f".to_owned(),
            name: name.to_owned(),
            ready,
            phase,
            restarts,
            started: "2026-01-01T00:00:00Z".parse().expect("a time"),
            in_flight: 3,
            pid: Some(4711),
            port: Some(20_001),
            log: "/logs/x.log".into(),
        };
        let instances = [
            instance("shop-0a1b2c3d4e5f-bcdfg", true, Phase::Running, 0),
            instance(
                "shop-0a1b2c3d4e5f-xz245",
                false,
                Phase::CrashLoopBackOff,
                12,
            ),
        ];
        insta::assert_snapshot!(table(&instances, now, false), @r"
        NAME                      READY   STATUS             RESTARTS   AGE
        shop-0a1b2c3d4e5f-bcdfg   1/1     Running            0          90s
        shop-0a1b2c3d4e5f-xz245   0/1     CrashLoopBackOff   12         90s
        ");
        insta::assert_snapshot!(table(&instances[..1], now, true), @r"
        NAMESPACE   NAME                      READY   STATUS    RESTARTS   AGE   PORT    PID    REQUESTS
        staging     shop-0a1b2c3d4e5f-bcdfg   1/1     Running   0          90s   20001   4711   3
        ");
    }
}
