//! Mail and web addresses, as strict as the library that Helm asks (asaskevich/govalidator), for what charts hold.

use std::sync::LazyLock;

use regex::Regex;

static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u{80}-\u{10FFFF}-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u{80}-\u{10FFFF}-]+)*@([A-Za-z0-9\u{80}-\u{10FFFF}]([A-Za-z0-9\u{80}-\u{10FFFF}._~-]*[A-Za-z0-9\u{80}-\u{10FFFF}])?\.)+[A-Za-z\u{80}-\u{10FFFF}]([A-Za-z0-9\u{80}-\u{10FFFF}._~-]*[A-Za-z\u{80}-\u{10FFFF}])?\.?$",
    )
    .ok()
});

static URL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^((ftp|tcp|udp|wss?|https?)://)?(\S+(:\S*)?@)?((\d{1,3}(\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\])|(([a-zA-Z0-9]([a-zA-Z0-9-_]{0,62}[a-zA-Z0-9])?|(www\.)?)?(([a-z\u{00a1}-\u{ffff}0-9]+-?-?)*[a-z\u{00a1}-\u{ffff}0-9]+)(\.([a-z\u{00a1}-\u{ffff}]{1,}))?)|([a-zA-Z0-9.\-_\u{00a1}-\u{ffff}]+))\.?(:(\d{1,5}))?((/|\?|#)\S*)?$",
    )
    .ok()
});

/// `IsEmail`.
pub(super) fn is_email(text: &str) -> bool {
    EMAIL.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// `IsURL`.
pub(super) fn is_url(text: &str) -> bool {
    if text.len() <= 3 || text.len() >= 2083 || text.starts_with('.') {
        return false;
    }
    URL.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// `IsRequestURL`: what a request can be made to has a scheme.
pub(super) fn is_request_url(text: &str) -> bool {
    if text.chars().any(|letter| letter.is_ascii_control()) {
        return false;
    }
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    let fits = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    let host = rest
        .strip_prefix("//")
        .map(|rest| rest.split(['/', '?']).next().unwrap_or_default());
    let mut escapes = rest.split('%').skip(1);
    fits && !host
        .is_some_and(|host| host.contains([' ', '<', '>', '"', '\\', '^', '`', '{', '|', '}']))
        && escapes.all(|escape| {
            escape.len() >= 2 && escape.bytes().take(2).all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.co", "first.last+x@sub.example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["a", "a@", "a@b", "@b.co", "a b@c.de"] {
            assert!(!is_email(bad), "{bad}");
        }
        for good in ["https://x.io/y?z", "example.com", "http://localhost:80"] {
            assert!(is_url(good), "{good}");
        }
        for bad in ["x y", "://", "ab"] {
            assert!(!is_url(bad), "{bad}");
        }
        for good in ["https://x", "data:image/png;base64,AA", "file:///x"] {
            assert!(is_request_url(good), "{good}");
        }
        for bad in ["", "x", "/x.png", "1:x", "http://a b/", "http://x/%zz"] {
            assert!(!is_request_url(bad), "{bad}");
        }
    }
}
