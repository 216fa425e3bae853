//! Keeping the cloud: serving, proving the books, example data.

use super::{Outcome, Place};
use clap::Subcommand;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::cloud::{Cloud, Conduct};
use madoguchi_cloud::database::{Address, Database};
use madoguchi_cloud::identity::authority::{CertificateAuthority, ExampleAuthority};
use madoguchi_cloud::keys::{KeyEncryptionKey, make_key_file};
use madoguchi_cloud::ledger::{Ledger, check};
use madoguchi_cloud::operator::example;
use madoguchi_cloud::settings::{Overrides, Settings};
use madoguchi_cloud::{founding, logging, serve, trust_anchors};
use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

/// `demo …`
#[derive(Subcommand)]
pub(super) enum Demo {
    /// Take in example data; a second time changes nothing.
    Seed {
        /// The file, such as `fixtures/demo/kawasaki.toml`.
        file: PathBuf,
    },
}

impl Demo {
    pub(super) async fn run(self, ledger: &Ledger) -> Outcome {
        let Self::Seed { file } = self;
        example::seed(ledger, &file, Clock::System.now_ms()).await?;
        println!("the example data is in");
        Ok(())
    }
}

/// The books do not hold.
#[derive(Debug, thiserror::Error)]
#[error("the books are not right: {0} violations")]
struct BooksNotRight(usize);

pub(super) async fn check_books(database: &Database) -> Outcome {
    let report = database.read(check::check_books).await?;
    for book in &report.books {
        println!("{book}");
    }
    for violation in &report.violations {
        eprintln!("{violation}");
    }
    if report.is_clean() { Ok(()) } else { Err(Box::new(BooksNotRight(report.violations.len()))) }
}

pub(super) async fn serve(place: &Place, overrides: Overrides) -> Outcome {
    logging::start();
    let settings = place.settings_file()?.resolve(overrides)?;
    let anchors = trust_anchors::load(settings.trust_anchors.as_deref(), settings.demo)?;
    tracing::info!(trust_anchors = anchors.len(), "starting");
    let authority = settings.authority.as_deref().map(ExampleAuthority::read).transpose()?;
    let authority = authority.map(|authority| Arc::new(authority) as Arc<dyn CertificateAuthority>);
    let key = key_encryption_key(&settings)?;
    let conduct = Conduct {
        name: settings.name.clone(),
        clock: Clock::System,
        behind_proxy: settings.behind_proxy,
        demo: settings.demo,
        training: settings.training,
        trust_anchors: anchors,
        authority,
        per_minute: settings.per_minute,
    };
    let cloud = Arc::new(Cloud::open(settings.database.clone(), &key, conduct)?);
    founding::stands(&cloud.database, cloud.training).await?;
    serve::until_told_to_end(cloud, &settings).await?;
    Ok(())
}

/// The key from outside; a demonstration without one makes its own beside its database file.
fn key_encryption_key(settings: &Settings) -> Result<KeyEncryptionKey, Box<dyn Error>> {
    let credentials = env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let mut key_file = settings.key_file.clone();
    if let (true, None, Address::File(database)) = (settings.demo, &key_file, &settings.database) {
        let own = database.with_extension("key");
        if !own.exists() {
            make_key_file(&own)?;
        }
        key_file = Some(own);
    }
    Ok(KeyEncryptionKey::load(credentials.as_deref(), key_file.as_deref())?)
}
