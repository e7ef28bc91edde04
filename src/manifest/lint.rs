//! What makes a Knative Service fail after it was applied, found before: the rules of Knative's own webhook
//! (knative/serving pkg/apis/serving/v1 and pkg/apis/autoscaling), and the traps that it lets through.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Document, knative, list, text, workload};

/// The longest label of a host name (RFC 1035), and the longest request that Knative's default configuration lets pass.
const LABEL_LIMIT: usize = 63;
const TIMEOUT_LIMIT: u64 = 600;

/// The version that every Knative since 0.14 serves, and the only one since 1.0.
const VERSION: &str = "serving.knative.dev/v1";

/// Names of a port that say its protocol.
const PORT_NAMES: [&str; 3] = ["", "http1", "h2c"];

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What, with the field in front.
    pub message: String,
    /// Whether Knative would refuse the object; else it is taken and works badly.
    pub is_refused: bool,
}

/// Checks one document; one that is no Knative Service has no findings.
pub fn lint(document: &Document) -> Vec<Finding> {
    if !knative::is_service(document) {
        return Vec::new();
    }
    let version = text(&document.object, "/apiVersion");
    if version != VERSION {
        return vec![refused(format!(
            "apiVersion: {version} is no longer served; {VERSION} is"
        ))];
    }
    let (_, annotations) = knative::serving(document);
    let mut findings: Vec<Finding> = annotations
        .iter()
        .map(|error| refused(error.to_string()))
        .collect();
    timeout(document, &mut findings);
    container(document, &mut findings);
    traffic(document, &mut findings);
    findings
}

fn refused(message: impl Into<String>) -> Finding {
    Finding {
        message: message.into(),
        is_refused: true,
    }
}

fn timeout(document: &Document, findings: &mut Vec<Finding>) {
    let timeout = document
        .object
        .pointer("/spec/template/spec/timeoutSeconds")
        .and_then(Value::as_u64);
    if let Some(timeout) = timeout.filter(|timeout| *timeout > TIMEOUT_LIMIT) {
        findings.push(refused(format!(
            "timeoutSeconds: {timeout} is more than {TIMEOUT_LIMIT}, the most that a cluster allows by default"
        )));
    }
}

fn container(document: &Document, findings: &mut Vec<Finding>) {
    let Some(container) = workload::container(workload::template(document)) else {
        findings.push(refused("containers: there is none"));
        return;
    };
    let ports = list(container, "/ports");
    if ports.len() > 1 {
        findings.push(refused("ports: a Knative Service has one port"));
    }
    let read = workload::read_container(container);
    if !PORT_NAMES.contains(&read.port_name.as_str()) {
        findings.push(refused(format!(
            "ports[0].name: \"{}\" is not http1 or h2c",
            read.port_name
        )));
    }
    for kind in ["readinessProbe", "livenessProbe", "startupProbe"] {
        probe(container, kind, read.port, findings);
    }
    if container.pointer("/readinessProbe/periodSeconds").is_some() {
        findings.push(Finding {
            message: "readinessProbe.periodSeconds: with it a starting instance is probed every few seconds instead of every few milliseconds".to_owned(),
            is_refused: false,
        });
    }
}

fn probe(container: &Value, kind: &str, port: Option<u16>, findings: &mut Vec<Finding>) {
    let Some(probe) = container.get(kind).filter(|probe| !probe.is_null()) else {
        return;
    };
    let handlers: Vec<&str> = ["httpGet", "tcpSocket", "grpc", "exec"]
        .into_iter()
        .filter(|handler| probe.get(handler).is_some_and(|value| !value.is_null()))
        .collect();
    if handlers.len() > 1 {
        findings.push(refused(format!(
            "{kind}: it has several handlers: {}",
            handlers.join(", ")
        )));
    }
    for handler in handlers {
        let probed = probe[handler]["port"].as_u64().filter(|port| *port != 0);
        if let (Some(probed), Some(port)) = (probed, port)
            && probed != u64::from(port)
        {
            findings.push(refused(format!(
                "{kind}.{handler}.port: {probed} is not the container's port, which is {port}"
            )));
        }
    }
}

