//! A web server on loopback that gives what it is told to: files with tags, statuses, redirects, answers that end too early.
//! It keeps what it was asked. The tests of `backend::registry` use it as well.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What a path gives.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// The bytes, with a tag by which they are known again.
    File(Vec<u8>),
    /// A status and nothing else; the headers end lines.
    Status(u16, String),
    /// Half of the bytes, then the end.
    Cut(Vec<u8>),
    /// Each in turn; the last one stays.
    Turns(Vec<Self>),
    /// The file for this login alone; others are asked for it in these words.
    Guarded {
        authorization: String,
        challenge: String,
        file: Vec<u8>,
    },
}

#[derive(Debug, Default)]
struct State {
    replies: BTreeMap<String, Reply>,
    asked: Vec<String>,
    is_over: bool,
}

/// The server; dropping it ends it.
#[derive(Debug)]
pub(crate) struct ChartServer {
    port: u16,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

impl ChartServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.lock().unwrap().is_over {
                    return;
                }
                // A client that went away is no concern of ours.
                let _ = stream.and_then(|stream| answer(stream, &shared));
            }
        });
        Self {
            port,
            state,
            thread: Some(thread),
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port())
    }

    pub(crate) fn set(&self, path: &str, reply: Reply) {
        let mut state = self.state.lock().unwrap();
        state.replies.insert(path.to_owned(), reply);
    }

    pub(crate) fn file(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.set(path, Reply::File(bytes.into()));
    }

    /// What was asked since the last time: `GET /path`, with ` +login` behind it when a login came along, then what was posted.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }
}

impl Drop for ChartServer {
    fn drop(&mut self) {
        self.state.lock().unwrap().is_over = true;
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut whole = Vec::new();
    let mut piece = [0; 1024];
    let start = loop {
        if let Some(at) = whole.windows(4).position(|end| end == b"\r\n\r\n") {
            break at + 4;
        }
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Ok(());
        }
        whole.extend_from_slice(&piece[..count]);
    };
    let head = String::from_utf8_lossy(&whole[..start]).into_owned();
    let mut words = head.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().unwrap_or_default().to_owned();
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let length = header("content-length").and_then(|length| length.parse().ok());
    let mut posted = vec![0; length.unwrap_or(0)];
    let begun = &whole[start..];
    let (first, more) = posted.split_at_mut(begun.len());
    first.copy_from_slice(begun);
    stream.read_exact(more)?;
    let posted = String::from_utf8_lossy(&posted);
    let reply = {
        let mut state = state.lock().unwrap();
        let login = header("authorization").map_or("", |_| " +login");
        let line = format!("{method} {path}{login} {posted}");
        state.asked.push(line.trim_end().to_owned());
        match state.replies.get_mut(&path) {
            Some(Reply::Turns(turns)) if turns.len() > 1 => turns.remove(0),
            Some(Reply::Turns(turns)) => turns[0].clone(),
            Some(reply) => reply.clone(),
            None => Reply::Status(404, String::new()),
        }
    };
    let bytes = match reply {
        Reply::File(bytes) => file(&bytes, header("if-none-match").as_deref()),
        Reply::Guarded {
            authorization,
            file: bytes,
            ..
        } if header("authorization").as_deref() == Some(&authorization) => file(&bytes, None),
        Reply::Guarded { challenge, .. } => {
            head_of(401, &format!("www-authenticate: {challenge}\r\n"), 0)
        }
        Reply::Status(status, headers) => head_of(status, &headers, 0),
        Reply::Cut(bytes) => {
            let mut answer = head_of(200, "", bytes.len());
            answer.extend_from_slice(&bytes[..bytes.len() / 2]);
            answer
        }
        Reply::Turns(_) => head_of(500, "", 0),
    };
    stream.write_all(&bytes)
}

fn file(bytes: &[u8], known: Option<&str>) -> Vec<u8> {
    let sum = bytes.iter().fold(17_u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
    });
    let tag = format!("\"{sum:x}\"");
    let headers = format!("etag: {tag}\r\n");
    if known == Some(tag.as_str()) {
        return head_of(304, &headers, 0);
    }
    let mut answer = head_of(200, &headers, bytes.len());
    answer.extend_from_slice(bytes);
    answer
}

fn head_of(status: u16, headers: &str, length: usize) -> Vec<u8> {
    format!("HTTP/1.1 {status} x\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n")
        .into_bytes()
}
