//! The running counter over stand-ins for every device and a cloud in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod address_notices;
mod card;
mod card_descriptions;
mod clearing;
mod clock;
mod cloud;
mod day_close;
mod desk_book;
mod examine_reader;
mod last_operation;
mod library_card;
mod merging;
mod pin;
mod place;
mod printer;
mod programs;
mod receipt;
mod registration;
mod resident_screen;
mod service_ids;
mod session;
mod settings;
mod shop;
mod sign_in;
mod street_card;
mod ticket_book;
mod ticket_series;
mod tickets;
mod training;
mod use_points;
mod waiting_scans;
