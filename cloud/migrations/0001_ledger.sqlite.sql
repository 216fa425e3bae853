-- What was posted is never edited: SQLite's way of saying so. Inserts do not fire these.
create trigger operation_is_never_changed before update on operation
begin select raise(abort, 'an operation is never changed'); end;
create trigger operation_is_never_deleted before delete on operation
begin select raise(abort, 'an operation is never deleted'); end;
create trigger entry_is_never_changed before update on entry
begin select raise(abort, 'an entry is never changed'); end;
create trigger entry_is_never_deleted before delete on entry
begin select raise(abort, 'an entry is never deleted'); end;
create trigger block_is_never_changed before update on block
begin select raise(abort, 'a block is never changed'); end;
create trigger block_is_never_deleted before delete on block
begin select raise(abort, 'a block is never deleted'); end;
create trigger account_is_never_changed before update on account
begin select raise(abort, 'an account is never changed'); end;
create trigger account_is_never_deleted before delete on account
begin select raise(abort, 'an account is never deleted'); end;
create trigger lot_is_never_changed before update on lot
begin select raise(abort, 'a lot is never changed'); end;
create trigger lot_is_never_deleted before delete on lot
begin select raise(abort, 'a lot is never deleted'); end;
