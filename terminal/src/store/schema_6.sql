-- The terminal's store, version 6: the list of a cleared pile on paper.

-- How often the list of a pile was printed for a site.
create table pile_paper (
    pile integer not null references pile (pile),
    site integer not null,
    printed integer not null check (printed >= 0),
    primary key (pile, site)
) strict;
