//! `issue_ticket`: points of one account become a paper ticket (row E1, 画面 32–34), once or not at all.
//!
//! Above the limits without PIN the card signs the issue as it signs a use. Nothing is issued while the
//! printer is known not to be ready: a debit without paper helps nobody.

use crate::carry_out::Request;
use crate::refusal::short_day;
use crate::running::Running;
use crate::use_points::{checked, named};
use crate::use_points_with_pin::{Signed, typed};
use crate::visit::HeldVisit;
use jiff::civil::Date;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{CardSignature, IssueTicketRequest, OperationKind, UsePart};
use madoguchi_wire::window::{IssueTicketArguments, IssueTicketWithPinArguments, LastOperation};
use std::sync::Arc;

/// A ticket that can be asked for.
pub(crate) struct Issue {
    /// The visit its points come from.
    pub(crate) visit: HeldVisit,
    /// Which points, and how many.
    pub(crate) part: UsePart,
    /// Its last day.
    pub(crate) last_day: Date,
}

impl Running {
    /// Issues a ticket. Answers like [`Running::use_points`].
    pub(crate) async fn issue_ticket(
        self: &Arc<Self>,
        arguments: IssueTicketArguments,
    ) -> Result<LastOperation, Failure> {
        self.signed_in()?;
        let issue = self.checked_issue(&arguments)?;
        self.ticket_printer_ready().await?;
        // Without a session nothing is written down: the clerk hears at once that the cloud is away.
        self.token().await?;
        self.send_issue(issue, self.new_key()?, None).await
    }

    /// Issues a ticket that the card signs for. Like [`Running::issue_ticket`] once it has signed.
    pub(crate) async fn issue_ticket_with_pin(
        self: &Arc<Self>,
        arguments: IssueTicketWithPinArguments,
    ) -> Result<LastOperation, Failure> {
        let IssueTicketWithPinArguments { visit, part, last_day, pin } = arguments;
        self.signed_in()?;
        let issue = self.checked_issue(&IssueTicketArguments { visit, part, last_day })?;
        if self.operation.is_taken() {
            return Err(Failure::of(ErrorCode::OperationUnresolved));
        }
        self.ticket_printer_ready().await?;
        let key = self.new_key()?;
        let signed = Signed { key, parts: &[issue.part], last_day: Some(issue.last_day) };
        let signature = self.sign(&issue.visit, &signed, typed(&pin)).await?;
        // The clerk may have gone on while the card worked.
        self.held_visit(visit)?;
        self.send_issue(issue, key, Some(signature)).await
    }

    /// What was typed, as a ticket that can be asked for.
    pub(crate) fn checked_issue(&self, arguments: &IssueTicketArguments) -> Result<Issue, Failure> {
        let visit = self.held_visit(arguments.visit)?;
        let parts = checked(&visit, std::slice::from_ref(&arguments.part))?;
        let [part] = parts[..] else { return Err(Failure::of(ErrorCode::AmountInvalid)) };
        let (last_day, days) = (arguments.last_day, &visit.ticket_days);
        if last_day < days.from || last_day > days.to {
            let values = [("first", short_day(days.from)), ("last", short_day(days.to))];
            return Err(Failure::with(ErrorCode::LastDayOutOfRange, &values));
        }
        Ok(Issue { visit, part, last_day })
    }

    async fn send_issue(
        self: &Arc<Self>,
        Issue { visit, part, last_day }: Issue,
        key: OperationKey,
        signature: Option<CardSignature>,
    ) -> Result<LastOperation, Failure> {
        let mut intent = self.begun(key, OperationKind::IssueTicket, part.points.get());
        intent.masked_mykey_id.clone_from(&visit.masked_mykey_id);
        intent.currencies = named(&visit, &[part]);
        intent.signature.clone_from(&signature);
        let request = IssueTicketRequest { key, visit: visit.token.to_string(), part, last_day, signature };
        self.carry_out(intent, Request::IssueTicket(request)).await
    }
}
