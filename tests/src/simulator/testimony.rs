//! What clerks were told, held against the books.
//!
//! 成立しています must stand in the books with just those amounts; 成立していません must never stand there;
//! what was said once is said for ever; and whatever a terminal sent it still knows after a power cut.

use super::bookkeeper::{Bookkeeper, Fate, Objection, Scope, actor_name};
use super::rows::Side;
use super::town::Town;
use madoguchi_wire::window::{LastOperation, MovedHere, OperationState};
use std::collections::BTreeMap;

/// Everything every clerk was told.
pub struct Testimony {
    told: BTreeMap<Scope, LastOperation>,
    /// Keys of operations in the order in which each terminal sent them first, or showed them at a
    /// start because the power had gone before they left.
    known: Vec<Vec<String>>,
    /// The last operation whose fate each clerk has acknowledged.
    acknowledged: Vec<Option<String>>,
}

const fn is_final(state: &OperationState) -> bool {
    !matches!(state, OperationState::Checking)
}

impl Testimony {
    /// Nobody has been told anything.
    pub fn of(town: &Town) -> Self {
        let terminals = town.terminals.len();
        Self {
            told: BTreeMap::new(),
            known: vec![Vec::new(); terminals],
            acknowledged: vec![None; terminals],
        }
    }

    /// A terminal sends an operation: the one before must be settled, since at most one is unresolved.
    pub fn sends(&mut self, terminal: usize, scope: &Scope) -> Result<(), Objection> {
        if self.known[terminal].contains(&scope.1) {
            return Ok(());
        }
        if let Some(before) = self.known[terminal].last()
            && !self.told.get(&(scope.0.clone(), before.clone())).is_some_and(|told| is_final(&told.state))
        {
            return Err(format!("{} sends {} before {before} is settled", scope.0, scope.1));
        }
        self.known[terminal].push(scope.1.clone());
        Ok(())
    }

    /// A clerk is told what became of an operation.
    pub fn hear(
        &mut self,
        terminal: usize,
        operation: &LastOperation,
        bookkeeper: &Bookkeeper,
        town: &Town,
    ) -> Result<(), Objection> {
        let scope = (actor_name(&town.terminals[terminal]), operation.key.to_string());
        let fate = bookkeeper.fate(&scope);
        match &operation.state {
            OperationState::Checking => {}
            OperationState::Done { number, accounts, .. } => {
                let fate = fate.filter(|fate| fate.outcome == "done");
                let fate =
                    fate.ok_or_else(|| format!("{scope:?} was told as done and is not in the books"))?;
                same_as_told(&scope, fate, number, accounts, operation)?;
                same_accounts(&scope, fate, accounts, town)?;
            }
            // Where the cloud had said why it could not, an abandoned key is told as refused for that.
            OperationState::Refused { .. } if fate.is_some_and(|fate| fate.outcome != "done") => {}
            OperationState::NotDone if fate.is_some_and(|fate| fate.outcome == "abandoned") => {}
            OperationState::Refused { .. } | OperationState::NotDone => {
                let found = fate.map_or("nothing", |fate| fate.outcome.as_str());
                return Err(format!(
                    "{scope:?} was told as {:?} while the books have {found}",
                    operation.state
                ));
            }
        }
        if let Some(before) = self.told.get(&scope).filter(|told| is_final(&told.state))
            && before.state != operation.state
        {
            return Err(format!("{scope:?} was told as {:?}, then as {:?}", before.state, operation.state));
        }
        self.told.insert(scope, operation.clone());
        Ok(())
    }

    /// A clerk has acknowledged the last operation.
    pub fn acknowledges(&mut self, terminal: usize, key: String) {
        self.acknowledged[terminal] = Some(key);
    }

    /// A program has started and shows this as its last operation.
    pub fn starts(
        &mut self,
        terminal: usize,
        last: Option<&LastOperation>,
        bookkeeper: &Bookkeeper,
        town: &Town,
    ) -> Result<(), Objection> {
        let newest = self.known[terminal].last().cloned();
        let shown = last.map(|last| last.key.to_string());
        match &shown {
            // Written down, but the power went before it left.
            Some(key) if !self.known[terminal].contains(key) => self.known[terminal].push(key.clone()),
            _ if shown == newest => {}
            _ => return Err(format!("terminal {terminal} sent {newest:?} and starts with {shown:?}")),
        }
        if let Some(last) = last {
            if self.acknowledged[terminal] == shown && !last.acknowledged {
                return Err(format!("terminal {terminal} forgot that {shown:?} was acknowledged"));
            }
            self.hear(terminal, last, bookkeeper, town)?;
        }
        Ok(())
    }

