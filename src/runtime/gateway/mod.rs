//! The HTTP entry of the local platform: routes by host name, holds requests while an app wakes, hands out charts.
//!
//! A request's body stays in its socket while the request waits; the client is slowed down by TCP, not by our memory.

mod answer;
mod charts;
mod forward;
mod listen;

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::HOST;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use serving::route::normal_host;
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::ports::artifacts::ArtifactStore;

use super::clock::draw;
use super::estate::Estate;
use answer::{Body, text};

pub(super) use listen::{Listeners, bind};

/// The host under which charts are served.
const CHARTS_HOST: &str = "charts.localhost";
/// How long a client may take to send the head of a request.
const HEAD_LIMIT: Duration = Duration::from_secs(30);
/// How long answers under way may take once the gateway ends.
const DRAIN_LIMIT: Duration = Duration::from_secs(10);

/// The gateway of all apps.
pub(super) struct Gateway {
    estate: Arc<Estate>,
    charts: Arc<dyn ArtifactStore>,
    port: u16,
}

impl fmt::Debug for Gateway {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Gateway")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl Gateway {
    pub(super) fn new(estate: Arc<Estate>, charts: Arc<dyn ArtifactStore>, port: u16) -> Self {
        Self {
            estate,
            charts,
            port,
        }
    }

    /// Serves until told to end; answers that are under way then get a while.
    pub(super) async fn run(
        self: Arc<Self>,
        listeners: Listeners,
        mut ended: watch::Receiver<bool>,
    ) {
        let mut server = auto::Builder::new(TokioExecutor::new());
        server
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_LIMIT)
            .preserve_header_case(true);
        server.http2().timer(TokioTimer::new());
        let server = Arc::new(server);
        let graceful = GracefulShutdown::new();
        loop {
            let (stream, peer) = tokio::select! {
                accepted = listeners.accept() => accepted,
                _ = ended.wait_for(|ended| *ended) => break,
            };
            let (gateway, server, watcher) =
                (Arc::clone(&self), Arc::clone(&server), graceful.watcher());
            tokio::spawn(async move {
                let _ = stream.set_nodelay(true);
                gateway.connection(&server, watcher, stream, peer).await;
            });
        }
        drop(listeners);
        let _ = tokio::time::timeout(DRAIN_LIMIT, graceful.shutdown()).await;
    }

    async fn connection(
        self: Arc<Self>,
        server: &auto::Builder<TokioExecutor>,
        watcher: hyper_util::server::graceful::Watcher,
        stream: TcpStream,
        peer: SocketAddr,
    ) {
        let service = service_fn(move |request| {
            let gateway = Arc::clone(&self);
            async move { Ok::<_, Infallible>(gateway.answer(request, peer).await) }
        });
        let connection = server
            .serve_connection_with_upgrades(TokioIo::new(stream), service)
            .into_owned();
        // A client that breaks off is its own affair; its request was counted out by dropping it.
        let _ = watcher.watch(connection).await;
    }

    async fn answer(&self, request: Request<Incoming>, peer: SocketAddr) -> Response<Body> {
        let Some(host) = host_of(&request) else {
            return text(400, "the request names no host\n");
        };
        if host == CHARTS_HOST {
            let base = format!("http://{CHARTS_HOST}:{}", self.port);
            return charts::answer(
                Arc::clone(&self.charts),
                request.method(),
                request.uri().path(),
                base,
            )
            .await;
        }
        let routes = self.estate.routes();
        match routes.lookup(&host, draw()) {
            Some(app) => forward::forward(Arc::clone(app), request, &host, peer).await,
            None => self.unknown(&host, routes.hosts()),
        }
    }

    fn unknown<'a>(&self, host: &str, hosts: impl Iterator<Item = &'a str>) -> Response<Body> {
        let known: Vec<String> = hosts
            .map(|host| format!("  http://{host}:{}\n", self.port))
            .collect();
        let list = if known.is_empty() {
            "no app is there yet\n".to_owned()
        } else {
            format!("known hosts:\n{}", known.concat())
        };
        text(404, format!("no app answers to {host}\n\n{list}"))
    }
}

/// The host that a request is for, without its port.
fn host_of(request: &Request<Incoming>) -> Option<String> {
    let header = request
        .headers()
        .get(HOST)
        .and_then(|value| value.to_str().ok());
    let host = request.uri().host().or(header).map(normal_host)?;
    (!host.is_empty()).then_some(host)
}
