//! Setting up issuers: municipalities, currencies, ID providers.

use super::Outcome;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use madoguchi_cloud::database::Connection;
use madoguchi_cloud::database::Database;
use madoguchi_cloud::operator::currency::ServicePeriod;
use madoguchi_cloud::operator::{OperatorError, currency, id_provider, municipality};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::id_provider::{IdProviderId, NotAnIdProviderId};
use madoguchi_domain::issuer::{IssuerCode, NotAnIssuerCode};
use madoguchi_domain::sign_in::{PasswordAsked, SignInRule, StaffNameAsked};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{NotATerminalId, TerminalId};

/// A municipality's or prefecture's code on the command line.
pub(super) fn issuer_code(text: &str) -> Result<IssuerCode, NotAnIssuerCode> {
    IssuerCode::parse(text)
}

/// A terminal ID on the command line.
pub(super) fn terminal_id(text: &str) -> Result<TerminalId, NotATerminalId> {
    TerminalId::parse(text)
}

/// An ID provider's ID on the command line.
pub(super) fn id_provider_id(text: &str) -> Result<IdProviderId, NotAnIdProviderId> {
    IdProviderId::parse(text)
}

/// `municipality …`
#[derive(Subcommand)]
pub(super) enum Municipality {
    /// Add a municipality or a prefecture, or rename it.
    Add {
        /// Its 6-digit code (全国地方公共団体コード).
        #[arg(value_parser = issuer_code)]
        code: IssuerCode,
        /// Its name.
        name: String,
    },
    /// Set the limits for uses without PIN at its terminals.
    Limits {
        /// Its 6-digit code.
        #[arg(value_parser = issuer_code)]
        code: IssuerCode,
        /// Points per use.
        #[arg(long)]
        per_use: i64,
        /// Points per resident and day.
        #[arg(long)]
        per_day: i64,
    },
    /// Set when the terminal password is asked for at its terminals, and whether a staff name is.
    SignIn {
        /// Its 6-digit code.
        #[arg(value_parser = issuer_code)]
        code: IssuerCode,
        /// Once a day, once a day and at each start, or never.
        #[arg(long, value_enum, default_value_t)]
        every: Every,
        /// Whether whoever signs in says their name.
        #[arg(long, value_enum, default_value_t)]
        staff_name: StaffName,
    },
}

/// `--every …`
#[derive(Clone, Copy, Default, ValueEnum)]
pub(super) enum Every {
    #[default]
    Day,
    Start,
    Never,
}

/// `--staff-name …`
#[derive(Clone, Copy, Default, ValueEnum)]
pub(super) enum StaffName {
    #[default]
    No,
    Optional,
    Required,
}

const fn sign_in_rule(every: Every, staff_name: StaffName) -> SignInRule {
    SignInRule {
        password: match every {
            Every::Day => PasswordAsked::EveryDay,
            Every::Start => PasswordAsked::EveryStart,
            Every::Never => PasswordAsked::Never,
        },
        staff_name: match staff_name {
            StaffName::No => StaffNameAsked::No,
            StaffName::Optional => StaffNameAsked::Optional,
            StaffName::Required => StaffNameAsked::Required,
        },
    }
}

impl Municipality {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        database
            .write(move |write| match self {
                Self::Add { code, name } => municipality::add(write, code, &name),
                Self::Limits { code, per_use, per_day } => {
                    municipality::set_limits(write, code, per_use, per_day)
                }
                Self::SignIn { code, every, staff_name } => {
                    municipality::set_sign_in(write, code, sign_in_rule(every, staff_name))
                }
            })
            .await
            .map_err(OperatorError::from)?;
        Ok(())
    }
}

/// A service period and where the points count.
#[derive(Args)]
pub(super) struct InService {
    /// The first day (YYYY-MM-DD, Japan).
    #[arg(long)]
    first_day: Date,
    /// The last day.
    #[arg(long)]
    last_day: Date,
    /// The terminals where the points count.
    #[arg(long, value_delimiter = ',', value_parser = terminal_id)]
    terminals: Vec<TerminalId>,
    /// Sites without such a terminal for which the points' tickets can be cleared as well.
    #[arg(long, value_delimiter = ',')]
    sites: Vec<i64>,
}

