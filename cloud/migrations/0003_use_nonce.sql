-- What a card signs along for a use above the limits without PIN (docs/security.md 2): one nonce per
-- terminal and operation key, for one visit (SHA-256 of its sealed bytes). A newer one takes its place. A
-- key is decided once in the ledger, so a nonce bound to it serves once.
create table use_nonce (
    terminal bigint not null references terminal (id),
    key blob not null check (length(key) = 16),
    visit blob not null check (length(visit) = 32),
    nonce blob not null check (length(nonce) = 32),
    expires_at_ms bigint not null,
    primary key (terminal, key)
);
create index use_nonces_by_end on use_nonce (expires_at_ms);
