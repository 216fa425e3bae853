//! One operation in the journal.

use super::{NamedCurrency, Series};
use crate::entropy::Entropy;
use crate::store::{SealedPlace, Store, StoreFault, StoreKey};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::sign_in::StaffName;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{CardSignature, MergeReception, OperationAnswer, OperationKind, Refusal};
use rusqlite::{OptionalExtension, Row, ToSql, params};
use std::sync::Arc;
use uuid::Uuid;

const COLUMNS: &str = "key, kind, voids, points, pressed_at_ms, masked_mykey_id, currencies, signature, answer, \
                       problem, acknowledged, printed, staff_name, ticket, series, series_wanted, file_put";

/// Far more than one desk issues in the days in which anybody asks.
const TICKETS_LOOKED_AT: u32 = 2_000;

/// An operation of this terminal, with what is known of its fate.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Intent {
    /// Its key.
    pub(crate) key: OperationKey,
    /// What was asked for.
    pub(crate) kind: OperationKind,
    /// For a void: the key of the use.
    pub(crate) voids: Option<OperationKey>,
    /// For the reissue and the void of a ticket: its number.
    pub(crate) ticket: Option<TicketNumber>,
    /// Points over all accounts; 0 for a day close.
    pub(crate) points: i64,
    /// When the button was pressed, by this PC's clock.
    pub(crate) pressed_at_ms: i64,
    /// The masked MyKey ID.
    pub(crate) masked_mykey_id: String,
    /// The currencies concerned.
    pub(crate) currencies: Vec<NamedCurrency>,
    /// What the card signed, for a use above the limits without PIN.
    pub(crate) signature: Option<CardSignature>,
    /// Who was signed in, where the municipality wants the name.
    pub(crate) staff_name: Option<StaffName>,
    /// The cloud's final answer, once there is one.
    pub(crate) answer: Option<OperationAnswer>,
    /// What the cloud said without remembering it, where it did.
    pub(crate) problem: Option<ErrorCode>,
    /// Whether the clerk has seen its fate.
    pub(crate) acknowledged: bool,
    /// How often its receipt was printed; of a ticket: 1 once its number was handed to a printer.
    pub(crate) printed: u32,
    /// For an issue that is one of several in one go.
    pub(crate) series: Option<Series>,
    /// For a merge: whether the street's file was laid down.
    pub(crate) file_put: bool,
}

/// The journal of one registration.
#[derive(Clone)]
pub(crate) struct Journal {
    pub(super) store: Arc<Store>,
    entropy: Arc<dyn Entropy>,
    registration: i64,
    key: StoreKey,
}

impl Journal {
    /// The journal of a registration, its sealed columns under `key`.
    pub(crate) fn new(
        store: Arc<Store>,
        entropy: Arc<dyn Entropy>,
        registration: i64,
        key: StoreKey,
    ) -> Self {
        Self { store, entropy, registration, key }
    }

    /// Writes an intent durably. Nothing may be sent before this has returned.
    pub(crate) fn write(&self, intent: &Intent) -> Result<(), StoreFault> {
        self.insert("intent", intent)
    }

    /// Takes over an operation that this terminal made but whose journal is elsewhere or gone: it is
    /// final, and seen.
    pub(crate) fn adopt(&self, intent: &Intent) -> Result<(), StoreFault> {
        self.insert("adopted intent", intent)
    }

    fn insert(&self, what: &'static str, intent: &Intent) -> Result<(), StoreFault> {
        let key = intent.key.to_string();
        let masked = self.key.seal(&*self.entropy, masked_of(&key), &intent.masked_mykey_id)?;
        let currencies = serde_json::to_string(&intent.currencies)?;
        let signature = intent
            .signature
            .as_ref()
            .map(|signature| self.key.seal(&*self.entropy, signature_of(&key), signature))
            .transpose()?;
        let answer = intent
            .answer
            .as_ref()
            .map(|answer| self.key.seal(&*self.entropy, answer_of(&key), answer))
            .transpose()?;
        let staff_name = intent
            .staff_name
            .as_ref()
            .map(|name| self.key.seal(&*self.entropy, staff_name_of(&key), name))
            .transpose()?;
        let ticket = intent
            .ticket
            .as_ref()
            .map(|ticket| self.key.seal(&*self.entropy, ticket_of(&key), ticket))
            .transpose()?;
        self.store.write(what, |write| {
            write.execute(
                "insert into intent
                     (key, registration, store_key, kind, voids, points, pressed_at_ms, state,
                      masked_mykey_id, currencies, signature, answer, acknowledged, staff_name, ticket, series,
                      series_wanted, printed)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
                params![
                    key,
                    self.registration,
                    self.key.name(),
                    kind_text(intent.kind),
                    intent.voids.map(|voids| voids.to_string()),
                    intent.points,
                    intent.pressed_at_ms,
                    state_text(intent.answer.as_ref()),
                    masked,
                    currencies,
                    signature,
                    answer,
                    intent.acknowledged,
                    staff_name,
                    ticket,
                    intent.series.as_ref().map(|series| series.first.to_string()),
                    intent.series.as_ref().map(|series| series.wanted),
                    intent.printed,
                ],
            )?;
            Ok(())
        })
    }

