//! `format`, which drafts before 2019-09 assert. Texts are those of the Go library; formats not here are not checked.

use crate::functions::go_regex;

/// Why a text is not of a format; `None` when it is, or when the format is unknown.
pub(super) fn problem(format: &str, text: &str) -> Option<String> {
    match format {
        "json-pointer" => json_pointer(text),
        "relative-json-pointer" => relative_json_pointer(text),
        "uuid" => uuid(text),
        "duration" => duration(text),
        "period" => period(text),
        "ipv4" => ipv4(text),
        "ipv6" => ipv6(text),
        "hostname" => hostname(text),
        "email" => email(text),
        "date" => date(text),
        "time" => time(text).err(),
        "date-time" => date_time(text),
        "uri" | "iri" => (!text.contains(':')).then(|| "relative url".to_owned()),
        "semver" => semver(text),
        "regex" => go_regex(text).err(),
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
    if local.len() > 1 && local.starts_with('"') && local.ends_with('"') {
        if local[1..local.len() - 1].contains(['\\', '"']) {
            return Some("backslash and quote are not allowed within quoted local part".into());
        }
        return email_domain(domain);
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
    local.or_else(|| email_domain(domain))
}

fn email_domain(domain: &str) -> Option<String> {
    let bracketed = domain
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'));
    match bracketed {
        None => hostname(domain).map(|problem| format!("invalid domain: {problem}")),
        Some(inner) => match inner.strip_prefix("IPv6:") {
            Some(address) => {
                ipv6(address).map(|problem| format!("invalid ipv6 address: {problem}"))
            }
            None => ipv4(inner).map(|problem| format!("invalid ipv4 address: {problem}")),
        },
    }
}

fn json_pointer(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if !text.starts_with('/') {
        return Some("not starting with /".into());
    }
    let mut rest = text;
    while let Some(at) = rest.find('~') {
        rest = &rest[at + 1..];
        if !rest.starts_with(['0', '1']) {
            return Some("~ must be followed by 0 or 1".into());
        }
    }
    None
}

fn relative_json_pointer(text: &str) -> Option<String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, &text[digits..]) {
        (0, _) => Some("must start with non-negative integer".into()),
        (2.., _) if text.starts_with('0') => Some("starts with zero".into()),
        (_, "#") => None,
        (_, rest) => json_pointer(rest),
    }
}

fn duration(text: &str) -> Option<String> {
    let Some(rest) = text.strip_prefix('P') else {
        return Some("must start with P".into());
    };
    if rest.is_empty() {
        return Some("nothing after P".into());
    }
    if let Some(weeks) = rest.strip_suffix('W') {
        return if weeks.is_empty() {
            Some("no number in week".into())
        } else {
            let number = weeks.bytes().all(|byte| byte.is_ascii_digit());
            (!number).then(|| "invalid week".to_owned())
        };
    }
    for (index, mut part) in rest.split('T').enumerate() {
        if index > 0 && part.is_empty() {
            return Some("no time elements".into());
        }
        let Some(all) = ["YMD", "HMS"].get(index).copied() else {
            return Some("more than one T".into());
        };
        let mut units = all;
        while !part.is_empty() {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return Some("missing number".into());
            }
            let Some(unit) = part[digits..].chars().next() else {
                return Some("missing unit".into());
            };
            let quoted = gotpl::quote::quote_char(unit, false);
            match units.find(unit) {
                Some(at) => units = &units[at + 1..],
                None if all.contains(unit) => return Some(format!("unit {quoted} out of order")),
                None => return Some(format!("invalid unit {quoted}")),
            }
            part = &part[digits + unit.len_utf8()..];
        }
    }
    None
}

fn period(text: &str) -> Option<String> {
    let Some((start, end)) = text.split_once('/') else {
        return Some("missing slash".into());
    };
    let named = |name: &str, text: &str| {
        if text.starts_with('P') {
            duration(text).map(|problem| format!("invalid {name} duration: {problem}"))
        } else {
            date_time(text).map(|problem| format!("invalid {name} date-time: {problem}"))
        }
    };
    if start.starts_with('P') {
        let end = || date_time(end).map(|problem| format!("invalid end date-time: {problem}"));
        return named("start", start).or_else(end);
    }
    named("start", start).or_else(|| named("end", end))
}

fn date_time(text: &str) -> Option<String> {
    if text.len() < 20 {
        return Some("less than 20 characters long".into());
    }
    if !matches!(text.as_bytes()[10], b't' | b'T') {
        return Some("11th character must be t or T".into());
    }
    // The byte in front of them is ASCII, so both are text.
    let (day, rest) = (text.get(..10)?, text.get(11..)?);
    date(day)
        .map(|problem| format!("invalid date element: {problem}"))
        .or_else(|| Some(format!("invalid time element: {}", time(rest).err()?)))
}

/// Two numbers of two digits with a colon between them, or three.
fn clock(text: &str, what: &str) -> Result<Vec<i32>, String> {
    text.split(':')
        .map(|part| match part.parse::<i32>() {
            Ok(number) if number < 0 => Err(format!("non-positive {what}")),
            Ok(number) => Ok(number),
            Err(_) => Err(what.to_owned()),
        })
        .collect()
}

