//! How a PHP program is installed and tested, and which folder the web server shows.

use serde_json::Value;

use crate::project::Folder;

use super::images::{self, Asked};
use super::{Fact, first_line, shell_word};

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let composer: Value = folder
        .read("composer.json")
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Value::Null);
    let (root, because) = root(folder);
    vec![
        Fact::new("php.root", root, because),
        front_controller(folder, root),
        packages(folder, &composer),
        manifests(folder, &composer),
        extensions(&composer),
        test(folder, &composer),
        images::choose(
            "php.image",
            images::PHP,
            asked(folder, &composer).as_ref(),
            2,
        ),
    ]
}

fn root(folder: &Folder<'_>) -> (&'static str, String) {
    for root in ["public", "web", "www", "htdocs", "html"] {
        if folder.has(&format!("{root}/index.php")) {
            return (root, format!("{root}/index.php is the first page"));
        }
    }
    (".", "index.php is at the top".to_owned())
}

/// Frameworks answer every address with one program, which the development server has to be told.
fn front_controller(folder: &Folder<'_>, root: &str) -> Fact {
    let name = "php.router";
    if root != "."
        && (folder.has("artisan") || folder.has("bin/console") || folder.has("composer.json"))
    {
        return Fact::new(
            name,
            format!("{root}/index.php"),
            "one program answers every address",
        );
    }
    Fact::new(name, "", "every page is a file")
}

fn packages(folder: &Folder<'_>, composer: &Value) -> Fact {
    let name = "php.packages";
    let requires = |section: &str| {
        composer[section]
            .as_object()
            .is_some_and(|list| list.keys().any(|package| package.contains('/')))
    };
    if folder.has("composer.lock") {
        return Fact::new(name, "true", "composer.lock is there");
    }
    if requires("require") || requires("require-dev") || composer["autoload"].is_object() {
        return Fact::new(
            name,
            "true",
            "composer.json lists packages, and there is no composer.lock",
        );
    }
    Fact::new(name, "", "composer.json lists no package")
}

fn manifests(folder: &Folder<'_>, composer: &Value) -> Fact {
    let name = "php.manifests";
    if composer["repositories"].to_string().contains("\"path\"") {
        return Fact::new(name, "", "composer.json reads folders of the repository");
    }
    let files: Vec<&str> = [
        "composer.json",
        "composer.lock",
        "symfony.lock",
        "auth.json",
    ]
    .into_iter()
    .filter(|file| *file != "auth.json" && folder.has(file))
    .collect();
    Fact::new(name, files.join("\n"), "Composer reads them")
}

/// Extensions that the image does not have and that compile without further packages.
fn extensions(composer: &Value) -> Fact {
    const COMPILED: &[&str] = &[
        "bcmath",
        "pdo_mysql",
        "mysqli",
        "pcntl",
        "sockets",
        "exif",
        "calendar",
        "opcache",
    ];
    let asked: Vec<&str> = composer["require"]
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(package, _)| package.strip_prefix("ext-"))
        .filter(|extension| COMPILED.contains(extension))
        .collect();
    let because = if asked.is_empty() {
        "composer.json asks for none that has to be compiled"
    } else {
        "composer.json asks for them"
    };
    Fact::new("php.extensions", asked.join(" "), because)
}

fn test(folder: &Folder<'_>, composer: &Value) -> Fact {
    let name = "php.test";
    if !composer["scripts"]["test"].is_null() {
        return Fact::new(name, "composer test", "composer.json has a test script");
    }
    let dev = &composer["require-dev"];
    if folder.has("artisan") && folder.has_folder("tests") {
        return Fact::new(name, "php artisan test", "tests/ of Laravel is there");
    }
    for (package, program) in [
        ("pestphp/pest", "pest"),
        ("phpunit/phpunit", "phpunit"),
        ("symfony/phpunit-bridge", "simple-phpunit"),
    ] {
        if !dev[package].is_null() && folder.has_folder("tests") {
            return Fact::new(
                name,
                format!("vendor/bin/{}", shell_word(program)),
                format!("{package} is listed"),
            );
        }
    }
    Fact::new(name, "", "composer.json lists nothing that runs tests")
}

fn asked(folder: &Folder<'_>, composer: &Value) -> Option<Asked> {
    let text = folder.read(".php-version").unwrap_or_default();
    if let Some(line) = first_line(&text) {
        return Some(Asked::new(".php-version", line));
    }
    let platform = composer["config"]["platform"]["php"].as_str();
    if let Some(version) = platform {
        return Some(Asked::new("config.platform in composer.json", version));
    }
    composer["require"]["php"]
        .as_str()
        // Composer's tilde goes up to the part before the last.
        .map(|version| Asked::new("composer.json", &version.replace('~', "~>")))
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
    fn the_web_root_the_tests_and_the_version_are_found() {
        let laravel = [
            (
                "composer.json",
                r#"{"require":{"php":"^8.2","laravel/framework":"^11","ext-bcmath":"*"}}"#,
            ),
            ("artisan", ""),
            ("public/index.php", ""),
            ("tests/Feature/A.php", ""),
        ];
        assert_eq!(fact(&laravel, "php.root"), "public");
        assert_eq!(fact(&laravel, "php.router"), "public/index.php");
        assert_eq!(fact(&laravel, "php.test"), "php artisan test");
        assert_eq!(fact(&laravel, "php.image"), "php:8.4.24-apache-trixie");
        assert_eq!(fact(&laravel, "php.extensions"), "bcmath");
        assert_eq!(fact(&laravel, "php.packages"), "true");
        for (version, image) in [
            ("~8.3.0", "php:8.3.33-apache-trixie"),
            ("^8.5", "php:8.5.9-apache-trixie"),
            (">=7.4", "php:8.4.24-apache-trixie"),
            ("8.2.*", "php:8.2.33-apache-trixie"),
        ] {
            let text = format!(r#"{{"require":{{"php":"{version}"}}}}"#);
            assert_eq!(
                fact(&[("composer.json", &text)], "php.image"),
                image,
                "{version}"
            );
        }
        assert_eq!(fact(&[("index.php", "")], "php.root"), ".");
        assert_eq!(fact(&[("index.php", "")], "php.packages"), "");
    }
}
