//! A second bookkeeper, who keeps the same books in the simplest way and believes nothing.
//!
//! Belongs here: what was asked under which key, and the plain rules of docs/ledger.md in a page: draw by last
//! day, mirror a void, lapse what is past, remember keys. From the cloud's books it takes nothing but
//! the order in which they were written, and objects to every line that it would have written
//! otherwise.
//! Does not belong here: anything of `madoguchi_domain::ledger`, which is what is being checked.

mod merges;
mod order;
mod scans;
mod tickets;
mod verdict;

pub use merges::AskedMerge;
pub use scans::{AskedScan, Paper};
pub use tickets::{AskedIssue, OfTicket};

use super::rows::{Books, Kept, Line, Posted, Side};
use super::town::{LIMIT_PER_USE, Terminal, Town};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::ticket::TicketNumber;
use order::{in_order, number_of, said};
use std::collections::{BTreeMap, BTreeSet};
use tickets::Ticket;
use verdict::Verdict;

/// How long a visit lasts, in milliseconds.
const VISIT_MS: i64 = 300_000;

/// An objection, in words.
pub type Objection = String;

/// Who asked, as the books name it, and under which key.
pub type Scope = (String, String);

/// Points by their last day, none last.
pub type ByLastDay = Vec<(Option<Date>, i64)>;

/// What somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A grant.
    Grant {
        /// Of what.
        currency: CurrencyCode,
        /// To whom.
        person: PersonId,
        /// How many.
        points: i64,
        /// Until when.
        last_day: Option<Date>,
    },
    /// A use at a terminal.
    Use(AskedUse),
    /// A void at a terminal of the use under this key.
    Void {
        /// Which terminal.
        terminal: usize,
        /// Whose key.
        of: String,
    },
    /// A ticket.
    Issue(AskedIssue),
    /// Something to be done with a ticket.
    OfTicket(OfTicket, TicketNumber),
    /// A ticket scanned at a terminal.
    Scan(AskedScan),
    /// The clearing under this key taken back.
    Unclear(Scope),
    /// Points to become a street's own.
    Merge(AskedMerge),
    /// The merge under this key given back.
    Refund(Scope),
    /// The day of a terminal closed.
    CloseDay,
}

/// A use that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedUse {
    /// At which terminal.
    pub terminal: usize,
    /// Whose points.
    pub person: PersonId,
    /// How many of which.
    pub parts: Vec<(CurrencyCode, i64)>,
    /// When the visit ends, milliseconds since 1970 (UTC).
    pub visit_ends_ms: i64,
    /// What the card signed along, if it signed.
    pub signed_nonce: Option<String>,
}

/// A nonce for a signed use.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Nonce {
    digits: String,
    /// Milliseconds since 1970 (UTC).
    ends_ms: i64,
}

impl AskedUse {
    fn total(&self) -> i64 {
        self.parts.iter().map(|(_, points)| points).sum()
    }

    /// What of it counts towards the day's limit: what the card signed does not.
    fn counted(&self) -> i64 {
        if self.signed_nonce.is_some() { 0 } else { self.total() }
    }
}

#[derive(Debug, Clone, Copy)]
struct Lot {
    currency: CurrencyCode,
    person: PersonId,
    last_day: Option<Date>,
    granted_seq: i64,
    number: i64,
    remaining: i64,
}

impl Lot {
    fn counts_on(&self, day: Date) -> bool {
        self.remaining > 0 && self.last_day.is_none_or(|last_day| day <= last_day)
    }
}

/// What became of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// `done`, `refused`, `abandoned`.
    pub outcome: String,
    /// `use`, `void` …
    pub kind: String,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// 取引番号.
    pub number: String,
    /// What moved, over all books.
    pub lines: Vec<Line>,
    /// For a refusal: its code.
    pub reason: Option<String>,
    /// What the resident could use afterwards of each currency that moved.
    pub after: Vec<(CurrencyCode, ByLastDay)>,
    /// Whether a void has undone it.
    pub voided: bool,
}

