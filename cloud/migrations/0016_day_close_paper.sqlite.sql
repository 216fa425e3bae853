-- What a day close said is kept as it was said first: as the close itself, it is never changed.
create trigger day_close_paper_is_never_changed before update on day_close_paper
begin select raise(abort, 'what a day close said is never changed'); end;
create trigger day_close_paper_is_never_deleted before delete on day_close_paper
begin select raise(abort, 'what a day close said is never deleted'); end;
