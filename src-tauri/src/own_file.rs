//! The file of this very program.
//!
//! Belongs here: its path, also after an upgrade has put a newer one in its place.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// What Linux adds to the path of a program whose file was replaced or removed while it ran.
const REPLACED: &str = " (deleted)";

/// Where this program lies, or the one that an upgrade put in its place.
pub(crate) fn own_file() -> io::Result<PathBuf> {
    std::env::current_exe().map(as_it_lies_there)
}

fn as_it_lies_there(said: PathBuf) -> PathBuf {
    let name = said.file_name().and_then(OsStr::to_str);
    let replaced = name.and_then(|name| name.strip_suffix(REPLACED)).map(|name| said.with_file_name(name));
    // A program may be named so, and one that was removed is named as the system names it.
    replaced.filter(|replaced| !said.exists() && is_program(replaced)).unwrap_or(said)
}

fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::as_it_lies_there;
    use std::fs;

    #[test]
    fn after_an_upgrade_it_is_the_newer_program_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let said = folder.path().join("madoguchi (deleted)");
        assert_eq!(as_it_lies_there(said.clone()), said, "removed, and nothing in its place");
        let newer = folder.path().join("madoguchi");
        fs::write(&newer, "newer").unwrap();
        assert_eq!(as_it_lies_there(said.clone()), newer);
        fs::write(&said, "named so").unwrap();
        assert_eq!(as_it_lies_there(said.clone()), said);
        assert_eq!(as_it_lies_there(newer.clone()), newer);
    }

    /// The system's own words, by a program that is replaced while it runs.
    #[test]
    #[cfg(target_os = "linux")]
    fn the_system_says_so_of_a_program_that_is_replaced_while_it_runs() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("sleep");
        fs::copy("/bin/sleep", &program).unwrap();
        let mut running = std::process::Command::new(&program).arg("60").spawn().unwrap();
        let newer = folder.path().join("sleep.new");
        fs::copy("/bin/sleep", &newer).unwrap();
        fs::rename(&newer, &program).unwrap();
        let said = fs::read_link(format!("/proc/{}/exe", running.id())).unwrap();
        running.kill().unwrap();
        running.wait().unwrap();
        assert_ne!(said, program);
        assert_eq!(as_it_lies_there(said), program);
    }
}
