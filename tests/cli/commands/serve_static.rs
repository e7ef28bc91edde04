use std::process::Stdio;

use crate::session::{Session, kill_child};

#[test]
fn a_folder_is_served_without_what_is_hidden() {
    let session = Session::with_platform();
    session.write("work/site/index.html", "home\n");
    session.write("work/site/guide/index.html", "guide\n");
    session.write("work/site/.env", "SECRET=1\n");
    session.write("work/secret.txt", "secret\n");
    let mut child = session
        .command(&["serve-static", "--root", "site"])
        .env("PORT", session.port().to_string())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    session.until("the server", || {
        std::net::TcpStream::connect(("127.0.0.1", session.port())).ok()
    });
    let status = |path: &str| session.get("any.host", path).status;
    assert_eq!(session.get("any.host", "/").body, "home\n");
    assert_eq!(session.get("any.host", "/guide/").body, "guide\n");
    assert_eq!(status("/guide"), 301);
    for hidden in ["/.env", "/../secret.txt", "/%2e%2e/secret.txt", "/nothing"] {
        assert_eq!(status(hidden), 404, "{hidden}");
    }
    // Asked to end, it ends with the status that says so.
    let pid = child.id().to_string();
    std::process::Command::new("kill")
        .arg(&pid)
        .status()
        .unwrap();
    let ended = session.until("the end", || child.try_wait().unwrap());
    assert_eq!(ended.code(), Some(143));
    kill_child(child);
    insta::assert_snapshot!(session.run(&["serve-static", "--root", "nowhere", "--port", "9"]), @"
    ---- stderr
    error: cannot serve /ROOT_________/work/nowhere on port 9
      caused by: No such file or directory (os error 2)
    ---- status 1
    ");
}
