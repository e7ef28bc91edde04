//! How a Ruby program is installed, tested and started.

use std::sync::LazyLock;

use regex::Regex;

use crate::project::{Folder, extension};

use super::images::{self, Asked};
use super::{Fact, captured, first_line, shell_word, tool_version};

static GEMFILE_RUBY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^\s*ruby\s*\(?\s*["']([^"']+)["']"#).ok());

/// Programs of Sinatra and the like.
const PROGRAMS: &[&str] = &["app.rb", "server.rb", "main.rb", "application.rb", "web.rb"];

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let gems = folder.read("Gemfile").unwrap_or_default();
    let (command, because) = start(folder, &gems);
    let is_rails = folder.has("config/application.rb");
    let locked = folder.has("Gemfile.lock");
    vec![
        Fact::new("ruby.start", command, because),
        test(folder, &gems),
        manifests(folder, &gems),
        if locked {
            Fact::new("ruby.frozen", "true", "Gemfile.lock is there")
        } else {
            Fact::new("ruby.frozen", "", "there is no Gemfile.lock")
        },
        if is_rails && (folder.has_folder("app/assets") || folder.has_folder("app/javascript")) {
            Fact::new(
                "ruby.assets",
                "bundle exec rails assets:precompile",
                "app/assets is compiled for production",
            )
        } else {
            Fact::new("ruby.assets", "", "there is nothing to compile")
        },
        Fact::new(
            "ruby.environment",
            if is_rails { "RAILS_ENV" } else { "RACK_ENV" },
            if is_rails {
                "it is Rails"
            } else {
                "it is no Rails"
            },
        ),
        debian("ruby.buildPackages", &gems, 1),
        debian("ruby.runPackages", &gems, 2),
        images::choose("ruby.image", images::RUBY, asked(folder, &gems).as_ref(), 2),
    ]
}

/// Gems that need a library: the package to compile against, and the one to run with.
const LIBRARIES: &[(&str, &str, &str)] = &[
    ("pg", "libpq-dev", "libpq5"),
    ("mysql2", "default-libmysqlclient-dev", "libmariadb3"),
    ("rmagick", "libmagickwand-dev", "libmagickwand-7.q16-10"),
    ("ruby-vips", "libvips", "libvips"),
    ("image_processing", "libvips", "libvips"),
];

/// The packages of [`LIBRARIES`] that the Gemfile's gems need, from one of its columns.
fn debian(name: &'static str, gems: &str, column: usize) -> Fact {
    let mut packages: Vec<&str> = LIBRARIES
        .iter()
        .filter(|(gem, _, _)| {
            gems.lines().map(str::trim_start).any(|line| {
                line.starts_with(&format!("gem \"{gem}\""))
                    || line.starts_with(&format!("gem '{gem}'"))
            })
        })
        .map(|(_, build, run)| if column == 1 { *build } else { *run })
        .collect();
    packages.dedup();
    let because = if packages.is_empty() {
        "no listed gem is known to need a library"
    } else {
        "listed gems need them"
    };
    Fact::new(name, packages.join(" "), because)
}

fn asked(folder: &Folder<'_>, gems: &str) -> Option<Asked> {
    let text = folder.read(".ruby-version").unwrap_or_default();
    if let Some(line) = first_line(&text) {
        return Some(Asked::new(
            ".ruby-version",
            line.trim_start_matches("ruby-"),
        ));
    }
    if let Some(version) = captured(GEMFILE_RUBY.as_ref(), gems) {
        return Some(Asked::new("Gemfile", &version));
    }
    tool_version(folder, &["ruby"]).map(|version| Asked::new(".tool-versions", &version))
}

fn start(folder: &Folder<'_>, gems: &str) -> (String, String) {
    let lists = |gem: &str| {
        gems.lines()
            .any(|line| line.contains(&format!("\"{gem}\"")) || line.contains(&format!("'{gem}'")))
    };
    if folder.has("config/application.rb") {
        return (
            "bundle exec rails server --binding 0.0.0.0 --port \"${PORT:-3000}\"".to_owned(),
            "config/application.rb is Rails".to_owned(),
        );
    }
    if folder.has("config.ru") {
        let server = if lists("puma") || lists("rails") {
            "bundle exec puma --bind \"tcp://0.0.0.0:${PORT:-9292}\""
        } else {
            "bundle exec rackup --host 0.0.0.0 --port \"${PORT:-9292}\""
        };
        return (server.to_owned(), "config.ru is there".to_owned());
    }
    let program = folder.first_of(PROGRAMS).or_else(|| {
        folder.names().find(|name| {
            extension(name) == "rb" && !name.contains("test") && !name.contains("spec")
        })
    });
    match program {
        Some(program) => {
            let is_sinatra = folder
                .read(program)
                .is_some_and(|text| text.contains("sinatra"));
            let options = if is_sinatra {
                " -o 0.0.0.0 -p \"${PORT:-4567}\""
            } else {
                ""
            };
            (
                format!("bundle exec ruby {}{options}", shell_word(program)),
                format!("{program} is the program"),
            )
        }
        None => (
            "bundle exec rackup --host 0.0.0.0 --port \"${PORT:-9292}\"".to_owned(),
            "no program was found".to_owned(),
        ),
    }
}

