//! What a Deployment and a Knative Service have in common: a pod template with a container that serves.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Document, list, map, text};

/// The container that serves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    /// The image reference.
    pub image: String,
    /// Replaces the image's command when not empty.
    pub command: Vec<String>,
    /// Arguments.
    pub args: Vec<String>,
    /// The folder to run in; empty is the image's.
    pub working_dir: String,
    /// The port that it serves on.
    pub port: Option<u16>,
    /// The protocol of that port by its name: `h2c` is HTTP/2.
    pub port_name: String,
    /// How readiness is probed, beyond a connection.
    pub readiness: Option<HttpProbe>,
}

/// A probe by HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpProbe {
    /// The path.
    pub path: String,
    /// Headers of the request.
    pub headers: Vec<(String, String)>,
}

/// The pod template of a workload document.
pub fn template(document: &Document) -> &Value {
    document
        .object
        .pointer("/spec/template")
        .unwrap_or(&Value::Null)
}

/// The container that serves: the one with ports, else the first.
pub fn container(template: &Value) -> Option<&Value> {
    let containers = list(template, "/spec/containers");
    containers
        .iter()
        .find(|container| !list(container, "/ports").is_empty())
        .or(containers.first())
}

/// Names of the containers beside the one that serves, and of those that run before it.
pub fn other_containers(template: &Value) -> Vec<String> {
    let serving = container(template).map(|container| text(container, "/name"));
    list(template, "/spec/containers")
        .iter()
        .map(|container| text(container, "/name"))
        .filter(|name| Some(*name) != serving)
        .chain(
            list(template, "/spec/initContainers")
                .iter()
                .map(|container| text(container, "/name")),
        )
        .map(str::to_owned)
        .collect()
}

/// Reads a container.
pub fn read_container(container: &Value) -> Container {
    let strings = |pointer| {
        list(container, pointer)
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let port = list(container, "/ports").first();
    Container {
        image: text(container, "/image").to_owned(),
        command: strings("/command"),
        args: strings("/args"),
        working_dir: text(container, "/workingDir").to_owned(),
        port: port
            .and_then(|port| port.get("containerPort"))
            .and_then(Value::as_u64)
            .and_then(|port| u16::try_from(port).ok()),
        port_name: port
            .map(|port| text(port, "/name"))
            .unwrap_or_default()
            .to_owned(),
        readiness: container
            .pointer("/readinessProbe/httpGet")
            .map(|probe| HttpProbe {
                path: match text(probe, "/path") {
                    "" => "/".to_owned(),
                    path => path.to_owned(),
                },
                headers: list(probe, "/httpHeaders")
                    .iter()
                    .map(|header| {
                        (
                            text(header, "/name").to_owned(),
                            text(header, "/value").to_owned(),
                        )
                    })
                    .collect(),
            }),
    }
}

/// The number of instances a Deployment asks for.
pub fn replicas(document: &Document) -> u32 {
    document
        .object
        .pointer("/spec/replicas")
        .and_then(Value::as_u64)
        .map_or(1, |replicas| u32::try_from(replicas).unwrap_or(u32::MAX))
}

/// Whether a document is a Deployment, in the group of today or that of old charts.
pub fn is_deployment(document: &Document) -> bool {
    document.is("apps", "Deployment") || document.is("extensions", "Deployment")
}

/// The names of the Services whose selector chooses the pods of a template, headless ones last.
pub fn services_of<'a>(template: &Value, documents: &'a [Document]) -> Vec<&'a str> {
    let labels = map(template, "/metadata/labels");
    let mut services: Vec<&Document> = documents
        .iter()
        .filter(|document| document.is("", "Service"))
        .filter(|service| {
            let selector = map(&service.object, "/spec/selector");
            !selector.is_empty()
                && selector
                    .iter()
                    .all(|(key, value)| labels.get(key) == Some(value))
        })
        .collect();
    services.sort_by_key(|service| text(&service.object, "/spec/clusterIP") == "None");
    services.into_iter().map(Document::name).collect()
}

/// Replaces `$(NAME)` by the value of an earlier variable, as Kubernetes does; `$$` is a dollar sign, unknown names stay.
pub fn expand(text: &str, variables: &BTreeMap<String, String>) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(dollar) = rest.find('$') {
        expanded.push_str(&rest[..dollar]);
        rest = &rest[dollar + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            expanded.push('$');
            rest = after;
            continue;
        }
        let reference = rest
            .strip_prefix('(')
            .and_then(|inner| inner.split_once(')'));
        match reference.and_then(|(name, after)| Some((variables.get(name)?, after))) {
            Some((value, after)) => {
                expanded.push_str(value);
                rest = after;
            }
            None => expanded.push('$'),
        }
    }
    expanded.push_str(rest);
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_container_with_ports_serves() {
        let template = json!({"spec": {
            "containers": [{"name": "agent"}, {"name": "web", "image": "x", "ports": [{"containerPort": 8080, "name": "h2c"}],
                "readinessProbe": {"httpGet": {"path": "/ready"}}}],
            "initContainers": [{"name": "migrate"}],
        }});
        let read = read_container(container(&template).expect("a container"));
        assert_eq!(
            (read.image.as_str(), read.port, read.port_name.as_str()),
            ("x", Some(8080), "h2c")
        );
        assert_eq!(
            read.readiness.map(|probe| probe.path).as_deref(),
            Some("/ready")
        );
        assert_eq!(other_containers(&template), ["agent", "migrate"]);
    }

    #[test]
    fn services_are_found_by_their_selector() {
        let service = |name: &str, selector: Value| Document {
            app: String::new(),
            version: String::new(),
            source: String::new(),
            object: json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": {"selector": selector}}),
        };
        let documents = [
            service("a", json!({"app": "a"})),
            service("b", json!({"app": "b"})),
            service("none", json!({})),
        ];
        let template = json!({"metadata": {"labels": {"app": "a", "release": "r"}}});
        assert_eq!(services_of(&template, &documents), ["a"]);
    }

    #[test]
    fn references_expand_as_in_kubernetes() {
        let variables = BTreeMap::from([("A".to_owned(), "1".to_owned())]);
        for (text, expected) in [
            ("x$(A)y", "x1y"),
            ("$$(A)", "$(A)"),
            ("$(B)", "$(B)"),
            ("$", "$"),
            ("$(A", "$(A"),
        ] {
            assert_eq!(expand(text, &variables), expected, "{text}");
        }
    }
}
