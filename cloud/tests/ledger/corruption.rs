//! A copy of the books, damaged in one row of one table: the checker names the invariant.

use crate::engine::Engine;
use crate::town::{
    DAY, LAST_DAY, NOON, TODAY, Town, city, clear, done, face, issue, merge, person, prefecture, reissue,
    terminal,
};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::ledger::check::{ON_PAPER, check_books};
use madoguchi_cloud::ledger::lapse_job::{lapse_due_lots, lapse_due_tickets};
use madoguchi_cloud::ledger::{day_close_paper, read};
use madoguchi_cloud::operator::terminal::NewTerminal;
use madoguchi_cloud::operator::{OperatorError, municipality, site, terminal as terminals};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::ledger::{Asked, CloseDay, IssueTicket, UnclearTicket, VoidTicket};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalKind;
use rusqlite::Connection;
use serde_json::json;

/// Books with every kind of operation, over two books.
async fn a_busy_town() -> Town {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 300, Some(TODAY)).await;
    town.grants(person(1), city(), 700, None).await;
    town.grants(person(1), prefecture(), 500, None).await;
    let used = town.uses(person(1), 400).await;
    done(town.post(town.void_request(1, &used)).await);
    let both = town.use_request(1, person(1), &[(city(), 250), (prefecture(), 150)]);
    done(town.post(both).await);
    town.post(town.use_request(1, person(1), &[(city(), 9_999)])).await.unwrap();
    let dead = town.new_key();
    let actor = madoguchi_domain::ledger::Actor::Job(madoguchi_domain::ledger::Job::Command);
    town.ledger.resolve(actor, city().book, dead).await.unwrap();
    town.set_clock(NOON + DAY);
    lapse_due_lots(&town.ledger, jiff::civil::date(2026, 11, 21)).await.unwrap();
    town.uses(person(1), 10).await;
    with_tickets(&town).await;
    town
}

/// A ticket in each state, one that was cleared and taken back before it lapsed, a day close, a merge and its refund.
async fn with_tickets(town: &Town) {
    let mut issued = Vec::new();
    for points in [100, 101, 102] {
        issued.push(town.issues(person(1), points).await.number);
    }
    let cleared = done(town.post(town.terminal_request(2, clear(issued[0]))).await).number;
    let back = Asked::UnclearTicket(UnclearTicket { target_seq: cleared.seq });
    done(town.post(town.terminal_request(2, back)).await);
    let printed_anew = face(&done(town.post(town.terminal_request(1, reissue(issued[1]))).await));
    done(town.post(town.terminal_request(2, clear(printed_anew.number))).await);
    let void = Asked::VoidTicket(VoidTicket { ticket: issued[2] });
    done(town.post(town.terminal_request(1, void)).await);
    done(town.post(town.terminal_request(1, Asked::CloseDay(CloseDay { site: SiteId(7) }))).await);
    keeps_what_the_close_says(town).await;
    town.set_clock(NOON + 31 * DAY);
    lapse_due_tickets(&town.ledger, LAST_DAY.tomorrow().unwrap()).await.unwrap();
    let merged = done(town.post(town.terminal_request(1, merge(person(1), 60))).await);
    done(town.post(town.refund_request(&town.merge_of(&merged).await, 57)).await);
    let Asked::IssueTicket(issue) = issue(person(1), city(), 50) else { unreachable!() };
    let still_open = IssueTicket { last_day: LAST_DAY.tomorrow().unwrap(), ..issue };
    done(town.post(town.terminal_request(1, Asked::IssueTicket(still_open))).await);
}

/// The paper of terminal 1's first close, as terminals are told it.
async fn keeps_what_the_close_says(town: &Town) {
    let keep = |write: &madoguchi_cloud::database::Connection| -> Result<(), OperatorError> {
        town_of_the_terminal(write)?;
        let close = read::day_closes(write, city().book, terminal(1), 1, 1)?.remove(0);
        let day = read::day(write, city().book, terminal(1), (0, close.seq))?;
        let head = read::head_at(write, city().book, close.seq)?.map(|head| hex::encode(head.0));
        let lines: Vec<_> = day
            .sums
            .iter()
            .filter_map(|sum| {
                let (_, kind) = ON_PAPER.iter().find(|(known, _)| *known == sum.kind)?;
                Some(json!({ "kind": kind, "currency": "", "count": sum.count, "points": sum.points }))
            })
            .collect();
        let paper = json!({
            "number": 1, "date": close.date, "at_ms": close.at_ms, "since_ms": null, "lines": lines, "head": head,
        });
        Ok(day_close_paper::keep(write, city().book, terminal(1), 1, &paper.to_string())?)
    };
    town.ledger.database().write(keep).await.unwrap();
}

