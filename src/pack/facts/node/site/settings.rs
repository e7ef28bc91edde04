//! Configurations that are programs, and commands, as far as they can be read without being run.

use std::sync::LazyLock;

use regex::Regex;

use crate::project::Folder;

const EXTENSIONS: &[&str] = &["js", "ts", "mjs", "mts", "cjs", "cts"];

/// The first configuration file of this name, in any of the extensions.
pub(super) fn config(folder: &Folder<'_>, stem: &str) -> Option<(String, String)> {
    if stem.is_empty() {
        return None;
    }
    EXTENSIONS.iter().find_map(|extension| {
        let name = format!("{stem}.{extension}");
        let text = folder.read(&name)?;
        Some((name, text))
    })
}

pub(super) fn place(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!(" as {name} says")
    }
}

/// `key: 'text'` in a configuration that is a program; what is computed is not known.
pub(super) fn setting(text: &str, key: &str) -> Option<String> {
    static SETTING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?m)(?:^|[{,(\s])["']?(\w+)["']?\s*:\s*(?:path\.(?:resolve|join)\([^,)]*,\s*)?["'`]([^"'`$\n]+)["'`]"#)
            .ok()
    });
    if key.is_empty() {
        return None;
    }
    SETTING
        .as_ref()?
        .captures_iter(text)
        .find_map(|found| (&found[1] == key && is_inside(&found[2])).then(|| found[2].to_owned()))
}

/// `--out x` or `--out=x` in a command.
pub(super) fn flag(command: &str, flag: &str) -> Option<String> {
    if flag.is_empty() {
        return None;
    }
    let mut words = command.split_whitespace();
    while let Some(word) = words.next() {
        let value = match word.strip_prefix(flag) {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(value) = value.filter(|value| is_inside(value)) {
            return Some(value.to_owned());
        }
    }
    None
}

/// A plain path; one that leads upwards is only right below a root, see [`below`].
fn is_inside(path: &str) -> bool {
    !path.starts_with(['/', '~', '-', '$'])
}

/// A folder as the Dockerfile and the image description name it.
pub(super) fn tidy(path: &str) -> String {
    let inside = below("", path);
    if inside.is_empty() {
        "dist".to_owned()
    } else {
        inside
    }
}

/// `../out` seen from `client` is `out`.
pub(super) fn below(root: &str, path: &str) -> String {
    let mut parts: Vec<&str> = root
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
