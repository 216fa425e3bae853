//! The real load: sixteen terminals use points over HTTP at two clouds, each use under a key, and find
//! out what became of a use that was not answered, as a terminal does.

use super::actors::{Line, Terminal, a_key};
use super::town::{self, FIRST_TERMINAL, POINTS, RESIDENTS, TERMINALS};
use super::{Acknowledgements, Load, Verdict};
use crate::Outcome;
use crate::books::{Books, trouble};
use crate::cloud::Clouds;
use madoguchi_cloud::identity::certificate;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_wire::terminal_api::{
    LookUpPointsAnswer, LookUpPointsRequest, OperationAnswer, Refusal, ResolveOperationRequest,
};
use reqwest::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;

/// A terminal's patience with one request.
const REPLY_WITHIN: Duration = Duration::from_secs(10);
/// Between two customers: the machines, not this computer's processors, are to be tried.
const BREATH: Duration = Duration::from_millis(20);
/// A visit lasts five minutes, which is longer than so many uses take.
const USES_OF_A_VISIT: usize = 50;
/// Before asking again.
const PAUSE: Duration = Duration::from_millis(200);
/// Longer than any failure here lasts.
const UNTIL_KNOWN: Duration = Duration::from_mins(3);

/// The clouds, the terminals, and all that was ever told.
pub(crate) struct Uses {
    clouds: Clouds,
    books: Books,
    clerks: Vec<Clerk>,
    acknowledgements: Acknowledgements,
    intents: HashMap<OperationKey, Intent>,
    goes_home: Arc<AtomicBool>,
    at_work: JoinSet<Outcome<Vec<Intent>>>,
}

/// What a clerk asked for, and what it was told.
#[derive(Debug, Clone)]
struct Intent {
    key: OperationKey,
    resident: usize,
    points: i64,
    answer: OperationAnswer,
}

impl Intent {
    fn is_done(&self) -> bool {
        matches!(self.answer, OperationAnswer::Done(_))
    }
}

impl Uses {
    /// Founds the town in the empty database, starts the clouds and registers the terminals.
    pub(crate) async fn set_up(run: &Path, books: Books) -> Outcome<Self> {
        let mut clouds = Clouds::settle(run, &books.setting())?;
        let example = run.join("clouds/town.toml");
        std::fs::write(&example, town::example())?;
        clouds.operate(&["demo", "seed", &example.display().to_string()])?;
        clouds.serve()?;
        let mut clerks = Vec::new();
        for (number, address) in (0..TERMINALS).zip(Clouds::addresses().cycle()) {
            let resident = clerks.len() % RESIDENTS.len();
            clerks.push(Clerk::set_up(FIRST_TERMINAL + number, address, resident).await?);
        }
        Ok(Self {
            clouds,
            books,
            clerks,
            acknowledgements: Acknowledgements::default(),
            intents: HashMap::new(),
            goes_home: Arc::default(),
            at_work: JoinSet::new(),
        })
    }

    /// What the books themselves hold of every key.
    async fn outcomes(&self) -> Outcome<HashMap<OperationKey, Vec<String>>> {
        let client = self.books.connect().await?;
        let all = "select key, outcome from operation where kind = 'use' or kind = 'abandon'";
        let mut outcomes: HashMap<OperationKey, Vec<String>> = HashMap::new();
        for row in client.query(all, &[]).await.map_err(|error| trouble(&error))? {
            let key = uuid::Uuid::from_slice(row.get(0)).map_err(|_| Trouble::new("a key is no UUID"))?;
            outcomes.entry(OperationKey(key)).or_default().push(row.get(1));
        }
        Ok(outcomes)
    }

    async fn compare(&self) -> Outcome<Verdict> {
        let posted = self.outcomes().await?;
        let times_done = |key| {
            let outcomes: &[String] = posted.get(key).map_or(&[], Vec::as_slice);
            outcomes.iter().filter(|outcome| *outcome == "done").count()
        };
        let told = self.intents.values();
        let lost = told.clone().filter(|intent| intent.is_done() && times_done(&intent.key) == 0).count();
        let denied = told.clone().filter(|intent| !intent.is_done() && times_done(&intent.key) > 0).count();
        let nobody_told = posted.keys().filter(|key| !self.intents.contains_key(key)).count();
        let doubled = told.filter(|intent| times_done(&intent.key) > 1).count();
        Ok(Verdict { acknowledged: 0, lost, doubled, told_wrong: denied + nobody_told })
    }

    /// The books prove themselves, and every balance is what the clerks' answers leave of it.
    fn books_are_right(&self) -> Outcome<()> {
        self.clouds.operate(&["check-books"])?;
        for (resident, (name, mykey_id)) in RESIDENTS.iter().enumerate() {
            let said = self.clouds.operate(&["balances", mykey_id, "--reason", "failover"])?;
            let balance =
                said.lines().find_map(|line| line.strip_prefix(town::CURRENCY)?.trim().parse().ok());
            let done = self.intents.values().filter(|intent| intent.resident == resident && intent.is_done());
            let left = POINTS - done.map(|intent| intent.points).sum::<i64>();
            if balance != Some(left) {
                return Err(Trouble::new(format!("{name} has {balance:?}; by what was told it is {left}")));
            }
        }
        Ok(())
    }
}

