//! Sending scans: each at once, and what found no answer again, in order, until it has one.

use super::journal::ScanJournal;
use super::pile::Piles;
use super::row::{ScanRow, Stands, Way};
use super::word::Word;
use crate::clock::Clock;
use crate::cloud::CloudFault;
use crate::running::{Running, lock};
use crate::session::Unanswered;
use crate::store::StoreFault;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    ClearTicketRequest, OperationAnswer, Refusal, ResolveOperationRequest, UnclearTicketRequest,
};
use madoguchi_wire::window::Notice;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// The first and the longest pause before what waits is sent again.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long a clerk waits for a scan's answer before it is said to be unconfirmed.
const PATIENCE: Duration = Duration::from_secs(3);

/// The piles, and what wakes whoever sends what waits.
#[derive(Default)]
pub(crate) struct Queue {
    pub(super) piles: Mutex<Piles>,
    /// Held from looking for a ticket in the pile until its scan is written, so that scans stand in the
    /// order in which they came and none twice.
    pub(super) in_order: tokio::sync::Mutex<()>,
    /// What the cloud said and could not be written down (a full disk), in order.
    owed: Mutex<Vec<Owed>>,
    /// Something waits, or the line may be back.
    pub(crate) wake: Notify,
}

/// A word of the cloud, as it is written down.
#[derive(Clone)]
struct Owed {
    scans: ScanJournal,
    scan: ScanRow,
    /// To the clearing; else to its taking back.
    is_of_clearing: bool,
    word: Word,
    found_later: bool,
}

impl Owed {
    /// Answers whether somebody has to be told of it.
    fn write(&self) -> Result<bool, StoreFault> {
        if self.is_of_clearing {
            self.scans.settle(&self.scan, &self.word, self.found_later)
        } else {
            self.scans.settle_take_back(&self.scan, &self.word, self.found_later)
        }
    }

    /// The scan with this word.
    fn answered(self) -> ScanRow {
        let mut scan = ScanRow { is_sent: false, ..self.scan };
        if self.is_of_clearing {
            scan.is_answered(self.word, self.found_later);
        } else {
            scan.taking_back_is_answered(self.word, self.found_later);
        }
        scan
    }
}

/// Whether nothing else can be written either; else it is this row that cannot.
const fn stops_all_writing(fault: &StoreFault) -> bool {
    matches!(fault, StoreFault::NotWritable(_) | StoreFault::Held | StoreFault::PowerCut)
}

/// What is sent of a scan.
enum Letter {
    Clear(ClearTicketRequest),
    Unclear(UnclearTicketRequest),
}

/// How a try ended.
enum Tried {
    /// The cloud said its last word.
    Answered,
    /// The cloud could not take this one now; perhaps others.
    NotThisOne,
    /// The cloud takes this one not before so long; others at any time.
    NotYet(Duration),
    /// Nothing can be sent now; where the cloud said so, for how long.
    NothingNow(Option<Duration>),
}

impl Running {
    /// Sends a scan that was just written, beside all others.
    pub(super) fn send_at_once(self: &Arc<Self>, key: OperationKey) {
        let running = Arc::clone(self);
        self.start(async move {
            let mut sending = std::pin::pin!(running.try_scan(key));
            let tried = tokio::select! {
                // What is answered is not said to be unconfirmed.
                biased;
                tried = &mut sending => tried,
                () = running.parts.clock.sleep(PATIENCE) => {
                    running.tell_unconfirmed(key);
                    sending.await
                }
            };
            if !matches!(tried, Tried::Answered) {
                running.queue.wake.notify_one();
            }
        });
    }

    /// Sends what waits, in order, as long as the counter runs.
    pub(crate) async fn send_what_waits(self: Arc<Self>) {
        let mut pause = FIRST_PAUSE;
        loop {
            if let Some(wait) = self.try_what_waits().await {
                // The cloud said how long it wants to be left alone.
                self.parts.clock.sleep(wait).await;
                continue;
            }
            let Some(rest) = self.until_next_turn(pause) else {
                self.queue.wake.notified().await;
                pause = FIRST_PAUSE;
                continue;
            };
            tokio::select! {
                // A line that is back begins anew, however long it was away.
                biased;
                () = self.queue.wake.notified() => pause = FIRST_PAUSE,
                () = self.parts.clock.sleep(rest) => pause = (pause * 2).min(LONGEST_PAUSE),
            }
        }
    }

