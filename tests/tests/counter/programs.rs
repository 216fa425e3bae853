//! Other programs on the PC ask the counter for a card: real HTTP over the real loopback interface, the
//! real counter and cloud behind it, and a real browser for pages.

mod asking;
mod borders;
mod browser;
mod events;
mod fairness;
mod held_port;
mod library;
mod mykey_ids;
mod other_user;
mod own_cards;
mod own_street;
