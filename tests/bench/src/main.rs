//! The figures of `./dev bench`, measured and said in one Markdown table.
//!
//! Belongs here: laying out a town, loading a real cloud over real sockets, tapping a card on the real
//! PC/SC service, and comparing what came of it inside one run. Does not belong here: asserting (tests
//! do), anything the shipped programs need.
//! Why it exists: a figure counts only beside another one of the same minute on the same machine;
//! `docs/performance.md` explains each.

mod bridge;
mod clearing;
mod command_line;
mod engine;
mod felica;
mod growth;
mod load;
mod look_up;
mod machine;
mod merging;
mod opening;
mod picture;
mod plain;
mod random;
mod receiving;
mod service_ids;
mod serving;
mod sizes;
mod table;
mod ticket_page;
mod tickets;
mod town;
mod uses;

use clap::Parser;
use command_line::{Command, CommandLine};
use std::process::ExitCode;

/// Whatever ends a measurement early is shown and ends the run.
type Trouble = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let command_line = CommandLine::parse();
    let done = match &command_line.command {
        Some(Command::Serve(serve)) => serving::serve(serve),
        Some(Command::Found(found)) => command_line::found(found),
        Some(Command::Load(load)) => command_line::load_once(load),
        None => command_line::measure(&command_line),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("madoguchi-bench: {trouble}");
            ExitCode::FAILURE
        }
    }
}
