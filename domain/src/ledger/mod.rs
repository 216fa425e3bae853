//! The ledger's decisions, pure: what is asked, what the books say, what is posted.
//!
//! Belongs here: accounts, lots, operations and their entries, the one decision function
//! `(books, request, at, randoms) -> answer + changes`, the chain over what was posted, and the
//! invariants by which anybody can check a whole book.
//! Does not belong here: SQL, locks, the clock, random numbers, names of people, JSON.
//! Why it exists: every store, the simulator and the checker must post alike, to the point.
//! `docs/ledger.md` tells the model in words.
//!
//! How a store uses it: load the [`Books`] a batch of [`Request`]s asks about, under the lock of
//! their heads; [`Batch::decide`] each request in order; [`Batch::close`]; write the [`Changes`];
//! commit; then give the answers.

mod account;
mod actor;
mod answer;
mod batch;
pub mod chain;
mod changes;
mod clear_ticket;
mod close_day;
mod decide;
mod fault;
mod give_back;
mod grant;
pub mod invariants;
mod issue_ticket;
mod lapse;
mod lapse_ticket;
mod lot;
mod merge_points;
mod mirror;
mod operation;
mod posting;
mod refund_merge;
mod reissue_ticket;
mod request;
mod state;
mod ticket;
mod ticket_change;
mod unclear_ticket;
mod undo;
mod use_points;
mod void;
mod void_ticket;

pub use account::{
    Account, AccountId, AccountKind, AccountName, AccountTitle, EntryPosition, PartnerId, StreetId,
};
pub use actor::{Actor, Job, NotAnActor};
pub use answer::{Answer, Done, Moved, NextLapse, Refusal};
pub use batch::{Batch, Decision, Randoms};
pub use chain::{Block, Hash};
pub use changes::{
    Changes, GrantedLot, Mark, OpenedAccount, PostedMerge, StoredAccount, StoredTicket, StoredWallet,
};
pub use fault::Fault;
pub use lot::{Lot, LotId, LotOrigin, OriginKind};
pub use operation::{
    ActId, Entry, IdentifiedBy, NotAnOperationNumber, Operation, OperationKind, OperationNumber, Outcome,
    PostedOperation,
};
pub use request::{
    Asked, Barred, ClearTicket, CloseDay, GrantPoints, IssueTicket, LapseLot, LapseTicket, Limits,
    MergePoints, NotAUse, Part, RefundMerge, ReissueTicket, Request, RequestHash, TakenTickets,
    UnclearTicket, UsePoints, VoidTicket, VoidUse,
};
pub use state::{Books, DayUse, Head, Remembered, Target, Wallet};
pub use ticket::{Closing, DayClose, Ticket, TicketFace};
