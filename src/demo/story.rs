//! The scenes, in the order in which a newcomer meets them. Each says what a user types, and prints its figures.

use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::load::{self, LoadPlan};
use super::{DemoError, Sample, Scratch};

/// How long a scene waits for its effect at most.
const PATIENCE: Duration = Duration::from_mins(3);

/// How many requests are in flight under load: the rate times the time that each takes.
pub const USERS: usize = 300;

/// How many requests start each second under load.
const RATE: usize = 1000;

/// The short window after which an idle app sleeps in the demo; 60 s otherwise.
pub const WINDOW: &str = "6s";

/// Where the story is told: whole lines, as they happen.
pub trait Stage {
    /// A new scene.
    fn scene(&mut self, title: &str);
    /// What a user would type for it.
    fn types(&mut self, command: &str);
    /// What came out.
    fn tells(&mut self, line: &str);
}

/// How the story is told.
#[derive(Debug, Clone, Copy)]
pub struct StoryOptions {
    /// The app.
    pub sample: Sample,
    /// How long the load lasts.
    pub load: Duration,
}

/// Tells the whole story.
///
/// # Errors
/// The first scene that does not come out as it should.
pub async fn tell(
    scratch: &Scratch,
    options: StoryOptions,
    stage: &mut dyn Stage,
) -> Result<(), DemoError> {
    begin(scratch, options.sample, stage).await?;
    import(scratch, options.sample, stage).await?;
    pipeline(scratch, stage).await?;
    let url = staging(scratch, stage).await?;
    asleep(scratch, "staging", stage).await?;
    from_zero(&url, stage).await?;
    under_load(scratch, &url, options, stage).await?;
    asleep(scratch, "staging", stage).await?;
    production(scratch, stage).await
}

async fn begin(scratch: &Scratch, sample: Sample, stage: &mut dyn Stage) -> Result<(), DemoError> {
    stage.scene(&format!("A repository: a {sample} web server, one commit"));
    sample.write(&scratch.app())?;
    scratch
        .git(&["init", "--quiet", "--initial-branch=main"])
        .await?;
    // A machine without a Git identity tells the story too.
    scratch.git(&["config", "user.name", "Demo"]).await?;
    scratch
        .git(&["config", "user.email", "demo@example.com"])
        .await?;
    scratch.git(&["add", "--all"]).await?;
    scratch
        .git(&["commit", "--quiet", "--message", "feat: say hello"])
        .await?;
    let files = scratch.git(&["ls-files"]).await?;
    stage.tells(&format!(
        "{} files in {}",
        files.lines().count(),
        scratch.app().display()
    ));
    Ok(())
}

async fn import(scratch: &Scratch, sample: Sample, stage: &mut dyn Stage) -> Result<(), DemoError> {
    stage.scene(
        "Import: Dockerfile, chart with a Knative Service, Tekton pipeline, repository, first run",
    );
    stage.types(&format!(
        "landfall import --pack {} --batch-mode",
        sample.pack()
    ));
    let window = format!("scalingWindow={WINDOW}");
    let started = Instant::now();
    scratch
        .landfall(&[
            "import",
            "--pack",
            sample.pack(),
            "--batch-mode",
            "--set",
            &window,
        ])
        .await?;
    let files = scratch
        .git(&["show", "--name-only", "--format=", "HEAD"])
        .await?;
    stage.tells(&format!(
        "{} files written in one commit, pushed, in {}",
        files.lines().count(),
        seconds(started.elapsed())
    ));
    stage.tells(&format!(
        "(here with --set {window}, so that the app falls asleep while you watch; 60 s otherwise)"
    ));
    Ok(())
}

async fn pipeline(scratch: &Scratch, stage: &mut dyn Stage) -> Result<(), DemoError> {
    stage.scene("Pipeline: test, build, image, chart, tag, changelog, promotion to staging");
    stage.types("landfall get activities --filter hello --watch");
    let started = Instant::now();
    within(
        "the first pipeline",
        scratch.landfall(&[
            "get",
            "activities",
            "--filter",
            "demo/hello/main",
            "--watch",
            "--exit-status",
        ]),
    )
    .await?;
    let table = scratch
        .landfall(&["get", "activities", "--filter", "demo/hello/main"])
        .await?;
    table.lines().for_each(|line| stage.tells(line));
    stage.tells(&format!("succeeded after {}", seconds(started.elapsed())));
    Ok(())
}

async fn staging(scratch: &Scratch, stage: &mut dyn Stage) -> Result<String, DemoError> {
    stage.scene("Staging runs it: promoted by a pull request, merged when its checks passed");
    stage.types("landfall get applications");
    let app = application(scratch, "staging", |app| app["url"].is_string()).await?;
    scratch
        .landfall(&["get", "applications"])
        .await?
        .lines()
        .for_each(|line| stage.tells(line));
    Ok(text(&app, "url"))
}

