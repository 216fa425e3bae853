//! What a clerk is shown before a ticket is issued is what its paper says, whatever kind of points it is made of.

use crate::counter::{CHAMBER, Pc};
use crate::town::Town;
use jiff::civil::date;
use madoguchi_cloud::identity::person;
use madoguchi_cloud::operator::currency::ServicePeriod;
use madoguchi_cloud::operator::grant::{Grant, grant};
use madoguchi_cloud::operator::{OperatorError, currency};
use madoguchi_domain::currency::{CurrencyCode, CurrencyKind};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_wire::window::{
    IssueTicketArguments, OperationNamed, PaperMark, TicketPreview, Visit, VisitPart,
};
use std::collections::BTreeSet;

/// The prefecture puts out common points that count at the chamber, and 太郎 has some.
async fn gives_common_points(town: &Town) {
    let kanagawa = IssuerCode::parse("140007").unwrap();
    let taro = MyKeyId::parse("TAR0MA78").unwrap();
    let period = ServicePeriod { first_day: date(2026, 4, 1), last_day: date(2027, 3, 31) };
    let begin = move |write: &madoguchi_cloud::database::Connection| -> Result<_, OperatorError> {
        let common = currency::add_common(write, kanagawa, "神奈川県共通ポイント", period)?;
        currency::allow_at(write, common, &[CHAMBER.id()])?;
        Ok((common, person::find_by_mykey_id(write, taro)?))
    };
    let (currency, person) = town.cloud.database.write(begin).await.unwrap();
    let key = OperationKey::new(1, &[7; 10]);
    let points = Points::new(400).unwrap();
    let person = person.expect("a resident of the example");
    let given = Grant { key, currency, person, points, last_day: None, program: "県共通".into() };
    grant(&town.cloud.ledger, given).await.unwrap();
}

fn issue_of(visit: &Visit, currency: CurrencyCode) -> IssueTicketArguments {
    let part = VisitPart { currency, typed: "300".into() };
    IssueTicketArguments { visit: visit.visit, part, last_day: visit.ticket_days.to, count: 1 }
}

fn words(preview: TicketPreview) -> Vec<String> {
    let words = |mark| match mark {
        PaperMark::Words { words, .. } => Some(words),
        PaperMark::Bar { .. } | PaperMark::Frame { .. } | PaperMark::Dashes { .. } => None,
    };
    preview.marks.into_iter().filter_map(words).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_says_what_the_paper_says_for_every_kind_of_points() {
    let town = Town::open().await;
    gives_common_points(&town).await;
    let pc = Pc::named("chamber");
    let mut at = pc.opens_in(&town).await;
    at.registers(CHAMBER).await.unwrap();
    let accounts = at.taps("taro").await.accounts;
    let mut kinds = BTreeSet::new();
    for account in accounts.iter().filter(|account| account.balance > 0) {
        let visit = at.taps("taro").await;
        let preview = at.counter.preview_ticket(issue_of(&visit, account.currency)).await.unwrap();
        let issued = at.counter.issue_ticket(issue_of(&visit, account.currency)).await.unwrap();
        at.counter.print_ticket(OperationNamed { key: issued.key }).await.unwrap();
        let printed = pc.tray().tickets().pop().unwrap();
        let face = &printed.ticket.face;
        assert_eq!(
            words(preview),
            face.words(printed.language).texts().collect::<Vec<_>>(),
            "{}",
            account.name
        );
        let marked = face.event_name.as_deref() == Some(account.name.as_str());
        assert_eq!(marked, account.kind != CurrencyKind::Municipal, "{}", account.name);
        kinds.insert(format!("{:?}", account.kind));
    }
    assert_eq!(kinds, ["Common", "Event", "Municipal"].map(str::to_owned).into());
}
