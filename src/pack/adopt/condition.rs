//! What an `if` of a template asks of the values, as far as that can be said without rendering.

use serde_json::Value;

/// A path of keys into the values.
pub(super) type Path = Vec<String>;

/// A condition over the values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    /// `.Values.a.b`: true when it is neither missing, empty, zero nor false.
    Set(Path),
    /// `eq .Values.a "text"`, or with `true` or `false`.
    Is(Path, Value),
    /// `not ...`
    Not(Box<Self>),
    /// `and ...`, and conditions around each other.
    All(Vec<Self>),
    /// `or ...`
    Any(Vec<Self>),
    /// Anything else: neither known nor ours to change.
    Unknown,
}

/// A value that has to become another one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Assignment {
    pub(super) path: Path,
    pub(super) to: Value,
}

impl Condition {
    /// Reads what stands behind `if`.
    pub(super) fn parse(code: &str) -> Self {
        let tokens = tokens(code);
        let mut rest = tokens.as_slice();
        let condition = expression(&mut rest);
        if rest.is_empty() {
            condition
        } else {
            Self::Unknown
        }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Whether it holds for these values; `None` where that cannot be said.
    pub(super) fn holds(&self, values: &Value) -> Option<bool> {
        match self {
            Self::Set(path) => Some(is_set(at(values, path))),
            Self::Is(path, wanted) => Some(at(values, path) == Some(wanted)),
            Self::Not(inner) => inner.holds(values).map(|holds| !holds),
            Self::All(parts) => every(parts, values, true),
            Self::Any(parts) => every(parts, values, false).map(|none| !none),
            Self::Unknown => None,
        }
    }

    /// What to change so that it becomes `wanted`; `None` where that cannot be said. Values at `fixed` paths stay.
    pub(super) fn make(
        &self,
        wanted: bool,
        values: &Value,
        fixed: &[Path],
    ) -> Option<Vec<Assignment>> {
        if self.holds(values) == Some(wanted) {
            return Some(Vec::new());
        }
        let assign = |path: &Path, to: Value| {
            let is_free = !fixed.contains(path);
            is_free.then(|| {
                vec![Assignment {
                    path: path.clone(),
                    to,
                }]
            })
        };
        match (self, wanted) {
            (Self::Set(path), wanted) => assign(path, Value::Bool(wanted)),
            (Self::Is(path, is), true) => assign(path, is.clone()),
            (Self::Is(..) | Self::Unknown, _) => None,
            (Self::Not(inner), wanted) => inner.make(!wanted, values, fixed),
            (Self::All(parts), true) | (Self::Any(parts), false) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(part.make(wanted, values, fixed)?);
                }
                Some(all)
            }
            // One part is enough; the last one is the narrowest.
            (Self::All(parts) | Self::Any(parts), wanted) => parts
                .iter()
                .rev()
                .find_map(|part| part.make(wanted, values, fixed)),
        }
    }

    /// Every path that it reads.
    pub(super) fn paths(&self) -> Vec<Path> {
        match self {
            Self::Set(path) | Self::Is(path, _) => vec![path.clone()],
            Self::Not(inner) => inner.paths(),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::paths).collect(),
            Self::Unknown => Vec::new(),
        }
    }
}

/// Whether every part is `wanted` (`true`), or none is true (`false`).
fn every(parts: &[Condition], values: &Value, wanted: bool) -> Option<bool> {
    let mut is_known = true;
    for part in parts {
        match part.holds(values) {
            Some(holds) if holds != wanted => return Some(false),
            Some(_) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(true)
}

pub(super) fn at<'v>(values: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(values, |value, key| value.get(key))
}

/// Go's truth.
fn is_set(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(value)) => *value,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(map)) => !map.is_empty(),
    }
}

/// Words, texts in quotes (with the first quote kept as a mark) and brackets.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = code.trim();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' | '|' => 1,
            '"' | '`' => rest[1..].find(first).map_or(rest.len(), |at| at + 2),
            _ => rest
                .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|'))
                .unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at(length);
        tokens.push(token.to_owned());
        rest = behind.trim_start();
    }
    tokens
}

/// A function with its arguments, or one operand.
fn expression(rest: &mut &[String]) -> Condition {
    let Some((first, behind)) = rest.split_first() else {
        return Condition::Unknown;
    };
    let function = first.as_str();
    match function {
        "not" | "and" | "or" => {
            *rest = behind;
            let parts = operands(rest);
            match (function, parts.len()) {
                ("not", 1) => parts
                    .into_iter()
                    .next()
                    .map_or(Condition::Unknown, Condition::not),
                ("and", 1..) => Condition::All(parts),
                ("or", 1..) => Condition::Any(parts),
                _ => Condition::Unknown,
            }
        }
        "eq" | "ne" => {
            let (is, found) = match behind {
                [path, text, ..] => (value_path(path).zip(literal(text)), 3),
                _ => (None, 1),
            };
            *rest = rest.get(found..).unwrap_or_default();
            let condition = is.map_or(Condition::Unknown, |(path, text)| Condition::Is(path, text));
            if function == "eq" {
                condition
            } else {
                condition.not()
            }
        }
        _ => operand(rest),
    }
}

