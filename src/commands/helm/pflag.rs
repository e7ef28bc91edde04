//! Reads a command line as Helm's flag library does (spf13/pflag 1.0.10), so that every spelling and every refusal is Helm's.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

use super::scalars;

/// What a flag takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing, or `=true` and `=false` in Go's spellings.
    Bool,
    /// A whole number.
    Int,
    /// A number with 32 bits.
    Float,
    /// A span of time such as `5m0s`.
    Duration,
    /// Any text; the last one counts.
    Text,
    /// Any text; without `=` this one is meant.
    TextOr(&'static str),
    /// Texts with commas between them, as in a CSV file (repeatable).
    List,
    /// Any text (repeatable).
    Each,
    /// `key=value` with commas between them (repeatable).
    Pairs,
    /// A strategy of waiting.
    Wait,
    /// The name of a plugin; none is ever there.
    Plugin,
}

/// One flag of a command.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flag {
    /// Its name behind `--`.
    pub(crate) name: &'static str,
    /// Its letter behind `-`.
    pub(crate) short: Option<char>,
    /// What it takes.
    pub(crate) kind: Kind,
    /// What to use instead, for one that is going away.
    pub(crate) deprecated: Option<&'static str>,
    /// The name of its value and what it does; a flag without is not shown.
    pub(crate) help: Option<(&'static str, &'static str)>,
}

impl Flag {
    /// A flag that is accepted and not shown: it changes nothing here.
    pub(crate) const fn hidden(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            short: None,
            kind,
            deprecated: None,
            help: None,
        }
    }

    /// A flag that is shown.
    pub(crate) const fn shown(
        name: &'static str,
        kind: Kind,
        value: &'static str,
        help: &'static str,
    ) -> Self {
        Self {
            help: Some((value, help)),
            ..Self::hidden(name, kind)
        }
    }

    /// The same flag with a letter.
    pub(crate) const fn short(self, short: char) -> Self {
        Self {
            short: Some(short),
            ..self
        }
    }

    /// The same flag, with a note for those who use it.
    pub(crate) const fn deprecated(self, instead: &'static str) -> Self {
        Self {
            deprecated: Some(instead),
            ..self
        }
    }

    /// The value of the flag alone, where it may stand alone.
    fn alone(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Bool => Some("true"),
            Kind::TextOr(value) => Some(value),
            Kind::Wait => Some("watcher"),
            _ => None,
        }
    }

    /// As messages name it.
    fn spelled(&self) -> String {
        match self.short {
            Some(short) => format!("-{short}, --{}", self.name),
            None => format!("--{}", self.name),
        }
    }
}

/// What was typed.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    values: BTreeMap<&'static str, Vec<String>>,
    /// Everything that is no flag.
    pub(crate) words: Vec<String>,
}

impl Parsed {
    /// Whether a flag was typed at all.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Whether a flag without a value is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    /// The last value of a flag.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values
            .get(name)
            .and_then(|values| values.last())
            .map(String::as_str)
    }

    /// The last value of a flag, unless it is empty.
    pub(crate) fn filled(&self, name: &str) -> Option<String> {
        self.text(name)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// Every value of a repeatable flag.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.values.get(name).cloned().unwrap_or_default()
    }
}

/// Reads `args`; notes about flags that are going away are added to `log`.
///
/// # Errors
/// pflag's text.
pub(crate) fn parse(
    flags: &[&[Flag]],
    args: &[String],
    log: &mut String,
) -> Result<Parsed, String> {
    let mut parser = Parser {
        flags,
        rest: args.iter().cloned().collect(),
        tolerant: false,
        parsed: Parsed::default(),
        log,
    };
    parser.run()?;
    Ok(parser.parsed)
}

/// Reads only the given flags and skips all others, up to the first mistake: Helm looks at its own flags before it knows the command.
pub(crate) fn parse_known(flags: &[&[Flag]], args: &[String]) -> Parsed {
    let mut parser = Parser {
        flags,
        rest: args.iter().cloned().collect(),
        tolerant: true,
        parsed: Parsed::default(),
        log: &mut String::new(),
    };
    // What is wrong is said when the command itself is read.
    let _ = parser.run();
    parser.parsed
}

