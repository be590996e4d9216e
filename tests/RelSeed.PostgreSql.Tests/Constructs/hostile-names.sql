-- Names that break careless quoting, with constraints on them.
CREATE SCHEMA "Odd Schema; --";
CREATE TYPE "Odd Schema; --"."ty pe" AS ENUM ('a''b', 'c"d', 'e\f', '');
CREATE TABLE "Odd Schema; --"."ta""ble" ("i d" integer PRIMARY KEY, "select" "Odd Schema; --"."ty pe" NOT NULL, "x'; drop table y; --" text NOT NULL CHECK ("x'; drop table y; --" <> ''), "Ω" numeric(5, 1) CHECK ("Ω" > 2));
CREATE TABLE "Odd Schema; --"."child" ("user" integer NOT NULL REFERENCES "Odd Schema; --"."ta""ble", "order" smallint NOT NULL, PRIMARY KEY ("user", "order"));
CREATE UNIQUE INDEX "in dex" ON "Odd Schema; --"."child" ("order", ("user" + 1)) WHERE "order" > 0;
