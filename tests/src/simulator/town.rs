//! The town of every run: its issuers, currencies, sites, terminals, residents and their cards.
//!
//! Two cities and their prefecture, so that one use may touch two books; an event that ends while the
//! run lasts; cards of residents, of somebody unknown, of a library, and a phone.

use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::civil::{Date, date};
use madoguchi_cloud::database::{Connection, params};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::operator::currency::ServicePeriod;
use madoguchi_cloud::operator::terminal::NewTerminal;
use madoguchi_cloud::operator::{OperatorError, currency, municipality, person, site, terminal};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::ledger::StreetId;
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::sign_in::{PasswordAsked, SignInRule};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId, TerminalKind};
use madoguchi_virtual::sample::{Application, SampleCard};
use madoguchi_wire::terminal_api::ClearingSite;
use std::path::Path;
use uuid::Uuid;

/// How many residents there are.
pub const RESIDENTS: usize = 6;
/// The sample cards of the first residents, for which the cloud's authority vouches.
const VOUCHED_FOR: [&str; 4] = ["hanako", "taro", "ichiro", "kazuko"];
/// How many terminals are registered before a run begins; those behind them are not.
pub const REGISTERED: usize = 4;
/// Kawasaki City.
const KAWASAKI: &str = "141305";
/// Yokohama City.
const YOKOHAMA: &str = "141003";
/// Kanagawa Prefecture.
const KANAGAWA: &str = "140007";
/// The first day of every run (Japan).
pub const FIRST_DAY: Date = date(2026, 11, 20);
/// The last day of the event: the first day of every run.
const EVENT_ENDS: Date = FIRST_DAY;
/// Where a terminal may clear tickets for any site of its municipality (消込場所), by its place in
/// [`Town::terminals`].
const CHAMBERS: [usize; 2] = [0, 1];
/// The sites, numbered from 1; the last has no terminal, and all take tickets.
const SITES: [(&str, &str); 4] = [
    (KAWASAKI, "やまだ八百屋"),
    (KAWASAKI, "さとう書店"),
    (YOKOHAMA, "はまの茶屋"),
    (KAWASAKI, "みどり花店"),
];
/// Per use and per resident and day, as the municipalities set them.
pub const LIMIT_PER_USE: i64 = 900;
/// See [`LIMIT_PER_USE`].
pub const LIMIT_PER_DAY: i64 = 1_500;
/// What a counter may do that clears tickets for others as well.
const OF_A_CHAMBER: &[TerminalFunction] = &[
    TerminalFunction::UsePoints,
    TerminalFunction::ClearTickets,
    TerminalFunction::ClearTicketsForOthers,
    TerminalFunction::OwnTotals,
];
/// The street that points are merged into.
pub const STREET: StreetId = StreetId(140_002);
/// Where the serial number's last bytes stand in the sample certificate: its 9 bytes are 15 to 23.
const SERIAL_ENDS: usize = 24;

/// A currency of the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// Its code.
    pub code: CurrencyCode,
    /// Its name.
    pub name: &'static str,
    /// The terminals where it counts, by their place in [`Town::terminals`].
    pub terminals: &'static [usize],
    /// The last day on which it counts, if there is one.
    pub last_day: Option<Date>,
}

/// A terminal of the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    /// 端末ID.
    pub id: TerminalId,
    /// Its municipality, whose book is its home.
    pub municipality: IssuerCode,
    /// Its site.
    pub site: SiteId,
    /// The password on its sheet.
    pub password: &'static str,
}

impl Terminal {
    /// The book that remembers its keys.
    pub fn home(&self) -> BookCode {
        BookCode::from(self.municipality)
    }
}

/// Who owns a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardOf {
    /// A resident, by number.
    Resident(usize),
    /// Somebody whom the cloud does not know.
    Stranger,
    /// A library: no My Number card.
    Library,
    /// A phone, which wants its PIN first.
    Phone,
}

/// The town.
#[derive(Clone)]
pub struct Town {
    /// Its currencies.
    pub currencies: Vec<Currency>,
    /// Its terminals: two at one site, one at another, one in the neighbouring city, and one whose
    /// clerk has yet to register it.
    pub terminals: Vec<Terminal>,
    cards: Vec<(CardOf, SampleCard)>,
}

