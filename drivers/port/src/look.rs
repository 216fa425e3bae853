//! What can be seen at the readers at one moment, without a word to any card.

use crate::reader::ReaderName;

/// One slot that the PC/SC service lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotSeen {
    /// Its name.
    pub reader: ReaderName,
    /// Whether a resident's card can lie there; others are a reader's own security module, or made in
    /// software by the operating system.
    pub takes_residents_cards: bool,
    /// What lies there.
    pub card: CardSeen,
}

/// What lies in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardSeen {
    /// Nothing.
    Nothing,
    /// Something that does not answer to power: upside down, not far enough in, or no card at all.
    Mute,
    /// A card.
    Card {
        /// Its answer to reset. Says what sort of chip it is, not whose.
        atr: Vec<u8>,
        /// Another program keeps it for itself.
        kept_by_another_program: bool,
    },
}

/// A USB device that is a card reader, whether the PC/SC service knows it or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbReader {
    /// What it calls itself.
    pub name: String,
    /// The maker's and the product's number.
    pub ids: (u16, u16),
    /// The part of the operating system that holds it; a reader in such hands is out of PC/SC's reach.
    pub held_by: Option<String>,
}

/// The USB of this computer, as far as readers hang on it.
pub trait UsbReaders: Send + Sync {
    /// The readers attached now; `None` where this operating system does not say.
    fn attached(&self) -> Option<Vec<UsbReader>>;
}
