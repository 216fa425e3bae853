//! Address notices (row C6): wished for with the signing certificate, told when that has lapsed, ended, and taken
//! over with a renewed card (row B4).

use crate::actors::{GINZA, Resident, Terminal, Town};
use jiff::Timestamp;
use madoguchi_cloud::database::params;
use madoguchi_cloud::identity::authority::{Answer, CertificateAuthority, Renewal, SigningRenewal};
use madoguchi_cloud::identity::certificate::CertificateFile;
use madoguchi_cloud::operator::id_provider;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    AddressNotice, LookUpServiceIdAnswer, SetAddressNoticeAnswer, SetAddressNoticeRequest, SigningCertificate,
};
use std::sync::Arc;
use std::time::Duration;

const LIBRARY: &str = "140001";

/// A certificate authority that takes questions and never answers.
#[derive(Debug)]
struct Silent;

impl CertificateAuthority for Silent {
    fn renewal<'a>(&'a self, _: &'a CertificateName) -> Answer<'a, Option<Renewal>> {
        Box::pin(std::future::pending())
    }

    fn has_lapsed<'a>(&'a self, _: &'a CertificateName) -> Answer<'a, bool> {
        Box::pin(std::future::pending())
    }
}

fn auth(serial: &str) -> CertificateFile {
    let instant = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
    CertificateFile {
        name: CertificateName { issuer_der: b"\x30\x0bO=JPKI-like".to_vec(), serial: serial.to_owned() },
        not_before_ms: instant("2025-01-01T00:00:00Z"),
        not_after_ms: instant("2030-01-01T00:00:00Z"),
    }
}

fn signing(serial: &str) -> CertificateName {
    CertificateName { issuer_der: b"\x30\x0bO=JPKI-sign".to_vec(), serial: serial.to_owned() }
}

impl Town {
    async fn offers_notices(&self, offers: bool) {
        self.write(move |write| id_provider::set_address_notices(write, LIBRARY, offers)).await;
    }

    /// The library, which offers address notices.
    async fn noticing_library(&self) -> Terminal {
        self.offers_notices(true).await;
        self.library().await.of_provider(LIBRARY).at_work().await
    }

    /// The signing certificates that are kept of anybody.
    async fn kept(&self) -> Vec<Option<String>> {
        let read = |read: &madoguchi_cloud::database::Connection| {
            let sql = "select serial from address_notice order by from_ms, serial";
            read.query_all(sql, params![], |row| row.get(0))
        };
        self.cloud.database.read(read).await.unwrap()
    }
}

impl Terminal {
    async fn sets_notice(&self, visit: &str, signing: Option<&CertificateName>) -> crate::actors::Reply {
        let signing = signing.map(|name| SigningCertificate {
            issuer: hex::encode(&name.issuer_der),
            serial: name.serial.clone(),
        });
        self.post("set_address_notice", &SetAddressNoticeRequest { visit: visit.to_owned(), signing }).await
    }

    /// The resident wishes for notices by this signing certificate, or for none any more.
    async fn notes(&self, resident: &Resident, signing: Option<&CertificateName>) -> AddressNotice {
        let visit = self.service_id_visit(resident).await.visit;
        self.sets_notice(&visit, signing).await.ok::<SetAddressNoticeAnswer>().address_notice
    }

    async fn notice_of(&self, resident: &Resident) -> AddressNotice {
        self.service_id_visit(resident).await.address_notice
    }
}

#[tokio::test]
async fn a_wish_stands_until_it_ends_and_its_certificate_is_forgotten_with_it() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let library = town.noticing_library().await;
    assert_eq!(library.notice_of(&hanako).await, AddressNotice::NotWanted);
    for _ in 0..2 {
        assert_eq!(library.notes(&hanako, Some(&signing("5a"))).await, AddressNotice::Wanted);
    }
    assert_eq!(library.notice_of(&hanako).await, AddressNotice::Wanted);
    assert_eq!(town.kept().await, [Some("5a".to_owned())], "asked for again it has the effect of one");
    assert_eq!(library.notes(&hanako, None).await, AddressNotice::NotWanted);
    assert_eq!(town.kept().await, [None]);
}

#[tokio::test]
async fn the_address_is_to_be_checked_once_the_signing_certificate_has_lapsed() {
    let town = Town::with_an_authority(Vec::new(), vec![signing("5a")]).await;
    let (moved, stayed) = (town.resident().await, town.resident().await);
    let library = town.noticing_library().await;
    library.registers_number("1").for_the(&moved).await;
    assert_eq!(library.notes(&moved, Some(&signing("5a"))).await, AddressNotice::CheckAddress);
    assert_eq!(library.notes(&stayed, Some(&signing("5b"))).await, AddressNotice::Wanted);
    let found: LookUpServiceIdAnswer = library.service_id_visit(&moved).await;
    assert_eq!(found.address_notice, AddressNotice::CheckAddress);
    assert_eq!(
        found.registered.map(|it| it.number.into()),
        Some("1".to_owned()),
        "the number is told as ever"
    );
    assert_eq!(library.notice_of(&stayed).await, AddressNotice::Wanted);
    assert_eq!(library.notes(&moved, Some(&signing("5c"))).await, AddressNotice::Wanted, "wished for anew");
}

