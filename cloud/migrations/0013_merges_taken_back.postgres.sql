-- One more kind of operation, which undoes something.
alter table operation drop constraint operation_is_of_a_kind,
    drop constraint reversals_undo_something,
    add constraint operation_is_of_a_kind check (kind = 'grant' or kind = 'use' or kind = 'void'
        or kind = 'lapse' or kind = 'abandon' or kind = 'ticket_issue' or kind = 'reissue'
        or kind = 'ticket_void' or kind = 'clear' or kind = 'unclear' or kind = 'ticket_lapse'
        or kind = 'day_close' or kind = 'merge' or kind = 'merge_refund'),
    add constraint reversals_undo_something check ((reverses is not null) = (outcome = 'done'
        and (kind = 'void' or kind = 'ticket_void' or kind = 'unclear' or kind = 'merge_refund')));

-- What a street says when it has taken a merge back: by which posting of its own books, or that it never adds it.
-- The check is found by what it says: PostgreSQL has named it itself.
do $$
declare found record;
begin
    for found in select conname from pg_constraint
        where conrelid = 'merge_acknowledgement'::regclass and contype = 'c'
            and pg_get_constraintdef(oid) like '%''unknown_member''%'
    loop
        execute format('alter table merge_acknowledgement drop constraint %I', found.conname);
    end loop;
end $$;
alter table merge_acknowledgement add column posting bigint check (posting > 0),
    add constraint reception_is_one_of check (reception in
        ('received', 'unknown_member', 'other_content', 'booked_back', 'declined')),
    add constraint a_booking_back_has_a_number check ((posting is not null) = (reception = 'booked_back'));
