//! Sites: adding them, and whether they take point tickets.

use super::Outcome;
use super::issuer::issuer_code;
use clap::{Subcommand, ValueEnum};
use madoguchi_cloud::database::Database;
use madoguchi_cloud::operator::{OperatorError, site};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::site::SiteId;

/// `site …`
#[derive(Subcommand)]
pub(super) enum Site {
    /// Add a site; one of the same name is the same site. Prints its number.
    Add {
        /// The municipality's 6-digit code.
        #[arg(value_parser = issuer_code)]
        municipality: IssuerCode,
        /// The site's name.
        name: String,
    },
    /// Say whether a site takes point tickets: with its stamp one can be cleared. It needs no terminal.
    TakesTickets {
        /// The site's number.
        site: i64,
        /// Whether it does.
        #[arg(value_enum)]
        answer: YesNo,
    },
}

/// `yes` or `no`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum YesNo {
    Yes,
    No,
}

impl Site {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        match self {
            Self::Add { municipality, name } => {
                let added = database.write(move |write| site::add(write, municipality, &name)).await;
                println!("{}", added.map_err(OperatorError::from)?.0);
            }
            Self::TakesTickets { site, answer } => {
                let takes = answer == YesNo::Yes;
                let said = database.write(move |write| site::set_takes_tickets(write, SiteId(site), takes));
                said.await.map_err(OperatorError::from)?;
            }
        }
        Ok(())
    }
}
