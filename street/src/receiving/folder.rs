//! The agreed folder, as a port: what lies there, and how a file leaves.
//!
//! Left alone are folders, links, and names that end in `.part`, begin with a dot or with `ack_`: the first
//! are being written, the last are this street's own answers.
//!
//! Whoever may write in the folder may plant things in it: a link under a name that is written to would have another
//! file of this user overwritten, a pipe would hold the pass up. So whatever is written is a new file, and what is read
//! is a file and neither followed nor waited for.

use madoguchi_domain::merge_file::LONGEST_FILE;
use std::ffi::{OsStr, OsString};
#[cfg(target_os = "linux")]
use std::fs::File;
use std::fs::{self, DirEntry, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// As many files are taken in by one pass; the rest waits for the next.
pub(super) const MOST_WAITING: usize = 100_000;
/// What is written and taken away again before anything is taken in is named between these two.
const PROBE: (&str, &str) = (".madoguchi-receive-", ".part");
/// The longest name of a file in bytes, on every file system that is met.
const LONGEST_NAME: usize = 255;

/// Where a file goes that was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// `processed/`
    Processed,
    /// `quarantine/`
    Quarantine,
}

impl Shelf {
    /// The folder's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Processed => "processed",
            Self::Quarantine => "quarantine",
        }
    }
}

/// A folder into which terminals drop merge files. Every call is one step; the power can be cut between any
/// two of them.
pub trait DropFolder {
    /// Proves that the folder is there and can be written, before anything is taken in.
    fn prepare(&self) -> io::Result<()>;
    /// The names of the files that wait, sorted.
    fn waiting(&self) -> io::Result<Vec<OsString>>;
    /// A waiting file's bytes: no more of them than a merge file can have, and one.
    fn read(&self, name: &OsStr) -> io::Result<Vec<u8>>;
    /// The answer that lies there under this name, if one does.
    fn answer(&self, name: &str) -> io::Result<Option<Vec<u8>>>;
    /// Writes an answer beside its place.
    fn draft(&self, name: &str, answer: &[u8]) -> io::Result<()>;
    /// Has everything that was written here on the disk.
    fn sync(&self) -> io::Result<()>;
    /// Gives a drafted answer its name.
    fn publish(&self, name: &str) -> io::Result<()>;
    /// Moves a file away; one that lies there under its name keeps it.
    fn shelve(&self, name: &OsStr, which: Shelf) -> io::Result<()>;
    /// The names of the files in quarantine, sorted.
    fn set_aside(&self) -> io::Result<Vec<OsString>>;
    /// The bytes of a file in quarantine, as [`DropFolder::read`] gives them.
    fn read_set_aside(&self, name: &OsStr) -> io::Result<Vec<u8>>;
    /// Moves a file from quarantine back to those that wait.
    fn bring_back(&self, name: &OsStr) -> io::Result<()>;
}

/// A folder on this PC or on a share.
#[derive(Debug, Clone)]
pub struct LocalFolder {
    root: PathBuf,
}

impl LocalFolder {
    /// The folder at a place. It is never made: it may be on a share that is not there now.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    fn place_of(&self, which: Shelf) -> PathBuf {
        self.root.join(which.name())
    }

    fn draft_of(&self, name: &str) -> PathBuf {
        self.root.join(format!("{name}.part"))
    }
}

impl DropFolder for LocalFolder {
    fn prepare(&self) -> io::Result<()> {
        for which in [Shelf::Processed, Shelf::Quarantine] {
            let place = self.place_of(which);
            match fs::create_dir(&place) {
                Err(error) if !place.is_dir() => return Err(error),
                _ => {}
            }
        }
        let mut probe = tempfile::Builder::new().prefix(PROBE.0).suffix(PROBE.1).tempfile_in(&self.root)?;
        // A full disk takes a name and no bytes.
        probe.write_all(&[0; LONGEST_FILE])?;
        probe.close()
    }

    fn waiting(&self) -> io::Result<Vec<OsString>> {
        files_in(&self.root)
    }

    fn read(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        read(&self.root.join(name))
    }

