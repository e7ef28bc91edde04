//! Where one document of a text ends and the next begins (`SplitManifests`).

/// The documents of a text: lines that *begin* with `---` separate, blank documents do not count (`SplitManifests`).
pub(crate) fn split(text: &[u8]) -> Vec<&[u8]> {
    let text = trim_start(text);
    let mut documents = Vec::new();
    let mut start = 0;
    let mut line = 0;
    loop {
        if text[line..].starts_with(b"---") {
            documents.push(&text[start..line]);
            let blanks = text[line + 3..]
                .iter()
                .take_while(|byte| matches!(byte, b' ' | b'\t'))
                .count();
            start = line + 3 + blanks;
        }
        match memchr::memchr(b'\n', &text[line..]) {
            Some(end) => line += end + 1,
            None => break,
        }
    }
    documents.push(&text[start..]);
    documents
        .into_iter()
        .map(trim_start)
        .filter(|document| !document.is_empty())
        .collect()
}

/// The documents of a text, as Helm splits its own output for `--show-only`.
pub fn split_documents(text: &str) -> Vec<&str> {
    // The text is cut in front of ASCII characters and behind white space, so the parts are UTF-8 too.
    split(text.as_bytes())
        .into_iter()
        .filter_map(|document| std::str::from_utf8(document).ok())
        .collect()
}

/// Go's `TrimLeftFunc(unicode.IsSpace)`.
fn trim_start(text: &[u8]) -> &[u8] {
    let valid = text.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let blank = valid.len() - valid.trim_start().len();
    &text[blank..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text.as_bytes())
            .into_iter()
            .map(|document| std::str::from_utf8(document).unwrap())
            .collect()
    }

    #[test]
    fn documents_are_split_at_line_starts() {
        assert_eq!(
            texts("\n---\na: 1\n---  \n\n--- b: 2\n"),
            ["a: 1\n", "b: 2\n"]
        );
        assert_eq!(texts("a: ---\n"), ["a: ---\n"]);
        assert_eq!(texts("a: 1\n---"), ["a: 1\n"]);
        assert_eq!(texts(" \n"), Vec::<&str>::new());
        assert_eq!(texts("---- a"), ["- a"]);
    }
}
