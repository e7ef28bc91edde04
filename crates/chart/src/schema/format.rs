//! `format`, which drafts before 2019-09 assert. Texts are those of the Go library; formats not here are not checked.

use regex::Regex;

/// Why a text is not of a format; `None` when it is, or when the format is unknown.
pub(super) fn problem(format: &str, text: &str) -> Option<String> {
    match format {
        "ipv4" => ipv4(text),
        "ipv6" => ipv6(text),
        "hostname" => hostname(text),
        "email" => email(text),
        "uri" | "iri" => (!text.contains(':')).then(|| "relative url".to_owned()),
        "date" => date(text),
        "regex" => Regex::new(text).err().map(|error| error.to_string()),
        "uuid" => uuid(text),
        _ => None,
    }
}

fn ipv4(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split('.').collect();
    if groups.len() != 4 {
        return Some("expected four decimals".into());
    }
    for group in groups {
        if group.len() > 1 && group.starts_with('0') {
            return Some("leading zeros".into());
        }
        match group.parse::<i64>() {
            Err(_) => {
                let group = gotpl::quote::quote(group.as_bytes());
                return Some(format!("strconv.Atoi: parsing {group}: invalid syntax"));
            }
            Ok(number) if !(0..=255).contains(&number) => {
                return Some("decimal must be between 0 and 255".into());
            }
            Ok(_) => {}
        }
    }
    None
}

fn ipv6(text: &str) -> Option<String> {
    if !text.contains(':') {
        return Some("missing colon".into());
    }
    match text.parse::<std::net::Ipv6Addr>() {
        Ok(_) => None,
        Err(_) => Some(format!(
            "ParseAddr({}): unable to parse IP",
            gotpl::quote::quote(text.as_bytes())
        )),
    }
}

fn hostname(text: &str) -> Option<String> {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.len() > 253 {
        return Some("more than 253 characters long".into());
    }
    text.split('.').find_map(|label| {
        if label.is_empty() || label.len() > 63 {
            return Some("label must be 1 to 63 characters long".to_owned());
        }
        if label.starts_with('-') {
            return Some("label starts with hyphen".to_owned());
        }
        if label.ends_with('-') {
            return Some("label ends with hyphen".to_owned());
        }
        invalid_character(label, "-")
    })
}

fn invalid_character(text: &str, also: &str) -> Option<String> {
    let invalid = text
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && !also.contains(*c))?;
    Some(format!(
        "invalid character {}",
        gotpl::quote::quote_char(invalid, false)
    ))
}

fn email(text: &str) -> Option<String> {
    if text.len() > 254 {
        return Some("more than 255 characters long".into());
    }
    let Some((local, domain)) = text.rsplit_once('@') else {
        return Some("missing @".into());
    };
    if local.len() > 64 {
        return Some("local part more than 64 characters long".into());
    }
    if local.starts_with('.') {
        return Some("starts with dot".into());
    }
    if local.ends_with('.') {
        return Some("ends with dot".into());
    }
    if local.contains("..") {
        return Some("consecutive dots".into());
    }
    let local = invalid_character(local, ".!#$%&'*+-/=?^_`{|}~");
    local.or_else(|| hostname(domain).map(|problem| format!("invalid domain: {problem}")))
}

fn date(text: &str) -> Option<String> {
    match text.parse::<jiff::civil::Date>() {
        Ok(_) if text.len() == 10 => None,
        _ => {
            let text = gotpl::quote::quote(text.as_bytes());
            Some(format!(
                "parsing time {text} as \"2006-01-02\": cannot parse {text} as \"2006\""
            ))
        }
    }
}

fn uuid(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if lengths != [8, 4, 4, 4, 12] {
        return Some("must have 5 elements of 8, 4, 4, 4 and 12 hexadecimal digits".into());
    }
    let hex = parts
        .iter()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (!hex).then(|| "invalid hexadecimal digit".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for (format, text, expected) in [
            ("ipv4", "1.2.3.4", None),
            ("ipv4", "not-an-ip", Some("expected four decimals")),
            (
                "ipv4",
                "1.2.3.256",
                Some("decimal must be between 0 and 255"),
            ),
            ("ipv6", "::1", None),
            ("hostname", "a.b-c", None),
            ("hostname", "a_b", Some("invalid character '_'")),
            ("email", "a@b.c", None),
            ("email", "ab", Some("missing @")),
            ("date", "2024-02-29", None),
            ("unknown", "x", None),
        ] {
            assert_eq!(
                problem(format, text).as_deref(),
                expected,
                "{format} {text}"
            );
        }
    }
}
