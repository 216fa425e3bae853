//! A PC in a street: its credential store, its printer, its folders, a clock to be turned, and files that terminals drop.

use madoguchi_desk::clock::{Clock, Pending};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    MergeRecord, Profile1Key, SharedSecret, StreetPointId, TransactionNumber, file_name, seal_profile_1,
};
use madoguchi_domain::points::Points;
use madoguchi_doubles::{MemoryVault, PaperTray, PurseCard};
use madoguchi_port::peer::{LocalPeers, PeerFault};
use madoguchi_shop::{Bridge, Folders, Parts, Shop};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::Contact;
use madoguchi_wire::window::street::{
    ActAsked, SoughtMember, StreetAct, StreetMember, StreetPosting, StreetRegistration,
};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Semaphore;

pub(crate) const STREET: &str = "300101";
pub(crate) const PASSWORD: &str = "ginza-2345";
pub(crate) const TARO: &str = "30010100000017";
/// 2026-11-21 09:30 in Japan.
pub(crate) const NOW: i64 = 1_795_221_000_000;
pub(crate) const HOUR: i64 = 3_600_000;
const SECRET: &str = "Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E";

/// Time that stands still until it is turned. Waiting ends when somebody lets it: until then nothing is watched.
pub(crate) struct Hands {
    now: AtomicI64,
    waits: Semaphore,
    ends: Arc<Semaphore>,
}

impl Clock for Hands {
    fn now_ms(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    fn running(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> Pending<'static, ()> {
        self.waits.add_permits(1);
        let ends = Arc::clone(&self.ends);
        Box::pin(async move { ends.acquire().await.unwrap().forget() })
    }
}

/// Whoever is at the other end is another user.
struct Nobody;

impl LocalPeers for Nobody {
    fn is_own_user(&self, _: SocketAddr, _: SocketAddr) -> Result<bool, PeerFault> {
        Ok(false)
    }
}

pub(crate) struct Scene {
    place: TempDir,
    vault: Arc<MemoryVault>,
    pub(crate) printer: Arc<PaperTray>,
    pub(crate) card: Arc<PurseCard>,
    clock: Arc<Hands>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        std::fs::create_dir(place.path().join("drop")).unwrap();
        std::fs::write(place.path().join("keys.toml"), key_sheet(STREET)).unwrap();
        Self {
            place,
            vault: Arc::new(MemoryVault::default()),
            printer: Arc::new(PaperTray::default()),
            card: Arc::new(PurseCard::of_serial([7; 8])),
            clock: Arc::new(Hands {
                now: AtomicI64::new(NOW),
                waits: Semaphore::new(0),
                ends: Arc::new(Semaphore::new(0)),
            }),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// The program starts.
    pub(crate) async fn shop(&self) -> Shop {
        // Port 9 of this PC: nobody answers there. Madoguchi itself is met in `tests/tests/counter`.
        self.shop_beside(([127, 0, 0, 1], 9).into()).await
    }

    async fn shop_beside(&self, address: SocketAddr) -> Shop {
        let folders =
            Folders { data: self.path("data"), settings: self.path("data"), papers: self.path("papers") };
        let bridge = Bridge { address, peers: Arc::new(Nobody), taken_up_within: Duration::from_millis(100) };
        let parts = Parts::new(self.vault.clone(), self.printer.clone(), bridge, folders);
        Shop::open(Parts { clock: self.clock.clone(), stored_value: Some(self.card.clone()), ..parts }).await
    }

    /// The program starts on a PC that was registered.
    pub(crate) async fn registered(&self) -> Shop {
        let shop = self.shop().await;
        shop.register_street(self.registration()).await.unwrap();
        shop
    }

    /// The same where somebody answers at Madoguchi's address.
    pub(crate) async fn registered_beside(&self, address: SocketAddr) -> Shop {
        let shop = self.shop_beside(address).await;
        shop.register_street(self.registration()).await.unwrap();
        shop
    }

    pub(crate) fn turns_the_clock(&self, by_ms: i64) {
        self.clock.now.fetch_add(by_ms, Ordering::SeqCst);
    }

    /// Seconds pass: the watch has looked at the folder once, and has told what it tells.
    pub(crate) async fn lets_the_watch_look(&self) {
        let Hands { waits, ends, .. } = &*self.clock;
        waits.acquire().await.unwrap().forget();
        ends.add_permits(1);
        // It waits for the next time, and still does when this is called again.
        drop(waits.acquire().await.unwrap());
    }

    pub(crate) fn forgets_all_keys(&self) {
        self.vault.clear();
    }

    pub(crate) fn registration(&self) -> StreetRegistration {
        StreetRegistration {
            terminal: "GINZA-03".into(),
            password: PASSWORD.into(),
            street: STREET.into(),
            street_name: "川崎銀座街".into(),
            key_sheet: self.path("keys.toml").display().to_string(),
            drop_folder: self.path("drop").display().to_string(),
            contact: Contact {
                staff_name: "小麦 花".into(),
                shop_name: "こむぎベーカリー".into(),
                postal_code: "2108577".into(),
                address: "川崎市川崎区宮本町1".into(),
                phone: "044-200-2111".into(),
                mail: "komugi@example.jp".into(),
                id_provider: None,
            },
        }
    }

    /// A terminal drops a merge.
    pub(crate) fn drops(&self, member: &str, points: i64, sequence: u32) -> PathBuf {
        self.drops_under(1, member, points, sequence)
    }

    /// The same, sealed under the street's key of these bytes.
    pub(crate) fn drops_under(&self, byte: u8, member: &str, points: i64, sequence: u32) -> PathBuf {
        let number = TransactionNumber::parse(&format!("20261121093015{sequence:06}")).unwrap();
        let point_id = StreetPointId::parse(member).unwrap();
        let record = MergeRecord { point_id, points: Points::new(points).unwrap(), number };
        let key = Profile1Key { aes: [byte; 16], secret: SharedSecret::parse(SECRET).unwrap() };
        let file = self.path("drop").join(file_name(IdProviderId::parse(STREET).unwrap(), number));
        std::fs::write(&file, seal_profile_1(&record, &key, [5; 16])).unwrap();
        file
    }
}

pub(crate) fn key_sheet(street: &str) -> String {
    key_sheet_of(street, 1)
}

/// A sheet with one key, of these bytes.
pub(crate) fn key_sheet_of(street: &str, byte: u8) -> String {
    let aes = format!("{byte:02x}").repeat(16);
    format!("street = \"{street}\"\nprofile = 1\n[[key]]\naes = \"{aes}\"\nsecret = \"{SECRET}\"\n")
}

pub(crate) async fn joins(shop: &Shop, id: &str) -> StreetMember {
    shop.join_member(SoughtMember { id: id.into() }).await.unwrap()
}

pub(crate) async fn finds(shop: &Shop, id: &str) -> StreetMember {
    shop.find_member(SoughtMember { id: id.into() }).await.unwrap()
}

pub(crate) async fn acts(
    shop: &Shop,
    member: &StreetMember,
    act: ActAsked,
) -> Result<StreetPosting, Failure> {
    shop.act_on_points(StreetAct { key: member.key, member: member.member, act }).await
}

pub(crate) fn code<T>(answer: Result<T, Failure>) -> Option<ErrorCode> {
    answer.err().map(|failure| failure.code)
}
