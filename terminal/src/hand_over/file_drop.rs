//! A number as a file in a folder that another program watches.
//!
//! The file appears whole or not at all: it is written beside its place under a name that no pattern makes,
//! then moved there. A file of the same name is replaced, as a "last number" file wants it.

use crate::words::setting_wrong;
use jiff::civil::DateTime;
use madoguchi_wire::failure::{ErrorCode, Failure};
use std::fs;
use std::io::Write;
use std::path::Path;

/// What a pattern may hold, and what it becomes.
const NUMBER: &str = "{number}";
const DATE: &str = "{date}";
const TIME: &str = "{time}";
/// What no file name holds on one system or the other.
const FORBIDDEN: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|', '{', '}'];
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
        let folder = Path::new(self.folder.trim());
        let draft = folder.join(".madoguchi-number.part");
        fs::File::create(&draft)
            .and_then(|mut file| {
                file.write_all(format!("{}\r\n", self.number).as_bytes()).and_then(|()| file.sync_all())
            })
            .and_then(|()| fs::rename(&draft, folder.join(self.file_name())))
            .map_err(|error| {
                tracing::warn!(%error, "the file with a number could not be written");
                Failure::of(ErrorCode::NumberNotWritten)
            })
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

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
    fn a_file_of_the_same_name_is_replaced_whole() {
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
