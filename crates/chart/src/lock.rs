//! Chart.lock and requirements.lock: what they hold, and the digest that ties them to the declared dependencies
//! (`internal/resolver/resolver.go`).

use goyaml::{Map, Value, escape_json};
use sha2::{Digest as _, Sha256};

use crate::decode::{self, Decoded};
use crate::{Dependency, Error};

/// The exact versions that constraints were resolved to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lock {
    /// When it was made, as RFC 3339.
    pub generated: String,
    /// `sha256:` and the hex digest over the declared and the locked dependencies.
    pub digest: String,
    /// The locked dependencies, in the order of the declared ones.
    pub dependencies: Vec<Dependency>,
}

impl Lock {
    /// Reads a lock file.
    ///
    /// # Errors
    /// The text of sigs.k8s.io/yaml.
    pub(crate) fn read(text: &[u8]) -> Decoded<Self> {
        let map = match decode::yaml(text)? {
            Value::Null => return Ok(Self::default()),
            Value::Map(map) => map,
            other => return Err(decode::wrong_value(&other, "v2.Lock")),
        };
        let mut lock = Self::default();
        for (key, value) in &map {
            match key.to_ascii_lowercase().as_str() {
                "generated" => lock.generated = decode::text(value, ".generated")?,
                "digest" => lock.digest = decode::text(value, ".digest")?,
                "dependencies" => {
                    let items = decode::list(value, ".dependencies", "[]*v2.Dependency")?;
                    lock.dependencies = items
                        .iter()
                        .map(|item| {
                            Dependency::read(item)?.ok_or_else(|| {
                                // Helm ends with a panic there.
                                "dependencies must not contain empty or null nodes".to_owned()
                            })
                        })
                        .collect::<Decoded<_>>()?;
                }
                _ => {}
            }
        }
        Ok(lock)
    }

    /// The text of the file.
    ///
    /// # Errors
    /// Texts that YAML cannot hold.
    pub fn to_yaml(&self) -> Result<String, Error> {
        let text = |text: &String| Value::String(text.clone());
        let dependencies = self.dependencies.iter().map(|dependency| {
            let mut map = Map::new();
            map.insert("name".to_owned(), text(&dependency.name));
            map.insert("repository".to_owned(), text(&dependency.repository));
            if !dependency.version.is_empty() {
                map.insert("version".to_owned(), text(&dependency.version));
            }
            Value::Map(map)
        });
        let map = Map::from([
            (
                "dependencies".to_owned(),
                Value::List(dependencies.collect()),
            ),
            ("digest".to_owned(), text(&self.digest)),
            ("generated".to_owned(), text(&self.generated)),
        ]);
        goyaml::to_yaml(&Value::Map(map)).map_err(|error| Error::other(error.to_string()))
    }
}

/// The digest of a lock file: over the JSON of the declared and the locked dependencies.
///
/// # Errors
/// `import-values` that JSON cannot hold.
pub fn requirements_digest(
    declared: &[Dependency],
    locked: &[Dependency],
) -> Result<String, Error> {
    Ok(digest(&format!("[{},{}]", json(declared)?, json(locked)?)))
}

/// The digest that Helm 2 wrote: over the declared dependencies alone.
///
/// # Errors
/// As [`requirements_digest`].
pub fn requirements_digest_v2(declared: &[Dependency]) -> Result<String, Error> {
    Ok(digest(&format!("{{\"dependencies\":{}}}", json(declared)?)))
}

fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    let mut hex = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The list as Go's `encoding/json` prints it: fields in the order of the struct, empty ones left out.
fn json(dependencies: &[Dependency]) -> Result<String, Error> {
    let objects: Result<Vec<String>, Error> = dependencies.iter().map(object).collect();
    Ok(format!("[{}]", objects?.join(",")))
}

fn object(dependency: &Dependency) -> Result<String, Error> {
    let string = |text: &str| {
        let mut out = String::new();
        escape_json(&mut out, text, true);
        out
    };
    let some =
        |name: &str, text: &str| (!text.is_empty()).then(|| format!("\"{name}\":{}", string(text)));
    let mut fields = vec![format!("\"name\":{}", string(&dependency.name))];
    fields.extend(some("version", &dependency.version));
    fields.push(format!("\"repository\":{}", string(&dependency.repository)));
    fields.extend(some("condition", &dependency.condition));
    if !dependency.tags.is_empty() {
        let tags: Vec<String> = dependency.tags.iter().map(|tag| string(tag)).collect();
        fields.push(format!("\"tags\":[{}]", tags.join(",")));
    }
    if dependency.enabled {
        fields.push("\"enabled\":true".to_owned());
    }
    if !dependency.import_values.is_empty() {
        let values = goyaml::to_json(&Value::List(dependency.import_values.clone()))
            .map_err(|error| Error::other(error.to_string()))?;
        fields.push(format!("\"import-values\":{values}"));
    }
    fields.extend(some("alias", &dependency.alias));
    Ok(format!("{{{}}}", fields.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dependency(name: &str, version: &str, repository: &str) -> Dependency {
        Dependency {
            name: name.to_owned(),
            version: version.to_owned(),
            repository: repository.to_owned(),
            ..Dependency::default()
        }
    }

    #[test]
    fn the_digest_is_over_the_json_of_go() {
        let declared = Dependency {
            tags: vec!["a".to_owned()],
            import_values: vec![Value::String("data".to_owned())],
            alias: "b".to_owned(),
            condition: "c.enabled".to_owned(),
            ..dependency("a", ">=1 <2", "https://x.example/&")
        };
        assert_eq!(
            object(&declared).unwrap(),
            "{\"name\":\"a\",\"version\":\"\\u003e=1 \\u003c2\",\"repository\":\"https://x.example/\\u0026\",\
             \"condition\":\"c.enabled\",\"tags\":[\"a\"],\"import-values\":[\"data\"],\"alias\":\"b\"}"
        );
        assert_eq!(
            object(&dependency("a", "", "")).unwrap(),
            "{\"name\":\"a\",\"repository\":\"\"}"
        );
    }

    #[test]
    fn a_lock_is_read_as_it_is_printed() {
        let lock = Lock {
            generated: "2026-11-01T12:00:00.5Z".to_owned(),
            digest: "sha256:0a".to_owned(),
            dependencies: vec![dependency("a", "1.0.0", "https://x.example")],
        };
        let text = lock.to_yaml().unwrap();
        assert_eq!(
            text,
            "dependencies:\n- name: a\n  repository: https://x.example\n  version: 1.0.0\ndigest: sha256:0a\ngenerated: \"2026-11-01T12:00:00.5Z\"\n"
        );
        assert_eq!(Lock::read(text.as_bytes()).unwrap(), lock);
    }

    #[test]
    fn an_empty_entry_is_refused() {
        assert!(Lock::read(b"dependencies: [null]").is_err());
    }
}
