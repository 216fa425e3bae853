//! Folders: copied as they lie, or kept in memory until they are laid down again.

use std::fs;
use std::path::{Path, PathBuf};

/// What lay in a folder.
#[derive(Debug, Clone, Default)]
pub struct Files(Vec<(PathBuf, Vec<u8>)>);

impl Files {
    /// Everything in a folder, folders in it included.
    pub fn of(folder: &Path) -> Self {
        let mut files = Vec::new();
        collect(folder, Path::new(""), &mut files);
        Self(files)
    }

    /// Lays it down in a folder, which is made.
    pub fn lay_down(&self, folder: &Path) {
        fs::create_dir_all(folder).expect("a folder");
        for (name, content) in &self.0 {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(folder)).expect("a folder");
            fs::write(path, content).expect("a file can be written");
        }
    }
}

/// Copies a folder with all it holds.
pub fn copy_folder(from: &Path, to: &Path) {
    Files::of(from).lay_down(to);
}

fn collect(folder: &Path, name: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder to read").map(|entry| entry.expect("a file in it")) {
        let name = name.join(entry.file_name());
        if entry.file_type().expect("a file's type").is_dir() {
            collect(&entry.path(), &name, files);
        } else {
            files.push((name, fs::read(entry.path()).expect("a file can be read")));
        }
    }
}
