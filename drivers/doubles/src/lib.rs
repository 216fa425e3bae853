//! Stand-ins behind the driver port, worked by hand from a test.
//!
//! Belongs here: a credential store in memory, a desk with readers and cards, a card that follows a
//! script, fingerprint sources, a tray for papers; and the contracts that stand-ins and real drivers are
//! both held to.
//! Does not belong here: anything a shipped program needs.
//! Why it exists: a test of the counter says "a card is put on", "the keyring is locked", without a
//! device, and a contract run against the stand-in and the real thing keeps the two alike.

mod card;
mod clipboard;
pub mod contract;
mod desk;
mod folders;
mod keyboard;
mod papers;
mod script;
mod sources;
mod stored_value;
mod vault;

pub use card::{Card, PIN, SIGNING_PASSWORD};
pub use clipboard::MemoryClipboard;
pub use desk::Desk;
pub use folders::MemoryFolders;
pub use keyboard::MemoryKeyboard;
pub use papers::{PaperTray, TakenPaper, TakenPile, TakenTicket};
pub use script::Script;
pub use sources::WrittenSources;
pub use stored_value::PurseCard;
pub use vault::MemoryVault;
