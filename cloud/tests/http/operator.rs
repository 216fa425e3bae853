//! What the operator sets up: refused where it contradicts itself, and the same when said twice.

use crate::actors::Town;
use jiff::Timestamp;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::cloud::{Cloud, Conduct};
use madoguchi_cloud::database::{Connection, params};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::ledger::{Ledger, check};
use madoguchi_cloud::operator::account::Inspection;
use madoguchi_cloud::operator::currency::ServicePeriod;
use madoguchi_cloud::operator::grant::{self, Grant};
use madoguchi_cloud::operator::terminal::NewTerminal;
use madoguchi_cloud::operator::{
    OperatorError, account, currency, example, municipality, person, site, terminal,
};
use madoguchi_cloud::terminal_api::PerMinute;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;
use madoguchi_domain::sign_in::{PasswordAsked, SignInRule, StaffNameAsked};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalId, TerminalKind};
use std::path::Path;
use uuid::Uuid;

fn kawasaki() -> IssuerCode {
    IssuerCode::parse("141305").unwrap()
}

fn nowhere() -> IssuerCode {
    IssuerCode::parse("011002").unwrap()
}

async fn refused<T: Send + 'static>(
    town: &Town,
    act: impl FnOnce(&Connection) -> Result<T, OperatorError> + Send + 'static,
) -> OperatorError {
    match town.cloud.database.write(act).await {
        Ok(_) => panic!("not refused"),
        Err(error) => error.into(),
    }
}

fn a_terminal(site: SiteId) -> NewTerminal {
    NewTerminal {
        id: None,
        municipality: kawasaki(),
        site,
        kind: TerminalKind::PointUseCounter,
        of_a_street: false,
    }
}

#[tokio::test]
async fn terminals_get_the_next_free_id() {
    let town = Town::open().await;
    let ids = town
        .write(|write| {
            let site = site::add(write, kawasaki(), "やまだ八百屋")?;
            let password = TerminalPassword::generate()?;
            Ok([
                terminal::add(write, &a_terminal(site), &password)?,
                terminal::add(write, &a_terminal(site), &password)?,
            ])
        })
        .await;
    assert_eq!(ids.map(TerminalId::number), [10_000_001, 10_000_002]);
}

#[tokio::test]
async fn a_terminal_stands_at_a_site_of_its_own_town() {
    let town = Town::open().await;
    let password = || TerminalPassword::chosen("yaoya2345").unwrap();
    let error =
        refused(&town, move |write| terminal::add(write, &a_terminal(SiteId(999)), &password())).await;
    assert!(matches!(error, OperatorError::UnknownSite(SiteId(999))));
    let error = refused(&town, move |write| {
        let elsewhere = site::add(write, IssuerCode::parse("141003").unwrap(), "横浜の店")?;
        terminal::add(write, &a_terminal(elsewhere), &password())
    })
    .await;
    assert!(matches!(error, OperatorError::SiteElsewhere(_)));
}

#[tokio::test]
async fn unknown_issuers_terminals_and_currencies_are_named() {
    let town = Town::open().await;
    let nobody = TerminalId::from_number(1).unwrap();
    let error = refused(&town, move |write| site::add(write, nowhere(), "店")).await;
    assert!(matches!(error, OperatorError::UnknownIssuer(code) if code == nowhere()));
    let error = refused(&town, move |write| terminal::suspend(write, nobody, 0)).await;
    assert!(matches!(error, OperatorError::UnknownTerminal(id) if id == nobody));
    let code = town.kawasaki_points();
    let error = refused(&town, move |write| currency::allow_at(write, code, &[nobody])).await;
    assert!(matches!(error, OperatorError::UnknownTerminal(_)));
    let error = refused(&town, |write| currency::add_municipal(write, kawasaki(), "二つ目のポイント")).await;
    assert!(matches!(error, OperatorError::MunicipalCurrencyExists(_)));
}

#[tokio::test]
async fn a_staff_name_is_asked_for_only_where_somebody_signs_in() {
    let town = Town::open().await;
    let nobody_signs_in = SignInRule { password: PasswordAsked::Never, staff_name: StaffNameAsked::Optional };
    let error =
        refused(&town, move |write| municipality::set_sign_in(write, kawasaki(), nobody_signs_in)).await;
    assert!(matches!(error, OperatorError::StaffNameWithoutSignIn));
}

#[tokio::test]
async fn limits_and_periods_in_the_wrong_order_are_refused() {
    let town = Town::open().await;
    for (per_use, per_day) in [(0, 5_000), (-1, 5_000), (3_000, 2_999)] {
        let error =
            refused(&town, move |write| municipality::set_limits(write, kawasaki(), per_use, per_day)).await;
        assert!(matches!(error, OperatorError::LimitsOutOfOrder), "{per_use} {per_day}");
    }
    let backwards =
        ServicePeriod { first_day: "2026-12-01".parse().unwrap(), last_day: "2026-11-30".parse().unwrap() };
    let error = refused(&town, move |write| currency::add_event(write, kawasaki(), "祭り", backwards)).await;
    assert!(matches!(error, OperatorError::PeriodBackwards));
}

