//! A counter that was opened for one verb: what the verb waits for.
//!
//! Belongs here: waiting for a card, or for answers. Does not belong here: what is done with it.

use madoguchi_terminal::Counter;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{
    CardExpectation, CardState, DeviceState, Devices, Notice, Pile, PileNamed, PinDigits, Scan, ScanState,
    ServiceIdFound, TypedPin, Visit,
};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// What a card led to.
enum Read {
    Visit(Visit),
    ServiceId(ServiceIdFound),
}

/// The open counter.
pub(crate) struct AtCounter {
    /// What the verbs ask.
    pub(crate) counter: Counter,
    notices: UnboundedReceiver<Notice>,
    wait: Duration,
}

impl AtCounter {
    /// At this counter, waiting so long for a card.
    pub(crate) fn new(counter: Counter, wait: Duration) -> Self {
        let notices = counter.notices();
        Self { counter, notices, wait }
    }

    /// The card that lies there, else the next one put on: its balances.
    pub(crate) async fn visit(&mut self) -> Result<Visit, Failure> {
        match self.card(CardExpectation::CardNow).await? {
            Read::Visit(visit) => Ok(visit),
            Read::ServiceId(_) => Err(Failure::of(ErrorCode::Unforeseen)),
        }
    }

    /// The same: its number at this terminal's ID provider.
    pub(crate) async fn service_id(&mut self) -> Result<ServiceIdFound, Failure> {
        match self.card(CardExpectation::ServiceIdNow).await? {
            Read::ServiceId(found) => Ok(found),
            Read::Visit(_) => Err(Failure::of(ErrorCode::Unforeseen)),
        }
    }

    /// A card lies there, put on before or now: what has just begun does not know yet what lies on its readers.
    pub(crate) async fn card_lies(&mut self) -> Result<(), Failure> {
        let wait = self.wait;
        timeout(wait, self.lying()).await.map_err(|_| Failure::of(ErrorCode::NoCardCame))?
    }

    /// A finished pile once each of its scans is answered; as it stands then, where the line is slower than that.
    pub(crate) async fn answered_pile(&mut self, pile: i64) -> Result<Pile, Failure> {
        let wait = self.wait;
        // Too late is no failure: what has no answer yet goes on being sent at the next start.
        let _ = timeout(wait, self.answers(pile)).await;
        self.counter.show_pile(PileNamed { pile }).await
    }

    async fn answers(&mut self, pile: i64) -> Result<(), Failure> {
        while self.counter.show_pile(PileNamed { pile }).await?.scans.iter().any(is_unanswered) {
            while !matches!(self.notices.recv().await, Some(Notice::Scan(_)) | None) {}
        }
        Ok(())
    }

    async fn card(&mut self, expectation: CardExpectation) -> Result<Read, Failure> {
        self.counter.expect_card(expectation).await?;
        let wait = self.wait;
        let none_came = || Failure::of(ErrorCode::NoCardCame);
        timeout(wait, self.read()).await.map_err(|_| none_came())?
    }

    async fn lying(&mut self) -> Result<(), Failure> {
        let opened = self.counter.open_counter().await?;
        if let DeviceState::Missing { failure } = opened.devices.reader {
            return Err(failure);
        }
        let mut card = opened.card;
        while !matches!(card, CardState::Lying | CardState::LibraryCardLies) {
            card = self.next_of_card().await?;
        }
        Ok(())
    }

    async fn read(&mut self) -> Result<Read, Failure> {
        if let DeviceState::Missing { failure } = self.counter.open_counter().await?.devices.reader {
            return Err(failure);
        }
        loop {
            match self.next_of_card().await? {
                CardState::Read { visit } => return Ok(Read::Visit(visit)),
                CardState::ServiceIdRead { found } => return Ok(Read::ServiceId(found)),
                CardState::Failed { failure } => return Err(failure),
                // A phone says whose it is only after the PIN, which is asked for in a window.
                CardState::WantsPin { failure, .. } => {
                    return Err(failure.unwrap_or_else(|| Failure::of(ErrorCode::NotMyNumberCard)));
                }
                CardState::Absent | CardState::Lying | CardState::LibraryCardLies | CardState::Reading => {}
            }
        }
    }

    async fn next_of_card(&mut self) -> Result<CardState, Failure> {
        while let Some(notice) = self.notices.recv().await {
            match notice {
                Notice::Card(state) => return Ok(state),
                // Without a reader nobody waits for a card.
                Notice::Devices(Devices { reader: DeviceState::Missing { failure }, .. }) => {
                    return Err(failure);
                }
                _ => {}
            }
        }
        Err(Failure::of(ErrorCode::Unforeseen))
    }
}

/// Whether the cloud has not said yet what became of it.
fn is_unanswered(scan: &Scan) -> bool {
    matches!(scan.state, ScanState::UnderWay | ScanState::Unconfirmed { .. } | ScanState::TakingBack)
}

/// A PIN as it was typed.
pub(crate) fn pin(digits: Zeroizing<String>, last_try_agreed: bool) -> TypedPin {
    TypedPin { digits: PinDigits(digits), last_try_agreed }
}
