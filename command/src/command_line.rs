//! What the program can be told. No password and no PIN: a command line can be seen by everybody on the PC.

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::language::Language;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketNumber;
use std::path::PathBuf;

/// The counter by command line. Passwords and PINs are asked for, or read from standard input, one a line.
#[derive(Parser)]
#[command(name = "madoguchi-terminal", version)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    pub(crate) place: PlaceOfTerminal,
    #[command(flatten)]
    pub(crate) telling: Telling,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// Where this terminal keeps what it keeps.
#[derive(Args)]
pub(crate) struct PlaceOfTerminal {
    /// The folder of this terminal's store, instead of the user's own.
    #[arg(long = "data-dir", value_name = "FOLDER", global = true)]
    pub(crate) data: Option<PathBuf>,
    /// The folder of settings.toml, instead of the store's folder; the settings of all users are not followed.
    #[arg(long = "settings-dir", value_name = "FOLDER", global = true)]
    pub(crate) settings: Option<PathBuf>,
    /// The folder for papers as PDF, where the settings name no printer.
    #[arg(long = "papers-dir", value_name = "FOLDER", global = true)]
    pub(crate) papers: Option<PathBuf>,
    /// Training: another cloud, store and keys; its folders lie in those named above.
    #[arg(long, global = true)]
    pub(crate) training: bool,
}

/// How things are told.
#[derive(Args, Clone, Copy)]
pub(crate) struct Telling {
    /// Tell it as JSON on standard output, for programs; the exit code says the same either way.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The language of what is said (ja or en), instead of the settings'.
    #[arg(long, value_name = "LANGUAGE", value_parser = language, global = true)]
    pub(crate) language: Option<Language>,
    /// How many seconds a card is waited for.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, global = true)]
    pub(crate) wait: u64,
}

fn language(typed: &str) -> Result<Language, String> {
    match typed {
        "ja" => Ok(Language::Ja),
        "en" => Ok(Language::En),
        _ => Err("ja or en".to_owned()),
    }
}

/// A key as it was told: a UUID.
fn key(typed: &str) -> Result<OperationKey, String> {
    serde_json::from_value(typed.into()).map_err(|_| "the key of an operation, as it was told".to_owned())
}

fn ticket(typed: &str) -> Result<TicketNumber, String> {
    TicketNumber::parse(typed).map_err(|_| "the ticket's twelve digits".to_owned())
}

fn street(typed: &str) -> Result<IdProviderId, String> {
    IdProviderId::parse(typed).map_err(|_| "the street's six digits".to_owned())
}

