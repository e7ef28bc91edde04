//! The path that says whether the app is well. An empty one means that its port is probed: always right, only less exact.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::LazyLock;

use regex::Regex;

use crate::project::{Folder, depth, extension};

use super::Fact;

mod framework;

/// Usual paths, the most telling first.
const PATHS: &[&str] = &[
    "/healthz",
    "/readyz",
    "/livez",
    "/health",
    "/api/health",
    "/actuator/health",
    "/status",
    "/ping",
    "/-/healthy",
];

/// The most files and bytes that are read.
const MAX_FILES: usize = 300;
const MAX_BYTES: usize = 4 << 20;

/// One of [`PATHS`] in quotes.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let paths: Vec<String> = PATHS.iter().map(|path| regex::escape(path)).collect();
    Regex::new(&format!("[\"'`]({})[\"'`]", paths.join("|"))).ok()
});

/// A route for `/` in the usual frameworks: `HandleFunc("/", ..)`, `app.get('/', ..)`, `@app.route("/")`, `path("", ..)`.
static TOP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?-u)(?:(?:HandleFunc|Handle|GET|Get|get|use|all|route|Route|websocket|GetMapping|createContext|MapGet)\(\s*["'`](?:GET )?/(?:\{\$\})?["'`]|path\(\s*["']["']|#\[get\("/"\)\]|express\.static\(|createServer\()"#,
    )
    .ok()
});

pub(super) fn fact(pack: &str, folder: &Folder<'_>) -> Fact {
    let name = "health.path";
    if pack == "static" {
        return Fact::new(name, "/", "the first page of the site is there");
    }
    if let Some((path, because)) = framework::path(pack, folder) {
        return Fact::new(name, path, because);
    }
    // The nearest come first, and no more are looked at closely than are read.
    let mut files: BinaryHeap<_> = folder
        .below()
        .filter(|path| is_source(path))
        .map(|path| Reverse((depth(path), path)))
        .collect();
    let nearest = std::iter::from_fn(|| files.pop())
        .map(|Reverse((_, path))| path)
        .filter(|path| is_of_the_program(path));
    let mut budget = MAX_BYTES;
    let mut top = None;
    let mut named: Option<(usize, &str)> = None;
    for path in nearest.take(MAX_FILES) {
        let Some(text) = folder.read(path) else {
            continue;
        };
        budget = budget.saturating_sub(text.len());
        let best = best_named(&text);
        if let Some(best) = best.filter(|best| named.is_none_or(|(so_far, _)| *best < so_far)) {
            named = Some((best, path));
        }
        if top.is_none() && TOP.as_ref().is_some_and(|pattern| pattern.is_match(&text)) {
            top = Some(path);
        }
        if budget == 0 {
            break;
        }
    }
    match (named, top) {
        (Some((index, path)), _) => Fact::new(
            name,
            PATHS[index],
            format!("{} answers it", folder.in_project(path)),
        ),
        (None, Some(path)) => {
            Fact::new(name, "/", format!("{} answers it", folder.in_project(path)))
        }
        (None, None) => Fact::new(
            name,
            "",
            "no route for / or for a health check was seen, so the port is probed",
        ),
    }
}

/// The most telling of [`PATHS`] that stands in quotes.
fn best_named(text: &str) -> Option<usize> {
    let named = NAMED.as_ref()?.captures_iter(text);
    named
        .filter_map(|found| PATHS.iter().position(|path| *path == &found[1]))
        .min()
}

fn is_source(path: &str) -> bool {
    matches!(
        extension(path),
        "go" | "rs"
            | "js"
            | "mjs"
            | "cjs"
            | "ts"
            | "py"
            | "java"
            | "kt"
            | "rb"
            | "php"
            | "cs"
            | "ex"
            | "swift"
            | "scala"
            | "c"
            | "cc"
            | "cpp"
    )
}

/// Whether a source is neither a test nor something that is brought along.
fn is_of_the_program(path: &str) -> bool {
    !path.contains("test")
        && !path.contains("spec")
        && !path.starts_with("vendor/")
        && !path.contains(".min.")
        && !path.starts_with("docs/")
}

#[cfg(test)]
mod tests {
    use crate::project::Project;

    #[test]
    fn routes_decide_what_is_probed() {
        for (path, text, health) in [
            ("main.go", "mux.HandleFunc(\"/demo/hello\", f)", ""),
            ("main.go", "http.HandleFunc(\"/\", f)", "/"),
            (
                "main.go",
                "mux.HandleFunc(\"/\", f)\nmux.Handle(\"/healthz\", g)",
                "/healthz",
            ),
            ("app.js", "app.get('/', x)", "/"),
            ("src/index.js", "app.use(express.static(__dirname))", "/"),
            ("app.py", "@app.route('/')", "/"),
            ("app/routes.py", "@bp.route('/', methods=['GET'])", "/"),
            ("src/main.rs", ".route(\"/health\", get(ok))", "/health"),
            ("a_test.go", "mux.Handle(\"/healthz\", g)", ""),
        ] {
            let project = Project::in_memory("x", [(path, text)]);
            assert_eq!(super::fact("go", &project.top()).value, health, "{text}");
        }
    }
}
