//! A town: Kawasaki and its neighbours, with a cloud of their own on a real file and a real port.

use super::resident::Resident;
use super::sample_card::{SampleCard, fixtures};
use super::terminal::{Line, Terminal};
use crate::place::{address_of, belongs};
use jiff::Timestamp;
use jiff::civil::Date;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::cloud::{Cloud, Conduct};
use madoguchi_cloud::database::{Connection, Database};
use madoguchi_cloud::identity::authority::{CertificateAuthority, ExampleAuthority, Renewal};
use madoguchi_cloud::identity::certificate::{self, CertificateFile};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::identity::person;
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::keys::wrapped::Wrapping;
use madoguchi_cloud::operator::currency::ServicePeriod;
use madoguchi_cloud::operator::terminal::NewTerminal;
use madoguchi_cloud::operator::{
    OperatorError, currency, grant, id_provider, municipality, site, terminal, ticket,
};
use madoguchi_cloud::serve::{self, PlainListener};
use madoguchi_cloud::terminal_api::{self, PerMinute};
use madoguchi_cloud::trust_anchors;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalId, TerminalKind};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// When every story begins: Friday noon in Japan.
pub(crate) const NOON: &str = "2026-11-20T12:00:00+09:00";

/// The key-encryption key of these towns.
pub(super) const KEY: [u8; 32] = [7; 32];

pub(crate) const PASSWORD: &str = "yaoya2345";

/// A town and its cloud; both go when the story ends.
pub(crate) struct Town {
    pub(crate) cloud: Arc<Cloud>,
    pub(crate) line: Line,
    folder: tempfile::TempDir,
    people: AtomicU32,
    end: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
}

pub(crate) fn kawasaki() -> IssuerCode {
    IssuerCode::parse("141305").unwrap()
}

fn yokohama() -> IssuerCode {
    IssuerCode::parse("141003").unwrap()
}

fn kanagawa() -> IssuerCode {
    IssuerCode::parse("140007").unwrap()
}

fn code(issuer: IssuerCode, number: u32) -> CurrencyCode {
    CurrencyCode { book: BookCode::from(issuer), number: CurrencyNumber(number) }
}

// A story says `town.kawasaki_points()`, though every town of these tests has the same.
#[allow(clippy::unused_self)]
impl Town {
    pub(crate) async fn open() -> Self {
        Self::with_look_ups_per_minute(10_000).await
    }

    pub(crate) async fn with_look_ups_per_minute(look_ups: u32) -> Self {
        Self::conducted(conduct(look_ups)).await
    }

    /// A town whose points are worth nothing; it takes the sample cards as well.
    pub(crate) async fn for_training() -> Self {
        let trust_anchors = trust_anchors::load(Some(&fixtures("ca")), true).unwrap();
        Self::conducted(Conduct { demo: true, training: true, trust_anchors, ..conduct(10_000) }).await
    }

    /// A town that takes the sample cards and trusts the authority of `fixtures/ca`.
    pub(crate) async fn of_sample_cards() -> Self {
        let trust_anchors = trust_anchors::load(Some(&fixtures("ca")), true).unwrap();
        Self::conducted(Conduct { demo: true, trust_anchors, ..conduct(10_000) }).await
    }

    /// A town that takes the sample cards and trusts no authority.
    pub(crate) async fn of_sample_cards_that_trusts_nobody() -> Self {
        Self::conducted(Conduct { demo: true, ..conduct(10_000) }).await
    }

    /// A town whose books are in this database.
    // SQLite's program loses no server.
    #[allow(dead_code)]
    pub(crate) async fn on(database: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        belongs(folder.path(), database);
        Self::conducted_in(folder, conduct(10_000)).await
    }

    async fn conducted(conduct: Conduct) -> Self {
        Self::conducted_in(tempfile::tempdir().unwrap(), conduct).await
    }

