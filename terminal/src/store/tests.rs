use super::*;
use crate::entropy::SystemEntropy;
use crate::journal::{Intent, Journal, NamedCurrency};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::fingerprint::{SourceDigest, SourceName};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::sign_in::StaffName;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::terminal_api::{CardSignature, OperationAnswer, OperationDone, OperationKind, Refusal};
use std::fs;
use std::path::PathBuf;

const MASKED: &str = "MY****56";

fn open(folder: &Path) -> Result<Store, StoreFault> {
    Store::open(folder, &SystemEntropy, Arc::new(Mains))
}

fn terminal() -> TerminalId {
    TerminalId::parse("14130001").unwrap()
}

fn key(byte: u8) -> StoreKey {
    StoreKey::new("the store's key", &[byte; 32]).unwrap()
}

fn registered(id: i64) -> Registered {
    Registered {
        id,
        cloud_name: "kawasaki".into(),
        terminal: terminal(),
        generation: 1,
        device_key: "device".into(),
        store_key: key(1).name().to_owned(),
        profile: None,
    }
}

/// A store with a registration, and the journal of it.
fn with_journal(folder: &Path) -> (Arc<Store>, Journal) {
    let store = Arc::new(open(folder).unwrap());
    let id = match store.registered().unwrap() {
        Some(registered) => registered.id,
        None => store.register(&SystemEntropy, &registered(0), &key(1), &digests()).unwrap(),
    };
    let journal = Journal::new(Arc::clone(&store), Arc::new(SystemEntropy), id, key(1));
    (store, journal)
}

fn digests() -> Vec<SourceDigest> {
    vec![SourceDigest { name: SourceName::MachineId, digest: [7; 32] }]
}

fn operation_key(number: u8) -> OperationKey {
    OperationKey::new(1_700_000_000_000, &[number; 10])
}

fn a_use(number: u8) -> Intent {
    let currency = CurrencyCode { book: BookCode::parse("141305").unwrap(), number: CurrencyNumber(1) };
    Intent {
        key: operation_key(number),
        kind: OperationKind::Use,
        voids: None,
        ticket: None,
        points: 1_500,
        pressed_at_ms: 1_700_000_000_000,
        masked_mykey_id: MASKED.into(),
        currencies: vec![NamedCurrency { currency, name: "川崎市ポイント".into() }],
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

fn done() -> OperationAnswer {
    OperationAnswer::Done(OperationDone {
        kind: OperationKind::Use,
        number: "20261120-15".into(),
        at_ms: 1_700_000_000_500,
        accounts: Vec::new(),
        voided_number: None,
        ticket: None,
        cleared: None,
        day_close: None,
        merge: None,
    })
}

/// Every byte of every file in a folder.
fn bytes_on_disk(folder: &Path) -> Vec<u8> {
    let files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    files.iter().flat_map(|file| fs::read(file).unwrap()).collect()
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn what_was_written_is_there_after_the_program_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (store, journal) = with_journal(folder.path());
    journal.write(&a_use(1)).unwrap();
    let id = store.id().to_owned();
    drop((store, journal));

    let (store, journal) = with_journal(folder.path());
    assert_eq!(store.id(), id);
    assert!(journal.open().unwrap() == Some(a_use(1)));
}

#[test]
fn what_a_card_signed_is_kept_and_readable_by_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, journal) = with_journal(folder.path());
    let signature =
        CardSignature { nonce: "aa".into(), certificate: "the certificate".into(), signature: "bb".into() };
    let signed = Intent { signature: Some(signature), ..a_use(1) };
    journal.write(&signed).unwrap();
    assert!(journal.open().unwrap() == Some(signed));
    assert!(!holds(&bytes_on_disk(folder.path()), "the certificate"));
}

