//! What can be asked of the receiver.

use clap::{Args, Parser, Subcommand, ValueEnum};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::language::Language;
use madoguchi_domain::merge_file::TransactionNumber;
use std::path::PathBuf;

/// Takes merged points (合算ポイント) in from the agreed folder.
///
/// Exit codes: 0 = done; 3 = done, and files went into quarantine; 4 = done, and a number came again with
/// other content; 5 = not all done: files could not be read or moved, and are tried again by the next pass;
/// 10 = the folder; 11 = the database; 12 = the keys; 13 = the list of members or of credits; 14 = the number cannot
/// be taken back so.
#[derive(Debug, Parser)]
#[command(name = "madoguchi-receive")]
pub(crate) struct CommandLine {
    /// What is said in: `ja` or `en`; otherwise this PC's language.
    #[arg(long, global = true, value_parser = language)]
    pub(crate) language: Option<Language>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Takes in what waits in the folder, and hands out the credits.
    TakeIn(TakeIn),
    /// Keeps a street's key sheet in this PC's credential store, beside the keys that are there: files under either
    /// are received until a third comes.
    KeepKeys(KeepKeys),
    /// Takes the points of a number that was received back, and tells the municipality, which refunds. Take them
    /// from the member in your own system first.
    BookBack(TakeBack),
    /// Adds nothing under a number that was not received, whenever its file comes, and tells the municipality, which
    /// refunds.
    Decline(TakeBack),
    /// Lists what was booked back and declined, and whether the answer lies in the folder.
    TakenBack(BooksOf),
    /// Lists what lies in quarantine, and why.
    SetAside(BooksOf),
    /// Checks every balance against the history.
    Check(BooksOf),
}

/// What to take in, from where, for whom.
#[derive(Debug, Args)]
pub(crate) struct TakeIn {
    #[command(flatten)]
    pub(crate) books: BooksOf,
    /// The agreed folder.
    #[arg(long)]
    pub(crate) folder: PathBuf,
    /// The street's members, one ID a line: files of others wait in quarantine until they stand here.
    /// Without it everybody's points are taken in.
    #[arg(long)]
    pub(crate) members: Option<PathBuf>,
    /// How credits are handed out.
    #[arg(long, value_enum, default_value = "csv")]
    pub(crate) format: Format,
    /// The file to which credits are added; otherwise they go to standard output.
    #[arg(long)]
    pub(crate) list: Option<PathBuf>,
    /// Looks again after so many seconds, until it is stopped; at any moment.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) watch: Option<u64>,
}

/// Which books, and the keys to them.
#[derive(Debug, Args)]
pub(crate) struct BooksOf {
    /// The folder of the database.
    #[arg(long)]
    pub(crate) data: PathBuf,
    /// The street's key sheet, a file that nobody else may read. The database's own key then lies in the data
    /// folder. Without it both lie in this PC's credential store.
    #[arg(long, required_unless_present = "street")]
    pub(crate) keys: Option<PathBuf>,
    /// The street whose keys are in the credential store.
    #[arg(long, conflicts_with = "keys", value_parser = IdProviderId::parse)]
    pub(crate) street: Option<IdProviderId>,
}

/// Which merge is taken back.
#[derive(Debug, Args)]
pub(crate) struct TakeBack {
    #[command(flatten)]
    pub(crate) books: BooksOf,
    /// The agreed folder, for the answer.
    #[arg(long)]
    pub(crate) folder: PathBuf,
    /// 取引済番号, 20 digits.
    #[arg(value_parser = TransactionNumber::parse)]
    pub(crate) number: TransactionNumber,
}

/// Which sheet to keep.
#[derive(Debug, Args)]
pub(crate) struct KeepKeys {
    /// The key sheet. It may be destroyed afterwards.
    #[arg(long)]
    pub(crate) from: PathBuf,
    /// The keys that were kept before end: nothing more comes under them.
    #[arg(long)]
    pub(crate) alone: bool,
}

/// A form of the list of credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line of column names, then a line for each credit.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

fn language(text: &str) -> Result<Language, String> {
    match text {
        "ja" => Ok(Language::Ja),
        "en" => Ok(Language::En),
        _ => Err("ja, en".to_owned()),
    }
}

/// Japanese, unless the environment says English.
pub(crate) fn language_of_this_pc() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match set {
        Some(locale) if locale.starts_with("en") => Language::En,
        _ => Language::Ja,
    }
}
