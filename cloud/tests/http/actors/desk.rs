//! What a clerk does with point tickets, and at the end of the day.

use super::reply::Reply;
use super::resident::Resident;
use super::sample_card::SampleCard;
use super::terminal::{Terminal, a_key};
use super::town::kawasaki_points;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::ledger::Part;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_domain::use_proof::{Becomes, UseProof};
use madoguchi_wire::terminal_api::{
    DayClose, ListDayClosesAnswer, ListTicketsAnswer, LookUpPointsAnswer, PrintableTicket,
    RequestUseNonceAnswer, RequestUseNonceRequest,
};
use serde_json::{Value, json};

/// The last day of a ticket where a story does not say another.
pub(crate) const LAST_DAY: Date = date(2026, 12, 10);

impl Terminal {
    /// `chamber.issues(1_000).to(&hanako).await`
    pub(crate) fn issues(&self, points: i64) -> Issue<'_> {
        Issue {
            terminal: self,
            currency: kawasaki_points(),
            points,
            last_day: LAST_DAY,
            key: a_key(),
            visit: None,
        }
    }

    /// A ticket in a resident's hand.
    pub(crate) async fn ticket(&self, points: i64, to: &Resident) -> PrintableTicket {
        self.issues(points).to(to).await.done().ticket.unwrap()
    }

    pub(crate) async fn reissues(&self, ticket: TicketNumber) -> Reply {
        self.post("reissue_ticket", &json!({ "key": a_key(), "ticket": ticket })).await
    }

    pub(crate) async fn voids_ticket(&self, ticket: TicketNumber) -> Reply {
        self.post("void_ticket", &json!({ "key": a_key(), "ticket": ticket })).await
    }

    /// `shop.clears(&paper.code).await`: the QR is scanned.
    pub(crate) fn clears(&self, code: &str) -> Clearing<'_> {
        self.clears_named(json!({ "by": "code", "code": code }))
    }

    /// The number is typed.
    pub(crate) fn clears_typed(&self, number: &str) -> Clearing<'_> {
        self.clears_named(json!({ "by": "number", "number": number }))
    }

    fn clears_named(&self, named: Value) -> Clearing<'_> {
        Clearing { terminal: self, named, site: None, key: a_key(), waited_ms: 0, scanned_at_ms: None }
    }

    pub(crate) async fn takes_back(&self, clearing: OperationKey) -> Reply {
        self.post("unclear_ticket", &json!({ "key": a_key(), "takes_back": clearing })).await
    }

    pub(crate) async fn looks_up_code(&self, code: &str) -> Reply {
        self.post("look_up_ticket", &json!({ "ticket": { "by": "code", "code": code }, "site": null })).await
    }

    pub(crate) async fn tickets(&self, which: &str) -> ListTicketsAnswer {
        self.post("list_tickets", &json!({ "which": which })).await.ok()
    }

    pub(crate) async fn closes_day(&self) -> Reply {
        self.closes_day_under(a_key()).await
    }

    pub(crate) async fn closes_day_under(&self, key: OperationKey) -> Reply {
        self.post("close_day", &json!({ "key": key })).await
    }

    pub(crate) async fn previews_day(&self) -> DayClose {
        self.post("preview_day", &json!({})).await.ok()
    }

    pub(crate) async fn day_closes(&self) -> Vec<DayClose> {
        let answer: ListDayClosesAnswer = self.post("list_day_closes", &json!({})).await.ok();
        answer.closes
    }
}

/// A ticket about to be asked for.
#[derive(Clone)]
pub(crate) struct Issue<'a> {
    terminal: &'a Terminal,
    currency: CurrencyCode,
    points: i64,
    last_day: Date,
    key: OperationKey,
    visit: Option<String>,
}

impl Issue<'_> {
    pub(crate) fn of(self, currency: CurrencyCode) -> Self {
        Self { currency, ..self }
    }

    pub(crate) fn until(self, last_day: Date) -> Self {
        Self { last_day, ..self }
    }

    pub(crate) fn under(self, key: OperationKey) -> Self {
        Self { key, ..self }
    }

    pub(crate) fn during(self, visit: &LookUpPointsAnswer) -> Self {
        Self { visit: Some(visit.visit.clone()), ..self }
    }

    /// Puts the card on, unless a visit was opened before, and issues the ticket.
    pub(crate) async fn to(self, resident: &Resident) -> Reply {
        let visit = match &self.visit {
            Some(visit) => visit.clone(),
            None => self.terminal.visit(resident).await.visit,
        };
        self.terminal.post("issue_ticket", &self.request(&visit)).await
    }

    /// Above the limits: with the signature of a card over this very issue.
    pub(crate) async fn signed_by(&self, card: &SampleCard, visit: &LookUpPointsAnswer) -> Value {
        let asked = RequestUseNonceRequest { key: self.key, visit: visit.visit.clone() };
        let nonce: RequestUseNonceAnswer = self.terminal.post("request_use_nonce", &asked).await.ok();
        let parts = [Part { currency: self.currency, points: Points::new(self.points).unwrap() }];
        let proof = UseProof {
            nonce: hex::decode(&nonce.nonce).unwrap().try_into().unwrap(),
            terminal: self.terminal.id,
            key: self.key,
            parts: &parts,
            becomes: Becomes::Ticket { last_day: self.last_day },
            training: false,
        };
        let mut request = self.request(&visit.visit);
        request["signature"] = json!({
            "nonce": nonce.nonce,
            "certificate": hex::encode(&card.certificate),
            "signature": hex::encode(card.signs(&proof.bytes())),
        });
        request
    }

    /// As JSON, so that a test can say what no type allows.
    pub(crate) fn request(&self, visit: &str) -> Value {
        let part = json!({ "currency": self.currency, "points": self.points });
        json!({ "key": self.key, "visit": visit, "part": part, "last_day": self.last_day })
    }
}

/// A clearing about to be asked for.
#[derive(Clone)]
pub(crate) struct Clearing<'a> {
    terminal: &'a Terminal,
    named: Value,
    site: Option<SiteId>,
    key: OperationKey,
    waited_ms: i64,
    scanned_at_ms: Option<i64>,
}

impl Clearing<'_> {
    /// With the stamp of that site.
    pub(crate) fn for_site(self, site: SiteId) -> Self {
        Self { site: Some(site), ..self }
    }

    pub(crate) fn under(self, key: OperationKey) -> Self {
        Self { key, ..self }
    }

    /// So long ago, by the terminal's count.
    pub(crate) fn scanned_minutes_ago(self, minutes: i64) -> Self {
        Self { waited_ms: minutes * 60 * 1000, ..self }
    }

    /// At this moment of the terminal's own clock, as terminals say it that count no waiting.
    pub(crate) fn scanned_at(self, time: &str) -> Self {
        Self { scanned_at_ms: Some(time.parse::<Timestamp>().unwrap().as_millisecond()), ..self }
    }

    pub(crate) async fn now(self) -> Reply {
        self.terminal.post("clear_ticket", &self.request()).await
    }

    pub(crate) fn request(&self) -> Value {
        let Self { named, site, key, waited_ms, scanned_at_ms, .. } = self;
        json!({
            "key": key, "ticket": named, "site": site, "waited_ms": waited_ms, "scanned_at_ms": scanned_at_ms
        })
    }
}
