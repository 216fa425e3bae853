-- A shop's PC in its street, version 1. What names a person or a password's hash is sealed.

create table store (
    one integer primary key check (one = 1),
    id text not null
) strict;

-- With which street this PC is registered, once.
create table registration (
    one integer primary key check (one = 1),
    -- The key of the sealed columns, by its name in the credential store.
    store_key text not null,
    street text not null,
    -- Sealed: names, contact, the password's hash.
    kept blob not null
) strict;

-- Who has logged in, and wrong passwords in a row.
create table sign_in (
    one integer primary key check (one = 1),
    -- When somebody logged in last; 0 = nobody, or locked since.
    signed_in_at_ms integer not null,
    locked integer not null check (locked in (0, 1)),
    wrong_tries integer not null,
    wait_until_ms integer not null
) strict;

insert into sign_in (one, signed_in_at_ms, locked, wrong_tries, wait_until_ms) values (1, 0, 0, 0, 0);

-- How often the receipt of a posting was printed.
create table printed (
    posting integer primary key,
    papers integer not null check (papers >= 0)
) strict;
