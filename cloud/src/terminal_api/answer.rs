//! From the ledger's answer to what a terminal is told.

use super::problem::{BUSY_FOR_S, Declined};
use super::{day_close_paper, merge_file, ticket_words};
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::session_cache::Session;
use crate::ledger::NotPosted;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::ledger as books;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    ClearedTicket, MovedAccount, OperationAnswer, OperationDone, OperationKind, PointsByLastDay, Refusal,
};

/// The final answer of a key, or why there is none a terminal could be told. The same whenever it is asked
/// for: what goes into it besides the ledger's answer never changes, or is said as it is called today.
pub(super) async fn operation_answer(
    cloud: &Cloud,
    session: &Session,
    answer: books::Answer,
) -> Result<OperationAnswer, Declined> {
    match answer {
        books::Answer::Done(done) => operation_done(cloud, session, done).await.map(OperationAnswer::Done),
        books::Answer::Refused(refusal) => {
            refused(cloud, session, refusal).await.map(OperationAnswer::Refused)
        }
        books::Answer::Abandoned => Ok(OperationAnswer::Refused(Refusal::Abandoned)),
    }
}

/// A use needs no more than what the ledger said; tickets have names and codes, a day close its lines.
async fn operation_done(
    cloud: &Cloud,
    session: &Session,
    done: books::Done,
) -> Result<OperationDone, Declined> {
    let (at_ms, site, face) = (done.at_ms, done.site, done.ticket);
    let (close, number) = (done.close, done.number);
    let mut said = without_words(done)?;
    match (said.kind, face) {
        (OperationKind::IssueTicket | OperationKind::ReissueTicket, Some(face)) => {
            let (wrapping, training) = (cloud.wrapping.clone(), cloud.training);
            let printable =
                move |read: &Connection| ticket_words::printable(read, &wrapping, training, &face, at_ms);
            said.ticket = cloud.database.read(printable).await?;
        }
        (OperationKind::ClearTicket | OperationKind::UnclearTicket, Some(face)) => {
            let cleared = move |read: &Connection| ticket_words::cleared_ticket(read, &face, site);
            said.cleared = Some(cloud.database.read(cleared).await?);
        }
        (OperationKind::CloseDay, _) => {
            let close = close.ok_or(Declined::because(ErrorCode::CloudFailed))?;
            said.day_close = Some(day_close_paper::of(cloud, session, close).await?);
        }
        (OperationKind::MergePoints, _) => said.merge = Some(merge_file::of(cloud, number).await?),
        _ => {}
    }
    Ok(said)
}

/// A clearing in these words.
pub(super) fn cleared(done: books::Done, words: ClearedTicket) -> Result<OperationAnswer, Declined> {
    Ok(OperationAnswer::Done(OperationDone { cleared: Some(words), ..without_words(done)? }))
}

/// What the ledger said alone.
fn without_words(done: books::Done) -> Result<OperationDone, Declined> {
    Ok(OperationDone {
        kind: kind(done.kind).ok_or(Declined::because(ErrorCode::CloudFailed))?,
        number: done.number.to_string(),
        at_ms: done.at_ms,
        accounts: done.parts.into_iter().map(moved_account).collect(),
        voided_number: done.reverses.map(|number| number.to_string()),
        ticket: None,
        cleared: None,
        day_close: None,
        merge: None,
    })
}

async fn refused(cloud: &Cloud, session: &Session, refusal: books::Refusal) -> Result<Refusal, Declined> {
    let has_names = matches!(
        refusal,
        books::Refusal::TicketOfAnother { .. }
            | books::Refusal::TicketElsewhere { .. }
            | books::Refusal::TicketCleared { .. }
    );
    if !has_names {
        return plain_refusal(&refusal);
    }
    let here = session.municipality_name.clone();
    cloud
        .database
        .read(move |read| ticket_words::ticket_refusal(read, &here, &refusal))
        .await
        .map_err(Into::into)
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
        books::OperationKind::Merge => Some(OperationKind::MergePoints),
        books::OperationKind::DayClose => Some(OperationKind::CloseDay),
        books::OperationKind::Grant
        | books::OperationKind::Lapse
        | books::OperationKind::TicketLapse
        | books::OperationKind::MergeRefund
        | books::OperationKind::Abandon => None,
    }
}

/// What an operation moved, by currency: a ticket's points where it moved nobody's account.
pub(super) fn amounts(done: &books::Done) -> Vec<(CurrencyCode, i64)> {
    let of_ticket = done.ticket.iter().map(|face| (face.currency, face.points.get()));
    let of_accounts = done.parts.iter().map(|part| (part.currency, part.points.get()));
    if done.parts.is_empty() { of_ticket.collect() } else { of_accounts.collect() }
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

/// Why not, where no names belong to it.
pub(super) fn plain_refusal(refusal: &books::Refusal) -> Result<Refusal, Declined> {
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
        books::Refusal::NotAMember => Refusal::NotAMember,
        // Of grants and lapses, which no terminal asks for, of sums no shop reaches, and of tickets with
        // names, which are said elsewhere.
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
