//! An open-loop load driver: requests start by the clock, whether or not earlier ones were answered, and latency counts
//! from the moment a request was due. So a slow server cannot hide its slowness by slowing the driver down.
//!
//! Hosts below `localhost` are reached at 127.0.0.1 with a `Host` header: glibc resolves no such names.

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::header::HOST;
use hyper::{Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::task::JoinSet;

/// A request without an answer after this long is lost.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// The most of an answer that is read: 1 MiB.
const BODY_LIMIT: usize = 1 << 20;

/// What is sent.
#[derive(Debug, Clone)]
pub struct LoadPlan {
    /// The request: `http://host[:port]/path`.
    pub url: String,
    /// How many requests start each second.
    pub rate: usize,
    /// For how long requests start.
    pub duration: Duration,
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadReport {
    /// Requests that were started.
    pub sent: usize,
    /// Requests that were not answered with 2xx: refused, cut off, timed out, or answered otherwise.
    pub lost: usize,
    /// The most that were in flight at once.
    pub most_in_flight: usize,
    /// Half of the answers came within this time of when they were due.
    pub median: Duration,
    /// Ninety-nine of a hundred answers did.
    pub p99: Duration,
    /// The slowest answer.
    pub slowest: Duration,
}

impl fmt::Display for LoadReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} requests, {} lost, up to {} in flight; median {} ms, p99 {} ms, slowest {} ms",
            self.sent,
            self.lost,
            self.most_in_flight,
            self.median.as_millis(),
            self.p99.as_millis(),
            self.slowest.as_millis()
        )
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The text, what is no UTF-8 replaced.
    pub body: String,
    /// From the start of the request to the end of the answer, connecting included.
    pub latency: Duration,
}

/// Sends one request.
///
/// # Errors
/// What went wrong, in words.
pub async fn get(url: &str) -> Result<Answer, String> {
    Target::parse(url)?.get(Instant::now()).await
}

/// Starts `rate` requests a second and waits for the last answer.
///
/// # Errors
/// A URL that cannot be used. Requests that fail are counted, not an error.
pub async fn run(plan: &LoadPlan) -> Result<LoadReport, String> {
    let target = Arc::new(Target::parse(&plan.url)?);
    let in_flight = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let mut requests: JoinSet<Option<Duration>> = JoinSet::new();
    let begin = Instant::now();
    let total = (plan.rate as f64 * plan.duration.as_secs_f64()) as usize;
    for number in 0..total {
        let due = begin + Duration::from_secs_f64(number as f64 / plan.rate as f64);
        if due > Instant::now() {
            tokio::time::sleep_until(due.into()).await;
        }
        let (target, in_flight, most) = (
            Arc::clone(&target),
            Arc::clone(&in_flight),
            Arc::clone(&most),
        );
        requests.spawn(async move {
            most.fetch_max(
                in_flight.fetch_add(1, Ordering::Relaxed) + 1,
                Ordering::Relaxed,
            );
            let answer = target.get(due).await;
            in_flight.fetch_sub(1, Ordering::Relaxed);
            answer
                .ok()
                .filter(|answer| (200..300).contains(&answer.status))
                .map(|answer| answer.latency)
        });
    }
    let mut latencies = Vec::with_capacity(total);
    while let Some(request) = requests.join_next().await {
        latencies.extend(request.ok().flatten());
    }
    latencies.sort_unstable();
    let at = |share: f64| {
        let index = (latencies.len() as f64 * share) as usize;
        latencies
            .get(index.min(latencies.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    Ok(LoadReport {
        sent: total,
        lost: total - latencies.len(),
        most_in_flight: most.load(Ordering::Relaxed),
        median: at(0.5),
        p99: at(0.99),
        slowest: at(1.0),
    })
}

struct Target {
    client: Client<HttpConnector, Empty<Bytes>>,
    uri: Uri,
    host: String,
}

impl Target {
    fn parse(url: &str) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|error| format!("not a URL: {error}"))?;
        let host = uri.host().ok_or("a URL with a host is expected")?;
        let authority = uri.authority().map(ToString::to_string).unwrap_or_default();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let address = if host == "localhost" || host.ends_with(".localhost") {
            format!(
                "http://{}:{}{path}",
                Ipv4Addr::LOCALHOST,
                uri.port_u16().unwrap_or(80)
            )
        } else {
            url.to_owned()
        };
        let uri = address
            .parse()
            .map_err(|error| format!("not a URL: {error}"))?;
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            uri,
            host: authority,
        })
    }

    async fn get(&self, due: Instant) -> Result<Answer, String> {
        let request = Request::get(self.uri.clone())
            .header(HOST, &self.host)
            .body(Empty::new())
            .map_err(|error| error.to_string())?;
        let exchange = async {
            let response = self
                .client
                .request(request)
                .await
                .map_err(|error| error.to_string())?;
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), BODY_LIMIT);
            let bytes = body
                .collect()
                .await
                .map_err(|error| error.to_string())?
                .to_bytes();
            Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
        };
        let (status, body) = tokio::time::timeout(TIMEOUT, exchange)
            .await
            .unwrap_or_else(|_| Err(format!("no answer within {} s", TIMEOUT.as_secs())))?;
        Ok(Answer {
            status,
            body,
            latency: due.elapsed(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::{LoadPlan, get, run};

    /// A server that answers every connection's first request after `delay`; every third connection is cut off.
    async fn server(delay: Duration, cut_every: usize) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            for number in 1.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                tokio::spawn(async move {
                    let _ = stream.read(&mut [0; 1024]).await;
                    tokio::time::sleep(delay).await;
                    if cut_every == 0 || number % cut_every != 0 {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok").await;
                    }
                });
            }
        });
        format!("http://shop.staging.localhost:{port}/")
    }

    #[tokio::test]
    async fn requests_start_by_the_clock_and_not_by_the_answers() {
        let url = server(Duration::from_millis(300), 0).await;
        let report = run(&LoadPlan {
            url,
            rate: 100,
            duration: Duration::from_millis(500),
        })
        .await
        .unwrap();
        assert_eq!((report.sent, report.lost), (50, 0));
        assert!(report.most_in_flight >= 20, "{report}");
        assert!(report.median >= Duration::from_millis(300), "{report}");
    }

    #[tokio::test]
    async fn every_lost_request_is_counted() {
        let url = server(Duration::ZERO, 5).await;
        let report = run(&LoadPlan {
            url,
            rate: 200,
            duration: Duration::from_millis(250),
        })
        .await
        .unwrap();
        assert_eq!((report.sent, report.lost), (50, 10));
    }

    #[tokio::test]
    async fn an_answer_is_read_and_a_dead_port_is_an_error() {
        let answer = get(&server(Duration::ZERO, 0).await).await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "ok"));
        assert!(get("http://x.localhost:1/").await.is_err());
        assert!(get("nonsense").await.is_err());
    }
}