    async fn conducted_in(folder: tempfile::TempDir, conduct: Conduct) -> Self {
        let key = KeyEncryptionKey::from_bytes(KEY);
        let cloud = Arc::new(Cloud::open(address_of(folder.path()), &key, conduct).unwrap());
        cloud.database.write(set_up).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = terminal_api::router(Arc::clone(&cloud));
        let (end, ended) = oneshot::channel();
        let until = async move {
            // A town that is dropped without being closed ends its cloud as well.
            let _ = ended.await;
        };
        let served = tokio::spawn(serve::on(PlainListener(listener), router, until));
        let line = Line::to(address);
        Self { cloud, line, folder, people: AtomicU32::new(0), end, served }
    }

    /// The same database, as another process has it.
    pub(crate) fn another_process(&self) -> Database {
        Database::open(address_of(self.folder.path())).unwrap()
    }

    /// Ends the cloud and leaves its folder.
    pub(crate) async fn closes(self) -> tempfile::TempDir {
        let _ = self.end.send(());
        self.served.await.unwrap().unwrap();
        self.folder
    }

    // ── time ──────────────────────────────────────────────────────────────────────────────────────

    pub(crate) fn it_is(&self, time: &str) {
        let Clock::Set(clock) = &self.cloud.clock else { panic!("a test's clock is set") };
        clock.store(time.parse::<Timestamp>().unwrap().as_millisecond(), Ordering::SeqCst);
    }

    pub(crate) fn seconds_pass(&self, seconds: i64) {
        let Clock::Set(clock) = &self.cloud.clock else { panic!("a test's clock is set") };
        clock.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    // ── currencies ────────────────────────────────────────────────────────────────────────────────

    pub(crate) fn kawasaki_points(&self) -> CurrencyCode {
        kawasaki_points()
    }

    /// かわさき宙フェス: 15 to 25 November, at the greengrocer's only.
    pub(crate) fn sora_points(&self) -> CurrencyCode {
        code(kawasaki(), 2)
    }

    pub(crate) fn yokohama_points(&self) -> CurrencyCode {
        code(yokohama(), 1)
    }

    /// A prefecture's event: October to December, at the greengrocer's and the museum.
    pub(crate) fn kanagawa_points(&self) -> CurrencyCode {
        code(kanagawa(), 1)
    }

    // ── terminals, not registered yet ─────────────────────────────────────────────────────────────

    pub(crate) async fn greengrocer(&self) -> Terminal {
        self.terminal(14_130_001, kawasaki(), "やまだ八百屋", TerminalKind::PointUseCounter).await
    }

    pub(crate) async fn greengrocers_second(&self) -> Terminal {
        self.terminal(14_130_002, kawasaki(), "やまだ八百屋", TerminalKind::PointUseCounter).await
    }

    pub(crate) async fn museum(&self) -> Terminal {
        self.terminal(14_130_003, kawasaki(), "科学館", TerminalKind::PointUseCounter).await
    }

    pub(crate) async fn library(&self) -> Terminal {
        self.terminal(14_130_004, kawasaki(), "図書館", TerminalKind::ServiceIdCounter).await
    }

    /// A second counter of the same library.
    pub(crate) async fn librarys_second(&self) -> Terminal {
        self.terminal(14_130_014, kawasaki(), "図書館", TerminalKind::ServiceIdCounter).await
    }

    /// A shop of a street with a point card of its own.
    pub(crate) async fn baker_of_the_street(&self) -> Terminal {
        self.write(|write| id_provider::add(write, kawasaki(), "140002", "銀座街", true)).await;
        self.terminal(14_130_005, kawasaki(), "銀座街のパン屋", TerminalKind::ServiceIdCounter).await
    }

    pub(crate) async fn shop_in_yokohama(&self) -> Terminal {
        self.terminal(14_100_001, yokohama(), "横浜の店", TerminalKind::PointUseCounter).await
    }

    /// The prefecture has no points of its own, only an event that does not list this museum.
    pub(crate) async fn museum_of_the_prefecture(&self) -> Terminal {
        self.terminal(14_000_001, kanagawa(), "県立博物館", TerminalKind::PointUseCounter).await
    }

    /// A second terminal at the same chamber.
    pub(crate) async fn chambers_second(&self) -> Terminal {
        self.terminal(14_130_009, kawasaki(), "みなみ商工会", TerminalKind::TicketIssuer).await
    }

    /// Another chamber of the same town.
    pub(crate) async fn chamber_in_the_north(&self) -> Terminal {
        self.terminal(14_130_010, kawasaki(), "きた商工会", TerminalKind::TicketIssuer).await
    }

    /// A chamber of commerce: issues tickets, and clears them for other sites.
    pub(crate) async fn chamber(&self) -> Terminal {
        self.terminal(14_130_008, kawasaki(), "みなみ商工会", TerminalKind::TicketIssuer).await
    }

    pub(crate) async fn chamber_in_yokohama(&self) -> Terminal {
        self.terminal(14_100_008, yokohama(), "横浜の商工会", TerminalKind::TicketIssuer).await
    }

    /// A site of Kawasaki, with or without a terminal.
    pub(crate) async fn site(&self, name: &str) -> SiteId {
        let name = name.to_owned();
        self.write(move |write| site::add(write, kawasaki(), &name)).await
    }

    /// The same, taking tickets from now on.
    pub(crate) async fn takes_tickets(&self, name: &str) -> SiteId {
        let site = self.site(name).await;
        self.write(move |write| site::set_takes_tickets(write, site, true)).await;
        site
    }

    /// A site of Yokohama that takes tickets.
    pub(crate) async fn takes_tickets_in_yokohama(&self, name: &str) -> SiteId {
        let name = name.to_owned();
        let site = self.write(move |write| site::add(write, yokohama(), &name)).await;
        self.write(move |write| site::set_takes_tickets(write, site, true)).await;
        site
    }

    pub(crate) async fn terminal(
        &self,
        id: u32,
        town: IssuerCode,
        place: &str,
        kind: TerminalKind,
    ) -> Terminal {
        let id = TerminalId::from_number(id).unwrap();
        let place = place.to_owned();
        self.write(move |write| {
            let new = NewTerminal {
                id: Some(id),
                municipality: town,
                site: site::add(write, town, &place)?,
                kind,
                of_a_street: false,
            };
            terminal::add(write, &new, &TerminalPassword::chosen(PASSWORD).unwrap())?;
            // An event lists terminals that exist, so each is listed as it comes.
            for (event, listed) in [
                (code(kanagawa(), 1), &[14_130_001, 14_130_003, 14_130_008][..]),
                (code(kawasaki(), 2), &[14_130_001, 14_130_008]),
            ] {
                if listed.contains(&id.number()) {
                    currency::allow_at(write, event, &[id])?;
                }
            }
            Ok(())
        })
        .await;
        Terminal::new(&self.line, id)
    }

    /// What the municipality does at its console, here in the process of the cloud itself.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Connection) -> Result<T, OperatorError> + Send + 'static,
    ) -> T {
        self.cloud.database.write(act).await.unwrap()
    }

