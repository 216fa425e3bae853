//! Windows: the user's own `Run` key; no administrator is needed.

use crate::{StartedProgram, command_line};
use std::io;
use windows_registry::CURRENT_USER;

const KEY: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
const VALUE: &str = "Madoguchi";

/// From now on Windows starts this program when its user signs in.
pub fn keep(started: &StartedProgram) -> io::Result<()> {
    let no_text =
        || io::Error::new(io::ErrorKind::InvalidInput, "the program's folder has no name in Unicode");
    let command = command_line::of(started).ok_or_else(no_text)?;
    Ok(CURRENT_USER.create(KEY)?.set_string(VALUE, command)?)
}

/// From now on it starts none.
pub fn end() -> io::Result<()> {
    if is_kept() {
        CURRENT_USER.create(KEY)?.remove_value(VALUE)?;
    }
    Ok(())
}

/// Whether it starts one.
pub fn is_kept() -> bool {
    CURRENT_USER.open(KEY).and_then(|key| key.get_string(VALUE)).is_ok()
}
