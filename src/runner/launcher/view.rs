//! A view of the file system in a mount namespace: the machine's own folders, with volumes bound where a pod has them.
//!
//! The new root is a small memory file system. The machine's top folders are bound into it as they are; one in which
//! something must be made that is not there gets an overlay, so that nothing is made on the machine itself. `/tmp` is
//! the step's own.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use rustix::mount::{
    MountFlags, MountPropagationFlags, UnmountFlags, mount, mount_bind, mount_bind_recursive,
    mount_change, mount_remount, unmount,
};
use rustix::process::{getgid, getuid, pivot_root};
use rustix::thread::UnshareFlags;

use super::View;

/// Top folders that a view makes for itself.
const OWN: [&str; 3] = ["tmp", "workspace", "tekton"];

/// Enters the view; the process must still have one thread.
///
/// # Errors
/// What could not be done, in words.
pub(super) fn enter(view: &View, working_dir: &str) -> Result<(), String> {
    unshare()?;
    let private = MountPropagationFlags::PRIVATE | MountPropagationFlags::REC;
    mount_change("/", private)
        .map_err(|error| said("make mounts private", Path::new("/"), error))?;
    for folder in [&view.root, &view.overlay] {
        mount(
            "tmpfs",
            folder,
            "tmpfs",
            MountFlags::empty(),
            Some(c"mode=0755"),
        )
        .map_err(|error| said("mount", folder, error))?;
    }
    let builder = Builder { view };
    builder.bind_machine(working_dir)?;
    builder.bind_volumes()?;
    builder.make_folder(Path::new(working_dir))?;
    change_root(&view.root)
}

/// A mount namespace; with a user namespace around it where the user may not make one directly.
fn unshare() -> Result<(), String> {
    let (user, group) = (getuid().as_raw(), getgid().as_raw());
    if user == 0 && unshare_now(UnshareFlags::NEWNS).is_ok() {
        return Ok(());
    }
    unshare_now(UnshareFlags::NEWUSER | UnshareFlags::NEWNS)
        .map_err(|error| format!("cannot make a user namespace: {error}"))?;
    let write = |path: &str, text: String| {
        fs::write(path, text).map_err(|error| format!("cannot write {path}: {error}"))
    };
    write("/proc/self/setgroups", "deny".to_owned())?;
    write("/proc/self/uid_map", format!("{user} {user} 1"))?;
    write("/proc/self/gid_map", format!("{group} {group} 1"))
}

#[expect(
    deprecated,
    reason = "unsafe only with CLONE_FILES, which is never asked for here; and this process has one thread"
)]
fn unshare_now(flags: UnshareFlags) -> rustix::io::Result<()> {
    rustix::thread::unshare(flags)
}

fn said(action: &str, path: &Path, error: impl Into<io::Error>) -> String {
    format!("cannot {action} {}: {}", path.display(), error.into())
}

struct Builder<'a> {
    view: &'a View,
}

