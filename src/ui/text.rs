//! Words for numbers and times.

use std::time::Duration;

use unicode_width::UnicodeWidthStr as _;

/// `1 file`, `2 files`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

/// `text` cut to at most `width` characters, with three dots where something is left out.
pub fn shortened(text: &str, width: usize) -> String {
    if text.chars().nth(width).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(3)).collect();
    format!("{kept}...")
}

/// Breaks a text between words into lines of at most `width` terminal cells; lines after the first begin with `indent` spaces.
/// A longer word keeps a line of its own.
pub fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut wrapped = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = word.width();
        if used > 0 && used + 1 + wide > width {
            wrapped.push('\n');
            wrapped.extend(std::iter::repeat_n(' ', indent));
            used = 0;
        } else if used > 0 {
            wrapped.push(' ');
            used += 1;
        }
        wrapped.push_str(word);
        used += wide;
    }
    wrapped
}

/// Go's form rounded to seconds: `41s`, `3m2s`, `1h2m3s`; no days.
pub fn duration(duration: Duration) -> String {
    let seconds = (duration.as_millis() + 500) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, _) => format!("{minutes}m{seconds}s"),
        _ => format!("{hours}h{minutes}m{seconds}s"),
    }
}

/// kubectl's form of an age: `45s`, `3m10s`, `12m`, `5h20m`, `2d3h`, `45d`
/// (source: kubernetes/apimachinery pkg/util/duration/duration.go, `HumanDuration`).
pub fn age(age: Duration) -> String {
    let seconds = age.as_secs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let pair = |large: u64, unit: char, rest: u64, small: char| {
        if rest == 0 {
            format!("{large}{unit}")
        } else {
            format!("{large}{unit}{rest}{small}")
        }
    };
    match seconds {
        0..120 => format!("{seconds}s"),
        120..600 => pair(minutes, 'm', seconds % 60, 's'),
        600..10_800 => format!("{minutes}m"),
        10_800..28_800 => pair(hours, 'h', minutes % 60, 'm'),
        28_800..172_800 => format!("{hours}h"),
        172_800..691_200 => pair(days, 'd', hours % 24, 'h'),
        691_200..63_072_000 => format!("{days}d"),
        63_072_000..252_288_000 => pair(days / 365, 'y', days % 365, 'd'),
        _ => format!("{}y", days / 365),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{age, count, duration, wrap};

    #[test]
    fn lines_are_broken_between_words_only() {
        assert_eq!(wrap("one two  three", 7, 2), "one two\n  three");
        assert_eq!(wrap("a-very-long-word b", 4, 0), "a-very-long-word\nb");
        assert_eq!(wrap("", 4, 0), "");
    }

    #[test]
    fn durations_are_gos() {
        for (seconds, text) in [
            (0, "0s"),
            (41, "41s"),
            (182, "3m2s"),
            (3723, "1h2m3s"),
            (4_400_000, "1222h13m20s"),
        ] {
            assert_eq!(duration(Duration::from_secs(seconds)), text);
        }
        assert_eq!(duration(Duration::from_millis(1500)), "2s");
    }

    #[test]
    fn ages_are_kubectls() {
        for (seconds, text) in [
            (119, "119s"),
            (190, "3m10s"),
            (180, "3m"),
            (725, "12m"),
            (19_200, "5h20m"),
            (100_000, "27h"),
            (183_600, "2d3h"),
            (3_888_000, "45d"),
        ] {
            assert_eq!(age(Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(
            (count(1, "file"), count(0, "file")),
            ("1 file".to_owned(), "0 files".to_owned())
        );
    }
}
