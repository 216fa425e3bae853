-- A street's books, version 1. IDs of members are sealed; they are found by a keyed hash.

create table store (
    one integer primary key check (one = 1),
    id text not null
) strict;

-- Whose books these are.
create table street (
    one integer primary key check (one = 1),
    street text not null,
    -- The key of the sealed columns, by its name in the credential store.
    store_key text not null
) strict;

create table member (
    id integer primary key,
    joined_at_ms integer not null,
    -- What the entries sum to; kept so that a counter need not sum.
    balance integer not null default 0 check (balance >= 0)
) strict;

-- By which IDs a member is known: an ID leads to one member at most.
create table member_id (
    hash blob primary key,
    kind text not null check (kind in ('point_id', 'mykey_id', 'card')),
    member integer not null references member (id),
    -- Sealed.
    value blob not null
) strict, without rowid;

create index member_id_of_member on member_id (member, kind);

-- What happened, once and for ever. Entries of one posting sum to zero.
create table posting (
    seq integer primary key,
    kind text not null check (kind in ('merge', 'ticket', 'purchase', 'use', 'charge', 'void')),
    member integer not null references member (id),
    -- The caller's key, under which a counter's act has the effect of one; a merge has its number.
    key text unique check ((key is null) = (kind = 'merge')),
    voids integer unique references posting (seq) check ((voids is not null) = (kind = 'void')),
    balance_after integer not null check (balance_after >= 0),
    at_ms integer not null
) strict;

create index posting_of_member on posting (member);

create table entry (
    posting integer not null references posting (seq),
    -- 'member' or one of the street's own accounts.
    account text not null,
    points integer not null check (points <> 0),
    primary key (posting, account)
) strict, without rowid;

-- The numbers of merges that came, each with its posting.
create table received (
    number text primary key,
    -- Keyed hash of the whole record: the number with another one is an alarm.
    digest blob not null,
    -- The ID it named.
    id_hash blob not null references member_id (hash),
    posting integer not null unique references posting (seq)
) strict, without rowid;

-- Paper tickets that were added (row F1), found by a keyed hash of their number.
create table ticket (
    hash blob primary key,
    posting integer not null unique references posting (seq)
) strict, without rowid;

-- Charges onto stored-value cards: open until the card has said what became of it.
create table charge (
    posting integer primary key references posting (seq),
    -- Keyed hash of the card's serial number: no other card can say what became of it.
    card blob not null,
    state text not null check (state in ('open', 'done', 'undone'))
) strict;

-- Files in quarantine.
create table set_aside (
    id integer primary key,
    name text not null,
    reason text not null check (reason in ('not_genuine', 'unknown_member', 'other_content')),
    -- Nothing in a file that is not genuine can be believed.
    number text check ((number is null) = (reason = 'not_genuine')),
    -- Keyed hash of the file: one that is met again after a power cut is set aside once.
    digest blob not null,
    at_ms integer not null,
    unique (digest, name)
) strict;

-- The last answer to each genuine file, and whether it lies in the folder.
create table answer (
    number text primary key,
    reception text not null check (reception in ('received', 'unknown_member', 'other_content')),
    written integer not null default 0 check (written in (0, 1))
) strict, without rowid;

create index answer_unwritten on answer (number) where written = 0;

-- Up to which posting the office's own system was told of credits.
create table told (
    one integer primary key check (one = 1),
    posting integer not null
) strict;

insert into told (one, posting) values (1, 0);

create trigger posting_is_never_edited before update on posting
begin select raise(abort, 'a posting is never edited'); end;
create trigger posting_is_never_deleted before delete on posting
begin select raise(abort, 'a posting is never deleted'); end;
create trigger entry_is_never_edited before update on entry
begin select raise(abort, 'an entry is never edited'); end;
create trigger entry_is_never_deleted before delete on entry
begin select raise(abort, 'an entry is never deleted'); end;
create trigger received_is_never_edited before update on received
begin select raise(abort, 'a received number is never edited'); end;
create trigger received_is_never_deleted before delete on received
begin select raise(abort, 'a received number is never forgotten'); end;
