-- Sign-ins (row A8): who signed in at which terminal, from when until when, and each municipality's rule.

-- A municipality without a row here has the default: every day, no staff name.
create table sign_in_rule (
    municipality text primary key references issuer (code),
    password text not null check (password in ('never', 'every_day', 'every_start')),
    staff_name text not null check (staff_name in ('no', 'optional', 'required')),
    check (password <> 'never' or staff_name = 'no')
);

-- Kept as history: whose name belongs to an operation follows from its terminal and its time. The name
-- alone can be erased.
create table sign_in (
    terminal bigint not null references terminal (id),
    from_ms bigint not null,
    generation bigint not null,
    until_ms bigint not null,
    staff_name text,
    primary key (terminal, from_ms),
    check (from_ms <= until_ms)
);
