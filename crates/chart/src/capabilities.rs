//! What a chart is told about the cluster (`pkg/chart/common/capabilities.go`).

use crate::{Error, Profile};

/// The Kubernetes version of Helm 4.3.1's client, told when none is given.
const DEFAULT_KUBE_VERSION: &str = "v1.37.0";

/// The API versions that Helm 4.3.1 knows, in its order.
pub(crate) const DEFAULT_API_VERSIONS: &[&str] = &[
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "lifecycle.k8s.io/v1alpha1",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
];

/// A Kubernetes version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KubeVersion {
    /// The full text with a leading `v`.
    pub version: String,
    /// Only the numbers, with a leading `v`: what constraints are checked against and what prints.
    pub normalized: String,
    /// First number.
    pub major: String,
    /// Second number.
    pub minor: String,
}

impl KubeVersion {
    /// Parses a version such as `1.31`, `v1.31.2` or `v1.31.2-gke.100` (`ParseKubeVersion`).
    ///
    /// # Errors
    /// Kubernetes' texts, such as `could not parse "abc" as version`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let quoted = || gotpl::quote::quote(text.as_bytes());
        let body = text.trim_start();
        let body = body.strip_prefix('v').unwrap_or(body);
        let mut components: Vec<&str> = Vec::new();
        let mut rest = body;
        loop {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                break;
            }
            components.push(&rest[..digits]);
            match rest[digits..].strip_prefix('.') {
                Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => rest = after,
                _ => break,
            }
        }
        if components.is_empty() {
            return Err(format!("could not parse {} as version", quoted()));
        }
        if components.len() < 2 {
            return Err(format!("illegal version string {}", quoted()));
        }
        if components[0].len() > 1 && components[0].starts_with('0') {
            let component = gotpl::quote::quote(components[0].as_bytes());
            return Err(format!(
                "illegal zero-prefixed version component {component} in {}",
                quoted()
            ));
        }
        let too_large = components
            .iter()
            .find(|component| component.parse::<u64>().is_err());
        if let Some(component) = too_large {
            let component = gotpl::quote::quote(component.as_bytes());
            return Err(format!(
                "illegal non-numeric version component {component} in {}: \
                 strconv.ParseUint: parsing {component}: value out of range",
                quoted()
            ));
        }
        let numbers: Vec<u64> = components
            .iter()
            .filter_map(|component| component.parse().ok())
            .collect();
        let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
        let version = if text.starts_with('v') {
            text.to_owned()
        } else {
            format!("v{text}")
        };
        Ok(Self {
            version,
            normalized: format!("v{}", numbers.join(".")),
            major: numbers[0].clone(),
            minor: numbers[1].clone(),
        })
    }
}

/// What `.Capabilities` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// Version of the cluster.
    pub kube_version: KubeVersion,
    /// API versions of the cluster.
    pub api_versions: Vec<String>,
}

impl Default for Capabilities {
    fn default() -> Self {
        let kube_version = KubeVersion {
            version: DEFAULT_KUBE_VERSION.to_owned(),
            normalized: DEFAULT_KUBE_VERSION.to_owned(),
            major: "1".to_owned(),
            minor: "37".to_owned(),
        };
        Self {
            kube_version,
            api_versions: Profile::default()
                .api_versions()
                .iter()
                .map(|&version| version.to_owned())
                .collect(),
        }
    }
}

impl Capabilities {
    /// The defaults with another Kubernetes version and more API versions.
    ///
    /// # Errors
    /// A version that does not parse, with Helm's text.
    pub fn new(kube_version: Option<&str>, api_versions: &[String]) -> Result<Self, Error> {
        let mut capabilities = Self::default();
        if let Some(text) = kube_version {
            capabilities.kube_version = KubeVersion::parse(text)
                .map_err(|cause| Error::other(format!("invalid kube version '{text}': {cause}")))?;
        }
        capabilities.api_versions.extend_from_slice(api_versions);
        Ok(capabilities)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kube_versions() {
        for (text, expected) in [
            ("1.31", Ok(("v1.31", "v1.31", "1", "31"))),
            (
                "v1.31.2-gke.100",
                Ok(("v1.31.2-gke.100", "v1.31.2", "1", "31")),
            ),
            ("abc", Err("could not parse \"abc\" as version")),
            ("1", Err("illegal version string \"1\"")),
            (
                "01.2",
                Err("illegal zero-prefixed version component \"01\" in \"01.2\""),
            ),
        ] {
            let parsed = KubeVersion::parse(text);
            let parts = parsed
                .as_ref()
                .map(|v| {
                    (
                        v.version.as_str(),
                        v.normalized.as_str(),
                        v.major.as_str(),
                        v.minor.as_str(),
                    )
                })
                .map_err(String::as_str);
            assert_eq!(parts, expected, "{text}");
        }
    }
}
