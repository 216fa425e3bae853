-- The terminal's store, version 4: used tickets cleared by the pile (docs/tickets.md).

-- The scans of one sitting, and whose stamp the next ticket bears.
create table pile (
    pile integer primary key,
    registration integer not null references registration (id),
    -- The key its scans are sealed under, by its name in the credential store.
    store_key text not null,
    opened_at_ms integer not null,
    site integer not null,
    site_name text not null,
    is_own integer not null check (is_own in (0, 1)),
    finished_at_ms integer
) strict;

-- One pile at a time is open.
create unique index pile_open on pile (registration, store_key) where finished_at_ms is null;

create table scan (
    seq integer primary key,
    key text not null unique,
    pile integer not null references pile (pile),
    site integer not null,
    site_name text not null,
    is_own integer not null check (is_own in (0, 1)),
    scanned_at_ms integer not null,
    state text not null check (state in ('open', 'cleared', 'refused', 'taking_back', 'taken_back')),
    -- JSON, sealed: the code or the number. Gone once it is known that no ticket has the number …
    named blob,
    -- … which may be somebody's My Number: then a hash under the store's key is all that stays.
    unmatched blob check ((unmatched is null) = (named is not null)),
    -- JSON, sealed: what the cloud said to the clearing.
    answer blob check ((answer is null) = (state = 'open')),
    -- The key under which it is taken back.
    back_key text,
    -- JSON, sealed: what the cloud said to that.
    back_answer blob,
    -- A refusal that became known after the pile was finished, until somebody has seen it.
    found_later integer not null default 0 check (found_later in (0, 1))
) strict;

create index scan_pile on scan (pile);
create index scan_waiting on scan (seq) where state in ('open', 'taking_back') or found_later = 1;
