//! `take_back_scan` and `drop_scan`: a clerk does not want a scan any more.
//!
//! A clearing is taken back by the terminal that made it, until its day close (row E3), also from a pile that was
//! finished. What only waits is dropped: its key is made void, so that nobody ever asks for it again.

use super::row::{ScanRow, Stands, TakeBack, Way};
use crate::running::{Running, lock};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{ScanNamed, ScanTold};
use std::sync::Arc;

impl Running {
    /// Takes a clearing back. Written down before it is sent, like the clearing itself; a notice tells
    /// what came of it.
    pub(crate) async fn take_back_scan(
        self: &Arc<Self>,
        ScanNamed { key }: ScanNamed,
    ) -> Result<ScanTold, Failure> {
        self.signed_in()?;
        let terminal = self.terminal()?;
        let _in_order = self.queue.in_order.lock().await;
        self.take_up_scan(key).await?;
        let stands = lock(&self.queue.piles).get(key).map(ScanRow::stands);
        if stands != Some(Stands::Cleared) {
            return Err(Failure::of(ErrorCode::ScanNotCleared));
        }
        let back = self.new_key()?;
        self.blocking(move |running| {
            running.write_owed_words()?;
            Ok(terminal.scans.begin_take_back(key, back)?)
        })
        .await?;
        let told = lock(&self.queue.piles).change(key, |scan| {
            scan.take_back = Some(TakeBack { key: back, word: None });
            scan.way = Way::Coming;
            scan.senseless = 0;
            scan.found_later = false;
        });
        self.send_at_once(key);
        told.ok_or_else(|| Failure::of(ErrorCode::Unforeseen))
    }

    /// Gives up a scan that waits for the cloud's word. What an earlier try brought about stands, and is told.
    pub(crate) async fn drop_scan(
        self: &Arc<Self>,
        ScanNamed { key }: ScanNamed,
    ) -> Result<ScanTold, Failure> {
        self.signed_in()?;
        self.terminal()?;
        self.drop_waiting(key).await?;
        lock(&self.queue.piles).told(key).ok_or_else(|| Failure::of(ErrorCode::Unforeseen))
    }

    /// A scan of a pile that is not in hand, out of the journal.
    async fn take_up_scan(self: &Arc<Self>, key: OperationKey) -> Result<(), Failure> {
        if lock(&self.queue.piles).get(key).is_some() {
            return Ok(());
        }
        let scans = self.terminal()?.scans.clone();
        let found = self.blocking(move |_| Ok(scans.scan(key)?)).await?;
        if let Some(scan) = found {
            lock(&self.queue.piles).take_up(scan);
        }
        Ok(())
    }
}
