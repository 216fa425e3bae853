//! Why the cloud refused something, in words for the clerk.

use crate::journal::{NamedCurrency, name_of};
use jiff::civil::Date;
use madoguchi_domain::day::{from_millis, japan_time};
use madoguchi_domain::points::grouped;
use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};
use madoguchi_wire::terminal_api::{Refusal, TicketCleared};

/// The words for a refusal of the cloud; `currencies` are those whose names are known here.
pub(crate) fn refused(currencies: &[NamedCurrency], refusal: &Refusal) -> Failure {
    let points = |points: i64| grouped(points).into();
    match refusal {
        Refusal::KeyReused => Failure::of(ErrorCode::KeyReused),
        Refusal::Abandoned => Failure::of(ErrorCode::Abandoned),
        Refusal::VisitExpired => Failure::of(ErrorCode::VisitExpired),
        Refusal::NonceVoid => Failure::of(ErrorCode::NonceVoid),
        Refusal::NonceExpired => Failure::of(ErrorCode::NonceExpired),
        Refusal::OtherCard => Failure::of(ErrorCode::OtherCard),
        Refusal::CardExpired => Failure::of(ErrorCode::CardExpired),
        Refusal::CardUntrusted => Failure::of(ErrorCode::CardUntrusted),
        Refusal::SignatureWrong => Failure::of(ErrorCode::SignatureWrong),
        Refusal::NotUsableHere { currency } => {
            let name = name_of(currencies, *currency);
            Failure::with(ErrorCode::NotUsableHere, &[("currency", name.into())])
        }
        Refusal::OverLimitPerUse { limit } => {
            Failure::with(ErrorCode::OverLimitPerUse, &[("limit", points(*limit))])
        }
        Refusal::OverLimitPerDay { left } => {
            Failure::with(ErrorCode::OverLimitPerDay, &[("left", points(*left))])
        }
        Refusal::Insufficient { available, .. } => {
            Failure::with(ErrorCode::Insufficient, &[("available", points(*available))])
        }
        Refusal::UnknownOperation => Failure::of(ErrorCode::UnknownOperation),
        Refusal::NotThisTerminal => Failure::of(ErrorCode::NotThisTerminal),
        Refusal::AlreadyVoided { .. } => Failure::of(ErrorCode::AlreadyVoided),
        Refusal::TooLateToVoid => Failure::of(ErrorCode::TooLateToVoid),
        Refusal::DayClosed { number } => {
            Failure::with(ErrorCode::DayClosed, &[("number", number.to_string().into())])
        }
        Refusal::LastDayOutOfRange { first, last } => Failure::with(
            ErrorCode::LastDayOutOfRange,
            &[("first", short_day(*first)), ("last", short_day(*last))],
        ),
        Refusal::TicketUnknown => Failure::of(ErrorCode::TicketUnknown),
        Refusal::TicketForged => Failure::of(ErrorCode::TicketForged),
        Refusal::TicketOfAnother { issuer_name, here_name } => Failure::with(
            ErrorCode::TicketOfAnother,
            &[("here", here_name.as_str().into()), ("issuer", issuer_name.as_str().into())],
        ),
        Refusal::TicketElsewhere { event_name } => {
            Failure::with(ErrorCode::TicketElsewhere, &[("event", event_name.as_str().into())])
        }
        Refusal::SiteTakesNoTickets => Failure::of(ErrorCode::SiteTakesNoTickets),
        Refusal::NotThisSite => Failure::of(ErrorCode::NotThisSite),
        Refusal::TicketCleared(cleared) => cleared_before(cleared),
        Refusal::TicketLapsed { last_day } => {
            Failure::with(ErrorCode::TicketLapsed, &[("day", short_day(*last_day))])
        }
        Refusal::TicketLapsedWaiting { last_day } => {
            Failure::with(ErrorCode::TicketLapsedWaiting, &[("day", short_day(*last_day))])
        }
        Refusal::TicketReissued => Failure::of(ErrorCode::TicketReissued),
        Refusal::TicketVoided => Failure::of(ErrorCode::TicketVoided),
        Refusal::NotAMember => Failure::of(ErrorCode::NotAMember),
    }
}

fn cleared_before(cleared: &TicketCleared) -> Failure {
    let values = [("when", moment(cleared.at_ms)), ("place", cleared.site_name.as_str().into())];
    Failure::with(ErrorCode::TicketCleared, &values)
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A Japan date without its year: `12月20日`, `20 Dec`.
pub(crate) fn short_day(date: Date) -> Bilingual {
    let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    Bilingual {
        ja: format!("{}月{}日", date.month(), date.day()),
        en: format!("{} {}", date.day(), month.unwrap_or(&"")),
    }
}

/// A moment in Japan, to the minute: `11月18日 10:42`, `18 Nov at 10:42`.
fn moment(at_ms: i64) -> Bilingual {
    let Some(time) = from_millis(at_ms).map(japan_time) else { return String::new().into() };
    let Bilingual { ja, en } = short_day(time.date());
    let clock = format!("{}:{:02}", time.hour(), time.minute());
    Bilingual { ja: format!("{ja} {clock}"), en: format!("{en} at {clock}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_cleared_before_says_when_and_where() {
        let cleared = TicketCleared {
            at_ms: 1_794_966_120_000,
            site_name: "石川商店".into(),
            cleared_at: "みなみ商工会".into(),
        };
        let words = cleared_before(&cleared);
        assert_eq!(words.what.ja, "この券は、11月18日 10:42 に消込済みです（石川商店）。");
        assert_eq!(words.what.en, "This ticket was already cleared on 18 Nov at 10:42 (石川商店).");
    }
}
