//! Folders that two programs have agreed on, on any file system the PC reaches.
//!
//! Belongs here: laying files down so that nobody ever sees half of one. Does not belong here: what they say,
//! which folder, when.
//! Why it exists: whoever takes files from a folder takes what has its name, so a file gets its name last.
//!
//! Others write in the folder as well, and not all of them mean well. What is written is a new file under a name that
//! nobody knows before, never something that lies there; what is read is a file, never a link or a pipe.

use madoguchi_port::drop_folder::{DropFault, DropFolders};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// A file that is not whole yet is named between these two; receivers leave the ending alone.
const DRAFT: (&str, &str) = (".madoguchi-", ".part");

/// The folders of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemFolders;

impl DropFolders for SystemFolders {
    fn check(&self, folder: &Path, bytes: usize) -> Result<(), DropFault> {
        is_there(folder)?;
        let trial = draft(folder).and_then(|mut trial| {
            write_down(trial.as_file_mut(), &vec![0; bytes])?;
            trial.close()
        });
        match trial {
            // Somebody tidied the folder meanwhile: it could be written.
            Err(error) if error.kind() == ErrorKind::NotFound => is_there(folder),
            trial => trial.map_err(|error| fault(&error)),
        }
    }

    fn put(&self, folder: &Path, name: &str, content: &[u8]) -> Result<(), DropFault> {
        is_there(folder)?;
        // What did not get its name is gone with the draft: half of it helps nobody.
        let put = draft(folder).and_then(|mut draft| {
            write_down(draft.as_file_mut(), content)?;
            draft.persist(folder.join(name)).map(drop).map_err(|failed| failed.error)
        });
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
        let file = match open_file(&folder.join(name)) {
            Ok(Some(file)) => file,
            Ok(None) => return Ok(None),
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

/// A new file that is gone with its handle, unless it is given a name.
fn draft(folder: &Path) -> io::Result<NamedTempFile> {
    let mut draft = tempfile::Builder::new();
    draft.prefix(DRAFT.0).suffix(DRAFT.1);
    // Whoever takes the file may be another user: it is as readable as any new file.
    #[cfg(unix)]
    draft.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    draft.tempfile_in(folder)
}

fn write_down(file: &mut File, content: &[u8]) -> io::Result<()> {
    file.write_all(content)?;
    file.sync_all()
}

/// Opens a file to be read; nothing where a link, a pipe or a folder has its name.
fn open_file(path: &Path) -> io::Result<Option<File>> {
    if !path.symlink_metadata()?.is_file() {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    options.read(true);
    // What is put there between the two looks is not followed or waited for either.
    #[cfg(target_os = "linux")]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        (rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK).bits().cast_signed(),
    );
    let file = options.open(path)?;
    let is_file = file.metadata()?.is_file();
    Ok(is_file.then_some(file))
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
        let mut full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        assert_eq!(write_down(&mut full, &[0; 320]).map_err(|error| fault(&error)), Err(DropFault::Full));
    }

    #[test]
    fn two_terminals_try_one_folder_at_once_and_both_may_write() {
        let folder = tempfile::tempdir().unwrap();
        let tries = || {
            for _ in 0..200 {
                assert_eq!(SystemFolders.check(folder.path(), 320), Ok(()));
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(tries);
            tries();
        });
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_that_was_planted_in_the_folder_is_written_through_read_or_waited_for() {
        use std::os::unix::fs::symlink;
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let canary = elsewhere.path().join("journal.sqlite");
        fs::write(&canary, "the user's own").unwrap();
        for name in [".madoguchi-trial.part", "merge.dat.part", "merge.dat", "ack_link.dat"] {
            symlink(&canary, folder.path().join(name)).unwrap();
        }
        let pipe = std::process::Command::new("mkfifo").arg(folder.path().join("ack_pipe.dat")).status();
        assert!(pipe.unwrap().success());
        SystemFolders.check(folder.path(), 320).unwrap();
        SystemFolders.put(folder.path(), "merge.dat", b"a merge").unwrap();
        assert_eq!(fs::read_to_string(&canary).unwrap(), "the user's own");
        assert_eq!(SystemFolders.read(folder.path(), "merge.dat", 320), Ok(Some(b"a merge".to_vec())));
        for name in ["ack_link.dat", "ack_pipe.dat"] {
            assert_eq!(SystemFolders.read(folder.path(), name, 320), Ok(None), "{name}");
        }
        assert_eq!(SystemFolders.names(folder.path()).unwrap(), ["merge.dat"]);
    }

    #[cfg(unix)]
    #[test]
    fn another_user_reads_the_file_where_new_files_are_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("usual"), "").unwrap();
        SystemFolders.put(folder.path(), "merge.dat", b"1").unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("merge.dat"), mode("usual"));
    }
}
