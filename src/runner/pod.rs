//! The folders of one TaskRun, and where its steps find them.
//!
//! ```text
//! pods/<TaskRun>/volumes/<volume>/   what volumes hold
//!                view/ overlay/      mount points for views
//! claims/<claim>/                    claims that live as long as the run
//! roots/<TaskRun>/                   without views: links at the paths that variables give
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Component, Path, PathBuf};

use tekton::run::{Mount, PodPlan, StepPlan, VolumeContent};

use super::launcher::{Bind, View};
use super::layout::{LANDFALL_IN_VIEW, Layout};

const RESULTS_VOLUME: &str = "tekton-internal-results";
const STEPS_VOLUME: &str = "tekton-internal-steps";
const SCRIPTS_VOLUME: &str = "tekton-internal-scripts";
const WORKSPACE_VOLUME: &str = "tekton-internal-workspace";

/// A volume as it lies on the machine.
#[derive(Debug, Clone)]
struct Volume {
    folder: PathBuf,
    read_only: bool,
}

/// The folders of one try of a TaskRun.
#[derive(Debug, Clone)]
pub(super) struct Pod {
    folder: PathBuf,
    root: PathBuf,
    volumes: BTreeMap<String, Volume>,
    layout: Layout,
}

impl Pod {
    /// Makes the folders; those of an earlier try are put aside.
    ///
    /// # Errors
    /// What the file system refuses, in words.
    pub(super) fn make(plan: &PodPlan, layout: &Layout) -> Result<Self, String> {
        let folder = layout.folder.join("pods").join(&plan.task_run);
        let root = layout.folder.join("roots").join(&plan.task_run);
        for path in [&folder, &root] {
            if plan.attempt > 1 && path.exists() {
                let aside = format!("{}.try{}", path.display(), plan.attempt - 1);
                fs::rename(path, &aside).map_err(|error| said("rename", path, &error))?;
            }
        }
        let mut volumes = BTreeMap::new();
        for (name, content) in &plan.volumes {
            volumes.insert(name.clone(), make_volume(&folder, name, content, layout)?);
        }
        let pod = Self {
            folder,
            root,
            volumes,
            layout: layout.clone(),
        };
        for step in &plan.step_folders {
            make_dir(&pod.volume(STEPS_VOLUME).join(step).join("results"))?;
        }
        for name in ["view", "overlay"] {
            make_dir(&pod.folder.join(name))?;
        }
        pod.make_working_dirs(plan)?;
        Ok(pod)
    }

    fn volume(&self, name: &str) -> PathBuf {
        self.folder.join("volumes").join(name)
    }

    /// Relative folders and those below `/workspace` are there before the first step.
    fn make_working_dirs(&self, plan: &PodPlan) -> Result<(), String> {
        for folder in &plan.working_dirs {
            let below = folder.strip_prefix("/workspace/").unwrap_or(folder);
            // A folder inside a workspace's own mount is made where the step starts.
            make_dir(&inside(&self.volume(WORKSPACE_VOLUME), below)?)?;
        }
        Ok(())
    }

    /// Writes a step's script and says how the step is started.
    pub(super) fn place(&self, plan: &StepPlan) -> Result<Placed, String> {
        let mut argv = plan.argv.clone();
        if let Some(script) = &plan.script {
            let name = Path::new(&script.path).file_name().unwrap_or_default();
            let path = self.volume(SCRIPTS_VOLUME).join(name);
            write_file(&path, script.text.as_bytes(), 0o755)?;
            argv.insert(0, self.path_for_step(&script.path));
        }
        let working_dir = match plan.working_dir.as_str() {
            "" => "/".to_owned(),
            path if path.starts_with('/') => path.to_owned(),
            relative => format!("/workspace/{relative}"),
        };
        if self.layout.is_isolated {
            let view = self.view(plan)?;
            return Ok(Placed {
                argv,
                working_dir,
                view: Some(view),
            });
        }
        self.link(&plan.mounts)?;
        let working_dir = self.host_path(&working_dir, &plan.mounts);
        if working_dir.starts_with(&*self.root.to_string_lossy()) {
            make_dir(Path::new(&working_dir))?;
        }
        Ok(Placed {
            argv,
            working_dir,
            view: None,
        })
    }

    /// A file that a step names, where its launcher finds it.
    pub(super) fn file_for_step(&self, path: &str, mounts: &[Mount]) -> PathBuf {
        PathBuf::from(self.host_path(path, mounts))
    }

    /// A path of a pod as the step sees it.
    fn path_for_step(&self, path: &str) -> String {
        if self.layout.is_isolated {
            path.to_owned()
        } else {
            format!("{}{path}", self.root.display())
        }
    }

    /// A literal path below one of the step's mounts lies below the root; any other is the machine's.
    fn host_path(&self, path: &str, mounts: &[Mount]) -> String {
        let is_mounted = mounts
            .iter()
            .any(|mount| Path::new(path).starts_with(&mount.path));
        if is_mounted {
            self.path_for_step(path)
        } else {
            path.to_owned()
        }
    }

    fn source(&self, mount: &Mount) -> Result<(PathBuf, bool), String> {
        let volume = self
            .volumes
            .get(&mount.volume)
            .ok_or_else(|| format!("there is no volume {}", mount.volume))?;
        let source = inside(&volume.folder, &mount.sub_path)?;
        if !source.exists() {
            make_dir(&source)?;
        }
        Ok((source, mount.read_only || volume.read_only))
    }

