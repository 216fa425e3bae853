//! The cloud of a run: the shipped router over the shipped store, and how it dies. How a commit fails is
//! brought about in the database itself ([`super::store`]); nothing of the cloud is replaced.

use super::line::Letter;
use super::stillness;
use super::store::{Store, WriteFault};
use super::time::Time;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Method, Request};
use madoguchi_cloud::cloud::{Cloud, Conduct};
use madoguchi_cloud::database::Connection;
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::keys::wrapped::street::MergeProfile;
use madoguchi_cloud::keys::wrapped::{self, KeyTrouble, OpenKey, WrappedFor, Wrapping};
use madoguchi_cloud::operator::{OperatorError, id_provider, street};
use madoguchi_cloud::terminal_api::{PerMinute, router};
use madoguchi_cloud::trust_anchors;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::merge_file::MergeRecord;
use madoguchi_postgres::End;
use madoguchi_terminal::cloud::Reply;
use madoguchi_wire::terminal_api::{TOKEN_SCHEME, route};
use std::convert::Infallible;
use std::fs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::Service;

/// The name by which terminals know it.
const NAME: &str = "cloud.simulated.example";
/// Its key-encryption key.
const KEY: [u8; 32] = [0x5E; 32];
/// The longest answer that is read.
const LONGEST_REPLY: usize = 8 * 1024 * 1024;

/// What dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// The cloud.
    Cloud,
    /// The server under it; the cloud lives on and has to find it again.
    Server(End),
    /// Both.
    CloudAndServer(End),
}

/// A running cloud.
pub struct CloudProcess {
    store: Store,
    time: Time,
    running: Option<(Arc<Cloud>, Router)>,
}

impl CloudProcess {
    /// Starts a cloud on this database.
    pub fn start(store: Store, time: &Time) -> Self {
        let mut process = Self { store, time: time.clone(), running: None };
        process.open();
        process
    }

    /// The open cloud.
    pub fn cloud(&self) -> &Arc<Cloud> {
        &self.running.as_ref().expect("the cloud runs between two crashes").0
    }

    /// Its database.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Look-ups are noted down after their answer: what dies later has them or not by chance, and a run
    /// knows no chance but its own.
    pub async fn finishes_what_nobody_waits_for(&self) {
        stillness::comes().await;
        let nothing = |_: &Connection| Ok::<(), Infallible>(());
        self.cloud().database.write(nothing).await.expect("a database that writes");
    }

    /// Something dies and comes back with what it finds.
    pub fn crash(&mut self, death: Death) {
        if let Death::Cloud | Death::CloudAndServer(_) = death {
            let left_behind = self.store.is_left_by_the_dead();
            self.running = None;
            if let Some(folder) = left_behind {
                fs::remove_dir_all(folder).expect("the old life's folder");
            }
        }
        if let Death::Server(how) | Death::CloudAndServer(how) = death {
            self.store.server_is_lost(how);
        }
        if self.running.is_none() {
            self.open();
        }
    }

    /// Ends, and leaves its database.
    pub fn close(self) -> Store {
        drop(self.running);
        self.store
    }

    /// Dies and comes back with the files that lay there at an earlier moment.
    pub fn crash_back_to(&mut self, earlier: &Path) {
        self.running = None;
        self.store.goes_back_to(earlier);
        self.open();
    }

    /// Carries a letter to the router and brings back its answer.
    pub async fn answer(&self, letter: &Letter) -> Reply {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(route(letter.route))
            .header(CONTENT_TYPE, "application/json");
        if let Some(token) = &letter.token {
            request = request.header(AUTHORIZATION, format!("{TOKEN_SCHEME}{token}"));
        }
        let request = request.body(Body::from(letter.body.clone())).expect("a request");
        let mut router = self.running.as_ref().expect("the cloud runs between two crashes").1.clone();
        let response = router.call(request).await.unwrap_or_else(|never| match never {});
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), LONGEST_REPLY).await.expect("an answer in memory");
        Reply { status, body: body.to_vec() }
    }

    /// From now on every operation that is written fails in this way.
    pub async fn break_writing(&self, fault: WriteFault) {
        self.on_the_writing_connection(self.store.engine().breaking(fault)).await;
    }

    /// Writing works again.
    pub async fn mend_writing(&self) {
        self.on_the_writing_connection(self.store.engine().mending().to_owned()).await;
    }

    /// Runs statements where the cloud writes.
    pub async fn on_the_writing_connection(&self, statements: String) {
        let done = self.cloud().database.write(move |write| write.execute_batch(&statements)).await;
        done.expect("statements of the run itself");
    }

    fn open(&mut self) {
        let conduct = Conduct {
            name: NAME.into(),
            clock: self.time.for_the_cloud(),
            behind_proxy: false,
            // The residents' cards are the published samples, or made after them.
            demo: true,
            training: false,
            trust_anchors: trust_anchors::load(Some(&authorities()), true).expect("the test authorities"),
            authority: None,
            // Rates are counted in real time, which has no place in a run.
            per_minute: PerMinute { look_ups: NonZeroU32::MAX, unproven: NonZeroU32::MAX },
        };
        let key = KeyEncryptionKey::from_bytes(KEY);
        let cloud = Cloud::open(self.store.address(), &key, conduct).expect("a cloud on its database");
        let cloud = Arc::new(cloud);
        self.running = Some((Arc::clone(&cloud), router(cloud)));
    }
}

/// The key under which the tags of an issuer's tickets are made, with its number.
pub async fn tag_key(process: &CloudProcess, issuer: IssuerCode) -> (OpenKey, u32) {
    let wrapping = Wrapping::by(&KeyEncryptionKey::from_bytes(KEY));
    let now_ms = process.time.cloud_ms();
    let made = process.cloud().database.write(move |write| -> Result<_, KeyTrouble> {
        let key = wrapped::made_in_use(write, &wrapping, WrappedFor::TicketTag(issuer), now_ms)?;
        Ok((wrapping.open(&key)?.ok_or(KeyTrouble::Damaged)?, key.number))
    });
    made.await.expect("a key of the run's own cloud")
}

/// The street that points are merged into, made known to a new cloud; its key sheet.
pub async fn street_sheet(process: &CloudProcess, municipality: IssuerCode, street: IdProviderId) -> String {
    let now_ms = process.time.cloud_ms();
    let made = process.cloud().database.write(move |write| -> Result<_, OperatorError> {
        let wrapping = Wrapping::by(&KeyEncryptionKey::from_bytes(KEY));
        id_provider::add(write, municipality, street.as_str(), "銀座街", true)?;
        let number = street::make_key(write, &wrapping, street, now_ms)?;
        Ok(street::export_key(write, &wrapping, street, (number, None), now_ms)?.text().to_string())
    });
    made.await.expect("a street that the cloud takes")
}

/// The file of a merge, sealed anew.
pub async fn sealed_file(process: &CloudProcess, record: MergeRecord) -> Vec<u8> {
    let sealed = process.cloud().database.read(move |read| -> Result<_, KeyTrouble> {
        let wrapping = Wrapping::by(&KeyEncryptionKey::from_bytes(KEY));
        wrapped::street::seal(read, &wrapping, (super::street::street(), MergeProfile::One), &record)
    });
    sealed.await.expect("a key of the run's own cloud")
}

fn authorities() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/ca")
}
