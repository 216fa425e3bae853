-- Streets that municipal points are merged into (rows F2-F5, F8, K11).

-- In which profile the street's files are sealed, and whether it knows residents by their MyKey IDs.
alter table id_provider add column merge_profile bigint not null default 1 check (merge_profile in (1, 2));
alter table id_provider add column keeps_mykey_ids bigint not null default 0 check (keeps_mykey_ids in (0, 1));

-- What a street answered to the file of a merge, and which terminal carried the answer here.
create table merge_acknowledgement (
    book text not null,
    seq bigint not null,
    reception text not null check (reception in ('received', 'unknown_member', 'other_content')),
    terminal bigint not null references terminal (id),
    at_ms bigint not null,
    primary key (book, seq, reception)
);