    /// Writes an intent's fate durably.
    pub(crate) fn settle(&self, key: OperationKey, answer: &OperationAnswer) -> Result<(), StoreFault> {
        let key = key.to_string();
        let sealed = self.key.seal(&*self.entropy, answer_of(&key), answer)?;
        self.store.write("fate", |write| {
            write.execute(
                "update intent set state = ?2, answer = ?3 where key = ?1 and state = 'open'",
                params![key, state_text(Some(answer)), sealed],
            )?;
            Ok(())
        })
    }

    /// Notes what the cloud said without remembering it.
    pub(crate) fn note_problem(&self, key: OperationKey, problem: ErrorCode) -> Result<(), StoreFault> {
        let problem = serde_json::to_string(&problem)?;
        self.store.write("problem", |write| {
            write.execute(
                "update intent set problem = ?2 where key = ?1",
                params![key.to_string(), problem],
            )?;
            Ok(())
        })
    }

    /// The clerk has seen an operation's fate.
    pub(crate) fn acknowledge(&self, key: OperationKey) -> Result<(), StoreFault> {
        self.store.write("acknowledgement", |write| {
            write.execute("update intent set acknowledged = 1 where key = ?1", [key.to_string()])?;
            Ok(())
        })
    }

    /// Counts a receipt, or takes the count back (`by` = −1); answers how often it is printed now.
    pub(crate) fn count_print(&self, key: OperationKey, by: i32) -> Result<u32, StoreFault> {
        self.store.write("print", |write| {
            Ok(write.query_row(
                "update intent set printed = max(printed + ?2, 0) where key = ?1 returning printed",
                params![key.to_string(), by],
                |row| row.get(0),
            )?)
        })
    }

    /// The issues and reissues, and the voids of tickets, the newest first, as many as a desk makes in
    /// days. Their numbers are sealed, so whoever looks for one looks at all of them.
    pub(crate) fn about_tickets(&self) -> Result<Vec<Intent>, StoreFault> {
        let condition = format!(
            "and kind in ('issue_ticket', 'reissue_ticket', 'void_ticket')
             order by seq desc limit {TICKETS_LOOKED_AT}"
        );
        self.find_all(&condition, &[])
    }

    /// The newest merges that took place, the newest first, so many at most.
    pub(crate) fn merges(&self, most: u32) -> Result<Vec<Intent>, StoreFault> {
        let condition =
            format!("and kind = 'merge_points' and state = 'done' order by seq desc limit {most}");
        self.find_all(&condition, &[])
    }

    /// The merges that took place and whose file was not laid down, the oldest first.
    pub(crate) fn merges_without_file(&self) -> Result<Vec<Intent>, StoreFault> {
        self.find_all("and kind = 'merge_points' and state = 'done' and file_put = 0 order by seq", &[])
    }

    /// The street's file was laid down.
    pub(crate) fn note_file_put(&self, key: OperationKey) -> Result<(), StoreFault> {
        self.store.write("file put", |write| {
            write.execute("update intent set file_put = 1 where key = ?1", [key.to_string()])?;
            Ok(())
        })
    }

    /// What a street answered to a merge. One that was not a member yet may become one.
    pub(crate) fn note_reception(
        &self,
        key: OperationKey,
        reception: MergeReception,
    ) -> Result<(), StoreFault> {
        self.store.write("reception", |write| {
            write.execute(
                "insert into merge_reception (key, reception) values (?1, ?2) on conflict do nothing",
                [key.to_string().as_str(), code_of(reception)],
            )?;
            Ok(())
        })
    }

