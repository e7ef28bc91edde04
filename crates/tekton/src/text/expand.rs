//! Kubernetes' own expansion of `$(NAME)` in command, args and env, which comes after Tekton's
//! (`third_party/forked/golang/expansion/expand.go` of kubernetes/kubernetes).

/// Replaces `$(NAME)` of known variables, `$$` by `$`; an unknown variable stays as it is.
pub(crate) fn expand_environment(text: &str, lookup: impl Fn(&str) -> Option<String>) -> String {
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        output.push_str(&rest[..start]);
        let from = &rest[start + 1..];
        match from.chars().next() {
            Some('$') => {
                output.push('$');
                rest = &from[1..];
            }
            Some('(') => {
                let Some(end) = from.find(')') else {
                    output.push_str("$(");
                    rest = &from[1..];
                    continue;
                };
                let name = &from[1..end];
                match lookup(name) {
                    Some(value) => output.push_str(&value),
                    None => output.push_str(&rest[start..start + end + 2]),
                }
                rest = &from[end + 1..];
            }
            _ => {
                output.push('$');
                rest = from;
            }
        }
    }
    output + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_expanded_as_a_kubelet_does() {
        let lookup = |name: &str| (name == "FOO").then(|| "foo".to_owned());
        for (text, expected) in [
            ("$(FOO)-bar", "foo-bar"),
            ("$$(FOO)", "$(FOO)"),
            ("$$$(FOO)", "$foo"),
            ("$(NEXT)", "$(NEXT)"),
            ("$FOO", "$FOO"),
            ("$$", "$"),
            ("cost $5", "cost $5"),
            ("$(FOO", "$(FOO"),
            ("end$", "end$"),
        ] {
            assert_eq!(expand_environment(text, lookup), expected, "{text}");
        }
    }
}
