//! Address notices at the counter (row C6): the signing password is heard by the visit's card alone, and the
//! wish stands in the cloud.

use crate::programs::a_program;
use crate::shop::{AtCounter, READER, Shop};
use madoguchi_domain::certificate::CertificateName;
use madoguchi_doubles::{Card, SIGNING_PASSWORD};
use madoguchi_wire::bridge::{ReadCardAnswer, ReadCardRequest};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::AddressNotice;
use madoguchi_wire::window::{
    AskAddressNoticeArguments, CardExpectation, CardState, PasswordCharacters, ServiceIdFound, SigningTries,
    TypedPassword, VisitNamed,
};
use zeroize::Zeroizing;

const HANAKO: &str = "0a01";

fn hanakos() -> Card {
    let signing = CertificateName { issuer_der: b"\x30\x00".to_vec(), serial: "5a".to_owned() };
    Card::of(HANAKO).with_signing_certificate(Some(signing))
}

async fn a_noticing_library() -> (Shop, AtCounter) {
    let shop = Shop::new();
    shop.cloud.service_ids(|book| book.offers_notices = true);
    let at = shop.opens_registered().await;
    (shop, at)
}

impl AtCounter {
    async fn meets(&mut self, shop: &Shop, card: Card) -> ServiceIdFound {
        self.counter.expect_card(CardExpectation::ServiceIdNow).await.unwrap();
        shop.desk.put_on(READER, card);
        self.hears_of_card(|state| match state {
            CardState::ServiceIdRead { found } => Some(found.clone()),
            _ => None,
        })
        .await
    }

    async fn tries(&self, found: &ServiceIdFound) -> Result<SigningTries, ErrorCode> {
        let named = VisitNamed { visit: found.visit };
        self.counter.begin_address_notice(named).await.map_err(|failure| failure.code)
    }

    async fn wishes(
        &self,
        found: &ServiceIdFound,
        typed: &str,
        last_try_agreed: bool,
    ) -> Result<AddressNotice, ErrorCode> {
        let characters = PasswordCharacters(Zeroizing::new(typed.to_owned()));
        let password = TypedPassword { characters, last_try_agreed };
        let arguments = AskAddressNoticeArguments { visit: found.visit, password };
        self.counter.ask_address_notice(arguments).await.map_err(|failure| failure.code)
    }
}

#[tokio::test]
async fn a_wish_stands_with_the_signing_certificate_until_it_ends() {
    let (shop, mut at) = a_noticing_library().await;
    let found = at.meets(&shop, hanakos()).await;
    assert_eq!(found.address_notice, AddressNotice::NotWanted);
    assert_eq!(at.tries(&found).await, Ok(SigningTries { left: 5 }));
    assert_eq!(at.wishes(&found, SIGNING_PASSWORD, false).await, Ok(AddressNotice::Wanted));
    assert_eq!(shop.cloud.service_ids(|book| book.noticed_by(HANAKO).map(str::to_owned)), Some("5a".into()));
    let ended = at.counter.stop_address_notice(VisitNamed { visit: found.visit }).await.unwrap();
    assert_eq!(ended, AddressNotice::NotWanted);
    assert_eq!(shop.cloud.service_ids(|book| book.noticed_by(HANAKO).map(str::to_owned)), None);
}

#[tokio::test]
async fn a_wrong_password_is_counted_by_the_card_and_nothing_is_asked_of_the_cloud() {
    let (shop, mut at) = a_noticing_library().await;
    let found = at.meets(&shop, hanakos()).await;
    assert_eq!(at.wishes(&found, "XYZ789", false).await, Err(ErrorCode::WrongSigningPassword));
    assert_eq!(at.tries(&found).await, Ok(SigningTries { left: 4 }));
    assert_eq!(at.wishes(&found, "short", false).await, Err(ErrorCode::SigningPasswordMalformed));
    for _ in 0..3 {
        assert_eq!(at.wishes(&found, "XYZ789", false).await, Err(ErrorCode::WrongSigningPassword));
    }
    assert_eq!(at.wishes(&found, SIGNING_PASSWORD, false).await, Err(ErrorCode::LastSigningPasswordTry));
    assert_eq!(at.wishes(&found, "XYZ789", true).await, Err(ErrorCode::SigningPasswordLocked));
    assert_eq!(at.tries(&found).await, Err(ErrorCode::SigningPasswordLocked));
    assert_eq!(shop.cloud.calls("set_address_notice"), 0);
}

#[tokio::test]
async fn a_card_that_was_swapped_hears_no_password_and_one_put_back_does() {
    let (shop, mut at) = a_noticing_library().await;
    let hanakos = hanakos();
    let found = at.meets(&shop, hanakos.clone()).await;
    shop.desk.take_off(READER);
    assert_eq!(at.tries(&found).await, Err(ErrorCode::CardAbsent));
    shop.desk.put_on(READER, Card::of("0b02"));
    assert_eq!(at.wishes(&found, SIGNING_PASSWORD, false).await, Err(ErrorCode::OtherCard));
    shop.desk.take_off(READER);
    shop.desk.put_on(READER, hanakos);
    assert_eq!(at.wishes(&found, SIGNING_PASSWORD, false).await, Ok(AddressNotice::Wanted));
}

#[tokio::test]
async fn a_small_childs_card_and_a_provider_without_notices_are_said() {
    let (shop, mut at) = a_noticing_library().await;
    let found = at.meets(&shop, Card::of(HANAKO).with_signing_certificate(None)).await;
    assert_eq!(at.tries(&found).await, Err(ErrorCode::NoSigningCertificate));
    shop.desk.take_off(READER);
    shop.cloud.service_ids(|book| book.offers_notices = false);
    let found = at.meets(&shop, hanakos()).await;
    assert_eq!(found.address_notice, AddressNotice::NotOffered);
    assert_eq!(at.wishes(&found, SIGNING_PASSWORD, false).await, Err(ErrorCode::FunctionNotAllowed));
}

fn within_a_second() -> ReadCardRequest {
    ReadCardRequest { wait_s: 1, own_cards: false }
}

#[tokio::test]
async fn once_it_has_lapsed_the_clerk_and_a_paired_program_are_told_to_check_the_address() {
    let (shop, mut at) = a_noticing_library().await;
    shop.cloud.service_ids(|book| book.has(HANAKO, "0012345678"));
    let code = at.counter.offer_pairing(a_program()).await.unwrap().offered.unwrap().code;
    let programs = at.counter.programs();
    let token = programs.pair(&code, None).await.unwrap().token;
    let pairing = programs.paired(&token, None).unwrap();
    let found = at.meets(&shop, hanakos()).await;
    let told = |check_address| ReadCardAnswer::CustomerNumber { number: "0012345678".into(), check_address };
    assert_eq!(at.wishes(&found, SIGNING_PASSWORD, false).await, Ok(AddressNotice::Wanted));
    assert_eq!(programs.read_card(pairing, within_a_second()).await, Ok(told(false)));
    shop.cloud.service_ids(|book| book.lapsed.insert("5a".into()));
    assert_eq!(programs.read_card(pairing, within_a_second()).await, Ok(told(true)));
    shop.desk.take_off(READER);
    assert_eq!(at.meets(&shop, hanakos()).await.address_notice, AddressNotice::CheckAddress);
}
