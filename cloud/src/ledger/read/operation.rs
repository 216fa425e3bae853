//! Single operations: by number, by key, and a terminal's own of one day.

use crate::database::{self, Connection, Optional, Row, params};
use crate::ledger::columns::{self, damaged, date};
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Actor, Answer, Operation, OperationKind, OperationNumber, Outcome, Remembered, RequestHash,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::terminal::TerminalId;

/// A key's first answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAnswer {
    /// The operation's number in the home book.
    pub seq: i64,
    /// The answer.
    pub answer: Answer,
}

/// One operation of a terminal, as its list of today shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationLine {
    /// Its number.
    pub number: OperationNumber,
    /// Its key.
    pub key: OperationKey,
    /// What was asked.
    pub kind: OperationKind,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// What was answered.
    pub answer: Answer,
    /// The void that undid it, if any.
    pub reversed_by: Option<OperationNumber>,
}

/// What this key was answered first, if anything yet. Not a resolve: an unknown key stays open.
pub fn first_answer(
    read: &Connection,
    home: BookCode,
    actor: Actor,
    key: OperationKey,
) -> database::Result<Option<FirstAnswer>> {
    read.query_row(
        "select seq, answer from operation where book = $1 and key = $2 and actor = $3",
        params![home.as_str(), key.0.as_bytes(), actor.to_string()],
        |row| Ok(FirstAnswer { seq: row.get(0)?, answer: columns::answer(row, 1)? }),
    )
    .optional()
}

/// The number of the operation under a key, whoever's it is: the actor's own first, another's only
/// if it has none (so that a void can say "not this terminal's").
pub fn seq_of_key(
    read: &Connection,
    home: BookCode,
    actor: Actor,
    key: OperationKey,
) -> database::Result<Option<i64>> {
    read.query_row(
        "select seq from operation where book = $1 and key = $2
         order by case when actor = $3 then 0 else 1 end, seq limit 1",
        params![home.as_str(), key.0.as_bytes(), actor.to_string()],
        |row| row.get(0),
    )
    .optional()
}

/// What was answered in the home book of an act.
pub fn answer_at(read: &Connection, number: OperationNumber) -> database::Result<Option<Answer>> {
    read.query_row(
        "select answer from operation where book = $1 and seq = $2 and answer is not null",
        params![number.book.as_str(), number.seq],
        |row| columns::answer(row, 0),
    )
    .optional()
}

/// The header of one operation.
pub fn operation_at(read: &Connection, book: BookCode, seq: i64) -> database::Result<Option<Operation>> {
    let sql = format!("select {} from operation where book = $1 and seq = $2", columns::OPERATION);
    read.query_row(&sql, params![book.as_str(), seq], columns::operation).optional()
}

/// What a terminal was answered on one Japan date, newest first, at most so many.
///
/// A book's time never falls, so a date is a range of numbers: this reads that range and keeps the
/// terminal's. An index by terminal would have to be filled by every use of points.
pub fn operations_of_terminal(
    read: &Connection,
    home: BookCode,
    terminal: TerminalId,
    day: Date,
    most: usize,
) -> database::Result<Vec<OperationLine>> {
    let Some((first, last)) = super::statement::seq_range(read, home, day, day)? else {
        return Ok(Vec::new());
    };
    let mut statement = read.prepare(
        "select o.seq, o.key, o.kind, o.at_ms, o.answer, r.seq, r.business_date
         from operation o left join operation r on r.book = o.book and r.reverses = o.seq
         where o.book = $1 and o.seq between $2 and $3 and o.actor = $4 and o.key is not null
         order by o.seq desc limit $5",
    )?;
    let line = |row: &Row<'_>| -> database::Result<OperationLine> {
        let number = |seq, business_date| OperationNumber { book: home, business_date, seq };
        let reversed_by = match row.get::<Option<i64>>(5)? {
            Some(seq) => Some(number(seq, date(row, 6)?)),
            None => None,
        };
        let kind = OperationKind::from_code(row.text(2)?);
        Ok(OperationLine {
            number: number(row.get(0)?, day),
            key: OperationKey(uuid::Uuid::from_bytes(row.get(1)?)),
            kind: kind.ok_or_else(|| damaged(2, "an operation's kind"))?,
            at_ms: row.get(3)?,
            answer: columns::answer(row, 4)?,
            reversed_by,
        })
    };
    let actor = Actor::Terminal(terminal).to_string();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    statement.query_all(params![home.as_str(), first, last, actor, most], line)
}

/// From the columns `request_hash`, `outcome`, `answer`.
pub(in crate::ledger) fn remembered(row: &Row<'_>) -> database::Result<Remembered> {
    Ok(Remembered {
        hash: row.get::<Option<[u8; 32]>>(0)?.map(RequestHash),
        outcome: Outcome::from_code(row.text(1)?).ok_or_else(|| damaged(1, "an outcome"))?,
        answer: columns::answer(row, 2)?,
    })
}
