-- SQLite cannot change a check: the table of operations is written anew, with refunds of merges in it. Its rows stay
-- as they are.
create table operation_with_refunds (
    book text not null,
    seq bigint not null check (seq > 0),
    kind text not null
        check (kind = 'grant' or kind = 'use' or kind = 'void' or kind = 'lapse' or kind = 'abandon'
            or kind = 'ticket_issue' or kind = 'reissue' or kind = 'ticket_void' or kind = 'clear'
            or kind = 'unclear' or kind = 'ticket_lapse' or kind = 'day_close' or kind = 'merge'
            or kind = 'merge_refund'),
    outcome text not null check (outcome = 'done' or outcome = 'refused' or outcome = 'abandoned'),
    actor text not null,
    key blob check (length(key) = 16),
    request_hash blob check (length(request_hash) = 32),
    answer text,
    at_ms bigint not null,
    business_date text not null check (length(business_date) = 10),
    site bigint,
    identified_by text check (identified_by = 'certificate' or identified_by = 'signature'
        or identified_by = 'street_card' or identified_by = 'roster'),
    reverses bigint check (reverses < seq),
    act_book text not null,
    act_seq bigint not null,
    primary key (book, seq),
    check ((key is not null) = (answer is not null)),
    check ((key is not null) = (act_book = book and act_seq = seq)),
    check ((outcome = 'abandoned') = (kind = 'abandon')),
    check ((request_hash is not null) = (key is not null and outcome <> 'abandoned')),
    check (outcome = 'done' or (key is not null and reverses is null)),
    check ((reverses is not null) = (outcome = 'done'
        and (kind = 'void' or kind = 'ticket_void' or kind = 'unclear' or kind = 'merge_refund')))
);
insert into operation_with_refunds select * from operation order by book, seq;
drop table operation;
alter table operation_with_refunds rename to operation;
create unique index operation_by_key on operation (book, key, actor) where key is not null;
create unique index operation_by_target on operation (book, reverses) where reverses is not null;
create unique index operation_by_act on operation (act_book, act_seq, book) where act_book <> book;
create trigger operation_is_never_changed before update on operation
begin select raise(abort, 'an operation is never changed'); end;
create trigger operation_is_never_deleted before delete on operation
begin select raise(abort, 'an operation is never deleted'); end;

-- What a street says when it has taken a merge back: by which posting of its own books, or that it never adds it.
create table merge_acknowledgement_13 (
    book text not null,
    seq bigint not null,
    reception text not null
        check (reception in ('received', 'unknown_member', 'other_content', 'booked_back', 'declined')),
    posting bigint check (posting > 0),
    terminal bigint not null references terminal (id),
    at_ms bigint not null,
    primary key (book, seq, reception),
    check ((posting is not null) = (reception = 'booked_back'))
);
insert into merge_acknowledgement_13
    select book, seq, reception, null, terminal, at_ms from merge_acknowledgement;
drop table merge_acknowledgement;
alter table merge_acknowledgement_13 rename to merge_acknowledgement;
