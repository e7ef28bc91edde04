//! The namespace of the kubeconfig's current context, which Helm renders into when no other is named.

use std::path::PathBuf;

use goyaml::Value;

/// Reads the files in kubectl's order: of every name the first file that has it counts. `wanted` replaces the current context
/// unless it is empty. What cannot be read names no namespace.
pub fn namespace(files: &[PathBuf], wanted: &str) -> Option<String> {
    let configs: Vec<Value> = files
        .iter()
        .filter_map(|file| std::fs::read(file).ok())
        .map(|text| goyaml::from_yaml(&text).ok())
        .collect::<Option<_>>()?;
    let current = if wanted.is_empty() {
        configs
            .iter()
            .find_map(|config| text(config, "current-context"))?
    } else {
        wanted
    };
    let context = configs.iter().find_map(|config| {
        let Some(Value::List(contexts)) = field(config, "contexts") else {
            return None;
        };
        // In one file the last context of a name counts.
        let named = |entry: &&Value| text(entry, "name") == Some(current);
        contexts.iter().rev().find(named)
    })?;
    text(field(context, "context")?, "namespace").map(str::to_owned)
}

fn field<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    value.as_map()?.get(key)
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    match field(value, key)? {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::namespace;

    #[test]
    fn the_first_file_that_has_it_counts() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let a = write("a", "contexts: [{name: x, context: {namespace: one}}]\n");
        let b = write(
            "b",
            "current-context: x\ncontexts:\n- {name: x, context: {namespace: two}}\n- {name: y, context: {}}\n",
        );
        let found = |files: &[&std::path::PathBuf], wanted: &str| {
            let files: Vec<_> = files.iter().map(|&file| file.clone()).collect();
            namespace(&files, wanted)
        };
        assert_eq!(found(&[&a, &b], ""), Some("one".to_owned()));
        assert_eq!(found(&[&b, &a], ""), Some("two".to_owned()));
        assert_eq!(found(&[&b], "y"), None);
        assert_eq!(found(&[&a], ""), None);
        let broken = write("c", "{");
        assert_eq!(found(&[&broken, &b], ""), None);
    }
}
