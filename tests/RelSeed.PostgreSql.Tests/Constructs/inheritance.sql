-- Inheritance: children are tables of their own; rules and unlogged tables.
CREATE TABLE vehicle (id integer PRIMARY KEY, plate text NOT NULL CHECK (length(plate) BETWEEN 4 AND 10));
CREATE TABLE truck (load_kg integer NOT NULL CHECK (load_kg > 0), PRIMARY KEY (id)) INHERITS (vehicle);
CREATE UNLOGGED TABLE cache (key text PRIMARY KEY, value jsonb);
CREATE TABLE trip (id integer PRIMARY KEY, vehicle_id integer NOT NULL REFERENCES vehicle, truck_id integer REFERENCES truck);