fn traffic(document: &Document, findings: &mut Vec<Finding>) {
    let targets = list(&document.object, "/spec/traffic");
    if targets.is_empty() {
        return;
    }
    let sum: i64 = targets
        .iter()
        .filter_map(|target| target["percent"].as_i64())
        .sum();
    if sum != 100 {
        findings.push(refused(format!(
            "traffic: the percentages add up to {sum}, not 100"
        )));
    }
    let mut tags = BTreeSet::new();
    for tag in targets.iter().map(|target| text(target, "/tag")) {
        if !tag.is_empty() && !tags.insert(tag) {
            findings.push(refused(format!("traffic: the tag {tag} is there twice")));
        }
        let host = tag.len() + 1 + document.name().len();
        if !tag.is_empty() && host > LABEL_LIMIT {
            findings.push(refused(format!(
                "traffic: the host of tag {tag} would have {host} characters; {LABEL_LIMIT} are possible"
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Document, lint};

    fn findings(object: Value) -> Vec<String> {
        let document = Document {
            app: String::new(),
            version: String::new(),
            source: String::new(),
            object,
        };
        lint(&document)
            .into_iter()
            .map(|finding| {
                let mark = if finding.is_refused { "" } else { "(taken) " };
                format!("{mark}{}", finding.message)
            })
            .collect()
    }

    fn service(annotations: Value, spec: Value, traffic: Value) -> Value {
        json!({
            "apiVersion": "serving.knative.dev/v1",
            "kind": "Service",
            "metadata": {"name": "shop", "annotations": annotations},
            "spec": {"template": {"spec": spec}, "traffic": traffic},
        })
    }

    #[test]
    fn a_plain_service_and_any_other_kind_have_no_findings() {
        let spec = json!({"containers": [{"image": "a", "ports": [{"containerPort": 8080}],
            "readinessProbe": {"httpGet": {"path": "/", "port": 0}}}], "timeoutSeconds": 600});
        assert!(findings(service(json!({}), spec, json!([]))).is_empty());
        assert!(findings(json!({"apiVersion": "v1", "kind": "Service"})).is_empty());
    }

    #[test]
    fn what_the_webhook_refuses_is_found() {
        let spec = json!({
            "timeoutSeconds": 601,
            "containers": [{
                "ports": [{"containerPort": 8080, "name": "http"}, {"containerPort": 9}],
                "readinessProbe": {"httpGet": {"port": 8081}, "tcpSocket": {"port": 8080}, "periodSeconds": 10},
            }],
        });
        let traffic = json!([
            {"percent": 60, "tag": "next"},
            {"percent": 60, "tag": "next"},
            {"tag": "x".repeat(60)},
        ]);
        let annotations = json!({"autoscaling.knative.dev/min-scale": "1"});
        insta::assert_debug_snapshot!(findings(service(annotations, spec, traffic)), @r#"
        [
            "annotation autoscaling.knative.dev/min-scale: the metadata of the Service is not its place, which is spec.template.metadata.annotations",
            "timeoutSeconds: 601 is more than 600, the most that a cluster allows by default",
            "ports: a Knative Service has one port",
            "ports[0].name: \"http\" is not http1 or h2c",
            "readinessProbe: it has several handlers: httpGet, tcpSocket",
            "readinessProbe.httpGet.port: 8081 is not the container's port, which is 8080",
            "(taken) readinessProbe.periodSeconds: with it a starting instance is probed every few seconds instead of every few milliseconds",
            "traffic: the percentages add up to 120, not 100",
            "traffic: the tag next is there twice",
            "traffic: the host of tag xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx would have 65 characters; 63 are possible",
        ]
        "#);
    }

    #[test]
    fn a_version_that_is_gone_is_all_that_is_said() {
        let object = json!({"apiVersion": "serving.knative.dev/v1alpha1", "kind": "Service",
            "spec": {"runLatest": {}}});
        assert_eq!(
            findings(object),
            [
                "apiVersion: serving.knative.dev/v1alpha1 is no longer served; serving.knative.dev/v1 is"
            ]
        );
    }

    #[test]
    fn a_service_without_a_container_is_refused() {
        assert_eq!(
            findings(service(json!({}), json!({}), json!(null))),
            ["containers: there is none"]
        );
    }
}
