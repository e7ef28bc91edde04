//! URLs (Go's net/url).

use std::fmt::Write as _;

use gotpl::quote::quote;
use gotpl::{DICT, Error, Function, Map, Type, Value};

use super::Result;
use super::args::{map, str};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("urlParse", &[Type::String], |_, args| {
        let url = Url::parse(&str(args, 0))
            .map_err(|error| Error::message(format!("unable to parse url: {error}")))?;
        Ok(url.to_value())
    }),
    Function::fixed("urlJoin", &[DICT], |_, args| match map(args, 0) {
        Some(map) => Ok(Url::from_map(map)?.to_string().into()),
        None => Ok("".into()),
    }),
];

/// A URL taken apart; the parts are decoded, the query is not.
#[derive(Debug, Default)]
struct Url {
    scheme: String,
    opaque: String,
    user: Option<User>,
    host: String,
    path: String,
    /// The path as it was written, where encoding the decoded one would give another text.
    raw_path: Option<String>,
    query: Option<String>,
    fragment: String,
    raw_fragment: Option<String>,
}

#[derive(Debug)]
struct User {
    name: String,
    password: Option<String>,
}

/// Where a text stands, which decides what is escaped in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Path,
    User,
    Host,
    Fragment,
}

impl Place {
    /// Whether a byte stays as it is.
    fn allows(self, byte: u8) -> bool {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            return true;
        }
        match self {
            Self::Path => b"$&+,/:;=@".contains(&byte),
            Self::User => b"$&+,;=".contains(&byte),
            Self::Host => b"!$&'()*+,;=:[]<>\"".contains(&byte),
            Self::Fragment => b"$&+,/:;=?@!()*".contains(&byte),
        }
    }
}

fn escape(text: &str, place: Place) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if place.allows(byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

fn unescape(text: &str) -> std::result::Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first != b'%' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(digits) =
            digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            bytes.push(u8::from_str_radix(digits, 16).unwrap_or(b'%'));
            rest = &after[2..];
        } else {
            let shown = gotpl::decode_lossy(&rest[..rest.len().min(3)]);
            return Err(format!("invalid URL escape {}", quote(shown.as_bytes())));
        }
    }
    Ok(gotpl::decode_lossy(&bytes))
}

