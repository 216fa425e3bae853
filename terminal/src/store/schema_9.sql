-- The terminal's store, version 9: merges into a shopping street's points. One more kind of operation; SQLite
-- cannot change a check, so the table is written anew.

create table intent_9 (
    seq integer primary key,
    key text not null unique,
    registration integer not null references registration (id),
    -- The key its sealed columns are sealed under, by its name in the credential store.
    store_key text not null,
    kind text not null check (kind in
        ('use', 'void', 'issue_ticket', 'reissue_ticket', 'void_ticket', 'merge_points', 'close_day')),
    voids text check ((voids is not null) = (kind = 'void')),
    -- Sealed text: the number of the ticket that is reissued or voided. Who knows it may have its points.
    ticket blob check ((ticket is not null) = (kind in ('reissue_ticket', 'void_ticket'))),
    points integer not null check (points > 0 or (points = 0 and kind = 'close_day')),
    pressed_at_ms integer not null,
    state text not null check (state in ('open', 'done', 'refused', 'not_done')),
    -- Sealed text.
    masked_mykey_id blob not null,
    -- JSON: code and name of the currencies concerned.
    currencies text not null,
    -- JSON, sealed: what the card signed, above the limits without PIN.
    signature blob,
    -- JSON, sealed: the cloud's answer; for an issue and a reissue with the ticket's number and code, for a merge
    -- with the street's file.
    answer blob check ((answer is null) = (state = 'open')),
    -- The code of what the cloud said without remembering it.
    problem text,
    acknowledged integer not null default 0 check (acknowledged in (0, 1)),
    -- How often its receipt was printed; of a ticket: 1 once its number was handed to a printer.
    printed integer not null default 0
        check (printed >= 0 and (printed <= 1 or kind not in ('issue_ticket', 'reissue_ticket'))),
    -- Sealed text: who was signed in, where the municipality wants the name.
    staff_name blob,
    -- The key of the first issue of the series, and how many tickets were asked for.
    series text check (series is null or kind = 'issue_ticket'),
    series_wanted integer check ((series_wanted is null) = (series is null) and series_wanted > 1),
    -- Whether the street's file was laid down.
    file_put integer not null default 0 check (file_put = 0 or (file_put = 1 and kind = 'merge_points'))
) strict;

insert into intent_9
    (seq, key, registration, store_key, kind, voids, ticket, points, pressed_at_ms, state, masked_mykey_id,
     currencies, signature, answer, problem, acknowledged, printed, staff_name, series, series_wanted)
select seq, key, registration, store_key, kind, voids, ticket, points, pressed_at_ms, state, masked_mykey_id,
       currencies, signature, answer, problem, acknowledged, printed, staff_name, series, series_wanted
from intent;

drop table intent;
alter table intent_9 rename to intent;

-- At most one operation of a registration is unresolved.
create unique index intent_open on intent (registration, store_key) where state = 'open';
create index intent_of_series on intent (series, seq) where series is not null;
create index intent_of_merges on intent (seq) where kind = 'merge_points';
