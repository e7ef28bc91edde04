//! What every [`ActivityStore`] promises, as tests over the trait.

use serde_json::{Value, json};

use super::{ActivityStore, Change, RunFilter, StoreError};
use crate::activity::model::{CoreStep, PullRequestStep, UpdateStep};
use crate::activity::{ORIGINAL_NAME, PromoteStep, RunIdentity, Status};

/// A PipelineRun of `acme/<repository>/main`, ended if `outcome` is given.
pub(crate) fn pipeline_run(repository: &str, build: u64, outcome: Option<bool>) -> Value {
    let mut run = json!({
        "apiVersion": "tekton.dev/v1",
        "kind": "PipelineRun",
        "metadata": {"name": format!("{repository}-main-{build}"), "uid": format!("{repository}{build}")},
        "status": {"conditions": [condition(outcome)], "startTime": "2026-11-01T12:00:00Z"},
    });
    RunIdentity {
        owner: "acme".to_owned(),
        repository: repository.to_owned(),
        branch: "main".to_owned(),
        build,
        ..RunIdentity::default()
    }
    .stamp(&mut run);
    run
}

/// A TaskRun of that run.
pub(crate) fn task_run(run: &str, task: &str, outcome: Option<bool>) -> Value {
    json!({
        "apiVersion": "tekton.dev/v1",
        "kind": "TaskRun",
        "metadata": {"name": format!("{run}-{task}"), "labels": {
            "tekton.dev/pipelineRun": run, "tekton.dev/pipelineTask": task,
        }},
        "status": {"conditions": [condition(outcome)]},
    })
}

fn condition(outcome: Option<bool>) -> Value {
    match outcome {
        None => json!({"type": "Succeeded", "status": "Unknown", "reason": "Running"}),
        Some(true) => json!({"type": "Succeeded", "status": "True", "reason": "Succeeded"}),
        Some(false) => json!({"type": "Succeeded", "status": "False", "reason": "Failed"}),
    }
}

fn names(store: &dyn ActivityStore, filter: &RunFilter) -> Vec<String> {
    let records = store.list(filter).expect("a list");
    records.into_iter().map(|record| record.name).collect()
}

/// Runs every promise, each on a new empty store.
pub(crate) fn holds(make: &dyn Fn() -> Box<dyn ActivityStore>) {
    for promise in [
        an_empty_store_answers_without_complaint,
        runs_are_kept_with_their_task_runs,
        what_has_ended_stays_ended,
        a_name_belongs_to_one_run,
        filters_choose_and_limits_keep_the_newest,
        build_numbers_are_given_out_once,
        promotions_touch_only_their_own_step,
        a_follower_sees_every_run_that_changed,
        deleting_leaves_nothing_but_the_build_number,
    ] {
        promise(&*make());
    }
}

fn an_empty_store_answers_without_complaint(store: &dyn ActivityStore) {
    assert_eq!(store.list(&RunFilter::default()).expect("a list"), []);
    assert_eq!(store.get("x").expect("an answer"), None);
    assert_eq!(store.events_since(0, 10).expect("events"), []);
    assert_eq!(store.latest_seq().expect("a number"), 0);
}

fn runs_are_kept_with_their_task_runs(store: &dyn ActivityStore) {
    let early = task_run("shop-main-1", "build", None);
    assert!(matches!(store.record(&early), Ok(Change::Added(_))));
    assert_eq!(names(store, &RunFilter::default()), [""; 0], "no run yet");

    let run = pipeline_run("shop", 1, None);
    assert!(matches!(store.record(&run), Ok(Change::Added(_))));
    assert!(matches!(store.record(&run), Ok(Change::Unchanged)));
    let second = task_run("shop-main-1", "a-later-one", None);
    store.record(&second).expect("recorded");
    let done = task_run("shop-main-1", "build", Some(true));
    assert!(matches!(store.record(&done), Ok(Change::Modified(_))));

    let record = store.get("acme-shop-main-1").expect("an answer");
    let record = record.expect("found by the activity's name");
    assert_eq!(record.name, "shop-main-1");
    assert_eq!(record.pipeline, "acme/shop/main");
    assert_eq!(record.build, "1");
    assert_eq!(record.object, run);
    assert_eq!(record.task_runs, [done, second]);
    assert_eq!(record.seq, store.latest_seq().expect("a number"));
    assert_eq!(store.get("shop-main-1").expect("an answer"), Some(record));

    let alone = json!({"kind": "TaskRun", "metadata": {"name": "alone"}});
    store.record(&alone).expect("recorded");
    assert_eq!(
        names(store, &RunFilter::default()),
        ["shop-main-1", "alone"]
    );
    let error = store.record(&json!({"kind": "Pod", "metadata": {"name": "x"}}));
    assert!(matches!(error, Err(StoreError::NotAnObject { .. })));
}

