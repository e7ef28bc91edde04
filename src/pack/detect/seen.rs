//! Languages that no pack is for, so that "nothing fits" can say what was there.

use crate::project::Project;

const MARKS: &[(&str, &str)] = &[
    ("shard.yml", "Crystal"),
    ("stack.yaml", "Haskell"),
    ("cabal.project", "Haskell"),
    ("build.zig", "Zig"),
    ("pubspec.yaml", "Dart"),
    ("project.clj", "Clojure"),
    ("deps.edn", "Clojure"),
    ("rebar.config", "Erlang"),
    ("gleam.toml", "Gleam"),
    ("dune-project", "OCaml"),
    ("Project.toml", "Julia"),
    ("DESCRIPTION", "R"),
    ("cpanfile", "Perl"),
    ("main.tf", "Terraform"),
    ("flake.nix", "Nix"),
    ("antora-playbook.yml", "Antora"),
    ("pelicanconf.py", "Pelican"),
];

/// `Crystal (shard.yml)`, one for each mark at the top.
pub(super) fn languages(project: &Project) -> Vec<String> {
    let mut seen: Vec<String> = MARKS
        .iter()
        .filter(|(file, _)| project.has(file))
        .map(|(file, language)| format!("{language} ({file})"))
        .collect();
    let is_zola = project.has("config.toml")
        && project.top().has_folder("content")
        && project
            .read("config.toml")
            .is_some_and(|text| text.contains("base_url"));
    if is_zola {
        seen.push("Zola (config.toml)".to_owned());
    }
    seen
}
