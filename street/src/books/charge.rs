//! Charges: points that left for a stored-value card, and what the card said of it.

use super::act::mirror_of;
use super::posting::{NewPosting, PostingKind, post};
use super::{Books, MemberNumber};
use crate::Fault;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_port::stored_value::CardSerial;
use madoguchi_store::StoreFault;
use rusqlite::OptionalExtension;
use uuid::Uuid;

/// What became of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChargeState {
    /// The card has not said yet.
    Open,
    /// The amount is on the card.
    Done,
    /// It is not, and the points are back.
    Undone,
}

impl ChargeState {
    fn of_code(code: &str) -> Option<Self> {
        match code {
            "open" => Some(Self::Open),
            "done" => Some(Self::Done),
            "undone" => Some(Self::Undone),
            _ => None,
        }
    }
}

impl Books {
    /// What became of a charge, as far as these books know.
    pub fn charge_state(&self, posting: i64) -> Result<Option<ChargeState>, Fault> {
        let sql = "select state from charge where posting = ?1";
        let code: Option<String> =
            self.store.read(|read| read.query_row(sql, [posting], |row| row.get(0)).optional())?;
        Ok(code.as_deref().and_then(ChargeState::of_code))
    }

    /// Whether a charge was begun with this card.
    pub(crate) fn charge_is_of(&self, posting: i64, card: CardSerial) -> Result<bool, Fault> {
        let sql = "select count(*) from charge where posting = ?1 and card = ?2";
        let hash = self.card_hash(card)?;
        let rows: i64 = self.store.read(|read| read.query_row(sql, (posting, hash), |row| row.get(0)))?;
        Ok(rows == 1)
    }

    pub(super) fn card_hash(&self, card: CardSerial) -> Result<[u8; 32], StoreFault> {
        self.key.hash("stored-value card", &card.0)
    }

    /// The amount is on the card.
    pub(crate) fn charge_is_done(&self, posting: i64) -> Result<(), Fault> {
        Ok(self.store.write("charge done", |write| {
            let sql = "update charge set state = 'done' where posting = ?1 and state = 'open'";
            write.execute(sql, [posting])?;
            Ok(())
        })?)
    }

    /// The amount is not on the card: the points come back, once.
    pub(crate) fn charge_is_undone(&self, posting: i64, at_ms: i64) -> Result<(), Fault> {
        Ok(self.store.write("charge undone", |write| {
            let sql = "update charge set state = 'undone' where posting = ?1 and state = 'open'";
            let was_open = write.execute(sql, [posting])? == 1;
            let Some((_, member, change, against)) = mirror_of(write, posting)?.filter(|_| was_open) else {
                return Ok(());
            };
            // Nobody chose a key for this: it is the charge's own.
            let key = OperationKey::derived(&format!("street/charge-undone/{}/{posting}", self.store.id()));
            let against = against.as_str();
            let (kind, voids) = (PostingKind::Void, Some(posting));
            post(write, &NewPosting { kind, member, change, against, key: Some(key), voids, at_ms })?;
            Ok(())
        })?)
    }

    /// A member's charges of which the card has not said what became, with their keys: they come first the
    /// next time.
    pub fn open_charges(&self, member: MemberNumber) -> Result<Vec<(i64, OperationKey)>, Fault> {
        let sql = "select posting.seq, posting.key from charge join posting on posting.seq = charge.posting
                   where charge.state = 'open' and posting.member = ?1 order by posting.seq";
        let rows: Vec<(i64, String)> = self.store.read(|read| {
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            read.prepare_cached(sql)?.query_map([member.0], row)?.collect()
        })?;
        let parsed = |(posting, key): (i64, String)| {
            let key = Uuid::parse_str(&key).map_err(|_| StoreFault::Damaged("a charge's key".into()))?;
            Ok((posting, OperationKey(key)))
        };
        rows.into_iter().map(parsed).collect()
    }
}
