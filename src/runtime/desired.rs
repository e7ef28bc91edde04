//! What an environment's documents ask this machine to run. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serving::annotations::{Scaling, go_duration};
use serving::revision::{revision_name, template_hash};
use serving::route::{app_host, normal_host};

use crate::manifest::config::{PodFacts, variables};
use crate::manifest::workload::{self, Container, HttpProbe};
use crate::manifest::{Document, knative};
use crate::ports::artifacts::{ArtifactError, ArtifactStore, ImageReference, StoredImage};
use crate::ports::platform::{EnvironmentContent, NotSimulated};

/// Kinds that have their effect here, or none that could be missed.
const SILENT_KINDS: &[&str] = &[
    "Service",
    "ConfigMap",
    "Secret",
    "ServiceAccount",
    "Namespace",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
    "Role",
    "RoleBinding",
    "ClusterRole",
    "ClusterRoleBinding",
    "NetworkPolicy",
    "LimitRange",
    "ResourceQuota",
];
/// Kinds that have a pod template, as a database has, and are not started here.
const STATEFUL_KINDS: &[&str] = &["StatefulSet", "DaemonSet", "ReplicaSet"];
/// How long a start may take unless the template says otherwise.
const PROGRESS_DEADLINE: Duration = Duration::from_mins(10);

/// One workload to run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Workload {
    /// The environment.
    pub(super) environment: String,
    /// The app it belongs to.
    pub(super) app: String,
    /// The app's version.
    pub(super) version: String,
    /// The name of the Deployment or Service.
    pub(super) name: String,
    /// The host names that lead to it, without the port; none for a workload that serves nobody.
    pub(super) hosts: Vec<String>,
    /// The revision's name.
    pub(super) revision: String,
    /// Changes whenever the processes must be replaced.
    pub(super) identity: String,
    /// The image.
    pub(super) image: StoredImage,
    /// The program and its arguments.
    pub(super) command: Vec<String>,
    /// The folder to run in, below the image's files; empty is the image's own.
    pub(super) working_dir: String,
    /// The variables of the container, the image's included.
    pub(super) environment_variables: BTreeMap<String, String>,
    /// The port the template names, which the app may insist on.
    pub(super) declared_port: Option<u16>,
    /// How readiness is asked beyond a connection.
    pub(super) probe: Option<HttpProbe>,
    /// Whether the app speaks HTTP/2 without TLS.
    pub(super) http2: bool,
    /// How many instances.
    pub(super) scale: Scale,
    /// The limit of requests in one instance; 0 is none.
    pub(super) container_concurrency: u32,
    /// How long a request may take.
    pub(super) timeout: Duration,
    /// How long a start may take.
    pub(super) progress_deadline: Duration,
}

/// How many instances a workload has.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scale {
    /// A fixed number.
    Fixed(u32),
    /// As many as the load needs.
    Automatic(Box<Scaling>),
}

/// What an environment asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Desired {
    /// What runs here.
    pub(super) workloads: Vec<Workload>,
    /// What does not.
    pub(super) not_simulated: Vec<NotSimulated>,
}

/// Reads the documents of an environment.
pub(super) fn read(
    environment: &str,
    content: &EnvironmentContent,
    images: &dyn ArtifactStore,
) -> Desired {
    let mut reader = Reader {
        environment,
        content,
        images,
        desired: Desired::default(),
    };
    for document in &content.documents {
        reader.document(document);
    }
    let mut desired = reader.desired;
    name_by_app(environment, &mut desired.workloads);
    desired.not_simulated.sort();
    desired.not_simulated.dedup();
    desired
}

/// The only workload of an app that serves answers under the app's name as well.
fn name_by_app(environment: &str, workloads: &mut [Workload]) {
    let taken: BTreeSet<String> = workloads
        .iter()
        .flat_map(|workload| workload.hosts.iter().cloned())
        .collect();
    let mut serving: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, workload) in workloads
        .iter()
        .enumerate()
        .filter(|(_, workload)| !workload.hosts.is_empty())
    {
        serving.entry(workload.app.clone()).or_default().push(index);
    }
    for (app, indexes) in serving {
        let host = normal_host(&app_host(&app, environment));
        if let ([index], false) = (indexes.as_slice(), taken.contains(&host)) {
            workloads[*index].hosts.insert(0, host);
        }
    }
}

