//! What a counter does to a member's points: each act under a key, in one transaction, once.

use super::posting::{NewPosting, PostingKind, post};
use super::taken_back::answer_booking_back;
use super::{Books, MemberNumber, account};
use crate::Fault;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_port::stored_value::CardSerial;
use madoguchi_store::StoreFault;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// One act.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Points for a purchase.
    Purchase {
        /// Whose.
        member: MemberNumber,
        /// How many ([`crate::counter::PointRate`]).
        points: Points,
    },
    /// Points are used.
    Use {
        /// Whose.
        member: MemberNumber,
        /// How many.
        points: Points,
    },
    /// A paper ticket's points are added (row F1); the stamp goes onto the paper.
    Ticket {
        /// Whose.
        member: MemberNumber,
        /// Scanned or typed.
        number: TicketNumber,
        /// What the ticket says.
        points: Points,
    },
    /// Points leave for a stored-value card ([`crate::counter::charge`]).
    Charge {
        /// Whose.
        member: MemberNumber,
        /// How many.
        points: Points,
        /// Which card.
        card: CardSerial,
    },
    /// A posting is taken back, wholly. A merge, too: the street books it back, and the municipality refunds
    /// (row F8) once it has the answer that says so; its number stays received.
    Void {
        /// Which.
        posting: i64,
    },
}

/// What an act did, now or when its key came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Its number in these books.
    pub posting: i64,
    /// What it was.
    pub kind: PostingKind,
    /// Whose.
    pub member: MemberNumber,
    /// By how much the balance changed.
    pub change: i64,
    /// The balance after it.
    pub balance: i64,
    /// What it voided.
    pub voids: Option<i64>,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
}

/// Why an act was not done; nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    /// There are not enough points.
    #[error("the balance is {balance}")]
    NotEnough {
        /// What there is.
        balance: i64,
    },
    /// This ticket was added before, in this street.
    #[error("the ticket was added before")]
    TicketTaken,
    /// There is no such posting.
    #[error("there is no such posting")]
    NoSuchPosting,
    /// It was voided before.
    #[error("it was voided before")]
    AlreadyVoided,
    /// A void cannot be voided; a charge lies on the card.
    #[error("it cannot be voided")]
    NotVoidable,
    /// No card answered, and nothing was begun.
    #[error("no card answers")]
    NoCard,
    /// The charge was begun with another card, which alone can say what became of it.
    #[error("the charge was begun with another card")]
    AnotherCard,
    /// The key was used for another act.
    #[error("the key was used for another act")]
    AnotherAct,
}

struct Plan {
    kind: PostingKind,
    member: MemberNumber,
    change: i64,
    against: String,
    voids: Option<i64>,
}

impl Books {
    /// Acts once under a key; the same key again gives what was done then.
    pub fn act(&self, key: OperationKey, act: Act, at_ms: i64) -> Result<Result<Done, NotDone>, Fault> {
        Ok(self.store.write("act", |write| self.act_in(write, key, act, at_ms))?)
    }

    /// What was done under a key, if anything was.
    pub fn done(&self, key: OperationKey) -> Result<Option<Done>, Fault> {
        Ok(self.store.read(|read| done_under(read, key))?)
    }

    fn act_in(
        &self,
        write: &Transaction<'_>,
        key: OperationKey,
        act: Act,
        at_ms: i64,
    ) -> Result<Result<Done, NotDone>, StoreFault> {
        if let Some(done) = done_under(write, key)? {
            return Ok(if done.is(act) { Ok(done) } else { Err(NotDone::AnotherAct) });
        }
        let plan = match self.plan(write, act)? {
            Ok(plan) => plan,
            Err(not) => return Ok(Err(not)),
        };
        let balance = balance(write, plan.member)?;
        if balance + plan.change < 0 {
            return Ok(Err(NotDone::NotEnough { balance }));
        }
        let Plan { kind, member, change, ref against, voids } = plan;
        let new = NewPosting { kind, member, change, against, key: Some(key), voids, at_ms };
        let posting = post(write, &new)?;
        self.mark(write, act, posting)?;
        Ok(Ok(Done { posting, kind, member, change, balance: balance + change, voids, at_ms }))
    }

    fn plan(&self, write: &Transaction<'_>, act: Act) -> Result<Result<Plan, NotDone>, StoreFault> {
        let plan = |kind, member, change, against: &str| Plan {
            kind,
            member,
            change,
            against: against.to_owned(),
            voids: None,
        };
        Ok(Ok(match act {
            Act::Purchase { member, points } => {
                plan(PostingKind::Purchase, member, points.get(), account::PURCHASES)
            }
            Act::Use { member, points } => plan(PostingKind::Use, member, -points.get(), account::USES),
            Act::Charge { member, points, .. } => {
                plan(PostingKind::Charge, member, -points.get(), account::CHARGES)
            }
            Act::Ticket { number, .. } if self.is_taken(write, number)? => {
                return Ok(Err(NotDone::TicketTaken));
            }
            Act::Ticket { member, points, .. } => {
                plan(PostingKind::Ticket, member, points.get(), account::TICKETS)
            }
            Act::Void { posting } => return plan_void(write, posting),
        }))
    }

