//! What an environment repository holds: `environment.yaml`, a policy, a hold, and the wrapper chart of an app.
//!
//! Laws: our own files print and read back as the same; an edit of the chart changes that version and nothing else, and undone gives
//! the text back.

use std::fmt::Debug;
use std::path::Path;

use landfall::gitops::layout::own;
use landfall::gitops::{Descriptor, Hold, Policy};
use landfall::yaml;

const NEXT: &str = "9.8.7-rc.1";

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    // An optional field that is empty reads as none; a second printing has settled that.
    settles::<Descriptor>(&text);
    settles::<Policy>(&text);
    settles::<Hold>(&text);
    edits(&text);
}

fn settles<T>(text: &str)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug,
{
    let path = Path::new("file.yaml");
    let Ok(value) = yaml::parse::<T>(text, path) else {
        return;
    };
    let printed = yaml::print(&value).expect("what was read prints");
    let read: T = yaml::parse(&printed, path)
        .unwrap_or_else(|error| panic!("prints what does not read: {error}\n{printed}"));
    assert_eq!(yaml::print(&read).ok(), Some(printed));
}

fn edits(text: &str) {
    let Ok(Some(found)) = own::read(text, "shop") else {
        return;
    };
    let Ok(files) = own::write(Some(text), "staging", "shop", NEXT, "") else {
        return;
    };
    let [(path, edited)] = files.as_slice() else {
        panic!("one file is edited: {files:?}");
    };
    assert_eq!(path, "namespaces/staging/shop/Chart.yaml");
    let read = own::read(edited, "shop")
        .unwrap_or_else(|error| panic!("{error:?}\n{edited}"))
        .expect("the dependency is still there");
    assert_eq!(
        (read.version.as_str(), read.line),
        (NEXT, found.line),
        "{edited}"
    );
    // Apart from the version the bytes in front and behind are those of before.
    let front = text
        .bytes()
        .zip(edited.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let back = text
        .bytes()
        .rev()
        .zip(edited.bytes().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let removed = text.len().saturating_sub(front + back);
    assert!(
        removed <= found.version.len() + 2
            || text[front..text.len() - back].contains('\\')
            || text[front..text.len() - back].contains('\n'),
        "{removed} bytes are gone\n{text}\n--\n{edited}"
    );
    // What else the chart says stays: only that one version differs.
    if let (Ok(mut before), Ok(mut after)) = (
        goyaml::from_yaml(text.as_bytes()),
        goyaml::from_yaml(edited.as_bytes()),
    ) {
        forget_version(&mut before);
        forget_version(&mut after);
        assert_eq!(before, after, "{text}\n--\n{edited}");
    }
}

fn forget_version(chart: &mut goyaml::Value) {
    let goyaml::Value::Map(chart) = chart else {
        return;
    };
    let Some(goyaml::Value::List(list)) = chart.get_mut("dependencies") else {
        return;
    };
    let is_it = |entry: &&mut goyaml::Value| {
        ["name", "alias"]
            .iter()
            .any(|key| entry.get(key).and_then(goyaml::Value::as_str) == Some("shop"))
    };
    if let Some(goyaml::Value::Map(entry)) = list.iter_mut().find(is_it) {
        entry.remove("version");
    }
}
