create schema ext;
create extension citext schema ext;
create extension hstore schema ext;
create extension ltree schema ext;
create domain email as ext.citext check (value ~ '@');
create table account (
    login ext.citext primary key,
    contact email unique,
    other text,
    tags ext.hstore default 'a=>1',
    path ext.ltree,
    check (login operator(ext.<>) contact)
);
create unique index account_other on account ((other::ext.citext));
create table owned_by_extension (id integer);
alter extension citext add table owned_by_extension;
