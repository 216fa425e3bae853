-- Municipal points that became a shopping street's own (rows F2-F4, F8).

-- What each merge's file says, written in the commit of its operation: a file that is lost is made again from
-- its row. It names a resident in the street's books, so it stands apart from the ledger's rows.
create table merge (
    book text not null,
    seq bigint not null,
    -- The street's number as an ID provider.
    street bigint not null,
    number text not null check (length(number) = 20),
    point_id text not null check (length(point_id) between 1 and 64),
    points bigint not null check (points between 1 and 9999999999),
    primary key (book, seq)
);
create unique index one_merge_per_number on merge (street, number);