/// The second bookkeeper.
pub struct Bookkeeper {
    town: Town,
    asked: BTreeMap<Scope, Asked>,
    resolved: BTreeSet<Scope>,
    /// The newest for each key.
    nonces: BTreeMap<Scope, Nonce>,
    fates: BTreeMap<Scope, Fate>,
    lots: Vec<Lot>,
    sites: BTreeMap<(CurrencyCode, Side), i64>,
    used_on: BTreeMap<(BookCode, PersonId), (Date, i64)>,
    tickets: BTreeMap<TicketNumber, Ticket>,
    /// Per actor: the number of its last day close, and where that stands in its home book.
    closes: BTreeMap<String, (i64, i64)>,
    read_to: BTreeMap<BookCode, i64>,
    newest_ms: BTreeMap<BookCode, i64>,
    clock_ms: i64,
}

impl Bookkeeper {
    /// Before the first operation.
    pub fn of(town: &Town) -> Self {
        let books = town.currencies.iter().map(|currency| currency.code.book);
        let homes = town.terminals.iter().map(Terminal::home);
        Self {
            read_to: books.chain(homes).map(|book| (book, 0)).collect(),
            town: town.clone(),
            asked: BTreeMap::new(),
            resolved: BTreeSet::new(),
            nonces: BTreeMap::new(),
            fates: BTreeMap::new(),
            lots: Vec::new(),
            sites: BTreeMap::new(),
            used_on: BTreeMap::new(),
            tickets: BTreeMap::new(),
            closes: BTreeMap::new(),
            newest_ms: BTreeMap::new(),
            clock_ms: 0,
        }
    }

    /// Hears what is asked before it is sent. One key asks for one thing.
    pub fn hear(&mut self, scope: Scope, asked: Asked) -> Result<(), Objection> {
        match self.asked.get(&scope) {
            Some(known) if *known != asked => {
                Err(format!("{scope:?} asked for {known:?}, now for {asked:?}"))
            }
            _ => {
                self.asked.insert(scope, asked);
                Ok(())
            }
        }
    }

    /// Whether anything was asked under a key.
    pub fn is_asked(&self, scope: &Scope) -> bool {
        self.asked.contains_key(scope)
    }

    /// What was asked under a key.
    pub fn asked(&self, scope: &Scope) -> Option<&Asked> {
        self.asked.get(scope)
    }

    /// Hears that somebody asks what became of a key.
    pub fn hear_resolve(&mut self, scope: Scope) {
        self.resolved.insert(scope);
    }

    /// Hears that the cloud has handed out a nonce for a key at this moment; one before it is void, and those whose
    /// visits are over are forgotten.
    pub fn hear_nonce(&mut self, scope: Scope, digits: String, ends_ms: i64, now_ms: i64) {
        self.nonces.retain(|_, nonce| nonce.ends_ms > now_ms - VISIT_MS);
        self.nonces.insert(scope, Nonce { digits, ends_ms });
    }

    /// Whether the card signed for more than may be used without.
    pub fn is_signed_above_the_limit(&self, scope: &Scope) -> bool {
        let Some(Asked::Use(asked)) = self.asked.get(scope) else { return false };
        asked.signed_nonce.is_some() && asked.total() > LIMIT_PER_USE
    }

    /// What stands in the books under a key.
    pub fn fate(&self, scope: &Scope) -> Option<&Fate> {
        self.fates.get(scope)
    }

    /// All keys with their fates.
    pub fn fates(&self) -> impl Iterator<Item = (&Scope, &Fate)> {
        self.fates.iter()
    }

    /// What a person can use on a day, by last day, none last.
    pub fn usable(&self, person: PersonId, currency: CurrencyCode, day: Date) -> ByLastDay {
        let mut days: BTreeMap<(bool, Option<Date>), i64> = BTreeMap::new();
        for lot in &self.lots {
            if lot.person == person && lot.currency == currency && lot.counts_on(day) {
                *days.entry((lot.last_day.is_none(), lot.last_day)).or_default() += lot.remaining;
            }
        }
        days.into_iter().map(|((_, last_day), points)| (last_day, points)).collect()
    }

    /// What was used on a day at a municipality's terminals.
    pub fn used(&self, home: BookCode, person: PersonId, day: Date) -> i64 {
        self.used_on.get(&(home, person)).filter(|(on, _)| *on == day).map_or(0, |(_, used)| *used)
    }