    fn view(&self, plan: &StepPlan) -> Result<View, String> {
        let mut binds = Vec::new();
        for mount in &plan.mounts {
            let (source, read_only) = self.source(mount)?;
            binds.push(Bind {
                source,
                target: PathBuf::from(&mount.path),
                read_only,
            });
        }
        let program = self.layout.programs().join("landfall");
        if let Ok(program) = program.canonicalize() {
            let target = PathBuf::from(LANDFALL_IN_VIEW);
            binds.push(Bind {
                source: program,
                target,
                read_only: true,
            });
        }
        Ok(View {
            root: self.folder.join("view"),
            overlay: self.folder.join("overlay"),
            binds,
            visible: Vec::new(),
        })
    }

    /// Puts links to volumes at the paths below the root.
    fn link(&self, mounts: &[Mount]) -> Result<(), String> {
        let mut mounts: Vec<_> = mounts.iter().collect();
        mounts.sort_by_key(|mount| Path::new(&mount.path).components().count());
        for mount in mounts {
            let (source, _) = self.source(mount)?;
            let place = PathBuf::from(self.path_for_step(&mount.path));
            match fs::read_link(&place) {
                Ok(known) if known == source => continue,
                Ok(_) => fs::remove_file(&place).map_err(|error| said("remove", &place, &error))?,
                // A folder that an outer volume has at this path: the link takes its place if it is empty.
                Err(_) if place.is_dir() => {
                    if fs::remove_dir(&place).is_err() {
                        continue;
                    }
                }
                Err(_) => {}
            }
            if let Some(parent) = place.parent() {
                make_dir(parent)?;
            }
            symlink(&source, &place).map_err(|error| said("link", &place, &error))?;
        }
        Ok(())
    }

    /// The result files that are there, each no longer than `limit`.
    pub(super) fn results(&self, names: &[String], limit: usize) -> BTreeMap<String, Vec<u8>> {
        read_all(&self.volume(RESULTS_VOLUME), names, limit)
    }

    /// A step's own result files.
    pub(super) fn step_results(
        &self,
        container: &str,
        names: &[String],
        limit: usize,
    ) -> BTreeMap<String, Vec<u8>> {
        read_all(
            &self.volume(STEPS_VOLUME).join(container).join("results"),
            names,
            limit,
        )
    }

    /// Tells later steps how a step ended.
    pub(super) fn write_exit_code(&self, container: &str, code: i32) {
        let path = self.volume(STEPS_VOLUME).join(container).join("exitCode");
        // Only a step that asks for it misses it.
        let _ = fs::write(path, code.to_string());
    }
}

/// How a step is started.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) argv: Vec<String>,
    pub(super) working_dir: String,
    pub(super) view: Option<View>,
}

fn make_volume(
    pod: &Path,
    name: &str,
    content: &VolumeContent,
    layout: &Layout,
) -> Result<Volume, String> {
    let folder = inside(&pod.join("volumes"), name)?;
    match content {
        VolumeContent::Empty => {
            make_dir(&folder)?;
            Ok(Volume {
                folder,
                read_only: false,
            })
        }
        VolumeContent::Claim { name, is_scratch } => {
            let folder = layout.claim(name, *is_scratch);
            make_dir(&folder)?;
            Ok(Volume {
                folder,
                read_only: false,
            })
        }
        VolumeContent::Files(files) => {
            make_dir(&folder)?;
            for file in files {
                let path = inside(&folder, &file.path)?;
                if let Some(parent) = path.parent() {
                    make_dir(parent)?;
                }
                write_file(&path, &file.content, file.mode)?;
            }
            Ok(Volume {
                folder,
                read_only: true,
            })
        }
    }
}

/// A path below a folder.
///
/// # Errors
/// A path that would lead out of it.
fn inside(folder: &Path, path: &str) -> Result<PathBuf, String> {
    let mut joined = folder.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => joined.push(name),
            Component::CurDir | Component::RootDir => {}
            Component::ParentDir | Component::Prefix(_) => {
                return Err(format!("the path {path:?} leads out of its volume"));
            }
        }
    }
    Ok(joined)
}

fn said(action: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {action} {}: {error}", path.display())
}

fn make_dir(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|error| said("create", path, &error))
}

fn write_file(path: &Path, content: &[u8], mode: u32) -> Result<(), String> {
    let write = || {
        fs::write(path, content)?;
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    };
    write().map_err(|error| said("write", path, &error))
}

/// Files are read no further than one byte over the limit: that much says that they are too long.
fn read_all(folder: &Path, names: &[String], limit: usize) -> BTreeMap<String, Vec<u8>> {
    use std::io::Read as _;
    let read = |name: &String| {
        let path = inside(folder, name).ok()?;
        let file = fs::File::open(path)
            .ok()
            .filter(|file| file.metadata().is_ok_and(|m| m.is_file()))?;
        let mut bytes = Vec::new();
        file.take(limit as u64 + 1).read_to_end(&mut bytes).ok()?;
        Some((name.clone(), bytes))
    };
    names.iter().filter_map(read).collect()
}
