//! Books in memory: the plainest store there can be, with builders for what a test asks.

use jiff::civil::{Date, date};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::day::{business_date, from_millis};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::chain::{Block, genesis};
use madoguchi_domain::ledger::invariants::{BookAudit, Checked, LotRow, Violation};
use madoguchi_domain::ledger::{
    Account, AccountId, AccountKind, AccountName, AccountTitle, Actor, Answer, Asked, Batch, Books, Changes,
    ClearTicket, CloseDay, DayClose, DayUse, Decision, Fault, GrantPoints, Head, IdentifiedBy, IssueTicket,
    Job, LapseTicket, Limits, LotOrigin, Mark, MergePoints, OperationNumber, OriginKind, Part, PostedMerge,
    PostedOperation, Randoms, Refusal, ReissueTicket, Remembered, Request, RequestHash, StoredTicket,
    StoredWallet, StreetId, TakenTickets, Target, Ticket, TicketFace, UnclearTicket, UsePoints, VoidTicket,
    VoidUse, Wallet,
};
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::ticket::TicketNumber;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// 2026-11-20, 14:32 in Japan.
pub const NOON: i64 = 1_795_152_720_000;
/// One day.
pub const DAY: i64 = 86_400_000;
/// The Japan date of [`NOON`].
pub const TODAY: Date = date(2026, 11, 20);

pub fn city() -> BookCode {
    BookCode::parse("141305").unwrap()
}

pub fn prefecture() -> BookCode {
    BookCode::parse("140007").unwrap()
}

pub fn currency(book: BookCode, number: u32) -> CurrencyCode {
    CurrencyCode { book, number: CurrencyNumber(number) }
}

pub fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

pub fn terminal(number: u32) -> Actor {
    Actor::Terminal(TerminalId::from_number(number).unwrap())
}

pub fn key(number: u128) -> OperationKey {
    OperationKey(Uuid::from_u128(number))
}

pub fn points(number: i64) -> Points {
    Points::new(number).unwrap()
}

pub const NO_LIMITS: Limits = Limits { per_use: None, per_day: None };

/// A request of a terminal of the city; what is asked is also what is hashed.
pub fn asked(actor: Actor, number: u128, asked: Asked) -> Request {
    let hash = RequestHash::of([format!("{asked:?}").as_bytes()]);
    Request { actor, home: city(), key: key(number), hash, asked }
}

pub fn grant(to: PersonId, currency: CurrencyCode, amount: i64, last_day: Option<Date>) -> Asked {
    let origin = LotOrigin { kind: OriginKind::Program, reference: "000001".into() };
    Asked::Grant(GrantPoints {
        currency,
        person: to,
        points: points(amount),
        last_day,
        origin,
        partner: None,
        site: None,
        identified_by: Some(IdentifiedBy::Roster),
    })
}

pub fn use_with(
    by: PersonId,
    parts: &[(CurrencyCode, i64)],
    identified_by: IdentifiedBy,
    limits: Limits,
) -> Asked {
    let parts = parts.iter().map(|(currency, amount)| Part { currency: *currency, points: points(*amount) });
    Asked::Use(UsePoints::new(by, SiteId(7), parts.collect(), identified_by, limits).unwrap())
}

pub fn use_of(by: PersonId, parts: &[(CurrencyCode, i64)]) -> Asked {
    use_with(by, parts, IdentifiedBy::Certificate, NO_LIMITS)
}

pub fn void(target_seq: i64) -> Asked {
    Asked::Void(VoidUse { target_seq })
}

/// A ticket of the longest term, issued at site 7.
pub fn issue(by: PersonId, currency: CurrencyCode, amount: i64) -> Asked {
    issue_with(by, currency, amount, date(2026, 12, 20), NO_LIMITS)
}

pub fn issue_with(
    by: PersonId,
    currency: CurrencyCode,
    amount: i64,
    last_day: Date,
    limits: Limits,
) -> Asked {
    Asked::IssueTicket(IssueTicket {
        person: by,
        site: SiteId(7),
        part: Part { currency, points: points(amount) },
        last_day,
        identified_by: IdentifiedBy::Certificate,
        limits,
    })
}

/// Points for the member of street 300101 that has the person's number.
pub fn merge_with(
    by: PersonId,
    currency: CurrencyCode,
    amount: i64,
    identified_by: IdentifiedBy,
    limits: Limits,
) -> Asked {
    Asked::Merge(MergePoints {
        person: by,
        site: SiteId(7),
        part: Part { currency, points: points(amount) },
        street: STREET,
        point_id: StreetPointId::parse(&by.0.as_u128().to_string()).unwrap(),
        identified_by,
        limits,
    })
}

