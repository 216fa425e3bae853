//! A database that is slow by a second per statement: clerks are answered late or told that nobody knows yet,
//! those who gave up waiting find out, and `/health` says so.

use crate::actors::{Line, Terminal, Town, a_key};
use crate::killed::{
    Intent, RESIDENTS, all_begin_the_day, assert_the_books_hold_each_use_once,
    find_out_what_became_of_unanswered, many_terminals_in,
};
use crate::process::{Process, prints, settle};
use crate::slow_line::SlowLine;
use futures_util::future::join_all;
use madoguchi_postgres::Server;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::LookUpPointsAnswer;
use serde_json::Value;
use std::time::Duration;

/// A terminal that gives up so soon has no answer of a slow database, and asks what became of its use.
const IMPATIENT: Duration = Duration::from_secs(2);
/// Longer than a batch of a slow database lasts, with another before it.
const PATIENT: Duration = Duration::from_mins(2);
/// Of uses, before the database becomes slow.
const WAVES: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_by_a_second_per_statement_it_answers_late_or_says_so_and_loses_and_doubles_nothing() {
    let line = SlowLine::to(Server::shared());
    let town = Town::on(&line.leads_to(&Server::shared().new_database())).await;
    let (folder, mut terminals, residents) = many_terminals_in(town).await;
    settle(folder.path());
    let cloud = Process::serves(folder.path());
    all_begin_the_day(&mut terminals, &cloud).await;
    for terminal in &mut terminals {
        terminal.line.http = waiting_for(PATIENT);
    }
    let mut visits = Vec::new();
    for (index, terminal) in terminals.iter().enumerate() {
        visits.push(terminal.visit(&residents[index % RESIDENTS]).await);
    }
    let mut intents = all_statements_are_prepared(&terminals, &visits).await;
    let before = intents.len();
    assert_eq!(health(&cloud.line).await, (200, "ok".to_owned()));

    line.becomes_slow();
    assert_eq!(health(&cloud.line).await, (200, "slow".to_owned()));
    let (slow, given_up) =
        tokio::join!(all_use_points(&terminals, &visits), all_lose_patience(&terminals, &visits));
    intents.extend(slow);
    let answered = intents.iter().filter(|intent| intent.answer.is_some()).count();
    assert!(answered > before, "nobody was answered while it was slow");
    // Whoever gave up finds out while it still is.
    let mut given_up = given_up;
    join_all(given_up.chunks_mut(1).map(|one| find_out_what_became_of_unanswered(&terminals, one))).await;
    intents.extend(given_up);

    line.recovers();
    find_out_what_became_of_unanswered(&terminals, &mut intents).await;
    intents.extend(all_use_points(&terminals, &visits).await);
    assert_eq!(health(&cloud.line).await, (200, "ok".to_owned()));
    let (status, _) = cloud.told_to_end().await;
    assert!(status.success(), "{status}");
    assert_the_books_hold_each_use_once(folder.path(), &residents, &intents, answered).await;
    let report = prints(folder.path(), &["check-books"]);
    assert!(report.contains("book 141305"), "{report}");
}

/// Uses and resolves until each of the cloud's sessions, of which any may take the next batch, has said all there is
/// to say: preparing is a statement as well, and there are many.
async fn all_statements_are_prepared(terminals: &[Terminal], visits: &[LookUpPointsAnswer]) -> Vec<Intent> {
    let mut intents = Vec::new();
    for _ in 0..WAVES {
        intents.extend(all_use_points(terminals, visits).await);
        join_all(terminals.iter().map(|terminal| terminal.resolves(a_key()))).await;
    }
    intents
}

/// Everybody uses a point at once. Each is answered, or turned away in so many words.
async fn all_use_points(terminals: &[Terminal], visits: &[LookUpPointsAnswer]) -> Vec<Intent> {
    let using = terminals.iter().zip(visits).enumerate().map(|(index, (terminal, visit))| async move {
        let (intent, cut_off) = Intent::asked((index, terminal), (index % RESIDENTS, visit), 1).await;
        if let Some(reply) = cut_off {
            let (status, code) = reply.expect("an answer in time").code();
            assert_eq!(status, 503);
            assert!(matches!(code, ErrorCode::CloudBusy | ErrorCode::OperationUnresolved), "{code:?}");
        }
        intent
    });
    join_all(using).await
}

/// Every other one hangs up before an answer can be there.
async fn all_lose_patience(terminals: &[Terminal], visits: &[LookUpPointsAnswer]) -> Vec<Intent> {
    let http = waiting_for(IMPATIENT);
    let using = terminals.iter().zip(visits).enumerate().step_by(2).map(|(index, (terminal, visit))| {
        let line = Line { http: http.clone(), ..terminal.line.clone() };
        let impatient = Terminal { line, ..terminal.clone() };
        async move { Intent::asked((index, &impatient), (index % RESIDENTS, visit), 2).await.0 }
    });
    join_all(using).await
}

fn waiting_for(limit: Duration) -> reqwest::Client {
    reqwest::Client::builder().timeout(limit).build().unwrap()
}

/// What a monitor sees.
async fn health(line: &Line) -> (u16, String) {
    let answer = line.http.get(format!("http://{}/health", line.address)).send().await.unwrap();
    let status = answer.status().as_u16();
    let health: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    (status, health["database"].as_str().unwrap().to_owned())
}
