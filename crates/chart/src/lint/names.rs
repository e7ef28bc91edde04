//! Names of objects as Kubernetes checks them (`apimachinery/pkg/api/validation`), by kind.

const MAX_SUBDOMAIN: usize = 253;
const MAX_LABEL: usize = 63;

/// What is wrong with the name of an object of a kind.
pub(super) fn problems(kind: &str, name: &str) -> Vec<String> {
    match kind.to_lowercase().as_str() {
        "service" => label(
            name,
            |first| first.is_ascii_lowercase(),
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, \
             and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is \
             '[a-z]([-a-z0-9]*[a-z0-9])?')",
        ),
        "namespace" => label(
            name,
            |first| first.is_ascii_lowercase() || first.is_ascii_digit(),
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end \
             with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is \
             '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        ),
        "certificatesigningrequest" => Vec::new(),
        "role" | "clusterrole" | "rolebinding" | "clusterrolebinding" => path_segment(name),
        _ => subdomain(name),
    }
}

fn inner(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_label(name: &str, first: impl Fn(u8) -> bool) -> bool {
    name.bytes().all(|byte| inner(byte) || byte == b'-')
        && name.bytes().next().is_some_and(first)
        && name.bytes().next_back().is_some_and(inner)
}

fn label(name: &str, first: impl Fn(u8) -> bool, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if name.len() > MAX_LABEL {
        problems.push(format!("must be no more than {MAX_LABEL} characters"));
    }
    if !is_label(name, first) {
        problems.push(text.to_owned());
    }
    problems
}

fn subdomain(name: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if name.len() > MAX_SUBDOMAIN {
        problems.push(format!("must be no more than {MAX_SUBDOMAIN} characters"));
    }
    if !name.split('.').all(|part| is_label(part, inner)) {
        problems.push(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start \
             and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
             '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
                .to_owned(),
        );
    }
    problems
}

fn path_segment(name: &str) -> Vec<String> {
    if matches!(name, "." | "..") {
        return vec![format!("may not be '{name}'")];
    }
    ["/", "%"]
        .into_iter()
        .filter(|part| name.contains(part))
        .map(|part| format!("may not contain '{part}'"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::problems;

    #[test]
    fn names_are_checked_by_kind() {
        for (kind, name, count) in [
            ("Deployment", "a.b-c", 0),
            ("Deployment", "A", 1),
            ("Deployment", "", 1),
            ("Service", "1a", 1),
            ("Service", "a1", 0),
            ("Namespace", "1a", 0),
            ("Namespace", "a.b", 1),
            ("Role", "system:x", 0),
            ("ClusterRole", "a/b%", 2),
            ("CertificateSigningRequest", "!", 0),
        ] {
            assert_eq!(problems(kind, name).len(), count, "{kind} {name}");
        }
        assert_eq!(problems("Service", &"a".repeat(64)).len(), 1);
    }
}