async fn asleep(
    scratch: &Scratch,
    environment: &str,
    stage: &mut dyn Stage,
) -> Result<(), DemoError> {
    stage.scene(&format!(
        "Idle: after a window of {WINDOW} without a request it is gone"
    ));
    stage.types("landfall status");
    let started = Instant::now();
    application(scratch, environment, |app| app["asleep"] == true).await?;
    stage.tells(&format!(
        "asleep after {}: no process, no memory",
        seconds(started.elapsed())
    ));
    Ok(())
}

async fn from_zero(url: &str, stage: &mut dyn Stage) -> Result<(), DemoError> {
    stage.scene("A request wakes it");
    stage.types(&format!("curl {url}"));
    let answer = load::get(url).await.map_err(|problem| DemoError::Request {
        url: url.to_owned(),
        problem,
    })?;
    if !(200..300).contains(&answer.status) {
        return Err(DemoError::Request {
            url: url.to_owned(),
            problem: format!("status {}", answer.status),
        });
    }
    let first = answer.body.lines().next().unwrap_or_default();
    stage.tells(&format!(
        "{} \"{first}\" from zero in {} ms",
        answer.status,
        millis(answer.latency)
    ));
    Ok(())
}

async fn under_load(
    scratch: &Scratch,
    url: &str,
    options: StoryOptions,
    stage: &mut dyn Stage,
) -> Result<(), DemoError> {
    let seconds = options.load.as_secs();
    stage.scene(&format!(
        "{USERS} concurrent requests for {seconds} s: it scales out"
    ));
    let target = format!(
        "{}{}",
        url.trim_end_matches('/'),
        options.sample.work_path()
    );
    stage.types(&format!("hey -c {USERS} -z {seconds}s '{target}'"));
    let plan = LoadPlan {
        url: target.clone(),
        rate: RATE,
        duration: options.load,
    };
    let sampling = most_instances(scratch);
    tokio::pin!(sampling);
    let mut most = 0;
    let mut running = std::pin::pin!(load::run(&plan));
    let report = loop {
        tokio::select! {
            report = &mut running => break report.map_err(|problem| DemoError::Request { url: target.clone(), problem })?,
            count = &mut sampling => {
                most = most.max(count?);
                sampling.set(most_instances(scratch));
            }
        }
    };
    stage.tells(&format!("up to {most} instances; {report}"));
    if report.lost > 0 {
        return Err(DemoError::Request {
            url: target,
            problem: format!("{} requests were lost", report.lost),
        });
    }
    Ok(())
}

/// The instances of the app that answer requests, a moment from now.
async fn most_instances(scratch: &Scratch) -> Result<usize, DemoError> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let status = scratch.json(&["status"]).await?;
    let items = status["items"].as_array().cloned().unwrap_or_default();
    Ok(items.iter().filter(|item| item["ready"] == true).count())
}

async fn production(scratch: &Scratch, stage: &mut dyn Stage) -> Result<(), DemoError> {
    stage.scene("Production: the same version by a person's decision");
    stage.types("landfall promote --env production --merge");
    let started = Instant::now();
    let outcome = within(
        "the promotion",
        scratch.json(&["promote", "--env", "production", "--merge", "--batch-mode"]),
    )
    .await?;
    stage.tells(&format!(
        "version {} {} after {}",
        text(&outcome, "version"),
        text(&outcome, "outcome"),
        seconds(started.elapsed())
    ));
    let app = application(scratch, "production", |app| {
        app["url"].is_string() && app["health"] == "Healthy"
    })
    .await?;
    let url = text(&app, "url");
    stage.types(&format!("curl {url}"));
    let answer = load::get(&url)
        .await
        .map_err(|problem| DemoError::Request {
            url: url.clone(),
            problem,
        })?;
    stage.tells(&format!(
        "{} in {} ms",
        answer.status,
        millis(answer.latency)
    ));
    Ok(())
}

/// The app in an environment, once it is as wanted.
async fn application(
    scratch: &Scratch,
    environment: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Result<Value, DemoError> {
    let what = format!("the app in {environment}");
    within(&what, async {
        loop {
            let list = scratch.json(&["get", "applications"]).await?;
            let items = list["items"].as_array().cloned().unwrap_or_default();
            let found = items
                .into_iter()
                .find(|item| item["environment"] == environment && wanted(item));
            if let Some(found) = found {
                return Ok(found);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    })
    .await
}

async fn within<T>(
    what: &str,
    work: impl Future<Output = Result<T, DemoError>>,
) -> Result<T, DemoError> {
    tokio::time::timeout(PATIENCE, work)
        .await
        .unwrap_or_else(|_| {
            Err(DemoError::TimedOut {
                what: what.to_owned(),
                limit: PATIENCE,
            })
        })
}

fn text(object: &Value, key: &str) -> String {
    object[key].as_str().unwrap_or_default().to_owned()
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

fn millis(duration: Duration) -> String {
    format!("{:.1}", duration.as_secs_f64() * 1000.0)
}
