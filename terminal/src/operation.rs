//! The operation under way, and the last one: at most one is unresolved at a time.
//!
//! Belongs here: the one slot, what the window is told of its content, waiting for its fate. Does
//! not: bringing the fate about (`carry_out`).

use crate::clock::Clock;
use crate::journal::{Intent, made, name_of};
use crate::refusal::refused;
use crate::running::lock;
use madoguchi_domain::merge_file::file_name;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{OperationAnswer, OperationDone, Refusal};
use madoguchi_wire::window::{
    LastOperation, MergeFileState, MergeOfOperation, MovedHere, OperationState, TicketSeries,
};
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// How long a clerk waits for an operation's fate before hearing that it is being found out.
const PATIENCE: Duration = Duration::from_secs(10);

/// The one slot.
pub(crate) struct OperationSlot {
    content: Mutex<Content>,
    /// Goes up with every change; wakes whoever waits for a fate.
    changes: watch::Sender<u64>,
    /// Ends the pause before the cloud is asked again.
    pub(crate) ask_now: Notify,
}

#[derive(Default)]
struct Content {
    last: Option<LastOperation>,
    /// Whether an operation is on its way to its fate.
    taken: bool,
    /// Whether a command of the window waits for the fate; else a notice tells it.
    awaited: bool,
}

impl Default for OperationSlot {
    fn default() -> Self {
        Self { content: Mutex::default(), changes: watch::Sender::new(0), ask_now: Notify::new() }
    }
}

impl OperationSlot {
    /// Takes the slot for a new operation; refused while another is unresolved.
    pub(crate) fn take(&self) -> Result<(), Failure> {
        let mut content = lock(&self.content);
        if content.taken {
            return Err(Failure::of(ErrorCode::OperationUnresolved));
        }
        content.taken = true;
        Ok(())
    }

    /// Gives the slot back: the operation could not even be written down.
    pub(crate) fn give_back(&self) {
        lock(&self.content).taken = false;
    }

    /// The last operation.
    pub(crate) fn last(&self) -> Option<LastOperation> {
        lock(&self.content).last.clone()
    }

    /// Whether an operation is on its way to its fate.
    pub(crate) fn is_taken(&self) -> bool {
        lock(&self.content).taken
    }

    /// Whether a command of the window waits for the fate of an operation.
    pub(crate) fn is_awaited(&self) -> bool {
        let content = lock(&self.content);
        content.taken && content.awaited
    }

    /// Shows an operation that is unresolved and holds the slot.
    pub(crate) fn show_unresolved(&self, intent: &Intent, awaited: bool) {
        let mut content = lock(&self.content);
        *content = Content { last: Some(shown(intent)), taken: true, awaited };
    }

    /// Shows an operation of the past whose fate is known, or none.
    pub(crate) fn show_past(&self, intent: Option<&Intent>) {
        *lock(&self.content) = Content { last: intent.map(shown), taken: false, awaited: false };
    }

    /// The fate is known: frees the slot, wakes who waits. Answers what a notice must tell, where
    /// nobody waits.
    pub(crate) fn settle(&self, intent: &Intent) -> Option<LastOperation> {
        let last = shown(intent);
        let awaited = {
            let mut content = lock(&self.content);
            let awaited = content.awaited;
            *content = Content { last: Some(last.clone()), taken: false, awaited: false };
            awaited
        };
        self.changes.send_modify(|changes| *changes += 1);
        (!awaited).then_some(last)
    }

    /// The clerk has seen the fate.
    pub(crate) fn acknowledge(&self) {
        if let Some(last) = &mut lock(&self.content).last {
            last.acknowledged = true;
        }
    }

    /// The tickets of the last operation, if it is this one, were handed to a printer.
    pub(crate) fn handed_to_printer(&self, key: OperationKey) {
        let mut content = lock(&self.content);
        let Some(last) = content.last.as_mut().filter(|last| last.key == key) else { return };
        if let OperationState::Done { ticket: Some(made), .. } = &mut last.state {
            made.handed_to_printer = true;
        }
        for before in last.series.iter_mut().flat_map(|series| &mut series.before) {
            before.handed_to_printer = true;
        }
    }

    /// The file of the last operation, if it is this merge, was laid down.
    pub(crate) fn file_put(&self, key: OperationKey, name: String) {
        let mut content = lock(&self.content);
        let Some(last) = content.last.as_mut().filter(|last| last.key == key) else { return };
        if let OperationState::Done { merge: Some(merge), .. } = &mut last.state {
            merge.file = MergeFileState::Put { name };
        }
    }

