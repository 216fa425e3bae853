//! `madoguchi-terminal`: the counter by command line, one verb a start.
//!
//! Belongs here: reading the command line, asking for secrets, waiting for a card, telling what came of it in
//! words or as JSON. Does not belong here: any rule of the counter (`terminal`), any device (`pc`).
//! Why it exists: vendors script the counter, and everything a clerk does can be done and tried where no window
//! can be shown. It opens the same store as the window: of the two, one runs at a time.

mod ask;
mod at_counter;
mod command_line;
mod outcome;
mod verb;

use clap::Parser;
use command_line::{CommandLine, PlaceOfTerminal};
use madoguchi_domain::language::Language;
use madoguchi_pc::{NoFolder, Told};
use madoguchi_terminal::look_in;
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// What is logged is chosen with this variable; without it, nothing: standard error is for sentences.
const LOG: &str = "MADOGUCHI_LOG";

/// What the command is called.
const NAME: &str = "madoguchi-terminal";

/// Whether this process was started by the command's name: one program can be both, window and command.
pub fn is_called() -> bool {
    std::env::args_os().next().is_some_and(|name| Path::new(&name).file_stem() == Some(OsStr::new(NAME)))
}

/// Carries out the verb of this process's command line.
pub fn run() -> ExitCode {
    let CommandLine { place, telling, verb } = CommandLine::parse();
    start_log();
    let training = place.training;
    let folders = match folders(place) {
        Ok(folders) => folders,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let language = telling.language.unwrap_or_else(|| look_in(&folders).language);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(verb::carry_out(verb, folders, training, telling, language));
    let exit = outcome.tell(telling.json, language);
    // What it was about to do stands in its journal; nobody waits for threads that wait for cards.
    madoguchi_pc::end_process(exit)
}

fn folders(place: PlaceOfTerminal) -> Result<madoguchi_terminal::Folders, NoFolder> {
    let PlaceOfTerminal { data, settings, papers, training } = place;
    madoguchi_pc::folders(Told { data, settings, papers, training })
}

fn start_log() {
    let Some(chosen) = std::env::var(LOG).ok().and_then(|words| words.parse::<Targets>().ok()) else {
        return;
    };
    let to_person = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(false);
    // Only a second start in one process could fail here.
    let _ = tracing_subscriber::registry().with(chosen).with(to_person).try_init();
}

/// The words a person is asked for a secret with.
fn asked(language: Language, ja: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}
