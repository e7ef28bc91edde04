//! The one HTTP client: TLS, proxies, time and size limits, redirects that keep logins where they belong, retries, and texts
//! without logins. It reads; what writes has to say itself when a second try is safe.
//!
//! `http/tls.rs`: who is trusted, and handshakes that fail.

mod tls;

use std::collections::hash_map::RandomState;
use std::error::Error;
use std::fmt;
use std::hash::BuildHasher as _;
use std::io;
use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use tokio::time::timeout;
use url::{Host, Url};

pub use self::tls::Tls;

/// What a call may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// Until the first byte of the answer.
    pub first_byte: Duration,
    /// Between two pieces of the answer.
    pub idle: Duration,
    /// For the call with all its tries.
    pub total: Duration,
    /// How often it is tried.
    pub tries: u32,
    /// Before the second try; then twice as long each time.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(30),
            idle: Duration::from_mins(1),
            total: Duration::from_mins(5),
            tries: 3,
            pause: Duration::from_millis(200),
        }
    }
}

/// How many redirects are followed, as Go does.
const MAX_REDIRECTS: usize = 10;

/// The longest time that a server may ask to wait before a second try.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(30);

/// A name and a password for [`Get`].
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// Name and password.
    Basic(String, String),
    /// A token.
    Bearer(String),
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credential(***)")
    }
}

/// Fields that are sent along. They may be secrets, and are not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Form(String);

impl Form {
    /// A form with these fields.
    pub fn new(fields: &[(&str, String)]) -> Self {
        let mut encoded = url::form_urlencoded::Serializer::new(String::new());
        Self(encoded.extend_pairs(fields).finish())
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Form(***)")
    }
}

/// One question.
#[derive(Debug, Clone, Default)]
pub struct Get {
    /// The address.
    pub url: String,
    /// Headers besides those of every call.
    pub headers: Vec<(&'static str, String)>,
    /// Who asks; goes to the host of `url` alone.
    pub credential: Option<Credential>,
    /// The credential follows redirects to other hosts.
    pub credential_everywhere: bool,
    /// Posted, once, and to nobody else: redirects are not followed.
    pub form: Option<Form>,
    /// How TLS is spoken.
    pub tls: Tls,
    /// The most that the answer may weigh.
    pub limit: u64,
}

/// An answer, whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// `200`.
    pub status: u16,
    /// `404 Not Found`.
    pub status_text: String,
    headers: HeaderMap,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, when it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Every value of a header.
    pub fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
    }
}

/// Why there is no answer. Addresses are printed without login and query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// Nobody answered, or not to the end.
    #[error("Get \"{url}\": {why}")]
    Unreachable {
        /// The address.
        url: String,
        /// What happened.
        why: String,
    },
    /// Somebody answered who is not proved to be the one that was asked, or who does not speak TLS as we do.
    #[error("Get \"{url}\": {why}")]
    Untrusted {
        /// The address.
        url: String,
        /// What was wrong with the handshake.
        why: String,
    },
    /// More than was asked for.
    #[error("Get \"{url}\": the answer is larger than {limit} bytes")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// An address, a redirect, a certificate that is not followed or used.
    #[error("Get \"{url}\": {why}")]
    Refused {
        /// The address.
        url: String,
        /// What is wrong.
        why: String,
    },
}

/// The client. Making one does no work.
#[derive(Debug, Default)]
pub struct Http {
    limits: Limits,
    clients: Mutex<Vec<(Kind, Client)>>,
}

/// What needs a client of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kind {
    tls: Tls,
    is_secure: bool,
    is_loopback: bool,
}

