//! A local platform in a scratch folder, inside the test process, with the fault app as its only image.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use landfall::backend::artifacts::DiskArtifacts;
use landfall::backend::local_platform::{Launch, LocalPlatform};
use landfall::backend::memory::environments::MemoryEnvironments;
use landfall::manifest::Document;
use landfall::ports::artifacts::{ArtifactStore as _, ImageConfig, ImageFile, NewImage};
use landfall::ports::platform::{
    Application, Applied, EnvironmentContent, Instance, Platform as _, Serving as _,
};
use landfall::runtime::{MachineOptions, Resident, ResidentOptions};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long anything may take before a test gives up.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The fault app, built by cargo with the tests; when only some of them were built, it is built now.
fn fault_app() -> &'static Path {
    static APP: OnceLock<PathBuf> = OnceLock::new();
    APP.get_or_init(|| {
        let app = Path::new(env!("CARGO_BIN_EXE_landfall"))
            .with_file_name("examples")
            .join("fault_app");
        if !app.is_file() {
            let built = Command::new(env!("CARGO"))
                .args(["build", "--quiet", "--example", "fault_app"])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .status()
                .expect("cargo");
            assert!(
                built.success() && app.is_file(),
                "the fault app is at {}",
                app.display()
            );
        }
        app
    })
}

pub(super) struct World {
    pub(super) folder: tempfile::TempDir,
    pub(super) environments: Arc<MemoryEnvironments>,
    pub(super) platform: LocalPlatform,
    image: String,
    resident: Option<Box<Resident>>,
    pub(super) port: u16,
    commits: std::sync::atomic::AtomicU32,
}

/// A Knative Service of the fault app: annotations without their prefix, fields of the revision's spec, variables.
#[derive(Default)]
pub(super) struct Service<'a> {
    pub(super) scaling: &'a [(&'a str, &'a str)],
    pub(super) spec: Value,
    pub(super) variables: &'a [(&'a str, &'a str)],
}

impl World {
    pub(super) async fn start() -> Self {
        Self::start_in(
            tempfile::Builder::new()
                .prefix("lf-")
                .tempdir_in("/tmp")
                .expect("a folder"),
            true,
        )
        .await
    }

    pub(super) async fn start_in(folder: tempfile::TempDir, end_with_resident: bool) -> Self {
        let home = folder.path().to_owned();
        let artifacts = Arc::new(DiskArtifacts::new(home.join("artifacts")));
        let image = artifacts
            .put_image(&NewImage {
                app: "shop".to_owned(),
                config: ImageConfig {
                    command: vec!["./fault_app".to_owned()],
                    port: Some(8080),
                    ..ImageConfig::default()
                },
                files: vec![ImageFile {
                    source: fault_app().to_owned(),
                    path: "fault_app".to_owned(),
                }],
            })
            .expect("an image");
        let environments = Arc::new(MemoryEnvironments::default());
        let path = std::env::var_os("PATH").expect("PATH");
        let resident = Resident::start(ResidentOptions {
            machine: MachineOptions {
                run: home.join("run"),
                logs: home.join("logs"),
                launcher: env!("CARGO_BIN_EXE_landfall").into(),
                environment: BTreeMap::from([("PATH".into(), path)]),
                end_with_resident,
            },
            // Tests run at the same time: each begins elsewhere.
            port: 10_000 + (std::process::id() % 8000) as u16,
            environments: environments.clone(),
            artifacts,
            tasks: Vec::new(),
        })
        .await
        .expect("a resident");
        let launch = Launch {
            executable: env!("CARGO_BIN_EXE_landfall").into(),
            environment: BTreeMap::new(),
            home: home.clone(),
            port: 0,
        };
        Self {
            port: resident.port(),
            platform: LocalPlatform::new(home.join("run"), launch),
            folder,
            environments,
            image: image.to_string(),
            resident: Some(Box::new(resident)),
            commits: 0.into(),
        }
    }

    /// The container of the fault app at `version`.
    fn container(&self, version: &str, variables: &[(&str, &str)]) -> Value {
        let mut env = vec![json!({"name": "VERSION", "value": version})];
        env.extend(
            variables
                .iter()
                .map(|(name, value)| json!({"name": name, "value": value})),
        );
        json!({"name": "app", "image": self.image, "env": env})
    }

