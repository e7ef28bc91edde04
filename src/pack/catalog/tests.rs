use std::fs;

use super::{Catalog, PackError};

#[test]
fn the_built_in_packs_resolve() {
    let catalog = Catalog::load(None).unwrap();
    assert_eq!(
        catalog.names(),
        [
            "base",
            "cpp",
            "csharp",
            "docker",
            "elixir",
            "go",
            "gradle",
            "helm",
            "javascript",
            "maven",
            "php",
            "python",
            "ruby",
            "rust",
            "scala",
            "static",
            "swift",
            "typescript"
        ]
    );
    for name in catalog.names() {
        let pack = catalog.resolve(&name).unwrap();
        assert_eq!(pack.lineage.first(), Some(&name));
        assert_eq!(pack.lineage.last().map(String::as_str), Some("base"));
        assert!(
            pack.digest.starts_with("sha256:") && pack.digest.len() == 71,
            "{}",
            pack.digest
        );
        assert!(
            pack.files
                .iter()
                .any(|item| item.target == "charts/__app__/templates/ksvc.yaml")
        );
        assert!(
            pack.files
                .iter()
                .any(|item| item.target == ".tekton/tasks/build.yaml")
                || matches!(name.as_str(), "base" | "helm"),
            "{name}"
        );
        assert_eq!(
            pack.artifact.is_none(),
            matches!(name.as_str(), "base" | "docker" | "helm")
        );
    }
}

#[test]
fn unknown_and_planned_packs_are_told_apart() {
    let catalog = Catalog::load(None).unwrap();
    assert!(matches!(
        catalog.resolve("golang"),
        Err(PackError::Unknown { .. })
    ));
    assert!(matches!(
        catalog.resolve("jvm"),
        Err(PackError::Unknown { .. })
    ));
}

#[test]
fn a_folder_of_packs_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "go/pack.yaml",
        "name: go\ndescription: mine\nextends: base\nfiles: [{path: Dockerfile}]\n",
    );
    write("go/files/Dockerfile", "FROM scratch\n");
    write(
        "crystal/pack.yaml",
        "name: crystal\ndescription: Crystal\nextends: base\ndetect: {files: [shard.yml]}\n",
    );
    let catalog = Catalog::load(Some(folder.path())).unwrap();
    let go = catalog.resolve("go").unwrap();
    assert_eq!(go.description, "mine");
    assert_ne!(
        go.digest,
        Catalog::load(None).unwrap().resolve("go").unwrap().digest
    );
    assert_eq!(catalog.rules().len(), 1);
    assert!(catalog.names().contains(&"crystal".to_owned()));
}

#[test]
fn wrong_packs_are_named() {
    for (pack, reason) in [
        ("name: other\ndescription: x\n", "its folder is called bad"),
        ("name: bad\ndescription: x\nextends: none\n", "extends none"),
        (
            "name: bad\ndescription: x\nextends: bad\n",
            "extends itself",
        ),
        (
            "name: bad\ndescription: x\nfiles: [{path: nothing}]\n",
            "files/nothing does not exist",
        ),
        ("name: bad\ndescription: x\nfoo: 1\n", "unknown field"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("bad")).unwrap();
        fs::write(folder.path().join("bad/pack.yaml"), pack).unwrap();
        let error = Catalog::load(Some(folder.path()))
            .and_then(|catalog| catalog.resolve("bad"))
            .unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn a_pack_in_a_folder_has_its_parents_beside_it_or_in_the_catalog() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "web/pack.yaml",
        "name: web\ndescription: x\nextends: common\nfiles:\n  - path: a\n  - {path: b, when: tls && port != 80}\n",
    );
    write("web/files/a", "child\n");
    write("web/files/b", "b\n");
    write(
        "common/pack.yaml",
        "name: common\ndescription: x\nextends: base\nvariables: [{name: tls, about: x, type: boolean}]\nfiles: [{path: a}]\n",
    );
    write("common/files/a", "parent\n");
    let catalog = Catalog::load(None).unwrap();
    let web = catalog.resolve_folder(&folder.path().join("web")).unwrap();
    assert_eq!(web.lineage, ["web", "common", "base"]);
    let item = |target: &str| web.files.iter().find(|item| item.target == target).unwrap();
    assert_eq!(item("a").contents, b"child\n");
    assert_eq!(
        item("b").when.as_ref().unwrap().to_string(),
        "tls && port != \"80\""
    );
    // What an import takes is in the digest, the sample is not.
    write("web/sample/x", "1");
    let with_sample = catalog.resolve_folder(&folder.path().join("web")).unwrap();
    assert_eq!(
        (with_sample.digest.as_str(), with_sample.sample.len()),
        (web.digest.as_str(), 1)
    );
    write("common/files/a", "other\n");
    let changed = catalog.resolve_folder(&folder.path().join("web")).unwrap();
    assert_ne!(changed.digest, web.digest);
}
