//! The cloud's API for terminals, one file per route of the same name under `/terminal/v1/`.
//!
//! Every route is a `POST` with a JSON body, also those that only read: nothing personal stands in a
//! URL, where a proxy would write it down.
//!
//! An answer with HTTP status 200 is final: the cloud remembers it under the request's key for as
//! long as the book lasts, also when it is a refusal. Every other status carries a [`Problem`]; it is
//! not remembered, and whether an operation took place must be asked with `resolve_operation`.

mod begin_registration;
mod day_close;
mod list_operations;
mod look_up_mykey_id;
mod look_up_points;
mod merge;
mod open_session;
mod operation;
mod problem;
mod profile;
mod register_terminal;
mod request_use_nonce;
mod service_id;
mod sign_in;
mod site_statement;
mod ticket;
mod use_points;
mod void_use;

pub use begin_registration::{BeginRegistrationAnswer, BeginRegistrationRequest, IdProviderChoice};
pub use day_close::{
    CloseDayRequest, DayClose, DayCloseLine, DayCloseRequest, DayCloseTickets, ListDayClosesAnswer,
};
pub use list_operations::{ListOperationsAnswer, ListOperationsRequest, ListedOperation};
pub use look_up_mykey_id::{LookUpMykeyIdAnswer, LookUpMykeyIdRequest};
pub use look_up_points::{LookUpPointsAnswer, LookUpPointsRequest, PointsByLastDay, UsableAccount};
pub use merge::{
    AcknowledgeMergeAnswer, AcknowledgeMergeRequest, ListMergeStreetsAnswer, ListMergeStreetsRequest,
    LookUpStreetCardAnswer, LookUpStreetCardRequest, MergeAnswered, MergeFile, MergeFileRequest,
    MergePointsRequest, MergeReception, MergeReceptions, MergeReceptionsRequest, MergeStreet,
};
pub use open_session::{
    OpenSessionAnswer, OpenSessionRequest, RequestChallengeAnswer, RequestChallengeRequest,
};
pub use operation::{
    ClearedTicket, MovedAccount, OperationAnswer, OperationDone, OperationKind, Refusal,
    ResolveOperationRequest,
};
pub use problem::Problem;
pub use profile::{Limits, OwnIdProvider, TerminalProfile};
pub use register_terminal::{Contact, RegisterTerminalAnswer, RegisterTerminalRequest};
pub use request_use_nonce::{RequestUseNonceAnswer, RequestUseNonceRequest};
pub use service_id::{
    AddressNotice, LookUpServiceIdAnswer, LookUpServiceIdRequest, RegisterServiceIdAnswer,
    RegisterServiceIdRequest, RegisteredServiceId, SetAddressNoticeAnswer, SetAddressNoticeRequest,
    SigningCertificate,
};
pub use sign_in::{SignInAnswer, SignInRequest, SignOutAnswer, SignOutRequest, SignedIn};
pub use site_statement::{SiteStatementAnswer, SiteStatementLine, SiteStatementRequest, SiteTotal};
pub use ticket::{
    ClearTicketRequest, ClearingSite, IssueTicketRequest, IssuedTicketRequest, ListClearingSitesAnswer,
    ListClearingSitesRequest, ListTicketsAnswer, ListTicketsRequest, ListedTicket, LookUpTicketAnswer,
    LookUpTicketRequest, NamedTicket, PrintableTicket, Ticket, TicketCleared, TicketFate, TicketOrder,
    TicketsListed, UnclearTicketRequest,
};
pub use use_points::{CardSignature, UsePart, UsePointsRequest};
pub use void_use::VoidUseRequest;

/// The path of a route: `route("use_points")` is `/terminal/v1/use_points`.
pub fn route(name: &str) -> String {
    format!("/terminal/v1/{name}")
}

/// The header that carries the session's token: `Authorization: Bearer <token>`.
pub const TOKEN_SCHEME: &str = "Bearer ";
