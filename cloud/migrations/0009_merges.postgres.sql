-- One more kind of operation.
alter table operation drop constraint operation_is_of_a_kind,
    add constraint operation_is_of_a_kind check (kind = 'grant' or kind = 'use' or kind = 'void'
        or kind = 'lapse' or kind = 'abandon' or kind = 'ticket_issue' or kind = 'reissue'
        or kind = 'ticket_void' or kind = 'clear' or kind = 'unclear' or kind = 'ticket_lapse'
        or kind = 'day_close' or kind = 'merge');

-- What a file says is never edited.
create trigger merge_is_never_edited before update or delete or truncate on merge
    for each statement execute function what_was_posted_is_never_edited();
