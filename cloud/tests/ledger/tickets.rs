//! What every store must do with tickets and day closes.

use crate::engine::on_every_engine;
use crate::town::{
    DAY, LAST_DAY, NOON, TODAY, Town, city, clear, done, face, issue, person, prefecture, refused, reissue,
    terminal,
};
use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_cloud::database::{Connection, Error};
use madoguchi_cloud::ledger::{Ledger, read};
use madoguchi_domain::ledger::{
    AccountName, Actor, Answer, Asked, CloseDay, OperationKind, Randoms, Refusal, Request, Ticket,
    UnclearTicket, VoidTicket,
};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketNumber, TicketNumberPart, TicketState};

on_every_engine!(
    a_ticket_is_cleared_once_and_the_second_is_told_when_and_where,
    what_became_of_a_ticket_is_known_after_a_restart,
    an_unknown_number_is_refused_and_the_refusal_remembered,
    a_reissue_kills_the_old_number,
    a_voided_ticket_refills_the_lots_it_had_emptied,
    a_clearing_taken_back_can_be_made_again,
    a_ticket_of_the_prefecture_is_one_act_in_two_books,
    a_day_close_ends_what_can_be_undone,
    what_lies_between_two_closes_is_summed_up,
    a_desk_sees_what_it_made_and_what_will_lapse,
    of_two_processes_that_clear_one_ticket_one_does,
    of_a_clearing_and_a_reissue_at_once_one_happens,
    a_number_that_is_taken_is_drawn_again,
);

async fn a_town_with_points(town: &Town) {
    town.grants(person(1), city(), 1_000, Some(TODAY)).await;
    town.grants(person(1), city(), 9_000, None).await;
}

async fn ticket(town: &Town, number: TicketNumber) -> Ticket {
    town.ledger.database().read(move |read| read::ticket(read, number)).await.unwrap().expect("a ticket")
}

fn cleared(ticket: &Ticket) -> Refusal {
    let closing = ticket.closing.expect("a closing");
    Refusal::TicketCleared {
        number: closing.number,
        at_ms: closing.at_ms,
        by: closing.by,
        site: closing.site,
    }
}

async fn a_ticket_is_cleared_once_and_the_second_is_told_when_and_where(town: Town) {
    a_town_with_points(&town).await;
    let issued = town.issues(person(1), 1_200).await;
    assert_eq!(town.balance(person(1), city()).await, 8_800);
    town.set_clock(NOON + 2 * DAY);
    let number = done(town.post(town.terminal_request(2, clear(issued.number))).await).number;
    let second = refused(town.post(town.terminal_request(3, clear(issued.number))).await);
    let by = Actor::Terminal(terminal(2));
    assert_eq!(second, Refusal::TicketCleared { number, at_ms: NOON + 2 * DAY, by, site: Some(SiteId(9)) });
    town.is_in_order().await;
}

async fn what_became_of_a_ticket_is_known_after_a_restart(town: Town) {
    a_town_with_points(&town).await;
    let (open, gone) = (town.issues(person(1), 100).await, town.issues(person(1), 200).await);
    done(town.post(town.terminal_request(2, clear(gone.number))).await);
    let before = (ticket(&town, open.number).await, ticket(&town, gone.number).await);
    let town = town.restart();
    assert_eq!((ticket(&town, open.number).await, ticket(&town, gone.number).await), before);
    assert_eq!((before.0.state, before.1.state), (TicketState::Open, TicketState::Cleared));
    assert_eq!((before.0.face, before.0.person), (open, person(1)));
    let again = refused(town.post(town.terminal_request(2, clear(gone.number))).await);
    assert_eq!(again, cleared(&before.1));
    done(town.post(town.terminal_request(2, clear(open.number))).await);
    town.is_in_order().await;
}

