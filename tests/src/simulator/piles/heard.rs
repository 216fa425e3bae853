//! What is heard of piles: on the line, from the terminals, and when everything is looked at in the end.

use crate::simulator::bookkeeper::{Asked, AskedScan, Objection, Paper, actor_name};
use crate::simulator::clerk::{Call, Clerk};
use crate::simulator::line::Letter;
use crate::simulator::tally::Happening;
use crate::simulator::world::World;
use madoguchi_domain::site::SiteId;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::NamedTicket;
use madoguchi_wire::window::{Clearing, Pile, PileNamed, Scan, ScanHeard, ScanState, StampOf};
use std::sync::Arc;

impl World {
    /// Hears an answer to what a clerk did with a pile.
    pub(in crate::simulator) async fn hear_answer_of_a_pile(
        &mut self,
        terminal: usize,
        call: Call,
    ) -> Result<(), Objection> {
        let fell = |error| format!("terminal {terminal} fell over its pile: {error}");
        match call {
            Call::OpenPile { stamp, call } => self.see_pile(terminal, Some(stamp), call.await.map_err(fell)?),
            Call::FinishPile(call) => self.see_pile(terminal, None, call.await.map_err(fell)?),
            Call::Scan { press, call } => self.see_scan_heard(terminal, press, call.await.map_err(fell)?),
            Call::TakeBack(call) => match call.await.map_err(fell)? {
                Ok(told) => self.told_of_scan(terminal, &told.scan),
                Err(failure) => {
                    self.note(&format!("terminal {terminal}: nothing to take back: {:?}", failure.code));
                    Ok(())
                }
            },
            other => Err(format!("terminal {terminal} was asked {} of a pile", other.name())),
        }
    }

    /// A press of the scanner has been answered.
    fn see_scan_heard(
        &mut self,
        terminal: usize,
        press: usize,
        answered: Result<ScanHeard, Failure>,
    ) -> Result<(), Objection> {
        match answered {
            Ok(ScanHeard::Taken { told }) => {
                self.scans[terminal].is_taken(press, &told.scan.key.to_string())?;
                self.told_of_scan(terminal, &told.scan)
            }
            Ok(ScanHeard::Again { first }) => {
                self.happens(Happening::ScannedAgain, &format!("terminal {terminal}"));
                self.scans[terminal].is_declined(press)?;
                self.told_of_scan(terminal, &first)
            }
            Err(failure) => {
                self.note(&format!("terminal {terminal}: the scan is not taken: {:?}", failure.code));
                self.scans[terminal].is_declined(press)
            }
        }
    }

    /// A pile is open, and its scans are on the screen.
    fn see_pile(
        &mut self,
        terminal: usize,
        stamp: Option<SiteId>,
        answered: Result<Pile, Failure>,
    ) -> Result<(), Objection> {
        let pile = match answered {
            Ok(pile) => pile,
            Err(failure) => {
                self.note(&format!("terminal {terminal}: no pile: {:?}", failure.code));
                return Ok(());
            }
        };
        let sums = &pile.sums;
        let (cleared, points, open, refused) = (sums.cleared, sums.points, sums.unconfirmed, sums.refused);
        self.note(&format!(
            "terminal {terminal}: pile {}: {cleared} ({points}) △{open} ×{refused}",
            sums.pile
        ));
        self.read_books(true)?;
        let actor = actor_name(&self.town.terminals[terminal]);
        self.scans[terminal].see_pile(&actor, &pile, &self.bookkeeper)?;
        self.clerks[terminal].stamp = stamp;
        self.clerks[terminal].pile = Some(pile.sums.pile);
        if stamp.is_none() {
            if pile.sums.unconfirmed > 0 {
                self.tally.count(Happening::FinishedUnconfirmed);
            }
            self.scans[terminal].is_finished(&pile);
        }
        Ok(())
    }

    /// A clerk is told of a scan, asked or not.
    pub(in crate::simulator) fn told_of_scan(
        &mut self,
        terminal: usize,
        scan: &Scan,
    ) -> Result<(), Objection> {
        let (happening, word) = match &scan.state {
            ScanState::UnderWay => (None, "is under way".to_owned()),
            ScanState::Unconfirmed { failure } => {
                let why = failure.as_ref().map(|failure| failure.code);
                (Some(Happening::ToldUnconfirmed), format!("is not confirmed yet: {why:?}"))
            }
            ScanState::Cleared { not_taken_back: None } => {
                (Some(Happening::ToldCleared), "is cleared".to_owned())
            }
            ScanState::Cleared { not_taken_back: Some(failure) } => {
                (Some(Happening::ToldNotTakenBack), format!("stays cleared: {:?}", failure.code))
            }
            ScanState::Refused { failure, .. } => {
                (Some(Happening::ToldNotCleared), format!("is refused: {:?}", failure.code))
            }
            ScanState::TakingBack => (None, "is being taken back".to_owned()),
            ScanState::TakenBack => (Some(Happening::ToldTakenBack), "is taken back".to_owned()),
        };
        if let Some(happening) = happening {
            self.tally.count(happening);
        }
        self.read_books(true)?;
        let actor = actor_name(&self.town.terminals[terminal]);
        self.scans[terminal].hear(&actor, scan, &self.bookkeeper)?;
        let number = self.scans[terminal].number_of(&scan.key.to_string());
        self.note(&format!("terminal {terminal}: its scan no. {number} {word}"));
        Ok(())
    }