fn town_of_the_terminal(write: &madoguchi_cloud::database::Connection) -> Result<(), OperatorError> {
    let kawasaki = IssuerCode::parse("141305").unwrap();
    municipality::add(write, kawasaki, "川崎市")?;
    let site = site::add(write, kawasaki, "みなみ商工会")?;
    let (id, kind) = (Some(terminal(1)), TerminalKind::TicketIssuer);
    let new = NewTerminal { id, municipality: kawasaki, site, kind, of_a_street: false };
    terminals::add(write, &new, &TerminalPassword::chosen("shoko2345").unwrap()).map(drop)
}

/// What is found after this damage: the names of the violated invariants, sorted.
fn found_after(file: &std::path::Path, damage: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.sqlite");
    Connection::open(file).unwrap().execute("vacuum into $1", [copy.to_str().unwrap()]).unwrap();
    let connection = Connection::open(&copy).unwrap();
    // Somebody who damages books does not ask triggers, indexes and checks for leave.
    let guards: Vec<String> = connection
        .prepare(
            "select 'drop ' || type || ' ' || name from sqlite_schema
             where type = 'trigger' or type = 'index' and sql is not null",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for drop in guards {
        connection.execute_batch(&drop).unwrap();
    }
    connection.execute_batch("pragma ignore_check_constraints = on").unwrap();
    let rows = connection.execute(damage, []).unwrap();
    assert_eq!(rows, 1, "{damage}");
    let report = check_books(&connection.into()).unwrap();
    let mut found: Vec<String> = report.violations.iter().map(|one| one.invariant.to_string()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[tokio::test]
async fn the_checker_says_what_it_checked() {
    let town = a_busy_town().await;
    let report = town.check().await;
    assert!(report.is_clean(), "{:?}", report.violations);
    let lines: Vec<String> = report.books.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "book 140007: 2 operations, 4 entries, 4 accounts, 1 lots, 0 tickets, 2 blocks",
            "book 141305: 23 operations, 38 entries, 7 accounts, 2 lots, 5 tickets, 23 blocks",
        ]
    );
}

/// Damage to what is owed to the shop where points were used.
fn at_site_7(damage: &str) -> String {
    let site = "select id from account where book = '141305' and kind = 'site' and owner = x'37'";
    format!("{damage} where book = '141305' and account = ({site})")
}

/// One value of a wallet's accounts changed.
fn wallet(book: &str, path: &str, value: &str) -> String {
    let value = value.replace("balance", "json_extract(accounts, '$[0].balance')");
    format!("update wallet set accounts = json_set(accounts, '{path}', {value}) where book = '{book}'")
}

