//! `lock`: the clerk leaves; nothing about points goes on without the password (row A8).
//!
//! The lock holds here at once, with the line cut as well, and outlives a restart. The cloud is told
//! when it can be: it ends the sign-in there. An operation whose fate is unknown is still asked for.

use crate::running::Running;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{SignOutAnswer, SignOutRequest};
use madoguchi_wire::window::SignInState;
use std::sync::Arc;

impl Running {
    /// Locks the terminal, unless a use was just sent and its answer is awaited. Where nobody is signed
    /// in there is nothing to lock.
    pub(crate) async fn lock(self: &Arc<Self>) -> Result<(), Failure> {
        if self.sign_in_shown().state != SignInState::SignedIn {
            return Ok(());
        }
        if self.operation.is_awaited() {
            return Err(Failure::of(ErrorCode::OperationUnresolved));
        }
        self.forget_visit();
        let mut ended = None;
        self.change_sign_in(|kept| {
            kept.is_locked = true;
            ended = kept.last.take();
        })
        .await;
        if let Some(ended) = ended {
            self.tell_the_cloud_of_the_lock(ended.from_ms);
        }
        Ok(())
    }

    /// Tells the cloud in the background. Where that fails, the next session says that the sign-in is
    /// still in force there, and the cloud is told again.
    pub(crate) fn tell_the_cloud_of_the_lock(self: &Arc<Self>, from_ms: i64) {
        let running = Arc::clone(self);
        self.start(async move {
            let told = running.ask::<_, SignOutAnswer>("sign_out", &SignOutRequest { from_ms }).await;
            if told.is_err() {
                tracing::info!("the cloud hears of the lock with the next session");
            }
        });
    }
}
