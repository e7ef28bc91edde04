//! The form of a Dockerfile, as the reference of Dockerfiles has it (source: moby/buildkit frontend/dockerfile/docs/reference.md):
//! instructions, continued lines, here-documents, stages and what refers to them. What an instruction does is not known here.

use std::collections::BTreeSet;

use super::finding::Severity;

const INSTRUCTIONS: [&str; 18] = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Line, how bad, what.
type Fault = (usize, Severity, String);

/// One instruction with its continued lines as one text.
struct Instruction {
    line: usize,
    word: String,
    rest: String,
}

/// What is wrong with the text, in the order of lines, which begin at 1.
pub fn check(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let instructions = instructions(text, &mut faults);
    stages(&instructions, &mut faults);
    for instruction in &instructions {
        arguments(instruction, &mut faults);
    }
    faults.sort();
    faults.dedup();
    faults
}

fn instructions(text: &str, faults: &mut Vec<Fault>) -> Vec<Instruction> {
    let escape = escape(text);
    let mut found: Vec<Instruction> = Vec::new();
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    while let Some((number, first)) = lines.next() {
        let trimmed = first.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let mut whole = String::new();
        let mut line = trimmed;
        // Comments and empty lines between continued lines are left out.
        while let Some(begun) = line.strip_suffix(escape) {
            whole.push_str(begun);
            let next = lines
                .by_ref()
                .map(|(_, line)| line.trim())
                .find(|line| !line.is_empty() && !line.starts_with('#'));
            let Some(next) = next else {
                line = "";
                break;
            };
            line = next;
        }
        whole.push_str(line);
        let (word, rest) = whole
            .split_once(char::is_whitespace)
            .unwrap_or((&whole, ""));
        let word = word.to_ascii_uppercase();
        if !INSTRUCTIONS.contains(&word.as_str()) {
            let known: Vec<String> = INSTRUCTIONS
                .iter()
                .map(|known| (*known).to_owned())
                .collect();
            let near = crate::failure::near_names(&word, &known);
            let near = near
                .first()
                .map(|near| format!("; is {near} meant?"))
                .unwrap_or_default();
            faults.push((
                number,
                Severity::Error,
                format!("no instruction is called {word}{near}"),
            ));
            continue;
        }
        if ["RUN", "COPY", "ADD"].contains(&word.as_str()) {
            for end in here_documents(rest) {
                if !lines
                    .by_ref()
                    .any(|(_, line)| line.trim_start_matches('\t') == end)
                {
                    let why = format!("the here-document does not end: no line is {end}");
                    faults.push((number, Severity::Error, why));
                }
            }
        }
        found.push(Instruction {
            line: number,
            word,
            rest: rest.trim().to_owned(),
        });
    }
    found
}

/// The character that continues a line: a directive in the first comment may name a backtick.
fn escape(text: &str) -> char {
    let directives = text.lines().take_while(|line| line.starts_with('#'));
    let escapes = directives.filter_map(|line| {
        let (name, value) = line[1..].split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("escape")
            .then(|| value.trim())
    });
    match escapes.last() {
        Some("`") => '`',
        _ => '\\',
    }
}

/// The words that end the here-documents of an instruction.
fn here_documents(rest: &str) -> Vec<String> {
    rest.split_whitespace()
        .filter_map(|word| {
            let at = word.find("<<")?;
            let mark = word[at + 2..]
                .trim_start_matches('-')
                .trim_matches(['"', '\'']);
            let is_mark =
                !mark.is_empty() && mark.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            // `<<<` is a here-string of a shell, and `$((1<<2))` arithmetic.
            (is_mark
                && !mark.starts_with(|c: char| c.is_ascii_digit())
                && word[..at].chars().all(|c| c.is_ascii_digit()))
            .then(|| mark.to_owned())
        })
        .collect()
}

