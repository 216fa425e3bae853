-- Who is who: issuers, currencies, sites, ID providers, terminals, persons. Only these tables tie the
-- ledger's random person ids to a MyKey ID or a certificate.

-- Counts every change that a process may have cached (terminals, functions, currencies, limits,
-- names). Each process looks at it at least once a second.
create table registry (
    one bigint primary key check (one = 1),
    version bigint not null
);
insert into registry (one, version) values (1, 1);

-- 発行団体: municipalities and prefectures, with the limits without PIN at a municipality's terminals.
create table issuer (
    code text primary key check (length(code) = 6),
    name text not null check (name <> ''),
    limit_per_use bigint not null check (limit_per_use > 0),
    limit_per_day bigint not null check (limit_per_day > 0)
);

create table currency (
    book text not null check (length(book) = 6),
    number bigint not null check (number > 0),
    kind text not null check (kind in ('municipal', 'event', 'common', 'reserved')),
    name text not null check (name <> ''),
    first_day text,
    last_day text,
    primary key (book, number),
    check (kind not in ('event', 'common') or (first_day is not null and last_day is not null)),
    check (first_day is null or last_day is null or first_day <= last_day)
);
create unique index one_municipal_currency_per_book on currency (book) where kind = 'municipal';

-- 端末設置場所・利用店舗: the unit of settlement.
create table site (
    id bigint primary key,
    municipality text not null references issuer (code),
    name text not null check (name <> '')
);

-- ID付与事業者.
create table id_provider (
    id text primary key check (length(id) = 6),
    municipality text not null references issuer (code),
    name text not null check (name <> ''),
    is_street bigint not null check (is_street in (0, 1))
);

create table terminal (
    id bigint primary key check (id between 0 and 99999999),
    municipality text not null references issuer (code),
    site bigint not null references site (id),
    kind text not null
        check (kind in ('service_id_counter', 'point_use_counter', 'ticket_issuer', 'grant_desk')),
    functions text not null,
    status text not null check (status in ('active', 'suspended', 'deleted')),
    generation bigint not null check (generation > 0),
    password_hash text not null
);

-- The terminals at which an event's or a prefecture's points can be used (画面 5-2).
create table currency_terminal (
    book text not null,
    number bigint not null,
    terminal bigint not null references terminal (id),
    primary key (book, number, terminal),
    foreign key (book, number) references currency (book, number)
);
create index currencies_of_a_terminal on currency_terminal (terminal);

-- One registration per generation of a terminal: its password is good for no more. A release ends it;
-- the row stays as history.
create table registration (
    terminal bigint not null references terminal (id),
    generation bigint not null,
    fingerprint blob not null check (length(fingerprint) = 32),
    public_key blob not null check (length(public_key) = 32),
    staff_name text not null,
    shop_name text not null,
    postal_code text not null,
    address text not null,
    phone text not null,
    mail text not null,
    id_provider text references id_provider (id),
    registered_at_ms bigint not null,
    ended_at_ms bigint,
    primary key (terminal, generation)
);
create unique index one_terminal_per_device on registration (fingerprint) where ended_at_ms is null;

create table session (
    token_hash blob primary key,
    terminal bigint not null references terminal (id),
    generation bigint not null,
    expires_at_ms bigint not null
);
create index sessions_by_end on session (expires_at_ms);

-- Challenges that were answered; kept until they would be too old anyway.
create table used_challenge (
    challenge blob primary key,
    expires_at_ms bigint not null
);
create index used_challenges_by_end on used_challenge (expires_at_ms);

-- Wrong passwords in a row per terminal ID and source address. Terminal IDs that do not exist are slowed
-- alike, so there is no reference to terminal.
create table password_try (
    terminal bigint not null,
    source text not null,
    tries bigint not null,
    wait_until_ms bigint not null,
    last_at_ms bigint not null,
    primary key (terminal, source)
);
create index password_tries_by_age on password_try (last_at_ms);

create table person (
    id blob primary key check (length(id) = 16)
);

-- Every MyKey ID that ever was; a person has one at a time.
create table mykey_id (
    mykey_id text primary key check (length(mykey_id) = 8),
    person blob not null references person (id),
    from_ms bigint not null,
    until_ms bigint
);
create unique index one_mykey_id_per_person on mykey_id (person) where until_ms is null;

-- Auth certificates (利用者証明用電子証明書) by issuer and serial. Visits name them by their number.
create table certificate (
    serial text not null,
    issuer blob not null,
    id bigint not null unique,
    person blob not null references person (id),
    not_before_ms bigint not null,
    not_after_ms bigint not null,
    primary key (serial, issuer)
);

-- Who looked up whom, where and when. Append-only: a row is neither changed nor deleted.
create table look_up_audit (
    at_ms bigint not null,
    terminal bigint not null,
    person blob not null
);

-- What the operator looked at, and why. Append-only as well.
create table operator_audit (
    at_ms bigint not null,
    person blob not null,
    act text not null check (act in ('balances', 'statement')),
    reason text not null check (length(trim(reason)) > 0)
);
