//! Service IDs at the counter: looked up, registered, corrected, handed over, with the mishaps between.

use crate::cloud::Mishap;
use crate::shop::{AtCounter, READER, Shop};
use madoguchi_doubles::Card;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    CardExpectation, CardState, HandOver, HandedOver, RegisterServiceIdArguments, ServiceIdFound, TypedEnd,
    TypedNumber, VisitNamed,
};
use std::time::Duration;

const HANAKO: &str = "0a01";
const TARO: &str = "0b02";

impl AtCounter {
    async fn looks_up(&mut self, shop: &Shop, serial: &str) -> ServiceIdFound {
        self.counter.expect_card(CardExpectation::ServiceIdNow).await.unwrap();
        shop.desk.put_on(READER, Card::of(serial));
        self.hears_service_id().await
    }

    async fn hears_service_id(&mut self) -> ServiceIdFound {
        self.hears_of_card(|state| match state {
            CardState::ServiceIdRead { found } => Some(found.clone()),
            _ => None,
        })
        .await
    }

    /// What stands afterwards, or why nothing was registered.
    async fn registers_number(
        &self,
        found: &ServiceIdFound,
        number: &str,
        replaces: Option<&str>,
    ) -> Result<String, ErrorCode> {
        let arguments = RegisterServiceIdArguments {
            visit: found.visit,
            number: number.into(),
            replaces: replaces.map(str::to_owned),
        };
        let registered = self.while_time_passes(self.counter.register_service_id(arguments)).await;
        registered.map(|registered| registered.number).map_err(|failure| failure.code)
    }

    async fn hands_over(&self, found: &ServiceIdFound) -> Result<HandedOver, ErrorCode> {
        let named = VisitNamed { visit: found.visit };
        self.counter.hand_over_service_id(named).await.map_err(|failure| failure.code)
    }
}

async fn a_library() -> (Shop, AtCounter) {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    (shop, at)
}

async fn of_hand_over(way: HandOver) -> (Shop, AtCounter) {
    let (shop, at) = a_library().await;
    let mut settings = at.counter.settings();
    settings.hand_over = way;
    at.counter.save_settings(settings).await.unwrap();
    (shop, at)
}

#[tokio::test]
async fn a_card_leads_to_the_number_of_this_provider() {
    let (shop, mut at) = a_library().await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let found = at.looks_up(&shop, HANAKO).await;
    assert_eq!(
        (found.provider_name.as_str(), found.number.as_deref()),
        ("川崎市立図書館", Some("0012345678"))
    );
    assert_eq!(shop.cloud.calls("look_up_points"), 0, "nobody asks for points");
}

#[tokio::test]
async fn a_number_is_registered_as_it_was_understood() {
    let (shop, mut at) = a_library().await;
    let found = at.looks_up(&shop, HANAKO).await;
    assert_eq!(found.number, None);
    let typed = TypedNumber { number: "００１２ 3456 78".into() };
    assert_eq!(at.counter.check_customer_number(typed).await.unwrap().number, "0012345678");
    assert_eq!(at.registers_number(&found, "００１２ 3456 78", None).await.as_deref(), Ok("0012345678"));
    assert_eq!(
        shop.cloud.service_ids(|book| book.of(HANAKO).map(str::to_owned)).as_deref(),
        Some("0012345678")
    );
}

#[tokio::test]
async fn what_is_no_number_is_said_before_anybody_is_asked() {
    let (shop, mut at) = a_library().await;
    let found = at.looks_up(&shop, HANAKO).await;
    for typed in ["", "　", "1,2", "図書", &"9".repeat(65)] {
        let number = at.counter.check_customer_number(TypedNumber { number: typed.into() }).await;
        assert_eq!(number.unwrap_err().code, ErrorCode::CustomerNumberInvalid, "{typed}");
        let registered = at.registers_number(&found, typed, None).await;
        assert_eq!(registered, Err(ErrorCode::CustomerNumberInvalid));
    }
    assert_eq!(shop.cloud.calls("register_service_id"), 0);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_the_number_registered_once() {
    let (shop, mut at) = a_library().await;
    let found = at.looks_up(&shop, HANAKO).await;
    shop.cloud.will("register_service_id", Mishap::AnswerLost);
    assert_eq!(at.registers_number(&found, "1", None).await.as_deref(), Ok("1"));
    assert_eq!(shop.cloud.service_ids(|book| book.registrations), 1);
    assert_eq!(shop.cloud.calls("register_service_id"), 2);
}

#[tokio::test]
async fn without_any_answer_it_is_not_known_and_pressing_again_is_the_same_registration() {
    let (shop, mut at) = a_library().await;
    let found = at.looks_up(&shop, HANAKO).await;
    for _ in 0..3 {
        shop.cloud.will("register_service_id", Mishap::AnswerLost);
    }
    assert_eq!(at.registers_number(&found, "1", None).await, Err(ErrorCode::ServiceIdUnanswered));
    // Meanwhile the customer has taken the card: what was under way goes on, and nothing else begins.
    shop.desk.take_off(READER);
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardAbsent);
    assert_eq!(at.registers_number(&found, "1", None).await.as_deref(), Ok("1"));
    assert_eq!(shop.cloud.service_ids(|book| book.registrations), 1);
}

