-- What was posted is never edited: PostgreSQL's way of saying so. Inserts do not fire these.
create function what_was_posted_is_never_edited() returns trigger language plpgsql as
$$ begin raise exception 'what was posted is never changed or deleted'; end $$;
create trigger operation_is_never_edited before update or delete or truncate on operation
    for each statement execute function what_was_posted_is_never_edited();
create trigger entry_is_never_edited before update or delete or truncate on entry
    for each statement execute function what_was_posted_is_never_edited();
create trigger block_is_never_edited before update or delete or truncate on block
    for each statement execute function what_was_posted_is_never_edited();
create trigger account_is_never_edited before update or delete or truncate on account
    for each statement execute function what_was_posted_is_never_edited();
create trigger lot_is_never_edited before update or delete or truncate on lot
    for each statement execute function what_was_posted_is_never_edited();

-- Rows that every use rewrites find room for their next version on their own page, and no index is
-- touched by it. Their old versions are cleared away often: there are many, in few pages.
alter table head set (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
alter table balance set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
alter table wallet set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
