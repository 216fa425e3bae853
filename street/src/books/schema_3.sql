-- A street's books, version 3: an ID can end, and be another member's later. What was named by a merge stays: a credit
-- tells it.

alter table member_id add column ended_at_ms integer;

-- What became of IDs since joining, once and for ever.
create table member_id_change (
    seq integer primary key,
    member integer not null references member (id),
    hash blob not null references member_id (hash),
    kind text not null check (kind in ('point_id', 'mykey_id', 'card')),
    event text not null check (event in ('added', 'removed')),
    at_ms integer not null
) strict;

create index member_id_change_of_member on member_id_change (member);

create trigger member_id_change_is_never_edited before update on member_id_change
begin select raise(abort, 'a change of an ID is never edited'); end;
create trigger member_id_change_is_never_deleted before delete on member_id_change
begin select raise(abort, 'a change of an ID is never deleted'); end;
