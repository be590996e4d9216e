create schema clinic;
create type clinic.mood as enum ('sad', 'it''s fine', 'happy');
alter type clinic.mood add value 'dreary' before 'it''s fine';
create domain clinic.short_text as varchar(20) collate "C" check (value <> '');
create domain clinic.code as clinic.short_text not null default 'A-1' constraint code_shape check (value ~ '^[A-Z]-[0-9]+$');
alter domain clinic.code add constraint code_not_z check (value !~ '^Z') not valid;
create domain clinic.feeling as clinic.mood default 'happy';
create domain clinic.sha1 as bytea check (octet_length(value) = 20);
create type clinic.point3 as (x double precision, y double precision, z numeric(8, 3));
create type clinic.place as (label varchar(30), spot clinic.point3, codes clinic.code[]);
create domain clinic.trail as clinic.point3[] check (cardinality(value) between 1 and 9);
create type clinic.score_range as range (subtype = numeric);

create table clinic.every_type (
    a_boolean boolean not null default true,
    a_smallint smallint,
    an_integer integer default 1 + 2,
    a_bigint bigint,
    an_oid oid,
    a_real real,
    a_double double precision,
    a_numeric numeric,
    a_price numeric(10, 2),
    a_whole numeric(7),
    a_money money default '12.5'::money,
    a_text text collate "C",
    a_varchar varchar(40),
    a_long_varchar varchar,
    a_char char(3),
    a_single "char",
    a_name name,
    a_bytea bytea default '\x00ff',
    a_uuid uuid default md5('x')::uuid,
    a_date date default '2020-02-29',
    a_time time(3),
    a_timetz timetz,
    a_timestamp timestamp,
    a_timestamptz timestamptz(0) default '2020-01-01 00:00:00+00',
    an_interval interval day to second(2),
    a_plain_interval interval,
    a_json json,
    a_jsonb jsonb default '{"k": [1, "two"]}',
    an_xml xml,
    an_inet inet,
    a_cidr cidr,
    a_macaddr macaddr,
    a_macaddr8 macaddr8,
    a_bit bit(8),
    a_varbit varbit(12),
    a_point point,
    a_line line,
    a_segment lseg,
    a_box box,
    a_path path,
    a_polygon polygon,
    a_circle circle,
    a_vector tsvector,
    a_query tsquery,
    an_enum clinic.mood default 'sad',
    an_array integer[],
    a_matrix varchar(5)[][],
    an_enum_array clinic.mood[],
    a_range int4range,
    a_period tstzrange,
    a_score clinic.score_range,
    a_place clinic.place,
    some_places clinic.place[],
    a_code clinic.code,
    a_feeling clinic.feeling,
    a_hash clinic.sha1,
    a_trail clinic.trail,
    an_lsn pg_lsn
);
