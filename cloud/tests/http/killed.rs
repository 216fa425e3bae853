//! The cloud killed -9 under load, twenty times: no acknowledged use lost, none doubled, books right.

use crate::actors::{Reply, Resident, Terminal, Town, a_key, kawasaki, kawasaki_points};
use crate::place::address_of;
use crate::process::{Process, prints, settle};
use madoguchi_cloud::database::{Connection, Database, params};
use madoguchi_cloud::ledger::read;
use madoguchi_cloud::operator::municipality;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::terminal::TerminalKind;
use madoguchi_wire::terminal_api::{LookUpPointsAnswer, OperationAnswer, Refusal};
use reqwest::StatusCode;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const KILLS: usize = 20;
const TERMINALS: u32 = 16;
/// Fewer than terminals, so that several draw on one balance.
pub(crate) const RESIDENTS: usize = 5;
const POINTS: i64 = 1_000_000_000;

/// So many are answered before the next kill, however slow the computer is.
const USES_PER_ROUND: usize = 12;

/// How many requests of a round were answered.
#[derive(Clone, Default)]
pub(crate) struct Answered(Arc<watch::Sender<usize>>);

impl Answered {
    pub(crate) fn count(&self, more: usize) {
        self.0.send_modify(|answered| *answered += more);
    }

    pub(crate) async fn are(&self, so_many: usize) {
        let mut answered = self.0.subscribe();
        let enough = answered.wait_for(|answered| *answered >= so_many);
        tokio::time::timeout(Duration::from_mins(1), enough).await.expect("requests are answered").unwrap();
    }
}

/// What a terminal asked for, and what it was told.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    terminal: usize,
    resident: usize,
    key: OperationKey,
    points: i64,
    pub(crate) answer: Option<OperationAnswer>,
}

/// What came instead of an answer.
pub(crate) type CutOff = reqwest::Result<Reply>;