#[tokio::test]
async fn a_cloud_that_cannot_be_reached_is_asked_again_when_the_line_is_back() {
    let (shop, mut at) = a_library().await;
    let found = at.looks_up(&shop, HANAKO).await;
    shop.cloud.will("register_service_id", Mishap::Unreachable);
    shop.cloud.will("register_service_id", Mishap::Nonsense);
    assert_eq!(at.registers_number(&found, "1", None).await.as_deref(), Ok("1"));
}

#[tokio::test]
async fn a_card_that_was_swapped_is_registered_nothing() {
    let (shop, mut at) = a_library().await;
    let found = at.looks_up(&shop, HANAKO).await;
    shop.desk.take_off(READER);
    shop.desk.put_on(READER, Card::of(TARO));
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardAbsent);
    assert_eq!(at.registers_number(&found, "1", None).await, Err(ErrorCode::CardAbsent));
    assert_eq!(shop.cloud.calls("register_service_id"), 0);
}

#[tokio::test]
async fn a_visit_that_was_left_registers_nothing() {
    let (shop, mut at) = a_library().await;
    let found = at.looks_up(&shop, HANAKO).await;
    at.counter.leave_visit().await.unwrap();
    assert_eq!(at.registers_number(&found, "1", None).await, Err(ErrorCode::VisitExpired));
}

#[tokio::test]
async fn a_correction_replaces_what_was_shown_and_no_other_number() {
    let (shop, mut at) = a_library().await;
    let found = at.looks_up(&shop, HANAKO).await;
    at.registers_number(&found, "1", None).await.unwrap();
    assert_eq!(at.registers_number(&found, "2", Some("1")).await.as_deref(), Ok("2"));
    shop.cloud.service_ids(|book| book.has(HANAKO, "3"));
    let changed = at.registers_number(&found, "4", Some("2")).await;
    assert_eq!(changed, Err(ErrorCode::ServiceIdNotAsShown));
    assert_eq!(shop.cloud.service_ids(|book| book.of(HANAKO).map(str::to_owned)).as_deref(), Some("3"));
}

#[tokio::test]
async fn somebody_elses_number_is_said_to_be_that() {
    let (shop, mut at) = a_library().await;
    shop.cloud.service_ids(|book| book.has(TARO, "1"));
    let found = at.looks_up(&shop, HANAKO).await;
    assert_eq!(at.registers_number(&found, "1", None).await, Err(ErrorCode::CustomerNumberTaken));
}

#[tokio::test]
async fn a_phone_shows_its_number_after_the_pin() {
    let (shop, mut at) = a_library().await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "1"));
    at.counter.expect_card(CardExpectation::ServiceIdNow).await.unwrap();
    shop.desk.put_on(READER, Card::of(HANAKO).on_a_phone());
    at.hears_of_card(|state| matches!(state, CardState::WantsPin { .. }).then_some(())).await;
    at.counter.read_with_pin(crate::shop::typed_pin(madoguchi_doubles::PIN, false)).await.unwrap();
    assert_eq!(at.hears_service_id().await.number.as_deref(), Some("1"));
}

#[tokio::test]
async fn the_clipboard_holds_the_number_for_a_minute() {
    let (shop, mut at) = of_hand_over(HandOver::Clipboard).await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let found = at.looks_up(&shop, HANAKO).await;
    assert_eq!(at.hands_over(&found).await, Ok(HandedOver::Clipboard { for_s: 60 }));
    assert_eq!(shop.clipboard.text().as_deref(), Some("0012345678"));
    at.clock.pass(Duration::from_mins(1));
    let emptied = async {
        while shop.clipboard.text().is_some() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), emptied).await.expect("the clipboard is emptied");
}

