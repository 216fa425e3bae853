//! Counters that clear used tickets by the pile, with the terminal's own queue: what their clerks do, and what
//! goes over the line of it.
//!
//! Belongs here: piles begun, papers scanned, clearings taken back, piles finished, and two who want the same
//! ticket at the same moment. Does not: whether it was right (`scans`, `bookkeeper`), desks that speak to the
//! ledger without a terminal (`desks`).

mod heard;

use super::bookkeeper::{Objection, Paper};
use super::clerk::Call;
use super::cloud::tag_key;
use super::scans::Press;
use super::tally::Happening;
use super::world::World;
use madoguchi_cloud::ticket::tag;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::{TicketCode, TicketKeyNumber, TicketNumber};
use madoguchi_wire::terminal_api::NamedTicket;
use madoguchi_wire::window::{ScanNamed, ScannedText, SeenScans, StampOf};
use std::sync::Arc;

/// The most papers that are scanned one after the other.
const MOST_SCANNED: i64 = 4;
/// The most moments of writing that a failing power supply still holds.
const SOON: i64 = 12;
/// How often out of a hundred the power is about to go while there is a pile.
const POWER_FAILS: usize = 20;
/// How often out of a hundred a clerk reads beside the menu what was found later.
const READ_THE_MENU: usize = 50;
/// How many tickets there must be for a pile.
const TICKETS: usize = 4;
/// How often a desk tries to issue them: what it wants is often too much.
const ISSUED_AT_MOST: usize = 6;
/// The number of a key that no cloud of a run has.
const NO_KEY: TicketKeyNumber = TicketKeyNumber(999);

/// Something a clerk does with a pile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Scan,
    ScanTwice,
    SameTicketElsewhere,
    ReissuedMeanwhile,
    TakeBack,
    Finish,
    TakeBackAndFinish,
    ScanAndFinish,
    SeeFoundLater,
    LookAtAll,
}

const DEEDS: &[(usize, Deed)] = &[
    (40, Deed::Scan),
    (5, Deed::ScanTwice),
    (12, Deed::SameTicketElsewhere),
    (8, Deed::ReissuedMeanwhile),
    (14, Deed::TakeBack),
    (6, Deed::Finish),
    (5, Deed::TakeBackAndFinish),
    (6, Deed::ScanAndFinish),
    (4, Deed::SeeFoundLater),
    (6, Deed::LookAtAll),
];

impl World {
    /// Somebody at a terminal has a pile in hand.
    pub(super) async fn at_a_pile(&mut self) -> Result<(), Objection> {
        let terminal = self.chance.below(self.pcs.len());
        if !self.has_a_pile(terminal).await? {
            return Ok(());
        }
        if self.mishaps > 0 && self.chance.percent(POWER_FAILS) {
            let moments = self.chance.between(0, SOON);
            self.pcs[terminal].power().goes_after(moments);
        }
        match self.chance.weighted(DEEDS) {
            Deed::Scan => self.scan_some(terminal).await,
            Deed::ScanTwice => {
                let Some(press) = self.paper_for(terminal).await else { return Ok(()) };
                self.press_scan(terminal, press.clone());
                self.press_scan(terminal, press);
                Ok(())
            }
            Deed::SameTicketElsewhere => self.same_ticket_elsewhere(terminal).await,
            Deed::ReissuedMeanwhile => self.reissued_meanwhile(terminal).await,
            Deed::TakeBack => {
                self.press_take_back(terminal);
                Ok(())
            }
            Deed::Finish => {
                self.press_finish(terminal);
                Ok(())
            }
            Deed::TakeBackAndFinish => {
                self.press_take_back(terminal);
                self.press_finish(terminal);
                Ok(())
            }
            Deed::ScanAndFinish => {
                self.scan_some(terminal).await?;
                self.press_finish(terminal);
                Ok(())
            }
            Deed::SeeFoundLater => self.press_seen(terminal).await,
            Deed::LookAtAll => self.look_around(terminal).await,
        }
    }

