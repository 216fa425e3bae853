//! The pile in hand, as the running counter holds it in memory.
//!
//! Belongs here: which scans there are, whether a ticket is in the pile already, which wait. Does not:
//! the disk (`journal`), the line (`queue`).

use super::row::{ScanRow, Stamp, Stands, Way, mark_replaced};
use super::sums::sums;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::window::{
    BegunPile, ClearedToday, Clearing, FinishedPile, Pile, PileSums, Scan, ScanTold,
};
use std::time::Duration;

/// A pile's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PileRow {
    /// Its number at this terminal.
    pub(crate) pile: i64,
    /// Whose stamp the next ticket bears.
    pub(crate) stamp: Stamp,
    /// When it was finished, by this PC's clock.
    pub(crate) finished_at_ms: Option<i64>,
}

/// The pile in hand: the open one, else the one that was finished last.
pub(super) struct InHand {
    pub(super) row: PileRow,
    /// Oldest first.
    pub(super) scans: Vec<ScanRow>,
}

impl InHand {
    fn sums(&self, revision: u64) -> PileSums {
        PileSums { revision, ..sums(self.row.pile, &self.scans) }
    }

    fn is_open(&self) -> bool {
        self.row.finished_at_ms.is_none()
    }
}

/// All that is known of piles.
#[derive(Default)]
pub(crate) struct Piles {
    pub(super) in_hand: Option<InHand>,
    /// Scans of earlier piles that are not answered, or whose refusal nobody has seen.
    pub(super) earlier: Vec<ScanRow>,
    /// How many changes there were since the program started. Set under the lock that orders them, so that
    /// whoever is told of them out of order can put them in order again.
    revision: u64,
}

impl Piles {
    /// The open pile's row, if one is open.
    pub(super) fn open(&self) -> Option<PileRow> {
        self.in_hand.as_ref().filter(|pile| pile.is_open()).map(|pile| pile.row.clone())
    }

    /// The pile in hand as the window shows it.
    pub(super) fn shown(&self) -> Option<Pile> {
        let pile = self.in_hand.as_ref()?;
        Some(Pile {
            site: pile.row.stamp.site.clone(),
            scans: pile.scans.iter().rev().map(ScanRow::shown).collect(),
            sums: pile.sums(self.revision),
        })
    }

    /// A pile is the one in hand; another one before it is laid aside.
    pub(super) fn stand(&mut self, row: PileRow) {
        self.revision += 1;
        if let Some(pile) = self.in_hand.as_mut().filter(|pile| pile.row.pile == row.pile) {
            pile.row = row;
            return;
        }
        if let Some(before) = self.in_hand.take() {
            let kept = before.scans.into_iter().filter(|scan| scan.is_unanswered() || scan.found_later);
            self.earlier.extend(kept);
        }
        self.in_hand = Some(InHand { row, scans: Vec::new() });
    }

    /// The scan of the same ticket that is under way or cleared in the open pile.
    pub(super) fn standing(&self, number: TicketNumber) -> Option<&ScanRow> {
        let scans = &self.in_hand.as_ref().filter(|pile| pile.is_open())?.scans;
        scans.iter().find(|scan| {
            scan.number() == Some(number)
                && matches!(scan.stands(), Stands::Open | Stands::Cleared | Stands::TakingBack)
        })
    }

    /// The pile in hand is done.
    pub(super) fn finish(&mut self, at_ms: i64) {
        self.revision += 1;
        if let Some(pile) = &mut self.in_hand {
            pile.row.finished_at_ms = Some(at_ms);
        }
    }

    /// One more scan of the open pile; answers what the window is told of those whose place it takes.
    pub(super) fn push(&mut self, scan: ScanRow) -> Vec<ScanTold> {
        let Some(pile) = &mut self.in_hand else { return Vec::new() };
        self.revision += 1;
        pile.scans.push(ScanRow { revision: self.revision, ..scan });
        let counted = pile.scans.iter().filter(|scan| !scan.is_replaced).map(|scan| scan.key);
        let counted: Vec<_> = counted.collect();
        mark_replaced(&mut pile.scans);
        let mut replaced = Vec::new();
        for scan in pile.scans.iter_mut().filter(|scan| scan.is_replaced && counted.contains(&scan.key)) {
            self.revision += 1;
            scan.revision = self.revision;
            replaced.push(scan.key);
        }
        replaced.into_iter().filter_map(|key| self.told(key)).collect()
    }

    /// A scan of a pile that was finished long ago is in hand again, since the cloud is to be asked about it.
    pub(super) fn take_up(&mut self, scan: ScanRow) {
        if self.get(scan.key).is_none() {
            self.earlier.push(scan);
        }
    }

