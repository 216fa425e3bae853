use super::*;
use jiff::civil::date;
use madoguchi_wire::terminal_api::AddressNotice;
use madoguchi_wire::window::Period;

/// The one reader of most stories.
const A: &str = "reader A";
const B: &str = "reader B";

/// A flow and what it asked for last.
struct Story {
    flow: CardFlow,
    at: Instant,
}

impl Story {
    /// A desk whose readers are attached, waiting for nothing.
    fn with_readers(names: &[&str]) -> Self {
        let mut story = Self { flow: CardFlow::default(), at: Instant::now() };
        story.reader(ReaderEvent::ServiceReady);
        for name in names {
            story.reader(ReaderEvent::ReaderAttached(reader(name)));
        }
        story
    }

    fn step(&mut self, event: CardEvent) -> String {
        let (next, effects) = self.flow.clone().step(event);
        self.flow = next;
        effects.iter().map(short).collect::<Vec<_>>().join(", ")
    }

    fn reader(&mut self, event: ReaderEvent) -> String {
        self.step(CardEvent::Reader(event))
    }

    fn put_on(&mut self, name: &str) -> String {
        let at = self.at;
        self.reader(ReaderEvent::CardInserted { reader: reader(name), at })
    }

    fn take_off(&mut self, name: &str) -> String {
        self.reader(ReaderEvent::CardRemoved { reader: reader(name) })
    }

    fn expect(&mut self, expectation: CardExpectation) -> String {
        self.step(CardEvent::Expect(expectation))
    }

    fn read(&mut self, number: u32) -> String {
        self.step(CardEvent::Read { number, outcome: Ok(visit(number)) })
    }

    fn read_service_id(&mut self, number: u32) -> String {
        let found = ServiceIdFound {
            visit: number,
            provider_name: "図書館".into(),
            number: None,
            address_notice: AddressNotice::NotOffered,
        };
        self.step(CardEvent::ServiceIdRead { number, found })
    }

    fn wants_pin(&mut self, number: u32, code: Option<ErrorCode>) -> String {
        self.step(CardEvent::WantsPin { number, tries_left: 3, failure: code.map(Failure::of) })
    }

    fn fail(&mut self, number: u32, code: ErrorCode) -> String {
        self.step(CardEvent::Read { number, outcome: Err(Failure::of(code)) })
    }
}

fn reader(name: &str) -> ReaderName {
    ReaderName(name.to_owned())
}

fn visit(number: u32) -> Visit {
    Visit {
        visit: number,
        masked_mykey_id: "MY****56".into(),
        accounts: Vec::new(),
        left_today: 5_000,
        per_use: 3_000,
        by_card_of: None,
        ticket_days: Period { from: date(2026, 11, 20), to: date(2026, 12, 20) },
    }
}

/// An effect in a few words.
fn short(effect: &CardEffect) -> String {
    match effect {
        CardEffect::Read { number, reader, with_pin, wanted, .. } => {
            let how = if *with_pin { " with PIN" } else { "" };
            let what = match wanted {
                Wanted::Points => "",
                Wanted::ServiceId => " for the service ID",
                Wanted::Merge => " for a merge",
            };
            format!("read {number} on {reader}{how}{what}")
        }
        CardEffect::Show(CardState::Absent) => "absent".into(),
        CardEffect::Show(CardState::Lying) => "lying".into(),
        CardEffect::Show(CardState::Reading) => "reading".into(),
        CardEffect::Show(CardState::LibraryCardLies) => "library card lies".into(),
        CardEffect::Show(CardState::Read { visit }) => format!("visit {}", visit.visit),
        CardEffect::Show(CardState::WantsPin { tries_left, failure }) => {
            let why =
                failure.as_ref().map_or_else(String::new, |failure| format!(" after {}", failure.number));
            format!("wants PIN, {tries_left} left{why}")
        }
        CardEffect::Show(CardState::Failed { failure }) => format!("failed {}", failure.number),
        CardEffect::ShowReader(DeviceState::Ready { name }) => {
            format!("ready {}", name.as_deref().unwrap_or_default())
        }
        CardEffect::ShowReader(DeviceState::Looking) => "looking".into(),
        CardEffect::ShowReader(DeviceState::Missing { failure }) => format!("missing {}", failure.number),
        CardEffect::Show(CardState::ServiceIdRead { found }) => format!("service ID {}", found.visit),
        CardEffect::LookUpScanned { number } => format!("look up scan {number}"),
        CardEffect::CardLeft => "card left".into(),
        CardEffect::ForgetVisit => "forget".into(),
        CardEffect::LookAWhile => "look a while".into(),
    }
}

