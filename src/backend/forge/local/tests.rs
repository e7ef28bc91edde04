use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use jiff::Timestamp;
use tempfile::TempDir;

use super::LocalForge;
use crate::backend::git::ObjectDatabase;
use crate::ports::clock::SystemClock;
use crate::ports::forge::{
    CommitStatus, ForgeError, Merge, NewPullRequest, PullRequestState, PullRequests as _,
    Repositories as _, Repository, RepositoryName, StatusState, Statuses as _,
};
use crate::ports::git::{
    BranchName, Change, CommitId, GitError, GitObjects as _, Identity, NewCommit, RefName,
    RemoteUrl,
};

struct Scratch {
    folder: TempDir,
    forge: LocalForge,
    repository: Repository,
    main: CommitId,
}

impl Scratch {
    /// A forge with `acme/environment-staging`, one commit on `main`.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let forge = forge(folder.path().to_owned());
        let name: RepositoryName = "acme/environment-staging".parse().unwrap();
        let repository = forge.create_repository(&name).unwrap();
        let path = repository.path().unwrap();
        let main = commit(&path, &[], "a", "1\n");
        ObjectDatabase
            .move_ref(&path, &BranchName::main().reference(), Some(&main), None)
            .unwrap();
        Self {
            folder,
            forge,
            repository,
            main,
        }
    }

    fn path(&self) -> PathBuf {
        self.repository.path().unwrap()
    }

    /// A branch with one more commit on top of `main`.
    fn branch(&self, name: &str, file: &str, text: &str) -> (BranchName, CommitId) {
        let branch: BranchName = name.parse().unwrap();
        let head = commit(&self.path(), &[&self.main], file, text);
        let old = self.resolve(&branch.reference());
        ObjectDatabase
            .move_ref(&self.path(), &branch.reference(), Some(&head), old.as_ref())
            .unwrap();
        (branch, head)
    }

    fn resolve(&self, name: &RefName) -> Option<CommitId> {
        ObjectDatabase.resolve(&self.path(), name).unwrap()
    }
}

fn forge(root: PathBuf) -> LocalForge {
    LocalForge::new(
        root.join("forge"),
        root.join("spool"),
        Arc::new(ObjectDatabase),
        Arc::new(SystemClock),
    )
}

fn commit(path: &std::path::Path, parents: &[&CommitId], file: &str, text: &str) -> CommitId {
    let commit = NewCommit {
        parents: parents.iter().map(|id| (*id).clone()).collect(),
        changes: vec![Change {
            path: file.to_owned(),
            contents: Some(text.as_bytes().to_vec()),
        }],
        message: format!("{file} is {text}"),
        identity: Identity::landfall(),
        time: Timestamp::UNIX_EPOCH,
    };
    ObjectDatabase.commit(path, &commit).unwrap()
}

fn request(branch: &BranchName, head: &CommitId) -> NewPullRequest {
    NewPullRequest {
        head_branch: branch.clone(),
        head: head.clone(),
        base_branch: BranchName::main(),
        title: "promote".to_owned(),
        body: String::new(),
        draft: false,
        author: "ada".to_owned(),
    }
}

fn merge(head: &CommitId) -> Merge {
    Merge {
        expected_head: head.clone(),
        message: "Merge".to_owned(),
        by: "ada".to_owned(),
    }
}

