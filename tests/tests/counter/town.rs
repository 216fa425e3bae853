//! Kawasaki as in the example, with its cloud.

use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::cloud::{Cloud, Conduct};
use madoguchi_cloud::database::Connection;
use madoguchi_cloud::identity::certificate;
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::keys::wrapped::street::MergeProfile;
use madoguchi_cloud::ledger::check::check_books;
use madoguchi_cloud::operator::{self, OperatorError};
use madoguchi_cloud::serve::{self, PlainListener};
use madoguchi_cloud::terminal_api::{self, PerMinute};
use madoguchi_cloud::ticket::guessing;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_doubles::Card;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// 20 November 2026, 14:32 in Japan: the sample certificates are valid, the events run.
const NOW_MS: i64 = 1_795_152_720_000;

pub(crate) struct Town {
    pub(crate) cloud: Arc<Cloud>,
    pub(crate) address: SocketAddr,
    serving: Mutex<Option<JoinHandle<std::io::Result<()>>>>,
    _folder: TempDir,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// The card of a resident of the example.
pub(crate) fn card_of(name: &str) -> Card {
    let file = fixtures().join("cards").join(name).join("auth.crt.pem");
    Card::named(certificate::parse(&std::fs::read(file).unwrap()).unwrap().name)
}

impl Town {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let conduct = Conduct {
            name: "kawasaki".into(),
            clock: Clock::set_to(NOW_MS),
            behind_proxy: false,
            demo: true,
            training: false,
            trust_anchors: Vec::new(),
            authority: None,
            per_minute: PerMinute::default(),
        };
        let key = KeyEncryptionKey::from_bytes([7; 32]);
        let cloud = Arc::new(Cloud::open(&folder.path().join("cloud.sqlite"), &key, conduct).unwrap());
        operator::example::seed(&cloud.ledger, &fixtures().join("demo/kawasaki.toml"), NOW_MS).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let town = Self { cloud, address, serving: Mutex::default(), _folder: folder };
        town.serve(listener);
        town
    }

    fn serve(&self, listener: TcpListener) {
        let router = terminal_api::router(Arc::clone(&self.cloud));
        let served = tokio::spawn(serve::on(PlainListener(listener), router, std::future::pending()));
        *self.serving.lock().unwrap() = Some(served);
    }

    /// Nobody answers at the cloud's address any more.
    pub(crate) fn stops_serving(&self) {
        self.serving.lock().unwrap().take().expect("it serves").abort();
    }

    pub(crate) async fn serves_again(&self) {
        // The port is free as soon as the task that held it is gone.
        let listener = loop {
            match TcpListener::bind(self.address).await {
                Ok(listener) => break listener,
                Err(_) => tokio::task::yield_now().await,
            }
        };
        self.serve(listener);
    }

    pub(crate) async fn suspends(&self, terminal: TerminalId) {
        self.cloud
            .database
            .write(move |write| operator::terminal::suspend(write, terminal, NOW_MS))
            .await
            .unwrap();
    }

    pub(crate) async fn resumes(&self, terminal: TerminalId) {
        self.cloud.database.write(move |write| operator::terminal::resume(write, terminal)).await.unwrap();
    }

    /// The example's street keeps its residents' MyKey IDs itself, or no longer.
    pub(crate) async fn lets_street_keep_mykey_ids(&self, keeps_mykey_ids: bool) {
        let street = IdProviderId::parse("140002").unwrap();
        let set = move |write: &Connection| {
            operator::street::set(write, street, MergeProfile::One, keeps_mykey_ids)
        };
        self.cloud.database.write(set).await.unwrap();
    }

    /// Releases a terminal under a new password.
    pub(crate) async fn releases(&self, terminal: TerminalId, password: &str) {
        let password = TerminalPassword::chosen(password).unwrap();
        self.cloud
            .database
            .write(move |write| -> Result<(), OperatorError> {
                operator::terminal::release(write, terminal, &password, NOW_MS)
            })
            .await
            .unwrap();
    }

    /// Time passes in the cloud.
    pub(crate) fn time_passes(&self, span: Duration) {
        let Clock::Set(at_ms) = &self.cloud.clock else { unreachable!("its clock is set by hand") };
        at_ms.fetch_add(i64::try_from(span.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// The municipality lets a terminal clear tickets again.
    pub(crate) async fn unlocks_tickets(&self, terminal: TerminalId) {
        let (date, now_ms) = (self.cloud.clock.today(), self.cloud.clock.now_ms());
        let unlocked = self
            .cloud
            .database
            .write(move |write| guessing::unlock(write, terminal, date, now_ms))
            .await
            .unwrap();
        assert!(unlocked, "it was locked");
    }

    /// How many typed numbers at a terminal were no ticket's, today.
    pub(crate) async fn misses_at(&self, terminal: TerminalId) -> u32 {
        let today = self.cloud.clock.today();
        let guessed = self.cloud.database.read(move |read| guessing::since(read, today)).await.unwrap();
        guessed.iter().filter(|guessing| guessing.terminal == terminal).map(|guessing| guessing.typed).sum()
    }

    /// The books from their first entry to their last.
    pub(crate) async fn books_are_right(&self) -> bool {
        let checked = self.cloud.database.read(check_books).await;
        checked.unwrap().is_clean()
    }
}
