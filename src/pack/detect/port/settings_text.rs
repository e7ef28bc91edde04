//! The port in a settings file, read by lines: YAML, TOML, INI, properties and HOCON, cut or invalid ones too.

use std::sync::LazyLock;

use regex::Regex;

use super::{is_backing_service, parse};

/// Sections that name the port of something else.
const OTHERS: &[&str] = &[
    "admin",
    "amqp",
    "cache",
    "database",
    "datasource",
    "db",
    "debug",
    "elastic",
    "email",
    "eureka",
    "grpc",
    "jaeger",
    "kafka",
    "ldap",
    "mail",
    "management",
    "memcache",
    "metrics",
    "mongo",
    "mysql",
    "nats",
    "postgres",
    "proxy",
    "rabbit",
    "redis",
    "smtp",
    "ssh",
    "statsd",
    "tracing",
    "zipkin",
];

/// Keys of the application's own port, without `-`, `_` and `.`.
const NAMES: &[&str] = &[
    "port",
    "serverport",
    "httpport",
    "listenport",
    "webport",
    "apiport",
    "appport",
    "internalport",
    "flaskrunport",
    "uvicornport",
    "serverlistenport",
    "httpsocket",
    "bind",
    "listen",
    "aspnetcoreurls",
    "quarkushttpport",
    "micronautserverport",
];

static KEY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^\s*(?:- )?["']?([A-Za-z0-9_.-]+)["']?\s*[:=]\s*(.*)$"#).ok());
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^["']?(?:\$\{[^:}]*:-?)?(?:[\w.\[\]:*]*:)?(\d{2,5})\}?["']?[,;]?$"#).ok()
});

/// The first port of the application's own server, with its line.
pub(super) fn port(text: &str) -> Option<(u16, usize)> {
    let (key, number) = (KEY.as_ref()?, NUMBER.as_ref()?);
    let mut section: Vec<(usize, String)> = Vec::new();
    for (line_number, line) in (1..).zip(text.lines()) {
        let bare = without_comment(line);
        if bare.trim().is_empty() {
            continue;
        }
        let indent = bare.len() - bare.trim_start().len();
        if let Some(name) = bare
            .trim()
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            section = vec![(0, name.to_ascii_lowercase())];
            continue;
        }
        let in_table = section
            .first()
            .is_some_and(|(_, name)| !name.ends_with(':'));
        if !in_table {
            section.retain(|(above, _)| *above < indent);
        }
        if let Some(name) = bare.trim().strip_suffix('{') {
            section.push((indent, format!("{}:", name.trim().to_ascii_lowercase())));
            continue;
        }
        let Some(found) = key.captures(bare) else {
            continue;
        };
        let (name, value) = (found[1].to_ascii_lowercase(), found[2].trim());
        if value.is_empty() {
            section.push((indent, format!("{name}:")));
            continue;
        }
        let of_others = |text: &str| OTHERS.iter().any(|other| text.contains(other));
        if !names_a_port(&name)
            || of_others(&name)
            || section.iter().any(|(_, above)| of_others(above))
        {
            continue;
        }
        if let Some(port) = number
            .captures(value)
            .and_then(|found| parse(&found[1]))
            .filter(|port| !is_backing_service(*port))
        {
            return Some((port, line_number));
        }
    }
    None
}

fn names_a_port(key: &str) -> bool {
    let plain: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    NAMES.contains(&plain.as_str())
}

fn without_comment(line: &str) -> &str {
    let trimmed = line.trim_start();
    if trimmed.starts_with(['#', ';']) || trimmed.starts_with("//") {
        return "";
    }
    line.split(" #").next().unwrap_or(line).trim_end()
}

#[cfg(test)]
mod tests {
    use super::port;

    #[test]
    fn the_port_of_the_server_is_told_from_those_of_others() {
        for (text, expected) in [
            ("server:\n  port: 8080\n", Some((8080, 2))),
            (
                "spring:\n  mail:\n    port: 25\n  x: 1\nserver:\n  port: 8081\n",
                Some((8081, 6)),
            ),
            (
                "spring.mail.port=2525\nserver.port=${PORT:9000}\n",
                Some((9000, 2)),
            ),
            (
                "[database]\nport = 1234\n[server]\nHTTP_PORT = 3000\n",
                Some((3000, 4)),
            ),
            (
                "api {\n  host = \"0.0.0.0\"\n  port = 8080\n}\n",
                Some((8080, 3)),
            ),
            (
                "db {\n  port = 1\n}\nhttp {\n  port = 8082\n}",
                Some((8082, 5)),
            ),
            ("# port: 1111\nserver-port: 8080\n", Some((8080, 2))),
            ("http-socket = :8000\n", Some((8000, 1))),
            (
                "ktor:\n  deployment:\n    port: ${SERVER_PORT:8080}\n",
                Some((8080, 3)),
            ),
            ("PORT=5000 # comment\n", Some((5000, 1))),
            ("port: 5432\n", None),
            ("report: 8080\n", None),
        ] {
            assert_eq!(port(text), expected, "{text}");
        }
    }
}