    /// Reads on in the books, and objects to what should not stand there. `clock_ms` is what the cloud's
    /// clock showed when it was written; `one_by_one` says that what is new was asked for one after the
    /// other, so that a refusal can be judged.
    pub fn read_on(
        &mut self,
        books: &Books,
        clock_ms: i64,
        one_by_one: bool,
    ) -> Result<Vec<(Scope, Fate)>, Objection> {
        self.clock_ms = clock_ms;
        let new = books.behind(self.read_to.clone())?;
        for posted in &new {
            self.check_place(posted)?;
        }
        let mut read = Vec::new();
        for act in in_order(new)? {
            read.push(self.enter(&act, one_by_one)?);
        }
        Ok(read)
    }

    /// Numbers are dense, and a book's time never falls.
    fn check_place(&mut self, posted: &Posted) -> Result<(), Objection> {
        let expected = self.read_to.get(&posted.book).copied().unwrap_or_default() + 1;
        if posted.seq != expected {
            return Err(format!("I9: book {} has {} where {expected} belongs", posted.book, posted.seq));
        }
        let newest_ms = self.newest_ms.entry(posted.book).or_insert(posted.at_ms);
        if posted.at_ms < *newest_ms {
            return Err(format!("time fell in book {} at {}", posted.book, posted.seq));
        }
        *newest_ms = posted.at_ms;
        self.read_to.insert(posted.book, posted.seq);
        Ok(())
    }

    /// Enters one act over all its books.
    fn enter(&mut self, act: &[Posted], one_by_one: bool) -> Result<(Scope, Fate), Objection> {
        let home = &act[0];
        let Some(key) = home.key.clone() else {
            return Err(format!("book {} number {} has no key in its home book", home.book, home.seq));
        };
        let scope = (home.actor.clone(), key);
        if let Some(known) = self.fates.get(&scope) {
            return Err(format!(
                "I7: {scope:?} was {} and is posted again as {}",
                known.outcome, home.outcome
            ));
        }
        let mut lines: Vec<Line> = act.iter().flat_map(|posted| posted.lines.clone()).collect();
        lines.sort_unstable();
        let verdict = self.judge(&scope, home, &lines)?;
        let agrees = match (&verdict, home.outcome.as_str()) {
            (Verdict::Done(expected), "done") => same_lines(expected, &lines),
            (Verdict::Refused(reason), "refused" | "abandoned") => {
                lines.is_empty() && (!one_by_one || said(home).as_deref() == Some(reason))
            }
            // What went before within one commit decides, and only the books know it.
            (Verdict::Done(_), "refused") => lines.is_empty() && !one_by_one,
            _ => false,
        };
        if !agrees {
            return Err(self.disagreement(&scope, home, &verdict, &lines));
        }
        self.carry_over(&scope, home, &lines);
        let after = self.left_after(&lines, home.day);
        let fate = Fate {
            outcome: home.outcome.clone(),
            kind: home.kind.clone(),
            at_ms: home.at_ms,
            number: number_of(home),
            lines,
            reason: said(home),
            after,
            voided: false,
        };
        self.fates.insert(scope.clone(), fate.clone());
        Ok((scope, fate))
    }

    fn disagreement(&self, scope: &Scope, home: &Posted, verdict: &Verdict, lines: &[Line]) -> Objection {
        let should = match verdict {
            Verdict::Done(lines) => format!("done with {lines:?}"),
            Verdict::Refused(reason) => format!("refused: {reason}"),
        };
        format!(
            "{} {} {} stands in book {} at {} as {} ({:?}) with {lines:?}; asked was {:?}, and it should be {should}",
            scope.0,
            home.kind,
            scope.1,
            home.book,
            home.seq,
            home.outcome,
            said(home),
            self.asked.get(scope),
        )
    }

