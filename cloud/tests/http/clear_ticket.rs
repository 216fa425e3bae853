//! `clear_ticket`: a used ticket is cleared once, for the site of its stamp; every refusal has its reason.

use crate::actors::{Clearing, LAST_DAY, Terminal, Town, a_key};
use jiff::Timestamp;
use madoguchi_cloud::ticket::lapsed_waiting;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    OperationAnswer, OperationKind, Refusal, SiteStatementAnswer, TicketCleared,
};
use serde_json::json;

/// The statement of a site by a terminal of its own: counts and points, and its lines.
async fn statement(shop: &Terminal) -> SiteStatementAnswer {
    let period = json!({ "from": "2026-11-01", "to": "2026-12-31" });
    shop.post("site_statement", &period).await.ok()
}

#[tokio::test]
async fn a_shop_clears_for_itself_and_is_owed_the_points() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let shop = town.greengrocer().await.at_work().await;
    town.takes_tickets("やまだ八百屋").await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let done = shop.clears(&paper.code).now().await.done();
    assert_eq!((done.kind, done.accounts.len()), (OperationKind::ClearTicket, 0));
    let cleared = done.cleared.unwrap();
    assert_eq!((cleared.site_name.as_str(), cleared.ticket.points), ("やまだ八百屋", 1_000));
    assert_eq!(cleared.ticket, paper.ticket);
    let owed = statement(&shop).await;
    assert_eq!((owed.totals[0].uses, owed.totals[0].points), (1, 1_000));
    assert_eq!((owed.lines[0].number.as_str(), owed.lines[0].at_ms), (done.number.as_str(), done.at_ms));
    assert_eq!(owed.lines[0].masked_mykey_id, hanako.mykey_id.masked());
    let listed: madoguchi_wire::terminal_api::ListOperationsAnswer =
        shop.post("list_operations", &json!({})).await.ok();
    assert_eq!((listed.operations[0].kind, listed.operations[0].points), (OperationKind::ClearTicket, 1_000));
    assert_eq!((listed.uses, listed.voids, listed.points), (0, 0, 0), "a ticket is no use at the counter");
}

#[tokio::test]
async fn a_chamber_clears_for_any_site_that_takes_tickets_with_or_without_a_terminal() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let shop = town.greengrocer().await.at_work().await;
    for (place, points) in [("やまだ八百屋", 700), ("銭湯 たまの湯", 300)] {
        let site = town.takes_tickets(place).await;
        let paper = chamber.ticket(points, &hanako).await;
        let done = chamber.clears(&paper.code).for_site(site).now().await.done();
        assert_eq!(done.cleared.unwrap().site_name, place);
    }
    assert_eq!(statement(&shop).await.totals[0].points, 700);
    assert!(statement(&chamber).await.totals.is_empty(), "the chamber itself is owed nothing");
}

#[tokio::test]
async fn a_site_that_takes_no_tickets_and_one_of_another_town_are_refused() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let none = town.site("図書館").await;
    let elsewhere = town.takes_tickets_in_yokohama("横浜の店").await;
    for site in [none, elsewhere, madoguchi_domain::site::SiteId(999)] {
        let refused = chamber.clears(&paper.code).for_site(site).now().await.refused();
        assert_eq!(refused, Refusal::SiteTakesNoTickets);
    }
    assert_eq!(chamber.clears(&paper.code).now().await.refused(), Refusal::SiteTakesNoTickets, "its own");
}

