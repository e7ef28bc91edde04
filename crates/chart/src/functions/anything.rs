//! No argument makes a function panic: random calls of every function with values of every kind in every number.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gotpl::{Kind, MissingKey, Signature, TemplateSet, Type, Value};

use super::{Environment, functions};

const SEED: u64 = 0x5eed_2026;
const CALLS: usize = 200_000;

/// Functions that hash or make keys for a long time, and how many of their calls are left out for each that is made.
const SLOW: [(&str, u64); 9] = [
    ("genPrivateKey", 100),
    ("genCA", 100),
    ("genSelfSignedCert", 100),
    ("genSignedCert", 100),
    ("bcrypt", 100),
    ("htpasswd", 100),
    ("derivePassword", 100),
    // A text of the size of the limit takes as long as the limit allows.
    ("randAscii", 1),
    ("shuffle", 1),
];

const STRINGS: &[&str] = &[
    r#""""#,
    r#"" ""#,
    r#""a""#,
    r#""text""#,
    r#""é日本😀""#,
    r#""a\nb\r\n\tc""#,
    r#""\x00\xff\xfe""#,
    r#""\u2028\ufeff\u0085""#,
    r#""-1""#,
    r#""1.5""#,
    r#""9223372036854775808""#,
    r#""0x""#,
    r#""1e999""#,
    r#""%d%s%z%[5]d%*d""#,
    r#""{{""#,
    r#""{{ . }}""#,
    r#""a: [1, {b: c}]""#,
    r#""a: &x [*x]""#,
    r#""{\"a\": [1, null]}""#,
    r#""[[""#,
    r#""a = 1\n[b]\nc = [1, {d = 2}]""#,
    r#""(a|b)*[^\\d]{2,3}\\pL(?i)$""#,
    r#""((((((((a{10}){10}){10}""#,
    r#""$1${x}$$""#,
    r#"">=1.2.3-0 <2 || ~1.x, ^0""#,
    r#""1.2.3-a.1+b""#,
    r#""99999999999999999999.1.1""#,
    r#""http://u:p@[::1%25x]:80/a?b#c""#,
    r#""2006-01-02T15:04:05.999Z07:00 MST Mon Jan""#,
    r#""2024-02-30T25:61:61+99:99""#,
    r#""1h2m3.5s""#,
    r#""-9223372036854775808ns""#,
    r#""Europe/Paris""#,
    r#""aGk=""#,
    r#""a===""#,
    r#""ME======""#,
    r#""-----BEGIN RSA PRIVATE KEY-----\neA==\n-----END RSA PRIVATE KEY-----\n""#,
    r#""-----BEGIN ""#,
    r#""10.0.0.1""#,
    r#""_0""#,
    r#""ed25519""#,
    r#""sha""#,
    r#"(repeat 300 "ab ")"#,
    r#"(b64dec "/w==")"#,
];

const INTEGERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "64",
    "-100",
    "1000",
    "65536",
    "2147483648",
    "-2147483649",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
];

const FLOATS: &[&str] = &[
    "0.5",
    "-1.5",
    "1e300",
    "-1e-300",
    "-0.0",
    "9.3e18",
    r#"(float64 "nan")"#,
    r#"(float64 "inf")"#,
    r#"(float64 "-inf")"#,
];

const LISTS: &[&str] = &[
    "(list)",
    "(list 1 nil \"a\" 2.5)",
    "(list (list) (dict \"a\" nil))",
    "(until 3)",
    r#"(splitList "," "b,a")"#,
    "(rest (list))",
    r#"(list "10.0.0.1" "x")"#,
];

const MAPS: &[&str] = &[
    "(dict)",
    r#"(dict "a" 1)"#,
    r#"(dict "a" (dict "b" (list 1)) "" nil)"#,
    r#"(split "," "a,b")"#,
    r#"(dict "userinfo" "a:b" "host" "h%" "path" "x" "scheme" nil)"#,
];

const OTHERS: &[&str] = &[
    "nil",
    ".",
    ".none",
    ".whole",
    "true",
    "false",
    "now",
    r#"(toDate "2006" "0001")"#,
    r#"(semver "1.2.3-a")"#,
    r#"(mustToDuration "-9223372036s")"#,
    "(int64 5)",
    "'x'",
    "1i",
];

/// Numbers that look random and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of.get(self.below(of.len())).copied().unwrap_or("nil")
    }

    fn anything(&mut self) -> &'static str {
        let kinds = [STRINGS, INTEGERS, FLOATS, LISTS, MAPS, OTHERS];
        let kind = self.below(kinds.len());
        self.one(kinds[kind])
    }

    /// Mostly something that fits.
    fn argument(&mut self, wanted: Option<Type>) -> &'static str {
        if self.below(5) == 0 {
            return self.anything();
        }
        match wanted.map(Type::kind) {
            Some(Kind::String) => self.one(STRINGS),
            Some(Kind::Int(_)) => self.one(INTEGERS),
            Some(Kind::Float64) => self.one(FLOATS),
            Some(Kind::Slice) => self.one(LISTS),
            Some(Kind::Map) => self.one(MAPS),
            Some(Kind::Bool) => "true",
            Some(Kind::Struct) => "now",
            _ => self.anything(),
        }
    }

    fn call(&mut self, name: &str, signature: Signature) -> String {
        let params = signature.params;
        let count = match self.below(10) {
            0 => self.below(7),
            1..=4 if signature.variadic => params.len() + self.below(3),
            _ => params.len(),
        };
        let mut text = String::new();
        for index in 0..count {
            let wanted = params.get(index).or(params.last()).copied();
            text.push(' ');
            text.push_str(self.argument(wanted));
        }
        if self.below(5) == 0 {
            return format!("{{{{ {} | {name}{text} }}}}", self.anything());
        }
        format!("{{{{ {name}{text} }}}}")
    }
}

#[test]
fn no_call_of_any_function_panics() {
    let panicked = gotpl::run_with_stack(|| {
        let functions = functions();
        let mut named: Vec<(&str, Signature)> = functions
            .names()
            .filter_map(|name| Some((name, functions.get(name)?.signature)))
            .collect();
        named.sort_by_key(|(name, _)| *name);
        let mut set = Arc::new(TemplateSet::new("gotpl", functions, MissingKey::Zero));
        let data = Value::map([("none", Value::Nil), ("whole", Value::Float(3.0))]);
        let mut dice = Dice(SEED);
        let mut panicked = Vec::new();
        for index in 0..CALLS {
            let (name, signature) = named[index % named.len()];
            let call = dice.call(name, signature);
            let slow = SLOW.iter().find(|(slow, _)| *slow == name);
            if slow
                .is_some_and(|(_, times)| !((index / named.len()) as u64).is_multiple_of(times + 1))
            {
                continue;
            }
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                let parsed =
                    Arc::get_mut(&mut set).is_some_and(|set| set.parse("t", &call).is_ok());
                if parsed {
                    // Whether it fails is no matter.
                    let _ = set.execute("t", &data, &Environment::default());
                }
            }));
            if outcome.is_err() {
                panicked.push(call);
            }
        }
        panicked
    });
    let panicked = panicked.unwrap();
    assert!(panicked.is_empty(), "{}", panicked.join("\n"));
}
