//! A street's own software on the same PC asks for cards as any vendor's program: paired by a code, a number for a
//! card, its member in the street's books (seed 001 §16 and §17 ②).

use super::library::Library;
use crate::counter::READER;
use madoguchi_domain::card_description::FelicaArea;
use madoguchi_doubles::{Card, MemoryVault, PaperTray};
use madoguchi_peer::SystemPeers;
use madoguchi_shop::{Bridge, Folders, Parts, Shop};
use madoguchi_wire::bridge::Learns;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::Contact;
use madoguchi_wire::window::PairingNamed;
use madoguchi_wire::window::street::{
    CardAwaited, CardOnReader, MemberId, MemberIdKind, MemberNamed, SoughtMember, StreetRegistration,
    TypedPairingCode,
};
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;

const NAME: &str = "商店街ポイント";
const HANAKO: &str = "G-1004478";
const KEYS: &str = "street = \"140002\"\nprofile = 1\n[[key]]\naes = \"01010101010101010101010101010101\"\n\
                    secret = \"Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E\"\n";
/// Where the street's card keeps its number, and the file that says so.
pub(super) const AREA: FelicaArea = FelicaArea { system: 0x88B4, service: 0x000B, first_block: 0, blocks: 1 };
pub(super) const DESCRIPTION: &str = "name = \"川崎銀座街カード\"\n[felica]\nsystem = \"88B4\"\nservice = \"000B\"\n\
                           length = 16\nencoding = \"ascii_digits\"\n";
pub(super) const ON_THE_CARD: &str = "0000980012345677";

/// The street's software on the PC of a shop.
struct OwnStreet {
    shop: Shop,
    vault: Arc<MemoryVault>,
    address: SocketAddr,
    folder: TempDir,
}

impl OwnStreet {
    async fn beside(counter: &Library) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("drop")).unwrap();
        std::fs::write(folder.path().join("keys.toml"), KEYS).unwrap();
        let vault = Arc::new(MemoryVault::default());
        let shop = opened(&folder, &vault, counter.address).await;
        let of = |name: &str| folder.path().join(name).display().to_string();
        let contact = Contact {
            staff_name: "小麦 花".into(),
            shop_name: "こむぎベーカリー".into(),
            postal_code: "2108577".into(),
            address: "川崎市川崎区宮本町1".into(),
            phone: "044-200-2111".into(),
            mail: "komugi@example.jp".into(),
            id_provider: None,
        };
        let registration = StreetRegistration {
            terminal: "GINZA-03".into(),
            password: "ginza-2345".into(),
            street: "140002".into(),
            street_name: "川崎銀座街".into(),
            key_sheet: of("keys.toml"),
            drop_folder: of("drop"),
            contact,
        };
        shop.register_street(registration).await.unwrap();
        Self { shop, vault, address: counter.address, folder }
    }

    /// Its program ends and is started again.
    async fn opens_again(self) -> Self {
        let Self { shop, vault, address, folder } = self;
        drop(shop);
        let shop = opened(&folder, &vault, address).await;
        Self { shop, vault, address, folder }
    }

    /// The clerk shows a code at the counter and types it here.
    async fn pairs_with(&self, counter: &Library, learns: Learns) {
        let code = counter.offers_with_own_cards(learns, NAME).await;
        let shown = self.types(&code).await.unwrap();
        assert_eq!(shown, Some(learns));
    }

    async fn types(&self, code: &str) -> Result<Option<Learns>, Failure> {
        let typed = TypedPairingCode { code: code.into() };
        let counter = self.shop.pair_with_madoguchi(typed).await?;
        Ok(counter.pairing.map(|pairing| pairing.learns))
    }

    async fn reads(&self, wait_s: u16) -> Result<CardOnReader, ErrorCode> {
        self.shop.read_member_card(CardAwaited { wait_s }).await.map_err(|failure| failure.code)
    }

    async fn lets_join(&self, id: &str) -> i64 {
        self.shop.join_member(SoughtMember { id: id.into() }).await.unwrap().member
    }
}

async fn opened(folder: &TempDir, vault: &Arc<MemoryVault>, address: SocketAddr) -> Shop {
    let data = folder.path().join("data");
    let folders = Folders { settings: data.clone(), papers: folder.path().join("papers"), data };
    let bridge = Bridge { address, ..Bridge::new(Arc::new(SystemPeers)) };
    let printer: Arc<PaperTray> = Arc::default();
    Shop::open(Parts::new(Arc::clone(vault) as _, printer, bridge, folders)).await
}

