use serde_json::{Value, json};

use super::*;
use crate::ports::artifacts::{ImageConfig, NewImage};
use crate::release::Version;

fn image() -> String {
    format!("dev.local/shop@sha256:{}", "0a".repeat(32))
}

/// A store with one image, whatever its digest.
#[derive(Debug)]
struct Shelf;

impl ArtifactStore for Shelf {
    fn put_chart(&self, _: &str, _: &Version, _: &[u8]) -> Result<(), ArtifactError> {
        Ok(())
    }

    fn chart(&self, _: &str, _: &Version) -> Result<Option<Vec<u8>>, ArtifactError> {
        Ok(None)
    }

    fn chart_versions(&self, _: &str) -> Result<Vec<Version>, ArtifactError> {
        Ok(Vec::new())
    }

    fn charts(&self) -> Result<BTreeMap<String, Vec<Version>>, ArtifactError> {
        Ok(BTreeMap::new())
    }

    fn put_image(&self, image: &NewImage) -> Result<ImageReference, ArtifactError> {
        ImageReference::new(&image.app, &"0a".repeat(32))
    }

    fn image(&self, reference: &ImageReference) -> Result<Option<StoredImage>, ArtifactError> {
        Ok(Some(StoredImage {
            reference: reference.clone(),
            files: "/store/files".into(),
            config: ImageConfig {
                command: vec!["./app".to_owned()],
                environment: BTreeMap::from([("MODE".to_owned(), "prod".to_owned())]),
                port: Some(8080),
                health: None,
            },
        }))
    }
}

fn document(app: &str, object: Value) -> Document {
    Document {
        app: app.to_owned(),
        version: "1.0.0".to_owned(),
        source: String::new(),
        object,
    }
}

fn knative(name: &str, image: &str) -> Value {
    json!({
        "apiVersion": "serving.knative.dev/v1", "kind": "Service", "metadata": {"name": name},
        "spec": {"template": {
            "metadata": {"annotations": {"autoscaling.knative.dev/max-scale": "3"}},
            "spec": {"containerConcurrency": 5, "timeoutSeconds": 20, "containers": [{
                "image": image, "env": [{"name": "DB", "value": "shop-db"}], "args": ["--db", "$(DB)"],
            }]},
        }},
    })
}

fn deployment(name: &str, image: &str) -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
        "spec": {"replicas": 2, "template": {
            "metadata": {"labels": {"app": name}},
            "spec": {"containers": [{"image": image, "ports": [{"containerPort": 9000}]}]},
        }},
    })
}

fn content(objects: Vec<Value>) -> EnvironmentContent {
    EnvironmentContent {
        documents: objects
            .into_iter()
            .map(|object| document("shop", object))
            .collect(),
        stand_ins: BTreeMap::new(),
    }
}

#[test]
fn a_knative_service_is_read_whole() {
    let desired = read("staging", &content(vec![knative("shop", &image())]), &Shelf);
    let [workload] = desired.workloads.as_slice() else {
        panic!("{desired:?}");
    };
    assert_eq!(workload.hosts, ["shop.staging.localhost"]);
    assert_eq!(workload.command, ["./app", "--db", "shop-db"]);
    assert_eq!(workload.environment_variables["MODE"], "prod");
    assert_eq!(
        (workload.container_concurrency, workload.timeout),
        (5, Duration::from_secs(20))
    );
    assert!(
        workload.revision.starts_with("shop-"),
        "{}",
        workload.revision
    );
    assert!(matches!(&workload.scale, Scale::Automatic(scaling) if scaling.max == 3));
    assert_eq!(desired.not_simulated, []);
}

#[test]
fn a_deployment_is_routed_by_its_service_and_its_app() {
    let service = json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"selector": {"app": "shop-web"}}});
    let desired = read(
        "staging",
        &content(vec![deployment("shop-web", &image()), service]),
        &Shelf,
    );
    assert_eq!(
        desired.workloads[0].hosts,
        ["shop.staging.localhost", "web.staging.localhost"]
    );
    assert_eq!(desired.workloads[0].scale, Scale::Fixed(2));
}

