-- The terminal's store, version 2. Columns that name a resident hold sealed bytes (seal.rs).

create table store (
    one integer primary key check (one = 1),
    -- Random; the names of this store's keys in the credential store begin with it.
    id text not null
) strict;

-- A registration that was begun: kept until the cloud's answer stands in `registration`, so that a
-- terminal that lost the answer asks again with the key it already made.
create table registering (
    one integer primary key check (one = 1),
    terminal text not null,
    device_key text not null
) strict;

create table registration (
    id integer primary key,
    cloud_name text not null,
    terminal text not null,
    standing integer not null check (standing in (0, 1)),
    generation integer not null,
    -- Names in the credential store.
    device_key text not null,
    store_key text not null,
    -- JSON, sealed: which digest each fingerprint source had.
    source_digests blob not null,
    -- JSON: what the terminal was at its last session; null before the first one.
    profile text,
    unique (cloud_name, terminal)
) strict;

create unique index registration_standing on registration (standing) where standing = 1;

create table intent (
    seq integer primary key,
    key text not null unique,
    registration integer not null references registration (id),
    -- The key its sealed columns are sealed under, by its name in the credential store.
    store_key text not null,
    kind text not null check (kind in ('use', 'void')),
    voids text check ((voids is not null) = (kind = 'void')),
    points integer not null check (points > 0),
    pressed_at_ms integer not null,
    state text not null check (state in ('open', 'done', 'refused', 'not_done')),
    -- Sealed text.
    masked_mykey_id blob not null,
    -- JSON: code and name of the currencies concerned.
    currencies text not null,
    -- JSON, sealed: what the card signed, for a use above the limits without PIN.
    signature blob,
    -- JSON, sealed: the cloud's answer.
    answer blob check ((answer is null) = (state = 'open')),
    -- The code of what the cloud said without remembering it.
    problem text,
    acknowledged integer not null default 0 check (acknowledged in (0, 1)),
    printed integer not null default 0 check (printed >= 0)
) strict;

-- At most one operation of a registration is unresolved.
create unique index intent_open on intent (registration, store_key) where state = 'open';
