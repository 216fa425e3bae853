//! A paper as a file in a folder.
//!
//! Belongs here: a safe name, a whole file or none, never an old file overwritten. Does not: what
//! is in the file.

use madoguchi_port::paper::PaperFault;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::{NamedTempFile, PersistError};

/// The longest name in bytes, well under the 255 of common file systems.
const LONGEST_NAME: usize = 120;

/// A name for a paper whose title leaves none.
const NAMELESS: &str = "receipt";

/// How many papers of one title a folder takes.
const MOST_OF_ONE_TITLE: u32 = 10_000;

/// How the name of a paper ends that is still being written.
const DRAFT: &str = ".pdf.part";

/// The age of a draft that nobody writes any more.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

/// Writes the paper under its title, or the title and the first free number: `title (2).pdf`.
///
/// The file appears under its name only when it is whole and on the disk.
pub(crate) fn write(folder: &Path, title: &str, pdf: &[u8]) -> Result<PathBuf, PaperFault> {
    let name = file_name(title);
    let not_written = |path: PathBuf, error: io::Error| {
        tracing::warn!(folder = %folder.display(), %error, "paper not written");
        PaperFault::NotWritten(path)
    };
    let first = folder.join(format!("{name}.pdf"));
    let mut draft = written(folder, &name, pdf).map_err(|error| not_written(first.clone(), error))?;
    for count in 1..=MOST_OF_ONE_TITLE {
        let path = if count == 1 { first.clone() } else { folder.join(format!("{name} ({count}).pdf")) };
        draft = match put(draft, &path) {
            Ok(()) => return Ok(path),
            Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => taken.file,
            Err(failed) => return Err(not_written(path, failed.error)),
        };
    }
    Err(PaperFault::NotWritten(first))
}

/// The whole paper on the disk, under a name that is nobody else's: what a program that was cut off has left of one
/// takes no paper's name. Goes away again where it is dropped.
fn written(folder: &Path, name: &str, pdf: &[u8]) -> io::Result<NamedTempFile> {
    let (before, after) = (format!(".{name}."), DRAFT);
    sweep(folder);
    let mut how = tempfile::Builder::new();
    how.prefix(&before).suffix(after);
    // As any file of this person's: others may have been given the folder.
    #[cfg(unix)]
    how.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut draft = how.tempfile_in(folder)?;
    draft.write_all(pdf)?;
    draft.as_file().sync_all()?;
    Ok(draft)
}

/// Takes away what programs that were cut off have left: drafts older than a day, which is longer than any paper takes.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_draft = name.to_str().is_some_and(|name| name.starts_with('.') && name.ends_with(DRAFT));
        let age = entry.metadata().and_then(|draft| draft.modified()).map(|written| written.elapsed());
        if is_draft && matches!(age, Ok(Ok(age)) if age > FORGOTTEN_AFTER) {
            // One that cannot be taken away troubles nobody today either.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Gives the paper its name; hands it back where that one is taken.
fn put(draft: NamedTempFile, path: &Path) -> Result<(), PersistError> {
    let refused = match draft.persist_noclobber(path) {
        Ok(_) => return Ok(()),
        Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => return Err(refused),
        Err(refused) => refused,
    };
    // A file system that can put no file where there is none yet in one step, such as a server's share: the name is
    // claimed first.
    if let Err(error) = File::create_new(path) {
        return Err(PersistError { error, file: refused.file });
    }
    refused.file.persist(path).map(drop).inspect_err(|_| {
        // Nothing but the claim.
        let _ = fs::remove_file(path);
    })
}

/// The title without what a file system could take for something else.
fn file_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.trim().chars() {
        let safe =
            if c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '　' | '（' | '）') { c } else { '_' };
        if name.len() + safe.len_utf8() > LONGEST_NAME {
            break;
        }
        name.push(safe);
    }
    let name = name.trim();
    if name.is_empty() { NAMELESS.to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{mem, thread};

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_draft_that_was_cut_off_goes_with_a_later_paper_and_no_other_file_does() {
        let folder = tempfile::tempdir().unwrap();
        let long_ago = std::time::SystemTime::now() - 2 * FORGOTTEN_AFTER;
        for (name, written) in [
            (".old.Ab12cd.pdf.part", long_ago),
            (".new.Ab12cd.pdf.part", std::time::SystemTime::now()),
            ("kept.pdf.part", long_ago),
            (".kept.part", long_ago),
        ] {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(written).unwrap();
        }
        write(folder.path(), "明細", b"paper").unwrap();
        assert_eq!(names(folder.path()), [".kept.part", ".new.Ab12cd.pdf.part", "kept.pdf.part", "明細.pdf"]);
    }

    #[test]
    fn a_second_paper_of_one_title_gets_a_number_and_the_first_stays() {
        let folder = tempfile::tempdir().unwrap();
        let first = write(folder.path(), "明細 20261120-15", b"first").unwrap();
        let second = write(folder.path(), "明細 20261120-15", b"second").unwrap();
        assert_eq!(fs::read(first).unwrap(), b"first");
        assert_eq!(fs::read(second).unwrap(), b"second");
        assert_eq!(names(folder.path()), ["明細 20261120-15 (2).pdf", "明細 20261120-15.pdf"]);
    }

    #[test]
    fn many_at_once_each_get_their_own_file() {
        let folder = tempfile::tempdir().unwrap();
        thread::scope(|scope| {
            for number in 0..16_u8 {
                let folder = folder.path();
                scope.spawn(move || write(folder, "明細", &[number]).unwrap());
            }
        });
        let mut contents: Vec<_> =
            names(folder.path()).iter().map(|name| fs::read(folder.path().join(name)).unwrap()[0]).collect();
        contents.sort_unstable();
        assert_eq!(contents, (0..16).collect::<Vec<u8>>());
    }

    #[test]
    fn what_a_crash_left_behind_takes_no_papers_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".明細.pdf.part"), b"half").unwrap();
        mem::forget(written(folder.path(), "明細", b"half").unwrap());
        let path = write(folder.path(), "明細", b"whole").unwrap();
        assert_eq!(path, folder.path().join("明細.pdf"));
        assert_eq!(fs::read(path).unwrap(), b"whole");
    }

    #[test]
    fn whoever_may_read_this_persons_files_may_read_a_paper() {
        let folder = tempfile::tempdir().unwrap();
        let paper = write(folder.path(), "明細", b"pdf").unwrap();
        let another = folder.path().join("another");
        fs::write(&another, b"pdf").unwrap();
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions();
        assert_eq!(rights(&paper), rights(&another));
    }

    #[test]
    fn no_title_leads_out_of_the_folder() {
        for (title, name) in [
            ("../../etc/passwd", "______etc_passwd"),
            ("a/b\\c:d", "a_b_c_d"),
            (".hidden", "_hidden"),
            ("   ", "receipt"),
            ("", "receipt"),
            ("明細\n2", "明細_2"),
        ] {
            assert_eq!(file_name(title), name);
        }
    }

    #[test]
    fn a_long_title_is_cut_between_characters() {
        let name = file_name(&"明".repeat(100));
        assert_eq!(name, "明".repeat(40));
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap().path().join("gone");
        assert_eq!(write(&folder, "明細", b"pdf"), Err(PaperFault::NotWritten(folder.join("明細.pdf"))));
    }
}