    /// Whether this terminal's clerk waits to be told what became of something.
    pub fn is_unsettled(&self, terminal: usize, town: &Town) -> bool {
        let actor = actor_name(&town.terminals[terminal]);
        self.told.iter().any(|((told, _), operation)| *told == actor && !is_final(&operation.state))
    }

    /// The keys that a terminal's clerk was told as done, with what was told.
    pub fn done(&self, terminal: usize, town: &Town) -> Vec<&LastOperation> {
        let actor = actor_name(&town.terminals[terminal]);
        let is_done = |operation: &LastOperation| matches!(operation.state, OperationState::Done { .. });
        self.told
            .iter()
            .filter(|((told, _), operation)| *told == actor && is_done(operation))
            .map(|(_, operation)| operation)
            .collect()
    }

    /// When everything has healed: every operation of a clerk's terminal in the books was told, everything told
    /// is settled, and both say the same.
    pub fn settle_up(&self, bookkeeper: &Bookkeeper, town: &Town) -> Result<(), Objection> {
        for (scope, operation) in &self.told {
            let fate = bookkeeper.fate(scope).map(|fate| fate.outcome.as_str());
            let agrees = match (&operation.state, fate) {
                (OperationState::Done { .. }, Some("done"))
                | (OperationState::Refused { .. }, Some("refused" | "abandoned"))
                | (OperationState::NotDone, Some("abandoned")) => true,
                (OperationState::Checking, _) => return Err(format!("{scope:?} is still being checked")),
                _ => false,
            };
            if !agrees {
                return Err(format!(
                    "{scope:?} was told as {:?}, the books end with {fate:?}",
                    operation.state
                ));
            }
        }
        let has_a_clerk = |actor: &str| town.terminals.iter().any(|terminal| actor_name(terminal) == actor);
        for (scope, fate) in bookkeeper.fates() {
            // Of scans another list is kept.
            let is_of_a_scan = matches!(fate.kind.as_str(), "clear" | "unclear");
            if has_a_clerk(&scope.0) && !is_of_a_scan && !self.told.contains_key(scope) {
                return Err(format!("{scope:?} stands in the books as {} and nobody was told", fate.outcome));
            }
        }
        Ok(())
    }
}

fn same_as_told(
    scope: &Scope,
    fate: &Fate,
    number: &str,
    accounts: &[MovedHere],
    operation: &LastOperation,
) -> Result<(), Objection> {
    let points: i64 = accounts.iter().map(|account| account.points).sum();
    if fate.number == number && fate.at_ms == operation.at_ms && operation.points == points {
        return Ok(());
    }
    Err(format!("{scope:?} was told as {operation:?}, the books have {fate:?}"))
}

/// Every account told must have moved by just that, and no other may have.
fn same_accounts(scope: &Scope, fate: &Fate, accounts: &[MovedHere], town: &Town) -> Result<(), Objection> {
    let mut moved: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &fate.lines {
        if let (Side::Resident(_), Some(currency)) = (line.side, town.currency(line.currency)) {
            *moved.entry(currency.name).or_default() += line.amount;
        }
    }
    let told: BTreeMap<&str, i64> =
        accounts.iter().map(|account| (account.currency.as_str(), account.after - account.before)).collect();
    let size = |account: &MovedHere| moved.get(account.currency.as_str()).map(|amount| amount.abs());
    if moved != told || accounts.iter().any(|account| size(account) != Some(account.points)) {
        return Err(format!("{scope:?} moved {moved:?} and was told as {accounts:?}"));
    }
    accounts.iter().try_for_each(|account| same_rest(scope, fate, account, town))
}

/// What is left and what of it lapses first.
fn same_rest(scope: &Scope, fate: &Fate, account: &MovedHere, town: &Town) -> Result<(), Objection> {
    let is_told = |code| town.currency(code).is_some_and(|currency| currency.name == account.currency);
    let rest = fate.after.iter().find(|(code, _)| is_told(*code)).map(|(_, rest)| rest.as_slice());
    let rest = rest.unwrap_or_default();
    let left: i64 = rest.iter().map(|(_, points)| points).sum();
    let first = rest.iter().find(|(last_day, _)| last_day.is_some()).copied();
    let told = account.next_lapse.as_ref().map(|next| (next.last_day, next.points));
    if account.after == left && told == first {
        return Ok(());
    }
    Err(format!("{scope:?} left {rest:?} and was told as {account:?}"))
}
