-- The kinds of tickets and day closes. The two checks that name kinds of operations are found by what they
-- say: PostgreSQL has named them itself.
do $$
declare found record;
begin
    for found in select conname from pg_constraint
        where conrelid = 'operation'::regclass and contype = 'c'
            and pg_get_constraintdef(oid) like '%''void''%'
    loop
        execute format('alter table operation drop constraint %I', found.conname);
    end loop;
end $$;
alter table operation
    add constraint operation_is_of_a_kind check (kind = 'grant' or kind = 'use' or kind = 'void'
        or kind = 'lapse' or kind = 'abandon' or kind = 'ticket_issue' or kind = 'reissue'
        or kind = 'ticket_void' or kind = 'clear' or kind = 'unclear' or kind = 'ticket_lapse'
        or kind = 'day_close'),
    add constraint reversals_undo_something check ((reverses is not null)
        = (outcome = 'done' and (kind = 'void' or kind = 'ticket_void' or kind = 'unclear')));

-- What is printed on a ticket is never edited, and no number is ever free again.
create trigger ticket_face_is_never_edited before update of book, number, currency, points, person, issued_on,
    last_day, issued_at, issue_book, issue_seq, issued_by, made_at_ms, made_on, replaces on ticket
    for each statement execute function what_was_posted_is_never_edited();
create trigger ticket_is_never_deleted before delete or truncate on ticket
    for each statement execute function what_was_posted_is_never_edited();
create trigger ticket_number_is_never_edited before update or delete or truncate on ticket_number
    for each statement execute function what_was_posted_is_never_edited();
create trigger day_close_is_never_edited before update or delete or truncate on day_close
    for each statement execute function what_was_posted_is_never_edited();