#[tokio::test]
async fn without_the_function_a_terminal_clears_nothing_or_only_its_own() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let shop = town.greengrocer().await.at_work().await;
    let (own, other) = (town.takes_tickets("やまだ八百屋").await, town.takes_tickets("銭湯 たまの湯").await);
    let paper = chamber.ticket(1_000, &hanako).await;
    let refused = (403, ErrorCode::FunctionNotAllowed);
    assert_eq!(shop.clears(&paper.code).for_site(other).now().await.code(), refused);
    shop.clears(&paper.code).for_site(own).now().await.done();
    let id = shop.id;
    town.write(move |write| {
        let functions = [TerminalFunction::UsePoints, TerminalFunction::OwnTotals];
        madoguchi_cloud::operator::terminal::set_functions(write, id, &functions)
    })
    .await;
    let mut shop = shop;
    shop.goes_on().await;
    assert_eq!(shop.clears(&paper.code).now().await.code(), refused);
    assert_eq!(shop.looks_up_code(&paper.code).await.code(), refused);
    assert_eq!(shop.takes_back(a_key()).await.code(), refused);
}

#[tokio::test]
async fn cleared_once_it_says_when_where_and_for_whom() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let shop = town.greengrocer().await.at_work().await;
    let bath = town.takes_tickets("銭湯 たまの湯").await;
    town.takes_tickets("やまだ八百屋").await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let done = chamber.clears(&paper.code).for_site(bath).now().await.done();
    let refused = shop.clears(&paper.code).now().await.refused();
    let said = TicketCleared {
        at_ms: done.at_ms,
        site_name: "銭湯 たまの湯".into(),
        cleared_at: "みなみ商工会".into(),
    };
    assert_eq!(refused, Refusal::TicketCleared(said));
    assert!(statement(&shop).await.totals.is_empty());
}

#[tokio::test]
async fn a_typed_number_clears_as_a_scanned_code_does_however_the_scanner_writes_it() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let paper = chamber.ticket(500, &hanako).await;
    chamber.clears_typed(&paper.ticket.number.to_string()).for_site(site).now().await.done();
    let paper = chamber.ticket(500, &hanako).await;
    chamber.clears(&format!(" {}\r", paper.code.to_lowercase())).for_site(site).now().await.done();
}

#[tokio::test]
async fn repeated_and_resolved_it_has_one_effect_and_one_answer() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let key = a_key();
    let again = || chamber.clears(&paper.code).for_site(site).under(key).now();
    let (a, b) = tokio::join!(again(), again());
    let first = a.done();
    assert_eq!(b.done(), first);
    assert_eq!(again().await.done(), first);
    assert_eq!(chamber.resolves(key).await.done(), first);
    let other = chamber.ticket(500, &hanako).await;
    let refused = chamber.clears(&other.code).for_site(site).under(key).now().await.refused();
    assert_eq!(refused, Refusal::KeyReused);
    let never_arrived = a_key();
    assert_eq!(chamber.resolves(never_arrived).await.refused(), Refusal::Abandoned);
    let late = chamber.clears(&other.code).for_site(site).under(never_arrived).now().await;
    assert_eq!(late.refused(), Refusal::Abandoned);
    chamber.clears(&other.code).for_site(site).now().await.done();
}

#[tokio::test]
async fn a_refusal_is_resolved_with_its_names() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let paper = chamber.ticket(1_000, &hanako).await;
    chamber.clears(&paper.code).for_site(site).now().await.done();
    let key = a_key();
    let first = chamber.clears(&paper.code).for_site(site).under(key).now().await.refused();
    assert!(matches!(first, Refusal::TicketCleared(_)));
    assert_eq!(chamber.resolves(key).await.refused(), first);
}

#[tokio::test]
async fn two_chambers_and_one_ticket_at_once_clear_it_once() {
    let town = Town::open().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let (south, north) =
        (town.chamber().await.at_work().await, town.chamber_in_the_north().await.at_work().await);
    let shop = town.greengrocer().await.at_work().await;
    for round in 1..=10 {
        let hanako = town.resident_with(100).await;
        let paper = south.ticket(100, &hanako).await;
        let (a, b) = tokio::join!(
            south.clears(&paper.code).for_site(site).now(),
            north.clears(&paper.code).for_site(site).now()
        );
        let answers = [a.ok::<OperationAnswer>(), b.ok::<OperationAnswer>()];
        let done = answers.iter().filter(|answer| matches!(answer, OperationAnswer::Done(_))).count();
        assert_eq!(done, 1, "{answers:?}");
        assert_eq!(statement(&shop).await.totals[0].points, 100 * round);
    }
}