    /// What the street has answered to a merge. That it has taken it back is its last word; a number that came again
    /// with other content was received before.
    pub(crate) fn reception(&self, key: OperationKey) -> Result<Option<MergeReception>, StoreFault> {
        let answered: Vec<String> = self.store.read(|read| {
            let mut asked = read.prepare_cached("select reception from merge_reception where key = ?1")?;
            let answered = asked.query_map([key.to_string()], |row| row.get(0))?;
            answered.collect()
        })?;
        let order = [
            MergeReception::BookedBack,
            MergeReception::Declined,
            MergeReception::OtherContent,
            MergeReception::Received,
            MergeReception::UnknownMember,
        ];
        Ok(order.into_iter().find(|reception| answered.iter().any(|code| code == code_of(*reception))))
    }

    /// How often the paper of a day close was printed.
    pub(crate) fn close_prints(&self, number: u32) -> Result<u32, StoreFault> {
        self.store.read(|read| {
            read.query_row(
                "select printed from day_close_paper where registration = ?1 and number = ?2",
                params![self.registration, number],
                |row| row.get(0),
            )
            .optional()
            .map(Option::unwrap_or_default)
        })
    }

    /// Counts the paper of a day close, or takes the count back; answers how often it is printed now.
    pub(crate) fn count_close_print(&self, number: u32, by: i32) -> Result<u32, StoreFault> {
        self.store.write("print of a close", |write| {
            Ok(write.query_row(
                "insert into day_close_paper (registration, number, printed) values (?1, ?2, max(?3, 0))
                 on conflict (registration, number) do update set printed = max(printed + ?3, 0)
                 returning printed",
                params![self.registration, number, by],
                |row| row.get(0),
            )?)
        })
    }

    /// The newest operation.
    pub(crate) fn last(&self) -> Result<Option<Intent>, StoreFault> {
        self.find("order by seq desc limit 1", &[])
    }

    /// The operation that is unresolved, if one is.
    pub(crate) fn open(&self) -> Result<Option<Intent>, StoreFault> {
        self.find("and state = 'open'", &[])
    }

    /// An operation by its key.
    pub(crate) fn get(&self, key: OperationKey) -> Result<Option<Intent>, StoreFault> {
        self.find("and key = ?3", &[key.to_string()])
    }

    fn find(&self, condition: &str, values: &[String]) -> Result<Option<Intent>, StoreFault> {
        let found = self.find_all(condition, values)?.into_iter().next();
        found.map(|intent| self.with_series(intent)).transpose()
    }

    /// The intents of a condition, whose values begin at `?3`; none knows the others of its series.
    pub(super) fn find_all(&self, condition: &str, values: &[String]) -> Result<Vec<Intent>, StoreFault> {
        let sql =
            format!("select {COLUMNS} from intent where registration = ?1 and store_key = ?2 {condition}");
        let mut bound: Vec<&dyn ToSql> = vec![&self.registration];
        let store_key = self.key.name();
        bound.push(&store_key);
        bound.extend(values.iter().map(|value| value as &dyn ToSql));
        let rows: Vec<Columns> = self.store.read(|read| {
            let mut statement = read.prepare_cached(&sql)?;
            statement.query_map(bound.as_slice(), Columns::read)?.collect()
        })?;
        rows.into_iter().map(|columns| columns.open(&self.key)).collect()
    }
}

/// A row as it stands in the table.
struct Columns {
    key: String,
    kind: String,
    voids: Option<String>,
    points: i64,
    pressed_at_ms: i64,
    masked_mykey_id: Vec<u8>,
    currencies: String,
    signature: Option<Vec<u8>>,
    answer: Option<Vec<u8>>,
    problem: Option<String>,
    acknowledged: bool,
    printed: u32,
    staff_name: Option<Vec<u8>>,
    ticket: Option<Vec<u8>>,
    series: Option<String>,
    series_wanted: Option<u32>,
    file_put: bool,
}

