//! What the packs write, sent to the server as a dry run: charts of every shape of values, and pipelines.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::api_server::{ADMIN, ApiServer, is_object};
use super::client::{Client, Mode};
use crate::packs::all_plans;
use crate::packs::charts::{VALUES, landfall, output, write_charts};

/// A namespace whose pods should be restricted (the strictest of the Pod Security Standards); what is not is warned of.
const NAMESPACE: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/warn: restricted\n    pod-security.kubernetes.io/warn-version: latest\n";

/// Beside the usual values: everything that a user may set, for both kinds.
const MORE_VALUES: [&str; 5] = [
    "knativeDeploy: false\nenv: {A: b, C: 1}\nenvFrom: [{secretRef: {name: s}}, {configMapRef: {name: c, optional: true}}]\nservice: {type: NodePort, externalPort: 8080, annotations: {a: 'true'}}\nknative: {serviceAccountName: sa, imagePullSecrets: [{name: pull}], readiness: {type: grpc}}\nterminationGracePeriodSeconds: 60\nlivenessProbe: {enabled: false}\n",
    "knativeDeploy: false\nhpa: {enabled: true, minReplicas: 2, maxReplicas: 9, cpuUtilization: 60}\ningress: {enabled: true, className: nginx, annotations: {a: 1}}\n",
    "env: {A: b}\nenvFrom: [{secretRef: {name: s}}]\nknative: {containerConcurrency: 10, timeoutSeconds: 600, responseStartTimeoutSeconds: 30, idleTimeoutSeconds: 20, progressDeadline: 120s, serviceAccountName: sa, imagePullSecrets: [{name: pull}], annotations: {a: 1}, revisionAnnotations: {b: true}, readiness: {type: grpc, successThreshold: 1}, liveness: {enabled: true, path: /live}}\n",
    "knative: {revisionName: blue, scaling: {minScale: 2, maxScale: 20, initialScale: 2, activationScale: 3, metric: rps, target: 100, targetUtilization: 70, window: 60s, scaleDownDelay: 15m, podRetention: 1m, burstCapacity: -1}}\nresources: {}\n",
    "knativeDeploy: false\nprobePath: ''\nresources: {}\ningress: {enabled: true, host: a.example.com, path: /shop}\n",
];

fn server() -> ApiServer {
    let server = ApiServer::start();
    let admin = server.client(ADMIN);
    assert_eq!(admin.apply(NAMESPACE, Mode::Real).fault(), None);
    server
}

fn define_knative(server: &ApiServer) {
    let folder = std::env::var_os("LANDFALL_TEST_KNATIVE")
        .expect("LANDFALL_TEST_KNATIVE is set by eval \"$(tests/cluster/build)\"");
    server.define(Path::new(&folder));
}

/// Sends every document of a text. What is not accepted is told with its kind and name.
fn send(client: &Client, from: &str, text: &str, kinds: &mut BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for document in text.split("\n---\n").filter(|part| is_object(part)) {
        let field = |name: &str| {
            let line = document.lines().find_map(|line| {
                line.trim_start()
                    .strip_prefix(name)?
                    .strip_prefix(": ")
                    .map(str::to_owned)
            });
            line.unwrap_or_default()
        };
        let (version, kind, name) = (field("apiVersion"), field("kind"), field("name"));
        if let Some(fault) = client.apply(document, Mode::DryRun).fault() {
            faults.push(format!("{from}: {kind} {name}: {fault}"));
        }
        kinds.insert(format!("{version} {kind}"));
    }
    faults
}