pub fn merge(by: PersonId, currency: CurrencyCode, amount: i64) -> Asked {
    merge_with(by, currency, amount, IdentifiedBy::Certificate, NO_LIMITS)
}

pub const STREET: StreetId = StreetId(300_101);

pub fn reissue(ticket: TicketNumber, site: i64) -> Asked {
    Asked::ReissueTicket(ReissueTicket { ticket, site: SiteId(site) })
}

pub fn void_ticket(ticket: TicketNumber) -> Asked {
    Asked::VoidTicket(VoidTicket { ticket })
}

/// A ticket with the stamp of site 9, scanned today.
pub fn clear(ticket: TicketNumber) -> Asked {
    clear_where(ticket, &[currency(city(), 1), currency(prefecture(), 1)], &[])
}

/// The same where tickets of these points are taken, at site 9 and elsewhere in the city.
pub fn clear_where(ticket: TicketNumber, at_site: &[CurrencyCode], elsewhere: &[CurrencyCode]) -> Asked {
    let taken = TakenTickets { own: city(), at_site: at_site.to_vec(), elsewhere: elsewhere.to_vec() };
    Asked::ClearTicket(ClearTicket { ticket, site: SiteId(9), taken: Arc::new(taken), scanned_on: TODAY })
}

pub fn unclear(target_seq: i64) -> Asked {
    Asked::UnclearTicket(UnclearTicket { target_seq })
}

pub fn lapse_ticket(book: BookCode, ticket: TicketNumber) -> Asked {
    Asked::LapseTicket(LapseTicket { book, ticket })
}

pub fn close_day() -> Asked {
    Asked::CloseDay(CloseDay { site: SiteId(7) })
}

pub const COMMAND: Actor = Actor::Job(Job::Command);

/// Names accounts and tickets 1, 2, 3 …
#[derive(Default)]
struct Counting(u128);

impl Randoms for Counting {
    fn account_name(&mut self) -> AccountName {
        self.0 += 1;
        AccountName(self.0.to_be_bytes())
    }

    fn ticket_number(&mut self) -> TicketNumber {
        self.0 += 1;
        TicketNumber::from_number(self.0.try_into().unwrap()).unwrap()
    }
}

/// Whole books in memory.
#[derive(Default)]
pub struct Memory {
    heads: BTreeMap<BookCode, Head>,
    accounts: BTreeMap<AccountTitle, Account>,
    operations: BTreeMap<BookCode, Vec<PostedOperation>>,
    blocks: BTreeMap<BookCode, Vec<Block>>,
    days: BTreeMap<(BookCode, PersonId), DayUse>,
    tickets: BTreeMap<TicketNumber, Ticket>,
    closes: BTreeMap<(BookCode, Actor), Vec<DayClose>>,
    merges: Vec<PostedMerge>,
    randoms: Counting,
    /// What a process keeps from batch to batch.
    kept: Books,
}

impl Memory {
    /// Books of the city and the prefecture, with these currencies open.
    pub fn with(currencies: &[CurrencyCode]) -> Self {
        let mut memory = Self::default();
        for book in [city(), prefecture()] {
            let head = Head { seq: 0, height: 0, hash: genesis(book), at_ms: 0, accounts: 0, lots: 0 };
            memory.heads.insert(book, head);
        }
        for currency in currencies {
            for title in [AccountTitle::issued(*currency), AccountTitle::lapsed(*currency)] {
                let head = memory.heads.get_mut(&title.book()).unwrap();
                head.accounts += 1;
                let name = memory.randoms.account_name();
                memory.accounts.insert(title, Account::opened(AccountId(head.accounts), name));
            }
        }
        memory
    }

    /// Posts these requests in one batch.
    pub fn post_all(&mut self, now_ms: i64, requests: &[Request]) -> Vec<Result<Decision, Fault>> {
        let mut books = std::mem::take(&mut self.kept);
        let mut randoms = std::mem::take(&mut self.randoms);
        self.load(&mut books, requests, &mut randoms);
        let mut batch = Batch::open(&mut books, now_ms, &mut randoms).unwrap();
        let decisions = requests.iter().map(|request| batch.decide(request)).collect();
        let changes = batch.close();
        self.randoms = randoms;
        self.kept = books;
        self.write(changes);
        decisions
    }

    /// As after a restart: nothing is kept but the rows.
    pub fn forget_what_was_kept(&mut self) {
        self.kept = Books::default();
    }

    /// Posts one request in a batch of its own.
    pub fn post(&mut self, now_ms: i64, request: Request) -> Answer {
        self.post_all(now_ms, &[request]).remove(0).unwrap().answer
    }

