//! `.Capabilities`.

use std::any::Any;

use gotpl::{Context, Error, Kind, Object, Signature, Text, Type, Value};

use crate::Capabilities;

/// Helm's own version, told to charts: this engine prints what this version prints.
const HELM_VERSION: &str = "v4.3.1";
const HELM_COMMIT: &str = "c0d08d0d6d9424d4a14febb5e8a3e51b0dd00dff";
const HELM_GO_VERSION: &str = "go1.27.2";
const HELM_KUBE_CLIENT: &str = "v1.37";

/// `.Capabilities` of a template.
pub(crate) fn template_capabilities(capabilities: &Capabilities) -> Value {
    Value::object(Cluster(capabilities.clone()))
}

/// `*common.Capabilities`.
#[derive(Debug)]
struct Cluster(Capabilities);

impl Object for Cluster {
    fn type_of(&self) -> Type {
        Type::Named("*common.Capabilities", Kind::Pointer)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            (
                "KubeVersion",
                Value::object(KubeVersion(self.0.kube_version.clone())),
            ),
            (
                "APIVersions",
                Value::object(VersionSet(self.0.api_versions.clone())),
            ),
            ("HelmVersion", Value::object(HelmVersion)),
        ]
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Copy").then_some(Signature::fixed(&[]))
    }

    fn call(&self, _name: &str, _context: &Context<'_>, _args: &[Value]) -> Result<Value, Error> {
        Ok(template_capabilities(&self.0))
    }
}

/// `common.KubeVersion`.
#[derive(Debug)]
struct KubeVersion(crate::KubeVersion);

impl Object for KubeVersion {
    fn type_of(&self) -> Type {
        Type::Named("common.KubeVersion", Kind::Struct)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Version", Value::from(self.0.version.as_str())),
            ("Major", Value::from(self.0.major.as_str())),
            ("Minor", Value::from(self.0.minor.as_str())),
        ]
    }

    fn method(&self, name: &str) -> Option<Signature> {
        matches!(name, "String" | "GitVersion").then_some(Signature::fixed(&[]))
    }

    fn call(&self, name: &str, _context: &Context<'_>, _args: &[Value]) -> Result<Value, Error> {
        Ok(Value::from(if name == "String" {
            self.0.normalized.as_str()
        } else {
            self.0.version.as_str()
        }))
    }

    fn printed_fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Version", Value::from(self.0.version.as_str())),
            ("normalizedVersion", Value::from(self.0.normalized.as_str())),
            ("Major", Value::from(self.0.major.as_str())),
            ("Minor", Value::from(self.0.minor.as_str())),
        ]
    }

    fn display(&self) -> Option<String> {
        Some(self.0.normalized.clone())
    }

    fn display_needs_address(&self) -> bool {
        true
    }
}

/// `common.VersionSet`.
#[derive(Debug)]
struct VersionSet(Vec<String>);

impl Object for VersionSet {
    fn type_of(&self) -> Type {
        Type::Named("common.VersionSet", Kind::Slice)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Has").then_some(Signature::fixed(&[Type::String]))
    }

    fn call(&self, _name: &str, _context: &Context<'_>, args: &[Value]) -> Result<Value, Error> {
        let wanted = args
            .first()
            .and_then(Value::as_text)
            .map(Text::as_bytes)
            .unwrap_or_default();
        Ok(Value::Bool(
            self.0.iter().any(|version| version.as_bytes() == wanted),
        ))
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::strings(self.0.iter().map(String::as_str)))
    }
}

/// `version.BuildInfo`.
#[derive(Debug)]
struct HelmVersion;

impl Object for HelmVersion {
    fn type_of(&self) -> Type {
        Type::Named("version.BuildInfo", Kind::Struct)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Version", Value::from(HELM_VERSION)),
            ("GitCommit", Value::from(HELM_COMMIT)),
            ("GitTreeState", Value::from("clean")),
            ("GoVersion", Value::from(HELM_GO_VERSION)),
            ("KubeClientVersion", Value::from(HELM_KUBE_CLIENT)),
        ]
    }

    fn json(&self) -> Option<Value> {
        Some(Value::map([
            ("version", Value::from(HELM_VERSION)),
            ("git_commit", Value::from(HELM_COMMIT)),
            ("git_tree_state", Value::from("clean")),
            ("go_version", Value::from(HELM_GO_VERSION)),
            ("kube_client_version", Value::from(HELM_KUBE_CLIENT)),
        ]))
    }
}