impl Intent {
    /// Uses points in a resident's visit. Where no answer comes it stays open, and what came instead is said.
    pub(crate) async fn asked(
        (terminal, at): (usize, &Terminal),
        (resident, visit): (usize, &LookUpPointsAnswer),
        points: i64,
    ) -> (Self, Option<CutOff>) {
        let key = a_key();
        let request = at.uses(points).under(key).request(&visit.visit);
        let reply = at.try_post("use_points", &request).await;
        let open = Self { terminal, resident, key, points, answer: None };
        match reply {
            Ok(reply) if reply.status == StatusCode::OK => (Self { answer: Some(reply.ok()), ..open }, None),
            cut_off => (open, Some(cut_off)),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_twenty_times_under_load_it_loses_nothing_and_doubles_nothing() {
    let (folder, mut terminals, residents) = many_terminals_in(Town::open().await).await;
    settle(folder.path());
    let mut intents: Vec<Intent> = Vec::new();
    for round in 0..KILLS {
        let cloud = Process::serves(folder.path());
        all_begin_the_day(&mut terminals, &cloud).await;
        find_out_what_became_of_unanswered(&terminals, &mut intents).await;
        let uses = Answered::default();
        let working: Vec<_> = terminals
            .iter()
            .enumerate()
            .map(|(index, terminal)| {
                let resident = index % RESIDENTS;
                let (terminal, uses) = (terminal.clone(), uses.clone());
                let by = residents[resident].clone();
                tokio::spawn(uses_until_cut_off(terminal, by, index, resident, uses))
            })
            .collect();
        uses.are(USES_PER_ROUND).await;
        // Another moment each time, so that every phase of a batch gets its turn.
        tokio::time::sleep(Duration::from_millis(round as u64 * 37 % 100)).await;
        cloud.dies();
        for work in working {
            intents.extend(work.await.unwrap().0);
        }
    }

    let cloud = Process::serves(folder.path());
    all_begin_the_day(&mut terminals, &cloud).await;
    find_out_what_became_of_unanswered(&terminals, &mut intents).await;
    for intent in &intents {
        let now: OperationAnswer = terminals[intent.terminal].resolves(intent.key).await.ok();
        assert_eq!(Some(&now), intent.answer.as_ref(), "the answer of {intent:?} changed");
    }
    drop(cloud);
    assert_the_books_hold_each_use_once(folder.path(), &residents, &intents, KILLS * USES_PER_ROUND).await;
    let report = prints(folder.path(), &["check-books"]);
    assert!(report.contains("book 141305"), "{report}");
}

pub(crate) async fn many_terminals_in(town: Town) -> (tempfile::TempDir, Vec<Terminal>, Vec<Resident>) {
    town.write(|write| municipality::set_limits(write, kawasaki(), POINTS, POINTS)).await;
    let mut residents = Vec::new();
    for _ in 0..RESIDENTS {
        residents.push(town.resident_with(POINTS).await);
    }
    let mut terminals = Vec::new();
    for number in 0..TERMINALS {
        let site = format!("店 {}", number % 4);
        let id = 14_131_000 + number;
        let terminal = town.terminal(id, kawasaki(), &site, TerminalKind::PointUseCounter).await;
        assert!(terminal.registers().await.status.is_success());
        terminals.push(terminal);
    }
    (town.closes().await, terminals, residents)
}

pub(crate) async fn all_begin_the_day(terminals: &mut [Terminal], cloud: &Process) {
    for terminal in terminals {
        terminal.line = cloud.line.clone();
        terminal.begins_the_day().await;
    }
}

/// Uses points, one after the other, until the cloud is gone. The last one is then unanswered.
pub(crate) async fn uses_until_cut_off(
    terminal: Terminal,
    resident: Resident,
    terminal_index: usize,
    resident_index: usize,
    uses: Answered,
) -> (Vec<Intent>, CutOff) {
    let mut intents = Vec::new();
    // The cloud, or its database server, may be gone before the first use.
    let looked_up = match terminal.try_post("look_up_points", &resident.card()).await {
        Ok(looked_up) if looked_up.status != StatusCode::SERVICE_UNAVAILABLE => looked_up,
        gone => return (intents, gone),
    };
    let visit = looked_up.ok::<LookUpPointsAnswer>();
    let mut points = 0;
    loop {
        points += 1;
        let (intent, cut_off) =
            Intent::asked((terminal_index, &terminal), (resident_index, &visit), points).await;
        intents.push(intent);
        match cut_off {
            None => uses.count(1),
            Some(cut_off) => return (intents, cut_off),
        }
    }
}

pub(crate) async fn find_out_what_became_of_unanswered(terminals: &[Terminal], intents: &mut [Intent]) {
    for intent in intents.iter_mut().filter(|intent| intent.answer.is_none()) {
        let told = async {
            loop {
                let reply = terminals[intent.terminal].resolves(intent.key).await;
                match reply.status {
                    StatusCode::OK => break reply.ok(),
                    StatusCode::SERVICE_UNAVAILABLE => tokio::time::sleep(Duration::from_millis(50)).await,
                    other => panic!("{other} for {intent:?}"),
                }
            }
        };
        intent.answer = Some(tokio::time::timeout(Duration::from_mins(1), told).await.expect("an answer"));
    }
}

pub(crate) async fn assert_the_books_hold_each_use_once(
    folder: &Path,
    residents: &[Resident],
    intents: &[Intent],
    at_least: usize,
) {
    let done = |intent: &&Intent| match &intent.answer {
        Some(OperationAnswer::Done(_)) => true,
        Some(OperationAnswer::Refused(refusal)) => {
            assert_eq!(*refusal, Refusal::Abandoned, "{intent:?}");
            false
        }
        None => panic!("nobody knows what became of {intent:?}"),
    };
    let taken_place = intents.iter().filter(done).count();
    assert!(taken_place >= at_least, "only {taken_place} uses: this was no load");

    let database = Database::open(address_of(folder)).unwrap();
    let posted: i64 = database
        .read(|read| {
            let uses = "select count(*) from operation where kind = 'use' and outcome = 'done'";
            read.query_row(uses, params![], |row| row.get(0))
        })
        .await
        .unwrap();
    assert_eq!(posted, i64::try_from(taken_place).unwrap());
    for (index, resident) in residents.iter().enumerate() {
        let used: i64 = intents.iter().filter(done).filter(|i| i.resident == index).map(|i| i.points).sum();
        let person = resident.person;
        let balance = move |read: &Connection| {
            read::balance(read, person, kawasaki_points(), "2026-11-20".parse().unwrap())
        };
        assert_eq!(database.read(balance).await.unwrap().usable, POINTS - used);
    }
}
