use super::*;
use crate::clock::Pending;
use crate::cloud::{AddressFault, CloudAddress, CloudLine, CloudLines, LineFault, Message, Reply};
use crate::counter::{Drivers, Folders, Parts};
use crate::place;
use crate::settings::Preferences;
use crate::store::{Mains, Registered, Store, StoreKey};
use madoguchi_domain::fingerprint::measure;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_doubles::{
    Desk, MemoryClipboard, MemoryFolders, MemoryKeyboard, MemoryVault, PaperTray, WrittenSources,
};
use madoguchi_port::device::FingerprintSources;
use madoguchi_port::vault::Vault;
use madoguchi_wire::terminal_api::{OperationDone, OperationKind};
use madoguchi_wire::window::{DeviceState, Devices, OperationState};
use serde_json::{Value, json};
use std::sync::Mutex;

/// A cloud that says yes to everything. While it does, the disk fills up.
struct Yes {
    store: Mutex<Option<Arc<Store>>>,
}

impl Yes {
    /// SQLite's own limit stands in for a full disk: the error is the same.
    fn fill_the_disk(&self) {
        if let Some(store) = &*lock(&self.store) {
            limit_pages(store, None);
        }
    }
}

fn limit_pages(store: &Store, limit: Option<i64>) {
    store
        .read(|read| {
            let pages: i64 = read.pragma_query_value(None, "page_count", |row| row.get(0))?;
            read.pragma_update(None, "max_page_count", limit.unwrap_or(pages))
        })
        .unwrap();
}

impl CloudLine for Yes {
    fn carry(&self, message: Message) -> Pending<'_, Result<Reply, LineFault>> {
        let answer: Value = match message.route {
            "request_challenge" => {
                json!({ "challenge": "00".repeat(32), "cloud_name": "kawasaki", "training": false })
            }
            "open_session" => json!({
                "token": "token", "expires_at_ms": 900_000, "cloud_time_ms": 0,
                "profile": {
                    "terminal": "14130001", "municipality": "141305", "municipality_name": "川崎市",
                    "site": 1, "site_name": "やまだ八百屋", "kind": "point_use_counter",
                    "functions": [], "currencies": [], "limits": { "per_use": 1, "per_day": 1 },
                },
            }),
            _ => {
                self.fill_the_disk();
                serde_json::to_value(OperationAnswer::Done(OperationDone {
                    kind: OperationKind::Use,
                    // Long enough to need pages of its own.
                    number: "9".repeat(20_000),
                    at_ms: 0,
                    accounts: Vec::new(),
                    voided_number: None,
                    ticket: None,
                    cleared: None,
                    day_close: None,
                    merge: None,
                }))
                .unwrap()
            }
        };
        Box::pin(async move { Ok(Reply { status: 200, body: answer.to_string().into_bytes() }) })
    }
}

struct Lines(Arc<Yes>);

impl CloudLines for Lines {
    fn open(&self, _address: &CloudAddress) -> Result<Arc<dyn CloudLine>, AddressFault> {
        Ok(Arc::clone(&self.0) as Arc<dyn CloudLine>)
    }
}

/// A counter whose registration stands in the store already.
fn registered(folder: &std::path::Path, cloud: &Arc<Yes>) -> (Arc<Running>, Arc<Store>) {
    let vault = Arc::new(MemoryVault::default());
    let sources = Arc::new(WrittenSources::of_pc("the counter"));
    let desk = Desk::default();
    let drivers = Drivers {
        readers: Arc::new(desk.clone()),
        usb: Arc::new(desk.clone()),
        card: Arc::new(desk.clone()),
        felica: Arc::new(desk),
        vault: Arc::clone(&vault) as _,
        clipboard: Arc::new(MemoryClipboard::default()),
        keyboard: Arc::new(MemoryKeyboard::default()),
        sources: Arc::clone(&sources) as _,
        drop_folders: Arc::new(MemoryFolders::default()),
        printer: Arc::new(PaperTray::default()),
    };
    let folders = Folders {
        data: folder.into(),
        settings: folder.into(),
        settings_for_all: None,
        papers: folder.into(),
    };
    let mut parts = Parts::new(drivers, folders);
    parts.lines = Arc::new(Lines(Arc::clone(cloud)));
    let store = Arc::new(Store::open(folder, &*parts.entropy, Arc::new(Mains)).unwrap());
    vault.put("device", &[1; 32]).unwrap();
    vault.put("store", &[2; 32]).unwrap();
    let row = Registered {
        id: 0,
        cloud_name: "kawasaki".into(),
        terminal: TerminalId::parse("14130001").unwrap(),
        generation: 1,
        device_key: "device".into(),
        store_key: "store".into(),
        profile: None,
    };
    let digests = measure(&sources.read()).unwrap().digests;
    let key = StoreKey::new("store", &[2; 32]).unwrap();
    store.register(&*parts.entropy, &row, &key, &digests).unwrap();
    let opened = Ok(Arc::clone(&store));
    let standing = place::look(&parts, &opened);
    let preferences = Preferences::read(&parts.folders, &*parts.lines);
    let looking = DeviceState::Looking;
    let devices = Devices {
        reader: looking.clone(),
        printer: looking.clone(),
        network: looking,
        resident_screen: None,
        clock_off_s: None,
    };
    (Arc::new(Running::new(parts, opened, preferences, standing, devices)), store)
}

fn intent(running: &Running) -> Intent {
    Intent {
        key: running.new_key().unwrap(),
        kind: OperationKind::Use,
        voids: None,
        ticket: None,
        points: 1,
        pressed_at_ms: 0,
        masked_mykey_id: String::new(),
        currencies: Vec::new(),
        signature: None,
        answer: None,
        problem: None,
        acknowledged: false,
        printed: 0,
        series: None,
        file_put: false,
        staff_name: None,
    }
}

async fn carry_out(running: &Arc<Running>) -> Result<LastOperation, Failure> {
    let intent = intent(running);
    let request =
        UsePointsRequest { key: intent.key, visit: String::new(), parts: Vec::new(), signature: None };
    running.carry_out(intent, Request::Use(request)).await
}

#[tokio::test]
async fn a_fate_that_a_full_disk_does_not_take_is_told_and_written_before_the_next_operation() {
    let folder = tempfile::tempdir().unwrap();
    let cloud = Arc::new(Yes { store: Mutex::default() });
    let (running, store) = registered(folder.path(), &cloud);
    *lock(&cloud.store) = Some(Arc::clone(&store));

    let told = carry_out(&running).await.unwrap();
    assert!(matches!(told.state, OperationState::Done { .. }), "the cloud's word is final");
    let journal = running.journal().unwrap();
    assert!(journal.open().unwrap().is_some(), "the disk did not take it");

    let refused = carry_out(&running).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StoreNotWritable, "nothing is sent while the disk is full");
    assert_eq!(running.operation.last().map(|last| last.key), Some(told.key));

    *lock(&cloud.store) = None;
    limit_pages(&store, Some(1_000_000));
    let next = carry_out(&running).await.unwrap();
    assert!(matches!(next.state, OperationState::Done { .. }));
    let first = journal.get(told.key).unwrap().unwrap();
    assert!(matches!(first.answer, Some(OperationAnswer::Done(_))), "what was owed is written");
    running.stop();
}
