//! Visits: whose card was looked up where, and what there was to be shown at that moment.

use super::bookkeeper::{ByLastDay, Objection};
use super::town::{LIMIT_PER_DAY, RESIDENTS, resident};
use super::world::World;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::person::PersonId;
use madoguchi_terminal::cloud::Reply;
use madoguchi_wire::terminal_api::LookUpPointsAnswer;

/// A visit that the cloud opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// At which terminal.
    pub terminal: usize,
    /// Whose card it was.
    pub person: PersonId,
    /// When it ends, milliseconds since 1970 (UTC).
    pub ends_ms: i64,
    /// What could be used at that moment: currency, and points by last day.
    pub usable: Vec<(CurrencyCode, ByLastDay)>,
    /// What the day's limit left at that moment.
    pub left_today: i64,
}

impl World {
    /// Takes note of a visit with what could be used at its moment.
    pub(super) fn note_visit(&mut self, terminal: usize, reply: &Reply) -> Result<(), Objection> {
        let answer: LookUpPointsAnswer =
            serde_json::from_slice(&reply.body).map_err(|error| format!("a look-up's answer: {error}"))?;
        let person = (0..RESIDENTS)
            .find(|number| answer.masked_mykey_id == format!("SE****{number:02}"))
            .map(resident)
            .ok_or("a visit of nobody")?;
        let today = self.today();
        let usable = self.usable_at(terminal, person);
        let used = self.bookkeeper.used(self.town.terminals[terminal].home(), person, today);
        let left_today = (LIMIT_PER_DAY - used).max(0);
        let opened = Opened { terminal, person, ends_ms: answer.expires_at_ms, usable, left_today };
        self.opened.insert(answer.visit, opened.clone());
        self.newest.insert(terminal, opened);
        Ok(())
    }

    /// What the second bookkeeper would show: the municipality's own points first, then events and
    /// common points by their end, those where the person holds any.
    fn usable_at(&self, terminal: usize, person: PersonId) -> Vec<(CurrencyCode, ByLastDay)> {
        let today = self.today();
        let mut here: Vec<_> = self
            .town
            .currencies
            .iter()
            .filter(|currency| self.town.counts(currency.code, terminal, today))
            .map(|currency| (currency.last_day, currency.code))
            .collect();
        here.sort_by_key(|(last_day, _)| (last_day.is_some(), *last_day));
        here.into_iter()
            .map(|(last_day, code)| (last_day, code, self.bookkeeper.usable(person, code, today)))
            .filter(|(last_day, _, usable)| last_day.is_none() || !usable.is_empty())
            .map(|(_, code, usable)| (code, usable))
            .collect()
    }
}