    /// What is known of a scan only while the program runs.
    pub(super) fn freshen(&self, scan: &mut ScanRow) {
        if let Some(here) = self.get(scan.key) {
            scan.way.clone_from(&here.way);
            scan.revision = here.revision;
        }
    }

    /// A scan by its key.
    pub(super) fn get(&self, key: OperationKey) -> Option<&ScanRow> {
        self.scans().find(|scan| scan.key == key)
    }

    /// Changes a scan; answers what the window is told.
    pub(super) fn change(
        &mut self,
        key: OperationKey,
        change: impl FnOnce(&mut ScanRow),
    ) -> Option<ScanTold> {
        let here = self.in_hand.iter_mut().flat_map(|pile| &mut pile.scans);
        let scan = here.chain(&mut self.earlier).find(|scan| scan.key == key)?;
        let before = (scan.shown(), scan.found_later);
        change(scan);
        if (scan.shown(), scan.found_later) != before {
            self.revision += 1;
            scan.revision = self.revision;
        }
        self.told(key)
    }

    /// What the window is told of a scan.
    pub(super) fn told(&self, key: OperationKey) -> Option<ScanTold> {
        let scan = self.get(key)?;
        let of_this = self.in_hand.as_ref().filter(|pile| pile.row.pile == scan.pile);
        Some(ScanTold { scan: scan.shown(), sums: of_this.map(|pile| pile.sums(self.revision)) })
    }

    /// Whether a scan's pile is finished.
    pub(super) fn is_finished(&self, pile: i64) -> bool {
        self.in_hand.as_ref().is_none_or(|in_hand| in_hand.row.pile != pile || !in_hand.is_open())
    }

    /// The scans that wait for their turn, oldest first; not those that are held beyond `now`.
    pub(super) fn waiting(&self, now: Duration) -> Vec<OperationKey> {
        let in_turn = |scan: &&ScanRow| scan.waits() && scan.held_until().is_none_or(|until| until <= now);
        self.earlier.iter().chain(self.in_hand()).filter(in_turn).map(|scan| scan.key).collect()
    }

    /// Whether any scan waits for its turn: then a new one waits behind it. One that is about to leave for the
    /// first time does not.
    pub(super) fn any_waits(&self) -> bool {
        self.scans().any(|scan| scan.waits() && matches!(scan.way, Way::Waits(_)))
    }

    /// When the first of the scans that are held can be sent.
    pub(super) fn held_until(&self) -> Option<Duration> {
        self.scans().filter_map(ScanRow::held_until).min()
    }

    /// Where the piles stand, for the menu; what was cleared today is in the journal.
    pub(super) fn standing_of_all(&self) -> Clearing {
        let finished = self.in_hand.as_ref().and_then(|pile| {
            Some(FinishedPile { at_ms: pile.row.finished_at_ms?, sums: pile.sums(self.revision) })
        });
        let unconfirmed = self.scans().filter(|scan| scan.is_unanswered()).count();
        Clearing {
            open: self
                .in_hand
                .as_ref()
                .filter(|pile| pile.is_open())
                .map(|pile| BegunPile { site: pile.row.stamp.site.clone(), sums: pile.sums(self.revision) }),
            last: finished,
            today: ClearedToday::default(),
            unconfirmed: u32::try_from(unconfirmed).unwrap_or(u32::MAX),
            found_later: self.found_later(),
            revision: self.revision,
        }
    }

    fn found_later(&self) -> Vec<Scan> {
        self.scans().filter(|scan| scan.found_later).map(ScanRow::shown).collect()
    }

    /// Somebody has seen these of what was found later.
    pub(super) fn acknowledge(&mut self, seen: &[OperationKey]) {
        self.revision += 1;
        let here = self.in_hand.iter_mut().flat_map(|pile| &mut pile.scans);
        for scan in here.chain(&mut self.earlier).filter(|scan| seen.contains(&scan.key)) {
            scan.found_later = false;
        }
        self.earlier.retain(|scan| scan.is_unanswered() || scan.found_later);
    }

    /// After a restart nothing is under way.
    pub(super) fn of(in_hand: Option<(PileRow, Vec<ScanRow>)>, earlier: Vec<ScanRow>) -> Self {
        Self { in_hand: in_hand.map(|(row, scans)| InHand { row, scans }), earlier, revision: 0 }
    }

    fn in_hand(&self) -> impl Iterator<Item = &ScanRow> {
        self.in_hand.iter().flat_map(|pile| &pile.scans)
    }

    fn scans(&self) -> impl Iterator<Item = &ScanRow> {
        self.in_hand().chain(&self.earlier)
    }
}
