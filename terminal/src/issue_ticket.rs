//! `issue_ticket`: points of one account become a paper ticket (row E1, 画面 32–34), once or not at all.
//!
//! Above the limits without PIN the card signs the issue as it signs a use. Nothing is issued while the
//! printer is known not to be ready: a debit without paper helps nobody.
//!
//! Several tickets in one go are as many issues, one after the other, each an operation with a key of its own:
//! each can be printed anew, voided and cleared alone. The first that does not take place ends the series; what
//! was issued before it stands, and is printed together.

use crate::carry_out::Request;
use crate::journal::Series;
use crate::refusal::short_day;
use crate::running::Running;
use crate::use_points::{checked, named};
use crate::use_points_with_pin::{Signed, typed};
use crate::visit::HeldVisit;
use jiff::civil::Date;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::MOST_AT_ONCE;
use madoguchi_domain::use_proof::Becomes;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{CardSignature, IssueTicketRequest, OperationKind, UsePart};
use madoguchi_wire::window::{
    IssueTicketArguments, IssueTicketWithPinArguments, LastOperation, OperationState, TypedPin,
};
use std::sync::Arc;

/// A ticket that can be asked for.
pub(crate) struct Issue {
    /// The visit its points come from.
    pub(crate) visit: HeldVisit,
    /// Which points, and how many.
    pub(crate) part: UsePart,
    /// Its last day.
    pub(crate) last_day: Date,
    /// How many such tickets.
    pub(crate) count: u32,
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
        self.issue_all(&issue, None).await
    }

    /// Issues a ticket that the card signs for. Like [`Running::issue_ticket`] once it has signed.
    pub(crate) async fn issue_ticket_with_pin(
        self: &Arc<Self>,
        arguments: IssueTicketWithPinArguments,
    ) -> Result<LastOperation, Failure> {
        let IssueTicketWithPinArguments { visit, part, last_day, count, pin } = arguments;
        self.signed_in()?;
        let issue = self.checked_issue(&IssueTicketArguments { visit, part, last_day, count })?;
        if self.operation.is_taken() {
            return Err(Failure::of(ErrorCode::OperationUnresolved));
        }
        self.ticket_printer_ready().await?;
        self.issue_all(&issue, Some(&pin)).await
    }

    /// One issue after the other; with a PIN the card signs each. Answers with the last one that was sent.
    async fn issue_all(
        self: &Arc<Self>,
        issue: &Issue,
        pin: Option<&TypedPin>,
    ) -> Result<LastOperation, Failure> {
        let mut last: Option<LastOperation> = None;
        let mut series: Option<Series> = None;
        for _ in 0..issue.count {
            match self.issue_one(issue, pin, series.as_ref()).await {
                Ok(operation) => {
                    let OperationState::Done { ticket: Some(made), .. } = &operation.state else {
                        return Ok(operation);
                    };
                    let (first, wanted) = (operation.key, issue.count);
                    let so_far = series.get_or_insert(Series { first, wanted, before: Vec::new() });
                    so_far.before.push(made.clone());
                    last = Some(operation);
                }
                Err(failure) => {
                    return last.map(|last| self.operation.series_ended(last, &failure)).ok_or(failure);
                }
            }
        }
        last.ok_or_else(|| Failure::of(ErrorCode::AmountInvalid))
    }

    async fn issue_one(
        self: &Arc<Self>,
        issue: &Issue,
        pin: Option<&TypedPin>,
        before: Option<&Series>,
    ) -> Result<LastOperation, Failure> {
        let key = self.new_key()?;
        let series = match before {
            Some(before) => Some(before.clone()),
            None => (issue.count > 1).then(|| Series { first: key, wanted: issue.count, before: Vec::new() }),
        };
        let signature = match pin {
            None => None,
            Some(pin) => {
                let becomes = Becomes::Ticket { last_day: issue.last_day };
                let signed = Signed { key, parts: &[issue.part], becomes };
                Some(self.sign(&issue.visit, &signed, typed(pin)).await?)
            }
        };
        if before.is_none() {
            // The clerk may have gone on while the card worked.
            self.held_visit(issue.visit.number)?;
        }
        self.send_issue(issue, key, signature, series).await
    }

    /// What was typed, as a ticket that can be asked for.
    pub(crate) fn checked_issue(&self, arguments: &IssueTicketArguments) -> Result<Issue, Failure> {
        let visit = self.held_visit(arguments.visit)?;
        visit.residents_card()?;
        let parts = checked(&visit, std::slice::from_ref(&arguments.part))?;
        let [part] = parts[..] else { return Err(Failure::of(ErrorCode::AmountInvalid)) };
        let (last_day, days) = (arguments.last_day, &visit.ticket_days);
        if last_day < days.from || last_day > days.to {
            let values = [("first", short_day(days.from)), ("last", short_day(days.to))];
            return Err(Failure::with(ErrorCode::LastDayOutOfRange, &values));
        }
        let count = arguments.count;
        if count == 0 || count > MOST_AT_ONCE {
            return Err(Failure::of(ErrorCode::AmountInvalid));
        }
        Ok(Issue { visit, part, last_day, count })
    }

    async fn send_issue(
        self: &Arc<Self>,
        &Issue { ref visit, part, last_day, .. }: &Issue,
        key: OperationKey,
        signature: Option<CardSignature>,
        series: Option<Series>,
    ) -> Result<LastOperation, Failure> {
        let mut intent = self.begun(key, OperationKind::IssueTicket, part.points.get());
        intent.masked_mykey_id.clone_from(&visit.masked_mykey_id);
        intent.currencies = named(visit, &[part]);
        intent.signature.clone_from(&signature);
        intent.series = series;
        let request = IssueTicketRequest { key, visit: visit.token.to_string(), part, last_day, signature };
        self.carry_out(intent, Request::IssueTicket(request)).await
    }
}
