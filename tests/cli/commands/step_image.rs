use std::os::unix::fs::PermissionsExt as _;

use crate::session::Session;

/// An imported site, and a folder with a stand-in for buildah that tells what it was asked.
fn world() -> (Session, String, String) {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[
            ("index.html", "hello\n"),
            ("deploy/Dockerfile", "FROM scratch\n"),
        ],
    );
    session.done_in(&folder, &["import", "--batch-mode", "--pack", "static"]);
    session.write(
        "bin/buildah",
        "#!/bin/sh\necho \"buildah $*\"\nexit $STATUS\n",
    );
    let program = session.root().join("bin/buildah");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", session.root().join("bin").display());
    (session, folder, path)
}

#[test]
fn a_builder_is_asked_only_when_it_is_named() {
    let (session, folder, path) = world();
    let run = |args: &[&str], status: &str, builder: &str| {
        let mut command =
            session.command(&[&["step", "image", "--version", "1.0.0"], args].concat());
        command
            .current_dir(session.root().join(&folder))
            .env("PATH", &path)
            .env("STATUS", status);
        if !builder.is_empty() {
            command.env("LANDFALL_BUILDER", builder);
        }
        session.outcome(command.output().unwrap())
    };
    let plain = run(&[], "0", "");
    assert_eq!(plain.status, 0, "{plain}");
    assert!(!plain.stderr.contains("buildah"), "{plain}");
    for built in [
        run(&["--builder", "buildah"], "0", ""),
        run(&[], "0", "buildah"),
    ] {
        assert_eq!(built.stdout, plain.stdout, "the answer is the digest alone");
        let asked = "buildah build --tag dev.local/shop:1.0.0 --file /ROOT_________/work/shop/deploy/Dockerfile /ROOT_________/work/shop";
        assert!(built.stderr.contains(asked), "{built}");
    }
    let failed = run(&["--builder", "buildah"], "3", "");
    assert_eq!(failed.status, 1, "{failed}");
    assert!(failed.stderr.contains("buildah did not build"), "{failed}");
    assert_eq!(run(&["--builder", "docker"], "0", "").status, 2);
}
