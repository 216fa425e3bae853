//! `madoguchi --felica-transcript FILE`: what a reader and a FeliCa card say to each other, for whoever adds a
//! reader nobody here has seen. No window, no counter; nothing of the card's number or contents is written.

use madoguchi_felica::FelicaOnReaders;
use madoguchi_pcsc::PcscReaders;
use std::path::Path;
use std::sync::Arc;

/// Reads every card that lies on a reader, writes the file, and ends the process: a card that did not answer in time may
/// still be spoken to by a thread that nobody waits for.
pub(crate) fn write_and_end(file: &Path) -> ! {
    madoguchi_pcsc::end_process(write(file))
}

fn write(file: &Path) -> u8 {
    let head = format!("madoguchi {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    let lines = FelicaOnReaders::on(Arc::new(PcscReaders)).transcript_of_all();
    let lines = lines.unwrap_or_else(|fault| vec![fault.to_string()]);
    match std::fs::write(file, [vec![head], lines].concat().join("\n") + "\n") {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("{} に書けませんでした。別の場所を指定してください。", file.display());
            eprintln!("{} could not be written. Please name another place. ({error})", file.display());
            1
        }
    }
}
