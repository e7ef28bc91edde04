use serde_json::json;

use super::{AdoptError, DeployKind, Replicas, look, plan_deploy};
use crate::project::Project;

/// A chart as Jenkins X 2 made them, shortened.
const JX: &[(&str, &str)] = &[
    ("charts/shop/Chart.yaml", "name: shop\n"),
    (
        "charts/shop/values.yaml",
        "# enable this flag to use knative serve to deploy the app\nknativeDeploy: false # no\nhpa:\n  enabled: true\n  minReplicas: 2\n  maxReplicas: 6\ncanary:\n  enabled: false\nimage:\n  repository: draft\n  tag: dev\n",
    ),
    (
        "charts/shop/templates/ksvc.yaml",
        "{{- if .Values.knativeDeploy }}\napiVersion: serving.knative.dev/v1alpha1\nkind: Service\nspec:\n  runLatest:\n    configuration:\n      revisionTemplate:\n        spec:\n          container:\n            image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"\n{{- end }}\n",
    ),
    (
        "charts/shop/templates/deployment.yaml",
        "{{- if .Values.knativeDeploy }}\n{{- else }}\napiVersion: apps/v1\nkind: Deployment\n{{- end }}\n",
    ),
    (
        "charts/shop/templates/hpa.yaml",
        "{{- if .Values.hpa.enabled }}\napiVersion: autoscaling/v2beta1\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef:\n    kind: Deployment\n  minReplicas: {{ .Values.hpa.minReplicas }}\n  maxReplicas: {{ .Values.hpa.maxReplicas }}\n{{- end }}\n",
    ),
    (
        "charts/shop/templates/canary.yaml",
        "{{- if .Values.canary.enabled }}\napiVersion: flagger.app/v1beta1\nkind: Canary\n{{- end }}\n",
    ),
];

/// What `helm create` makes, shortened: no Knative.
const HELM: &[(&str, &str)] = &[
    ("Chart.yaml", "name: shop\n"),
    (
        "values.yaml",
        "replicaCount: 1\nautoscaling:\n  enabled: false\n  minReplicas: 1\n  maxReplicas: 100\nimage:\n  repository: nginx\n  tag: \"\"\n",
    ),
    (
        "templates/deployment.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  containers:\n  - image: \"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}\"\n",
    ),
    (
        "templates/hpa.yaml",
        "{{- if .Values.autoscaling.enabled }}\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  minReplicas: {{ .Values.autoscaling.minReplicas }}\n  maxReplicas: {{ .Values.autoscaling.maxReplicas }}\n{{- end }}\n",
    ),
];

fn project(files: &[(&str, &str)]) -> Project {
    Project::in_memory("shop", files.iter().copied())
}

/// The changes as `key=value`, or what is wrong.
fn changes(files: &[(&str, &str)], folder: &str, kind: DeployKind, replicas: Replicas) -> String {
    match plan_deploy(&project(files), folder, kind, replicas) {
        Ok(plan) => {
            let each = plan
                .sets
                .iter()
                .map(|set| format!("{}={}", set.key, set.to));
            each.collect::<Vec<_>>().join(" ")
        }
        Err(error) => error.to_string(),
    }
}

const NONE: Replicas = Replicas {
    min: None,
    max: None,
};

#[test]
fn a_chart_of_jenkins_x_is_switched_by_what_its_templates_ask_for() {
    let turn = |kind| changes(JX, "charts/shop", kind, NONE);
    assert_eq!(
        turn(DeployKind::Knative),
        "knativeDeploy=true hpa.enabled=false"
    );
    assert_eq!(turn(DeployKind::Default), "hpa.enabled=false");
    assert_eq!(turn(DeployKind::Hpa), "");
    let plan = plan_deploy(&project(JX), "charts/shop", DeployKind::Knative, NONE).unwrap();
    assert_eq!(
        plan.after,
        plan.before
            .replace("knativeDeploy: false # no", "knativeDeploy: true # no")
            .replacen("enabled: true", "enabled: false", 1)
    );
    assert_eq!(plan.warnings.len(), 1, "{:?}", plan.warnings);
    assert_eq!(plan.sets[0].from, json!(false));
    let replicas = Replicas {
        min: Some(3),
        max: Some(6),
    };
    let bounded = changes(JX, "charts/shop", DeployKind::Hpa, replicas);
    assert_eq!(bounded, "hpa.minReplicas=3");
    let replicas = Replicas {
        min: Some(9),
        max: None,
    };
    let wrong = changes(JX, "charts/shop", DeployKind::Hpa, replicas);
    assert_eq!(wrong, "9 replicas at least are more than 6 at most");
}

