//! freedesktop.org: a desktop entry in the user's autostart folder.

use crate::StartedProgram;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// In the autostart folder.
const FILE: &str = "madoguchi.desktop";

/// From now on the desktop starts this program when its user signs in.
pub fn keep(started: &StartedProgram) -> io::Result<()> {
    keep_in(&folder(|name| std::env::var_os(name))?, started)
}

/// From now on it starts none.
pub fn end() -> io::Result<()> {
    end_in(&folder(|name| std::env::var_os(name))?)
}

/// Whether it starts one.
pub fn is_kept() -> bool {
    folder(|name| std::env::var_os(name)).is_ok_and(|folder| folder.join(FILE).exists())
}

/// `$XDG_CONFIG_HOME/autostart`, which is below `~/.config` where nothing else is said.
fn folder(variable: impl Fn(&str) -> Option<OsString>) -> io::Result<PathBuf> {
    let absolute = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let configuration = absolute("XDG_CONFIG_HOME").or_else(|| Some(absolute("HOME")?.join(".config")));
    let nowhere = || io::Error::new(io::ErrorKind::NotFound, "the user has no folder for what is configured");
    Ok(configuration.ok_or_else(nowhere)?.join("autostart"))
}

/// Whole beside its place, then there: a desktop reads the old one or the new one.
fn keep_in(folder: &Path, started: &StartedProgram) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!(".{FILE}.new"));
    let mut file = fs::File::create(&draft)?;
    file.write_all(entry(started)?.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, folder.join(FILE))
}

fn end_in(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn entry(started: &StartedProgram) -> io::Result<String> {
    let no_text =
        || io::Error::new(io::ErrorKind::InvalidInput, "the program's folder has no name in Unicode");
    let program = started.program.to_str().ok_or_else(no_text)?;
    let words = std::iter::once(program).chain(started.arguments.iter().map(String::as_str));
    let exec = words.map(quoted).collect::<Vec<_>>().join(" ");
    Ok(format!(
        "[Desktop Entry]\nType=Application\nVersion=1.1\nName=Madoguchi\nName[ja]=窓口\nExec={exec}\n\
         Terminal=false\nNoDisplay=true\nX-GNOME-Autostart-enabled=true\n"
    ))
}

/// A word of `Exec`: in quotes, within which the specification escapes four characters; a per cent sign is
/// doubled; and the backslashes of all that once more, since the value is a string of the file.
fn quoted(word: &str) -> String {
    let mut quoted = String::from("\"");
    for character in word.chars() {
        match character {
            '"' | '`' | '$' => quoted.extend(["\\\\", &character.to_string()]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::process::Command;

    fn started(program: &str, arguments: &[&str]) -> StartedProgram {
        let arguments = arguments.iter().map(|word| (*word).to_owned()).collect();
        StartedProgram { program: PathBuf::from(program), arguments }
    }

    #[test]
    fn the_folder_is_the_one_the_desktop_looks_into() {
        let of = |config: Option<&str>, home: Option<&str>| {
            let said = |name: &str| match name {
                "XDG_CONFIG_HOME" => config.map(OsString::from),
                _ => home.map(OsString::from),
            };
            folder(said).ok()
        };
        assert_eq!(of(Some("/c"), Some("/h")), Some("/c/autostart".into()));
        assert_eq!(of(None, Some("/h")), Some("/h/.config/autostart".into()));
        assert_eq!(of(Some("c"), Some("/h")), Some("/h/.config/autostart".into()), "a relative one is none");
        assert_eq!(of(None, None), None);
    }

    #[test]
    fn an_entry_is_kept_until_it_is_ended_and_ending_none_is_no_mistake() {
        let folder = tempfile::tempdir().unwrap();
        let autostart = folder.path().join("autostart");
        end_in(&autostart).unwrap();
        keep_in(&autostart, &started("/usr/bin/madoguchi", &["--background"])).unwrap();
        let text = fs::read_to_string(autostart.join(FILE)).unwrap();
        assert!(text.starts_with("[Desktop Entry]\n"), "{text}");
        assert!(text.contains("\nExec=\"/usr/bin/madoguchi\" \"--background\"\n"), "{text}");
        assert_eq!(fs::read_dir(&autostart).unwrap().count(), 1, "no draft stays");
        end_in(&autostart).unwrap();
        assert_eq!(fs::read_dir(&autostart).unwrap().count(), 0);
    }

    /// A shell reads quotes and backslashes as the specification does, once the file's own have been undone.
    #[test]
    fn words_come_out_as_they_went_in() {
        let words = ["図書館 の PC", "a\"b", "$HOME", "`id`", "back\\slash", "100%"];
        let exec = words.map(quoted).join(" ").replace("\\\\", "\\").replace("%%", "%");
        let said = Command::new("sh").arg("-c").arg(format!("printf '%s\\n' {exec}")).output().unwrap();
        assert_eq!(String::from_utf8(said.stdout).unwrap().lines().collect::<Vec<_>>(), words);
    }
}
