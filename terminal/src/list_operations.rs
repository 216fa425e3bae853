//! `list_operations`: what this terminal did today with points, and there is a receipt of.
//!
//! Tickets have lists of their own: what was issued and cleared is no use, and has no receipt.

use crate::running::{Running, lock};
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{ListOperationsAnswer, ListOperationsRequest, OperationKind};
use madoguchi_wire::window::OperationsOfTheDay;
use std::sync::Arc;

impl Running {
    /// Today's list, by the cloud's clock.
    pub(crate) async fn list_operations(self: &Arc<Self>) -> Result<OperationsOfTheDay, Failure> {
        self.signed_in()?;
        let request = ListOperationsRequest { date: None };
        let answer: ListOperationsAnswer = self.ask("list_operations", &request).await?;
        *lock(&self.listed) = answer.operations.iter().map(|listed| (listed.key, listed.clone())).collect();
        let ListOperationsAnswer { date, mut operations, uses, voids, points } = answer;
        operations.retain(|listed| has_receipt(listed.kind));
        Ok(OperationsOfTheDay { date, operations, uses, voids, points })
    }
}

/// Whether a receipt is printed of it (row D3).
pub(crate) const fn has_receipt(kind: OperationKind) -> bool {
    match kind {
        OperationKind::Use | OperationKind::Void | OperationKind::MergePoints => true,
        OperationKind::IssueTicket
        | OperationKind::ReissueTicket
        | OperationKind::VoidTicket
        | OperationKind::ClearTicket
        | OperationKind::UnclearTicket
        | OperationKind::CloseDay => false,
    }
}
