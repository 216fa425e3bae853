//! One session with a PostgreSQL server, used by one thread that waits for each answer.
//!
//! The client underneath is asynchronous. That is what puts an end to every wait: a server that has
//! stopped answering without closing the line would hold a blocking client for ever.

use super::many::{Columns, about_many};
use super::refusal::Refusal;
use super::server::Server;
use crate::database::error::{Error, NotCommitted, Result};
use crate::database::value::Value;
use futures_util::future::{join, join_all, try_join, try_join_all};
use futures_util::{StreamExt, TryStreamExt, pin_mut};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls, Row, RowStream, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Longer than the server lets a statement run: it says so itself, if it still can.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// How many rows of a long answer are in memory at a time.
const ROWS_AT_A_TIME: usize = 1_024;

/// An open session.
pub(in crate::database) struct Session {
    // Dropped in this order: the client says goodbye while its runtime still is.
    client: Client,
    runtime: Runtime,
    kept: RefCell<HashMap<String, Statement>>,
    /// Written, and not yet said: it goes out, in this order, with the next thing that is waited for.
    unsaid: RefCell<Vec<(Statement, Columns)>>,
    /// Nothing more is to be expected of it.
    is_lost: Cell<bool>,
    /// A statement of the open transaction failed: the server would answer a commit with a rollback,
    /// and call that a success.
    has_failed: Cell<bool>,
}