struct Reader<'a> {
    environment: &'a str,
    content: &'a EnvironmentContent,
    images: &'a dyn ArtifactStore,
    desired: Desired,
}

impl Reader<'_> {
    fn document(&mut self, document: &Document) {
        if knative::is_service(document) {
            let (serving, errors) = knative::serving(document);
            for error in errors {
                self.not_simulated(document, &format!("{error}; the default is used"), None);
            }
            let hosts = vec![app_host(document.name(), self.environment)];
            let deadline = progress_deadline(document);
            self.workload(document, hosts, |workload| {
                workload.scale = Scale::Automatic(Box::new(serving.scaling));
                workload.container_concurrency = serving.container_concurrency;
                workload.timeout = serving.timeout;
                workload.progress_deadline = deadline;
            });
        } else if workload::is_deployment(document) {
            let template = workload::template(document);
            let mut names = workload::services_of(template, &self.content.documents);
            let port = workload::container(template)
                .and_then(|container| workload::read_container(container).port);
            if names.is_empty() && port.is_some() {
                names.push(document.name());
            }
            let hosts = names
                .into_iter()
                .map(|name| app_host(name, self.environment))
                .collect();
            let replicas = workload::replicas(document);
            self.workload(document, hosts, |workload| {
                workload.scale = Scale::Fixed(replicas);
            });
        } else if STATEFUL_KINDS.contains(&document.kind()) {
            self.elsewhere(document, "workloads of this kind are not started here");
        } else if document.kind() == "Ingress" {
            self.not_simulated(document, "the gateway routes by host name instead", None);
        } else if !SILENT_KINDS.contains(&document.kind()) {
            self.not_simulated(document, "this kind has no local counterpart", None);
        }
    }

    fn workload(
        &mut self,
        document: &Document,
        hosts: Vec<String>,
        adjust: impl FnOnce(&mut Workload),
    ) {
        let template = workload::template(document);
        let Some(container) = workload::container(template) else {
            return self.not_simulated(document, "it has no container", None);
        };
        let read = workload::read_container(container);
        let Some(image) = self.image(document, &read) else {
            return;
        };
        for name in workload::other_containers(template) {
            self.not_simulated(
                document,
                &format!("container {name} beside the one that serves is not started"),
                None,
            );
        }
        if !crate::manifest::list(container, "/volumeMounts").is_empty() {
            self.not_simulated(document, "volumes are not mounted", None);
        }
        let facts = PodFacts {
            namespace: self.environment.to_owned(),
        };
        let (own, missing) = variables(container, &self.content.documents, &facts);
        for what in missing {
            self.not_simulated(document, &what, None);
        }
        let mut all = image.config.environment.clone();
        all.extend(own);
        stand_in(&mut all, &self.content.stand_ins);
        let Some(command) = command(&image, &read, &all) else {
            return self.not_simulated(
                document,
                "neither the image nor the container names a program to start",
                None,
            );
        };
        let revision = revision_name(document.name(), template);
        // What the template's hash does not cover but a process does depend on.
        let identity = format!(
            "{revision} {} {} {all:?} {command:?}",
            template_hash(template),
            image.files.display()
        );
        let mut workload = Workload {
            environment: self.environment.to_owned(),
            app: document.app.clone(),
            version: document.version.clone(),
            name: document.name().to_owned(),
            hosts,
            revision,
            identity,
            declared_port: read.port.or(image.config.port),
            image,
            command,
            working_dir: read.working_dir.clone(),
            environment_variables: all,
            probe: read.readiness,
            http2: read.port_name == "h2c",
            scale: Scale::Fixed(1),
            container_concurrency: 0,
            timeout: knative::DEFAULT_TIMEOUT,
            progress_deadline: PROGRESS_DEADLINE,
        };
        adjust(&mut workload);
        self.desired.workloads.push(workload);
    }

    /// The image of a container; without one the workload is listed as not simulated.
    fn image(&mut self, document: &Document, container: &Container) -> Option<StoredImage> {
        match find_image(self.images, &container.image) {
            Ok(Some(image)) => return Some(image),
            Ok(None) => {}
            Err(error) => {
                self.not_simulated(
                    document,
                    &format!("image {}: {error}", container.image),
                    None,
                );
                return None;
            }
        }
        let reason = format!("image {} is not in the local store", container.image);
        self.elsewhere(document, &reason);
        None
    }

    /// A workload that does not run here: what stands in for it, or how to have something stand in. Its name for others is that
    /// of its Service.
    fn elsewhere(&mut self, document: &Document, reason: &str) {
        let template = workload::template(document);
        let mut names = workload::services_of(template, &self.content.documents);
        names.push(document.name());
        let stand_ins = &self.content.stand_ins;
        if let Some(address) = names.iter().find_map(|name| stand_ins.get(*name)) {
            self.not_simulated(document, &format!("{address} stands in for it"), None);
            return;
        }
        let hint = format!(
            "start one yourself and name it in environment.yaml: `standIns: {{{}: \"127.0.0.1:PORT\"}}`",
            names[0]
        );
        self.not_simulated(document, reason, Some(hint));
    }

    fn not_simulated(&mut self, document: &Document, reason: &str, hint: Option<String>) {
        self.desired.not_simulated.push(NotSimulated {
            environment: self.environment.to_owned(),
            kind: document.kind().to_owned(),
            name: document.name().to_owned(),
            reason: reason.to_owned(),
            hint,
        });
    }
}

