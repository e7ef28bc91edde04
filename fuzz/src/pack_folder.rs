//! A pack that somebody made to hurt: a list of files, `pack.yaml` among them.
//!
//! Laws: the same pack twice; names are unique and lineages short; what lint finds it finds twice; what an import of it writes lies
//! in the repository, and not in Git's own folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path};

use landfall::pack::check::check as lint;
use landfall::pack::detect::detect;
use landfall::pack::{Catalog, Pack, PlanInput, PlanRemote, Site, plan};
use landfall::project::{AppName, Project};

/// As the catalog has it.
const MAX_LINEAGE: usize = 8;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    thread_local! {
        static ROOT: tempfile::TempDir = tempfile::tempdir().expect("a folder");
        static CATALOG: Catalog = Catalog::load(None).expect("the packs of the program");
    }
    ROOT.with(|root| {
        CATALOG.with(|catalog| {
            let folder = root.path().join("pack");
            let _ = fs::remove_dir_all(&folder);
            for (path, text) in crate::archive::files(&crate::text(bytes)) {
                let path = Path::new(&path);
                let is_inside = path
                    .components()
                    .all(|part| matches!(part, Component::Normal(_)));
                if let Some(above) = folder.join(path).parent()
                    && is_inside
                    && fs::create_dir_all(above).is_ok()
                {
                    // A folder of that name may be there, or the name may be too long.
                    let _ = fs::write(folder.join(path), text);
                }
            }
            if let Ok(pack) = catalog.resolve_folder(&folder) {
                holds(catalog, &folder, &pack);
            }
        });
    });
}

fn holds(catalog: &Catalog, folder: &Path, pack: &Pack) {
    let again = catalog
        .resolve_folder(folder)
        .expect("what was read once is read twice");
    assert_eq!(again.digest, pack.digest);
    assert!(pack.lineage.len() <= MAX_LINEAGE, "{:?}", pack.lineage);
    let names: BTreeSet<&str> = pack.variables.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), pack.variables.len(), "{names:?}");
    // What is written with a parent's files is those files: the parents are landfall's own, and rendering them takes long.
    if pack.lineage.len() > 1 {
        return;
    }
    let (_, findings) = lint(pack, &[]);
    assert_eq!(findings, lint(pack, &[]).1, "the same findings twice");

    let project = Project::in_memory("shop", Vec::<(String, String)>::new());
    let detection = detect(&project, &[]);
    for dir in [".", "services/shop"] {
        let input = input(Site::new(dir));
        if let Ok(prepared) = plan(&project, &project, &detection, pack, &input) {
            prepared.paths().for_each(inside);
        }
    }
}

/// What a caller of [`plan`] decides.
pub(crate) fn input(site: Site) -> PlanInput {
    PlanInput {
        app: (
            AppName::parse("shop").expect("a name"),
            "is given".to_owned(),
        ),
        org: ("me".to_owned(), "is given".to_owned()),
        site: (site, "is given".to_owned()),
        repository: None,
        branch: ("main".to_owned(), "is checked out".to_owned()),
        pack_because: "is given".to_owned(),
        remote: PlanRemote {
            name: "origin".to_owned(),
            url: "/forge/me/shop.git".to_owned(),
            because: "there is none".to_owned(),
        },
        answers: std::collections::BTreeMap::new(),
        new_branch: None,
    }
}

/// The path is one of the repository.
pub(crate) fn inside(path: &str) {
    let parts: Vec<Component<'_>> = Path::new(path).components().collect();
    let is_plain = |part: &Component<'_>| matches!(part, Component::Normal(name) if !name.eq_ignore_ascii_case(".git"));
    assert!(!parts.is_empty() && parts.iter().all(is_plain), "{path:?}");
}
