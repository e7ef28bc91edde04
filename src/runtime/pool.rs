//! Connections to one instance.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{Either, Empty};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// New connections to one instance at a time. A fresh process has a short queue of connections to accept (5 in Python, 128 in Rust);
/// what does not fit is retried by the kernel after a whole second.
const CONNECTS: usize = 64;
/// Idle connections that are kept.
const IDLE: usize = 256;
/// A local process that does not take a connection for this long is stuck.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// The body that goes to an instance: the client's, or none.
pub(super) type RequestBody = Either<Incoming, Empty<Bytes>>;

/// Connections to one instance, used again while both sides keep them.
pub(super) struct Pool {
    address: SocketAddr,
    http2: bool,
    connecting: Semaphore,
    idle: Mutex<Vec<http1::SendRequest<RequestBody>>>,
    shared: tokio::sync::Mutex<Option<http2::SendRequest<RequestBody>>>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pool")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// A request that was not answered.
#[derive(Debug)]
pub(super) enum SendError {
    /// Nothing of it was sent; here it is again.
    Unsent(Box<Request<RequestBody>>, String),
    /// It may have been received.
    Sent(String),
}

/// Gives the connection back when the answer has been read.
#[derive(Debug)]
pub(super) struct Used(Option<http1::SendRequest<RequestBody>>);

impl Pool {
    /// A pool for the instance at `address`; `first` is a connection that is open already.
    pub(super) async fn new(address: SocketAddr, http2: bool, first: Option<TcpStream>) -> Self {
        let pool = Self {
            address,
            http2,
            connecting: Semaphore::new(CONNECTS),
            idle: Mutex::default(),
            shared: tokio::sync::Mutex::new(None),
        };
        if let Some(stream) = first.filter(|_| !http2)
            && let Ok(sender) = handshake(stream).await
        {
            pool.put_back(sender);
        }
        pool
    }

    /// Sends a request and returns the head of the answer.
    pub(super) async fn send(
        &self,
        request: Request<RequestBody>,
    ) -> Result<(Response<Incoming>, Used), SendError> {
        if self.http2 {
            self.send_http2(request).await
        } else {
            self.send_http1(request).await
        }
    }

    async fn send_http1(
        &self,
        mut request: Request<RequestBody>,
    ) -> Result<(Response<Incoming>, Used), SendError> {
        loop {
            let (mut sender, fresh) = match self.take_idle() {
                Some(sender) => (sender, false),
                None => match self.connect().await {
                    Ok(stream) => match handshake(stream).await {
                        Ok(sender) => (sender, true),
                        Err(error) => {
                            return Err(SendError::Unsent(Box::new(request), error.to_string()));
                        }
                    },
                    Err(error) => {
                        return Err(SendError::Unsent(Box::new(request), error.to_string()));
                    }
                },
            };
            match sender.try_send_request(request).await {
                Ok(response) => return Ok((response, Used(Some(sender)))),
                Err(mut error) => match error.take_message() {
                    // An idle connection that the instance closed meanwhile; the next one may be better.
                    Some(unsent) if !fresh => request = unsent,
                    Some(unsent) => {
                        return Err(SendError::Unsent(
                            Box::new(unsent),
                            error.into_error().to_string(),
                        ));
                    }
                    None => return Err(SendError::Sent(error.into_error().to_string())),
                },
            }
        }
    }

    async fn send_http2(
        &self,
        request: Request<RequestBody>,
    ) -> Result<(Response<Incoming>, Used), SendError> {
        let mut sender = match self.http2_sender().await {
            Ok(sender) => sender,
            Err(error) => return Err(SendError::Unsent(Box::new(request), error.to_string())),
        };
        match sender.try_send_request(request).await {
            Ok(response) => Ok((response, Used(None))),
            Err(mut error) => Err(match error.take_message() {
                Some(unsent) => SendError::Unsent(Box::new(unsent), error.into_error().to_string()),
                None => SendError::Sent(error.into_error().to_string()),
            }),
        }
    }

    /// The one HTTP/2 connection, which takes all requests.
    async fn http2_sender(&self) -> io::Result<http2::SendRequest<RequestBody>> {
        let mut shared = self.shared.lock().await;
        if let Some(sender) = shared.as_ref().filter(|sender| !sender.is_closed()) {
            return Ok(sender.clone());
        }
        let io = TokioIo::new(self.connect().await?);
        let (sender, connection) = http2::handshake(TokioExecutor::new(), io)
            .await
            .map_err(io::Error::other)?;
        tokio::spawn(connection);
        *shared = Some(sender.clone());
        Ok(sender)
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let _turn = self.connecting.acquire().await.map_err(io::Error::other)?;
        let stream = tokio::time::timeout(CONNECT_LIMIT, TcpStream::connect(self.address))
            .await
            .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    fn take_idle(&self) -> Option<http1::SendRequest<RequestBody>> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|sender| !sender.is_closed());
        // One whose answer was just read may need a moment more.
        let ready = idle.iter().rposition(http1::SendRequest::is_ready)?;
        Some(idle.swap_remove(ready))
    }

    fn put_back(&self, sender: http1::SendRequest<RequestBody>) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if !sender.is_closed() && idle.len() < IDLE {
            idle.push(sender);
        }
    }

    /// The answer has been read, or given up: then its connection closes by itself.
    pub(super) fn finish(&self, used: &mut Used) {
        if let Some(sender) = used.0.take() {
            self.put_back(sender);
        }
    }

    /// Closes what is idle.
    pub(super) fn close_idle(&self) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

async fn handshake(stream: TcpStream) -> hyper::Result<http1::SendRequest<RequestBody>> {
    let (sender, connection) = http1::Builder::new()
        .preserve_header_case(true)
        .handshake(TokioIo::new(stream))
        .await?;
    tokio::spawn(connection.with_upgrades());
    Ok(sender)
}
