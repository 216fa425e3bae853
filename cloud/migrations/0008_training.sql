-- Whether these are the books of a training cloud. Written at the first start that serves them and never
-- changed: what was learned with is never taken for points, nor points for something to learn with.
create table founded (
    one bigint primary key check (one = 1),
    training bigint not null check (training in (0, 1))
);

-- Books that a terminal works with already are real ones.
insert into founded (one, training) select 1, 0 where exists (select 1 from registration);
