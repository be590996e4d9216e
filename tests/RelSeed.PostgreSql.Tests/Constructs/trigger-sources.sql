-- Subtypes whose triggers make the base's row and, by a statement made at run time, a log: a trigger two tables away looks for the log of one of them.
-- times party 3
-- least person_log
-- least company_log
create table party (id text primary key check (length(id) > 3), name text not null);
create table person (id text primary key, name text not null, born date not null);
create table company (id text primary key, name text not null, vat text not null);
create table club (id text primary key, name text not null);
create table person_log (log_id bigint generated always as identity primary key, id text not null, name text not null, at timestamptz not null default now());
create table company_log (log_id bigint generated always as identity primary key, id text not null, name text not null, at timestamptz not null default now());
create function to_party() returns trigger language plpgsql as $$ begin insert into party (id, name) values (new.id, new.name); return new; end $$;
create function log() returns trigger language plpgsql as $$ begin execute format('insert into %I (id, name) select ($1).id, ($1).name', tg_table_name || '_log') using new; return null; end $$;
create trigger to_party before insert on person for each row execute function to_party();
create trigger to_party before insert on company for each row execute function to_party();
create trigger to_party before insert on club for each row execute function to_party();
create trigger log after insert on person for each row execute function log();
create trigger log after insert on company for each row execute function log();
create table visit (id int primary key, party_id text references party, at date not null);
create table interview (id int primary key, visit_id int not null unique references visit, log_id bigint not null, words int not null check (words > 0));
create function of_visit() returns trigger language plpgsql as $$ declare v visit%rowtype; begin
  select * into strict v from visit where id = new.visit_id;
  select log_id into strict new.log_id from person_log where id = v.party_id;
  return new; end $$;
create trigger of_visit before insert on interview for each row execute function of_visit();