    fn answer(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let place = self.root.join(name);
        let answer = match place.symlink_metadata() {
            // No answer has this form; what is published takes its place.
            Ok(found) if !found.is_file() => return Ok(None),
            found => found.and_then(|_| read(&place)),
        };
        match answer {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn draft(&self, name: &str, answer: &[u8]) -> io::Result<()> {
        let place = self.draft_of(name);
        // What a power cut left there, or somebody planted; its name goes, and nothing behind it.
        match fs::remove_file(&place) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(place)?;
        file.write_all(answer)?;
        if cfg!(target_os = "linux") { Ok(()) } else { file.sync_all() }
    }

    #[cfg(target_os = "linux")]
    fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::syncfs(File::open(&self.root)?)?)
    }

    #[cfg(not(target_os = "linux"))]
    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    fn publish(&self, name: &str) -> io::Result<()> {
        fs::rename(self.draft_of(name), self.root.join(name))
    }

    fn shelve(&self, name: &OsStr, which: Shelf) -> io::Result<()> {
        move_beside(&self.root.join(name), &self.place_of(which), name)
    }

    fn set_aside(&self) -> io::Result<Vec<OsString>> {
        files_in(&self.place_of(Shelf::Quarantine))
    }

    fn read_set_aside(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        read(&self.place_of(Shelf::Quarantine).join(name))
    }

    fn bring_back(&self, name: &OsStr) -> io::Result<()> {
        move_beside(&self.place_of(Shelf::Quarantine).join(name), &self.root, name)
    }
}

fn files_in(folder: &Path) -> io::Result<Vec<OsString>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if waits(&entry) {
            names.push(entry.file_name());
        }
        if names.len() == MOST_WAITING {
            break;
        }
    }
    names.sort();
    Ok(names)
}

fn waits(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let is_half = Path::new(&name).extension().is_some_and(|end| end.eq_ignore_ascii_case("part"));
    let name = name.to_string_lossy();
    let is_ours = name.starts_with('.') || name.starts_with("ack_");
    !is_ours && !is_half && entry.file_type().is_ok_and(|kind| kind.is_file())
}

fn read(place: &Path) -> io::Result<Vec<u8>> {
    let most = u64::try_from(LONGEST_FILE + 1).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let file = reading().open(place)?;
    // What was listed as a file may be something else by now.
    if !file.metadata()?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens what stands at a place itself: no link's target, and no pipe until somebody writes into it.
#[cfg(target_os = "linux")]
fn reading() -> OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.read(true).custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    options
}

/// Opens what stands at a place itself, no link's target (`FILE_FLAG_OPEN_REPARSE_POINT`).
#[cfg(windows)]
fn reading() -> OpenOptions {
    use std::os::windows::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(0x0020_0000);
    options
}

#[cfg(not(any(target_os = "linux", windows)))]
fn reading() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}

/// Moves a file under its name, or under that name and a number where another file has it.
fn move_beside(file: &Path, folder: &Path, name: &OsStr) -> io::Result<()> {
    let mut place = folder.join(name);
    let mut copy = 1_u32;
    while place.symlink_metadata().is_ok() {
        copy += 1;
        place = folder.join(numbered(name, copy));
    }
    fs::rename(file, place)
}

/// A name with a number behind it; so much of its end gives way that it stays a name.
fn numbered(name: &OsStr, copy: u32) -> OsString {
    let number = format!(".{copy}");
    let room = LONGEST_NAME - number.len();
    let mut numbered = if name.len() <= room { name.to_owned() } else { cut(name, room) };
    numbered.push(number);
    numbered
}

/// As many whole characters as there is room for.
fn cut(name: &OsStr, room: usize) -> OsString {
    let name = name.to_string_lossy();
    let end = (0..=room).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    name[..end].into()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_NAME, numbered};
    use std::ffi::OsStr;

    #[test]
    fn a_number_behind_a_name_leaves_it_a_name() {
        assert_eq!(numbered(OsStr::new("merge.dat"), 2), "merge.dat.2");
        for name in ["m".repeat(LONGEST_NAME), "窓".repeat(LONGEST_NAME / 3)] {
            let numbered = numbered(OsStr::new(&name), 1_000).into_string().unwrap();
            assert!(numbered.len() <= LONGEST_NAME && numbered.ends_with(".1000"), "{numbered}");
            assert!(name.starts_with(numbered.strip_suffix(".1000").unwrap()), "{numbered}");
        }
    }
}