    pub fn balance(&self, of: AccountTitle) -> i64 {
        self.accounts.get(&of).map_or(0, |account| account.balance)
    }

    pub fn account(&self, of: AccountTitle) -> Option<&Account> {
        self.accounts.get(&of)
    }

    /// For what cannot be reached by posting; no process may have kept it.
    pub fn account_mut(&mut self, of: AccountTitle) -> &mut Account {
        self.forget_what_was_kept();
        self.accounts.get_mut(&of).unwrap()
    }

    /// A ticket as its book keeps it.
    pub fn ticket(&self, number: TicketNumber) -> &Ticket {
        &self.tickets[&number]
    }

    /// Every number that was ever a ticket's, with its book.
    pub fn ticket_numbers(&self) -> Vec<(BookCode, TicketNumber)> {
        self.tickets.values().map(|ticket| (ticket.book(), ticket.face.number)).collect()
    }

    /// What the files of all merges say.
    pub fn merges(&self) -> &[PostedMerge] {
        &self.merges
    }

    pub fn merges_mut(&mut self) -> &mut Vec<PostedMerge> {
        &mut self.merges
    }

    pub fn operations(&self, book: BookCode) -> &[PostedOperation] {
        self.operations.get(&book).map_or(&[], Vec::as_slice)
    }

    pub fn blocks(&self, book: BookCode) -> &[Block] {
        self.blocks.get(&book).map_or(&[], Vec::as_slice)
    }

    /// Every violated invariant over all books.
    pub fn violations(&self) -> Vec<Violation> {
        let mut checked = Checked::default();
        for (book, head) in &self.heads {
            checked.join(self.audit(*book, head));
        }
        checked.check_acts(|act| {
            let found = self.operations(act.book).iter().find(|posted| posted.operation.seq == act.seq);
            found.map(|posted| posted.operation)
        });
        checked.check_days(self.days.iter().map(|((book, person), day)| (*book, *person, *day)));
        checked.check_tickets();
        checked.violations
    }

    fn audit(&self, book: BookCode, head: &Head) -> Checked {
        let mut audit = BookAudit::of(book);
        let of_book = || self.accounts.iter().filter(|(title, _)| title.book() == book);
        of_book().for_each(|(title, account)| audit.account(*title, account.clone()));
        for (_, account) in of_book() {
            account.lots.iter().for_each(|lot| audit.lot(LotRow { account: account.id, lot: *lot }));
        }
        self.tickets.values().filter(|ticket| ticket.book() == book).for_each(|ticket| audit.ticket(ticket));
        let closes = self.closes.iter().filter(|((home, _), _)| *home == book);
        closes.flat_map(|(_, closes)| closes).for_each(|close| audit.day_close(*close));
        self.merges.iter().filter(|merge| merge.book == book).for_each(|merge| audit.merge(merge.clone()));
        let mut operations = self.operations(book).iter().peekable();
        for block in self.blocks(book) {
            while let Some(posted) = operations.next_if(|posted| posted.operation.seq <= block.last_seq) {
                let target = posted.operation.reverses.and_then(|seq| self.at(book, seq));
                audit.operation(posted, target);
            }
            audit.block(block);
        }
        operations.for_each(|posted| audit.operation(posted, None));
        audit.finish(head)
    }

    fn at(&self, book: BookCode, seq: i64) -> Option<&PostedOperation> {
        self.operations(book).iter().find(|posted| posted.operation.seq == seq)
    }

    fn load(&self, books: &mut Books, requests: &[Request], randoms: &mut Counting) {
        self.heads.iter().for_each(|(book, head)| books.put_head(*book, *head));
        for request in requests {
            let known = self.operations(request.home).iter().find(|posted| {
                posted.operation.key == Some(request.key) && posted.operation.actor == request.actor
            });
            let remembered = known.map(|posted| Remembered {
                hash: posted.operation.request_hash,
                outcome: posted.operation.outcome,
                answer: posted.answer.clone().unwrap(),
            });
            if !books.has_key(request.home, request.actor, request.key) {
                books.put_key(request.home, request.actor, request.key, remembered);
            }
            self.load_asked(books, request);
        }
        for _ in requests.iter().filter(|request| request.makes_a_ticket()) {
            let number = std::iter::repeat_with(|| randoms.ticket_number())
                .find(|number| !self.tickets.contains_key(number));
            books.put_free_number(number.unwrap());
        }
    }

