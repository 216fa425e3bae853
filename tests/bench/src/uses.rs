//! Uses of points over HTTP, each answered only when it is on the disk, beside an echo that does all
//! the same but post, and beside one commit per use: by the same code, and on PostgreSQL by plain
//! statements as well.

use crate::Trouble;
use crate::command_line::Extent;
use crate::engine::{Databases, Engine};
use crate::load::{Load, Rounds, Route, Visitors};
use crate::serving::Server;
use crate::table::Row;
use crate::town::{Town, Where};
use madoguchi_cloud::keys::make_key_file;
use std::path::Path;
use std::time::Duration;

/// Where the uses take place.
pub(crate) const TOWN: Town = Town { residents: 100_000, earlier_uses: 0 };
const CLIENTS: [usize; 3] = [1, 16, 64];
/// The number of clients for which goals are set.
const FULL_COUNTERS: usize = 64;
const P99_OVER_P50: f64 = 5.0;

/// The clouds that are compared: both serve a copy of the same town.
struct Clouds {
    together: Server,
    one_each: Server,
    engine: Engine,
}

/// What one shape of load came to.
#[derive(Default)]
struct Compared {
    used: Rounds,
    echoed: Rounds,
    one_each: Rounds,
    /// On PostgreSQL.
    plain: Rounds,
}

/// Measures everything about uses.
pub(crate) fn measure(engine: Engine, folder: &Path, extent: Extent) -> Result<Vec<Row>, Trouble> {
    let key_file = folder.join(format!("{}.key", engine.uses()));
    make_key_file(&key_file)?;
    eprintln!("{}: founding a town of {} residents", engine.uses(), TOWN.residents);
    let databases = Databases::with(TOWN, engine, folder)?;
    let further: &[&str] = match engine {
        Engine::Sqlite => &[],
        Engine::Postgres => &["--plain"],
    };
    let clouds = Clouds {
        together: Server::start(&databases.together, &key_file, further)?,
        one_each: Server::start(&databases.one_each, &key_file, &["--most-per-commit", "1"])?,
        engine,
    };
    let mut rows = Vec::new();
    for place in [Where::ManyShops, Where::OneShop] {
        for clients in CLIENTS {
            eprintln!("{} at {}, {clients} clients", engine.uses(), place.words());
            let compared = clouds.compare(&key_file, place, clients, extent)?;
            rows.extend(compared.rows(engine, place, clients));
        }
    }
    Ok(rows)
}

impl Clouds {
    /// Round after round, all of them after each other, so that whatever else the machine does meets
    /// them alike.
    fn compare(
        &self,
        key_file: &Path,
        place: Where,
        clients: usize,
        extent: Extent,
    ) -> Result<Compared, Trouble> {
        let (rounds, measured): (u64, _) = match extent {
            Extent::Full => (5, Duration::from_millis(2_500)),
            Extent::Quick => (3, Duration::from_secs(1)),
        };
        let load = Load { clients, warm_up: Duration::from_millis(500), measured };
        let mut compared = Compared::default();
        for round in 0..rounds {
            let visitors = |turn| Visitors::of(TOWN, place, key_file, round * 4 + turn);
            compared.echoed.push(self.together.under(load, Route::Echo, &visitors(0)?)?);
            compared.used.push(self.together.under(load, Route::Use, &visitors(1)?)?);
            compared.one_each.push(self.one_each.under(load, Route::Use, &visitors(2)?)?);
            if self.engine == Engine::Postgres {
                compared.plain.push(self.together.under(load, Route::Plain, &visitors(3)?)?);
            }
        }
        Ok(compared)
    }
}

impl Compared {
    fn rows(&self, engine: Engine, place: Where, clients: usize) -> Vec<Row> {
        let who = if clients == 1 { "client" } else { "clients" };
        let of = format!("{}, {}, {clients} {who}", engine.uses(), place.words());
        let goals = engine.goals(place);
        let row = |against: &str, goal: Option<f64>, times: f64, measured: String| match goal {
            Some(goal) if clients == FULL_COUNTERS => {
                Row::with_goal(format!("{of}: {against}"), format!("≥ {goal}"), measured, times >= goal)
            }
            _ => Row::beside(format!("{of}: {against}"), measured),
        };
        let (share, times) = (self.used.times(&self.echoed), self.used.times(&self.one_each));
        let rates = format!("{share:.2} ({}, echo {})", said(&self.used), said(&self.echoed));
        let singly = format!("{times:.1} (one commit each: {:.0}/s)", per_second(&self.one_each));
        let mut rows = vec![
            row("÷ echo", goals.share_of_echo, share, rates),
            row("÷ one commit each", goals.times_one_commit_each, times, singly),
        ];
        if engine == Engine::Postgres {
            let times = self.used.times(&self.plain);
            let plainly = format!("{times:.1} (plain: {:.0}/s)", per_second(&self.plain));
            rows.push(row("÷ plain statements", goals.times_plain, times, plainly));
        }
        rows.push(self.spread(&of, clients));
        rows
    }

    fn spread(&self, of: &str, clients: usize) -> Row {
        let (p50, p99) = (self.used.median(|round| round.p50_ms), self.used.median(|round| round.p99_ms));
        let spread = self.used.median(|round| round.p99_ms / round.p50_ms);
        let latency = format!("{spread:.1} (p50 {p50:.2} ms, p99 {p99:.2} ms)");
        let figure = format!("{of}: p99 ÷ p50");
        if clients == FULL_COUNTERS {
            Row::with_goal(figure, format!("< {P99_OVER_P50}"), latency, spread < P99_OVER_P50)
        } else {
            Row::beside(figure, latency)
        }
    }
}

fn per_second(rounds: &Rounds) -> f64 {
    rounds.median(|round| round.per_second)
}

fn said(rounds: &Rounds) -> String {
    format!("{:.0}/s at {:.0} µs", per_second(rounds), rounds.median(|round| round.cloud_us))
}
