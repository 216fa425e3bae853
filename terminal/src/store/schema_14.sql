-- The terminal's store, version 14: the list of a cleared pile may have to be printed anew.

-- Whether something became cleared, or was taken back, after the list was printed: every later paper says so.
alter table pile_paper add column changed integer not null default 0 check (changed in (0, 1));