#[tokio::test]
async fn until_midnight_of_its_last_day_and_not_a_moment_longer() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let (one, other) = (chamber.ticket(100, &hanako).await, chamber.ticket(100, &hanako).await);
    town.it_is("2026-12-10T23:59:59.999+09:00");
    let mut chamber = chamber;
    chamber.begins_the_day().await;
    chamber.clears(&one.code).for_site(site).now().await.done();
    town.it_is("2026-12-11T00:00:00+09:00");
    assert!(chamber.signs_in().await.status.is_success());
    let scanned = |minutes| chamber.clears(&other.code).for_site(site).scanned_minutes_ago(minutes);
    let too_late = scanned(0).now().await.refused();
    assert_eq!(too_late, Refusal::TicketLapsed { last_day: LAST_DAY });
    assert_eq!(listed_late(&town).await, [], "what was scanned too late is the shop's affair");
    let waiting = scanned(10);
    for _ in 0..2 {
        let waited = chamber.post("clear_ticket", &waiting.request()).await.refused();
        assert_eq!(waited, Refusal::TicketLapsedWaiting { last_day: LAST_DAY }, "it waited on a dead line");
        let scanned_at = "2026-12-10T23:50:00+09:00".parse::<Timestamp>().unwrap().as_millisecond();
        let late = (other.ticket.number, 100, "やまだ八百屋".to_owned(), scanned_at);
        assert_eq!(listed_late(&town).await, [late], "the municipality sees it, once");
    }
}

/// What lapsed while its scan waited: number, points, site of the stamp, moment of the scan.
async fn listed_late(town: &Town) -> Vec<(TicketNumber, i64, String, i64)> {
    let read = town.cloud.database.read(|read| lapsed_waiting::since(read, 0)).await.unwrap();
    read.into_iter().map(|late| (late.number, late.points, late.site_name, late.scanned_at_ms)).collect()
}

#[tokio::test]
async fn whether_a_scan_waited_is_not_for_the_terminals_clock_to_say() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let mut chamber = town.chamber().await.at_work().await;
    let paper = chamber.ticket(100, &hanako).await;
    town.it_is("2026-12-12T12:00:00+09:00");
    chamber.begins_the_day().await;
    let refused = async |clearing: Clearing<'_>| clearing.for_site(site).now().await.refused();
    for two_days_behind in ["2026-12-10T12:00:00+09:00", "2026-12-10T23:59:59+09:00"] {
        let sent_at_once = chamber.clears(&paper.code).scanned_at(two_days_behind);
        assert_eq!(refused(sent_at_once).await, Refusal::TicketLapsed { last_day: LAST_DAY });
    }
    let days = |days: i64| days * 24 * 60;
    let before_there_was_one = chamber.clears(&paper.code).scanned_minutes_ago(days(23));
    assert_eq!(refused(before_there_was_one).await, Refusal::TicketLapsed { last_day: LAST_DAY });
    assert_eq!(listed_late(&town).await, [], "none of these waited");
    let waited = chamber.clears(&paper.code).scanned_minutes_ago(days(2));
    assert_eq!(refused(waited).await, Refusal::TicketLapsedWaiting { last_day: LAST_DAY });
    assert_eq!(listed_late(&town).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_tag_on_a_real_number_is_a_forgery_whatever_has_become_of_the_ticket() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let (head, tag) = paper.code.rsplit_once('.').unwrap();
    let other_tag = format!("{head}.{:016X}", u64::from_str_radix(tag, 16).unwrap() ^ 1);
    let other_key = paper.code.replacen(".1.", ".2.", 1);
    for forged in [&other_tag, &other_key] {
        let refused = chamber.clears(forged).for_site(site).now().await.refused();
        assert_eq!(refused, Refusal::TicketForged, "{forged}");
    }
    chamber.clears(&paper.code).for_site(site).now().await.done();
    let refused = chamber.clears(&other_tag).for_site(site).now().await.refused();
    assert_eq!(refused, Refusal::TicketForged, "who copies a paper learns nothing of it");
    let unknown = "T1.141305.000000000000.1.0123456789ABCDEF";
    assert_eq!(chamber.clears(unknown).for_site(site).now().await.refused(), Refusal::TicketUnknown);
    assert_eq!(
        chamber.clears_typed("000000000000").for_site(site).now().await.refused(),
        Refusal::TicketUnknown
    );
}

