//! Clearing a pile of used tickets.

use crate::at_counter::AtCounter;
use crate::outcome::{Outcome, both};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};
use madoguchi_wire::terminal_api::ClearingSite;
use madoguchi_wire::window::{
    FinishedPile, Pile, PileNamed, Scan, ScanNamed, ScanState, ScannedText, StampOf,
};
use std::io::{self, BufRead};
use zeroize::Zeroizing;

/// Clears what stands on standard input, and finishes the pile. A code there is worth its points: it is no word of
/// the command line.
pub(crate) async fn clear(at: &mut AtCounter, site: Option<i64>) -> Result<Outcome, Failure> {
    let site = match site {
        Some(number) => Some(site_of(at, number).await?),
        None => None,
    };
    // What was said twice, over a start that failed as well, is in the open pile once.
    at.counter.open_pile(StampOf { site }).await?;
    for line in io::stdin().lock().lines() {
        let line = Zeroizing::new(line.map_err(|_| Failure::of(ErrorCode::NothingTyped))?);
        if !line.trim().is_empty() {
            at.counter.scan_ticket(ScannedText { text: line.trim().to_owned() }).await?;
        }
    }
    let pile = at.counter.finish_pile().await?.sums.pile;
    let pile = at.answered_pile(pile).await?;
    Ok(Outcome::of_pile(&pile, lines_of(&pile)))
}

async fn site_of(at: &AtCounter, number: i64) -> Result<ClearingSite, Failure> {
    let sites = at.counter.list_clearing_sites().await?.all;
    let named = sites.into_iter().find(|site| site.site.0 == number);
    named.ok_or_else(|| Failure::of(ErrorCode::SiteTakesNoTickets))
}

fn lines_of(Pile { sums, .. }: &Pile) -> Vec<Bilingual> {
    vec![both(
        &format!(
            "消込 {}枚・{}ポイント・未確認 {}枚・受け付けず {}枚",
            sums.cleared, sums.points, sums.unconfirmed, sums.refused
        ),
        &format!(
            "{} cleared, {} points, {} not known yet, {} refused",
            sums.cleared, sums.points, sums.unconfirmed, sums.refused
        ),
    )]
}

/// Whose stamp a ticket can bear.
pub(crate) async fn sites(at: &AtCounter) -> Result<Outcome, Failure> {
    let sites = at.counter.list_clearing_sites().await?;
    let line = |site: &ClearingSite| Bilingual::from(format!("{} {}", site.site.0, site.name));
    let lines = sites.all.iter().map(line).collect();
    Ok(Outcome::done(&sites, lines))
}

/// The piles of this terminal.
pub(crate) async fn piles(at: &AtCounter) -> Result<Outcome, Failure> {
    let piles = at.counter.list_piles().await?;
    let line = |FinishedPile { sums, .. }: &FinishedPile| {
        both(
            &format!("{} {}枚・{}ポイント", sums.pile, sums.cleared, sums.points),
            &format!("{}: {} tickets, {} points", sums.pile, sums.cleared, sums.points),
        )
    };
    let lines = piles.iter().map(line).collect();
    Ok(Outcome::done(&piles, lines))
}

/// The scans of a finished pile.
pub(crate) async fn pile(at: &AtCounter, pile: i64) -> Result<Outcome, Failure> {
    let pile = at.counter.show_pile(PileNamed { pile }).await?;
    let scans = pile.scans.iter().filter(|scan| !scan.is_replaced).map(line_of);
    let lines = lines_of(&pile).into_iter().chain(scans).collect();
    Ok(Outcome::done(&pile, lines))
}

/// Takes a clearing back, and says what its pile comes to then; a list that was printed is printed anew.
pub(crate) async fn take_back(at: &mut AtCounter, pile: i64, key: OperationKey) -> Result<Outcome, Failure> {
    at.counter.take_back_scan(ScanNamed { key }).await?;
    told(at, pile, key).await
}

/// Gives a scan up that waits.
pub(crate) async fn drop_scan(at: &mut AtCounter, pile: i64, key: OperationKey) -> Result<Outcome, Failure> {
    at.counter.drop_scan(ScanNamed { key }).await?;
    told(at, pile, key).await
}

/// What became of one scan of a pile.
async fn told(at: &mut AtCounter, pile: i64, key: OperationKey) -> Result<Outcome, Failure> {
    let pile = at.answered_pile(pile).await?;
    let scan = pile.scans.iter().find(|scan| scan.key == key);
    let scan = scan.ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))?;
    if let ScanState::Cleared { not_taken_back: Some(failure) } = &scan.state {
        return Err(failure.clone());
    }
    let lines = vec![line_of(scan)].into_iter().chain(lines_of(&pile)).collect();
    Ok(Outcome::done(&pile, lines))
}

fn line_of(scan: &Scan) -> Bilingual {
    let (ja, en) = match &scan.state {
        ScanState::UnderWay | ScanState::Unconfirmed { .. } => ("未確認", "not known yet"),
        ScanState::Cleared { .. } => ("消込", "cleared"),
        ScanState::Refused { .. } => ("受け付けず", "refused"),
        ScanState::TakingBack => ("取消の確認中", "being taken back"),
        ScanState::TakenBack => ("取消", "taken back"),
    };
    let (key, number) = (scan.key, scan.number.as_deref().unwrap_or("－"));
    both(&format!("{key} {number} {ja}"), &format!("{key} {number} {en}"))
}
