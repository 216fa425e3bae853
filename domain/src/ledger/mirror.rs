//! The mirror of one earlier operation, line by line, into the same lots with their dates.

use super::account::AccountTitle;
use super::fault::Fault;
use super::posting::{Leg, LegLot};
use super::state::{Books, Target};
use jiff::civil::Date;

/// The lines that undo the target. A lot past its last day is refilled and lapses at once, in the
/// same operation: what lapsed meanwhile does not come back to life.
pub(super) fn mirror(books: &Books, target: &Target, today: Date) -> Result<Vec<Leg>, Fault> {
    let mut legs = Vec::with_capacity(target.lines.len());
    let mut lapses = Vec::new();
    for (title, lot, amount) in &target.lines {
        let amount = amount.checked_neg().ok_or(Fault::OutOfRange)?;
        let Some(id) = lot else {
            legs.push(Leg::plain(*title, amount));
            continue;
        };
        let lot =
            books.account(title)?.and_then(|account| account.lot(*id)).ok_or(Fault::NotLoaded("lot"))?;
        legs.push(Leg { title: *title, lot: LegLot::Of(*id), amount });
        if lot.is_past_on(today) {
            lapses.push(Leg::of_lot(*title, *id, -amount));
            lapses.push(Leg::plain(AccountTitle::lapsed(title.currency), amount));
        }
    }
    legs.append(&mut lapses);
    Ok(legs)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::currency::{CurrencyCode, CurrencyNumber};
    use crate::issuer::BookCode;
    use crate::ledger::account::{Account, AccountId, AccountName};
    use crate::ledger::lot::{Lot, LotId};
    use crate::ledger::operation::{ActId, Operation, OperationKind, Outcome};
    use crate::ledger::{Actor, Job, Wallet};
    use crate::person::PersonId;
    use crate::site::SiteId;
    use jiff::civil::date;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const CURRENCY: CurrencyCode = CurrencyCode { book: BookCode::RESERVED, number: CurrencyNumber(1) };

    fn a_use_of(resident: AccountTitle, lot: LotId, points: i64) -> Target {
        let operation = Operation {
            book: BookCode::RESERVED,
            seq: 5,
            kind: OperationKind::Use,
            outcome: Outcome::Done,
            actor: Actor::Job(Job::Command),
            key: None,
            request_hash: None,
            at_ms: 0,
            business_date: date(2026, 11, 20),
            site: None,
            identified_by: None,
            reverses: None,
            act: ActId { book: BookCode::RESERVED, seq: 5 },
        };
        let lines =
            vec![(resident, Some(lot), -points), (AccountTitle::site(CURRENCY, SiteId(7)), None, points)];
        Target { operation, others: Vec::new(), lines, ticket: None, reversed_by: None }
    }

    #[test]
    fn what_is_given_back_after_its_last_day_lapses_at_once() {
        let resident = AccountTitle::resident(CURRENCY, PersonId(Uuid::nil()));
        let last_day = date(2026, 11, 20);
        let lot = Lot { id: LotId(3), last_day: Some(last_day), origin_seq: 1, amount: 100, remaining: 40 };
        let mut books = Books::default();
        let account = Account::opened(AccountId(1), AccountName([0; 16]));
        let account = Account { balance: 40, lots: vec![lot], ..account };
        let wallet = Wallet { accounts: BTreeMap::from([(CURRENCY.number, account)]), day: None };
        books.put_wallet(CURRENCY.book, PersonId(Uuid::nil()), Some(wallet));
        let lines = |today| -> Vec<(AccountTitle, i64)> {
            let legs = mirror(&books, &a_use_of(resident, lot.id, 60), today).unwrap();
            legs.into_iter().map(|leg| (leg.title, leg.amount)).collect()
        };
        let given_back = vec![(resident, 60), (AccountTitle::site(CURRENCY, SiteId(7)), -60)];
        assert_eq!(lines(last_day), given_back);
        let lapsed = [(resident, -60), (AccountTitle::lapsed(CURRENCY), 60)];
        assert_eq!(lines(date(2026, 11, 21)), [given_back, lapsed.to_vec()].concat());
    }
}