#[tokio::test]
async fn damage_in_any_table_is_found_and_named() {
    let town = a_busy_town().await;
    let file = town.file();
    let table = [
        ("update entry set amount = amount + 1 where book = '141305' and seq = 4 and line = 1", "I1"),
        (
            "update entry set balance_after = balance_after + 1 where book = '141305' and seq = 4 and line = 1",
            "I2",
        ),
        ("update entry set previous_line = 9 where book = '141305' and seq = 4 and line = 1", "I2"),
        ("delete from entry where book = '141305' and seq = 4 and line = 1", "I2"),
        (&at_site_7("update balance set balance = balance + 1"), "I2"),
        (&at_site_7("delete from balance"), "I2"),
        (&at_site_7("update balance set account = 99"), "I2"),
        ("update account set name = zeroblob(16) where kind = 'issued' and book = '141305'", "I9"),
        ("delete from account where kind = 'lapsed' and book = '141305'", "I2"),
        (&wallet("141305", "$[0].balance", "balance + 1"), "I2"),
        (&wallet("141305", "$[0].name", "'00000000000000000000000000000000'"), "I2"),
        (&wallet("141305", "$[0].lots[0].remaining", "1"), "I3"),
        (&wallet("141305", "$[0].lots[0].last_day", "'2099-03-31'"), "I3"),
        (&wallet("141305", "$[0].lots[0].id", "99"), "I3"),
        (&wallet("140007", "$[0].lots[0].remaining", "501"), "I3"),
        ("delete from wallet where book = '140007'", "I2"),
        ("update lot set amount = amount + 1 where book = '140007'", "I3"),
        ("update lot set account = 1 where book = '140007'", "I3"),
        ("delete from lot where book = '141305' and id = 1", "I3"),
        ("update entry set lot = 1 where book = '141305' and seq = 2 and line = 2", "I3"),
        ("update operation set at_ms = at_ms + 1 where book = '140007' and seq = 2", "I6"),
        ("update operation set act_seq = 1 where book = '140007' and seq = 2", "I6"),
        ("update operation set outcome = 'refused' where book = '141305' and seq = 4", "I7"),
        ("update operation set answer = '\"abandoned\"' where book = '141305' and seq = 4", "I7"),
        (
            "update operation set key = (select key from operation where book = '141305' and seq = 1) where book = '141305' and seq = 2",
            "I7",
        ),
        ("update operation set reverses = 1 where book = '141305' and kind = 'void'", "I8"),
        ("update operation set reverses = 2 where kind = 'unclear'", "I8"),
        ("update operation set reverses = 2 where kind = 'ticket_void'", "I8"),
        ("update operation set site = 8 where book = '141305' and seq = 4", "I9"),
        ("delete from operation where book = '141305' and seq = 6", "I9"),
        ("update block set root = zeroblob(32) where book = '141305' and height = 2", "I9"),
        ("delete from block where book = '141305' and height = 10", "I9"),
        ("update head set hash = zeroblob(32) where book = '141305'", "I9"),
        ("delete from head where book = '140007'", "I9"),
        ("update wallet set used = used + 1 where book = '141305'", "I10"),
        ("update balance set balance = balance + 1 where kind = 'held'", "I2"),
        ("update ticket set points = points + 1 where state = 'open'", "I4"),
        (
            "update ticket set state = 'open', closed_book = null, closed_on = null, closed_seq = null,
                 closed_at_ms = null, closed_by = null, closed_site = null where state = 'cleared'",
            "I4",
        ),
        ("update ticket set closed_site = 8 where state = 'cleared'", "I4"),
        ("update ticket set state = 'voided' where state = 'reissued'", "I4"),
        ("update ticket set person = zeroblob(16) where state = 'voided'", "I4"),
        ("update ticket set person = zeroblob(16) where state = 'reissued'", "I4"),
        ("update ticket set issued_by = 'terminal:00000009' where state = 'open'", "I4"),
        ("update ticket set last_day = '2099-12-31' where state = 'open'", "I4"),
        ("update ticket set book = '140007' where state = 'cleared'", "I4"),
        ("delete from ticket where state = 'reissued'", "I4"),
        ("delete from ticket_number where number = (select number from ticket where state = 'open')", "I4"),
        (
            "update ticket_number set book = '140007' where number = (select min(number) from ticket_number)",
            "I4",
        ),
        ("update operation set answer = json_remove(answer, '$.done.reverses') where kind = 'unclear'", "I4"),
        ("delete from merge", "I12"),
        ("update merge set points = points + 1", "I12"),
        ("update merge set number = '20261120143200000001'", "I12"),
        ("update merge set street = 300102", "I12"),
        ("update operation set answer = json_remove(answer, '$.done.merge') where kind = 'merge'", "I12"),
        ("update operation set reverses = 2 where kind = 'merge_refund'", "I8"),
        ("update operation set kind = 'void' where kind = 'merge_refund'", "I8"),
        (
            "update operation set answer = json_remove(answer, '$.done.merge') where kind = 'merge_refund'",
            "I12",
        ),
        (
            "update operation set answer = json_remove(answer, '$.done.taken_back') where kind = 'merge_refund'",
            "I12",
        ),
        ("delete from day_close", "I11"),
        ("update day_close_paper set paper = json_set(paper, '$.lines[0].points', 1)", "I11"),
        ("update day_close_paper set paper = json_remove(paper, '$.lines[0]')", "I11"),
        ("update day_close_paper set paper = json_set(paper, '$.head', '00')", "I11"),
        ("update day_close_paper set paper = json_set(paper, '$.tickets', json('[]'))", "I11"),
        ("update day_close_paper set number = 2", "I11"),
        ("update day_close set number = 2", "I11"),
        ("update operation set answer = json_set(answer, '$.done.close', 2) where kind = 'day_close'", "I11"),
        ("update wallet set business_date = null, used = null where book = '141305'", "I10"),
    ];
    for (damage, invariant) in table {
        let found = found_after(&file, damage);
        assert!(found.iter().any(|one| one == invariant), "{damage}: {found:?}");
    }
}
