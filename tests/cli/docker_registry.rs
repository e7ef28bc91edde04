//! A real registry (Debian's `docker-registry`) on loopback, and pushes in the words of the distribution specification.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use landfall::render::dependency::package_digest;
use serde_json::Value;

use crate::session::{PATIENCE, free_port, kill_child};

/// bcrypt of `canary-pw`.
const HASH: &str = "$2y$05$abcdefghijklmnopqrstuuyWhLMbgXIm8rlrkAAgEaJMps19wkcnW";

/// The registry; dropping it ends it.
pub(crate) struct DockerRegistry {
    port: u16,
    /// The header that lets us in.
    authorization: String,
    child: Option<Child>,
}

impl DockerRegistry {
    /// Starts one with its data below `folder`; `None` where the program is not installed, which CI does not accept.
    pub(crate) fn start(folder: &Path) -> Option<Self> {
        Self::start_with(folder, "", String::new())
    }

    /// Starts one that wants the login of ada, whose password is `canary-pw`.
    pub(crate) fn start_guarded(folder: &Path) -> Option<Self> {
        let file = folder.join("htpasswd");
        fs::write(&file, format!("ada:{HASH}\n")).unwrap();
        let auth = format!(
            "auth: {{htpasswd: {{realm: r, path: {}}}}}\n",
            file.display()
        );
        let authorization = "authorization: Basic YWRhOmNhbmFyeS1wdw==\r\n";
        Self::start_with(folder, &auth, authorization.to_owned())
    }

    fn start_with(folder: &Path, auth: &str, authorization: String) -> Option<Self> {
        let port = free_port();
        let config = folder.join("registry.yml");
        let text = format!(
            "version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {}/registry}}}}\nhttp: {{addr: '127.0.0.1:{port}'}}\n{auth}",
            folder.display()
        );
        fs::write(&config, text).unwrap();
        let started = Command::new("docker-registry")
            .arg("serve")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(child) = started else {
            assert!(
                std::env::var_os("CI").is_none(),
                "docker-registry is missing: .ci/run installs it"
            );
            return None;
        };
        let registry = Self {
            port,
            authorization,
            child: Some(child),
        };
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "the registry does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(registry)
    }

    pub(crate) fn url(&self) -> String {
        format!("oci://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Pushes a packaged chart as `<repository>:<version>`; the descriptor of its manifest.
    pub(crate) fn push(&self, repository: &str, version: &str, package: &[u8]) -> Value {
        self.push_artifact(
            repository,
            version,
            (
                "application/vnd.cncf.helm.config.v1+json",
                br#"{"name":"x"}"#,
            ),
            &[(
                "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
                package,
            )],
        )
    }

    /// Pushes a packaged chart with its provenance, as Helm does when the file lies beside it.
    pub(crate) fn push_signed(
        &self,
        repository: &str,
        version: &str,
        package: &[u8],
        provenance: &[u8],
    ) -> Value {
        self.push_artifact(
            repository,
            version,
            (
                "application/vnd.cncf.helm.config.v1+json",
                br#"{"name":"x"}"#,
            ),
            &[
                (
                    "application/vnd.cncf.helm.chart.provenance.v1.prov",
                    provenance,
                ),
                (
                    "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
                    package,
                ),
            ],
        )
    }

    /// Pushes something that is no chart.
    pub(crate) fn push_image(&self, repository: &str, tag: &str) -> Value {
        self.push_artifact(
            repository,
            tag,
            ("application/vnd.oci.image.config.v1+json", b"{}"),
            &[("application/vnd.oci.image.layer.v1.tar+gzip", b"layer")],
        )
    }

    /// Pushes an index of manifests that are there.
    pub(crate) fn push_index(&self, repository: &str, version: &str, manifests: &[&Value]) {
        let kind = "application/vnd.oci.image.index.v1+json";
        let index =
            serde_json::json!({"schemaVersion": 2, "mediaType": kind, "manifests": manifests});
        let path = format!("/v2/{repository}/manifests/{version}");
        self.send("PUT", &path, kind, index.to_string().as_bytes());
    }

    fn push_artifact(
        &self,
        repository: &str,
        version: &str,
        config: (&str, &[u8]),
        layers: &[(&str, &[u8])],
    ) -> Value {
        let describe = |(kind, bytes): (&str, &[u8])| serde_json::json!({"mediaType": kind, "digest": digest(bytes), "size": bytes.len()});
        let kind = "application/vnd.oci.image.manifest.v1+json";
        let manifest = serde_json::json!({
            "schemaVersion": 2,
            "mediaType": kind,
            "config": describe(config),
            "layers": layers.iter().map(|layer| describe(*layer)).collect::<Vec<_>>(),
        });
        for (_, blob) in [&[config], layers].concat() {
            let opened = self.send("POST", &format!("/v2/{repository}/blobs/uploads/"), "", b"");
            let location = header(&opened, "location");
            let path = location.splitn(4, '/').nth(3).expect("a path");
            let path = format!("/{path}&digest={}", digest(blob));
            self.send("PUT", &path, "application/octet-stream", blob);
        }
        let tag = version.replace('+', "_");
        let path = format!("/v2/{repository}/manifests/{tag}");
        let manifest = manifest.to_string();
        self.send("PUT", &path, kind, manifest.as_bytes());
        describe((kind, manifest.as_bytes()))
    }

    fn send(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\ncontent-type: {kind}\r\n{}content-length: {}\r\n\r\n",
            self.port,
            self.authorization,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 20"),
            "{method} {path}: {answer}"
        );
        answer
    }
}

impl Drop for DockerRegistry {
    fn drop(&mut self) {
        if let Some(child) = self.child.take() {
            kill_child(child);
        }
    }
}

fn header(answer: &str, name: &str) -> String {
    let value = answer.lines().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    });
    value.expect(name)
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", package_digest(bytes))
}
