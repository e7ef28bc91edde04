//! The function matrix: every row of `functions/*.txt` gives the text or the error that the real Helm 4.3.1 gave.
//!
//! How rows are written, and how their results came about, is told in `functions/README.md`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use chart::{Capabilities, Chart, File, RenderOptions};

/// Rows whose result differs on purpose, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        r#"{{ genPrivateKey "dsa" | regexFind "-----BEGIN [A-Z ]+-----" }}"#,
        DSA,
    ),
    (
        r#"{{ (genCAWithKey "ca" 365 (genPrivateKey "dsa")) }}"#,
        DSA,
    ),
    (
        r#"{{ (genCAWithKey "ca" 365 .Values.edkey).Key | sha256sum }}"#,
        ED25519,
    ),
    (
        r#"{{ (genCAWithKey "ca" 365 .Values.edkey).Cert | regexFind "BEGIN [A-Z]+" }}"#,
        ED25519,
    ),
    (
        r#"{{ (genCAWithKey "ca" 365 (genPrivateKey "ed25519")).Cert | regexFind "BEGIN [A-Z]+" }}"#,
        ED25519,
    ),
    (r#"{{ date "2006-01-02" 9223372036854775807 }}"#, CALENDAR),
    (r#"{{ date "2006-01-02" 253402300800 }}"#, CALENDAR),
    (
        r#"{{ dateModify "2540400h" (toDate "2006" "9999") | date "2006" }}"#,
        CALENDAR,
    ),
    (
        "{{ now.UTC.Location | toString }}",
        "a *time.Location has nothing else to offer",
    ),
    (
        r#"{{ toDate "2006-01-02" "2024-02-29" | printf "%d" | len }}"#,
        "prints the private fields of time.Time",
    ),
    ("{{ merge nil nil | toJson }}", NIL_MAP),
    ("{{ mergeOverwrite nil nil | toJson }}", NIL_MAP),
    ("{{ mustMerge nil nil | toJson }}", NIL_MAP),
    ("{{ mustMergeOverwrite nil nil | toJson }}", NIL_MAP),
    (r#"{{ fromJson "null" | toJson }}"#, NIL_MAP),
    (
        r#"{{ fromToml "a = 0x" | toJson }}"#,
        "prints the zero byte that stands for the end of the text",
    ),
    (
        r#"{{ fromToml "a.b = 1\na = 2" | toJson }}"#,
        "drops a value for a key that is a table without a word; here it is an error",
    ),
    (r#"{{ toYamlPretty (toDate "2006" "2024") }}"#, YAML_TYPES),
    (
        r#"{{ toYamlPretty (toDate "2006-01-02" "2024-02-29") }}"#,
        YAML_TYPES,
    ),
    (r#"{{ toYamlPretty (b64dec "/w==") }}"#, YAML_TYPES),
];

const DSA: &str = "DSA is withdrawn (FIPS 186-5) and refused with a clear error";
const ED25519: &str = "keys of this kind are made but sign no certificates: no library for it is among the dependencies";
const CALENDAR: &str = "the calendar of jiff ends with the year 9999";
const NIL_MAP: &str = "there is no nil map of a type: it prints {}";
const YAML_TYPES: &str = "goyaml's printer writes no times and no binary";

/// One row and what Helm makes of it.
struct Row {
    place: String,
    template: String,
    expected: String,
}

#[test]
fn functions_do_what_helm_does() {
    if env::var("TZ").as_deref() != Ok("UTC") {
        return again_in_utc();
    }
    let chart = chart::load(&folder().join("chart")).expect("the chart of the rows");
    let rows = rows();
    assert!(rows.len() > 5_000, "{} rows", rows.len());
    // Keys are slow to make: every core takes its part.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let reports: Vec<String> = std::thread::scope(|scope| {
        let parts = (0..threads).map(|part| {
            let mine = rows.iter().skip(part).step_by(threads);
            let chart = &chart;
            scope.spawn(move || mine.filter_map(|row| difference(chart, row)).collect())
        });
        let parts: Vec<_> = parts.collect();
        let reports = parts.into_iter();
        reports
            .flat_map(|part| -> Vec<String> { part.join().expect("a thread of rows") })
            .collect()
    });
    let different = reports.len();
    assert!(
        different == 0,
        "{different} of {} rows differ, or are exceptions that do not differ any more:\n{}",
        rows.len(),
        reports.concat()
    );
}

/// What is told of a row that gives something else, or of an exception that does not.
fn difference(chart: &Chart, row: &Row) -> Option<String> {
    let found = result(chart, &row.template);
    let excepted = EXCEPTIONS
        .iter()
        .any(|(template, _)| *template == row.template);
    let Row {
        place,
        template,
        expected,
    } = row;
    ((found == *expected) == excepted)
        .then(|| format!("{place}: {template}\n  helm {expected}\n  here {found}\n"))
}

#[test]
fn every_function_has_rows() {
    let rows = rows();
    let headings: usize = families()
        .iter()
        .map(|family| {
            let text = fs::read_to_string(family).expect("a family");
            text.lines().filter(|line| line.starts_with("# ")).count()
        })
        .sum();
    assert_eq!(headings, 251, "one heading for each function");
    for (excepted, _) in EXCEPTIONS {
        assert!(
            rows.iter().any(|row| row.template == *excepted),
            "{excepted} is no row any more"
        );
    }
}

/// Dates without a zone are those of the machine, and a test cannot set the zone of its own process.
fn again_in_utc() {
    let run = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "functions_do_what_helm_does", "--nocapture"])
        .env("TZ", "UTC")
        .output()
        .expect("this program runs");
    assert!(
        run.status.success(),
        "{}{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions")
}

