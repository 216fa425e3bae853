//! What the cloud in memory does for an issuing desk.

use super::{Inside, Reply, reply};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::use_proof::Becomes;
use madoguchi_wire::terminal_api::{
    CloseDayRequest, IssueTicketRequest, IssuedTicketRequest, OperationAnswer, OperationDone, OperationKind,
    PrintableTicket, UsePointsRequest,
};

impl Inside {
    pub(super) fn issue_ticket(&mut self, request: &IssueTicketRequest) -> Reply {
        if let Some(answer) = self.operations.get(&request.key) {
            return reply(answer);
        }
        let IssueTicketRequest { key, part, last_day, .. } = *request;
        let as_use = UsePointsRequest {
            key,
            visit: request.visit.clone(),
            parts: vec![part],
            signature: request.signature.clone(),
        };
        let answer = if let Some(refusal) = self.refusal_of(&as_use, Becomes::Ticket { last_day }) {
            OperationAnswer::Refused(refusal)
        } else {
            let made = self.desk.issue(part.points.get(), last_day);
            let moved = self.move_points(key, OperationKind::IssueTicket, -part.points.get(), None);
            with_ticket(moved, made)
        };
        self.operations.insert(key, answer.clone());
        reply(&answer)
    }

    pub(super) fn reissue_ticket(&mut self, request: &IssuedTicketRequest) -> Reply {
        if let Some(answer) = self.operations.get(&request.key) {
            return reply(answer);
        }
        let answer = match self.desk.reissue(request.ticket) {
            Ok(made) => with_ticket(self.stands_still(request.key, OperationKind::ReissueTicket), made),
            Err(refusal) => OperationAnswer::Refused(refusal),
        };
        self.operations.insert(request.key, answer.clone());
        reply(&answer)
    }

    pub(super) fn void_ticket(&mut self, request: &IssuedTicketRequest) -> Reply {
        if let Some(answer) = self.operations.get(&request.key) {
            return reply(answer);
        }
        let answer = match self.desk.void(request.ticket) {
            Ok(points) => self.move_points(request.key, OperationKind::VoidTicket, points, None),
            Err(refusal) => OperationAnswer::Refused(refusal),
        };
        self.operations.insert(request.key, answer.clone());
        reply(&answer)
    }

    pub(super) fn close_day(&mut self, request: &CloseDayRequest) -> Reply {
        if let Some(answer) = self.operations.get(&request.key) {
            return reply(answer);
        }
        let mut answer = self.stands_still(request.key, OperationKind::CloseDay);
        if let OperationAnswer::Done(done) = &mut answer {
            done.day_close = Some(self.desk.close());
        }
        self.operations.insert(request.key, answer.clone());
        reply(&answer)
    }

    /// An operation that moves no points.
    fn stands_still(&mut self, key: OperationKey, kind: OperationKind) -> OperationAnswer {
        let mut answer = self.move_points(key, kind, 0, None);
        if let OperationAnswer::Done(done) = &mut answer {
            done.accounts.clear();
        }
        answer
    }
}

fn with_ticket(answer: OperationAnswer, made: PrintableTicket) -> OperationAnswer {
    match answer {
        OperationAnswer::Done(done) => OperationAnswer::Done(OperationDone { ticket: Some(made), ..done }),
        refused @ OperationAnswer::Refused(_) => refused,
    }
}
