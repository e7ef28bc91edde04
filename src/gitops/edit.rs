//! Reads and changes one dependency's version in a chart, every other byte kept.

use goyaml::node::{Kind, NodeId, ScalarStyle};

/// A dependency of a chart, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// Its version.
    pub version: String,
    /// The line of the version, from 1.
    pub line: usize,
}

/// What does not fit, with the line where it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditError {
    /// The line, from 1.
    pub line: Option<usize>,
    /// What does not fit.
    pub why: String,
}

/// The dependency `name` (or with that alias); `None` when the chart has none of that name.
///
/// # Errors
/// Text that is no YAML, a `dependencies` that is no list, an entry without a version, a version that is an alias.
pub(super) fn dependency(text: &str, name: &str) -> Result<Option<Dependency>, EditError> {
    Ok(find(text, name)?.map(|found| found.dependency))
}

/// The text with another version for the dependency `name`, quoted as it was.
///
/// # Errors
/// As [`dependency`]; no such dependency.
pub(super) fn set_version(text: &str, name: &str, version: &str) -> Result<String, EditError> {
    let found = find(text, name)?.ok_or_else(|| EditError {
        line: None,
        why: format!("no dependency is called {name}"),
    })?;
    let written = match found.style {
        ScalarStyle::SingleQuoted => format!("'{version}'"),
        ScalarStyle::DoubleQuoted => format!("\"{version}\""),
        _ => version.to_owned(),
    };
    let mut edited = text.to_owned();
    edited.replace_range(found.span, &written);
    Ok(edited)
}

struct Found {
    dependency: Dependency,
    style: ScalarStyle,
    span: std::ops::Range<usize>,
}

fn find(text: &str, name: &str) -> Result<Option<Found>, EditError> {
    let fail = |line: Option<usize>, why: &str| EditError {
        line,
        why: why.to_owned(),
    };
    let document = goyaml::document(text).map_err(|error| fail(None, &error.to_string()))?;
    let Some(document) = document else {
        return Err(fail(None, "it is empty"));
    };
    let line = |id: NodeId| Some(document.node(id).start.line + 1);
    let Some(list) = document.get(document.root(), "dependencies") else {
        return Ok(None);
    };
    let Kind::Sequence { items, .. } = &document.node(document.resolve(list)).kind else {
        return Err(fail(line(list), "dependencies is no list"));
    };
    let text_of = |item: NodeId, key: &str| {
        document
            .get(item, key)
            .and_then(|value| document.scalar(value))
    };
    let entry = items
        .iter()
        .copied()
        .find(|item| text_of(*item, "name") == Some(name) || text_of(*item, "alias") == Some(name));
    let Some(entry) = entry else {
        return Ok(None);
    };
    let version = document
        .get(entry, "version")
        .ok_or_else(|| fail(line(entry), "the dependency has no version"))?;
    let Kind::Scalar { value, style, .. } = &document.node(version).kind else {
        return Err(fail(line(version), "the version is no plain text"));
    };
    let span = document.span(version);
    if text[span.clone()].starts_with(['&', '!']) {
        return Err(fail(line(version), "the version has an anchor or a tag"));
    }
    if text[span.clone()].starts_with(['|', '>']) {
        return Err(fail(line(version), "the version is a block of text"));
    }
    // Nothing stands there that could be replaced, perhaps not even a colon.
    if span.is_empty() {
        return Err(fail(line(version), "the dependency has no version"));
    }
    Ok(Some(Found {
        dependency: Dependency {
            version: value.clone(),
            line: document.node(version).start.line + 1,
        },
        style: *style,
        span,
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{dependency, set_version};

    const CHART: &str = "\u{feff}# é\napiVersion: v2\r\nname: shop\ndependencies:\n  - name: db\n    version: 1.0.0\n  - version:   '1.2.0'   # why\n    name: shop\n    repository: \"x\"\n";

    #[test]
    fn only_the_version_of_that_dependency_changes() {
        let found = dependency(CHART, "shop").unwrap().unwrap();
        assert_eq!((found.version.as_str(), found.line), ("1.2.0", 7));
        let edited = set_version(CHART, "shop", "1.3.0-rc.1").unwrap();
        assert_eq!(edited, CHART.replace("'1.2.0'", "'1.3.0-rc.1'"));
        let edited = set_version(CHART, "db", "2.0.0").unwrap();
        assert_eq!(edited, CHART.replace("1.0.0", "2.0.0"));
    }

    #[test]
    fn flow_style_and_aliases_are_edited_or_refused() {
        let flow = "dependencies: [{name: shop, version: \"1.0.0\"}]\n";
        assert_eq!(
            set_version(flow, "shop", "1.0.1").unwrap(),
            "dependencies: [{name: shop, version: \"1.0.1\"}]\n"
        );
        let renamed = "dependencies:\n- {name: chart, alias: shop, version: 1.0.0}\n";
        assert_eq!(dependency(renamed, "shop").unwrap().unwrap().line, 2);
        for odd in [
            "v: &v 1.0.0\ndependencies:\n- {name: shop, version: *v}\n",
            "dependencies:\n- {name: shop, version: &v 1.0.0}\n",
            "dependencies:\n- {name: shop}\n",
            "dependencies:\n- {name: shop, version}\n",
            "dependencies:\n- name: shop\n  version:\n",
            "dependencies:\n- name: shop\n  version: |\n    1.0.0\n",
            "dependencies: shop\n",
            "dependencies: [\n",
            "",
        ] {
            assert!(dependency(odd, "shop").is_err(), "{odd}");
        }
        assert_eq!(dependency("name: x\n", "shop").unwrap(), None);
        assert_eq!(dependency("dependencies: []\n", "shop").unwrap(), None);
    }

    proptest! {
        #[test]
        fn an_edit_reads_back_and_undoes_itself(major in 0u32..99, minor in 0u32..99, patch in 0u32..99) {
            let version = format!("{major}.{minor}.{patch}");
            let edited = set_version(CHART, "shop", &version).unwrap();
            prop_assert_eq!(&dependency(&edited, "shop").unwrap().unwrap().version, &version);
            prop_assert_eq!(set_version(&edited, "shop", "1.2.0").unwrap(), CHART);
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "(dependencies|name|version|shop|[-:\\[\\]{}&*!'\" \\n])*") {
            let _ = dependency(&text, "shop");
        }
    }
}
