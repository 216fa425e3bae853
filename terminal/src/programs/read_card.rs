//! `read_card`: a card becomes the number by which this terminal's ID provider knows its owner, for a
//! program that asked, or the owner's MyKey ID for one that was paired for that. A card of the provider's own gives
//! what stands on it, to a program that asked for those, too: by the descriptions that read it at the counter.
//!
//! A card counts as read only if it lay there from its first byte to the cloud's answer, as for the clerk.

use super::lying::CardLying;
use super::pairing::{PairingId, Wait};
use super::turns::ProgramsTurn;
use crate::card_fault::{is_another_card, told};
use crate::running::{Running, lock};
use crate::visit::VisitCard;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::bridge::{Learns, ReadCardAnswer, ReadCardRequest};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{AddressNotice, LookUpMykeyIdAnswer, LookUpMykeyIdRequest};
use std::sync::Arc;
use std::time::Duration;

/// What a card said.
enum Found {
    /// A resident's.
    Owner(VisitCard),
    /// One of the provider's own.
    Number(CustomerNumber),
    /// It was taken away.
    Gone,
}

impl Running {
    /// Reads the card on a reader, or the next one put on in time. Dropped, it leaves the line.
    pub(super) async fn read_card_for(
        self: &Arc<Self>,
        pairing: PairingId,
        asked: ReadCardRequest,
    ) -> Result<ReadCardAnswer, Failure> {
        self.terminal()?;
        let mut in_line = self.programs.pairings.wait(pairing);
        self.blocking(move |running| running.programs.pairings.asked(running, pairing)).await?;
        let too_late = self.parts.clock.sleep(Duration::from_secs(asked.wait_s.into()));
        let (card, turn) = tokio::select! {
            biased;
            () = in_line.cancelled() => return Ok(ReadCardAnswer::Cancelled),
            mine = self.turns.programs(&self.lying) => mine,
            () = too_late => return Ok(ReadCardAnswer::NoCardInTime),
        };
        self.read_in_turn(pairing, in_line, card, turn, asked.own_cards).await
    }

    /// Nothing here takes longer than a card and the cloud do, so the wait's time is over.
    async fn read_in_turn(
        self: &Arc<Self>,
        pairing: PairingId,
        in_line: Wait,
        card: CardLying,
        turn: ProgramsTurn,
        own_cards: bool,
    ) -> Result<ReadCardAnswer, Failure> {
        lock(&self.programs.allowance).take(self.parts.clock.running())?;
        let reader = card.reader.clone();
        let found = self
            .blocking(move |running| {
                let found = running.owner_or_number(reader, own_cards);
                // Held by the thread that speaks to the card, also where nobody waits for it any more.
                drop(turn);
                found
            })
            .await?;
        let not_paired = || Failure::of(ErrorCode::ProgramNotPaired);
        let learns = self.programs.pairings.learns(self, pairing).ok_or_else(not_paired)?;
        let answer = match found {
            Found::Owner(owner) => self.learned(learns, owner).await?,
            Found::Number(number) => ReadCardAnswer::CardNumber { number: number.into() },
            Found::Gone => return Ok(ReadCardAnswer::CardRemoved),
        };
        drop(in_line);
        if !self.programs.pairings.stands(self, pairing) {
            return Err(not_paired());
        }
        if !self.lying.holds(&card) {
            return Ok(ReadCardAnswer::CardRemoved);
        }
        Ok(answer)
    }

    /// Who owns the card, or what stands on it. Blocks.
    fn owner_or_number(&self, reader: ReaderName, own_cards: bool) -> Result<Found, Failure> {
        let fault = match self.parts.drivers.card.identify(&reader) {
            Ok(name) => return Ok(Found::Owner(VisitCard { reader, name })),
            Err(CardFault::NoCard | CardFault::CardRemoved) => return Ok(Found::Gone),
            Err(fault) => fault,
        };
        if !own_cards || !is_another_card(&fault) {
            return Err(told(&fault));
        }
        match self.number_of_street_card(&reader) {
            Ok(Some(number)) => Ok(Found::Number(number)),
            Ok(None) => Err(told(&fault)),
            Err(failure) if failure.code == ErrorCode::CardRemoved => Ok(Found::Gone),
            Err(failure) => Err(failure),
        }
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
