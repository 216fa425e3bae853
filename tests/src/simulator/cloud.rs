//! The cloud of a run: the shipped router over the shipped store, in a folder of its own, and the ways
//! in which it dies.
//!
//! A crash leaves what a killed process leaves: the files as they lie are copied, and the next life
//! begins with the copy, write-ahead log and all. How a commit fails is brought about in the database
//! itself, by a temporary trigger on the one connection that writes; nothing of the cloud is replaced.

use super::files::copy_folder;
use super::line::Letter;
use super::time::Time;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Method, Request};
use madoguchi_cloud::cloud::{Cloud, Conduct};
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::terminal_api::{PerMinute, router};
use madoguchi_terminal::cloud::Reply;
use madoguchi_wire::terminal_api::{TOKEN_SCHEME, route};
use std::fs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::Service;

/// The name by which terminals know it.
const NAME: &str = "cloud.simulated.example";
/// The database's file in the cloud's folder.
pub const DATABASE: &str = "cloud.db";
/// The longest answer that is read.
const LONGEST_REPLY: usize = 8 * 1024 * 1024;

/// How writing fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteFault {
    /// A statement fails: everything is rolled back, and the cloud knows it.
    Statement,
    /// The disk is full; the database rolls back by itself.
    DiskFull,
    /// The commit itself fails, and the cloud does not know what became of it.
    Commit,
}

/// A running cloud.
pub struct CloudProcess {
    folder: PathBuf,
    life: u32,
    time: Time,
    running: Option<(Arc<Cloud>, Router)>,
}

impl CloudProcess {
    /// Starts a cloud whose database lies in this folder, or will.
    pub fn start(folder: &Path, time: &Time) -> Self {
        let mut process = Self { folder: folder.to_owned(), life: 0, time: time.clone(), running: None };
        process.open();
        process
    }

    /// The open cloud.
    pub fn cloud(&self) -> &Arc<Cloud> {
        &self.running.as_ref().expect("the cloud runs between two crashes").0
    }

    /// The database's file.
    pub fn database(&self) -> PathBuf {
        self.life_folder().join(DATABASE)
    }

    /// Dies and comes back with what lay on the disk.
    pub fn crash(&mut self) {
        let left_behind = self.life_folder();
        self.life += 1;
        let found = self.life_folder();
        fs::create_dir_all(&found).expect("a folder for the next life");
        for name in [DATABASE.to_owned(), format!("{DATABASE}-wal")] {
            if left_behind.join(&name).exists() {
                fs::copy(left_behind.join(&name), found.join(&name)).expect("what lay on the disk");
            }
        }
        self.running = None;
        fs::remove_dir_all(left_behind).expect("the old life's folder");
        self.open();
    }

    /// Dies and comes back with what lay on the disk at an earlier moment.
    pub fn crash_back_to(&mut self, earlier: &Path) {
        self.running = None;
        fs::remove_dir_all(self.life_folder()).expect("the old life's folder");
        self.life += 1;
        copy_folder(earlier, &self.life_folder());
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
        let trigger = match fault {
            WriteFault::Statement => "select raise(abort, 'broken by the run')",
            WriteFault::DiskFull => "insert into ballast values (zeroblob(1000000))",
            WriteFault::Commit => "insert into orphan values (1)",
        };
        // A reference that leads nowhere is found out by the commit, not by the statement.
        self.on_the_writing_connection(format!(
            "create temp table if not exists ballast (weight blob);
             pragma temp.max_page_count = 16;
             create temp table if not exists parent (id integer primary key);
             create temp table if not exists orphan
                 (parent integer references parent (id) deferrable initially deferred);
             create temp trigger broken after insert on main.operation begin {trigger}; end;"
        ))
        .await;
    }

    /// Writing works again.
    pub async fn mend_writing(&self) {
        self.on_the_writing_connection("drop trigger if exists temp.broken;".to_owned()).await;
    }

    /// Runs statements where the cloud writes.
    pub async fn on_the_writing_connection(&self, statements: String) {
        let done = self.cloud().database.write(move |write| write.execute_batch(&statements)).await;
        done.expect("statements of the run itself");
    }

    fn life_folder(&self) -> PathBuf {
        self.folder.join(format!("life-{}", self.life))
    }

    fn open(&mut self) {
        fs::create_dir_all(self.life_folder()).expect("a folder for the cloud");
        let conduct = Conduct {
            name: NAME.into(),
            clock: self.time.for_the_cloud(),
            behind_proxy: false,
            // The residents' cards are made after the published samples.
            demo: true,
            trust_anchors: Vec::new(),
            // Rates are counted in real time, which has no place in a run.
            per_minute: PerMinute { look_ups: NonZeroU32::MAX, unproven: NonZeroU32::MAX },
        };
        let key = KeyEncryptionKey::from_bytes([0x5E; 32]);
        let cloud =
            Arc::new(Cloud::open(&self.database(), &key, conduct).expect("a cloud in an empty folder"));
        self.running = Some((Arc::clone(&cloud), router(cloud)));
    }
}

/// Where a cloud's first life is.
pub fn first_life(folder: &Path) -> PathBuf {
    folder.join("life-0")
}
