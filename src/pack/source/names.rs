//! Paths of files that come from others, refused where any file system or Git itself would take them for something else.

/// The longest name of a file or folder.
const MAX_NAME: usize = 200;
/// The longest path.
const MAX_PATH: usize = 1_000;

/// Why `path`, relative and with `/`, must not be written; `None` when it may.
pub(in super::super) fn fault(path: &str) -> Option<&'static str> {
    if path.len() > MAX_PATH {
        return Some("is too long a path");
    }
    path.split('/').find_map(fault_of_name)
}

fn fault_of_name(name: &str) -> Option<&'static str> {
    if matches!(name, "" | "." | "..") {
        return Some("leads out of its folder");
    }
    if name.len() > MAX_NAME {
        return Some("has too long a name in it");
    }
    if name
        .chars()
        .any(|c| c.is_control() || "\\:\"*?<>|".contains(c))
    {
        return Some("has a character in it that not every file system takes");
    }
    // HFS+ ignores some characters, NTFS dots and spaces at the end; both fold case.
    let plain: String = name
        .chars()
        .filter(|c| !is_ignored(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let plain = plain.trim_end_matches(['.', ' ']);
    if plain.len() != name.len() && name.ends_with(['.', ' ']) {
        return Some("ends in a dot or a space");
    }
    if plain == ".git" || is_short_git(plain) {
        return Some("is where Git keeps its own");
    }
    let stem = plain.split('.').next().unwrap_or(plain);
    let is_numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    if ["con", "prn", "aux", "nul"].contains(&stem) || is_numbered("com") || is_numbered("lpt") {
        return Some("is the name of a device");
    }
    None
}

/// The short name that NTFS gives `.git`: `git~1` and on.
fn is_short_git(name: &str) -> bool {
    name.strip_prefix("git~")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What HFS+ leaves out of comparisons (source: git utf8.c, `next_hfs_char`).
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

/// The first two of `paths` that are one file where case does not count.
pub(in super::super) fn twins<'a>(
    paths: impl Iterator<Item = &'a str>,
) -> Option<(&'a str, &'a str)> {
    let mut known = std::collections::BTreeMap::new();
    for path in paths {
        if let Some(other) = known.insert(path.to_lowercase(), path)
            && other != path
        {
            return Some((other, path));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{fault, twins};

    #[test]
    fn d30_spellings_of_git_and_of_devices_are_refused() {
        for bad in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "./a",
            "a/.",
            ".git",
            ".GIT/config",
            "a/.Git/hooks/x",
            ".git.",
            ".git ",
            ".git. .",
            "git~1",
            "GIT~2/x",
            ".g\u{200c}it",
            ".git\u{feff}",
            "\u{206a}.git",
            ".git::$INDEX_ALLOCATION",
            "a:b",
            "a\\b",
            "..\\x",
            "C:\\x",
            "con",
            "CON.txt",
            "a/nul",
            "aux.yaml",
            "com1",
            "LPT9.x",
            "a\nb",
            "a\u{0}b",
            "a\u{1b}[2J",
            "trailing.",
            "trailing ",
            "what?",
            "star*",
        ] {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
        assert!(fault(&"a".repeat(300)).is_some() && fault(&"a/".repeat(600)).is_some());
        for good in [
            ".gitignore",
            ".github/x",
            "git~x",
            "console",
            "com10",
            ".dockerignore",
            "charts/__app__/templates/_helpers.tpl",
            "é/ü.txt",
            "..a",
            "a..b",
        ] {
            assert_eq!(fault(good), None, "{good:?}");
        }
    }

    #[test]
    fn names_that_differ_in_case_alone_are_twins() {
        assert_eq!(
            twins(["a/B", "a/c", "A/b"].into_iter()),
            Some(("a/B", "A/b"))
        );
        assert_eq!(twins(["a", "b"].into_iter()), None);
    }
}
