//! How a .NET project is published and started.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::project::Folder;

use super::images::{self, Asked};
use super::{Fact, captured, shell_word};

static FRAMEWORK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"<TargetFrameworks?>\s*(?:[^<]*;)?\s*net(?:coreapp)?(\d+\.\d+)").ok()
});
static ASSEMBLY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"<AssemblyName>\s*([\w.-]+)\s*<").ok());

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let project = project(folder);
    let text = folder.read(&project).unwrap_or_default();
    let file = project.rsplit('/').next().unwrap_or(&project);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let assembly = captured(ASSEMBLY.as_ref(), &text).unwrap_or_else(|| stem.to_owned());
    let asked = asked(folder, &project, &text);
    let has_tests = folder
        .below()
        .any(|path| is_project(path) && path.to_ascii_lowercase().contains("test"));
    let because = format!("{project} is the program");
    vec![
        Fact::new("dotnet.project", shell_word(&project), because.clone()),
        Fact::new("dotnet.dll", format!("{assembly}.dll"), because),
        if has_tests {
            Fact::new("dotnet.test", "dotnet test", "a test project is there")
        } else {
            Fact::new("dotnet.test", "", "there is no test project")
        },
        manifests(folder),
        images::choose("dotnet.sdk", images::DOTNET_SDK, asked.as_ref(), 1),
        images::choose("dotnet.run", images::DOTNET_RUN, asked.as_ref(), 1),
    ]
}

fn is_project(path: &str) -> bool {
    [".csproj", ".fsproj", ".vbproj"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// The web project, else the first one that is no test; the shallowest.
fn project(folder: &Folder<'_>) -> String {
    let mut projects: Vec<&str> = folder
        .below()
        .filter(|path| is_project(path) && !path.to_ascii_lowercase().contains("test"))
        .collect();
    projects.sort_by_key(|path| {
        let text = folder.read(path).unwrap_or_default();
        (
            !text.contains("Microsoft.NET.Sdk.Web"),
            !text.contains("<OutputType>Exe"),
            path.matches('/').count(),
            *path,
        )
    });
    projects
        .first()
        .map_or_else(String::new, |path| (*path).to_owned())
}

/// The framework of the project; `global.json` only says which SDK builds it.
fn asked(folder: &Folder<'_>, project: &str, text: &str) -> Option<Asked> {
    let common = folder.read("Directory.Build.props").unwrap_or_default();
    for (place, text) in [(project, text), ("Directory.Build.props", common.as_str())] {
        if let Some(version) = captured(FRAMEWORK.as_ref(), text) {
            return Some(Asked::new(format!("TargetFramework in {place}"), &version));
        }
    }
    let global: Value = serde_json::from_str(&folder.read("global.json")?).ok()?;
    let version = global["sdk"]["version"].as_str()?;
    let parts: Vec<&str> = version.split('.').take(2).collect();
    Some(Asked::new("global.json", &parts.join(".")))
}

/// All project files, so that packages are restored before the sources are there.
fn manifests(folder: &Folder<'_>) -> Fact {
    const MAX_PROJECTS: usize = 40;
    const SETTINGS: &[&str] = &[
        "Directory.Build.props",
        "Directory.Build.targets",
        "Directory.Packages.props",
        "NuGet.config",
        "nuget.config",
        "global.json",
    ];
    let name = "dotnet.manifests";
    let projects: Vec<&str> = folder.below().filter(|path| is_project(path)).collect();
    if projects.is_empty() || projects.len() > MAX_PROJECTS {
        return Fact::new(name, "", "there are too many projects to name");
    }
    let mut paths: Vec<&str> = SETTINGS
        .iter()
        .copied()
        .filter(|name| folder.has(name))
        .collect();
    paths.extend(projects);
    paths.extend(
        folder
            .below()
            .filter(|path| path.ends_with("packages.lock.json")),
    );
    Fact::new(name, paths.join("\n"), "the restore reads them")
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::value_of;
    use crate::project::Project;

    #[test]
    fn the_project_its_dll_and_its_framework_are_found() {
        let fact = |files: &[(&str, &str)], name: &str| {
            let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
            value_of(super::facts(&project.top()), name)
        };
        let files = [
            ("Shop.sln", ""),
            (
                "src/Core/Core.csproj",
                "<Project Sdk=\"Microsoft.NET.Sdk\">",
            ),
            (
                "src/Web/Web.csproj",
                "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><TargetFramework>net8.0</TargetFramework><AssemblyName>Shop.Web</AssemblyName>",
            ),
            ("tests/Web.Tests/Web.Tests.csproj", ""),
        ];
        assert_eq!(fact(&files, "dotnet.project"), "src/Web/Web.csproj");
        assert_eq!(fact(&files, "dotnet.dll"), "Shop.Web.dll");
        assert_eq!(
            fact(&files, "dotnet.sdk"),
            "mcr.microsoft.com/dotnet/sdk:8.0.424-bookworm-slim"
        );
        assert_eq!(
            fact(&files, "dotnet.run"),
            "mcr.microsoft.com/dotnet/aspnet:8.0.30-bookworm-slim"
        );
        assert_eq!(fact(&files, "dotnet.test"), "dotnet test");
        let global = [
            ("A.csproj", ""),
            ("global.json", r#"{"sdk":{"version":"9.0.100"}}"#),
        ];
        assert_eq!(
            fact(&global, "dotnet.sdk"),
            "mcr.microsoft.com/dotnet/sdk:9.0.317-bookworm-slim"
        );
        let old = [("A.csproj", "<TargetFramework>net6.0</TargetFramework>")];
        assert_eq!(
            fact(&old, "dotnet.run"),
            "mcr.microsoft.com/dotnet/aspnet:10.0.11-noble"
        );
    }
}