    /// The operator makes Kawasaki's next ticket key, a second later.
    pub(crate) async fn next_ticket_key(&self) -> u32 {
        self.seconds_pass(1);
        let (wrapping, now_ms) =
            (Wrapping::by(&KeyEncryptionKey::from_bytes(KEY)), self.cloud.clock.now_ms());
        self.write(move |write| ticket::begin_next_key(write, &wrapping, kawasaki(), now_ms)).await
    }

    // ── residents ─────────────────────────────────────────────────────────────────────────────────

    /// A resident without points, whose card is good until 2030.
    pub(crate) async fn resident(&self) -> Resident {
        let serial = format!("{:016x}", Uuid::new_v4().as_u64_pair().0);
        self.resident_of(CertificateFile {
            name: CertificateName { issuer_der: b"\x30\x0bO=JPKI-like".to_vec(), serial },
            not_before_ms: "2025-01-01T00:00:00Z".parse::<Timestamp>().unwrap().as_millisecond(),
            not_after_ms: "2030-01-01T00:00:00Z".parse::<Timestamp>().unwrap().as_millisecond(),
        })
        .await
    }

    /// A town whose certificate authority says which card follows which.
    pub(crate) async fn where_cards_are_renewed(renewals: Vec<Renewal>) -> Self {
        Self::with_an_authority(renewals, Vec::new()).await
    }

    /// A town whose certificate authority says that, and which signing certificates have lapsed.
    pub(crate) async fn with_an_authority(renewals: Vec<Renewal>, lapsed: Vec<CertificateName>) -> Self {
        Self::asking(Arc::new(ExampleAuthority::of(renewals, lapsed))).await
    }

