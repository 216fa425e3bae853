//! The commands of `madoguchi-cloud`.

mod account;
mod issuer;
mod keeping;
mod keys;
mod site;
mod street;
mod terminal;
mod ticket;

use clap::{Args, Parser, Subcommand};
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::{Address, Database, NotAServer};
use madoguchi_cloud::ledger::Ledger;
use madoguchi_cloud::settings::{Overrides, SettingsFile};
use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The backend of Madoguchi: identity, terminals and the ledger of points.
#[derive(Parser)]
#[command(name = "madoguchi-cloud", version)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where things are.
#[derive(Args)]
pub(crate) struct Place {
    /// The settings file (TOML).
    #[arg(long, global = true, env = "MADOGUCHI_CLOUD_SETTINGS")]
    settings: Option<PathBuf>,
    /// The database, instead of the settings' one: a file, or `postgres://…`.
    #[arg(long, global = true, env = "MADOGUCHI_CLOUD_DATABASE", hide_env_values = true)]
    // Read when it is needed: what cannot be read at once is quoted by the command line's reader, and an
    // address may hold a password.
    database: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until told to end.
    Serve {
        /// Where to listen, instead of the settings' address.
        #[arg(long)]
        listen: Option<SocketAddr>,
        /// The key-encryption key's file, instead of the settings' one.
        #[arg(long)]
        key_file: Option<PathBuf>,
        /// The folder of the authorities whose cards may sign, instead of the settings' one.
        #[arg(long)]
        trust_anchors: Option<PathBuf>,
        /// A demonstration's file of answers, such as `fixtures/authority/answers.toml`: it stands in for the
        /// certificate authority.
        #[arg(long, requires = "demo")]
        authority: Option<PathBuf>,
        /// A demonstration: takes the published sample cards, makes its own key, listens on this
        /// computer only.
        #[arg(long)]
        demo: bool,
        /// A training cloud: its points are worth nothing, and terminals speak to it in training only. Its
        /// database stays a training cloud's for ever.
        #[arg(long)]
        training: bool,
    },
    /// Bring the database's schema up to date.
    Migrate,
    /// Prove every book from its entries; fails, and says what does not hold, if one is not right.
    CheckBooks,
    /// The key that protects the cloud's other keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Example data.
    #[command(subcommand)]
    Demo(keeping::Demo),
    /// Municipalities and prefectures.
    #[command(subcommand)]
    Municipality(issuer::Municipality),
    /// Currencies.
    #[command(subcommand)]
    Currency(issuer::Currency),
    /// Sites where points are used.
    #[command(subcommand)]
    Site(site::Site),
    /// ID providers.
    #[command(subcommand)]
    IdProvider(issuer::IdProvider),
    /// Shopping streets that points are merged into.
    #[command(subcommand)]
    Street(street::Street),
    /// Terminals.
    #[command(subcommand)]
    Terminal(terminal::Terminal),
    /// Point tickets.
    #[command(subcommand)]
    Ticket(ticket::Ticket),
    /// Persons.
    #[command(subcommand)]
    Person(account::Person),
    /// Give points to a person.
    Grant(account::Grant),
    /// What a person can use.
    Balances(account::Balances),
    /// The lines of a person's account.
    Statement(account::Statement),
}

type Outcome = Result<(), Box<dyn Error>>;

pub(crate) async fn run(command_line: CommandLine) -> Outcome {
    let CommandLine { place, command } = command_line;
    match command {
        Command::Serve { listen, key_file, trust_anchors, authority, demo, training } => {
            let database = place.database()?;
            let overrides =
                Overrides { listen, key_file, trust_anchors, authority, demo, training, database };
            keeping::serve(&place, overrides).await
        }
        Command::Migrate => place.open().map(|_| println!("the schema is up to date")),
        Command::CheckBooks => keeping::check_books(&place.open()?).await,
        Command::Keys(keys) => keys.run(&place).await,
        Command::Demo(demo) => demo.run(&place.ledger()?).await,
        Command::Municipality(municipality) => municipality.run(&place.open()?).await,
        Command::Currency(currency) => currency.run(&place.open()?).await,
        Command::Site(site) => site.run(&place.open()?).await,
        Command::IdProvider(provider) => provider.run(&place.open()?).await,
        Command::Street(street) => street.run(&place).await,
        Command::Terminal(terminal) => terminal.run(&place.open()?).await,
        Command::Ticket(ticket) => ticket.run(&place.open()?).await,
        Command::Person(person) => person.run(&place.open()?).await,
        Command::Grant(grant) => grant.run(&place.ledger()?).await,
        Command::Balances(balances) => balances.run(&place.open()?).await,
        Command::Statement(statement) => statement.run(&place.open()?).await,
    }
}

impl Place {
    fn settings_file(&self) -> Result<SettingsFile, Box<dyn Error>> {
        Ok(SettingsFile::read(self.settings.as_deref())?)
    }

    /// The database that is named instead of the settings' one.
    fn database(&self) -> Result<Option<Address>, NotAServer> {
        self.database.as_deref().map(str::parse).transpose()
    }

    fn open(&self) -> Result<Database, Box<dyn Error>> {
        let overrides = Overrides { database: self.database()?, ..Overrides::default() };
        Ok(Database::open(self.settings_file()?.database(&overrides)?)?)
    }

    fn ledger(&self) -> Result<Ledger, Box<dyn Error>> {
        Ok(Ledger::new(self.open()?, Clock::System))
    }
}