async fn an_unknown_number_is_refused_and_the_refusal_remembered(town: Town) {
    let request = town.terminal_request(1, clear(TicketNumber::parse("987654321012").unwrap()));
    let first = town.post(request.clone()).await.unwrap();
    let again = town.post(request).await.unwrap();
    assert_eq!(first.answer, Answer::Refused(Refusal::TicketUnknown));
    assert_eq!((again.answer, first.first, again.first), (first.answer, true, false));
    town.is_in_order().await;
}

async fn a_reissue_kills_the_old_number(town: Town) {
    a_town_with_points(&town).await;
    let old = town.issues(person(1), 1_200).await;
    let request = town.terminal_request(2, reissue(old.number));
    let new = face(&done(town.post(request.clone()).await));
    assert_eq!(face(&done(town.post(request).await)), new, "asked again, the same new number");
    let dead = refused(town.post(town.terminal_request(3, clear(old.number))).await);
    assert_eq!(dead, Refusal::TicketReissued);
    assert_eq!(ticket(&town, new.number).await.replaces, Some(old.number));
    done(town.post(town.terminal_request(3, clear(new.number))).await);
    assert_eq!(town.balance(person(1), city()).await, 8_800, "debited once");
    town.is_in_order().await;
}

async fn a_voided_ticket_refills_the_lots_it_had_emptied(town: Town) {
    a_town_with_points(&town).await;
    let issued = town.issues(person(1), 1_200).await;
    let elsewhere = town.terminal_request(2, Asked::VoidTicket(VoidTicket { ticket: issued.number }));
    assert_eq!(refused(town.post(elsewhere).await), Refusal::NotThisTerminal);
    let void = town.terminal_request(1, Asked::VoidTicket(VoidTicket { ticket: issued.number }));
    let voided = done(town.post(void).await);
    assert_eq!((voided.parts[0].before, voided.parts[0].after), (8_800, 10_000));
    assert_eq!(ticket(&town, issued.number).await.state, TicketState::Voided);
    town.is_in_order().await;
}

async fn a_clearing_taken_back_can_be_made_again(town: Town) {
    a_town_with_points(&town).await;
    let issued = town.issues(person(1), 1_200).await;
    for _ in 0..3 {
        let number = done(town.post(town.terminal_request(2, clear(issued.number))).await).number;
        let back = Asked::UnclearTicket(UnclearTicket { target_seq: number.seq });
        let taken_back = done(town.post(town.terminal_request(2, back.clone())).await);
        assert_eq!((face(&taken_back), taken_back.reverses), (issued, Some(number)));
        let twice = refused(town.post(town.terminal_request(2, back)).await);
        assert_eq!(twice, Refusal::AlreadyVoided { by: taken_back.number });
    }
    assert_eq!(ticket(&town, issued.number).await.state, TicketState::Open);
    done(town.post(town.terminal_request(3, clear(issued.number))).await);
    town.is_in_order().await;
}

async fn a_ticket_of_the_prefecture_is_one_act_in_two_books(town: Town) {
    town.grants(person(1), prefecture(), 500, None).await;
    let old = face(&done(town.post(town.terminal_request(1, issue(person(1), prefecture(), 300))).await));
    let new = face(&done(town.post(town.terminal_request(1, reissue(old.number))).await));
    let number = done(town.post(town.terminal_request(2, clear(new.number))).await).number;
    let back = Asked::UnclearTicket(UnclearTicket { target_seq: number.seq });
    done(town.post(town.terminal_request(2, back)).await);
    let void = Asked::VoidTicket(VoidTicket { ticket: new.number });
    done(town.post(town.terminal_request(1, void)).await);
    assert_eq!(town.balance(person(1), prefecture()).await, 500);
    town.is_in_order().await;
}

const CLOSE: Asked = Asked::CloseDay(CloseDay { site: SiteId(7) });

