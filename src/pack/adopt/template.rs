//! A chart's template as text: its actions, and the conditions around a place in it. Nothing is rendered.

use super::condition::{Condition, Path, value_path};

/// One template.
#[derive(Debug)]
pub(super) struct Template {
    /// Relative to the repository.
    pub(super) path: String,
    /// As it is written.
    pub(super) text: String,
    actions: Vec<Action>,
}

/// `{{ ... }}`, without the dashes and the spaces.
#[derive(Debug)]
struct Action {
    start: usize,
    end: usize,
    code: String,
}

/// A block that is open at a place.
#[derive(Debug)]
pub(super) struct Frame {
    /// The name, when it is a `define`.
    pub(super) define: Option<String>,
    /// What `.` is inside, when it is a `with` of a value.
    pub(super) with: Option<Path>,
    /// What holds inside.
    pub(super) condition: Condition,
    /// The conditions of the branches so far; none of them holds in the next one.
    before: Vec<Condition>,
}

impl Template {
    pub(super) fn new(path: String, text: String) -> Self {
        let actions = actions(&text);
        Self {
            path,
            text,
            actions,
        }
    }

    /// The line of an offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.text[..offset].matches('\n').count() + 1
    }

    /// The blocks that are open at an offset, the outermost first.
    pub(super) fn frames(&self, offset: usize) -> Vec<Frame> {
        let mut frames: Vec<Frame> = Vec::new();
        for action in self
            .actions
            .iter()
            .take_while(|action| action.end <= offset)
        {
            let (word, rest) = action
                .code
                .split_once(char::is_whitespace)
                .unwrap_or((&action.code, ""));
            let open = |condition: Condition| Frame {
                define: None,
                with: None,
                before: vec![condition.clone()],
                condition,
            };
            match word {
                "if" => frames.push(open(Condition::parse(rest))),
                "with" => frames.push(Frame {
                    with: value_path(rest.trim()),
                    ..open(Condition::parse(rest))
                }),
                "range" => frames.push(open(Condition::Unknown)),
                "define" | "block" => frames.push(Frame {
                    define: quoted(rest),
                    ..open(Condition::All(Vec::new()))
                }),
                "else" => {
                    if let Some(frame) = frames.last_mut() {
                        frame.other_branch(rest);
                    }
                }
                "end" => {
                    frames.pop();
                }
                _ => {}
            }
        }
        frames
    }

    /// What must hold for the text at an offset to be rendered, and the `define` that it is in.
    pub(super) fn condition(&self, offset: usize) -> (Condition, Option<String>) {
        let frames = self.frames(offset);
        let define = frames.iter().find_map(|frame| frame.define.clone());
        let parts = frames.into_iter().map(|frame| frame.condition).collect();
        (Condition::All(parts), define)
    }

    /// The offsets at which the named template is included.
    pub(super) fn includes<'t>(&'t self, name: &'t str) -> impl Iterator<Item = usize> + 't {
        self.actions
            .iter()
            .filter(move |action| included(&action.code).is_some_and(|included| included == name))
            .map(|action| action.start)
    }

    /// The text of a `define`, with its offset.
    pub(super) fn defined(&self, name: &str) -> Option<(usize, &str)> {
        let at = self.actions.iter().position(|action| {
            action
                .code
                .strip_prefix("define")
                .and_then(quoted)
                .as_deref()
                == Some(name)
        })?;
        let start = self.actions.get(at)?.end;
        let mut depth = 1;
        for action in self.actions.iter().skip(at + 1) {
            match action.code.split_whitespace().next() {
                Some("if" | "with" | "range" | "define" | "block") => depth += 1,
                Some("end") => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some((start, &self.text[start..action.start]));
            }
        }
        None
    }

    /// The offsets of lines that begin so, and the rest of each.
    pub(super) fn lines_with<'t>(
        &'t self,
        begin: &'t str,
    ) -> impl Iterator<Item = (usize, &'t str)> + 't {
        let mut offset = 0;
        self.text.split_inclusive('\n').filter_map(move |line| {
            let start = offset;
            offset += line.len();
            let trimmed = line.trim_start();
            let trimmed = trimmed.strip_prefix("- ").map_or(trimmed, str::trim_start);
            let rest = trimmed.strip_prefix(begin)?;
            Some((start + (line.len() - trimmed.len()), rest.trim()))
        })
    }
}

