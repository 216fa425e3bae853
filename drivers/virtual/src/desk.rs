//! A PC/SC service with its two virtual readers and the sample cards, all together.
//!
//! A test takes it for itself:
//!
//! ```no_run
//! # use madoguchi_virtual::desk::at_own_desk;
//! #[test]
//! fn a_card_is_seen() {
//!     at_own_desk(|desk| {
//!         let hanako = desk.card("hanako");
//!         desk.readers[0].insert(hanako);
//!         // … anything that speaks PC/SC, in this process or in a child of it
//!     });
//! }
//! ```
//!
//! The test program starts itself again inside namespaces ([`crate::namespace`]) with that one test
//! alone, so each test has a PC/SC service of its own, all run in parallel, and a hanging one is
//! killed. Where namespaces are not permitted and no PC/SC service runs, the tests take turns with a
//! plain one. A running PC/SC service is never touched.

use crate::card::VirtualCard;
use crate::namespace;
use crate::pcsc_service::{PcscService, ServiceError};
use crate::reader::VirtualReader;
use crate::sample::{Application, SampleCard, SampleError};
use std::any::type_name_of_val;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A security module answers to power like any card with contacts; invented.
const SECURITY_MODULE_ATR: [u8; 9] = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];

/// A test at a desk of its own is given up after this.
const TEST_LIMIT: Duration = Duration::from_mins(2);

/// Why a desk could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The PC/SC service.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The sample cards.
    #[error(transparent)]
    Sample(#[from] SampleError),
}

/// A PC/SC service, its readers, and cards to put on them. Readers stand before the service so that
/// cards leave before it ends.
pub struct Desk {
    /// The slots, in the order of [`crate::pcsc_service::READERS`].
    pub readers: Vec<VirtualReader>,
    /// The PC/SC service.
    pub service: PcscService,
    /// The slot of a reader's own security module, where such a reader is plugged in.
    security_module: Option<VirtualReader>,
    samples: BTreeMap<String, SampleCard>,
    cards: PathBuf,
}

impl Desk {
    /// Starts a PC/SC service in this process's namespaces, with its files in `directory`.
    pub fn set_up(directory: &Path, cards: &Path) -> Result<Self, DeskError> {
        let samples = SampleCard::load_all(cards)?;
        let service = PcscService::start(directory, &namespace::vpcd_driver())?;
        let readers = PcscService::slots().map(VirtualReader::at).collect();
        Ok(Self { readers, service, security_module: None, samples, cards: cards.to_path_buf() })
    }

    /// Plugs in a reader with a security module: a card always lies in its slot, and it is nobody's.
    pub fn plug_security_module(&mut self) -> Result<(), ServiceError> {
        self.service.plug_security_module()?;
        let mut module = VirtualReader::at(PcscService::security_module_slot());
        module.insert(VirtualCard::of(&SampleCard {
            id: "security-module".to_owned(),
            name: "a security module".to_owned(),
            atr: SECURITY_MODULE_ATR.to_vec(),
            application: Application::Others(Vec::new()),
        }));
        self.security_module = Some(module);
        Ok(())
    }

    /// Takes every card away and stops the PC/SC service.
    pub fn clear_away(&mut self) -> Result<(), ServiceError> {
        self.readers.clear();
        self.security_module = None;
        self.service.stop()
    }

    /// The sample cards, by id.
    pub fn samples(&self) -> &BTreeMap<String, SampleCard> {
        &self.samples
    }

    /// The folder of a sample card.
    pub fn folder(&self, id: &str) -> PathBuf {
        self.cards.join(id)
    }

    /// A fresh card of a sample.
    ///
    /// # Panics
    ///
    /// Where there is no such sample: a test names one that does not exist.
    #[allow(clippy::panic)]
    pub fn card(&self, id: &str) -> VirtualCard {
        match self.samples.get(id) {
            Some(sample) => VirtualCard::of(sample),
            None => panic!("no sample card {id} in {}", self.cards.display()),
        }
    }
}

/// The sample cards of this source tree.
pub fn fixture_cards() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cards")
}

/// Runs a test with a desk of its own; see the module's header.
///
/// # Panics
///
/// Where the test fails, hangs or cannot have a desk.
#[allow(clippy::expect_used)]
pub fn at_own_desk<F: FnOnce(&mut Desk)>(test: F) {
    if let Some(directory) = namespace::inside() {
        let mut desk = Desk::set_up(&directory, &fixture_cards()).expect("a desk");
        test(&mut desk);
    } else if namespace::permitted() {
        run_again_inside(&test_name(&test));
    } else {
        let _turn = turn();
        let directory = tempfile::tempdir().expect("a directory");
        let mut desk = Desk::set_up(directory.path(), &fixture_cards()).expect("a desk");
        test(&mut desk);
    }
}

/// A turn at this computer's only PC/SC service, for whoever has no namespaces; it ends when it is
/// dropped.
///
/// # Panics
///
/// Where the system's directory for temporary files cannot be written.
#[allow(clippy::expect_used)]
pub fn turn() -> File {
    let turn = File::create(std::env::temp_dir().join("madoguchi-virtual.lock")).expect("a lock file");
    turn.lock().expect("a turn");
    turn
}

/// The test's name for `--exact`: a closure's type is named after the function it stands in.
fn test_name<F>(test: &F) -> String {
    let path = type_name_of_val(test);
    let path = path.strip_suffix("::{{closure}}").unwrap_or(path);
    path.split_once("::").map_or(path, |(_program, test)| test).to_owned()
}

#[allow(clippy::expect_used, clippy::panic)]
fn run_again_inside(test: &str) {
    let directory = tempfile::tempdir().expect("a private directory");
    let program = std::env::current_exe().expect("the test program");
    let mut child = namespace::command(&program, directory.path())
        .args(["--exact", test, "--nocapture", "--include-ignored"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("unshare");
    let said = said_within(&mut child, TEST_LIMIT);
    let status = child.wait().expect("the test's end");
    let said = said.unwrap_or_else(|| format!("{test} did not end within {TEST_LIMIT:?}"));
    let ran = said.contains("test result: ok. 1 passed");
    assert!(status.success() && ran, "{said}");
}

/// What a child says until it ends; `None` and its death when that takes too long.
fn said_within(child: &mut Child, limit: Duration) -> Option<String> {
    let (sender, heard) = mpsc::channel();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|out| Box::new(out) as _),
        child.stderr.take().map(|err| Box::new(err) as _),
    ];
    for mut stream in streams.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || {
            let mut text = Vec::new();
            // What was said before a broken pipe still counts.
            let _ = stream.read_to_end(&mut text);
            let _ = sender.send(String::from_utf8_lossy(&text).into_owned());
        });
    }
    drop(sender);
    let mut said = String::new();
    for _ in 0..2 {
        let Ok(text) = heard.recv_timeout(limit) else {
            // Ended already is as good.
            let _ = child.kill();
            return None;
        };
        said.push_str(&text);
    }
    Some(said)
}