    /// A town that asks this certificate authority.
    pub(crate) async fn asking(authority: Arc<dyn CertificateAuthority>) -> Self {
        Self::conducted(Conduct { authority: Some(authority), ..conduct(10_000) }).await
    }

    pub(crate) async fn resident_of(&self, file: CertificateFile) -> Resident {
        let number = self.people.fetch_add(1, Ordering::Relaxed) + 1;
        let resident = Resident {
            person: PersonId(Uuid::new_v4()),
            mykey_id: MyKeyId::parse(&format!("MYKEY{number:03}")).unwrap(),
            card: file.name.clone(),
        };
        let Resident { person: id, mykey_id, .. } = resident.clone();
        self.write(move |write| {
            person::add(write, id, mykey_id, 0)?;
            certificate::add(write, id, &file)?;
            Ok(())
        })
        .await;
        resident
    }

    /// The holder of a sample card, with Kawasaki's points that do not lapse.
    pub(crate) async fn holder_of(&self, card: &SampleCard, points: i64) -> Resident {
        let file = certificate::parse(&card.certificate).unwrap();
        let holder = self.resident_of(file).await;
        self.gives(&holder, self.kawasaki_points(), points, None).await;
        holder
    }

    /// A resident with Kawasaki's points that do not lapse.
    pub(crate) async fn resident_with(&self, points: i64) -> Resident {
        let resident = self.resident().await;
        self.gives(&resident, self.kawasaki_points(), points, None).await;
        resident
    }

    pub(crate) async fn gives(
        &self,
        to: &Resident,
        currency: CurrencyCode,
        points: i64,
        last_day: Option<Date>,
    ) {
        let grant = grant::Grant {
            key: OperationKey(Uuid::now_v7()),
            currency,
            person: to.person,
            points: Points::new(points).unwrap(),
            last_day,
            program: "健康づくり事業".into(),
        };
        grant::grant(&self.cloud.ledger, grant).await.unwrap();
    }

    /// The balance by the books, not by what a terminal is shown.
    pub(crate) async fn balance(&self, of: &Resident, currency: CurrencyCode) -> i64 {
        let (person, today) = (of.person, self.cloud.clock.today());
        let read =
            move |read: &Connection| madoguchi_cloud::ledger::read::balance(read, person, currency, today);
        self.cloud.database.read(read).await.unwrap().usable
    }
}

fn conduct(look_ups_per_minute: u32) -> Conduct {
    Conduct {
        name: "kawasaki-test".into(),
        clock: Clock::set_to(NOON.parse::<Timestamp>().unwrap().as_millisecond()),
        behind_proxy: true,
        demo: false,
        training: false,
        trust_anchors: Vec::new(),
        authority: None,
        per_minute: PerMinute {
            look_ups: NonZeroU32::new(look_ups_per_minute).unwrap(),
            unproven: NonZeroU32::new(10_000).unwrap(),
        },
    }
}

pub(crate) fn kawasaki_points() -> CurrencyCode {
    code(kawasaki(), 1)
}

fn set_up(write: &Connection) -> Result<(), OperatorError> {
    for (issuer, name) in [(kawasaki(), "川崎市"), (yokohama(), "横浜市"), (kanagawa(), "神奈川県")]
    {
        municipality::add(write, issuer, name)?;
    }
    currency::add_municipal(write, kawasaki(), "川崎市ポイント")?;
    currency::add_municipal(write, yokohama(), "横浜市ポイント")?;
    let period = |first_day: &str, last_day: &str| ServicePeriod {
        first_day: first_day.parse().unwrap(),
        last_day: last_day.parse().unwrap(),
    };
    currency::add_event(write, kawasaki(), "宙フェスポイント", period("2026-11-15", "2026-11-25"))?;
    currency::add_event(write, kanagawa(), "花みどりポイント", period("2026-10-01", "2026-12-31"))?;
    id_provider::add(write, kawasaki(), "140001", "川崎市立図書館", false)?;
    id_provider::add(write, yokohama(), "140101", "横浜市立図書館", false)
}
