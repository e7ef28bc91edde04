//! The port that a Dockerfile names.

use std::collections::BTreeMap;

use crate::project::Project;

use super::{Hit, parse};

/// The HTTP port of the last stage: `EXPOSE`, with variables resolved, else a variable whose name ends in `PORT`.
pub(super) fn exposed(project: &Project, path: &str) -> Option<Hit> {
    let text = project.read(path)?;
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    let mut exposed: Vec<(usize, u16)> = Vec::new();
    let mut named: Option<(usize, u16)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let mut words = line.split_whitespace();
        match words.next().map(str::to_ascii_uppercase).as_deref() {
            // Only the last stage runs; what an earlier one exposes counts if the last one exposes nothing.
            Some("FROM") if exposes(text.lines().skip(number)) => exposed.clear(),
            Some("ENV" | "ARG") => {
                for (name, value) in assignments(&line.trim_start()[3..]) {
                    if name.to_ascii_uppercase().ends_with("PORT") {
                        named = parse(&value).map(|port| (number, port)).or(named);
                    }
                    variables.insert(name, value);
                }
            }
            Some("EXPOSE") => exposed.extend(
                words
                    .filter(|word| !word.ends_with("/udp"))
                    .filter_map(|word| parse(resolve(word.trim_end_matches("/tcp"), &variables)))
                    .map(|port| (number, port)),
            ),
            _ => {}
        }
    }
    let aside = |port: u16| matches!(port, 22 | 443 | 8443 | 9090);
    let (line, port) = exposed
        .iter()
        .find(|(_, port)| !aside(*port))
        .or(exposed.first())
        .copied()
        .or(named)?;
    Some(Hit {
        port,
        path: path.to_owned(),
        line,
    })
}

fn exposes<'t>(mut lines: impl Iterator<Item = &'t str>) -> bool {
    lines.any(|line| {
        line.trim_start()
            .to_ascii_uppercase()
            .starts_with("EXPOSE ")
    })
}

/// `A=1 B="2"`, or the old form `A 1`.
fn assignments(text: &str) -> Vec<(String, String)> {
    let text = text.trim();
    if let Some((name, value)) = text.split_once(char::is_whitespace)
        && !name.contains('=')
    {
        return vec![(name.to_owned(), unquote(value))];
    }
    text.split_whitespace()
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| (name.to_owned(), unquote(value)))
        .collect()
}

fn unquote(value: &str) -> String {
    value.trim().trim_matches(['"', '\'']).to_owned()
}

/// `$PORT`, `${PORT}` and `${PORT:-8080}` become their value.
fn resolve<'a>(word: &'a str, variables: &'a BTreeMap<String, String>) -> &'a str {
    let Some(name) = word.strip_prefix('$') else {
        return word;
    };
    let name = name.trim_start_matches('{').trim_end_matches('}');
    let (name, default) = name.split_once(":-").unwrap_or((name, ""));
    variables.get(name).map_or(default, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::exposed;
    use crate::project::Project;

    #[test]
    fn the_http_port_of_the_last_stage_is_read() {
        for (text, port, line) in [
            ("FROM a\nEXPOSE 80 443\n", Some(80), 2),
            ("EXPOSE 22 3000", Some(3000), 1),
            ("EXPOSE 443", Some(443), 1),
            (
                "FROM a AS b\nEXPOSE 1\nFROM c\nEXPOSE 8080/tcp 53/udp",
                Some(8080),
                4,
            ),
            ("FROM a AS b\nEXPOSE 9000\nFROM b", Some(9000), 2),
            ("ARG PORT=4000\nEXPOSE $PORT", Some(4000), 2),
            ("EXPOSE ${PORT:-5000}", Some(5000), 1),
            ("ENV PORT=\"8080\"", Some(8080), 1),
            ("ENV HTTP_PORT 8081", Some(8081), 1),
            ("FROM a", None, 0),
            ("EXPOSE 99999", None, 0),
        ] {
            let project = Project::in_memory("x", [("Dockerfile", text)]);
            let hit = exposed(&project, "Dockerfile");
            assert_eq!(hit.as_ref().map(|hit| hit.port), port, "{text}");
            assert_eq!(hit.map_or(0, |hit| hit.line), line, "{text}");
        }
    }
}
