//! One scan: what is known of it, and how the window is told.

use super::scanned::number_of;
use super::word::Word;
use crate::clock::Clock;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{ClearingSite, NamedTicket, Refusal};
use madoguchi_wire::window::{Scan, ScanState};
use std::collections::HashSet;
use std::time::Duration;

/// The site of a stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// The site.
    pub(crate) site: ClearingSite,
    /// Whether it is the terminal's own: then the cloud is not told which.
    pub(crate) is_own: bool,
}

/// Taking a clearing back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TakeBack {
    /// Its own key.
    pub(crate) key: OperationKey,
    /// The cloud's last word, once there is one.
    pub(super) word: Option<Word>,
}

/// What a clerk is told of a scan that has no answer. Not kept: after a restart it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// The answer will be there in a moment.
    Coming,
    /// △; why the last try failed, where that is known.
    Waits(Option<Failure>),
    /// △; the cloud takes this one not before a moment of [`Clock::running`](crate::clock::Clock::running),
    /// others at any time: a number that nothing proves, where too many were no ticket's.
    Held {
        /// Why.
        why: Failure,
        /// Until when.
        until: Duration,
    },
}

/// A scan of this terminal.
#[derive(Clone)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own; none of them says how it stands"
)]
pub(crate) struct ScanRow {
    /// The key of the clearing.
    pub(crate) key: OperationKey,
    /// Its pile.
    pub(crate) pile: i64,
    /// Whose stamp it bears.
    pub(crate) stamp: Stamp,
    /// When it was scanned, by this PC's clock.
    pub(crate) scanned_at_ms: i64,
    /// The same by [`Clock::running`], where that was in this start of the program.
    pub(super) scanned_running: Option<Duration>,
    /// How the ticket is named; none once no ticket has the number.
    pub(crate) named: Option<NamedTicket>,
    /// The cloud's last word, once there is one.
    pub(super) word: Option<Word>,
    /// Its taking back, where that was asked for.
    pub(crate) take_back: Option<TakeBack>,
    /// Refused, not taken back, or cleared too late for its printed list, after its pile was finished, and nobody has
    /// seen it.
    pub(crate) found_later: bool,
    /// What is told while there is no answer.
    pub(crate) way: Way,
    /// Whether a request is on its way just now.
    pub(crate) is_sent: bool,
    /// How often what the cloud said made no sense, since this program started.
    pub(super) senseless: u32,
    /// Whether it has waited once because too many numbers were no ticket's. It does not wait twice.
    pub(super) was_slowed: bool,
    /// The same for all scans of one number, also where the number is not kept.
    pub(super) mark: Option<Mark>,
    /// Refused, and the same ticket was scanned again later in the pile: there is one paper, and the later scan
    /// says what became of it.
    pub(super) is_replaced: bool,
    /// How many changes of scans this program had seen after the last one of this.
    pub(super) revision: u64,
}

/// A number's hash under the store's key.
pub(super) type Mark = [u8; 32];

/// Finds which of a pile's scans, oldest first, a later one of the same ticket takes the place of.
pub(super) fn mark_replaced(scans: &mut [ScanRow]) {
    let mut seen_later = HashSet::new();
    for scan in scans.iter_mut().rev() {
        let is_again = scan.mark.is_some_and(|mark| !seen_later.insert(mark));
        scan.is_replaced = is_again && scan.stands() == Stands::Refused;
    }
}

/// What stands in the column `state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    /// No answer yet.
    Open,
    /// 〇.
    Cleared,
    /// ×.
    Refused,
    /// The answer to its taking back is awaited.
    TakingBack,
    /// Open again.
    TakenBack,
}

impl ScanRow {
    /// Where it stands.
    pub(crate) fn stands(&self) -> Stands {
        let Some(word) = &self.word else { return Stands::Open };
        if word.done().is_none() {
            return Stands::Refused;
        }
        match &self.take_back {
            None => Stands::Cleared,
            Some(TakeBack { word: None, .. }) => Stands::TakingBack,
            Some(TakeBack { word: Some(word), .. }) => {
                if word.done().is_some() {
                    Stands::TakenBack
                } else {
                    Stands::Cleared
                }
            }
        }
    }

