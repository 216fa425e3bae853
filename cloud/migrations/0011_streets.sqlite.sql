-- SQLite cannot change a check: the table of wrapped keys is written anew, with those of streets in it. Of a
-- street's keys two may be good at once, so that it can change them; and each is handed over once.
create table wrapped_key_11 (
    purpose text not null check (purpose in
        ('ticket_tag', 'number_hash', 'merge_file_1', 'merge_file_2', 'merge_signature')),
    owner text not null,
    number bigint not null check (number between 1 and 999),
    wrapped blob check (length(wrapped) = 60),
    wrapped_by blob not null check (length(wrapped_by) = 8),
    created_ms bigint not null,
    retired_ms bigint check (retired_ms >= created_ms),
    exported_ms bigint,
    primary key (purpose, owner, number),
    check (wrapped is not null or retired_ms is not null)
);
insert into wrapped_key_11
    select purpose, owner, number, wrapped, wrapped_by, created_ms, retired_ms, null from wrapped_key;
drop table wrapped_key;
alter table wrapped_key_11 rename to wrapped_key;
create unique index one_key_in_use on wrapped_key (purpose, owner)
    where retired_ms is null and purpose in ('ticket_tag', 'number_hash', 'merge_signature');
