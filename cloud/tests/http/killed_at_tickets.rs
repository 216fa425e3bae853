//! The cloud killed -9 inside batches of tickets, twenty times: chambers issue, and two at once clear each
//! ticket. No acknowledged issue or clearing is lost, none doubled, books right.

use crate::actors::{Resident, Terminal, Town, a_key, kawasaki, kawasaki_points};
use crate::killed::{Answered, all_begin_the_day};
use crate::place::address_of;
use crate::process::{Process, prints, settle};
use madoguchi_cloud::database::{self, Connection, Database, params};
use madoguchi_cloud::ledger::read;
use madoguchi_cloud::operator::municipality;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalKind;
use madoguchi_wire::terminal_api::{LookUpPointsAnswer, OperationAnswer, Refusal};
use reqwest::StatusCode;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

const KILLS: usize = 20;
/// In pairs: the tickets that one issues, both clear.
const CHAMBERS: u32 = 16;
/// Fewer than chambers, so that several draw on one balance.
const RESIDENTS: usize = 3;
const POINTS: i64 = 1_000_000_000;
/// So many are answered before the next kill, however slow the computer is.
const ANSWERS_PER_ROUND: usize = 12;

/// What a chamber asked for, and what it was told. It is never asked for anew, only again under its key.
#[derive(Debug, Clone)]
struct Asked {
    chamber: usize,
    route: &'static str,
    key: OperationKey,
    request: Value,
    /// Of an issue: whose points, and how many.
    from: Option<(usize, i64)>,
    /// Of a clearing: the code on the ticket.
    code: Option<String>,
    answer: Option<OperationAnswer>,
}

impl Asked {
    fn is_done(&self) -> bool {
        matches!(self.answer, Some(OperationAnswer::Done(_)))
    }

