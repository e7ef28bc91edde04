//! Values of flags as Go's standard library reads them, with its texts for what it refuses.

/// `%q` of a text.
pub(super) fn quoted(text: &str) -> String {
    chart::go_quote(text)
}

/// `%q` of a character.
pub(super) fn quoted_char(letter: char) -> String {
    if letter == '\'' || letter == '\\' {
        format!("'\\{letter}'")
    } else {
        format!("'{letter}'")
    }
}

fn refused(function: &str, text: &str, why: &str) -> String {
    format!("strconv.{function}: parsing {}: {why}", quoted(text))
}

/// `strconv.ParseBool`.
pub(super) fn boolean(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(false),
        _ => Err(refused("ParseBool", text, "invalid syntax")),
    }
}

/// `strconv.ParseInt` with any base, 64 bits.
pub(super) fn int(text: &str) -> Result<(), String> {
    let wrong = || refused("ParseInt", text, "invalid syntax");
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = digits.to_ascii_lowercase();
    let prefixed = [("0x", 16), ("0b", 2), ("0o", 8), ("0", 8)]
        .into_iter()
        .find_map(|(prefix, radix)| {
            let rest = lower.strip_prefix(prefix).filter(|rest| !rest.is_empty())?;
            Some((rest.strip_prefix('_').unwrap_or(rest), radix))
        });
    let (body, radix) = prefixed.unwrap_or((&lower, 10));
    let underscores_fit = !(body.starts_with('_') || body.ends_with('_') || body.contains("__"));
    let plain = body.replace('_', "");
    let is_number = !plain.is_empty() && plain.chars().all(|digit| digit.is_digit(radix));
    if !is_number || !underscores_fit {
        return Err(wrong());
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    match i64::from_str_radix(&format!("{sign}{plain}"), radix) {
        Ok(_) => Ok(()),
        Err(_) => Err(refused("ParseInt", text, "value out of range")),
    }
}

/// `strconv.ParseFloat` with 32 bits.
pub(super) fn float(text: &str) -> Result<(), String> {
    let wrong = || refused("ParseFloat", text, "invalid syntax");
    let number: f64 = text.parse().map_err(|_| wrong())?;
    let is_named = text.chars().any(|letter| matches!(letter, 'i' | 'I'));
    if number.is_finite() && (number as f32).is_finite() || is_named || number.is_nan() {
        Ok(())
    } else {
        Err(refused("ParseFloat", text, "value out of range"))
    }
}

/// `time.ParseDuration`.
pub(super) fn duration(text: &str) -> Result<(), String> {
    let invalid = || format!("time: invalid duration {}", quoted(text));
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return Ok(());
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    while !rest.is_empty() {
        let whole = rest.bytes().take_while(u8::is_ascii_digit).count();
        let mut number = whole;
        let mut parts = 0;
        if let Some(after) = rest[whole..].strip_prefix('.') {
            parts = after.bytes().take_while(u8::is_ascii_digit).count();
            number += 1 + parts;
        }
        if whole + parts == 0 || (whole > 0 && rest[..whole].parse::<i64>().is_err()) {
            return Err(invalid());
        }
        rest = &rest[number..];
        let unit = rest
            .bytes()
            .take_while(|byte| *byte != b'.' && !byte.is_ascii_digit())
            .count();
        if unit == 0 {
            return Err(format!("time: missing unit in duration {}", quoted(text)));
        }
        if !matches!(
            &rest[..unit],
            "ns" | "us" | "µs" | "μs" | "ms" | "s" | "m" | "h"
        ) {
            return Err(format!(
                "time: unknown unit {} in duration {}",
                quoted(&rest[..unit]),
                quoted(text)
            ));
        }
        rest = &rest[unit..];
    }
    Ok(())
}

/// The first record of a CSV text (`encoding/csv`).
pub(super) fn csv(text: &str) -> Result<Vec<String>, String> {
    let Some(line) = text
        .split_inclusive('\n')
        .position(|line| !line.trim_end_matches(['\r', '\n']).is_empty())
    else {
        return Err("EOF".to_owned());
    };
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut reader = Csv {
        text: &text[start..],
        line: line + 1,
        line_start: 0,
        at: 0,
    };
    reader.record()
}

struct Csv<'t> {
    text: &'t str,
    /// Number of the line, from 1.
    line: usize,
    /// Where the line begins.
    line_start: usize,
    at: usize,
}