impl Frame {
    /// Goes on with `else`, `else if ...` or `else with ...`.
    fn other_branch(&mut self, rest: &str) {
        let mut parts: Vec<Condition> = self.before.iter().cloned().map(Condition::not).collect();
        self.with = None;
        if let Some((_, code)) = rest.trim().split_once(char::is_whitespace) {
            let condition = Condition::parse(code);
            self.before.push(condition.clone());
            parts.push(condition);
        }
        self.condition = Condition::All(parts);
    }
}

fn actions(text: &str) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("{{") {
        let start = from + at;
        let inner = start + 2;
        let is_comment = text[inner..]
            .trim_start_matches('-')
            .trim_start()
            .starts_with("/*");
        let close = if is_comment { "*/" } else { "}}" };
        let Some(end) = text[inner..].find(close).and_then(|at| {
            let behind = inner + at;
            let end = text[behind..].find("}}")?;
            Some(behind + end)
        }) else {
            break;
        };
        if !is_comment {
            let code = text[inner..end]
                .trim_start_matches('-')
                .trim_end_matches('-');
            actions.push(Action {
                start,
                end: end + 2,
                code: code.trim().to_owned(),
            });
        }
        from = end + 2;
    }
    actions
}

/// The name that an action includes.
pub(super) fn included(code: &str) -> Option<String> {
    let at = ["include ", "template "]
        .iter()
        .find_map(|word| code.find(word).map(|at| at + word.len()))?;
    quoted(&code[at..])
}

/// The text of the first quotes.
fn quoted(code: &str) -> Option<String> {
    let (_, rest) = code.split_once('"')?;
    Some(rest.split_once('"')?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Template;

    #[test]
    fn the_conditions_around_a_place_are_known() {
        let text = "{{/* if */}}\n{{- if .Values.a -}}\none\n{{- else if .Values.b }}\ntwo\n{{ else }}\nthree\n{{- with .Values.c }}\nfour\n{{ end }}{{ end }}\nfive";
        let template = Template::new("t".to_owned(), text.to_owned());
        let holds = |word: &str, a: bool, b: bool, c: bool| {
            let at = text.find(word).unwrap();
            let values = json!({"a": a, "b": b, "c": c});
            template.condition(at).0.holds(&values).unwrap()
        };
        assert!(holds("one", true, true, false) && !holds("one", false, true, true));
        assert!(holds("two", false, true, false) && !holds("two", true, true, true));
        assert!(holds("three", false, false, false) && !holds("three", false, true, true));
        assert!(holds("four", false, false, true) && !holds("four", false, false, false));
        assert!(holds("five", false, false, false));
        assert_eq!(template.frames(text.find("four").unwrap()).len(), 2);
    }

    #[test]
    fn a_define_and_its_includes_are_found() {
        let text = "{{ define \"x\" }}{{ if .a }}b{{ end }}c{{ end }}\n{{ include \"x\" . | nindent 2 }}{{ template \"y\" }}";
        let template = Template::new("t".to_owned(), text.to_owned());
        assert_eq!(template.defined("x").unwrap().1, "{{ if .a }}b{{ end }}c");
        assert_eq!(template.includes("x").count(), 1);
        assert_eq!(
            template.condition(text.find('b').unwrap()).1.as_deref(),
            Some("x")
        );
    }

    #[test]
    fn what_is_never_closed_is_no_panic() {
        for text in [
            "{{",
            "{{ if",
            "{{/* x",
            "{{ end }}{{ else }}a",
            "{{ define \"x\" }}",
        ] {
            let template = Template::new("t".to_owned(), text.to_owned());
            template.frames(text.len());
            assert!(template.defined("x").is_none());
        }
    }
}
