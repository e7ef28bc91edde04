//! The port in the source: what is near the word, what is listened on, what is bound.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::LazyLock;

use regex::Regex;

use crate::project::{Folder, depth, extension, split_name};

use super::super::deploy::is_aside;
use super::{Hit, is_backing_service, parse};

/// The most source files and bytes that are read.
const MAX_FILES: usize = 400;
const MAX_BYTES: usize = 8 << 20;

/// From the surest to the least sure. ASCII alone, which takes a fraction of the time to compile.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // listen(8080), ListenAndServe(":8080", nil), .Run(":8080")
        r#"(?i-u)\b(?:listen\w*|run|start|serve)\s*\(\s*["'`]?(?:[\w.\[\]]*:)?(\d{2,5})\b"#,
        // "0.0.0.0:8080", ":8080"
        r#"(?-u)["'`](?:tcp://)?(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]|\*)?:(\d{2,5})["'`]"#,
        // port = 8080, DEFAULT_PORT: u16 = 6379, "port", 8080, process.env.PORT || 3000, #define SERVER_PORT 7711
        r"(?i-u)\b(?:\w+[._-])?port(?:_number)?\b[\x00-\x09\x0b-/:-\x7f]{0,30}?(\d{2,5})\b",
        // ([0, 0, 0, 0], 3000), ('', 8080)
        r#"(?-u)(?:\]|['"])\s*,\s*(\d{4,5})\s*\)"#,
    ]
    .into_iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

/// Types such as `u16` and numbers of protocol versions stand between the word and the port.
static NOISE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u)\b(?:[iu](?:8|16|32|64)|[Uu]?[Ii]nt(?:8|16|32|64))\b").ok());

pub(super) fn find(folder: &Folder<'_>, pack: &str) -> Option<Hit> {
    // The likeliest come first, and no more are looked at closely than are read.
    let mut files: BinaryHeap<_> = folder
        .below()
        .filter(|path| is_source(path, pack))
        .map(|path| Reverse((rank(path), depth(path), path)))
        .collect();
    let likeliest = std::iter::from_fn(|| files.pop())
        .map(|Reverse((_, _, path))| path)
        .filter(|path| is_of_the_program(path));
    let mut budget = MAX_BYTES;
    let mut unsure = None;
    for path in likeliest.take(MAX_FILES) {
        let Some(text) = folder.read(path) else {
            continue;
        };
        budget = budget.saturating_sub(text.len());
        if let Some((port, line)) = in_text(&text) {
            let hit = Hit {
                port,
                path: folder.in_project(path),
                line,
            };
            if !is_backing_service(port) {
                return Some(hit);
            }
            unsure = unsure.or(Some(hit));
        }
        if budget == 0 {
            break;
        }
    }
    unsure
}

/// The default of an option that is called port and described over several lines, as clap, argparse and Commander have it.
static OPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)["'](?:--)?port["'].*\n(?:.*\n){0,5}?\s*\.?default\w*\s*[=:(]\s*["']?(\d{2,5})\b"#,
    )
    .ok()
});

/// `listen(1024)` of a socket says how many may wait, not where.
const BACKLOGS: &[u16] = &[128, 256, 511, 512, 1024, 4096];

fn in_text(text: &str) -> Option<(u16, usize)> {
    in_lines(text).or_else(|| {
        let found = OPTION.as_ref()?.captures(text)?.get(1)?;
        let line = text[..found.start()].matches('\n').count() + 1;
        Some((parse(found.as_str())?, line))
    })
}

fn in_lines(text: &str) -> Option<(u16, usize)> {
    let noise = NOISE.as_ref()?;
    // Most lines hold no number as long as a port.
    let lines: Vec<_> = (1..)
        .zip(text.lines())
        .filter(|(_, line)| has_number(line) && !is_of_another_service(line))
        .map(|(number, line)| (number, noise.replace_all(line, "")))
        .collect();
    let mut unsure = None;
    for pattern in PATTERNS.iter() {
        for (number, line) in &lines {
            let number = *number;
            let port = pattern.captures(line).and_then(|found| {
                let port = parse(&found[1])?;
                let is_backlog = BACKLOGS.contains(&port) && found[0].contains("listen(");
                (!is_backlog).then_some(port)
            });
            match port {
                Some(port) if !is_backing_service(port) => return Some((port, number)),
                Some(port) => unsure = unsure.or(Some((port, number))),
                None => {}
            }
        }
    }
    unsure
}