    /// Sees to it that a pile is open at a terminal and that there are tickets, unless something goes wrong.
    async fn has_a_pile(&mut self, terminal: usize) -> Result<bool, Objection> {
        if self.pcs[terminal].is_off() {
            self.switch_on(terminal);
            self.settle().await?;
        }
        if self.pcs[terminal].counter().is_none() || self.clerks[terminal].is_unregistered {
            return Ok(false);
        }
        self.signs_in_first(terminal).await?;
        for _ in 0..ISSUED_AT_MOST {
            if self.open_tickets().len() < TICKETS {
                let desk = self.chance.below(self.desks.len());
                self.issue(desk).await?;
            }
        }
        let is_at_the_menu = self.clerks[terminal].stamp.is_none();
        if is_at_the_menu && self.chance.percent(READ_THE_MENU) {
            self.press_seen(terminal).await?;
            self.settle().await?;
        }
        if is_at_the_menu || self.chance.percent(20) {
            self.press_open(terminal);
            self.settle().await?;
        }
        Ok(self.clerks[terminal].stamp.is_some() && self.pcs[terminal].counter().is_some())
    }

    fn press_open(&mut self, terminal: usize) {
        let stamps = self.town.stamps_at(terminal);
        let stamp = self.chance.of(&stamps).clone();
        self.note(&format!("terminal {terminal}: the stamp is of site {}", stamp.site.0));
        self.call(terminal, |counter| Call::OpenPile {
            stamp: stamp.site,
            call: tokio::spawn(async move { counter.open_pile(StampOf { site: Some(stamp) }).await }),
        });
    }

    async fn scan_some(&mut self, terminal: usize) -> Result<(), Objection> {
        for _ in 0..self.chance.between(1, MOST_SCANNED) {
            if let Some(press) = self.paper_for(terminal).await {
                self.press_scan(terminal, press);
            }
        }
        Ok(())
    }

    /// Two counters scan one ticket and its copy before either has an answer.
    async fn same_ticket_elsewhere(&mut self, terminal: usize) -> Result<(), Objection> {
        let other = (terminal + 1) % self.pcs.len();
        if !self.has_a_pile(other).await? || self.clerks[terminal].stamp.is_none() {
            return Ok(());
        }
        let Some(press) = self.open_paper_for(terminal).await else { return Ok(()) };
        let stamp = self.clerks[other].stamp.expect("a pile is open there");
        self.press_scan(other, Press::of(press.named.clone(), press.number, press.paper, stamp));
        self.press_scan(terminal, press);
        self.quiet().await?;
        if self.bag.letters().iter().filter(|letter| letter.route == "clear_ticket").count() > 1 {
            self.happens(Happening::ScannedAtOnce, &format!("terminals {terminal} and {other}"));
        }
        Ok(())
    }

    /// A paper is scanned, and before the cloud hears of it a desk prints the ticket anew.
    async fn reissued_meanwhile(&mut self, terminal: usize) -> Result<(), Objection> {
        let Some(press) = self.open_paper_for(terminal).await else { return Ok(()) };
        let number = press.number;
        self.press_scan(terminal, press);
        self.quiet().await?;
        let desk = self.chance.below(self.desks.len());
        self.reissue_this(desk, number).await?;
        if !self.bookkeeper.is_open(number) {
            self.happens(Happening::ReissuedMeanwhile, &format!("terminal {terminal}"));
        }
        Ok(())
    }

    /// Tickets that can be cleared, in the order in which they were printed.
    fn open_tickets(&self) -> Vec<TicketNumber> {
        let printed = self.papers.tickets().iter().copied();
        printed.filter(|number| self.bookkeeper.is_open(*number)).collect()
    }

    async fn open_paper_for(&mut self, terminal: usize) -> Option<Press> {
        let open = self.open_tickets();
        let number = *open.get(self.chance.below(open.len()))?;
        self.paper_of(terminal, number, Paper::Code).await
    }

    /// A paper out of the pile: mostly a ticket that was not cleared yet.
    async fn paper_for(&mut self, terminal: usize) -> Option<Press> {
        let open = self.open_tickets();
        let number = match self.chance.below(20) {
            0 => TicketNumber::drawn(self.chance.next())?,
            1..=4 => self.some_ticket()?,
            _ => *open.get(self.chance.below(open.len()))?,
        };
        let paper = *self.chance.of(&[Paper::Code, Paper::Code, Paper::Code, Paper::Number, Paper::Forged]);
        let paper = if self.bookkeeper.book_of_ticket(number).is_none() { Paper::Number } else { paper };
        self.paper_of(terminal, number, paper).await
    }

