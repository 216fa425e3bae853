//! `read_card`: a card becomes the number by which this terminal's ID provider knows its owner, for a
//! program that asked, or the owner's MyKey ID for one that was paired for that. A card of the provider's own gives
//! what stands on it, to a program that asked for those, too, and was paired for it: by the descriptions that read it at
//! the counter.
//!
//! A card counts as read only if it lay there from its first byte to the cloud's answer, as for the clerk.

use super::lying::CardLying;
use super::pairing::PairingId;
use super::turns::ProgramsTurn;
use crate::card_fault::{is_another_card, told};
use crate::running::{Running, lock};
use crate::visit::VisitCard;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_port::fault::CardFault;
use madoguchi_wire::bridge::{Learns, ReadCardAnswer, ReadCardRequest};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{AddressNotice, LookUpMykeyIdAnswer, LookUpMykeyIdRequest};
use std::sync::Arc;
use std::time::Duration;

/// What the cards said.
enum Found {
    /// A resident's.
    Owner(CardLying, VisitCard),
    /// One of the provider's own.
    Number(CardLying, CustomerNumber),
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
        let mut wait = self.programs.pairings.waits.for_card(pairing)?;
        let said = tokio::select! {
            biased;
            () = wait.cancelled() => return Ok(ReadCardAnswer::Cancelled),
            said = self.read_in_line(pairing, asked) => said,
        };
        if wait.answered() { said } else { Ok(ReadCardAnswer::Cancelled) }
    }

    async fn read_in_line(
        self: &Arc<Self>,
        pairing: PairingId,
        asked: ReadCardRequest,
    ) -> Result<ReadCardAnswer, Failure> {
        let not_paired = || Failure::of(ErrorCode::ProgramNotPaired);
        let paired = self.programs.pairings.row(self, pairing).ok_or_else(not_paired)?;
        if asked.own_cards && !paired.own_cards {
            return Err(Failure::of(ErrorCode::OwnCardsNotPaired));
        }
        self.blocking(move |running| running.programs.pairings.asked(running, pairing)).await?;
        let too_late = self.parts.clock.sleep(Duration::from_secs(asked.wait_s.into()));
        let turn = tokio::select! {
            biased;
            mine = self.turns.programs(pairing, &self.lying) => mine,
            () = too_late => return Ok(ReadCardAnswer::NoCardInTime),
        };
        // Nothing from here on takes longer than a card and the cloud do, so the wait's time is over.
        lock(&self.programs.allowances).take(pairing, self.parts.clock.running())?;
        let found = self.read_in_turn(turn, asked.own_cards).await?;
        let (card, answer) = match found {
            Found::Owner(card, owner) => (card, self.learned(paired.learns, owner).await?),
            Found::Number(card, number) => (card, ReadCardAnswer::CardNumber { number: number.into() }),
            Found::Gone => return Ok(ReadCardAnswer::CardRemoved),
        };
        if !self.programs.pairings.stands(self, pairing) {
            return Err(not_paired());
        }
        if !self.lying.holds(&card) {
            return Ok(ReadCardAnswer::CardRemoved);
        }
        Ok(answer)
    }

    /// What the cards say that lie there.
    async fn read_in_turn(self: &Arc<Self>, turn: ProgramsTurn, own_cards: bool) -> Result<Found, Failure> {
        self.blocking(move |running| {
            let found = running.owner_or_number(own_cards);
            // Held by the thread that speaks to the card, also where nobody waits for it any more.
            drop(turn);
            found
        })
        .await
    }

    /// Whose the card is that was put on last; of one that is nobody's, the one before it, as for the clerk. Where
    /// none is a resident's, what stands on one of the provider's own. Blocks.
    fn owner_or_number(&self, own_cards: bool) -> Result<Found, Failure> {
        let cards = self.lying.newest_first();
        let mut first_fault = None;
        for card in &cards {
            let reader = card.reader.clone();
            match self.parts.drivers.card.identify(&reader) {
                Ok(name) => return Ok(Found::Owner(card.clone(), VisitCard { reader, name })),
                Err(CardFault::NoCard | CardFault::CardRemoved) => return Ok(Found::Gone),
                Err(fault) if is_another_card(&fault) => {
                    first_fault.get_or_insert(fault);
                }
                Err(fault) => return Err(told(&fault)),
            }
        }
        // None was left on the readers.
        let Some(fault) = first_fault else { return Ok(Found::Gone) };
        let own = if own_cards { self.number_on_one_of(&cards)? } else { None };
        own.ok_or_else(|| told(&fault))
    }

    /// What stands on the first of these cards that is one of the provider's own. Blocks.
    fn number_on_one_of(&self, cards: &[CardLying]) -> Result<Option<Found>, Failure> {
        let mut unread = None;
        for card in cards {
            match self.number_of_street_card(&card.reader) {
                Ok(Some(number)) => return Ok(Some(Found::Number(card.clone(), number))),
                Ok(None) => {}
                Err(failure) if failure.code == ErrorCode::CardRemoved => return Ok(Some(Found::Gone)),
                Err(failure) => {
                    unread.get_or_insert(failure);
                }
            }
        }
        unread.map_or(Ok(None), Err)
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