/// A question, and the rows that it is asked about.
pub(in crate::database) enum Asked<'q> {
    /// As it stands, for one row after the other.
    EachAlone(Statement, &'q [&'q [Value<'q>]]),
    /// Once about all of them; an answer names its row in the last column, from 1.
    AllAtOnce(Statement, Columns),
}

impl Session {
    /// Opens a session on the first of the servers that can be written to.
    pub(super) fn open(server: &Server) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::NotConnected(error.to_string()))?;
        let client = runtime.block_on(async {
            match &server.tls {
                None => {
                    let (client, line) = server.config.connect(NoTls).await?;
                    tokio::spawn(line);
                    Ok(client)
                }
                Some(tls) => {
                    let tls = MakeRustlsConnect::new(tls.as_ref().clone());
                    let (client, line) = server.config.connect(tls).await?;
                    tokio::spawn(line);
                    Ok(client)
                }
            }
        });
        let client = client
            .map_err(|error: tokio_postgres::Error| Error::NotConnected(Refusal::from(&error).to_string()))?;
        Ok(Self {
            client,
            runtime,
            kept: RefCell::default(),
            unsaid: RefCell::default(),
            is_lost: Cell::new(false),
            has_failed: Cell::new(false),
        })
    }

    /// Whether a new session is needed.
    pub(in crate::database) fn is_lost(&self) -> bool {
        self.is_lost.get() || self.client.is_closed()
    }

    /// Begins a transaction, or goes back to a savepoint: no statement has failed from here on.
    pub(in crate::database) fn begin(&self, begin: &str) -> Result<()> {
        self.unsaid.borrow_mut().clear();
        self.has_failed.set(false);
        self.execute_batch(begin)
    }

    /// Commits, together with what was not said yet. Says how long the commit itself took.
    pub(in crate::database) fn commit(&self) -> std::result::Result<Duration, NotCommitted> {
        if self.has_failed.get() {
            self.roll_back().map_err(NotCommitted::Unknown)?;
            return Err(NotCommitted::RolledBack(Error::RolledBack));
        }
        let unsaid = self.unsaid.take();
        let said = async {
            let said = join_all(unsaid.iter().map(|unsaid| self.say_one(unsaid))).await;
            (said.into_iter().find_map(std::result::Result::err), Instant::now())
        };
        // While a commit waits for the synchronous replica, a statement's time running out would end
        // the wait and report success: the points would be on one disk only.
        let committed = self.client.batch_execute("set local statement_timeout = 0; commit");
        let answered = self.wait(async { Ok(join(said, committed).await) });
        match answered.map_err(|error| self.outcome_unknown(error))? {
            ((None, written), Ok(())) => Ok(written.elapsed()),
            // The server refused to write it, so it refused the commit after it as well.
            ((Some(error), _), _) if error.code().is_some() => {
                let refused = self.failed(Refusal::from(&error));
                if !self.is_lost() && self.roll_back().is_err() {
                    self.is_lost.set(true);
                }
                Err(NotCommitted::RolledBack(refused))
            }
            ((Some(error), _), _) | ((None, _), Err(error)) => {
                Err(self.outcome_unknown(self.failed(Refusal::from(&error))))
            }
        }
    }

    fn outcome_unknown(&self, error: Error) -> NotCommitted {
        self.is_lost.set(true);
        NotCommitted::Unknown(error)
    }

    /// Undoes everything since the beginning; what was not said yet need not be.
    pub(in crate::database) fn roll_back(&self) -> Result<()> {
        self.unsaid.borrow_mut().clear();
        self.execute_batch("rollback")
    }

    pub(in crate::database) fn execute_batch(&self, sql: &str) -> Result<()> {
        self.say_and(self.client.batch_execute(sql))
    }

    /// The statement kept under this text.
    pub(in crate::database) fn prepare(&self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.kept.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.wait(self.client.prepare(sql))?;
        self.kept.borrow_mut().insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(in crate::database) fn execute(
        &self,
        statement: &Statement,
        parameters: &[Value<'_>],
    ) -> Result<usize> {
        let changed = self.say_and(self.client.execute_raw(statement, parameters))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub(in crate::database) fn first_row(
        &self,
        statement: &Statement,
        parameters: &[Value<'_>],
    ) -> Result<Option<Row>> {
        self.say_and(async {
            let rows = self.client.query_raw(statement, parameters).await?;
            Ok(rows.try_collect::<Vec<Row>>().await?.into_iter().next())
        })
    }

    /// Hands over row after row, between two waits, so that `take` may ask for more itself.
    pub(in crate::database) fn for_each(
        &self,
        statement: &Statement,
        parameters: &[Value<'_>],
        take: impl FnMut(&Row) -> Result<()>,
    ) -> Result<()> {
        let rows = self.say_and(self.client.query_raw(statement, parameters))?;
        self.take_all(rows, take)
    }

    fn take_all(&self, rows: RowStream, mut take: impl FnMut(&Row) -> Result<()>) -> Result<()> {
        pin_mut!(rows);
        loop {
            let some = self.wait(rows.by_ref().take(ROWS_AT_A_TIME).try_collect::<Vec<Row>>())?;
            for row in &some {
                take(row)?;
            }
            if some.len() < ROWS_AT_A_TIME {
                return Ok(());
            }
        }
    }

    /// Notes a statement that changes these rows. It is said with the others, in their order, together with
    /// whatever is asked next, with the commit, or by [`Self::say`].
    pub(in crate::database) fn note_for_many(&self, sql: &str, one: &Statement, rows: Columns) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let about_many = self.prepare_about_many(sql, one)?;
        self.unsaid.borrow_mut().push((about_many, rows));
        Ok(())
    }

    /// The statement for one row as one for many.
    pub(in crate::database) fn prepare_about_many(&self, sql: &str, one: &Statement) -> Result<Statement> {
        self.prepare(&about_many(sql, one.params()))
    }

    /// Says what was noted, all of it in one round trip.
    pub(in crate::database) fn say(&self) -> Result<()> {
        if self.unsaid.borrow().is_empty() {
            return Ok(());
        }
        self.say_and(async { Ok(()) })
    }

    /// Says what was noted and asks one thing more, in one round trip.
    fn say_and<T>(
        &self,
        asked: impl Future<Output = std::result::Result<T, tokio_postgres::Error>>,
    ) -> Result<T> {
        let unsaid = self.unsaid.take();
        let said = try_join_all(unsaid.iter().map(|unsaid| self.say_one(unsaid)));
        // The first is sent first.
        self.wait(async { try_join(said, asked).await.map(|(_, answer)| answer) })
    }

    async fn say_one(
        &self,
        (statement, rows): &(Statement, Columns),
    ) -> std::result::Result<(), tokio_postgres::Error> {
        self.client.execute_raw(statement, rows.arrays()).await.map(drop)
    }

    /// Asks several questions, one after the other, in one round trip. Their answers are to be short: they are
    /// in memory together. Each comes with the place of the row it answers.
    pub(in crate::database) fn ask(&self, questions: &[Asked<'_>]) -> Result<Vec<Vec<(usize, Row)>>> {
        let asked = try_join_all(questions.iter().map(|question| self.ask_one(question)));
        self.say_and(asked)
    }

    async fn ask_one(
        &self,
        question: &Asked<'_>,
    ) -> std::result::Result<Vec<(usize, Row)>, tokio_postgres::Error> {
        match question {
            Asked::EachAlone(statement, rows) => {
                let each = rows.iter().enumerate().map(|(index, row)| async move {
                    let found: Vec<Row> = self.client.query_raw(statement, *row).await?.try_collect().await?;
                    Ok(found.into_iter().map(move |row| (index, row)))
                });
                Ok(try_join_all(each).await?.into_iter().flatten().collect())
            }
            Asked::AllAtOnce(statement, rows) => {
                let found: Vec<Row> =
                    self.client.query_raw(statement, rows.arrays()).await?.try_collect().await?;
                found.into_iter().map(|row| Ok((place(&row)?, row))).collect()
            }
        }
    }

    /// Waits for an answer, but not for ever.
    fn wait<T>(
        &self,
        answer: impl Future<Output = std::result::Result<T, tokio_postgres::Error>>,
    ) -> Result<T> {
        let answered = self.runtime.block_on(async { tokio::time::timeout(ANSWER_WITHIN, answer).await });
        match answered {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(self.failed(Refusal::from(&error))),
            Err(_) => Err(self.failed(Refusal::silence())),
        }
    }

    /// Keeps in mind that a statement failed.
    fn failed(&self, refusal: Refusal) -> Error {
        self.has_failed.set(true);
        if refusal.ends_the_session() {
            self.is_lost.set(true);
        }
        Error::Postgres(refusal)
    }
}

/// Which row it answers, counted from 0.
fn place(answer: &Row) -> std::result::Result<usize, tokio_postgres::Error> {
    let number: i64 = answer.try_get(answer.len() - 1)?;
    Ok(usize::try_from(number - 1).unwrap_or_default())
}
