-- The terminal's store, version 7: other programs on this PC that may ask for a card.

create table pairing (
    id integer primary key autoincrement,
    -- A pairing ends with the registration it was made under: another may work for another ID provider.
    registration integer not null references registration (id),
    -- The registration's key, by its name in the credential store: every registration makes a new one.
    device_key text not null,
    name text not null,
    -- A page's origin; null = a program on this PC.
    origin text,
    -- SHA-256 of the token; the token itself is kept by the program alone.
    token_hash blob not null unique check (length(token_hash) = 32),
    paired_at_ms integer not null,
    last_asked_at_ms integer
) strict;