    fn load_asked(&self, books: &mut Books, request: &Request) {
        match &request.asked {
            Asked::Grant(grant) => {
                self.load_account(books, AccountTitle::issued(grant.currency));
                self.load_account(books, AccountTitle::resident(grant.currency, grant.person));
                if let Some(partner) = grant.partner {
                    let kind = AccountKind::Partner(partner);
                    self.load_account(books, AccountTitle { currency: grant.currency, kind });
                }
            }
            Asked::Use(used) => {
                for part in used.parts() {
                    self.load_account(books, AccountTitle::resident(part.currency, used.person()));
                    self.load_account(books, AccountTitle::site(part.currency, used.site()));
                }
                self.load_wallet(books, request.home, used.person());
            }
            Asked::Void(void) => self.load_target(books, request.home, void.target_seq),
            Asked::RefundMerge(refund) => self.load_target(books, request.home, refund.target_seq),
            Asked::IssueTicket(issue) => {
                let currency = issue.part.currency;
                self.load_account(books, AccountTitle::resident(currency, issue.person));
                self.load_account(books, AccountTitle::held(currency));
                self.load_wallet(books, request.home, issue.person);
            }
            Asked::Merge(merge) => {
                let currency = merge.part.currency;
                self.load_account(books, AccountTitle::resident(currency, merge.person));
                self.load_account(books, AccountTitle::street(currency, merge.street));
                self.load_wallet(books, request.home, merge.person);
            }
            Asked::VoidTicket(void) => {
                if let Some(ticket) = self.tickets.get(&void.ticket) {
                    self.load_target(books, ticket.issue.book, ticket.issue.seq);
                }
            }
            Asked::ClearTicket(clear) => {
                if let Some(ticket) = self.tickets.get(&clear.ticket) {
                    self.load_account(books, AccountTitle::held(ticket.face.currency));
                    self.load_account(books, AccountTitle::site(ticket.face.currency, clear.site));
                }
            }
            Asked::UnclearTicket(unclear) => {
                self.load_target(books, request.home, unclear.target_seq);
                let target = self.target(request.home, unclear.target_seq);
                if let Some(number) = target.and_then(|target| target.ticket) {
                    self.load_ticket(books, number);
                }
            }
            Asked::LapseTicket(lapse) => {
                if let Some(ticket) = self.tickets.get(&lapse.ticket) {
                    self.load_account(books, AccountTitle::held(ticket.face.currency));
                    self.load_account(books, AccountTitle::lapsed(ticket.face.currency));
                }
            }
            Asked::Lapse(lapse) => {
                self.load_account(books, AccountTitle::resident(lapse.currency, lapse.person));
                self.load_account(books, AccountTitle::lapsed(lapse.currency));
            }
            Asked::ReissueTicket(_) | Asked::CloseDay(_) | Asked::Resolve | Asked::Barred(_) => {}
        }
        if let Some(number) = request.ticket() {
            self.load_ticket(books, number);
        }
        if request.asks_for_the_last_close() && !books.has_close(request.home, request.actor) {
            let close = self.closes.get(&(request.home, request.actor)).and_then(|closes| closes.last());
            books.put_close(request.home, request.actor, close.copied());
        }
    }

    fn load_ticket(&self, books: &mut Books, number: TicketNumber) {
        if !books.has_ticket(number) {
            books.put_ticket(number, self.tickets.get(&number).copied());
        }
    }

    fn load_account(&self, books: &mut Books, title: AccountTitle) {
        if let AccountKind::Resident(person) = title.kind {
            self.load_wallet(books, title.book(), person);
        } else if !books.has_account(&title) {
            books.put_account(title, self.accounts.get(&title).cloned());
        }
    }

    fn load_wallet(&self, books: &mut Books, book: BookCode, person: PersonId) {
        if !books.has_wallet(book, person) {
            books.put_wallet(book, person, self.wallet(book, person));
        }
    }

    /// Without the lots of which nothing remains, as the store keeps it.
    fn wallet(&self, book: BookCode, person: PersonId) -> Option<Wallet> {
        let is_his =
            |title: &AccountTitle| title.book() == book && title.kind == AccountKind::Resident(person);
        let accounts: BTreeMap<CurrencyNumber, Account> = self
            .accounts
            .iter()
            .filter(|(title, _)| is_his(title))
            .map(|(title, account)| {
                let lots = account.lots.iter().filter(|lot| lot.remaining > 0).copied().collect();
                (title.currency.number, Account { lots, ..account.clone() })
            })
            .collect();
        let day = self.days.get(&(book, person)).copied();
        (!accounts.is_empty() || day.is_some()).then_some(Wallet { accounts, day })
    }

