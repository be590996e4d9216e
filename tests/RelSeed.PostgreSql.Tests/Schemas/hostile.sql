create schema "Some Schema";
create schema "select";
create type "Some Schema"."ty""pe" as enum ('a', 'b"c');
create table "Some Schema"."Ord""er" (
    "Id" integer primary key,
    "select" text default 'it''s',
    "naïve – 数値" "Some Schema"."ty""pe",
    "sixty three bytes long name that ends exactly here at the limit" integer unique,
    "PK" integer,
    "tab	and
newline" integer check ("tab	and
newline" > 0),
    "100%" integer
);
create table "select"."from" (
    "where" integer references "Some Schema"."Ord""er" ("Id"),
    "1st" integer,
    constraint "check" check ("where" > 0 or "1st" is null),
    constraint "uni""que" unique ("where", "1st")
);
create table "Order" ("group" integer generated always as identity);
create table "select"."A""B" (x integer);
create table "select"."A_B" (x integer);
