use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{ColorChoice, FileSettings, FlagSettings, Origin, Settings, SettingsFile};
use crate::ports::clock::SystemClock;
use crate::process::Process;

fn process(environment: &[(&str, &str)]) -> Process {
    Process::for_test(&[], Path::new("/work"), environment, Arc::new(SystemClock))
}

fn file(path: &str, port: &str) -> SettingsFile {
    SettingsFile {
        path: PathBuf::from(path),
        settings: FileSettings {
            port: Some(port.to_owned()),
            ..FileSettings::default()
        },
    }
}

#[test]
fn the_nearest_layer_wins() {
    let project = file("/work/.landfall/config.yaml", "2000");
    let user = file("/home/me/.config/landfall/config.yaml", "3000");
    let resolve = |environment: &[(&str, &str)], project, user| {
        Settings::resolve(
            &FlagSettings::default(),
            &process(environment),
            project,
            user,
        )
        .unwrap()
        .port
    };
    let port = resolve(&[("LANDFALL_PORT", "1000")], Some(&project), Some(&user));
    assert_eq!(
        (port.value, port.origin),
        (1000, Origin::Variable("LANDFALL_PORT"))
    );
    let port = resolve(&[], Some(&project), Some(&user));
    assert_eq!(
        (port.value, port.origin),
        (2000, Origin::ProjectFile(project.path.clone()))
    );
    let port = resolve(&[], None, Some(&user));
    assert_eq!(
        (port.value, port.origin),
        (3000, Origin::UserFile(user.path.clone()))
    );
    let port = resolve(&[], None, None);
    assert_eq!((port.value, port.origin), (8080, Origin::Default));
}

#[test]
fn flags_beat_variables() {
    let flags = FlagSettings {
        color: Some(ColorChoice::Never),
        batch: true,
        no_start: true,
    };
    let settings = Settings::resolve(
        &flags,
        &process(&[("LANDFALL_COLOR", "always")]),
        None,
        None,
    )
    .unwrap();
    assert_eq!(settings.color.value, ColorChoice::Never);
    assert!(settings.batch.value && !settings.start.value);
    assert_eq!(settings.start.origin, Origin::Flag("--no-start"));
}

#[test]
fn a_bad_value_names_its_origin() {
    for (name, value) in [
        ("LANDFALL_PORT", "0"),
        ("LANDFALL_PORT", "http"),
        ("LANDFALL_ORG", "Not A Label"),
        ("LANDFALL_COLOR", "blue"),
        ("LANDFALL_PLATFORM", "kubernetes"),
    ] {
        let error = Settings::resolve(
            &FlagSettings::default(),
            &process(&[(name, value)]),
            None,
            None,
        )
        .unwrap_err()
        .to_string();
        assert!(error.contains(name) && error.contains(value), "{error}");
    }
}

#[test]
fn relative_paths_start_at_the_file_that_names_them() {
    let project = SettingsFile {
        path: PathBuf::from("/repo/.landfall/config.yaml"),
        settings: FileSettings {
            packs: Some("packs".to_owned()),
            ..FileSettings::default()
        },
    };
    let settings = Settings::resolve(
        &FlagSettings::default(),
        &process(&[]),
        Some(&project),
        None,
    )
    .unwrap();
    assert_eq!(
        settings.packs.value,
        Some(PathBuf::from("/repo/.landfall/packs"))
    );
}

#[test]
fn the_default_owner_is_a_label() {
    for (user, org) in [
        ("Ada.L", "ada-l"),
        ("root", "root"),
        ("", "me"),
        ("42", "me"),
    ] {
        let settings = Settings::resolve(
            &FlagSettings::default(),
            &process(&[("USER", user)]),
            None,
            None,
        )
        .unwrap();
        assert_eq!(settings.org.value, org);
    }
}
