//! What can be told only across books: acts in several of them, and the days' sums.

use super::tickets::Tickets;
use super::{Invariant, Violation};
use crate::issuer::BookCode;
use crate::ledger::operation::{ActId, Operation};
use crate::ledger::state::DayUse;
use crate::person::PersonId;
use jiff::civil::Date;
use std::collections::HashMap;

/// What was checked, and what was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// What breaks an invariant; empty = all of it holds.
    pub violations: Vec<Violation>,
    /// How many operations were checked.
    pub operations: usize,
    /// How many entries.
    pub entries: usize,
    /// How many accounts.
    pub accounts: usize,
    /// How many lots.
    pub lots: usize,
    /// How many tickets.
    pub tickets: usize,
    /// How many blocks.
    pub blocks: usize,
    /// Operations whose act has its home in another book.
    pub(super) others: Vec<Operation>,
    /// Per home book and person: the newest date with counted uses, and their sum.
    days: HashMap<(BookCode, PersonId), DayUse>,
    pub(super) of_tickets: Tickets,
}

impl Checked {
    pub(super) fn add_day(&mut self, home: BookCode, person: PersonId, date: Date, points: i64) {
        let day = self.days.entry((home, person)).or_insert(DayUse { date, used: 0 });
        if day.date < date {
            *day = DayUse { date, used: 0 };
        }
        if day.date == date {
            day.used = day.used.saturating_add(points);
        }
    }

    /// Adds what was found in another book.
    pub fn join(&mut self, other: Self) {
        self.violations.extend(other.violations);
        self.operations += other.operations;
        self.entries += other.entries;
        self.accounts += other.accounts;
        self.lots += other.lots;
        self.tickets += other.tickets;
        self.blocks += other.blocks;
        self.of_tickets.join(other.of_tickets);
        self.others.extend(other.others);
        for ((home, person), day) in other.days {
            self.add_day(home, person, day.date, day.used);
        }
    }

    /// I6: each operation outside its act's home book agrees with the one there.
    pub fn check_acts(&mut self, mut home: impl FnMut(ActId) -> Option<Operation>) {
        for other in std::mem::take(&mut self.others) {
            let agrees = home(other.act).is_some_and(|home| {
                (home.act, home.kind, home.outcome, home.at_ms, home.actor, home.site, home.identified_by)
                    == (
                        other.act,
                        other.kind,
                        other.outcome,
                        other.at_ms,
                        other.actor,
                        other.site,
                        other.identified_by,
                    )
            });
            if !agrees {
                let row = format!(
                    "operation {}: its act {} of book {} says otherwise",
                    other.seq, other.act.seq, other.act.book
                );
                self.violations.push(Violation { invariant: Invariant::OneCommit, book: other.book, row });
            }
        }
    }

    /// I4: the kept tickets are what was done with them, whichever book's terminal did it.
    pub fn check_tickets(&mut self) {
        self.violations.extend(std::mem::take(&mut self.of_tickets).violations());
    }

    /// I4: a number that all books know of a ticket in this one, which has no such ticket; or a ticket
    /// whose number they do not know.
    pub fn stray_number(&mut self, book: BookCode) {
        self.of_tickets.stray_number(book);
    }

    /// I10: the kept sums of the days are what the entries say. Feed every kept row.
    pub fn check_days(&mut self, kept: impl IntoIterator<Item = (BookCode, PersonId, DayUse)>) {
        let mut proved = std::mem::take(&mut self.days);
        for (book, person, day) in kept {
            if proved.remove(&(book, person)) != Some(day) {
                let row = format!("day of {}: {} on {}", person.0, day.used, day.date);
                self.violations.push(Violation { invariant: Invariant::DaySum, book, row });
            }
        }
        for ((book, person), day) in proved {
            let row = format!("day of {}: missing, {} on {}", person.0, day.used, day.date);
            self.violations.push(Violation { invariant: Invariant::DaySum, book, row });
        }
    }
}
