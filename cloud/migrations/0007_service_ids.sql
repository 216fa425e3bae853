-- Service IDs: by which number an ID provider knows a person (rows C1, C2), and cards that take the place of
-- others (row B4).

-- What stands and what stood. A correction ends a row and begins the next; whoever registered, where and
-- when stays.
create table service_id (
    -- The registration's key: asked for again, it has the effect of one.
    key blob primary key check (length(key) = 16),
    provider text not null references id_provider (id),
    person blob not null references person (id),
    number text not null check (length(number) between 1 and 64),
    terminal bigint not null references terminal (id),
    generation bigint not null,
    from_ms bigint not null,
    until_ms bigint check (until_ms >= from_ms)
);
create unique index one_service_id_per_person on service_id (person, provider) where until_ms is null;
create unique index one_person_per_service_id on service_id (provider, number) where until_ms is null;
create index service_ids_of_a_person on service_id (person, from_ms);

-- The certificate whose place this one took, when it did, and when this one's place was taken.
alter table certificate add column predecessor bigint;
alter table certificate add column from_ms bigint;
alter table certificate add column until_ms bigint;
