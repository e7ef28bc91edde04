//! `landfall dependency list`: byte for byte what helm 4.3.1 printed for the same folders.

use crate::commands::dependency_update::packed;
use crate::session::Session;

/// A chart `work/c` with these dependencies.
fn session(dependencies: &str) -> Session {
    let session = Session::new();
    session.write(
        "work/c/Chart.yaml",
        &format!("apiVersion: v2\nname: c\nversion: 0.1.0\n{dependencies}"),
    );
    session
}

fn place(session: &Session, name: &str, bytes: &[u8]) {
    let folder = session.work().join("c/charts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
}

#[test]
fn the_table_says_what_charts_holds() {
    let session = session(
        "dependencies:\n\
         - {name: ok, version: ^1, repository: https://x.example}\n\
         - {name: missing, version: 1.0.0, repository: https://x.example}\n\
         - {name: unpacked, version: 0.x}\n\
         - {name: old, version: ^2, repository: '@shop'}\n\
         - {name: many, version: '*', repository: oci://r.example/charts}\n\
         - {name: misnamed, version: '*', repository: https://x.example}\n",
    );
    for (file, name, version) in [
        ("ok-1.4.0.tgz", "ok", "1.4.0"),
        ("old-1.0.0.tgz", "old", "1.0.0"),
        ("many-1.0.0.tgz", "many", "1.0.0"),
        ("many-1.1.0.tgz", "many", "1.1.0"),
        ("misnamed-1.0.0.tgz", "other", "1.0.0"),
    ] {
        place(&session, file, &packed(name, version));
    }
    session.write(
        "work/c/charts/unpacked/Chart.yaml",
        "apiVersion: v2\nname: unpacked\nversion: 0.3.0\n",
    );
    let outcome = session.run(&["dependency", "list", "c"]);
    assert_eq!(
        outcome.to_string(),
        "NAME    \tVERSION\tREPOSITORY            \tSTATUS          \n\
         ok      \t^1     \thttps://x.example     \tok              \n\
         missing \t1.0.0  \thttps://x.example     \tmissing         \n\
         unpacked\t0.x    \t                      \tunpacked        \n\
         old     \t^2     \t@shop                 \twrong version   \n\
         many    \t*      \toci://r.example/charts\ttoo many matches\n\
         misnamed\t*      \thttps://x.example     \tmisnamed        \n\
         \n\
         WARNING: \"c/charts/misnamed-1.0.0.tgz\" is not in Chart.yaml.\n"
    );
}

#[test]
fn a_chart_without_dependencies_says_so() {
    insta::assert_snapshot!(session("").run(&["dep", "ls", "./c/"]), @"WARNING: no dependencies at c/charts");
}

#[test]
fn wide_columns_are_cut_where_the_flag_says() {
    let session =
        session("dependencies: [{name: a, version: 1.0.0, repository: https://x.example/long}]\n");
    assert_eq!(
        session
            .run(&["dependency", "list", "c", "--max-col-width", "12"])
            .stdout,
        "NAME\tVERSION\tREPOSITORY  \tSTATUS \na   \t1.0.0  \thttps://x...\tmissing\n\n"
    );
}

#[test]
fn failures_are_helms() {
    insta::assert_snapshot!(session("").run(&["dependency", "list", "a", "b"]), @r#"
    ---- stderr
    Error: "helm dependency list" accepts at most 1 argument

    Usage:  helm dependency list CHART [flags]
    ---- status 1
    "#);
    insta::assert_snapshot!(session("").run(&["dependency", "list", "nope"]), @"
    ---- stderr
    Error: stat nope: no such file or directory
    ---- status 1
    ");
}
