//! `take_back_scan`: the same terminal takes a clearing back, until its day close (row E3).

use super::row::{ScanRow, Stands, TakeBack, Way};
use crate::running::{Running, lock};
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
        let stands = lock(&self.queue.piles).get(key).map(ScanRow::stands);
        if stands != Some(Stands::Cleared) {
            return Err(Failure::of(ErrorCode::ScanNotCleared));
        }
        let back = self.new_key()?;
        self.blocking(move |_| Ok(terminal.scans.begin_take_back(key, back)?)).await?;
        let told = lock(&self.queue.piles).change(key, |scan| {
            scan.take_back = Some(TakeBack { key: back, word: None });
            scan.way = Way::Coming;
            scan.senseless = 0;
            scan.found_later = false;
        });
        self.send_at_once(key);
        told.ok_or_else(|| Failure::of(ErrorCode::Unforeseen))
    }
}
