-- A street's books, version 2: the municipality is told of merges that are booked back, and numbers are declined
-- (row F8).

create table answer_2 (
    number text primary key,
    reception text not null
        check (reception in ('received', 'unknown_member', 'other_content', 'booked_back', 'declined')),
    -- The void that booked it back.
    posting integer references posting (seq) check ((posting is not null) = (reception = 'booked_back')),
    written integer not null default 0 check (written in (0, 1))
) strict, without rowid;

insert into answer_2 (number, reception, written)
    select number, reception, written from answer
    where number not in (select received.number from received join posting on posting.voids = received.posting);
-- What was booked back before is owed to the municipality as well.
insert into answer_2 (number, reception, posting)
    select received.number, 'booked_back', posting.seq
    from received join posting on posting.voids = received.posting;
drop table answer;
alter table answer_2 rename to answer;
create index answer_unwritten on answer (number) where written = 0;

-- Numbers under which nothing is added, whenever their files come.
create table declined (
    number text primary key,
    at_ms integer not null
) strict, without rowid;

create trigger declined_is_never_edited before update on declined
begin select raise(abort, 'a declined number is never edited'); end;
create trigger declined_is_never_deleted before delete on declined
begin select raise(abort, 'a declined number is never forgotten'); end;
create trigger declined_is_not_received before insert on received
when exists (select 1 from declined where number = new.number)
begin select raise(abort, 'the number was declined'); end;
create trigger received_is_not_declined before insert on declined
when exists (select 1 from received where number = new.number)
begin select raise(abort, 'the number was received'); end;
