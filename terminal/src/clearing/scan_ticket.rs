//! The verbs of a pile: whose stamp, scanning, looking first, finishing.

use super::pile::{PileRow, Piles};
use super::row::{ScanRow, Stamp, Way};
use super::scanned::{number_of, scanned};
use super::today;
use crate::place::{Standing, Terminal};
use crate::refusal::refused;
use crate::running::{Running, lock};
use jiff::civil::Date;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    ClearingSite, ListClearingSitesAnswer, ListClearingSitesRequest, LookUpTicketAnswer, LookUpTicketRequest,
    NamedTicket, Refusal, TicketFate,
};
use madoguchi_wire::window::{
    Clearing, ClearingSites, DeviceState, Notice, Pile, ScanHeard, ScanTold, ScannedText, SeenScans, StampOf,
    TicketLookedUp,
};
use std::sync::Arc;

impl Running {
    /// Takes up the piles at start and after a registration; what has no answer is sent again.
    pub(crate) async fn take_up_piles(self: &Arc<Self>) -> Result<(), Failure> {
        let Ok(terminal) = self.known_terminal() else {
            *lock(&self.queue.piles) = Piles::default();
            return Ok(());
        };
        let piles = self
            .blocking(move |_| {
                let newest = terminal.scans.newest()?;
                let before = newest.as_ref().map_or(i64::MAX, |(row, _)| row.pile);
                Ok(Piles::of(newest, terminal.scans.earlier_than(before)?))
            })
            .await?;
        *lock(&self.queue.piles) = piles;
        self.queue.wake.notify_one();
        Ok(())
    }

    /// Where clearing stands.
    pub(crate) async fn look_at_clearing(self: &Arc<Self>) -> Result<Clearing, Failure> {
        let Ok(terminal) = self.known_terminal() else { return Ok(Clearing::default()) };
        let since_ms = today::began_ms(&*self.parts.clock);
        let cleared = self.blocking(move |_| Ok(terminal.scans.cleared_since(since_ms)?)).await?;
        let standing = lock(&self.queue.piles).standing_of_all();
        Ok(Clearing { today: today::cleared_today(&cleared), ..standing })
    }

    /// The sites whose stamp a ticket can bear, those chosen last first.
    pub(crate) async fn list_clearing_sites(self: &Arc<Self>) -> Result<ClearingSites, Failure> {
        self.signed_in()?;
        let terminal = self.terminal()?;
        let answer: ListClearingSitesAnswer =
            self.ask("list_clearing_sites", &ListClearingSitesRequest {}).await?;
        let recent = self.blocking(move |_| Ok(terminal.scans.recent_sites()?)).await?;
        let recent = recent.into_iter().filter_map(|site| named_now(&answer.sites, &site)).collect();
        Ok(ClearingSites { recent, all: answer.sites })
    }

    /// Whose stamp the next tickets bear: begins a pile, or goes on with the open one.
    pub(crate) async fn open_pile(self: &Arc<Self>, StampOf { site }: StampOf) -> Result<Pile, Failure> {
        self.signed_in()?;
        let terminal = self.terminal()?;
        let stamp = self.stamp_of(site)?;
        let _in_order = self.queue.in_order.lock().await;
        let open = lock(&self.queue.piles).open();
        let at_ms = self.parts.clock.now_ms();
        let chosen = stamp.clone();
        let row = self
            .blocking(move |_| match open {
                Some(open) if open.stamp == chosen => Ok(open),
                Some(open) => {
                    terminal.scans.restamp(open.pile, &chosen)?;
                    Ok(PileRow { stamp: chosen, ..open })
                }
                None => {
                    let pile = terminal.scans.begin(&chosen, at_ms)?;
                    Ok(PileRow { pile, stamp: chosen, finished_at_ms: None })
                }
            })
            .await?;
        let mut piles = lock(&self.queue.piles);
        piles.stand(row);
        piles.shown().ok_or_else(no_open_pile)
    }

    /// Writes a scan down and sends it.
    pub(crate) async fn scan_ticket(
        self: &Arc<Self>,
        ScannedText { text }: ScannedText,
    ) -> Result<ScanHeard, Failure> {
        self.signed_in()?;
        let named = scanned(&text, self.parts.training)?;
        let terminal = self.terminal()?;
        let _in_order = self.queue.in_order.lock().await;
        let pile = {
            let piles = lock(&self.queue.piles);
            let open = piles.open().ok_or_else(no_open_pile)?;
            let first = number_of(&named).and_then(|number| piles.standing(number));
            if let Some(first) = first {
                return Ok(ScanHeard::Again { first: first.shown() });
            }
            open
        };
        let scan = self.new_scan(pile, named)?;
        let (key, row) = (scan.key, scan.clone());
        let mark = self
            .blocking(move |running| {
                running.write_owed_words()?;
                Ok(terminal.scans.write(&row)?)
            })
            .await?;
        let scan = ScanRow { mark, ..scan };
        Ok(ScanHeard::Taken { told: self.begin_sending(key, scan)? })
    }

    fn new_scan(&self, pile: PileRow, named: NamedTicket) -> Result<ScanRow, Failure> {
        Ok(ScanRow {
            key: self.new_key()?,
            pile: pile.pile,
            stamp: pile.stamp,
            scanned_at_ms: self.parts.clock.now_ms(),
            scanned_running: Some(self.parts.clock.running()),
            named: Some(named),
            word: None,
            take_back: None,
            found_later: false,
            way: Way::Coming,
            is_sent: false,
            senseless: 0,
            was_slowed: false,
            mark: None,
            is_replaced: false,
            revision: 0,
        })
    }

