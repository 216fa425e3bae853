//! The number on a shopping street's own card, on a reader or scanned, by the card descriptions (row F3, 画面 37).
//!
//! It is read by the same descriptions as a library's card; what differs is that nobody may type it: whoever has
//! no card to show has the resident's.

use super::folder;
use super::read_customer_number::{in_scan, of_all};
use super::{Tried, areas};
use crate::card_fault::told;
use crate::running::Running;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::CardSeen;
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::failure::{ErrorCode, Failure};

impl Running {
    /// The number of the FeliCa card on this reader; `None` for a card that is none. Blocks.
    pub(crate) fn number_of_street_card(
        &self,
        reader: &ReaderName,
    ) -> Result<Option<CustomerNumber>, Failure> {
        let files = folder::read(&self.folder_of_descriptions());
        let areas = areas(&files);
        let reading = match self.parts.drivers.felica.read(reader, &areas) {
            Ok(reading) => reading,
            Err(CardFault::NotFelica | CardFault::NoFelicaDialect) if !self.is_felica(reader) => {
                return Ok(None);
            }
            Err(fault) => return Err(told(&fault)),
        };
        of_all(&files, &Tried::Card { reading, areas }).map(|(number, _)| Some(number)).map_err(|_| unread())
    }

    /// The number of a scan. Blocks.
    pub(crate) fn number_of_scanned_street_card(&self, scanned: String) -> Result<CustomerNumber, Failure> {
        let files = folder::read(&self.folder_of_descriptions());
        let number = in_scan(&files, scanned).map_err(|_| unread())?;
        CustomerNumber::parse(&number.text).map_err(|_| unread())
    }

    /// By its answer to reset; some readers do not say.
    fn is_felica(&self, reader: &ReaderName) -> bool {
        let slots = self.parts.drivers.readers.look().unwrap_or_default();
        slots.iter().filter(|slot| slot.reader == *reader).any(|slot| match &slot.card {
            CardSeen::Card { atr, .. } => CardKind::of_memory_card(atr) == Some(CardKind::Felica),
            CardSeen::Mute | CardSeen::Nothing => false,
        })
    }
}

/// Which of them it is, the screen of the card descriptions says; here the resident's card is the way on.
fn unread() -> Failure {
    Failure::of(ErrorCode::StreetCardUnread)
}
