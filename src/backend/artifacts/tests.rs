use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::DiskArtifacts;
use crate::ports::artifacts::{ArtifactError, ArtifactStore, ImageConfig, ImageFile, NewImage};
use crate::release::Version;

fn store() -> (tempfile::TempDir, DiskArtifacts) {
    let folder = tempfile::tempdir().unwrap();
    let store = DiskArtifacts::new(folder.path().join("artifacts"));
    (folder, store)
}

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn image(folder: &Path, files: &[(&str, &str)]) -> NewImage {
    NewImage {
        app: "shop".to_owned(),
        config: ImageConfig {
            command: vec!["./shop".to_owned()],
            port: Some(8080),
            ..ImageConfig::default()
        },
        files: files
            .iter()
            .map(|(source, path)| ImageFile {
                source: folder.join(source),
                path: (*path).to_owned(),
            })
            .collect(),
    }
}

#[test]
fn the_latest_chart_is_the_highest_version() {
    let (_folder, store) = store();
    for text in ["0.9.0", "0.10.0", "0.10.1-rc.1"] {
        store
            .put_chart("my-app", &version(text), text.as_bytes())
            .unwrap();
    }
    store.put_chart("my", &version("1.0.0"), b"x").unwrap();
    let versions: Vec<String> = store
        .chart_versions("my-app")
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(versions, ["0.10.1-rc.1", "0.10.0", "0.9.0"]);
    assert_eq!(
        store.chart("my-app", &version("0.9.0")).unwrap().as_deref(),
        Some(&b"0.9.0"[..])
    );
    assert_eq!(store.chart("my-app", &version("3.0.0")).unwrap(), None);
    assert!(store.chart_versions("other").unwrap().is_empty());
}

#[test]
fn a_release_never_changes() {
    let (_folder, store) = store();
    store.put_chart("shop", &version("1.0.0"), b"one").unwrap();
    store.put_chart("shop", &version("1.0.0"), b"one").unwrap();
    let error = store
        .put_chart("shop", &version("1.0.0"), b"two")
        .unwrap_err();
    assert!(matches!(error, ArtifactError::Immutable { .. }));
    assert_eq!(
        store.chart("shop", &version("1.0.0")).unwrap().unwrap(),
        b"one"
    );
    assert!(store.put_chart("../shop", &version("1.0.0"), b"x").is_err());
}

#[test]
fn the_same_content_gets_the_same_name_and_other_content_another() {
    let (folder, store) = store();
    fs::write(folder.path().join("a"), "one").unwrap();
    let first = store
        .put_image(&image(folder.path(), &[("a", "bin/shop")]))
        .unwrap();
    assert_eq!(
        store
            .put_image(&image(folder.path(), &[("a", "bin/shop")]))
            .unwrap(),
        first
    );
    assert_ne!(
        store
            .put_image(&image(folder.path(), &[("a", "bin/other")]))
            .unwrap(),
        first
    );
    fs::set_permissions(folder.path().join("a"), fs::Permissions::from_mode(0o755)).unwrap();
    let executable = store
        .put_image(&image(folder.path(), &[("a", "bin/shop")]))
        .unwrap();
    assert_ne!(executable, first);
    let kept = store.image(&executable).unwrap().unwrap();
    assert_eq!(
        fs::read_to_string(kept.files.join("bin/shop")).unwrap(),
        "one"
    );
    assert_eq!(
        fs::metadata(kept.files.join("bin/shop"))
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o555
    );
    assert_eq!(kept.config.command, ["./shop"]);
}

#[test]
fn links_stay_inside_or_are_refused() {
    let (folder, store) = store();
    for (name, target) in [
        ("inside", "../lib/x"),
        ("outside", "../../x"),
        ("absolute", "/etc/passwd"),
    ] {
        symlink(target, folder.path().join(name)).unwrap();
    }
    let kept = store
        .put_image(&image(folder.path(), &[("inside", "bin/x")]))
        .unwrap();
    assert_eq!(
        fs::read_link(store.image(&kept).unwrap().unwrap().files.join("bin/x")).unwrap(),
        Path::new("../lib/x")
    );
    for name in ["outside", "absolute", "missing"] {
        let error = store
            .put_image(&image(folder.path(), &[(name, "bin/x")]))
            .unwrap_err();
        assert!(matches!(error, ArtifactError::BadFile { .. }), "{error}");
    }
    let error = store
        .put_image(&image(folder.path(), &[("inside", "../x")]))
        .unwrap_err();
    assert!(matches!(error, ArtifactError::BadFile { .. }), "{error}");
}

#[test]
fn c22_a_package_that_is_cut_or_changed_is_found_on_reading() {
    let (folder, store) = store();
    let package = b"a package, some bytes long".as_slice();
    store.put_chart("shop", &version("1.0.0"), package).unwrap();
    let path = folder.path().join("artifacts/charts/shop-1.0.0.tgz");
    let mut flipped = package.to_vec();
    flipped[7] ^= 1;
    for damaged in [&package[..9], &flipped, b""] {
        fs::remove_file(&path).unwrap();
        fs::write(&path, damaged).unwrap();
        let read = store.chart("shop", &version("1.0.0")).unwrap_err();
        assert!(matches!(read, ArtifactError::Damaged { .. }), "{read}");
        let written = store.put_chart("shop", &version("1.0.0"), package);
        assert!(matches!(written, Err(ArtifactError::Damaged { .. })));
    }
    // What its hint says to do.
    fs::remove_file(&path).unwrap();
    store.put_chart("shop", &version("1.0.0"), package).unwrap();
    assert_eq!(
        store.chart("shop", &version("1.0.0")).unwrap().unwrap(),
        package
    );
}

#[test]
fn c22_a_changed_file_of_an_image_is_found_by_whoever_reads_it_first() {
    let (folder, store) = store();
    fs::write(folder.path().join("a"), "one").unwrap();
    let reference = store
        .put_image(&image(folder.path(), &[("a", "shop")]))
        .unwrap();
    let file = store.image(&reference).unwrap().unwrap().files.join("shop");
    fs::remove_file(&file).unwrap();
    fs::write(&file, "two").unwrap();
    let another = DiskArtifacts::new(folder.path().join("artifacts"));
    let error = another.image(&reference).unwrap_err();
    assert!(
        error.to_string().contains("shop is not what its digest"),
        "{error}"
    );
}

#[test]
fn damage_is_found_on_reading() {
    let (folder, store) = store();
    fs::write(folder.path().join("a"), "one").unwrap();
    let reference = store
        .put_image(&image(folder.path(), &[("a", "shop")]))
        .unwrap();
    let place = store.image(&reference).unwrap().unwrap().files;
    fs::remove_file(place.join("shop")).unwrap();
    assert!(matches!(
        store.image(&reference),
        Err(ArtifactError::Damaged { .. })
    ));
    let record = place.parent().unwrap().join("image.json");
    fs::set_permissions(&record, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(&record, "{}").unwrap();
    assert!(matches!(
        store.image(&reference),
        Err(ArtifactError::Damaged { .. })
    ));
}