fn stages(instructions: &[Instruction], faults: &mut Vec<Fault>) {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut count = 0_usize;
    let mut last = None;
    let (mut has_user, mut has_command) = (false, false);
    for instruction in instructions {
        let fault = |severity: Severity, message: String| (instruction.line, severity, message);
        if instruction.word == "FROM" {
            let words: Vec<&str> = instruction
                .rest
                .split_whitespace()
                .filter(|word| !word.starts_with("--"))
                .collect();
            match words.as_slice() {
                [image] => faults
                    .extend(image_fault(image, &names).map(|why| fault(Severity::Warning, why))),
                [image, keyword, name] if keyword.eq_ignore_ascii_case("as") => {
                    faults.extend(
                        image_fault(image, &names).map(|why| fault(Severity::Warning, why)),
                    );
                    if !names.insert(name.to_lowercase()) {
                        faults.push(fault(
                            Severity::Error,
                            format!("a stage {name} is there already"),
                        ));
                    }
                }
                _ => faults.push(fault(
                    Severity::Error,
                    "FROM [--platform=P] IMAGE [AS NAME] is expected".to_owned(),
                )),
            }
            count += 1;
            last = Some(instruction.line);
            (has_user, has_command) = (false, false);
            continue;
        }
        if count == 0 && instruction.word != "ARG" {
            let why = format!("{} stands in front of the first FROM", instruction.word);
            faults.push(fault(Severity::Error, why));
        }
        has_user |= instruction.word == "USER";
        has_command |= matches!(instruction.word.as_str(), "CMD" | "ENTRYPOINT");
        let from = instruction
            .rest
            .split_whitespace()
            .find_map(|word| word.strip_prefix("--from="));
        if let Some(from) = from.filter(|_| instruction.word == "COPY") {
            let is_number = from
                .parse::<usize>()
                .is_ok_and(|number| number < count.saturating_sub(1));
            let is_image = from.contains(['/', ':', '$', '@']);
            if !is_number && !is_image && !names.contains(&from.to_lowercase()) {
                faults.push(fault(
                    Severity::Error,
                    format!("no stage in front of it is called {from}"),
                ));
            }
        }
    }
    match last {
        None => faults.push((1, Severity::Error, "there is no FROM".to_owned())),
        Some(line) => {
            if !has_user {
                faults.push((
                    line,
                    Severity::Warning,
                    "the last stage sets no USER, so the app runs as root".to_owned(),
                ));
            }
            if !has_command {
                faults.push((
                    line,
                    Severity::Warning,
                    "the last stage has neither CMD nor ENTRYPOINT".to_owned(),
                ));
            }
        }
    }
}

/// Why an image is not the same each time.
fn image_fault(image: &str, stages: &BTreeSet<String>) -> Option<String> {
    if image == "scratch" || image.contains(['$', '@']) || stages.contains(&image.to_lowercase()) {
        return None;
    }
    let name = image.rsplit('/').next().unwrap_or(image);
    match name.split_once(':') {
        None => Some(format!(
            "{image} has no tag, so each build may take another one"
        )),
        Some((_, "latest")) => Some(format!(
            "{image} is another one each day; name an exact tag"
        )),
        Some((_, "")) => Some(format!("{image} has an empty tag")),
        Some(_) => None,
    }
}

