//! What the app in a folder needs from above it: the workspace that it is a member of, and what its build files name outside of the
//! folder. A pipeline has the whole repository, an image that is built from the folder alone has not.

use serde_json::Value;

use crate::project::{Folder, Project};

use super::detect::workspace_members;
use super::facts;

/// Something above the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// What it is, as a fragment.
    pub because: String,
    /// What to do about it.
    pub advice: String,
    /// Whether a build in the folder surely fails.
    pub is_fatal: bool,
}

/// Build files whose paths lead out of the folder, by name.
const BUILD_FILES: &[&str] = &[
    "Cargo.toml",
    "build.gradle",
    "build.gradle.kts",
    "composer.json",
    "Gemfile",
    "go.mod",
    "mix.exs",
    "package.json",
    "pyproject.toml",
    "requirements.txt",
    "settings.gradle",
    "settings.gradle.kts",
];

/// What the app in the folder `dir` of `whole` needs from above, when it is built with the pack of this lineage. Nothing for one at
/// the top, and nothing where a Dockerfile or a chart of the user's is all there is.
pub fn needs_above(whole: &Project, dir: &str, lineage: &[String]) -> Vec<Need> {
    let is = |pack: &str| lineage.iter().any(|name| name == pack);
    if dir == "." || is("docker") || is("helm") {
        return Vec::new();
    }
    let folder = whole.folder(dir);
    let workspace = if is("rust") {
        cargo(whole, &folder)
    } else if is("javascript") || is("typescript") {
        node(whole, &folder, lineage)
    } else if is("go") {
        go(whole, &folder)
    } else if is("maven") {
        maven(whole, &folder)
    } else if is("gradle") {
        gradle(whole, &folder)
    } else if is("python") {
        uv(whole, &folder)
    } else {
        None
    };
    workspace.into_iter().chain(outside(&folder)).collect()
}

/// The folders above, the nearest first; the top is `.`.
fn above<'p>(whole: &'p Project, dir: &str) -> Vec<Folder<'p>> {
    let mut folders = Vec::new();
    let mut rest = dir;
    while let Some((parent, _)) = rest.rsplit_once('/') {
        folders.push(whole.folder(parent));
        rest = parent;
    }
    folders.push(whole.top());
    folders
}

