//! Dockerfiles of packs.
//!
//! Laws: every line that something is said about is there; a comment in front moves what is said by one line, and the ends of lines
//! as Windows has them move nothing.

use landfall::pack::check::check_dockerfile;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    let found = check_dockerfile(&text);
    let lines = text.lines().count().max(1);
    for (line, _, message) in &found {
        assert!((1..=lines).contains(line), "{line} of {lines}: {message}");
        assert!(!message.is_empty());
    }
    let moved = check_dockerfile(&format!("# x\n{text}"));
    let expected: Vec<_> = found
        .iter()
        .map(|(line, severity, message)| {
            // Said of the whole file.
            let line = if message == "there is no FROM" {
                1
            } else {
                line + 1
            };
            (line, *severity, message.clone())
        })
        .collect();
    let sorted = |mut faults: Vec<_>| {
        faults.sort();
        faults
    };
    assert_eq!(sorted(moved), sorted(expected));
    if !text.contains('\r') {
        assert_eq!(check_dockerfile(&text.replace('\n', "\r\n")), found);
    }
}
