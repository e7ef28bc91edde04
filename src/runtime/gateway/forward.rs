//! A request on its way to an instance.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Either, Empty};
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONNECTION, HOST, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, UPGRADE};
use hyper::{Method, Request, Response, StatusCode, Uri, Version};
use hyper_util::rt::TokioIo;
use tokio::time::{Instant, timeout_at};

use super::answer::{AppBody, Body, text};
use crate::runtime::app::App;
use crate::runtime::pool::{RequestBody, SendError};
use crate::runtime::revision::{Lease, Refusal};

/// Tries to find an instance that takes a connection.
const TRIES: u32 = 10;
/// The pause before another try: the process has just ended, and who watches it is about to know.
const PAUSE: Duration = Duration::from_millis(5);
/// Headers about one connection, which do not go on to the next (RFC 9110, section 7.6.1).
const HOP_BY_HOP: [&str; 7] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "transfer-encoding",
];

/// Sends a request to an app and returns its answer, or ours when there is none.
pub(super) async fn forward(
    app: Arc<App>,
    request: Request<Incoming>,
    host: &str,
    peer: SocketAddr,
) -> Response<Body> {
    let timeout = app.current().workload.timeout;
    let deadline = Instant::now() + timeout;
    let upgrade = is_upgrade(request.headers());
    let (mut request, client) = prepare(request, host, peer, upgrade);
    let mut resent = false;
    for tries in 1.. {
        let lease = match timeout_at(deadline, admit(&app)).await {
            Err(_) => return timed_out(&app.name),
            Ok(Err(refusal)) => return refused(&app.name, &refusal),
            Ok(Ok(lease)) => lease,
        };
        let copy = replayable(&request);
        match timeout_at(deadline, lease.instance().pool.send(request)).await {
            Err(_) => return timed_out(&app.name),
            Ok(Ok((response, used))) if response.status() == StatusCode::SWITCHING_PROTOCOLS => {
                drop(used);
                return switch(client, response, lease, deadline);
            }
            Ok(Ok((response, used))) => {
                let (mut head, body) = response.into_parts();
                remove_hop_by_hop(&mut head.headers);
                head.version = Version::HTTP_11;
                return Response::from_parts(
                    head,
                    AppBody::new(body, deadline, used, lease).boxed(),
                );
            }
            // Nothing was sent: any request may go elsewhere.
            Ok(Err(SendError::Unsent(unsent, error))) => {
                if tries >= TRIES {
                    return text(502, format!("{} takes no connection: {error}\n", app.name));
                }
                request = *unsent;
            }
            // It may have been received: once more if that does no harm.
            Ok(Err(SendError::Sent(error))) => match copy {
                Some(copy) if !resent => {
                    resent = true;
                    request = copy;
                }
                _ => {
                    return text(
                        502,
                        format!("{} broke off before it answered: {error}\n", app.name),
                    );
                }
            },
        }
        drop(lease);
        tokio::time::sleep(PAUSE).await;
    }
    text(502, format!("{} takes no connection\n", app.name))
}

/// Waits for a place with the revision that takes requests, whichever that is by then.
async fn admit(app: &App) -> Result<Lease, Refusal> {
    loop {
        match app.current().admit().await {
            Err(Refusal::Moved) => tokio::task::yield_now().await,
            settled => return settled,
        }
    }
}

fn timed_out(app: &str) -> Response<Body> {
    text(
        504,
        format!("request timeout: {app} did not answer in time\n"),
    )
}

fn refused(app: &str, refusal: &Refusal) -> Response<Body> {
    match refusal {
        Refusal::Broken(failure) => text(503, format!("{app} does not start: {failure}\n")),
        Refusal::Full | Refusal::Moved => {
            let mut response = text(
                503,
                format!("pending request queue full: too many requests wait for {app}\n"),
            );
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
    }
}

/// The client's side of a connection that may change its protocol.
type ClientSide = Option<hyper::upgrade::OnUpgrade>;

/// The request as the app gets it.
fn prepare(
    mut request: Request<Incoming>,
    host: &str,
    peer: SocketAddr,
    upgrade: bool,
) -> (Request<RequestBody>, ClientSide) {
    let client = upgrade.then(|| hyper::upgrade::on(&mut request));
    let (mut head, body) = request.into_parts();
    let protocol = head.headers.get(UPGRADE).cloned().filter(|_| upgrade);
    let original_host = head.headers.get(HOST).cloned().or_else(|| {
        head.uri
            .authority()
            .and_then(|authority| HeaderValue::from_str(authority.as_str()).ok())
    });
    remove_hop_by_hop(&mut head.headers);
    if let Some(protocol) = protocol {
        head.headers
            .insert(CONNECTION, HeaderValue::from_static("upgrade"));
        head.headers.insert(UPGRADE, protocol);
    }
    if let Some(original) = original_host {
        head.headers.insert("x-forwarded-host", original.clone());
        head.headers.insert(HOST, original);
    } else if let Ok(host) = HeaderValue::from_str(host) {
        head.headers.insert(HOST, host);
    }
    head.headers
        .insert("x-forwarded-proto", HeaderValue::from_static("http"));
    append_peer(&mut head.headers, peer);
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    head.uri = path.parse().unwrap_or_else(|_| Uri::from_static("/"));
    head.version = Version::HTTP_11;
    (Request::from_parts(head, Either::Left(body)), client)
}

fn append_peer(headers: &mut HeaderMap, peer: SocketAddr) {
    let name = HeaderName::from_static("x-forwarded-for");
    let chain = match headers.get(&name).and_then(|value| value.to_str().ok()) {
        Some(before) => format!("{before}, {}", peer.ip()),
        None => peer.ip().to_string(),
    };
    if let Ok(chain) = HeaderValue::from_str(&chain) {
        headers.insert(name, chain);
    }
}

fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
    headers.remove(UPGRADE);
}

fn is_upgrade(headers: &HeaderMap) -> bool {
    headers.contains_key(UPGRADE)
        && headers
            .get_all(CONNECTION)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|name| name.trim().eq_ignore_ascii_case("upgrade"))
}

/// A copy of a request that may be received twice without harm: an idempotent method and no body.
fn replayable(request: &Request<RequestBody>) -> Option<Request<RequestBody>> {
    let idempotent = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE | Method::TRACE
    );
    if !idempotent || !request.body().is_end_stream() || request.headers().contains_key(UPGRADE) {
        return None;
    }
    let mut copy = Request::new(Either::Right(Empty::new()));
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    Some(copy)
}

/// Connects both sides of a changed protocol (a websocket) until one ends or the request's time is over.
fn switch(
    client: ClientSide,
    mut response: Response<Incoming>,
    lease: Lease,
    deadline: Instant,
) -> Response<Body> {
    let Some(client) = client else {
        return text(502, "the app changed the protocol without being asked\n");
    };
    let app = hyper::upgrade::on(&mut response);
    tokio::spawn(async move {
        let _lease = lease;
        let both = async {
            let (client, app) = (client.await.ok()?, app.await.ok()?);
            tokio::io::copy_bidirectional(&mut TokioIo::new(client), &mut TokioIo::new(app))
                .await
                .ok()
        };
        let _ = timeout_at(deadline, both).await;
    });
    let (head, _) = response.into_parts();
    let mut answer = text(101, "");
    *answer.headers_mut() = head.headers;
    answer
}