#[tokio::test]
async fn tickets_of_an_older_key_stay_good_and_those_of_a_destroyed_one_are_typed() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let (first, second) = (chamber.ticket(100, &hanako).await, chamber.ticket(100, &hanako).await);
    assert_eq!(town.next_ticket_key().await, 2);
    let newer = chamber.ticket(100, &hanako).await;
    assert!(newer.code.contains(".2."), "{}", newer.code);
    for paper in [&first, &newer] {
        chamber.clears(&paper.code).for_site(site).now().await.done();
    }
    let after_31_days = "2026-12-22T00:00:00+09:00".parse::<Timestamp>().unwrap().as_millisecond();
    let destroyed =
        town.write(move |write| madoguchi_cloud::operator::ticket::tidy(write, after_31_days)).await;
    assert_eq!(destroyed, 1);
    chamber.clears(&second.code).for_site(site).now().await.done();
    let forged = chamber.clears(&newer.code.replacen(".2.", ".3.", 1)).for_site(site).now().await;
    assert_eq!(forged.refused(), Refusal::TicketForged);
}

#[tokio::test]
async fn another_towns_ticket_is_named_as_such_scanned_or_typed() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    town.gives(&hanako, town.yokohama_points(), 1_000, None).await;
    let yokohama = town.chamber_in_yokohama().await.at_work().await;
    let paper = yokohama.issues(300).of(town.yokohama_points()).to(&hanako).await.done().ticket.unwrap();
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let of_another =
        Refusal::TicketOfAnother { issuer_name: "横浜市".into(), here_name: "川崎市".into() };
    let number = paper.ticket.number.to_string();
    assert_eq!(chamber.clears(&paper.code).for_site(site).now().await.refused(), of_another);
    assert_eq!(chamber.clears_typed(&number).for_site(site).now().await.refused(), of_another);
    let of_nobody = "T1.011002.000000000000.1.0123456789ABCDEF";
    let refused = chamber.clears(of_nobody).for_site(site).now().await.refused();
    assert!(matches!(refused, Refusal::TicketOfAnother { issuer_name, .. } if issuer_name == "011002"));
}

#[tokio::test]
async fn an_events_ticket_is_cleared_for_the_events_sites_only() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let mut chamber = town.chamber().await.at_work().await;
    town.greengrocer().await;
    let grocer = town.takes_tickets("やまだ八百屋").await;
    let bath = town.takes_tickets("銭湯 たまの湯").await;
    for event in [town.sora_points(), town.kanagawa_points()] {
        town.gives(&hanako, event, 1_000, None).await;
        let issue = || async { chamber.issues(100).of(event).to(&hanako).await.done().ticket.unwrap() };
        let (one, other) = (issue().await, issue().await);
        let refused = chamber.clears(&one.code).for_site(bath).now().await.refused();
        let event_name = one.ticket.event_name.clone().unwrap();
        assert_eq!(refused, Refusal::TicketElsewhere { event_name });
        chamber.clears(&one.code).for_site(grocer).now().await.done();
        town.write(move |write| madoguchi_cloud::operator::currency::allow_at_sites(write, event, &[bath]))
            .await;
        // A new session knows of it at once; others within a second.
        chamber.goes_on().await;
        chamber.clears(&other.code).for_site(bath).now().await.done();
    }
}

