-- A street's key is handed over for one profile or for both. Whatever was handed over until now went out for the profile
-- that the street has.
update wrapped_key set exported_ms = null
    where purpose = 'merge_file_2' and owner in (select id from id_provider where merge_profile = 1);
update wrapped_key set exported_ms = null
    where purpose = 'merge_file_1' and owner in (select id from id_provider where merge_profile = 2);