    /// How long nothing has to be sent: `pause` while scans wait for the line, else until the first that is
    /// held may go; none where nothing waits.
    fn until_next_turn(&self, pause: Duration) -> Option<Duration> {
        let piles = lock(&self.queue.piles);
        if piles.any_waits() {
            return Some(pause);
        }
        piles.held_until().map(|until| until.saturating_sub(self.parts.clock.running()))
    }

    /// One round through what waits; how long the cloud wants to be left alone, where it said so.
    async fn try_what_waits(self: &Arc<Self>) -> Option<Duration> {
        let waiting = lock(&self.queue.piles).waiting(self.parts.clock.running());
        for key in waiting {
            match self.try_scan(key).await {
                Tried::Answered | Tried::NotThisOne | Tried::NotYet(_) => {}
                Tried::NothingNow(wait) => return wait,
            }
        }
        None
    }

    /// Writes what is owed, before anything else is written: what a scan leads to must not stand on a word that the
    /// next start knows nothing of. What somebody has to be told of is known only now, where its list was printed
    /// meanwhile. A row that cannot be written, while others can, stays owed and holds nobody up. Blocks.
    pub(super) fn write_owed_words(&self) -> Result<(), StoreFault> {
        let (mut written, mut stopped) = (Vec::new(), None);
        lock(&self.queue.owed).retain(|word| {
            if stopped.is_some() {
                return true;
            }
            match word.write() {
                Ok(found_later) => {
                    written.push(Owed { found_later, ..word.clone() });
                    false
                }
                Err(fault) if stops_all_writing(&fault) => {
                    stopped = Some(fault);
                    true
                }
                Err(fault) => {
                    tracing::error!(key = %word.scan.key, %fault, "what the cloud said is still not written");
                    true
                }
            }
        });
        for word in written.into_iter().filter(|word| word.found_later) {
            let key = word.scan.key;
            // Its pile may have been laid aside meanwhile.
            lock(&self.queue.piles).take_up(word.answered());
            self.tell_scan(key, |scan| scan.found_later = true);
        }
        stopped.map_or(Ok(()), Err)
    }

    async fn try_scan(self: &Arc<Self>, key: OperationKey) -> Tried {
        let Some(letter) = self.letter(key) else { return Tried::Answered };
        // It changes nothing to ask twice: the cloud answers a key once.
        let answered: Result<OperationAnswer, _> = match &letter {
            Letter::Clear(request) => self.ask("clear_ticket", request).await,
            Letter::Unclear(request) => self.ask("unclear_ticket", request).await,
        };
        match answered {
            Ok(answer) => {
                self.settle(key, &letter, Word::Answered(answer)).await;
                Tried::Answered
            }
            Err(unanswered) => match self.last_word_in(key, &letter, &unanswered) {
                Some(word) => {
                    tracing::warn!(%key, ?word, "the cloud does not hear of a scan");
                    self.settle(key, &letter, word).await;
                    Tried::Answered
                }
                None => match self.gives_up(key, &unanswered) {
                    Some(why) if self.withdraw(key, &letter, why).await.is_ok() => Tried::Answered,
                    _ => self.not_answered(key, unanswered),
                },
            },
        }
    }

    /// Why a scan is not asked for again, if it is not: too many numbers here were no ticket's. A code whose tag is
    /// right is never held up, so nothing proves this one; asked for again by itself, it would only count as one
    /// more guess when the terminal may guess again. Slowed, it waits once: a clerk mistypes now and then.
    fn gives_up(&self, key: OperationKey, unanswered: &Unanswered) -> Option<ErrorCode> {
        let Unanswered::Fault(CloudFault::Problem(problem)) = unanswered else { return None };
        match problem.code {
            ErrorCode::TicketGuessingLocked => Some(problem.code),
            ErrorCode::TicketGuessingSlowed => {
                let mut waited_before = false;
                lock(&self.queue.piles).change(key, |scan| {
                    waited_before = std::mem::replace(&mut scan.was_slowed, true);
                });
                waited_before.then_some(problem.code)
            }
            _ => None,
        }
    }