    /// A clearing goes over the line: of what somebody scanned, and of nothing else.
    pub(in crate::simulator) fn overhear_clearing(
        &mut self,
        letter: &Letter,
        key: &str,
    ) -> Result<(), Objection> {
        let named = letter.field("ticket").and_then(|ticket| serde_json::from_value(ticket).ok());
        let named: NamedTicket = named.ok_or("a clearing of no ticket is sent")?;
        let own = self.town.terminals[letter.from].site;
        let site = letter.field("site").and_then(|site| site.as_i64()).map_or(own, SiteId);
        let press = self.scans[letter.from].leaves(key, &named, site)?;
        let asked = AskedScan { terminal: letter.from, site, number: press.number, paper: press.paper };
        self.bookkeeper.hear(self.scope(letter.from, key), Asked::Scan(asked))
    }

    /// A taking back goes over the line.
    pub(in crate::simulator) fn overhear_taking_back(
        &mut self,
        letter: &Letter,
        key: &str,
    ) -> Result<(), Objection> {
        let of = letter.field("takes_back").and_then(|of| of.as_str().map(str::to_owned));
        let of = of.ok_or("a taking back of nothing is sent")?;
        self.scans[letter.from].back_leaves(key, &of)?;
        let of = self.scope(letter.from, &of);
        self.bookkeeper.hear(self.scope(letter.from, key), Asked::Unclear(of))
    }

    /// Whether a clearing proves itself: then the cloud writes nothing of it before its commit.
    pub(in crate::simulator) fn proves_itself(&self, letter: &Letter) -> bool {
        let scope = letter.key().map(|key| self.scope(letter.from, &key));
        let asked = scope.and_then(|scope| self.bookkeeper.asked(&scope));
        matches!(asked, Some(Asked::Scan(AskedScan { paper: Paper::Code, .. })))
    }

    /// All piles of a terminal with all their scans, and where clearing stands.
    pub(in crate::simulator) async fn look_at_all_piles(
        &mut self,
        terminal: usize,
    ) -> Result<(Vec<Pile>, Clearing), Objection> {
        let Some(counter) = self.pcs[terminal].counter().map(Arc::clone) else {
            return Ok((Vec::new(), Clearing::default()));
        };
        let said =
            |failure: Failure| format!("terminal {terminal} does not show its piles: {:?}", failure.code);
        if self.clerks[terminal].is_unregistered || self.pcs[terminal].power().is_gone() {
            return Ok((Vec::new(), Clearing::default()));
        }
        let clearing = counter.look_at_clearing().await.map_err(said)?;
        let mut piles = Vec::new();
        for finished in counter.list_piles().await.map_err(said)? {
            let shown = counter.show_pile(PileNamed { pile: finished.sums.pile }).await.map_err(said)?;
            if shown.sums != finished.sums {
                return Err(format!("terminal {terminal} lists {finished:?} and shows {:?}", shown.sums));
            }
            piles.push(shown);
        }
        if let Some(open) = &clearing.open {
            // The stamp that it has already changes nothing.
            let stamp = StampOf { site: Some(open.site.clone()) };
            if let Ok(pile) = counter.open_pile(stamp).await {
                piles.push(pile);
            }
        }
        self.note(&format!("terminal {terminal}: shows {} piles", piles.len()));
        Ok((piles, clearing))
    }

    /// A clerk looks through all piles in between.
    pub(in crate::simulator) async fn look_around(&mut self, terminal: usize) -> Result<(), Objection> {
        let (piles, _) = self.look_at_all_piles(terminal).await?;
        self.read_books(true)?;
        let actor = actor_name(&self.town.terminals[terminal]);
        piles.iter().try_for_each(|pile| self.scans[terminal].look_at(&actor, pile, &self.bookkeeper))
    }

    /// Everything that was scanned has its last word, at every terminal, and all say the same.
    pub(in crate::simulator) async fn check_piles(&mut self) -> Result<(), Objection> {
        // An open pile is shown to who has signed in, and a new day may have begun while others did.
        while self.clerks.iter().any(Clerk::wants_password) {
            self.sign_in_all().await?;
        }
        for terminal in 0..self.pcs.len() {
            let (piles, clearing) = self.look_at_all_piles(terminal).await?;
            let actor = actor_name(&self.town.terminals[terminal]);
            self.scans[terminal].settle_up(&actor, (&piles, &clearing), &self.bookkeeper)?;
        }
        Ok(())
    }

    /// Whether a terminal still waits for the cloud's word to a scan.
    pub(in crate::simulator) async fn waits_for_a_scan(&self, terminal: usize) -> bool {
        let Some(counter) = self.pcs[terminal].counter() else { return false };
        counter.look_at_clearing().await.is_ok_and(|clearing| clearing.unconfirmed > 0)
    }
}