#[test]
fn a_store_of_an_earlier_version_is_brought_up_with_all_it_holds() {
    let to_thirteenth = "alter table pile_paper drop column changed;";
    let to_twelfth = format!("{to_thirteenth} alter table pairing drop column own_cards;");
    let to_eleventh = "create table merge_reception_11 (key text not null, reception text not null
         check (reception in ('received', 'unknown_member', 'other_content')), primary key (key, reception)) strict;
         insert into merge_reception_11 select * from merge_reception; drop table merge_reception;
         alter table merge_reception_11 rename to merge_reception;";
    let to_eleventh = format!("{to_twelfth} {to_eleventh}");
    let to_tenth = format!("{to_eleventh} alter table pairing drop column learns;");
    let to_ninth = format!("{to_tenth} drop table merge_reception;");
    let to_eighth =
        format!("{to_ninth} drop index intent_of_merges; alter table intent drop column file_put;");
    let to_seventh = format!(
        "{to_eighth} drop index intent_of_series; alter table intent drop column series_wanted;
         alter table intent drop column series;"
    );
    let to_sixth = format!("{to_seventh} drop table pairing;");
    let to_fifth = format!("{to_sixth} drop table pile_paper;");
    let to_fourth = format!("{to_fifth} drop table day_close_paper; alter table intent drop column ticket;");
    let to_third = format!("{to_fourth} drop table scan; drop table pile;");
    let to_second = format!("{to_third} drop table sign_in; alter table intent drop column staff_name;");
    let to_first = format!("{to_second} alter table intent drop column signature;");
    let downgrades = [
        (1, to_first.as_str()),
        (2, &to_second),
        (3, &to_third),
        (4, &to_fourth),
        (5, &to_fifth),
        (6, &to_sixth),
        (7, &to_seventh),
        (8, &to_eighth),
        (9, &to_ninth),
        (10, &to_tenth),
        (11, &to_eleventh),
        (12, &to_twelfth),
        (13, to_thirteenth),
    ];
    for (version, downgrade) in downgrades {
        let folder = tempfile::tempdir().unwrap();
        let (store, journal) = with_journal(folder.path());
        journal.write(&a_use(1)).unwrap();
        store
            .write("downgrade", |write| {
                write.execute_batch(downgrade)?;
                Ok(write.pragma_update(None, "user_version", version)?)
            })
            .unwrap();
        drop((store, journal));
        let (_store, journal) = with_journal(folder.path());
        let named = Intent { staff_name: StaffName::typed("佐藤").ok(), ..a_use(2) };
        assert!(journal.open().unwrap() == Some(a_use(1)), "version {version}");
        journal.settle(operation_key(1), &done()).unwrap();
        journal.write(&named).unwrap();
        assert!(journal.open().unwrap() == Some(named), "version {version}");
    }
}

#[test]
fn a_fate_closes_the_intent_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, journal) = with_journal(folder.path());
    journal.write(&a_use(1)).unwrap();
    journal.settle(operation_key(1), &done()).unwrap();
    journal.settle(operation_key(1), &OperationAnswer::Refused(Refusal::Abandoned)).unwrap();
    assert!(journal.open().unwrap().is_none());
    assert_eq!(journal.last().unwrap().unwrap().answer, Some(done()));
}

#[test]
fn a_second_unresolved_operation_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, journal) = with_journal(folder.path());
    journal.write(&a_use(1)).unwrap();
    assert!(journal.write(&a_use(2)).is_err());
    journal.settle(operation_key(1), &done()).unwrap();
    journal.write(&a_use(2)).unwrap();
    assert!(journal.open().unwrap() == Some(a_use(2)));
}

#[test]
fn prints_are_counted_and_the_count_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, journal) = with_journal(folder.path());
    journal.write(&a_use(1)).unwrap();
    let counts: Vec<u32> =
        [1, 1, -1, 1].iter().map(|by| journal.count_print(operation_key(1), *by).unwrap()).collect();
    assert_eq!(counts, [1, 2, 1, 2]);
}

#[test]
fn sealed_columns_do_not_hold_the_plain_text() {
    let folder = tempfile::tempdir().unwrap();
    let (store, journal) = with_journal(folder.path());
    journal.write(&a_use(1)).unwrap();
    journal.settle(operation_key(1), &done()).unwrap();
    drop((store, journal));
    let bytes = bytes_on_disk(folder.path());
    for plain in [MASKED, "20261120-15", "machine_id"] {
        assert!(!holds(&bytes, plain), "{plain} stands on the disk");
    }
    assert!(holds(&bytes, "川崎市ポイント"), "what is not sealed can be found, so the search works");
}

#[test]
fn another_key_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, journal) = with_journal(folder.path());
    journal.write(&a_use(1)).unwrap();
    assert_eq!(store.source_digests(&registered(1), &key(1)), Ok(digests()));
    assert_eq!(store.source_digests(&registered(1), &key(2)), Err(StoreFault::Sealed));
    let stranger = Journal::new(store, Arc::new(SystemEntropy), 1, key(2));
    assert_eq!(stranger.last().err(), Some(StoreFault::Sealed));
}

#[test]
fn a_sealed_value_opens_in_its_own_place_only() {
    let place = |table, row, column| SealedPlace { table, row, column };
    let sealed = key(1).seal(&SystemEntropy, place("intent", "a", "answer"), &"secret").unwrap();
    let opened: Result<String, _> = key(1).open(place("intent", "a", "answer"), &sealed);
    assert_eq!(opened.as_deref(), Ok("secret"));
    for elsewhere in [
        place("intent", "b", "answer"),
        place("intent", "a", "masked_mykey_id"),
        place("registration", "a", "answer"),
        place("intent", "aanswer", ""),
    ] {
        assert_eq!(key(1).open::<String>(elsewhere, &sealed), Err(StoreFault::Sealed));
    }
    let mut changed = sealed.clone();
    changed[20] ^= 1;
    assert_eq!(key(1).open::<String>(place("intent", "a", "answer"), &changed), Err(StoreFault::Sealed));
    assert_eq!(key(1).open::<String>(place("intent", "a", "answer"), &sealed[..11]), Err(StoreFault::Sealed));
}

