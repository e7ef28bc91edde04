//! C# and its relatives: solutions and projects.

use crate::project::Folder;

use super::finding::{Finding, score};

const SOLUTIONS: &[&str] = &[".sln", ".slnx"];
const PROJECTS: &[&str] = &[".csproj", ".fsproj"];

/// What an ASP.NET image listens on since .NET 8.
const ASP_NET: (u16, &str) = (8080, "ASP.NET Core");

pub(super) fn detect(folder: &Folder<'_>) -> Option<Finding> {
    let solution = SOLUTIONS
        .iter()
        .find_map(|suffix| folder.with_suffix(suffix));
    let project = PROJECTS
        .iter()
        .find_map(|suffix| folder.with_suffix(suffix));
    if let Some(project) = project {
        let text = folder.read(project).unwrap_or_default();
        let finding = Finding::new(
            "csharp",
            score::APP - 2,
            folder,
            project,
            "is a .NET project",
        );
        return Some(if is_web(&text) {
            finding
                .line(folder, project, "Sdk.Web", "is a web project")
                .port(ASP_NET.0, ASP_NET.1)
        } else {
            finding
        });
    }
    let solution = solution?;
    let mut web: Vec<&str> = folder
        .below()
        .filter(|path| PROJECTS.iter().any(|suffix| path.ends_with(suffix)) && !in_tests(path))
        .filter(|path| folder.read(path).is_some_and(|text| is_web(&text)))
        .collect();
    let finding = Finding::new(
        "csharp",
        score::APP - 2,
        folder,
        solution,
        "is a .NET solution",
    );
    web.retain(|path| !in_tests(path));
    let Some(first) = web.first() else {
        return Some(finding);
    };
    let mut finding = finding
        .line(folder, first, "Sdk.Web", "is a web project")
        .port(ASP_NET.0, ASP_NET.1);
    // Several projects that each have an image of their own are several apps.
    finding.members = web
        .iter()
        .filter_map(|path| path.rsplit_once('/').map(|(folder, _)| folder))
        .filter(|member| folder.has(&format!("{member}/Dockerfile")))
        .map(|member| folder.in_project(member))
        .collect();
    Some(finding)
}

fn is_web(project: &str) -> bool {
    project.contains("Microsoft.NET.Sdk.Web") && !project.contains("BlazorWebAssembly")
}

fn in_tests(path: &str) -> bool {
    path.split('/')
        .any(|part| part.to_ascii_lowercase().contains("test"))
}
