//! `madoguchi-receive`: takes merged points in from the agreed folder, and hands the credits out as CSV or JSON
//! lines.
//!
//! Belongs here: reading the command line, the order of one pass, what is said and with which exit code. Does
//! not: how a file is taken in (`madoguchi-street`).
//! Why it exists: an office with a point system of its own receives without building a receiver, and the
//! street's own software receives unattended (docs/receiver.md).

mod command_line;
mod credits;
mod key_files;
mod members;
mod pass;
mod quarantine;
mod take_back;
mod trouble;
mod words;

use clap::Parser;
use command_line::{Command, CommandLine};
use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

/// What the program is called.
const NAME: &str = "madoguchi-receive";

/// Whether this process was started by the program's name: one file can be it and others.
pub fn is_called() -> bool {
    std::env::args_os().next().is_some_and(|name| Path::new(&name).file_stem() == Some(OsStr::new(NAME)))
}

/// Carries out the command of this process's command line.
pub fn run() -> ExitCode {
    let CommandLine { language, command } = CommandLine::parse();
    let language = language.unwrap_or_else(command_line::language_of_this_pc);
    let done = match command {
        Command::TakeIn(take_in) => pass::take_in(&take_in, language),
        Command::KeepKeys(keep) => pass::keep_keys(&keep),
        Command::BookBack(asked) => take_back::book_back(&asked),
        Command::Decline(asked) => take_back::decline(&asked),
        Command::TakenBack(books) => take_back::list(&books),
        Command::SetAside(books) => pass::set_aside(&books),
        Command::Check(books) => pass::check(&books),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(trouble) => {
            eprintln!("{}", words::of_trouble(&trouble, language));
            ExitCode::from(trouble.exit_code())
        }
    }
}
