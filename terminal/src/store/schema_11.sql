-- The terminal's store, version 11: what a paired program learns of a card, fixed when it was paired.

alter table pairing add column learns text not null default 'customer_number'
    check (learns in ('customer_number', 'mykey_id'));
