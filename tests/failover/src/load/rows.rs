//! The smallest load that has everything a use of points has: a key, one effect, an answer; and the
//! question what became of a key, which writes the key down where it is not known.
//!
//! It shows what the database cluster does by itself, without the cloud.

use super::{Acknowledgements, Load, Verdict};
use crate::Outcome;
use crate::books::{Books, UNTIL_HUNG_UP, trouble};
use madoguchi_tests::scene::trouble::Trouble;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_postgres::Client;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

const CLERKS: i32 = 16;
/// Between two customers: the machines, not this computer's processors, are to be tried.
const BREATH: Duration = Duration::from_millis(20);
/// Before trying again.
const PAUSE: Duration = Duration::from_millis(100);

const TABLES: &str = "
create table account (id int primary key, used bigint not null default 0);
create table use (key text primary key, account int not null, outcome text not null);
insert into account (id) select generate_series(1, 16);
";
const USE: &str = "
with posted as (
    insert into use (key, account, outcome) values ($1, $2, 'done') on conflict (key) do nothing
    returning account
)
update account set used = used + 1 where id in (select account from posted)";
/// It always writes, so that its answer, too, waits until the replica has what it says.
const RESOLVE: &str = "
insert into use (key, account, outcome) values ($1, $2, 'abandoned')
on conflict (key) do update set key = excluded.key
returning outcome";

/// The clerks and what they have been told, from the first scenario to the last.
pub(crate) struct Rows {
    books: Books,
    acknowledgements: Acknowledgements,
    told: HashMap<Uuid, Told>,
    at_work: Option<AtWork>,
}

struct AtWork {
    goes_home: Arc<AtomicBool>,
    clerks: JoinSet<Outcome<Vec<(Uuid, Told)>>>,
}

/// What a clerk knows of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Done,
    Abandoned,
}

impl Rows {
    /// Makes the tables.
    pub(crate) async fn set_up(books: Books) -> Outcome<Self> {
        let acknowledgements = Acknowledgements::default();
        let client = books.connect().await?;
        client.batch_execute(TABLES).await.map_err(|error| trouble(&error))?;
        Ok(Self { books, acknowledgements, told: HashMap::new(), at_work: None })
    }

    async fn compare(&self) -> Outcome<Verdict> {
        let client = self.books.connect().await?;
        let rows = client.query("select key, outcome from use", &[]).await;
        let mut posted = HashMap::new();
        for row in rows.map_err(|error| trouble(&error))? {
            let key: Uuid = row.get::<_, String>(0).parse().map_err(|_| Trouble::new("a key is no UUID"))?;
            posted.insert(key, if row.get::<_, &str>(1) == "done" { Told::Done } else { Told::Abandoned });
        }
        let used = client.query_one("select sum(used)::bigint from account", &[]).await;
        let used: i64 = used.map_err(|error| trouble(&error))?.get(0);
        let done = posted.values().filter(|outcome| **outcome == Told::Done).count();
        let count = |wrong: &dyn Fn(Uuid, Told) -> bool| {
            self.told.iter().filter(|(key, told)| wrong(**key, **told)).count()
        };
        let lost = count(&|key, told| told == Told::Done && posted.get(&key) != Some(&Told::Done));
        let denied = count(&|key, told| told == Told::Abandoned && posted.get(&key) == Some(&Told::Done));
        let told_of_none = posted.keys().filter(|key| !self.told.contains_key(key)).count();
        let doubled = usize::try_from(used).unwrap_or_default().saturating_sub(done);
        Ok(Verdict { acknowledged: 0, lost, doubled, told_wrong: denied + told_of_none })
    }
}

impl Load for Rows {
    fn acknowledgements(&self) -> &Acknowledgements {
        &self.acknowledgements
    }

    async fn begin(&mut self) -> Outcome<()> {
        let goes_home = Arc::new(AtomicBool::new(false));
        let mut clerks = JoinSet::new();
        for account in 1..=CLERKS {
            let clerk = Clerk {
                books: self.books.clone(),
                account,
                goes_home: Arc::clone(&goes_home),
                acknowledgements: self.acknowledgements.clone(),
                line: None,
            };
            clerks.spawn(clerk.works());
        }
        self.at_work = Some(AtWork { goes_home, clerks });
        Ok(())
    }

    async fn end(&mut self) -> Outcome<Verdict> {
        let Some(mut at_work) = self.at_work.take() else { return Ok(Verdict::default()) };
        at_work.goes_home.store(true, Ordering::SeqCst);
        let mut told = HashMap::new();
        while let Some(clerk) = at_work.clerks.join_next().await {
            told.extend(clerk.map_err(|error| Trouble::new(error.to_string()))??);
        }
        let acknowledged = told.values().filter(|told| **told == Told::Done).count();
        // Earlier answers must still hold as well.
        self.told.extend(told);
        Ok(Verdict { acknowledged, ..self.compare().await? })
    }
}

struct Clerk {
    books: Books,
    account: i32,
    goes_home: Arc<AtomicBool>,
    acknowledgements: Acknowledgements,
    line: Option<Client>,
}

impl Clerk {
    async fn works(mut self) -> Outcome<Vec<(Uuid, Told)>> {
        let mut told = Vec::new();
        while !self.goes_home.load(Ordering::SeqCst) {
            // Nothing is begun without a line: a use that was never sent needs no answer.
            if self.line.is_none() && !self.calls().await {
                continue;
            }
            let key = Uuid::now_v7();
            let outcome = match self.says(USE, key).await {
                Some(_) => Told::Done,
                None => self.asks_what_became_of(key).await?,
            };
            self.acknowledgements.note();
            told.push((key, outcome));
            tokio::time::sleep(BREATH).await;
        }
        Ok(told)
    }

    async fn asks_what_became_of(&mut self, key: Uuid) -> Outcome<Told> {
        // Longer than any failure here lasts.
        let deadline = tokio::time::Instant::now() + Duration::from_mins(3);
        while tokio::time::Instant::now() < deadline {
            if self.line.is_none() && !self.calls().await {
                continue;
            }
            if let Some(outcome) = self.says(RESOLVE, key).await {
                return Ok(if outcome.as_deref() == Some("done") { Told::Done } else { Told::Abandoned });
            }
        }
        Err(Trouble::new(format!("nobody could say what became of {key}")))
    }

    /// The answer, if there was one in time; otherwise the line is hung up.
    async fn says(&mut self, statement: &str, key: Uuid) -> Option<Option<String>> {
        let line = self.line.take()?;
        let key = key.to_string();
        let values: [&(dyn ToSql + Sync); 2] = [&key, &self.account];
        let asked = line.query(statement, &values);
        let rows = tokio::time::timeout(UNTIL_HUNG_UP, asked).await.ok()?.ok()?;
        self.line = Some(line);
        Some(rows.first().map(|row| row.get(0)))
    }

    async fn calls(&mut self) -> bool {
        self.line = self.books.connect().await.ok();
        if self.line.is_none() {
            tokio::time::sleep(PAUSE).await;
        }
        self.line.is_some()
    }
}
