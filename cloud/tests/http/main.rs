//! The cloud over HTTP, told by its actors: a real listening server on a real database, on
//! SQLite as `http`, on PostgreSQL as `http_on_postgres`.
//!
//! Belongs here: what a terminal sees. Does not belong here: the ledger's inner workings, which have
//! their own tests beside them. One file per route, named as the route.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod acknowledge_merge;
mod actors;
mod address_notices;
mod begin_registration;
mod clear_ticket;
mod clearing_sites;
mod close_day;
mod command_line;
mod disk_full;
mod issue_ticket;
mod killed;
mod killed_at_tickets;
mod list_tickets;
mod look_up_mykey_id;
mod look_up_points;
mod look_up_service_id;
mod look_up_street_card;
mod look_up_ticket;
mod merge_file;
mod merge_points;
mod open_session;
mod openapi;
mod operations;
mod operator;
mod place;
mod process;
mod refund_merge;
mod register_service_id;
mod register_terminal;
mod reissue_ticket;
mod renewed_card;
mod resolve_operation;
mod sign_in;
mod signed_use;
mod site_statement;
mod small_disk;
mod street_commands;
mod ticket_guessing;
mod told_to_end;
mod training;
mod unclear_ticket;
mod use_points;
mod void_ticket;
mod void_use;
