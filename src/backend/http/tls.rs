//! Who is trusted as the other side, and what is said when a handshake fails.
//!
//! A failed handshake is no broken network: somebody answered who is not proved to be the one that was asked. Texts follow
//! Go's `crypto/x509`, which people know from Helm.

use std::error::Error;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use reqwest::{ClientBuilder, Identity};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, InvalidMessage, RootCertStore,
    SignatureScheme,
};

use crate::files;

/// The most that a file with certificates or a key may weigh.
const CERTIFICATES_LIMIT: u64 = 4 << 20;

/// How the other side is known, and how it knows us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tls {
    /// Certificates to trust instead of the system's.
    pub ca_file: Option<PathBuf>,
    /// Our certificate and its key.
    pub client_certificate: Option<(PathBuf, PathBuf)>,
    /// Trust anybody.
    pub skip_verify: bool,
}

impl Tls {
    /// Makes a client speak TLS this way.
    ///
    /// # Errors
    /// A file that cannot be read or does not hold what it has to.
    pub(super) fn configure(&self, builder: ClientBuilder) -> Result<ClientBuilder, String> {
        let trusted = self.ca_file.as_deref().map(certificates).transpose()?;
        match trusted {
            Some(trusted) if !self.skip_verify => {
                Ok(builder.tls_backend_preconfigured(self.config(trusted)?))
            }
            _ => self.configure_by_system(builder),
        }
    }

    fn configure_by_system(&self, mut builder: ClientBuilder) -> Result<ClientBuilder, String> {
        if let Some((certificate, key)) = &self.client_certificate {
            let mut pem = Vec::new();
            for path in [certificate, key] {
                pem.extend(read(path)?);
                pem.push(b'\n');
            }
            let identity = Identity::from_pem(&pem).map_err(|_| no_pair(certificate, key))?;
            builder = builder.identity(identity);
        }
        if self.skip_verify {
            builder = builder.tls_danger_accept_invalid_certs(true);
        }
        Ok(builder)
    }

    /// With certificates of the caller's own, which may be the server's itself.
    fn config(&self, trusted: Vec<CertificateDer<'static>>) -> Result<ClientConfig, String> {
        let text = |error: rustls::Error| error.to_string();
        let provider = Arc::new(ring::default_provider());
        let verifier = Trusting::new(trusted, &provider)?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(text)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match &self.client_certificate {
            None => config.with_no_client_auth(),
            Some((certificate, key)) => {
                let chain = certificates(certificate)?;
                let pair = PrivateKeyDer::from_pem_slice(&read(key)?)
                    .ok()
                    .and_then(|secret| config.with_client_auth_cert(chain, secret).ok());
                pair.ok_or_else(|| no_pair(certificate, key))?
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    files::read_bytes(path, CERTIFICATES_LIMIT).map_err(|error| error.to_string())
}

fn no_pair(certificate: &Path, key: &Path) -> String {
    format!(
        "{} and {} are no certificate with its key",
        certificate.display(),
        key.display()
    )
}

/// The certificates of a PEM file, at least one.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let pem = read(path)?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let found = found.ok().filter(|found| !found.is_empty());
    found.ok_or_else(|| format!("{} holds no certificates", path.display()))
}

/// Trusts certificates as authorities, and each of them as a server's own, as Go does. webpki refuses a server's own when it
/// says of itself that it is an authority, which is what `openssl req -x509` makes, and when its issuer is not trusted.
#[derive(Debug)]
struct Trusting {
    trusted: Vec<CertificateDer<'static>>,
    by_authority: Arc<WebPkiServerVerifier>,
}

impl Trusting {
    fn new(
        trusted: Vec<CertificateDer<'static>>,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        for certificate in &trusted {
            let added = roots.add(certificate.clone());
            added.map_err(|error| format!("a certificate cannot be used: {error}"))?;
        }
        let by_authority =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
                .build()
                .map_err(|error| error.to_string())?;
        Ok(Self {
            trusted,
            by_authority,
        })
    }
}

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verified = self.by_authority.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        match verified {
            // Its time was checked before anything is said of who issued it; the name was not.
            Err(error) if is_about_issuer(&error) && self.trusted.contains(end_entity) => {
                let parsed = ParsedCertificate::try_from(end_entity)?;
                rustls::client::verify_server_name(&parsed, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.by_authority.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.by_authority.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.by_authority.supported_verify_schemes()
    }
}

/// Whether all that is wrong is who vouches for the certificate.
fn is_about_issuer(error: &rustls::Error) -> bool {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => true,
        rustls::Error::InvalidCertificate(CertificateError::Other(other)) => matches!(
            other.0.downcast_ref(),
            Some(webpki::Error::CaUsedAsEndEntity)
        ),
        _ => false,
    }
}

/// What is said of a handshake that failed; `None` when something else did.
pub(super) fn failure(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<rustls::Error>() {
            return Some(told(error));
        }
        // What an io::Error calls its source is the source of what it holds: that itself would be passed over.
        next = match error.downcast_ref::<io::Error>().map(io::Error::get_ref) {
            Some(Some(inner)) => Some(inner),
            _ => error.source(),
        };
    }
    None
}

