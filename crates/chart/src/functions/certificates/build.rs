//! X.509 certificates with the extensions that Go's `x509.CreateCertificate` gives sprig's templates.

use std::net::IpAddr;
use std::time::Duration;

use gotpl::format::display;
use gotpl::{Error, Value};
use jiff::Timestamp;
use p256::ecdsa;
use rsa::pkcs1v15;
use rsa::sha2::Sha256;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::der::asn1::{Any, Ia5String, ObjectIdentifier, OctetString};
use x509_cert::der::pem::LineEnding;
use x509_cert::der::{DateTime, Decode, DecodePem, Encode, EncodePem, Tag};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages,
    SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};
use x509_cert::{Certificate, TbsCertificate};

use super::super::random::Random;
use super::Result;
use super::keys::PrivateKey;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");
const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// What a certificate is to say.
pub(super) struct Request {
    pub(super) common_name: String,
    pub(super) ips: Vec<IpAddr>,
    pub(super) names: Vec<String>,
    pub(super) days: i64,
    pub(super) now: Timestamp,
    pub(super) is_authority: bool,
}

/// Who signs a certificate.
pub(super) struct Issuer {
    name: Name,
    key_identifier: Option<OctetString>,
    key: PrivateKey,
}

impl Issuer {
    /// An authority from the PEM of its certificate and key.
    pub(super) fn new(cert: &str, key: &str) -> Result<Self> {
        let certificate = check_certificate(cert, "decodedSignerCert.Bytes")?;
        let key = PrivateKey::from_pem(key)
            .map_err(|problem| Error::message(format!("error parsing private key: {problem}")))?;
        let tbs = certificate.tbs_certificate();
        let identifier = tbs.get_extension::<SubjectKeyIdentifier>().ok().flatten();
        Ok(Self {
            name: tbs.subject().clone(),
            key_identifier: identifier.map(|(_, identifier)| identifier.0),
            key,
        })
    }
}

/// Reads a certificate; `what` is sprig's name for it in the error.
pub(super) fn check_certificate(pem: &str, what: &str) -> Result<Certificate> {
    if !pem.contains("-----BEGIN ") {
        return Err(Error::message("unable to decode certificate"));
    }
    Certificate::from_pem(pem)
        .map_err(|error| Error::message(format!("error parsing certificate: {what}: {error}")))
}

/// The items of a list argument, which is nil where it was left out.
fn strings(list: &Value, complaint: &str) -> Result<Vec<String>> {
    let Value::List(list) = list else {
        return Ok(Vec::new());
    };
    let items = list.items().iter().map(|item| match item {
        Value::Str(text) => Ok(text.to_string()),
        other => Err(Error::message(format!(
            "{complaint}: {} is not a string",
            display(other)
        ))),
    });
    items.collect()
}

pub(super) fn ips(list: &Value) -> Result<Vec<IpAddr>> {
    let parse = |ip: String| {
        ip.parse()
            .map_err(|_| Error::message(format!("error parsing ip: {ip}")))
    };
    strings(list, "error parsing ip")?
        .into_iter()
        .map(parse)
        .collect()
}

pub(super) fn dns_names(list: &Value) -> Result<Vec<String>> {
    strings(list, "error processing alternate dns name")
}

type BuildResult<T> = std::result::Result<T, String>;