#[tokio::test]
async fn an_authority_that_is_silent_keeps_no_number_back_and_takes_no_card_over() {
    let town = Town::asking(Arc::new(Silent)).await;
    let hanako = town.resident().await;
    let library = town.noticing_library().await;
    library.registers_number("1").for_the(&hanako).await;
    let looked_up = async {
        assert_eq!(library.notes(&hanako, Some(&signing("5a"))).await, AddressNotice::Wanted);
        let found = library.service_id_visit(&hanako).await;
        assert_eq!(found.registered.map(|it| it.number.into()), Some("1".to_owned()));
        assert_eq!(found.address_notice, AddressNotice::Wanted);
        let stranger = Resident { card: auth("0c").name, ..hanako.clone() };
        let unknown = library.looks_up_service_id(&stranger).await;
        assert_eq!(unknown.code(), (404, ErrorCode::CardWithoutMykeyId));
    };
    // Two seconds for each of the questions; for ever without the limit.
    tokio::time::timeout(Duration::from_mins(1), looked_up)
        .await
        .expect("nobody waits for the authority for ever");
}

#[tokio::test]
async fn a_provider_that_offers_none_is_told_nothing_and_can_set_none() {
    let town = Town::with_an_authority(Vec::new(), vec![signing("5a")]).await;
    let hanako = town.resident().await;
    let library = town.noticing_library().await;
    let baker = town.baker_of_the_street().await.of_provider(GINZA).at_work().await;
    library.notes(&hanako, Some(&signing("5a"))).await;
    assert_eq!(baker.notice_of(&hanako).await, AddressNotice::NotOffered);
    let visit = baker.service_id_visit(&hanako).await.visit;
    let refused = baker.sets_notice(&visit, Some(&signing("5a"))).await;
    assert_eq!(refused.code(), (403, ErrorCode::FunctionNotAllowed));
    assert_eq!(town.kept().await.len(), 1, "the library's own");
}

#[tokio::test]
async fn only_the_visits_terminal_sets_one_and_what_is_no_certificate_is_none() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let library = town.noticing_library().await;
    let second = town.librarys_second().await.of_provider(LIBRARY).at_work().await;
    let visit = library.service_id_visit(&hanako).await.visit;
    assert!(!second.sets_notice(&visit, Some(&signing("5a"))).await.status.is_success());
    let nonsense = CertificateName { issuer_der: Vec::new(), serial: "5a".into() };
    assert_eq!(library.sets_notice(&visit, Some(&nonsense)).await.code(), (422, ErrorCode::Malformed));
    assert_eq!(town.kept().await.len(), 0);
}

#[tokio::test]
async fn a_renewed_card_takes_its_signing_certificate_over_at_its_first_use_whatever_that_is() {
    let renewed = |new: &str, old: &str, new_signing: &str, old_signing: &str| Renewal {
        certificate: auth(new),
        predecessor: auth(old).name,
        signing: Some(SigningRenewal {
            certificate: signing(new_signing),
            predecessor: signing(old_signing),
        }),
    };
    let chain = vec![renewed("0b", "0a", "5b", "5a"), renewed("0c", "0b", "5c", "5b")];
    let town = Town::with_an_authority(chain, vec![signing("5a"), signing("5b")]).await;
    let before = town.resident_of(auth("0a")).await;
    town.gives(&before, town.kawasaki_points(), 100, None).await;
    let library = town.noticing_library().await;
    assert_eq!(library.notes(&before, Some(&signing("5a"))).await, AddressNotice::CheckAddress);
    let now = Resident { card: auth("0c").name, ..before.clone() };
    town.greengrocer().await.at_work().await.visit(&now).await;
    assert_eq!(town.kept().await, [Some("5c".to_owned())], "over the card between them, too");
    assert_eq!(library.notice_of(&now).await, AddressNotice::Wanted);
}

#[tokio::test]
async fn a_signing_certificate_that_lapsed_by_a_new_address_is_not_followed() {
    // The new card's signing certificate follows one that was made after the address had changed.
    let renewal = Renewal {
        certificate: auth("0b"),
        predecessor: auth("0a").name,
        signing: Some(SigningRenewal { certificate: signing("5c"), predecessor: signing("5b") }),
    };
    let town = Town::with_an_authority(vec![renewal], vec![signing("5a")]).await;
    let before = town.resident_of(auth("0a")).await;
    let library = town.noticing_library().await;
    library.notes(&before, Some(&signing("5a"))).await;
    let now = Resident { card: auth("0b").name, ..before.clone() };
    assert_eq!(library.notice_of(&now).await, AddressNotice::CheckAddress);
}

#[tokio::test]
async fn a_wish_outlives_that_the_provider_offers_none_for_a_while() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let library = town.noticing_library().await;
    library.notes(&hanako, Some(&signing("5a"))).await;
    town.offers_notices(false).await;
    let until = async |wanted: AddressNotice| {
        let seen = async { while library.notice_of(&hanako).await != wanted {} };
        tokio::time::timeout(crate::actors::WITHIN, seen).await.expect("the terminal's session follows");
    };
    until(AddressNotice::NotOffered).await;
    town.offers_notices(true).await;
    until(AddressNotice::Wanted).await;
}