fn arguments(instruction: &Instruction, faults: &mut Vec<Fault>) {
    let rest = instruction.rest.as_str();
    let mut error = |message: String| faults.push((instruction.line, Severity::Error, message));
    if rest.is_empty() {
        error(format!("{} says nothing", instruction.word));
        return;
    }
    match instruction.word.as_str() {
        "CMD" | "ENTRYPOINT" | "SHELL" | "VOLUME" if rest.starts_with('[') => {
            let list: Result<Vec<String>, _> = serde_json::from_str(rest);
            if list.is_err() {
                let word = &instruction.word;
                error(format!(
                    "{word} is no list of texts in JSON, so a shell would run it"
                ));
            }
        }
        "SHELL" => error("SHELL [\"program\", \"argument\"] is expected".to_owned()),
        "COPY" | "ADD" => {
            let operands = rest
                .split_whitespace()
                .filter(|word| !word.starts_with("--"))
                .count();
            let is_list = rest.contains('[');
            if operands < 2 && !is_list {
                error(format!("{} SOURCE... TARGET is expected", instruction.word));
            }
        }
        "EXPOSE" => {
            for word in rest.split_whitespace().filter(|word| !word.contains('$')) {
                let port = word.split('/').next().unwrap_or(word);
                let is_port = |text: &str| text.parse::<u16>().is_ok_and(|port| port > 0);
                if !port.split('-').all(is_port) {
                    error(format!("{word} is no port"));
                }
            }
        }
        "ENV" | "LABEL" => {
            let first = rest.split_whitespace().next().unwrap_or_default();
            if !first.contains('=') && rest.split_whitespace().count() < 2 {
                error(format!("{} NAME=VALUE is expected", instruction.word));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Severity, check};

    fn found(text: &str) -> Vec<String> {
        check(text)
            .into_iter()
            .map(|(line, severity, message)| {
                let mark = if severity == Severity::Error {
                    "!"
                } else {
                    "?"
                };
                format!("{line}{mark} {message}")
            })
            .collect()
    }

    #[test]
    fn a_good_dockerfile_has_nothing_wrong() {
        let text = "# syntax=docker/dockerfile:1\nARG V=1\nFROM --platform=$BUILDPLATFORM golang:1.26.7 AS build\nRUN --mount=type=cache,target=/a \\\n    # between\n\n    go build \\\n    -o /x\nRUN <<EOF\nFOO bar\nEOF\nFROM build AS test\nFROM scratch\nCOPY --from=build /x /y/\nCOPY --from=0 /x z\nCOPY --from=nginx:1.30 a b\nCOPY <<'CONF' /etc/x\nfrom nobody\nCONF\nENV A=b C=\"d e\"\nUSER 1:1\nEXPOSE 8080 53/udp 1-2\nENTRYPOINT [\"/y/x\"]\n";
        assert_eq!(found(text), Vec::<String>::new());
    }

    #[test]
    fn each_fault_has_its_line() {
        for (text, expected) in [
            (
                "FORM a:1\n",
                "1! no instruction is called FORM; is FROM meant?",
            ),
            (
                "# x\nRUN a\nFROM a:1\n",
                "2! RUN stands in front of the first FROM",
            ),
            (
                "FROM a:1 b\n",
                "1! FROM [--platform=P] IMAGE [AS NAME] is expected",
            ),
            (
                "FROM a\n",
                "1? a has no tag, so each build may take another one",
            ),
            (
                "FROM host:5000/a:latest\n",
                "1? host:5000/a:latest is another one each day; name an exact tag",
            ),
            (
                "FROM a:1 AS x\nFROM b:1 AS X\n",
                "2! a stage X is there already",
            ),
            (
                "FROM a:1\nCOPY --from=builder a b\n",
                "2! no stage in front of it is called builder",
            ),
            ("FROM a:1\nCOPY a\n", "2! COPY SOURCE... TARGET is expected"),
            (
                "FROM a:1\nRUN a \\\n b\nCMD [\"a\", b]\n",
                "4! CMD is no list of texts in JSON, so a shell would run it",
            ),
            ("FROM a:1\nEXPOSE http\n", "2! http is no port"),
            ("FROM a:1\nEXPOSE 70000\n", "2! 70000 is no port"),
            (
                "FROM a:1\nRUN <<EOF\nx\n",
                "2! the here-document does not end: no line is EOF",
            ),
            ("FROM a:1\nUSER\n", "2! USER says nothing"),
            ("FROM a:1\nENV A\n", "2! ENV NAME=VALUE is expected"),
            ("", "1! there is no FROM"),
            (
                "FROM a:1\nRUN x\n",
                "1? the last stage sets no USER, so the app runs as root",
            ),
            (
                "FROM a:1\nUSER x\nCMD x\nFROM b:1\n",
                "4? the last stage has neither CMD nor ENTRYPOINT",
            ),
        ] {
            assert!(
                found(text).contains(&expected.to_owned()),
                "{text:?}: {:?}",
                found(text)
            );
        }
        assert_eq!(
            found("# escape=`\nFROM a:1\nUSER a\nCMD c:\\\nRUN x `\n y\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn any_text_is_judged() {
        for text in [
            "\\",
            "RUN \\",
            "<<",
            "FROM",
            "COPY --from=",
            "RUN <<",
            "é\u{0}",
            "FROM a AS",
            "RUN a <<-'X'",
            "COPY --from=0 a b",
            "FROM a:1\nCOPY --from=18446744073709551615 a b",
        ] {
            check(text);
        }
    }
}
