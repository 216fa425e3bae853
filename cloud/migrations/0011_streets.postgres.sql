-- Keys of streets beside the others. The check is found by what it says: PostgreSQL has named it itself. Of a
-- street's keys two may be good at once, so that it can change them; and each is handed over once.
do $$
declare found record;
begin
    for found in select conname from pg_constraint
        where conrelid = 'wrapped_key'::regclass and contype = 'c'
            and pg_get_constraintdef(oid) like '%''number_hash''%'
    loop
        execute format('alter table wrapped_key drop constraint %I', found.conname);
    end loop;
end $$;
alter table wrapped_key add column exported_ms bigint,
    add constraint wrapped_key_is_for_a_purpose check (purpose in
        ('ticket_tag', 'number_hash', 'merge_file_1', 'merge_file_2', 'merge_signature'));
drop index one_key_in_use;
create unique index one_key_in_use on wrapped_key (purpose, owner)
    where retired_ms is null and purpose in ('ticket_tag', 'number_hash', 'merge_signature');