impl Builder<'_> {
    /// The place of a path in the new root.
    fn place(&self, path: &Path) -> PathBuf {
        let relative = path
            .components()
            .filter(|part| matches!(part, Component::Normal(_)));
        relative.fold(self.view.root.clone(), |place, part| place.join(part))
    }

    /// The top folders below which something must be made that the machine does not have.
    fn tops_to_write(&self, working_dir: &str) -> BTreeSet<String> {
        let targets = self.view.binds.iter().map(|bind| bind.target.as_path());
        targets
            .chain([Path::new(working_dir)])
            .filter(|path| !path.exists())
            .filter_map(top_of)
            .collect()
    }

    fn bind_machine(&self, working_dir: &str) -> Result<(), String> {
        let written = self.tops_to_write(working_dir);
        for entry in fs::read_dir("/")
            .map_err(|error| said("list", Path::new("/"), error))?
            .flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            let place = self.place(&path);
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if OWN.contains(&name.as_str()) || path == self.view.root {
                continue;
            }
            if kind.is_symlink() {
                let target = fs::read_link(&path).map_err(|error| said("read", &path, error))?;
                std::os::unix::fs::symlink(target, &place)
                    .map_err(|error| said("link", &path, error))?;
            } else if kind.is_dir() {
                fs::create_dir(&place).map_err(|error| said("create", &place, error))?;
                if written.contains(&name) {
                    self.overlay(&name, &path, &place)?;
                } else {
                    mount_bind_recursive(&path, &place)
                        .map_err(|error| said("bind", &path, error))?;
                }
            }
        }
        let own_tmp = self.place(Path::new("/tmp"));
        make_dir(&own_tmp)?;
        open_to_all(&own_tmp)?;
        for path in self.view.visible.iter().filter(|path| path.exists()) {
            let place = self.place(path);
            if place.exists() {
                continue;
            }
            make_point(path, &place)?;
            mount_bind_recursive(path, &place).map_err(|error| said("bind", path, error))?;
        }
        Ok(())
    }

    /// The machine's folder below a layer that takes what is made in it.
    fn overlay(&self, name: &str, path: &Path, place: &Path) -> Result<(), String> {
        let upper = self.view.overlay.join(name).join("upper");
        let work = self.view.overlay.join(name).join("work");
        make_dir(&upper)?;
        make_dir(&work)?;
        let options = format!(
            "lowerdir={},upperdir={},workdir={}",
            path.display(),
            upper.display(),
            work.display()
        );
        let with = |options: String| {
            let options = std::ffi::CString::new(options).map_err(|_| rustix::io::Errno::INVAL)?;
            mount(
                "overlay",
                place,
                "overlay",
                MountFlags::empty(),
                Some(options.as_c_str()),
            )
        };
        // A user namespace keeps the layer's own marks in another place.
        with(format!("{options},userxattr"))
            .or_else(|_| with(options))
            .map_err(|error| said("write below", path, error))
    }

    /// Outer mounts before inner ones.
    fn bind_volumes(&self) -> Result<(), String> {
        let mut binds: Vec<_> = self.view.binds.iter().collect();
        binds.sort_by_key(|bind| bind.target.components().count());
        for bind in binds {
            let place = self.place(&bind.target);
            make_point(&bind.source, &place)?;
            mount_bind(&bind.source, &place).map_err(|error| said("bind", &bind.source, error))?;
            if bind.read_only {
                mount_remount(&place, MountFlags::BIND | MountFlags::RDONLY, "")
                    .or_else(|_| {
                        // A user namespace may not drop what the file system was mounted with.
                        let kept = MountFlags::BIND
                            | MountFlags::RDONLY
                            | MountFlags::NOSUID
                            | MountFlags::NODEV;
                        mount_remount(&place, kept, "")
                    })
                    .map_err(|error| said("protect", &bind.target, error))?;
            }
        }
        Ok(())
    }

    fn make_folder(&self, path: &Path) -> Result<(), String> {
        make_dir(&self.place(path))
    }
}

fn top_of(path: &Path) -> Option<String> {
    path.components().find_map(|part| match part {
        Component::Normal(name) => name.to_str().map(str::to_owned),
        _ => None,
    })
}

fn make_dir(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|error| said("create", path, error))
}

/// Like `/tmp` everywhere: everybody may write, nobody may remove what others made.
fn open_to_all(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = fs::Permissions::from_mode(0o1777);
    fs::set_permissions(path, permissions).map_err(|error| said("open", path, error))
}

/// Something to mount on, of the kind of what is mounted.
fn make_point(source: &Path, place: &Path) -> Result<(), String> {
    if source.is_dir() {
        return make_dir(place);
    }
    if let Some(folder) = place.parent() {
        make_dir(folder)?;
    }
    if place.exists() {
        return Ok(());
    }
    fs::File::create(place)
        .map(drop)
        .map_err(|error| said("create", place, error))
}

/// Makes the new root the root and lets go of the old one.
fn change_root(root: &Path) -> Result<(), String> {
    let old = root.join(".old");
    make_dir(&old)?;
    pivot_root(root, &old).map_err(|error| said("enter", root, error))?;
    rustix::process::chdir("/").map_err(|error| said("enter", Path::new("/"), error))?;
    unmount("/.old", UnmountFlags::DETACH)
        .map_err(|error| said("leave", Path::new("/.old"), error))?;
    fs::remove_dir("/.old").map_err(|error| said("remove", Path::new("/.old"), error))
}
