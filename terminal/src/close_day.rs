//! `close_day`, `preview_day` and `list_day_closes`: the day close of this terminal (日計, row K7).
//!
//! What a close says is the cloud's word; what lies before it can no longer be undone here.

use crate::carry_out::Request;
use crate::running::{Running, lock};
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{
    CloseDayRequest, DayClose, DayCloseRequest, ListDayClosesAnswer, OperationKind,
};
use madoguchi_wire::window::{DayCloseShown, LastOperation};
use std::sync::Arc;

impl Running {
    /// Closes the day. Answers like [`Running::use_points`].
    pub(crate) async fn close_day(self: &Arc<Self>) -> Result<LastOperation, Failure> {
        self.signed_in()?;
        self.token().await?;
        let key = self.new_key()?;
        let intent = self.begun(key, OperationKind::CloseDay, 0);
        self.carry_out(intent, Request::CloseDay(CloseDayRequest { key })).await
    }

    /// What a close would say now.
    pub(crate) async fn preview_day(self: &Arc<Self>) -> Result<DayClose, Failure> {
        self.signed_in()?;
        Ok(self.ask("preview_day", &DayCloseRequest {}).await?)
    }

    /// The closes of this terminal, each with how often its paper was printed here.
    pub(crate) async fn list_day_closes(self: &Arc<Self>) -> Result<Vec<DayCloseShown>, Failure> {
        self.signed_in()?;
        let ListDayClosesAnswer { closes } = self.ask("list_day_closes", &DayCloseRequest {}).await?;
        lock(&self.closes).extend(closes.iter().map(|close| (close.number, close.clone())));
        let journal = self.journal()?;
        self.blocking(move |_| {
            closes
                .into_iter()
                .map(|close| Ok(DayCloseShown { printed: journal.close_prints(close.number)?, close }))
                .collect()
        })
        .await
    }
}
