-- The terminal's store, version 13: whether a paired program may have the numbers on the ID provider's own cards, which
-- the clerk says when it is paired. Who was paired before was not let have them by anybody.

alter table pairing add column own_cards integer not null default 0 check (own_cards in (0, 1));
