//! What can be asked of the benchmark, and the order in which it is done.

use crate::table::Table;
use crate::{Trouble, growth, machine, uses};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::fs;
use std::path::{Path, PathBuf};

/// Measures the figures and prints them as one table.
#[derive(Debug, Parser)]
#[command(name = "madoguchi-bench")]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Shorter rounds and a smaller big town: the same comparisons, less certain.
    #[arg(long)]
    quick: bool,
    /// Only these figures.
    #[arg(long, value_enum)]
    only: Vec<Figure>,
    /// The folder for databases, on the disk that is to be measured, and for `bench.md`.
    #[arg(long, default_value = "out")]
    folder: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves one database until standard input ends: the cloud's side of a measurement.
    Serve(Serve),
}

/// How to serve.
#[derive(Debug, Clone, Args)]
pub(crate) struct Serve {
    /// The database file.
    #[arg(long)]
    pub(crate) database: PathBuf,
    /// The key-encryption key's file.
    #[arg(long)]
    pub(crate) key_file: PathBuf,
    /// The most requests in one commit; 1 = one commit per use.
    #[arg(long)]
    pub(crate) most_per_commit: Option<usize>,
}

/// A group of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Figure {
    /// Uses of points over HTTP.
    Uses,
    /// Uses in a small and in a large town.
    Growth,
}

/// How long to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Full,
    Quick,
}

/// Measures what was asked for; the table goes to standard output and to `bench.md`.
pub(crate) fn measure(asked: &CommandLine) -> Result<(), Trouble> {
    let extent = if asked.quick { Extent::Quick } else { Extent::Full };
    let wants = |figure| asked.only.is_empty() || asked.only.contains(&figure);
    fs::create_dir_all(&asked.folder)?;
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(&asked.folder)?;
    let mut table = Table::of(machine::kind(), extent);
    if wants(Figure::Uses) {
        table.add(uses::measure(folder.path(), extent)?);
    }
    if wants(Figure::Growth) {
        table.add(growth::measure(folder.path(), extent)?);
    }
    finish(&table, &asked.folder)
}

fn finish(table: &Table, folder: &Path) -> Result<(), Trouble> {
    let text = table.to_string();
    print!("{text}");
    fs::write(folder.join("bench.md"), text)?;
    Ok(())
}
