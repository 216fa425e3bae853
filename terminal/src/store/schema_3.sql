-- The terminal's store, version 3: signing in.

-- Sealed text: who was signed in, where the municipality wants the name.
alter table intent add column staff_name blob;

-- Whether the terminal is locked, its sign-in, and the names given here: JSON, sealed.
create table sign_in (
    registration integer primary key references registration (id),
    -- The key it is sealed under, by its name in the credential store.
    store_key text not null,
    kept blob not null
) strict;
