//! `void_ticket`: the terminal that issued a ticket takes it back on the same day (row E7): its points are
//! the resident's again, in the lots they came from.

use crate::carry_out::Request;
use crate::running::Running;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{IssuedTicketRequest, OperationKind};
use madoguchi_wire::window::{LastOperation, TicketNamed};
use std::sync::Arc;

impl Running {
    /// Voids a ticket. Answers like [`Running::use_points`].
    pub(crate) async fn void_ticket(
        self: &Arc<Self>,
        TicketNamed { ticket }: TicketNamed,
    ) -> Result<LastOperation, Failure> {
        self.signed_in()?;
        let known = self.known_ticket(ticket).await?;
        self.token().await?;
        let key = self.new_key()?;
        let intent = known.intent(self.begun(key, OperationKind::VoidTicket, known.points), ticket);
        self.carry_out(intent, Request::VoidTicket(IssuedTicketRequest { key, ticket })).await
    }
}
