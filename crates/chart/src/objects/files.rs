//! `.Files` (`pkg/engine/files.go`).

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use gotpl::{Context, Error, Kind, Object, Signature, Text, Type, Value, types};

use crate::glob::Glob;
use crate::model::File;

/// The files of a chart, or those that a pattern chose.
#[derive(Debug, Clone)]
pub(crate) struct Files(BTreeMap<Arc<str>, Arc<[u8]>>);

impl Files {
    pub(crate) fn new(files: &[File]) -> Self {
        Self(
            files
                .iter()
                .map(|file| (file.name.clone(), file.data.clone()))
                .collect(),
        )
    }

    fn get(&self, name: &Text) -> Option<&Arc<[u8]>> {
        self.0.get(name.as_str()?)
    }

    fn glob(&self, pattern: &str) -> Self {
        // Helm takes every file for a pattern that does not compile.
        match Glob::new(pattern) {
            None => self.clone(),
            Some(glob) => Self(
                self.0
                    .iter()
                    .filter(|(name, _)| glob.matches(name))
                    .map(|(name, data)| (name.clone(), data.clone()))
                    .collect(),
            ),
        }
    }

    /// The files by their base names as a YAML mapping, each text made by `content`.
    fn as_yaml(&self, content: impl Fn(&[u8]) -> String) -> Value {
        let map: goyaml::Map = self
            .0
            .iter()
            .map(|(name, data)| {
                let base = name.rsplit('/').next().unwrap_or(name);
                (base.to_owned(), goyaml::Value::from(content(data)))
            })
            .collect();
        // Like `toYaml`, nothing at all when YAML cannot hold it.
        let text = goyaml::to_yaml(&map.into()).unwrap_or_default();
        Value::from(text.strip_suffix('\n').unwrap_or(&text))
    }

    fn lines(&self, name: &Text) -> Value {
        let Some(data) = self.get(name).filter(|data| !data.is_empty()) else {
            return Value::strings(Vec::<Text>::new());
        };
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        Value::strings(data.split(|byte| *byte == b'\n').map(Text::from))
    }
}

impl Object for Files {
    fn type_of(&self) -> Type {
        Type::Named("engine.files", Kind::Map)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn method(&self, name: &str) -> Option<Signature> {
        match name {
            "Get" | "GetBytes" | "Glob" | "Lines" => Some(Signature::fixed(&[Type::String])),
            "AsConfig" | "AsSecrets" => Some(Signature::fixed(&[])),
            _ => None,
        }
    }

    fn call(&self, name: &str, _context: &Context<'_>, args: &[Value]) -> Result<Value, Error> {
        let empty = Text::default();
        let argument = args.first().and_then(Value::as_text).unwrap_or(&empty);
        Ok(match name {
            "Get" => Value::Str(self.get(argument).map_or(empty, |data| Text::from(&**data))),
            "GetBytes" => Value::bytes(self.get(argument).map_or(&[], |data| data)),
            "Glob" => Value::object(self.glob(&argument.to_str())),
            "Lines" => self.lines(argument),
            "AsConfig" => self.as_yaml(|data| String::from_utf8_lossy(data).into_owned()),
            "AsSecrets" => self.as_yaml(base64),
            _ => return Err(Error::message(format!("engine.files has no method {name}"))),
        })
    }

    fn plain(&self) -> Option<Value> {
        let entries = self
            .0
            .iter()
            .map(|(name, data)| (Text::from(name.clone()), Value::bytes(data)));
        Some(Value::map_of(Type::Map(&types::BYTES), entries.collect()))
    }

    fn entry(&self, key: &Text) -> Option<Value> {
        self.get(key).map(|data| Value::bytes(data))
    }
}

/// Standard base64 with padding.
fn base64(data: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(data.len().div_ceil(3) * 4);
    for group in data.chunks(3) {
        let bits = group
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for digit in 0..4 {
            let symbol = DIGITS[(bits >> (18 - 6 * digit) & 0x3F) as usize];
            text.push(if digit <= group.len() {
                char::from(symbol)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads() {
        for (data, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(base64(data.as_bytes()), text);
        }
    }

    #[test]
    fn files_are_printed_by_base_name() {
        let files = Files::new(&[
            File::new("d/b.txt", b"x\ny\n".to_vec()),
            File::new("a", b"1".to_vec()),
        ]);
        let text = files.as_yaml(|data| String::from_utf8_lossy(data).into_owned());
        assert_eq!(
            text.as_text().unwrap().to_str(),
            "a: \"1\"\nb.txt: |\n  x\n  y"
        );
        assert_eq!(files.glob("d/*").0.len(), 1);
    }
}
