//! The charts of the packs: linted, and rendered for values of every shape; with `LANDFALL_HELM`, by Helm as well.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::all_plans;

/// Values that take every branch of the templates.
pub(crate) const VALUES: [&str; 8] = [
    "{}",
    "knativeDeploy: false\n",
    "image: {repository: registry.example.com/a/b, tag: 1.2.3}\nenv: {A: b, C: 1}\n",
    "image: {repository: r.example.com/a, digest: 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}\nknative: {scaling: {minScale: 1, maxScale: 3, metric: rps, target: '50'}, visibility: cluster-local}\n",
    "knativeDeploy: false\nreplicaCount: 3\nhpa: {enabled: true, maxReplicas: 5}\n",
    "knativeDeploy: false\ningress: {enabled: true, host: a.example.com, tlsSecret: tls}\n",
    "image: {name: 'nginx:1.30.4'}\nprobePath: ''\nknative: {liveness: {enabled: true}, readiness: {type: tcp}}\n",
    "service: {name: other, internalPort: 9000, protocol: h2c, annotations: {a: b}}\nknative: {revisionName: '', serviceAccountName: sa}\n",
];

pub(crate) fn landfall() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_landfall"))
}

/// Standard output of a program; a failure is a panic with what it said.
pub(crate) fn output(program: &Path, arguments: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let done = Command::new(program)
        .args(arguments)
        .env("LANDFALL_HOME", home.path())
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{} {arguments:?}:\n{}{}",
        program.display(),
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).unwrap()
}

/// Writes the charts of all packs below a folder, each that differs once, and tells the pack and the place.
pub(crate) fn write_charts(folder: &Path) -> Vec<(String, PathBuf)> {
    const CHART: &str = "charts/hello/";
    let mut seen: Vec<BTreeMap<String, String>> = Vec::new();
    let mut written = Vec::new();
    for (pack, prepared) in all_plans() {
        let files: BTreeMap<String, String> = prepared
            .contents
            .into_iter()
            .filter_map(|(path, text)| Some((path.strip_prefix(CHART)?.to_owned(), text)))
            .collect();
        if !files.contains_key("values.yaml") || seen.contains(&files) {
            continue;
        }
        let chart = folder.join(format!("{}-{pack}", seen.len()));
        for (path, text) in &files {
            let path = chart.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        seen.push(files);
        written.push((pack, chart));
    }
    // The repository's own.
    let helm = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/helm/sample");
    written.push(("helm".to_owned(), helm));
    assert!(written.len() >= 5, "{} charts differ", written.len());
    written
}

#[test]
fn charts_of_all_packs_are_clean_and_render_for_every_shape_of_values() {
    let helm = std::env::var_os("LANDFALL_HELM").map(PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    for (pack, chart) in write_charts(folder.path()) {
        let chart = chart.to_str().unwrap();
        let tools = [Some(landfall()), helm.clone()];
        for tool in tools.iter().flatten() {
            output(tool, &["lint", "--strict", chart]);
        }
        for (number, values) in VALUES.iter().enumerate() {
            let file = folder.path().join(format!("{number}.yaml"));
            fs::write(&file, values).unwrap();
            let arguments = [
                "template",
                "shop",
                chart,
                "--values",
                file.to_str().unwrap(),
            ];
            let ours = output(&landfall(), &arguments);
            assert!(ours.contains("kind: "), "{pack} {number}");
            if let Some(helm) = &helm {
                assert_eq!(ours, output(helm, &arguments), "{pack} {number}");
            }
        }
    }
}
