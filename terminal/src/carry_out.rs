//! Carries an intent from the journal to its known fate, following `madoguchi_domain::intent`.
//!
//! Belongs here: doing what the state machine asks for. Does not: deciding; nothing here looks at a
//! state to find out what comes next.

use crate::cloud::CloudFault;
use crate::journal::{Intent, Journal};
use crate::operation::just_shown;
use crate::running::{Running, lock};
use crate::session::Unanswered;
use crate::store::StoreFault;
use madoguchi_domain::intent::{IntentEffect, IntentEvent, IntentState, step};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    CloseDayRequest, IssueTicketRequest, IssuedTicketRequest, MergePointsRequest, OperationAnswer,
    OperationKind, Refusal, ResolveOperationRequest, UsePointsRequest, VoidUseRequest,
};
use madoguchi_wire::window::{LastOperation, Notice};
use std::sync::Arc;
use std::time::Duration;

/// The first and the longest pause before the cloud is asked again.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What is sent to bring an operation about.
pub(crate) enum Request {
    /// A use.
    Use(UsePointsRequest),
    /// A void.
    Void(VoidUseRequest),
    /// The issue of a ticket.
    IssueTicket(IssueTicketRequest),
    /// The reissue of a ticket.
    ReissueTicket(IssuedTicketRequest),
    /// The void of a ticket.
    VoidTicket(IssuedTicketRequest),
    /// A merge.
    MergePoints(MergePointsRequest),
    /// A day close.
    CloseDay(CloseDayRequest),
}

/// One operation on its way.
struct Carried {
    running: Arc<Running>,
    journal: Journal,
    intent: Intent,
    /// None after a restart: then nothing is sent any more, only asked.
    request: Option<Request>,
    pause: Duration,
}

impl Running {
    /// Writes an intent, sends it, and answers with its fate, or `Checking` after ten seconds.
    pub(crate) async fn carry_out(
        self: &Arc<Self>,
        intent: Intent,
        request: Request,
    ) -> Result<LastOperation, Failure> {
        self.operation.take()?;
        let written = self.write_down(&intent).await;
        let journal = match written {
            Ok(journal) => journal,
            Err(failure) => {
                self.operation.give_back();
                return Err(failure);
            }
        };
        let key = intent.key;
        self.operation.show_unresolved(&intent, true);
        let carried = self.carried(journal, intent, Some(request));
        self.start(carried.run(IntentEvent::Begun));
        just_shown(self.operation.fate(&*self.parts.clock).await, key)
    }

    /// An operation that begins now, about nobody yet.
    pub(crate) fn begun(&self, key: OperationKey, kind: OperationKind, points: i64) -> Intent {
        Intent {
            key,
            kind,
            voids: None,
            ticket: None,
            points,
            pressed_at_ms: self.parts.clock.now_ms(),
            masked_mykey_id: String::new(),
            currencies: Vec::new(),
            signature: None,
            staff_name: self.staff_name(),
            answer: None,
            problem: None,
            acknowledged: false,
            printed: 0,
            series: None,
            file_put: false,
        }
    }

    /// Durably, before anything is sent.
    async fn write_down(self: &Arc<Self>, intent: &Intent) -> Result<Journal, Failure> {
        let journal = self.terminal()?.journal.clone();
        let (writer, intent) = (journal.clone(), intent.clone());
        self.blocking(move |running| {
            running.write_what_is_owed(&writer)?;
            Ok(writer.write(&intent)?)
        })
        .await?;
        Ok(journal)
    }

    /// Writes the fate that could not be written when it became known. Blocks.
    fn write_what_is_owed(&self, journal: &Journal) -> Result<(), Failure> {
        let owed = lock(&self.owed).clone();
        if let Some((key, answer)) = owed {
            journal.settle(key, &answer)?;
            *lock(&self.owed) = None;
        }
        Ok(())
    }

    /// Takes up the journal at start, after a registration, after a heal: an operation that is
    /// unresolved is asked for at once, else the last one is shown.
    pub(crate) async fn take_up_journal(self: &Arc<Self>) -> Result<(), Failure> {
        if self.operation.is_taken() {
            return Ok(());
        }
        let Ok(journal) = self.journal() else {
            self.operation.show_past(None);
            return Ok(());
        };
        let reader = journal.clone();
        let (open, last) = self.blocking(move |_| Ok((reader.open()?, reader.last()?))).await?;
        match open {
            Some(intent) => {
                self.operation.show_unresolved(&intent, false);
                let carried = self.carried(journal, intent, None);
                self.start(carried.run(IntentEvent::Restarted));
            }
            None => self.operation.show_past(last.as_ref()),
        }
        Ok(())
    }

    fn carried(self: &Arc<Self>, journal: Journal, intent: Intent, request: Option<Request>) -> Carried {
        Carried { running: Arc::clone(self), journal, intent, request, pause: FIRST_PAUSE }
    }
}

