//! A small HTTP app that misbehaves on request: what the tests of the local platform run.
//!
//! `FAULT` is one of `ok` (the default), `crash` (ends before it listens), `never-listen`, `ignore-term` (its end must be forced),
//! `fixed-port` (heeds `FIXED_PORT` instead of `PORT`), `grandchild` (starts a process in a session of its own). `START_MS` delays the start.
//! Every answer begins with `VERSION` and the process id. `/slow?MS` takes that long, `/crash` ends the process in the middle of a request,
//! `/once` does so for the first process only, `/echo` answers with the body, `/write` writes a file beside the program, `/env` lists the
//! variables, an upgrade to `echo` turns the connection into an echo.

use std::collections::HashMap;
use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::Duration;

fn main() -> io::Result<()> {
    let fault = env::var("FAULT").unwrap_or_default();
    thread::sleep(Duration::from_millis(number("START_MS")));
    let mut log = io::stderr();
    match fault.as_str() {
        "crash" => {
            writeln!(log, "cannot find the database")?;
            return Err(io::Error::other("giving up"));
        }
        "never-listen" => thread::sleep(Duration::MAX),
        "ignore-term"
            // The shell ignores the signal, and so do those it becomes.
            if env::var_os("TERM_IS_IGNORED").is_none() => {
                use std::os::unix::process::CommandExt as _;
                let program = env::current_exe()?;
                return Err(Command::new("sh")
                    .args(["-c", "trap '' TERM; TERM_IS_IGNORED=1 exec \"$0\""])
                    .arg(program)
                    .exec());
            }
        "grandchild" => {
            Command::new("setsid").args(["sleep", "600"]).spawn()?;
        }
        _ => {}
    }
    let port = if fault == "fixed-port" {
        number("FIXED_PORT")
    } else {
        number("PORT")
    };
    let listener = TcpListener::bind(("127.0.0.1", port as u16))?;
    writeln!(log, "listening on {port}")?;
    for stream in listener.incoming() {
        let stream = stream?;
        thread::spawn(move || serve(stream));
    }
    Ok(())
}

fn number(name: &str) -> u64 {
    env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(0)
}

/// Answers the requests of one connection.
fn serve(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
        let headers = headers(&mut reader)?;
        if headers
            .get("upgrade")
            .is_some_and(|protocol| protocol == "echo")
        {
            write!(
                stream,
                "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n"
            )?;
            return io::copy(&mut reader, &mut stream).map(|_| ());
        }
        let length = headers
            .get("content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let text = answer(&path, body)?;
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
            text.len()
        );
        stream.write_all(&[head.as_bytes(), &text].concat())?;
    }
}

fn headers(reader: &mut BufReader<TcpStream>) -> io::Result<HashMap<String, String>> {
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => {
                headers.insert(name.to_ascii_lowercase(), value.trim().to_owned())
            }
            None => return Ok(headers),
        };
    }
}

fn answer(path: &str, body: Vec<u8>) -> io::Result<Vec<u8>> {
    let version = env::var("VERSION").unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    match path {
        "/slow" => thread::sleep(Duration::from_millis(query.parse().unwrap_or(0))),
        "/crash" => std::process::abort(),
        "/once"
            if std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open("crashed-once")
                .is_ok() =>
        {
            std::process::abort()
        }
        "/echo" => return Ok(body),
        "/write" => std::fs::write("written", "by the app")?,
        "/env" => {
            let variables: Vec<String> = env::vars()
                .map(|(name, value)| format!("{name}={value}\n"))
                .collect();
            return Ok(variables.concat().into_bytes());
        }
        _ => {}
    }
    Ok(format!("{version} {}\n", std::process::id()).into_bytes())
}
