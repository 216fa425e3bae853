//! Desks that issue point tickets and counters that clear them: they speak to the shipped ledger over the
//! shipped store, lose answers, ask again, and die with the cloud in the middle.
//!
//! Belongs here: what they do and what befalls them. Does not: whether it was right (`bookkeeper`), the
//! terminal's own verbs for it (the counter's tests).

use super::bookkeeper::{Asked, AskedIssue, Objection, OfTicket, Scope};
use super::store::{Engine, WriteFault};
use super::tally::Happening;
use super::town::{LIMIT_PER_DAY, LIMIT_PER_USE, RESIDENTS, Town, resident};
use super::world::World;
use jiff::ToSpan;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    self, Actor, Answer, ClearTicket, CloseDay, IdentifiedBy, IssueTicket, Limits, Part, ReissueTicket,
    Request, RequestHash, TakenTickets, UnclearTicket, VoidTicket,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::ticket::TicketNumber;
use std::sync::Arc;

/// The most that a ticket is asked for, in points: more than a use may take.
const MOST_ISSUED: i64 = 1_000;
/// For how many days a ticket is good; 31 is one too many.
const LASTING: &[i64] = &[0, 0, 1, 1, 1, 2, 30, 31];
/// The sites whose stamps tickets bear: those of the desks, and one without any.
const STAMPS: &[i64] = &[11, 12, 13];
/// The most that is done in a row.
const MOST_IN_A_ROW: i64 = 4;
/// How often a desk asks before it must have an answer.
const TRIES: usize = 5;

/// A desk that issues, or a counter that clears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Its terminal, which no clerk of the run sits at.
    pub id: TerminalId,
    /// Its municipality's book.
    pub home: BookCode,
    /// Its site.
    pub site: SiteId,
}

impl Desk {
    /// Two at one site, one in the neighbouring city.
    pub fn of(town: &Town) -> Vec<Self> {
        let desk = |number, terminal: usize, site| Self {
            id: TerminalId::from_number(number).expect("eight digits"),
            home: town.terminals[terminal].home(),
            site: SiteId(site),
        };
        vec![desk(14_139_001, 0, 11), desk(14_139_002, 0, 11), desk(14_109_001, 3, 12)]
    }

    /// How the books name it.
    pub fn actor_name(&self) -> String {
        format!("terminal:{}", self.id)
    }
}

/// What the desks have in their hands.
#[derive(Debug, Default)]
pub struct Papers {
    /// Every ticket that was printed, in order.
    tickets: Vec<TicketNumber>,
    /// Every clearing that was tried: by which desk, under which key.
    clearings: Vec<(usize, String)>,
}

impl Papers {
    /// Every ticket that was printed, in order.
    pub fn tickets(&self) -> &[TicketNumber] {
        &self.tickets
    }
}

#[derive(Debug, Clone, Copy)]
enum Deed {
    Issue,
    Reissue,
    Void,
    Clear,
    TwoClear,
    ClearUnknown,
    Unclear,
    CloseDay,
}

const DEEDS: &[(usize, Deed)] = &[
    (30, Deed::Issue),
    (10, Deed::Reissue),
    (10, Deed::Void),
    (20, Deed::Clear),
    (8, Deed::TwoClear),
    (3, Deed::ClearUnknown),
    (14, Deed::Unclear),
    (8, Deed::CloseDay),
];

impl World {
    /// Something is done at the desks, a few things in a row.
    pub(super) async fn at_the_desks(&mut self) -> Result<(), Objection> {
        for _ in 0..self.chance.between(1, MOST_IN_A_ROW) {
            self.at_a_desk().await?;
        }
        Ok(())
    }

    async fn at_a_desk(&mut self) -> Result<(), Objection> {
        let desk = self.chance.below(self.desks.len());
        match self.chance.weighted(DEEDS) {
            Deed::Issue => self.issue(desk).await,
            Deed::Reissue => self.reissue(desk).await,
            Deed::Void => self.void_ticket(desk).await,
            Deed::Clear => self.clear(desk).await,
            Deed::TwoClear => self.two_clear(desk).await,
            Deed::ClearUnknown => self.clear_unknown(desk).await,
            Deed::Unclear => self.unclear(desk).await,
            Deed::CloseDay => {
                let close = ledger::Asked::CloseDay(CloseDay { site: self.desks[desk].site });
                self.ask_at(desk, close, Asked::CloseDay).await.map(drop)
            }
        }
    }

    /// A ticket is issued, if it may be.
    pub(super) async fn issue(&mut self, desk: usize) -> Result<(), Objection> {
        let currency = self.town.currencies[self.chance.below(self.town.currencies.len())].code;
        let person = resident(self.chance.below(RESIDENTS));
        let most = if self.chance.percent(20) { MOST_ISSUED } else { MOST_ISSUED / 5 };
        let points = self.chance.between(1, most);
        let last_day = self.today().saturating_add(self.chance.of(LASTING).days());
        let limit = |points| Points::new(points).ok();
        let Some(amount) = limit(points) else { return Ok(()) };
        let site = self.desks[desk].site;
        let issue = ledger::Asked::IssueTicket(IssueTicket {
            person,
            site,
            part: Part { currency, points: amount },
            last_day,
            identified_by: IdentifiedBy::Certificate,
            limits: Limits { per_use: limit(LIMIT_PER_USE), per_day: limit(LIMIT_PER_DAY) },
        });
        let asked = Asked::Issue(AskedIssue { person, currency, points, last_day });
        let answer = self.ask_at(desk, issue, asked).await?;
        self.prints(&answer);
        Ok(())
    }

