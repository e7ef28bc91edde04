//! A chart folder as the package that a release keeps (`pkg/chart/v2/util/save.go`): the same content makes the same bytes.

use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, GzBuilder};

use crate::{Chart, Error, folder, load, load_archive};

/// What a release writes into the packaged chart. The folder itself stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// `version` of Chart.yaml.
    pub version: String,
    /// `appVersion` of Chart.yaml.
    pub app_version: String,
    /// Paths of keys in values.yaml with the strings they get. Where there is no values.yaml one is made.
    pub values: Vec<(Vec<String>, String)>,
}

/// A packaged chart.
#[derive(Debug, Clone)]
pub struct Package {
    /// The chart as it will be read from the package.
    pub chart: Chart,
    /// The `.tgz`.
    pub bytes: Vec<u8>,
}

/// Packs a chart folder, `.helmignore` respected, with the stamp's values edited in: comments and order are kept.
///
/// Entries are sorted, owned by nobody and without times, so that packing one commit twice gives the same bytes.
///
/// # Errors
/// A folder that is no chart, or a file that cannot be edited as YAML.
pub fn package(path: &Path, stamp: &Stamp) -> Result<Package, Error> {
    let source = load(path)?;
    let mut files: Vec<(String, Vec<u8>)> = folder::read(path, &mut Vec::new())?
        .into_iter()
        .map(|file| (file.name.to_string(), file.data.to_vec()))
        .collect();
    if !files.iter().any(|(name, _)| name == "values.yaml") && !stamp.values.is_empty() {
        files.push(("values.yaml".to_owned(), Vec::new()));
    }
    for (name, data) in &mut files {
        match name.as_str() {
            "Chart.yaml" => {
                edit(name, data, &["version"], &stamp.version)?;
                edit(name, data, &["appVersion"], &stamp.app_version)?;
            }
            "values.yaml" => {
                for (path, value) in &stamp.values {
                    let path: Vec<&str> = path.iter().map(String::as_str).collect();
                    edit(name, data, &path, value)?;
                }
            }
            _ => {}
        }
    }
    files.sort();
    let bytes = pack(source.name(), &files).map_err(|error| Error::io("write", path, error))?;
    Ok(Package {
        chart: load_archive(&bytes)?,
        bytes,
    })
}

/// Packs a chart folder as it is, `.helmignore` respected. Entries are sorted and without times, as in [`package`].
///
/// # Errors
/// A folder that is no chart.
pub fn pack_folder(path: &Path) -> Result<Package, Error> {
    let chart = load(path)?;
    let files = folder::read(path, &mut Vec::new())?.into_iter();
    let mut files: Vec<(String, Vec<u8>)> = files
        .map(|file| (file.name.to_string(), file.data.to_vec()))
        .collect();
    files.sort();
    let bytes = pack(chart.name(), &files).map_err(|error| Error::io("write", path, error))?;
    Ok(Package { chart, bytes })
}

fn edit(name: &str, data: &mut Vec<u8>, path: &[&str], value: &str) -> Result<(), Error> {
    let fail =
        |why: String| Error::other(format!("cannot set {} in {name}: {why}", path.join(".")));
    let text = std::str::from_utf8(data).map_err(|error| fail(error.to_string()))?;
    // An empty flow mapping holds nothing that could be lost.
    let text = if text.trim() == "{}" { "" } else { text };
    let edited = goyaml::edit::set_string(text, path, value);
    *data = edited
        .map_err(|error| fail(error.to_string()))?
        .into_bytes();
    Ok(())
}

fn pack(chart: &str, files: &[(String, Vec<u8>)]) -> std::io::Result<Vec<u8>> {
    let gzip = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::default());
    let mut archive = tar::Builder::new(gzip);
    for (name, data) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        archive.append_data(&mut header, format!("{chart}/{name}"), data.as_slice())?;
    }
    let mut gzip = archive.into_inner()?;
    gzip.flush()?;
    gzip.finish()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Stamp, package};

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn stamp() -> Stamp {
        let values = [
            (&["image", "repository"][..], "dev.local/shop"),
            (&["image", "digest"], "sha256:0a"),
        ];
        Stamp {
            version: "1.2.3".to_owned(),
            app_version: "1.2.3".to_owned(),
            values: values
                .into_iter()
                .map(|(path, value)| {
                    (
                        path.iter().map(ToString::to_string).collect(),
                        value.to_owned(),
                    )
                })
                .collect(),
        }
    }

    const CHART: &str = "apiVersion: v2\nname: shop # the shop\nversion: 0.1.0\n";

    #[test]
    fn the_stamp_is_in_the_package_and_the_folder_is_as_it_was() {
        let values = "# of the user\nimage:\n  repository: \"\"\n";
        let folder = folder(&[
            ("Chart.yaml", CHART),
            ("values.yaml", values),
            ("templates/a.yaml", "a: 1\n"),
            (".helmignore", "secret\n"),
            ("secret", "x"),
        ]);
        let packed = package(folder.path(), &stamp()).unwrap();
        assert_eq!(packed.chart.metadata.version, "1.2.3");
        let text = |name: &str| {
            let mut archive =
                tar::Archive::new(flate2::read::GzDecoder::new(packed.bytes.as_slice()));
            let mut entries = archive.entries().unwrap().map(Result::unwrap);
            entries
                .find(|entry| entry.path().unwrap() == std::path::Path::new(name))
                .map(|entry| std::io::read_to_string(entry).unwrap())
        };
        assert_eq!(
            text("shop/Chart.yaml").unwrap(),
            "apiVersion: v2\nname: shop # the shop\nversion: 1.2.3\nappVersion: 1.2.3\n"
        );
        assert_eq!(
            text("shop/values.yaml").unwrap(),
            "# of the user\nimage:\n  repository: \"dev.local/shop\"\n  digest: \"sha256:0a\"\n"
        );
        assert_eq!(text("shop/secret"), None);
        assert_eq!(
            fs::read_to_string(folder.path().join("Chart.yaml")).unwrap(),
            CHART
        );
    }

    #[test]
    fn one_content_makes_one_package() {
        let one = folder(&[
            ("templates/b.yaml", "b: 1\n"),
            ("templates/a.yaml", "a: 1\n"),
            ("Chart.yaml", CHART),
        ]);
        let two = folder(&[
            ("Chart.yaml", CHART),
            ("templates/a.yaml", "a: 1\n"),
            ("templates/b.yaml", "b: 1\n"),
        ]);
        assert_eq!(
            package(one.path(), &stamp()).unwrap().bytes,
            package(two.path(), &stamp()).unwrap().bytes
        );
    }

    #[test]
    fn values_are_made_where_there_are_none() {
        for files in [
            &[("Chart.yaml", CHART)][..],
            &[("Chart.yaml", CHART), ("values.yaml", "# nothing\n")],
            &[("Chart.yaml", CHART), ("values.yaml", "{}\n")],
        ] {
            let folder = folder(files);
            assert!(package(folder.path(), &stamp()).is_ok(), "{files:?}");
        }
    }

    #[test]
    fn what_cannot_be_stamped_is_named() {
        let folder = folder(&[("Chart.yaml", CHART), ("values.yaml", "image: [a]\n")]);
        let error = package(folder.path(), &stamp()).unwrap_err().to_string();
        assert!(error.contains("image.repository in values.yaml"), "{error}");
        assert!(package(&folder.path().join("none"), &stamp()).is_err());
    }
}
