//! `list_operations`: what this terminal did today.

use crate::running::{Running, lock};
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{ListOperationsAnswer, ListOperationsRequest};
use madoguchi_wire::window::OperationsOfTheDay;
use std::sync::Arc;

impl Running {
    /// Today's list, by the cloud's clock.
    pub(crate) async fn list_operations(self: &Arc<Self>) -> Result<OperationsOfTheDay, Failure> {
        self.signed_in()?;
        let request = ListOperationsRequest { date: None };
        let answer: ListOperationsAnswer = self.ask("list_operations", &request).await?;
        *lock(&self.listed) = answer.operations.iter().map(|listed| (listed.key, listed.clone())).collect();
        let ListOperationsAnswer { date, operations, uses, voids, points } = answer;
        Ok(OperationsOfTheDay { date, operations, uses, voids, points })
    }
}