fn what_has_ended_stays_ended(store: &dyn ActivityStore) {
    let ended = pipeline_run("shop", 1, Some(false));
    store.record(&ended).expect("recorded");
    let late = pipeline_run("shop", 1, None);
    assert!(matches!(store.record(&late), Ok(Change::Stale)));
    let task = task_run("shop-main-1", "build", Some(true));
    store.record(&task).expect("recorded");
    let seq = store.latest_seq().expect("a number");
    let late = task_run("shop-main-1", "build", None);
    assert!(matches!(store.record(&late), Ok(Change::Stale)));
    assert_eq!(store.latest_seq().expect("a number"), seq);
    let record = store.get("shop-main-1").expect("an answer").expect("there");
    assert_eq!((record.object, record.task_runs), (ended, vec![task]));
}

fn a_name_belongs_to_one_run(store: &dyn ActivityStore) {
    store
        .record(&pipeline_run("shop", 1, None))
        .expect("recorded");
    let mut other = pipeline_run("shop", 1, None);
    other["metadata"]["uid"] = json!("another");
    let error = store.record(&other).expect_err("the name is taken");
    assert!(matches!(error, StoreError::NameTaken { .. }), "{error}");
}

fn filters_choose_and_limits_keep_the_newest(store: &dyn ActivityStore) {
    for (repository, build) in [("shop", 1), ("cart", 1), ("shop", 2), ("shop", 12)] {
        let run = pipeline_run(repository, build, None);
        store.record(&run).expect("recorded");
    }
    let filter = |text: Option<&str>, build: Option<&str>, limit| RunFilter {
        text: text.map(str::to_owned),
        build: build.map(str::to_owned),
        limit,
    };
    let shops = ["shop-main-1", "shop-main-2", "shop-main-12"];
    assert_eq!(names(store, &filter(Some("acme/shop"), None, None)), shops);
    assert_eq!(
        names(store, &filter(Some("acme-shop-ma"), None, None)),
        shops
    );
    assert_eq!(names(store, &filter(None, None, Some(2))), &shops[1..]);
    assert_eq!(
        names(store, &filter(None, Some("1"), None)),
        ["shop-main-1", "cart-main-1"]
    );
    assert_eq!(
        names(store, &filter(Some("shop"), Some("1"), Some(5))),
        ["shop-main-1"]
    );
    assert_eq!(names(store, &filter(Some("%"), None, None)), [""; 0]);
    let mut run = pipeline_run("shop", 13, None);
    run["metadata"]["annotations"][ORIGINAL_NAME] = json!("web-release");
    store.record(&run).expect("recorded");
    assert_eq!(
        names(store, &filter(Some("web-rel"), None, None)),
        ["shop-main-13"]
    );
}

fn build_numbers_are_given_out_once(store: &dyn ActivityStore) {
    let mut numbers: Vec<u64> = std::thread::scope(|scope| {
        let takers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| -> Vec<u64> {
                    let take = |_| store.next_build("acme/shop/main").expect("a number");
                    (0..10).map(take).collect()
                })
            })
            .collect();
        takers
            .into_iter()
            .flat_map(|taker| taker.join().expect("no panic"))
            .collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=40).collect::<Vec<u64>>());
    assert_eq!(store.next_build("acme/cart/main").expect("a number"), 1);
}

fn promotion(environment: &str, status: Status) -> PromoteStep {
    let core = CoreStep {
        status,
        ..CoreStep::default()
    };
    PromoteStep {
        core,
        environment: environment.to_owned(),
        ..PromoteStep::default()
    }
}

