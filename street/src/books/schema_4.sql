-- A street's books, version 4: a file that no longer lies in quarantine is listed no more, and stays told: when that
-- was found.

alter table set_aside add column left_at_ms integer;

create index set_aside_lying on set_aside (id) where left_at_ms is null;
