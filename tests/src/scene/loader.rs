//! What the system's loader tells of a program: which libraries it begins and which it ends (`LD_DEBUG`, ld.so(8)).

use super::program::Environment;
use super::trouble::Trouble;
use std::path::{Path, PathBuf};

/// How its files begin; a process's number follows.
const FILES: &str = "loader";

/// The loader, telling into a folder.
pub struct Loader {
    folder: PathBuf,
}

impl Loader {
    /// Has its files in this folder.
    pub fn tells_in(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// What a program is started with so that it tells.
    pub fn environment(&self) -> Environment {
        let files = self.folder.join(FILES).display().to_string();
        [("LD_DEBUG", "files".to_owned()), ("LD_DEBUG_OUTPUT", files)]
            .map(|(name, value)| (name.to_owned(), value))
            .into()
    }

    /// Whether a process has begun a library.
    pub fn has_begun(&self, library: &str) -> Result<bool, Trouble> {
        self.has_called("calling init", library)
    }

    /// Whether a process has had a library tidy up, as an ordinary end does.
    pub fn has_ended(&self, library: &str) -> Result<bool, Trouble> {
        self.has_called("calling fini", library)
    }

    fn has_called(&self, what: &str, library: &str) -> Result<bool, Trouble> {
        let mut has = false;
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(FILES) {
                let told = std::fs::read_to_string(entry.path())?;
                has |= told.lines().any(|line| line.contains(what) && line.contains(library));
            }
        }
        Ok(has)
    }
}
