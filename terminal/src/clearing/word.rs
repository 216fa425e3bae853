//! The cloud's last word to a clearing, or to its taking back.
//!
//! Belongs here: what of what the cloud says is final, and what it is told as. Does not: what is asked again
//! (`queue`).

use crate::cloud::CloudFault;
use crate::refusal::refused;
use crate::session::Unanswered;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{NamedTicket, OperationAnswer, OperationDone, Refusal};
use serde::{Deserialize, Serialize};

/// How often an answer that makes no sense is asked for again: a cloud that is being renewed is soon in its
/// right mind, one that speaks another language never.
const SENSELESS_ANSWERS: u32 = 5;

/// A final word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Word {
    /// It is decided, and stands under the key.
    Answered(OperationAnswer),
    /// The cloud does not hear of it, however often it is asked. Whether an earlier request took place whose
    /// answer was lost is not known.
    Declined {
        /// How a person is told.
        declined: ErrorCode,
    },
}

impl Word {
    /// The word that lies in a question's not being answered, if one does; `senseless` counts the answers to
    /// this request, with this one, that made no sense.
    pub(super) fn in_place_of_an_answer(unanswered: &Unanswered, senseless: u32) -> Option<Self> {
        let declined = match unanswered {
            Unanswered::NotSignedIn(_) => return None,
            Unanswered::Fault(fault) => match fault {
                CloudFault::Problem(problem) => match problem.code {
                    ErrorCode::FunctionNotAllowed => ErrorCode::ClearingNotAllowed,
                    ErrorCode::Malformed => ErrorCode::ClearingNotUnderstood,
                    _ => return None,
                },
                CloudFault::Garbled { .. } if senseless >= SENSELESS_ANSWERS => {
                    ErrorCode::ClearingNotUnderstood
                }
                CloudFault::Garbled { .. } | CloudFault::Line(_) => return None,
            },
        };
        Some(Self::Declined { declined })
    }

    /// What took place, if it did.
    pub(super) const fn done(&self) -> Option<&OperationDone> {
        match self {
            Self::Answered(OperationAnswer::Done(done)) => Some(done),
            Self::Answered(OperationAnswer::Refused(_)) | Self::Declined { .. } => None,
        }
    }

    /// Why it did not take place, if it did not.
    pub(super) fn failure(&self) -> Option<Failure> {
        match self {
            Self::Answered(OperationAnswer::Done(_)) => None,
            Self::Answered(OperationAnswer::Refused(refusal)) => Some(refused(&[], refusal)),
            Self::Declined { declined } => Some(Failure::of(*declined)),
        }
    }

    /// Why the cloud refused it, if it decided so.
    pub(super) const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Answered(OperationAnswer::Refused(refusal)) => Some(refusal),
            Self::Answered(OperationAnswer::Done(_)) | Self::Declined { .. } => None,
        }
    }

    /// Whether the number is not kept: no ticket has it, or it is a mere number and nobody ever learnt whether one
    /// has. Then it may be somebody's My Number.
    pub(super) const fn forgets(&self, named: &NamedTicket) -> bool {
        match self {
            Self::Answered(OperationAnswer::Refused(Refusal::TicketUnknown)) => true,
            Self::Answered(OperationAnswer::Refused(Refusal::Abandoned))
            | Self::Declined {
                declined:
                    ErrorCode::TicketGuessingSlowed | ErrorCode::TicketGuessingLocked | ErrorCode::ScanDropped,
            } => matches!(named, NamedTicket::Number { .. }),
            Self::Answered(_) | Self::Declined { .. } => false,
        }
    }

    /// Whether a clerk wanted it so: then nobody has to be told of it later.
    pub(super) const fn is_wanted(&self) -> bool {
        matches!(self, Self::Declined { declined: ErrorCode::ScanDropped })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use madoguchi_wire::terminal_api::Problem;

    fn garbled() -> Unanswered {
        Unanswered::Fault(CloudFault::Garbled { route: "clear_ticket", status: 200 })
    }

    fn problem(code: ErrorCode) -> Unanswered {
        Unanswered::Fault(CloudFault::Problem(Problem::of(code)))
    }

    #[test]
    fn what_passes_is_no_last_word() {
        for passes in [ErrorCode::CloudBusy, ErrorCode::CloudFailed, ErrorCode::TooManyRequests] {
            assert_eq!(Word::in_place_of_an_answer(&problem(passes), 0), None, "{passes:?}");
        }
        assert_eq!(Word::in_place_of_an_answer(&garbled(), 1), None);
    }

    #[test]
    fn what_would_be_said_for_ever_is_one() {
        for unanswered in [problem(ErrorCode::FunctionNotAllowed), problem(ErrorCode::Malformed), garbled()] {
            let word = Word::in_place_of_an_answer(&unanswered, SENSELESS_ANSWERS).unwrap();
            assert!(word.done().is_none() && word.failure().is_some(), "{unanswered:?}");
        }
    }

    #[test]
    fn answers_that_were_kept_before_are_read_as_they_were_written() {
        for answer in [
            OperationAnswer::Refused(Refusal::TicketVoided),
            OperationAnswer::Refused(Refusal::TicketUnknown),
        ] {
            let kept = serde_json::to_string(&answer).unwrap();
            assert_eq!(serde_json::from_str::<Word>(&kept).unwrap(), Word::Answered(answer));
        }
        let declined = Word::Declined { declined: ErrorCode::ClearingNotAllowed };
        let kept = serde_json::to_string(&declined).unwrap();
        assert_eq!(serde_json::from_str::<Word>(&kept).unwrap(), declined);
    }
}
