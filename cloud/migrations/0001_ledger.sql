-- The ledger: books, accounts, lots, operations, entries, blocks. docs/ledger.md tells the model.
--
-- Portable SQL. The book (6 digits of its issuer) is the partition key and the first column of every
-- table and index. Times are milliseconds since 1970 (UTC), dates Japan's as YYYY-MM-DD, amounts whole
-- points. "clustered" in a comment marks tables kept in the order of their primary key, where the
-- engine can. Rows refer to each other without foreign keys: every reference is made by the one pure
-- decision that also writes the row it refers to, the book checker proves them all, and a look-up per
-- line on the hot path would prove it a second time for every use of points. Checks of what every
-- use writes compare with "=" and not with "in": SQLite builds a table for a list of three or more,
-- for every row.

-- Where a book stands. Its row lock is the one writer's seat of the book.
create table head (
    book text primary key check (length(book) = 6),
    seq bigint not null check (seq >= 0),
    height bigint not null check (height between 0 and seq),
    hash blob not null check (length(hash) = 32),
    at_ms bigint not null,
    accounts bigint not null check (accounts >= 0),
    lots bigint not null check (lots >= 0)
) /* clustered */;

-- Whose points, of which currency. Written once, when it is opened. owner: the 16 bytes of a resident's
-- person id, the decimal number of a partner, site or street, empty for the others.
create table account (
    book text not null,
    kind text not null
        check (kind in ('issued', 'partner', 'resident', 'held', 'site', 'street', 'lapsed', 'bank')),
    owner blob not null,
    currency bigint not null check (currency > 0),
    id bigint not null check (id > 0),
    name blob not null check (length(name) = 16),
    primary key (book, kind, owner, currency),
    check (case kind when 'resident' then length(owner) = 16
                     when 'partner' then length(owner) > 0
                     when 'site' then length(owner) > 0
                     when 'street' then length(owner) > 0
                     else length(owner) = 0 end)
) /* clustered */;
create unique index account_by_id on account (book, id);

-- What an account holds that is no resident's. Few and short: many shops share a page, and every commit
-- changes some of them.
create table balance (
    book text not null,
    account bigint not null,
    kind text not null check (kind <> 'resident'),
    balance bigint not null,
    entries bigint not null check (entries >= 0),
    last_seq bigint,
    last_line bigint,
    primary key (book, account),
    check (balance >= 0 or kind = 'issued' or kind = 'partner' or kind = 'bank'),
    check ((entries = 0) = (last_seq is null)),
    check ((last_seq is null) = (last_line is null))
) /* clustered */;

-- All that a book knows of one resident, in one row, because one use of points changes all of it:
-- business_date and used say what was used without a signature at this municipality's terminals on the
-- newest such date; accounts is JSON, for each account what it holds and which of its lots have points
-- left. Not clustered: its rows are long.
create table wallet (
    book text not null,
    person blob not null check (length(person) = 16),
    business_date text check (length(business_date) = 10),
    used bigint check (used >= 0),
    accounts text not null,
    primary key (book, person),
    check ((business_date is null) = (used is null))
);

-- A resident's points of one last day (null = never lapse) and one origin, as they were granted. Written
-- once; what remains of it stands in the wallet.
create table lot (
    book text not null,
    account bigint not null,
    id bigint not null check (id > 0),
    last_day text check (length(last_day) = 10),
    origin_kind text not null check (origin_kind in ('program', 'partner', 'coupon', 'purchase')),
    origin_reference text not null,
    origin_seq bigint not null check (origin_seq > 0),
    amount bigint not null check (amount between 1 and 9999999999),
    primary key (book, account, id)
) /* clustered */;
create index lot_by_last_day on lot (book, last_day) where last_day is not null;

-- One business act in one book: posted, refused or abandoned. Append-only. The key and the answer stand
-- in the actor's home book; act_book and act_seq name that operation. Not clustered: its rows are long,
-- and a tree with long rows in its inner nodes grows deep.
create table operation (
    book text not null,
    seq bigint not null check (seq > 0),
    kind text not null
        check (kind = 'grant' or kind = 'use' or kind = 'void' or kind = 'lapse' or kind = 'abandon'),
    outcome text not null check (outcome = 'done' or outcome = 'refused' or outcome = 'abandoned'),
    actor text not null,
    key blob check (length(key) = 16),
    request_hash blob check (length(request_hash) = 32),
    answer text,
    at_ms bigint not null,
    business_date text not null check (length(business_date) = 10),
    site bigint,
    identified_by text check (identified_by = 'certificate' or identified_by = 'signature'
        or identified_by = 'street_card' or identified_by = 'roster'),
    reverses bigint check (reverses < seq),
    act_book text not null,
    act_seq bigint not null,
    primary key (book, seq),
    check ((key is not null) = (answer is not null)),
    check ((key is not null) = (act_book = book and act_seq = seq)),
    check ((outcome = 'abandoned') = (kind = 'abandon')),
    check ((request_hash is not null) = (key is not null and outcome <> 'abandoned')),
    check (outcome = 'done' or (key is not null and reverses is null)),
    check ((reverses is not null) = (kind = 'void' and outcome = 'done'))
);
-- The key before the actor: keys carry their time first, so new ones come at the right-hand edge.
create unique index operation_by_key on operation (book, key, actor) where key is not null;
create unique index operation_by_target on operation (book, reverses) where reverses is not null;
create unique index operation_by_act on operation (act_book, act_seq, book) where act_book <> book;

-- One line. Append-only. previous_seq and previous_line lead to the account's entry before it, so a
-- statement walks back from the newest without an index that every use would have to fill.
create table entry (
    book text not null,
    seq bigint not null,
    line bigint not null check (line > 0),
    account bigint not null,
    lot bigint,
    amount bigint not null check (amount between -9999999999 and 9999999999 and amount <> 0),
    account_seq bigint not null check (account_seq > 0),
    balance_after bigint not null,
    previous_seq bigint,
    previous_line bigint,
    primary key (book, seq, line),
    check ((account_seq = 1) = (previous_seq is null)),
    check ((previous_seq is null) = (previous_line is null))
) /* clustered */;

-- What one commit added to one book. Append-only.
create table block (
    book text not null,
    height bigint not null check (height > 0),
    first_seq bigint not null,
    last_seq bigint not null check (last_seq >= first_seq),
    root blob not null check (length(root) = 32),
    at_ms bigint not null,
    hash blob not null check (length(hash) = 32),
    primary key (book, height)
) /* clustered */;

-- Every lot of the book whose last day is this one or earlier has lapsed.
create table lapse_mark (
    book text primary key,
    lapsed_through text not null check (length(lapsed_through) = 10)
) /* clustered */;
