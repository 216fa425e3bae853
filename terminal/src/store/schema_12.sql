-- The terminal's store, version 12: a street may say that it has taken a merge back.

create table merge_reception_12 (
    -- The merge's.
    key text not null,
    reception text not null
        check (reception in ('received', 'unknown_member', 'other_content', 'booked_back', 'declined')),
    primary key (key, reception)
) strict;

insert into merge_reception_12 select key, reception from merge_reception;
drop table merge_reception;
alter table merge_reception_12 rename to merge_reception;