#[test]
fn a_card_put_on_is_read_and_its_visit_shown() {
    let mut story = Story::with_readers(&[A]);
    assert_eq!(story.expect(CardExpectation::NextCard), "");
    assert_eq!(story.put_on(A), "reading, read 1 on reader A");
    assert_eq!(story.read(1), "visit 1");
    assert_eq!(story.take_off(A), "", "the card may be given back");
    assert_eq!(story.step(CardEvent::Left), "forget, absent");
}

#[test]
fn a_card_nobody_waits_for_only_lies_there() {
    let mut story = Story::with_readers(&[A]);
    assert_eq!(story.put_on(A), "lying");
    assert_eq!(story.expect(CardExpectation::NextCard), "", "home reads no card that lay there before");
    assert_eq!(story.expect(CardExpectation::CardNow), "reading, read 1 on reader A");
    assert_eq!(story.read(1), "visit 1");
}

#[test]
fn a_card_pulled_early_is_told_at_once_and_a_late_answer_changes_nothing() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    assert_eq!(story.take_off(A), "failed C-102");
    assert_eq!(story.read(1), "", "balances of a card that is gone are not shown");
    assert_eq!(story.put_on(A), "reading, read 2 on reader A", "putting it back reads it");
    assert_eq!(story.read(1), "");
    assert_eq!(story.read(2), "visit 2");
}

#[test]
fn a_card_swapped_unseen_is_read_instead_of_the_first() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    assert_eq!(story.put_on(A), "read 2 on reader A");
    assert_eq!(story.read(1), "");
    assert_eq!(story.read(2), "visit 2");
}

#[test]
fn of_two_cards_the_one_being_read_is_read_to_its_end() {
    let mut story = Story::with_readers(&[A, B]);
    story.expect(CardExpectation::CardNow);
    assert_eq!(story.put_on(A), "reading, read 1 on reader A");
    assert_eq!(story.put_on(B), "");
    assert_eq!(story.take_off(B), "");
    assert_eq!(story.read(1), "visit 1");
}

#[test]
fn of_two_cards_lying_the_one_put_on_last_is_read() {
    let mut story = Story::with_readers(&[A, B]);
    story.put_on(B);
    story.put_on(A);
    assert_eq!(story.expect(CardExpectation::CardNow), "reading, read 1 on reader A");
}

#[test]
fn another_card_put_on_during_a_visit_does_not_replace_it() {
    let mut story = Story::with_readers(&[A, B]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    story.read(1);
    assert_eq!(story.put_on(B), "");
    assert_eq!(story.take_off(A), "");
    assert_eq!(story.put_on(A), "");
}

#[test]
fn a_failure_stays_until_the_next_card() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    assert_eq!(story.fail(1, ErrorCode::NotMyNumberCard), "failed C-104");
    assert_eq!(story.take_off(A), "");
    assert_eq!(story.put_on(A), "reading, read 2 on reader A");
}

#[test]
fn a_reading_nobody_waits_for_any_more_is_given_up() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    assert_eq!(story.expect(CardExpectation::None), "lying");
    assert_eq!(story.read(1), "");
}

#[test]
fn a_visit_ends_after_its_time_and_only_its_own() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    story.read(1);
    assert_eq!(story.step(CardEvent::Expired { visit: 7 }), "");
    assert_eq!(story.step(CardEvent::Expired { visit: 1 }), "forget, failed P-305");
}

#[test]
fn waiting_for_the_next_card_forgets_the_visit_before() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    story.read(1);
    assert_eq!(story.expect(CardExpectation::None), "", "the amount is being typed");
    assert_eq!(story.expect(CardExpectation::NextCard), "forget, lying");
}

