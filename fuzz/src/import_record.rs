//! `.landfall/import.yaml`, which anyone who may commit can write.
//!
//! Laws: what was read prints and reads back as the same; an import over it, whatever it says, writes in the repository only.

use std::path::Path;

use landfall::pack::detect::detect;
use landfall::pack::{Catalog, ImportRecord, Pack, RECORD_PATH, Site, plan, read_record};
use landfall::project::Project;
use landfall::yaml;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    let path = Path::new(RECORD_PATH);
    let Ok(record) = yaml::parse::<ImportRecord>(&text, path) else {
        return;
    };
    let printed = yaml::print(&record).expect("a record prints");
    let read: ImportRecord = yaml::parse(&printed, path)
        .unwrap_or_else(|error| panic!("prints what does not read: {error}\n{printed}"));
    assert_eq!(read, record, "{printed}");

    thread_local! {
        static PACK: Pack = Catalog::load(None)
            .and_then(|catalog| catalog.resolve("static"))
            .expect("a pack of the program");
    }
    let files = [
        (RECORD_PATH, &*text),
        ("index.html", "<p>"),
        ("Dockerfile", "FROM a:1\n"),
    ];
    for dir in [".", "services/shop"] {
        let site = Site::new(dir);
        let below =
            |prefix: &str| files.map(|(path, text)| (format!("{prefix}{path}"), text.to_owned()));
        let whole = Project::in_memory("shop", below(&site.prefix()));
        assert_eq!(read_record(&whole, &site).as_ref(), Some(&record));
        let project = Project::in_memory("shop", below(""));
        PACK.with(|pack| {
            let input = crate::pack_folder::input(site.clone());
            let detection = detect(&project, &[]);
            if let Ok(prepared) = plan(&whole, &project, &detection, pack, &input) {
                prepared.paths().for_each(crate::pack_folder::inside);
            }
        });
    }
}
