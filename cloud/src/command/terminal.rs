//! Terminals: handing out, releasing, suspending, functions. A password is printed once, here.

use super::Outcome;
use super::issuer::{issuer_code, terminal_id};
use clap::Subcommand;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::{self, Database};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::identity::terminal::{parse_function, parse_kind};
use madoguchi_cloud::operator::terminal::NewTerminal;
use madoguchi_cloud::operator::{OperatorError, terminal};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId, TerminalKind};

/// `terminal …`
#[derive(Subcommand)]
pub(super) enum Terminal {
    /// Add a terminal; prints its ID and its password, once.
    Add {
        /// The municipality's 6-digit code.
        #[arg(long, value_parser = issuer_code)]
        municipality: IssuerCode,
        /// The site's number.
        #[arg(long)]
        site: i64,
        /// `service_id_counter`, `point_use_counter`, `ticket_issuer` or `grant_desk`.
        #[arg(long, value_parser = kind)]
        kind: TerminalKind,
        /// Its ID; the next free one if left out.
        #[arg(long, value_parser = terminal_id)]
        id: Option<TerminalId>,
        /// Its ID provider is a shopping street.
        #[arg(long)]
        street: bool,
    },
    /// Release a terminal for a new registration; prints its new password, once.
    Release {
        /// Its ID.
        #[arg(value_parser = terminal_id)]
        id: TerminalId,
    },
    /// Suspend a terminal.
    Suspend {
        /// Its ID.
        #[arg(value_parser = terminal_id)]
        id: TerminalId,
    },
    /// Let a suspended terminal in again.
    Resume {
        /// Its ID.
        #[arg(value_parser = terminal_id)]
        id: TerminalId,
    },
    /// Delete a terminal; its history stays.
    Delete {
        /// Its ID.
        #[arg(value_parser = terminal_id)]
        id: TerminalId,
    },
    /// Set what a terminal may do.
    Functions {
        /// Its ID.
        #[arg(value_parser = terminal_id)]
        id: TerminalId,
        /// `service_ids`, `use_points`, `issue_tickets`, `clear_tickets`, `clear_tickets_for_others`,
        /// `merge_points`, `own_totals`, `grant`.
        #[arg(value_parser = function)]
        functions: Vec<TerminalFunction>,
    },
}

fn kind(text: &str) -> Result<TerminalKind, String> {
    parse_kind(text).ok_or_else(|| "no such kind".to_owned())
}

fn function(text: &str) -> Result<TerminalFunction, String> {
    parse_function(text).ok_or_else(|| "no such function".to_owned())
}

impl Terminal {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        match self {
            Self::Add { municipality, site, kind, id, street } => {
                let site = SiteId(site);
                add(database, NewTerminal { id, municipality, site, kind, of_a_street: street }).await
            }
            Self::Release { id } => release(database, id).await,
            Self::Suspend { id } => {
                let now_ms = Clock::System.now_ms();
                change(database, move |write| terminal::suspend(write, id, now_ms)).await
            }
            Self::Resume { id } => change(database, move |write| terminal::resume(write, id)).await,
            Self::Delete { id } => {
                let now_ms = Clock::System.now_ms();
                change(database, move |write| terminal::delete(write, id, now_ms)).await
            }
            Self::Functions { id, functions } => {
                change(database, move |write| terminal::set_functions(write, id, &functions)).await
            }
        }
    }
}

async fn add(database: &Database, new: NewTerminal) -> Outcome {
    let password = TerminalPassword::generate()?;
    let handed_out = password.clone();
    let id = database
        .write(move |write| terminal::add(write, &new, &password))
        .await
        .map_err(OperatorError::from)?;
    print_once(id, &handed_out);
    Ok(())
}

async fn release(database: &Database, id: TerminalId) -> Outcome {
    let password = TerminalPassword::generate()?;
    let handed_out = password.clone();
    let now_ms = Clock::System.now_ms();
    change(database, move |write| terminal::release(write, id, &password, now_ms)).await?;
    print_once(id, &handed_out);
    Ok(())
}

async fn change(
    database: &Database,
    change: impl FnOnce(&database::Connection) -> Result<(), OperatorError> + Send + 'static,
) -> Outcome {
    database.write(change).await.map_err(OperatorError::from)?;
    Ok(())
}

fn print_once(id: TerminalId, password: &TerminalPassword) {
    println!("{id} {}", password.expose());
}
