-- A street's books, version 5: whose a file in quarantine is, where it was genuine, so that the member can be let in.

-- Sealed.
alter table set_aside add column point_id blob;
