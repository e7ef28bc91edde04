//! The name of a value: `image.tag`, `hosts[0].name`, `annotations.example\.com/owner`.

use std::fmt;

use goyaml::Value;

/// A path from the top of the values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ValuePath(Vec<Part>);

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A key of a map.
    Key(String),
    /// An item of a list, counted from 0.
    Item(usize),
}

impl ValuePath {
    /// Reads a path as `--set` writes it; `.Values.` in front, as templates write it, is left out. `None` for a path without a name, or
    /// with a broken `[...]`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let text = text.strip_prefix(".Values").unwrap_or(text);
        let text = text.strip_prefix('.').unwrap_or(text);
        let mut parts = Vec::new();
        for name in split(text) {
            let (key, mut items) = match name.find('[') {
                Some(at) => name.split_at(at),
                None => (name.as_str(), ""),
            };
            if key.is_empty() {
                return None;
            }
            parts.push(Part::Key(key.to_owned()));
            while !items.is_empty() {
                let (index, rest) = items.strip_prefix('[')?.split_once(']')?;
                parts.push(Part::Item(index.parse().ok()?));
                items = rest;
            }
        }
        Some(Self(parts)).filter(|path| !path.0.is_empty())
    }

    /// The path below a key.
    #[must_use]
    pub fn below(&self, key: &str) -> Self {
        let mut parts = vec![Part::Key(key.to_owned())];
        parts.extend(self.0.iter().cloned());
        Self(parts)
    }

    /// The first key and the path behind it; `None` when nothing is behind it.
    pub fn split_first(&self) -> Option<(&str, Self)> {
        match self.0.split_first() {
            Some((Part::Key(key), rest)) if !rest.is_empty() => Some((key, Self(rest.to_vec()))),
            _ => None,
        }
    }

    /// The steps.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The value at the path.
    pub fn find<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(value, |value, part| match part {
            Part::Key(key) => value.get(key),
            Part::Item(index) => value.as_list()?.get(*index),
        })
    }
}

/// Splits at dots that no backslash precedes.
fn split(text: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let name = match character {
            '.' => {
                names.push(String::new());
                continue;
            }
            '\\' => characters.next(),
            other => Some(other),
        };
        if let Some(last) = names.last_mut() {
            last.extend(name);
        }
    }
    names
}

impl fmt::Display for ValuePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            match part {
                Part::Key(key) => {
                    let dot = if index > 0 { "." } else { "" };
                    write!(formatter, "{dot}{}", key.replace('.', "\\."))?;
                }
                Part::Item(item) => write!(formatter, "[{item}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ValuePath;

    #[test]
    fn a_path_is_printed_as_it_is_read() {
        for (text, printed) in [
            ("image.tag", "image.tag"),
            (".Values.image.tag", "image.tag"),
            ("$.Values.a", "a"),
            ("hosts[0].paths[12]", "hosts[0].paths[12]"),
            ("a.example\\.com/owner", "a.example\\.com/owner"),
        ] {
            assert_eq!(ValuePath::parse(text).unwrap().to_string(), printed);
        }
        for broken in ["", ".Values", "a..b", "a[", "a[x]", "[0]"] {
            assert_eq!(ValuePath::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn values_are_found_in_maps_and_lists() {
        let value = goyaml::from_yaml(b"a:\n- b: 1\n- b: 2\n").unwrap();
        let find = |path: &str| {
            let path = ValuePath::parse(path).unwrap();
            path.find(&value).and_then(goyaml::Value::as_f64)
        };
        assert_eq!(find("a[1].b"), Some(2.0));
        assert_eq!(find("a[2].b"), None);
        assert_eq!(find("a.b"), None);
    }
}