/// The path of `file` in the first folder above where `claims` holds.
fn claimed(
    whole: &Project,
    dir: &str,
    file: &str,
    claims: impl Fn(&Folder<'_>, &str) -> bool,
) -> Option<String> {
    above(whole, dir)
        .iter()
        .find(|folder| folder.read(file).is_some_and(|text| claims(folder, &text)))
        .map(|folder| folder.in_project(file))
}

fn alone(because: String) -> Need {
    Need {
        because,
        advice: "import the folder of the workspace instead, or build the image with a Dockerfile of your own and --pack docker"
            .to_owned(),
        is_fatal: true,
    }
}

fn from_folder(because: String) -> Need {
    Need {
        because,
        advice: "the pipeline has it, an image built from the folder with its Dockerfile has not"
            .to_owned(),
        is_fatal: false,
    }
}

fn cargo(whole: &Project, folder: &Folder<'_>) -> Option<Need> {
    let own = folder.read("Cargo.toml").unwrap_or_default();
    if own.lines().any(|line| line.trim() == "[workspace]") {
        return None;
    }
    let dir = folder.path();
    let root = claimed(whole, dir, "Cargo.toml", |root, text| {
        let mut lines = text.lines().map(str::trim);
        let is_workspace =
            lines.any(|line| line == "[workspace]" || line.starts_with("[workspace."));
        let excluded = text.split_once("exclude").map_or("", |(_, rest)| rest);
        let excluded = excluded.split(']').next().unwrap_or_default();
        let mut excluded = excluded.split('"').skip(1).step_by(2);
        is_workspace && !excluded.any(|path| root.in_project(path.trim_end_matches('/')) == dir)
    })?;
    Some(alone(format!(
        "it is in the Cargo workspace of {root}, where its Cargo.lock and target/ are"
    )))
}

fn node(whole: &Project, folder: &Folder<'_>, lineage: &[String]) -> Option<Need> {
    let dir = folder.path();
    let root = claimed(whole, dir, "package.json", |root, text| {
        let package: Value = serde_json::from_str(text).unwrap_or_default();
        workspace_members(root, &package)
            .iter()
            .any(|member| member == dir)
    })?;
    let because = format!("it is in the workspace of {root}, where its lock file and packages are");
    let facts = facts::gather(lineage, folder);
    let is_site = facts
        .iter()
        .any(|fact| fact.name == "node.site" && !fact.value.is_empty());
    Some(if is_site {
        from_folder(because)
    } else {
        alone(because)
    })
}

fn go(whole: &Project, folder: &Folder<'_>) -> Option<Need> {
    let dir = folder.path();
    let root = claimed(whole, dir, "go.work", |root, text| {
        let words = text.split_whitespace().map(|word| word.trim_matches('"'));
        words
            .map(|word| root.in_project(word.trim_start_matches("./").trim_end_matches('/')))
            .any(|used| used == dir)
    })?;
    Some(from_folder(format!("{root} puts it into a Go workspace")))
}

fn maven(whole: &Project, folder: &Folder<'_>) -> Option<Need> {
    let dir = folder.path();
    let own = folder.read("pom.xml")?;
    let module = |root: &Folder<'_>, text: &str| {
        let modules = text.split("<module>").skip(1);
        let names: Vec<String> = modules
            .filter_map(|rest| rest.split_once("</module>"))
            .map(|(name, _)| root.in_project(name.trim().trim_end_matches('/')))
            .collect();
        names
    };
    let root = claimed(whole, dir, "pom.xml", |root, text| {
        module(root, text).iter().any(|name| name == dir)
    })?;
    let top = whole.folder(
        root.strip_suffix("pom.xml")
            .unwrap_or(".")
            .trim_end_matches('/'),
    );
    let siblings = module(&top, &whole.read(&root).unwrap_or_default());
    // The second artifactId of a pom is its own where the first is its parent's.
    let needed = siblings
        .iter()
        .filter(|sibling| *sibling != dir)
        .find(|sibling| {
            let name = sibling.rsplit('/').next().unwrap_or(sibling);
            own.split("<dependencies>")
                .skip(1)
                .any(|part| part.contains(&format!("<artifactId>{name}</artifactId>")))
        });
    if let Some(sibling) = needed {
        return Some(alone(format!(
            "it needs the module {sibling}, which Maven builds from {root} only"
        )));
    }
    own.contains("<parent>")
        .then(|| from_folder(format!("{root} is the parent of its pom.xml")))
}

fn gradle(whole: &Project, folder: &Folder<'_>) -> Option<Need> {
    let settings = ["settings.gradle", "settings.gradle.kts"];
    if folder.first_of(&settings).is_some() {
        return None;
    }
    let root = settings.iter().find_map(|name| {
        claimed(whole, folder.path(), name, |_, text| {
            text.contains("include")
        })
    })?;
    Some(from_folder(format!(
        "{root} makes it a part of a larger build"
    )))
}

fn uv(whole: &Project, folder: &Folder<'_>) -> Option<Need> {
    if folder.has("uv.lock") {
        return None;
    }
    let root = claimed(whole, folder.path(), "pyproject.toml", |_, text| {
        text.contains("[tool.uv.workspace]")
    })?;
    Some(from_folder(format!(
        "{root} puts it into a uv workspace, whose lock file is there"
    )))
}

/// What the build files name outside of the folder.
fn outside(folder: &Folder<'_>) -> Option<Need> {
    let projects = folder.names().filter(|name| name.ends_with("proj"));
    let names = BUILD_FILES.iter().copied().filter(|name| folder.has(name));
    let (file, path) = names.chain(projects).find_map(|name| {
        let text = folder.read(name)?;
        let mut lines = text.lines().filter(|line| !is_comment(line));
        let path = lines.find_map(way_out)?.to_owned();
        Some((name, path))
    })?;
    Some(Need {
        because: format!("{file} names {path}, outside of the folder"),
        advice: "a change there releases the app only once the on-path-change of its pipelines names it, and an image built from the folder with its Dockerfile does not have it".to_owned(),
        is_fatal: false,
    })
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//") || line.starts_with("<!--")
}

