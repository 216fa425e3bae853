//! The street's own card in place of the resident's (row F3, seed 001 §15): its number becomes a visit in which
//! points can be merged into that street.

use crate::running::{Running, lock};
use crate::visit::{HeldVisit, ShownCard};
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{LookUpStreetCardAnswer, LookUpStreetCardRequest};
use madoguchi_wire::window::{MergeStreetShown, NumberShown, Place, Visit};
use std::sync::Arc;

impl Running {
    /// The number of the street's card on this reader; none where another card lies there, or where this terminal is
    /// of no provider whose card it could be. Whether the provider is a street, the cloud knows. Blocks.
    pub(crate) fn street_card_on(&self, reader: &ReaderName) -> Result<Option<CustomerNumber>, Failure> {
        let place = lock(&self.standing).place();
        let is_of_a_provider =
            matches!(&place, Place::Registered { profile } if profile.id_provider.is_some());
        if is_of_a_provider { self.number_of_street_card(reader) } else { Ok(None) }
    }

    /// Asks the cloud who has this number at the terminal's own street.
    pub(crate) async fn look_up_street_card(
        self: &Arc<Self>,
        visit: u32,
        number: CustomerNumber,
    ) -> Result<(HeldVisit, Visit), Failure> {
        self.signed_in()?;
        let request = LookUpStreetCardRequest { number };
        let answer: LookUpStreetCardAnswer = self.ask("look_up_street_card", &request).await?;
        lock(&self.street_names).insert(answer.street, answer.street_name.clone());
        let shown = MergeStreetShown {
            has_folder: self.street_folder(answer.street).is_some(),
            street: answer.street,
            name: answer.street_name,
            is_member: true,
        };
        self.visit_of(visit, ShownCard::OfStreet(shown), answer.points)
    }

    /// The same for a card that was scanned.
    pub(crate) async fn scanned_street_card(
        self: &Arc<Self>,
        visit: u32,
        NumberShown(scanned): NumberShown,
    ) -> Result<(HeldVisit, Visit), Failure> {
        let number = self.blocking(move |running| running.number_of_scanned_street_card(scanned)).await?;
        self.look_up_street_card(visit, number).await
    }
}
