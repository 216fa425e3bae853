//! `read_card`: a card becomes the number by which this terminal's ID provider knows its owner, for a
//! program that asked, or the owner's MyKey ID for one that was paired for that.
//!
//! A card counts as read only if it lay there from its first byte to the cloud's answer, as for the clerk.

use super::lying::CardLying;
use super::pairing::{PairingId, Wait};
use super::turns::ProgramsTurn;
use crate::card_fault::told;
use crate::running::{Running, lock};
use crate::visit::VisitCard;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_port::fault::CardFault;
use madoguchi_wire::bridge::{Learns, ReadCardAnswer};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{AddressNotice, LookUpMykeyIdAnswer, LookUpMykeyIdRequest};
use std::sync::Arc;
use std::time::Duration;

impl Running {
    /// Reads the card on a reader, or the next one put on within `wait`. Dropped, it leaves the line.
    pub(super) async fn read_card_for(
        self: &Arc<Self>,
        pairing: PairingId,
        wait: Duration,
    ) -> Result<ReadCardAnswer, Failure> {
        self.terminal()?;
        let mut in_line = self.programs.pairings.wait(pairing);
        self.blocking(move |running| running.programs.pairings.asked(running, pairing)).await?;
        let too_late = self.parts.clock.sleep(wait);
        let (card, turn) = tokio::select! {
            biased;
            () = in_line.cancelled() => return Ok(ReadCardAnswer::Cancelled),
            mine = self.turns.programs(&self.lying) => mine,
            () = too_late => return Ok(ReadCardAnswer::NoCardInTime),
        };
        self.read_in_turn(pairing, in_line, card, turn).await
    }

    /// Nothing here takes longer than a card and the cloud do, so the wait's time is over.
    async fn read_in_turn(
        self: &Arc<Self>,
        pairing: PairingId,
        in_line: Wait,
        card: CardLying,
        turn: ProgramsTurn,
    ) -> Result<ReadCardAnswer, Failure> {
        lock(&self.programs.allowance).take(self.parts.clock.running())?;
        let reader = card.reader.clone();
        let identified = self
            .blocking(move |running| {
                let identified = running.parts.drivers.card.identify(&reader);
                // Held by the thread that speaks to the card, also where nobody waits for it any more.
                drop(turn);
                Ok(identified.map(|name| VisitCard { reader, name }))
            })
            .await?;
        let owner = match identified {
            Ok(owner) => owner,
            Err(CardFault::NoCard | CardFault::CardRemoved) => return Ok(ReadCardAnswer::CardRemoved),
            Err(fault) => return Err(told(&fault)),
        };
        let not_paired = || Failure::of(ErrorCode::ProgramNotPaired);
        let learns = self.programs.pairings.learns(self, pairing).ok_or_else(not_paired)?;
        let answer = self.learned(learns, owner).await?;
        drop(in_line);
        if !self.programs.pairings.stands(self, pairing) {
            return Err(not_paired());
        }
        if !self.lying.holds(&card) {
            return Ok(ReadCardAnswer::CardRemoved);
        }
        Ok(answer)
    }

    /// What the cloud says of a card's owner.
    async fn learned(self: &Arc<Self>, learns: Learns, owner: VisitCard) -> Result<ReadCardAnswer, Failure> {
        match learns {
            Learns::CustomerNumber => {
                // A visit of no number: nothing is done in it.
                let found = self.look_up_service_id(0, owner).await?;
                let check_address = found.address_notice == AddressNotice::CheckAddress;
                Ok(match found.registered.map(CustomerNumber::into) {
                    Some(number) => ReadCardAnswer::CustomerNumber { number, check_address },
                    None => ReadCardAnswer::NotRegistered,
                })
            }
            Learns::MykeyId => {
                let VisitCard { name, .. } = owner;
                let request =
                    LookUpMykeyIdRequest { issuer: hex::encode(&name.issuer_der), serial: name.serial };
                let answer: LookUpMykeyIdAnswer = self.ask("look_up_mykey_id", &request).await?;
                Ok(ReadCardAnswer::MykeyId { mykey_id: answer.mykey_id })
            }
        }
    }
}
