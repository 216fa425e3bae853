//! `preview_ticket`: the paper of a ticket before it is issued (画面 33).

use crate::issue_ticket::Issue;
use crate::running::{Running, lock};
use madoguchi_domain::ticket::TicketFace;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{IssueTicketArguments, Place, TicketPreview};
use std::sync::Arc;

impl Running {
    /// Draws a ticket as its paper will be, without its number and its code.
    pub(crate) async fn preview_ticket(
        self: &Arc<Self>,
        arguments: IssueTicketArguments,
    ) -> Result<TicketPreview, Failure> {
        let face = self.face_before(&self.checked_issue(&arguments)?)?;
        self.blocking(move |running| running.draw_ticket(&face)).await
    }

    /// What is known of its paper: the cloud says the rest with the number.
    fn face_before(&self, Issue { visit, part, last_day, .. }: &Issue) -> Result<TicketFace, Failure> {
        let Place::Registered { profile } = lock(&self.standing).place() else {
            return Err(Failure::of(ErrorCode::NotRegistered));
        };
        let account = visit.accounts.iter().find(|account| account.currency == part.currency);
        let account = account.ok_or_else(|| Failure::of(ErrorCode::VisitExpired))?;
        Ok(TicketFace {
            points: part.points.get(),
            issuer_name: account.issuer_name.clone().unwrap_or(profile.municipality_name),
            event_name: account.kind.has_a_mark().then(|| account.name.clone()),
            issued_on: visit.ticket_days.from,
            last_day: *last_day,
            issued_at: profile.site_name,
            training: self.parts.training,
        })
    }
}