fn green() -> CommitStatus {
    CommitStatus {
        context: "landfall/pull-request".to_owned(),
        state: StatusState::Success,
        description: String::new(),
        target: String::new(),
        updated: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_pull_request_is_opened_updated_and_merged() {
    let scratch = Scratch::new();
    let Scratch {
        forge, repository, ..
    } = &scratch;
    let (branch, head) = scratch.branch("promote/staging/jx/shop", "b", "1\n");
    let first = forge
        .open_pull_request(repository, &request(&branch, &head))
        .unwrap();
    assert_eq!((first.number, &first.head), (1, &head));
    assert_eq!(
        scratch.resolve(&RefName::of_pull_request(1)),
        Some(head.clone())
    );
    assert_eq!(
        first.reference(&repository.name),
        "acme/environment-staging#1"
    );

    let (_, newer) = scratch.branch("promote/staging/jx/shop", "b", "2\n");
    let second = forge
        .open_pull_request(repository, &request(&branch, &newer))
        .unwrap();
    assert_eq!((second.number, &second.head), (1, &newer));

    let error = forge
        .merge_pull_request(repository, 1, &merge(&head))
        .unwrap_err();
    assert!(
        matches!(&error, ForgeError::HeadMoved { found, .. } if *found == newer),
        "{error}"
    );
    let merged = forge
        .merge_pull_request(repository, 1, &merge(&newer))
        .unwrap();
    assert_eq!(merged.state, PullRequestState::Merged);
    assert_eq!(
        scratch.resolve(&BranchName::main().reference()),
        merged.merge_commit
    );
    assert_eq!(scratch.resolve(&branch.reference()), None);
    // Again is fine, and so is asking for it once its branch is gone.
    let again = forge
        .merge_pull_request(repository, 1, &merge(&newer))
        .unwrap();
    assert_eq!(again.merge_commit, merged.merge_commit);
    assert!(matches!(
        forge.close_pull_request(repository, 1, "ada"),
        Err(ForgeError::NotOpen { .. })
    ));

    let references: Vec<String> = forge
        .events()
        .unwrap()
        .iter()
        .flat_map(|event| &event.updates)
        .map(|update| update.reference.to_string())
        .collect();
    assert_eq!(
        references,
        ["refs/pull/1/head", "refs/pull/1/head", "refs/heads/main"]
    );
}

#[test]
fn a_conflict_names_the_file_and_moves_nothing() {
    let scratch = Scratch::new();
    let (branch, head) = scratch.branch("mine", "a", "2\n");
    let other = commit(&scratch.path(), &[&scratch.main], "a", "3\n");
    let main = BranchName::main().reference();
    ObjectDatabase
        .move_ref(&scratch.path(), &main, Some(&other), Some(&scratch.main))
        .unwrap();
    scratch
        .forge
        .open_pull_request(&scratch.repository, &request(&branch, &head))
        .unwrap();
    let error = scratch
        .forge
        .merge_pull_request(&scratch.repository, 1, &merge(&head))
        .unwrap_err();
    assert!(
        matches!(&error, ForgeError::Git(GitError::Conflict { files }) if files == &["a"]),
        "{error}"
    );
    assert_eq!(scratch.resolve(&main), Some(other));
}

#[test]
fn eight_at_once_get_eight_numbers() {
    let scratch = Scratch::new();
    let mut numbers: Vec<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|index| {
                let scratch = &scratch;
                scope.spawn(move || {
                    let (branch, head) =
                        scratch.branch(&format!("b{index}"), &format!("f{index}"), "x");
                    forge(scratch.folder.path().to_owned())
                        .open_pull_request(&scratch.repository, &request(&branch, &head))
                        .unwrap()
                        .number
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
}

#[test]
fn a_merge_whose_process_died_before_it_was_written_down_is_found() {
    let scratch = Scratch::new();
    let Scratch {
        forge, repository, ..
    } = &scratch;
    let (branch, head) = scratch.branch("mine", "b", "1\n");
    forge
        .open_pull_request(repository, &request(&branch, &head))
        .unwrap();
    for event in forge.events().unwrap() {
        forge.acknowledge(&event).unwrap();
    }
    // What the dead process did: the merge and the move of main, nothing else. Then main went on.
    let merge_commit = ObjectDatabase
        .merge(
            &scratch.path(),
            &crate::ports::git::NewMerge {
                ours: scratch.main.clone(),
                theirs: head.clone(),
                message: "Merge".to_owned(),
                identity: Identity::landfall(),
                time: Timestamp::UNIX_EPOCH,
            },
        )
        .unwrap();
    let next = commit(&scratch.path(), &[&merge_commit], "c", "1\n");
    ObjectDatabase
        .move_ref(
            &scratch.path(),
            &BranchName::main().reference(),
            Some(&next),
            Some(&scratch.main),
        )
        .unwrap();

    let pull = forge.pull_request(repository, 1).unwrap().unwrap();
    assert_eq!(pull.state, PullRequestState::Merged);
    assert_eq!(pull.merge_commit.as_ref(), Some(&merge_commit));
    assert_eq!(scratch.resolve(&branch.reference()), None);
    let events = forge.events().unwrap();
    assert_eq!(events[0].updates[0].new.as_ref(), Some(&merge_commit));
}

#[test]
fn an_unchecked_head_is_announced_again_and_a_checked_one_is_not() {
    let scratch = Scratch::new();
    let Scratch {
        forge, repository, ..
    } = &scratch;
    let (branch, head) = scratch.branch("mine", "b", "1\n");
    let open = || {
        forge
            .open_pull_request(repository, &request(&branch, &head))
            .unwrap();
        forge.events().unwrap()
    };
    assert_eq!(open().len(), 1);
    assert_eq!(open().len(), 1, "the same event is written once");
    forge.acknowledge(&open()[0]).unwrap();
    assert_eq!(open().len(), 1, "the event was lost before a check began");
    forge.set_status(repository, &head, &green()).unwrap();
    forge.acknowledge(&open()[0]).unwrap();
    assert_eq!(open().len(), 0);
    let statuses = forge.statuses(repository, &head).unwrap();
    assert_eq!(statuses, [green()]);
}

#[test]
fn a_push_with_git_is_noted_and_moves_its_pull_request() {
    let scratch = Scratch::new();
    let Scratch {
        forge, repository, ..
    } = &scratch;
    let (branch, head) = scratch.branch("mine", "b", "1\n");
    forge
        .open_pull_request(repository, &request(&branch, &head))
        .unwrap();
    for event in forge.events().unwrap() {
        forge.acknowledge(&event).unwrap();
    }
    let newer = commit(&scratch.path(), &[&scratch.main], "b", "2\n");
    let quoted = "refs/heads/a\"b";
    let output = Command::new("git")
        .args(["push", "--force", "--quiet"])
        .arg(scratch.path())
        .arg(format!("{newer}:refs/heads/mine"))
        .arg(format!("{newer}:{quoted}"))
        .current_dir(scratch.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let events = forge.events().unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].repository, repository.name);
    let mut references: Vec<_> = events[0]
        .updates
        .iter()
        .map(|update| update.reference.as_str())
        .collect();
    references.sort_unstable();
    assert_eq!(references, [quoted, "refs/heads/mine"]);

    let changed = forge.refresh_pull_requests(repository, &branch).unwrap();
    assert_eq!(changed[0].head, newer);
    assert!(
        forge
            .refresh_pull_requests(repository, &branch)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_file_that_is_no_event_is_set_aside() {
    let scratch = Scratch::new();
    let spool = scratch.folder.path().join("spool");
    std::fs::create_dir_all(&spool).unwrap();
    std::fs::write(spool.join("1.json"), "{").unwrap();
    std::fs::write(spool.join(".2.tmp"), "half").unwrap();
    assert!(scratch.forge.events().unwrap().is_empty());
    assert!(spool.join("bad/1.json").exists());
}

#[test]
fn repositories_are_made_found_and_removed() {
    let scratch = Scratch::new();
    let Scratch {
        forge, repository, ..
    } = &scratch;
    assert_eq!(
        forge.create_repository(&repository.name).unwrap(),
        *repository
    );
    assert_eq!(
        forge.repositories().unwrap(),
        std::slice::from_ref(repository)
    );
    assert_eq!(forge.repository_at(&repository.url).unwrap(), *repository);
    let elsewhere: RemoteUrl = "https://github.com/acme/shop".parse().unwrap();
    assert!(matches!(
        forge.repository_at(&elsewhere),
        Err(ForgeError::OtherForge { .. })
    ));
    forge.remove_repository(&repository.name).unwrap();
    forge.remove_repository(&repository.name).unwrap();
    assert_eq!(forge.repository(&repository.name).unwrap(), None);
    assert!(forge.repositories().unwrap().is_empty());
}
