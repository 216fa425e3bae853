//! The folder of card descriptions, as it lies on the disk.

use madoguchi_domain::card_description::file::LARGEST;
use madoguchi_domain::card_description::{CardDescription, DescriptionFault, parse};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Beside `settings.toml`.
pub(super) const NAME: &str = "cards";
/// The folder in it whose files are examples: to be copied, never read.
const EXAMPLES: &str = "examples";
/// More cards than anybody has at one counter.
pub(super) const MOST: usize = 100;

/// One file of the folder.
pub(super) struct DescriptionFile {
    /// Its name.
    pub(super) name: String,
    /// What it says.
    pub(super) said: Result<CardDescription, FileFault>,
}

/// Why a file says nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileFault {
    /// It, or the folder, cannot be read.
    Unreadable,
    /// It stands behind the first [`MOST`].
    TooMany,
    /// It is no description.
    Wrong(DescriptionFault),
}

/// A card or bar code each, ready to be copied one folder up and changed.
const EXAMPLE_FILES: [(&str, &str); 6] = [
    ("felica-library.toml", include_str!("examples/felica-library.toml")),
    ("felica-lite-s.toml", include_str!("examples/felica-lite-s.toml")),
    ("felica-idm.toml", include_str!("examples/felica-idm.toml")),
    ("barcode-nw7.toml", include_str!("examples/barcode-nw7.toml")),
    ("barcode-code39.toml", include_str!("examples/barcode-code39.toml")),
    ("barcode-jan.toml", include_str!("examples/barcode-jan.toml")),
];

/// Every `.toml` file of the folder in the order of their names. A folder that is not there is empty.
pub(super) fn read(folder: &Path) -> Vec<DescriptionFile> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            tracing::warn!(%error, "the folder of card descriptions cannot be read");
            return vec![DescriptionFile { name: NAME.to_owned(), said: Err(FileFault::Unreadable) }];
        }
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_description(name)).collect();
    names.sort_unstable();
    names.truncate(MOST + 1);
    let files = names.into_iter().enumerate();
    files.map(|(place, name)| DescriptionFile { said: file(&folder.join(&name), place), name }).collect()
}

/// Editors leave files of their own that begin with a dot.
fn is_description(name: &str) -> bool {
    let ends_in_toml =
        Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    ends_in_toml && !name.starts_with('.')
}

fn file(path: &Path, place: usize) -> Result<CardDescription, FileFault> {
    if place >= MOST {
        return Err(FileFault::TooMany);
    }
    let bytes = beginning(path).map_err(|error| {
        tracing::warn!(%error, path = %path.display(), "a card description cannot be read");
        FileFault::Unreadable
    })?;
    parse(&bytes).map_err(FileFault::Wrong)
}

/// As much as shows that a file is too large; a pipe or a folder under such a name is none.
fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Makes the folder, with examples; what lies there already stays as it is.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    let examples = folder.join(EXAMPLES);
    std::fs::create_dir_all(&examples)?;
    for (name, text) in EXAMPLE_FILES {
        let path = examples.join(name);
        if !path.exists() {
            std::fs::write(path, text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use madoguchi_domain::card_description::WhatIsWrong;

    fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        folder
    }

    #[test]
    fn a_folder_that_is_not_there_is_empty_and_is_made_with_examples_that_are_right() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join(NAME);
        assert!(read(&folder).is_empty());
        make(&folder).unwrap();
        assert!(read(&folder).is_empty(), "examples are to be copied first");
        let examples = read(&folder.join(EXAMPLES));
        assert_eq!(examples.len(), EXAMPLE_FILES.len());
        for example in examples {
            assert!(example.said.is_ok(), "{}: {:?}", example.name, example.said.err());
        }
        let changed = folder.join(EXAMPLES).join(EXAMPLE_FILES[0].0);
        std::fs::write(&changed, "changed").unwrap();
        make(&folder).unwrap();
        assert_eq!(std::fs::read_to_string(changed).unwrap(), "changed", "nothing is written over");
    }

    #[test]
    fn files_are_tried_in_the_order_of_their_names_and_others_are_passed_over() {
        let good = b"name = \"a\"\n[idm]\n";
        let files: [(&str, &[u8]); 5] =
            [("b.toml", good), ("a.toml", good), ("10.TOML", good), (".a.toml.swp", b""), ("memo.txt", b"")];
        let names: Vec<String> = read(folder_with(&files).path()).into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["10.TOML", "a.toml", "b.toml"]);
    }

    #[test]
    fn what_is_no_file_of_ours_is_said_and_read_in_part_only() {
        let huge = vec![b'a'; 10_000_000];
        let folder = folder_with(&[("huge.toml", &huge), ("binary.toml", b"\x89PNG\r\n\x1A\n\0\0")]);
        std::fs::create_dir(folder.path().join("folder.toml")).unwrap();
        let said: Vec<FileFault> =
            read(folder.path()).into_iter().map(|file| file.said.unwrap_err()).collect();
        let wrong = |fault: &FileFault| match fault {
            FileFault::Wrong(fault) => Some(fault.what.clone()),
            _ => None,
        };
        assert_eq!(wrong(&said[0]), Some(WhatIsWrong::NoText));
        assert_eq!(said[1], FileFault::Unreadable);
        assert_eq!(wrong(&said[2]), Some(WhatIsWrong::TooLarge));
    }

    #[test]
    fn of_more_files_than_anybody_needs_the_first_are_read_and_the_rest_is_said() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..MOST + 20 {
            std::fs::write(folder.path().join(format!("{number:04}.toml")), "name = \"a\"\n[idm]\n").unwrap();
        }
        let files = read(folder.path());
        assert_eq!(files.len(), MOST + 1);
        assert!(files[..MOST].iter().all(|file| file.said.is_ok()));
        assert_eq!(files[MOST].said.as_ref().err(), Some(&FileFault::TooMany));
    }
}
