//! A paper as a file in a folder.
//!
//! Belongs here: a safe name, a whole file or none, never an old file overwritten. Does not: what
//! is in the file.

use madoguchi_port::paper::PaperFault;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The longest name in bytes, well under the 255 of common file systems.
const LONGEST_NAME: usize = 120;

/// A name for a paper whose title leaves none.
const NAMELESS: &str = "receipt";

/// How many papers of one title a folder takes.
const MOST_OF_ONE_TITLE: u32 = 10_000;

/// Writes the paper under its title, or the title and the first free number: `title (2).pdf`.
///
/// The file appears under its name only when it is whole and on the disk.
pub(crate) fn write(folder: &Path, title: &str, pdf: &[u8]) -> Result<PathBuf, PaperFault> {
    let name = file_name(title);
    for count in 1..=MOST_OF_ONE_TITLE {
        let numbered = if count == 1 { format!("{name}.pdf") } else { format!("{name} ({count}).pdf") };
        let path = folder.join(&numbered);
        match write_new(&path, &folder.join(format!(".{numbered}.part")), pdf) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                tracing::warn!(folder = %folder.display(), %error, "paper not written");
                return Err(PaperFault::NotWritten(path));
            }
        }
    }
    Err(PaperFault::NotWritten(folder.join(format!("{name}.pdf"))))
}

/// Writes `part` and renames it to `path`; refuses if either is there.
///
/// Creating `part` claims the name: of two writers one finds it taken. The name is looked at only
/// under that claim, so nobody who writes here in the same way can come between.
fn write_new(path: &Path, part: &Path, pdf: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(part)?;
    let written = if path.try_exists()? {
        Err(io::Error::from(ErrorKind::AlreadyExists))
    } else {
        file.write_all(pdf).and_then(|()| file.sync_all()).and_then(|()| fs::rename(part, path))
    };
    if written.is_err() {
        let _ = fs::remove_file(part);
    }
    written
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
    use std::thread;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
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
    fn what_a_crash_left_behind_does_not_stop_the_next_paper() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".明細.pdf.part"), b"half").unwrap();
        let path = write(folder.path(), "明細", b"whole").unwrap();
        assert_eq!(path, folder.path().join("明細 (2).pdf"));
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
