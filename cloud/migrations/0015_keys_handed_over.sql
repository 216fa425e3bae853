-- A street's key is handed over for one profile or for both. For which one an earlier program handed it over nobody wrote
-- down: it is presumed that it was the profile that the street has. A street that has changed since may lack that one, so
-- what is presumed may be handed over once more.
alter table wrapped_key add column export_is_presumed integer not null default 0 check (export_is_presumed in (0, 1));
update wrapped_key set export_is_presumed = 1
    where purpose in ('merge_file_1', 'merge_file_2') and exported_ms is not null;
update wrapped_key set exported_ms = null, export_is_presumed = 0
    where purpose = 'merge_file_2' and owner in (select id from id_provider where merge_profile = 1);
update wrapped_key set exported_ms = null, export_is_presumed = 0
    where purpose = 'merge_file_1' and owner in (select id from id_provider where merge_profile = 2);