fn test(folder: &Folder<'_>, gems: &str) -> Fact {
    let name = "ruby.test";
    if folder.has_folder("spec") && gems.contains("rspec") {
        return Fact::new(name, "bundle exec rspec", "spec/ and rspec are there");
    }
    if folder.has_folder("test") && folder.has("config/application.rb") {
        return Fact::new(name, "bundle exec rails test", "test/ of Rails is there");
    }
    let rake = folder.read("Rakefile").unwrap_or_default();
    if folder.has_folder("test") && rake.contains("TestTask") {
        return Fact::new(name, "bundle exec rake test", "Rakefile has a test task");
    }
    let tests = folder
        .below()
        .find(|path| path.starts_with("test/") && path.ends_with("_test.rb"));
    match tests {
        Some(first) => Fact::new(
            name,
            "bundle exec ruby -I test -I . -e 'Dir[\"test/**/*_test.rb\"].each { |file| require \"./#{file}\" }'",
            format!("{first} and others are tests"),
        ),
        None => Fact::new(name, "", "there is no test that a listed gem runs"),
    }
}

fn manifests(folder: &Folder<'_>, gems: &str) -> Fact {
    let name = "ruby.manifests";
    if gems.contains("path:") || gems.contains("gemspec") || gems.contains("eval_gemfile") {
        return Fact::new(name, "", "Gemfile reads other files of the repository");
    }
    let files: Vec<&str> = ["Gemfile", "Gemfile.lock", ".ruby-version", ".tool-versions"]
        .into_iter()
        .filter(|file| folder.has(file))
        .collect();
    Fact::new(name, files.join("\n"), "Bundler reads them")
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::value_of;
    use crate::project::Project;

    fn fact(files: &[(&str, &str)], name: &str) -> String {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        value_of(super::facts(&project.top()), name)
    }

    #[test]
    fn programs_are_started_for_production() {
        let rails = [
            ("Gemfile", "gem \"rails\""),
            ("config/application.rb", ""),
            ("config.ru", ""),
        ];
        assert!(fact(&rails, "ruby.start").starts_with("bundle exec rails server"));
        let puma = [("Gemfile", "gem 'puma'"), ("config.ru", "")];
        assert!(fact(&puma, "ruby.start").starts_with("bundle exec puma"));
        let sinatra = [
            ("Gemfile", "gem 'sinatra'"),
            ("app.rb", "require 'sinatra'"),
        ];
        assert_eq!(
            fact(&sinatra, "ruby.start"),
            "bundle exec ruby app.rb -o 0.0.0.0 -p \"${PORT:-4567}\""
        );
    }

    #[test]
    fn the_version_chooses_the_image() {
        assert_eq!(
            fact(&[(".ruby-version", "3.3.1\n")], "ruby.image"),
            "ruby:3.3.12-slim-trixie"
        );
        assert_eq!(
            fact(&[(".ruby-version", "ruby-4.0.6")], "ruby.image"),
            "ruby:4.0.6-slim-trixie"
        );
        assert_eq!(
            fact(&[("Gemfile", "ruby \"~> 3.3.0\"")], "ruby.image"),
            "ruby:3.3.12-slim-trixie"
        );
        assert_eq!(
            fact(&[("Gemfile", "ruby '3.2.2'")], "ruby.image"),
            "ruby:3.4.10-slim-trixie"
        );
        assert_eq!(fact(&[("Gemfile", "")], "ruby.image"), "");
    }

    #[test]
    fn tests_are_run_by_what_is_listed() {
        assert_eq!(
            fact(
                &[("Gemfile", "gem 'rspec'"), ("spec/a_spec.rb", "")],
                "ruby.test"
            ),
            "bundle exec rspec"
        );
        assert!(fact(&[("Gemfile", ""), ("test/a_test.rb", "")], "ruby.test").contains("_test.rb"));
        assert_eq!(fact(&[("Gemfile", "")], "ruby.test"), "");
        assert_eq!(
            fact(&[("Gemfile", "gem \"pg\", \"~> 1\"")], "ruby.buildPackages"),
            "libpq-dev"
        );
        assert_eq!(
            fact(&[("Gemfile", "gem 'pg_search'")], "ruby.runPackages"),
            ""
        );
        assert_eq!(
            fact(&[("Gemfile", "gem 'a', path: 'a'")], "ruby.manifests"),
            ""
        );
    }
}