    /// Sends at once, unless others wait or the line is known to be dead: then it waits behind them.
    fn begin_sending(self: &Arc<Self>, key: OperationKey, mut scan: ScanRow) -> Result<ScanTold, Failure> {
        let line_is_dead = matches!(lock(&self.devices).network, DeviceState::Missing { .. });
        let mut piles = lock(&self.queue.piles);
        let waits = line_is_dead || piles.any_waits();
        if waits {
            scan.way = Way::Waits(None);
        }
        let replaced = piles.push(scan);
        let told = piles.told(key).ok_or_else(|| Failure::of(ErrorCode::Unforeseen))?;
        drop(piles);
        for told in replaced {
            self.notices.tell(&Notice::Scan(told));
        }
        if waits {
            self.queue.wake.notify_one();
        } else {
            self.send_at_once(key);
        }
        Ok(told)
    }

    /// What a ticket is, before it is cleared. Nothing of it is kept here.
    pub(crate) async fn look_up_ticket(
        self: &Arc<Self>,
        ScannedText { text }: ScannedText,
    ) -> Result<TicketLookedUp, Failure> {
        self.signed_in()?;
        let ticket = scanned(&text, self.parts.training)?;
        let stamp = lock(&self.queue.piles).open().ok_or_else(no_open_pile)?.stamp;
        let site = (!stamp.is_own).then_some(stamp.site.site);
        let answer: LookUpTicketAnswer =
            self.ask("look_up_ticket", &LookUpTicketRequest { ticket, site }).await?;
        match answer {
            LookUpTicketAnswer::Refused { refusal } => Err(refused(&[], &refusal)),
            LookUpTicketAnswer::Ticket { ticket, fate } => {
                let cleared = match &fate {
                    TicketFate::Cleared(cleared) => Some(cleared.clone()),
                    _ => None,
                };
                Ok(TicketLookedUp {
                    failure: refusal_of(&fate, ticket.last_day).map(|refusal| refused(&[], &refusal)),
                    cleared,
                    number: ticket.number.spaced(),
                    points: ticket.points,
                    currency_name: ticket.currency_name,
                    event_name: ticket.event_name,
                    issued_at: ticket.issued_at,
                    issued_on: ticket.issued_on,
                    last_day: ticket.last_day,
                })
            }
        }
    }

    /// The pile is done. What has no answer yet goes on being sent.
    pub(crate) async fn finish_pile(self: &Arc<Self>) -> Result<Pile, Failure> {
        self.signed_in()?;
        let terminal = self.terminal()?;
        let _in_order = self.queue.in_order.lock().await;
        let open = lock(&self.queue.piles).open().ok_or_else(no_open_pile)?;
        let at_ms = self.parts.clock.now_ms();
        self.blocking(move |running| {
            running.write_owed_words()?;
            Ok(terminal.scans.finish(open.pile, at_ms)?)
        })
        .await?;
        let mut piles = lock(&self.queue.piles);
        piles.finish(at_ms);
        piles.shown().ok_or_else(no_open_pile)
    }

    /// The clerk has seen these of what became known of finished piles; what became known since stays listed.
    pub(crate) async fn acknowledge_found_later(
        self: &Arc<Self>,
        SeenScans { keys }: SeenScans,
    ) -> Result<(), Failure> {
        let terminal = self.known_terminal()?;
        let seen = keys.clone();
        // A scan that is being taken up again from a finished pile must not be laid aside under way.
        let _in_order = self.queue.in_order.lock().await;
        self.blocking(move |running| {
            // What is owed would be told anew once it is written.
            running.write_owed_words()?;
            Ok(terminal.scans.acknowledge(&seen)?)
        })
        .await?;
        lock(&self.queue.piles).acknowledge(&keys);
        Ok(())
    }

    /// The terminal, also while it is barred.
    pub(super) fn known_terminal(&self) -> Result<Arc<Terminal>, Failure> {
        lock(&self.standing).known_terminal_or_why().cloned()
    }

    fn stamp_of(&self, site: Option<ClearingSite>) -> Result<Stamp, Failure> {
        let profile = match &*lock(&self.standing) {
            Standing::Registered { profile: Some(profile), .. } => profile.clone(),
            _ => return Err(Failure::of(ErrorCode::CloudUnreachable)),
        };
        let own = ClearingSite { site: profile.site, name: profile.site_name };
        Ok(match site {
            Some(site) if site.site != own.site => Stamp { site, is_own: false },
            Some(_) | None => Stamp { site: own, is_own: true },
        })
    }
}

pub(super) fn no_open_pile() -> Failure {
    Failure::of(ErrorCode::NoOpenPile)
}

/// A site by the name it has now; none where it takes no tickets any more.
fn named_now(sites: &[ClearingSite], site: &ClearingSite) -> Option<ClearingSite> {
    sites.iter().find(|now| now.site == site.site).cloned()
}

/// What clearing a ticket of this fate would be refused with.
fn refusal_of(fate: &TicketFate, last_day: Date) -> Option<Refusal> {
    match fate {
        TicketFate::Open => None,
        TicketFate::Cleared(cleared) => Some(Refusal::TicketCleared(cleared.clone())),
        TicketFate::Lapsed => Some(Refusal::TicketLapsed { last_day }),
        TicketFate::Reissued => Some(Refusal::TicketReissued),
        TicketFate::Voided => Some(Refusal::TicketVoided),
    }
}