/// The first word of a line that begins with `../`.
fn way_out(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let start = line.match_indices("..").find(|(at, _)| {
        let before = line[..*at].chars().next_back();
        let is_start = before.is_none_or(|c| c.is_whitespace() || "\"'=:(".contains(c));
        is_start && line[at + 2..].starts_with(['/', '\\'])
    });
    let (start, _) = start?;
    let rest = &line[start..];
    let end = rest.find(|c: char| c.is_whitespace() || "\"',)<>;".contains(c));
    Some(&rest[..end.unwrap_or(rest.len())])
}

#[cfg(test)]
mod tests {
    use super::needs_above;
    use crate::project::Project;

    fn needs(pack: &str, files: &[(&str, &str)]) -> Vec<String> {
        let whole = Project::in_memory("x", files.iter().copied());
        let lineage = [pack.to_owned(), "base".to_owned()];
        needs_above(&whole, "services/cart", &lineage)
            .into_iter()
            .map(|need| format!("{}{}", if need.is_fatal { "!" } else { "" }, need.because))
            .collect()
    }

    #[test]
    fn members_of_workspaces_are_found_by_their_build_files() {
        let cargo = ("services/cart/Cargo.toml", "[package]\nname = \"cart\"\n");
        let workspace = |more: &str| format!("[workspace]\nmembers = [\"services/*\"]\n{more}");
        assert_eq!(
            needs("rust", &[cargo, ("Cargo.toml", &workspace(""))]),
            ["!it is in the Cargo workspace of Cargo.toml, where its Cargo.lock and target/ are"]
        );
        let excluded = workspace("exclude = [\"services/cart\"]\n");
        assert!(needs("rust", &[cargo, ("Cargo.toml", &excluded)]).is_empty());
        assert!(needs("rust", &[cargo]).is_empty());

        let package = (
            "services/cart/package.json",
            "{\"scripts\": {\"start\": \"node .\"}}",
        );
        let root = ("package.json", "{\"workspaces\": [\"services/*\"]}");
        assert_eq!(
            needs("javascript", &[package, root]),
            ["!it is in the workspace of package.json, where its lock file and packages are"]
        );
        assert!(needs("docker", &[package, root]).is_empty());
        assert!(needs("javascript", &[package, ("package.json", "{}")]).is_empty());

        let module = ("services/cart/go.mod", "module cart\n");
        assert_eq!(
            needs(
                "go",
                &[
                    module,
                    ("go.work", "go 1.24\nuse (\n\t./services/cart\n)\n")
                ]
            ),
            ["go.work puts it into a Go workspace"]
        );
        assert!(needs("go", &[module, ("go.work", "use ./services/web\n")]).is_empty());
    }

    #[test]
    fn a_maven_module_that_needs_another_one_is_built_from_the_top_only() {
        let root = (
            "services/pom.xml",
            "<project><modules><module>cart</module><module>common</module></modules></project>",
        );
        let cart = |more: &str| {
            format!(
                "<project><parent><artifactId>all</artifactId></parent><artifactId>cart</artifactId>{more}</project>"
            )
        };
        let alone = cart("");
        assert_eq!(
            needs("maven", &[root, ("services/cart/pom.xml", &alone)]),
            ["services/pom.xml is the parent of its pom.xml"]
        );
        let needy = cart(
            "<dependencies><dependency><artifactId>common</artifactId></dependency></dependencies>",
        );
        assert_eq!(
            needs("maven", &[root, ("services/cart/pom.xml", &needy)]),
            ["!it needs the module services/common, which Maven builds from services/pom.xml only"]
        );
    }

    #[test]
    fn paths_that_lead_out_of_the_folder_are_named() {
        for (pack, file, text, path) in [
            (
                "go",
                "go.mod",
                "module cart\nreplace x => ../lib\n",
                "../lib",
            ),
            ("python", "requirements.txt", "flask\n-e ../lib\n", "../lib"),
            (
                "csharp",
                "cart.csproj",
                "<ProjectReference Include=\"..\\lib\\a.csproj\" />",
                "..\\lib\\a.csproj",
            ),
            (
                "javascript",
                "package.json",
                "{\"dependencies\": {\"a\": \"file:../lib\"}}",
                "../lib",
            ),
        ] {
            let path_of_file = format!("services/cart/{file}");
            assert_eq!(
                needs(pack, &[(&path_of_file, text)]),
                [format!("{file} names {path}, outside of the folder")]
            );
        }
        assert!(
            needs(
                "go",
                &[("services/cart/go.mod", "module x\n// replace x => ../lib\n")]
            )
            .is_empty()
        );
    }
}
