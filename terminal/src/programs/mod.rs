//! What other programs on this PC may ask of the counter (row C4, docs/bridge.md).
//!
//! Belongs here: who is paired and how one comes to be, what a paired program learns of a card, in which
//! order cards are read where several want to. Does not belong here: HTTP, sockets, which other program is
//! at the far end of one (`bridge/`).
//! Why it is here: what may be told, and to whom, is decided where every other such thing is.

mod allowance;
mod line;
mod lying;
mod offer;
mod pairing;
mod read_card;
mod turns;
mod waits;

pub(crate) use lying::{CardLying, CardsOnReaders};
pub(crate) use turns::{CardTurns, ClerksTurn};

pub use lying::CardMove;
pub use pairing::PairingId;

use crate::running::{Running, lock};
use allowance::Allowances;
use madoguchi_domain::page_origin::PageOrigin;
use madoguchi_wire::bridge::{Learns, PORT, PairAnswer, ReadCardAnswer, ReadCardRequest};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{BridgeShown, BridgeStanding, OfferPairingArguments, PairingNamed, SignInState};
use offer::Offer;
use pairing::Pairings;
use std::sync::{Arc, Mutex};
use tokio::sync::broadcast;
use waits::Wait;

/// What the running counter keeps of other programs.
#[derive(Default)]
pub(crate) struct ProgramDesk {
    standing: Mutex<BridgeStanding>,
    offer: Mutex<Option<Offer>>,
    pairings: Pairings,
    allowances: Mutex<Allowances>,
}

impl ProgramDesk {
    /// Whether other programs can ask, or why not.
    pub(crate) fn standing(&self) -> BridgeStanding {
        *lock(&self.standing)
    }
}

/// The counter as other programs meet it, through the loopback API.
#[derive(Clone)]
pub struct Programs(Arc<Running>);

impl Programs {
    /// Other programs meet this counter.
    pub(crate) const fn of(running: Arc<Running>) -> Self {
        Self(running)
    }

    /// The loopback API came to stand like this.
    pub fn stand(&self, standing: BridgeStanding) {
        *lock(&self.0.programs.standing) = standing;
    }

    /// Whether a page of this origin may be answered at all: it is paired, or its code is on the screen.
    pub fn lets_in(&self, origin: &str) -> bool {
        let now = self.0.parts.clock.running();
        let is_offered = |offer: &Offer| offer.is_good(now) && offer.origin() == Some(origin);
        lock(&self.0.programs.offer).as_ref().is_some_and(is_offered)
            || self.0.programs.pairings.of_origin(&self.0, origin)
    }

    /// Who shows this token from this origin; a token is good from the place it was given to only.
    pub fn paired(&self, token: &str, origin: Option<&str>) -> Option<PairingId> {
        self.0.programs.pairings.of_token(&self.0, token, origin)
    }

    /// Whether a program is paired still.
    pub fn is_paired(&self, pairing: PairingId) -> bool {
        self.0.programs.pairings.stands(&self.0, pairing)
    }

    /// Pairs whoever says the code on the screen.
    pub async fn pair(&self, code: &str, origin: Option<&str>) -> Result<PairAnswer, Failure> {
        self.0.pair(code, origin).await
    }

    /// Whether anybody is paired, who may ask although no window is open.
    pub fn are_paired(&self) -> bool {
        !self.0.programs.pairings.shown(&self.0).is_empty()
    }

    /// Reads the card on a reader, or the next one put on in time.
    pub async fn read_card(
        &self,
        pairing: PairingId,
        asked: ReadCardRequest,
    ) -> Result<ReadCardAnswer, Failure> {
        self.0.read_card_for(pairing, asked).await
    }

    /// Ends everything a program waits for; how much that was.
    pub fn cancel_reads(&self, pairing: PairingId) -> usize {
        self.0.programs.pairings.waits.cancel(pairing)
    }

    /// How many cards lie on the readers now.
    pub fn cards_lying(&self) -> usize {
        self.0.lying.count()
    }

    /// Cards put on and taken away from now on, without a word about whose they are.
    pub fn card_moves(&self) -> broadcast::Receiver<CardMove> {
        self.0.lying.moves()
    }