/// `currency …`
#[derive(Subcommand)]
pub(super) enum Currency {
    /// Add a currency; prints its book and its number there.
    #[command(subcommand)]
    Add(NewCurrency),
}

/// `currency add …`
#[derive(Subcommand)]
pub(super) enum NewCurrency {
    /// A municipality's own points.
    Municipal {
        /// Its 6-digit code.
        #[arg(value_parser = issuer_code)]
        issuer: IssuerCode,
        /// The points' name.
        name: String,
    },
    /// The points of a city's or prefecture's event.
    Event {
        /// The issuer's 6-digit code.
        #[arg(value_parser = issuer_code)]
        issuer: IssuerCode,
        /// The points' name.
        name: String,
        #[command(flatten)]
        in_service: InService,
    },
    /// A prefecture's common points.
    Common {
        /// The prefecture's 6-digit code.
        #[arg(value_parser = issuer_code)]
        issuer: IssuerCode,
        /// The points' name.
        name: String,
        #[command(flatten)]
        in_service: InService,
    },
}

impl Currency {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        let Self::Add(new) = self;
        let code = database.write(move |write| new.add(write)).await.map_err(OperatorError::from)?;
        let CurrencyCode { book, number } = code;
        println!("{book} {}", number.0);
        Ok(())
    }
}

impl NewCurrency {
    fn add(self, write: &Connection) -> Result<CurrencyCode, OperatorError> {
        let (code, in_service) = match self {
            Self::Municipal { issuer, name } => return currency::add_municipal(write, issuer, &name),
            Self::Event { issuer, name, in_service } => {
                (currency::add_event(write, issuer, &name, in_service.period())?, in_service)
            }
            Self::Common { issuer, name, in_service } => {
                (currency::add_common(write, issuer, &name, in_service.period())?, in_service)
            }
        };
        currency::allow_at(write, code, &in_service.terminals)?;
        let sites: Vec<SiteId> = in_service.sites.into_iter().map(SiteId).collect();
        currency::allow_at_sites(write, code, &sites)?;
        Ok(code)
    }
}

impl InService {
    const fn period(&self) -> ServicePeriod {
        ServicePeriod { first_day: self.first_day, last_day: self.last_day }
    }
}

/// `id-provider …`
#[derive(Subcommand)]
pub(super) enum IdProvider {
    /// Add an ID provider to its municipality's list, or rename it.
    Add {
        /// The municipality's 6-digit code.
        #[arg(value_parser = issuer_code)]
        municipality: IssuerCode,
        /// Its 6-digit ID.
        id: String,
        /// Its name.
        name: String,
        /// It is a shopping street.
        #[arg(long)]
        street: bool,
    },
    /// Set whether residents may let an ID provider be told that their address is to be checked.
    AddressNotices {
        /// Its 6-digit ID.
        id: String,
        /// It offers them; without this it does not.
        #[arg(long)]
        offer: bool,
    },
    /// How many persons have a service ID of an ID provider now.
    CountServiceIds {
        /// Its 6-digit ID.
        id: String,
    },
}

impl IdProvider {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        match self {
            Self::Add { municipality, id, name, street } => database
                .write(move |write| id_provider::add(write, municipality, &id, &name, street))
                .await
                .map_err(OperatorError::from)?,
            Self::AddressNotices { id, offer } => database
                .write(move |write| id_provider::set_address_notices(write, &id, offer))
                .await
                .map_err(OperatorError::from)?,
            Self::CountServiceIds { id } => {
                let count = database.read(move |read| id_provider::service_ids(read, &id)).await;
                println!("{}", count.map_err(OperatorError::from)?);
            }
        }
        Ok(())
    }
}