#[tokio::test]
async fn a_number_put_in_anew_stays_its_whole_minute() {
    let (shop, mut at) = of_hand_over(HandOver::Clipboard).await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let found = at.looks_up(&shop, HANAKO).await;
    at.hands_over(&found).await.unwrap();
    at.clock.pass(Duration::from_secs(50));
    at.hands_over(&found).await.unwrap();
    at.clock.pass(Duration::from_secs(50));
    // By the time another customer's number is here, the first minute has been dealt with.
    shop.desk.take_off(READER);
    assert_eq!(at.looks_up(&shop, TARO).await.number, None);
    assert_eq!(shop.clipboard.text().as_deref(), Some("0012345678"));
}

#[tokio::test]
async fn no_number_stays_in_the_clipboard_when_the_counter_closes() {
    let (shop, mut at) = of_hand_over(HandOver::Clipboard).await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let found = at.looks_up(&shop, HANAKO).await;
    at.hands_over(&found).await.unwrap();
    at.counter.close();
    assert_eq!(shop.clipboard.text(), None);
    shop.clipboard.copied_elsewhere("a title");
    shop.closes(at).await;
    assert_eq!(shop.clipboard.text().as_deref(), Some("a title"));
}

#[tokio::test]
async fn what_somebody_copied_meanwhile_stays_in_the_clipboard() {
    let (shop, mut at) = of_hand_over(HandOver::Clipboard).await;
    shop.cloud.service_ids(|book| {
        book.has(HANAKO, "1");
        book.has(TARO, "2");
    });
    let hanakos = at.looks_up(&shop, HANAKO).await;
    at.hands_over(&hanakos).await.unwrap();
    shop.clipboard.copied_elsewhere("a title");
    at.clock.pass(Duration::from_mins(1));
    // Once the next number is in, the first one's minute has been dealt with.
    shop.desk.take_off(READER);
    at.looks_up(&shop, TARO).await;
    assert_eq!(shop.clipboard.text().as_deref(), Some("a title"));
}

#[tokio::test]
async fn a_clipboard_that_takes_nothing_is_said_and_the_number_stays_on_the_screen() {
    let (shop, mut at) = of_hand_over(HandOver::Clipboard).await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "1"));
    let found = at.looks_up(&shop, HANAKO).await;
    shop.clipboard.goes_away();
    assert_eq!(at.hands_over(&found).await, Err(ErrorCode::ClipboardAbsent));
}

#[tokio::test]
async fn a_file_with_the_number_lies_in_the_folder_also_after_the_card_has_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap().to_owned();
    let way = HandOver::File { folder: path.clone(), name: "{number}.txt".into() };
    let (shop, mut at) = of_hand_over(way).await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let found = at.looks_up(&shop, HANAKO).await;
    shop.desk.take_off(READER);
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardAbsent);
    assert_eq!(at.hands_over(&found).await, Ok(HandedOver::File { folder: path }));
    let text = std::fs::read_to_string(folder.path().join("0012345678.txt")).unwrap();
    assert_eq!(text, "0012345678\r\n");
}

#[tokio::test]
async fn the_next_customers_card_leads_to_its_number_once_the_one_before_was_handed_over() {
    let (shop, mut at) = of_hand_over(HandOver::Clipboard).await;
    shop.cloud.service_ids(|book| {
        book.has(HANAKO, "1");
        book.has(TARO, "2");
    });
    let hanakos = at.looks_up(&shop, HANAKO).await;
    at.hands_over(&hanakos).await.unwrap();
    at.counter.expect_card(CardExpectation::NextServiceId).await.unwrap();
    shop.clipboard.copied_elsewhere("a title");
    assert_eq!(at.hands_over(&hanakos).await, Ok(HandedOver::Clipboard { for_s: 60 }), "once more");
    assert_eq!(shop.clipboard.text().as_deref(), Some("1"));
    shop.desk.take_off(READER);
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardAbsent);
    assert_eq!(shop.cloud.calls("look_up_service_id"), 1, "the card that still lay there was not read again");

    shop.desk.put_on(READER, Card::of(TARO));
    let taros = at.hears_service_id().await;
    assert_eq!(taros.number.as_deref(), Some("2"));
    assert_eq!(at.hands_over(&hanakos).await, Err(ErrorCode::VisitExpired));
    assert_eq!(at.hands_over(&taros).await, Ok(HandedOver::Clipboard { for_s: 60 }));
    assert_eq!(shop.clipboard.text().as_deref(), Some("2"));
}

