//! The PC/SC service is absent, stops, dies and comes back: told, and healed without a restart.

use crate::counter::{Counter, PATIENCE, name};
use madoguchi_pcsc::{PcscReaders, WATCH_THREAD};
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::{CardReaders, ReaderEvent};
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::desk::{Desk, at_own_desk};
use madoguchi_virtual::reader::Behaviour;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// After the service came back, everything that was there is told anew and works.
fn check_healed(counter: &Counter) {
    counter.wait_for(&ReaderEvent::ServiceReady);
    counter.wait_for(&ReaderEvent::ReaderAttached(name(0)));
    counter.wait_for_card(0);
    counter.card.identify(&name(0)).unwrap();
}

fn check_lost_and_found(desk: &mut Desk, lose: impl Fn(&mut Desk)) {
    let counter = Counter::open();
    counter.lay(desk, "hanako");
    for _ in 0..2 {
        lose(desk);
        counter.wait_for(&ReaderEvent::ServiceAbsent);
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::ServiceAbsent));
        desk.service.start_again().unwrap();
        check_healed(&counter);
    }
}

#[test]
fn absent_at_the_start_is_told_and_waited_for() {
    at_own_desk(|desk| {
        desk.service.stop().unwrap();
        let counter = Counter::open();
        assert_eq!(counter.next_event(), ReaderEvent::ServiceAbsent);
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::ServiceAbsent));
        let card = desk.card("hanako");
        desk.readers[0].insert(card);
        desk.service.start_again().unwrap();
        check_healed(&counter);
    });
}

#[test]
fn stopped_and_started_again() {
    at_own_desk(|desk| check_lost_and_found(desk, |desk| desk.service.stop().unwrap()));
}

#[test]
fn killed_and_started_again() {
    at_own_desk(|desk| check_lost_and_found(desk, |desk| desk.service.kill()));
}

#[test]
fn killed_while_a_card_answers() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        desk.readers[0].behave(Behaviour { delay: Duration::from_secs(30), ..Behaviour::default() });
        let card = &counter.card;
        thread::scope(|scope| {
            let reading = scope.spawn(|| card.identify(&name(0)));
            assert!(desk.readers[0].wait_until_busy(PATIENCE));
            desk.service.kill();
            let fault = reading.join().unwrap().expect_err("the service is gone");
            assert_eq!(fault, CardFault::ServiceAbsent);
        });
        counter.wait_for(&ReaderEvent::ServiceAbsent);
        desk.readers[0].behave(Behaviour::default());
        let card = desk.readers[0].remove().unwrap();
        desk.readers[0].insert(card);
        desk.service.start_again().unwrap();
        check_healed(&counter);
    });
}

#[test]
fn a_watch_ends_when_nobody_wants_it_any_more() {
    at_own_desk(|_desk| {
        let events = PcscReaders.watch();
        assert_eq!(events.recv_timeout(PATIENCE), Ok(ReaderEvent::ServiceReady));
        assert_eq!(watches(), 1);
        drop(events);
        // A thread's end is no event that another one could wait for.
        let deadline = Instant::now() + PATIENCE;
        while watches() > 0 {
            assert!(Instant::now() < deadline, "the watch goes on");
            thread::yield_now();
        }
    });
}

/// Watching threads of this process.
fn watches() -> usize {
    let threads = fs::read_dir("/proc/self/task").unwrap().flatten();
    // A thread may end while it is looked at.
    let names = threads.filter_map(|thread| fs::read_to_string(thread.path().join("comm")).ok());
    names.filter(|name| name.trim() == WATCH_THREAD).count()
}
