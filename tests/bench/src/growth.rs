//! A small town and one a hundred times as large with ten times the history: how much slower is a use?
//!
//! Both are warm: their files are read once from end to end before, and the first seconds of load are
//! not measured. What does not fit into the database's own cache comes from the operating system's.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::{Load, Rounds, Route, Visitors};
use crate::serving::Server;
use crate::table::Row;
use crate::town::{Town, Where};
use madoguchi_cloud::keys::make_key_file;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

const CLIENTS: usize = 64;
/// At most 20 % slower.
const SHARE: f64 = 0.8;

/// Two towns to compare.
struct Towns {
    small: Town,
    large: Town,
    rounds: u64,
    measured: Duration,
    warm_up: Duration,
}

/// The histories count grants (two for each resident) and uses.
const fn towns(extent: Extent) -> Towns {
    match extent {
        Extent::Full => Towns {
            small: Town { residents: 10_000, earlier_uses: 280_000 },
            large: Town { residents: 1_000_000, earlier_uses: 1_000_000 },
            rounds: 7,
            measured: Duration::from_secs(4),
            warm_up: Duration::from_secs(1),
        },
        Extent::Quick => Towns {
            small: Town { residents: 10_000, earlier_uses: 20_000 },
            large: Town { residents: 150_000, earlier_uses: 100_000 },
            rounds: 5,
            measured: Duration::from_secs(1),
            warm_up: Duration::from_millis(500),
        },
    }
}

/// Measures how a use fares in both.
pub(crate) fn measure(folder: &Path, extent: Extent) -> Result<Vec<Row>, Trouble> {
    let towns = towns(extent);
    let key_file = folder.join("growth.key");
    make_key_file(&key_file)?;
    let small = founded(towns.small, folder, &key_file)?;
    let large = founded(towns.large, folder, &key_file)?;
    let load = Load { clients: CLIENTS, warm_up: towns.warm_up, measured: towns.measured };
    let (mut in_small, mut in_large) = (Rounds::default(), Rounds::default());
    eprintln!("Uses in both towns, {CLIENTS} clients");
    for round in 0..towns.rounds {
        let visitors = |town| Visitors::of(town, Where::ManyShops, &key_file, round);
        in_small.push(small.under(load, Route::Use, &visitors(towns.small)?)?);
        in_large.push(large.under(load, Route::Use, &visitors(towns.large)?)?);
    }
    Ok(vec![row(&towns, &in_small, &in_large)])
}

fn founded(town: Town, folder: &Path, key_file: &Path) -> Result<Server, Trouble> {
    eprintln!(
        "Founding a town of {} residents with {} earlier operations",
        town.residents,
        town.operations()
    );
    let database: PathBuf = folder.join(format!("{}.sqlite", town.residents));
    town.found(database.as_path())?;
    io::copy(&mut File::open(&database)?, &mut io::sink())?;
    Server::start(&database, key_file, &[])
}

fn row(towns: &Towns, in_small: &Rounds, in_large: &Rounds) -> Row {
    let share = in_large.times(in_small);
    let figure = format!(
        "Uses, {} residents and {} operations ÷ {} and {}, {CLIENTS} clients, both warm",
        towns.large.residents,
        towns.large.operations(),
        towns.small.residents,
        towns.small.operations()
    );
    let said = |rounds: &Rounds| {
        let (per_second, p50) =
            (rounds.median(|round| round.per_second), rounds.median(|round| round.p50_ms));
        let cloud_us = rounds.median(|round| round.cloud_us);
        format!("{per_second:.0}/s, p50 {p50:.2} ms, {cloud_us:.0} µs of processor each")
    };
    let measured = format!("{share:.2} ({}; {})", said(in_large), said(in_small));
    Row::with_goal(figure, format!("≥ {SHARE}"), measured, share >= SHARE)
}
