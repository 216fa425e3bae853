//! Folders that two programs have agreed on, on any file system the PC reaches.
//!
//! Belongs here: laying files down so that nobody ever sees half of one. Does not belong here: what they say,
//! which folder, when.
//! Why it exists: whoever takes files from a folder takes what has its name, so a file gets its name last.

use madoguchi_port::drop_folder::{DropFault, DropFolders};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

/// Files of this ending are not whole yet; receivers leave them alone.
const UNFINISHED: &str = ".part";
/// What is written to find out whether writing works. Ends like what is not whole.
const TRIAL: &str = ".madoguchi-trial.part";

/// The folders of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemFolders;

impl DropFolders for SystemFolders {
    fn check(&self, folder: &Path, bytes: usize) -> Result<(), DropFault> {
        is_there(folder)?;
        let trial = folder.join(TRIAL);
        let written = write_down(&trial, &vec![0; bytes]);
        let removed = fs::remove_file(&trial);
        written.and(removed).map_err(|error| fault(&error))
    }

    fn put(&self, folder: &Path, name: &str, content: &[u8]) -> Result<(), DropFault> {
        is_there(folder)?;
        let draft = folder.join(format!("{name}{UNFINISHED}"));
        let put = write_down(&draft, content).and_then(|()| fs::rename(&draft, folder.join(name)));
        if put.is_err() {
            // Half of it helps nobody; that it cannot be removed either, says the fault already.
            let _ = fs::remove_file(&draft);
        }
        put.and_then(|()| flush_names(folder)).map_err(|error| fault(&error))
    }

    fn names(&self, folder: &Path) -> Result<Vec<String>, DropFault> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| fault(&error))? {
            let entry = entry.map_err(|error| fault(&error))?;
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if let (true, Ok(name)) = (is_file, entry.file_name().into_string()) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn read(&self, folder: &Path, name: &str, most: usize) -> Result<Option<Vec<u8>>, DropFault> {
        let file = match File::open(folder.join(name)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault(&error)),
        };
        let mut content = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        file.take(limit).read_to_end(&mut content).map_err(|error| fault(&error))?;
        Ok((content.len() <= most).then_some(content))
    }

    fn remove(&self, folder: &Path, name: &str) -> Result<(), DropFault> {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(fault(&error)),
            _ => Ok(()),
        }
    }
}

fn is_there(folder: &Path) -> Result<(), DropFault> {
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(DropFault::Absent),
        Err(error) => Err(fault(&error)),
    }
}

fn write_down(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// A new name is on the disk once its folder is. Windows writes names through by itself.
#[cfg(unix)]
fn flush_names(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some shares have no such thing as flushing a folder.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        flushed => flushed,
    }
}

#[cfg(not(unix))]
fn flush_names(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn fault(error: &io::Error) -> DropFault {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => DropFault::Absent,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => DropFault::NotWritable,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => DropFault::Full,
        _ => DropFault::Failed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use madoguchi_doubles::contract;

    #[test]
    fn the_folders_of_the_system_keep_the_contract() {
        let folder = tempfile::tempdir().unwrap();
        contract::drop_folders(&SystemFolders, folder.path(), &folder.path().join("gone"));
    }

    #[test]
    fn nothing_but_the_file_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        SystemFolders.check(folder.path(), 320).unwrap();
        SystemFolders.put(folder.path(), "one.dat", b"1").unwrap();
        assert_eq!(SystemFolders.names(folder.path()).unwrap(), ["one.dat"]);
        assert!(fs::create_dir(folder.path().join("processed")).is_ok());
        assert_eq!(SystemFolders.names(folder.path()).unwrap(), ["one.dat"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_disk_without_room_is_told_before_anything_is_asked_for() {
        // A device that is always full; a folder of it there is none, so what is written there is.
        assert_eq!(
            write_down(Path::new("/dev/full"), &[0; 320]).map_err(|error| fault(&error)),
            Err(DropFault::Full)
        );
    }
}