    fn load_target(&self, books: &mut Books, home: BookCode, seq: i64) {
        if books.has_target(home, seq) {
            return;
        }
        let target = self.target(home, seq);
        for (title, lot, _) in target.iter().flat_map(|target| &target.lines) {
            self.load_account(books, *title);
            self.load_account(books, AccountTitle::lapsed(title.currency));
            if let Some(lot) = lot.and_then(|id| self.accounts[title].lot(id))
                && let AccountKind::Resident(person) = title.kind
            {
                books.put_lot(title.book(), person, title.currency.number, *lot);
                self.load_wallet(books, home, person);
            }
        }
        books.put_target(home, seq, target);
    }

    fn target(&self, home: BookCode, seq: i64) -> Option<Target> {
        let posted = self.at(home, seq)?;
        let same_act = |other: &&PostedOperation| {
            other.operation.act == posted.operation.act && other.operation.book != home
        };
        let others: Vec<&PostedOperation> = self.operations.values().flatten().filter(same_act).collect();
        let lines = |posted: &PostedOperation| -> Vec<_> {
            let title = |id| {
                let of = self
                    .accounts
                    .iter()
                    .find(|(title, account)| title.book() == posted.operation.book && account.id == id);
                *of.unwrap().0
            };
            posted.entries.iter().map(|entry| (title(entry.account), entry.lot, entry.amount)).collect()
        };
        let reversed_by = self.operations(home).iter().find(|by| by.operation.reverses == Some(seq));
        Some(Target {
            operation: posted.operation,
            others: others.iter().map(|other| (other.operation.book, other.operation.seq)).collect(),
            lines: std::iter::once(posted).chain(others.iter().copied()).flat_map(lines).collect(),
            ticket: match &posted.answer {
                Some(Answer::Done(done)) => done.ticket.map(|face| face.number),
                _ => None,
            },
            reversed_by: reversed_by.map(number_of),
        })
    }

    fn write_wallet(&mut self, StoredWallet { book, person, wallet, .. }: StoredWallet) {
        for (number, account) in wallet.accounts {
            let title = AccountTitle::resident(CurrencyCode { book, number }, person);
            let mut lots = std::mem::take(&mut self.accounts.get_mut(&title).unwrap().lots);
            for lot in &account.lots {
                match lots.iter_mut().find(|kept| kept.id == lot.id) {
                    Some(kept) => *kept = *lot,
                    None => lots.push(*lot),
                }
            }
            self.accounts.insert(title, Account { lots, ..account });
        }
        if let Some(day) = wallet.day {
            self.days.insert((book, person), day);
        }
    }

    fn write(&mut self, changes: Changes) {
        for posted in changes.operations {
            self.operations.entry(posted.operation.book).or_default().push(posted);
        }
        for opened in changes.opened {
            let account = Account::opened(opened.id, opened.name);
            assert!(self.accounts.insert(opened.title, account).is_none(), "opened once");
        }
        for stored in changes.accounts {
            self.accounts.insert(stored.title, stored.account);
        }
        for stored in changes.wallets {
            let was_kept = self.wallet(stored.book, stored.person).is_some_and(|wallet| {
                wallet.day.is_some() || wallet.accounts.values().any(|account| account.entries > 0)
            });
            assert_eq!(stored.mark == Mark::New, !was_kept, "inserted once, updated then");
            self.write_wallet(stored);
        }
        for StoredTicket { mark, ticket } in changes.tickets {
            let known = self.tickets.insert(ticket.face.number, ticket);
            assert_eq!(mark == Mark::New, known.is_none(), "inserted once, updated then");
        }
        for close in changes.closes {
            self.closes.entry((close.book, close.actor)).or_default().push(close);
        }
        self.merges.extend(changes.merges);
        for block in changes.blocks {
            self.blocks.entry(block.book).or_default().push(block);
        }
        self.heads.extend(changes.heads);
    }
}

pub fn number_of(posted: &PostedOperation) -> OperationNumber {
    let operation = &posted.operation;
    OperationNumber { book: operation.book, business_date: operation.business_date, seq: operation.seq }
}

/// The number of what was done.
pub fn done(answer: &Answer) -> OperationNumber {
    match answer {
        Answer::Done(done) => done.number,
        other => panic!("not done: {other:?}"),
    }
}

/// The face of the ticket that something was done with.
pub fn face(answer: &Answer) -> TicketFace {
    match answer {
        Answer::Done(done) => done.ticket.expect("a ticket"),
        other => panic!("not done: {other:?}"),
    }
}

/// Why it was refused.
pub fn refused(answer: Answer) -> Refusal {
    match answer {
        Answer::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

pub fn japan_date(at_ms: i64) -> Date {
    business_date(from_millis(at_ms).unwrap())
}
