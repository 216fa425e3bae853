//! The database server killed, stopped and restarted under load, sessions thrown out: the cloud goes on
//! by itself, no acknowledged use is lost, none doubled, no key without an answer.

use crate::actors::{Resident, Terminal, Town};
use crate::killed::{
    Answered, RESIDENTS, all_begin_the_day, assert_the_books_hold_each_use_once,
    find_out_what_became_of_unanswered, many_terminals_in, uses_until_cut_off,
};
use crate::process::{Process, prints, settle};
use madoguchi_postgres::{Disk, End, Server};
use std::time::Duration;

const USES_PER_ROUND: usize = 12;

/// How the cloud loses its server.
#[derive(Debug, Clone, Copy)]
enum Loss {
    Ended(End),
    /// Its sessions are thrown out, and just as it takes others the server is killed.
    ThrownOut,
}

const LOSSES: [Loss; 8] = [
    Loss::Ended(End::Killed),
    Loss::ThrownOut,
    Loss::Ended(End::Immediate),
    Loss::Ended(End::Fast),
    Loss::ThrownOut,
    Loss::Ended(End::Killed),
    Loss::Ended(End::Immediate),
    Loss::Ended(End::Killed),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_lost_eight_times_under_load_loses_nothing_and_doubles_nothing() {
    let server = Server::start(Disk::NotWaitedFor);
    let town = Town::on(&server.new_database()).await;
    let (folder, mut terminals, residents) = many_terminals_in(town).await;
    settle(folder.path());
    let cloud = Process::serves(folder.path());
    all_begin_the_day(&mut terminals, &cloud).await;
    let mut intents = Vec::new();
    for loss in LOSSES {
        everybody_is_served(&terminals, &residents).await;
        find_out_what_became_of_unanswered(&terminals, &mut intents).await;
        let uses = Answered::default();
        let working: Vec<_> = (0..terminals.len())
            .map(|index| {
                let (terminal, resident) = (terminals[index].clone(), index % RESIDENTS);
                let by = residents[resident].clone();
                tokio::spawn(uses_until_cut_off(terminal, by, index, resident, uses.clone()))
            })
            .collect();
        uses.are(USES_PER_ROUND).await;
        lose(&server, loss);
        for work in working {
            intents.extend(work.await.unwrap().0);
        }
        server.starts();
    }
    everybody_is_served(&terminals, &residents).await;
    find_out_what_became_of_unanswered(&terminals, &mut intents).await;
    drop(cloud);
    let at_least = LOSSES.len() * USES_PER_ROUND;
    assert_the_books_hold_each_use_once(folder.path(), &residents, &intents, at_least).await;
    let report = prints(folder.path(), &["check-books"]);
    assert!(report.contains("book 141305"), "{report}");
}

fn lose(server: &Server, loss: Loss) {
    let throw_out = "select pg_terminate_backend(pid) from pg_stat_activity
                     where application_name = 'madoguchi-cloud'";
    match loss {
        Loss::Ended(how) => server.ends(how),
        Loss::ThrownOut => {
            server.run("postgres", throw_out);
            server.ends(End::Killed);
        }
    }
}

/// The cloud finds its server again by itself, whoever asks.
async fn everybody_is_served(terminals: &[Terminal], residents: &[Resident]) {
    let all = async {
        for (index, terminal) in terminals.iter().enumerate() {
            while !terminal.looks_up(&residents[index % RESIDENTS]).await.status.is_success() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(1), all).await.expect("the cloud finds its server again");
}
