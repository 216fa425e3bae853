//! `resolve_operation`: what became of an operation, asked by a clerk or for a receipt (row K4).

use crate::journal::{Intent, NamedCurrency};
use crate::running::{Running, lock};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    ListedOperation, OperationAnswer, OperationKind, ResolveOperationRequest,
};
use madoguchi_wire::window::{LastOperation, OperationState};
use std::sync::Arc;

impl Running {
    /// Asks again now what became of the last operation; answers like `use_points`. While a new one is
    /// still being written down, it is the last one already: whoever asks waits for its fate.
    pub(crate) async fn resolve_last_operation(self: &Arc<Self>) -> Result<LastOperation, Failure> {
        let last = if self.operation.await_fate() {
            self.operation.ask_now.notify_one();
            self.operation.fate(&*self.parts.clock).await
        } else {
            self.operation.last()
        };
        last.ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))
    }

    /// The clerk has seen the last operation's fate. One that is not known cannot be seen.
    pub(crate) async fn acknowledge_last_operation(self: &Arc<Self>) -> Result<(), Failure> {
        let Some(last) = self.operation.last() else {
            return Ok(());
        };
        if last.state == OperationState::Checking {
            return Err(Failure::of(ErrorCode::OperationUnresolved));
        }
        let journal = self.journal()?;
        self.blocking(move |_| Ok(journal.acknowledge(last.key)?)).await?;
        self.operation.acknowledge();
        Ok(())
    }

    /// An operation of this terminal: from the journal, or, where the journal is another one, from
    /// the day's list and the cloud's remembered answer.
    pub(crate) async fn intent_of(self: &Arc<Self>, key: OperationKey) -> Result<Intent, Failure> {
        let journal = self.journal()?;
        let reader = journal.clone();
        if let Some(intent) = self.blocking(move |_| Ok(reader.get(key)?)).await? {
            return Ok(intent);
        }
        let listed = lock(&self.listed).get(&key).cloned();
        let listed = listed.ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))?;
        let origin = self.origin_of(&listed)?;
        // It stands in the list, so the cloud knows the key; asking makes nothing void.
        let answer: OperationAnswer = self.ask("resolve_operation", &ResolveOperationRequest { key }).await?;
        let intent = adopted(&listed, &origin, answer);
        let row = intent.clone();
        self.blocking(move |_| Ok(journal.adopt(&row)?)).await?;
        Ok(intent)
    }
}

/// What an operation of a list is about, as far as the list does not say it itself.
struct Origin {
    /// For a void: the key of the use.
    voids: Option<OperationKey>,
    /// How often its paper is taken to have been printed.
    printed: u32,
}

impl Running {
    /// Which operations of the list can be taken over, and what of them is known. Refused before anything is written:
    /// what the journal cannot hold is no damage.
    fn origin_of(&self, listed: &ListedOperation) -> Result<Origin, Failure> {
        let nothing = || Failure::of(ErrorCode::UnknownOperation);
        match listed.kind {
            OperationKind::Use | OperationKind::MergePoints => Ok(Origin { voids: None, printed: 0 }),
            OperationKind::Void => {
                let of = listed.linked_number.as_ref().ok_or_else(nothing)?;
                let today = lock(&self.listed);
                let voided = today.values().find(|other| other.number == *of).ok_or_else(nothing)?;
                Ok(Origin { voids: Some(voided.key), printed: 0 })
            }
            // Nobody knows here whether its number went to a printer, and it must not go there twice.
            OperationKind::IssueTicket => Ok(Origin { voids: None, printed: 1 }),
            OperationKind::ReissueTicket => Err(Failure::of(ErrorCode::TicketHandedOver)),
            OperationKind::VoidTicket
            | OperationKind::ClearTicket
            | OperationKind::UnclearTicket
            | OperationKind::CloseDay => Err(nothing()),
        }
    }
}

fn adopted(listed: &ListedOperation, origin: &Origin, answer: OperationAnswer) -> Intent {
    let currencies = match &answer {
        OperationAnswer::Done(done) => done
            .accounts
            .iter()
            .zip(&listed.currencies)
            .map(|(moved, name)| NamedCurrency { currency: moved.currency, name: name.clone() })
            .collect(),
        OperationAnswer::Refused(_) => Vec::new(),
    };
    Intent {
        key: listed.key,
        kind: listed.kind,
        voids: origin.voids,
        ticket: None,
        points: listed.points,
        pressed_at_ms: listed.at_ms,
        masked_mykey_id: listed.masked_mykey_id.clone(),
        currencies,
        signature: None,
        staff_name: listed.staff_name.clone(),
        answer: Some(answer),
        problem: None,
        acknowledged: true,
        printed: origin.printed,
        series: None,
        file_put: false,
    }
}
