//! Misses counted by two processes at once on one database: each counts, and the terminal is locked by the one that
//! brings it there (row E6).

use crate::engine::on_every_engine;
use crate::town::{TODAY, Town, terminal};
use madoguchi_cloud::database::{Database, NotRead, NotWritten};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::operator::terminal::NewTerminal;
use madoguchi_cloud::operator::{OperatorError, municipality, site, terminal as terminals};
use madoguchi_cloud::ticket::guessing::{self, Guessing, Miss, Noted, Standing, Way};
use madoguchi_cloud::ticket::number_hash::NumberHash;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::terminal::TerminalKind;

const TERMINALS: u32 = 20;

fn kawasaki() -> IssuerCode {
    IssuerCode::parse("141305").unwrap()
}

async fn has_terminals(town: &Town) {
    let add = |write: &madoguchi_cloud::database::Connection| -> Result<(), OperatorError> {
        municipality::add(write, kawasaki(), "川崎市")?;
        let site = site::add(write, kawasaki(), "みなみ商工会")?;
        for number in 1..=TERMINALS {
            let (id, kind) = (Some(terminal(number)), TerminalKind::TicketIssuer);
            let new = NewTerminal { id, municipality: kawasaki(), site, kind, of_a_street: false };
            terminals::add(write, &new, &TerminalPassword::chosen("shoko2345").unwrap())?;
        }
        Ok(())
    };
    town.ledger.database().write(add).await.unwrap();
}

/// Notes a paper with a wrong tag, an hour after the one before so that nobody has to wait.
async fn misses(at: Database, terminal_number: u32, place: u8, hour: i64) -> Noted {
    let miss = Miss {
        terminal: terminal(terminal_number),
        municipality: kawasaki(),
        number: NumberHash([place; 32]),
        way: Way::Scanned,
        at_ms: hour * 3_600_000,
        date: TODAY,
    };
    let noted: Result<Noted, NotWritten<_>> = at.write(move |write| guessing::note(write, &miss)).await;
    noted.unwrap()
}

async fn seen(town: &Town) -> Vec<Guessing> {
    let read: Result<_, NotRead<_>> = town.ledger.database().read(|read| guessing::since(read, TODAY)).await;
    read.unwrap()
}

async fn each_miss_counts_though_two_processes_count_them(town: Town) {
    has_terminals(&town).await;
    let processes = [town.ledger.database().clone(), Database::open(town.address()).unwrap()];
    let counting = (1..=8_u8).map(|place| {
        let database = processes[usize::from(place % 2)].clone();
        tokio::spawn(misses(database, 1, place, 1))
    });
    for noted in counting.collect::<Vec<_>>() {
        assert_eq!(noted.await.unwrap().before, Standing::Free, "eight are free");
    }
    let counted = seen(&town).await;
    assert_eq!((counted.len(), counted[0].scanned, counted[0].is_locked), (1, 8, false));
    let mut locks = 0;
    for hour in 2..=23_i64 {
        let both = [9, 109].map(|first| u8::try_from(first + hour).unwrap());
        let [one, other] = [0, 1].map(|at| tokio::spawn(misses(processes[at].clone(), 1, both[at], hour)));
        for noted in [one.await.unwrap(), other.await.unwrap()] {
            locks += u32::from(noted.locks);
        }
    }
    let counted = seen(&town).await;
    assert_eq!((counted[0].scanned, counted[0].is_locked, locks), (30, true, 1), "one a wait, and one locks");
}

async fn a_municipality_is_reported_once_though_its_terminals_ask_two_processes(town: Town) {
    has_terminals(&town).await;
    let processes = [town.ledger.database().clone(), Database::open(town.address()).unwrap()];
    let mut alarms = 0;
    for round in 0..15_u8 {
        let of_all = (1..=TERMINALS).map(|number| {
            let database = processes[usize::try_from(number % 2).unwrap()].clone();
            tokio::spawn(misses(database, number, round, i64::from(round) + 1))
        });
        for noted in of_all.collect::<Vec<_>>() {
            alarms += u32::from(noted.await.unwrap().alarms_municipality);
        }
    }
    assert_eq!(alarms, 1, "fifteen papers at twenty terminals");
    assert_eq!(seen(&town).await.iter().map(|one| one.scanned).sum::<u32>(), 300);
}

on_every_engine! {
    each_miss_counts_though_two_processes_count_them,
    a_municipality_is_reported_once_though_its_terminals_ask_two_processes,
}
