//! `madoguchi-cloud`: serves, migrates, and sets up what the consoles will set up later.
//!
//! Belongs here: reading the command line and saying what came of it. Does not belong here: doing any
//! of it; each command is a thin face over the library.

mod command;

use clap::Parser;
use madoguchi_cloud::settings::SettingsError;
use std::error::Error;
use std::process::ExitCode;

/// The exit code for settings that cannot be followed (`EX_CONFIG` of sysexits.h): whoever starts the program again finds
/// the same until somebody has changed them.
const SETTINGS: u8 = 78;

#[tokio::main]
async fn main() -> ExitCode {
    let command_line = command::CommandLine::parse();
    match command::run(command_line).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut causes = error.to_string();
            let mut source = error.source();
            while let Some(deeper) = source {
                let deeper_text = deeper.to_string();
                if !causes.contains(&deeper_text) {
                    causes = format!("{causes}: {deeper_text}");
                }
                source = deeper.source();
            }
            eprintln!("madoguchi-cloud: {causes}");
            exit_code(&*error)
        }
    }
}

fn exit_code(error: &(dyn Error + 'static)) -> ExitCode {
    if error.is::<SettingsError>() { ExitCode::from(SETTINGS) } else { ExitCode::FAILURE }
}
