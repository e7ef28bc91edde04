//! The local forge's records on disk: a pull request, the statuses of a commit, an event of the spool, with the input as content.
//!
//! Laws: what was read can be written and reads back as the same; a spool with a bad event still gives the good one, and the bad one is
//! set aside.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use landfall::backend::forge::LocalForge;
use landfall::backend::git::ObjectDatabase;
use landfall::ports::clock::ManualClock;
use landfall::ports::forge::{
    CommitStatus, PullRequest, PullRequests as _, Repositories as _, Repository, StatusState,
    Statuses as _,
};
use landfall::ports::git::CommitId;

struct World {
    folder: tempfile::TempDir,
    forge: LocalForge,
    repository: Repository,
    commit: CommitId,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let forge = LocalForge::new(
            folder.path().join("forge"),
            folder.path().join("spool"),
            Arc::new(ObjectDatabase),
            Arc::new(ManualClock::new(Timestamp::UNIX_EPOCH)),
        );
        let name = "acme/shop".parse().expect("a name");
        let repository = forge.create_repository(&name).expect("a repository");
        let commit = "1".repeat(40).parse().expect("a commit");
        Self {
            folder,
            forge,
            repository,
            commit,
        }
    }

    fn put(&self, path: PathBuf, bytes: &[u8]) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    fn state(&self) -> PathBuf {
        self.repository.path().expect("a path").join("landfall")
    }

    fn pull_request(&self, bytes: &[u8]) {
        self.put(self.state().join("pulls/1.json"), bytes);
        let all = self.forge.pull_requests(&self.repository);
        let one = self.forge.pull_request(&self.repository, 1);
        let Ok(all) = all else {
            assert!(one.is_err(), "one reading refuses what the other takes");
            return;
        };
        assert_eq!(all.len(), 1);
        let printed = serde_json::to_vec(&all[0]).expect("a record prints");
        let read: PullRequest = serde_json::from_slice(&printed).expect("a record reads back");
        assert_eq!(read, all[0]);
    }

    fn statuses(&self, bytes: &[u8]) {
        let path = self.state().join(format!("statuses/{}.json", self.commit));
        self.put(path, bytes);
        let Ok(before) = self.forge.statuses(&self.repository, &self.commit) else {
            return;
        };
        let status = CommitStatus {
            context: "landfall/check".to_owned(),
            state: StatusState::Success,
            description: String::new(),
            target: String::new(),
            updated: Timestamp::UNIX_EPOCH,
        };
        self.forge
            .set_status(&self.repository, &self.commit, &status)
            .expect("what was read can be written");
        let after = self
            .forge
            .statuses(&self.repository, &self.commit)
            .expect("what was written reads");
        let others = |all: &[CommitStatus]| {
            let mut all: Vec<_> = all
                .iter()
                .filter(|one| one.context != status.context)
                .cloned()
                .collect();
            all.sort_by(|a, b| a.context.cmp(&b.context));
            all
        };
        assert_eq!(others(&after), others(&before));
        assert!(after.contains(&status));
    }

    fn event(&self, bytes: &[u8]) {
        let spool = self.folder.path().join("spool");
        let good = format!(
            r#"{{"repository":"acme/shop","updates":[{{"old":"{}","new":"{}","reference":"refs/heads/main"}}]}}"#,
            "0".repeat(40),
            self.commit
        );
        self.put(spool.join("good.json"), good.as_bytes());
        self.put(spool.join("input.json"), bytes);
        let events = self.forge.events().expect("a bad event is in nobody's way");
        assert!(events.iter().any(|event| event.id == "good"));
        let is_read = events.iter().any(|event| event.id == "input");
        assert_ne!(is_read, spool.join("bad/input.json").exists());
        for event in &events {
            self.forge.acknowledge(event).expect("acknowledged");
        }
        assert!(self.forge.events().expect("an empty spool").is_empty());
        let _ = fs::remove_dir_all(spool.join("bad"));
    }
}

/// Runs the target.
pub fn check(bytes: &[u8]) {
    thread_local! {
        static WORLD: World = World::new();
    }
    WORLD.with(|world| {
        world.pull_request(bytes);
        world.statuses(bytes);
        world.event(bytes);
    });
}