fn time(text: &str) -> Result<(), String> {
    let refuse = |why: &str| Err(why.to_owned());
    if text.len() < 9 {
        return refuse("less than 9 characters long");
    }
    let bytes = text.as_bytes();
    if bytes[2] != b':' || bytes[5] != b':' {
        return refuse("missing colon in correct place");
    }
    let Some((clock_text, mut rest)) = text.split_at_checked(8) else {
        return refuse("invalid hour/min/sec");
    };
    let numbers = clock(clock_text, "hour/min/sec").map_err(|why| {
        if why.contains(' ') {
            why
        } else {
            format!("invalid {why}")
        }
    })?;
    let [hour, minute, second] = numbers[..] else {
        return refuse("invalid hour/min/sec");
    };
    if hour > 23 || minute > 59 || second > 60 {
        return refuse("hour/min/sec out of range");
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return refuse("no digits in second fraction");
        }
        rest = &fraction[digits..];
    }
    let mut of_day = hour * 60 + minute;
    if rest != "z" && rest != "Z" {
        if rest.len() != 6 {
            return refuse("offset must be 6 characters long");
        }
        let sign = match rest.as_bytes()[0] {
            b'+' => -1,
            b'-' => 1,
            _ => return refuse("offset must begin with plus/minus"),
        };
        let offset = &rest[1..];
        if offset.as_bytes()[2] != b':' {
            return refuse("missing colon in offset in correct place");
        }
        let numbers = clock(offset, "hour/min in offset").map_err(|why| {
            if why.starts_with("non") {
                why
            } else {
                format!("invalid {why}")
            }
        })?;
        let [hours, minutes] = numbers[..] else {
            return refuse("invalid hour/min in offset");
        };
        if hours > 23 || minutes > 59 {
            return refuse("hour/min in offset out of range");
        }
        of_day += sign * (hours * 60 + minutes);
        if of_day < 0 {
            of_day += 24 * 60;
        }
    }
    if second >= 60 && (of_day / 60 != 23 || of_day % 60 != 59) {
        return refuse("invalid leap second");
    }
    Ok(())
}

fn semver(text: &str) -> Option<String> {
    let identifiers = |what: &str, ids: &str| {
        ids.split('.').find_map(|id| {
            if id.is_empty() {
                return Some(format!("{what} identifier is empty"));
            }
            let wrong = id
                .chars()
                .find(|letter| !letter.is_ascii_alphanumeric() && *letter != '-');
            if let Some(wrong) = wrong {
                let wrong = gotpl::quote::quote_char(wrong, false);
                return Some(format!("invalid character {wrong} in {what} identifier"));
            }
            let number = id.bytes().all(|byte| byte.is_ascii_digit());
            (what == "pre-release" && number && id.len() > 1 && id.starts_with('0'))
                .then(|| "pre-release numeric identifier starts with zero".to_owned())
        })
    };
    let (rest, build) = text.split_once('+').unzip();
    if build == Some("") {
        return Some("build is empty".into());
    }
    let rest = rest.unwrap_or(text);
    let (core, release) = rest.split_once('-').unzip();
    let core = core.unwrap_or(rest);
    let problem = build
        .and_then(|build| identifiers("build", build))
        .or_else(|| release.and_then(|release| identifiers("pre-release", release)));
    if problem.is_some() {
        return problem;
    }
    let numbers: Vec<&str> = core.split('.').collect();
    if numbers.len() != 3 {
        return Some("versionCore must have 3 numbers separated by dot".into());
    }
    let named = ["major", "minor", "patch"].into_iter().zip(numbers);
    named
        .map(|(name, number)| match number {
            "" => Some(format!("{name} is empty")),
            _ if number.len() > 1 && number.starts_with('0') => {
                Some(format!("{name} starts with zero"))
            }
            _ if number.bytes().any(|byte| !byte.is_ascii_digit()) => {
                Some(format!("{name} contains non-digit"))
            }
            _ => None,
        })
        .find_map(|problem| problem)
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
    let groups: Vec<&str> = text.split('-').collect();
    if groups.len() != 5 {
        return Some("must have 5 elements".into());
    }
    let wanted = [8, 4, 4, 4, 12];
    groups
        .iter()
        .zip(wanted)
        .enumerate()
        .find_map(|(at, (group, length))| {
            if group.len() != length {
                return Some(format!(
                    "element {} must be {length} characters long",
                    at + 1
                ));
            }
            let wrong = group.chars().find(|letter| !letter.is_ascii_hexdigit())?;
            let wrong = gotpl::quote::quote_char(wrong, false);
            Some(format!("non-hex character {wrong}"))
        })
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
            ("uuid", "x", Some("must have 5 elements")),
            ("duration", "P1DT2H", None),
            ("duration", "P1D2Y", Some("unit 'Y' out of order")),
            ("json-pointer", "/a~2", Some("~ must be followed by 0 or 1")),
            ("time", "10:00:00Z", None),
            ("time", "10:00:60Z", Some("invalid leap second")),
            ("date-time", "2024-01-01T00:00:00+01:00", None),
            (
                "date-time",
                "2024-01-01 00:00:00Z",
                Some("11th character must be t or T"),
            ),
            (
                "semver",
                "1.2.3-a.01",
                Some("pre-release numeric identifier starts with zero"),
            ),
            (
                "regex",
                "[",
                Some("error parsing regexp: missing closing ]: `[`"),
            ),
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