#[tokio::test]
async fn a_currency_said_again_is_the_same_and_said_otherwise_refused() {
    let town = Town::open().await;
    let period = |first_day: &str| ServicePeriod {
        first_day: first_day.parse().unwrap(),
        last_day: "2026-11-25".parse().unwrap(),
    };
    let same = period("2026-11-15");
    let known =
        town.write(move |write| currency::add_event(write, kawasaki(), "宙フェスポイント", same)).await;
    assert_eq!(known, town.sora_points());
    let other = period("2026-11-16");
    let error =
        refused(&town, move |write| currency::add_event(write, kawasaki(), "宙フェスポイント", other)).await;
    assert!(matches!(error, OperatorError::CurrencyDiffers(_)));
    let error = refused(&town, |write| currency::add_municipal(write, kawasaki(), "宙フェスポイント")).await;
    assert!(matches!(error, OperatorError::CurrencyDiffers(_)));
}

#[tokio::test]
async fn nobodys_account_is_looked_at_without_a_reason_and_every_look_is_noted() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let today = "2026-11-20".parse().unwrap();
    let looks = async |reason: &str| {
        let inspection = Inspection { mykey_id: hanako.mykey_id, reason: reason.into(), at_ms: 7 };
        account::balances(&town.cloud.database, inspection, today).await
    };
    assert!(matches!(looks(" ").await, Err(OperatorError::ReasonMissing)));
    looks("the resident asked by telephone").await.unwrap();
    let noted: Vec<String> = town
        .cloud
        .database
        .read(|read| {
            let noted = "select reason from operator_audit where act = 'balances' and at_ms = 7";
            read.query_all(noted, params![], |row| row.get(0))
        })
        .await
        .unwrap();
    assert_eq!(noted, ["the resident asked by telephone"]);
    let forgotten =
        town.cloud.database.write(|write| write.execute("delete from operator_audit", params![])).await;
    assert!(forgotten.is_err());
}

#[tokio::test]
async fn a_mykey_id_and_a_card_are_one_persons() {
    let town = Town::open().await;
    let hanako: &[u8] = include_bytes!("../../../fixtures/cards/hanako/auth.crt.pem");
    let taro: &[u8] = include_bytes!("../../../fixtures/cards/taro/auth.crt.pem");
    let add = |mykey_id: &str, card: &'static [u8]| {
        let (mykey_id, id) = (MyKeyId::parse(mykey_id).unwrap(), PersonId(Uuid::new_v4()));
        move |write: &Connection| person::add(write, id, mykey_id, card, 0)
    };
    town.write(add("HANAKO01", hanako)).await;
    assert!(matches!(refused(&town, add("HANAKO01", taro)).await, OperatorError::MyKeyIdTaken));
    assert!(matches!(refused(&town, add("HANAKO02", hanako)).await, OperatorError::CertificateTaken));
    assert!(matches!(refused(&town, add("HANAKO03", b"no card")).await, OperatorError::NotACertificate(_)));
}

#[tokio::test]
async fn points_given_beside_a_running_server_count_at_once() {
    let town = Town::open().await;
    let hanako = town.resident_with(100).await;
    let shop = town.greengrocer().await.at_work().await;
    // As the operator's command line has it: a database handle and a ledger of its own.
    let beside = town.another_process();
    let command_line = Ledger::new(beside.clone(), town.cloud.clock.clone());
    for round in 1..=10 {
        let grant = Grant {
            key: OperationKey(Uuid::now_v7()),
            currency: town.kawasaki_points(),
            person: hanako.person,
            points: Points::new(50).unwrap(),
            last_day: None,
            program: "健康づくり事業".into(),
        };
        let (given, used) = tokio::join!(grant::grant(&command_line, grant), shop.uses(40).from(&hanako));
        given.unwrap();
        used.done();
        assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 100 + round * 10);
    }
    let report = beside.read(check::check_books).await.unwrap();
    assert!(report.is_clean(), "{:?}", report.violations);
}

#[tokio::test]
async fn example_data_taken_in_twice_is_taken_in_once_a_fiscal_year() {
    let folder = tempfile::tempdir().unwrap();
    let conduct = Conduct {
        name: "demo".into(),
        clock: Clock::set_to(0),
        behind_proxy: false,
        demo: true,
        training: false,
        trust_anchors: Vec::new(),
        authority: None,
        per_minute: PerMinute::default(),
    };
    let key = KeyEncryptionKey::from_bytes([1; 32]);
    let cloud = Cloud::open(&folder.path().join("demo.sqlite"), &key, conduct).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/demo/kawasaki.toml");
    for (now, day) in [
        ("2026-11-20T12:00:00+09:00", "2026-11-20"),
        ("2026-11-20T13:00:00+09:00", "2026-11-20"),
        ("2027-04-01T00:00:00+09:00", "2027-04-01"),
        ("2027-04-01T00:00:00+09:00", "2027-04-01"),
    ] {
        let now_ms = now.parse::<Timestamp>().unwrap().as_millisecond();
        example::seed(&cloud.ledger, &file, now_ms).await.unwrap();
        let inspection = Inspection {
            mykey_id: MyKeyId::parse("MYKEY456").unwrap(),
            reason: "a question".into(),
            at_ms: now_ms,
        };
        let held = account::balances(&cloud.database, inspection, day.parse().unwrap()).await.unwrap();
        let shown: Vec<_> = held.iter().map(|(c, balance)| (c.name.as_str(), balance.usable)).collect();
        assert_eq!(shown, [("川崎市ポイント", 3_000)], "{now}");
    }
}