async fn a_day_close_ends_what_can_be_undone(town: Town) {
    a_town_with_points(&town).await;
    let used = town.uses(person(1), 50).await;
    let issued = town.issues(person(1), 100).await;
    let first = town.terminal_request(1, CLOSE);
    assert_eq!(done(town.post(first.clone()).await).close, Some(1));
    let town = town.restart();
    assert_eq!(done(town.post(first).await).close, Some(1), "its first answer");
    assert_eq!(refused(town.post(town.void_request(1, &used)).await), Refusal::DayClosed { close: 1 });
    let void = town.terminal_request(1, Asked::VoidTicket(VoidTicket { ticket: issued.number }));
    assert_eq!(refused(town.post(void).await), Refusal::DayClosed { close: 1 });
    assert_eq!(done(town.post(town.terminal_request(2, CLOSE)).await).close, Some(1), "its own number");
    assert_eq!(done(town.post(town.terminal_request(1, CLOSE)).await).close, Some(2));
    town.is_in_order().await;
}

async fn what_lies_between_two_closes_is_summed_up(town: Town) {
    a_town_with_points(&town).await;
    town.uses(person(1), 1).await;
    done(town.post(town.terminal_request(1, CLOSE)).await);
    let used = town.uses(person(1), 50).await;
    town.uses(person(1), 70).await;
    done(town.post(town.void_request(1, &used)).await);
    let issued = town.issues(person(1), 100).await;
    done(town.post(town.terminal_request(2, clear(issued.number))).await);
    done(town.post(town.terminal_request(1, CLOSE)).await);
    town.uses(person(1), 3).await;
    let (closes, day, head) = town
        .ledger
        .database()
        .read(|read| {
            let closes = read::day_closes(read, city().book, terminal(1), u32::MAX, 10)?;
            let between = (closes[1].seq, closes[0].seq);
            let day = read::day(read, city().book, terminal(1), between)?;
            Ok::<_, Error>((closes.clone(), day, read::head_at(read, city().book, closes[0].seq)?))
        })
        .await
        .unwrap();
    assert_eq!(closes.iter().map(|close| close.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(day.made, [issued.number]);
    let sums: Vec<_> = day.sums.iter().map(|sum| (sum.kind, sum.count, sum.points)).collect();
    let expected =
        [(OperationKind::Use, 2, 120), (OperationKind::Void, 1, 50), (OperationKind::TicketIssue, 1, 100)];
    assert_eq!(sums, expected);
    assert!(head.is_some());
}

async fn a_desk_sees_what_it_made_and_what_will_lapse(town: Town) {
    a_town_with_points(&town).await;
    let first = town.issues(person(1), 100).await;
    town.set_clock(NOON + 1);
    let second = town.issues(person(1), 200).await;
    let (made, lapsing) = listed(&town, TODAY, LAST_DAY.checked_sub(7.days()).unwrap(), 1).await;
    assert_eq!((made.count, made.tickets.len(), made.tickets[0].face), (2, 1, second));
    assert_eq!((lapsing.count, lapsing.tickets.len()), (2, 1));
    for number in [first.number, second.number] {
        let whole = number.to_string();
        for part in [&whole[..4], &whole[4..9], &whole[8..], &whole[..]] {
            let part = Some(TicketNumberPart::try_from(part.to_owned()).unwrap());
            let (made, lapsing) = sought(&town, TODAY, LAST_DAY, 10, part.clone()).await;
            assert!(made.tickets.iter().any(|ticket| ticket.face.number == number), "{part:?}");
            assert!(lapsing.tickets.iter().any(|ticket| ticket.face.number == number), "{part:?}");
        }
        // A list of one shows the second only to whoever looks for it.
        let part = Some(TicketNumberPart::try_from(whole).unwrap());
        let (made, lapsing) = sought(&town, TODAY, LAST_DAY, 1, part).await;
        assert_eq!((made.count, made.tickets[0].face.number), (1, number));
        assert_eq!((lapsing.count, lapsing.tickets[0].face.number), (1, number));
    }
    done(town.post(town.terminal_request(2, clear(first.number))).await);
    let (made, lapsing) = listed(&town, TODAY, LAST_DAY, 10).await;
    assert_eq!((made.count, lapsing.count, lapsing.tickets[0].face), (2, 1, second));
    let (made, lapsing) = listed(&town, LAST_DAY, TODAY, 10).await;
    assert_eq!((made.count, lapsing.count), (0, 0));
}

/// What site 7 made on a day, and what will lapse in the seven days from another; at most so many of each.
async fn listed(town: &Town, made_on: Date, from: Date, most: usize) -> (read::Tickets, read::Tickets) {
    sought(town, made_on, from, most, None).await
}

/// The same of those whose number holds some digits.
async fn sought(
    town: &Town,
    made_on: Date,
    from: Date,
    most: usize,
    digits: Option<TicketNumberPart>,
) -> (read::Tickets, read::Tickets) {
    let books = [city().book, prefecture().book];
    let days = (from, from.checked_add(7.days()).unwrap());
    let look = move |read: &Connection| {
        let newest = read::TicketOrder::Newest;
        let made = read::DeskTickets {
            books: &books,
            site: SiteId(7),
            digits: digits.as_ref(),
            order: newest,
            most,
        };
        let lapsing = read::DeskTickets { order: read::TicketOrder::Earliest, ..made };
        let made = read::tickets_made(read, &made, made_on)?;
        Ok::<_, Error>((made, read::tickets_lapsing(read, &lapsing, days)?))
    };
    town.ledger.database().read(look).await.unwrap()
}

/// Both at once, each through a ledger of its own where there are two; how many happened.
async fn at_once(ledgers: (&Ledger, &Ledger), requests: (Request, Request)) -> usize {
    let post = |ledger: &Ledger, request| {
        let ledger = ledger.clone();
        tokio::spawn(async move { ledger.post(request).await.unwrap().answer })
    };
    let (one, two) = (post(ledgers.0, requests.0), post(ledgers.1, requests.1));
    let answers = [one.await.unwrap(), two.await.unwrap()];
    answers.iter().filter(|answer| matches!(answer, Answer::Done(_))).count()
}

async fn of_two_processes_that_clear_one_ticket_one_does(town: Town) {
    a_town_with_points(&town).await;
    let other = town.another_process();
    for round in 0..20 {
        let issued = town.issues(person(1), 10).await;
        let clear = |at| town.terminal_request(at, clear(issued.number));
        let cleared = at_once((&town.ledger, &other), (clear(2), clear(3))).await;
        assert_eq!(cleared, 1, "round {round}");
    }
    town.is_in_order().await;
}

async fn of_a_clearing_and_a_reissue_at_once_one_happens(town: Town) {
    a_town_with_points(&town).await;
    let other = town.another_process();
    for round in 0..20 {
        let issued = town.issues(person(1), 10).await;
        let requests = (
            town.terminal_request(2, clear(issued.number)),
            town.terminal_request(1, reissue(issued.number)),
        );
        assert_eq!(at_once((&other, &town.ledger), requests).await, 1, "round {round}");
    }
    town.is_in_order().await;
}

/// Draws 1, 1, 2, 2, 3, 3 …
struct Twice(u64);

impl Randoms for Twice {
    fn account_name(&mut self) -> AccountName {
        AccountName(uuid::Uuid::new_v4().into_bytes())
    }

    fn ticket_number(&mut self) -> TicketNumber {
        self.0 += 1;
        TicketNumber::from_number(self.0 / 2).unwrap()
    }
}

async fn a_number_that_is_taken_is_drawn_again(town: Town) {
    a_town_with_points(&town).await;
    let ledger = Ledger::with(town.ledger.database().clone(), town.clock(), Box::new(Twice(1)), 512);
    for number in 1..4 {
        let request = town.terminal_request(1, issue(person(1), city(), 10));
        let issued = face(&done(ledger.post(request).await));
        assert_eq!(issued.number.number(), number);
    }
    town.is_in_order().await;
}
