//! Whose card lies there: a card says it at once, a phone after its PIN.

use crate::card_fault::told;
use crate::visit::VisitCard;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::ReaderName;
use madoguchi_port::resident_card::{ResidentCard, TypedPin};
use madoguchi_wire::failure::Failure;

/// Why a card was not identified.
pub(super) enum NotIdentified {
    /// It is a phone and wants its PIN, first or again.
    WantsPin {
        /// How often it can still be tried, 1 to 3.
        tries_left: u8,
        /// What was wrong with the PIN typed before, if one was.
        failure: Option<Failure>,
    },
    /// Anything else.
    Fault(CardFault),
}

/// Identifies the card on a reader, with a PIN where one was typed. Blocks.
pub(super) fn identify(
    card: &dyn ResidentCard,
    reader: ReaderName,
    pin: Option<&TypedPin>,
) -> Result<VisitCard, NotIdentified> {
    let identified = match pin {
        Some(pin) => card.identify_with_pin(&reader, pin),
        None => card.identify(&reader),
    };
    let fault = match identified {
        Ok(name) => return Ok(VisitCard { reader, name }),
        Err(fault) => fault,
    };
    let failure = match &fault {
        CardFault::PinFirst => None,
        CardFault::WrongPin { .. } | CardFault::LastPinTry | CardFault::MalformedPin => Some(told(&fault)),
        _ => return Err(NotIdentified::Fault(fault)),
    };
    match card.pin_tries_left(&reader) {
        Ok(0) => Err(NotIdentified::Fault(CardFault::PinLocked)),
        Ok(tries_left) => Err(NotIdentified::WantsPin { tries_left, failure }),
        Err(fault) => Err(NotIdentified::Fault(fault)),
    }
}
