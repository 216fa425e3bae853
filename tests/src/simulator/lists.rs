//! What a terminal lists of the books must stand in them, and nothing may be left out.

use super::bookkeeper::{Fate, Objection, actor_name};
use super::pc::Pc;
use super::rows::Side;
use super::world::World;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_wire::window::{OperationsOfTheDay, StatementOfPeriod};
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// The list of today must hold what the books hold of this terminal, but for scans: they have no receipt.
    pub(super) fn see_list(&mut self, terminal: usize, list: &OperationsOfTheDay) -> Result<(), Objection> {
        let actor = actor_name(&self.town.terminals[terminal]);
        let of_the_day = format!("{:04}{:02}{:02}-", list.date.year(), list.date.month(), list.date.day());
        let booked: Vec<_> = self
            .bookkeeper
            .fates()
            .filter(|((who, _), fate)| {
                *who == actor
                    && fate.outcome == "done"
                    && !is_of_a_scan(fate)
                    && fate.number.starts_with(&of_the_day)
            })
            .map(|((_, key), _)| key.clone())
            .collect();
        let mut listed: Vec<_> = list.operations.iter().map(|operation| operation.key.to_string()).collect();
        listed.sort();
        self.note(&format!("terminal {terminal} lists {} operations", listed.len()));
        let mut expected = booked;
        expected.sort();
        if listed == expected {
            Ok(())
        } else {
            Err(format!("terminal {terminal} lists {listed:?}; the books have {expected:?}"))
        }
    }

    /// A site's statement must add up to what the books owe it, voided uses left out.
    pub(super) fn see_statement(
        &mut self,
        terminal: usize,
        statement: &StatementOfPeriod,
    ) -> Result<(), Objection> {
        let site = Side::Site(self.town.terminals[terminal].site);
        let mut owed: BTreeMap<&str, (u32, i64)> = BTreeMap::new();
        let today = self.today();
        let until = format!("{:04}{:02}{:02}.", today.year(), today.month(), today.day());
        let is_owed = |fate: &Fate| matches!(fate.kind.as_str(), "use" | "clear");
        let stands = |fate: &Fate| is_owed(fate) && !fate.voided && fate.number < until;
        for (_, fate) in self.bookkeeper.fates().filter(|(_, fate)| stands(fate)) {
            for line in fate.lines.iter().filter(|line| line.side == site) {
                if let Some(currency) = self.town.currency(line.currency) {
                    let (uses, points) = owed.entry(currency.name).or_default();
                    *uses += 1;
                    *points += line.amount;
                }
            }
        }
        let told: BTreeMap<&str, (u32, i64)> = statement
            .totals
            .iter()
            .map(|total| (total.currency.as_str(), (total.uses, total.points)))
            .collect();
        let lines: i64 = statement.lines.iter().map(|line| line.points).sum();
        if told != owed || lines != owed.values().map(|(_, points)| points).sum::<i64>() {
            return Err(format!("terminal {terminal} states {told:?}; its site is owed {owed:?}"));
        }
        self.note(&format!("terminal {terminal} states {} uses", statement.lines.len()));
        Ok(())
    }

    /// The journal on a terminal's disk and the books name the same operations with the same fates.
    pub(super) fn check_journal(&self, terminal: usize) -> Result<(), Objection> {
        let journal = self.pcs[terminal].journal().map_err(|error| format!("a journal: {error}"))?;
        let journal: BTreeMap<_, _> = journal.into_iter().collect();
        let actor = actor_name(&self.town.terminals[terminal]);
        let booked: BTreeMap<_, _> = self
            .bookkeeper
            .fates()
            .filter(|((who, key), fate)| {
                *who == actor && !is_of_a_scan(fate) && !self.scans[terminal].has(key)
            })
            .map(|((_, key), fate)| (key.clone(), in_the_journal(fate).to_owned()))
            .collect();
        if journal == booked {
            return Ok(());
        }
        let differs = |key: &&String| journal.get(*key) != booked.get(*key);
        let keys: BTreeSet<_> = journal.keys().chain(booked.keys()).filter(differs).collect();
        let key = keys.first().copied().cloned().unwrap_or_default();
        let (written, posted) = (journal.get(&key), booked.get(&key));
        Err(format!("terminal {terminal} has {key} as {written:?} in its journal; the books have {posted:?}"))
    }

    /// The journal of scans on a terminal's disk and the books name the same clearings with the same fates.
    pub(super) fn check_scan_journal(&self, terminal: usize) -> Result<(), Objection> {
        let journal =
            self.pcs[terminal].scan_journal().map_err(|error| format!("a scan journal: {error}"))?;
        let actor = actor_name(&self.town.terminals[terminal]);
        for (key, state) in &journal {
            let fate = self.bookkeeper.fate(&(actor.clone(), key.clone()));
            let should = match fate {
                Some(Fate { outcome, voided: true, .. }) if outcome == "done" => "taken_back",
                Some(Fate { outcome, .. }) if outcome == "done" => "cleared",
                Some(_) => "refused",
                None => "nothing",
            };
            if state != should {
                return Err(format!(
                    "terminal {terminal} has scan {key} as {state}, the books have {should}"
                ));
            }
        }
        Ok(())
    }

    /// Every paper is of an operation that took place, and of two papers of one operation only one
    /// looks like the first.
    pub(super) fn check_papers(&self) -> Result<(), Objection> {
        let done = |fate: &&Fate| fate.outcome == "done";
        let numbers: BTreeSet<_> =
            self.bookkeeper.fates().map(|(_, fate)| fate).filter(done).map(|fate| &fate.number).collect();
        for pc in &self.pcs {
            let mut first_papers = BTreeSet::new();
            for (title, is_first) in papers_of(pc) {
                let number = title.trim_start_matches("receipt-").to_owned();
                if !numbers.contains(&number) {
                    return Err(format!("a paper says {number}, which the books do not have"));
                }
                if is_first && !first_papers.insert(number) {
                    return Err(format!("two papers look like the first: {title}"));
                }
            }
        }
        Ok(())
    }
}

/// Each paper's title, and whether it looks like the first of its operation.
fn papers_of(pc: &Pc) -> Vec<(String, bool)> {
    let says_reprint =
        |line: &PaperLine| matches!(line, PaperLine::Boxed(text) if text.starts_with("再発行"));
    let papers = pc.papers.papers();
    papers.into_iter().map(|paper| (paper.title, !paper.lines.iter().any(says_reprint))).collect()
}

/// What the journal of scans keeps, and not the one of operations.
fn is_of_a_scan(fate: &Fate) -> bool {
    matches!(fate.kind.as_str(), "clear" | "unclear")
}

/// How a terminal's journal names a fate.
fn in_the_journal(fate: &Fate) -> &str {
    match fate.outcome.as_str() {
        "abandoned" => "not_done",
        outcome => outcome,
    }
}
