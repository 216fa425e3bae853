//! A number as a file in a folder that another program watches.
//!
//! The file appears whole or not at all: it is written beside its place under a name that nobody else has,
//! then moved there; what could not be moved is removed. Several terminals may share the folder.
//! A name that holds nothing to be filled in is one file that always says the last number: it is replaced. Under
//! any other name nothing is ever overwritten: `-2`, `-3` … stands behind it where it is taken.

use crate::words::setting_wrong;
use jiff::civil::DateTime;
use madoguchi_wire::failure::{ErrorCode, Failure};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// What a pattern may hold, and what it becomes.
const NUMBER: &str = "{number}";
const DATE: &str = "{date}";
const TIME: &str = "{time}";
/// What no file name holds on one system or the other.
const FORBIDDEN: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|', '{', '}'];
/// A file that is not whole yet is named between these two.
const DRAFT: (&str, &str) = (".madoguchi-", ".part");
/// How many files of one name lie in a folder at most: nobody takes them away.
const MOST_OF_ONE_NAME: u32 = 9_999;
/// The longest file name, in bytes, with room for a number of 64 characters.
const LONGEST: usize = 120;

/// What is wrong with folder and name as typed, if anything is.
pub(super) fn check(folder: &str, name: &str) -> Result<(), Failure> {
    if folder.trim().is_empty() {
        return Err(setting_wrong("hand_over_folder"));
    }
    let bare = name.replace(NUMBER, "1").replace(DATE, "1").replace(TIME, "1");
    let is_name = !bare.trim().is_empty()
        && bare.len() <= LONGEST
        && !bare.starts_with('.')
        && !bare.ends_with(['.', ' '])
        && !bare.chars().any(|character| character.is_control() || FORBIDDEN.contains(&character));
    if is_name { Ok(()) } else { Err(setting_wrong("hand_over_name")) }
}

/// A file about to be laid down.
pub(super) struct Drop<'a> {
    /// The folder; it is never made: it may be on a disk that is not plugged in.
    pub(super) folder: &'a str,
    /// The name's pattern.
    pub(super) name: &'a str,
    /// What the file says.
    pub(super) number: &'a str,
    /// The instant in Japan.
    pub(super) now: DateTime,
}