fn has_number(line: &str) -> bool {
    let mut pairs = line.as_bytes().windows(2);
    pairs.any(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_digit())
}

/// Lines that tell of a database, a mail server, a request to somewhere else.
fn is_of_another_service(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    let others = [
        "postgres",
        "mysql",
        "redis",
        "mongo",
        "smtp",
        "amqp",
        "kafka",
        "memcache",
        "metrics",
        "http.get(",
        "fetch(",
        "import ",
        "include <",
    ];
    others.iter().any(|other| line.contains(other)) || line.len() > 2_000
}

fn is_source(path: &str, pack: &str) -> bool {
    let extension = extension(path);
    match pack {
        "go" => extension == "go",
        "rust" => extension == "rs",
        "javascript" | "typescript" => matches!(extension, "js" | "mjs" | "cjs" | "ts" | "mts"),
        "python" => extension == "py",
        "maven" | "gradle" | "scala" => matches!(extension, "java" | "kt" | "scala" | "groovy"),
        "ruby" => matches!(extension, "rb" | "ru"),
        "php" => extension == "php",
        "csharp" => matches!(extension, "cs" | "fs"),
        "swift" => extension == "swift",
        "elixir" => matches!(extension, "ex" | "exs"),
        "cpp" => matches!(extension, "c" | "cc" | "cpp" | "h" | "hpp"),
        _ => false,
    }
}

/// Whether a source is neither a test nor something that is brought along.
fn is_of_the_program(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let test = name.contains("_test.")
        || name.contains(".test.")
        || name.contains(".spec.")
        || name.starts_with("test_")
        || name.ends_with("Test.java");
    !test
        && !is_aside(path)
        && !path.contains(".min.")
        && !path.contains("/assets/")
        && !path.contains("src/test/")
}

/// The files that start the program come first.
fn rank(path: &str) -> u8 {
    let (_, name) = split_name(path);
    let length = name.bytes().position(|byte| byte == b'.');
    let stem = &name[..length.unwrap_or(name.len())];
    if stem.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return rank_of(&stem.to_ascii_lowercase());
    }
    rank_of(stem)
}

fn rank_of(stem: &str) -> u8 {
    // Names are so short that a search made for long texts takes longer to begin than this takes.
    let has = |part: &str| {
        let mut places = stem.as_bytes().windows(part.len());
        places.any(|place| place == part.as_bytes())
    };
    match stem {
        "main" | "server" | "app" | "index" | "application" | "program" | "startup" | "www" => 0,
        _ if [
            "main", "server", "launcher", "config", "vars", "options", "cli", "flags", "http",
        ]
        .into_iter()
        .any(has) =>
        {
            1
        }
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn ports_are_read_from_code() {
        for (text, port) in [
            ("http.ListenAndServe(\":8080\", nil)", Some(8080)),
            ("app.listen(3000);", Some(3000)),
            ("const port = process.env.PORT || 4000", Some(4000)),
            ("pub const DEFAULT_PORT: u16 = 6379;", Some(6379)),
            ("let addr = \"0.0.0.0:8080\";", Some(8080)),
            ("#define SERVER_PORT 7711", Some(7711)),
            ("HTTPServer(('', 8081), H)", Some(8081)),
            ("SocketAddr::from(([127, 0, 0, 1], 3000))", Some(3000)),
            ("flag.Int(\"port\", 9000, \"\")", Some(9000)),
            (
                "app.run(host='0.0.0.0', port=int(os.environ.get('PORT', 5005)))",
                Some(5005),
            ),
            ("redis.connect(port=1234)", None),
            ("report 8080; import 80", None),
            ("socket.listen(1024 /* backlog */)?;", None),
            (
                "#[arg(\n  long = \"port\",\n  env = \"A_PORT\",\n  default_value = \"8090\",\n)]",
                Some(8090),
            ),
            (
                "parser.add_argument('--port', type=int,\n    default=9001)",
                Some(9001),
            ),
            (
                "(\"port\",\n a,\n b,\n c,\n d,\n e,\n f,\n default = 80)",
                None,
            ),
            ("db_port = 5432\nserve(8080)", Some(8080)),
        ] {
            assert_eq!(in_text(text).map(|found| found.0), port, "{text}");
        }
    }
}