impl Url {
    /// `url.Parse`
    fn parse(text: &str) -> std::result::Result<Self, String> {
        let failed = |problem: String| format!("parse {}: {problem}", quote(text.as_bytes()));
        if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return Err(failed(
                "net/url: invalid control character in URL".to_owned(),
            ));
        }
        let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
        let mut url = Self::parse_before_fragment(before).map_err(failed)?;
        url.fragment = unescape(fragment).map_err(failed)?;
        if escape(&url.fragment, Place::Fragment) != fragment {
            url.raw_fragment = Some(fragment.to_owned());
        }
        Ok(url)
    }

    fn parse_before_fragment(text: &str) -> std::result::Result<Self, String> {
        let mut url = Self::default();
        let mut rest = text;
        if let Some((scheme, after)) = split_scheme(text)? {
            url.scheme = scheme.to_ascii_lowercase();
            rest = after;
        }
        if let Some((before, query)) = rest.split_once('?') {
            url.query = Some(query.to_owned());
            rest = before;
        }
        if !rest.starts_with('/') {
            if !url.scheme.is_empty() {
                rest.clone_into(&mut url.opaque);
                return Ok(url);
            }
            let segment = rest.split('/').next().unwrap_or_default();
            if segment.contains(':') {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
        }
        let authority = rest
            .strip_prefix("//")
            .filter(|_| !url.scheme.is_empty() || !rest.starts_with("///"));
        if let Some(after) = authority {
            let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
            url.parse_authority(authority)?;
            rest = path;
        }
        url.path = unescape(rest)?;
        if escape(&url.path, Place::Path) != rest {
            url.raw_path = Some(rest.to_owned());
        }
        Ok(url)
    }

    fn parse_authority(&mut self, authority: &str) -> std::result::Result<(), String> {
        let host = match authority.rsplit_once('@') {
            Some((user, host)) => {
                let valid = user.bytes().all(|byte| {
                    byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte)
                });
                if !valid {
                    return Err("net/url: invalid userinfo".to_owned());
                }
                let (name, password) = match user.split_once(':') {
                    Some((name, password)) => (name, Some(unescape(password)?)),
                    None => (user, None),
                };
                self.user = Some(User {
                    name: unescape(name)?,
                    password,
                });
                host
            }
            None => authority,
        };
        let port = if host.starts_with('[') {
            let end = host.rfind(']').ok_or("missing ']' in host")?;
            &host[end + 1..]
        } else {
            host.find(':').map_or("", |colon| &host[colon..])
        };
        let good_port = port.is_empty()
            || port
                .strip_prefix(':')
                .is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        if !good_port {
            return Err(format!(
                "invalid port {} after host",
                quote(port.as_bytes())
            ));
        }
        if let Some(bad) = host.chars().find(|character| {
            character.is_ascii() && !Place::Host.allows(*character as u8) && *character != '%'
        }) {
            let shown = quote(bad.to_string().as_bytes());
            return Err(format!("invalid character {shown} in host name"));
        }
        // ASCII characters may not be escaped in a host, but the percent sign before a zone.
        let mut escapes = host
            .match_indices('%')
            .map(|(at, _)| &host.as_bytes()[at..]);
        if let Some(escape) = escapes.find(|escape| {
            escape
                .get(1)
                .is_some_and(|digit| (b'0'..b'8').contains(digit))
                && !escape.starts_with(b"%25")
        }) {
            let shown = gotpl::decode_lossy(&escape[..escape.len().min(3)]);
            return Err(format!("invalid URL escape {}", quote(shown.as_bytes())));
        }
        self.host = unescape(host)?;
        Ok(())
    }

    fn hostname(&self) -> &str {
        if let Some(inner) = self.host.strip_prefix('[') {
            return inner.split(']').next().unwrap_or(inner);
        }
        self.host
            .rsplit_once(':')
            .map_or(&self.host, |(name, _)| name)
    }

    fn to_value(&self) -> Value {
        let user = self
            .user
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let entries = [
            ("scheme", self.scheme.as_str()),
            ("host", &self.host),
            ("hostname", self.hostname()),
            ("path", &self.path),
            ("query", self.query.as_deref().unwrap_or_default()),
            ("opaque", &self.opaque),
            ("fragment", &self.fragment),
            ("userinfo", &user),
        ];
        Value::map(entries.map(|(key, text)| (key, Value::from(text))))
    }

    fn from_map(map: &Map) -> Result<Self> {
        let part = |key: &str| match map.get(key) {
            None => Ok(String::new()),
            Some(Value::Str(text)) => Ok(text.to_string()),
            Some(Value::Nil | Value::Absent) => Err(Error::message(super::args::NIL_DEREFERENCE)),
            Some(other) => Err(Error::message(format!(
                "unable to parse {key} key, must be of type string, but {} found",
                other.kind().name()
            ))),
        };
        let mut url = Self {
            scheme: part("scheme")?,
            host: part("host")?,
            path: part("path")?,
            query: Some(part("query")?).filter(|query| !query.is_empty()),
            opaque: part("opaque")?,
            fragment: part("fragment")?,
            ..Self::default()
        };
        let user = part("userinfo")?;
        if !user.is_empty() {
            let parsed = Self::parse(&format!("proto://{user}@host")).map_err(|error| {
                Error::message(format!("unable to parse userinfo in dict: {error}"))
            })?;
            url.user = parsed.user;
        }
        Ok(url)
    }
}

/// The scheme and what follows its colon.
fn split_scheme(text: &str) -> std::result::Result<Option<(&str, &str)>, String> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok(Some((&text[..at], &text[at + 1..]))),
            _ => return Ok(None),
        }
    }
    Ok(None)
}

impl std::fmt::Display for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&escape(&self.name, Place::User))?;
        match &self.password {
            Some(password) => write!(f, ":{}", escape(password, Place::User)),
            None => Ok(()),
        }
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        if !self.scheme.is_empty() {
            text.push_str(&self.scheme);
            text.push(':');
        }
        if self.opaque.is_empty() {
            if !self.scheme.is_empty() || !self.host.is_empty() || self.user.is_some() {
                if !self.host.is_empty() || !self.path.is_empty() || self.user.is_some() {
                    text.push_str("//");
                }
                if let Some(user) = &self.user {
                    let _ = write!(text, "{user}@");
                }
                text.push_str(&escape(&self.host, Place::Host));
            }
            let path = match &self.raw_path {
                Some(raw) => raw.clone(),
                None => escape(&self.path, Place::Path),
            };
            if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
                text.push('/');
            }
            if text.is_empty()
                && path
                    .split('/')
                    .next()
                    .is_some_and(|first| first.contains(':'))
            {
                text.push_str("./");
            }
            text.push_str(&path);
        } else {
            text.push_str(&self.opaque);
        }
        if let Some(query) = &self.query {
            text.push('?');
            text.push_str(query);
        }
        if !self.fragment.is_empty() {
            text.push('#');
            match &self.raw_fragment {
                Some(raw) => text.push_str(raw),
                None => text.push_str(&escape(&self.fragment, Place::Fragment)),
            }
        }
        f.write_str(&text)
    }
}
