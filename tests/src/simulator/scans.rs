//! What clerks were told of the tickets they scanned, held against the books.
//!
//! Belongs here: which scan was pressed, under which key it left, what was told of it, what a pile was said to
//! come to. Does not: doing it (`piles`), what the books should say (`bookkeeper`).
//! The promises: a scan leads to one clearing at most and to one in the end; 〇 stands in the books with those
//! points and × does not; a pile adds up to what the books say; what became known after its pile was finished
//! is listed until somebody has seen it.

use super::bookkeeper::{Bookkeeper, Fate, Objection, Paper, Scope};
use super::rows::Side;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::NamedTicket;
use madoguchi_wire::window::{Clearing, Pile, PileSums, Scan, ScanState};
use std::collections::{BTreeMap, BTreeSet};

/// A ticket under the scanner.
#[derive(Clone)]
pub struct Press {
    /// As the terminal reads it.
    pub named: NamedTicket,
    /// Its number.
    pub number: TicketNumber,
    /// How the paper shows it.
    pub paper: Paper,
    /// The site of the stamp.
    pub site: SiteId,
    /// The key it got, once that is known.
    key: Option<String>,
    /// Whether the terminal said that it does nothing with it.
    is_declined: bool,
    /// Whether the terminal said that it has written it down.
    is_taken: bool,
}

impl Press {
    /// A paper that is about to be scanned.
    pub const fn of(named: NamedTicket, number: TicketNumber, paper: Paper, site: SiteId) -> Self {
        Self { named, number, paper, site, key: None, is_declined: false, is_taken: false }
    }
}

/// What was told of the scans of one terminal.
#[derive(Default)]
pub struct Scans {
    presses: Vec<Press>,
    /// What was told last, by key.
    told: BTreeMap<String, Scan>,
    /// What is to be taken back, by the clearing's key.
    back_pressed: BTreeSet<String>,
    /// Which clearing is taken back under a key.
    backs: BTreeMap<String, String>,
    /// What had no last word when its pile was said to be finished.
    open_at_finish: BTreeSet<String>,
    /// What somebody has seen of what was found later, or may have: the power went before the answer.
    seen: BTreeSet<String>,
}

/// What a pile comes to for a site: cleared, points, not yet confirmed, refused.
type Sum = (u32, i64, u32, u32);

impl Scans {
    /// A clerk scans a paper; answers which press it is.
    pub fn press(&mut self, press: Press) -> usize {
        self.presses.push(press);
        self.presses.len() - 1
    }

    /// The terminal has written a press down, under this key.
    pub fn is_taken(&mut self, press: usize, key: &str) -> Result<(), Objection> {
        let press = &mut self.presses[press];
        press.is_taken = true;
        match &press.key {
            Some(known) if known != key => {
                Err(format!("a scan has left under {known} and is said to be {key}: it was scanned once"))
            }
            _ => {
                press.key = Some(key.to_owned());
                Ok(())
            }
        }
    }

    /// The terminal does nothing with a press: the ticket is in the pile already, or there is no pile.
    pub fn is_declined(&mut self, press: usize) -> Result<(), Objection> {
        let press = &mut self.presses[press];
        press.is_declined = true;
        press.key.as_ref().map_or(Ok(()), |key| Err(format!("{key} has left and is said not to be taken")))
    }

    /// A clearing leaves the terminal: somebody must have scanned it. Answers with the press.
    pub fn leaves(&mut self, key: &str, named: &NamedTicket, site: SiteId) -> Result<Press, Objection> {
        self.claim(key, |press| press.named == *named && press.site == site)
            .cloned()
            .ok_or_else(|| format!("nobody scanned what is sent under {key}"))
    }

    /// The press of a key; the first that fits where the key is new.
    fn claim(&mut self, key: &str, fits: impl Fn(&Press) -> bool) -> Option<&Press> {
        let known = self.presses.iter().position(|press| press.key.as_deref() == Some(key));
        let is_free = |press: &Press| press.key.is_none() && !press.is_declined;
        let place = match known {
            Some(place) => place,
            None => self.presses.iter().position(|press| is_free(press) && fits(press))?,
        };
        let press = &mut self.presses[place];
        press.key = Some(key.to_owned());
        fits(press).then_some(&*press)
    }

    /// A clerk wants a clearing taken back.
    pub fn press_back(&mut self, key: &str) {
        self.back_pressed.insert(key.to_owned());
    }