    fn prints(&mut self, answer: &Answer) {
        if let Answer::Done(done) = answer
            && let Some(face) = done.ticket
        {
            self.papers.tickets.push(face.number);
        }
    }

    /// One of the tickets that were printed, old or new.
    pub(super) fn some_ticket(&mut self) -> Option<TicketNumber> {
        let tickets = &self.papers.tickets;
        let newest = tickets.len().saturating_sub(6);
        (!tickets.is_empty()).then(|| tickets[newest + self.chance.below(tickets.len() - newest)])
    }

    async fn reissue(&mut self, desk: usize) -> Result<(), Objection> {
        let Some(ticket) = self.some_ticket() else { return Ok(()) };
        self.reissue_this(desk, ticket).await
    }

    /// A ticket is printed anew.
    pub(super) async fn reissue_this(&mut self, desk: usize, ticket: TicketNumber) -> Result<(), Objection> {
        let site = self.desks[desk].site;
        let reissue = ledger::Asked::ReissueTicket(ReissueTicket { ticket, site });
        let answer = self.ask_at(desk, reissue, Asked::OfTicket(OfTicket::Reissue(site), ticket)).await?;
        self.prints(&answer);
        Ok(())
    }

    async fn void_ticket(&mut self, desk: usize) -> Result<(), Objection> {
        let Some(ticket) = self.some_ticket() else { return Ok(()) };
        let void = ledger::Asked::VoidTicket(VoidTicket { ticket });
        self.ask_at(desk, void, Asked::OfTicket(OfTicket::Void, ticket)).await.map(drop)
    }

    fn clearing(&mut self, ticket: TicketNumber) -> (ledger::Asked, Asked) {
        let site = SiteId(*self.chance.of(STAMPS));
        // The ledger is asked here without the cloud's API, which knows whose tickets count where.
        let all = self.town.currencies.iter().map(|currency| currency.code).collect();
        let taken = TakenTickets { own: self.town.terminals[0].home(), at_site: all, elsewhere: Vec::new() };
        let clear = ClearTicket { ticket, site, taken: Arc::new(taken), scanned_on: self.today() };
        (ledger::Asked::ClearTicket(clear), Asked::OfTicket(OfTicket::Clear(site), ticket))
    }

    async fn clear(&mut self, desk: usize) -> Result<(), Objection> {
        let Some(ticket) = self.some_ticket() else { return Ok(()) };
        let (clear, asked) = self.clearing(ticket);
        self.ask_at(desk, clear, asked).await.map(drop)
    }

    async fn clear_unknown(&mut self, desk: usize) -> Result<(), Objection> {
        let Some(ticket) = TicketNumber::drawn(self.chance.next()) else { return Ok(()) };
        let (clear, asked) = self.clearing(ticket);
        self.ask_at(desk, clear, asked).await.map(drop)
    }

    /// Two counters with one ticket and its copy, at the same moment.
    async fn two_clear(&mut self, desk: usize) -> Result<(), Objection> {
        let Some(ticket) = self.some_ticket() else { return Ok(()) };
        let other = (desk + 1) % self.desks.len();
        // A server writes the batches of two books beside each other: which is first is no choice of the run.
        let is_a_race = self.desks[desk].home != self.desks[other].home;
        let is_on_a_server = self.cloud.store().engine() == Engine::Postgres;
        let (desk, other) = if is_a_race && is_on_a_server { (0, 1) } else { (desk, other) };
        let (clear, asked) = self.clearing(ticket);
        let one = self.request(desk, clear, asked)?;
        let (clear, asked) = self.clearing(ticket);
        let two = self.request(other, clear, asked)?;
        let ledger = self.cloud.cloud().ledger.clone();
        let (one, two) = tokio::join!(ledger.post(one), ledger.post(two));
        let happened = [&one, &two]
            .into_iter()
            .filter(|posted| matches!(posted, Ok(posted) if matches!(posted.answer, Answer::Done(_))))
            .count();
        if happened == 1 {
            self.tally.count(Happening::ClearedAtOnce);
        }
        self.note(&format!("desks {desk} and {other} clear one ticket: {happened}"));
        if happened > 1 { Err("I4: one ticket was cleared twice".into()) } else { self.read_books(false) }
    }

