//! Several files in one text, as Go's `txtar` has them: a line `-- path --`, then the file.

use std::io::Write as _;

/// The files; what stands before the first marker belongs to none.
pub fn files(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let marked = line
            .trim_end_matches(['\r', '\n'])
            .strip_prefix("-- ")
            .and_then(|rest| rest.strip_suffix(" --"));
        match (marked, files.last_mut()) {
            (Some(path), _) => files.push((path.to_owned(), String::new())),
            (None, Some((_, content))) => content.push_str(line),
            (None, None) => {}
        }
    }
    files
}

/// The files as a packed chart below a folder `c`. Paths go in as they are, good or bad.
pub fn packed(files: &[(String, String)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        let name = format!("c/{path}");
        // `set_path` refuses exactly the names that a reader has to refuse; longer ones do not fit the field.
        let Some(field) = header.as_old_mut().name.get_mut(..name.len()) else {
            continue;
        };
        field.copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append(&header, content.as_bytes())
            .expect("writing to memory");
    }
    gzip(&tar.into_inner().expect("writing to memory"))
}

/// Bytes as a gzip stream.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).expect("writing to memory");
    gzip.finish().expect("writing to memory")
}
