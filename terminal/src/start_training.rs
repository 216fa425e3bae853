//! `start_training`: the counter is left for training (row K7, docs/terminal.md).
//!
//! Whoever practises is not always who may use real points, so the counter is locked as it is left; what ends
//! training finds it so. The program ends after this and starts itself anew.

use crate::running::Running;
use madoguchi_wire::failure::{ErrorCode, Failure};
use std::sync::Arc;

impl Running {
    /// Locks the counter, unless the answer to an operation is awaited: its fate must not be lost sight of.
    pub(crate) async fn start_training(self: &Arc<Self>) -> Result<(), Failure> {
        if self.operation.is_awaited() {
            return Err(Failure::of(ErrorCode::OperationUnresolved));
        }
        self.forget_visit();
        self.lock().await
    }
}
