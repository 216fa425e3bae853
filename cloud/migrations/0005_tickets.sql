-- Point tickets and day closes: docs/tickets.md, docs/ledger.md.

-- Every number that was ever a ticket's, over all books, so that none is given twice. The one table that is
-- no book's; its row is written in the commit that makes the ticket, and never changes.
create table ticket_number (
    number bigint primary key check (number between 0 and 999999999999),
    book text not null check (length(book) = 6)
) /* clustered */;

-- A ticket in the book of its currency. What is printed on it and whose points it holds is written once;
-- state and closed_… say what has become of it. issue_book and issue_seq name the issue that took the
-- points, in its actor's home book; a ticket printed anew keeps them.
create table ticket (
    book text not null check (length(book) = 6),
    number bigint not null,
    currency bigint not null check (currency > 0),
    points bigint not null check (points between 1 and 9999999999),
    person blob not null check (length(person) = 16),
    issued_on text not null check (length(issued_on) = 10),
    last_day text not null check (length(last_day) = 10),
    issued_at bigint not null,
    issue_book text not null,
    issue_seq bigint not null check (issue_seq > 0),
    issued_by text not null,
    made_at_ms bigint not null,
    made_on text not null check (length(made_on) = 10),
    replaces bigint,
    state text not null check (state in ('open', 'cleared', 'lapsed', 'reissued', 'voided')),
    closed_book text,
    closed_on text check (length(closed_on) = 10),
    closed_seq bigint check (closed_seq > 0),
    closed_at_ms bigint,
    closed_by text,
    closed_site bigint,
    primary key (book, number),
    check (issued_on <= last_day and issued_on <= made_on and made_on <= last_day),
    check (replaces <> number),
    check ((state = 'open') = (closed_seq is null)),
    check ((closed_seq is null) = (closed_book is null)),
    check ((closed_seq is null) = (closed_on is null)),
    check ((closed_seq is null) = (closed_at_ms is null)),
    check ((closed_seq is null) = (closed_by is null)),
    check (closed_seq is not null or closed_site is null),
    check (state <> 'cleared' or closed_site is not null)
);
-- Of all the numbers under which the points of one issue were printed, one at most is not dead.
create unique index one_ticket_per_issue on ticket (book, issue_book, issue_seq) where state <> 'reissued';
create unique index one_reissue_per_ticket on ticket (book, replaces) where replaces is not null;
-- What lapses, and what lapses soon.
create index open_ticket_by_last_day on ticket (book, last_day, number) where state = 'open';
-- What a desk made today.
create index ticket_by_desk on ticket (book, issued_at, made_on);

-- The day closes of each terminal: what it did before one can no longer be undone there. Append-only.
create table day_close (
    book text not null check (length(book) = 6),
    actor text not null,
    number bigint not null check (number > 0),
    seq bigint not null check (seq > 0),
    at_ms bigint not null,
    business_date text not null check (length(business_date) = 10),
    primary key (book, actor, number)
) /* clustered */;
create unique index day_close_by_seq on day_close (book, seq);
