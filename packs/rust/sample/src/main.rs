//! A web server of the standard library alone: `GET /` greets, `GET /work?ms=300` takes its time.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;
use std::{env, process, thread};

fn main() {
    let port = env::var("PORT").unwrap_or_else(|_| "8080".to_owned());
    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).expect("the port is free");
    println!("listening on {port}");
    for stream in listener.incoming().flatten() {
        thread::spawn(move || serve(stream));
    }
}

/// Answers the requests of one connection until it closes.
fn serve(stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let Ok(mut writer) = stream.try_clone() else { return };
    let mut reader = BufReader::new(stream);
    while let Some(path) = read_request(&mut reader) {
        let (status, body) = answer(&path);
        let response = format!(
            "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        if writer.write_all(response.as_bytes()).is_err() {
            return;
        }
    }
}

/// The path of the next request; its headers are skipped. `None` at the end of the connection.
fn read_request(reader: &mut impl BufRead) -> Option<String> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut header = String::new();
    while reader.read_line(&mut header).ok()? > 2 {
        header.clear();
    }
    first.split_whitespace().nth(1).map(str::to_owned)
}

fn answer(path: &str) -> (&'static str, String) {
    if let Some(text) = path.strip_prefix("/work?ms=") {
        let milliseconds = text.parse().unwrap_or(0).min(10_000);
        thread::sleep(Duration::from_millis(milliseconds));
        return ("200 OK", format!("worked {milliseconds} ms\n"));
    }
    match path {
        "/" => {
            let version = env::var("VERSION").unwrap_or_else(|_| "dev".to_owned());
            ("200 OK", format!("Hello from {version}, process {}\n", process::id()))
        }
        _ => ("404 Not Found", "not found\n".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{answer, read_request};

    #[test]
    fn the_root_greets() {
        assert!(answer("/").1.starts_with("Hello"));
        assert_eq!(answer("/none").0, "404 Not Found");
    }

    #[test]
    fn a_request_is_read_to_the_end_of_its_headers() {
        let mut two = "GET /a HTTP/1.1\r\nhost: x\r\n\r\nGET /b HTTP/1.1\r\n\r\n".as_bytes();
        assert_eq!(read_request(&mut two).as_deref(), Some("/a"));
        assert_eq!(read_request(&mut two).as_deref(), Some("/b"));
        assert_eq!(read_request(&mut two), None);
    }
}