    async fn unclear(&mut self, desk: usize) -> Result<(), Objection> {
        if self.papers.clearings.is_empty() {
            return Ok(());
        }
        let newest = self.papers.clearings.len().saturating_sub(4);
        let place = newest + self.chance.below(self.papers.clearings.len() - newest);
        let (cleared_by, key) = self.papers.clearings[place].clone();
        // Mostly by the counter that did it; another one's numbers mean nothing in another book.
        let desk = if self.desks[desk].home == self.desks[cleared_by].home { desk } else { cleared_by };
        let desk = if self.chance.percent(70) { cleared_by } else { desk };
        let of = (self.desks[cleared_by].actor_name(), key);
        let Some(target_seq) = self
            .bookkeeper
            .fate(&of)
            .and_then(|fate| fate.number.rsplit_once('-').and_then(|(_, seq)| seq.parse().ok()))
        else {
            return Ok(());
        };
        let unclear = ledger::Asked::UnclearTicket(UnclearTicket { target_seq });
        self.ask_at(desk, unclear, Asked::Unclear(of)).await.map(drop)
    }

    pub(super) fn request(
        &mut self,
        desk: usize,
        wanted: ledger::Asked,
        asked: Asked,
    ) -> Result<Request, Objection> {
        let random: [u8; 10] = std::array::from_fn(|_| self.chance.next().to_le_bytes()[0]);
        let key = OperationKey::new(self.time.now_ms().unsigned_abs(), &random);
        let Desk { id, home, .. } = self.desks[desk];
        let scope = self.desk_scope(desk, key);
        if matches!(asked, Asked::OfTicket(OfTicket::Clear(_), _)) {
            self.papers.clearings.push((desk, key.to_string()));
        }
        self.bookkeeper.hear(scope, asked)?;
        let hash = RequestHash::of([key.0.as_bytes().as_slice()]);
        Ok(Request { actor: Actor::Terminal(id), home, key, hash, asked: wanted })
    }

    pub(super) fn desk_scope(&self, desk: usize, key: OperationKey) -> Scope {
        (self.desks[desk].actor_name(), key.to_string())
    }

    /// Asks until there is an answer.
    async fn ask_at(
        &mut self,
        desk: usize,
        wanted: ledger::Asked,
        asked: Asked,
    ) -> Result<Answer, Objection> {
        let request = self.request(desk, wanted, asked)?;
        self.ask(desk, request).await
    }

    /// The same of a request. Whatever happens meanwhile, one key has one answer.
    pub(super) async fn ask(&mut self, desk: usize, request: Request) -> Result<Answer, Objection> {
        let befalls = self.chance.percent(self.mishaps);
        let first = match (befalls, self.chance.below(3)) {
            (true, 0) => Some(self.answer_to(&request).await?),
            (true, 1) => {
                self.happens(Happening::CrashUnderADesk, &format!("before the commit of desk {desk}"));
                self.cloud.break_writing(WriteFault::Commit).await;
                // What it says now, nobody hears.
                let _ = self.cloud.cloud().ledger.post(request.clone()).await;
                self.something_dies().await;
                self.cloud.mend_writing().await;
                None
            }
            (true, _) => {
                self.happens(Happening::CrashUnderADesk, &format!("after the commit of desk {desk}"));
                let answer = self.answer_to(&request).await?;
                self.something_dies().await;
                Some(answer)
            }
            (false, _) => None,
        };
        self.read_books(true)?;
        let resolves = befalls && self.chance.percent(40);
        let answer =
            if resolves { self.resolved(desk, &request).await? } else { self.answer_to(&request).await? };
        if first.is_some_and(|first| first != answer) {
            return Err(format!("I7: {} was answered twice", request.key));
        }
        self.note(&format!("desk {desk}: {}", in_a_word(&answer)));
        if let Some(sabotage) = self.sabotage {
            sabotage.after_a_desk(&self.cloud).await;
        }
        self.read_books(true)?;
        Ok(answer)
    }

    async fn answer_to(&self, request: &Request) -> Result<Answer, Objection> {
        let mut last = None;
        for _ in 0..TRIES {
            match self.cloud.cloud().ledger.post(request.clone()).await {
                Ok(posted) => return Ok(posted.answer),
                Err(error) => last = Some(error),
            }
        }
        Err(format!("a desk gets no answer: {last:?}"))
    }

    /// What became of the key; an unknown one is dead, and what comes under it later is refused.
    async fn resolved(&mut self, desk: usize, request: &Request) -> Result<Answer, Objection> {
        self.bookkeeper.hear_resolve(self.desk_scope(desk, request.key));
        let resolve = Request::resolve(request.actor, request.home, request.key);
        let answer = self.answer_to(&resolve).await?;
        let late = self.answer_to(request).await?;
        match (&answer, late) {
            (Answer::Abandoned, Answer::Refused(ledger::Refusal::Abandoned)) => {}
            (first, late) if *first == late => {}
            (_, late) => return Err(format!("I7: {} was answered {late:?} after all", request.key)),
        }
        Ok(answer)
    }
}

fn in_a_word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Done(done) => done.kind.code(),
        Answer::Refused(refusal) => refusal.code(),
        Answer::Abandoned => "abandoned",
    }
}
