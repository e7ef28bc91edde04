//! A real API server: etcd and kube-apiserver as children, on loopback, with everything they write in a scratch folder.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use super::client::{Client, Mode};
use crate::session::{PATIENCE, free_port, kill_child};
use crate::tls_door::certificate;

/// The token of one who may do everything.
pub(crate) const ADMIN: &str = "admin-token";

/// The token of one who may do nothing until a role says otherwise; the user is `dev`, of the group `devs`.
pub(crate) const DEV: &str = "dev-token";

/// The server; dropping it ends both processes. They end as well when the test's own process is killed.
pub(crate) struct ApiServer {
    folder: TempDir,
    port: u16,
    processes: Vec<Child>,
}

impl ApiServer {
    /// Starts one and waits until it is ready, with nothing in it but what it makes itself.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Self {
            port: free_port(),
            folder,
            processes: Vec::new(),
        };
        let etcd = format!("http://127.0.0.1:{}", free_port());
        server.spawn(
            &program("LANDFALL_TEST_ETCD", Some("etcd")),
            &[
                format!("--data-dir={}", server.path("etcd").display()),
                format!("--listen-client-urls={etcd}"),
                format!("--advertise-client-urls={etcd}"),
                format!("--listen-peer-urls=http://127.0.0.1:{}", free_port()),
            ],
        );
        let tokens = server.path("tokens.csv");
        fs::write(
            &tokens,
            format!("{ADMIN},admin,admin,system:masters\n{DEV},dev,dev,devs\n"),
        )
        .unwrap();
        // The key signs tokens of service accounts, and a certificate of it verifies them.
        let key = certificate("key");
        server.spawn(
            &program("LANDFALL_TEST_APISERVER", None),
            &[
                format!("--etcd-servers={etcd}"),
                "--bind-address=127.0.0.1".to_owned(),
                // Else it takes that of the default route, which a machine without a network has none of. Nobody asks there.
                "--advertise-address=192.0.2.1".to_owned(),
                format!("--secure-port={}", server.port),
                format!("--cert-dir={}", server.path("certificates").display()),
                "--service-cluster-ip-range=10.0.0.0/24".to_owned(),
                "--service-account-issuer=https://kubernetes.default.svc".to_owned(),
                format!("--service-account-signing-key-file={}", key.display()),
                format!(
                    "--service-account-key-file={}",
                    certificate("own").display()
                ),
                "--authorization-mode=RBAC".to_owned(),
                format!("--token-auth-file={}", tokens.display()),
                "--anonymous-auth=false".to_owned(),
            ],
        );
        server.wait();
        server
    }

    /// Talks to it as the holder of a token.
    pub(crate) fn client(&self, token: &str) -> Client {
        Client::new(&self.url(), &self.authority(), token)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// The file with the certificates that it is trusted by.
    pub(crate) fn authority(&self) -> PathBuf {
        self.path("certificates/apiserver.crt")
    }

    /// Writes a kubeconfig for the holder of a token.
    pub(crate) fn kubeconfig(&self, token: &str) -> PathBuf {
        let path = self.path(&format!("{token}.kubeconfig"));
        let text = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: test\n\
             clusters:\n- name: test\n  cluster:\n    server: {}\n    certificate-authority: {}\n\
             users:\n- name: test\n  user:\n    token: {token}\n\
             contexts:\n- name: test\n  context:\n    cluster: test\n    user: test\n    namespace: default\n",
            self.url(),
            self.authority().display()
        );
        fs::write(&path, text).unwrap();
        path
    }

    /// Creates the custom resources that the YAML files of a folder define, and waits until they can be used.
    pub(crate) fn define(&self, folder: &Path) {
        let client = self.client(ADMIN);
        let mut names = Vec::new();
        let mut files: Vec<_> = fs::read_dir(folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|name| name == "yaml"))
            .collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            for document in text.split("\n---\n").filter(|part| is_object(part)) {
                let reply = client.apply(document, Mode::Real);
                assert_eq!(reply.fault(), None, "{}", file.display());
                names.push(reply.body["metadata"]["name"].as_str().unwrap().to_owned());
            }
        }
        assert!(!names.is_empty(), "{} defines nothing", folder.display());
        for name in names {
            let path = format!("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}");
            self.until(&format!("{name} can be used"), || {
                let conditions = client.get(&path).body["status"]["conditions"].clone();
                conditions.as_array().is_some_and(|conditions| {
                    conditions
                        .iter()
                        .any(|one| one["type"] == "Established" && one["status"] == "True")
                })
            });
        }
    }

    /// The process ids.
    pub(crate) fn pids(&self) -> Vec<u32> {
        self.processes.iter().map(Child::id).collect()
    }

    fn wait(&mut self) {
        let client = {
            let begun = Instant::now();
            // The server makes its own certificate first.
            while !self.authority().is_file() {
                self.check(begun, "a certificate");
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            self.client(ADMIN)
        };
        let begun = Instant::now();
        while client.ask("/readyz").as_deref() != Some("ok") {
            self.check(begun, "readiness");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    /// Asks again until it holds; a minute without it ends the test.
    pub(crate) fn until(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !holds() {
            assert!(
                begun.elapsed() < PATIENCE,
                "waiting until {what}:{}",
                self.logs()
            );
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    fn check(&mut self, begun: Instant, what: &str) {
        for child in &mut self.processes {
            let status = child.try_wait().unwrap();
            assert!(
                status.is_none(),
                "ended before {what}, {status:?}:{}",
                logs(self.folder.path())
            );
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "waiting for {what}:{}",
            self.logs()
        );
    }

    fn logs(&self) -> String {
        logs(self.folder.path())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts a program that the kernel kills when the test ends without ending it.
    fn spawn(&mut self, program: &Path, arguments: &[String]) {
        let name = program.file_name().unwrap().to_string_lossy().into_owned();
        let log = File::create(self.path(&format!("{name}.log"))).unwrap();
        let child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "--"])
            .arg(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("setpriv (of util-linux) {name}: {error}"));
        self.processes.push(child);
    }
}

impl Drop for ApiServer {
    fn drop(&mut self) {
        // The API server first: without etcd it would write about it.
        for child in self.processes.drain(..).rev() {
            kill_child(child);
        }
    }
}

fn program(variable: &str, usual: Option<&str>) -> PathBuf {
    std::env::var_os(variable)
        .or_else(|| usual.map(Into::into))
        .map_or_else(
            || panic!("{variable} is not set: eval \"$(tests/cluster/build)\""),
            PathBuf::from,
        )
}

/// The end of what the processes said.
fn logs(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|name| name == "log") {
            let log = fs::read_to_string(&path).unwrap_or_default();
            let lines: Vec<&str> = log.lines().collect();
            let end = lines[lines.len().saturating_sub(20)..].join("\n");
            let _ = write!(text, "\n{}:\n{end}", path.display());
        }
    }
    text
}

/// Whether a YAML document holds more than comments.
pub(super) fn is_object(document: &str) -> bool {
    document
        .lines()
        .any(|line| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("---"))
}