impl Load for Uses {
    fn acknowledgements(&self) -> &Acknowledgements {
        &self.acknowledgements
    }

    async fn begin(&mut self) -> Outcome<()> {
        self.goes_home = Arc::default();
        for clerk in &mut self.clerks {
            clerk.terminal.begins_the_day().await;
            let (clerk, goes_home) = (clerk.clone(), Arc::clone(&self.goes_home));
            self.at_work.spawn(clerk.works(goes_home, self.acknowledgements.clone()));
        }
        Ok(())
    }

    async fn end(&mut self) -> Outcome<Verdict> {
        self.goes_home.store(true, Ordering::SeqCst);
        let mut told = Vec::new();
        while let Some(clerk) = self.at_work.join_next().await {
            told.extend(clerk.map_err(|error| Trouble::new(error.to_string()))??);
        }
        let acknowledged = told.iter().filter(|intent| intent.is_done()).count();
        self.intents.extend(told.into_iter().map(|intent| (intent.key, intent)));
        self.books_are_right()?;
        Ok(Verdict { acknowledged, ..self.compare().await? })
    }
}

/// A clerk at a terminal, with one resident in front of it.
#[derive(Clone)]
struct Clerk {
    terminal: Terminal,
    resident: usize,
    card: LookUpPointsRequest,
}

impl Clerk {
    async fn set_up(id: u32, cloud: std::net::SocketAddr, resident: usize) -> Outcome<Self> {
        let id = TerminalId::from_number(id).map_err(|error| Trouble::new(error.to_string()))?;
        let http = reqwest::Client::builder().timeout(REPLY_WITHIN).build();
        let http = http.map_err(|error| Trouble::new(error.to_string()))?;
        let terminal = Terminal::new(&Line { address: cloud, http }, id);
        let registered = terminal.registers().await;
        if !registered.status.is_success() {
            return Err(Trouble::new(format!("a terminal was not registered: {}", registered.body)));
        }
        let file = std::fs::read(town::card_file(RESIDENTS[resident].0))?;
        let card = certificate::parse(&file).map_err(|error| Trouble::new(error.to_string()))?.name;
        let card = LookUpPointsRequest { issuer: hex::encode(&card.issuer_der), serial: card.serial };
        Ok(Self { terminal, resident, card })
    }

    /// Uses points, one use after the other, until it is time to go home.
    async fn works(self, goes_home: Arc<AtomicBool>, answers: Acknowledgements) -> Outcome<Vec<Intent>> {
        let mut told = Vec::new();
        let mut visit: Option<LookUpPointsAnswer> = None;
        while !goes_home.load(Ordering::SeqCst) {
            let Some(open) = &visit else {
                visit = self.asks("look_up_points", &self.card).await;
                if visit.is_none() {
                    tokio::time::sleep(PAUSE).await;
                }
                continue;
            };
            let (key, points) = (a_key(), 1 + i64::try_from(told.len() % 9).unwrap_or_default());
            let request = self.terminal.uses(points).under(key).request(&open.visit);
            let answered = self.asks("use_points", &request).await;
            if answered.is_none() || told.len() % USES_OF_A_VISIT == USES_OF_A_VISIT - 1 {
                visit = None;
            }
            let answer = if let Some(answer) = answered { answer } else { self.finds_out(key).await? };
            answers.note();
            if !matches!(answer, OperationAnswer::Done(_) | OperationAnswer::Refused(Refusal::Abandoned)) {
                return Err(Trouble::new(format!("a use was refused: {answer:?}")));
            }
            told.push(Intent { key, resident: self.resident, points, answer });
            tokio::time::sleep(BREATH).await;
        }
        self.asks_again(&told).await?;
        Ok(told)
    }

    /// Whoever asks again is told the same.
    async fn asks_again(&self, told: &[Intent]) -> Outcome<()> {
        for intent in told {
            let now = self.finds_out(intent.key).await?;
            if now != intent.answer {
                return Err(Trouble::new(format!("{intent:?} is now answered {now:?}")));
            }
        }
        Ok(())
    }

    async fn finds_out(&self, key: OperationKey) -> Outcome<OperationAnswer> {
        let deadline = tokio::time::Instant::now() + UNTIL_KNOWN;
        while tokio::time::Instant::now() < deadline {
            match self.asks("resolve_operation", &ResolveOperationRequest { key }).await {
                Some(answer) => return Ok(answer),
                None => tokio::time::sleep(PAUSE).await,
            }
        }
        Err(Trouble::new(format!("nobody could say what became of {key:?}")))
    }

    /// The final answer, if there is one: everything but 200 leaves the question open.
    async fn asks<T: DeserializeOwned>(&self, route: &str, request: &impl Serialize) -> Option<T> {
        let reply = self.terminal.try_post(route, request).await.ok()?;
        (reply.status == StatusCode::OK).then(|| reply.ok())
    }
}