impl Columns {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            kind: row.get(1)?,
            voids: row.get(2)?,
            points: row.get(3)?,
            pressed_at_ms: row.get(4)?,
            masked_mykey_id: row.get(5)?,
            currencies: row.get(6)?,
            signature: row.get(7)?,
            answer: row.get(8)?,
            problem: row.get(9)?,
            acknowledged: row.get(10)?,
            printed: row.get(11)?,
            staff_name: row.get(12)?,
            ticket: row.get(13)?,
            series: row.get(14)?,
            series_wanted: row.get(15)?,
            file_put: row.get(16)?,
        })
    }

    fn open(self, key: &StoreKey) -> Result<Intent, StoreFault> {
        let answer = self.answer.map(|sealed| key.open(answer_of(&self.key), &sealed)).transpose()?;
        let signature =
            self.signature.map(|sealed| key.open(signature_of(&self.key), &sealed)).transpose()?;
        let staff_name =
            self.staff_name.map(|sealed| key.open(staff_name_of(&self.key), &sealed)).transpose()?;
        let ticket = self.ticket.map(|sealed| key.open(ticket_of(&self.key), &sealed)).transpose()?;
        let first = self.series.as_deref().map(operation_key).transpose()?;
        Ok(Intent {
            staff_name,
            ticket,
            series: first.zip(self.series_wanted).map(|(first, wanted)| Series {
                first,
                wanted,
                before: Vec::new(),
            }),
            kind: kind_of(&self.kind)?,
            voids: self.voids.as_deref().map(operation_key).transpose()?,
            points: self.points,
            pressed_at_ms: self.pressed_at_ms,
            masked_mykey_id: key.open(masked_of(&self.key), &self.masked_mykey_id)?,
            currencies: serde_json::from_str(&self.currencies)?,
            signature,
            answer,
            problem: self.problem.map(|problem| serde_json::from_str(&problem)).transpose()?,
            acknowledged: self.acknowledged,
            printed: self.printed,
            file_put: self.file_put,
            key: operation_key(&self.key)?,
        })
    }
}

fn masked_of(row: &str) -> SealedPlace<'_> {
    SealedPlace { table: "intent", row, column: "masked_mykey_id" }
}

fn signature_of(row: &str) -> SealedPlace<'_> {
    SealedPlace { table: "intent", row, column: "signature" }
}

fn staff_name_of(row: &str) -> SealedPlace<'_> {
    SealedPlace { table: "intent", row, column: "staff_name" }
}

fn ticket_of(row: &str) -> SealedPlace<'_> {
    SealedPlace { table: "intent", row, column: "ticket" }
}

fn answer_of(row: &str) -> SealedPlace<'_> {
    SealedPlace { table: "intent", row, column: "answer" }
}

const fn state_text(answer: Option<&OperationAnswer>) -> &'static str {
    match answer {
        None => "open",
        Some(OperationAnswer::Done(_)) => "done",
        Some(OperationAnswer::Refused(Refusal::Abandoned)) => "not_done",
        Some(OperationAnswer::Refused(_)) => "refused",
    }
}

const fn kind_text(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Use => "use",
        OperationKind::Void => "void",
        OperationKind::IssueTicket => "issue_ticket",
        OperationKind::ReissueTicket => "reissue_ticket",
        OperationKind::VoidTicket => "void_ticket",
        OperationKind::ClearTicket => "clear_ticket",
        OperationKind::UnclearTicket => "unclear_ticket",
        OperationKind::MergePoints => "merge_points",
        OperationKind::CloseDay => "close_day",
    }
}

fn kind_of(text: &str) -> Result<OperationKind, StoreFault> {
    match text {
        "use" => Ok(OperationKind::Use),
        "void" => Ok(OperationKind::Void),
        "issue_ticket" => Ok(OperationKind::IssueTicket),
        "reissue_ticket" => Ok(OperationKind::ReissueTicket),
        "void_ticket" => Ok(OperationKind::VoidTicket),
        "clear_ticket" => Ok(OperationKind::ClearTicket),
        "unclear_ticket" => Ok(OperationKind::UnclearTicket),
        "merge_points" => Ok(OperationKind::MergePoints),
        "close_day" => Ok(OperationKind::CloseDay),
        other => Err(StoreFault::Damaged(format!("the kind {other}"))),
    }
}

fn operation_key(text: &str) -> Result<OperationKey, StoreFault> {
    Uuid::try_parse(text).map(OperationKey).map_err(|_| StoreFault::Damaged("an operation's key".into()))
}

/// The word in the store.
const fn code_of(reception: MergeReception) -> &'static str {
    match reception {
        MergeReception::Received => "received",
        MergeReception::UnknownMember => "unknown_member",
        MergeReception::OtherContent => "other_content",
        MergeReception::BookedBack => "booked_back",
        MergeReception::Declined => "declined",
    }
}
