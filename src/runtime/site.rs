//! A server of files, for apps that are nothing but files: the process that `landfall serve-static` becomes.
//!
//! It is as strict as a web server in front of a folder has to be: nothing outside the folder, nothing whose name begins with a dot
//! (but `.well-known`), only GET and HEAD.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS};
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;

use crate::files::{self, FileError};

/// The page of a folder.
const INDEX: &str = "index.html";
/// A file is sent from memory; a larger one is not served.
const LARGEST: u64 = 256 << 20;
/// How long answers under way may take once the server ends.
const DRAIN_LIMIT: Duration = Duration::from_secs(10);
/// A pause when the process has no file descriptor left.
const EXHAUSTED: Duration = Duration::from_millis(50);

type Answer = Response<Full<Bytes>>;

/// Serves the files below `root` on `port` of the loopback address until `end`; answers under way are finished then.
///
/// # Errors
/// A root that is no folder, or a port that is taken.
pub async fn serve_site(root: &Path, port: u16, end: impl Future<Output = ()>) -> io::Result<()> {
    // Links are followed once, here; what a request names is compared with the real folder.
    let root: Arc<Path> = root.canonicalize()?.into();
    if !root.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let server = Arc::new(auto::Builder::new(TokioExecutor::new()));
    let graceful = GracefulShutdown::new();
    let mut end = std::pin::pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(EXHAUSTED).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (root, server, watcher) = (Arc::clone(&root), Arc::clone(&server), graceful.watcher());
        tokio::spawn(async move {
            let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                let root = Arc::clone(&root);
                let (method, path) = (request.method().clone(), request.uri().path().to_owned());
                async move {
                    let answer = tokio::task::spawn_blocking(move || answer(&root, &method, &path));
                    Ok::<_, Infallible>(answer.await.unwrap_or_else(|_| say(500, "failed\n")))
                }
            });
            let connection = server.serve_connection(TokioIo::new(stream), service);
            // A client that breaks off is its own affair.
            let _ = watcher.watch(connection.into_owned()).await;
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(DRAIN_LIMIT, graceful.shutdown()).await;
    Ok(())
}

fn answer(root: &Path, method: &Method, path: &str) -> Answer {
    if method != Method::GET && method != Method::HEAD {
        let mut answer = say(405, "only GET and HEAD are answered\n");
        answer
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    let Some(file) = find(root, path) else {
        return say(404, "not found\n");
    };
    if file.is_dir() {
        // Links of the page are relative to the folder only when its address ends in a slash.
        return match HeaderValue::from_str(&format!("{path}/")) {
            Ok(location) if !path.starts_with("//") => {
                let mut answer = say(301, "moved\n");
                answer.headers_mut().insert(LOCATION, location);
                answer
            }
            _ => say(404, "not found\n"),
        };
    }
    match files::read_bytes(&file, LARGEST) {
        // Hyper leaves the body of an answer to HEAD out and keeps its length.
        Ok(contents) => with(200, content_type(&file), contents.into()),
        Err(FileError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            say(404, "not found\n")
        }
        Err(_) => say(500, "the file cannot be read\n"),
    }
}

/// The file that `path` means, or a folder whose address lacks its slash; `None` for everything that is not to be seen.
fn find(root: &Path, path: &str) -> Option<PathBuf> {
    let path = decode(path)?;
    let mut file = root.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let is_hidden = part.starts_with('.') && part != ".well-known";
        if is_hidden || part.contains(['\0', '\\']) {
            return None;
        }
        file.push(part);
    }
    if path.ends_with('/') {
        file.push(INDEX);
    }
    let real = file.canonicalize().ok()?;
    let is_inside = real.starts_with(root);
    let is_page = real.is_file() || real.join(INDEX).is_file();
    (is_inside && is_page).then_some(real)
}

/// Takes `%20` and the like back; `None` where that is no text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = tail.get(2..)?;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

fn content_type(file: &Path) -> &'static str {
    let extension = file.extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

fn say(status: u16, text: &'static str) -> Answer {
    with(status, "text/plain; charset=utf-8", Bytes::from(text))
}

fn with(status: u16, content_type: &'static str, contents: Bytes) -> Answer {
    let mut answer = Response::new(Full::new(contents));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("site");
        for (path, text) in [
            ("site/index.html", "home"),
            ("site/a b/index.html", "a b"),
            ("site/style.css", "css"),
            ("site/empty/other.txt", "other"),
            ("site/.git/config", "secret"),
            ("site/.well-known/x", "known"),
            ("secret.txt", "secret"),
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        std::os::unix::fs::symlink("../secret.txt", root.join("link.txt")).unwrap();
        (folder, root)
    }

    #[test]
    fn only_what_is_in_the_folder_is_seen() {
        let (_folder, root) = site();
        let found = |path: &str| {
            let file = find(&root, path)?;
            Some(file.strip_prefix(&root).unwrap().display().to_string())
        };
        assert_eq!(found("/").as_deref(), Some("index.html"));
        assert_eq!(found("/a%20b/").as_deref(), Some("a b/index.html"));
        assert_eq!(found("/a%20b").as_deref(), Some("a b"));
        assert_eq!(found("/.well-known/x").as_deref(), Some(".well-known/x"));
        for hidden in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/a/../../secret.txt",
            "/link.txt",
            "/.git/config",
            "/style.css/",
            "/empty/",
            "/empty",
            "/%00",
            "/%",
            "/%ff",
            "/nothing",
        ] {
            assert_eq!(found(hidden), None, "{hidden}");
        }
    }

    #[test]
    fn a_folder_without_its_slash_is_redirected_on_this_host_only() {
        let (_folder, root) = site();
        let moved = answer(&root, &Method::GET, "/a%20b");
        assert_eq!(moved.status(), 301);
        assert_eq!(moved.headers()[LOCATION], "/a%20b/");
        // `//a%20b/` would be another host.
        assert_eq!(answer(&root, &Method::GET, "//a%20b").status(), 404);
    }

    #[test]
    fn answers_name_their_type() {
        let (_folder, root) = site();
        let page = answer(&root, &Method::GET, "/");
        assert_eq!(page.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
        let style = answer(&root, &Method::HEAD, "/style.css");
        assert_eq!(style.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
        let refused = answer(&root, &Method::POST, "/");
        assert_eq!(refused.status(), 405);
        assert_eq!(refused.headers()[ALLOW], "GET, HEAD");
    }
}
