-- What stood is never edited: PostgreSQL's way of saying so. Ending a row does not fire these.
create function a_service_id_is_never_edited() returns trigger language plpgsql as
$$ begin raise exception 'a service id is never changed or deleted'; end $$;
create trigger service_id_is_never_changed before update of key, provider, person, number, terminal, generation,
    from_ms on service_id
    for each statement execute function a_service_id_is_never_edited();
create trigger service_id_is_never_deleted before delete or truncate on service_id
    for each statement execute function a_service_id_is_never_edited();

-- One more act of the operator. The check is found by what it says: PostgreSQL has named it itself.
do $$
declare found record;
begin
    for found in select conname from pg_constraint
        where conrelid = 'operator_audit'::regclass and contype = 'c'
            and pg_get_constraintdef(oid) like '%''balances''%'
    loop
        execute format('alter table operator_audit drop constraint %I', found.conname);
    end loop;
end $$;
alter table operator_audit add constraint operator_looks_at_something
    check (act in ('balances', 'statement', 'service_ids'));