impl Drop<'_> {
    /// Writes the file. Blocks.
    pub(super) fn write(&self) -> Result<(), Failure> {
        self.draft().and_then(|draft| self.move_there(draft)).map_err(|error| {
            tracing::warn!(%error, "the file with a number could not be written");
            Failure::of(ErrorCode::NumberNotWritten)
        })
    }

    /// The whole file beside its place. It is gone with its handle, unless it was moved.
    fn draft(&self) -> io::Result<NamedTempFile> {
        let mut draft = tempfile::Builder::new();
        draft.prefix(DRAFT.0).suffix(DRAFT.1);
        // Whoever takes the file may be another user: it is as readable as any new file.
        #[cfg(unix)]
        draft.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut draft = draft.tempfile_in(self.folder.trim())?;
        draft.write_all(format!("{}\r\n", self.number).as_bytes())?;
        draft.as_file().sync_all()?;
        Ok(draft)
    }

    fn move_there(&self, mut draft: NamedTempFile) -> io::Result<()> {
        let (folder, name) = (Path::new(self.folder.trim()), self.file_name());
        if self.is_one_file() {
            return draft.persist(folder.join(name)).map(drop).map_err(|failed| failed.error);
        }
        for count in 1..=MOST_OF_ONE_NAME {
            match draft.persist_noclobber(folder.join(counted(&name, count))) {
                Ok(_) => return Ok(()),
                Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => draft = taken.file,
                Err(failed) => return Err(failed.error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Whether the pattern makes one name only, which another program looks into again and again.
    fn is_one_file(&self) -> bool {
        ![NUMBER, DATE, TIME].iter().any(|filled_in| self.name.contains(filled_in))
    }

    /// A number may hold what no file name can: that becomes `_` in the name, never in the file.
    fn file_name(&self) -> String {
        let plain = |character: char| {
            if character.is_ascii_alphanumeric() || character == '-' { character } else { '_' }
        };
        let number: String = self.number.chars().map(plain).collect();
        self.name
            .trim()
            .replace(DATE, &self.now.strftime("%Y%m%d").to_string())
            .replace(TIME, &self.now.strftime("%H%M%S").to_string())
            .replace(NUMBER, &number)
    }
}

/// The name of the first, second … file, told apart before the ending.
fn counted(name: &str, count: u32) -> String {
    if count == 1 {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{count}.{ending}"),
        None => format!("{name}-{count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::fs;

    fn drop_in<'a>(folder: &'a Path, name: &'a str, number: &'a str) -> Drop<'a> {
        let now = date(2026, 11, 21).at(9, 5, 7, 0);
        Drop { folder: folder.to_str().unwrap(), name, number, now }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_file_says_the_number_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        drop_in(folder.path(), "toshokan-{date}-{time}.txt", "0012345678").write().unwrap();
        assert_eq!(names(folder.path()), ["toshokan-20261121-090507.txt"]);
        let text = fs::read_to_string(folder.path().join("toshokan-20261121-090507.txt")).unwrap();
        assert_eq!(text, "0012345678\r\n");
    }

    #[test]
    fn a_second_number_within_the_same_second_has_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        for number in ["1", "2", "3"] {
            drop_in(folder.path(), "{date}-{time}.txt", number).write().unwrap();
        }
        drop_in(folder.path(), "{date}", "4").write().unwrap();
        drop_in(folder.path(), "{date}", "5").write().unwrap();
        let files = [
            ("20261121", "4"),
            ("20261121-090507-2.txt", "2"),
            ("20261121-090507-3.txt", "3"),
            ("20261121-090507.txt", "1"),
            ("20261121-2", "5"),
        ];
        assert_eq!(names(folder.path()), files.map(|(name, _)| name));
        for (name, number) in files {
            assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), format!("{number}\r\n"));
        }
    }

    #[test]
    fn two_terminals_on_one_folder_never_write_each_others_number() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let writes = |number: &'static str| {
            for _ in 0..100 {
                drop_in(folder, "{number}.txt", number).write().unwrap();
                drop_in(folder, "last.txt", number).write().unwrap();
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(|| writes("1111111111"));
            writes("22");
        });
        let (mut written, files) = (0, names(folder));
        for name in &files {
            let text = fs::read_to_string(folder.join(name)).unwrap();
            let number = text.strip_suffix("\r\n").unwrap();
            assert!(["1111111111", "22"].contains(&number), "{name} says {text}");
            written += usize::from(name.starts_with(number));
        }
        assert_eq!((written, files.len()), (200, 201), "each of its own number, and the last one's file");
    }

    #[test]
    fn what_cannot_be_moved_to_its_place_leaves_no_number_behind() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("number.txt")).unwrap();
        let failure = drop_in(folder.path(), "number.txt", "0012345678").write().unwrap_err();
        assert_eq!(failure.code, ErrorCode::NumberNotWritten);
        assert_eq!(names(folder.path()), ["number.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn another_user_of_the_pc_reads_the_file_where_new_files_are_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("usual"), "").unwrap();
        drop_in(folder.path(), "number.txt", "1").write().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("number.txt"), mode("usual"));
    }

    #[test]
    fn the_one_file_of_the_last_number_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        for number in ["0012345678", "9"] {
            drop_in(folder.path(), "number.txt", number).write().unwrap();
        }
        assert_eq!(fs::read_to_string(folder.path().join("number.txt")).unwrap(), "9\r\n");
    }

    #[test]
    fn a_number_never_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        drop_in(folder.path(), "{number}.txt", "../../{date}").write().unwrap();
        assert_eq!(names(folder.path()), ["_______date_.txt"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("gone");
        let failure = drop_in(&gone, "number.txt", "1").write().unwrap_err();
        assert_eq!(failure.code, ErrorCode::NumberNotWritten);
        assert!(!gone.exists());
    }

    #[test]
    fn patterns_that_make_no_file_name_are_refused_where_they_are_set() {
        for good in ["number.txt", "{number}.csv", "図書館-{date}{time}.txt"] {
            assert!(check("/tmp", good).is_ok(), "{good}");
        }
        for bad in ["", " ", "a/b.txt", "..", ".hidden", "{name}.txt", "a\\b", "number.", "a\nb"] {
            assert_eq!(check("/tmp", bad).unwrap_err().code, ErrorCode::SettingsInvalid, "{bad}");
        }
        assert!(check(" ", "number.txt").is_err());
    }
}
