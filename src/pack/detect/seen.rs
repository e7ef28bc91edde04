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
    ("hugo.toml", "Hugo"),
    ("mkdocs.yml", "MkDocs"),
];

/// `Crystal (shard.yml)`, one for each mark at the top.
pub(super) fn languages(project: &Project) -> Vec<String> {
    MARKS
        .iter()
        .filter(|(file, _)| project.has(file))
        .map(|(file, language)| format!("{language} ({file})"))
        .collect()
}
