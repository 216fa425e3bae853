//! What a street's counter is made of: devices, folders, time and randomness.

use madoguchi_desk::clock::{Clock, SystemClock};
use madoguchi_port::paper::PaperPrinter;
use madoguchi_port::stored_value::StoredValueCard;
use madoguchi_port::vault::Vault;
use madoguchi_store::entropy::{Entropy, SystemEntropy};
use madoguchi_store::{Mains, PowerSupply};
use std::path::PathBuf;
use std::sync::Arc;

/// Where a street's counter keeps what it keeps: none of it where the municipal counter of the same PC does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The books and the registration; belong to this PC and this user alone.
    pub data: PathBuf,
    /// `settings.toml`; may be laid down by whoever looks after the PC.
    pub settings: PathBuf,
    /// Where receipts go as PDF until a person chooses otherwise.
    pub papers: PathBuf,
}

/// Everything a [`Shop`](crate::Shop) is opened with.
#[derive(Clone)]
pub struct Parts {
    /// The credential store.
    pub vault: Arc<dyn Vault>,
    /// Where receipts are printed.
    pub printer: Arc<dyn PaperPrinter>,
    /// The device that charges stored-value cards, where the PC has one.
    pub stored_value: Option<Arc<dyn StoredValueCard>>,
    /// The folders.
    pub folders: Folders,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Power; a test can cut it.
    pub power: Arc<dyn PowerSupply>,
}

impl Parts {
    /// The parts of the shipped program: this credential store, printer and folders, the system's clock and
    /// randomness. No stored-value card has a driver.
    pub fn new(vault: Arc<dyn Vault>, printer: Arc<dyn PaperPrinter>, folders: Folders) -> Self {
        Self {
            vault,
            printer,
            stored_value: None,
            folders,
            clock: Arc::new(SystemClock::default()),
            entropy: Arc::new(SystemEntropy),
            power: Arc::new(Mains),
        }
    }
}
