//! The registered environments: `environments.yaml`, and the repositories behind its entries.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::content::EnvironmentFiles;
use super::error::bad_file;
use super::layout::{Layout, own};
use super::{
    Descriptor, Environment, EnvironmentError, EnvironmentName, Strategy, descriptor, scaffold,
};
use crate::files::{self, Lock, WriteOptions};
use crate::ports::clock::Clock;
use crate::ports::forge::{Forge, Repository, RepositoryName};
use crate::ports::git::{
    BranchName, CommitId, GitError, GitObjects, Identity, NewCommit, RemoteUrl,
};
use crate::yaml;

/// How long a process waits for another one that changes the list.
const LOCK_WAIT: Duration = Duration::from_secs(30);

/// The environments that are made on first use.
const DEFAULTS: [(&str, i32, Strategy); 2] = [
    ("staging", 100, Strategy::Auto),
    ("production", 200, Strategy::Manual),
];

/// What is between the orders of environments that are made one after the other.
const ORDER_STEP: i32 = 100;

/// The registered environments.
#[derive(Debug, Clone)]
pub struct Environments {
    file: PathBuf,
    org: String,
    chart_repository: String,
    forge: Arc<dyn Forge>,
    objects: Arc<dyn GitObjects>,
    clock: Arc<dyn Clock>,
}

/// An environment to be registered, and made where it is not there.
#[derive(Debug, Clone, Default)]
pub struct NewEnvironment {
    /// Its name.
    pub name: String,
    /// The address or the path of its repository; `None`: `ORG/environment-NAME` on the local forge.
    pub repository: Option<String>,
    /// Its folder in the repository.
    pub dir: String,
    /// Where it stands; `None`: as its repository says, else after the last one.
    pub order: Option<i32>,
    /// Who decides; `None`: as its repository says, else Manual.
    pub promotion: Option<Strategy>,
    /// The namespace of its apps; `None`: its name.
    pub namespace: Option<String>,
}

/// An app in an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The namespace that it runs in.
    pub namespace: String,
    /// Its name.
    pub app: String,
    /// The version, as written.
    pub version: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    environments: Vec<Environment>,
}

