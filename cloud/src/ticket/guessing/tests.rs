#![allow(clippy::unwrap_used)]
//! What guessing comes to: waits, locks, reports.

use super::*;
use crate::database::Database;
use crate::identity::password::TerminalPassword;
use crate::operator::terminal::NewTerminal;
use crate::operator::{municipality, site, terminal as terminals};
use jiff::civil::date;
use madoguchi_domain::terminal::TerminalKind;
use std::ops::Range;

const SECOND: i64 = 1_000;

fn kawasaki() -> IssuerCode {
    IssuerCode::parse("141305").unwrap()
}

fn terminal(number: u32) -> TerminalId {
    TerminalId::from_number(number).unwrap()
}

fn today() -> Date {
    date(2026, 11, 20)
}

fn a_miss(number: u8, way: Way, at_ms: i64) -> Miss {
    Miss {
        terminal: terminal(1),
        municipality: kawasaki(),
        number: NumberHash([number; 32]),
        way,
        at_ms,
        date: today(),
    }
}

/// On a database of its own, with twenty terminals of one town.
async fn in_a_town<T: Send + 'static>(
    act: impl FnOnce(&Connection) -> database::Result<T> + Send + 'static,
) -> T {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(folder.path().join("cloud.sqlite").as_path()).unwrap();
    database
        .write(|write| {
            municipality::add(write, kawasaki(), "川崎市").unwrap();
            let site = site::add(write, kawasaki(), "みなみ商工会").unwrap();
            for number in 1..=20 {
                let id = Some(terminal(number));
                let kind = TerminalKind::TicketIssuer;
                let new = NewTerminal { id, municipality: kawasaki(), site, kind, of_a_street: false };
                terminals::add(write, &new, &TerminalPassword::chosen("shoko2345").unwrap()).unwrap();
            }
            act(write)
        })
        .await
        .ok()
        .unwrap()
}

/// Misses one number after the other as soon as it may; says when the last one was.
fn misses(write: &Connection, numbers: Range<u8>, way: Way, mut at_ms: i64) -> database::Result<i64> {
    for number in numbers {
        while let Standing::Slowed { wait_s } = standing(write, terminal(1), today(), at_ms)? {
            at_ms += i64::from(wait_s) * SECOND;
        }
        note(write, &a_miss(number, way, at_ms))?;
    }
    Ok(at_ms)
}

#[test]
fn the_wait_grows_with_every_miss() {
    let waits: Vec<_> =
        ((FREE_SCORE - 1)..LOCK_SCORE).map(|score| wait_after_s(score - FREE_SCORE)).collect();
    assert_eq!(waits[..12], [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    assert_eq!(wait_after_s(i64::MAX), LONGEST_WAIT_S);
    assert_eq!(wait_after_s(i64::MIN), 0);
}

#[tokio::test]
async fn eight_papers_or_four_typed_numbers_are_free_and_thirty_or_fifteen_lock() {
    for (way, free, lock) in [(Way::Scanned, 8, 30), (Way::Typed, 4, 15)] {
        in_a_town(move |write| {
            misses(write, 0..free, way, 0)?;
            assert_eq!(standing(write, terminal(1), today(), 0)?, Standing::Free, "{way:?}");
            let at_ms = misses(write, free..lock - 1, way, 0)?;
            assert!(matches!(standing(write, terminal(1), today(), at_ms)?, Standing::Slowed { .. }));
            misses(write, lock - 1..lock, way, at_ms)?;
            for later in [at_ms, at_ms + 3_600 * SECOND] {
                assert_eq!(standing(write, terminal(1), today(), later)?, Standing::Locked, "{way:?}");
            }
            assert_eq!(standing(write, terminal(2), today(), at_ms)?, Standing::Free, "another terminal");
            let tomorrow = date(2026, 11, 21);
            assert_eq!(standing(write, terminal(1), tomorrow, at_ms)?, Standing::Free, "the next day");
            Ok(())
        })
        .await;
    }
}

#[tokio::test]
async fn the_same_number_again_is_no_further_guess() {
    in_a_town(|write| {
        for _ in 0..100 {
            note(write, &a_miss(7, Way::Typed, 0))?;
        }
        let noted = since(write, today())?;
        assert_eq!((noted.len(), noted[0].typed, noted[0].scanned), (1, 1, 0));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_many_sent_at_once_only_the_free_ones_are_tried() {
    in_a_town(|write| {
        let mut tried = 0;
        for number in 0..100 {
            let noted = note(write, &a_miss(number, Way::Typed, 0))?;
            tried += u32::from(noted.before == Standing::Free);
        }
        assert_eq!(tried, 5, "four for nothing, and the one that begins the waiting");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_unlocked_terminal_begins_anew_and_its_misses_stay_reported() {
    in_a_town(|write| {
        let at_ms = misses(write, 0..15, Way::Typed, 0)?;
        assert!(since(write, today())?[0].is_locked);
        assert!(unlock(write, terminal(1), today(), at_ms + 1)?);
        assert_eq!(standing(write, terminal(1), today(), at_ms + 1)?, Standing::Free);
        assert!(!unlock(write, terminal(1), today(), at_ms + 2)?, "nothing to unlock any more");
        assert!(!unlock(write, terminal(2), today(), at_ms + 2)?);
        let noted = since(write, today())?;
        assert_eq!((noted[0].typed, noted[0].is_locked), (15, false));
        misses(write, 15..30, Way::Typed, at_ms + 2)?;
        assert!(since(write, today())?[0].is_locked, "and is locked again");
        assert_eq!(since(write, date(2026, 11, 21))?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_a_whole_town_guesses_nothing_is_free_any_more() {
    in_a_town(|write| {
        let mut alarms = 0;
        for number in 0..150 {
            let at = a_miss(number, Way::Typed, 0);
            let noted = note(write, &Miss { terminal: terminal(2 + u32::from(number) / 4 % 19), ..at })?;
            // Four each are free; then their waits are over before they come again.
            write.execute(
                "update ticket_guessing set wait_until_ms = 0, score = 0",
                crate::database::params![],
            )?;
            alarms += u32::from(noted.alarms_municipality);
        }
        assert_eq!(alarms, 1);
        note(write, &a_miss(200, Way::Scanned, 0))?;
        assert_eq!(standing(write, terminal(1), today(), 0)?, Standing::Slowed { wait_s: 2 });
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn which_numbers_they_were_is_forgotten_the_next_day() {
    in_a_town(|write| {
        note(write, &a_miss(7, Way::Typed, 0))?;
        let kept = |write: &Connection| {
            write.query_row("select count(*) from ticket_miss", crate::database::params![], |row| {
                row.get::<i64>(0)
            })
        };
        forget_numbers_before(write, today())?;
        assert_eq!(kept(write)?, 1);
        forget_numbers_before(write, date(2026, 11, 21))?;
        assert_eq!(kept(write)?, 0);
        assert_eq!(since(write, today())?.len(), 1, "how many they were stays");
        Ok(())
    })
    .await;
}