    /// Makes a clearing's key void, so that nothing takes place under it any more; what took place already, under a
    /// try whose answer was lost, is its word.
    async fn withdraw(
        self: &Arc<Self>,
        key: OperationKey,
        letter: &Letter,
        why: ErrorCode,
    ) -> Result<(), Unanswered> {
        let answer = self.ask("resolve_operation", &ResolveOperationRequest { key }).await?;
        let word = match answer {
            OperationAnswer::Refused(Refusal::Abandoned) => Word::Declined { declined: why },
            answer => Word::Answered(answer),
        };
        self.settle(key, letter, word).await;
        Ok(())
    }

    /// Gives a scan up that waits and is not being asked for just now.
    pub(super) async fn drop_waiting(self: &Arc<Self>, key: OperationKey) -> Result<(), Failure> {
        let is_open = lock(&self.queue.piles).get(key).is_some_and(|scan| scan.stands() == Stands::Open);
        let letter = if is_open { self.letter(key) } else { None };
        let letter = letter.ok_or_else(|| Failure::of(ErrorCode::ScanNotWaiting))?;
        self.withdraw(key, &letter, ErrorCode::ScanDropped).await.map_err(|unanswered| {
            self.tell_scan(key, |scan| scan.is_sent = false);
            self.queue.wake.notify_one();
            Failure::from(unanswered)
        })
    }

    /// What would be said for ever is a last word: nobody asks again, and somebody is told. That a clearing is not
    /// understood is none: so an older cloud answers, until it is brought up.
    fn last_word_in(&self, key: OperationKey, letter: &Letter, unanswered: &Unanswered) -> Option<Word> {
        if matches!(letter, Letter::Clear(_)) && is_not_understood(unanswered) {
            return None;
        }
        let mut senseless = 0;
        if matches!(unanswered, Unanswered::Fault(CloudFault::Garbled { .. })) {
            lock(&self.queue.piles).change(key, |scan| {
                scan.senseless += 1;
                senseless = scan.senseless;
            });
        }
        Word::in_place_of_an_answer(unanswered, senseless)
    }

    /// What is to be sent of a scan now; none where it is on its way already, or the cloud has nothing
    /// more to say to it.
    fn letter(&self, key: OperationKey) -> Option<Letter> {
        let mut piles = lock(&self.queue.piles);
        let clock = &*self.parts.clock;
        let letter = piles.get(key).filter(|scan| !scan.is_sent).and_then(|scan| letter_of(scan, clock))?;
        piles.change(key, |scan| scan.is_sent = true);
        Some(letter)
    }

    /// Writes the cloud's word down and tells it. Where it cannot be written (a full disk) it is told all
    /// the same, since it is final; it is written before the next write, or the next start asks for it again under the
    /// same key.
    async fn settle(self: &Arc<Self>, key: OperationKey, letter: &Letter, word: Word) {
        let Ok(terminal) = self.known_terminal() else { return };
        // A pile that is being finished meanwhile shows the scan without its answer: then it is found later.
        let conflicts = word.done().is_none();
        let _in_order = if conflicts { Some(self.queue.in_order.lock().await) } else { None };
        let (found_later, scan) = {
            let piles = lock(&self.queue.piles);
            let Some(scan) = piles.get(key).cloned() else { return };
            (conflicts && !word.is_wanted() && piles.is_finished(scan.pile), scan)
        };
        let is_of_clearing = matches!(letter, Letter::Clear(_));
        let scans = terminal.scans.clone();
        let owed = Owed { scans, scan, is_of_clearing, word: word.clone(), found_later };
        let (running, said) = (Arc::clone(self), owed.clone());
        let written = tokio::task::spawn_blocking(move || {
            running.write_owed_words()?;
            said.write()
        })
        .await;
        let found_later = match written {
            Ok(Ok(found_later)) => found_later,
            Ok(Err(StoreFault::PowerCut)) => return,
            other => {
                tracing::error!(%key, ?other, "what the cloud said to a scan could not be written down");
                lock(&self.queue.owed).push(owed);
                found_later
            }
        };
        self.tell_scan(key, |scan| {
            scan.is_sent = false;
            if is_of_clearing {
                scan.is_answered(word, found_later);
            } else {
                scan.taking_back_is_answered(word, found_later);
            }
        });
    }

