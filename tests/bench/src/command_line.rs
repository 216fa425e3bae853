//! What can be asked of the benchmark, and the order in which it is done.

use crate::engine::Engine;
use crate::load::{Load, Route, Visitors};
use crate::table::Table;
use crate::town::{Town, Where};
use crate::{
    Trouble, bridge, clearing, felica, growth, look_up, machine, merging, opening, receiving, service_ids,
    sizes, ticket_page, tickets, uses,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use madoguchi_cloud::database::Address;
use madoguchi_cloud::keys::make_key_file;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

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
    /// Founds a town in a new database, with a new key beside it: something to profile.
    Found(Found),
    /// Puts one load on a cloud that serves already, while a profiler watches it.
    Load(LoadOnce),
}

/// Which town to found.
#[derive(Debug, Clone, Args)]
pub(crate) struct Found {
    /// The database to be: a file, or `postgres://…`.
    #[arg(long)]
    database: Address,
    /// The key file to be.
    #[arg(long)]
    key_file: PathBuf,
    /// How many residents.
    #[arg(long, default_value_t = 100_000)]
    residents: u32,
    /// How many uses stand in its books.
    #[arg(long, default_value_t = 0)]
    earlier_uses: u32,
}

/// Which load.
#[derive(Debug, Clone, Args)]
pub(crate) struct LoadOnce {
    /// Where the cloud listens.
    #[arg(long)]
    address: SocketAddr,
    /// The cloud's key file.
    #[arg(long)]
    key_file: PathBuf,
    /// How many residents the town has.
    #[arg(long, default_value_t = 100_000)]
    residents: u32,
    /// What is asked.
    #[arg(long, value_enum, default_value = "use")]
    route: Route,
    /// Where people pay.
    #[arg(long, value_enum, default_value = "many-shops")]
    place: Where,
    /// How many connections.
    #[arg(long, default_value_t = 64)]
    clients: usize,
    /// How long, in seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

/// Founds a town.
pub(crate) fn found(asked: &Found) -> Result<(), Trouble> {
    make_key_file(&asked.key_file)?;
    Town { residents: asked.residents, earlier_uses: asked.earlier_uses }.found(asked.database.clone())
}

/// Puts on one load and says what came of it.
pub(crate) fn load_once(asked: &LoadOnce) -> Result<(), Trouble> {
    let town = Town { residents: asked.residents, earlier_uses: 0 };
    let visitors = Visitors::of(town, asked.place, &asked.key_file, u64::from(std::process::id()))?;
    let measured = Duration::from_secs(asked.seconds);
    let load = Load { clients: asked.clients, warm_up: Duration::from_millis(500), measured };
    let round = load.on(asked.address, asked.route, &visitors)?;
    println!("{:.0}/s, p50 {:.2} ms, p99 {:.2} ms", round.per_second, round.p50_ms, round.p99_ms);
    Ok(())
}

/// How to serve.
#[derive(Debug, Clone, Args)]
pub(crate) struct Serve {
    /// The database: a file, or `postgres://…`.
    #[arg(long)]
    pub(crate) database: String,
    /// The key-encryption key's file.
    #[arg(long)]
    pub(crate) key_file: PathBuf,
    /// The most requests in one commit; 1 = one commit per use.
    #[arg(long)]
    pub(crate) most_per_commit: Option<usize>,
    /// On PostgreSQL, takes plain uses beside the others, each in a transaction of its own.
    #[arg(long)]
    pub(crate) plain: bool,
    /// Books the tickets whose day has passed as soon as it serves, and says how many seconds that took.
    #[arg(long)]
    pub(crate) lapse: bool,
}

/// A group of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Figure {
    /// Uses of points over HTTP, the books in SQLite.
    Uses,
    /// The same, the books on a PostgreSQL server.
    UsesOnPostgres,
    /// Uses in a small and in a large town.
    Growth,
    /// From the card on the reader to the painted balances.
    LookUp,
    /// The window's first paint and memory.
    Opening,
    /// How large what is shipped is.
    Sizes,
    /// Point tickets cleared over HTTP, and lapsing.
    Tickets,
    /// From a library's FeliCa card on the reader to its number in the field.
    Felica,
    /// Other programs that ask for a card, and that wait for one.
    Bridge,
    /// A pile of tickets scanned at the window.
    Clearing,
    /// A ticket's page as PDF.
    TicketPage,
    /// Merge files received by a street.
    Receiving,
    /// Points merged at the window, until the street's file lies in its folder.
    Merging,
    /// A card's number looked up among few and among many.
    ServiceIds,
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
    let mut table = Table::of(machine::kind(folder.path())?, extent);
    if wants(Figure::Uses) {
        table.add(uses::measure(Engine::Sqlite, folder.path(), extent)?);
    }
    if wants(Figure::UsesOnPostgres) {
        table.add(uses::measure(Engine::Postgres, folder.path(), extent)?);
    }
    if wants(Figure::Growth) {
        table.add(growth::measure(folder.path(), extent)?);
    }
    if wants(Figure::Tickets) {
        table.add(tickets::measure(folder.path(), extent)?);
    }
    if wants(Figure::LookUp) {
        table.add(look_up::measure(extent)?);
    }
    if wants(Figure::Felica) {
        table.add(felica::measure(extent)?);
    }
    if wants(Figure::Bridge) {
        table.add(bridge::measure(extent)?);
    }
    if wants(Figure::Clearing) {
        table.add(clearing::measure(extent)?);
    }
    if wants(Figure::Opening) {
        table.add(opening::measure(extent)?);
    }
    if wants(Figure::Sizes) {
        table.add(sizes::measure()?);
    }
    if wants(Figure::TicketPage) {
        table.add(ticket_page::measure(extent)?);
    }
    if wants(Figure::Receiving) {
        table.add(receiving::measure(folder.path(), extent)?);
    }
    if wants(Figure::Merging) {
        table.add(merging::measure(extent)?);
    }
    if wants(Figure::ServiceIds) {
        table.add(service_ids::measure(folder.path(), extent)?);
    }
    finish(&table, &asked.folder)
}

fn finish(table: &Table, folder: &Path) -> Result<(), Trouble> {
    let text = table.to_string();
    print!("{text}");
    fs::write(folder.join("bench.md"), text)?;
    Ok(())
}