    /// A program begins to listen to them, so many times at once.
    pub fn listen(&self, pairing: PairingId) -> Result<Listening, Failure> {
        let wait = self.0.programs.pairings.waits.for_moves(pairing)?;
        Ok(Listening { programs: self.clone(), pairing, wait })
    }
}

/// That a program listens to moves of cards, until it is dropped.
pub struct Listening {
    programs: Programs,
    pairing: PairingId,
    wait: Wait,
}

impl Listening {
    /// The program is paired no more.
    pub async fn ended(&mut self) {
        while self.programs.is_paired(self.pairing) {
            // A program that cancels its own waits goes on listening.
            self.wait.cancelled().await;
        }
    }

    /// The program is paired still.
    pub fn goes_on(&self) -> bool {
        self.programs.is_paired(self.pairing)
    }
}

impl Running {
    /// Takes up who is paired, at the program's start. Who cannot be read may not ask.
    pub(crate) async fn take_up_pairings(self: &Arc<Self>) {
        if let Err(failure) = self.blocking(|running| running.programs.pairings.take_up(running)).await {
            tracing::warn!(code = ?failure.code, "the pairings could not be read");
        }
    }

    /// Whether other programs can ask, and which may.
    pub(crate) async fn look_at_bridge(self: &Arc<Self>) -> Result<BridgeShown, Failure> {
        self.blocking(|running| running.programs.pairings.take_up(running)).await?;
        let now = self.parts.clock.running();
        let offered = lock(&self.programs.offer).as_ref().and_then(|offer| offer.shown(now));
        Ok(BridgeShown {
            standing: self.programs.standing(),
            address: format!("http://127.0.0.1:{PORT}"),
            offered,
            pairings: self.programs.pairings.shown(self),
        })
    }

    /// Shows a code for a program or a page.
    pub(crate) async fn offer_pairing(
        self: &Arc<Self>,
        arguments: OfferPairingArguments,
    ) -> Result<BridgeShown, Failure> {
        // Whoever stands before a locked terminal lets nobody in.
        if self.sign_in_shown().state == SignInState::Locked {
            return Err(Failure::of(ErrorCode::SignInNeeded));
        }
        self.blocking(|running| running.programs.pairings.take_up(running)).await?;
        self.programs.pairings.has_room(self)?;
        self.may_learn(arguments.learns)?;
        let offer = Offer::make(&*self.parts.entropy, self.parts.clock.running(), &arguments)?;
        *lock(&self.programs.offer) = Some(offer);
        self.look_at_bridge().await
    }

    /// The code shown is no longer good.
    pub(crate) async fn withdraw_pairing(self: &Arc<Self>) -> Result<BridgeShown, Failure> {
        *lock(&self.programs.offer) = None;
        self.look_at_bridge().await
    }

    /// A program may ask no more.
    pub(crate) async fn unpair(self: &Arc<Self>, named: PairingNamed) -> Result<BridgeShown, Failure> {
        self.blocking(move |running| running.programs.pairings.end(running, named.pairing)).await?;
        self.look_at_bridge().await
    }

    /// MyKey IDs are for the programs of a provider that keeps them itself (seed 001, §17 ②). The cloud checks it
    /// again at each card.
    fn may_learn(&self, learns: Learns) -> Result<(), Failure> {
        let keeps_them = || self.own_id_provider().is_some_and(|provider| provider.keeps_mykey_ids);
        if learns == Learns::MykeyId && !keeps_them() {
            return Err(Failure::of(ErrorCode::NoMykeyIdsHere));
        }
        Ok(())
    }

    async fn pair(self: &Arc<Self>, code: &str, origin: Option<&str>) -> Result<PairAnswer, Failure> {
        let now = self.parts.clock.running();
        // Taken out before anything is written: a code is good once, whatever comes of it.
        let offer = Offer::take(&mut lock(&self.programs.offer), now, code, origin)?;
        self.blocking(move |running| running.programs.pairings.make(running, &offer)).await
    }
}

/// Reads an origin as a clerk typed it.
fn page_origin(typed: &str) -> Result<PageOrigin, Failure> {
    PageOrigin::parse(typed).map_err(|_| Failure::of(ErrorCode::PageOriginInvalid))
}