#[test]
fn a_store_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join(LAYOUT.file)).unwrap();
    connection.pragma_update(None, "user_version", LAYOUT.version() + 1).unwrap();
    drop(connection);
    let before = fs::read(folder.path().join(LAYOUT.file)).unwrap();
    assert_eq!(open(folder.path()).err(), Some(StoreFault::Newer { version: LAYOUT.version() + 1 }));
    assert!(fs::read(folder.path().join(LAYOUT.file)).unwrap() == before);
}

#[test]
fn a_damaged_file_is_said_to_be_damaged() {
    let whole = {
        let folder = tempfile::tempdir().unwrap();
        let (store, journal) = with_journal(folder.path());
        journal.write(&a_use(1)).unwrap();
        drop((store, journal));
        fs::read(folder.path().join(LAYOUT.file)).unwrap()
    };
    let half = &whole[..whole.len() / 2];
    let mut torn = whole.clone();
    let middle = torn.len() / 2;
    torn[middle..].fill(0xa5);
    for damaged in [b"not a database at all, but long enough to look".as_slice(), half, &torn] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LAYOUT.file), damaged).unwrap();
        let fault = open(folder.path()).err();
        assert!(matches!(fault, Some(StoreFault::Damaged(_))), "{fault:?}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    fs::write(&in_the_way, "").unwrap();
    assert!(matches!(open(&in_the_way).err(), Some(StoreFault::NotWritable(_))));
}

#[test]
fn a_full_disk_is_told_apart_from_a_damaged_file() {
    let folder = tempfile::tempdir().unwrap();
    let (store, journal) = with_journal(folder.path());
    // SQLite's own limit stands in for the disk's: the error is the same.
    let pages: i64 =
        store.read(|read| read.pragma_query_value(None, "page_count", |row| row.get(0))).unwrap();
    store.read(|read| read.pragma_update(None, "max_page_count", pages)).unwrap();
    let fault = (1..100).find_map(|number| {
        journal.write(&a_use(number)).and_then(|()| journal.settle(operation_key(number), &done())).err()
    });
    assert!(matches!(fault, Some(StoreFault::NotWritable(_))), "{fault:?}");
}

#[test]
fn one_program_at_a_time_holds_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, _journal) = with_journal(folder.path());
    assert_eq!(open(folder.path()).err(), Some(StoreFault::Held));
}

/// Cuts the power at the `n`th moment, for good.
struct CutAt(std::sync::atomic::AtomicI64);

impl PowerSupply for CutAt {
    fn holds(&self, _moment: Moment) -> bool {
        self.0.fetch_sub(1, std::sync::atomic::Ordering::SeqCst) > 0
    }
}

#[test]
fn a_power_cut_before_a_write_leaves_nothing_and_one_after_it_everything() {
    for (moments, expected) in [(0, None), (1, Some(a_use(1)))] {
        let folder = tempfile::tempdir().unwrap();
        drop(with_journal(folder.path()));
        let power = Arc::new(CutAt(moments.into()));
        let store = Arc::new(Store::open(folder.path(), &SystemEntropy, power).unwrap());
        let journal = Journal::new(Arc::clone(&store), Arc::new(SystemEntropy), 1, key(1));
        assert_eq!(journal.write(&a_use(1)), Err(StoreFault::PowerCut));
        assert_eq!(journal.settle(operation_key(1), &done()), Err(StoreFault::PowerCut));
        drop((store, journal));
        let (_store, journal) = with_journal(folder.path());
        assert!(journal.open().unwrap() == expected);
    }
}

#[test]
fn registering_another_terminal_ends_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let (store, journal) = with_journal(folder.path());
    journal.write(&a_use(1)).unwrap();
    let other = Registered { terminal: TerminalId::parse("14130002").unwrap(), ..registered(0) };
    let id = store.register(&SystemEntropy, &other, &key(1), &digests()).unwrap();
    let stands = store.registered().unwrap().unwrap();
    assert_eq!((stands.id, stands.terminal), (id, other.terminal));
    let new = Journal::new(Arc::clone(&store), Arc::new(SystemEntropy), id, key(1));
    assert!(new.open().unwrap().is_none(), "the other terminal's operation is not this one's");

    let again = store.register(&SystemEntropy, &registered(0), &key(1), &digests()).unwrap();
    let old = Journal::new(store, Arc::new(SystemEntropy), again, key(1));
    assert!(old.open().unwrap() == Some(a_use(1)), "back as the first terminal, its operation is there");
}