    /// A taking back leaves the terminal.
    pub fn back_leaves(&mut self, back: &str, of: &str) -> Result<(), Objection> {
        if !self.back_pressed.contains(of) {
            return Err(format!("nobody wanted {of} taken back"));
        }
        match self.backs.insert(back.to_owned(), of.to_owned()) {
            Some(before) if before != of => Err(format!("{back} takes back {before}, then {of}")),
            _ => Ok(()),
        }
    }

    /// The program has ended: whatever is told from now on is told by another start.
    pub fn are_left_alone(&mut self) {
        for scan in self.told.values_mut() {
            scan.revision = 0;
        }
    }

    /// The scans of a pile that can be taken back, in the order in which they were scanned: keys are drawn
    /// beside what is sealed on another thread, and their order is no choice of the run.
    pub fn cleared(&self, pile: i64) -> Vec<String> {
        let stands = |key: &&String| {
            let scan = self.told.get(*key);
            scan.is_some_and(|scan| scan.pile == pile && matches!(scan.state, ScanState::Cleared { .. }))
        };
        self.presses.iter().filter_map(|press| press.key.as_ref()).filter(stands).cloned().collect()
    }

    /// Whether a key is a scan's.
    pub fn has(&self, key: &str) -> bool {
        self.presses.iter().any(|press| press.key.as_deref() == Some(key))
    }

    /// Which scan of the terminal it was.
    pub fn number_of(&self, key: &str) -> usize {
        let known = self.presses.iter().position(|press| press.key.as_deref() == Some(key));
        known.map_or(0, |place| place + 1)
    }

    /// A clerk is told of a scan; what was overtaken by something newer changes nothing.
    pub fn hear(&mut self, actor: &str, scan: &Scan, books: &Bookkeeper) -> Result<(), Objection> {
        let scope = (actor.to_owned(), scan.key.to_string());
        self.agrees(&scope, scan, books)?;
        match self.told.get(&scope.1) {
            Some(before) if before.revision > scan.revision => Ok(()),
            _ => self.is_told(scan),
        }
    }

    fn is_told(&mut self, scan: &Scan) -> Result<(), Objection> {
        let key = scan.key.to_string();
        let (number, site) = (scan.number.clone(), scan.site.site);
        let fits = |press: &Press| {
            press.site == site && number.as_ref().is_none_or(|number| *number == press.number.spaced())
        };
        if self.claim(&key, fits).is_none() {
            return Err(format!("nobody scanned what is told as {key}"));
        }
        if let Some(before) = self.told.get(&key)
            && !may_follow(&before.state, &scan.state, self.back_pressed.contains(&key))
        {
            return Err(format!("{key} was told as {:?}, then as {:?}", before.state, scan.state));
        }
        self.told.insert(key, scan.clone());
        Ok(())
    }

    /// What is told must stand in the books.
    fn agrees(&self, scope: &Scope, scan: &Scan, books: &Bookkeeper) -> Result<(), Objection> {
        let fate = books.fate(scope);
        let reason = fate.and_then(|fate| fate.reason.as_deref());
        let agrees = match &scan.state {
            ScanState::UnderWay | ScanState::Unconfirmed { .. } => true,
            ScanState::Cleared { not_taken_back: Some(_) } if !self.back_is_refused(scope, books) => false,
            ScanState::Cleared { .. } | ScanState::TakingBack => {
                fate.is_some_and(|fate| fate.outcome == "done" && scan.points == Some(paid(fate)))
            }
            ScanState::Refused { failure, .. } => {
                let code = serde_json::to_value(failure.code).unwrap_or_default();
                let said = reason.unwrap_or("nothing");
                // One that lapsed while its scan waited has words of its own, and so has what nobody asks for again.
                code == said
                    || (code == "ticket_lapsed_waiting" && said == "ticket_lapsed")
                    || (is_given_up(failure.code) && is_abandoned(fate))
            }
            ScanState::TakenBack => fate.is_some_and(|fate| fate.voided),
        };
        // Only a number that no ticket has, or that nobody asked for, is forgotten.
        let may_be_forgotten = reason == Some("ticket_unknown") || is_abandoned(fate);
        if agrees && (scan.number.is_some() || may_be_forgotten) {
            return Ok(());
        }
        Err(format!("{scope:?} was told as {scan:?} of {:?} points, the books have {fate:?}", scan.points))
    }

