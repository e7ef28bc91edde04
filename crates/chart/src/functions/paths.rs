//! Paths with slashes; the `os` variants are those of Linux, where Helm runs.

use gotpl::{Function, Type};

use super::args::str;

const S: &[Type] = &[Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("base", S, |_, args| Ok(base(&str(args, 0)).into())),
    Function::fixed("osBase", S, |_, args| Ok(base(&str(args, 0)).into())),
    Function::fixed("dir", S, |_, args| Ok(dir(&str(args, 0)).into())),
    Function::fixed("osDir", S, |_, args| Ok(dir(&str(args, 0)).into())),
    Function::fixed("clean", S, |_, args| Ok(clean(&str(args, 0)).into())),
    Function::fixed("osClean", S, |_, args| Ok(clean(&str(args, 0)).into())),
    Function::fixed("ext", S, |_, args| Ok(ext(&str(args, 0)).into())),
    Function::fixed("osExt", S, |_, args| Ok(ext(&str(args, 0)).into())),
    Function::fixed("isAbs", S, |_, args| {
        Ok(str(args, 0).starts_with('/').into())
    }),
    Function::fixed("osIsAbs", S, |_, args| {
        Ok(str(args, 0).starts_with('/').into())
    }),
];

/// `path.Base`
fn base(path: &str) -> String {
    if path.is_empty() {
        return ".".to_owned();
    }
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() {
        return "/".to_owned();
    }
    trimmed.rsplit('/').next().unwrap_or(trimmed).to_owned()
}

/// `path.Dir`
fn dir(path: &str) -> String {
    clean(path.rfind('/').map_or("", |slash| &path[..=slash]))
}

/// `path.Ext`
fn ext(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rfind('.').map_or("", |dot| &name[dot..])
}

/// `path.Clean`: the shortest path that means the same.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_go() {
        for (path, expected) in [
            ("", [".", ".", "."]),
            ("/", ["/", "/", "/"]),
            ("a/b/../c.d/", ["c.d", "a/c.d", "a/c.d"]),
            ("/../a", ["a", "/", "/a"]),
            ("../..", ["..", "..", "../.."]),
            ("a", ["a", ".", "a"]),
        ] {
            assert_eq!([base(path), dir(path), clean(path)], expected, "{path}");
        }
        assert_eq!(
            [ext("a.b/c"), ext("a/b.tar.gz"), ext(".x")],
            ["", ".gz", ".x"]
        );
    }
}