    /// Asks; the answer stays open where the cloud is gone.
    async fn by(mut self, chamber: &Terminal, answered: &Answered) -> Self {
        let reply = chamber.try_post(self.route, &self.request).await.ok();
        self.answer = reply.filter(|reply| reply.status == StatusCode::OK).map(|reply| reply.ok());
        answered.count(usize::from(self.answer.is_some()));
        self
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_twenty_times_at_tickets_it_loses_nothing_and_doubles_nothing() {
    let (folder, mut chambers, residents, site) = chambers_in(Town::open().await).await;
    settle(folder.path());
    let mut asked: Vec<Asked> = Vec::new();
    for round in 0..KILLS {
        let cloud = Process::serves(folder.path());
        all_begin_the_day(&mut chambers, &cloud).await;
        ask_again_for_what_has_no_answer(&chambers, &mut asked).await;
        let answered = Answered::default();
        let working: Vec<_> = (0..chambers.len())
            .map(|index| {
                let pair = [index, index ^ 1].map(|index| (index, chambers[index].clone()));
                let (whose, resident) = (index % RESIDENTS, residents[index % RESIDENTS].clone());
                tokio::spawn(issue_and_clear_until_cut_off(pair, (whose, resident), site, answered.clone()))
            })
            .collect();
        answered.are(ANSWERS_PER_ROUND).await;
        // Another moment each time, so that every phase of a batch gets its turn.
        tokio::time::sleep(Duration::from_millis(round as u64 * 37 % 100)).await;
        cloud.dies();
        for work in working {
            asked.extend(work.await.unwrap());
        }
    }

    let cloud = Process::serves(folder.path());
    all_begin_the_day(&mut chambers, &cloud).await;
    ask_again_for_what_has_no_answer(&chambers, &mut asked).await;
    for one in &asked {
        let again = one.clone().by(&chambers[one.chamber], &Answered::default()).await;
        assert_eq!(again.answer, one.answer, "the answer of {one:?} changed");
    }
    drop(cloud);
    assert_each_ticket_is_cleared_once(&asked);
    assert_the_books_say_the_same(folder.path(), &residents, &asked).await;
    let report = prints(folder.path(), &["check-books"]);
    assert!(report.contains("book 141305"), "{report}");
}

async fn chambers_in(town: Town) -> (tempfile::TempDir, Vec<Terminal>, Vec<Resident>, SiteId) {
    town.write(|write| municipality::set_limits(write, kawasaki(), POINTS, POINTS)).await;
    let mut residents = Vec::new();
    for _ in 0..RESIDENTS {
        residents.push(town.resident_with(POINTS).await);
    }
    let site = town.takes_tickets("やまだ八百屋").await;
    let mut chambers = Vec::new();
    for number in 0..CHAMBERS {
        let name = format!("商工会 {}", number % 4);
        let id = 14_131_000 + number;
        let chamber = town.terminal(id, kawasaki(), &name, TerminalKind::TicketIssuer).await;
        assert!(chamber.registers().await.status.is_success());
        chambers.push(chamber);
    }
    (town.closes().await, chambers, residents, site)
}

/// Issues a ticket and has both chambers of a pair clear it at once, again and again until the cloud is gone.
async fn issue_and_clear_until_cut_off(
    pair: [(usize, Terminal); 2],
    (whose, resident): (usize, Resident),
    site: SiteId,
    answered: Answered,
) -> Vec<Asked> {
    let [(index, desk), (other_index, other)] = &pair;
    let mut asked = Vec::new();
    // The cloud may be gone before the first issue.
    let Ok(looked_up) = desk.try_post("look_up_points", &resident.card()).await else { return asked };
    if looked_up.status == StatusCode::SERVICE_UNAVAILABLE {
        return asked;
    }
    let visit = looked_up.ok::<LookUpPointsAnswer>().visit;
    for points in 1.. {
        let issued = issue(*index, desk, (whose, points), &visit).by(desk, &answered).await;
        let code = code_of(&issued);
        asked.push(issued);
        let Some(code) = code else { break };
        let (one, two) = tokio::join!(
            clearing(*index, desk, &code, site).by(desk, &answered),
            clearing(*other_index, other, &code, site).by(other, &answered),
        );
        let is_cut_off = one.answer.is_none() || two.answer.is_none();
        asked.extend([one, two]);
        if is_cut_off {
            break;
        }
    }
    asked
}

fn issue(chamber: usize, desk: &Terminal, (whose, points): (usize, i64), visit: &str) -> Asked {
    let key = a_key();
    let request = desk.issues(points).under(key).request(visit);
    let from = Some((whose, points));
    Asked { chamber, route: "issue_ticket", key, request, from, code: None, answer: None }
}

fn clearing(chamber: usize, desk: &Terminal, code: &str, site: SiteId) -> Asked {
    let key = a_key();
    let request = desk.clears(code).for_site(site).under(key).request();
    let code = Some(code.to_owned());
    Asked { chamber, route: "clear_ticket", key, request, from: None, code, answer: None }
}

fn code_of(issued: &Asked) -> Option<String> {
    match &issued.answer {
        Some(OperationAnswer::Done(done)) => done.ticket.as_ref().map(|ticket| ticket.code.clone()),
        Some(OperationAnswer::Refused(_)) | None => None,
    }
}

/// A clearing is sent again under its key; of an issue is found out what became of it, as terminals do.
async fn ask_again_for_what_has_no_answer(chambers: &[Terminal], asked: &mut [Asked]) {
    for one in asked.iter_mut().filter(|one| one.answer.is_none()) {
        let chamber = &chambers[one.chamber];
        let reply = match one.route {
            "issue_ticket" => chamber.resolves(one.key).await,
            route => chamber.post(route, &one.request).await,
        };
        one.answer = Some(reply.ok());
    }
}

/// By what the chambers were told.
fn assert_each_ticket_is_cleared_once(asked: &[Asked]) {
    let mut clearings: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    for one in asked {
        if let Some(code) = &one.code {
            clearings.entry(code).or_default().push(one);
        } else if !one.is_done() {
            assert_eq!(one.answer, Some(OperationAnswer::Refused(Refusal::Abandoned)), "{one:?}");
        }
    }
    for (code, clearings) in clearings {
        let cleared = clearings.iter().filter(|one| one.is_done()).count();
        assert_eq!((cleared, clearings.len()), (1, 2), "{code}: {clearings:?}");
        let refused = clearings.iter().find(|one| !one.is_done()).and_then(|one| one.answer.as_ref());
        let too_late = matches!(refused, Some(OperationAnswer::Refused(Refusal::TicketCleared(_))));
        assert!(too_late, "{code}: {refused:?}");
    }
}

async fn assert_the_books_say_the_same(folder: &Path, residents: &[Resident], asked: &[Asked]) {
    let done = |route: &'static str| asked.iter().filter(move |one| one.route == route && one.is_done());
    let (issued, cleared) = (done("issue_ticket").count(), done("clear_ticket").count());
    assert!(cleared >= KILLS, "only {cleared} clearings: this was no load");
    let database = Database::open(address_of(folder)).unwrap();
    let count = async |sql: &'static str| {
        let read = move |read: &Connection| read.query_row(sql, params![], |row| row.get::<i64>(0));
        let counted: i64 = database.read::<_, database::Error>(read).await.unwrap();
        usize::try_from(counted).unwrap()
    };
    assert_eq!(count("select count(*) from ticket").await, issued);
    assert_eq!(count("select count(*) from ticket where state = 'cleared'").await, cleared);
    let clearings = "select count(*) from operation where kind = 'clear' and outcome = 'done'";
    assert_eq!(count(clearings).await, cleared);
    for (index, resident) in residents.iter().enumerate() {
        let held = done("issue_ticket").filter_map(|one| one.from).filter(|(whose, _)| *whose == index);
        let taken: i64 = held.map(|(_, points)| points).sum();
        let person = resident.person;
        let balance = move |read: &Connection| {
            read::balance(read, person, kawasaki_points(), "2026-11-20".parse().unwrap())
        };
        assert_eq!(database.read(balance).await.unwrap().usable, POINTS - taken);
    }
}
