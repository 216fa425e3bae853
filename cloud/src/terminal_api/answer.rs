//! From the ledger's answer to what a terminal is told.

use super::problem::{BUSY_FOR_S, Declined};
use crate::ledger::NotPosted;
use madoguchi_domain::ledger as books;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    MovedAccount, OperationAnswer, OperationDone, OperationKind, PointsByLastDay, Refusal,
};

/// The final answer of a key, or why there is none a terminal could be told.
pub(super) fn operation_answer(answer: books::Answer) -> Result<OperationAnswer, Declined> {
    match answer {
        books::Answer::Done(done) => Ok(OperationAnswer::Done(operation_done(done)?)),
        books::Answer::Refused(refusal) => refused(&refusal).map(OperationAnswer::Refused),
        books::Answer::Abandoned => Ok(OperationAnswer::Refused(Refusal::Abandoned)),
    }
}

fn operation_done(done: books::Done) -> Result<OperationDone, Declined> {
    Ok(OperationDone {
        kind: kind(done.kind).ok_or(Declined::because(ErrorCode::CloudFailed))?,
        number: done.number.to_string(),
        at_ms: done.at_ms,
        accounts: done.parts.into_iter().map(moved_account).collect(),
        voided_number: done.reverses.map(|number| number.to_string()),
        ticket: None,
        cleared: None,
        day_close: None,
    })
}

/// The kind as terminals know it; of the others no terminal ever holds a key.
pub(super) fn kind(kind: books::OperationKind) -> Option<OperationKind> {
    match kind {
        books::OperationKind::Use => Some(OperationKind::Use),
        books::OperationKind::Void => Some(OperationKind::Void),
        books::OperationKind::TicketIssue => Some(OperationKind::IssueTicket),
        books::OperationKind::Reissue => Some(OperationKind::ReissueTicket),
        books::OperationKind::TicketVoid => Some(OperationKind::VoidTicket),
        books::OperationKind::Clear => Some(OperationKind::ClearTicket),
        books::OperationKind::Unclear => Some(OperationKind::UnclearTicket),
        books::OperationKind::DayClose => Some(OperationKind::CloseDay),
        books::OperationKind::Grant
        | books::OperationKind::Lapse
        | books::OperationKind::TicketLapse
        | books::OperationKind::Abandon => None,
    }
}

fn moved_account(moved: books::Moved) -> MovedAccount {
    MovedAccount {
        currency: moved.currency,
        points: moved.points.get(),
        before: moved.before,
        after: moved.after,
        next_lapse: moved
            .next_lapse
            .map(|next| PointsByLastDay { points: next.points, last_day: Some(next.last_day) }),
    }
}

fn refused(refusal: &books::Refusal) -> Result<Refusal, Declined> {
    Ok(match *refusal {
        books::Refusal::KeyReused => Refusal::KeyReused,
        books::Refusal::Abandoned => Refusal::Abandoned,
        books::Refusal::VisitExpired => Refusal::VisitExpired,
        books::Refusal::NotUsableHere { currency } | books::Refusal::UnknownCurrency { currency } => {
            Refusal::NotUsableHere { currency }
        }
        books::Refusal::NonceVoid => Refusal::NonceVoid,
        books::Refusal::NonceExpired => Refusal::NonceExpired,
        books::Refusal::OtherCard => Refusal::OtherCard,
        books::Refusal::CardExpired => Refusal::CardExpired,
        books::Refusal::CardUntrusted => Refusal::CardUntrusted,
        books::Refusal::SignatureWrong => Refusal::SignatureWrong,
        books::Refusal::Insufficient { currency, usable } => {
            Refusal::Insufficient { currency, available: usable }
        }
        books::Refusal::OverLimitPerUse { limit } => Refusal::OverLimitPerUse { limit: limit.get() },
        books::Refusal::OverLimitPerDay { left, .. } => Refusal::OverLimitPerDay { left },
        books::Refusal::UnknownTarget => Refusal::UnknownOperation,
        books::Refusal::NotThisTerminal => Refusal::NotThisTerminal,
        books::Refusal::AlreadyVoided { by } => Refusal::AlreadyVoided { number: by.to_string() },
        books::Refusal::TooLateToVoid { .. } => Refusal::TooLateToVoid,
        books::Refusal::DayClosed { close } => Refusal::DayClosed { number: close },
        books::Refusal::LastDayOutOfRange { first, last } => Refusal::LastDayOutOfRange { first, last },
        books::Refusal::TicketUnknown => Refusal::TicketUnknown,
        books::Refusal::TicketForged => Refusal::TicketForged,
        books::Refusal::SiteTakesNoTickets => Refusal::SiteTakesNoTickets,
        books::Refusal::NotThisSite => Refusal::NotThisSite,
        books::Refusal::TicketLapsed { last_day, waited: false } => Refusal::TicketLapsed { last_day },
        books::Refusal::TicketLapsed { last_day, waited: true } => Refusal::TicketLapsedWaiting { last_day },
        books::Refusal::TicketReissued => Refusal::TicketReissued,
        books::Refusal::TicketVoided => Refusal::TicketVoided,
        // Of grants and lapses, which no terminal asks for, of sums no shop reaches, and of tickets whose
        // names no route looks up yet.
        books::Refusal::TicketOfAnother { .. }
        | books::Refusal::TicketElsewhere { .. }
        | books::Refusal::TicketCleared { .. }
        | books::Refusal::LastDayPast { .. }
        | books::Refusal::OutOfRange
        | books::Refusal::NothingToLapse => {
            return Err(Declined::because(ErrorCode::CloudFailed));
        }
    })
}

impl From<NotPosted> for Declined {
    fn from(error: NotPosted) -> Self {
        match error {
            NotPosted::Busy => Self::for_now(ErrorCode::CloudBusy, BUSY_FOR_S),
            NotPosted::Unknown => Self::for_now(ErrorCode::OperationUnresolved, BUSY_FOR_S),
            NotPosted::Failed | NotPosted::Fault(_) => Self::failed(&error),
        }
    }
}