/// The image that a document names; `None` when the name is no local one, or the store does not have it.
fn find_image(
    images: &dyn ArtifactStore,
    name: &str,
) -> Result<Option<StoredImage>, ArtifactError> {
    name.parse::<ImageReference>()
        .map_or(Ok(None), |reference| images.image(&reference))
}

fn progress_deadline(document: &Document) -> Duration {
    let annotations = crate::manifest::map(&document.object, "/spec/template/metadata/annotations");
    annotations
        .get("serving.knative.dev/progress-deadline")
        .and_then(serde_json::Value::as_str)
        .and_then(go_duration)
        .unwrap_or(PROGRESS_DEADLINE)
}

/// The container's command wins over the image's, and its arguments follow either.
fn command(
    image: &StoredImage,
    container: &Container,
    all: &BTreeMap<String, String>,
) -> Option<Vec<String>> {
    let base = if container.command.is_empty() {
        &image.config.command
    } else {
        &container.command
    };
    let words = base.iter().chain(&container.args);
    let command: Vec<String> = words.map(|word| workload::expand(word, all)).collect();
    (!command.is_empty()).then_some(command)
}

/// Points variables that name a Service to what stands in for it.
///
/// A value that is exactly the Service's name becomes the host, or `host:port` when the port is not the one a variable beside it gives;
/// `name:port` and `scheme://name[:port]` become the same with the stand-in's host and port.
fn stand_in(variables: &mut BTreeMap<String, String>, stand_ins: &BTreeMap<String, String>) {
    for (service, address) in stand_ins {
        let host = address
            .rsplit_once(':')
            .map_or(address.as_str(), |(host, _)| host);
        let port = address.rsplit_once(':').map(|(_, port)| port);
        let paired: Vec<String> = variables
            .iter()
            .filter(|(_, value)| *value == service)
            .map(|(name, _)| {
                format!(
                    "{}PORT",
                    name.strip_suffix("HOST")
                        .map_or(format!("{name}_"), str::to_owned)
                )
            })
            .collect();
        let has_pair = paired.iter().any(|name| variables.contains_key(name));
        for (name, value) in variables.iter_mut() {
            if value == service {
                *value = if has_pair {
                    host.to_owned()
                } else {
                    address.clone()
                };
            } else if paired.contains(name) {
                if let Some(port) = port {
                    port.clone_into(value);
                }
            } else if let Some(replaced) = replace_authority(value, service, address) {
                *value = replaced;
            }
        }
    }
}

/// `value` with its authority replaced when that is `service` or `service:port`, bare or after `://`.
fn replace_authority(value: &str, service: &str, address: &str) -> Option<String> {
    let start = value.find("://").map_or(0, |at| at + 3);
    let rest = &value[start..];
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let (login, place) = authority
        .rsplit_once('@')
        .map_or(("", authority), |(login, place)| (login, place));
    let (name, port) = place.split_once(':').unwrap_or((place, ""));
    let bare = start == 0 && (end != rest.len() || port.is_empty() || !login.is_empty());
    if name != service || bare {
        return None;
    }
    let at = if login.is_empty() { "" } else { "@" };
    Some(format!(
        "{}{login}{at}{address}{}",
        &value[..start],
        &rest[end..]
    ))
}

#[cfg(test)]
mod tests;
