//! What a street's counter is made of: devices, folders, time and randomness.

use madoguchi_desk::clock::{Clock, SystemClock};
use madoguchi_port::paper::PaperPrinter;
use madoguchi_port::peer::LocalPeers;
use madoguchi_port::stored_value::StoredValueCard;
use madoguchi_port::vault::Vault;
use madoguchi_store::entropy::{Entropy, SystemEntropy};
use madoguchi_store::{Mains, PowerSupply};
use madoguchi_wire::bridge::PORT;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

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

/// Where Madoguchi answers other programs on this PC (docs/bridge.md), and who can tell whose program sits there.
#[derive(Clone)]
pub struct Bridge {
    /// Its address.
    pub address: SocketAddr,
    /// The owners of connections.
    pub peers: Arc<dyn LocalPeers>,
    /// How long until a connection is taken up, which names its owner. A system that holds the port for a Madoguchi
    /// which starts with the first call takes as long as that start.
    pub taken_up_within: Duration,
}

impl Bridge {
    /// At its one port.
    pub fn new(peers: Arc<dyn LocalPeers>) -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
        Self { address, peers, taken_up_within: Duration::from_secs(20) }
    }
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
    /// Madoguchi on this PC, which reads cards.
    pub bridge: Bridge,
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
    /// The parts of the shipped program: this credential store, printer, bridge and folders, the system's clock and
    /// randomness. No stored-value card has a driver.
    pub fn new(
        vault: Arc<dyn Vault>,
        printer: Arc<dyn PaperPrinter>,
        bridge: Bridge,
        folders: Folders,
    ) -> Self {
        Self {
            vault,
            printer,
            stored_value: None,
            bridge,
            folders,
            clock: Arc::new(SystemClock::default()),
            entropy: Arc::new(SystemEntropy),
            power: Arc::new(Mains),
        }
    }
}
