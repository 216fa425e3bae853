-- The terminal's store, version 10: what the streets answered to merges, as the cloud has proven it.

create table merge_reception (
    -- The merge's.
    key text not null,
    reception text not null check (reception in ('received', 'unknown_member', 'other_content')),
    primary key (key, reception)
) strict;