impl Town {
    /// The town with the sample cards of a folder.
    pub fn with_cards_from(folder: &Path) -> Self {
        let (kawasaki, yokohama, kanagawa) = (issuer(KAWASAKI), issuer(YOKOHAMA), issuer(KANAGAWA));
        let money = |issuer, number, name, terminals, last_day| Currency {
            code: CurrencyCode { book: BookCode::from(issuer), number: CurrencyNumber(number) },
            name,
            terminals,
            last_day,
        };
        let counter = |number, municipality, site, password| Terminal {
            id: TerminalId::from_number(number).expect("eight digits"),
            municipality,
            site: SiteId(site),
            password,
        };
        Self {
            currencies: vec![
                money(kawasaki, 1, "川崎市ポイント", &[0, 1, 2, 4], None),
                money(kawasaki, 2, "川崎商店街まつり", &[0, 1], Some(EVENT_ENDS)),
                money(kanagawa, 1, "かながわ県共通ポイント", &[0, 2, 3, 4], Some(date(2027, 3, 31))),
                money(yokohama, 1, "横浜市ポイント", &[3], None),
            ],
            terminals: vec![
                counter(14_130_001, kawasaki, 1, "kawasak22"),
                counter(14_130_002, kawasaki, 1, "kawasak33"),
                counter(14_130_003, kawasaki, 2, "kawasak44"),
                counter(14_100_001, yokohama, 3, "yokoham22"),
                counter(14_130_004, kawasaki, 2, "kawasak55"),
            ],
            cards: cards(folder),
        }
    }

    /// A card to put on a reader.
    pub fn card(&self, of: CardOf) -> &SampleCard {
        &self.cards.iter().find(|(owner, _)| *owner == of).expect("a card of the town").1
    }

    /// Whether the authority vouches for a resident's card, so that its signatures prove something.
    pub fn is_vouched_for(&self, person: PersonId) -> bool {
        (0..VOUCHED_FOR.len()).any(|number| resident(number) == person)
    }

    /// Sets all of it up in a new cloud.
    pub fn set_up(&self, write: &Connection, now_ms: i64) -> Result<(), OperatorError> {
        for (code, name) in [(KAWASAKI, "川崎市"), (YOKOHAMA, "横浜市"), (KANAGAWA, "神奈川県")] {
            municipality::add(write, issuer(code), name)?;
            municipality::set_limits(write, issuer(code), LIMIT_PER_USE, LIMIT_PER_DAY)?;
            let password = if code == KAWASAKI { PasswordAsked::EveryDay } else { PasswordAsked::Never };
            municipality::set_sign_in(write, issuer(code), SignInRule { password, ..SignInRule::default() })?;
        }
        for (code, name) in SITES {
            let added = site::add(write, issuer(code), name)?;
            site::set_takes_tickets(write, added, true)?;
        }
        for counter in &self.terminals {
            let new = NewTerminal {
                id: Some(counter.id),
                municipality: counter.municipality,
                site: counter.site,
                kind: TerminalKind::PointUseCounter,
                of_a_street: false,
            };
            let password = TerminalPassword::chosen(counter.password).expect("a password of 9 characters");
            terminal::add(write, &new, &password)?;
            make_cheap(write, counter)?;
        }
        for chamber in CHAMBERS {
            terminal::set_functions(write, self.terminals[chamber].id, OF_A_CHAMBER)?;
        }
        self.set_up_currencies(write)?;
        for number in 0..RESIDENTS {
            let mykey_id = MyKeyId::parse(&format!("SEEDED{number:02}")).expect("a MyKey ID");
            let certificate =
                &self.card(CardOf::Resident(number)).jpki().expect("a JPKI card").auth_certificate;
            person::add(write, resident(number), mykey_id, certificate, now_ms)?;
        }
        Ok(())
    }

    fn set_up_currencies(&self, write: &Connection) -> Result<(), OperatorError> {
        for money in &self.currencies {
            let book = IssuerCode::parse(money.code.book.as_str()).expect("an issuer's book");
            let period = |last_day| ServicePeriod { first_day: date(2026, 4, 1), last_day };
            let code = match money.last_day {
                None => currency::add_municipal(write, book, money.name)?,
                Some(day) if book.as_str() == KANAGAWA => {
                    currency::add_common(write, book, money.name, period(day))?
                }
                Some(day) => currency::add_event(write, book, money.name, period(day))?,
            };
            assert_eq!(code, money.code, "the town knows its currencies' numbers");
            if money.last_day.is_some() {
                let terminals: Vec<_> =
                    money.terminals.iter().map(|place| self.terminals[*place].id).collect();
                currency::allow_at(write, code, &terminals)?;
            }
        }
        Ok(())
    }