#[test]
fn a_phone_wants_its_pin_and_is_read_with_it() {
    let mut story = Story::with_readers(&[A, B]);
    story.expect(CardExpectation::CardNow);
    assert_eq!(story.put_on(A), "reading, read 1 on reader A");
    assert_eq!(story.wants_pin(1, None), "wants PIN, 3 left");
    assert_eq!(story.step(CardEvent::PinTyped), "reading, read 2 on reader A with PIN");
    assert_eq!(story.wants_pin(2, Some(ErrorCode::WrongPin)), "wants PIN, 3 left after C-110");
    assert_eq!(story.wants_pin(2, None), "", "an answer that comes twice");
    assert_eq!(story.step(CardEvent::PinTyped), "reading, read 3 on reader A with PIN");
    assert_eq!(story.step(CardEvent::PinTyped), "", "one PIN at a time");
    assert_eq!(story.read(3), "visit 3");
    assert_eq!(story.step(CardEvent::PinTyped), "", "nobody waits for a PIN");
}

#[test]
fn a_phone_that_leaves_while_its_pin_is_typed_is_told_and_no_other_card_hears_it() {
    let mut story = Story::with_readers(&[A, B]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    story.wants_pin(1, None);
    assert_eq!(story.take_off(B), "", "another reader");
    assert_eq!(story.take_off(A), "failed C-102");
    assert_eq!(story.step(CardEvent::PinTyped), "");
    assert_eq!(story.put_on(A), "reading, read 2 on reader A");
    story.wants_pin(2, None);
    assert_eq!(story.put_on(B), "reading, read 3 on reader B", "a card put on instead");
    assert_eq!(story.step(CardEvent::PinTyped), "");
    story.wants_pin(3, None);
    assert_eq!(story.reader(ReaderEvent::ServiceAbsent), "failed C-101, missing C-101");
}

#[test]
fn the_service_stops_in_the_middle_and_comes_back() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    assert_eq!(story.reader(ReaderEvent::ServiceAbsent), "failed C-101, missing C-101");
    assert_eq!(story.read(1), "");
    assert_eq!(story.reader(ReaderEvent::ServiceReady), "looking, look a while");
    assert_eq!(story.reader(ReaderEvent::ReaderAttached(reader(A))), "ready reader A");
    assert_eq!(story.put_on(A), "reading, read 2 on reader A");
}

#[test]
fn a_reader_that_does_not_come_forward_is_missing_after_a_while() {
    let mut story = Story::with_readers(&[]);
    assert_eq!(story.step(CardEvent::LookedLongEnough), "missing C-103");
    assert_eq!(story.reader(ReaderEvent::ReaderAttached(reader(A))), "ready reader A");
    assert_eq!(story.step(CardEvent::LookedLongEnough), "");
    assert_eq!(story.reader(ReaderEvent::ReaderDetached(reader(A))), "missing C-103");
}

#[test]
fn a_reader_pulled_out_takes_its_card_with_it() {
    let mut story = Story::with_readers(&[A, B]);
    story.expect(CardExpectation::CardNow);
    story.put_on(A);
    assert_eq!(story.reader(ReaderEvent::ReaderDetached(reader(A))), "failed C-103, ready reader B");
    assert_eq!(story.read(1), "");
}

#[test]
fn readings_count_up_and_a_visit_is_shown_only_for_the_reading_under_way() {
    // Every order of three events between putting on and the answer.
    let events = [
        CardEvent::Reader(ReaderEvent::CardRemoved { reader: reader(A) }),
        CardEvent::Expect(CardExpectation::None),
        CardEvent::Reader(ReaderEvent::ServiceAbsent),
    ];
    for event in events {
        let mut story = Story::with_readers(&[A]);
        story.expect(CardExpectation::CardNow);
        story.put_on(A);
        story.step(event.clone());
        assert_eq!(story.read(1), "", "{event:?}");
    }
}

#[test]
fn a_service_id_is_read_by_itself_and_a_card_that_leaves_is_registered_nothing() {
    let mut story = Story::with_readers(&[A]);
    assert_eq!(story.expect(CardExpectation::ServiceIdNow), "");
    assert_eq!(story.put_on(A), "reading, read 1 on reader A for the service ID");
    assert_eq!(story.read_service_id(1), "service ID 1");
    assert_eq!(story.take_off(A), "card left, failed C-117");
    assert_eq!(story.put_on(A), "lying", "another card begins nothing by itself");
}

