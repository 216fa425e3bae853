//! A cloud in memory at the end of a line that can go wrong in every way a line can.
//!
//! It keeps the promises of the terminal API (one answer per key, abandoned by asking, sessions by
//! signature, a sign-in before everything about points); the real cloud is held to the same by the journeys through both.

mod clearing;
mod desk;
mod merging;
mod registration;
mod service_ids;

use crate::desk_book::DeskBook;
use crate::ticket_book::TicketBook;
pub(crate) use merging::{GENUINE, STREET_NUMBER, street};
pub(crate) use service_ids::ServiceIds;

use ed25519_dalek::VerifyingKey;
use madoguchi_domain::currency::{CurrencyCode, CurrencyKind, CurrencyNumber};
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::ledger::Part;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::sign_in::{SignInRule, StaffNameAsked};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId, TerminalKind};
use madoguchi_domain::use_proof::{Becomes, UseProof};
use madoguchi_terminal::clock::Pending;
use madoguchi_terminal::cloud::{
    AddressFault, CloudAddress, CloudLine, CloudLines, LineFault, Message, Reply,
};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    CardSignature, Limits, ListDayClosesAnswer, ListOperationsAnswer, ListTicketsRequest, ListedOperation,
    LookUpPointsAnswer, LookUpPointsRequest, MergeAnswered, MovedAccount, OperationAnswer, OperationDone,
    OperationKind, Problem, Refusal, RequestUseNonceAnswer, RequestUseNonceRequest, ResolveOperationRequest,
    SignInAnswer, SignInRequest, SignOutAnswer, SignOutRequest, SignedIn, TerminalProfile, UsableAccount,
    UsePointsRequest, VoidUseRequest,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::watch;

pub(crate) const TERMINAL: &str = "14130001";
pub(crate) const PASSWORD: &str = "yaoya2345";
pub(crate) const CURRENCY: &str = "川崎市ポイント";
/// The serial of the one resident's card.
pub(crate) const SERIAL: &str = "0a1b2c";
/// 20 November 2026, 14:32 in Japan.
pub(crate) const NOW_MS: i64 = 1_795_152_720_000;
/// 9 hours 28 minutes.
const UNTIL_MIDNIGHT_MS: i64 = 34_080_000;

/// What goes wrong with one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// No connection.
    Unreachable,
    /// The message never arrives, and nothing says so.
    LostOnTheWay,
    /// The message arrives; its answer does not.
    AnswerLost,
    /// The message arrives only when [`Cloud::deliver_late`] is called; nothing says so.
    Late,
    /// The message arrives; the answer is held back until [`Cloud::let_go`].
    Held,
    /// The cloud answers with this problem.
    Problem(ErrorCode),
    /// Something that is no cloud answers.
    Nonsense,
}

pub(crate) fn municipal() -> CurrencyCode {
    CurrencyCode { book: BookCode::parse("141305").unwrap(), number: CurrencyNumber(1) }
}

pub(crate) struct Cloud {
    inside: Mutex<Inside>,
    held: watch::Sender<bool>,
}

struct Inside {
    name: String,
    training: bool,
    device: Option<(String, VerifyingKey)>,
    challenges: HashSet<String>,
    tokens: HashSet<String>,
    made: u32,
    balance: i64,
    operations: HashMap<OperationKey, OperationAnswer>,
    nonces: HashMap<OperationKey, String>,
    listed: Vec<ListedOperation>,
    closed_with: Option<ErrorCode>,
    mishaps: VecDeque<(&'static str, Mishap)>,
    late: Vec<Message>,
    calls: Vec<&'static str>,
    rule: SignInRule,
    sign_in: Option<SignedIn>,
    sign_ins: i64,
    signed_in_for_ms: i64,
    site_name: String,
    refuses_addresses: bool,
    of_the_street: bool,
    desk: DeskBook,
    tickets: TicketBook,
    service_ids: ServiceIds,
    receptions: Vec<MergeAnswered>,
}

impl Cloud {
    pub(crate) fn new() -> Arc<Self> {
        Self::named("kawasaki", false)
    }

    /// One whose points are worth nothing.
    pub(crate) fn for_training() -> Arc<Self> {
        Self::named("kawasaki-training", true)
    }

