//! Answers: those of apps, which hold their place until they have been read, and our own.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::Response;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use tokio::time::Sleep;

use crate::runtime::pool::Used;
use crate::runtime::revision::Lease;

/// Whatever the gateway sends.
pub(super) type Body = BoxBody<Bytes, BodyError>;

/// Why an answer breaks off.
#[derive(Debug, thiserror::Error)]
pub(super) enum BodyError {
    /// The app broke off.
    #[error(transparent)]
    App(#[from] hyper::Error),
    /// The time for the request is over.
    #[error("the request took too long")]
    TimedOut,
}

/// An answer of our own, as plain text.
pub(super) fn text(status: u16, text: impl Into<String>) -> Response<Body> {
    let mut response = bytes(status, "text/plain; charset=utf-8", text.into());
    response.headers_mut().insert(
        "x-content-type-options",
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// An answer of our own.
pub(super) fn bytes(
    status: u16,
    content_type: &'static str,
    content: impl Into<Bytes>,
) -> Response<Body> {
    let body = Full::new(content.into())
        .map_err(|never| match never {})
        .boxed();
    let mut response = Response::new(body);
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// An app's answer. Its place in the instance is free again when it has been read or given up.
pub(super) struct AppBody {
    inner: Incoming,
    deadline: Pin<Box<Sleep>>,
    used: Used,
    lease: Lease,
}

impl AppBody {
    pub(super) fn new(
        inner: Incoming,
        deadline: tokio::time::Instant,
        used: Used,
        lease: Lease,
    ) -> Self {
        Self {
            inner,
            deadline: Box::pin(tokio::time::sleep_until(deadline)),
            used,
            lease,
        }
    }
}

impl Drop for AppBody {
    fn drop(&mut self) {
        self.lease.instance().pool.finish(&mut self.used);
    }
}

impl HttpBody for AppBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.inner).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(BodyError::from)));
        }
        ready!(self.deadline.as_mut().poll(context));
        Poll::Ready(Some(Err(BodyError::TimedOut)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
