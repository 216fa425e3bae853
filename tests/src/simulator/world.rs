//! The world of a run: town, time, line, cloud, terminals, clerks, and those who check them.
//!
//! Belongs here: letting everything go on until it is still, and hearing what is said meanwhile. What
//! is done to the world is in [`super::letters`], [`super::acts`] and [`super::jobs`].

use super::bookkeeper::{Bookkeeper, Objection, Scope, actor_name};
use super::chance::Chance;
use super::clerk::Clerk;
use super::cloud::CloudProcess;
use super::desks::{Desk, Papers};
use super::line::{Letter, Mailbag};
use super::merging::Merging;
use super::pc::Pc;
use super::rows::Books;
use super::sabotage::Sabotage;
use super::scans::Scans;
use super::stillness;
use super::tally::{Happening, Tally};
use super::testimony::Testimony;
use super::time::Time;
use super::town::Town;
use super::trace::Trace;
use super::visits::Opened;
use jiff::civil::Date;
use madoguchi_domain::day::{business_date, from_millis};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// How long a clerk may be left without an answer, in the world's milliseconds.
const PATIENCE_MS: i64 = 120_000;
/// An hour, in milliseconds.
const HOUR_MS: i64 = 3_600_000;
/// Less than a visit, in milliseconds.
const SHORTLY_MS: i64 = 90_000;
/// How long, in real time, a terminal may take to notice a card.
const NOTICED_WITHIN: Duration = Duration::from_mins(2);

/// The world of a run.
pub struct World {
    /// Every choice.
    pub chance: Chance,
    /// Who and what there is.
    pub town: Town,
    /// What o'clock it is.
    pub time: Time,
    /// What happened.
    pub trace: Trace,
    /// What happened how often.
    pub tally: Tally,
    /// What is on its way.
    pub bag: Mailbag,
    /// The cloud.
    pub cloud: CloudProcess,
    /// The terminals' PCs.
    pub pcs: Vec<Pc>,
    /// Their clerks.
    pub clerks: Vec<Clerk>,
    /// The second bookkeeper.
    pub bookkeeper: Bookkeeper,
    /// What the clerks were told.
    pub testimony: Testimony,
    /// Letters that nobody waits for any more and that may still arrive.
    pub late: Vec<Letter>,
    /// Visits by their token.
    pub opened: BTreeMap<String, Opened>,
    /// The newest visit of each terminal.
    pub newest: BTreeMap<usize, Opened>,
    /// What is deliberately broken, to see whether it is noticed.
    pub sabotage: Option<Sabotage>,
    /// How often out of a hundred a letter meets with a mishap; 0 = fair weather.
    pub mishaps: usize,
    /// The first final answer under each key.
    pub first_answers: BTreeMap<Scope, Vec<u8>>,
    /// Where tickets are issued and cleared.
    pub desks: Vec<Desk>,
    /// What is in their hands.
    pub papers: Papers,
    /// What was told of the scans of each terminal.
    pub scans: Vec<Scans>,
    /// The street, and the files on their way to it.
    pub merging: Merging,
    /// Visits that have led to a use.
    pub served: BTreeSet<(usize, u32)>,
}

impl World {
    /// Today in Japan by the cloud's clock, which alone decides.
    pub fn today(&self) -> Date {
        business_date(from_millis(self.time.cloud_ms()).expect("a run lasts days, not ages"))
    }

    /// The books as the cloud's database has them.
    pub fn books(&self) -> Books {
        Books::of(&self.cloud.cloud().database)
    }

    /// How the books name a terminal's key.
    pub fn scope(&self, terminal: usize, key: &str) -> Scope {
        (actor_name(&self.town.terminals[terminal]), key.to_owned())
    }

    /// Notes what happens, with the time of day in Japan.
    pub fn note(&mut self, what: &str) {
        let seconds = (self.time.cloud_ms() / 1000 + 9 * 3600) % 86_400;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        self.trace.note(format!("{} {hours:02}:{minutes:02}:{:02} {what}", self.today(), seconds % 60));
    }

    /// Notes and counts what happens.
    pub fn happens(&mut self, happening: Happening, what: &str) {
        self.tally.count(happening);
        self.note(&format!("{what} [{}]", happening.words()));
    }

    /// Lets time pass.
    pub fn pass(&mut self, span_ms: i64) {
        let before = self.today();
        self.time.pass(span_ms);
        if self.today() != before {
            self.happens(Happening::Midnight, "a new day");
        }
    }

    /// Lets time pass until shortly before midnight in Japan.
    pub fn pass_towards_midnight(&mut self) {
        let span_ms = self.to_midnight_ms() - SHORTLY_MS;
        if span_ms > 0 {
            self.pass(span_ms);
        }
    }

    /// How long it is to the next midnight in Japan, in milliseconds.
    pub fn to_midnight_ms(&self) -> i64 {
        24 * HOUR_MS - (self.time.cloud_ms() + 9 * HOUR_MS) % (24 * HOUR_MS)
    }

    /// Lets everything go on until nothing moves any more: letters meet their fate, clerks hear their
    /// answers, whoever waits for a clock gets the time.
    pub async fn settle(&mut self) -> Result<(), Objection> {
        let began_ms = self.time.now_ms();
        loop {
            self.quiet().await?;
            let starting = self.starting();
            self.listen().await?;
            // A program that was just heard of looks at its reader before time passes, however busy this computer is.
            if self.power_cuts() || self.starting() != starting {
                continue;
            }
            if !self.bag.is_empty() {
                self.handle_a_letter().await?;
                continue;
            }
            if !self.somebody_waits() {
                return Ok(());
            }
            let left_ms = began_ms + PATIENCE_MS - self.time.now_ms();
            let day = self.today();
            if left_ms < 0 || !self.time.pass_to_next_waking(left_ms) {
                let waiting: Vec<_> = self.clerks.iter().map(Clerk::waits_for).collect();
                return Err(format!("a clerk waits and nothing goes on: {waiting:?}"));
            }
            if self.today() != day {
                self.happens(Happening::Midnight, "a new day");
            }
        }
    }