    /// Nothing was sent after this operation of a series, and why. Answers the operation with that.
    pub(crate) fn series_ended(&self, mut operation: LastOperation, why: &Failure) -> LastOperation {
        if let Some(series) = &mut operation.series {
            series.ended = Some(why.clone());
        }
        let mut content = lock(&self.content);
        if let Some(last) = content.last.as_mut().filter(|last| last.key == operation.key) {
            last.series.clone_from(&operation.series);
        }
        operation
    }

    /// A command waits for the fate from now on. False where the fate is known already.
    pub(crate) fn await_fate(&self) -> bool {
        let mut content = lock(&self.content);
        content.awaited = content.taken;
        content.taken
    }

    /// Waits for the fate of the last operation, ten seconds at most. What comes later is told by a
    /// notice.
    pub(crate) async fn fate(&self, clock: &dyn Clock) -> Option<LastOperation> {
        let mut changes = self.changes.subscribe();
        let settled = async {
            while self.is_taken() {
                if changes.changed().await.is_err() {
                    break;
                }
            }
        };
        tokio::select! {
            () = settled => {}
            () = clock.sleep(PATIENCE) => {}
        }
        let mut content = lock(&self.content);
        content.awaited = false;
        content.last.clone()
    }
}

/// An operation of the journal as the window shows it.
pub(crate) fn shown(intent: &Intent) -> LastOperation {
    let at_ms = match &intent.answer {
        Some(OperationAnswer::Done(done)) => done.at_ms,
        Some(OperationAnswer::Refused(_)) | None => intent.pressed_at_ms,
    };
    LastOperation {
        key: intent.key,
        kind: intent.kind,
        points: intent.points,
        at_ms,
        state: state(intent),
        acknowledged: intent.acknowledged,
        series: intent.series.as_ref().map(|series| TicketSeries {
            wanted: series.wanted,
            before: series.before.clone(),
            ended: None,
        }),
    }
}

fn state(intent: &Intent) -> OperationState {
    match &intent.answer {
        None => OperationState::Checking,
        Some(OperationAnswer::Done(done)) => done_state(intent, done),
        Some(OperationAnswer::Refused(Refusal::Abandoned)) => not_done(intent.problem),
        Some(OperationAnswer::Refused(refusal)) => {
            OperationState::Refused { failure: refused(&intent.currencies, refusal) }
        }
    }
}

fn done_state(intent: &Intent, done: &OperationDone) -> OperationState {
    let accounts = done
        .accounts
        .iter()
        .map(|moved| MovedHere {
            currency: name_of(&intent.currencies, moved.currency),
            points: moved.points,
            before: moved.before,
            after: moved.after,
            next_lapse: moved.next_lapse.clone(),
        })
        .collect();
    OperationState::Done {
        number: done.number.clone(),
        accounts,
        voided_number: done.voided_number.clone(),
        ticket: made(intent),
        day_close: done.day_close.clone(),
        merge: merge_of(intent),
    }
}

/// The file of a merge that took place.
pub(crate) fn merge_of(intent: &Intent) -> Option<MergeOfOperation> {
    let Some(OperationAnswer::Done(done)) = &intent.answer else { return None };
    let file = done.merge.as_ref()?;
    let state = if intent.file_put {
        MergeFileState::Put { name: file_name(file.street, file.number) }
    } else {
        MergeFileState::NotPut { failure: Failure::of(ErrorCode::MergeFileNotPut) }
    };
    Some(MergeOfOperation { street_name: file.street_name.clone(), number: file.number, file: state })
}

/// It never reached the books. Where the cloud had said why, that is the reason; it may be told only
/// now, when the key is void.
fn not_done(problem: Option<ErrorCode>) -> OperationState {
    match problem {
        Some(
            code @ (ErrorCode::CloudBusy
            | ErrorCode::FunctionNotAllowed
            | ErrorCode::SignInNeeded
            | ErrorCode::TicketGuessingSlowed
            | ErrorCode::TicketGuessingLocked
            | ErrorCode::StreetTakesNoMerges
            | ErrorCode::Malformed),
        ) => OperationState::Refused { failure: Failure::of(code) },
        _ => OperationState::NotDone,
    }
}

/// The last operation of a command that has just put one there.
pub(crate) fn just_shown(last: Option<LastOperation>, key: OperationKey) -> Result<LastOperation, Failure> {
    last.filter(|last| last.key == key).ok_or_else(|| Failure::of(ErrorCode::Unforeseen))
}