#[test]
fn a_chart_with_other_names_is_switched_too_and_told_what_it_lacks() {
    assert_eq!(
        changes(HELM, ".", DeployKind::Hpa, NONE),
        "autoscaling.enabled=true"
    );
    assert_eq!(changes(HELM, ".", DeployKind::Default, NONE), "");
    let error = plan_deploy(&project(HELM), ".", DeployKind::Knative, NONE).unwrap_err();
    assert!(
        matches!(&error, AdoptError::NoObject { what: "Knative Service", add, .. }
            if add.contains("templates/ksvc.yaml") && add.contains("{{ if .Values.knativeDeploy }}")),
        "{error:?}"
    );
    let mut both = HELM.to_vec();
    both.push((
        "templates/knative.yaml",
        "{{ if eq .Values.mode \"knative\" }}\napiVersion: serving.knative.dev/v1\nkind: Service\n{{ end }}\n",
    ));
    assert_eq!(
        changes(&both, ".", DeployKind::Knative, NONE),
        "templates/deployment.yaml:2 renders a Deployment whatever the values say"
    );
    both[2].1 =
        "{{ if ne .Values.mode \"knative\" }}\napiVersion: apps/v1\nkind: Deployment\n{{ end }}\n";
    assert_eq!(
        changes(&both, ".", DeployKind::Knative, NONE),
        "mode=\"knative\""
    );
}

#[test]
fn values_that_cannot_be_edited_are_refused() {
    let with_values = |values: &'static str| {
        let mut files = JX.to_vec();
        files[1].1 = values;
        changes(&files, "charts/shop", DeployKind::Knative, NONE)
    };
    assert_eq!(with_values(""), "knativeDeploy=true");
    assert_eq!(
        with_values("- a\n"),
        "cannot use charts/shop/values.yaml: a mapping is expected"
    );
    assert!(with_values("a: [\n").starts_with("cannot use charts/shop/values.yaml: yaml:"));
    assert_eq!(
        with_values("knativeDeploy: &x false\n"),
        "cannot set knativeDeploy in charts/shop/values.yaml"
    );
}

#[test]
fn what_an_adopted_chart_lacks_is_said() {
    let because =
        |files: &[(&str, &str)], folder: &str| look(&project(files), folder).unwrap().because();
    assert_eq!(
        because(HELM, "."),
        "is the repository's chart; the release packages it, and none is added beside it; its image is set at image.repository, image.tag"
    );
    assert!(because(JX, "charts/shop").ends_with("charts/shop/templates/ksvc.yaml is for a Knative that no cluster has any more, which --convert-charts mends"));
    let mut fixed = HELM.to_vec();
    fixed[2].1 = "kind: Deployment\nspec:\n  containers:\n  - image: nginx:1.27\n";
    assert!(
        because(&fixed, ".")
            .contains("templates/deployment.yaml:4 names the image nginx:1.27 outright"),
        "{}",
        because(&fixed, ".")
    );
}

#[test]
fn the_other_components_of_a_chart_stay_as_they_are() {
    let mut files = JX.to_vec();
    files.push((
        "charts/shop/templates/redis.yaml",
        "{{- if .Values.redis.enabled }}\napiVersion: apps/v1\nkind: Deployment\n{{- end }}\n",
    ));
    files.push((
        "charts/shop/templates/redis-hpa.yaml",
        "{{- if .Values.redis.autoscaling.enabled }}\nkind: HorizontalPodAutoscaler\n{{- end }}\n",
    ));
    let turn = |kind| changes(&files, "charts/shop", kind, NONE);
    assert_eq!(
        turn(DeployKind::Knative),
        "knativeDeploy=true hpa.enabled=false"
    );
    assert_eq!(turn(DeployKind::Default), "hpa.enabled=false");
    assert_eq!(turn(DeployKind::Hpa), "");
    let mut files = HELM.to_vec();
    files.push((
        "templates/redis.yaml",
        "{{- if .Values.redis.enabled }}\napiVersion: apps/v1\nkind: Deployment\n{{- end }}\n",
    ));
    assert_eq!(changes(&files, ".", DeployKind::Default, NONE), "");
}

#[test]
fn a_condition_that_is_not_about_values_does_not_stand_in_the_way() {
    let mut files = HELM.to_vec();
    files[3].1 = "{{- if .Capabilities.APIVersions.Has \"autoscaling/v2\" }}{{- if .Values.autoscaling.enabled }}\nkind: HorizontalPodAutoscaler\n{{- end }}{{ end }}\n";
    assert_eq!(changes(&files, ".", DeployKind::Default, NONE), "");
    files[2].1 = "{{- if include \"shop.enabled\" . }}\nkind: Deployment\n{{- end }}\n";
    assert_eq!(changes(&files, ".", DeployKind::Default, NONE), "");
}
