//! Point tickets: clearing them over HTTP beside an echo, and a hundred thousand that lapse while people go
//! on paying.

mod issue;

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::{Load, Pile, Rounds, Route, Visitors, median};
use crate::serving::Server;
use crate::table::Row;
use crate::town::{Town, Where};
use issue::issue;
use jiff::ToSpan;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::Address;
use madoguchi_cloud::keys::make_key_file;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

const CLIENTS: usize = 16;
const SHARE_OF_ECHO: f64 = 0.25;
const LAPSED_WITHIN_S: f64 = 60.0;
const P99_TIMES: f64 = 3.0;
/// Turns with and without, one after the other.
const LAPSING_ROUNDS: u64 = 3;
/// Before the measurement, in days: then the tickets that have lapsed were issued.
const EARLIER: i64 = 10;

/// How much of everything.
struct Size {
    town: Town,
    /// Tickets to clear, in all rounds together.
    pile: u32,
    rounds: u64,
    round: Duration,
    /// Tickets that lapse.
    lapsing: u32,
    /// How long people pay meanwhile.
    meanwhile: Duration,
}

const fn size(extent: Extent) -> Size {
    match extent {
        Extent::Full => Size {
            town: Town { residents: 10_000, earlier_uses: 0 },
            pile: 200_000,
            rounds: 5,
            round: Duration::from_secs(2),
            lapsing: 100_000,
            meanwhile: Duration::from_secs(4),
        },
        Extent::Quick => Size {
            town: Town { residents: 2_000, earlier_uses: 0 },
            pile: 60_000,
            rounds: 3,
            round: Duration::from_secs(1),
            lapsing: 100_000,
            meanwhile: Duration::from_secs(2),
        },
    }
}

/// Measures everything about tickets.
pub(crate) fn measure(folder: &Path, extent: Extent) -> Result<Vec<Row>, Trouble> {
    let key_file = folder.join("tickets.key");
    make_key_file(&key_file)?;
    let size = size(extent);
    let mut rows = vec![clearing(&size, folder, &key_file)?];
    rows.extend(lapsing(&size, folder, &key_file)?);
    Ok(rows)
}

/// Tickets cleared, beside an echo of the same number of clients.
fn clearing(size: &Size, folder: &Path, key_file: &Path) -> Result<Row, Trouble> {
    let database = folder.join("clearing.sqlite");
    eprintln!("Clearing: founding a town of {} residents with {} tickets", size.town.residents, size.pile);
    let clock = Clock::System;
    size.town.found_by(database.as_path(), &clock)?;
    let last_day = clock.today().checked_add(30.days())?;
    let codes = issue(size.town, &Address::from(database.as_path()), key_file, clock, (size.pile, last_day))?;
    let pile = Pile::of(codes);
    let cloud = Server::start(&database, key_file, &[])?;
    let load = Load { clients: CLIENTS, warm_up: Duration::from_millis(500), measured: size.round };
    let (mut echoed, mut cleared) = (Rounds::default(), Rounds::default());
    for round in 0..size.rounds {
        let visitors = |turn| Visitors::of(size.town, Where::ManyShops, key_file, round * 2 + turn);
        echoed.push(cloud.under(load, Route::Echo, &visitors(0)?)?);
        cleared.push(cloud.under(load, Route::Clear, &visitors(1)?.with(&pile))?);
    }
    let share = cleared.times(&echoed);
    let per_second = |rounds: &Rounds| rounds.median(|round| round.per_second);
    let (rate, echo) = (per_second(&cleared), per_second(&echoed));
    let cloud_us = cleared.median(|round| round.cloud_us);
    Ok(Row::with_goal(
        format!("Tickets cleared, {CLIENTS} clients: ÷ echo"),
        format!("≥ {SHARE_OF_ECHO}"),
        format!("{share:.2} ({rate:.0}/s at {cloud_us:.0} µs, echo {echo:.0}/s)"),
        share >= SHARE_OF_ECHO,
    ))
}

/// Tickets that lapse in one cloud while people pay there as they do in another, where nothing lapses; in turn.
fn lapsing(size: &Size, folder: &Path, key_file: &Path) -> Result<Vec<Row>, Trouble> {
    let founded = folder.join("lapsing.sqlite");
    eprintln!("Lapsing: founding a town of {} residents with {} tickets", size.town.residents, size.lapsing);
    let earlier = Clock::System.now_ms() - EARLIER * 24 * 60 * 60 * 1000;
    let clock = Clock::set_to(earlier);
    size.town.found_by(founded.as_path(), &clock)?;
    let last_day = clock.today();
    issue(size.town, &Address::from(founded.as_path()), key_file, clock, (size.lapsing, last_day))?;
    let load = Load { clients: CLIENTS, warm_up: Duration::from_millis(500), measured: size.meanwhile };
    let (mut calm, mut busy, mut took_s) = (Rounds::default(), Rounds::default(), Vec::new());
    for round in 0..size.rounds.min(LAPSING_ROUNDS) {
        let visitors = |turn| Visitors::of(size.town, Where::ManyShops, key_file, round * 2 + turn);
        // Each ticket lapses once: every turn has a copy of its own.
        let copy = folder.join("lapsing-turn.sqlite");
        fs::copy(&founded, &copy)?;
        calm.push(Server::start(&copy, key_file, &[])?.under(load, Route::Use, &visitors(0)?)?);
        remove(&copy)?;
        fs::copy(&founded, &copy)?;
        let mut cloud = Server::start(&copy, key_file, &["--lapse"])?;
        busy.push(cloud.under(load, Route::Use, &visitors(1)?)?);
        took_s.push(cloud.says()?.parse::<f64>()?);
        drop(cloud);
        remove(&copy)?;
    }
    let p99 = |rounds: &Rounds| rounds.median(|round| round.p99_ms);
    let per_second = |rounds: &Rounds| rounds.median(|round| round.per_second);
    let (with, without) = (p99(&busy), p99(&calm));
    let (times, took_s) = (with / without, median(took_s));
    Ok(vec![
        Row::with_goal(
            format!("{} tickets lapse while {CLIENTS} clients pay", size.lapsing),
            format!("< {LAPSED_WITHIN_S:.0} s"),
            format!("{took_s:.1} s"),
            took_s < LAPSED_WITHIN_S,
        ),
        Row::with_goal(
            "Uses meanwhile: p99 ÷ p99 where nothing lapses",
            format!("< {P99_TIMES}"),
            format!(
                "{times:.1} ({with:.2} ms, {without:.2} ms; {:.0}/s, {:.0}/s)",
                per_second(&busy),
                per_second(&calm)
            ),
            times < P99_TIMES,
        ),
    ])
}

/// A database with what SQLite has laid beside it.
fn remove(database: &Path) -> Result<(), Trouble> {
    fs::remove_file(database)?;
    for beside in ["-wal", "-shm"] {
        let mut name = database.as_os_str().to_owned();
        name.push(beside);
        match fs::remove_file(&name) {
            Err(fault) if fault.kind() != ErrorKind::NotFound => return Err(fault.into()),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}
