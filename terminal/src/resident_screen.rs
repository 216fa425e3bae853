//! What the screen turned to the resident shows (row K10).
//!
//! Belongs here: putting together, from the visit and the operation this program holds, what the step of
//! the clerk's window lets the resident see. Does not: any word of it (`ui`), any window (`src-tauri`).
//! A step that names a visit or an operation which is not the present one shows nothing of either.

use crate::running::{Running, lock};
use crate::use_points::checked;
use crate::visit::HeldVisit;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{OperationKind, UsableAccount};
use madoguchi_wire::window::{
    DeviceState, LastOperation, MovedHere, OperationState, Place, ResidentBalance, ResidentScreen,
    ResidentStep, ResidentSum, ResidentView, UsePointsArguments,
};
use tokio::sync::watch;

/// The monitor that the settings name for the resident's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResidentMonitor {
    /// They name none.
    NotChosen,
    /// It is there, and shows the resident's screen.
    There(String),
    /// It is not: pulled out, switched off, or another one stands in its place.
    Gone(String),
}

/// Holds what the resident sees, and wakes whoever shows it.
pub(crate) struct ResidentSight(watch::Sender<ResidentView>);

impl Default for ResidentSight {
    fn default() -> Self {
        Self(watch::Sender::new(ResidentView::Rest))
    }
}

impl ResidentSight {
    /// Hears of every change from now on.
    pub(crate) fn follow(&self) -> watch::Receiver<ResidentView> {
        self.0.subscribe()
    }

    /// Shows it once more: the shop's name, the language or the colours changed.
    pub(crate) fn show_anew(&self) {
        self.0.send_modify(|_| ());
    }

    fn show(&self, view: ResidentView) {
        self.0.send_if_modified(|shown| {
            let changed = *shown != view;
            *shown = view;
            changed
        });
    }

    /// Takes balances off the screen whose visit is over.
    pub(crate) fn forget_visit(&self) {
        let of_visit = matches!(&*self.0.borrow(), ResidentView::Balances { .. } | ResidentView::Ask { .. });
        if of_visit {
            self.show(ResidentView::Rest);
        }
    }
}

impl Running {
    /// Follows the step of the clerk's window.
    pub(crate) fn show_resident(&self, step: ResidentStep) {
        let view = self.view_of(step).unwrap_or_default();
        self.resident.show(view);
    }

    /// The resident's screen as it stands.
    pub(crate) fn resident_screen(&self) -> ResidentScreen {
        let view = self.resident.follow().borrow().clone();
        let shop = match lock(&self.standing).place() {
            Place::Registered { profile } => profile.site_name,
            Place::Unregistered | Place::Barred { .. } => String::new(),
        };
        let preferences = lock(&self.preferences);
        let (language, theme) = (preferences.settings.language, preferences.settings.theme);
        ResidentScreen { shop, language, theme, view }
    }

    /// Says in the head of every screen how the resident's monitor is.
    pub(crate) fn resident_monitor_is(&self, monitor: ResidentMonitor) {
        let state = match monitor {
            ResidentMonitor::NotChosen => None,
            ResidentMonitor::There(name) => Some(DeviceState::Ready { name: Some(name) }),
            ResidentMonitor::Gone(name) => {
                let failure = Failure::with(ErrorCode::ResidentMonitorGone, &[("monitor", name.into())]);
                Some(DeviceState::Missing { failure })
            }
        };
        self.change_devices(|devices| devices.resident_screen = state);
    }

    fn view_of(&self, step: ResidentStep) -> Result<ResidentView, Failure> {
        Ok(match step {
            ResidentStep::Rest => ResidentView::Rest,
            ResidentStep::Card => ResidentView::Card,
            ResidentStep::Reading => ResidentView::Reading,
            ResidentStep::Wait => ResidentView::Wait,
            ResidentStep::Amount { visit } => {
                ResidentView::Balances { accounts: balances(&self.held_visit(visit)?) }
            }
            ResidentStep::Confirm { parts: UsePointsArguments { visit, parts, .. }, last_day, sending } => {
                let visit = self.held_visit(visit)?;
                let parts = checked(&visit, &parts)?;
                let sums = parts.iter().filter_map(|part| {
                    let account = visit.accounts.iter().find(|held| held.currency == part.currency)?;
                    let points = part.points.get();
                    Some(ResidentSum {
                        currency: account.name.clone(),
                        before: account.balance,
                        points,
                        after: account.balance - points,
                    })
                });
                let sums: Vec<_> = sums.collect();
                // A question about nothing is none.
                if sums.is_empty() {
                    ResidentView::Rest
                } else {
                    ResidentView::Ask { sums, last_day, sending }
                }
            }
            ResidentStep::Done { key } => {
                let last = self.operation.last().filter(|last| last.key == key);
                last.and_then(used).unwrap_or_default()
            }
        })
    }
}

/// What a use, the issue of a ticket or a merge moved. Everything else is the clerk's work: its resident need not be
/// there.
fn used(last: LastOperation) -> Option<ResidentView> {
    let OperationState::Done { accounts, ticket, .. } = last.state else { return None };
    let last_day = match last.kind {
        OperationKind::Use | OperationKind::MergePoints => None,
        OperationKind::IssueTicket => Some(ticket?.ticket.last_day),
        _ => return None,
    };
    // Of several tickets in one go this is the last; each before it took as much of the same account.
    let others = last.series.map_or(0, |series| series.before.iter().map(|made| made.ticket.points).sum());
    let sum = |moved: MovedHere| ResidentSum {
        currency: moved.currency,
        before: moved.before + others,
        points: moved.points + others,
        after: moved.after,
    };
    Some(ResidentView::Done { sums: accounts.into_iter().map(sum).collect(), last_day })
}

fn balances(visit: &HeldVisit) -> Vec<ResidentBalance> {
    let balance =
        |account: &UsableAccount| ResidentBalance { currency: account.name.clone(), points: account.balance };
    visit.accounts.iter().map(balance).collect()
}
