//! What the cloud in memory says to a 消込場所.

use super::{Inside, reply};
use madoguchi_terminal::cloud::Reply;
use madoguchi_wire::terminal_api::{ClearTicketRequest, ListClearingSitesAnswer, UnclearTicketRequest};

impl Inside {
    pub(super) fn clear_ticket(&mut self, request: &ClearTicketRequest) -> Reply {
        let done = self.operations.len();
        let Self { operations, tickets, .. } = self;
        reply(operations.entry(request.key).or_insert_with(|| tickets.clear(request, done)))
    }

    pub(super) fn unclear_ticket(&mut self, request: &UnclearTicketRequest) -> Reply {
        let done = self.operations.len();
        let cleared = self.operations.get(&request.takes_back).cloned();
        let Self { operations, tickets, .. } = self;
        reply(operations.entry(request.key).or_insert_with(|| tickets.unclear(cleared.as_ref(), done)))
    }

    pub(super) fn list_clearing_sites(&self) -> Reply {
        reply(&ListClearingSitesAnswer { sites: self.tickets.sites.clone() })
    }
}
