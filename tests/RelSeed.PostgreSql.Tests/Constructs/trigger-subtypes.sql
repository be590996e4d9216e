-- Subtypes whose triggers make the supertype's row, on two levels; triggers that write history and state rows.
-- times vehicle 2
-- times asset 3
-- times truck_history 2
create table tenant (id text primary key, name text not null unique);
create table asset (
  id text primary key check (length(id) > 4),
  tenant_id text not null references tenant,
  name varchar(40),
  created_at timestamptz not null,
  noted timestamptz not null default now(),
  unique (tenant_id, name), unique (tenant_id, id));
create table vehicle (
  id text primary key, tenant_id text not null, name text, created_at timestamptz, wheels int not null check (wheels between 2 and 18),
  foreign key (tenant_id, id) references asset (tenant_id, id));
create table building (
  id text primary key references asset, tenant_id text not null references tenant, name text not null, created_at timestamptz, floors int not null);
create table truck (id text primary key references vehicle, tenant_id text not null, name text, created_at timestamptz, wheels int not null, payload int not null);
create table bus (id text primary key references vehicle, tenant_id text not null, name text, created_at timestamptz, wheels int not null, seats int not null);
create table lease (id serial primary key, asset_id text not null references asset, tenant_id text not null, foreign key (tenant_id, asset_id) references asset (tenant_id, id), price numeric(10,2) not null);
create table repair (id serial primary key, vehicle_id text not null references vehicle, cost int not null);
create table truck_history (id bigserial primary key, truck_id text not null, payload int, changed timestamptz not null default now());
create table truck_state (truck_id text not null references truck, state text not null check (state in ('new','sold')), primary key (truck_id, state));
create function to_asset() returns trigger language plpgsql as $$ begin
  insert into asset (id, tenant_id, name, created_at) values (new.id, new.tenant_id, new.name, new.created_at); return new; end $$;
create function to_vehicle() returns trigger language plpgsql as $$ begin
  insert into vehicle (id, tenant_id, name, created_at, wheels) values (new.id, new.tenant_id, new.name, new.created_at, new.wheels); return new; end $$;
create function stamp() returns trigger language plpgsql as $$ begin new.created_at := now(); return new; end $$;
create function history() returns trigger language plpgsql as $$ begin
  if tg_op = 'DELETE' then return old; end if;
  insert into truck_history (truck_id, payload) values (new.id, new.payload);
  insert into truck_state values (new.id, 'new'); return null; end $$;
create trigger a_stamp before insert on vehicle for each row execute function stamp();
create trigger a_stamp before insert on building for each row execute function stamp();
create trigger sub before insert on vehicle for each row execute function to_asset();
create trigger sub before insert on building for each row execute function to_asset();
create trigger sub before insert on truck for each row execute function to_vehicle();
create trigger sub before insert on bus for each row execute function to_vehicle();
create trigger hist after insert or delete on truck for each row execute function history();
