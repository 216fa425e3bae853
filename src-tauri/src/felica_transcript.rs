//! `madoguchi --felica-transcript FILE`: what a reader and a FeliCa card say to each other, for whoever adds a
//! reader nobody here has seen. No window, no counter; nothing of the card's number or contents is written.

use madoguchi_felica::FelicaOnReaders;
use madoguchi_pcsc::PcscReaders;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Reads every card that lies on a reader and writes the file.
pub(crate) fn write(file: &Path) -> ExitCode {
    let head = format!("madoguchi {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    let lines = FelicaOnReaders::on(Arc::new(PcscReaders)).transcript_of_all();
    let lines = lines.unwrap_or_else(|fault| vec![fault.to_string()]);
    match std::fs::write(file, [vec![head], lines].concat().join("\n") + "\n") {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{} に書けませんでした。別の場所を指定してください。", file.display());
            eprintln!("{} could not be written. Please name another place. ({error})", file.display());
            ExitCode::FAILURE
        }
    }
}
