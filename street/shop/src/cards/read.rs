//! A card on the reader becomes a member: `read_member_card`, `cancel_card`, `join_by_card`, `add_id_of_card`.
//!
//! The terminal's software reads it and asks the platform (seed 001 §16); here the number it gives is looked for. A
//! number that nobody has is kept for the next act on it, so that a MyKey ID never reaches the window.

use super::line::ask;
use super::pairing::{Pairing, told_of};
use crate::failure::told;
use crate::member::id_shown;
use crate::shop::{Open, Shop, Working, lock};
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_street::books::IdKind;
use madoguchi_wire::bridge::{ReadCardAnswer, ReadCardRequest};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{CardAwaited, CardOnReader, MemberNamed, StreetMember};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long reading may take once the card lies there; the terminal waits less for its cloud.
const READ_WITHIN: Duration = Duration::from_mins(1);

/// What the window waits for, and what the last card said.
#[derive(Default)]
pub(crate) struct CardDesk {
    /// Dropped, whoever waits hears that nobody wants the card any more.
    waits: Option<oneshot::Sender<()>>,
    said: Option<(IdKind, StreetPointId)>,
}

impl Shop {
    /// `read_member_card`. One card is waited for at a time: another question ends the one before.
    pub async fn read_member_card(
        &self,
        CardAwaited { wait_s }: CardAwaited,
    ) -> Result<CardOnReader, Failure> {
        let not_paired = || Failure::of(ErrorCode::CardReadingNotPaired);
        let pairing =
            self.for_the_clerk(move |open, working| open.pairing(working)?.ok_or_else(not_paired)).await?;
        let (waits, cancelled) = oneshot::channel();
        *lock(&self.0.cards) = CardDesk { waits: Some(waits), said: None };
        tokio::select! {
            biased;
            _ = cancelled => Ok(CardOnReader::Cancelled),
            said = self.card_said(&pairing, wait_s) => {
                let (kind, id) = said?;
                self.whose(kind, id).await
            }
        }
    }

    /// `cancel_card`.
    pub fn cancel_card(&self) {
        lock(&self.0.cards).waits = None;
    }

    /// `join_by_card`.
    pub async fn join_by_card(&self) -> Result<StreetMember, Failure> {
        self.for_the_clerk(|open, working| {
            let (kind, id) = open.last_card()?;
            open.join(working, kind, &id)
        })
        .await
    }

    /// `add_id_of_card`.
    pub async fn add_id_of_card(&self, MemberNamed { member }: MemberNamed) -> Result<StreetMember, Failure> {
        self.for_the_clerk(move |open, working| {
            let (kind, id) = open.last_card()?;
            open.add_id(working, member, kind, &id)
        })
        .await
    }

    /// Asks Madoguchi. Dropped, it hangs up, and leaves its place in the line there.
    async fn card_said(&self, pairing: &Pairing, wait_s: u16) -> Result<(IdKind, StreetPointId), Failure> {
        let bridge = self.0.parts.bridge.clone();
        // What its clerk let it have: to ask for more is refused.
        let asked = ReadCardRequest { wait_s, own_cards: pairing.own_cards };
        let within = Duration::from_secs(wait_s.into()) + READ_WITHIN;
        let answer = ask(&bridge, "/v1/read_card", Some(&pairing.token), &asked, within).await;
        let (kind, number) = match answer.map_err(told_of)? {
            ReadCardAnswer::CustomerNumber { number, .. } => (IdKind::PointId, number),
            ReadCardAnswer::MykeyId { mykey_id } => (IdKind::MykeyId, mykey_id),
            ReadCardAnswer::CardNumber { number } => (IdKind::Card, number),
            ReadCardAnswer::NotRegistered => return Err(Failure::of(ErrorCode::NoNumberOfThisStreet)),
            ReadCardAnswer::NoCardInTime => return Err(Failure::of(ErrorCode::NoCardInTime)),
            ReadCardAnswer::CardRemoved => return Err(Failure::of(ErrorCode::CardRemoved)),
            // Only the clerk at Madoguchi's window ends a wait that is not hung up on: by removing this program.
            ReadCardAnswer::Cancelled => return Err(Failure::of(ErrorCode::PairingEnded)),
        };
        let id = StreetPointId::parse(&number).map_err(|_| Failure::of(ErrorCode::MemberIdInvalid))?;
        Ok((kind, id))
    }

    async fn whose(&self, kind: IdKind, id: StreetPointId) -> Result<CardOnReader, Failure> {
        self.for_the_clerk(move |open, working| open.whose(working, kind, id)).await
    }
}

impl Open {
    fn whose(&self, working: &Working, kind: IdKind, id: StreetPointId) -> Result<CardOnReader, Failure> {
        let member = working.books.member(&id).map_err(|fault| told(&fault))?;
        let shown = id_shown(kind, &id);
        lock(&self.cards).said = Some((kind, id));
        match member {
            Some(member) => {
                Ok(CardOnReader::Member { member: self.member_of(working, member.number.get())? })
            }
            None => Ok(CardOnReader::Nobodys { id: shown }),
        }
    }

    /// What the last card said. Good once.
    fn last_card(&self) -> Result<(IdKind, StreetPointId), Failure> {
        lock(&self.cards).said.take().ok_or_else(|| Failure::of(ErrorCode::NoCardRead))
    }
}
