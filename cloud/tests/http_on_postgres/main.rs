//! The same tests as `http`, on PostgreSQL; `place.rs` tells by the name of this program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../http/acknowledge_merge.rs"]
mod acknowledge_merge;
#[path = "../http/actors/mod.rs"]
mod actors;
#[path = "../http/address_notices.rs"]
mod address_notices;
#[path = "../http/begin_registration.rs"]
mod begin_registration;
#[path = "../http/clear_ticket.rs"]
mod clear_ticket;
#[path = "../http/clearing_sites.rs"]
mod clearing_sites;
#[path = "../http/close_day.rs"]
mod close_day;
#[path = "../http/command_line.rs"]
mod command_line;
#[path = "../http/issue_ticket.rs"]
mod issue_ticket;
#[path = "../http/killed.rs"]
mod killed;
#[path = "../http/killed_at_tickets.rs"]
mod killed_at_tickets;
#[path = "../http/list_tickets.rs"]
mod list_tickets;
#[path = "../http/look_up_mykey_id.rs"]
mod look_up_mykey_id;
#[path = "../http/look_up_points.rs"]
mod look_up_points;
#[path = "../http/look_up_service_id.rs"]
mod look_up_service_id;
#[path = "../http/look_up_street_card.rs"]
mod look_up_street_card;
#[path = "../http/look_up_ticket.rs"]
mod look_up_ticket;
#[path = "../http/merge_file.rs"]
mod merge_file;
#[path = "../http/merge_points.rs"]
mod merge_points;
#[path = "../http/open_session.rs"]
mod open_session;
#[path = "../http/openapi.rs"]
mod openapi;
#[path = "../http/operations.rs"]
mod operations;
#[path = "../http/operator.rs"]
mod operator;
#[path = "../http/place.rs"]
mod place;
#[path = "../http/process.rs"]
mod process;
#[path = "../http/refund_merge.rs"]
mod refund_merge;
#[path = "../http/register_service_id.rs"]
mod register_service_id;
#[path = "../http/register_terminal.rs"]
mod register_terminal;
#[path = "../http/reissue_ticket.rs"]
mod reissue_ticket;
#[path = "../http/renewed_card.rs"]
mod renewed_card;
#[path = "../http/resolve_operation.rs"]
mod resolve_operation;
#[path = "../http/sign_in.rs"]
mod sign_in;
#[path = "../http/signed_use.rs"]
mod signed_use;
#[path = "../http/site_statement.rs"]
mod site_statement;
#[path = "../http/street_commands.rs"]
mod street_commands;
#[path = "../http/ticket_guessing.rs"]
mod ticket_guessing;
#[path = "../http/told_to_end.rs"]
mod told_to_end;
#[path = "../http/training.rs"]
mod training;
#[path = "../http/unclear_ticket.rs"]
mod unclear_ticket;
#[path = "../http/use_points.rs"]
mod use_points;
#[path = "../http/void_ticket.rs"]
mod void_ticket;
#[path = "../http/void_use.rs"]
mod void_use;

/// What only a server can do: be somewhere else, be slow, and go away.
mod named_server;
mod server_lost;
mod slow_line;
mod slow_server;
