//! The files of a feature: written into a scratch folder from one text.
//!
//! `-- c/Chart.yaml --` begins a file. `(escaped)` behind the path: the text has `\r`, `\n`, `\t`, `\\`, `\xFF`, and a `\` at its end
//! takes the line end away. `c/link -> target` is a symbolic link, `c.tgz (packed from c)` a packed folder, and
//! `c.tgz (archive)` an archive of the entries that follow: `file NAME TEXT`, `claims NAME SIZE` (a header whose content is
//! missing), `dir NAME`, `symlink NAME TARGET`, `hardlink NAME TARGET`, `pax NAME`. `k.gpg (copied from X)` is a
//! file of `tests/cli/provenance`, and `s (signed by X)` a folder with the packed chart that lies there and X as its provenance.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

pub(super) struct World {
    root: TempDir,
    work: PathBuf,
}

impl World {
    pub(super) fn new(text: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let work = root.path().canonicalize().unwrap().join("work");
        fs::create_dir_all(&work).unwrap();
        let world = Self { root, work };
        let mut current: Option<(String, String)> = None;
        for line in text.split_inclusive('\n') {
            let heading = line
                .strip_prefix("-- ")
                .and_then(|rest| rest.strip_suffix(" --\n"));
            if let Some(heading) = heading {
                if let Some((name, body)) = current.replace((heading.to_owned(), String::new())) {
                    world.write(&name, &body);
                }
            } else if let Some((_, body)) = &mut current {
                body.push_str(line);
            }
        }
        if let Some((name, body)) = current {
            world.write(&name, &body);
        }
        world
    }

    pub(super) fn work(&self) -> &Path {
        &self.work
    }

    pub(super) fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    /// Standard input with an escaped text.
    pub(super) fn stdin(&self, text: &str) -> Stdio {
        let path = self.root.path().join("stdin");
        fs::write(&path, unescaped(text)).unwrap();
        File::open(path).unwrap().into()
    }

    /// The files below `out`, which is removed.
    pub(super) fn take_written(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.work.join("out")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&self.work).unwrap().to_string_lossy();
                    found.push((name.into_owned(), fs::read(&path).unwrap()));
                }
            }
        }
        found.sort();
        let _ = fs::remove_dir_all(self.work.join("out"));
        found
    }

    fn write(&self, name: &str, body: &str) {
        let place = |name: &str| {
            let path = self.work.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            path
        };
        if let Some((name, target)) = name.split_once(" -> ") {
            std::os::unix::fs::symlink(target, place(name)).unwrap();
        } else if let Some(name) = name.strip_suffix(" (escaped)") {
            fs::write(place(name), unescaped(body)).unwrap();
        } else if let Some(name) = name.strip_suffix(" (archive)") {
            archive(&place(name), body);
        } else if let Some((name, folder)) = name.split_once(" (packed from ") {
            let folder = folder.trim_end_matches(')');
            let mut tar = builder(&place(name));
            let top = Path::new(folder).file_name().unwrap();
            tar.append_dir_all(top, self.work.join(folder)).unwrap();
            tar.into_inner().unwrap().finish().unwrap();
        } else if let Some((name, from)) = name.split_once(" (copied from ") {
            let from = from.trim_end_matches(')');
            fs::copy(provenance(from), place(name)).unwrap();
        } else if let Some((name, from)) = name.split_once(" (signed by ") {
            let from = from.trim_end_matches(')');
            let chart = "shop-1.0.0.tgz";
            fs::copy(provenance(chart), place(&format!("{name}/{chart}"))).unwrap();
            fs::copy(provenance(from), place(&format!("{name}/{chart}.prov"))).unwrap();
        } else {
            fs::write(place(name), body).unwrap();
        }
    }
}

/// A key or a signed chart.
fn provenance(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/cli/provenance").join(name)
}

fn builder(path: &Path) -> tar::Builder<GzEncoder<File>> {
    let file = File::create(path).unwrap();
    tar::Builder::new(GzEncoder::new(file, Compression::fast()))
}

fn archive(path: &Path, entries: &str) {
    let mut tar = builder(path);
    for entry in entries.lines() {
        let (kind, rest) = entry.split_once(' ').unwrap();
        let (name, value) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut header = tar::Header::new_ustar();
        let fields = header.as_ustar_mut().unwrap();
        // Written by hand: the library refuses the names that are wanted here.
        let name = unescaped(name);
        fields.name[..name.len()].copy_from_slice(&name);
        let (kind, data) = match kind {
            "file" => (tar::EntryType::Regular, unescaped(value)),
            "claims" => (tar::EntryType::Regular, Vec::new()),
            "dir" => (tar::EntryType::Directory, Vec::new()),
            "symlink" => (tar::EntryType::Symlink, Vec::new()),
            "hardlink" => (tar::EntryType::Link, Vec::new()),
            "pax" => (tar::EntryType::XGlobalHeader, Vec::new()),
            other => panic!("no kind of entry: {other}"),
        };
        let is_link = matches!(kind, tar::EntryType::Symlink | tar::EntryType::Link);
        if is_link {
            fields.linkname[..value.len()].copy_from_slice(value.as_bytes());
        }
        header.set_entry_type(kind);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        let claimed = if entry.starts_with("claims ") {
            value.parse().unwrap()
        } else {
            data.len() as u64
        };
        header.set_size(claimed);
        header.set_cksum();
        tar.append(&header, data.as_slice()).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap();
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let Some((&escape, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        match escape {
            b'\n' => {}
            b'r' => bytes.push(b'\r'),
            b'n' => bytes.push(b'\n'),
            b't' => bytes.push(b'\t'),
            b'x' => {
                let digits = std::str::from_utf8(&rest[..2]).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                rest = &rest[2..];
            }
            other => bytes.push(other),
        }
    }
    bytes
}