impl Http {
    /// A client with these limits.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            clients: Mutex::default(),
        }
    }

    /// Asks, follows redirects, and tries again where that may help.
    ///
    /// # Errors
    /// [`HttpError`]; an answer with a status other than 200 is an answer.
    pub async fn get(&self, get: &Get) -> Result<Answer, HttpError> {
        let all_tries = self.tries(get);
        timeout(self.limits.total, all_tries)
            .await
            .unwrap_or_else(|_| {
                Err(HttpError::Unreachable {
                    url: shown(&get.url),
                    why: format!("no answer within {} s", self.limits.total.as_secs()),
                })
            })
    }

    async fn tries(&self, get: &Get) -> Result<Answer, HttpError> {
        let mut pause = self.limits.pause;
        let tries = if get.form.is_some() {
            1
        } else {
            self.limits.tries
        };
        for _ in 1..tries {
            let wait = match self.follow(get).await {
                Ok(answer) if is_passing(answer.status) => match asked_wait(&answer.headers) {
                    Some(wait) if wait > MAX_RETRY_AFTER => return Ok(answer),
                    wait => wait.unwrap_or(pause),
                },
                Err((HttpError::Unreachable { .. }, true)) => pause,
                Ok(answer) => return Ok(answer),
                Err((error, _)) => return Err(error),
            };
            tokio::time::sleep(wait + jitter(self.limits.pause)).await;
            pause *= 2;
        }
        self.follow(get).await.map_err(|(error, _)| error)
    }

    /// One try; an error comes with whether another one may help.
    async fn follow(&self, get: &Get) -> Result<Answer, (HttpError, bool)> {
        let refused = |url: &str, why: String| {
            let url = shown(url);
            (HttpError::Refused { url, why }, false)
        };
        let first = Url::parse(&get.url)
            .map_err(|error| refused(&get.url, format!("the address cannot be read: {error}")))?;
        let mut url = first.clone();
        for _ in 0..=MAX_REDIRECTS {
            if !matches!(url.scheme(), "http" | "https") {
                return Err(refused(
                    url.as_str(),
                    format!("unsupported scheme {:?}", url.scheme()),
                ));
            }
            let response = self.once(get, &url, &first).await?;
            let target = response
                .headers()
                .get(LOCATION)
                .filter(|_| matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308));
            let Some(target) = target else {
                return self.answer(response, get, &url).await;
            };
            if get.form.is_some() {
                let why = "a redirect of something that is for this address alone";
                return Err(refused(url.as_str(), why.to_owned()));
            }
            let next = target
                .to_str()
                .ok()
                .and_then(|target| url.join(target).ok());
            let Some(next) = next else {
                return Err(refused(
                    url.as_str(),
                    "a redirect to an address that cannot be read".to_owned(),
                ));
            };
            if url.scheme() == "https" && next.scheme() != "https" {
                return Err(refused(
                    url.as_str(),
                    format!("a redirect from https to {}", shown(next.as_str())),
                ));
            }
            url = next;
        }
        Err(refused(
            &get.url,
            format!("stopped after {MAX_REDIRECTS} redirects"),
        ))
    }

    async fn once(&self, get: &Get, url: &Url, first: &Url) -> Result<Response, (HttpError, bool)> {
        let client = self.client(&get.tls, url).map_err(|error| (error, false))?;
        let mut request = match &get.form {
            None => client.get(url.clone()),
            Some(Form(fields)) => client
                .post(url.clone())
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(fields.clone()),
        };
        for (name, value) in &get.headers {
            request = request.header(*name, value);
        }
        let is_same = url.origin() == first.origin();
        match &get.credential {
            Some(Credential::Basic(name, password)) if is_same || get.credential_everywhere => {
                request = request.basic_auth(name, Some(password));
            }
            Some(Credential::Bearer(token)) if is_same => request = request.bearer_auth(token),
            _ => {}
        }
        let unreachable = |why: String, again: bool| {
            let url = shown(url.as_str());
            (HttpError::Unreachable { url, why }, again)
        };
        match timeout(self.limits.connect + self.limits.first_byte, request.send()).await {
            Err(_) => Err(unreachable(
                format!("no answer within {} s", self.limits.first_byte.as_secs()),
                true,
            )),
            // A door that is closed stays closed; what broke on the way may not break again.
            Ok(Err(error)) => match tls::failure(&error) {
                Some(why) => Err((untrusted(url, why), false)),
                None => Err(unreachable(why(&error), !error.is_connect())),
            },
            Ok(Ok(response)) => Ok(response),
        }
    }

    async fn answer(
        &self,
        mut response: Response,
        get: &Get,
        url: &Url,
    ) -> Result<Answer, (HttpError, bool)> {
        let too_large = || {
            let url = shown(url.as_str());
            (
                HttpError::TooLarge {
                    url,
                    limit: get.limit,
                },
                false,
            )
        };
        let cut = |why: String| {
            let url = shown(url.as_str());
            (HttpError::Unreachable { url, why }, true)
        };
        if response
            .content_length()
            .is_some_and(|length| length > get.limit)
        {
            return Err(too_large());
        }
        let mut body = Vec::new();
        loop {
            match timeout(self.limits.idle, response.chunk()).await {
                Err(_) => {
                    let seconds = self.limits.idle.as_secs();
                    return Err(cut(format!("the answer stalled for {seconds} s")));
                }
                // A server may refuse our certificate as late as this.
                Ok(Err(error)) => match tls::failure(&error) {
                    Some(why) => return Err((untrusted(url, why), false)),
                    None => return Err(cut(why(&error))),
                },
                Ok(Ok(None)) => break,
                Ok(Ok(Some(piece))) => body.extend_from_slice(&piece),
            }
            if body.len() as u64 > get.limit {
                return Err(too_large());
            }
        }
        Ok(Answer {
            status: response.status().as_u16(),
            status_text: status_text(response.status()),
            headers: response.headers().clone(),
            body,
        })
    }

    fn client(&self, tls: &Tls, url: &Url) -> Result<Client, HttpError> {
        let kind = Kind {
            tls: tls.clone(),
            is_secure: url.scheme() == "https",
            is_loopback: is_loopback(url),
        };
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = clients.iter().find(|(there, _)| *there == kind) {
            return Ok(client.clone());
        }
        let client = build(&kind, self.limits).map_err(|why| HttpError::Refused {
            url: shown(url.as_str()),
            why,
        })?;
        clients.push((kind, client.clone()));
        Ok(client)
    }
}

