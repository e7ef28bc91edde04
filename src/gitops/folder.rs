//! An environment as it lies in a folder: a checkout of its repository.

use std::path::Path;

use super::content::EnvironmentFiles;
use super::descriptor;
use super::layout::own;
use crate::files::{self, FileError};
use crate::project::Project;

/// The most of one file that is read: 16 MiB.
const LIMIT: u64 = 16 << 20;

/// The files of the environment in `folder` that say what runs; `None` when the folder holds no environment of our layout.
///
/// # Errors
/// A folder or a file that cannot be read.
pub fn read_folder(folder: &Path) -> Result<Option<EnvironmentFiles>, FileError> {
    if !folder.join(descriptor::FILE).is_file() {
        return Ok(None);
    }
    let mut content = EnvironmentFiles::new();
    let project = Project::load(folder)?;
    for path in project.files().iter().filter(|path| own::is_content(path)) {
        let file = files::join_inside(folder, Path::new(path))?;
        content.insert(path.clone(), files::read_bytes(&file, LIMIT)?);
    }
    Ok(Some(content))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::read_folder;

    #[test]
    fn only_a_folder_with_an_environment_file_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let app = folder.path().join("namespaces/staging/shop");
        fs::create_dir_all(&app).unwrap();
        fs::write(app.join("Chart.yaml"), "name: shop\n").unwrap();
        assert_eq!(read_folder(folder.path()).unwrap(), None);
        fs::write(folder.path().join("environment.yaml"), "name: staging\n").unwrap();
        let files = read_folder(folder.path()).unwrap().unwrap();
        assert_eq!(
            files.into_iter().collect::<Vec<_>>(),
            [(
                "namespaces/staging/shop/Chart.yaml".to_owned(),
                b"name: shop\n".to_vec()
            )]
        );
    }
}