fn families() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("tests/functions");
    let mut families: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    families.sort();
    families
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for family in families() {
        let text = fs::read_to_string(&family).expect("a family");
        let name = family.file_name().unwrap_or_default().to_string_lossy();
        let mut lines = text.lines().enumerate().peekable();
        while let Some((index, line)) = lines.next() {
            if !line.starts_with("{{") {
                continue;
            }
            let expected = lines
                .next_if(|(_, below)| below.starts_with(['=', '!']))
                .unwrap_or_else(|| panic!("{name}:{}: no result: see README.md", index + 1));
            rows.push(Row {
                place: format!("{name}:{}", index + 1),
                template: line.to_owned(),
                expected: expected.1.to_owned(),
            });
        }
    }
    rows
}

/// What this crate makes of a row, written as in the files.
fn result(chart: &Chart, row: &str) -> String {
    // Base64 brings any text through the document; `set` and `merge` get values of their own, as in the recipe.
    let around = format!(
        r#"{{{{ define "row" }}}}{row}{{{{ end }}}}row: {{{{ include "row" (dict "Values" (deepCopy .Values) "Chart" .Chart "Release" .Release "Files" .Files "Capabilities" .Capabilities "Template" .Template "Subcharts" .Subcharts) | b64enc }}}}"#
    );
    if let Ok(text) = render(chart, &around) {
        let encoded = text.trim().trim_start_matches("row:").trim();
        return format!("= {}", shown(&decode(encoded)))
            .trim_end()
            .to_owned();
    }
    match render(chart, row) {
        Ok(_) => "fails only inside include".to_owned(),
        Err(error) => format!("! {}", short(&error)),
    }
}

fn render(chart: &Chart, template: &str) -> Result<String, String> {
    let mut chart = chart.clone();
    chart.templates.push(File {
        name: "templates/row.yaml".into(),
        data: template.as_bytes().into(),
    });
    let options = RenderOptions {
        release: "r".to_owned(),
        namespace: "default".to_owned(),
        capabilities: Capabilities::default(),
        ..RenderOptions::default()
    };
    let rendered = chart::render(&chart, &options, &mut Vec::new());
    let rendered = rendered.map_err(|error| error.to_string())?;
    Ok(rendered
        .manifests
        .into_iter()
        .map(|manifest| manifest.content)
        .collect())
}

/// An error without what is the same in every row.
fn short(error: &str) -> String {
    let error = error
        .replace("f/templates/row.yaml", "row")
        .replace("\n  executing \"row\"", "")
        .replace(": executing \"row\"", "")
        .replace(":\n    ", ": ");
    shown(error.trim_end_matches('\n').as_bytes())
}

fn is_escaped(character: char) -> bool {
    matches!(character, '\0'..='\x1f' | '\x7f'..='\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{206f}' | '\u{feff}')
}

/// A text on one line: as it is where that can be read, otherwise in quotes with escapes.
fn shown(text: &[u8]) -> String {
    if let Ok(plain) = std::str::from_utf8(text)
        && !plain.is_empty()
        && plain.trim_matches(' ') == plain
        && !plain.starts_with('"')
        && !plain.contains(is_escaped)
    {
        return plain.to_owned();
    }
    let mut shown = String::from("\"");
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' | '\\' => shown.extend(['\\', character]),
                '\n' => shown.push_str("\\n"),
                '\t' => shown.push_str("\\t"),
                character if is_escaped(character) => {
                    let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
                }
                character => shown.push(character),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown.push('"');
    shown
}

/// Reads what `b64enc` wrote.
fn decode(encoded: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in encoded.bytes().take_while(|byte| *byte != b'=') {
        let value = DIGITS.iter().position(|known| *known == digit);
        bits = bits << 6 | value.expect("a digit of base64") as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