#[test]
fn what_has_no_image_here_is_listed_and_the_rest_runs() {
    let mut content = content(vec![
        knative("shop", &image()),
        deployment("shop-db", "mongo:4"),
    ]);
    let desired = read("staging", &content, &Shelf);
    assert_eq!(desired.workloads.len(), 1);
    let [db] = desired.not_simulated.as_slice() else {
        panic!("{desired:?}");
    };
    assert_eq!(
        (db.name.as_str(), db.reason.as_str()),
        ("shop-db", "image mongo:4 is not in the local store")
    );
    assert!(
        db.hint
            .as_deref()
            .is_some_and(|hint| hint.contains("standIns: {shop-db: \"127.0.0.1:PORT\"}"))
    );

    content
        .stand_ins
        .insert("shop-db".to_owned(), "127.0.0.1:27017".to_owned());
    let desired = read("staging", &content, &Shelf);
    assert_eq!(
        desired.workloads[0].environment_variables["DB"],
        "127.0.0.1:27017"
    );
    assert_eq!(
        desired.not_simulated[0].reason,
        "127.0.0.1:27017 stands in for it"
    );
}

#[test]
fn a_database_is_known_to_others_by_its_service() {
    let database = json!({
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "shop-db-primary"},
        "spec": {"template": {"metadata": {"labels": {"app": "db"}}, "spec": {"containers": [{"image": "mongo:4"}]}}},
    });
    let service = |name: &str, ip: &str| {
        json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": name},
            "spec": {"selector": {"app": "db"}, "clusterIP": ip}})
    };
    let mut content = content(vec![
        database,
        service("shop-db-headless", "None"),
        service("shop-db", ""),
    ]);
    let reason_and_hint = |content: &EnvironmentContent| {
        let found = read("staging", content, &Shelf).not_simulated;
        (found[0].reason.clone(), found[0].hint.clone())
    };
    let (reason, hint) = reason_and_hint(&content);
    assert_eq!(reason, "workloads of this kind are not started here");
    assert!(hint.unwrap().contains("{shop-db: "));
    content
        .stand_ins
        .insert("shop-db".to_owned(), "127.0.0.1:27017".to_owned());
    assert_eq!(
        reason_and_hint(&content),
        ("127.0.0.1:27017 stands in for it".to_owned(), None)
    );
}

#[test]
fn stand_ins_replace_names_hosts_and_ports() {
    let stand_ins = BTreeMap::from([("db".to_owned(), "127.0.0.1:5432".to_owned())]);
    for (given, expected) in [
        (vec![("DB", "db")], vec![("DB", "127.0.0.1:5432")]),
        (
            vec![("DB_HOST", "db"), ("DB_PORT", "80")],
            vec![("DB_HOST", "127.0.0.1"), ("DB_PORT", "5432")],
        ),
        (
            vec![("U", "postgres://me:pw@db:80/x?y")],
            vec![("U", "postgres://me:pw@127.0.0.1:5432/x?y")],
        ),
        (
            vec![("U", "http://db/x")],
            vec![("U", "http://127.0.0.1:5432/x")],
        ),
        (vec![("U", "db:80")], vec![("U", "127.0.0.1:5432")]),
        (
            vec![("U", "db/x"), ("V", "dbx:80"), ("W", "mydb")],
            vec![("U", "db/x"), ("V", "dbx:80"), ("W", "mydb")],
        ),
    ] {
        let owned = |pairs: Vec<(&str, &str)>| -> BTreeMap<String, String> {
            pairs
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect()
        };
        let mut variables = owned(given);
        stand_in(&mut variables, &stand_ins);
        assert_eq!(variables, owned(expected));
    }
}

#[test]
fn the_identity_changes_with_what_a_process_depends_on() {
    let identity = |content: &EnvironmentContent| {
        read("staging", content, &Shelf).workloads[0]
            .identity
            .clone()
    };
    let base = content(vec![knative("shop", &image())]);
    let mut stood_in = base.clone();
    stood_in
        .stand_ins
        .insert("shop-db".to_owned(), "127.0.0.1:1".to_owned());
    assert_eq!(identity(&base), identity(&base.clone()));
    assert_ne!(
        identity(&base),
        identity(&content(vec![knative(
            "shop",
            &image().replace("0a", "0b")
        )]))
    );
    assert_ne!(identity(&base), identity(&stood_in));
}