impl Carried {
    async fn run(mut self, first: IntentEvent) {
        let mut state = IntentState::Written;
        let mut event = first;
        loop {
            let (next, effect) = step(state, event);
            tracing::info!(key = %self.intent.key, ?state, ?event, ?next, "intent");
            state = next;
            event = match effect {
                IntentEffect::Send => self.send().await,
                IntentEffect::SignIn => self.sign_in().await,
                IntentEffect::Resolve => self.resolve().await,
                IntentEffect::Wait => self.wait().await,
                IntentEffect::Settle => return self.settle().await,
                // Every event above is one its state waits for; see the table of the state machine.
                IntentEffect::Ignore => {
                    tracing::error!(key = %self.intent.key, ?state, ?event, "an event out of place");
                    IntentEvent::Restarted
                }
            };
        }
    }

    async fn send(&mut self) -> IntentEvent {
        let answered = match &self.request {
            Some(Request::Use(request)) => self.running.ask_once("use_points", request).await,
            Some(Request::Void(request)) => self.running.ask_once("void_use", request).await,
            Some(Request::IssueTicket(request)) => self.running.ask_once("issue_ticket", request).await,
            Some(Request::ReissueTicket(request)) => self.running.ask_once("reissue_ticket", request).await,
            Some(Request::VoidTicket(request)) => self.running.ask_once("void_ticket", request).await,
            Some(Request::MergePoints(request)) => self.running.ask_once("merge_points", request).await,
            Some(Request::CloseDay(request)) => self.running.ask_once("close_day", request).await,
            None => return IntentEvent::NoAnswer,
        };
        self.heard(answered).await
    }

    async fn sign_in(&self) -> IntentEvent {
        match self.running.token().await {
            Ok(_) => IntentEvent::SignedIn,
            Err(_) => IntentEvent::SignInFailed,
        }
    }

    async fn resolve(&mut self) -> IntentEvent {
        let request = ResolveOperationRequest { key: self.intent.key };
        let answered = self.running.ask("resolve_operation", &request).await;
        self.heard(answered).await
    }

    async fn heard(&mut self, answered: Result<OperationAnswer, Unanswered>) -> IntentEvent {
        match answered {
            Ok(answer) => {
                let event = event_of(&answer);
                self.intent.answer = Some(answer);
                event
            }
            Err(Unanswered::NotSignedIn(_)) => IntentEvent::SignInFailed,
            Err(Unanswered::Fault(fault)) => match &fault {
                CloudFault::Problem(problem) if problem.code == ErrorCode::SessionEnded => {
                    IntentEvent::SessionEnded
                }
                CloudFault::Problem(problem) => {
                    self.note_problem(problem.code).await;
                    IntentEvent::NotRemembered
                }
                CloudFault::Line(_) | CloudFault::Garbled { .. } => IntentEvent::NoAnswer,
            },
        }
    }

    /// The first problem is the reason; those met while asking afterwards are not.
    async fn note_problem(&mut self, code: ErrorCode) {
        if self.intent.problem.is_some() {
            return;
        }
        self.intent.problem = Some(code);
        let (journal, key) = (self.journal.clone(), self.intent.key);
        if self.running.blocking(move |_| Ok(journal.note_problem(key, code)?)).await.is_err() {
            tracing::warn!(%key, ?code, "a problem could not be noted");
        }
    }

    async fn wait(&mut self) -> IntentEvent {
        let pause = self.pause;
        self.pause = (pause * 2).min(LONGEST_PAUSE);
        tokio::select! {
            // Whoever asks now begins anew, also at the end of a pause.
            biased;
            () = self.running.operation.ask_now.notified() => self.pause = FIRST_PAUSE,
            () = self.running.parts.clock.sleep(pause) => {}
        }
        IntentEvent::AskAgain
    }

    /// Writes the fate down, lays a merge's file into its folder, and tells it. Where it cannot be written (a full disk), it is told all the
    /// same, since the cloud's word is final; it is written before the next operation, or asked for
    /// again at the next start.
    async fn settle(self) {
        let Some(answer) = self.intent.answer.clone() else {
            tracing::error!(key = %self.intent.key, "a fate without an answer");
            return;
        };
        let (journal, key) = (self.journal.clone(), self.intent.key);
        let fate = answer.clone();
        match tokio::task::spawn_blocking(move || journal.settle(key, &fate)).await {
            Ok(Ok(())) => {}
            Ok(Err(StoreFault::PowerCut)) => return,
            other => {
                tracing::error!(%key, ?other, "a fate could not be written down");
                *lock(&self.running.owed) = Some((key, answer));
            }
        }
        if let Some(OperationAnswer::Done(_)) = &self.intent.answer {
            self.running.use_up_visit(self.intent.kind);
        }
        let intent = if self.intent.kind == OperationKind::MergePoints {
            self.running.put_file_of(&self.journal, self.intent).await
        } else {
            self.intent
        };
        if let Some(last) = self.running.operation.settle(&intent) {
            self.running.notices.tell(&Notice::LastOperation(last));
        }
    }
}

const fn event_of(answer: &OperationAnswer) -> IntentEvent {
    match answer {
        OperationAnswer::Done(_) => IntentEvent::AnsweredDone,
        OperationAnswer::Refused(Refusal::Abandoned) => IntentEvent::AnsweredAbandoned,
        OperationAnswer::Refused(_) => IntentEvent::AnsweredRefused,
    }
}

#[cfg(test)]
mod tests;
