-- What stood is never edited: SQLite's way of saying so. Ending a row does not fire these.
create trigger service_id_is_never_changed before update of key, provider, person, number, terminal, generation,
    from_ms on service_id
begin select raise(abort, 'a service id is never changed'); end;
create trigger service_id_is_never_deleted before delete on service_id
begin select raise(abort, 'a service id is never deleted'); end;

-- SQLite cannot change a check: the audit of the operator is written anew, with one more act.
create table operator_audit_7 (
    at_ms bigint not null,
    person blob not null,
    act text not null check (act in ('balances', 'statement', 'service_ids')),
    reason text not null check (length(trim(reason)) > 0)
);
insert into operator_audit_7 select at_ms, person, act, reason from operator_audit;
drop table operator_audit;
alter table operator_audit_7 rename to operator_audit;
create trigger operator_audit_is_never_changed before update on operator_audit
begin select raise(abort, 'the audit is never changed'); end;
create trigger operator_audit_is_never_deleted before delete on operator_audit
begin select raise(abort, 'the audit is never deleted'); end;
