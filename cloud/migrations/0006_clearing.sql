-- What the cloud knows of tickets beside the books: which sites take them, which of an event's sites
-- have no terminal, the keys behind the codes, and who guesses numbers.

-- Whether the stamp of this site makes a used ticket good (row I8).
alter table site add column takes_tickets bigint not null default 0 check (takes_tickets in (0, 1));

-- Sites of an event beside those whose terminals take its points: its tickets are cleared there as well.
create table currency_site (
    book text not null,
    number bigint not null,
    site bigint not null references site (id),
    primary key (book, number, site),
    foreign key (book, number) references currency (book, number)
);

-- The cloud's secrets, each wrapped by the key-encryption key that is named by a part of its fingerprint.
-- Of each purpose and owner (an issuer's code; empty = the cloud itself) one is in use. Where the bytes are
-- gone the key was destroyed; its row stays as history.
create table wrapped_key (
    purpose text not null check (purpose in ('ticket_tag', 'number_hash')),
    owner text not null,
    number bigint not null check (number between 1 and 999),
    wrapped blob check (length(wrapped) = 60),
    wrapped_by blob not null check (length(wrapped_by) = 8),
    created_ms bigint not null,
    retired_ms bigint check (retired_ms >= created_ms),
    primary key (purpose, owner, number),
    check (wrapped is not null or retired_ms is not null)
);
create unique index one_key_in_use on wrapped_key (purpose, owner) where retired_ms is null;

-- Misses of one terminal on one Japan day: numbers that are no ticket, tags that are wrong. score weighs
-- typed ones more than scanned ones.
create table ticket_guessing (
    terminal bigint not null references terminal (id),
    business_date text not null check (length(business_date) = 10),
    municipality text not null references issuer (code),
    score bigint not null check (score >= 0),
    typed bigint not null check (typed >= 0),
    scanned bigint not null check (scanned >= 0),
    last_at_ms bigint not null,
    wait_until_ms bigint not null,
    locked_at_ms bigint,
    unlocked_at_ms bigint,
    primary key (terminal, business_date)
);
create index ticket_guessing_by_municipality on ticket_guessing (municipality, business_date);

-- Which numbers they were, so that one counts once. Twelve digits may be somebody's My Number: a number
-- stands here as its keyed hash only, for its day.
create table ticket_miss (
    terminal bigint not null,
    business_date text not null check (length(business_date) = 10),
    number_hash blob not null check (length(number_hash) = 32),
    primary key (terminal, business_date, number_hash)
);

-- What a day close said when it was first asked for (row K7): currencies are renamed, papers are not. JSON,
-- as terminals are told it.
create table day_close_paper (
    book text not null,
    terminal bigint not null references terminal (id),
    number bigint not null check (number > 0),
    paper text not null,
    primary key (book, terminal, number)
);