#[test]
#[ignore = "needs a kube-apiserver: tests/cluster/build"]
fn charts_of_all_packs_are_accepted_for_every_shape_of_values() {
    let server = server();
    define_knative(&server);
    let strict = server.client(ADMIN).in_namespace("shop");
    let plain = server.client(ADMIN);
    let folder = tempfile::tempdir().unwrap();
    let (mut faults, mut kinds) = (Vec::new(), BTreeSet::new());
    // A release's name has at most 53 characters.
    let longest = "a".repeat(53);
    for (pack, chart) in write_charts(folder.path()) {
        // The sample of a chart of one's own has an image from elsewhere, which runs as root.
        let client = if pack == "helm" { &plain } else { &strict };
        for (number, values) in VALUES.iter().chain(&MORE_VALUES).enumerate() {
            let file = folder.path().join(format!("{number}.yaml"));
            fs::write(&file, values).unwrap();
            let release = if number % 3 == 1 { &longest } else { "hello" };
            let text = output(
                &landfall(),
                &[
                    "template",
                    release,
                    chart.to_str().unwrap(),
                    "--namespace=shop",
                    "--values",
                    file.to_str().unwrap(),
                ],
            );
            let from = format!("{pack}, values {number}");
            faults.extend(send(client, &from, &format!("\n{text}"), &mut kinds));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let expected = [
        "apps/v1 Deployment",
        "autoscaling/v2 HorizontalPodAutoscaler",
        "networking.k8s.io/v1 Ingress",
        "serving.knative.dev/v1 Service",
        "v1 Service",
    ];
    assert_eq!(kinds.iter().collect::<Vec<_>>(), expected);
}

#[test]
#[ignore = "needs a kube-apiserver: tests/cluster/build"]
fn pipelines_of_all_packs_are_accepted() {
    let tekton = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/crds/tekton");
    if !tekton.is_dir() {
        eprintln!(
            "left out: {} is not here, and no registry has it",
            tekton.display()
        );
        return;
    }
    let server = server();
    server.define(&tekton);
    let client = server.client(ADMIN).in_namespace("shop");
    let (mut faults, mut kinds) = (Vec::new(), BTreeSet::new());
    let mut seen = BTreeSet::new();
    for (pack, prepared) in all_plans() {
        for (path, text) in prepared.contents {
            if path.starts_with(".tekton/") && seen.insert(text.clone()) {
                faults.extend(send(&client, &format!("{pack}, {path}"), &text, &mut kinds));
            }
        }
    }
    faults.sort();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let expected = [
        "tekton.dev/v1 Pipeline",
        "tekton.dev/v1 PipelineRun",
        "tekton.dev/v1 Task",
    ];
    assert_eq!(kinds.iter().collect::<Vec<_>>(), expected);
    let wrong = "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec: {steps: [{name: a, image: b, scripts: c}]}\n";
    let reply = client.apply(wrong, Mode::DryRun);
    assert!(reply.fault().unwrap().contains("scripts"), "{reply:?}");
}

/// The checks above can fail.
#[test]
#[ignore = "needs a kube-apiserver: tests/cluster/build"]
fn what_is_wrong_is_refused_or_warned_of() {
    let server = server();
    define_knative(&server);
    let client = server.client(ADMIN).in_namespace("shop");
    let mut wrong = Vec::new();
    for (document, expected) in [
        (
            "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{image: a}], replicas: 1}}}\n",
            ".spec.template.spec.replicas: field not declared in schema",
        ),
        (
            "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}\nspec: {template: {spec: {timeoutSeconds: soon, containers: [{image: a}]}}}\n",
            "spec.template.spec.timeoutSeconds",
        ),
        (
            "apiVersion: v1\nkind: Service\nmetadata: {name: A_b}\nspec: {ports: [{port: 80}]}\n",
            "metadata.name",
        ),
        (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}\n",
            "spec.selector",
        ),
        (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}\n",
            "would violate PodSecurity",
        ),
        (
            "apiVersion: shop/v1\nkind: Cart\nmetadata: {name: a}\n",
            "404",
        ),
        ("apiVersion: v1\nkind: Cart\nmetadata: {name: a}\n", "404"),
    ] {
        let fault = client.apply(document, Mode::DryRun).fault();
        if !fault
            .as_deref()
            .is_some_and(|fault| fault.contains(expected))
        {
            wrong.push(format!("{expected}: {fault:?}\n{document}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