    /// Whether the books refused to take a clearing back.
    fn back_is_refused(&self, (actor, of): &Scope, books: &Bookkeeper) -> bool {
        let tried = self.backs.iter().filter(|(_, taken_back)| *taken_back == of);
        let mut fates = tried.filter_map(|(back, _)| books.fate(&(actor.clone(), back.clone())));
        fates.any(|fate| fate.outcome == "refused")
    }

    /// A pile that a clerk sees: it adds up, and nothing that was told of it is missing.
    pub fn see_pile(&mut self, actor: &str, pile: &Pile, books: &Bookkeeper) -> Result<(), Objection> {
        adds_up(&pile.scans, &pile.sums)?;
        let keys: BTreeSet<_> = pile.scans.iter().map(|scan| scan.key.to_string()).collect();
        let told = self.told.iter().filter(|(_, scan)| scan.pile == pile.sums.pile);
        if let Some((lost, _)) = told.into_iter().find(|(key, _)| !keys.contains(*key)) {
            return Err(format!("{lost} is in no pile any more"));
        }
        if keys.len() != pile.scans.len() {
            return Err(format!("a scan stands twice in pile {}", pile.sums.pile));
        }
        pile.scans.iter().try_for_each(|scan| self.hear(actor, scan, books))
    }

    /// A pile as it stands on the disk: what it says must be in the books, too.
    pub fn look_at(&self, actor: &str, pile: &Pile, books: &Bookkeeper) -> Result<(), Objection> {
        adds_up(&pile.scans, &pile.sums)?;
        let scope = |scan: &Scan| (actor.to_owned(), scan.key.to_string());
        pile.scans.iter().try_for_each(|scan| self.agrees(&scope(scan), scan, books))
    }

    /// A pile is said to be finished, with what it came to then.
    pub fn is_finished(&mut self, pile: &Pile) {
        let open = pile.scans.iter().filter(|scan| !is_final(&scan.state));
        self.open_at_finish.extend(open.map(|scan| scan.key.to_string()));
    }

    /// Somebody says that these of what was found later were seen.
    pub fn see_later(&mut self, keys: impl Iterator<Item = String>) {
        self.seen.extend(keys);
    }

    /// When everything has healed: every scan is in one pile with its last word, every clearing in the books is
    /// one of them, and what nobody has seen is listed.
    pub fn settle_up(
        &mut self,
        actor: &str,
        (piles, clearing): (&[Pile], &Clearing),
        books: &Bookkeeper,
    ) -> Result<(), Objection> {
        for pile in piles {
            self.see_pile(actor, pile, books)?;
        }
        let scans: Vec<_> = piles.iter().flat_map(|pile| &pile.scans).collect();
        // What lies on the disk now is the last word, whatever was said before the power went.
        scans.iter().try_for_each(|scan| self.is_told(scan))?;
        let scanned: BTreeSet<_> = scans.iter().map(|scan| scan.key.to_string()).collect();
        let booked = |kind: &'static str| {
            let of_this = move |((who, _), fate): &(&Scope, &Fate)| *who == actor && fate.kind == kind;
            books.fates().filter(of_this)
        };
        let given_up = books
            .fates()
            .filter(|((who, key), fate)| *who == actor && is_abandoned(Some(fate)) && scanned.contains(key));
        let cleared: BTreeSet<_> = booked("clear").chain(given_up).map(|((_, key), _)| key.clone()).collect();
        if let Some(key) = scanned.symmetric_difference(&cleared).next() {
            return Err(format!("{actor} has scan {key} in its piles or in the books, not in both"));
        }
        let taken = self.presses.iter().filter(|press| press.is_taken).filter_map(|press| press.key.as_ref());
        if let Some(lost) = taken.into_iter().find(|key| !scanned.contains(*key)) {
            return Err(format!("{actor} had taken scan {lost}, and has it no more"));
        }
        if clearing.unconfirmed > 0 || scans.iter().any(|scan| !is_final(&scan.state)) {
            return Err(format!("{actor} still has scans without a last word"));
        }
        let back = booked("unclear").find(|((_, key), _)| !self.backs.contains_key(key));
        if let Some(((_, key), _)) = back {
            return Err(format!("{actor} took something back under {key}, and nobody wanted it"));
        }
        let paid_out: i64 =
            booked("clear").filter(|(_, fate)| !fate.voided).map(|(_, fate)| paid(fate)).sum();
        let piles_say: i64 = piles.iter().map(|pile| pile.sums.points).sum();
        if paid_out != piles_say {
            return Err(format!(
                "{actor} paid {paid_out} points in the books, its piles add up to {piles_say}"
            ));
        }
        self.lists_what_was_found_later(actor, clearing)
    }

    fn lists_what_was_found_later(&self, actor: &str, clearing: &Clearing) -> Result<(), Objection> {
        let listed: BTreeSet<_> = clearing.found_later.iter().map(|scan| scan.key.to_string()).collect();
        let bad = |key: &&String| self.told.get(*key).is_some_and(|scan| is_bad_news(&scan.state));
        let unseen = self
            .open_at_finish
            .iter()
            .filter(bad)
            .find(|key| !self.seen.contains(*key) && !listed.contains(*key));
        if let Some(key) = unseen {
            return Err(format!("{actor} found out later that {key} conflicts, and lists it nowhere"));
        }
        match listed.iter().find(|key| !bad(key)) {
            Some(key) => Err(format!("{actor} lists {key} as a conflict, which it is not")),
            None => Ok(()),
        }
    }
}