#[tokio::test]
async fn a_number_goes_after_five_minutes_also_where_its_card_has_left() {
    let (shop, mut at) = a_library().await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "1"));
    let found = at.looks_up(&shop, HANAKO).await;
    at.counter.expect_card(CardExpectation::NextServiceId).await.unwrap();
    shop.desk.take_off(READER);
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardAbsent);
    assert_eq!(at.hears_card_failed().await, ErrorCode::VisitExpired);
    assert_eq!(at.hands_over(&found).await, Err(ErrorCode::VisitExpired));
}

#[tokio::test]
async fn the_way_can_be_tried_before_it_is_kept() {
    let (shop, at) = a_library().await;
    let tried = at.counter.try_hand_over(HandOver::Clipboard).await.unwrap();
    assert_eq!(tried, HandedOver::Clipboard { for_s: 60 });
    assert_eq!(shop.clipboard.text().as_deref(), Some("0000000000"));
    let nowhere = HandOver::File { folder: String::new(), name: "a.txt".into() };
    assert_eq!(at.counter.try_hand_over(nowhere).await.unwrap_err().code, ErrorCode::SettingsInvalid);
    assert_eq!(at.counter.settings().hand_over, HandOver::Shown, "trying keeps nothing");
}

#[tokio::test]
async fn a_number_is_typed_where_the_clerk_goes_next() {
    let (shop, mut at) = of_hand_over(HandOver::Typed { end: TypedEnd::Enter, pause_ms: 5 }).await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let found = at.looks_up(&shop, HANAKO).await;
    let handing = at.while_time_passes(at.hands_over(&found));
    let goes = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(shop.keyboard.typed(), "", "not into this window");
        shop.keyboard.focus_is_elsewhere(true);
    };
    let (handed, ()) = tokio::join!(handing, goes);
    assert_eq!(handed, Ok(HandedOver::Typed));
    assert_eq!(shop.keyboard.typed(), "0012345678\n");
}

#[tokio::test]
async fn a_clerk_who_comes_back_before_the_first_key_gets_no_number_into_this_window() {
    let (shop, mut at) = of_hand_over(HandOver::Typed { end: TypedEnd::Enter, pause_ms: 5 }).await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let found = at.looks_up(&shop, HANAKO).await;
    shop.keyboard.focus_is_elsewhere(true);
    let looked = async |times: u32| {
        let looks = async {
            while shop.keyboard.looks() < times {
                tokio::time::sleep(Duration::from_millis(5)).await;
                if times > 1 {
                    at.clock.pass(Duration::from_millis(100));
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(10), looks).await.expect("it is looked again");
    };
    let comes_and_goes = async {
        looked(1).await;
        shop.keyboard.focus_is_elsewhere(false);
        looked(3).await;
        assert_eq!(shop.keyboard.typed(), "", "not into this window");
        shop.keyboard.focus_is_elsewhere(true);
        looked(5).await;
    };
    let (handed, ()) = tokio::join!(at.hands_over(&found), comes_and_goes);
    assert_eq!(handed, Ok(HandedOver::Typed));
    assert_eq!(shop.keyboard.typed(), "0012345678\n", "once");
}

#[tokio::test]
async fn a_number_that_finds_no_window_or_no_keyboard_is_not_typed() {
    let (shop, mut at) = of_hand_over(HandOver::Typed { end: TypedEnd::Tab, pause_ms: 5 }).await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let found = at.looks_up(&shop, HANAKO).await;
    assert_eq!(at.while_time_passes(at.hands_over(&found)).await, Err(ErrorCode::NoOtherWindow));
    shop.keyboard.goes_away();
    assert_eq!(at.while_time_passes(at.hands_over(&found)).await, Err(ErrorCode::KeyboardAbsent));
    assert_eq!(shop.keyboard.typed(), "");
    let too_slow = HandOver::Typed { end: TypedEnd::Tab, pause_ms: 201 };
    assert_eq!(at.counter.try_hand_over(too_slow).await.unwrap_err().code, ErrorCode::SettingsInvalid);
}