/// What is done.
#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Where this terminal stands: registered or not, signed in or not, its devices, its last operation.
    Status,
    /// Name the cloud that this terminal asks.
    Connect(Connect),
    /// Make this PC a terminal; asks for the terminal password.
    Register(Register),
    /// Sign in; asks for the terminal password.
    SignIn {
        /// The staff name, where the municipality wants one.
        #[arg(long, default_value = "")]
        staff_name: String,
    },
    /// Lock the terminal: the password is needed to go on.
    Lock,
    /// Look where the way to the card is broken.
    ExamineReader {
        /// Ask the card how many tries its PIN has left; costs none.
        #[arg(long)]
        pin_tries: bool,
    },
    /// The balances of the card that is put on.
    LookUp,
    /// Use points of the card that is put on.
    Use(Amounts),
    /// Undo a use of this terminal of today.
    Void {
        /// The use's key, as it was told.
        #[arg(value_parser = key)]
        key: OperationKey,
    },
    /// Find out what became of the last operation.
    Resolve,
    /// What this terminal did with points today: uses, voids, merges.
    Operations,
    /// Print the receipt of an operation, where the settings say, else into the folder for papers.
    Print {
        /// The operation's key, as it was told.
        #[arg(value_parser = key)]
        key: OperationKey,
    },
    /// This provider's customer number of the card that is put on.
    LookUpServiceId,
    /// Register a customer number for the card that is put on.
    RegisterServiceId {
        /// The number as it stands on the institution's own card.
        number: String,
        /// The number that is registered and that this one replaces.
        #[arg(long)]
        replaces: Option<String>,
    },
    /// The customer number of the institution's own card that is on the reader, by the card descriptions.
    ReadCustomerNumber,
    /// What each card description makes of the FeliCa card on the reader.
    TryCardDescriptions,
    /// Issue tickets on points of the card that is put on; their papers are printed with print-ticket.
    IssueTicket {
        /// The last day the tickets can be used (YYYY-MM-DD).
        #[arg(long)]
        last_day: Date,
        /// How many of these points each.
        #[arg(long, default_value_t = 1)]
        count: u32,
        #[command(flatten)]
        amounts: Amounts,
    },
    /// Print the papers of an issue; each number is printed once.
    PrintTicket {
        /// The issue's key, as it was told.
        #[arg(value_parser = key)]
        key: OperationKey,
    },
    /// Issue a ticket anew under another number, which is printed with print-ticket.
    ReissueTicket {
        /// Its number, 12 digits.
        #[arg(value_parser = ticket)]
        number: TicketNumber,
    },
    /// Take a ticket back whose paper is in hand.
    VoidTicket {
        /// Its number, 12 digits.
        #[arg(value_parser = ticket)]
        number: TicketNumber,
    },
    /// The tickets that this desk issued today.
    Tickets {
        /// Those that are open and lapse within seven days, instead.
        #[arg(long, conflicts_with = "open")]
        lapsing: bool,
        /// All that are open, instead.
        #[arg(long)]
        open: bool,
    },
    /// Clear a pile of used tickets: their codes or numbers on standard input, one a line.
    ClearTickets {
        /// Whose stamp they bear, by its number in clearing-sites; without it this terminal's own site.
        #[arg(long)]
        site: Option<i64>,
    },
    /// The sites whose stamp a ticket can bear.
    ClearingSites,
    /// The piles of this terminal, each with what it came to.
    Piles,
    /// The scans of a finished pile, each with its key.
    Pile {
        /// The pile's number in piles.
        pile: i64,
    },
    /// Take a clearing back, until the day is closed: the ticket is open again.
    TakeBack {
        /// The pile's number in piles.
        pile: i64,
        /// The key of the scan in pile.
        #[arg(value_parser = key)]
        key: OperationKey,
    },
    /// Give up a scan that waits for the cloud's word: it is not asked for again.
    DropScan {
        /// The pile's number in piles.
        pile: i64,
        /// The key of the scan in pile.
        #[arg(value_parser = key)]
        key: OperationKey,
    },
    /// What a day close would say now.
    PreviewDay,
    /// Close the day.
    CloseDay,
    /// The newest day closes.
    DayCloses,
    /// Print a day close.
    PrintDayClose {
        /// Its number.
        number: u32,
    },
    /// This site's uses in a time, as they are settled.
    SiteStatement {
        /// The first day (YYYY-MM-DD).
        #[arg(long)]
        from: Date,
        /// The last day.
        #[arg(long)]
        to: Date,
    },
    /// Merge points of the card that is put on into a shopping street's own, and lay its file down.
    Merge {
        /// The street's six digits.
        #[arg(long, value_parser = street)]
        street: IdProviderId,
        #[command(flatten)]
        amounts: Amounts,
    },
    /// The newest merges, each with what became of its file.
    Merges,
    /// Lay the file of a merge into its folder once more.
    PutMergeFile {
        /// The merge's key, as it was told.
        #[arg(value_parser = key)]
        key: OperationKey,
    },
    /// The programs that are paired with this terminal.
    Pairings,
    /// Take a program's pairing away.
    Unpair {
        /// The pairing, as pairings tells it.
        pairing: u32,
    },
    /// Lay a settings.toml down where none is, with the authority's PEM file that it names by a path relative to it.
    LayDownSettings(LayDownSettings),
    /// Say in the settings that the window's program starts with the PC, unless they say so or otherwise already.
    StartWithPc {
        /// In the settings for all users of this PC.
        #[arg(long)]
        for_all: bool,
    },
    /// Forget every key of counter, training and a street's software in this user's credential store.
    ForgetKeys {
        /// There is no way back: this PC must be registered anew.
        #[arg(long, required = true)]
        for_ever: bool,
    },
    /// Let paired programs on this PC ask for cards, until this program is told to end.
    Bridge {
        /// Pair a program of this name first; its code is told.
        #[arg(long, value_name = "NAME")]
        pair: Option<String>,
        /// It learns MyKey IDs and not customer numbers; for an ID provider that keeps MyKey IDs itself.
        #[arg(long, requires = "pair")]
        mykey_ids: bool,
        /// It may have the numbers on the ID provider's own cards, too.
        #[arg(long, requires = "pair")]
        own_cards: bool,
        /// The origin of the page that is paired, instead of a program on this PC.
        #[arg(long, value_name = "ORIGIN", requires = "pair")]
        origin: Option<String>,
    },
}

/// The cloud.
#[derive(Args)]
pub(crate) struct Connect {
    /// `https://…`; plain `http://` only to this PC.
    pub(crate) address: String,
    /// The PEM file of the only authority trusted for it.
    #[arg(long, value_name = "FILE")]
    pub(crate) authority: Option<String>,
}

/// Settings of whoever looks after PCs.
#[derive(Args)]
pub(crate) struct LayDownSettings {
    /// The settings.toml to lay down.
    pub(crate) file: PathBuf,
    /// The PEM file of the cloud's authority, where the settings name none.
    #[arg(long, value_name = "FILE")]
    pub(crate) authority: Option<PathBuf>,
    /// For all users of this PC, instead of this one.
    #[arg(long)]
    pub(crate) for_all: bool,
}

/// 画面 9 and 10.
#[derive(Args)]
pub(crate) struct Register {
    /// 端末ID.
    #[arg(long)]
    pub(crate) terminal: String,
    /// 担当者名.
    #[arg(long)]
    pub(crate) staff_name: String,
    /// 店舗名.
    #[arg(long)]
    pub(crate) shop_name: String,
    /// 郵便番号.
    #[arg(long)]
    pub(crate) postal_code: String,
    /// 住所.
    #[arg(long)]
    pub(crate) address: String,
    /// 電話番号.
    #[arg(long)]
    pub(crate) phone: String,
    /// メールアドレス.
    #[arg(long)]
    pub(crate) mail: String,
    /// ID付与事業者, its six digits; for a service-ID counter.
    #[arg(long)]
    pub(crate) id_provider: Option<String>,
}

/// Which points.
#[derive(Args)]
pub(crate) struct Amounts {
    /// Points; of one currency among several `141305/1=1500`. Several currencies may be named.
    #[arg(required = true)]
    pub(crate) points: Vec<String>,
    /// Let the card sign it, above the limits without PIN; asks for the PIN.
    #[arg(long)]
    pub(crate) pin: bool,
    /// The resident agrees to spend the PIN's last try.
    #[arg(long, requires = "pin")]
    pub(crate) last_try: bool,
}
