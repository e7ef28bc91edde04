//! Keys and certificates (sprig's crypto.go): the functions and the certificate they give.

mod build;
mod keys;

use std::any::Any;

use gotpl::{Context, Error, Function, INT, Kind, LIST, Object, Type, Value};

use self::build::{Issuer, Request};
use self::keys::PrivateKey;
use super::args::{any, int, str};
use super::encoding::base64_decode;
use super::{Environment, Result};

const S: Type = Type::String;
const CERTIFICATE: Type = Type::Named("sprig.certificate", Kind::Struct);

/// The size of keys that come with a certificate, as in sprig.
const CERTIFICATE_KEY_BITS: usize = 2048;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("genPrivateKey", &[S], |context, args| {
        let random = &mut *Environment::of(context)?.random.borrow_mut();
        Ok(keys::generate_pem(&str(args, 0), random)?.into())
    }),
    Function::fixed("genCA", &[S, INT], |context, args| {
        authority(context, args, new_key(context)?)
    }),
    Function::fixed("genCAWithKey", &[S, INT, S], |context, args| {
        authority(context, args, given_key(args, 2)?)
    }),
    Function::fixed(
        "genSelfSignedCert",
        &[S, LIST, LIST, INT],
        |context, args| self_signed(context, args, new_key(context)?),
    ),
    Function::fixed(
        "genSelfSignedCertWithKey",
        &[S, LIST, LIST, INT, S],
        |context, args| self_signed(context, args, given_key(args, 4)?),
    ),
    Function::fixed(
        "genSignedCert",
        &[S, LIST, LIST, INT, CERTIFICATE],
        |context, args| signed(context, args, new_key(context)?),
    ),
    Function::fixed(
        "genSignedCertWithKey",
        &[S, LIST, LIST, INT, CERTIFICATE, S],
        |context, args| signed(context, args, given_key(args, 5)?),
    ),
    Function::fixed("buildCustomCert", &[S, S], |_, args| custom(args)),
];

/// `sprig.certificate`: both parts are PEM.
#[derive(Debug)]
struct Certificate {
    cert: String,
    key: String,
}

impl Object for Certificate {
    fn type_of(&self) -> Type {
        CERTIFICATE
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Cert", self.cert.as_str().into()),
            ("Key", self.key.as_str().into()),
        ]
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| other.cert == self.cert && other.key == self.key)
    }
}

fn new_key(context: &Context<'_>) -> Result<PrivateKey> {
    let random = &mut *Environment::of(context)?.random.borrow_mut();
    PrivateKey::generate_rsa(CERTIFICATE_KEY_BITS, random)
}

fn given_key(args: &[Value], index: usize) -> Result<PrivateKey> {
    PrivateKey::from_pem(&str(args, index))
        .map_err(|problem| Error::message(format!("parsing private key: {problem}")))
}

/// The parts of a request that all certificates have; the lists are those of their functions.
fn request(context: &Context<'_>, args: &[Value], days: usize, lists: bool) -> Result<Request> {
    let (ips, names) = if lists {
        (build::ips(any(args, 1))?, build::dns_names(any(args, 2))?)
    } else {
        Default::default()
    };
    Ok(Request {
        common_name: str(args, 0).into_owned(),
        ips,
        names,
        days: int(args, days),
        now: Environment::of(context)?.now,
        is_authority: false,
    })
}

fn certificate(
    context: &Context<'_>,
    request: &Request,
    key: &PrivateKey,
    issuer: Option<&Issuer>,
) -> Result {
    let random = &mut *Environment::of(context)?.random.borrow_mut();
    let cert = build::sign(request, key, issuer, random)
        .map_err(|problem| Error::message(format!("error creating certificate: {problem}")))?;
    Ok(Value::object(Certificate {
        cert,
        key: key.to_pem()?,
    }))
}

fn authority(context: &Context<'_>, args: &[Value], key: PrivateKey) -> Result {
    let request = Request {
        is_authority: true,
        ..request(context, args, 1, false)?
    };
    certificate(context, &request, &key, None)
}

fn self_signed(context: &Context<'_>, args: &[Value], key: PrivateKey) -> Result {
    certificate(context, &request(context, args, 3, true)?, &key, None)
}

fn signed(context: &Context<'_>, args: &[Value], key: PrivateKey) -> Result {
    let Some(authority) = any(args, 4).downcast::<Certificate>() else {
        return Err(Error::message("unable to decode certificate"));
    };
    let issuer = Issuer::new(&authority.cert, &authority.key)?;
    let request = request(context, args, 3, true)?;
    certificate(context, &request, &key, Some(&issuer))
}

fn custom(args: &[Value]) -> Result {
    let part = |index: usize, name: &str| {
        base64_decode(str(args, index).as_bytes())
            .map(|bytes| gotpl::decode_lossy(&bytes))
            .map_err(|_| Error::message(format!("unable to decode base64 {name}")))
    };
    let (cert, key) = (part(0, "certificate")?, part(1, "private key")?);
    build::check_certificate(&cert, "decodedCert.Bytes")?;
    PrivateKey::from_pem(&key)
        .map_err(|problem| Error::message(format!("error parsing private key: {problem}")))?;
    Ok(Value::object(Certificate { cert, key }))
}

#[cfg(test)]
mod tests;