    async fn paper_of(&mut self, terminal: usize, number: TicketNumber, paper: Paper) -> Option<Press> {
        let site = self.clerks[terminal].stamp?;
        let named = match (paper, self.bookkeeper.book_of_ticket(number)) {
            (Paper::Number, _) | (_, None) => NamedTicket::Number { number },
            (Paper::Code | Paper::Forged, Some(book)) => {
                let issuer = IssuerCode::parse(book.as_str()).expect("tickets are of issuers");
                let code = self.code_of(issuer, number, paper).await;
                NamedTicket::Code { code: code.to_string() }
            }
        };
        Some(Press::of(named, number, paper, site))
    }

    /// What stands in the code of a paper; the tag of a forged one is invented.
    async fn code_of(&self, issuer: IssuerCode, number: TicketNumber, paper: Paper) -> TicketCode {
        if paper == Paper::Forged {
            return TicketCode { training: false, issuer, number, key: NO_KEY, tag: [0x5A; 8] };
        }
        let (key, key_number) = tag_key(&self.cloud, issuer).await;
        let key_number = TicketKeyNumber(u16::try_from(key_number).expect("a few keys"));
        tag::code(&key, key_number, false, issuer, number)
    }

    fn press_scan(&mut self, terminal: usize, press: Press) {
        let Some(counter) = self.pcs[terminal].counter().map(Arc::clone) else { return };
        let text = match &press.named {
            NamedTicket::Code { code } => code.clone(),
            NamedTicket::Number { number } => number.spaced(),
        };
        let text = ScannedText { text };
        match press.paper {
            Paper::Code => {}
            Paper::Forged => self.tally.count(Happening::ScannedForgery),
            Paper::Number => self.tally.count(Happening::TypedTicket),
        }
        self.note(&format!("terminal {terminal}: scans a {:?} for site {}", press.paper, press.site.0));
        let press = self.scans[terminal].press(press);
        let call = tokio::spawn(async move { counter.scan_ticket(text).await });
        self.clerks[terminal].calls.push(Call::Scan { press, call });
    }

    fn press_take_back(&mut self, terminal: usize) {
        let Some(pile) = self.clerks[terminal].pile else { return };
        let cleared = self.scans[terminal].cleared(pile);
        if cleared.is_empty() {
            return;
        }
        let key = self.chance.of(&cleared).clone();
        let number = self.scans[terminal].number_of(&key);
        self.note(&format!("terminal {terminal}: takes its scan no. {number} back"));
        self.scans[terminal].press_back(&key);
        let key = OperationKey(key.parse().expect("a key"));
        self.call(terminal, |counter| {
            Call::TakeBack(tokio::spawn(async move { counter.take_back_scan(ScanNamed { key }).await }))
        });
    }

    fn press_finish(&mut self, terminal: usize) {
        self.note(&format!("terminal {terminal}: the pile is done"));
        self.clerks[terminal].stamp = None;
        self.call(terminal, |counter| {
            Call::FinishPile(tokio::spawn(async move { counter.finish_pile().await }))
        });
    }

    /// The clerk reads what was found later, and says so.
    async fn press_seen(&mut self, terminal: usize) -> Result<(), Objection> {
        let Some(counter) = self.pcs[terminal].counter().map(Arc::clone) else { return Ok(()) };
        let Ok(clearing) = counter.look_at_clearing().await else { return Ok(()) };
        let keys: Vec<_> = clearing.found_later.iter().map(|scan| scan.key).collect();
        if !keys.is_empty() {
            self.happens(Happening::SawFoundLater, &format!("terminal {terminal}: {}", keys.len()));
            self.scans[terminal].see_later(keys.iter().map(ToString::to_string));
            self.call(terminal, |counter| {
                Call::Other(tokio::spawn(async move {
                    // Whether it was written down, the next look shows.
                    let _ = counter.acknowledge_found_later(SeenScans { keys }).await;
                }))
            });
        }
        Ok(())
    }
}