#[tokio::test]
async fn an_events_tickets_are_cleared_for_a_shop_whose_only_terminal_is_gone() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let event = town.sora_points();
    town.gives(&hanako, event, 1_000, None).await;
    let mut chamber = town.chamber().await.at_work().await;
    let shop = town.greengrocer().await.id;
    let grocer = town.takes_tickets("やまだ八百屋").await;
    let bath = town.takes_tickets("銭湯 たまの湯").await;
    let paper = chamber.issues(100).of(event).to(&hanako).await.done().ticket.unwrap();
    let now_ms = town.cloud.clock.now_ms();
    town.write(move |write| madoguchi_cloud::operator::terminal::delete(write, shop, now_ms)).await;
    // A new session knows of it at once; others within a second.
    chamber.goes_on().await;
    let event_name = paper.ticket.event_name.clone().unwrap();
    let at_the_bath = chamber.clears(&paper.code).for_site(bath).now().await.refused();
    assert_eq!(at_the_bath, Refusal::TicketElsewhere { event_name });
    chamber.clears(&paper.code).for_site(grocer).now().await.done();
}

#[tokio::test]
async fn each_paper_of_a_pile_is_proven_and_the_pile_ends_where_tickets_are_taken_no_more() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let mut chamber = town.chamber().await.at_work().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    chamber.goes_on().await;
    for points in [100, 200, 300] {
        let paper = chamber.ticket(points, &hanako).await;
        let done = chamber.clears(&paper.code).for_site(site).now().await.done();
        let cleared = done.cleared.unwrap();
        assert_eq!((cleared.ticket, cleared.site_name.as_str()), (paper.ticket, "やまだ八百屋"));
        let again = chamber.clears(&paper.code).for_site(site).now().await.refused();
        assert!(matches!(again, Refusal::TicketCleared(_)), "{again:?}");
    }
    let (one, other) = (chamber.ticket(100, &hanako).await, chamber.ticket(100, &hanako).await);
    let tag = |code: &str| code.rsplit('.').next().unwrap().to_owned();
    let forged = one.code.replace(&tag(&one.code), &tag(&other.code));
    assert_eq!(chamber.clears(&forged).for_site(site).now().await.refused(), Refusal::TicketForged);
    town.write(move |write| madoguchi_cloud::operator::site::set_takes_tickets(write, site, false)).await;
    chamber.goes_on().await;
    let late = chamber.clears(&one.code).for_site(site).now().await.refused();
    assert_eq!(late, Refusal::SiteTakesNoTickets);
}

#[tokio::test]
async fn what_is_no_ticket_at_all_is_malformed_and_leaves_nothing() {
    let town = Town::open().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let scans = [
        "https://example.jp/T1.141305.987654321012.7.0123456789ABCDEF",
        "4901234567894",
        "9876543210123",
        "987654321012",
        "T1.141305.98765",
        "T1.141305.987654321012.7.01234567",
        "",
    ];
    for scan in scans {
        let key = a_key();
        let reply = chamber.clears(scan).for_site(site).under(key).now().await;
        assert_eq!(reply.code(), (422, ErrorCode::Malformed), "{scan}");
        assert_eq!(reply.problem().field.as_deref(), Some("ticket"));
        assert_eq!(chamber.resolves(key).await.refused(), Refusal::Abandoned, "nothing was remembered");
    }
    for typed in ["98765432101", "9876543210123", "98765432101a", "9876 5432 1012", ""] {
        let reply = chamber.clears_typed(typed).for_site(site).now().await;
        assert_eq!(reply.code(), (422, ErrorCode::Malformed), "{typed}");
    }
    let lock = chamber.clears_typed("000000000000").for_site(site).now().await;
    assert_eq!(lock.refused(), Refusal::TicketUnknown, "none of these counted as a guess");
}
