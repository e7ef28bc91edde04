use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};

use crate::session::{PATIENCE, Session};

#[test]
fn an_answer_under_way_is_finished_before_the_end() {
    let session = Session::with_platform();
    // Larger than the buffers of sockets, so that it is still being sent when the platform is told to end.
    let page = "0123456789abcdef".repeat(1 << 20);
    let folder = session.repository("site", &[("index.html", "hello\n"), ("large.txt", &page)]);
    session.done_in(&folder, &["import", "--batch-mode"]);
    session.until("the site", || {
        (session.get("site.staging.localhost", "/").status == 200).then_some(())
    });
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, session.port())).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
        .write_all(
            b"GET /large.txt HTTP/1.1\r\nHost: site.staging.localhost\r\nConnection: close\r\n\r\n",
        )
        .unwrap();
    let mut first = [0; 1024];
    stream.read_exact(&mut first).unwrap();
    let down = session
        .command(&["down"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    let text = [first.to_vec(), rest].concat();
    let body = text
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap()
        + 4;
    assert_eq!(text.len() - body, page.len(), "the whole page arrived");
    let outcome = session.outcome(down.wait_with_output().unwrap());
    assert_eq!(
        outcome.to_string(),
        "---- stderr\nthe local platform is down\n"
    );
}
