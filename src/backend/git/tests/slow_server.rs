//! A forge on loopback HTTP that answers as slowly as a test wants: `git http-backend` behind a throttle.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The pace of an answer's body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// What is sent without a pause before the pace begins.
    pub(super) at_once: usize,
    /// How much is sent at a time then.
    pub(super) bytes: usize,
    /// The pause after each.
    pub(super) pause: Duration,
}

/// Serves the repositories in a folder until the test is over. The list of references comes at once, what is fetched at the pace.
pub(super) fn serve(folder: &Path, pace: Pace) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            // A client that hangs up ends its thread.
            std::thread::spawn(move || answer(stream, &folder, pace));
        }
    });
    address
}

struct Request {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split_whitespace().map(str::to_owned);
        let (method, target) = (words.next()?, words.next()?);
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let mut request = Self {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: Vec::new(),
        };
        let length = request.header("content-length").parse().unwrap_or(0);
        reader.take(length).read_to_end(&mut request.body).ok()?;
        Some(request)
    }

    fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }
}

fn answer(mut stream: TcpStream, folder: &PathBuf, pace: Pace) -> Option<()> {
    let request = Request::read(&stream)?;
    let mut backend = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", folder)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("REQUEST_METHOD", &request.method)
        .env("PATH_INFO", &request.path)
        .env("QUERY_STRING", &request.query)
        .env("CONTENT_TYPE", request.header("content-type"))
        .env("CONTENT_LENGTH", request.body.len().to_string())
        .env("HTTP_CONTENT_ENCODING", request.header("content-encoding"))
        .env("GIT_PROTOCOL", request.header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    backend.stdin.take()?.write_all(&request.body).ok()?;
    let output = backend.wait_with_output().ok()?.stdout;
    let end = output.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let (head, body) = output.split_at(end);
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    )
    .ok()?;
    stream.write_all(head).ok()?;
    let is_fetch = request.path.ends_with("/git-upload-pack") && body.len() > 1_000;
    let (first, rest) = body.split_at(if is_fetch {
        pace.at_once.min(body.len())
    } else {
        body.len()
    });
    stream.write_all(first).ok()?;
    for part in rest.chunks(pace.bytes) {
        std::thread::sleep(pace.pause);
        stream.write_all(part).ok()?;
    }
    Some(())
}
