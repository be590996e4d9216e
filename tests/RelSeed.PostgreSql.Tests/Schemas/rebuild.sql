create extension if not exists btree_gist;
create schema "Odd ""Schema""";
create function "Odd ""Schema"""."low er"(text) returns text language sql immutable as $$ select lower($1) $$;
create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

create table parent (
    id integer generated always as identity,
    code varchar(20) collate "C" not null,
    label text not null,
    spare text,
    during int4range,
    constraint "parent ""pk""" primary key (id) include (code) with (fillfactor = 70),
    constraint parent_code unique (code) deferrable initially deferred,
    constraint parent_label unique nulls not distinct (label, spare),
    constraint parent_during exclude using gist (id with =, during with &&) with (fillfactor = 60) where (during is not null)
);
comment on constraint "parent ""pk""" on parent is 'the parent''s key';
comment on index "parent ""pk""" is E'its index\n';
comment on constraint parent_during on parent is 'never at once';
create unique index "parent low" on parent using btree ("Odd ""Schema"""."low er"(label), id desc nulls last) where (label <> '' and spare is null);
create index parent_label_idx on parent (label text_pattern_ops, (length(label)), upper(spare)) with (fillfactor = 50, deduplicate_items = off);
alter index parent_label_idx alter column 2 set statistics 500;
alter index parent_label_idx alter column 3 set statistics 0;
comment on index parent_label_idx is 'to search by';
create index parent_brin on parent using brin (id) with (pages_per_range = 8);
create index parent_nocase on parent (label collate nocase);
alter table parent cluster on parent_label_idx;
create unique index parent_ident on parent (code, label);
alter table parent alter column code set not null;
alter table parent replica identity using index parent_ident;

create table "Odd ""Schema"""."chi ld" (
    id bigint primary key,
    parent_id integer not null constraint "refers to ""parent""" references public.parent on delete cascade on update set null deferrable initially deferred,
    other_id integer,
    boss_id bigint references "Odd ""Schema"""."chi ld" match full,
    a integer, b integer,
    unique (a, b)
);
alter table "Odd ""Schema"""."chi ld" add constraint old_rule foreign key (other_id) references public.parent not valid;
alter table "Odd ""Schema"""."chi ld" add constraint pair foreign key (a, b) references "Odd ""Schema"""."chi ld" (a, b) match full;
comment on constraint "refers to ""parent""" on "Odd ""Schema"""."chi ld" is 'whose';

-- Things that stand on a key, which has to stay.
create table viewed (id integer primary key, name text unique);
create view by_key as select id, name from viewed group by id;
create table published (id integer primary key, name text unique);
create publication news for table published;
create table referred (id integer primary key, name text unique);
create table outside_the_plan (referred_id integer references referred);
create table cited (id integer primary key, name text unique);
create view cite as select 1 as i;
create rule put as on insert to cite do instead insert into cited values (new.i) on conflict on constraint cited_pkey do nothing;
create table extended (id integer primary key, name text);
create index extended_name on extended using gist (name);
alter index extended_name depends on extension btree_gist;

create table parted (id integer not null, day integer not null, parent_id integer references parent, primary key (id, day)) partition by range (day);
create table parted_1 partition of parted for values from (0) to (10);
create table parted_2 partition of parted for values from (10) to (maxvalue);
create index on parted (parent_id);
create table of_parted (id integer primary key, day integer, foreign key (id, day) references parted (id, day));

create table base (id integer primary key, note text);
create table derived (extra integer unique) inherits (base);
alter table derived add primary key (id);

create table same_1 (id integer primary key, parent_id integer constraint same references parent);
create table same_2 (id integer primary key, parent_id integer constraint same references parent);
create unlogged table fast (id integer primary key, parent_id integer references parent on delete set null (parent_id));