    fn not_answered(&self, key: OperationKey, unanswered: Unanswered) -> Tried {
        let tried = tried_without_answer(&unanswered);
        let why = if is_not_understood(&unanswered) {
            Failure::of(ErrorCode::CloudOlder)
        } else {
            Failure::from(unanswered)
        };
        let way = match tried {
            Tried::NotYet(wait) => Way::Held { why, until: self.parts.clock.running() + wait },
            Tried::Answered | Tried::NotThisOne | Tried::NothingNow(_) => Way::Waits(Some(why)),
        };
        self.tell_scan(key, |scan| {
            scan.is_sent = false;
            scan.way = way;
        });
        tried
    }

    /// The answer takes its time; whatever it will be, the clerk goes on.
    fn tell_unconfirmed(&self, key: OperationKey) {
        self.tell_scan(key, |scan| scan.way = Way::Waits(None));
    }

    /// Changes a scan and tells the window, where that is news.
    pub(super) fn tell_scan(&self, key: OperationKey, change: impl FnOnce(&mut ScanRow)) {
        let (before, told) = {
            let mut piles = lock(&self.queue.piles);
            (piles.told(key), piles.change(key, change))
        };
        if let Some(told) = told.filter(|told| before.as_ref() != Some(told)) {
            self.notices.tell(&Notice::Scan(told));
        }
    }
}

/// Whether the cloud says that what it was sent makes no sense to it.
fn is_not_understood(unanswered: &Unanswered) -> bool {
    matches!(unanswered, Unanswered::Fault(CloudFault::Problem(problem)) if problem.code == ErrorCode::Malformed)
}

fn tried_without_answer(unanswered: &Unanswered) -> Tried {
    match unanswered {
        Unanswered::NotSignedIn(_) | Unanswered::Fault(CloudFault::Line(_)) => Tried::NothingNow(None),
        Unanswered::Fault(CloudFault::Garbled { .. }) => Tried::NotThisOne,
        Unanswered::Fault(CloudFault::Problem(problem)) => {
            let wait = problem.retry_after_s.map(|seconds| Duration::from_secs(seconds.into()));
            match (problem.code, wait) {
                // Guessing holds up what nothing proves, and no ticket whose code is right.
                (ErrorCode::TicketGuessingSlowed, wait) => {
                    Tried::NotYet(wait.unwrap_or(LONGEST_PAUSE).max(FIRST_PAUSE))
                }
                (ErrorCode::TicketGuessingLocked, _) => Tried::NotYet(LONGEST_PAUSE),
                (_, Some(wait)) => Tried::NothingNow(Some(wait)),
                (ErrorCode::SignInNeeded, None) => Tried::NothingNow(None),
                (_, None) => Tried::NotThisOne,
            }
        }
    }
}

fn letter_of(scan: &ScanRow, clock: &dyn Clock) -> Option<Letter> {
    match (scan.stands(), &scan.named, &scan.take_back) {
        (Stands::Open, Some(named), _) => Some(Letter::Clear(ClearTicketRequest {
            key: scan.key,
            ticket: named.clone(),
            site: (!scan.stamp.is_own).then_some(scan.stamp.site.site),
            waited_ms: scan.waited_ms(clock),
            scanned_at_ms: None,
        })),
        (Stands::TakingBack, _, Some(back)) => {
            Some(Letter::Unclear(UnclearTicketRequest { key: back.key, takes_back: scan.key }))
        }
        _ => None,
    }
}
