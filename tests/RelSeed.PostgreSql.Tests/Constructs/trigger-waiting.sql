-- Triggers that wait for the commit: details are of rows of their kind, every row of a kind has its detail, and there are enough of each. Two of them share a name.
-- least step
-- least weighing
-- least washing
create table station (id int primary key, name text not null);
create table step (id int primary key, station_id int not null references station, kind text not null check (kind in ('wait', 'weigh', 'wash')));
create table weighing (step_id int primary key references step, grams int not null);
create table washing (step_id int primary key references step, litres int not null);
create function is_kind() returns trigger language plpgsql as $$ begin
  if kind <> tg_argv[0] from step where id = new.step_id then raise exception 'a step of another kind'; end if;
  return null; end $$;
create function has_detail() returns trigger language plpgsql as $$ begin
  if new.kind = 'weigh' and (select count(*) from weighing w where w.step_id = new.id) <> 1 then raise exception 'no weighing'; end if;
  if new.kind = 'wash' and (select count(*) from washing w where w.step_id = new.id) <> 1 then raise exception 'no washing'; end if;
  return null; end $$;
create constraint trigger detail after insert on step deferrable initially deferred for each row execute function has_detail();
create constraint trigger kind after insert on weighing deferrable initially deferred for each row execute function is_kind('weigh');
create constraint trigger kind after insert on washing deferrable initially deferred for each row execute function is_kind('wash');
create table visit (id int primary key, station_id int not null references station, kind text not null, note text);
create function of_kind() returns trigger language plpgsql as $$ begin
  if new.kind not in ('audit', 'tour') then raise exception 'a visit of no kind'; end if; return null; end $$;
create constraint trigger of_kind after insert on visit deferrable initially deferred for each row execute function of_kind();