fn operands(rest: &mut &[String]) -> Vec<Condition> {
    let mut parts = Vec::new();
    while rest
        .first()
        .is_some_and(|token| token != ")" && token != "|")
    {
        parts.push(operand(rest));
    }
    parts
}

/// A path, or something in brackets. Anything else is taken with what follows it, so that it ends unknown.
fn operand(rest: &mut &[String]) -> Condition {
    let Some((first, behind)) = rest.split_first() else {
        return Condition::Unknown;
    };
    *rest = behind;
    if first == "(" {
        let inner = expression(rest);
        // What is left of it was not understood.
        let mut depth = 0;
        let mut is_whole = true;
        while let Some((token, behind)) = rest.split_first() {
            *rest = behind;
            match token.as_str() {
                ")" if depth == 0 => break,
                ")" => depth -= 1,
                "(" => depth += 1,
                _ => {}
            }
            is_whole = false;
        }
        return if is_whole { inner } else { Condition::Unknown };
    }
    value_path(first).map_or(Condition::Unknown, Condition::Set)
}

/// The path of `.Values.a.b` or `$.Values.a.b`.
pub(super) fn value_path(token: &str) -> Option<Path> {
    let path = token.strip_prefix('$').unwrap_or(token);
    let keys: Path = path
        .strip_prefix(".Values.")?
        .split('.')
        .map(str::to_owned)
        .collect();
    let is_name =
        |key: &String| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    keys.iter().all(is_name).then_some(keys)
}

fn literal(token: &str) -> Option<Value> {
    let quoted = token
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .or_else(|| {
            token
                .strip_prefix('`')
                .and_then(|text| text.strip_suffix('`'))
        });
    match quoted {
        Some(text) if !text.contains('\\') => Some(Value::from(text)),
        None if matches!(token, "true" | "false") => Some(Value::Bool(token == "true")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Condition;

    fn holds(code: &str) -> Option<bool> {
        let values = json!({"on": true, "off": false, "kind": "knative", "hpa": {"enabled": true}, "none": ""});
        Condition::parse(code).holds(&values)
    }

    #[test]
    fn conditions_of_charts_are_understood() {
        assert_eq!(holds(".Values.on"), Some(true));
        assert_eq!(holds("$.Values.hpa.enabled"), Some(true));
        assert_eq!(holds("not .Values.on"), Some(false));
        assert_eq!(holds("(not .Values.missing)"), Some(true));
        assert_eq!(
            holds("and .Values.hpa.enabled (not .Values.off)"),
            Some(true)
        );
        assert_eq!(holds("or .Values.off .Values.none"), Some(false));
        assert_eq!(holds("eq .Values.kind \"knative\""), Some(true));
        assert_eq!(holds("ne .Values.kind \"knative\""), Some(false));
        assert_eq!(
            holds("and (eq .Values.kind \"knative\") .Values.off"),
            Some(false)
        );
    }

    #[test]
    fn what_is_not_understood_is_unknown() {
        for code in [
            "",
            ".Values.on | default true",
            "semverCompare \">=1\" .Capabilities.KubeVersion",
            "not (hasKey .Values \"on\")",
            "eq (toString .Values.on) \"true\"",
            ".Release.IsUpgrade",
            "and .Values.on (.Capabilities.APIVersions.Has \"x\")",
            "(",
            ")",
            "\"",
            "eq .Values.on",
        ] {
            assert_eq!(holds(code), None, "{code}");
        }
        // One false part is enough.
        assert_eq!(holds("and .Values.off .Release.IsUpgrade"), Some(false));
    }

    #[test]
    fn what_makes_it_true_or_false_is_found() {
        let values = json!({"knativeDeploy": true, "hpa": {"enabled": false}});
        let change = |code: &str, wanted: bool, fixed: &[&str]| {
            let fixed: Vec<_> = fixed.iter().map(|key| vec![(*key).to_owned()]).collect();
            let made = Condition::parse(code).make(wanted, &values, &fixed);
            made.map(|made| {
                let each = made
                    .iter()
                    .map(|one| format!("{}={}", one.path.join("."), one.to));
                each.collect::<Vec<_>>().join(" ")
            })
        };
        let hpa = "and .Values.hpa.enabled (not .Values.knativeDeploy)";
        assert_eq!(
            change(hpa, true, &[]).as_deref(),
            Some("hpa.enabled=true knativeDeploy=false")
        );
        assert_eq!(change(hpa, false, &[]).as_deref(), Some(""));
        assert_eq!(change(hpa, true, &["knativeDeploy"]), None);
        assert_eq!(change(".Release.IsUpgrade", true, &[]), None);
        assert_eq!(
            change("eq .Values.kind \"x\"", true, &[]).as_deref(),
            Some("kind=\"x\"")
        );
    }
}