#[test]
fn a_reader_that_goes_takes_the_card_of_a_service_id_with_it() {
    let mut story = Story::with_readers(&[A]);
    story.put_on(A);
    assert_eq!(story.expect(CardExpectation::ServiceIdNow), "reading, read 1 on reader A for the service ID");
    story.read_service_id(1);
    assert!(story.reader(ReaderEvent::ReaderDetached(reader(A))).starts_with("card left, failed C-117"));
    let mut story = Story::with_readers(&[A]);
    story.put_on(A);
    story.expect(CardExpectation::ServiceIdNow);
    story.read_service_id(1);
    assert!(story.reader(ReaderEvent::ServiceAbsent).starts_with("card left, failed C-117"));
}

#[test]
fn a_reading_for_points_is_given_up_for_the_service_id() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::NextCard);
    assert_eq!(story.put_on(A), "reading, read 1 on reader A");
    assert_eq!(
        story.expect(CardExpectation::ServiceIdNow),
        "lying, reading, read 2 on reader A for the service ID"
    );
    assert_eq!(story.read(1), "", "nobody waits for the balances any more");
    assert_eq!(story.read_service_id(2), "service ID 2");
}

#[test]
fn a_card_pulled_while_its_service_id_is_looked_up_shows_no_number() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::ServiceIdNow);
    story.put_on(A);
    assert_eq!(story.take_off(A), "failed C-102");
    assert_eq!(story.read_service_id(1), "");
}

#[test]
fn a_phones_service_id_is_read_with_its_pin() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::ServiceIdNow);
    story.put_on(A);
    story.wants_pin(1, None);
    assert_eq!(story.step(CardEvent::PinTyped), "reading, read 2 on reader A with PIN for the service ID");
}

#[test]
fn a_service_id_expires_like_a_visit() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::ServiceIdNow);
    story.put_on(A);
    story.read_service_id(1);
    assert_eq!(story.step(CardEvent::Expired { visit: 1 }), "forget, failed P-305");
}

#[test]
fn a_service_id_whose_card_has_left_expires_all_the_same_and_only_its_own() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::ServiceIdNow);
    story.put_on(A);
    story.read_service_id(1);
    story.take_off(A);
    assert_eq!(story.step(CardEvent::Expired { visit: 7 }), "");
    assert_eq!(story.step(CardEvent::Expired { visit: 1 }), "forget, failed P-305");
    assert_eq!(story.step(CardEvent::Expired { visit: 1 }), "", "once");
}

#[test]
fn the_next_customers_card_takes_the_number_before_away_and_the_one_that_still_lies_does_not() {
    let mut story = Story::with_readers(&[A, B]);
    story.expect(CardExpectation::ServiceIdNow);
    story.put_on(A);
    story.read_service_id(1);
    assert_eq!(
        story.expect(CardExpectation::NextServiceId),
        "",
        "the number stays, and its card is not read again"
    );
    assert_eq!(story.put_on(B), "forget, reading, read 2 on reader B for the service ID");
    assert_eq!(story.step(CardEvent::Expired { visit: 1 }), "", "nothing of the first one is left");
    assert_eq!(story.read_service_id(2), "service ID 2");
    assert_eq!(story.put_on(A), "", "one look-up, one number: handed over first");
}

#[test]
fn the_next_customers_card_is_read_also_where_the_one_before_has_left() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::ServiceIdNow);
    story.put_on(A);
    story.read_service_id(1);
    assert_eq!(story.take_off(A), "card left, failed C-117");
    assert_eq!(story.expect(CardExpectation::NextServiceId), "");
    assert_eq!(story.put_on(A), "forget, reading, read 2 on reader A for the service ID");
    assert_eq!(
        story.fail(2, ErrorCode::NotMyNumberCard),
        "failed C-104",
        "no other card is tried in its place"
    );
    story.take_off(A);
    assert_eq!(story.put_on(A), "reading, read 3 on reader A for the service ID");
}

#[test]
fn after_a_number_has_expired_the_card_that_still_lies_is_not_looked_up_again() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::ServiceIdNow);
    story.put_on(A);
    story.read_service_id(1);
    story.expect(CardExpectation::NextServiceId);
    assert_eq!(story.step(CardEvent::Expired { visit: 1 }), "forget, failed P-305");
    story.take_off(A);
    assert_eq!(story.put_on(A), "reading, read 2 on reader A for the service ID");
}