impl Csv<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn refuse<T>(&self, at: usize, why: &str) -> Result<T, String> {
        Err(format!(
            "parse error on line {}, column {}: {why}",
            self.line,
            at - self.line_start + 1
        ))
    }

    fn record(&mut self) -> Result<Vec<String>, String> {
        let mut fields = Vec::new();
        loop {
            let field = if self.rest().starts_with('"') {
                self.at += 1;
                self.quoted()?
            } else {
                self.plain()?
            };
            fields.push(field);
            if self.rest().starts_with(',') {
                self.at += 1;
            } else {
                return Ok(fields);
            }
        }
    }

    fn plain(&mut self) -> Result<String, String> {
        let rest = self.rest();
        let end = rest.find([',', '\n']).unwrap_or(rest.len());
        let field = rest[..end].trim_end_matches('\r').to_owned();
        if let Some(quote) = field.find('"') {
            return self.refuse(self.at + quote, "bare \" in non-quoted-field");
        }
        self.at += end;
        Ok(field)
    }

    /// The rest of a field behind its first quote.
    fn quoted(&mut self) -> Result<String, String> {
        const WRONG: &str = "extraneous or missing \" in quoted-field";
        let mut field = String::new();
        loop {
            let rest = self.rest();
            let Some(quote) = rest.find('"') else {
                return self.refuse(self.text.len(), WRONG);
            };
            let taken = rest[..quote].to_owned();
            if let Some(newline) = taken.rfind('\n') {
                self.line += taken.matches('\n').count();
                self.line_start = self.at + newline + 1;
            }
            field.push_str(&taken.replace("\r\n", "\n"));
            self.at += quote + 1;
            match self.rest().chars().next() {
                Some('"') => {
                    field.push('"');
                    self.at += 1;
                }
                None | Some(',' | '\n') => return Ok(field),
                Some('\r') if matches!(self.rest(), "\r" | "\r\n") => return Ok(field),
                Some(_) => return self.refuse(self.at - 1, WRONG),
            }
        }
    }
}

/// `key=value` pairs, as pflag's `stringToString` takes them apart.
pub(super) fn pairs(text: &str) -> Result<Vec<String>, String> {
    let pairs = match text.matches('=').count() {
        0 => return Err(format!("{text} must be formatted as key=value")),
        1 => vec![text.trim_matches('"').to_owned()],
        _ => csv(text)?,
    };
    match pairs.iter().find(|pair| !pair.contains('=')) {
        Some(pair) => Err(format!("{pair} must be formatted as key=value")),
        None => Ok(pairs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_go_reads_them() {
        for good in ["1", "-5", "0x1F", "0b1", "017", "0o7", "0x_1", "1_0"] {
            assert_eq!(int(good), Ok(()), "{good}");
        }
        for bad in ["", "x", "1__0", "1_", "08", "0x", "1.5", "--1"] {
            assert!(int(bad).unwrap_err().ends_with("invalid syntax"), "{bad}");
        }
        assert!(
            int("9223372036854775808")
                .unwrap_err()
                .ends_with("out of range")
        );
        assert!(float("1e40").unwrap_err().ends_with("out of range"));
        assert_eq!(float("-1.5e3"), Ok(()));
    }

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for good in ["0", "5s", "1h2m3.5s", "-.5ms", "1µs"] {
            assert_eq!(duration(good), Ok(()), "{good}");
        }
        for bad in ["", "s", ".", "1..s", "5", "5 s"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_record_of_csv() {
        assert_eq!(csv("a,\"b\"\"c\",").unwrap(), ["a", "b\"c", ""]);
        assert_eq!(csv("\na,b\nc").unwrap(), ["a", "b"]);
        assert_eq!(csv("\n").unwrap_err(), "EOF");
        assert_eq!(
            csv("\"a\"b").unwrap_err(),
            "parse error on line 1, column 3: extraneous or missing \" in quoted-field"
        );
    }
}
