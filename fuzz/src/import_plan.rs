//! The plan of `import --plan`, and the record of an import under way.
//!
//! Laws: each prints and reads back as the same, the plan as JSON and as YAML; of a record no more than the last imports stay; a branch
//! that it names is no option of Git.

use std::path::Path;

use landfall::pack::{ImportPlan, Pending};
use landfall::yaml;

/// How many earlier imports a record keeps.
const MOST_EARLIER: usize = 8;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    let path = Path::new("plan");
    if let Ok(plan) = yaml::parse::<ImportPlan>(&text, path) {
        let json = serde_json::to_string(&plan).expect("a plan prints");
        let yaml = yaml::print(&plan).expect("a plan prints");
        for printed in [json, yaml] {
            let read: ImportPlan = yaml::parse(&printed, path)
                .unwrap_or_else(|error| panic!("prints what does not read: {error}\n{printed}"));
            assert_eq!(read, plan, "{printed}");
        }
    }
    let Ok(pending) = serde_json::from_str::<Pending>(&text) else {
        return;
    };
    let printed = serde_json::to_string(&pending).expect("a record prints");
    let read: Pending = serde_json::from_str(&printed)
        .unwrap_or_else(|error| panic!("prints what does not read: {error}\n{printed}"));
    assert_eq!(read, pending, "{printed}");
    if let Ok(branch) = pending.branch() {
        assert!(!branch.to_string().starts_with('-'), "{branch}");
    }
    let next = Pending::new(
        pending.prepared.clone(),
        pending.before.clone(),
        Some(pending),
    );
    let mut count = 0;
    let mut last = &next;
    while let Some(earlier) = &last.earlier {
        count += 1;
        last = earlier;
    }
    assert!(count <= MOST_EARLIER, "{count}");
}
