//! A stored-value card in memory.

use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_port::stored_value::{CardSerial, ChargeFault, StoredValueCard};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Holds an amount, and remembers what was charged under which reference.
pub struct PurseCard {
    serial: CardSerial,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    charged: BTreeMap<OperationKey, i64>,
    refuses: bool,
    /// It is taken away in the middle of the next charge, before or after it has heard it.
    leaves: Option<Heard>,
    is_away: bool,
}

/// Whether a card that leaves has heard the charge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    Yes,
    No,
}

impl PurseCard {
    /// An empty card.
    pub fn of_serial(serial: [u8; 8]) -> Self {
        Self { serial: CardSerial(serial), inside: Mutex::default() }
    }

    /// What is on the card.
    pub fn amount(&self) -> i64 {
        self.inside().charged.values().sum()
    }

    /// It refuses every charge, as a blocked card does, or takes them again.
    pub fn refuses(&self, refuses: bool) {
        self.inside().refuses = refuses;
    }

    /// The next charge arrives, and the card leaves before it answers.
    pub fn leaves_after_the_charge(&self) {
        self.inside().leaves = Some(Heard::Yes);
    }

    /// The card leaves before the next charge arrives.
    pub fn leaves_before_the_charge(&self) {
        self.inside().leaves = Some(Heard::No);
    }

    /// It lies on the reader or not.
    pub fn is_away(&self, away: bool) {
        self.inside().is_away = away;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StoredValueCard for PurseCard {
    fn serial(&self) -> Result<CardSerial, ChargeFault> {
        if self.inside().is_away { Err(ChargeFault::NoAnswer) } else { Ok(self.serial) }
    }

    fn charge(&self, amount: Points, reference: OperationKey) -> Result<(), ChargeFault> {
        let mut inside = self.inside();
        if inside.is_away {
            return Err(ChargeFault::NoAnswer);
        }
        if inside.refuses {
            return Err(ChargeFault::Refused);
        }
        let leaves = inside.leaves.take();
        if leaves != Some(Heard::No) {
            inside.charged.entry(reference).or_insert(amount.get());
        }
        inside.is_away = leaves.is_some();
        if inside.is_away { Err(ChargeFault::NoAnswer) } else { Ok(()) }
    }

    fn has_charged(&self, reference: OperationKey) -> Result<bool, ChargeFault> {
        let inside = self.inside();
        if inside.is_away { Err(ChargeFault::NoAnswer) } else { Ok(inside.charged.contains_key(&reference)) }
    }
}