/// What a site was paid.
fn paid(fate: &Fate) -> i64 {
    fate.lines.iter().filter(|line| matches!(line.side, Side::Site(_))).map(|line| line.amount).sum()
}

/// Whether a key was made void before anything took place under it.
fn is_abandoned(fate: Option<&Fate>) -> bool {
    fate.is_some_and(|fate| fate.outcome == "abandoned")
}

/// Whether a terminal says so of a scan that it does not ask for any more.
const fn is_given_up(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::TicketGuessingSlowed
            | ErrorCode::TicketGuessingLocked
            | ErrorCode::ScanDropped
            | ErrorCode::Abandoned
    )
}

/// Whether nothing more will be said of it by itself.
const fn is_final(state: &ScanState) -> bool {
    matches!(state, ScanState::Cleared { .. } | ScanState::Refused { .. } | ScanState::TakenBack)
}

/// What a clerk has to hear of who has laid the pile aside.
const fn is_bad_news(state: &ScanState) -> bool {
    matches!(state, ScanState::Refused { .. } | ScanState::Cleared { not_taken_back: Some(_) })
}

/// What was said once is said for ever, unless the clerk wanted it taken back.
fn may_follow(before: &ScanState, after: &ScanState, back_pressed: bool) -> bool {
    match (before, after) {
        (ScanState::TakingBack, ScanState::Cleared { not_taken_back }) => not_taken_back.is_some(),
        (
            ScanState::UnderWay | ScanState::Unconfirmed { .. } | ScanState::Cleared { .. },
            ScanState::TakingBack | ScanState::TakenBack,
        ) => back_pressed,
        (ScanState::UnderWay | ScanState::Unconfirmed { .. }, _)
        | (ScanState::TakingBack, ScanState::TakingBack | ScanState::TakenBack) => true,
        (
            ScanState::Cleared { .. },
            ScanState::UnderWay | ScanState::Unconfirmed { .. } | ScanState::Refused { .. },
        )
        | (ScanState::TakingBack, _) => false,
        (ScanState::Cleared { .. }, ScanState::Cleared { .. }) => before == after || back_pressed,
        (ScanState::Refused { .. } | ScanState::TakenBack, _) => before == after,
    }
}

/// A pile's sums are what its scans come to, site by site.
fn adds_up(scans: &[Scan], sums: &PileSums) -> Result<(), Objection> {
    let mut by_site: BTreeMap<SiteId, Sum> = BTreeMap::new();
    for scan in scans {
        let sum = by_site.entry(scan.site.site).or_default();
        match &scan.state {
            ScanState::Cleared { .. } => {
                sum.0 += 1;
                sum.1 += scan.points.unwrap_or_default();
            }
            ScanState::UnderWay | ScanState::Unconfirmed { .. } | ScanState::TakingBack => sum.2 += 1,
            ScanState::Refused { .. } if scan.is_replaced => {}
            ScanState::Refused { .. } => sum.3 += 1,
            ScanState::TakenBack => {}
        }
    }
    let told =
        sums.sites.iter().map(|sum| (sum.site.site, (sum.cleared, sum.points, sum.unconfirmed, sum.refused)));
    let told: BTreeMap<_, _> = told.collect();
    let all = by_site
        .values()
        .fold((0, 0, 0, 0), |all: Sum, sum| (all.0 + sum.0, all.1 + sum.1, all.2 + sum.2, all.3 + sum.3));
    if told == by_site && all == (sums.cleared, sums.points, sums.unconfirmed, sums.refused) {
        return Ok(());
    }
    Err(format!("pile {} is told as {sums:?}, its scans come to {by_site:?}", sums.pile))
}
