//! `madoguchi-conformance`: examines a receiver of merge files and says what it does wrong.
//!
//! Belongs here: the command line and the report. Does not: the examination (the library).

use clap::Parser;
use madoguchi_conformance::{Finding, Profile, Receiver, examine, extent};
use madoguchi_domain::language::Language;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

const FOUND: u8 = 1;
const NOT_EXAMINED: u8 = 2;

/// Makes good, tampered, truncated, repeated, reordered, wrong-key and wrong-encoding merge files, runs a receiver
/// over them and says what it does wrong (docs/receiver.md).
///
/// Exit codes: 0 = nothing; 1 = something is wrong; 2 = the examination could not go on.
#[derive(Debug, Parser)]
#[command(name = "madoguchi-conformance")]
struct CommandLine {
    /// Which profile of the merge file the receiver takes.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    profile: u8,
    /// An empty folder for the files, which stay there to be looked at. Otherwise they are taken away.
    #[arg(long)]
    place: Option<PathBuf>,
    /// How many seconds one run of the receiver may take.
    #[arg(long, default_value_t = 60)]
    patience: u64,
    /// The receiver's command that takes a received merge back, in one text: its words with blanks between, with
    /// {number} besides the places. Without it that is not examined.
    #[arg(long)]
    book_back: Option<String>,
    /// The receiver's command that declines a number; likewise.
    #[arg(long)]
    decline: Option<String>,
    /// What is said in: `ja` or `en`.
    #[arg(long, default_value = "ja", value_parser = ["ja", "en"])]
    language: String,
    /// The receiver: a program and its words, with {folder}, {keys}, {members} and {data} for places.
    #[arg(last = true, required = true)]
    command: Vec<String>,
}

fn main() -> ExitCode {
    let asked = CommandLine::parse();
    let language = if asked.language == "en" { Language::En } else { Language::Ja };
    let profile = if asked.profile == 2 { Profile::Two } else { Profile::One };
    let takes_back = asked.book_back.is_some() && asked.decline.is_some();
    match examined(asked, profile) {
        Ok(findings) => {
            report(&findings, profile, language);
            println!("{}", not_examined(takes_back, language));
            if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) }
        }
        Err(trouble) => {
            eprintln!("madoguchi-conformance: {trouble}");
            ExitCode::from(NOT_EXAMINED)
        }
    }
}

fn examined(asked: CommandLine, profile: Profile) -> Result<Vec<Finding>, Box<dyn std::error::Error>> {
    let words = |text: String| text.split_whitespace().map(str::to_owned).collect();
    let receiver = Receiver {
        command: asked.command,
        book_back: asked.book_back.map(words),
        decline: asked.decline.map(words),
        profile,
        patience: Duration::from_secs(asked.patience),
    };
    let findings = match asked.place {
        Some(place) => examine(&receiver, &place)?,
        None => examine(&receiver, tempfile::tempdir()?.path())?,
    };
    Ok(findings)
}

fn report(findings: &[Finding], profile: Profile, language: Language) {
    let (files, rounds) = extent(profile);
    for finding in findings {
        println!("✗ {}: {}", finding.file, finding.wrong.words(language));
    }
    let summary = match (language, findings.len()) {
        (Language::Ja, 0) => {
            format!("○ {files}件のファイルを{rounds}回に分けて渡しました。誤りはありません。")
        }
        (Language::En, 0) => format!("○ {files} files in {rounds} rounds. Nothing is wrong."),
        (Language::Ja, wrong) => {
            format!("{files}件のファイルを{rounds}回に分けて渡しました。誤り：{wrong}件")
        }
        (Language::En, wrong) => format!("{files} files in {rounds} rounds. {wrong} things are wrong."),
    };
    println!("{summary}");
}

/// What a receiver that does right here has still to be held against.
const fn not_examined(takes_back: bool, language: Language) -> &'static str {
    match (language, takes_back) {
        (Language::Ja, true) => {
            "確かめていないこと：電源断、ディスクの空き不足、移せないファイル。ご自分で確かめてください（docs/receiver.md）。"
        }
        (Language::Ja, false) => {
            "確かめていないこと：取り消した番号・断った番号の扱い（--book-back と --decline で確かめます）、電源断、\
             ディスクの空き不足、移せないファイル。ご自分で確かめてください（docs/receiver.md）。"
        }
        (Language::En, true) => {
            "Not examined: power cuts, full disks, files that cannot be moved. Try these yourself (docs/receiver.md)."
        }
        (Language::En, false) => {
            "Not examined: what was booked back or declined (name --book-back and --decline), power cuts, full disks, \
             files that cannot be moved. Try these yourself (docs/receiver.md)."
        }
    }
}