    /// Carries what was posted over into balances, lots and sums of the day.
    fn carry_over(&mut self, scope: &Scope, home: &Posted, lines: &[Line]) {
        for line in lines {
            *self.sites.entry((line.currency, line.side)).or_default() += line.amount;
            let Some(number) = line.lot else { continue };
            let known = |lot: &&mut Lot| lot.currency.book == line.currency.book && lot.number == number;
            match (self.lots.iter_mut().find(known), line.side, self.asked.get(scope)) {
                (Some(lot), _, _) => lot.remaining += line.amount,
                (None, Side::Resident(person), Some(Asked::Grant { last_day, .. })) => self.lots.push(Lot {
                    currency: line.currency,
                    person,
                    last_day: *last_day,
                    granted_seq: home.seq,
                    number,
                    remaining: line.amount,
                }),
                // A lot that nobody granted was objected to already.
                (None, _, _) => {}
            }
        }
        if home.outcome == "done" {
            self.count_towards_the_day(scope, home);
        }
        self.carry_over_tickets(scope, home);
        self.carry_over_refunds(scope, home);
    }

    fn left_after(&self, lines: &[Line], day: Date) -> Vec<(CurrencyCode, ByLastDay)> {
        let mut after = BTreeMap::new();
        for line in lines {
            if let Side::Resident(person) = line.side {
                after.insert(line.currency, self.usable(person, line.currency, day));
            }
        }
        after.into_iter().collect()
    }

    fn count_towards_the_day(&mut self, scope: &Scope, home: &Posted) {
        let (person, points) = match self.asked.get(scope) {
            Some(Asked::Use(asked)) => (asked.person, asked.counted()),
            Some(Asked::Void { of, .. }) => {
                let target = (scope.0.clone(), of.clone());
                if let Some(fate) = self.fates.get_mut(&target) {
                    fate.voided = true;
                }
                match self.asked.get(&target) {
                    Some(Asked::Use(asked)) => (asked.person, -asked.counted()),
                    _ => return,
                }
            }
            _ => {
                let of_a_ticket = self.counted_of_a_ticket(scope);
                match of_a_ticket.or_else(|| self.counted_of_a_merge(scope, home)) {
                    Some(counted) => counted,
                    None => return,
                }
            }
        };
        let used = self.used(home.book, person, home.day);
        self.used_on.insert((home.book, person), (home.day, used + points));
    }

    /// Compares every balance and every lot with what the books keep, and the points with each other.
    pub fn compare(&self, books: &Books) -> Result<(), Objection> {
        let kept = books.kept()?;
        self.compare_tickets(&kept)?;
        let Kept { balances, lots, .. } = kept;
        for (account, balance) in &balances {
            let mine = self.sites.get(account).copied().unwrap_or(0);
            if mine != *balance {
                return Err(format!("I2: the balance of {account:?} is {balance} and should be {mine}"));
            }
        }
        if let Some(lost) = self.sites.keys().find(|account| !balances.contains_key(*account)) {
            return Err(format!("I2: the books have lost {lost:?}"));
        }
        for lot in &self.lots {
            let remaining = lots.get(&(lot.currency.book, lot.number)).copied();
            if remaining != Some(lot.remaining) {
                return Err(format!("I3: lot {lot:?} has {remaining:?} left in the books"));
            }
        }
        if lots.len() != self.lots.len() {
            return Err(format!(
                "I3: the books have {} lots and should have {}",
                lots.len(),
                self.lots.len()
            ));
        }
        let violations = books.violations()?;
        if !violations.is_empty() {
            return Err(format!("the books break {violations:?}"));
        }
        for currency in &self.town.currencies {
            let of = |wanted: fn(&Side) -> bool| -> i64 {
                balances
                    .iter()
                    .filter(|((code, side), _)| *code == currency.code && wanted(side))
                    .map(|(_, sum)| sum)
                    .sum()
            };
            let granted = -of(|side| matches!(side, Side::Issued));
            let there = of(|side| !matches!(side, Side::Issued));
            if granted != there {
                return Err(format!("I1: {granted} of {} were granted, {there} are there", currency.name));
            }
        }
        Ok(())
    }
}

/// How the books name a terminal.
pub fn actor_name(terminal: &Terminal) -> String {
    format!("terminal:{}", terminal.id)
}

fn same_lines(expected: &[Line], found: &[Line]) -> bool {
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    expected == found
}