fn promotions_touch_only_their_own_step(store: &dyn ActivityStore) {
    let missing =
        store.record_promotion("acme-shop-main-1", &promotion("staging", Status::Running));
    assert!(matches!(missing, Err(StoreError::NotFound { .. })));
    store
        .record(&pipeline_run("shop", 1, None))
        .expect("recorded");
    let mut staging = promotion("staging", Status::Running);
    staging.pull_request = Some(PullRequestStep {
        pull_request_url: "url".to_owned(),
        ..PullRequestStep::default()
    });
    store
        .record_promotion("shop-main-1", &staging)
        .expect("recorded");
    std::thread::scope(|scope| {
        let write = |step: PromoteStep| {
            scope.spawn(move || {
                store
                    .record_promotion("acme-shop-main-1", &step)
                    .expect("recorded");
            });
        };
        write(promotion("production", Status::Pending));
        let mut ended = promotion("staging", Status::Succeeded);
        ended.update = Some(UpdateStep::default());
        write(ended);
        let mut url = promotion("staging", Status::Unset);
        url.application_url = "http://shop".to_owned();
        write(url);
    });
    let record = store.get("shop-main-1").expect("an answer").expect("there");
    assert_eq!(record.promotions.len(), 2);
    let staging = &record.promotions[0];
    assert_eq!(staging.core.status, Status::Succeeded);
    assert_eq!(staging.application_url, "http://shop");
    assert_eq!(
        staging
            .pull_request
            .as_ref()
            .map(|pull| pull.pull_request_url.as_str()),
        Some("url")
    );
    assert!(staging.update.is_some());
    assert_eq!(record.promotions[1].environment, "production");
    store
        .record(&pipeline_run("shop", 1, Some(true)))
        .expect("recorded");
    let record = store.get("shop-main-1").expect("an answer").expect("there");
    assert_eq!(record.promotions.len(), 2, "a record of the run keeps them");
}

fn a_follower_sees_every_run_that_changed(store: &dyn ActivityStore) {
    let follow = |seq| -> Vec<(String, bool)> {
        let events = store.events_since(seq, 10).expect("events");
        assert!(events.is_sorted_by(|a, b| a.seq < b.seq));
        events
            .into_iter()
            .map(|event| (event.activity, event.deleted))
            .collect()
    };
    let (shop, cart) = ("acme-shop-main-1".to_owned(), "acme-cart-main-1".to_owned());
    store
        .record(&pipeline_run("shop", 1, None))
        .expect("recorded");
    let first = store.latest_seq().expect("a number");
    assert_eq!(follow(0), [(shop.clone(), false)]);
    assert_eq!(follow(first), []);
    store
        .record(&task_run("shop-main-1", "build", None))
        .expect("recorded");
    store
        .record(&pipeline_run("cart", 1, None))
        .expect("recorded");
    let step = promotion("staging", Status::Running);
    store
        .record_promotion("shop-main-1", &step)
        .expect("recorded");
    assert_eq!(
        follow(first),
        [(cart.clone(), false), (shop.clone(), false)]
    );
    assert_eq!(store.events_since(0, 1).expect("events").len(), 1);
    store.delete("cart-main-1").expect("deleted");
    assert_eq!(follow(first), [(shop, false), (cart, true)]);
}

fn deleting_leaves_nothing_but_the_build_number(store: &dyn ActivityStore) {
    assert_eq!(store.next_build("acme/shop/main").expect("a number"), 1);
    store
        .record(&pipeline_run("shop", 1, Some(true)))
        .expect("recorded");
    store
        .record(&task_run("shop-main-1", "build", Some(true)))
        .expect("recorded");
    store.delete("shop-main-1").expect("deleted");
    assert_eq!(store.get("shop-main-1").expect("an answer"), None);
    assert!(matches!(
        store.delete("shop-main-1"),
        Err(StoreError::NotFound { .. })
    ));
    assert_eq!(store.next_build("acme/shop/main").expect("a number"), 2);
    store
        .record(&pipeline_run("shop", 1, None))
        .expect("recorded");
    let record = store.get("shop-main-1").expect("an answer").expect("there");
    assert_eq!(record.task_runs, [""; 0]);
}
