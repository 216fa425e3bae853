//! Piles that were finished: found again, looked at, printed later.

use super::pile::PileRow;
use super::row::ScanRow;
use super::sums::sums;
use crate::running::{Running, lock};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{FinishedPile, Pile, PileNamed};
use std::sync::Arc;

impl Running {
    /// The piles that were finished last, the latest first, as they stand now.
    pub(crate) async fn list_piles(self: &Arc<Self>) -> Result<Vec<FinishedPile>, Failure> {
        let scans = self.known_terminal()?.scans.clone();
        let piles = self.blocking(move |_| Ok(scans.finished_last()?)).await?;
        let finished = |(row, scans): (PileRow, Vec<ScanRow>)| {
            Some(FinishedPile { at_ms: row.finished_at_ms?, sums: sums(row.pile, &scans) })
        };
        Ok(piles.into_iter().filter_map(finished).collect())
    }

    /// A finished pile as it stands now.
    pub(crate) async fn show_pile(self: &Arc<Self>, PileNamed { pile }: PileNamed) -> Result<Pile, Failure> {
        let scans = self.known_terminal()?.scans.clone();
        let found = self.blocking(move |_| Ok(scans.finished_pile(pile)?)).await?;
        let (row, mut scans) = found.ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))?;
        let piles = lock(&self.queue.piles);
        for scan in &mut scans {
            piles.freshen(scan);
        }
        Ok(Pile {
            site: row.stamp.site,
            sums: sums(row.pile, &scans),
            scans: scans.iter().rev().map(ScanRow::shown).collect(),
        })
    }
}