fn told(error: &rustls::Error) -> String {
    match error {
        error if is_about_issuer(error) => unknown(),
        rustls::Error::InvalidCertificate(why) => {
            format!(
                "tls: failed to verify certificate: {}",
                told_certificate(why)
            )
        }
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            "tls: first record does not look like a TLS handshake".to_owned()
        }
        rustls::Error::AlertReceived(alert) => {
            format!("remote error: tls: {}", words(&format!("{alert:?}")))
        }
        error => format!("tls: {error}"),
    }
}

/// The one failure that people mend by themselves, and how.
fn unknown() -> String {
    "tls: failed to verify certificate: x509: certificate signed by unknown authority (--ca-file, or caFile in repositories.yaml, names certificates to trust)"
        .to_owned()
}

const OUT_OF_TIME: &str = "x509: certificate has expired or is not yet valid";

/// `2026-11-26T04:51:32Z`.
fn shown(time: UnixTime) -> String {
    let second = i64::try_from(time.as_secs()).ok();
    let time = second.and_then(|second| Timestamp::from_second(second).ok());
    time.map_or_else(|| "far away".to_owned(), |time| time.to_string())
}

fn told_certificate(why: &CertificateError) -> String {
    match why {
        CertificateError::Expired | CertificateError::NotValidYet => OUT_OF_TIME.to_owned(),
        CertificateError::ExpiredContext { time, not_after } => format!(
            "{OUT_OF_TIME}: current time {} is after {}",
            shown(*time),
            shown(*not_after)
        ),
        CertificateError::NotValidYetContext { time, not_before } => format!(
            "{OUT_OF_TIME}: current time {} is before {}",
            shown(*time),
            shown(*not_before)
        ),
        CertificateError::NotValidForNameContext {
            expected,
            presented,
        } => not_for(expected, presented),
        why => format!("x509: {why}"),
    }
}

/// Presented names come as `DnsName("localhost")` and `IpAddress(127.0.0.1)`.
fn not_for(expected: &ServerName<'_>, presented: &[String]) -> String {
    let of_kind = |kind: &str| {
        let mut names = String::new();
        for name in presented {
            let Some(name) = name.strip_prefix(kind) else {
                continue;
            };
            let comma = if names.is_empty() { "" } else { ", " };
            let name = name.trim_matches(['(', ')', '"']);
            // Writing to a String cannot fail.
            let _ = write!(names, "{comma}{name}");
        }
        names
    };
    let wanted = expected.to_str();
    let is_address = matches!(expected, ServerName::IpAddress(_));
    match of_kind(if is_address { "IpAddress" } else { "DnsName" }) {
        names if !names.is_empty() => {
            format!("x509: certificate is valid for {names}, not {wanted}")
        }
        _ if is_address => format!(
            "x509: cannot validate certificate for {wanted} because it doesn't contain any IP SANs"
        ),
        _ => format!("x509: certificate is not valid for any names, but wanted to match {wanted}"),
    }
}

/// `HandshakeFailure` as `handshake failure`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn failures_of_a_certificate_are_told_as_go_does() {
        let name = |text: &str| ServerName::try_from(text.to_owned()).unwrap();
        let presented = ["DnsName(\"a.example\")", "DnsName(\"b.example\")"].map(str::to_owned);
        for (why, expected) in [
            (
                CertificateError::NotValidForNameContext {
                    expected: name("c.example"),
                    presented: presented.to_vec(),
                },
                "x509: certificate is valid for a.example, b.example, not c.example",
            ),
            (
                CertificateError::NotValidForNameContext {
                    expected: name("127.0.0.1"),
                    presented: presented.to_vec(),
                },
                "x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs",
            ),
            (
                CertificateError::ExpiredContext {
                    time: UnixTime::since_unix_epoch(Duration::from_secs(1_577_923_202)),
                    not_after: UnixTime::since_unix_epoch(Duration::from_secs(1_577_923_201)),
                },
                "x509: certificate has expired or is not yet valid: current time 2020-01-02T00:00:02Z is after 2020-01-02T00:00:01Z",
            ),
        ] {
            let error = rustls::Error::InvalidCertificate(why);
            // As it comes through the layers of a client.
            let wrapped = io::Error::other(io::Error::other(error));
            assert_eq!(
                failure(&wrapped),
                Some(format!("tls: failed to verify certificate: {expected}"))
            );
        }
        assert_eq!(failure(&io::Error::other("x")), None);
        assert_eq!(words("HandshakeFailure"), "handshake failure");
    }
}
