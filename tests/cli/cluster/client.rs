//! Requests to an API server in its own words, so that a test sees the status, the warnings and the object itself.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::{Certificate, Method};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::session::PATIENCE;

/// The name under which the tests own fields.
const MANAGER: &str = "landfall-tests";

/// Whether an object is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It is.
    Real,
    /// It is checked as if it were.
    DryRun,
}

/// One holder of a token.
pub(crate) struct Client {
    http: reqwest::Client,
    runtime: Runtime,
    url: String,
    token: String,
    namespace: String,
    /// What the server knows of an API group, by its path.
    groups: RefCell<BTreeMap<String, Value>>,
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// What it warns of, as it would be shown to a user.
    pub(crate) warnings: Vec<String>,
    pub(crate) body: Value,
}

impl Reply {
    /// Why it is not a plain yes: a refusal or warnings.
    pub(crate) fn fault(&self) -> Option<String> {
        if !(200..300).contains(&self.status) {
            let message = self.body["message"].as_str();
            let message = message.map_or_else(|| self.body.to_string(), str::to_owned);
            return Some(format!("{} {message}", self.status));
        }
        (!self.warnings.is_empty()).then(|| format!("warning: {}", self.warnings.join("; ")))
    }
}

impl Client {
    /// A client for the server at `url`, which is trusted by the certificates in a file.
    pub(crate) fn new(url: &str, authority: &Path, token: &str) -> Self {
        // Another test of this process may have chosen it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let bundle = std::fs::read(authority).unwrap();
        Self {
            http: reqwest::Client::builder()
                .no_proxy()
                .timeout(PATIENCE)
                .tls_certs_only(Certificate::from_pem_bundle(&bundle).unwrap())
                .build()
                .unwrap(),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            url: url.to_owned(),
            token: token.to_owned(),
            namespace: "default".to_owned(),
            groups: RefCell::default(),
        }
    }

    /// The same for objects that name no namespace of their own.
    pub(crate) fn in_namespace(mut self, name: &str) -> Self {
        name.clone_into(&mut self.namespace);
        self
    }

    /// Reads what is at a path.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.request(Method::GET, path, "application/json", String::new())
    }

    /// The text at a path; `None` where the server does not answer, or not with 200.
    pub(crate) fn ask(&self, path: &str) -> Option<String> {
        let request = self
            .http
            .get(format!("{}{path}", self.url))
            .bearer_auth(&self.token);
        self.runtime.block_on(async {
            let reply = request.send().await.ok()?.error_for_status().ok()?;
            reply.text().await.ok()
        })
    }

    /// Applies one YAML document on the server's side, in the namespace that it names or in the client's. What the server does
    /// not know, or finds twice, is refused.
    pub(crate) fn apply(&self, document: &str, mode: Mode) -> Reply {
        let object: Value = match serde_yaml::from_str(document) {
            Ok(object) => object,
            Err(error) => panic!("{error}\n{document}"),
        };
        let mut path = match self.path(&object) {
            Ok(path) => path,
            Err(reply) => return reply,
        };
        path = format!("{path}?fieldManager={MANAGER}&fieldValidation=Strict");
        if mode == Mode::DryRun {
            path.push_str("&dryRun=All");
        }
        self.request(
            Method::PATCH,
            &path,
            "application/apply-patch+yaml",
            document.to_owned(),
        )
    }

    /// Where an object is; else what the server says of its API group, or that the group has no such kind.
    fn path(&self, object: &Value) -> Result<String, Reply> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let version = text(&object["apiVersion"]);
        let kind = text(&object["kind"]);
        let group = if version.contains('/') {
            format!("/apis/{version}")
        } else {
            format!("/api/{version}")
        };
        let is_known = self.groups.borrow().contains_key(&group);
        if !is_known {
            let reply = self.get(&group);
            if reply.status != 200 {
                return Err(reply);
            }
            self.groups.borrow_mut().insert(group.clone(), reply.body);
        }
        let groups = self.groups.borrow();
        let resource = groups[&group]["resources"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|resource| resource["kind"] == kind && !text(&resource["name"]).contains('/'));
        let Some(resource) = resource else {
            return Err(Reply {
                status: 404,
                warnings: Vec::new(),
                body: Value::from(format!("{version} has no {kind}")),
            });
        };
        let metadata = &object["metadata"];
        let space = match (resource["namespaced"].as_bool(), &metadata["namespace"]) {
            (Some(true), Value::String(space)) => format!("/namespaces/{space}"),
            (Some(true), _) => format!("/namespaces/{}", self.namespace),
            _ => String::new(),
        };
        Ok(format!(
            "{group}{space}/{}/{}",
            text(&resource["name"]),
            text(&metadata["name"])
        ))
    }

    /// Sends a request. A server that is still preparing (429) is asked again, as it asks to be.
    fn request(&self, method: Method, path: &str, kind: &str, body: String) -> Reply {
        let begun = Instant::now();
        loop {
            let request = self
                .http
                .request(method.clone(), format!("{}{path}", self.url))
                .bearer_auth(&self.token)
                .header("content-type", kind)
                .header("accept", "application/json")
                .body(body.clone());
            let reply = self.runtime.block_on(async {
                let reply = request.send().await.unwrap();
                let warnings = reply.headers().get_all("warning").iter();
                let warnings = warnings
                    .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                    .collect();
                let status = reply.status().as_u16();
                let text = reply.text().await.unwrap();
                Reply {
                    status,
                    warnings,
                    body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
                }
            });
            if reply.status != 429 || begun.elapsed() > PATIENCE {
                return reply;
            }
            std::thread::sleep(Duration::from_secs(1));
        }
    }
}