    /// The currency of a code.
    pub fn currency(&self, code: CurrencyCode) -> Option<&Currency> {
        self.currencies.iter().find(|currency| currency.code == code)
    }

    /// Whether a currency counts at a terminal on a day.
    pub fn counts(&self, code: CurrencyCode, terminal: usize, day: Date) -> bool {
        self.currency(code).is_some_and(|currency| {
            currency.terminals.contains(&terminal) && currency.last_day.is_none_or(|last_day| day <= last_day)
        })
    }
}

/// The same password in a hash that costs next to nothing to check: what a hash costs is written in it, and at
/// its real price a quarter of every run went into passwords.
fn make_cheap(write: &Connection, counter: &Terminal) -> Result<(), OperatorError> {
    let least = Params::new(Params::MIN_M_COST, 1, 1, None).expect("the least there is");
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, least)
        .hash_password(counter.password.as_bytes())
        .expect("a password can be hashed")
        .to_string();
    write.execute(
        "update terminal set password_hash = $1 where id = $2",
        params![hash, counter.id.number()],
    )?;
    Ok(())
}

/// Tickets at counters.
impl Town {
    /// The sites whose stamps a terminal may clear tickets for.
    pub fn stamps_at(&self, terminal: usize) -> Vec<ClearingSite> {
        let own = &self.terminals[terminal];
        let may = |site: &ClearingSite, code: &str| {
            site.site == own.site || (CHAMBERS.contains(&terminal) && code == own.municipality.as_str())
        };
        let named = SITES.iter().zip(1..).map(|((code, name), number)| {
            (*code, ClearingSite { site: SiteId(number), name: (*name).to_owned() })
        });
        named.filter(|(code, site)| may(site, code)).map(|(_, site)| site).collect()
    }

    /// Whether tickets of a currency count with the stamp of a site of this municipality: its own points
    /// everywhere, those of an event where it takes place, over its end.
    pub fn counts_with_stamp(&self, code: CurrencyCode, stamp: SiteId, home: BookCode) -> bool {
        let is_at = |place: &usize| self.terminals[*place].site == stamp;
        self.currency(code).is_some_and(|currency| match currency.last_day {
            None => code.book == home,
            Some(_) => currency.terminals.iter().any(is_at),
        })
    }

    /// Whether tickets of a currency count at any site of another municipality than its own.
    pub fn counts_in(&self, code: CurrencyCode, home: BookCode) -> bool {
        let is_in = |place: &usize| self.terminals[*place].home() == home;
        self.currency(code)
            .is_some_and(|currency| currency.last_day.is_some() && currency.terminals.iter().any(is_in))
    }

    /// Whether any tickets of a book do.
    pub fn any_counts_in(&self, book: BookCode, home: BookCode) -> bool {
        let of_book = self.currencies.iter().filter(|currency| currency.code.book == book);
        of_book.into_iter().any(|currency| self.counts_in(currency.code, home))
    }
}

/// A resident's person id.
pub const fn resident(number: usize) -> PersonId {
    PersonId(Uuid::from_u128(0x5EED_0000 + number as u128))
}

fn issuer(code: &str) -> IssuerCode {
    IssuerCode::parse(code).expect("an issuer's code")
}

/// The residents' sample cards; those who have none have one of another's with a serial of their own, for which no
/// authority vouches: nobody looks at the signature of a certificate that only identifies.
fn cards(folder: &Path) -> Vec<(CardOf, SampleCard)> {
    let sample =
        |name: &str| SampleCard::load(&folder.join(name)).expect("the sample cards of fixtures/cards");
    let hanako = sample("hanako");
    let with_serial = |last_byte: usize| {
        let mut card = hanako.clone();
        if let Application::Jpki(contents) = &mut card.application {
            contents.auth_certificate[SERIAL_ENDS - 1] = u8::try_from(last_byte).expect("a byte");
        }
        card
    };
    let of_resident = |number: usize| match VOUCHED_FOR.get(number) {
        Some(name) => sample(name),
        None => with_serial(number),
    };
    let mut cards: Vec<_> =
        (0..RESIDENTS).map(|number| (CardOf::Resident(number), of_resident(number))).collect();
    cards.push((CardOf::Stranger, with_serial(0xEE)));
    cards.push((CardOf::Library, sample("library")));
    cards.push((CardOf::Phone, sample("phone")));
    cards
}
