-- What a day close said is kept as it was said first: as the close itself, it is never changed.
create trigger day_close_paper_is_never_edited before update or delete or truncate on day_close_paper
    for each statement execute function what_was_posted_is_never_edited();