impl Environments {
    /// The list in `file`. New repositories belong to `org`, and their charts come from `chart_repository`.
    pub fn new(
        file: PathBuf,
        org: &str,
        chart_repository: &str,
        forge: Arc<dyn Forge>,
        objects: Arc<dyn GitObjects>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            file,
            org: org.to_owned(),
            chart_repository: chart_repository.to_owned(),
            forge,
            objects,
            clock,
        }
    }

    /// The registered environments by order and name. None before first use.
    ///
    /// # Errors
    /// A list that cannot be read.
    pub fn list(&self) -> Result<Vec<Environment>, EnvironmentError> {
        let list: Option<List> = yaml::read_if_there(&self.file)?;
        let mut environments = list.unwrap_or_default().environments;
        environments.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
        Ok(environments)
    }

    /// One of them.
    ///
    /// # Errors
    /// [`EnvironmentError::Unknown`] with the names that are there.
    pub fn get(&self, name: &str) -> Result<Environment, EnvironmentError> {
        let all = self.list()?;
        let known = all.iter().map(|one| one.name.to_string()).collect();
        all.into_iter()
            .find(|one| one.name.as_str() == name)
            .ok_or_else(|| EnvironmentError::Unknown {
                name: name.to_owned(),
                known,
            })
    }

    /// Makes `staging` and `production` where no environment is registered; returns what was made.
    ///
    /// # Errors
    /// A list or a repository that cannot be written.
    pub fn ensure_defaults(&self) -> Result<Vec<Environment>, EnvironmentError> {
        if !self.list()?.is_empty() {
            return Ok(Vec::new());
        }
        let _lock = self.lock()?;
        let mut all = self.list()?;
        if !all.is_empty() {
            return Ok(Vec::new());
        }
        for (name, order, promotion) in DEFAULTS {
            let name: EnvironmentName = name.parse()?;
            let repository = self.default_repository(&name)?;
            let environment = Environment {
                namespace: name.to_string(),
                repository: repository.to_string(),
                name,
                dir: String::new(),
                order,
                promotion,
            };
            self.make(&environment)?;
            all.push(environment);
        }
        self.save(&all)?;
        Ok(all)
    }

    /// Registers an environment, and makes its repository where there is none.
    ///
    /// # Errors
    /// [`EnvironmentError::Exists`], [`EnvironmentError::Layout`], or what cannot be written.
    pub fn create(&self, new: &NewEnvironment) -> Result<Environment, EnvironmentError> {
        let name: EnvironmentName = new.name.parse()?;
        let _lock = self.lock()?;
        let mut all = self.list()?;
        let repository = match &new.repository {
            None => self.default_repository(&name)?.to_string(),
            Some(address) => address.clone(),
        };
        let mut environment = Environment {
            namespace: new.namespace.clone().unwrap_or_else(|| name.to_string()),
            name,
            repository,
            dir: folder(&new.dir)?,
            order: new.order.unwrap_or_else(|| {
                all.last()
                    .map_or(ORDER_STEP, |last| last.order + ORDER_STEP)
            }),
            promotion: new.promotion.unwrap_or_default(),
        };
        environment.namespace.parse::<EnvironmentName>()?;
        if let Some(known) = all.iter().find(|one| one.name == environment.name) {
            return if known.repository == environment.repository && known.dir == environment.dir {
                Ok(known.clone())
            } else {
                Err(EnvironmentError::Exists {
                    name: known.name.to_string(),
                    repository: known.repository.clone(),
                })
            };
        }
        if let Some(there) = self.make(&environment)? {
            environment.order = new.order.unwrap_or(there.order);
            environment.promotion = new.promotion.unwrap_or(there.promotion);
        }
        all.push(environment.clone());
        self.save(&all)?;
        Ok(environment)
    }

    /// The repository of an environment.
    ///
    /// # Errors
    /// A repository that is not there, or on a forge that this version does not talk to.
    pub fn repository(&self, environment: &Environment) -> Result<Repository, EnvironmentError> {
        if let Ok(name) = environment.repository.parse::<RepositoryName>() {
            return self
                .forge
                .repository(&name)?
                .ok_or_else(|| crate::ports::forge::ForgeError::NoRepository { name }.into());
        }
        let url = address(&environment.repository)?;
        Ok(self.forge.repository_at(&url)?)
    }

    /// The commit that says what runs in an environment.
    ///
    /// # Errors
    /// As [`Environments::repository`]; a repository without a commit.
    pub fn head(
        &self,
        environment: &Environment,
    ) -> Result<(Repository, CommitId), EnvironmentError> {
        let repository = self.repository(environment)?;
        let path = repository.path()?;
        let branch = &repository.default_branch;
        let head = self.objects.resolve(&path, &branch.reference())?;
        let head = head.ok_or_else(|| EnvironmentError::NoEnvironment {
            repository: environment.repository.clone(),
            why: format!("its branch {branch} has no commit"),
        })?;
        Ok((repository, head))
    }

    /// What an environment says about itself at a commit.
    ///
    /// # Errors
    /// A file that is missing or wrong.
    pub fn descriptor(
        &self,
        environment: &Environment,
        path: &Path,
        commit: &CommitId,
    ) -> Result<Descriptor, EnvironmentError> {
        let file = environment.path(descriptor::FILE);
        let bytes = self.objects.read_file(path, commit, &file)?;
        let bytes = bytes.ok_or_else(|| EnvironmentError::NoEnvironment {
            repository: environment.repository.clone(),
            why: format!("it has no {file}"),
        })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| bad_file(&environment.repository, &file, None, "it is not UTF-8"))?;
        let label = PathBuf::from(format!("{}:{file}", environment.repository));
        Ok(yaml::parse(&text, &label)?)
    }

    /// The files of an environment at a commit that say what runs there.
    ///
    /// # Errors
    /// A repository that cannot be read.
    pub fn files(
        &self,
        environment: &Environment,
        path: &Path,
        commit: &CommitId,
    ) -> Result<EnvironmentFiles, EnvironmentError> {
        let prefix = environment.path("");
        let mut files = EnvironmentFiles::new();
        for file in self.objects.list_files(path, commit, &environment.dir)? {
            let relative = file.strip_prefix(&prefix).unwrap_or(&file);
            if own::is_content(relative)
                && let Some(content) = self.objects.read_file(path, commit, &file)?
            {
                files.insert(relative.to_owned(), content);
            }
        }
        Ok(files)
    }

    /// The apps of an environment, as its branch has them now, in the order of namespace and name.
    ///
    /// # Errors
    /// A repository or a chart that cannot be read.
    pub fn installed(&self, environment: &Environment) -> Result<Vec<Installed>, EnvironmentError> {
        let (repository, head) = self.head(environment)?;
        let path = repository.path()?;
        let folder = environment.path("namespaces");
        let files = self.objects.list_files(&path, &head, &folder)?;
        let prefix = environment.path("");
        let names = files
            .iter()
            .map(|file| file.strip_prefix(&prefix).unwrap_or(file));
        let mut installed = Vec::new();
        for (namespace, app) in own::apps(names) {
            let file = environment.path(&own::chart_file(&namespace, &app));
            let bytes = self.objects.read_file(&path, &head, &file)?;
            let text = String::from_utf8(bytes.unwrap_or_default())
                .map_err(|_| bad_file(&environment.repository, &file, None, "it is not UTF-8"))?;
            let found = own::read(&text, &app)
                .map_err(|error| bad_file(&environment.repository, &file, error.line, error.why))?;
            // A folder with a chart of its own making has no version to promote.
            if let Some(dependency) = found {
                installed.push(Installed {
                    namespace,
                    app,
                    version: dependency.version,
                });
            }
        }
        Ok(installed)
    }

    /// Makes the repository and its first commit where they are not there; returns what an existing one says.
    fn make(&self, environment: &Environment) -> Result<Option<Descriptor>, EnvironmentError> {
        let repository = if let Ok(name) = environment.repository.parse::<RepositoryName>() {
            self.forge.create_repository(&name)?
        } else {
            let url = address(&environment.repository)?;
            if let Some((owner, name)) = url.owner_and_name() {
                RepositoryName::new(&owner, &name).map_err(GitError::from)?;
            }
            if let Some(path) = url.path()
                && !path.exists()
            {
                self.objects.init_bare(&path, &BranchName::main())?;
            }
            self.forge.repository_at(&url)?
        };
        let path = repository.path()?;
        let branch = repository.default_branch.reference();
        let old = self.objects.resolve(&path, &branch)?;
        if let Some(head) = &old {
            let files = self.objects.list_files(&path, head, &environment.dir)?;
            let prefix = environment.path("");
            let names = files
                .iter()
                .map(|file| file.strip_prefix(&prefix).unwrap_or(file));
            match Layout::detect(names) {
                Some(Layout::Own) => return self.descriptor(environment, &path, head).map(Some),
                Some(other) => {
                    return Err(EnvironmentError::Layout {
                        repository: environment.repository.clone(),
                        layout: other.name(),
                    });
                }
                None if files.is_empty() => {}
                None => {
                    return Err(EnvironmentError::NoEnvironment {
                        repository: environment.repository.clone(),
                        why: "its files are of no layout that is known here".to_owned(),
                    });
                }
            }
        }
        let commit = self.objects.commit(
            &path,
            &NewCommit {
                parents: old.iter().cloned().collect(),
                changes: scaffold::files(environment, &self.chart_repository)?,
                message: format!("chore: create environment {}\n", environment.name),
                identity: Identity::landfall(),
                time: self.clock.now(),
            },
        )?;
        match self
            .objects
            .move_ref(&path, &branch, Some(&commit), old.as_ref())
        {
            // Another process made the same environment.
            Err(GitError::RefMoved { .. }) if old.is_none() => Ok(None),
            done => Ok(done.map(|()| None)?),
        }
    }

    fn default_repository(
        &self,
        name: &EnvironmentName,
    ) -> Result<RepositoryName, EnvironmentError> {
        RepositoryName::new(&self.org, &format!("environment-{name}"))
            .map_err(|error| GitError::from(error).into())
    }

    fn lock(&self) -> Result<Lock, EnvironmentError> {
        let path = self.file.with_extension("lock");
        Ok(Lock::acquire(&path, "the list of environments", LOCK_WAIT)?)
    }

    fn save(&self, environments: &[Environment]) -> Result<(), EnvironmentError> {
        let list = List {
            environments: environments.to_vec(),
        };
        let text = yaml::print(&list)?;
        let options = WriteOptions {
            mode: None,
            durable: true,
        };
        Ok(files::write_atomic(&self.file, text.as_bytes(), options)?)
    }
}

fn address(text: &str) -> Result<RemoteUrl, EnvironmentError> {
    text.parse()
        .map_err(|error| GitError::BadName(error).into())
}

/// A folder of a repository as we write it: no slashes around it, no way out of it.
fn folder(text: &str) -> Result<String, EnvironmentError> {
    let folder = text.trim_matches('/');
    let folder = folder.strip_prefix("./").unwrap_or(folder);
    if folder.is_empty() || folder == "." {
        return Ok(String::new());
    }
    if folder
        .split('/')
        .any(|part| matches!(part, "" | "." | ".." | ".git"))
    {
        return Err(EnvironmentError::NoEnvironment {
            repository: text.to_owned(),
            why: "this is no folder of a repository".to_owned(),
        });
    }
    Ok(folder.to_owned())
}