    fn named(name: &str, training: bool) -> Arc<Self> {
        Arc::new(Self {
            inside: Mutex::new(Inside {
                name: name.into(),
                training,
                device: None,
                challenges: HashSet::new(),
                tokens: HashSet::new(),
                made: 0,
                balance: 3_000,
                operations: HashMap::new(),
                nonces: HashMap::new(),
                listed: Vec::new(),
                closed_with: None,
                mishaps: VecDeque::new(),
                late: Vec::new(),
                calls: Vec::new(),
                rule: SignInRule::default(),
                sign_in: None,
                sign_ins: 0,
                signed_in_for_ms: UNTIL_MIDNIGHT_MS,
                site_name: "やまだ八百屋".into(),
                refuses_addresses: false,
                of_the_street: false,
                desk: DeskBook::default(),
                tickets: TicketBook::default(),
                service_ids: ServiceIds::default(),
                receptions: Vec::new(),
            }),
            held: watch::Sender::new(false),
        })
    }

    /// The next message on this route meets a mishap. Several queue up.
    pub(crate) fn will(&self, route: &'static str, mishap: Mishap) {
        if mishap == Mishap::Held {
            self.held.send_replace(true);
        }
        self.inside().mishaps.push_back((route, mishap));
    }

    /// Whether a mishap still waits for its message.
    pub(crate) fn is_expecting(&self, route: &str) -> bool {
        self.inside().mishaps.iter().any(|(on, _)| *on == route)
    }

    /// From now on the line is as it should be.
    pub(crate) fn forget_mishaps(&self) {
        self.inside().mishaps.clear();
    }

    /// Whether every address is found insecure from now on.
    pub(crate) fn refuse_addresses(&self, refuse: bool) {
        self.inside().refuses_addresses = refuse;
    }

    /// Every message from now on is answered with this problem, or as usual again.
    pub(crate) fn close_with(&self, code: Option<ErrorCode>) {
        self.inside().closed_with = code;
    }

    pub(crate) fn let_go(&self) {
        self.held.send_replace(false);
    }

    /// The messages that were late arrive now; nobody waits for their answers any more.
    pub(crate) fn deliver_late(&self) {
        let late = std::mem::take(&mut self.inside().late);
        assert!(!late.is_empty(), "nothing was late");
        for message in late {
            self.inside().answer(&message);
        }
    }

    /// All sessions end, as after a restart.
    pub(crate) fn end_sessions(&self) {
        self.inside().tokens.clear();
    }

    /// The municipality's rule for signing in, from the next session on.
    pub(crate) fn rule(&self, rule: SignInRule) {
        self.inside().rule = rule;
    }

    /// Sign-ins last for so long instead of until midnight.
    pub(crate) fn sign_ins_last(&self, lasts: Duration) {
        self.inside().signed_in_for_ms = i64::try_from(lasts.as_millis()).unwrap();
    }

    /// The sign-in ends here, as at midnight or with a suspension.
    pub(crate) fn end_sign_in(&self) {
        self.inside().sign_in = None;
    }

    pub(crate) fn is_signed_in(&self) -> bool {
        self.inside().sign_in.is_some()
    }

    /// The municipality releases the terminal: it may be registered anew.
    pub(crate) fn release(&self) {
        let mut inside = self.inside();
        inside.device = None;
        inside.sign_in = None;
        inside.tokens.clear();
    }

    pub(crate) fn rename(&self, name: &str) {
        self.inside().name = name.into();
    }

    /// Another kind of cloud answers from now on.
    pub(crate) fn becomes_training(&self, training: bool) {
        self.inside().training = training;
    }

    /// The resident holds so many points from now on.
    pub(crate) fn holds(&self, points: i64) {
        self.inside().balance = points;
    }

    pub(crate) fn balance(&self) -> i64 {
        self.inside().balance
    }

    pub(crate) fn calls(&self, route: &str) -> usize {
        self.inside().calls.iter().filter(|called| **called == route).count()
    }

    /// The operations that took place.
    pub(crate) fn done(&self) -> usize {
        let inside = self.inside();
        inside.operations.values().filter(|answer| matches!(answer, OperationAnswer::Done(_))).count()
    }

    /// The resident has so many points from now on.
    pub(crate) fn set_balance(&self, balance: i64) {
        self.inside().balance = balance;
    }

    /// Looks at the service IDs, or changes them.
    pub(crate) fn service_ids<T>(&self, work: impl FnOnce(&mut ServiceIds) -> T) -> T {
        work(&mut self.inside().service_ids)
    }