    /// How many programs are being started.
    fn starting(&self) -> usize {
        self.pcs.iter().filter(|pc| pc.is_starting()).count()
    }

    fn somebody_waits(&self) -> bool {
        self.clerks.iter().any(|clerk| !clerk.calls.is_empty()) || self.pcs.iter().any(Pc::is_starting)
    }

    /// Waits until every task waits, and every terminal has noticed what happened at its reader; hears
    /// what was said meanwhile.
    pub async fn quiet(&mut self) -> Result<(), Objection> {
        let began = Instant::now();
        loop {
            let unnoticed = (0..self.pcs.len()).find(|terminal| self.must_still_notice(*terminal));
            stillness::comes().await;
            let Some(terminal) = unnoticed else {
                // Only now, so that which terminal was a moment earlier leaves no trace.
                self.overhear()?;
                return self.hear_notices();
            };
            if began.elapsed() > NOTICED_WITHIN {
                return Err(format!("terminal {terminal} does not notice the card"));
            }
            std::thread::yield_now();
        }
    }

    fn must_still_notice(&self, terminal: usize) -> bool {
        self.pcs[terminal].counter().is_some()
            && !self.pcs[terminal].power().is_gone()
            && !self.pcs[terminal].reader.is_followed()
    }

    /// Cuts the power where a write has met its fate.
    fn power_cuts(&mut self) -> bool {
        let gone = (0..self.pcs.len()).find(|terminal| {
            let pc = &self.pcs[*terminal];
            !pc.is_off() && pc.power().is_gone()
        });
        let Some(terminal) = gone else { return false };
        self.happens(Happening::PowerCutBetweenWrites, &format!("terminal {terminal}: the power goes"));
        self.cut_power(terminal);
        true
    }

    /// The power of a terminal goes. What it had sent is on its way all the same.
    pub fn cut_power(&mut self, terminal: usize) {
        self.pcs[terminal].cut_power();
        self.leave(terminal);
        if let Some(sabotage) = self.sabotage {
            sabotage.after_a_power_cut(&self.pcs[terminal]);
        }
    }

    /// A terminal's program has ended: its letters are on their way, its clerk waits for nothing, and
    /// its visits will be counted anew.
    pub fn leave(&mut self, terminal: usize) {
        self.late.extend(self.bag.orphans_of(terminal));
        self.clerks[terminal].is_left_alone();
        self.scans[terminal].are_left_alone();
        self.served.retain(|(at, _)| *at != terminal);
    }

    /// Reads on in the cloud's books; `one_by_one` as in [`Bookkeeper::read_on`].
    pub fn read_books(&mut self, one_by_one: bool) -> Result<(), Objection> {
        let books = self.books();
        let read = self.bookkeeper.read_on(&books, self.time.cloud_ms(), one_by_one)?;
        for (scope, fate) in read {
            let reason = fate.reason.clone().unwrap_or_default();
            self.note(&format!("books: {} {} {} {} {reason}", scope.0, fate.kind, fate.outcome, fate.number));
            if let Some(happening) = refused_for(&reason) {
                self.tally.count(happening);
            }
            if fate.outcome == "done" && self.bookkeeper.is_signed_above_the_limit(&scope) {
                self.tally.count(Happening::SignedAboveTheLimit);
            }
            if fate.outcome == "done"
                && let Some(happening) = done_as(&fate.kind)
            {
                self.tally.count(happening);
            }
        }
        Ok(())
    }
}

fn done_as(kind: &str) -> Option<Happening> {
    Some(match kind {
        "lapse" => Happening::Lapsed,
        "ticket_issue" => Happening::TicketIssued,
        "reissue" => Happening::TicketReissued,
        "ticket_void" => Happening::TicketVoided,
        "clear" => Happening::TicketCleared,
        "unclear" => Happening::ClearingTakenBack,
        "ticket_lapse" => Happening::TicketLapsed,
        "day_close" => Happening::DayClosed,
        "merge" => Happening::Merged,
        "merge_refund" => Happening::Refunded,
        _ => return None,
    })
}

fn refused_for(reason: &str) -> Option<Happening> {
    Some(match reason {
        "insufficient" => Happening::Insufficient,
        "over_limit_per_use" => Happening::OverLimitPerUse,
        "over_limit_per_day" => Happening::OverLimitPerDay,
        "visit_expired" => Happening::VisitExpired,
        "nonce_void" => Happening::NonceVoid,
        "card_untrusted" => Happening::CardUntrusted,
        "not_usable_here" => Happening::NotUsableHere,
        "already_voided" => Happening::AlreadyVoided,
        "too_late_to_void" => Happening::TooLateToVoid,
        "ticket_cleared" => Happening::ClearedBefore,
        "ticket_lapsed" => Happening::ClearedTooLate,
        "ticket_unknown" => Happening::TicketUnknown,
        "ticket_reissued" => Happening::ClearedOldPaper,
        "ticket_forged" => Happening::TicketForged,
        "ticket_of_another" => Happening::TicketOfAnother,
        "ticket_elsewhere" => Happening::TicketElsewhere,
        "day_closed" => Happening::BehindTheClose,
        _ => return None,
    })
}
