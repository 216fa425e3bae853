//! One session with a PostgreSQL server, used by one thread that waits for each answer.
//!
//! The client underneath is asynchronous. That is what puts an end to every wait: a server that has
//! stopped answering without closing the line would hold a blocking client for ever.

use super::many::{Columns, about_many};
use super::refusal::Refusal;
use super::server::Server;
use crate::database::error::{Error, Result};
use crate::database::value::Value;
use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, pin_mut};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;
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
    /// Written, and not yet said: it goes out together before the next thing that is waited for.
    unsaid: RefCell<Vec<(Statement, Columns)>>,
    /// Nothing more is to be expected of it.
    is_lost: Cell<bool>,
    /// A statement of the open transaction failed: the server would answer a commit with a rollback,
    /// and call that a success.
    has_failed: Cell<bool>,
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
        let (kept, unsaid) = (RefCell::default(), RefCell::default());
        let (is_lost, has_failed) = (Cell::new(false), Cell::new(false));
        Ok(Self { client, runtime, kept, unsaid, is_lost, has_failed })
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

    /// Commits.
    pub(in crate::database) fn commit(&self) -> Result<()> {
        // What fails here has failed like any other statement.
        let _ = self.say();
        if self.has_failed.get() {
            self.execute_batch("rollback")?;
            return Err(Error::RolledBack);
        }
        // While a commit waits for the synchronous replica, a statement's time running out would end
        // the wait and report success: the points would be on one disk only.
        let committed = self.execute_batch("set local statement_timeout = 0; commit");
        if committed.is_err() {
            self.is_lost.set(true);
        }
        committed
    }

    /// Undoes everything since the beginning; what was not said yet need not be.
    pub(in crate::database) fn roll_back(&self) -> Result<()> {
        self.unsaid.borrow_mut().clear();
        self.execute_batch("rollback")
    }

    pub(in crate::database) fn execute_batch(&self, sql: &str) -> Result<()> {
        self.say()?;
        self.wait(self.client.batch_execute(sql))
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
        self.say()?;
        let changed = self.wait(self.client.execute_raw(statement, parameters))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub(in crate::database) fn first_row(
        &self,
        statement: &Statement,
        parameters: &[Value<'_>],
    ) -> Result<Option<Row>> {
        self.say()?;
        self.wait(async {
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
        self.say()?;
        let rows = self.wait(self.client.query_raw(statement, parameters))?;
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

    /// Notes a statement that changes these rows. It is said with the others, in their order, before
    /// anything is asked, or by [`Self::say`].
    pub(in crate::database) fn note_for_many(&self, sql: &str, one: &Statement, rows: Columns) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let about_many = self.prepare(&about_many(sql, one.params()))?;
        self.unsaid.borrow_mut().push((about_many, rows));
        Ok(())
    }

    /// Says what was noted, all of it in one round trip.
    pub(in crate::database) fn say(&self) -> Result<()> {
        let unsaid = self.unsaid.take();
        if unsaid.is_empty() {
            return Ok(());
        }
        let said = unsaid.iter().map(|(statement, rows)| self.client.execute_raw(statement, rows.arrays()));
        self.wait(try_join_all(said)).map(drop)
    }

    /// Asks several questions, each about all of its rows, in one round trip. Their answers are to be short:
    /// they are in memory together.
    pub(in crate::database) fn ask_about_many(
        &self,
        questions: &[(&str, &Statement, Columns)],
    ) -> Result<Vec<Vec<Row>>> {
        self.say()?;
        let mut statements = Vec::with_capacity(questions.len());
        for (sql, one, _) in questions {
            statements.push(self.prepare(&about_many(sql, one.params()))?);
        }
        let asked = statements.iter().zip(questions).map(|(statement, (_, _, rows))| async {
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            self.client.query_raw(statement, rows.arrays()).await?.try_collect().await
        });
        self.wait(try_join_all(asked))
    }

    /// Waits for an answer, but not for ever.
    fn wait<T>(
        &self,
        answer: impl Future<Output = std::result::Result<T, tokio_postgres::Error>>,
    ) -> Result<T> {
        let answered = self.runtime.block_on(async { tokio::time::timeout(ANSWER_WITHIN, answer).await });
        let error = match answered {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => Refusal::from(&error),
            Err(_) => Refusal::silence(),
        };
        self.has_failed.set(true);
        if error.ends_the_session() {
            self.is_lost.set(true);
        }
        Err(Error::Postgres(error))
    }
}
