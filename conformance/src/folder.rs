//! What lies in the agreed folder after a run.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// How many files have which bytes.
type Contents = BTreeMap<Vec<u8>, usize>;

/// The folder, looked at once. Names do not count, except those of answers.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub(crate) waiting: Contents,
    pub(crate) processed: Contents,
    pub(crate) quarantine: Contents,
    /// By name.
    pub(crate) answers: BTreeMap<String, Vec<u8>>,
}

/// Looks, and carries the answers away as a terminal does.
pub(crate) fn look(folder: &Path) -> io::Result<Looked> {
    let mut looked = Looked {
        processed: contents(&folder.join("processed"))?,
        quarantine: contents(&folder.join("quarantine"))?,
        ..Looked::default()
    };
    for entry in fs::read_dir(folder)? {
        let (entry, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if !entry.is_file() {
            continue;
        }
        let (name, bytes) = (name.to_string_lossy().into_owned(), fs::read(&entry)?);
        if name.starts_with("ack_") {
            fs::remove_file(entry)?;
            looked.answers.insert(name, bytes);
        } else {
            *looked.waiting.entry(bytes).or_default() += 1;
        }
    }
    Ok(looked)
}

/// Everything under a folder, a line each: the file that was given by its place alone, others by what they say too.
pub(crate) fn tree(folder: &Path, given: &[u8]) -> io::Result<String> {
    let mut lines = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(opened) = open.pop() {
        for entry in fs::read_dir(opened)? {
            let entry = entry?.path();
            let name = entry.strip_prefix(folder).unwrap_or(&entry).to_string_lossy().into_owned();
            if entry.is_dir() {
                lines.push(format!("{name}/\n"));
                open.push(entry);
                continue;
            }
            let bytes = fs::read(entry)?;
            let says = if bytes == given { "".into() } else { String::from_utf8_lossy(&bytes) };
            lines.push(format!("{name} {says}\n"));
        }
    }
    lines.sort();
    Ok(lines.concat())
}

/// Of all files under a folder, which a receiver may divide by day.
fn contents(folder: &Path) -> io::Result<Contents> {
    let mut contents = Contents::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?.path();
            if entry.is_dir() {
                open.push(entry);
            } else {
                *contents.entry(fs::read(entry)?).or_default() += 1;
            }
        }
    }
    Ok(contents)
}