    /// Lets `staging` hold the Service `shop` at `version`, and nothing else.
    pub(super) fn release(&self, version: &str, service: &Service<'_>) {
        let annotations: serde_json::Map<String, Value> = service
            .scaling
            .iter()
            .map(|(name, value)| (format!("autoscaling.knative.dev/{name}"), json!(value)))
            .collect();
        let mut spec = json!({"containers": [self.container(version, service.variables)]});
        if let Value::Object(fields) = &service.spec {
            spec.as_object_mut().expect("a map").extend(fields.clone());
        }
        self.set(version, vec![json!({
            "apiVersion": "serving.knative.dev/v1", "kind": "Service", "metadata": {"name": "shop"},
            "spec": {"template": {"metadata": {"annotations": annotations}, "spec": spec}},
        })]);
    }

    /// Lets `staging` hold a Deployment with its Service.
    pub(super) fn deployment(&self, version: &str, replicas: u32, variables: &[(&str, &str)]) {
        let mut container = self.container(version, variables);
        container["ports"] = json!([{"containerPort": 8080}]);
        self.set(version, vec![
            json!({
                "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "shop-shop"},
                "spec": {"replicas": replicas, "template": {
                    "metadata": {"labels": {"app": "shop-shop"}},
                    "spec": {"containers": [container]},
                }},
            }),
            json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop"}, "spec": {"selector": {"app": "shop-shop"}}}),
            json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "db"}}),
        ]);
    }

    pub(super) fn set(&self, version: &str, objects: Vec<Value>) {
        let documents = objects
            .into_iter()
            .map(|object| Document {
                app: "shop".to_owned(),
                version: version.to_owned(),
                source: String::new(),
                object,
            })
            .collect();
        let commit = self
            .commits
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let content = EnvironmentContent {
            documents,
            ..EnvironmentContent::default()
        };
        self.environments
            .set("staging", &format!("{commit:040x}"), Ok(content));
    }

    /// Applies `staging` and waits until everything is ready or has failed.
    pub(super) async fn apply(&self) -> Applied {
        self.apply_within(None, PATIENCE).await
    }

    /// The same for some apps, and with less patience.
    pub(super) async fn apply_within(&self, apps: Option<&[&str]>, wait: Duration) -> Applied {
        let apps = apps.map(|apps| apps.iter().map(|app| (*app).to_owned()).collect());
        self.platform
            .apply("staging", None, apps.as_ref(), wait)
            .await
            .expect("applied")
    }

    pub(super) async fn application(&self) -> Application {
        self.platform
            .applications()
            .await
            .expect("applications")
            .into_iter()
            .next()
            .expect("an app")
    }

    pub(super) async fn instances(&self) -> Vec<Instance> {
        self.platform.instances().await.expect("instances")
    }

    /// Waits until `holds`, and says how long that took.
    pub(super) async fn until(&self, what: &str, holds: impl AsyncFn(&Self) -> bool) -> Duration {
        let start = Instant::now();
        while !holds(self).await {
            assert!(
                start.elapsed() <= PATIENCE,
                "not within {PATIENCE:?}: {what}; {:#?}",
                self.instances().await
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        start.elapsed()
    }

    pub(super) async fn until_asleep(&self) -> Duration {
        self.until("the app sleeps", async |world| {
            world.instances().await.is_empty()
        })
        .await
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: shop.staging.localhost\r\nConnection: close\r\n\r\n"
        ))
        .await
    }

    /// Sends the bytes of a request and reads until the connection ends.
    pub(super) async fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))
            .await
            .expect("a connection");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut bytes = Vec::new();
        tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes))
            .await
            .expect("an answer in time")
            .expect("an answer");
        Answer::parse(&String::from_utf8_lossy(&bytes))
    }

    pub(super) fn connect(&self) -> impl Future<Output = TcpStream> + 'static {
        let port = self.port;
        async move {
            TcpStream::connect(("127.0.0.1", port))
                .await
                .expect("a connection")
        }
    }

    pub(super) async fn end(mut self) {
        if let Some(resident) = self.resident.take() {
            resident.end().await;
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
}

impl Answer {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        Self {
            status,
            body: body.to_owned(),
        }
    }

    /// The version that the fault app answered with.
    pub(super) fn version(&self) -> &str {
        self.body.split(' ').next().unwrap_or_default()
    }

    /// The process that answered.
    pub(super) fn pid(&self) -> &str {
        self.body.split(' ').nth(1).unwrap_or_default().trim()
    }
}

/// Whether a process lives; a zombie does not.
pub(super) fn lives(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| {
        !stat
            .rsplit_once(") ")
            .is_some_and(|(_, rest)| rest.starts_with('Z'))
    })
}
