//! Uses of points over HTTP, each answered only when it is on the disk, beside an echo that does all
//! the same but post, and beside one commit per use.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::{Load, Rounds, Route, Visitors};
use crate::serving::Server;
use crate::table::Row;
use crate::town::{Town, Where};
use madoguchi_cloud::keys::make_key_file;
use std::fs;
use std::path::Path;
use std::time::Duration;

const TOWN: Town = Town { residents: 100_000, earlier_uses: 0 };
const CLIENTS: [usize; 3] = [1, 16, 64];
/// The number of clients for which goals are set.
const FULL_COUNTERS: usize = 64;
const SHARE_OF_ECHO: f64 = 0.35;
const TIMES_ONE_COMMIT_EACH: f64 = 4.0;
const P99_OVER_P50: f64 = 5.0;

/// The clouds that are compared: both serve a copy of the same town.
struct Clouds {
    together: Server,
    one_each: Server,
}

/// What one shape of load came to.
#[derive(Default)]
struct Compared {
    used: Rounds,
    echoed: Rounds,
    one_each: Rounds,
}

/// Measures everything about uses.
pub(crate) fn measure(folder: &Path, extent: Extent) -> Result<Vec<Row>, Trouble> {
    let (together, one_each) = (folder.join("together.sqlite"), folder.join("one-each.sqlite"));
    let key_file = folder.join("uses.key");
    make_key_file(&key_file)?;
    eprintln!("Founding a town of {} residents", TOWN.residents);
    TOWN.found(&together)?;
    fs::copy(&together, &one_each)?;
    let clouds = Clouds {
        together: Server::start(&together, &key_file, None)?,
        one_each: Server::start(&one_each, &key_file, Some(1))?,
    };
    let mut rows = Vec::new();
    for place in [Where::ManyShops, Where::OneShop] {
        for clients in CLIENTS {
            eprintln!("Uses at {}, {clients} clients", place.words());
            let compared = clouds.compare(&key_file, place, clients, extent)?;
            rows.extend(compared.rows(place, clients));
        }
    }
    Ok(rows)
}

impl Clouds {
    /// Round after round, all three after each other, so that whatever else the machine does meets
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
            let visitors = |turn| Visitors::of(TOWN, place, key_file, round * 3 + turn);
            compared.echoed.push(self.together.under(load, Route::Echo, &visitors(0)?)?);
            compared.used.push(self.together.under(load, Route::Use, &visitors(1)?)?);
            compared.one_each.push(self.one_each.under(load, Route::Use, &visitors(2)?)?);
        }
        Ok(compared)
    }
}

impl Compared {
    fn rows(&self, place: Where, clients: usize) -> Vec<Row> {
        let of =
            format!("Uses, {}, {clients} {}", place.words(), if clients == 1 { "client" } else { "clients" });
        let share = self.used.times(&self.echoed);
        let times = self.used.times(&self.one_each);
        let (p50, p99) = (self.used.median(|round| round.p50_ms), self.used.median(|round| round.p99_ms));
        let spread = self.used.median(|round| round.p99_ms / round.p50_ms);
        let said = |rounds: &Rounds| {
            let (per_second, cloud_us) =
                (rounds.median(|round| round.per_second), rounds.median(|round| round.cloud_us));
            format!("{per_second:.0}/s at {cloud_us:.0} µs")
        };
        let rates = format!("{share:.2} ({}, echo {})", said(&self.used), said(&self.echoed));
        let singly =
            format!("{times:.1} (one commit each: {:.0}/s)", self.one_each.median(|round| round.per_second));
        let latency = format!("{spread:.1} (p50 {p50:.2} ms, p99 {p99:.2} ms)");
        let (to_echo, to_one_each, p99_over_p50) =
            (format!("{of}: ÷ echo"), format!("{of}: ÷ one commit each"), format!("{of}: p99 ÷ p50"));
        if clients != FULL_COUNTERS {
            return vec![
                Row::beside(to_echo, rates),
                Row::beside(to_one_each, singly),
                Row::beside(p99_over_p50, latency),
            ];
        }
        vec![
            Row::with_goal(to_echo, format!("≥ {SHARE_OF_ECHO}"), rates, share >= SHARE_OF_ECHO),
            Row::with_goal(
                to_one_each,
                format!("≥ {TIMES_ONE_COMMIT_EACH}"),
                singly,
                times >= TIMES_ONE_COMMIT_EACH,
            ),
            Row::with_goal(p99_over_p50, format!("< {P99_OVER_P50}"), latency, spread < P99_OVER_P50),
        ]
    }
}