struct Parser<'p> {
    flags: &'p [&'p [Flag]],
    rest: VecDeque<String>,
    tolerant: bool,
    parsed: Parsed,
    log: &'p mut String,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(arg) = self.rest.pop_front() {
            match arg.strip_prefix('-') {
                None | Some("") => self.parsed.words.push(arg),
                Some("-") => self.parsed.words.extend(self.rest.drain(..)),
                Some(rest) => match rest.strip_prefix('-') {
                    Some(long) => self.long(&arg, long)?,
                    None => self.shorts(rest)?,
                },
            }
        }
        Ok(())
    }

    fn find(&self, fits: impl Fn(&Flag) -> bool) -> Option<Flag> {
        self.flags
            .iter()
            .copied()
            .flatten()
            .find(|flag| fits(flag))
            .copied()
    }

    /// `--name`, `--name=value`, `--name value`.
    fn long(&mut self, arg: &str, text: &str) -> Result<(), String> {
        if text.starts_with(['-', '=']) {
            return Err(format!("bad flag syntax: {arg}"));
        }
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (text, None),
        };
        let Some(flag) = self.find(|flag| flag.name == name) else {
            if self.tolerant {
                if value.is_none() {
                    self.skip_value();
                }
                return Ok(());
            }
            return Err(format!("unknown flag: --{name}"));
        };
        let value = value
            .or_else(|| flag.alone().map(str::to_owned))
            .or_else(|| self.rest.pop_front())
            .ok_or_else(|| format!("flag needs an argument: --{name}"))?;
        self.set(flag, value)
    }

    /// `-abc`, `-n value`, `-nvalue`, `-n=value`.
    fn shorts(&mut self, mut text: &str) -> Result<(), String> {
        while let Some(letter) = text.chars().next() {
            let whole = text;
            text = &text[letter.len_utf8()..];
            let Some(flag) = self.find(|flag| flag.short == Some(letter)) else {
                if self.tolerant {
                    if text.is_empty() {
                        self.skip_value();
                    }
                    // pflag takes `-x=y` and `-xy` for one unknown flag with its value only behind `=`.
                    if text.starts_with('=') {
                        return Ok(());
                    }
                    continue;
                }
                let letter = scalars::quoted_char(letter);
                return Err(format!("unknown shorthand flag: {letter} in -{whole}"));
            };
            let value = match text.strip_prefix('=') {
                Some(value) if !value.is_empty() => Some(value.to_owned()),
                _ => None,
            };
            if let Some(value) = value {
                return self.set(flag, value);
            }
            if let Some(value) = flag.alone() {
                self.set(flag, value.to_owned())?;
                continue;
            }
            if !text.is_empty() {
                return self.set(flag, text.to_owned());
            }
            let value = self.rest.pop_front().ok_or_else(|| {
                let letter = scalars::quoted_char(letter);
                format!("flag needs an argument: {letter} in -{whole}")
            })?;
            return self.set(flag, value);
        }
        Ok(())
    }

    /// What may be the value of a flag that is not known.
    fn skip_value(&mut self) {
        if self
            .rest
            .front()
            .is_some_and(|next| !next.starts_with('-') || next == "-")
        {
            self.rest.pop_front();
        }
    }

    fn set(&mut self, flag: Flag, value: String) -> Result<(), String> {
        let taken = self.check(flag, &value).map_err(|cause| {
            let value = scalars::quoted(&value);
            format!(
                "invalid argument {value} for \"{}\" flag: {cause}",
                flag.spelled()
            )
        })?;
        self.parsed
            .values
            .entry(flag.name)
            .or_default()
            .extend(taken);
        if let Some(instead) = flag.deprecated {
            // Writing to a String cannot fail.
            let _ = writeln!(
                self.log,
                "Flag --{} has been deprecated, {instead}",
                flag.name
            );
        }
        Ok(())
    }

    /// The values that a text gives a flag.
    fn check(&mut self, flag: Flag, value: &str) -> Result<Vec<String>, String> {
        let text = match flag.kind {
            Kind::Bool => scalars::boolean(value)?.to_string(),
            Kind::Int => scalars::int(value).map(|()| value.to_owned())?,
            Kind::Float => scalars::float(value).map(|()| value.to_owned())?,
            Kind::Duration => scalars::duration(value).map(|()| value.to_owned())?,
            Kind::Text | Kind::TextOr(_) | Kind::Each => value.to_owned(),
            Kind::List | Kind::Plugin if value.is_empty() => return Ok(Vec::new()),
            Kind::List => return scalars::csv(value),
            Kind::Pairs => return scalars::pairs(value),
            Kind::Wait => self.wait(value)?,
            Kind::Plugin => {
                return Err(format!(
                    "plugin: {{Name:{value} Type:postrenderer/v1}} not found"
                ));
            }
        };
        Ok(vec![text])
    }

    fn wait(&mut self, value: &str) -> Result<String, String> {
        let instead = match value {
            "watcher" | "legacy" | "hookOnly" => return Ok(value.to_owned()),
            "true" => "watcher",
            "false" => "hookOnly",
            _ => {
                let value = scalars::quoted(value);
                return Err(format!(
                    "invalid wait input {value}. Valid inputs are watcher, hookOnly, and legacy"
                ));
            }
        };
        let message = format!(
            "--wait={value} is deprecated (boolean value) and can be replaced with --wait={instead}"
        );
        let _ = writeln!(self.log, "{}", chart::Warning::warn(&message));
        Ok(instead.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Flag, Kind, parse, parse_known};

    const FLAGS: &[Flag] = &[
        Flag::hidden("all", Kind::Bool).short('a'),
        Flag::hidden("namespace", Kind::Text).short('n'),
        Flag::hidden("values", Kind::List).short('f'),
        Flag::hidden("set", Kind::Each),
        Flag::hidden("labels", Kind::Pairs).short('l'),
        Flag::hidden("dry-run", Kind::TextOr("unset")),
        Flag::hidden("wait", Kind::Wait),
        Flag::hidden("timeout", Kind::Duration),
        Flag::hidden("old", Kind::Bool).deprecated("use --all instead"),
    ];

    fn read(args: &[&str]) -> String {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        let mut log = String::new();
        match parse(&[FLAGS], &args, &mut log) {
            Ok(parsed) => format!("{:?} {:?} {log:?}", parsed.values, parsed.words),
            Err(error) => error,
        }
    }

    #[test]
    fn every_spelling_of_a_flag_is_read() {
        insta::assert_snapshot!(
            [
                &["x", "--all", "y", "-nfoo"][..],
                &["-an", "foo"],
                &["-n=foo", "--namespace="],
                &["-n=", "--all=F"],
                &["-fa,b", "-f", "\"c,d\",e", "-f="],
                &["--set", "a,b", "--set=-c"],
                &["--dry-run", "server", "--dry-run=server"],
                &["-l", "a=b,c", "-l", "a=b,c=d"],
                &["-", "--", "--all", "-n"],
                &["--wait", "--wait=true", "--old"],
            ].map(read).join("\n"),
            @r#"
        {"all": ["true"], "namespace": ["foo"]} ["x", "y"] ""
        {"all": ["true"], "namespace": ["foo"]} [] ""
        {"namespace": ["foo", ""]} [] ""
        {"all": ["false"], "namespace": ["="]} [] ""
        {"values": ["a", "b", "c,d", "e", "="]} [] ""
        {"set": ["a,b", "-c"]} [] ""
        {"dry-run": ["unset", "server"]} ["server"] ""
        {"labels": ["a=b,c", "a=b", "c=d"]} [] ""
        {} ["-", "--all", "-n"] ""
        {"old": ["true"], "wait": ["watcher", "watcher"]} [] "level=WARN msg=\"--wait=true is deprecated (boolean value) and can be replaced with --wait=watcher\"\nFlag --old has been deprecated, use --all instead\n"
        "#
        );
    }

    #[test]
    fn refusals_are_pflags() {
        insta::assert_snapshot!(
            [
                &["--foo"][..],
                &["-az"],
                &["---x"],
                &["--=x"],
                &["--all=maybe"],
                &["-n"],
                &["--namespace"],
                &["-f", "\"a"],
                &["-f", "a\"b"],
                &["-l", "a"],
                &["--wait=x"],
                &["--timeout", "5"],
                &["--timeout=5x"],
                &["--timeout="],
            ].map(read).join("\n"),
            @r#"
        unknown flag: --foo
        unknown shorthand flag: 'z' in -z
        bad flag syntax: ---x
        bad flag syntax: --=x
        invalid argument "maybe" for "-a, --all" flag: strconv.ParseBool: parsing "maybe": invalid syntax
        flag needs an argument: 'n' in -n
        flag needs an argument: --namespace
        invalid argument "\"a" for "-f, --values" flag: parse error on line 1, column 3: extraneous or missing " in quoted-field
        invalid argument "a\"b" for "-f, --values" flag: parse error on line 1, column 2: bare " in non-quoted-field
        invalid argument "a" for "-l, --labels" flag: a must be formatted as key=value
        invalid argument "x" for "--wait" flag: invalid wait input "x". Valid inputs are watcher, hookOnly, and legacy
        invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"
        invalid argument "5x" for "--timeout" flag: time: unknown unit "x" in duration "5x"
        invalid argument "" for "--timeout" flag: time: invalid duration ""
        "#
        );
    }

    #[test]
    fn unknown_flags_are_skipped_with_what_may_be_their_value() {
        let args = ["--foo", "bar", "-z", "--namespace", "x", "y"].map(str::to_owned);
        let parsed = parse_known(&[FLAGS], &args);
        assert_eq!(parsed.text("namespace"), Some("x"));
        assert_eq!(parsed.words, ["y"]);
    }
}