    /// Looks at the used tickets, or changes them.
    pub(crate) fn tickets<T>(&self, work: impl FnOnce(&mut TicketBook) -> T) -> T {
        work(&mut self.inside().tickets)
    }

    /// What the desk's books hold.
    pub(crate) fn desk<T>(&self, look: impl FnOnce(&DeskBook) -> T) -> T {
        look(&self.inside().desk)
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    async fn exchange(&self, message: Message) -> Result<Reply, LineFault> {
        let mishap = self.inside().mishap(message.route);
        match mishap {
            None => Ok(self.inside().answer(&message)),
            Some(Mishap::Unreachable) => Err(LineFault::Unreachable),
            Some(Mishap::LostOnTheWay) => Err(LineFault::Silent),
            Some(Mishap::AnswerLost) => {
                self.inside().answer(&message);
                Err(LineFault::Silent)
            }
            Some(Mishap::Late) => {
                self.inside().late.push(message);
                Err(LineFault::Silent)
            }
            Some(Mishap::Held) => {
                let reply = self.inside().answer(&message);
                let mut held = self.held.subscribe();
                held.wait_for(|held| !held).await.unwrap();
                Ok(reply)
            }
            Some(Mishap::Problem(code)) => Ok(problem(code)),
            Some(Mishap::Nonsense) => Ok(Reply { status: 502, body: b"<html>Bad Gateway</html>".to_vec() }),
        }
    }
}

impl CloudLine for Cloud {
    fn carry(&self, message: Message) -> Pending<'_, Result<Reply, LineFault>> {
        Box::pin(self.exchange(message))
    }
}

/// Leads to the one cloud, whatever the address.
pub(crate) struct Lines(pub(crate) Arc<Cloud>);

impl CloudLines for Lines {
    fn open(&self, _address: &CloudAddress) -> Result<Arc<dyn CloudLine>, AddressFault> {
        if self.0.inside().refuses_addresses {
            return Err(AddressFault::Insecure);
        }
        Ok(Arc::clone(&self.0) as Arc<dyn CloudLine>)
    }
}

fn reply(answer: &impl Serialize) -> Reply {
    Reply { status: 200, body: serde_json::to_vec(answer).unwrap() }
}

fn problem(code: ErrorCode) -> Reply {
    Reply { status: 400, body: serde_json::to_vec(&Problem::of(code)).unwrap() }
}

fn read<T: DeserializeOwned>(message: &Message) -> T {
    serde_json::from_slice(&message.body).expect("the terminal sends what the API asks for")
}

impl Inside {
    fn mishap(&mut self, route: &str) -> Option<Mishap> {
        let place = self.mishaps.iter().position(|(on, _)| *on == route)?;
        self.mishaps.remove(place).map(|(_, mishap)| mishap)
    }

