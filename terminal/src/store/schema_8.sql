-- The terminal's store, version 8: several tickets issued in one go.

-- The key of the first issue of the series, and how many tickets were asked for.
alter table intent add column series text
    check (series is null or kind = 'issue_ticket');
alter table intent add column series_wanted integer
    check ((series_wanted is null) = (series is null) and series_wanted > 1);
create index intent_of_series on intent (series, seq) where series is not null;
