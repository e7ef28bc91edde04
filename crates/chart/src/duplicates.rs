//! Keys that a mapping sets twice: YAML readers let the last one win without a word.

use std::collections::HashMap;

use goyaml::node::{Kind, NodeId};

/// A key that was set before in the same mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key.
    pub key: String,
    /// Where it is set again; lines and columns count from 1.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The line where it was set first.
    pub first_line: usize,
}

/// The duplicate keys of the first document of a text, in the order of the text; none when it is no YAML.
pub fn duplicate_keys(text: &str) -> Vec<DuplicateKey> {
    let Ok(Some(document)) = goyaml::document(text) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut nodes: Vec<NodeId> = vec![document.root()];
    while let Some(id) = nodes.pop() {
        match &document.node(id).kind {
            Kind::Sequence { items, .. } => nodes.extend(items),
            Kind::Mapping { pairs, .. } => {
                let mut known: HashMap<&str, usize> = HashMap::new();
                for (key, value) in pairs {
                    nodes.push(*value);
                    let Some(name) = document.scalar(*key).filter(|name| *name != "<<") else {
                        continue;
                    };
                    let start = document.node(*key).start;
                    match known.get(name) {
                        Some(first) => found.push(DuplicateKey {
                            key: name.to_owned(),
                            line: start.line + 1,
                            column: start.column + 1,
                            first_line: first + 1,
                        }),
                        None => _ = known.insert(name, start.line),
                    }
                }
            }
            Kind::Scalar { .. } | Kind::Alias { .. } => {}
        }
    }
    found.sort_by_key(|found| (found.line, found.column));
    found
}

#[cfg(test)]
mod tests {
    use super::duplicate_keys;

    #[test]
    fn keys_set_twice_are_found_at_every_level() {
        let text = "a: 1\nb:\n- {x: 1, y: 2, x: 3}\na: 2\nm: {<<: {}, <<: {}}\n";
        let found: Vec<_> = duplicate_keys(text)
            .into_iter()
            .map(|found| (found.key, found.line, found.column, found.first_line))
            .collect();
        assert_eq!(
            found,
            [("x".to_owned(), 3, 16, 3), ("a".to_owned(), 4, 1, 1)]
        );
        assert!(duplicate_keys("a: [").is_empty());
    }
}