    fn answer(&mut self, message: &Message) -> Reply {
        self.calls.push(message.route);
        if let Some(code) = self.closed_with {
            return problem(code);
        }
        match message.route {
            "begin_registration" => self.begin_registration(&read(message)),
            "register_terminal" => self.register_terminal(&read(message)),
            "request_challenge" => self.request_challenge(),
            "open_session" => self.open_session(&read(message)),
            _ if !message.token.as_ref().is_some_and(|token| self.tokens.contains(token.as_str())) => {
                problem(ErrorCode::SessionEnded)
            }
            "sign_in" => self.sign_in(&read(message)),
            "sign_out" => self.sign_out(&read(message)),
            "look_up_points"
            | "use_points"
            | "void_use"
            | "list_operations"
            | "issue_ticket"
            | "reissue_ticket"
            | "void_ticket"
            | "close_day"
            | "merge_points"
            | "merge_file"
            | "merge_receptions"
            | "acknowledge_merge"
            | "look_up_street_card"
                if !self.may_work() =>
            {
                problem(ErrorCode::SignInNeeded)
            }
            "look_up_points" => self.look_up_points(&read(message)),
            "request_use_nonce" => self.request_use_nonce(&read(message)),
            "use_points" => self.use_points(&read(message)),
            "void_use" => self.void_use(&read(message)),
            "resolve_operation" => {
                let ResolveOperationRequest { key } = read(message);
                reply(self.operations.entry(key).or_insert(OperationAnswer::Refused(Refusal::Abandoned)))
            }
            "issue_ticket" => self.issue_ticket(&read(message)),
            "reissue_ticket" => self.reissue_ticket(&read(message)),
            "look_up_service_id" => self.service_ids.look_up(&read(message)),
            "set_address_notice" => self.service_ids.set_notice(&read(message)),
            "register_service_id" => self.service_ids.register(&read(message)),
            "look_up_street_card" => self.look_up_street_card(&read(message)),
            "list_merge_streets" => Self::list_merge_streets(),
            "merge_points" => self.merge_points(&read(message)),
            "merge_file" => self.merge_file(&read(message)),
            "merge_receptions" => self.merge_receptions(&read(message)),
            "acknowledge_merge" => Self::acknowledge_merge(&read(message)),
            "void_ticket" => self.void_ticket(&read(message)),
            "close_day" => self.close_day(&read(message)),
            "list_tickets" => reply(&self.desk.list(&read::<ListTicketsRequest>(message))),
            "preview_day" => reply(&self.desk.day(0)),
            "list_day_closes" => reply(&ListDayClosesAnswer { closes: self.desk.closes() }),
            "list_operations" => self.list_operations(),
            "clear_ticket" => self.clear_ticket(&read(message)),
            "unclear_ticket" => self.unclear_ticket(&read(message)),
            "look_up_ticket" => reply(&self.tickets.look_up(&read(message))),
            "list_clearing_sites" => self.list_clearing_sites(),
            other => panic!("no such route: {other}"),
        }
    }

    fn may_work(&self) -> bool {
        self.sign_in.is_some() || !self.rule.wants_sign_in(TerminalFunction::UsePoints)
    }

    fn sign_in(&mut self, request: &SignInRequest) -> Reply {
        let staff_name = match self.rule.staff_name {
            StaffNameAsked::No => None,
            StaffNameAsked::Optional | StaffNameAsked::Required => request.staff_name.clone(),
        };
        if self.rule.staff_name == StaffNameAsked::Required && staff_name.is_none() {
            return problem(ErrorCode::StaffNameMissing);
        }
        if request.password != PASSWORD {
            return problem(ErrorCode::WrongTerminalPassword);
        }
        // Each begins at a time of its own, by which a lock ends it and no other.
        self.sign_ins += 1;
        let from_ms = NOW_MS + self.sign_ins;
        let sign_in = SignedIn { from_ms, until_ms: NOW_MS + self.signed_in_for_ms, staff_name };
        self.sign_in = Some(sign_in.clone());
        reply(&SignInAnswer { sign_in, cloud_time_ms: NOW_MS })
    }

    fn sign_out(&mut self, request: &SignOutRequest) -> Reply {
        self.sign_in.take_if(|sign_in| sign_in.from_ms == request.from_ms);
        reply(&SignOutAnswer {})
    }

    fn profile(&self) -> TerminalProfile {
        TerminalProfile {
            terminal: TerminalId::parse(TERMINAL).unwrap(),
            municipality: IssuerCode::parse("141305").unwrap(),
            municipality_name: "川崎市".into(),
            site: SiteId(1),
            site_name: self.site_name.clone(),
            kind: TerminalKind::PointUseCounter,
            functions: vec![TerminalFunction::UsePoints, TerminalFunction::IssueTickets],
            currencies: vec![CURRENCY.into()],
            limits: Limits { per_use: 3_000, per_day: 5_000 },
            sign_in: self.rule,
            id_provider: self.of_the_street.then(merging::street_as_provider),
        }
    }

    fn look_up_points(&self, request: &LookUpPointsRequest) -> Reply {
        if request.serial != SERIAL {
            return problem(ErrorCode::CardWithoutMykeyId);
        }
        reply(&self.found())
    }

    fn found(&self) -> LookUpPointsAnswer {
        LookUpPointsAnswer {
            visit: "visit".into(),
            expires_at_ms: NOW_MS + 300_000,
            masked_mykey_id: "MY****56".into(),
            accounts: vec![UsableAccount {
                currency: municipal(),
                kind: CurrencyKind::Municipal,
                name: CURRENCY.into(),
                balance: self.balance,
                by_last_day: Vec::new(),
                usable_until: None,
                issuer_name: None,
            }],
            left_today: 5_000,
            per_use: 3_000,
        }
    }

