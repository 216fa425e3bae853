-- Notices that an address is to be checked (row C6): wished for by residents, at providers that offer them.

alter table id_provider add column address_notices bigint not null default 0 check (address_notices in (0, 1));

-- A signing certificate lapses when its holder's address changes. It is kept for as long as the wish stands, and
-- forgotten with it.
create table address_notice (
    provider text not null references id_provider (id),
    person blob not null references person (id),
    issuer blob,
    serial text,
    -- Where the wish was written down.
    terminal bigint not null references terminal (id),
    generation bigint not null,
    from_ms bigint not null,
    until_ms bigint check (until_ms >= from_ms),
    check ((until_ms is null) = (serial is not null) and (serial is null) = (issuer is null))
);
create unique index one_address_notice on address_notice (person, provider) where until_ms is null;
