//! A connection to the database, whichever engine it is: one text of SQL, the same few verbs.
//!
//! Every statement is kept prepared under its text. Parameters and columns are borrowed, so the way
//! through here costs a comparison, not an allocation.

use super::error::{Error, NotCommitted, OtherType, Result};
use super::postgres::{Asked, ManyRows, Session};
use super::value::{FromValue, Value};
use rusqlite::types::ValueRef;
use std::time::{Duration, Instant};

/// A connection. Its statements run inside whatever transaction its owner has begun.
pub struct Connection {
    engine: Engine,
}

/// PostgreSQL's advisory locks are numbers; these are this program's own.
const WRITING_ALONE: i64 = 1_413_052_026;
const CHANGING_SCHEMA: i64 = 1_413_052_027;

/// What the portable statements leave open, by engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

enum Engine {
    Sqlite(rusqlite::Connection),
    Postgres(Box<Session>),
}

/// A statement that is kept prepared.
pub struct Statement<'c>(Prepared<'c>);

enum Prepared<'c> {
    Sqlite(rusqlite::CachedStatement<'c>),
    Postgres(&'c Session, tokio_postgres::Statement),
}

/// One row of an answer.
pub struct Row<'r>(Columns<'r>);

enum Columns<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl From<rusqlite::Connection> for Connection {
    fn from(connection: rusqlite::Connection) -> Self {
        Self { engine: Engine::Sqlite(connection) }
    }
}

impl From<Session> for Connection {
    fn from(session: Session) -> Self {
        Self { engine: Engine::Postgres(Box::new(session)) }
    }
}

