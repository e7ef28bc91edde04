//! One folder of a project, as detectors see it: they ask for names and texts and never open a file themselves.

use super::Project;

/// What follows the last dot of a path's last part; empty where there is none.
pub fn extension(path: &str) -> &str {
    let bytes = path.as_bytes();
    let end = bytes.iter().rposition(|byte| matches!(byte, b'.' | b'/'));
    match end {
        Some(dot) if bytes[dot] == b'.' => &path[dot + 1..],
        _ => "",
    }
}

/// The folder of a path, empty at the top, and the last part.
pub fn split_name(path: &str) -> (&str, &str) {
    // Asked for every file of a repository: paths are too short for a search that is made for long texts.
    match path.bytes().rposition(|byte| byte == b'/') {
        Some(slash) => (&path[..slash], &path[slash + 1..]),
        None => ("", path),
    }
}

/// How many folders a path goes down.
pub fn depth(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

/// A folder of a [`Project`]. Paths given to it are relative to it, paths in answers are relative to the project.
#[derive(Debug, Clone)]
pub struct Folder<'a> {
    project: &'a Project,
    /// Empty for the top, else with a `/` at the end.
    prefix: String,
}

impl<'a> Folder<'a> {
    pub(super) fn new(project: &'a Project, path: &str) -> Self {
        let path = path.trim_end_matches('/');
        let prefix = if path.is_empty() || path == "." {
            String::new()
        } else {
            format!("{path}/")
        };
        Self { project, prefix }
    }

    /// The project.
    pub fn project(&self) -> &'a Project {
        self.project
    }

    /// The folder's path in the project; `.` is the top.
    pub fn path(&self) -> &str {
        if self.prefix.is_empty() {
            "."
        } else {
            self.prefix.trim_end_matches('/')
        }
    }

    /// The path in the project of a file in this folder.
    pub fn in_project(&self, relative: &str) -> String {
        format!("{}{relative}", self.prefix)
    }

    /// Whether this file exists.
    pub fn has(&self, relative: &str) -> bool {
        self.project.has(&self.in_project(relative))
    }

    /// The first of these files that exists.
    pub fn first_of<'n>(&self, relatives: &[&'n str]) -> Option<&'n str> {
        relatives.iter().copied().find(|name| self.has(name))
    }

    /// Whether a file exists somewhere below this sub-folder.
    pub fn has_folder(&self, relative: &str) -> bool {
        let prefix = format!("{}{relative}/", self.prefix);
        let files = self.project.files();
        let start = files.partition_point(|file| *file < prefix);
        files
            .get(start)
            .is_some_and(|file| file.starts_with(&prefix))
    }

    /// The text of a file.
    pub fn read(&self, relative: &str) -> Option<String> {
        self.project.read(&self.in_project(relative))
    }

    /// All files below, relative to this folder, in the order of names.
    pub fn below(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let files = self.project.files();
        let length = self.prefix.len();
        let start = files.partition_point(|file| *file < self.prefix);
        let prefix = self.prefix.clone();
        files[start..]
            .iter()
            .take_while(move |file| file.starts_with(&prefix))
            .map(move |file| &file[length..])
    }

    /// The files directly in this folder.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let files = self.project.files();
        let prefix = self.prefix.clone();
        let mut next = files.partition_point(|file| *file < prefix);
        std::iter::from_fn(move || {
            loop {
                let file = files.get(next)?.strip_prefix(&prefix)?;
                let Some(slash) = file.find('/') else {
                    next += 1;
                    return Some(file);
                };
                // What lies deeper is stepped over, not walked through.
                let deeper = &files[next][..=prefix.len() + slash];
                next += files[next..].partition_point(|file| file.starts_with(deeper));
            }
        })
    }

    /// The first file directly in this folder whose name ends so.
    pub fn with_suffix(&self, suffix: &str) -> Option<&'a str> {
        self.names().find(|name| name.ends_with(suffix))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Project;

    #[test]
    fn a_folder_sees_its_own_files_only() {
        let project = Project::in_memory(
            "x",
            [
                ("a", "1"),
                ("b-c/d", "2"),
                ("b/d", "3"),
                ("b/e.go/g", "4"),
                ("b/e/f.go", "4"),
                ("b/e/g/h", "5"),
                ("b/i.go", "6"),
                ("b/j/k", "7"),
                ("c", "8"),
            ],
        );
        let folder = project.folder("b/");
        assert_eq!(folder.path(), "b");
        assert_eq!(
            folder.below().collect::<Vec<_>>(),
            ["d", "e.go/g", "e/f.go", "e/g/h", "i.go", "j/k"]
        );
        assert_eq!(folder.names().collect::<Vec<_>>(), ["d", "i.go"]);
        assert_eq!(project.top().names().collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(folder.read("d").as_deref(), Some("3"));
        assert!(folder.has_folder("e") && !folder.has_folder("d"));
        assert_eq!(project.top().path(), ".");
        assert_eq!(project.top().with_suffix("a"), Some("a"));
    }
}
