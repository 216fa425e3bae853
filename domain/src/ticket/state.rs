//! What can become of a ticket: one table over every (state, event).

use serde::{Deserialize, Serialize};

/// The states of a ticket's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// Issued, and held: it may be used.
    Open,
    /// Cleared (消込済み): its points are the site's.
    Cleared,
    /// Its day passed before it was cleared.
    Lapsed,
    /// Reissued under another number; this one is dead.
    Reissued,
    /// Voided (取消済み): its points are the resident's again.
    Voided,
}

/// What can happen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TicketEvent {
    /// It is cleared.
    Clear,
    /// Its clearing is taken back.
    Unclear,
    /// Its day is over.
    Lapse,
    /// It is printed anew, under another number.
    Reissue,
    /// It is taken back by the desk that issued it.
    Void,
}

/// This state does not know that event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ticket that is {state:?} cannot be followed by {event:?}")]
pub struct NotPossible {
    /// What it is.
    pub state: TicketState,
    /// What was to happen.
    pub event: TicketEvent,
}

impl TicketState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Open, Self::Cleared, Self::Lapsed, Self::Reissued, Self::Voided];

    /// What it becomes.
    pub const fn after(self, event: TicketEvent) -> Result<Self, NotPossible> {
        match (self, event) {
            (Self::Open, TicketEvent::Clear) => Ok(Self::Cleared),
            (Self::Open, TicketEvent::Lapse) => Ok(Self::Lapsed),
            (Self::Open, TicketEvent::Reissue) => Ok(Self::Reissued),
            (Self::Open, TicketEvent::Void) => Ok(Self::Voided),
            (Self::Cleared, TicketEvent::Unclear) => Ok(Self::Open),
            (state, event) => Err(NotPossible { state, event }),
        }
    }

    /// The stable name, as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Cleared => "cleared",
            Self::Lapsed => "lapsed",
            Self::Reissued => "reissued",
            Self::Voided => "voided",
        }
    }

    /// Reads the stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [TicketEvent; 5] = [
        TicketEvent::Clear,
        TicketEvent::Unclear,
        TicketEvent::Lapse,
        TicketEvent::Reissue,
        TicketEvent::Void,
    ];

    #[test]
    fn the_whole_table_of_states_and_events() {
        use TicketState::{Cleared, Lapsed, Open, Reissued, Voided};
        // Clear, Unclear, Lapse, Reissue, Void
        let table = [
            (Open, [Some(Cleared), None, Some(Lapsed), Some(Reissued), Some(Voided)]),
            (Cleared, [None, Some(Open), None, None, None]),
            (Lapsed, [None; 5]),
            (Reissued, [None; 5]),
            (Voided, [None; 5]),
        ];
        assert_eq!(table.map(|(state, _)| state), TicketState::ALL);
        for (state, row) in table {
            assert_eq!(EVENTS.map(|event| state.after(event).ok()), row, "{state:?}");
        }
    }

    #[test]
    fn a_state_is_read_back_as_it_is_written() {
        for state in TicketState::ALL {
            assert_eq!(TicketState::from_code(state.code()), Some(state));
        }
        assert_eq!(TicketState::from_code("spent"), None);
    }
}