impl Connection {
    /// Prepares a statement, or takes the one that was kept under the same text.
    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        match &self.engine {
            Engine::Sqlite(connection) => Ok(Statement(Prepared::Sqlite(connection.prepare_cached(sql)?))),
            Engine::Postgres(session) => Ok(Statement(Prepared::Postgres(session, session.prepare(sql)?))),
        }
    }

    /// Runs a statement that changes rows, and says how many.
    pub fn execute(&self, sql: &str, parameters: &[Value<'_>]) -> Result<usize> {
        self.prepare(sql)?.execute(parameters)
    }

    /// The first row; [`Error::NoRow`] if there is none.
    pub fn query_row<T>(
        &self,
        sql: &str,
        parameters: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.prepare(sql)?.query_row(parameters, read)
    }

    /// Every row.
    pub fn query_all<T>(
        &self,
        sql: &str,
        parameters: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.prepare(sql)?.query_all(parameters, read)
    }

    /// A statement that changes many rows, handed over one by one. PostgreSQL is told once, after it is
    /// done: with whatever else is to be said, at the next question or at the commit.
    pub fn prepare_many<'c>(&'c self, sql: &'c str) -> Result<Many<'c>> {
        let one = self.prepare(sql)?;
        let rows = match &one.0 {
            Prepared::Sqlite(_) => None,
            Prepared::Postgres(_, statement) => Some(ManyRows::of(statement.params())),
        };
        Ok(Many { sql, one, rows })
    }

    /// Asks questions that do not depend on each other's answers: one round trip for all of them, answered
    /// one after the other. A later one sees what was committed while an earlier one waited for a lock.
    pub fn ask(&self, questions: &mut [Question<'_>]) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(_) => questions.iter_mut().try_for_each(|question| self.ask_row_by_row(question)),
            Engine::Postgres(session) => ask_at_once(session, questions),
        }
    }

    fn ask_row_by_row(&self, question: &mut Question<'_>) -> Result<()> {
        let mut one = self.prepare(question.sql)?;
        let Question { rows, take, .. } = question;
        rows.iter().enumerate().try_for_each(|(index, row)| one.for_each(row, |found| take(index, found)))
    }

    /// Sees to it that everything written so far has been taken by the database, and fails if it was not.
    /// Without this, that is learned at the next question or at the commit.
    pub fn see_it_written(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(session) => session.say(),
        }
    }

    /// Runs statements without parameters, separated by semicolons.
    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Engine::Postgres(session) => session.execute_batch(sql),
        }
    }

    /// Begins to write. SQLite takes its one lock now, so that what is read next is still true when it
    /// is written; on PostgreSQL each statement sees what was committed before it.
    pub(super) fn begin_writing(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(_) => self.execute_batch("begin immediate"),
            Engine::Postgres(session) => session.begin("begin isolation level read committed"),
        }
    }

    /// Begins to write as the only one of all processes that does so this way: what is read next is
    /// still true when it is written. The ledger's batches go another way, by the locks of their heads.
    pub(super) fn begin_writing_alone(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(_) => self.begin_writing(),
            Engine::Postgres(session) => session.begin(&format!(
                "begin isolation level read committed; select pg_advisory_xact_lock({WRITING_ALONE})"
            )),
        }
    }

    /// Begins to change the schema, as the only one that does.
    pub(super) fn begin_changing_schema(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(_) => self.begin_writing(),
            // Another process may take its time.
            Engine::Postgres(session) => session.begin(&format!(
                "begin; set local statement_timeout = 0; set local lock_timeout = '60s';
                 select pg_advisory_xact_lock({CHANGING_SCHEMA})"
            )),
        }
    }

    /// Begins to read one state of the books.
    pub(super) fn begin_reading(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(_) => self.execute_batch("begin deferred"),
            Engine::Postgres(session) => session.begin("begin isolation level repeatable read read only"),
        }
    }

    /// Commits what was begun, with whatever was not said yet, and says how long the commit itself took.
    pub(super) fn commit(&self) -> std::result::Result<Duration, NotCommitted> {
        match &self.engine {
            Engine::Sqlite(_) => {
                let written = Instant::now();
                self.execute_batch("commit").map_err(NotCommitted::Unknown)?;
                Ok(written.elapsed())
            }
            Engine::Postgres(session) => session.commit(),
        }
    }

    /// Undoes what was begun.
    pub(super) fn roll_back(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(_) => self.execute_batch("rollback"),
            Engine::Postgres(session) => session.roll_back(),
        }
    }

    /// What a statement ends with that locks the row it reads until the transaction ends. SQLite locked
    /// everything when the transaction began.
    pub const fn row_lock(&self) -> &'static str {
        match &self.engine {
            Engine::Sqlite(_) => "",
            Engine::Postgres(_) => " for update",
        }
    }

    /// Undoes what was written since a savepoint.
    pub(super) fn roll_back_to(&self, savepoint: &str) -> Result<()> {
        let undo = format!("rollback to savepoint {savepoint}");
        match &self.engine {
            Engine::Sqlite(_) => self.execute_batch(&undo),
            Engine::Postgres(session) => session.begin(&undo),
        }
    }

    /// Whether the transaction is over without anybody having ended it: SQLite rolls back by itself on
    /// a full disk, a lost line cannot be written to.
    pub(super) fn is_over(&self) -> bool {
        match &self.engine {
            Engine::Sqlite(connection) => connection.is_autocommit(),
            Engine::Postgres(session) => session.is_lost(),
        }
    }

    /// Whether another connection has to take its place.
    pub(super) fn is_lost(&self) -> bool {
        match &self.engine {
            Engine::Sqlite(_) => false,
            Engine::Postgres(session) => session.is_lost(),
        }
    }

    /// The engine's words for what the portable statements leave open.
    pub(super) const fn dialect(&self) -> Dialect {
        match &self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The connection in SQLite's own words, if it is one of SQLite's.
    pub(super) const fn sqlite(&self) -> Option<&rusqlite::Connection> {
        match &self.engine {
            Engine::Sqlite(connection) => Some(connection),
            Engine::Postgres(_) => None,
        }
    }
}

/// A `select` about one row, asked about each of many.
pub struct Question<'q> {
    /// The select.
    pub sql: &'q str,
    /// Whether it takes locks, one row after the other.
    pub locks: bool,
    /// The parameters of each row.
    pub rows: &'q [&'q [Value<'q>]],
    /// Takes what was found, with the index of the row it answers.
    pub take: &'q mut dyn FnMut(usize, &Row<'_>) -> Result<()>,
}

