-- What was noted is never edited: SQLite's way of saying so. Inserts do not fire these.
create trigger look_up_audit_is_never_changed before update on look_up_audit
begin select raise(abort, 'the audit is never changed'); end;
create trigger look_up_audit_is_never_deleted before delete on look_up_audit
begin select raise(abort, 'the audit is never deleted'); end;
create trigger operator_audit_is_never_changed before update on operator_audit
begin select raise(abort, 'the audit is never changed'); end;
create trigger operator_audit_is_never_deleted before delete on operator_audit
begin select raise(abort, 'the audit is never deleted'); end;