    fn request_use_nonce(&mut self, request: &RequestUseNonceRequest) -> Reply {
        self.made += 1;
        let nonce = format!("{:064x}", self.made);
        self.nonces.insert(request.key, nonce.clone());
        reply(&RequestUseNonceAnswer { nonce, expires_at_ms: NOW_MS + 120_000 })
    }

    /// The stand-in's cards sign by giving the digest back.
    fn is_signed(&self, request: &UsePointsRequest, becomes: Becomes, signature: &CardSignature) -> bool {
        let parts: Vec<_> =
            request.parts.iter().map(|part| Part { currency: part.currency, points: part.points }).collect();
        let nonce: [u8; 32] = hex::decode(&signature.nonce).unwrap().try_into().unwrap();
        let terminal = TerminalId::parse(TERMINAL).unwrap();
        let training = self.training;
        let proof = UseProof { nonce, terminal, key: request.key, parts: &parts, becomes, training };
        self.nonces.get(&request.key) == Some(&signature.nonce)
            && hex::decode(&signature.signature).unwrap() == proof.digest()
    }

    /// Why a use or an issue cannot take place.
    fn refusal_of(&self, request: &UsePointsRequest, becomes: Becomes) -> Option<Refusal> {
        let points: i64 = request.parts.iter().map(|part| part.points.get()).sum();
        let signature = request.signature.as_ref();
        if signature.is_some_and(|signature| !self.is_signed(request, becomes, signature)) {
            Some(Refusal::SignatureWrong)
        } else if points > self.balance {
            Some(Refusal::Insufficient { currency: municipal(), available: self.balance })
        } else if signature.is_none() && points > 3_000 {
            Some(Refusal::OverLimitPerUse { limit: 3_000 })
        } else {
            None
        }
    }

    fn use_points(&mut self, request: &UsePointsRequest) -> Reply {
        if let Some(answer) = self.operations.get(&request.key) {
            return reply(answer);
        }
        let points: i64 = request.parts.iter().map(|part| part.points.get()).sum();
        let answer = match self.refusal_of(request, Becomes::Payment) {
            Some(refusal) => OperationAnswer::Refused(refusal),
            None => self.move_points(request.key, OperationKind::Use, -points, None),
        };
        self.operations.insert(request.key, answer.clone());
        reply(&answer)
    }

    fn void_use(&mut self, request: &VoidUseRequest) -> Reply {
        if let Some(answer) = self.operations.get(&request.key) {
            return reply(answer);
        }
        let answer = match self.operations.get(&request.voids) {
            Some(OperationAnswer::Done(done)) => {
                let (points, number) = (done.accounts[0].points, done.number.clone());
                self.move_points(request.key, OperationKind::Void, points, Some(number))
            }
            _ => OperationAnswer::Refused(Refusal::UnknownOperation),
        };
        self.operations.insert(request.key, answer.clone());
        reply(&answer)
    }

    fn move_points(
        &mut self,
        key: OperationKey,
        kind: OperationKind,
        by: i64,
        voided_number: Option<String>,
    ) -> OperationAnswer {
        let before = self.balance;
        self.balance += by;
        let number = format!("20261120-{}", self.listed.len() + 1);
        self.listed.push(ListedOperation {
            key,
            kind,
            number: number.clone(),
            at_ms: NOW_MS,
            points: by.abs(),
            currencies: vec![CURRENCY.into()],
            masked_mykey_id: "MY****56".into(),
            linked_number: voided_number.clone(),
            staff_name: self.sign_in.as_ref().and_then(|sign_in| sign_in.staff_name.clone()),
            can_be_voided: kind == OperationKind::Use,
        });
        let account = MovedAccount {
            currency: municipal(),
            points: by.abs(),
            before,
            after: self.balance,
            next_lapse: None,
        };
        OperationAnswer::Done(OperationDone {
            kind,
            number,
            at_ms: NOW_MS,
            accounts: vec![account],
            voided_number,
            ticket: None,
            cleared: None,
            day_close: None,
            merge: None,
        })
    }

    fn list_operations(&self) -> Reply {
        reply(&ListOperationsAnswer {
            date: jiff::civil::date(2026, 11, 20),
            operations: self.listed.iter().rev().cloned().collect(),
            uses: 0,
            voids: 0,
            points: 0,
        })
    }
}
