//! A PostgreSQL whose disk is full, for real: a tablespace of a few mebibytes, filled to the brim.

use crate::engine::Place;
use crate::town::{Town, city, person};
use madoguchi_cloud::ledger::NotPosted;
use madoguchi_domain::ledger::Request;
use madoguchi_postgres::Server;
use std::time::Duration;

/// A new database takes eight of them.
const MEBIBYTES: u32 = 24;

/// Fills the disk; the rows are rolled back, the room stays taken.
fn fill(server: &Server, database: &str) {
    let ballast = "do $$ begin
             loop insert into ballast select repeat(md5(random()::text), 60) from generate_series(1, 1000); end loop;
         exception when disk_full then null; end $$";
    server.run(database, "create table ballast (weight text)");
    server.run(database, ballast);
}

/// Posts uses until there is no room for one, and returns that one.
async fn until_there_is_no_room(town: &Town, posted: &mut i64) -> Request {
    loop {
        let request = town.use_request(1, person(1), &[(city(), 1)]);
        match town.post(request.clone()).await {
            Ok(_) => *posted += 1,
            Err(not_posted) => {
                assert_eq!(
                    not_posted,
                    NotPosted::Busy,
                    "the disk is full for now, nothing is wrong for good"
                );
                return request;
            }
        }
    }
}

#[tokio::test]
async fn a_full_disk_turns_uses_away_whole_and_all_goes_on_when_there_is_room() {
    let server = Server::start_with_a_small_disk(MEBIBYTES);
    let address = server.new_database_on_the_small_disk();
    let database = address.rsplit_once('/').unwrap().1;
    let town = Town::at(Place::Server(address.clone())).await;
    town.grants(person(1), city(), 1_000_000, None).await;
    fill(&server, database);
    let mut posted = 0;
    let turned_away =
        tokio::time::timeout(Duration::from_mins(2), until_there_is_no_room(&town, &mut posted))
            .await
            .unwrap();
    let operations = || server.run(database, "select count(*) from operation where kind = 'use'");
    assert_eq!(operations(), posted.to_string());
    assert_eq!(town.balance(person(1), city()).await, 1_000_000 - posted, "what can be seen is still seen");
    town.is_in_order().await;

    server.run(database, "drop table ballast");
    assert!(town.post(turned_away).await.unwrap().first, "nothing was remembered of being turned away");
    assert_eq!(town.balance(person(1), city()).await, 1_000_000 - posted - 1);
    town.is_in_order().await;
}