/// Whose card it was, if a member's.
fn member_of(read: &CardOnReader) -> Option<i64> {
    match read {
        CardOnReader::Member { member } => Some(member.member),
        CardOnReader::Nobodys { .. } | CardOnReader::Cancelled => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_residents_card_leads_to_the_member_also_after_a_restart() {
    let counter = Library::opens_where_mykey_ids_are_kept().await;
    let street = OwnStreet::beside(&counter).await;
    let hanako = street.lets_join(HANAKO).await;
    assert_eq!(street.reads(1).await, Err(ErrorCode::CardReadingNotPaired));
    street.pairs_with(&counter, Learns::CustomerNumber).await;
    counter.puts_on("hanako");
    assert_eq!(member_of(&street.reads(30).await.unwrap()), Some(hanako));
    let street = street.opens_again().await;
    assert_eq!(member_of(&street.reads(30).await.unwrap()), Some(hanako));
    let counter_shown = street.shop.forget_pairing().await.unwrap();
    assert_eq!(counter_shown.pairing, None);
    assert_eq!(street.reads(1).await, Err(ErrorCode::CardReadingNotPaired));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_awaited_comes_or_is_no_longer_wanted() {
    let counter = Library::opens_where_mykey_ids_are_kept().await;
    let street = Arc::new(OwnStreet::beside(&counter).await);
    let hanako = street.lets_join(HANAKO).await;
    street.pairs_with(&counter, Learns::CustomerNumber).await;
    let waits = || {
        let street = Arc::clone(&street);
        tokio::spawn(async move { street.reads(60).await })
    };
    let cancelled = waits();
    counter.waits_for(1).await;
    street.shop.cancel_card();
    assert_eq!(cancelled.await.unwrap(), Ok(CardOnReader::Cancelled));
    // Madoguchi's line hears of it: the next card is nobody's who left.
    counter.waits_for(0).await;
    let awaited = waits();
    counter.waits_for(1).await;
    counter.puts_on("hanako");
    assert_eq!(member_of(&awaited.await.unwrap().unwrap()), Some(hanako));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_in_which_a_card_leads_nowhere_has_its_own_words() {
    let library = Library::opens().await;
    let street = OwnStreet::beside(&library).await;
    assert_eq!(street.types("000000").await.unwrap_err().code, ErrorCode::PairingCodeWrong);
    street.pairs_with(&library, Learns::CustomerNumber).await;
    assert_eq!(street.reads(1).await, Err(ErrorCode::NoCardInTime));
    library.puts_on("hanako");
    assert_eq!(street.reads(30).await, Err(ErrorCode::NoNumberOfThisStreet));
    library.takes_off();
    library.at.desk.hold();
    library.puts_on("taro");
    let street = Arc::new(street);
    let asked = Arc::clone(&street);
    let reading = tokio::spawn(async move { asked.reads(30).await });
    tokio::task::block_in_place(|| library.at.desk.wait_for_a_reading());
    library.takes_off();
    library.at.desk.let_go();
    assert_eq!(reading.await.unwrap(), Err(ErrorCode::CardRemoved));
    let pairing = library.at.counter.look_at_bridge().await.unwrap().pairings[0].pairing;
    library.at.counter.unpair(PairingNamed { pairing }).await.unwrap();
    assert_eq!(street.reads(1).await, Err(ErrorCode::PairingEnded));
    library.closes_the_port().await;
    assert_eq!(street.reads(1).await, Err(ErrorCode::MadoguchiNotThere));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_street_keeps_mykey_ids_nobody_sees_one_and_the_next_card_finds_its_member() {
    let counter = Library::opens_where_mykey_ids_are_kept().await;
    let street = OwnStreet::beside(&counter).await;
    street.pairs_with(&counter, Learns::MykeyId).await;
    counter.puts_on("taro");
    let shown = CardOnReader::Nobodys { id: MemberId { kind: MemberIdKind::MykeyId, id: "****MA78".into() } };
    assert_eq!(street.reads(30).await, Ok(shown));
    let joined = street.shop.join_by_card().await.unwrap();
    assert_eq!(joined.ids[0].id, "****MA78");
    let again = street.shop.join_by_card().await.map_err(|failure| failure.code);
    assert_eq!(again.err(), Some(ErrorCode::NoCardRead), "what a card said is good once");
    assert_eq!(member_of(&street.reads(30).await.unwrap()), Some(joined.member));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_streets_own_card_gives_the_number_on_it_and_becomes_a_members() {
    let counter = Library::opens_where_mykey_ids_are_kept().await;
    counter.describes_a_card(DESCRIPTION);
    let street = OwnStreet::beside(&counter).await;
    let hanako = street.lets_join(HANAKO).await;
    street.pairs_with(&counter, Learns::CustomerNumber).await;
    counter.at.desk.put_on(READER, Card::felica([1; 8], &[(AREA, ON_THE_CARD.as_bytes())]));
    let shown = CardOnReader::Nobodys { id: MemberId { kind: MemberIdKind::Card, id: ON_THE_CARD.into() } };
    assert_eq!(street.reads(30).await, Ok(shown));
    street.shop.add_id_of_card(MemberNamed { member: hanako }).await.unwrap();
    assert_eq!(member_of(&street.reads(30).await.unwrap()), Some(hanako));
    // A program that asks for residents' cards only hears what it always heard.
    let other = counter.pairs("会員カード", None).await;
    let (status, problem) = other.reads(10).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("not_my_number_card")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_no_description_reads_is_said() {
    let counter = Library::opens_where_mykey_ids_are_kept().await;
    let street = OwnStreet::beside(&counter).await;
    street.pairs_with(&counter, Learns::CustomerNumber).await;
    counter.at.desk.put_on(READER, Card::felica([1; 8], &[(AREA, ON_THE_CARD.as_bytes())]));
    assert_eq!(street.reads(30).await, Err(ErrorCode::StreetCardUnread));
}