    /// Whether the cloud still has to say something.
    pub(crate) fn is_unanswered(&self) -> bool {
        matches!(self.stands(), Stands::Open | Stands::TakingBack)
    }

    /// How long it has been waiting, in milliseconds: the longer of what this PC's two clocks say. The one that only
    /// runs forward stands still while the PC sleeps, on some; the other may be set back meanwhile.
    pub(super) fn waited_ms(&self, clock: &dyn Clock) -> u64 {
        let by_clock = u64::try_from(clock.now_ms().saturating_sub(self.scanned_at_ms)).unwrap_or(0);
        let running = self.scanned_running.map(|scanned| clock.running().saturating_sub(scanned));
        let running = running.map_or(0, |span| u64::try_from(span.as_millis()).unwrap_or(u64::MAX));
        by_clock.max(running)
    }

    /// Whether it waits to be sent again.
    pub(crate) fn waits(&self) -> bool {
        self.is_unanswered() && !self.is_sent
    }

    /// Until when the cloud does not take this one, where it waits for that alone.
    pub(crate) fn held_until(&self) -> Option<Duration> {
        match self.way {
            Way::Held { until, .. } if self.waits() => Some(until),
            _ => None,
        }
    }

    /// What the cloud said to the clearing. A number that no ticket has is forgotten.
    pub(super) fn is_answered(&mut self, word: Word, found_later: bool) {
        if self.named.as_ref().is_some_and(|named| word.forgets(named)) {
            self.named = None;
        }
        self.word = Some(word);
        self.found_later = found_later;
    }

    /// What the cloud said to its taking back.
    pub(super) fn taking_back_is_answered(&mut self, word: Word, found_later: bool) {
        if let Some(back) = &mut self.take_back {
            back.word = Some(word);
        }
        self.found_later = found_later;
    }

    /// The ticket's number, where it is kept.
    pub(crate) fn number(&self) -> Option<TicketNumber> {
        self.named.as_ref().and_then(number_of)
    }

    /// Its points, once the cloud said them.
    pub(crate) fn points(&self) -> Option<i64> {
        Some(self.word.as_ref()?.done()?.cleared.as_ref()?.ticket.points)
    }

    /// As the window shows it.
    pub(crate) fn shown(&self) -> Scan {
        Scan {
            key: self.key,
            pile: self.pile,
            site: self.stamp.site.clone(),
            scanned_at_ms: self.scanned_at_ms,
            number: self.number().map(TicketNumber::spaced),
            points: self.points(),
            state: self.state(),
            is_replaced: self.is_replaced,
            revision: self.revision,
        }
    }

    fn state(&self) -> ScanState {
        match self.stands() {
            Stands::Open => match &self.way {
                Way::Coming => ScanState::UnderWay,
                Way::Waits(failure) => ScanState::Unconfirmed { failure: failure.clone() },
                Way::Held { why, .. } => ScanState::Unconfirmed { failure: Some(why.clone()) },
            },
            Stands::TakingBack => ScanState::TakingBack,
            Stands::TakenBack => ScanState::TakenBack,
            Stands::Cleared | Stands::Refused => match self.word.as_ref().and_then(Word::failure) {
                None => ScanState::Cleared { not_taken_back: self.not_taken_back() },
                Some(failure) => ScanState::Refused {
                    failure,
                    cleared: match self.word.as_ref().and_then(Word::refusal) {
                        Some(Refusal::TicketCleared(cleared)) => Some(cleared.clone()),
                        _ => None,
                    },
                },
            },
        }
    }

    fn not_taken_back(&self) -> Option<Failure> {
        self.take_back.as_ref()?.word.as_ref()?.failure()
    }
}