    /// What stands beside the posting.
    fn mark(&self, write: &Transaction<'_>, act: Act, posting: i64) -> Result<(), StoreFault> {
        match act {
            Act::Ticket { number, .. } => {
                let sql = "insert into ticket (hash, posting) values (?1, ?2)";
                write.execute(sql, (self.ticket_hash(number)?, posting))?;
            }
            Act::Charge { card, .. } => {
                let sql = "insert into charge (posting, card, state) values (?1, ?2, 'open')";
                write.execute(sql, (posting, self.card_hash(card)?))?;
            }
            // A ticket added to the wrong member can be added to the right one.
            Act::Void { posting: voided } => {
                write.execute("delete from ticket where posting = ?1", [voided])?;
                answer_booking_back(write, voided, posting)?;
            }
            Act::Purchase { .. } | Act::Use { .. } => {}
        }
        Ok(())
    }

    fn is_taken(&self, read: &Connection, number: TicketNumber) -> Result<bool, StoreFault> {
        let sql = "select count(*) from ticket where hash = ?1";
        let taken: i64 = read.query_row(sql, [self.ticket_hash(number)?], |row| row.get(0))?;
        Ok(taken > 0)
    }

    fn ticket_hash(&self, number: TicketNumber) -> Result<[u8; 32], StoreFault> {
        self.key.hash("ticket", number.to_string().as_bytes())
    }
}

impl Done {
    fn is(&self, act: Act) -> bool {
        let is = |kind, member, change| (self.kind, self.member, self.change) == (kind, member, change);
        match act {
            Act::Purchase { member, points } => is(PostingKind::Purchase, member, points.get()),
            Act::Use { member, points } => is(PostingKind::Use, member, -points.get()),
            Act::Ticket { member, points, .. } => is(PostingKind::Ticket, member, points.get()),
            Act::Charge { member, points, .. } => is(PostingKind::Charge, member, -points.get()),
            Act::Void { posting } => self.voids == Some(posting),
        }
    }
}

/// The mirror of a posting.
pub(super) fn mirror_of(
    read: &Connection,
    posting: i64,
) -> rusqlite::Result<Option<(PostingKind, MemberNumber, i64, String)>> {
    let sql = "select posting.kind, posting.member, own.points, other.account from posting
               join entry own on own.posting = posting.seq and own.account = 'member'
               join entry other on other.posting = posting.seq and other.account <> 'member'
               where posting.seq = ?1";
    let row = |row: &rusqlite::Row<'_>| {
        let kind = kind(&row.get::<_, String>(0)?)?;
        Ok((kind, MemberNumber(row.get(1)?), -row.get::<_, i64>(2)?, row.get(3)?))
    };
    read.prepare_cached(sql)?.query_row([posting], row).optional()
}

fn plan_void(read: &Connection, voided: i64) -> Result<Result<Plan, NotDone>, StoreFault> {
    let Some((kind, member, change, against)) = mirror_of(read, voided)? else {
        return Ok(Err(NotDone::NoSuchPosting));
    };
    if matches!(kind, PostingKind::Void | PostingKind::Charge) {
        return Ok(Err(NotDone::NotVoidable));
    }
    let sql = "select count(*) from posting where voids = ?1";
    let before: i64 = read.query_row(sql, [voided], |row| row.get(0))?;
    if before > 0 {
        return Ok(Err(NotDone::AlreadyVoided));
    }
    Ok(Ok(Plan { kind: PostingKind::Void, member, change, against, voids: Some(voided) }))
}

/// What was done under a key.
fn done_under(read: &Connection, key: OperationKey) -> rusqlite::Result<Option<Done>> {
    let sql = "select posting.seq, posting.kind, posting.member, entry.points, posting.balance_after,
                      posting.voids, posting.at_ms
               from posting join entry on entry.posting = posting.seq and entry.account = 'member'
               where posting.key = ?1";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Done {
            posting: row.get(0)?,
            kind: kind(&row.get::<_, String>(1)?)?,
            member: MemberNumber(row.get(2)?),
            change: row.get(3)?,
            balance: row.get(4)?,
            voids: row.get(5)?,
            at_ms: row.get(6)?,
        })
    };
    read.prepare_cached(sql)?.query_row([key.to_string()], row).optional()
}

pub(super) fn kind(code: &str) -> rusqlite::Result<PostingKind> {
    PostingKind::of_code(code).ok_or(rusqlite::Error::InvalidQuery)
}

fn balance(read: &Connection, member: MemberNumber) -> rusqlite::Result<i64> {
    read.query_row("select balance from member where id = ?1", [member.0], |row| row.get(0))
}
