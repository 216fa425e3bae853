-- Scans of used tickets that lapsed while they waited on a dead line (row E4): refused, and listed for the
-- municipality. One row per clearing, however often it is asked for again.
create table ticket_lapsed_waiting (
    terminal bigint not null references terminal (id),
    key blob not null check (length(key) = 16),
    municipality text not null references issuer (code),
    number bigint not null references ticket_number (number),
    site bigint not null references site (id),
    scanned_at_ms bigint not null,
    refused_at_ms bigint not null,
    primary key (terminal, key)
);
create index ticket_lapsed_waiting_by_time on ticket_lapsed_waiting (refused_at_ms);