fn ask_at_once(session: &Session, questions: &mut [Question<'_>]) -> Result<()> {
    let mut asked = Vec::with_capacity(questions.len());
    for question in questions.iter().filter(|question| !question.rows.is_empty()) {
        let one = session.prepare(question.sql)?;
        asked.push(if question.locks {
            Asked::EachAlone(one, question.rows)
        } else {
            let mut rows = ManyRows::of(one.params());
            question.rows.iter().try_for_each(|row| rows.add(row))?;
            Asked::AllAtOnce(session.prepare_about_many(question.sql, &one)?, rows)
        });
    }
    if asked.is_empty() {
        return Ok(());
    }
    let answers = session.ask(&asked)?;
    let about = questions.iter_mut().filter(|question| !question.rows.is_empty());
    for (question, found) in about.zip(&answers) {
        for (index, row) in found {
            (question.take)(*index, &Row(Columns::Postgres(row)))?;
        }
    }
    Ok(())
}

/// A statement about many rows.
pub struct Many<'c> {
    sql: &'c str,
    one: Statement<'c>,
    /// Collected, where all are told at once.
    rows: Option<ManyRows>,
}

impl Many<'_> {
    /// One row more.
    pub fn add(&mut self, row: &[Value<'_>]) -> Result<()> {
        match &mut self.rows {
            Some(rows) => rows.add(row),
            None => self.one.execute(row).map(drop),
        }
    }

    /// That was the last row.
    pub fn done(self) -> Result<()> {
        match (&self.one.0, self.rows) {
            (Prepared::Postgres(session, one), Some(rows)) => session.note_for_many(self.sql, one, rows),
            _ => Ok(()),
        }
    }
}

impl Statement<'_> {
    /// Runs it for the rows it changes, and says how many.
    pub fn execute(&mut self, parameters: &[Value<'_>]) -> Result<usize> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => Ok(statement.execute(rusqlite::params_from_iter(parameters))?),
            Prepared::Postgres(session, statement) => session.execute(statement, parameters),
        }
    }

    /// The first row; [`Error::NoRow`] if there is none.
    pub fn query_row<T>(
        &mut self,
        parameters: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => {
                let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
                let row = rows.next()?.ok_or(Error::NoRow)?;
                read(&Row(Columns::Sqlite(row)))
            }
            Prepared::Postgres(session, statement) => {
                let row = session.first_row(statement, parameters)?.ok_or(Error::NoRow)?;
                read(&Row(Columns::Postgres(&row)))
            }
        }
    }

    /// Every row.
    pub fn query_all<T>(
        &mut self,
        parameters: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.for_each(parameters, |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Row after row, without keeping them.
    pub fn for_each(
        &mut self,
        parameters: &[Value<'_>],
        mut take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => {
                let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
                while let Some(row) = rows.next()? {
                    take(&Row(Columns::Sqlite(row)))?;
                }
                Ok(())
            }
            Prepared::Postgres(session, statement) => {
                session.for_each(statement, parameters, |row| take(&Row(Columns::Postgres(row))))
            }
        }
    }
}

impl Row<'_> {
    /// A column, counted from 0.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T> {
        T::from_value(self.value(column)?).ok_or_else(|| Error::column(column, OtherType))
    }

    /// A column as it stands there.
    pub fn value(&self, column: usize) -> Result<Value<'_>> {
        match &self.0 {
            Columns::Sqlite(row) => match row.get_ref(column)? {
                ValueRef::Null => Ok(Value::Null),
                ValueRef::Integer(number) => Ok(Value::Integer(number)),
                ValueRef::Text(text) => {
                    let text = std::str::from_utf8(text).map_err(|error| Error::column(column, error))?;
                    Ok(Value::Text(text))
                }
                ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes)),
                ValueRef::Real(_) => Err(Error::column(column, OtherType)),
            },
            Columns::Postgres(row) => row.try_get(column).map_err(|_| Error::column(column, OtherType)),
        }
    }

    /// A text, borrowed.
    pub fn text(&self, column: usize) -> Result<&str> {
        self.text_or_null(column)?.ok_or_else(|| Error::column(column, OtherType))
    }

    /// A text or `null`.
    pub fn text_or_null(&self, column: usize) -> Result<Option<&str>> {
        match self.value(column)? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            Value::Integer(_) | Value::Bytes(_) => Err(Error::column(column, OtherType)),
        }
    }

    /// Bytes, borrowed.
    pub fn bytes(&self, column: usize) -> Result<&[u8]> {
        match self.value(column)? {
            Value::Bytes(bytes) => Ok(bytes),
            Value::Null | Value::Integer(_) | Value::Text(_) => Err(Error::column(column, OtherType)),
        }
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        let borrowed = match *self {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        };
        Ok(rusqlite::types::ToSqlOutput::Borrowed(borrowed))
    }
}
