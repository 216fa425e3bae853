//! What happens on the cloud's side: grants, lapses, restarts.

use super::bookkeeper::{Asked, Objection};
use super::cloud::Death;
use super::store::Engine;
use super::tally::Happening;
use super::town::{RESIDENTS, resident};
use super::world::World;
use jiff::ToSpan;
use madoguchi_cloud::ledger::lapse_job::{lapse_due_lots, lapse_due_tickets};
use madoguchi_cloud::operator::grant::{Grant, grant};
use madoguchi_cloud::operator::{OperatorError, ticket};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_postgres::End;

/// For how many more days granted points can be used; none = for ever, −1 = no more.
const LASTING: &[Option<i64>] =
    &[None, None, None, Some(0), Some(1), Some(2), Some(2), Some(3), Some(400), Some(400), Some(-1)];
/// The most that the cloud's clock is set back, in milliseconds.
const BEHIND_MS: i64 = 600_000;
/// The most that is granted at once, in points.
const MOST_GRANTED: i64 = 1_500;

/// What dies where a server keeps the books.
const DEATHS: &[Death] = &[
    Death::Cloud,
    Death::Cloud,
    Death::Server(End::Killed),
    Death::Server(End::Immediate),
    Death::Server(End::Fast),
    Death::CloudAndServer(End::Killed),
];

impl World {
    /// Somebody is granted points; sometimes the same grant is asked for twice.
    pub(super) async fn grant(&mut self) -> Result<(), Objection> {
        let number = self.chance.below(self.town.currencies.len());
        let currency = self.town.currencies[number].code;
        let person = resident(self.chance.below(RESIDENTS));
        let points = self.chance.between(1, MOST_GRANTED);
        let days = *self.chance.of(LASTING);
        let last_day = days.map(|days| self.today().saturating_add(days.days()));
        let random: [u8; 10] = std::array::from_fn(|_| self.chance.next().to_le_bytes()[0]);
        let key = OperationKey::new(self.time.now_ms().unsigned_abs(), &random);
        let asked = Asked::Grant { currency, person, points, last_day };
        self.bookkeeper.hear(("job:command".into(), key.to_string()), asked)?;
        let wanted = Grant {
            key,
            currency,
            person,
            points: Points::new(points).map_err(|error| error.to_string())?,
            last_day,
            program: "seeded".into(),
        };
        let times = if self.chance.percent(20) { 2 } else { 1 };
        for _ in 0..times {
            match grant(&self.cloud.cloud().ledger, wanted.clone()).await {
                Ok(_) => self.tally.count(Happening::Granted),
                Err(OperatorError::Refused(_)) => {}
                Err(error) => return Err(format!("a grant failed: {error}")),
            }
        }
        self.note(&format!("granted {points} of {}-{} until {last_day:?}", currency.book, currency.number.0));
        self.read_books(true)
    }

    /// What is past its last day lapses; sometimes the job runs twice.
    pub(super) async fn lapse(&mut self) -> Result<(), Objection> {
        let times = if self.chance.percent(30) { 2 } else { 1 };
        for _ in 0..times {
            let lapsed = lapse_due_lots(&self.cloud.cloud().ledger, self.today()).await;
            let lapsed = lapsed.map_err(|error| format!("the lapse job failed: {error}"))?;
            let tickets = lapse_due_tickets(&self.cloud.cloud().ledger, self.today()).await;
            let tickets = tickets.map_err(|error| format!("the lapse of tickets failed: {error}"))?;
            self.note(&format!("{lapsed} lots and {tickets} tickets lapsed"));
        }
        self.read_books(true)
    }

    /// The cloud's clock is set back a little, or right again: a book's time must not fall.
    pub(super) fn set_cloud_clock(&mut self) {
        let behind_ms = self.chance.between(-BEHIND_MS, BEHIND_MS).max(0);
        self.time.set_cloud_behind(behind_ms);
        self.happens(Happening::CloudClockSet, &format!("the cloud's clock is {behind_ms} ms behind"));
    }

    /// The operator lets everybody try numbers again.
    pub(super) async fn unlock_tickets(&mut self) {
        let (terminals, now_ms) = (self.town.terminals.clone(), self.time.cloud_ms());
        let unlocked = self.cloud.cloud().database.write(move |write| {
            for terminal in terminals {
                match ticket::unlock(write, terminal.id, now_ms) {
                    Ok(()) | Err(OperatorError::NotSlowed(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        });
        unlocked.await.expect("terminals that the cloud knows");
    }

    /// The cloud is stopped and started.
    pub(super) async fn restart_cloud(&mut self) {
        self.happens(Happening::CloudRestarted, "the cloud");
        self.something_dies().await;
    }

    /// The cloud dies; on PostgreSQL it may be the server, or both.
    pub(super) async fn something_dies(&mut self) {
        self.cloud.finishes_what_nobody_waits_for().await;
        let death = match self.cloud.store().engine() {
            Engine::Sqlite => Death::Cloud,
            Engine::Postgres => *self.chance.of(DEATHS),
        };
        match death {
            Death::Cloud => {}
            Death::Server(how) => self.happens(Happening::ServerLost, &format!("{how:?}")),
            Death::CloudAndServer(how) => self.happens(Happening::ServerLostToo, &format!("{how:?}")),
        }
        self.cloud.crash(death);
    }
}