fn build(kind: &Kind, limits: Limits) -> Result<Client, String> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // One that is there already is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = Client::builder()
        .user_agent(concat!("landfall/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(limits.connect);
    if kind.is_loopback {
        builder = builder.no_proxy();
    }
    builder = if kind.is_secure {
        kind.tls.configure(builder)?
    } else {
        // The system's certificates need not be there.
        builder.tls_certs_only(Vec::new())
    };
    builder.build().map_err(|error| why(&error))
}

/// Whether the machine talks to itself.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Statuses that may be others a moment later.
fn is_passing(status: u16) -> bool {
    matches!(status, 429 | 500 | 502 | 503 | 504)
}

fn asked_wait(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}

/// Up to half of a pause, so that many who failed together do not come back together.
fn jitter(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(0_u8) % 1_000;
    pause / 2 * random as u32 / 1_000
}

fn status_text(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

fn untrusted(url: &Url, why: String) -> HttpError {
    let url = shown(url.as_str());
    HttpError::Untrusted { url, why }
}

/// The innermost cause of an error, which says what happened; the outer ones repeat the address.
fn why(error: &reqwest::Error) -> String {
    let mut innermost: &(dyn Error + 'static) = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let text = match innermost.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => "connection refused".to_owned(),
        Some(io::ErrorKind::ConnectionReset) => "connection reset by peer".to_owned(),
        _ => innermost.to_string(),
    };
    if error.is_timeout() && error.is_connect() {
        return "no connection in time".to_owned();
    }
    if error.is_connect() {
        return format!("cannot connect: {text}");
    }
    text
}

/// An address for people: without login and query, which may hold tokens.
pub(super) fn shown(url: &str) -> String {
    let Ok(mut url) = Url::parse(url) else {
        return "an address that cannot be read".to_owned();
    };
    // Addresses that cannot have a login have none to hide.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_secrets() {
        assert_eq!(
            shown("https://ada:pw@x.example/c/index.yaml?token=t#f"),
            "https://x.example/c/index.yaml"
        );
    }

    #[test]
    fn loopback_is_known_by_name_and_number() {
        for (url, expected) in [
            ("http://localhost:1/", true),
            ("http://127.0.0.9/", true),
            ("http://[::1]/", true),
            ("http://localhost.example/", false),
            ("http://10.0.0.1/", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
