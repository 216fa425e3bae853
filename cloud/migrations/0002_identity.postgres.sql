-- What was noted is never edited: PostgreSQL's way of saying so. Inserts do not fire these.
create function the_audit_is_never_edited() returns trigger language plpgsql as
$$ begin raise exception 'the audit is never changed or deleted'; end $$;
create trigger look_up_audit_is_never_edited before update or delete or truncate on look_up_audit
    for each statement execute function the_audit_is_never_edited();
create trigger operator_audit_is_never_edited before update or delete or truncate on operator_audit
    for each statement execute function the_audit_is_never_edited();