#[test]
fn of_a_library_card_and_a_my_number_card_the_right_one_is_read_in_either_order() {
    let mut story = Story::with_readers(&[A, B]);
    story.put_on(A);
    story.put_on(B);
    assert_eq!(story.expect(CardExpectation::ServiceIdNow), "reading, read 1 on reader B for the service ID");
    assert_eq!(story.fail(1, ErrorCode::NotMyNumberCard), "read 2 on reader A for the service ID");
    assert_eq!(story.read_service_id(2), "service ID 2");

    let mut story = Story::with_readers(&[A, B]);
    story.put_on(A);
    story.put_on(B);
    story.expect(CardExpectation::CardNow);
    assert_eq!(story.fail(1, ErrorCode::NotMyNumberCard), "read 2 on reader A");
    assert_eq!(story.fail(2, ErrorCode::NotMyNumberCard), "failed C-104", "neither is");
    assert_eq!(story.expect(CardExpectation::NextCard), "lying");
    assert_eq!(story.expect(CardExpectation::CardNow), "reading, read 3 on reader B", "asked anew, both are");
}

#[test]
fn a_library_card_whose_number_was_read_is_to_be_taken_off_and_never_asked_for_a_person() {
    let mut story = Story::with_readers(&[A]);
    story.put_on(A);
    let card = CardLying { reader: reader(A), at: story.at };
    assert_eq!(story.step(CardEvent::IsLibraryCard(card)), "");
    assert_eq!(story.expect(CardExpectation::ServiceIdNow), "library card lies");
    assert_eq!(story.take_off(A), "absent");
    assert_eq!(
        story.put_on(A),
        "reading, read 1 on reader A for the service ID",
        "it may be the resident's now"
    );
}

#[test]
fn a_card_that_was_changed_while_its_number_was_read_is_no_library_card() {
    let mut story = Story::with_readers(&[A]);
    story.put_on(A);
    let before = CardLying { reader: reader(A), at: story.at };
    story.take_off(A);
    story.at += std::time::Duration::from_secs(1);
    story.put_on(A);
    story.step(CardEvent::IsLibraryCard(before));
    assert_eq!(story.expect(CardExpectation::ServiceIdNow), "reading, read 1 on reader A for the service ID");
}

#[test]
fn for_a_merge_the_streets_card_is_read_or_scanned_and_its_visit_shown() {
    let mut story = Story::with_readers(&[A]);
    assert_eq!(story.expect(CardExpectation::MergeCardNow), "");
    assert_eq!(story.put_on(A), "reading, read 1 on reader A for a merge");
    assert_eq!(story.read(1), "visit 1");
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::MergeCardNow);
    assert_eq!(story.step(CardEvent::StreetCardScanned), "reading, look up scan 1");
    assert_eq!(story.step(CardEvent::StreetCardScanned), "", "one after the other");
    assert_eq!(story.read(1), "visit 1");
    assert_eq!(story.step(CardEvent::StreetCardScanned), "", "one expectation, one visit");
}

#[test]
fn a_scan_means_nothing_where_no_streets_card_is_awaited_or_another_is_being_read() {
    let mut story = Story::with_readers(&[A]);
    assert_eq!(story.step(CardEvent::StreetCardScanned), "");
    story.expect(CardExpectation::CardNow);
    assert_eq!(story.step(CardEvent::StreetCardScanned), "");
    story.expect(CardExpectation::MergeCardNow);
    story.put_on(A);
    assert_eq!(story.step(CardEvent::StreetCardScanned), "");
}

#[test]
fn what_was_scanned_does_not_leave_with_a_reader() {
    let mut story = Story::with_readers(&[A]);
    story.expect(CardExpectation::MergeCardNow);
    story.step(CardEvent::StreetCardScanned);
    let lost = story.reader(ReaderEvent::ServiceAbsent);
    assert!(!lost.contains("failed"), "{lost}");
    assert_eq!(story.read(1), "visit 1");
}

#[test]
fn beside_a_card_that_is_no_streets_the_residents_is_read() {
    for said in [ErrorCode::NotMyNumberCard, ErrorCode::StreetCardUnread] {
        let mut story = Story::with_readers(&[A, B]);
        story.put_on(A);
        story.put_on(B);
        story.expect(CardExpectation::MergeCardNow);
        assert_eq!(story.fail(1, said), "read 2 on reader A for a merge");
    }
}