fn shown(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Makes a certificate for `key`, signed by the issuer or by the key itself.
pub(super) fn sign(
    request: &Request,
    key: &PrivateKey,
    issuer: Option<&Issuer>,
    random: &mut Random,
) -> BuildResult<String> {
    let subject = common_name(&request.common_name)?;
    let profile = Profile {
        issuer: issuer.map_or_else(|| subject.clone(), |issuer| issuer.name.clone()),
        // Go leaves the authority's key out where it is the certificate's own.
        authority: issuer
            .filter(|issuer| issuer.name != subject)
            .and_then(|issuer| issuer.key_identifier.clone()),
        subject,
        request,
    };
    let public_key = match key {
        PrivateKey::Rsa(key) => SubjectPublicKeyInfo::from_key(&key.to_public_key()),
        PrivateKey::Ecdsa(key) => SubjectPublicKeyInfo::from_key(&key.public_key()),
    };
    let mut serial = [0; 16];
    random.fill(&mut serial).map_err(shown)?;
    // A serial number is positive.
    serial[0] &= 0x7f;
    let builder = CertificateBuilder::new(
        profile,
        SerialNumber::new(&serial).map_err(shown)?,
        validity(request)?,
        public_key.map_err(shown)?,
    )
    .map_err(shown)?;
    let certificate = match issuer.map_or(key, |issuer| &issuer.key) {
        PrivateKey::Rsa(key) => {
            let signer = pkcs1v15::SigningKey::<Sha256>::new((**key).clone());
            builder.build::<_, pkcs1v15::Signature>(&signer)
        }
        PrivateKey::Ecdsa(key) => {
            let signer = ecdsa::SigningKey::from(&**key);
            builder.build::<_, ecdsa::DerSignature>(&signer)
        }
    };
    certificate
        .map_err(shown)?
        .to_pem(LineEnding::LF)
        .map_err(shown)
}

fn common_name(name: &str) -> BuildResult<Name> {
    let printable = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte));
    let tag = if printable {
        Tag::PrintableString
    } else {
        Tag::Utf8String
    };
    let mut rdn = RelativeDistinguishedName::default();
    rdn.insert(AttributeTypeAndValue {
        oid: COMMON_NAME,
        value: Any::new(tag, name.as_bytes()).map_err(shown)?,
    })
    .map_err(shown)?;
    let mut sequence = RdnSequence::default();
    if !name.is_empty() {
        sequence.push(rdn);
    }
    Name::from_der(&sequence.to_der().map_err(shown)?).map_err(shown)
}

fn validity(request: &Request) -> BuildResult<Validity> {
    let start = request.now.as_second();
    let end = request
        .days
        .checked_mul(SECONDS_A_DAY)
        .and_then(|days| start.checked_add(days));
    let time = |seconds: Option<i64>| -> BuildResult<Time> {
        let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
        let seconds = seconds.ok_or("the time lies outside the calendar")?;
        let time = DateTime::from_unix_duration(Duration::from_secs(seconds)).map_err(shown)?;
        Ok(Time::from(time))
    };
    Ok(Validity::new(time(Some(start))?, time(end)?))
}

/// The names and extensions of one certificate.
struct Profile<'r> {
    subject: Name,
    issuer: Name,
    authority: Option<OctetString>,
    request: &'r Request,
}

impl BuilderProfile for Profile<'_> {
    fn get_issuer(&self, _: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        _: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let is_authority = self.request.is_authority;
        let mut extensions = Vec::new();
        let mut add = |extension: x509_cert::der::Result<Extension>| {
            extension.map(|extension| extensions.push(extension))
        };
        let mut usages = KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment;
        if is_authority {
            usages |= KeyUsages::KeyCertSign;
        }
        add((&KeyUsage(usages)).to_extension(&self.subject, &[]))?;
        let extended = ExtendedKeyUsage(vec![SERVER_AUTH, CLIENT_AUTH]);
        add((&extended).to_extension(&self.subject, &[]))?;
        let constraints = BasicConstraints {
            ca: is_authority,
            path_len_constraint: None,
        };
        add((&constraints).to_extension(&self.subject, &[]))?;
        if is_authority {
            let identifier = SubjectKeyIdentifier::try_from(key)?;
            add((&identifier).to_extension(&self.subject, &[]))?;
        }
        if let Some(identifier) = &self.authority {
            let authority = AuthorityKeyIdentifier {
                key_identifier: Some(identifier.clone()),
                ..AuthorityKeyIdentifier::default()
            };
            add((&authority).to_extension(&self.subject, &[]))?;
        }
        let mut names = Vec::new();
        for name in &self.request.names {
            names.push(GeneralName::DnsName(Ia5String::new(name)?));
        }
        names.extend(self.request.ips.iter().map(|ip| GeneralName::from(*ip)));
        if !names.is_empty() {
            add((&SubjectAltName(names)).to_extension(&self.subject, &[]))?;
        }
        Ok(extensions)
    }
}
